"""What every question does: open the workspace, show progress, print the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from desireline.base import Progress
    from desireline.journeys.estimates import Estimate
    from desireline.journeys.model import Result
    from desireline.store import Workspace

SHOWN = 20
_CHOOSING = ("period", "where", "segment", "not_segment", "journey")
TWO_NEEDED = "no interaction fits, or no customer has two of them"


@contextmanager
def asking(folder: Path) -> Iterator[tuple[Workspace, Progress]]:
    """The open workspace and a progress bar."""
    from desireline.base.console import progress_bar
    from desireline.interactions import open_recovered

    workspace = open_recovered(folder)
    with progress_bar() as progress:
        yield workspace, progress


def print_result(
    result: Result,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    as_json: bool,
    top: int | None,
    nothing: str = "no interaction fits",
) -> None:
    """The result as JSON, or its rows as a table; says where nothing was found, and where there would be more.

    Parameters
    ----------
    nothing
        Why there are no rows.
    """
    from desireline.base.console import print_table, say

    if as_json:
        typer.echo(result.to_json())
        return
    if not rows:
        say(f"Nothing was found: {nothing}.")
        return
    print_table(columns, rows)
    if top is None and len(rows) == SHOWN:
        say(f"the first {SHOWN} are shown; --top shows more, --json all")


def share_text(share: float) -> str:
    """A share in per cent; a dash where it has no value."""
    return "–" if share != share else f"{share:.1%}"


def interval_text(estimate: Estimate) -> str:
    """The 95% interval of a share; a dash where it has none."""
    return "–" if estimate.low != estimate.low else f"{share_text(estimate.low)} to {share_text(estimate.high)}"


def counted(number: int, noun: str) -> str:
    """A number with what is counted, such as ``1 customer`` and ``2 customers``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def company_note(left_out: int) -> str:
    """What is said of interactions that do not count because the company did them."""
    return (
        f"Not counted: {counted(left_out, 'interaction')} of the company, such as what it sent; --anybody counts all."
    )


def save_if_asked(result: Result, picture: Path | None, workspace: Workspace, **said: Any) -> None:
    """Draw the answer where a file is named, under what it was asked with.

    Parameters
    ----------
    said
        What chose the customers, as in :class:`~desireline.journeys.selection.SelectionOptions`, and what is told of them.
    """
    if picture is None:
        return
    from desireline.base.console import say
    from desireline.journeys.pictures.charts import check_ending, save_picture

    check_ending(picture)
    save_picture(result, picture, caption=_caption(result, workspace, said))
    say(f"drawn: {picture}")


def _caption(result: Result, workspace: Workspace, said: dict[str, Any]) -> Sequence[str]:
    from desireline.journeys.captioning import caption_of, caption_of_groups
    from desireline.journeys.estimates import Comparison
    from desireline.journeys.questions.overview import overview

    if isinstance(result, Comparison):
        return caption_of_groups(workspace, result)
    if said.get("begun"):
        return caption_of(workspace, said)
    group: Any = {name: said[name] for name in _CHOOSING if said.get(name)}
    if said.get("span") == "session":
        group |= {"span": "session", "gap": said["gap"]}
    return caption_of(workspace, said, overview(workspace, **group))
