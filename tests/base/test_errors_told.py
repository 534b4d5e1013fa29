"""What a page shows of an error is said with ``phrase``, so that it comes in the language of the reader."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import desireline
from desireline.base import DesirelineError

SOURCE = Path(desireline.__file__).parent
OF_THE_COMMAND_LINE = (
    "/commands/",
    "/commands.py",
    "/quarantine_commands.py",
    "/schedule_commands.py",
    "app/demo/",
    "app/server/serving.py",
    "app/workspace.py",
    "base/lazy.py",
    "base/options.py",
    "evidence/pictures.py",
    "interactions/accept.py",
    "journeys/engines/choosing.py",
    "journeys/engines/spark",
    "journeys/exporting.py",
    "journeys/model.py",
    "journeys/pictures/charts.py",
    "sources/fetching.py",
    "sources/origins/",
    "sources/schedules.py",
    "store/mirror.py",
)
"""What only the command line and scripts reach: they speak English."""


def _errors() -> set[str]:
    found, wanted = set[str](), [DesirelineError]
    while wanted:
        kind = wanted.pop()
        found.add(kind.__name__)
        wanted += kind.__subclasses__()
    return found


def _plain(node: ast.expr | None) -> Iterator[str]:
    """The text of an argument that nobody said with ``phrase``; one word, such as ``name=Basket``, is the same in every language."""
    match node:
        case ast.Constant(value=str() as text) if " " in text:
            yield text
        case ast.JoinedStr() if any(" " in str(each.value) for each in node.values if isinstance(each, ast.Constant)):
            yield ast.unparse(node)
        case ast.IfExp():
            yield from _plain(node.body)
            yield from _plain(node.orelse)
        case ast.BinOp():
            yield from _plain(node.left)
            yield from _plain(node.right)


def test_every_error_that_a_page_can_show_is_told() -> None:
    errors, plain = _errors(), []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if any(part in f"/{name}" or name.startswith(part) for part in OF_THE_COMMAND_LINE):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in errors:
                continue
            hint = next((each.value for each in node.keywords if each.arg == "hint"), None)
            plain += [f"{name}:{node.lineno} {text}" for part in (*node.args[:1], hint) for text in _plain(part)]
    assert plain == []
