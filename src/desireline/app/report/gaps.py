"""Gaps: where interactions may be missing."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.app.report.model import ReportData
from desireline.app.report.parts import Bar, Column, bars, figure, note, section, table, twin
from desireline.app.report.words import counted, duration_text, name
from desireline.journeys.model import Gaps, SilentSwitch, SkippedStage
from desireline.journeys.pictures import NO_BREAK, Markup, count_text, element, join, share_text

_SHOWN = 8


def has_gaps(gaps: Gaps) -> bool:
    """Whether there is something to show."""
    return bool(gaps.unrecorded or gaps.skipped or gaps.switches)


def gaps_section(data: ReportData) -> Markup | None:
    """The section about gaps; ``None`` where there are none."""
    gaps = data.gaps
    if not has_gaps(gaps):
        return None
    skipped = [each for each in gaps.skipped if each.without]
    return section(
        "gaps",
        "Gaps",
        note("Nothing is recorded of ", *_listed(gaps.unrecorded), ".") if gaps.unrecorded else None,
        element(
            "div",
            _skipped(skipped) if skipped else None,
            _switches(gaps, gaps.switches) if gaps.switches else None,
            class_="columns" if skipped and gaps.switches else "stacked",
        ),
        lead=(
            "Where an interaction may be missing from the record: a call that no system kept, a question asked in a "
            "shop. These are hints, no proof; people also skip a stage, or change the channel for reasons of their own."
        ),
    )


def _listed(stages: Sequence[str]) -> list[object]:
    parts: list[object] = []
    for stage in stages:
        parts += [", ", name(stage)]
    return parts[1:]


def _skipped(skipped: Sequence[SkippedStage]) -> Markup:
    rows = [
        Bar(
            join(name(each.reached), " without ", name(each.missing)),
            each.share,
            share_text(each.share),
            f"{count_text(each.without)} of {counted(each.spans, 'customer')}; "
            f"95% interval {share_text(each.share_low)} to {share_text(each.share_high)}{_stageless(each)}",
        )
        for each in skipped[:_SHOWN]
    ]
    return figure(
        join(
            element("strong", "Skipped stages"),
            element("span", "Share of the customers who reach a stage without an earlier one on record"),
        ),
        bars(rows, label="Skipped stages", kind="bars roomy"),
        twin(_skipped_table(skipped)),
    )


def _stageless(skipped: SkippedStage) -> str:
    many = skipped.begin_without_stage
    return f"; {count_text(many)} of these begin with a touchpoint without a stage" if many else ""


def _skipped_table(skipped: Sequence[SkippedStage]) -> Markup:
    columns = (
        Column("Stage reached", numeric=False),
        Column("Without", numeric=False),
        Column("Customers who reach it"),
        Column("Without the earlier one"),
        Column("Share"),
        Column("95% interval"),
        Column("Set apart"),
        Column("Begin without a stage"),
        Column("Begin with", numeric=False),
    )
    rows = [
        (
            name(each.reached),
            name(each.missing),
            count_text(each.spans),
            count_text(each.without),
            share_text(each.share),
            f"{share_text(each.share_low)}{NO_BREAK}–{NO_BREAK}{share_text(each.share_high)}",
            count_text(each.settling_without),
            count_text(each.begin_without_stage),
            join(*_beginnings(each)),
        )
        for each in skipped
    ]
    return table("Customers who reach a stage without an earlier one", columns, rows)


def _beginnings(skipped: SkippedStage) -> list[object]:
    parts: list[object] = []
    for each in skipped.first_seen:
        parts += [", ", name(each.touchpoint), f" {count_text(each.spans)}"]
    return parts[1:]


def _switches(gaps: Gaps, switches: Sequence[SilentSwitch]) -> Markup:
    most = max(each.count for each in switches[:_SHOWN])
    rows = [
        Bar(
            join(_contact(each.source, each.source_channel), " → ", _contact(each.target, each.target_channel)),
            each.count / most,
            count_text(each.count),
            f"{counted(each.customers, 'customer')}; silent for {duration_text(each.median_seconds)} (median); "
            f"{_chance(each.expected)} by chance",
        )
        for each in switches[:_SHOWN]
    ]
    silent = share_text(gaps.silent_moves / gaps.moves)
    return figure(
        join(
            element("strong", "Silent switches of the channel"),
            element("span", "Frequent and unlikely by chance first; what the company does by itself is left out"),
        ),
        bars(rows, label="Silent switches of the channel", kind="bars roomy"),
        note(f"{silent} of {counted(gaps.moves, 'move')} between channels came after a silence."),
        twin(_switches_table(gaps, switches)),
    )


def _contact(touchpoint: str, channel: str) -> Markup:
    return join(name(touchpoint), " (", name(channel), ")")


def _chance(expected: float) -> str:
    return count_text(round(expected)) if expected >= 1 else "less than 1"


def _switches_table(gaps: Gaps, switches: Sequence[SilentSwitch]) -> Markup:
    columns = (
        Column("From", numeric=False),
        Column("To", numeric=False),
        Column("Times"),
        Column("By chance"),
        Column("Customers"),
        Column("Share of moves to another channel"),
        Column("Median silence"),
    )
    rows = [
        (
            _contact(each.source, each.source_channel),
            _contact(each.target, each.target_channel),
            count_text(each.count),
            _chance(each.expected),
            count_text(each.customers),
            share_text(each.share),
            duration_text(each.median_seconds),
        )
        for each in switches
    ]
    return table(
        "Silent switches of the channel", columns, rows, more=gaps.total_switches - len(switches), most=len(rows)
    )
