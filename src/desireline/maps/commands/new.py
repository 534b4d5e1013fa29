"""``desireline maps new``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.telling import Language

if TYPE_CHECKING:
    from desireline.maps.document import Syntax


def new(
    file: Annotated[Path, typer.Argument(help="The file to write; it ends in .yaml or .json.")],
    template: Annotated[
        str | None, typer.Option("--template", "-t", help="What to begin with; desireline maps templates lists them.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help='In the customer\'s words: "I renew my contract".')
    ] = None,
    ident: Annotated[str | None, typer.Option("--id", help="The permanent id; made of the title by default.")] = None,
    language: Annotated[Language, typer.Option("--language", help="In which the template is written.")] = "en",
) -> None:
    """Begin a map, from the template of a trade or a small one.

    The small one explains itself. No file is overwritten.
    """
    import shlex

    from desireline.base.console import say
    from desireline.maps.templates import new_map

    document = new_map(template, title=title, ident=ident, syntax=_syntax(file), language=language)
    _write(file, document.text)
    say(f"Map written to {file}. Next: desireline maps lint {shlex.quote(str(file))}")


def _syntax(file: Path) -> Syntax:
    from desireline.base import InputError

    ending = file.suffix.lower()
    if ending not in {".yaml", ".yml", ".json"}:
        raise InputError(f"expected a file that ends in .yaml or .json, got {str(file)!r}")
    return "json" if ending == ".json" else "yaml"


def _write(file: Path, text: str) -> None:
    from desireline.base import InputError

    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise InputError(f"{file} is there already", hint="name another file, or take that one away") from None
    except FileNotFoundError:
        raise InputError(f"there is no folder {file.parent}") from None
