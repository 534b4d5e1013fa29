"""``desireline journeys gaps``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import SHOWN, asking, company_note, save_if_asked, share_text
from desireline.journeys.commands.options import (
    AnybodyOption,
    GapOption,
    JourneyOption,
    PeriodOption,
    PictureOption,
    SegmentOption,
    SpanOption,
    TopOption,
    WhereOption,
    selection_options,
)

if TYPE_CHECKING:
    from desireline.journeys.model import GapExample, Gaps


def gaps(
    workspace: WorkspaceOption,
    quiet: Annotated[str, typer.Option("--quiet", help="A silence is longer than this.")] = "1h",
    within: Annotated[str, typer.Option("--within", help="And at most this long.")] = "14d",
    settle: Annotated[
        str,
        typer.Option("--settle", help="Count those apart who were first seen so soon after the record begins; or 0."),
    ] = "30d",
    anybody: AnybodyOption = False,
    no_examples: Annotated[bool, typer.Option("--no-examples", help="Name no customers.")] = False,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    picture: PictureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where interactions may be missing: skipped stages, and silent switches of the channel."""
    from desireline.base.console import say
    from desireline.journeys import gaps as ask_gaps

    options = selection_options(period, where, segment, span, gap, journey)
    with asking(workspace) as (opened, progress):
        result = ask_gaps(
            opened,
            quiet=quiet,
            within=within,
            settle=settle,
            whose="anybody" if anybody else "customer",
            examples=not no_examples,
            top=top if as_json else top or SHOWN,
            progress=progress,
            **options,
        )
    save_if_asked(result, picture, opened, **options)
    if as_json:
        typer.echo(result.to_json())
        return
    _print_skipped(result)
    _print_switches(result)
    if result.left_out:
        say(company_note(result.left_out))
    if not no_examples:
        _print_what_helps(result, workspace)


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
            share_text(each.share),
            f"{share_text(each.share_low)} to {share_text(each.share_high)}" if each.spans else "–",
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
            share_text(each.share),
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
