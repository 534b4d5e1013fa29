"""Where effort is added, and what makes it, as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, joined, phrase
from desireline.journeys.estimates import journeys_of
from desireline.journeys.wording import field_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair

    from desireline.journeys.results.effort import Effort, EffortGroup

TITLES = {
    "contact": phrase("contacts"),
    "repeat": phrase("repeats"),
    "switch": phrase("channel switches"),
    "transfer": phrase("transfers"),
    "waiting_minute": phrase("waiting"),
    "identification": phrase("identifying again"),
}
"""What each component is called among several."""


def draw_effort(effort: Effort, *, most: int) -> altair.Chart:
    """Bars of points by group, cut by component."""
    import altair as alt

    shown = effort.groups[:most]
    rows: list[dict[str, Any]] = [
        {
            "group": _group_text(group),
            "component": TITLES[component],
            "points": points,
            "place": place,
            "behind": journeys_of("effort", by=effort.by, value=group.name or "", component=component),
        }
        for group in shown
        for place, (component, points) in enumerate(group.components.items())
        if points > 0
    ]
    present = [each.component for each in effort.components if each.points > 0]
    left = len(effort.groups) - len(shown)
    more = [phrase("{left} more are left out", left=left)] if left else []
    told = phrase("nothing was found")
    if effort.mean.n:
        told = phrase(
            "{number:,} with effort have {median:.1f} points in the median, {mean:.1f} on average",
            number=effort.mean.n,
            median=effort.median,
            mean=effort.mean.value,
        )
    title = alt.TitleParams(
        phrase("Where effort is added, by {by}", by=field_text(effort.by)),
        subtitle=[
            phrase("Of {spans:,} lives, sessions or journeys, {told}", spans=effort.spans, told=told),
            joined((phrase("Contacts in brackets"), _weights_text(effort), *more), "; "),
            *_unknown_texts(effort, shown),
        ],
    )
    data: Any = alt.InlineData
    chart: altair.Chart = (
        alt.Chart(data(values=rows))
        .mark_bar(height=16)
        .encode(
            y=alt.Y("group:N", sort=[_group_text(each) for each in shown], title=None),
            x=alt.X("points:Q", title=phrase("points of effort, all customers together"), axis=alt.Axis(format=",~f")),
            color=alt.Color(
                "component:N",
                scale=alt.Scale(domain=[TITLES[each] for each in present]),
                legend=alt.Legend(title=None, orient="bottom", columns=6),
            ),
            order=alt.Order("place:Q"),
        )
        .properties(width=520, height=alt.Step(24), title=title)
    )
    return chart


def _group_text(group: EffortGroup) -> Phrase:
    return phrase("{group} ({count:,})", group=group.label, count=group.contacts)


def _weights_text(effort: Effort) -> Phrase:
    if effort.fit is not None and effort.fit.is_used:
        return phrase("weights are fitted to CES")
    contact = effort.weights[0].weight
    return phrase("1 point is a contact" if contact == 1 else "a contact is {points:g} points", points=contact)


def _unknown_texts(effort: Effort, shown: Sequence[EffortGroup]) -> list[Phrase]:
    """What is no part of the points, for it is not known at all or of no contact of a group; two groups are named, and how many more."""
    found = []
    nowhere = [TITLES[each.component] for each in effort.components if not each.contacts]
    if nowhere:
        found.append(phrase("Not known: {what}", what=joined(nowhere, ", ")))
    groups: dict[tuple[str, ...], list[str]] = {}
    for group in shown:
        groups.setdefault(effort.without(group), []).append(group.label)
    for without, names in groups.items():
        if without:
            more = [phrase("{left} more", left=len(names) - 2)] if len(names) > 2 else []
            what = joined([TITLES[each] for each in without], ", ")
            found.append(phrase("Not known of {groups}: {what}", groups=joined((*names[:2], *more), ", "), what=what))
    return found
