"""The common paths, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from desireline.app.report.model import ReportData
from desireline.app.report.parts import Column, bar, empty, note, section, table, twin
from desireline.app.report.words import (
    article,
    briefly_counted,
    counted,
    duration_text,
    name,
    plural,
    short_name,
)
from desireline.journeys.model import Variant
from desireline.journeys.pictures import Markup, count_text, element, join, share_text

_SHOWN = 15
_FIRST_CHIPS, _LAST_CHIPS = 6, 2


def paths_section(data: ReportData) -> Markup:
    """The section with the most common paths."""
    paths = data.paths
    if not paths.variants:
        return section("paths", "Common paths", empty("There are no paths yet."))
    shown = paths.variants[:_SHOWN]
    longest = max(variant.share for variant in shown) or 1.0
    rows = [_row(variant, variant.share / longest) for variant in shown]
    return section(
        "paths",
        "Common paths",
        element("ol", *rows, class_="paths"),
        _remark(data, shown),
        twin(_table(data, shown)),
        lead=(
            f"A path is the exact order of touchpoints in {article(data.span_name)}. "
            "Bars and per cent: share of "
            f"all {counted(paths.total_customers, 'customer')} who took it at least once."
        ),
    )


def runs(path: Sequence[str]) -> list[tuple[str, int]]:
    """A path with repeated steps counted.

    >>> runs(("Visit", "Visit", "Call"))
    [('Visit', 2), ('Call', 1)]
    """
    return [(step, len(list(group))) for step, group in groupby(path)]


def _row(variant: Variant, part: float) -> Markup:
    figures = join(
        element("strong", share_text(variant.share)),
        element("small", briefly_counted(variant.customers, "customer")),
    )
    return element(
        "li",
        element("div", figures, class_="figure"),
        bar(part),
        element("div", *_chips(variant), class_="chips"),
    )


def _chips(variant: Variant) -> list[Markup]:
    steps = [_chip(step, times) for step, times in runs(variant.path)]
    hidden = len(steps) - _FIRST_CHIPS - _LAST_CHIPS
    if hidden > 1:
        between = element("span", f"{count_text(hidden)} more", class_="chip between")
        steps = [*steps[:_FIRST_CHIPS], between, *steps[-_LAST_CHIPS:]]
    arrow = element("span", " → ", class_="arrow")
    return [part for step in steps for part in (arrow, step)][1:]


def _chip(step: str, times: int) -> Markup:
    repeated = element("span", f" ×{times}", class_="times") if times > 1 else None
    return element("span", short_name(step, length=48), repeated, class_="chip")


def _remark(data: ReportData, shown: Sequence[Variant]) -> Markup:
    paths, spans = data.paths, plural(data.span_name)
    covered = sum(variant.spans for variant in shown)
    share = covered / paths.total_spans if paths.total_spans else 0.0
    return note(
        f"{counted(paths.total_variants, 'different path')} in {counted(paths.total_spans, data.span_name)}; "
        f"those shown cover {share_text(share)} of the {spans}."
    )


def _table(data: ReportData, shown: Sequence[Variant]) -> Markup:
    columns = (
        Column("Path", numeric=False),
        Column("Customers"),
        Column("Share of customers"),
        Column(plural(data.span_name).capitalize()),
        Column("Median duration"),
    )
    rows = [
        (
            _steps(variant),
            count_text(variant.customers),
            share_text(variant.share),
            count_text(variant.spans),
            duration_text(variant.median_seconds),
        )
        for variant in shown
    ]
    return table("The most common paths", columns, rows, more=data.paths.total_variants - len(shown))


def _steps(variant: Variant) -> Markup:
    named = [join(name(step), f" ×{times}" if times > 1 else None) for step, times in runs(variant.path)]
    return join(*[part for step in named for part in (" → ", step)][1:])
