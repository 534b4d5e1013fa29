"""Scores with their intervals, who answers, and feelings along the steps, as charts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, joined, phrase, tell
from desireline.journeys.estimates import journeys_of
from desireline.journeys.pictures.charts import COLOURS
from desireline.journeys.results.emotion import EMOTION_LINES
from desireline.journeys.wording import field_text, level_text

if TYPE_CHECKING:
    import altair

    from desireline.journeys.estimates import Estimate
    from desireline.journeys.results.emotion import Emotion
    from desireline.journeys.results.scores import Scores

_INK = "#1c2733"
_FAINT = "#5b6875"
_WIDTH = 480
_CURVE_STEP = 64
_NARROWEST_CURVE = 420
_FEWEST_DRAWN = 5
_LINES = {"sentiment": phrase("sentiment")}
_SIGNED = "replace(datum.label, '\\u2212', '-')"
"""Fonts of machines without a screen often lack the minus sign, and another face stands in for it."""


def score_text(kind: str, value: float) -> Phrase:
    """A score as it is written: NPS with its sign, CSAT in per cent, CES with two decimals; a dash where there is none."""
    if value != value:
        return phrase("–")
    if kind == "NPS":
        return phrase("{score:+.0f}", score=value) if round(value) else phrase("0")
    return phrase("{score:.1%}" if kind == "CSAT" else "{score:.2f}", score=value)


def interval_text(kind: str, estimate: Estimate) -> Phrase:
    """The interval of a score as it is written."""
    if estimate.low != estimate.low:
        return phrase("–")
    return phrase("{low} to {high}", low=score_text(kind, estimate.low), high=score_text(kind, estimate.high))


def measure_text(scores: Scores) -> Phrase:
    """What the score of a kind is, with its unit."""
    scale = scores.scale
    return {
        "NPS": phrase("NPS: % promoters (9, 10) less % detractors (0 to 6)"),
        "CSAT": phrase(
            "CSAT: share of answers {low} and {high} ({scale})", low=scale.high - 1, high=scale.high, scale=scale.text
        ),
        "CES": phrase("CES: mean ({scale})", scale=scale.text),
    }[scale.kind]


def draw_groups(scores: Scores, *, most: int) -> altair.LayerChart:
    """A point with its interval for each group, and a broken line at the score of all."""
    import altair as alt

    kind = scores.scale.kind
    shown = [each for each in scores.groups if each.answers][:most]
    rows: list[dict[str, Any]] = [
        {
            "group": phrase("{group} ({count:,})", group=each.label, count=each.answers),
            "score": each.score.value,
            "low": each.score.low if each.score.low == each.score.low else None,
            "high": each.score.high if each.score.high == each.score.high else None,
            "behind": journeys_of("answers", by=str(scores.by), value=each.name or ""),
        }
        for each in shown
    ]
    order = [row["group"] for row in rows]
    axis = alt.Axis(format=".0%") if kind == "CSAT" else alt.Axis(labelExpr=_SIGNED)
    base = _chart_of(rows).encode(y=alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=320, grid=True)))
    x_scale = alt.Scale(domain=_domain(scores), nice=False)
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.X("score:Q", title=measure_text(scores), axis=axis, scale=x_scale)
    )
    lines = base.mark_rule(color=_INK).encode(x=alt.X("low:Q", title=measure_text(scores)), x2="high:Q")
    everybody = _chart_of([{"score": scores.total.score.value}] if rows else [])
    total = everybody.mark_rule(color=_FAINT, strokeDash=[4, 4]).encode(x="score:Q")
    left = len(scores.groups) - len(shown)
    more = [phrase("the {most} with most answers, {left} more are left out", most=most, left=left)] if left > 0 else []
    title = alt.TitleParams(
        phrase("{kind} by {by}, {level}", kind=kind, by=field_text(str(scores.by)), level=level_text(scores.level)),
        subtitle=[
            joined((phrase("Answers in brackets; lines are 95% intervals"), *more), "; "),
            phrase(
                "Broken line: all {answers:,} answers, {score}",
                answers=scores.total.answers,
                score=score_text(kind, scores.total.score.value),
            ),
        ],
    )
    drawn: Any = alt.layer(total, lines, points)
    titled: altair.LayerChart = drawn.properties(width=_WIDTH, height=alt.Step(24), title=title)
    return titled


def draw_scores(scores: Scores) -> altair.VConcatChart:
    """How often each score was given, and the share of customers in each channel who answered."""
    import altair as alt

    kind, total = scores.scale.kind, scores.total
    values: list[dict[str, Any]] = [
        {
            "score": level,
            "answers": count,
            "group": _level_name(scores, place),
            "behind": journeys_of("answers", score=level),
        }
        for place, (level, count) in enumerate(enumerate(total.counts, start=scores.scale.low))
    ]
    interval = [phrase("95% interval {interval}", interval=interval_text(kind, total.score))] if total.answers else []
    score = joined((kind, score_text(kind, total.score.value)))
    title = alt.TitleParams(
        joined((score, level_text(scores.level)), ", "),
        subtitle=[
            joined((phrase("{answers:,} answers", answers=total.answers), *interval), ", "),
            measure_text(scores),
        ],
    )
    colour: Any = alt.value(COLOURS[0])
    if kind == "NPS":
        names = [phrase("detractors"), phrase("passives"), phrase("promoters")]
        shades = alt.Scale(domain=names, range=["#c4504a", "#b9c2cb", "#3f9b6c"])
        colour = alt.Color("group:N", title=None, scale=shades, legend=alt.Legend(orient="bottom"))
    given = (
        _chart_of(values)
        .mark_bar()
        .encode(
            x=alt.X("score:O", title=phrase("score ({scale})", scale=scores.scale.text), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("answers:Q", title=phrase("answers"), axis=alt.Axis(tickMinStep=1, format=",d")),
            color=colour,
        )
        .properties(width=_WIDTH, height=180, title=title)
    )
    return alt.vconcat(given, _draw_answering(scores), spacing=28).resolve_scale(color="independent")


def _draw_answering(scores: Scores) -> altair.LayerChart:
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "channel": phrase("{group} ({count:,})", group=each.channel, count=each.customers),
            "share": each.answered.value,
            "low": each.answered.low,
            "high": each.answered.high,
            "behind": journeys_of("answering", channel=each.channel, answered=True),
        }
        for each in scores.answering
    ]
    base = _chart_of(rows).encode(y=alt.Y("channel:N", sort=[row["channel"] for row in rows], title=None))
    bars = base.mark_bar(height=14).encode(
        x=alt.X("share:Q", title=phrase("share of the customers in the channel"), axis=alt.Axis(format="~%"))
    )
    lines = base.mark_rule(color=_INK).encode(x=alt.X("low:Q", title=""), x2="high:Q")
    answered = scores.customers_answered
    people = phrase("no customers")
    if answered.n:
        share = round(answered.value * answered.n)
        people = phrase("{part:,} of {customers:,} customers", part=share, customers=answered.n)
    title = alt.TitleParams(
        phrase("Who answers {kind}", kind=scores.scale.kind),
        subtitle=phrase("{people}; customers of a channel in brackets, 95% intervals", people=people),
    )
    drawn: altair.LayerChart = bars + lines
    titled: altair.LayerChart = drawn.properties(width=_WIDTH, height=alt.Step(22), title=title)
    return titled


def draw_emotion(emotion: Emotion, *, most: int) -> altair.LayerChart:
    """A point with its interval for each source, over the steps in the order of the journey."""
    import altair as alt

    steps = [step for step in emotion.steps if any(each.n >= _FEWEST_DRAWN for each in step.feelings.values())]
    kept = {step.name for step in sorted(steps, key=lambda each: -each.n)[:most]}
    shown = [step for step in steps if step.name in kept]
    rows: list[dict[str, Any]] = [
        {
            "step": step.name,
            "source": line,
            "feeling": feeling.value,
            "low": feeling.low,
            "high": feeling.high,
            "behind": journeys_of("feeling", by=emotion.by, step=step.name, line=line),
        }
        for step in shown
        for line, feeling in step.feelings.items()
        if feeling.n >= _FEWEST_DRAWN
    ]
    counts: dict[str, int] = {}
    for step in emotion.steps:
        for line, feeling in step.feelings.items():
            counts[line] = counts.get(line, 0) + feeling.n
    sources = [line for line in EMOTION_LINES if line in counts]
    named = {
        line: tell(phrase("{group} ({count:,})", group=_LINES.get(line, line), count=counts[line])) for line in sources
    }
    legend = alt.Legend(title=None, orient="bottom", labelExpr=f"{json.dumps(named)}[datum.label]")
    y_title = phrase("mean feeling, -2 (very bad) to +2 (very good)")
    base = _chart_of(rows).encode(
        x=alt.X(
            "step:N",
            sort=[each.name for each in shown],
            title=phrase("{by} in the order of the journey", by=field_text(emotion.by)),
            axis=alt.Axis(labelAngle=-40, labelLimit=200),
        ),
        xOffset=alt.XOffset("source:N", sort=sources),
    )
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        y=alt.Y("feeling:Q", title=y_title, scale=alt.Scale(domain=[-2, 2]), axis=alt.Axis(labelExpr=_SIGNED)),
        color=alt.Color("source:N", scale=alt.Scale(domain=sources), legend=legend),
        shape=alt.Shape("source:N", scale=alt.Scale(domain=sources), legend=legend),
    )
    intervals = base.mark_rule().encode(
        y=alt.Y("low:Q", title=y_title),
        y2="high:Q",
        color=alt.Color("source:N", scale=alt.Scale(domain=sources), legend=legend),
    )
    zero = _chart_of([{"feeling": 0}]).mark_rule(color=_FAINT).encode(y="feeling:Q")
    left = len(emotion.steps) - len(shown)
    more = [phrase("{left} steps with fewer values are left out", left=left)] if left else []
    title = alt.TitleParams(
        phrase("What customers feel, by {by}", by=field_text(emotion.by)),
        subtitle=[
            phrase("Each source by itself; values in brackets; lines are 95% intervals"),
            joined((phrase("Means of at least {values} values", values=_FEWEST_DRAWN), *more), "; "),
        ],
    )
    width = max(_CURVE_STEP * len(shown), _NARROWEST_CURVE)
    drawn: Any = alt.layer(*[zero] * bool(rows), points, intervals)
    titled: altair.LayerChart = drawn.properties(width=width, height=300, title=title)
    return titled


def _chart_of(rows: list[dict[str, Any]]) -> altair.Chart:
    import altair as alt

    data: Any = alt.InlineData
    return alt.Chart(data(values=rows))


def _level_name(scores: Scores, place: int) -> Phrase:
    if scores.scale.kind != "NPS":
        return phrase("answers")
    return phrase("promoters" if place >= 9 else "passives" if place >= 7 else "detractors")


def _domain(scores: Scores) -> list[float]:
    if scores.scale.kind == "NPS":
        return [-100, 100]
    return [0, 1] if scores.scale.kind == "CSAT" else [scores.scale.low, scores.scale.high]
