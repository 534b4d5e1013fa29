"""Making two groups of customers that share nobody, so that they can be compared as independent."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.base import InputError, Progress, phrase
from desireline.interactions import Any_, Condition
from desireline.journeys.analyses.overlap import Overlap, OverlapAnalysis
from desireline.journeys.estimates import GroupSizes
from desireline.journeys.questions.ask import ask
from desireline.journeys.selection import Selection, SelectionOptions, read_condition
from desireline.store import Workspace

_EXCLUDE = "name segments that exclude each other, or compare the first with the rest: --with-rest"


@dataclass(frozen=True, slots=True)
class Groups:
    """Two groups as they are compared, and their sizes."""

    first: SelectionOptions
    second: SelectionOptions
    sizes: GroupSizes


def separate(
    workspace: Workspace, first: SelectionOptions, second: SelectionOptions, *, progress: Progress | None = None
) -> Groups:
    """Two groups without the customers that are in both segments.

    A customer of both segments is left out of both. Where all of one segment are in the other, the smaller one is compared with
    the rest of the larger one. Groups that differ in other things than the segment, such as periods, keep who is in both.

    Raises
    ------
    InputError
        The groups are the same, the segments are the same customers, or have customers in common that cannot be left out.
    """
    if first == second:
        raise InputError(phrase("expected two different groups, got the same twice"), hint=_EXCLUDE)
    one, other = segment_of(first), segment_of(second)
    if one == other:
        return Groups(first, second, _kept(_overlap(workspace, first, second, progress)))
    found = _overlap(workspace, one, other, progress)
    if not found.in_both:
        return Groups(first, second, _kept(_overlap(workspace, first, second, progress)))
    if found.in_both == found.first == found.second:
        raise InputError(
            phrase("expected two different groups, both segments are the same {first}", first=_customers(found.first)),
            hint=_EXCLUDE,
        )
    reduced_first = first if found.in_both == found.first else _without(first, second, found)
    reduced_second = second if found.in_both == found.second else _without(second, first, found)
    left = _overlap(workspace, reduced_first, reduced_second, progress)
    sizes = GroupSizes(left.first, left.second, found.in_both, _note(found), left_out=True)
    return Groups(reduced_first, reduced_second, sizes)


def segment_of(group: SelectionOptions) -> SelectionOptions:
    """Which customers a group chooses, whatever it looks at of them."""
    return {"segment": group.get("segment"), "not_segment": group.get("not_segment")}


def _overlap(
    workspace: Workspace, first: SelectionOptions, second: SelectionOptions, progress: Progress | None
) -> Overlap:
    return ask(workspace, OverlapAnalysis(workspace, Selection(**first), Selection(**second)), progress=progress)


def _without(group: SelectionOptions, other: SelectionOptions, found: Overlap) -> SelectionOptions:
    """A group without the customers of another segment."""
    segment, excluded = other.get("segment"), read_condition(group.get("not_segment"))
    if segment is None or other.get("not_segment") is not None:
        raise InputError(
            phrase("expected two groups that share nobody, {in_both} in both", in_both=_customers_are(found.in_both)),
            hint=_EXCLUDE,
        )
    condition = read_condition(segment)
    assert condition is not None
    never: Condition = condition if excluded is None else Any_((excluded, condition))
    return {**group, "not_segment": never}


def _kept(found: Overlap) -> GroupSizes:
    note = ""
    if found.in_both:
        note = phrase(
            "1 customer is in both groups: the intervals take them for different people and are usually too wide"
            if found.in_both == 1
            else "{count:,} customers are in both groups: the intervals take them for different people and are usually too wide",
            count=found.in_both,
        )
    return GroupSizes(found.first, found.second, found.in_both, note)


def _note(found: Overlap) -> str:
    if found.in_both == found.first:
        return phrase(
            "the 1 customer of the first segment is in the second: compared with the rest of it"
            if found.first == 1
            else "all {count:,} customers of the first segment are in the second: compared with the rest of it",
            count=found.first,
        )
    if found.in_both == found.second:
        return phrase(
            "the 1 customer of the second segment is in the first: the rest of it is compared"
            if found.second == 1
            else "all {count:,} customers of the second segment are in the first: the rest of it is compared",
            count=found.second,
        )
    return phrase(
        "1 customer is in both segments and left out of both"
        if found.in_both == 1
        else "{count:,} customers are in both segments and left out of both",
        count=found.in_both,
    )


def _customers_are(number: int) -> str:
    return f"{_customers(number)} {'is' if number == 1 else 'are'}"


def _customers(number: int) -> str:
    return "1 customer" if number == 1 else f"{number:,} customers"
