"""Which interactions a question is about, and how they are cut into spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict, get_args

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, Period, closest_names, joined, parse_duration, parse_period, phrase
from desireline.interactions import Condition, condition_from_dict, condition_text, count_log, parse_condition
from desireline.journeys import spans as cutting
from desireline.journeys.definitions import JourneyDefinition, definition_named
from desireline.journeys.marks import Marks, make_marks
from desireline.journeys.model import Names, Part, SpanKind, Spans
from desireline.journeys.spans import JourneyCut
from desireline.kernels.grouping import Columns
from desireline.store import Workspace

if TYPE_CHECKING:
    from desireline.journeys.index import Index

_ZERO = re.compile(r"0+(\.0+)?\s*(s|min|m|h|d|w)?", re.IGNORECASE)
DEFAULT_GAP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which interactions a question is about, and how they are cut into spans.

    Attributes
    ----------
    period
        Only interactions in it; also as text, ``2026-01-01..2026-03-31``: days of the workspace's time zone.
    where
        Only interactions that meet it; also as text, or in its JSON form.
    segment
        Only customers who ever had an interaction that meets it, whatever ``period`` and ``where`` leave of them; also as
        text, or in its JSON form.
    not_segment
        Only customers who never had such an interaction; also as text, or in its JSON form.
    journey
        Spans are the journeys of this definition, also by its id or name: those that begin in ``period``, whole; ``where`` then
        chooses among their interactions. ``span`` has to be ``life``.
    span
        ``life``: everything a customer did is one span. ``session``: cut where nothing happens for longer than ``gap``.
    gap
        Also as text, ``30m``.
    """

    period: Period | str | None = None
    where: Condition | str | Mapping[str, Any] | None = None
    segment: Condition | str | Mapping[str, Any] | None = None
    not_segment: Condition | str | Mapping[str, Any] | None = None
    journey: JourneyDefinition | str | None = None
    span: SpanKind = "life"
    gap: timedelta | str = DEFAULT_GAP


class SelectionOptions(TypedDict, total=False):
    """The parts of a :class:`Selection` as keyword arguments."""

    period: Period | str | None
    where: Condition | str | Mapping[str, Any] | None
    segment: Condition | str | Mapping[str, Any] | None
    not_segment: Condition | str | Mapping[str, Any] | None
    journey: JourneyDefinition | str | None
    span: SpanKind
    gap: timedelta | str


@dataclass(frozen=True, slots=True)
class Cutter:
    """Makes the spans of a selection from a part.

    Attributes
    ----------
    period
        Only interactions in it.
    where
        Only interactions that are marked; ``None``: all.
    segment
        Only customers with an interaction that is marked; ``None``: all.
    not_segment
        Only customers without one that is marked; ``None``: all.
    gap_us
        Cut where nothing happens for longer, in microseconds; ``None``: life cycles stay whole.
    journey
        Cut into journeys instead; ``None``: do not.
    """

    period: Period
    where: Marks | None = None
    segment: Marks | None = None
    not_segment: Marks | None = None
    gap_us: int | None = None
    journey: JourneyCut | None = None

    def __call__(self, part: Part) -> Spans:
        """The spans."""
        start, end = _microseconds(self.period.start), _microseconds(self.period.end)
        spans = cutting.of_customers(cutting.life(part), self.segment)
        spans = cutting.of_other_customers(spans, self.not_segment)
        if self.journey is not None:
            begun = cutting.beginning_in(cutting.journeys(spans, self.journey), start_us=start, end_us=end)
            return cutting.marked(begun, self.where)
        spans = cutting.marked(cutting.in_period(spans, start_us=start, end_us=end), self.where)
        return spans if self.gap_us is None else cutting.sessions(spans, self.gap_us)

    def chooses(self, columns: Columns) -> NDArray[np.bool_]:
        """Which of some interactions, in any order, are in the period and marked; the segment is not asked."""
        start, end = _microseconds(self.period.start), _microseconds(self.period.end)
        chosen = np.ones(len(columns.times), np.bool_)
        if start is not None:
            chosen &= columns.times >= start
        if end is not None:
            chosen &= columns.times < end
        if self.where is not None:
            chosen &= self.where.of(columns.touchpoints, columns.channels, columns.arrivals)
        return chosen


def make_cutter(workspace: Workspace, selection: Selection, names: Names) -> Cutter:
    """What makes the spans of a selection.

    Parameters
    ----------
    names
        What the codes in the parts mean.

    Raises
    ------
    InputError
        The selection cannot be read.
    """
    period = read_period(workspace, selection.period)
    conditions = (selection.where, selection.segment, selection.not_segment)
    where, segment, not_segment = (_marks(workspace, condition, names) for condition in conditions)
    check_one_of("span", selection.span, get_args(SpanKind))
    gap = read_duration("gap", selection.gap) // timedelta(microseconds=1)
    journey = None if selection.journey is None else _journey_cut(workspace, selection, names)
    gap_us = None if selection.span == "life" else gap
    return Cutter(period, where, segment, not_segment, gap_us, journey)


def span_sources(workspace: Workspace, index: Index, selection: Selection) -> list[Callable[[], Spans]]:
    """For every part of the index, what gives its chosen spans.

    Raises
    ------
    InputError
        The selection cannot be read.
    """
    cutter = make_cutter(workspace, selection, index.names)
    return [partial(cutter, part) for part in index.parts]


def read_period(workspace: Workspace, said: Period | str | None) -> Period:
    """A period that may be given as text, in days of the workspace's time zone; everything where none is given.

    Raises
    ------
    InputError
        The text is no period.
    """
    if isinstance(said, str):
        return parse_period(said, zone=workspace.zone)
    return said or Period()


def read_duration(name: str, value: timedelta | str) -> timedelta:
    """A duration that may be given as text.

    Raises
    ------
    InputError
        It is neither; ``name`` says of what.
    """
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise InputError(
            phrase("{name}: expected a duration such as '30m' or a timedelta, got {value!r}", name=name, value=value)
        )
    return parse_duration(value)


def read_duration_or_zero(name: str, value: timedelta | str) -> timedelta:
    """The same, where no time at all is allowed: ``0``, or zero of any unit.

    Raises
    ------
    InputError
        It is no duration; ``name`` says of what.

    >>> read_duration_or_zero("within", "0d")
    datetime.timedelta(0)
    """
    if isinstance(value, str) and _ZERO.fullmatch(value.strip()):
        return timedelta()
    return read_duration(name, value)


def check_one_of(name: str, value: str, known: Sequence[str]) -> None:
    """Refuse a value that is not one of those known; the nearest one is offered.

    Raises
    ------
    InputError
        ``name`` says of what.
    """
    if value not in known:
        close = closest_names(str(value), known, count=1)
        hint = phrase("did you mean {close}?", close=close[0]) if close else None
        raise InputError(
            phrase("{name}: expected one of {known}, got {value!r}", name=name, known=joined(known, ", "), value=value),
            hint=hint,
        )


def _journey_cut(workspace: Workspace, selection: Selection, names: Names) -> JourneyCut:
    if selection.span != "life":
        raise InputError(
            phrase("expected either a journey or sessions, got both"), hint=phrase("leave --span out, or --journey")
        )
    said = selection.journey
    if not isinstance(said, JourneyDefinition):
        said = definition_named(workspace, str(said))
    last = _microseconds(count_log(workspace).record_end)
    return JourneyCut(
        start=make_marks(workspace, said.start, names),
        goal=make_marks(workspace, said.goal, names),
        end=_marks(workspace, said.end, names),
        where=_marks(workspace, said.where, names),
        time_out_us=said.time_out // timedelta(microseconds=1),
        record_end_us=0 if last is None else last,
    )


def _marks(workspace: Workspace, condition: Condition | str | Mapping[str, Any] | None, names: Names) -> Marks | None:
    read = read_condition(condition)
    return None if read is None else make_marks(workspace, read, names)


def read_condition(where: Condition | str | Mapping[str, Any] | None) -> Condition | None:
    """A condition that may be given as text or in its JSON form.

    Raises
    ------
    InputError
        It is none.
    """
    if isinstance(where, str):
        return parse_condition(where)
    return condition_from_dict(where) if isinstance(where, Mapping) else where


def text_of(where: Condition | str | Mapping[str, Any] | None) -> str:
    """A condition, given in any form, as text; empty where there is none.

    Raises
    ------
    InputError
        It is none.
    """
    condition = read_condition(where)
    return "" if condition is None else condition_text(condition)


def _microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
