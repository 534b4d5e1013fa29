"""``desireline journeys``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from desireline.journeys.ask import SelectionOptions
    from desireline.journeys.model import DistributionBin, FlowBy, Result, SpanKind

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The journeys that people really take.")

_Period = Annotated[str | None, typer.Option("--period", help="FROM..TO, such as 2026-01-01..2026-03-31 (UTC).")]
_Where = Annotated[
    str | None,
    typer.Option("--where", help='Only interactions that meet this: "channel = web and attributes.platform = ios".'),
]
_Top = Annotated[int | None, typer.Option("--top", min=1, help="Only so many, the most frequent ones.")]
_Span = Annotated[
    str,
    typer.Option("--span", help="life: all that a customer did; session: cut where nothing happens for --gap."),
]
_Gap = Annotated[str, typer.Option("--gap", help="The longest pause within a session: 30m, 12h, 3d.")]
_SHOWN = 20


@commands.command()
def flow(
    workspace: WorkspaceOption,
    by: Annotated[str, typer.Option("--by", help="touchpoint or channel.")] = "touchpoint",
    period: _Period = None,
    where: _Where = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """Which touchpoint directly follows which: how often, for how many customers, after how long."""
    from desireline.base import format_seconds
    from desireline.journeys import flow as ask_flow

    with _asking(workspace) as (opened, progress):
        options = _options(period, where, span, gap)
        result = ask_flow(opened, by=_by(by), top=top if as_json else top or _SHOWN, progress=progress, **options)
    rows = [
        [
            edge.source,
            edge.target,
            edge.count,
            edge.customers,
            format_seconds(edge.median_seconds),
            format_seconds(edge.mean_seconds),
        ]
        for edge in result.edges
    ]
    _print(result, ["from", "to", "count", "customers", "median", "mean"], rows, as_json=as_json, top=top)


@commands.command()
def variants(
    workspace: WorkspaceOption,
    period: _Period = None,
    where: _Where = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """The exact paths: customers, share of all customers, median duration."""
    from desireline.base import format_seconds
    from desireline.journeys import variants as ask_variants

    with _asking(workspace) as (opened, progress):
        options = _options(period, where, span, gap)
        result = ask_variants(opened, top=top if as_json else top or _SHOWN, progress=progress, **options)
    rows = [
        [each.customers, f"{each.share:.1%}", format_seconds(each.median_seconds), " → ".join(each.path)]
        for each in result.variants
    ]
    _print(result, ["customers", "share", "median", "path"], rows, as_json=as_json, top=top)
    if not as_json:
        typer.echo(f"{result.total_variants:,} different paths of {result.total_customers:,} customers", err=True)


@commands.command()
def funnel(
    steps: Annotated[list[str], typer.Argument(metavar="STEP...", help="Touchpoints in their order.")],
    workspace: WorkspaceOption,
    within: Annotated[str | None, typer.Option("--within", help="From the first step to the last: 7d.")] = None,
    strict: Annotated[bool, typer.Option("--strict/--loose", help="Strict: nothing else between two steps.")] = False,
    period: _Period = None,
    where: _Where = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """How many customers reach each step in order, and how long they take from the one before."""
    from desireline.base import format_seconds
    from desireline.journeys import funnel as ask_funnel

    with _asking(workspace) as (opened, progress):
        result = ask_funnel(
            opened,
            steps,
            within=within,
            order="strict" if strict else "loose",
            progress=progress,
            **_options(period, where, span, gap),
        )
    rows = [
        [step.name, step.customers, f"{step.conversion:.1%}", format_seconds(step.median_seconds)]
        for step in result.steps[:top]
    ]
    _print(result, ["step", "customers", "of those who entered", "median wait"], rows, as_json=as_json, top=None)


@commands.command()
def sessions(
    workspace: WorkspaceOption,
    gap: _Gap = "30m",
    period: _Period = None,
    where: _Where = None,
    top: _Top = None,
    as_json: JsonOption = False,
) -> None:
    """Sessions: how many, how long, how both are distributed."""
    from desireline.base import format_seconds
    from desireline.journeys import sessions as ask_sessions

    with _asking(workspace) as (opened, progress):
        result = ask_sessions(opened, gap=gap, period=period, where=where, progress=progress)
    if as_json:
        typer.echo(result.to_json())
        return
    if result.sessions == 0:
        typer.echo("Nothing was found: no interaction fits.", err=True)
        return
    typer.echo(
        f"{result.sessions:,} sessions of {result.customers:,} customers; median {result.median_interactions:g} "
        f"interactions, {format_seconds(result.median_seconds)}"
    )
    _print_bins("interactions", result.interactions_distribution[:top])
    _print_bins("duration", result.seconds_distribution[:top])


@commands.command()
def channels(
    workspace: WorkspaceOption,
    period: _Period = None,
    where: _Where = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """Moves between channels, and where journeys start and end."""
    from desireline.base.console import print_table
    from desireline.journeys import channels as ask_channels

    with _asking(workspace) as (opened, progress):
        options = _options(period, where, span, gap)
        result = ask_channels(opened, top=top if as_json else top or _SHOWN, progress=progress, **options)
    rows = [[move.source, move.target, move.count, move.customers] for move in result.moves]
    _print(result, ["from", "to", "count", "customers"], rows, as_json=as_json, top=top)
    if not as_json:
        ends = {each.channel: each.count for each in result.ends}
        names = [each.channel for each in result.starts] + sorted(
            ends.keys() - {each.channel for each in result.starts}
        )
        starts = {each.channel: each.count for each in result.starts}
        typer.echo()
        print_table(["channel", "starts", "ends"], [[name, starts.get(name, 0), ends.get(name, 0)] for name in names])


@commands.command()
def export(
    workspace: WorkspaceOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="A file that ends in .xes or .jsonocel.")],
    period: _Period = None,
    where: _Where = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    with_text: Annotated[bool, typer.Option("--with-text", help="Also what customers wrote or said.")] = False,
) -> None:
    """Write journeys for other tools: XES or OCEL 2.0.

    Customers are numbers in it. The interactions themselves are written as they are, with channel, team, agent and
    whatever else the source told about them.
    """
    from desireline.base.console import say
    from desireline.journeys import Selection
    from desireline.journeys.exporting import export_journeys

    with _asking(workspace) as (opened, progress):
        chosen = Selection(**_options(period, where, span, gap))
        written = export_journeys(opened, output, selection=chosen, with_text=with_text, progress=progress)
    say(f"{written.interactions:,} interactions in {written.spans:,} journeys written to {output}")


@commands.command()
def index(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Build the journey index now, if it is not up to date; the first question does it by itself otherwise."""
    from desireline.base.console import print_json, print_table
    from desireline.journeys import open_index

    with _asking(workspace) as (opened, progress):
        built = open_index(opened, progress=progress)
    if as_json:
        print_json({"interactions": built.interactions, "customers": built.customers, "buckets": len(built.parts)})
        return
    print_table(["interactions", "customers", "buckets"], [[built.interactions, built.customers, len(built.parts)]])


if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import Any

    from desireline.base import Progress
    from desireline.store import Workspace


def _asking(folder: Path) -> AbstractContextManager[tuple[Workspace, Progress]]:
    """The open workspace and a progress bar."""
    from contextlib import contextmanager

    from desireline.base.console import progress_bar
    from desireline.interactions import open_recovered

    @contextmanager
    def opened() -> Iterator[tuple[Workspace, Progress]]:
        workspace = open_recovered(folder)
        with progress_bar() as progress:
            yield workspace, progress

    return opened()


def _options(period: str | None, where: str | None, span: str, gap: str) -> SelectionOptions:
    return {"period": period, "where": where, "span": _span(span), "gap": gap}


def _span(text: str) -> SpanKind:
    if text == "life":
        return "life"
    if text == "session":
        return "session"
    raise typer.BadParameter(f"expected life or session, got {text!r}", param_hint="--span")


def _by(text: str) -> FlowBy:
    if text == "touchpoint":
        return "touchpoint"
    if text == "channel":
        return "channel"
    raise typer.BadParameter(f"expected touchpoint or channel, got {text!r}", param_hint="--by")


def _print(
    result: Result, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, as_json: bool, top: int | None
) -> None:
    from desireline.base.console import print_table, say

    if as_json:
        typer.echo(result.to_json())
        return
    if not rows:
        say("Nothing was found: no interaction fits, or no customer has two of them.")
        return
    print_table(columns, rows)
    if top is None and len(rows) == _SHOWN:
        say(f"the first {_SHOWN} are shown; --top shows more, --json all")


def _print_bins(measure: str, bins: Sequence[DistributionBin]) -> None:
    from desireline.base.console import print_table

    rows = [[_bin_name(measure, each), each.sessions] for each in bins]
    typer.echo()
    print_table([measure, "sessions"], rows)


def _bin_name(measure: str, each: DistributionBin) -> str:
    """A bin in words: whole numbers of interactions, durations up to a bound."""
    from desireline.base import format_seconds

    if measure == "interactions":
        if each.high == float("inf"):
            return f"{each.low:g} or more"
        last = each.high - 1
        return f"{each.low:g}" if last == each.low else f"{each.low:g} to {last:g}"
    if each.high < 1:
        return "no time at all"
    if each.high == float("inf"):
        return f"{format_seconds(each.low)} or more"
    return f"below {format_seconds(each.high)}"
