"""Where effort is added, and what makes it, as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair

    from desireline.journeys.results.effort import Effort, EffortGroup

TITLES = {
    "contact": "contacts",
    "repeat": "repeats",
    "switch": "channel switches",
    "transfer": "transfers",
    "waiting_minute": "waiting",
    "identification": "identifying again",
}
"""What each component is called among several."""


def draw_effort(effort: Effort, *, most: int) -> altair.Chart:
    """Bars of points by group, cut by component."""
    import altair as alt

    shown = effort.groups[:most]
    rows: list[dict[str, Any]] = [
        {
            "group": f"{group.label} ({group.contacts:,})",
            "component": TITLES[component],
            "points": points,
            "place": place,
        }
        for group in shown
        for place, (component, points) in enumerate(group.components.items())
        if points > 0
    ]
    present = [each.component for each in effort.components if each.points > 0]
    left = len(effort.groups) - len(shown)
    more = f"; {left} more are left out" if left else ""
    told = "nothing was found"
    if effort.mean.n:
        told = f"{effort.mean.n:,} with effort have {effort.median:.1f} points in the median, {effort.mean.value:.1f} on average"
    title = alt.TitleParams(
        f"Where effort is added, by {effort.by}",
        subtitle=[
            f"Of {effort.spans:,} lives, sessions or journeys, {told}",
            f"Contacts in brackets; {_weights_text(effort)}{more}",
            *_unknown_texts(effort, shown),
        ],
    )
    data: Any = alt.InlineData
    chart: altair.Chart = (
        alt.Chart(data(values=rows))
        .mark_bar(height=16)
        .encode(
            y=alt.Y("group:N", sort=[f"{each.label} ({each.contacts:,})" for each in shown], title=None),
            x=alt.X("points:Q", title="points of effort, all customers together", axis=alt.Axis(format=",~f")),
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


def _weights_text(effort: Effort) -> str:
    if effort.fit is not None and effort.fit.is_used:
        return "weights are fitted to CES"
    contact = effort.weights[0].weight
    return "1 point is a contact" if contact == 1 else f"a contact is {contact:g} points"


def _unknown_texts(effort: Effort, shown: Sequence[EffortGroup]) -> list[str]:
    """What is no part of the points, for it is not known at all or of no contact of a group; two groups are named, and how many more."""
    found = []
    nowhere = [TITLES[each.component] for each in effort.components if not each.contacts]
    if nowhere:
        found.append(f"Not known: {', '.join(nowhere)}")
    groups: dict[tuple[str, ...], list[str]] = {}
    for group in shown:
        groups.setdefault(effort.without(group), []).append(group.label)
    for without, names in groups.items():
        if without:
            named = ", ".join([*names[:2], *([f"{len(names) - 2} more"] if len(names) > 2 else [])])
            found.append(f"Not known of {named}: {', '.join(TITLES[each] for each in without)}")
    return found
