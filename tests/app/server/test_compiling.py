"""What questions need is compiled beside a server that has just started, once."""

from __future__ import annotations

import sys
from pathlib import Path

import anyio
import pytest
from litestar import Litestar

from desireline.app.server.compiling import CompilingBeside

PATIENCE_SECONDS = 30
APPLICATION = Litestar([], openapi_config=None)


def compiling(code: str, *, is_done: bool = False) -> CompilingBeside:
    return CompilingBeside(command=(sys.executable, "-c", code), is_done=lambda: is_done)


async def waited_for(beside: CompilingBeside) -> None:
    async with beside.lifespan(APPLICATION):
        with anyio.fail_after(PATIENCE_SECONDS):
            await beside.wait()


@pytest.mark.parametrize(
    ("code", "told"),
    [("", "Compiled what questions need"), ("raise SystemExit(1)", "was not compiled")],
    ids=["it worked", "it failed"],
)
def test_what_waits_for_it_goes_on_when_it_is_over(code: str, told: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "desireline.server")
    anyio.run(waited_for, compiling(code))
    assert told in caplog.text


def test_nothing_is_compiled_twice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "desireline.server")
    anyio.run(waited_for, compiling(f"open({str(tmp_path / 'begun')!r}, 'w')", is_done=True))
    assert not caplog.text
    assert not (tmp_path / "begun").exists()


def test_it_ends_with_the_server(tmp_path: Path) -> None:
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    code = f"import sys; open({str(begun)!r}, 'w'); sys.stdin.read(); open({str(ended)!r}, 'w')"

    async def begin_and_end() -> None:
        async with compiling(code).lifespan(APPLICATION):
            with anyio.fail_after(PATIENCE_SECONDS):
                while not begun.exists():
                    await anyio.sleep(0.01)
            assert not ended.exists()

    anyio.run(begin_and_end)
    assert ended.exists()
