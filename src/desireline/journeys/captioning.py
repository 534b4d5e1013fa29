"""What stands over a picture that leaves the application: whose data, when, which customers, how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from desireline.base import Period, Phrase, format_day, format_seconds, joined, phrase
from desireline.interactions import count_log
from desireline.journeys.definitions import definition_named
from desireline.journeys.estimates import Comparison, GroupAsked
from desireline.journeys.model import Overview
from desireline.journeys.pictures.figures import count_text, customers_text, interactions_text, journeys_text
from desireline.journeys.selection import read_duration, read_period, text_of
from desireline.store import Workspace

BETWEEN = " · "
_MOMENT = timedelta(microseconds=1)


def caption_of(workspace: Workspace, said: Mapping[str, Any], seen: Overview | None = None) -> tuple[Phrase, ...]:
    """The lines over the picture of an answer.

    Parameters
    ----------
    said
        What the question was asked with, by the names of its parameters; what chooses nothing is passed over.
    seen
        What there is of the customers that it is about; ``None``: their number is not said.
    """
    group = [*_group(workspace, said), *_told_of(workspace, said)]
    if seen is not None:
        group.append(_counted(seen, said))
    lines = [joined((workspace.name, _days(workspace, said.get("period"))), BETWEEN), joined(group, BETWEEN)]
    return tuple(each for each in lines if str(each))


def caption_of_groups(workspace: Workspace, comparison: Comparison) -> tuple[Phrase, ...]:
    """The lines over the picture of a comparison: the workspace, and who either group is."""
    if comparison.groups is None:
        return (joined((workspace.name,)),)
    sizes = comparison.sizes
    first, second = comparison.groups
    return (
        joined((workspace.name,)),
        phrase("First group: {group}", group=_one(workspace, first, None if sizes is None else sizes.first)),
        phrase("Second group: {group}", group=_one(workspace, second, None if sizes is None else sizes.second)),
    )


def _one(workspace: Workspace, group: GroupAsked, customers: int | None) -> Phrase:
    said = group.to_dict()
    parts = [_days(workspace, group.period), *(_group(workspace, said) or [phrase("all customers")])]
    if customers is not None:
        parts.append(phrase("n = {customers}", customers=customers_text(customers)))
    return joined(parts, BETWEEN)


def _days(workspace: Workspace, period: Period | str | None) -> Phrase:
    """The days of a period; of a side that is open, where the data begin or end."""
    asked = read_period(workspace, period)
    log = count_log(workspace)
    first = asked.start or log.first_at
    last = log.last_at if asked.end is None else asked.end - _MOMENT
    if first is None or last is None:
        return phrase("no data yet")
    days = phrase(
        "{first} to {last}",
        first=format_day(first.astimezone(workspace.zone).date()),
        last=format_day(last.astimezone(workspace.zone).date()),
    )
    is_all = asked.start is None and asked.end is None
    return phrase("all of the data, {days}", days=days) if is_all else days


def _group(workspace: Workspace, said: Mapping[str, Any]) -> list[Phrase]:
    """What chooses the customers and interactions, beside the period."""
    found: list[Phrase] = []
    if said.get("segment"):
        found.append(phrase("customers with {name}", name=text_of(said["segment"])))
    if said.get("not_segment"):
        found.append(phrase("customers without {name}", name=text_of(said["not_segment"])))
    if said.get("where"):
        found.append(phrase("interactions with {name}", name=text_of(said["where"])))
    if said.get("begun"):
        found.append(phrase("started {days}", days=_days(workspace, said["begun"])))
    if said.get("journey"):
        found.append(phrase("journey “{name}”", name=_journey(workspace, said["journey"])))
    return found


def _told_of(workspace: Workspace, said: Mapping[str, Any]) -> list[Phrase]:
    """What of these is told of."""
    found: list[Phrase] = []
    if said.get("channels"):
        found.append(phrase("channels: {names}", names=_names(said["channels"])))
    if said.get("teams"):
        found.append(phrase("teams: {names}", names=_names(said["teams"])))
    if said.get("span") == "session":
        gap = read_duration("gap", said.get("gap") or timedelta(minutes=30)).total_seconds()
        found.append(phrase("sessions, cut after {time} without anything", time=format_seconds(gap)))
    return found


def _counted(seen: Overview, said: Mapping[str, Any]) -> Phrase:
    if said.get("journey"):
        things = journeys_text(seen.spans)
    elif said.get("span") == "session":
        things = phrase("{count} session" if seen.spans == 1 else "{count} sessions", count=count_text(seen.spans))
    else:
        things = interactions_text(seen.interactions)
    return phrase("n = {customers}, {things}", customers=customers_text(seen.customers), things=things)


def _journey(workspace: Workspace, said: Any) -> str:
    return definition_named(workspace, said).name if isinstance(said, str) else str(said.name)


def _names(said: str | Sequence[str]) -> str:
    return said if isinstance(said, str) else ", ".join(said)
