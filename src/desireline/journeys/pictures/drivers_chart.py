"""Drivers as a chart: odds ratios with their intervals, and how many outcomes are at stake at touchpoints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, joined, phrase
from desireline.drawing.markup import printable
from desireline.journeys.estimates import journeys_of
from desireline.journeys.pictures.charts import FAINT, INK
from desireline.journeys.pictures.figures import count_text, share_text
from desireline.journeys.results.drivers import ASSOCIATION, ratio_text

if TYPE_CHECKING:
    import altair

    from desireline.journeys.results.drivers import Driver, Drivers, Moment

_DRAWN, _DRAWN_UNSURE, _DRAWN_MOMENTS, _WIDTH = 24, 8, 14, 460
_LONGEST_NAME = 60
_RATIOS = (0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000)
_NEAR_RATIOS = (0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5)


def chart_drivers(answer: Drivers) -> altair.VConcatChart:
    """Two panels, the second one where there are moments of truth."""
    import altair as alt

    panels = [_ratios(answer)]
    moments = list(answer.moments[:_DRAWN_MOMENTS])
    if moments:
        panels.append(_moments(answer, moments))
    found: altair.VConcatChart = alt.vconcat(*panels, spacing=36)
    return found


def _ratios(answer: Drivers) -> Any:
    import altair as alt

    drawable = [each for each in answer.drivers if each.low == each.low and each.p == each.p]
    shown = [each for each in drawable if each.is_sure][:_DRAWN] or drawable[:_DRAWN_UNSURE]
    shown.sort(key=lambda each: -each.odds_ratio)
    rows: list[dict[str, Any]] = [
        {
            "name": _driver_name(each),
            "ratio": each.odds_ratio,
            "low": each.low,
            "high": each.high,
            "text": joined((ratio_text(each.odds_ratio), answer.goes_with(each)), ", "),
            "behind": journeys_of("driver", feature=each.kind, of=each.of, side="either"),
        }
        for each in shown
    ]
    lowest, highest = _domain(shown)
    marks = [each for each in (_NEAR_RATIOS if highest / lowest < 20 else _RATIOS) if lowest <= each <= highest]
    title = phrase("odds ratio (logarithmic), with against without; lines are 95% intervals")
    look: dict[str, Any] = {
        "scale": alt.Scale(type="log", domain=[lowest, highest], nice=False, clamp=True),
        "axis": alt.Axis(values=marks, format="~g"),
        "title": title,
    }
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=_names(rows))
    equal = (
        alt.Chart(alt.InlineData(values=[{"ratio": 1}])).mark_rule(color=FAINT, strokeDash=[4, 4]).encode(x="ratio:Q")
    )
    lines = base.mark_rule(color=INK).encode(x=alt.X("low:Q", **look), x2="high:Q")
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=alt.X("ratio:Q", **look))
    texts = base.mark_text(align="left", dx=8, color=FAINT).encode(x=alt.value(_WIDTH), text="text:N")
    subtitle = alt.TitleParams(_title(answer), subtitle=_subtitle(answer, shown), frame="group")
    return alt.layer(equal, lines, points, texts).properties(width=_WIDTH, height=alt.Step(22), title=subtitle)


def _moments(answer: Drivers, moments: list[Moment]) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "name": _shortened(each.touchpoint),
            "points": 100 * each.points,
            "low": 100 * each.low,
            "high": 100 * each.high,
            "text": phrase(
                "reach {share}" if each.is_sure else "reach {share}, not sure", share=share_text(each.reach.value)
            ),
            "behind": journeys_of("driver", feature="touchpoint", of=each.touchpoint, side="with"),
        }
        for each in moments
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=_names(rows))
    title = phrase(
        "points of the share of spans with {outcome} at stake; lines are 95% intervals",
        outcome=_shortened(answer.outcome),
    )
    axis = alt.Axis(tickCount=8, labelExpr="replace(datum.label, '\\u2212', '-')")
    bars = base.mark_bar(height=14).encode(x=alt.X("points:Q", title=title, axis=axis))
    lines = base.mark_rule(color=INK).encode(x=alt.X("low:Q", title=title), x2="high:Q")
    texts = base.mark_text(align="left", dx=8, color=FAINT).encode(x=alt.value(_WIDTH), text="text:N")
    subtitle = [
        phrase("Difference between spans that pass a touchpoint and those alike that do not,"),
        phrase("times the share of all spans that passes it and can be compared; association, not cause"),
        phrase(
            "n = {spans} spans; {shown} of {touchpoints:,} touchpoints",
            spans=count_text(answer.spans),
            shown=len(moments),
            touchpoints=len(answer.moments),
        ),
    ]
    said = alt.TitleParams(phrase("Moments of truth"), subtitle=subtitle, frame="group")
    return alt.layer(bars, lines, texts).properties(width=_WIDTH, height=alt.Step(22), title=said)


def _title(answer: Drivers) -> Phrase:
    return phrase("What goes with {outcome}", outcome=_shortened(answer.outcome))


def _subtitle(answer: Drivers, shown: list[Driver]) -> list[Phrase]:
    drawn = phrase("no feature is sure")
    if answer.sure:
        drawn = phrase("{shown} of {sure:,} sure features are drawn", shown=len(shown), sure=answer.sure)
    return [
        phrase(
            "n = {spans} spans, {share} with it; {drawn} ({compared:,} compared)",
            spans=count_text(answer.spans),
            share=share_text(answer.reached.value),
            drawn=drawn,
            compared=answer.compared,
        ),
        phrase("At equal {all}", all=joined(answer.adjusted_for, "; ")),
        ASSOCIATION,
    ]


def _domain(shown: list[Driver]) -> tuple[float, float]:
    """What is drawn of the axis: every ratio and its interval, of which what is beyond fifty times the farthest ratio is cut off."""
    ratios = [each.odds_ratio for each in shown] or [1.0]
    least, most = min([0.5, *ratios]), max([2.0, *ratios])
    low = max(min([least, *(each.low for each in shown)]), least / 50)
    high = min(max([most, *(each.high for each in shown)]), most * 50)
    return low / 1.2, high * 1.1 * (1 + 0.02 * math.log(high / low))


def _driver_name(driver: Driver) -> str:
    return joined((_shortened(driver.name.replace("→", "›")), " (n = ", count_text(driver.having.n), ")"), "")


def _shortened(name: str) -> str:
    readable = printable(name)
    return readable if len(readable) <= _LONGEST_NAME else f"{readable[: _LONGEST_NAME - 1]}…"


def _names(rows: list[dict[str, Any]]) -> Any:
    """Names from top to bottom in the order of the rows."""
    import altair as alt

    return alt.Y("name:N", sort=[str(row["name"]) for row in rows], title=None, axis=alt.Axis(labelLimit=430))
