"""Pages of the documentation as scripts: files to write, commands to run, Python to run, in the order of the page.

A page is one script. A comment ``<!-- data: NAME -->`` begins a further one, which has the public data set NAME in its
folder and lasts to ``<!-- end of data -->``.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
FENCE = re.compile(r"^```(\w+)[ \t]*(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DATA_SET = re.compile(r"<!-- data: (\w+) -->\n(.*?)<!-- end of data -->", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it is to be, its text, and the line it starts at."""

    language: str
    file: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command of a console block and what it is to print."""

    text: str
    expected: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)


@dataclass(frozen=True)
class Script:
    """What runs in one folder."""

    page: Path
    data: str | None
    blocks: tuple[Block, ...] = field(repr=False)

    @property
    def name(self) -> str:
        place = self.page.relative_to(ROOT).as_posix()
        return place if self.data is None else f"{place} with {self.data}"


def pages() -> list[Path]:
    """Every page for users and for those who change the program."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def scripts() -> list[Script]:
    """Every page, and every part of a page that needs a data set, that has something to run."""
    found = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        parts: list[tuple[str | None, str]] = [(None, _DATA_SET.sub(_blank, text))]
        parts += [(match[1], _blank_before(text, match.start(2)) + match[2]) for match in _DATA_SET.finditer(text)]
        for data, part in parts:
            blocks = tuple(_blocks(part))
            if any(block.language in ("console", "python") for block in blocks):
                found.append(Script(page, data, blocks))
    return found


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block; a line that ends in a backslash goes on in the next one."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        command = lines.pop(0)
        while command.endswith("\\"):
            command = command[:-1] + lines.pop(0)
        yield Command(command, "\n".join(lines))


def agrees(expected: str, came: str) -> bool:
    """Whether the output is the one shown; ``...`` on a line of its own stands for lines, elsewhere for characters."""
    pattern = ""
    for line in _lines(expected):
        if line == "...":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("...")) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(came))) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def _blocks(text: str) -> Iterator[Block]:
    for match in FENCE.finditer(text):
        yield Block(match[1], match[2], match[3], text.count("\n", 0, match.start()) + 1)


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _blank_before(text: str, place: int) -> str:
    return "\n" * text.count("\n", 0, place)
