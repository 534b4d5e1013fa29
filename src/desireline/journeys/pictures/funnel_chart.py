"""A funnel as a chart: bars with what drops off, and below them the groups, step by step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from desireline.base import format_seconds, joined, phrase, tell
from desireline.journeys.estimates import journeys_of
from desireline.journeys.pictures.charts import FAINT, INK
from desireline.journeys.pictures.figures import share_text
from desireline.journeys.wording import field_text

if TYPE_CHECKING:
    import altair

    from desireline.journeys.results.funnel import Funnel, FunnelGroup, FunnelStep

_MOST_PANELS = 4
_WIDTH, _PANEL_WIDTH = 440, 190
_LONGEST_NAME = 28
_ORDERS = {
    "loose": phrase("in this order"),
    "strict": phrase("each directly after the one before"),
    "any": phrase("in any order"),
}


def funnel_chart(funnel: Funnel) -> altair.LayerChart | altair.VConcatChart:
    """The steps; and the groups under them where there are some."""
    import altair

    steps = _steps(funnel)
    if not funnel.groups or len(funnel.steps) < 2:
        return steps.properties(title=_title(funnel))
    groups = _groups(funnel)
    return altair.vconcat(steps, groups, spacing=34).properties(title=_title(funnel)).resolve_scale(y="independent")


def _title(funnel: Funnel) -> altair.TitleParams:
    import altair

    said = [
        phrase(
            "Of {customers:,} customers, {order}; dark lines are 95% intervals, "
            "pale bars those who reached the step before.",
            customers=funnel.steps[0].customers,
            order=_ORDERS[funnel.order],
        )
    ]
    times = funnel.time_to_convert
    if times.customers:
        said.append(
            phrase(
                "From the first step to the last: median {median}, half of them {lower} to {upper} (n = {n:,}).",
                median=format_seconds(times.median_seconds),
                lower=format_seconds(times.lower_seconds),
                upper=format_seconds(times.upper_seconds),
                n=times.customers,
            )
        )
    return altair.TitleParams(phrase("How far customers come"), subtitle=said)


def _steps(funnel: Funnel) -> altair.LayerChart:
    import altair

    rows = [_row(number, step) for number, step in enumerate(funnel.steps, start=1)]
    order = [row["step"] for row in rows]
    base = altair.Chart(altair.Data(values=rows)).encode(
        y=altair.Y("step:N", sort=order, title=None, axis=altair.Axis(ticks=False, domain=False, labelPadding=8))
    )
    of_all = phrase("share of those who entered")
    share = altair.X("share:Q", title=of_all, scale=altair.Scale(domain=[0, 1]), axis=_percent())
    pale = base.mark_bar(height=26, opacity=0.22).encode(x=altair.X("before:Q", title=of_all))
    bars = base.mark_bar(height=26).encode(x=share)
    intervals = base.mark_rule(color=INK, size=2).encode(x="low:Q", x2="high:Q")
    label = {"align": "left", "dx": 10, "baseline": "middle"}
    right = altair.value(_WIDTH)
    first = base.mark_text(**label, dy=-8, color=INK, fontSize=12).encode(x=right, text="reached:N")
    second = base.mark_text(**label, dy=8, color=FAINT).encode(x=right, text="since:N")
    return altair.layer(pale, bars, intervals, first, second).properties(width=_WIDTH, height=altair.Step(50))


def _row(number: int, step: FunnelStep) -> dict[str, Any]:
    overall, previous = step.overall, step.from_previous
    since = ""
    if number > 1 and previous.n:
        median = [phrase("median {time}", time=format_seconds(step.median_seconds))] if step.customers else []
        since = joined((phrase("{share} of the step before", share=share_text(previous.value)), *median), ", ")
    return {
        "step": f"{number}. {step.name}",
        "share": step.conversion,
        "before": step.before / max(step.entered, 1),
        "low": overall.low if overall.n and number > 1 else None,
        "high": overall.high if overall.n and number > 1 else None,
        "reached": phrase("{count:,} ({share})", count=step.customers, share=share_text(step.conversion))
        if overall.n
        else phrase("nobody"),
        "since": since,
        "behind": journeys_of("funnel", step=number),
    }


def _groups(funnel: Funnel) -> altair.HConcatChart:
    """A panel for each of the last steps: a dot with its interval for each group, the groups in their order."""
    import altair

    names = [
        tell(
            phrase(
                "{group} * (n {n:,})" if group.difference.is_sure else "{group} (n {n:,})",
                group=_short(group.name),
                n=group.customers[0],
            )
        )
        for group in funnel.groups
    ]
    shown = range(max(1, len(funnel.steps) - _MOST_PANELS), len(funnel.steps))
    panels = [_panel(funnel, names, step, is_first=step == shown[0]) for step in shown]
    remark = phrase("* differs from all the rest together by more than chance, in reaching the last step")
    sure = any(group.difference.is_sure for group in funnel.groups)
    title = altair.TitleParams(
        phrase("By {by} at the first step, or known before it", by=field_text(str(funnel.by))),
        fontSize=13,
        subtitle=remark if sure else phrase("no group differs by more than chance"),
    )
    return altair.hconcat(*panels, spacing=18).properties(title=title)


def _panel(funnel: Funnel, names: list[str], step: int, *, is_first: bool) -> altair.LayerChart:
    import altair

    shares = [group.shares()[step] for group in funnel.groups]
    rows = [
        {
            "rank": rank,
            "share": each.value,
            "low": each.low,
            "high": each.high,
            **_reaching(funnel, group, step + 1),
        }
        for rank, (each, group) in enumerate(zip(shares, funnel.groups, strict=True))
    ]
    named = f"{json.dumps(names)}[datum.value]"
    axis = altair.Axis(labels=is_first, labelExpr=named, labelPadding=8, ticks=False, grid=True)
    base = altair.Chart(altair.Data(values=rows)).encode(y=altair.Y("rank:O", title=None, axis=axis))
    bars = base.mark_bar(height=10, opacity=0.45).encode(
        x=altair.X("share:Q", title=phrase("share of the group"), axis=_percent())
    )
    intervals = base.mark_rule(color=INK, size=1.5).encode(x="low:Q", x2="high:Q")
    dots = base.mark_point(filled=True, size=36, opacity=1).encode(x="share:Q")
    title = altair.TitleParams(f"{step + 1}. {funnel.steps[step].name}", fontSize=12, offset=6, limit=_PANEL_WIDTH)
    return altair.layer(bars, intervals, dots).properties(width=_PANEL_WIDTH, height=altair.Step(20), title=title)


def _reaching(funnel: Funnel, group: FunnelGroup, step: int) -> dict[str, str]:
    """The customers of a group who reach a step; those of many values together are not found."""
    if group.values > 1:
        return {}
    whose = {"group": "unknown"} if group.value is None else {"value": group.value}
    return {"behind": journeys_of("funnel", by=str(funnel.by), step=step, **whose)}


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _percent() -> altair.Axis:
    import altair

    return altair.Axis(format="~%", tickCount=5)
