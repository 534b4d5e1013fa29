"""The documentation is run: every command and every piece of Python on a page, with the files that the page shows."""

from __future__ import annotations

import doctest
import io
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from desireline.app.commands import main

from .pages import DATA, Block, Command, Script, agrees, commands, scripts

SHOWN_FILES = ("csv", "yaml", "json", "jsonl", "xml", "toml", "text")


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_a_page_does_what_it_shows(script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if script.data is not None:
        _copy_data(script.data, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DESIRELINE_WORKSPACE", raising=False)
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in script.blocks:
        _run(block, script, names)


@pytest.mark.parametrize(
    ("expected", "came", "same"),
    [
        pytest.param("a\nb", "a\nb\n", True, id="the same"),
        pytest.param("a", "a\nb", False, id="a line more"),
        pytest.param("a\n...", "a\nb\nc", True, id="lines left out"),
        pytest.param("number ... of 3", "number 17 of 3", True, id="characters left out"),
        pytest.param("a (b)", "a b", False, id="signs mean themselves"),
        pytest.param("", "something", False, id="nothing shown, something printed"),
    ],
)
def test_output_is_compared(expected: str, came: str, same: bool) -> None:
    assert agrees(expected, came) is same


def _copy_data(name: str, target: Path) -> None:
    if not (DATA / name).is_dir():
        pytest.skip(f"the public data set {name} is not here")
    for path in (DATA / name).iterdir():
        shutil.copyfile(path, target / path.name)


def _run(block: Block, script: Script, names: dict[str, Any]) -> None:
    where = f"{script.name}, line {block.line}"
    if block.file and block.language in SHOWN_FILES:
        Path(block.file).write_text(block.text, encoding="utf-8")
    elif block.language == "console":
        for command in commands(block):
            came, code = _output(command)
            assert agrees(command.expected, came), f"{where}: $ {command.text}\nprinted:\n{came}"
            fails = re.search("^error: ", command.expected, re.MULTILINE) is not None
            assert (code != 0) is fails, f"{where}: $ {command.text} ended with {code}"
    elif block.language == "python" and ">>>" in block.text:
        example = doctest.DocTestParser().get_doctest(block.text, names, where, where, 0)
        report: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append, clear_globs=False)
        names.update(example.globs)
        assert not report, "".join(report)
    elif block.language == "python":
        exec(compile(block.text, where, "exec"), names)


def _output(command: Command) -> tuple[str, int]:
    """What a command prints on both streams, as a terminal shows it, and how it ends."""
    if command.words[0] != "desireline":
        done = subprocess.run(command.text, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.stdout.decode(), done.returncode
    screen = io.StringIO()
    code = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(screen), redirect_stderr(screen):
        patch.setattr(sys, "argv", command.words)
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return screen.getvalue(), code
