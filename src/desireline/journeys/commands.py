"""``desireline journeys``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from desireline.journeys.model import DistributionBin, FlowBy, FlowMedians, GapExample, Gaps, Result, SpanKind
    from desireline.journeys.selection import SelectionOptions

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The journeys that people really take.")

_Period = Annotated[str | None, typer.Option("--period", help="FROM..TO, such as 2026-01-01..2026-03-31 (UTC).")]
_Where = Annotated[
    str | None,
    typer.Option("--where", help='Only interactions that meet this: "channel = web and attributes.platform = ios".'),
]
_Segment = Annotated[
    str | None, typer.Option("--segment", help='Only customers who ever had such an interaction: "channel = phone".')
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
    medians: Annotated[
        str, typer.Option("--medians", help="exact; approximate: within 6.25 %, a quarter sooner; none.")
    ] = "exact",
    period: _Period = None,
    where: _Where = None,
    segment: _Segment = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """Which touchpoint directly follows which: how often, for how many customers, after how long."""
    from desireline.base import format_seconds
    from desireline.journeys import flow as ask_flow

    with _asking(workspace) as (opened, progress):
        options = _options(period, where, segment, span, gap)
        shown = top if as_json else top or _SHOWN
        result = ask_flow(opened, by=_by(by), medians=_medians(medians), top=shown, progress=progress, **options)
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
    segment: _Segment = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """The exact paths: customers, share of all customers, median duration."""
    from desireline.base import format_seconds
    from desireline.journeys import variants as ask_variants

    with _asking(workspace) as (opened, progress):
        options = _options(period, where, segment, span, gap)
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
    segment: _Segment = None,
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
            **_options(period, where, segment, span, gap),
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
    segment: _Segment = None,
    top: _Top = None,
    as_json: JsonOption = False,
) -> None:
    """Sessions: how many, how long, how both are distributed."""
    from desireline.base import format_seconds
    from desireline.journeys import sessions as ask_sessions

    with _asking(workspace) as (opened, progress):
        result = ask_sessions(opened, gap=gap, period=period, where=where, segment=segment, progress=progress)
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
    segment: _Segment = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """Moves between channels, and where journeys start and end."""
    from desireline.base.console import print_table
    from desireline.journeys import channels as ask_channels

    with _asking(workspace) as (opened, progress):
        options = _options(period, where, segment, span, gap)
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
def gaps(
    workspace: WorkspaceOption,
    quiet: Annotated[str, typer.Option("--quiet", help="A silence is longer than this.")] = "1h",
    within: Annotated[str, typer.Option("--within", help="And at most this long.")] = "14d",
    settle: Annotated[
        str,
        typer.Option("--settle", help="Count those apart who were first seen so soon after the record begins; or 0."),
    ] = "30d",
    no_examples: Annotated[bool, typer.Option("--no-examples", help="Name no customers.")] = False,
    period: _Period = None,
    where: _Where = None,
    segment: _Segment = None,
    top: _Top = None,
    span: _Span = "life",
    gap: _Gap = "30m",
    as_json: JsonOption = False,
) -> None:
    """Where interactions may be missing: skipped stages, and silent switches of the channel."""
    from desireline.journeys import gaps as ask_gaps

    with _asking(workspace) as (opened, progress):
        result = ask_gaps(
            opened,
            quiet=quiet,
            within=within,
            settle=settle,
            examples=not no_examples,
            top=top if as_json else top or _SHOWN,
            progress=progress,
            **_options(period, where, segment, span, gap),
        )
    if as_json:
        typer.echo(result.to_json())
        return
    _print_skipped(result)
    _print_switches(result)
    if not no_examples:
        _print_what_helps(result, workspace)


@commands.command()
def export(
    workspace: WorkspaceOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="A file that ends in .xes or .jsonocel.")],
    period: _Period = None,
    where: _Where = None,
    segment: _Segment = None,
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
        chosen = Selection(**_options(period, where, segment, span, gap))
        written = export_journeys(opened, output, selection=chosen, with_text=with_text, progress=progress)
    say(f"{written.interactions:,} interactions in {written.spans:,} journeys written to {output}")


@commands.command()
def index(
    workspace: WorkspaceOption,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build it from the log, whatever is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring the journey index up to date now; the first question does it by itself otherwise."""
    from desireline.base.console import print_json, print_table
    from desireline.journeys.index import open_index, rebuild_index

    with _asking(workspace) as (opened, progress):
        built = (rebuild_index if rebuild else open_index)(opened, progress=progress)
    counts = {"interactions": built.interactions, "customers": built.customers, "buckets": len(built.parts)}
    if as_json:
        print_json({**counts, "layers": list(built.layers)})
        return
    print_table([*counts, "layers"], [[*counts.values(), len(built.layers)]])


@commands.command(name="warm-up")
def warm_up() -> None:
    """Compile the kernels now, once after installation; otherwise the first question of each kind takes seconds."""
    from desireline.base.console import progress_bar, say
    from desireline.journeys.warming import warm_up as ask_everything

    with progress_bar() as progress:
        count = ask_everything(progress=progress)
    say(f"{count} questions were asked of a small workspace; what was compiled for them is kept")


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


def _options(period: str | None, where: str | None, segment: str | None, span: str, gap: str) -> SelectionOptions:
    return {"period": period, "where": where, "segment": segment, "span": _span(span), "gap": gap}


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


def _medians(text: str) -> FlowMedians:
    if text == "exact":
        return "exact"
    if text == "approximate":
        return "approximate"
    if text == "none":
        return "none"
    raise typer.BadParameter(f"expected exact, approximate or none, got {text!r}", param_hint="--medians")


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


def _print_skipped(result: Gaps) -> None:
    from desireline.base.console import print_table, say

    if not result.stages:
        say("Skipped stages: unknown, for taxonomy.yaml in the workspace names no stages (documentation: taxonomy.md).")
        return
    for stage in result.unrecorded:
        say(f"Nothing is recorded of the stage {stage}.")
    if not result.skipped:
        say("Skipped stages: none.")
        return
    columns = ["stage reached", "without", "spans", "without it", "share", "95% interval", "set apart"]
    columns += ["begin without a stage", "begin with"]
    rows = [
        [
            each.reached,
            each.missing,
            each.spans,
            each.without,
            _share(each.share),
            f"{_share(each.share_low)} to {_share(each.share_high)}" if each.spans else "–",
            each.settling_without,
            each.begin_without_stage,
            ", ".join(f"{first.touchpoint} {first.spans:,}" for first in each.first_seen),
        ]
        for each in result.skipped
    ]
    print_table(columns, rows)


def _print_switches(result: Gaps) -> None:
    from desireline.base import format_seconds
    from desireline.base.console import print_table, say

    if not result.switches:
        say("Silent switches: none.")
        return
    if result.skipped:
        typer.echo()
    columns = ["from", "to", "count", "customers", "by chance", "share of moves", "median silence"]
    rows = [
        [
            f"{each.source} ({each.source_channel})",
            f"{each.target} ({each.target_channel})",
            each.count,
            each.customers,
            each.expected,
            _share(each.share),
            format_seconds(each.median_seconds),
        ]
        for each in result.switches
    ]
    print_table(columns, rows)
    say(f"{result.silent_moves:,} of {result.moves:,} moves between channels came after a silence")
    if len(rows) < result.total_switches:
        say(f"the first {len(rows)} of {result.total_switches:,} kinds are shown; --top shows more, --json all")


def _print_what_helps(result: Gaps, workspace: Path) -> None:
    """For the foremost gap of each list: who to ask about, and the command that records the answer."""
    import shlex

    from desireline.base.console import say

    skipped = next((each for each in result.skipped if each.examples), None)
    if skipped is not None:
        say(f"\nWas there {skipped.missing} before {skipped.reached}? Ask about")
        _print_examples(skipped.examples)
    if result.switches:
        switch = result.switches[0]
        say(f"\nWas there something between {switch.source} and {switch.target}? Ask about")
        _print_examples(switch.examples)
    if skipped is not None or result.switches:
        named = f"desireline interactions log -w {shlex.quote(str(workspace))} --customer TYPE:VALUE"
        say(f"\nWhat somebody knows is recorded with\n  {named} --channel … --touchpoint … --at …")


def _print_examples(examples: Sequence[GapExample]) -> None:
    from desireline.base.console import say

    for example in examples:
        since = "" if example.since is None else f"after {example.since:%Y-%m-%d %H:%M}, "
        name = example.identifier or f"customer {example.customer}"
        say(f"  {name} ({since}before {example.at:%Y-%m-%d %H:%M} UTC)")


def _share(share: float) -> str:
    return "–" if share != share else f"{share:.1%}"


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
