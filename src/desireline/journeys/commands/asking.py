"""What every question does: open the workspace, show progress, print the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from desireline.base import Progress
    from desireline.journeys.model import Result
    from desireline.store import Workspace

SHOWN = 20


@contextmanager
def asking(folder: Path) -> Iterator[tuple[Workspace, Progress]]:
    """The open workspace and a progress bar."""
    from desireline.base.console import progress_bar
    from desireline.interactions import open_recovered

    workspace = open_recovered(folder)
    with progress_bar() as progress:
        yield workspace, progress


def print_result(
    result: Result, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, as_json: bool, top: int | None
) -> None:
    """The result as JSON, or its rows as a table; says where nothing was found, and where there would be more."""
    from desireline.base.console import print_table, say

    if as_json:
        typer.echo(result.to_json())
        return
    if not rows:
        say("Nothing was found: no interaction fits, or no customer has two of them.")
        return
    print_table(columns, rows)
    if top is None and len(rows) == SHOWN:
        say(f"the first {SHOWN} are shown; --top shows more, --json all")


def share_text(share: float) -> str:
    """A share in per cent; a dash where it has no value."""
    return "–" if share != share else f"{share:.1%}"


def save_if_asked(result: Result, picture: Path | None) -> None:
    """Draw the answer where a file is named."""
    if picture is None:
        return
    from desireline.base.console import say
    from desireline.journeys.pictures.charts import save_picture

    save_picture(result, picture)
    say(f"drawn: {picture}")
