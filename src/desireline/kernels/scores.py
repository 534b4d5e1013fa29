"""Which interaction an answer to a survey is about, and who answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

NOTHING = -1
_EARLIEST = np.iinfo(np.int64).min
MILLIONTHS = 1_000_000


@kernel
def find_answers(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    offsets: NDArray[np.int64],
    is_answer: NDArray[np.bool_],
    is_candidate: NDArray[np.bool_],
    within: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every answer that lies in a span, with what it is about: the last candidate of its customer up to and with itself.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a customer.
    starts, ends, owners
        int64[s] each: the spans and their customers.
    offsets
        int64[k + 1]: all interactions of each customer; candidates are looked for before the span too.
    is_answer, is_candidate
        bool[n] each.
    within
        Microseconds, included: how far before the answer a candidate may lie.

    Returns
    -------
    tuple
        Places of the answers, ascending, their customers, and places of what they are about (:data:`NOTHING`: nothing);
        int64[m] each.

    O(n + answers * interactions looked back at).
    """
    places = np.empty(len(times) + 1, np.int64)
    customers = np.empty(len(times) + 1, np.int64)
    found = 0
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            places[found] = place
            customers[found] = owners[span]
            found += is_answer[place]
    about = np.empty(found, np.int64)
    for answer in range(found):
        place = places[answer]
        about[answer] = _last_candidate(times, is_candidate, offsets[customers[answer]], place, times[place] - within)
    return places[:found].copy(), customers[:found].copy(), about


@kernel
def last_answers(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    offsets: NDArray[np.int64],
    is_answer: NDArray[np.bool_],
    is_candidate: NDArray[np.bool_],
    within: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The last answer of each span, or after it, with the last candidate of the span up to it.

    Parameters
    ----------
    within
        Microseconds, included: how long after the last interaction of the span. What lies in the customer's next span belongs
        to that one.

    Others: as in :func:`find_answers`.

    Returns
    -------
    tuple
        Places of the answers, numbers of their spans, and places of the candidates; int64[m] each.

    O(n).
    """
    places = np.empty(len(starts), np.int64)
    spans = np.empty(len(starts), np.int64)
    about = np.empty(len(starts), np.int64)
    found = 0
    for span in range(len(starts)):
        end = ends[span]
        limit = offsets[owners[span] + 1]
        if span + 1 < len(starts) and owners[span + 1] == owners[span]:
            limit = starts[span + 1]
        latest = times[end - 1] + within
        last = np.int64(-1)
        for place in range(starts[span], end):
            last = np.int64(place) if is_answer[place] else last
        for place in range(end, limit):
            if times[place] > latest:
                break
            last = np.int64(place) if is_answer[place] else last
        if last < 0:
            continue
        places[found], spans[found] = last, span
        about[found] = _last_candidate(times, is_candidate, starts[span], min(last, end - 1), _EARLIEST)
        found += 1
    return places[:found].copy(), spans[:found].copy(), about[:found].copy()


@kernel
def _last_candidate(
    times: NDArray[np.int64], is_candidate: NDArray[np.bool_], first: int, last: int, earliest: int
) -> int:
    """The last candidate from ``first`` to ``last``, both included, not before a time."""
    place = last
    while place >= first and times[place] >= earliest:
        if is_candidate[place]:
            return place
        place -= 1
    return NOTHING


@kernel
def answers_to_sent(
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    is_sent: NDArray[np.bool_],
    is_answer: NDArray[np.bool_],
    within: int,
) -> NDArray[np.bool_]:
    """Which answers are to a survey that was sent: its own, or the first one before the next survey is sent; bool[n].

    bool[n] each; ``within``: microseconds, included. Others: as in :func:`find_answers`. O(n).
    """
    answering = np.zeros(len(times), np.bool_)
    waiting, owner, since = False, np.int64(-1), np.int64(0)
    for span in range(len(starts)):
        waiting = waiting and owners[span] == owner
        owner = owners[span]
        for place in range(starts[span], ends[span]):
            if not (is_sent[place] or is_answer[place]):
                continue
            if is_sent[place]:
                since = times[place]
                waiting = True
            if is_answer[place]:
                answering[place] = waiting and times[place] - since <= within
                waiting = False
    return answering


@kernel
def count_answering(
    codes: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    owners: NDArray[np.int64],
    is_counted: NDArray[np.bool_],
    has_answered: NDArray[np.bool_],
    vocabulary: int,
) -> NDArray[np.int64]:
    """How many distinct customers were in each channel, and how many of them have answered.

    Parameters
    ----------
    codes
        uint8[n] below ``vocabulary``.
    starts, ends, owners
        int64[s] each: the spans and their customers.
    is_counted
        bool[n]: interactions that make a customer one of the channel.
    has_answered
        bool[k], by customer.

    Returns
    -------
    int64[2, vocabulary]: customers, and those who have answered. O(n).
    """
    counts = np.zeros((2, vocabulary), np.int64)
    stamps = np.full(vocabulary, -1, np.int64)
    for span in range(len(starts)):
        owner = owners[span]
        answered = np.int64(has_answered[owner])
        for place in range(starts[span], ends[span]):
            code = codes[place]
            new = np.int64(is_counted[place] and stamps[code] != owner)
            stamps[code] = owner if new else stamps[code]
            counts[0, code] += new
            counts[1, code] += new * answered
    return counts


@kernel
def relative_places(
    groups: NDArray[np.int32], codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Where in spans the interactions of each group lie: 0 is the first of a span, a million the last.

    Parameters
    ----------
    groups
        int32[vocabulary]: the group of each code, -1 for none.
    codes
        uint16[n].
    starts, ends
        int64[s] each.
    count
        How many groups there are.

    Returns
    -------
    int64[2, count]: the sum of the places in millionths, and how many there are. O(n).
    """
    sums = np.zeros((2, count + 1), np.int64)
    for span in range(len(starts)):
        start = starts[span]
        step = MILLIONTHS / max(ends[span] - start - 1, 1)
        for place in range(start, ends[span]):
            group = groups[codes[place]]
            sums[0, group] += np.int64((place - start) * step)
            sums[1, group] += 1
    return sums[:, :count].copy()
