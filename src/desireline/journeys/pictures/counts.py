"""Bars of what is counted: exact paths, moves between channels, sessions by size and duration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, format_seconds, joined, phrase
from desireline.journeys.estimates import journeys_of
from desireline.journeys.model import Channels, DistributionBin, Sessions, Variants

if TYPE_CHECKING:
    import altair

_SHOWN = 20
_WIDTH = 460
_LONGEST = 64
"""Of a path as a label, in characters: longer ones lose their middle."""


def draw_variants(found: Variants) -> altair.Chart:
    """A bar for each of the most frequent paths: its customers."""
    rows = [
        {"name": joined((f"{place}.", _shortened(each.path))), "customers": each.customers}
        for place, each in enumerate(found.variants[:_SHOWN], start=1)
    ]
    told = phrase(
        "{shown:,} of {paths:,} different paths; {customers:,} customers",
        shown=len(rows),
        paths=found.total_variants,
        customers=found.total_customers,
    )
    return _bars(rows, "customers", phrase("Exact paths"), told, unit=phrase("customers"))


def draw_channels(found: Channels) -> altair.Chart:
    """A bar for each of the most frequent moves between channels."""
    rows = [{"name": f"{each.source} › {each.target}", "moves": each.count} for each in found.moves[:_SHOWN]]
    told = phrase(
        "from an interaction to the next one in another channel, the {shown:,} most frequent", shown=len(rows)
    )
    return _bars(rows, "moves", phrase("Moves between channels"), told, unit=phrase("moves"))


def draw_sessions(found: Sessions) -> altair.VConcatChart:
    """Two panels: sessions by how many interactions they have, and by how long they take."""
    import altair as alt

    told = phrase(
        "{sessions:,} sessions of {customers:,} customers; median {interactions:g} interactions, {time}",
        sessions=found.sessions,
        customers=found.customers,
        interactions=found.median_interactions,
        time=format_seconds(found.median_seconds),
    )
    panels = [
        _bars(
            [
                {"name": bin_text(measure, each), "sessions": each.sessions, "behind": _of_length(measure, each)}
                for each in bins
            ],
            "sessions",
            title,
            told,
            unit=phrase("sessions"),
        )
        for measure, title, bins in (
            ("interactions", phrase("Sessions by interactions"), found.interactions_distribution),
            ("duration", phrase("Sessions by duration"), found.seconds_distribution),
        )
    ]
    drawn: altair.VConcatChart = alt.vconcat(*panels, spacing=30)
    return drawn


def _of_length(measure: str, each: DistributionBin) -> str:
    """The sessions of a bin."""
    ends = {"low": each.low} if each.high == float("inf") else {"low": each.low, "high": each.high}
    told = {name: f"{end:g}" for name, end in ends.items()}
    return journeys_of("every", measure="interactions" if measure == "interactions" else "seconds", **told)


def bin_text(measure: str, each: DistributionBin) -> Phrase:
    """A bin in words: whole numbers of interactions, durations up to a bound."""
    if measure == "interactions":
        if each.high == float("inf"):
            return phrase("{low:g} or more", low=each.low)
        last = each.high - 1
        return phrase("{low:g}" if last == each.low else "{low:g} to {last:g}", low=each.low, last=last)
    if each.high < 1:
        return phrase("no time at all")
    if each.high == float("inf"):
        return phrase("{time} or more", time=format_seconds(each.low))
    return phrase("below {time}", time=format_seconds(each.high))


def _bars(
    rows: Sequence[dict[str, Any]], counted: str, title: Phrase, subtitle: Phrase, *, unit: Phrase
) -> altair.Chart:
    import altair as alt

    drawn: altair.Chart = (
        alt.Chart(alt.InlineData(values=list(rows)))
        .mark_bar(height=14)
        .encode(
            y=alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(labelLimit=420)),
            x=alt.X(f"{counted}:Q", title=unit, axis=alt.Axis(tickMinStep=1, format=",d")),
            tooltip=[alt.Tooltip("name:N", title=""), alt.Tooltip(f"{counted}:Q", title=unit)],
        )
        .properties(
            width=_WIDTH,
            height=alt.Step(24),
            title=alt.TitleParams(title, subtitle=subtitle, frame="group"),
        )
    )
    return drawn


def _shortened(path: Sequence[str]) -> str:
    """A path as a label: its beginning and its end, and how many steps are between."""
    whole = " › ".join(path)
    if len(whole) <= _LONGEST or len(path) < 4:
        return whole
    ends = 1
    while 2 * (ends + 1) < len(path) and len(_with_ends(path, ends + 1)) <= _LONGEST:
        ends += 1
    return _with_ends(path, ends)


def _with_ends(path: Sequence[str], ends: int) -> Phrase:
    between = phrase("… {left} more …", left=len(path) - 2 * ends)
    return joined((*path[:ends], between, *path[-ends:]), " › ")
