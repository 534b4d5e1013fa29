from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desireline.journeys.analyses import ChannelsAnalysis
from desireline.journeys.model import ChannelCount, ChannelMove

from .rows import NAMES, SECOND, Row, answer, some_rows, spans_of


def expected_moves(rows: list[Row], gap: int | None) -> list[ChannelMove]:
    counts: Counter[tuple[str, str]] = Counter()
    customers = defaultdict(set)
    for customer, span in spans_of(rows, gap):
        for first, second in pairwise(span):
            if first.channel != second.channel:
                move = NAMES.channels[first.channel], NAMES.channels[second.channel]
                counts[move] += 1
                customers[move].add(customer)
    moves = [ChannelMove(*move, count, len(customers[move])) for move, count in counts.items()]
    return sorted(moves, key=lambda move: (-move.count, move.source, move.target))


def counted(channels: list[int]) -> list[ChannelCount]:
    counts = Counter(NAMES.channels[channel] for channel in channels)
    return sorted((ChannelCount(*each) for each in counts.items()), key=lambda each: (-each.count, each.channel))


@given(
    some_rows(),
    st.integers(1, 3),
    st.sampled_from([None, 0, SECOND]),
    st.one_of(st.none(), st.integers(0, 3)),
)
def test_moves_starts_and_ends_are_those_of_the_spans(
    rows: list[Row], parts: int, gap: int | None, top: int | None
) -> None:
    result = answer(ChannelsAnalysis(top=top), rows, parts=parts, gap=gap)
    spans = [span for _, span in spans_of(rows, gap)]
    assert list(result.moves) == expected_moves(rows, gap)[:top]
    assert list(result.starts) == counted([span[0].channel for span in spans])
    assert list(result.ends) == counted([span[-1].channel for span in spans])
