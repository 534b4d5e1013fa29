"""A peer's process: what it answers, and where it is ended."""

from __future__ import annotations

import sys

import pytest
from benchmarks.processes import PeerFailed, PeerProcess
from benchmarks.questions import QUESTIONS

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the memory of a process is read from /proc"
)


def test_a_peer_tells_what_it_can_be_asked() -> None:
    with PeerProcess("desireline") as process:
        reply = process.ask("about", of=[*QUESTIONS, "weather"])
    assert reply.result["questions"] == list(QUESTIONS)
    assert reply.peak_bytes > 1_000_000


def test_what_a_peer_raises_is_told_and_it_goes_on() -> None:
    with PeerProcess("desireline") as process:
        with pytest.raises(PeerFailed, match="has no attribute 'weather'"):
            process.ask("weather")
        assert process.ask("about", of=[]).result["questions"] == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        pytest.param({"memory": 1_000}, "of memory", id="memory"),
        pytest.param({"seconds": 0}, "minutes", id="time"),
    ],
)
def test_a_peer_over_its_limit_is_ended(limits: dict[str, int], said: str) -> None:
    with PeerProcess("desireline", **limits) as process:
        with pytest.raises(PeerFailed, match=f"took more than .* {said}"):
            process.ask("about", of=QUESTIONS)
        with pytest.raises(PeerFailed, match="ended with status -9"):
            process.ask("about", of=QUESTIONS)
