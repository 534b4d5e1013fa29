"""``desireline sources quarantine``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from desireline.sources.mending_all import Correction, WaitingFor
    from desireline.sources.model import ImportResult
    from desireline.store import Workspace

quarantine = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Rows that could not be used: list, mend, feed back, give up.",
)

ReasonOption = Annotated[
    str | None,
    typer.Option("--reason", "-r", metavar="CODE", help="Only rows that wait for this, such as unreadable_time."),
]
PreviewOption = Annotated[bool, typer.Option("--preview", help="Say what would become of the rows, and store nothing.")]


@quarantine.command(name="list")
def list_rows(
    workspace: WorkspaceOption,
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only this source.")] = None,
    reason: ReasonOption = None,
    top: Annotated[int, typer.Option(help="How many rows to show at most.", min=1)] = 20,
    as_json: JsonOption = False,
) -> None:
    """List the rows that wait to be mended, with file, row, field and reason."""
    from desireline.base.console import print_json, print_table, say
    from desireline.interactions import open_recovered
    from desireline.sources import list_quarantine, waiting_reasons

    opened = open_recovered(workspace)
    rows = list_quarantine(opened, source=source, reason=reason, limit=top)
    waiting = sum(
        count
        for name, counts in waiting_reasons(opened).items()
        for why, count in counts
        if source in (None, name) and reason in (None, why)
    )
    if as_json:
        fields = ("id", "source", "file", "row", "field", "reason", "message")
        listed = [{**{name: getattr(row, name) for name in fields}, "record": row.values()} for row in rows]
        print_json({"waiting": waiting, "rows": listed})
        return
    print_table(
        ["number", "source", "file", "row", "field", "what is wrong"],
        [[str(row.id), row.source, Path(row.file).name, row.row, row.field, row.message] for row in rows],
    )
    if waiting > len(rows):
        say(f"… and {waiting - len(rows):,} more; --top shows more, --source one source")


@quarantine.command(name="export")
def export_rows(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    workspace: WorkspaceOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="A file that ends in .csv or .jsonl.")],
) -> None:
    """Write the waiting rows of a source to a file, to be mended there."""
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.sources import export_quarantine

    count = export_quarantine(open_recovered(workspace), output, source=source)
    say(f"{count:,} rows written to {output}. Mend them, then: desireline sources quarantine replay {source} {output}")


@quarantine.command(name="replay")
def replay_rows(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    workspace: WorkspaceOption,
    mended: Annotated[
        Path | None, typer.Argument(help="The mended file; without it the rows are tried as they are.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", "-m", help="A better mapping; it is kept for the source.")
    ] = None,
    reason: ReasonOption = None,
    preview: PreviewOption = False,
    as_json: JsonOption = False,
) -> None:
    """Feed quarantined rows back. What can be used now is stored, the rest stays with its new reason.

    With --reason or --preview the rows are tried as they are: without a mended file, and with the mapping that the source has.
    """
    from desireline.base import InputError
    from desireline.base.console import progress_bar
    from desireline.interactions import open_recovered
    from desireline.sources import load_mapping, replay_quarantine
    from desireline.sources.commands import print_result

    if reason is not None or preview:
        if mended is not None or mapping is not None:
            raise InputError(
                "expected --reason and --preview without a mended file and without --mapping",
                hint="replay with the mapping first; rows that still wait can then be tried by their reason",
            )
        _feed_back(workspace, source, reason, None, preview=preview, as_json=as_json)
        return
    text = None
    if mapping is not None:
        load_mapping(mapping)
        text = mapping.read_text(encoding="utf-8")
    opened = open_recovered(workspace)
    with progress_bar() as progress:
        result = replay_quarantine(opened, source=source, mended=mended, mapping=text, progress=progress)
    print_result(result, workspace=workspace, as_json=as_json)


@quarantine.command(name="mend")
def mend_rows(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    workspace: WorkspaceOption,
    column: Annotated[str, typer.Option("--column", help="The column that is put right; dotted in a document.")],
    value: Annotated[
        str, typer.Option("--value", help="What it says from now on; {OTHER} stands for the value of another column.")
    ],
    of: Annotated[
        str | None, typer.Option("--of", metavar="VALUE", help="Only rows where the column says this now.")
    ] = None,
    reason: ReasonOption = None,
    preview: PreviewOption = False,
    as_json: JsonOption = False,
) -> None:
    """Put one column right in all rows of a source that wait, or in those that wait for a reason, and feed them back."""
    from desireline.sources.mending_all import Correction

    _feed_back(workspace, source, reason, Correction(column, value, of), preview=preview, as_json=as_json)


@quarantine.command(name="give-up")
def give_rows_up(
    source: Annotated[str, typer.Argument(help="Name of the source.")],
    workspace: WorkspaceOption,
    reason: ReasonOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let rows wait no longer, without using them; they do not wait again when their file is imported once more."""
    from desireline.base.console import print_json, say
    from desireline.interactions import open_recovered
    from desireline.sources.mending_all import give_up

    opened = open_recovered(workspace)
    rows = give_up(opened, _waiting_for(opened, source, reason))
    if as_json:
        print_json({"rows": rows})
        return
    say("1 row was given up" if rows == 1 else f"{rows:,} rows were given up")


def _feed_back(
    workspace: Path, source: str, reason: str | None, correction: Correction | None, *, preview: bool, as_json: bool
) -> None:
    """Try rows at once, as they are or corrected, and say what became of them or would."""
    from desireline.base.console import progress_bar, say
    from desireline.interactions import open_recovered
    from desireline.sources.commands import print_result
    from desireline.sources.mending_all import preview_again, try_again

    opened = open_recovered(workspace)
    wanted = _waiting_for(opened, source, reason)
    with progress_bar() as progress:
        result = (preview_again if preview else try_again)(opened, wanted, correction, progress=progress)
    print_result(result, workspace=workspace, as_json=as_json)
    if as_json:
        return
    for why, count in _reasons(result):
        say(f"{'would wait' if preview else 'waiting'} for {why}: {count:,}")
    if preview:
        say("This is a preview: nothing was stored")


def _waiting_for(workspace: Workspace, source: str, reason: str | None) -> WaitingFor:
    """The rows that are meant; an error where none waits names what rows wait for."""
    from desireline.base import InputError, UnknownNameError
    from desireline.sources import saved_mapping, waiting_reasons
    from desireline.sources.mending_all import WaitingFor

    saved_mapping(workspace, source)
    waiting = waiting_reasons(workspace).get(source)
    if waiting is None:
        raise InputError(f"no row of source {source!r} is in quarantine")
    if reason is not None and reason not in dict(waiting):
        reasons = ", ".join(f"{why} ({count:,})" for why, count in waiting)
        raise UnknownNameError(f"no row of source {source!r} waits for {reason!r}", hint=f"rows wait for {reasons}")
    return WaitingFor(source, reason)


def _reasons(result: ImportResult) -> list[tuple[str, int]]:
    """Why rows still wait, and how many, most frequent first."""
    from collections import Counter

    found: Counter[str] = Counter()
    for each in result.files:
        found.update(each.reasons)
    return found.most_common()
