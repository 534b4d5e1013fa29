"""``desireline import`` and ``desireline sources``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.sources.quarantine_commands import quarantine
from desireline.sources.schedule_commands import MarkOption, OverlapOption, QueryOption, TableOption, pull, schedule

if TYPE_CHECKING:
    from desireline.sources.model import FileImport, ImportResult

import_app = typer.Typer(rich_markup_mode=None, add_completion=False)
commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Sources, their mappings, and unusable rows.")
commands.add_typer(quarantine, name="quarantine")
commands.add_typer(schedule, name="schedule")
commands.command()(pull)


FormatOption = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="NAME", help="The named format to read as, whatever it looks like."),
]


@import_app.command(name="import")
def import_command(
    origins: Annotated[
        list[str],
        typer.Argument(
            metavar="ORIGIN...",
            help="Files: CSV, JSON, JSON lines, Parquet, XLSX, XES or OCEL 2.0; also packed with gzip or zstd. "
            "Or a database (postgresql://…, sqlite:///…) or a table in a lake (s3://…/*.parquet, delta:…).",
        ),
    ],
    workspace: WorkspaceOption,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", "-m", help="A mapping file (YAML), used for all files.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", "-s", help="A source that the workspace knows: its mapping is used."),
    ] = None,
    format_name: FormatOption = None,
    query: QueryOption = None,
    table: TableOption = None,
    mark: MarkOption = None,
    overlap: OverlapOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Take all rows, whatever the mark says; it is set anew.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Import files of a department.

    Without --mapping, --source and --format each file is recognised as what a well-known system exports, or its mapping is
    guessed.
    Everything is imported, or, where a file cannot be read at all, nothing. Rows that cannot be used go to quarantine.
    """
    from desireline.base import parse_duration
    from desireline.base.console import progress_bar
    from desireline.interactions import open_recovered
    from desireline.sources import import_files
    from desireline.sources.fetching import wanted_of

    late = None if overlap is None else parse_duration(overlap)
    wanted = [
        wanted_of(each, query=query, table=table, mark=mark, overlap=late, everything=everything) for each in origins
    ]
    opened = open_recovered(workspace)
    with progress_bar() as progress:
        result = import_files(
            opened, wanted, mapping=mapping, source=source, format_name=format_name, progress=progress
        )
    print_result(result, workspace=workspace, as_json=as_json)
    if not as_json:
        _say_what_was_chosen(result, workspace)


def _say_what_was_chosen(result: ImportResult, workspace: Path) -> None:
    """Which files were recognised as what, and what a guess is unsure of."""
    from desireline.base.console import say

    for each in result.files:
        if each.recognised is not None:
            say(f"{Path(each.file).name} was recognised as {each.recognised} ({each.sure:.0%} sure)")
        for note in each.notes:
            say(f"{Path(each.file).name}: {note}")
    names = sorted({each.source for each in result.files if each.guessed})
    if names:
        say(
            f"The mapping was guessed; it is kept as source {', '.join(names)}. "
            f"See it: desireline sources show {names[0]} -w {workspace}"
        )


@commands.command()
def guess(
    file: Annotated[Path, typer.Argument(help="The file to look at.")],
    source: Annotated[str | None, typer.Option("--source", "-s", help="Name of the source.")] = None,
    timezone: Annotated[str, typer.Option("--timezone", help="Zone of times that name none.")] = "UTC",
    format_name: FormatOption = None,
) -> None:
    """Propose a mapping for a file: print it as YAML, to be changed and used with import --mapping."""
    from desireline.base.console import say
    from desireline.sources import mapping_as, propose_mapping

    if format_name is not None:
        typer.echo(mapping_as(format_name, file, source=source).yaml, nl=False)
        return
    proposal = propose_mapping(file, source=source, timezone=timezone)
    if proposal.nearly is not None:
        say(proposal.nearly.error(file).message)
    if proposal.sure is None:
        say(f"{file} was read as {proposal.taken_for}")
    else:
        say(f"{file} was recognised as {proposal.taken_for} ({proposal.sure:.0%} sure)")
    typer.echo(proposal.yaml, nl=False)


@commands.command(name="list")
def list_sources(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """List the sources, with what was imported from them."""
    from dataclasses import asdict

    from desireline.base.console import print_json, print_table
    from desireline.interactions import open_recovered
    from desireline.sources import source_summaries

    found = source_summaries(open_recovered(workspace))
    if as_json:
        print_json({"sources": [asdict(each) for each in found]})
        return
    columns = ["source", "files", "read", "stored", "duplicates", "quarantined", "replaced", "waiting"]
    print_table(columns, [list(asdict(each).values()) for each in found])


@commands.command()
def quality(
    workspace: WorkspaceOption,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Everything about these sources.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="Judge freshness as of this time (ISO 8601, UTC); now by default.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say how good the data of each source is: duplicates, unusable rows, customers known, freshness, gaps.

    Without a name all sources are shown, one in a line; with names everything about each of them.
    """
    from desireline.base.console import print_json, print_table, progress_bar, say
    from desireline.interactions import open_recovered
    from desireline.sources import email_hints, source_quality
    from desireline.sources.quality_text import OVERVIEW, hint_text, overview_row, page_rows, remarks

    opened, now = open_recovered(workspace), _moment_of(at)
    with progress_bar() as progress:
        found = source_quality(opened, names or (), now=now, progress=progress)
    hints = email_hints(opened)
    if as_json:
        print_json({"sources": [each.to_dict() for each in found], "email_hints": [each.to_dict() for each in hints]})
        return
    if names:
        for place, each in enumerate(found):
            if place:
                typer.echo()
            print_table([each.source, ""], page_rows(each, now=now))
        return
    print_table(OVERVIEW, [overview_row(each) for each in found])
    for text in [*remarks(found, now=now), *map(hint_text, hints)]:
        say(text)


def _moment_of(text: str | None) -> datetime:
    from desireline.base import InputError

    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"--at: expected a time in ISO 8601, got {text!r}", hint="for example 2026-03-14T15:09"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


@commands.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of the source.")],
    workspace: WorkspaceOption,
) -> None:
    """Print the mapping of a source as YAML."""
    from desireline.interactions import open_recovered
    from desireline.sources import saved_mapping

    typer.echo(saved_mapping(open_recovered(workspace), name), nl=False)


_NO_SUCH = {"email": ("e-mail address", "e-mail addresses"), "phone": ("phone number", "phone numbers")}


def _left_out(outcome: FileImport, kind: str) -> str:
    """How many values of a type point at nobody, why, and where the first stands."""
    count, row = outcome.unusable_identifiers[kind], outcome.unusable_rows.get(kind)
    thing = _NO_SUCH.get(kind)
    where = "" if row is None else f" (row {row:,})" if count == 1 else f" (the first in row {row:,})"
    if count == 1:
        why = "points at nobody" if thing is None else f"is no usable {thing[0]}"
        return f"1 value of {kind}{where} {why} and was left out"
    why = "point at nobody" if thing is None else f"are no usable {thing[1]}"
    return f"{count:,} values of {kind}{where} {why} and were left out"


def print_result(result: ImportResult, *, workspace: Path, as_json: bool) -> None:
    """What became of every file, and the sums."""
    from desireline.base.console import print_json, print_table, say

    if as_json:
        print_json(result.to_dict())
        return
    rows = [[Path(each.file).name, each.source, *each.counts.to_dict().values()] for each in result.files]
    if len(rows) > 1:
        rows.append(["in all", "", *result.counts.to_dict().values()])
    print_table(["file", "source", "read", "stored", "duplicates", "quarantined"], rows)
    for each in result.files:
        if each.rows != each.counts.read:
            used = each.rows - each.counts.quarantined
            told = f"{used:,} of {each.rows:,}" if each.counts.quarantined else f"{each.rows:,}"
            made = each.counts.stored + each.counts.duplicates
            say(f"{Path(each.file).name}: {told} rows of the file make {made:,} records")
        if each.replaced:
            words = (
                "interaction of an older version was" if each.replaced == 1 else "interactions of older versions were"
            )
            say(f"{Path(each.file).name}: {each.replaced:,} {words} replaced")
        for kind in each.unusable_identifiers:
            say(f"{Path(each.file).name}: {_left_out(each, kind)}")
    if result.counts.quarantined:
        say(f"Rows that could not be used: desireline sources quarantine list -w {workspace}")
