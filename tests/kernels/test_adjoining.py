"""Kernels that read adjoining spans in one loop, against loops over each span; spans with holes between them, too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import adjoining, channels, flow, sessions, variants
from desireline.kernels.arrays import read_only

VOCABULARY = 5


@dataclass(frozen=True)
class Case:
    """Interactions, and spans of which not all adjoin."""

    codes: list[int]
    times: list[int]
    spans: list[tuple[int, int, int]]

    @property
    def cut(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Starts, ends and owners."""
        starts, ends, owners = zip(*self.spans, strict=True) if self.spans else ((), (), ())
        return tuple(read_only(np.array(column, np.int64)) for column in (starts, ends, owners))  # type: ignore[return-value]

    def of(self, kind: type[np.generic]) -> np.ndarray:
        """The codes as an array."""
        return read_only(np.array(self.codes, kind))

    def pairs(self) -> list[tuple[int, int, int, int]]:
        """Owner, code, next code and gap."""
        return [
            (owner, self.codes[place], self.codes[place + 1], self.times[place + 1] - self.times[place])
            for start, end, owner in self.spans
            for place in range(start, end - 1)
        ]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Spans one after the other, some with a hole behind them; an owner may have several, and times start anew with each."""
    lengths = draw(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([0, 0, 0, 2]), st.booleans()), max_size=8))
    codes: list[int] = []
    times: list[int] = []
    spans: list[tuple[int, int, int]] = []
    owner = 0
    for length, hole, same in lengths:
        owner += not same
        spans.append((len(codes), len(codes) + length, owner))
        codes += draw(st.lists(st.integers(0, VOCABULARY - 1), min_size=length + hole, max_size=length + hole))
        far = draw(st.sampled_from([1, 2**33, 2**55]))
        times += sorted(far * at for at in draw(st.lists(st.integers(-9, 9), min_size=length, max_size=length)))
        times += [0] * hole
    return Case(codes, times, spans)


@given(cases())
def test_runs_of_adjoining_spans_are_found(case: Case) -> None:
    starts, ends, _ = case.cut
    for span, (_, end, _) in enumerate(case.spans):
        last = span
        while last + 1 < len(case.spans) and case.spans[last + 1][0] == case.spans[last][1]:
            last += 1
        assert adjoining.last_adjoining(starts, ends, span) == last
        assert ends[last] >= end
    marks = adjoining.mark_starts(starts, len(case.codes))
    assert np.flatnonzero(marks).tolist() == starts.tolist()


@pytest.mark.parametrize("vocabulary", [VOCABULARY, 300], ids=["every possible pair", "pairs that occur"])
@given(case=cases())
def test_codes_and_pairs_are_counted_within_spans(vocabulary: int, case: Case) -> None:
    codes, times, cut = case.of(np.uint16), read_only(np.array(case.times, np.int64)), case.cut
    pairs = flow.occurring_pairs(codes, *cut[:2], vocabulary=vocabulary)
    counted = flow.count_flow(codes, times, *cut, pairs, vocabulary=vocabulary)
    gaps, customers = defaultdict(list), defaultdict(set)
    for owner, source, target, gap in case.pairs():
        gaps[source * vocabulary + target].append(gap)
        customers[source * vocabulary + target].add(owner)
    numbers = pairs.tolist()
    assert counted.pairs.counts.tolist() == [len(gaps[pair]) for pair in numbers]
    assert counted.pairs.customers.tolist() == [len(customers[pair]) for pair in numbers]
    sums = [(high << 32) + low for high, low in counted.pairs.gaps.T.tolist()]
    assert sums == [sum(gaps[pair]) for pair in numbers]
    seen = [(code, owner) for start, end, owner in case.spans for code in case.codes[start:end]]
    assert counted.codes.counts.tolist() == [sum(code == each for code, _ in seen) for each in range(vocabulary)]
    assert counted.codes.customers.tolist() == [
        len({owner for code, owner in seen if code == each}) for each in range(vocabulary)
    ]


@given(cases())
def test_moves_between_channels_are_counted_within_spans(case: Case) -> None:
    counts, customers = channels.count_moves(case.of(np.uint8), *case.cut, VOCABULARY)
    moves = [(source, target, owner) for owner, source, target, _ in case.pairs() if source != target]
    for source in range(VOCABULARY):
        for target in range(VOCABULARY):
            owners = [owner for *pair, owner in moves if pair == [source, target]]
            assert (counts[source, target], customers[source, target]) == (len(owners), len(set(owners)))


@given(cases(), st.integers(0, 5))
def test_spans_are_cut_at_every_longer_pause_and_nowhere_else(case: Case, gap: int) -> None:
    wanted = []
    for start, end, owner in case.spans:
        begun = start
        for place in range(start + 1, end):
            if case.times[place] - case.times[place - 1] > gap:
                wanted.append((begun, place, owner))
                begun = place
        wanted.append((begun, end, owner))
    found = sessions.cut_at_pauses(read_only(np.array(case.times, np.int64)), *case.cut, gap)
    assert list(zip(*(column.tolist() for column in found), strict=True)) == wanted


@given(st.lists(st.lists(st.integers(0, 2), max_size=13), min_size=2, max_size=6))
def test_sequences_have_one_key_where_they_are_equal(paths: list[list[int]]) -> None:
    ends = np.cumsum([len(path) for path in paths], dtype=np.int64)
    codes = np.array([code for path in paths for code in path], np.uint16)
    keys = variants.sequence_keys(codes, ends - [len(path) for path in paths], ends)
    assert len({tuple(key) for key in keys.tolist()}) == len({tuple(path) for path in paths})


@pytest.mark.parametrize("length", range(1, 14))
def test_every_code_of_a_sequence_is_in_its_key(length: int) -> None:
    rows = np.vstack([np.zeros(length, np.uint16), np.eye(length, dtype=np.uint16)])
    ends = np.arange(1, length + 2) * length
    keys = variants.sequence_keys(rows.ravel(), ends - length, ends)
    assert len({tuple(key) for key in keys.tolist()}) == length + 1
