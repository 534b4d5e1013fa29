"""Clusters as a chart: how many journeys are of each, how often they have the outcome, and what such a journey looks like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, joined, phrase, tell
from desireline.drawing.markup import printable
from desireline.drawing.text import ELLIPSIS, clusters
from desireline.journeys.estimates import journeys_of
from desireline.journeys.pictures.charts import COLOURS, FAINT, INK
from desireline.journeys.pictures.figures import and_more, count_text, customers_text, journeys_text, share_text

if TYPE_CHECKING:
    import altair

    from desireline.journeys.results.clusters import Cluster, Clusters

_STEP = 40
_NAME, _PATH = 48, 84
_SHARES, _OUTCOMES = 250, 210
_THEN = "›"
"""Between two steps; the fonts that draw charts into files lack the arrow."""


def chart_clusters(answer: Clusters) -> altair.HConcatChart:
    """Three columns with a row for each cluster: share, outcome where one was asked for, path."""
    import altair as alt

    rows = [_row(each, _unique(answer.clusters, place)) for place, each in enumerate(answer.clusters)]
    base = alt.Chart(alt.Data(values=rows), height=alt.Step(_STEP))
    order = [row["name"] for row in rows]
    columns = [_shares(base, _axis(order, labels=True))]
    if answer.outcome and rows:
        overall = sum(each.outcome.value * each.spans for each in answer.clusters if each.outcome is not None)
        what = _shortened(" or ".join(answer.outcome), 40)
        columns.append(_outcomes(base, _axis(order, labels=False), overall / max(answer.total_spans, 1), what))
    columns.append(_paths(base, _axis(order, labels=False)))
    return (
        alt.hconcat(*columns, spacing=28)
        .resolve_scale(y="shared")
        .properties(title=alt.TitleParams(phrase("Clusters of similar journeys"), subtitle=_subtitle(answer)))
        .configure_concat(spacing=28)
    )


def _row(each: Cluster, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": name,
        "share": each.share.value,
        "low": each.share.low,
        "high": each.share.high,
        "count": joined((share_text(each.share.value), count_text(each.spans)), " · "),
        "path": _path_text(each.path),
        "behind": journeys_of("cluster", cluster=each.name),
    }
    if each.outcome is not None:
        row |= {
            "rate": each.outcome.value,
            "rate_low": each.outcome.low,
            "rate_high": each.outcome.high,
            "rate_text": joined((share_text(each.outcome.value), *_direction(each)), ", "),
            "rate_behind": journeys_of("cluster", cluster=each.name, reached=True),
        }
    return row


def _direction(each: Cluster) -> tuple[Phrase, ...]:
    """Whether the outcome is surely more or less frequent than in the others, in a word: colours phrase nothing alone."""
    if each.difference is None or not each.difference.is_sure:
        return ()
    return (phrase("more" if each.difference.difference > 0 else "less"),)


def _shares(base: Any, axis: Any) -> Any:
    import altair as alt

    horizontal = alt.X(
        "share:Q", title=phrase("share of journeys, 95 % interval"), axis=alt.Axis(format="%", tickCount=5)
    )
    bars = base.mark_bar(height=16).encode(x=horizontal, y=axis)
    intervals = base.mark_rule(color=INK, strokeWidth=1.4).encode(x=alt.X("low:Q"), x2="high:Q", y=axis)
    texts = base.mark_text(align="left", dx=8, color=INK).encode(x=alt.X("high:Q"), y=axis, text="count:N")
    return alt.layer(bars, intervals, texts).properties(width=_SHARES)


def _outcomes(base: Any, axis: Any, overall: float, what: str) -> Any:
    import altair as alt

    title = [phrase("with {what},", what=what), phrase("95 % interval; all: {share}", share=share_text(overall))]
    horizontal = alt.X("rate:Q", title=title, axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(zero=True))
    base = base.transform_calculate(behind="datum.rate_behind")
    mean = alt.Chart(alt.Data(values=[{"all": overall}])).mark_rule(color=FAINT, strokeDash=[4, 3]).encode(x="all:Q")
    intervals = base.mark_rule(color=COLOURS[1], strokeWidth=2).encode(
        x=alt.X("rate_low:Q", title=title), x2="rate_high:Q", y=axis
    )
    points = base.mark_point(filled=True, size=64, color=COLOURS[1], opacity=1).encode(x=horizontal, y=axis)
    texts = base.mark_text(align="left", dx=9, color=INK).encode(x=alt.X("rate_high:Q"), y=axis, text="rate_text:N")
    return alt.layer(mean, intervals, points, texts).properties(width=_OUTCOMES)


def _paths(base: Any, axis: Any) -> Any:
    import altair as alt

    placed = base.transform_calculate(zero="0").mark_text(align="left", color=INK, lineBreak="\n", lineHeight=14)
    nowhere = alt.X("zero:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    return placed.encode(x=nowhere, y=axis, text="path:N").properties(
        width=_PATH * 6,
        title=alt.TitleParams(phrase("such a journey"), fontSize=11, fontWeight="normal", color=FAINT, offset=4),
    )


def _axis(order: Sequence[str], *, labels: bool) -> Any:
    import altair as alt

    shown = alt.Axis(title=None, labelLimit=360, ticks=False, domain=False, labelColor=INK, labelPadding=8)
    return alt.Y("name:N", sort=list(order), title=None, axis=shown if labels else None)


def _subtitle(answer: Clusters) -> list[Phrase]:
    lines = [
        phrase(
            "n = {journeys} of {customers}; clusters found in {sampled} of them",
            journeys=journeys_text(answer.total_spans),
            customers=customers_text(answer.total_customers),
            sampled=count_text(answer.sampled),
        )
    ]
    if answer.outcome:
        lines.append(phrase("more, less: than in all other journeys, and not by chance; association, not cause"))
    return lines


def _path_text(path: Sequence[str]) -> str:
    """The path in at most two lines."""
    steps = [printable(step) for step in path]
    lines = [""]
    for place, step in enumerate(steps):
        piece = step if place == 0 else f" {_THEN} {step}"
        left = f" {_THEN} {tell(and_more(len(steps) - place))}"
        room = _PATH - (len(left) if len(lines) == 2 and place < len(steps) - 1 else 0)
        if len(lines[-1]) + len(piece) <= room:
            lines[-1] += piece
        elif len(lines) == 1:
            lines.append(_shortened(piece.strip(), _PATH - 18))
        else:
            lines[-1] += left
            break
    return "\n".join(_shortened(line, _PATH + 6) for line in lines) or "–"


def _unique(found: Sequence[Cluster], place: int) -> str:
    """The name, shortened where it is long; those that would be the same then get a number."""
    shortened = [_shortened(each.name, _NAME) for each in found]
    before = shortened[:place].count(shortened[place])
    return f"{shortened[place]} ({before + 1})" if before else shortened[place]


def _shortened(text: str, most: int) -> str:
    pieces = clusters(printable(text).replace("→", _THEN))
    return "".join(pieces) if len(pieces) <= most else "".join(pieces[: most - 1]).rstrip() + ELLIPSIS
