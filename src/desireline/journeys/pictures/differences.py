"""What differs between two groups, as points with their intervals: a panel for shares, and one for each unit of means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, joined, phrase

if TYPE_CHECKING:
    import altair

    from desireline.journeys.estimates import Comparison, Difference

MOST_ROWS = 30
_WIDTH = 460
_LONGEST_NAME = 420
_KINDS = [phrase("more than chance"), phrase("may be chance")]
_SECONDS_OF = {phrase("seconds"): 1.0, phrase("minutes"): 60.0, phrase("hours"): 3_600.0, phrase("days"): 86_400.0}


def chart_differences(comparison: Comparison) -> altair.VConcatChart:
    """The first differences that have an interval; says how many there are."""
    import altair as alt

    drawable = [each for each in comparison.differences if each.low == each.low]
    shown = drawable[:MOST_ROWS]
    panels = [
        _panel(unit, [each for each in shown if _unit(each) == unit]) for unit in dict.fromkeys(map(_unit, shown))
    ]
    title = alt.TitleParams(
        phrase("What differs"), subtitle=_subtitle(comparison, len(shown), len(drawable)), anchor="start"
    )
    return alt.vconcat(*(panels or [_panel("share", [])]), spacing=18).properties(title=title)


def _subtitle(comparison: Comparison, shown: int, drawable: int) -> list[Phrase]:
    lines = [phrase("Second group less first; lines are 95% intervals")]
    if comparison.sizes is not None:
        sizes = phrase(
            "{first:,} and {second:,} customers", first=comparison.sizes.first, second=comparison.sizes.second
        )
        lines = [joined((lines[0], sizes), "; ")]
        lines += [joined([comparison.sizes.note])] if comparison.sizes.note else []
    total = len(comparison.differences)
    without = total - drawable
    if without and not drawable:
        lines.append(phrase("No number of these groups has an interval"))
    elif shown < total:
        left = [phrase("{rows:,} without an interval left out", rows=without)] if without else []
        lines.append(joined((phrase("{shown} of {rows:,} rows shown", shown=shown, rows=total), *left), "; "))
    return lines


def _unit(difference: Difference) -> str:
    return "share" if difference.before.is_in_per_cent else difference.before.unit


def _panel(unit: str, differences: list[Difference]) -> altair.LayerChart:
    import altair as alt

    measure, scale_by = _measure(unit, differences)
    rows: list[dict[str, Any]] = [
        {
            "what": each.before.name,
            "difference": scale_by * each.difference,
            "low": scale_by * each.low,
            "high": scale_by * each.high,
            "is it chance": _KINDS[0] if each.is_sure else _KINDS[1],
        }
        for each in differences
    ]
    kinds = alt.Scale(domain=_KINDS)
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("what:N", sort=[row["what"] for row in rows], title=None, axis=alt.Axis(labelLimit=_LONGEST_NAME)),
        color=alt.Color("is it chance:N", title=None, scale=kinds),
    )
    intervals = base.mark_rule().encode(
        x=alt.X("low:Q", title=measure, axis=alt.Axis(labelFlush=False, tickCount=8)), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=60).encode(
        x="difference:Q", shape=alt.Shape("is it chance:N", title=None, scale=kinds)
    )
    nothing = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(strokeDash=[2, 3]).encode(x="x:Q")
    return alt.layer(*[nothing] * bool(rows), intervals, points).properties(width=_WIDTH, height=alt.Step(22))


def _measure(unit: str, differences: list[Difference]) -> tuple[str, float]:
    """What the axis says, and what differences are multiplied with."""
    if unit == "share":
        return phrase("percentage points"), 100.0
    if unit != "seconds":
        return unit or phrase("mean"), 1.0
    largest = max(max(abs(each.low), abs(each.high)) for each in differences)
    name = next((name for name, seconds in reversed(_SECONDS_OF.items()) if largest >= 2 * seconds), phrase("seconds"))
    return name, 1 / _SECONDS_OF[name]
