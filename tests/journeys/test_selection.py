"""Choosing interactions before they are grouped gives the same as choosing them among those of a part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import Period
from desireline.interactions import All, Any_, Comparison, Condition, Not, condition_test
from desireline.journeys.marks import ArrivalMarks, make_marks
from desireline.journeys.selection import Cutter
from desireline.journeys.spans import rows_of
from desireline.kernels.grouping import Columns
from desireline.kernels.selecting import pack_mask
from desireline.store import Workspace

from .rows import NAMES, Row, in_order, make_part, some_rows

moments = st.one_of(
    st.none(), st.integers(-1, 9).map(lambda second: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second))
)


@given(some_rows(), moments, moments, st.one_of(st.none(), st.lists(st.booleans(), max_size=40)))
def test_rows_are_chosen_alike_before_and_after_grouping(
    rows: list[Row], start: datetime | None, end: datetime | None, mask: list[bool] | None
) -> None:
    cutter = Cutter(Period(start, end), None if mask is None else ArrivalMarks(pack_mask(np.array(mask, np.bool_))))
    spans = cutter(make_part(rows))
    before = cutter.chooses(columns_of(rows))
    assert sorted(spans.part.arrivals[rows_of(spans)].tolist()) == np.flatnonzero(before).tolist()
    own = [spans.part.customers[owner] for owner in spans.owners.tolist()]
    assert [row.customer for row in in_order_of(rows, before)] == np.repeat(own, spans.ends - spans.starts).tolist()


@given(some_rows(), moments, moments, st.lists(st.booleans(), max_size=40), st.lists(st.booleans(), max_size=40))
def test_a_segment_is_of_whole_customers(
    rows: list[Row], start: datetime | None, end: datetime | None, mask: list[bool], segment: list[bool]
) -> None:
    marks, of_segment = (ArrivalMarks(pack_mask(np.array(each, np.bool_))) for each in (mask, segment))
    spans = Cutter(Period(start, end), marks, of_segment)(make_part(rows))
    everybody = Cutter(Period(start, end), marks)
    members = {row.customer for row, here in zip(rows, segment, strict=False) if here}
    wanted = [place for place in np.flatnonzero(everybody.chooses(columns_of(rows))) if rows[place].customer in members]
    assert sorted(spans.part.arrivals[rows_of(spans)].tolist()) == wanted


LEAVES = st.one_of(
    st.builds(Comparison, st.just("touchpoint"), st.just("equals"), st.sampled_from([*NAMES.touchpoints, "Nothing"])),
    st.builds(Comparison, st.just("channel"), st.just("not_equals"), st.sampled_from(NAMES.channels)),
    st.builds(Comparison, st.just("channel"), st.just("in"), st.lists(st.sampled_from(NAMES.channels)).map(tuple)),
    st.builds(Comparison, st.just("stage"), st.sampled_from(["exists", "missing"])),
    st.builds(Comparison, st.just("stage"), st.just("contains"), st.sampled_from(["o", "Buy"])),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(All),
        st.lists(inner, max_size=3).map(tuple).map(Any_),
        inner.map(Not),
    ),
    max_leaves=6,
)


@given(CONDITIONS, some_rows())
def test_conditions_on_names_are_answered_from_codes(condition: Condition, rows: list[Row]) -> None:
    columns, test = columns_of(rows), condition_test(condition)
    # No workspace: the log is not asked.
    marks = make_marks(cast(Workspace, None), condition, NAMES)
    assert marks.of(columns.touchpoints, columns.channels, columns.arrivals).tolist() == [
        test(
            {
                "touchpoint": NAMES.touchpoints[row.touchpoint],
                "channel": NAMES.channels[row.channel],
                "stage": (*NAMES.stages, None)[NAMES.stage_of[row.touchpoint]],
            }
        )
        for row in rows
    ]


def columns_of(rows: list[Row]) -> Columns:
    return Columns(
        np.array([row.customer for row in rows], np.int64),
        np.array([row.time for row in rows], np.int64),
        np.array([row.touchpoint for row in rows], np.uint16),
        np.array([row.channel for row in rows], np.uint8),
        np.arange(len(rows)),
    )


def in_order_of(rows: list[Row], chosen: np.ndarray) -> list[Row]:
    """The chosen rows, customer by customer."""
    kept = [row for row, here in zip(rows, chosen.tolist(), strict=True) if here]
    return [row for own in in_order(kept).values() for row in own]
