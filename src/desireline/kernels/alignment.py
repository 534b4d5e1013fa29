"""Journeys laid along the steps of a map: which interaction is which step, what was passed over, what did not fit.

An *optimal alignment* (A. Adriansyah, "Aligning Observed and Modeled Behavior", 2014) explains each journey by a way through the map
at the least cost: 1 for each interaction that has no place on the way, 1 for each mandatory step of the way that no interaction took.

Steps are numbered from 0 in the order of the map, k of them. An interaction counts for some of them: its *signature* is the number of
that set.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

FAR = 1 << 30
"""In place of a cost: there is no way."""
NO_STEP = -1
REACHED, SKIPPED, REPEATED, OUT_OF_ORDER, LEFT, OPEN = range(6)
"""What can be true of a journey and a step."""
NOT_LOOKED_AT, PLACED, AGAIN, MISPLACED, UNPLANNED, LEFT_OUT = range(6)
"""What an interaction is: of a journey off the map; at its place; a repetition; out of order; of no step; past a counting rule."""
_NO_SCORE = 1 << 62


class Ways(NamedTuple):
    """How to come from one step to another. Row k is the start of the map, column k its end.

    ``costs``, int32[k + 1, k + 1]: the least number of mandatory steps that are passed over, the two themselves not counted;
    :data:`FAR` where there is no way. ``passed``, int32[k + 1, k + 1]: the last of those steps, before which lies the way to it;
    :data:`NO_STEP` where there is none.
    """

    costs: NDArray[np.int32]
    passed: NDArray[np.int32]


class Signed(NamedTuple):
    """Interactions by the steps that they count for.

    ``signatures``, int32[n]: number of the set. ``offsets``, int64[g + 1], and ``steps``, int32: the steps of set ``i`` are
    ``steps[offsets[i]:offsets[i + 1]]``, ascending.
    """

    signatures: NDArray[np.int32]
    offsets: NDArray[np.int64]
    steps: NDArray[np.int32]


class Cut(NamedTuple):
    """Journeys: starts and ends, int64[s] each; whether each may still go on, bool[s], so that nothing of it is missing yet."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    is_open: NDArray[np.bool_]


class Rules(NamedTuple):
    """The map: its ways; whether only a journey's first interaction counts for a step, bool[k]."""

    ways: Ways
    once: NDArray[np.bool_]


class Alignments(NamedTuple):
    """The optimal alignment of each journey.

    ``placed``, int32[n]: the step at which an interaction has its place; :data:`NO_STEP` for those without one. By journey, int64[s]:
    ``hits``, how many interactions count for a step; ``costs``; ``worst``, the cost of giving none of them a place.
    """

    placed: NDArray[np.int32]
    hits: NDArray[np.int64]
    costs: NDArray[np.int64]
    worst: NDArray[np.int64]


class Facts(NamedTuple):
    """What alignments say. A journey without an interaction that counts for a step says nothing.

    Attributes
    ----------
    codes, spans
        int64[f] each: ``what * k + step`` and the number of the journey; each pair once.
    moves, waits
        int64[m] each: ``source * k + target`` of two places that follow each other, and the microseconds between.
    unplanned, after
        int64[u] each: places of interactions that no step's condition is met by; the step at which the one before them has its place,
        :data:`NO_STEP` before the first.
    counted
        int64[k]: interactions that count for each step.
    roles
        uint8[n]: what each interaction is.
    """

    codes: NDArray[np.int64]
    spans: NDArray[np.int64]
    moves: NDArray[np.int64]
    waits: NDArray[np.int64]
    unplanned: NDArray[np.int64]
    after: NDArray[np.int64]
    counted: NDArray[np.int64]
    roles: NDArray[np.uint8]


@kernel
def shortest_ways(
    offsets: NDArray[np.int64], followers: NDArray[np.int64], mandatory: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The ways between all pairs of nodes that pass over the fewest mandatory ones (Dijkstra 1959).

    Of several the one with the fewest nodes; of those, compared from their end, the one whose nodes come first.

    Parameters
    ----------
    offsets, followers
        int64[v + 1], int64[e]: from node ``i`` lead ``followers[offsets[i]:offsets[i + 1]]``.
    mandatory
        bool[v].

    Returns
    -------
    tuple
        Costs and the last mandatory node that is passed over, int32[v, v] each, as in :class:`Ways`. A node is not on its own way;
        where it lies in no loop, it cannot be reached from itself. O(v * (v**2 + e)).
    """
    nodes = len(mandatory)
    unit = nodes + 2
    costs, passed = np.full((nodes, nodes), FAR, np.int32), np.full((nodes, nodes), NO_STEP, np.int32)
    lengths, before, settled = np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.bool_)
    for source in range(nodes):
        lengths[:], before[:], settled[:] = _NO_SCORE, NO_STEP, False
        node, way, length = source, NO_STEP, 0
        while node >= 0:
            for edge in range(offsets[node], offsets[node + 1]):
                target = followers[edge]
                if length + 1 < lengths[target] or (length + 1 == lengths[target] and way < before[target]):
                    lengths[target], before[target] = length + 1, way
            node = NO_STEP
            for each in range(nodes):
                if not settled[each] and lengths[each] < _NO_SCORE and (node < 0 or lengths[each] < lengths[node]):
                    node = each
            if node < 0:
                break
            settled[node] = True
            last = before[node]
            costs[source, node] = lengths[node] // unit
            if last >= 0:
                passed[source, node] = last if mandatory[last] else passed[source, last]
            way, length = node, lengths[node] + unit * mandatory[node]
    return costs, passed


@kernel
def look_up(
    touchpoints: NDArray[np.uint16], channels: NDArray[np.uint8], table: NDArray[np.int32]
) -> NDArray[np.int32]:
    """What a table has for pairs of codes: uint16[n], uint8[n], int32[touchpoints, channels] -> int32[n]. O(n)."""
    found = np.empty(len(touchpoints), np.int32)
    for place in range(len(found)):
        found[place] = table[touchpoints[place], channels[place]]
    return found


@kernel
def refine(
    signatures: NDArray[np.int32], marks: NDArray[np.bool_], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Split sets by one more condition.

    Parameters
    ----------
    signatures
        int32[n], from 0 to ``count - 1``.
    marks
        bool[n]: which meet the condition.

    Returns
    -------
    tuple
        New signatures, int32[n], in the order in which they first occur; what each was, int64[g]: ``2 * before + met``. O(n + count).
    """
    numbers, made = np.full(2 * count, -1, np.int32), np.empty(2 * count, np.int64)
    refined = np.empty(len(signatures), np.int32)
    known = 0
    for place in range(len(signatures)):
        before = 2 * np.int64(signatures[place]) + np.int64(marks[place])
        if numbers[before] < 0:
            numbers[before] = known
            made[known] = before
            known += 1
        refined[place] = numbers[before]
    return refined, made[:known].copy()


@kernel
def last_times(
    signed: Signed, times: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], steps: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many interactions meet each step's condition, and the time of the last: int64[k] each; the least int64 of none. O(n)."""
    counts, last = np.zeros(steps, np.int64), np.full(steps, np.iinfo(np.int64).min, np.int64)
    for span in range(len(starts)):
        for place in range(starts[span], ends[span]):
            signature = signed.signatures[place]
            for at in range(signed.offsets[signature], signed.offsets[signature + 1]):
                step = signed.steps[at]
                counts[step] += 1
                last[step] = max(last[step], times[place])
    return counts, last


@kernel
def align(signed: Signed, cut: Cut, rules: Rules) -> Alignments:
    """The optimal alignment of each journey.

    Of several that cost the same, the one whose last place is the earliest, then whose last but one is, and so on; a place that is
    there comes after none. Where one interaction could have several places, the step that stands first in the map.

    O(n + hits * steps of a journey): for each step only the best way that ends there is kept, for what comes later depends on the
    step alone.
    """
    costs, _ = rules.ways
    steps = len(rules.once)
    start, end, into = steps, steps, np.ascontiguousarray(costs.T)
    placed = np.full(len(signed.signatures), NO_STEP, np.int32)
    hits, total, worst = _zeros(len(cut.starts)), _zeros(len(cut.starts)), _zeros(len(cut.starts))
    active, scores, ends_at = np.empty(steps, np.int64), np.empty(steps, np.int64), np.empty(steps, np.int64)
    seen, reached = np.full(steps, -1, np.int64), np.full(steps, -1, np.int64)
    new_steps, new_scores, new_links = np.empty(steps, np.int64), np.empty(steps, np.int64), np.empty(steps, np.int64)
    places, taken, links = np.empty(64, np.int64), np.empty(64, np.int64), np.empty(64, np.int64)
    for span in range(len(cut.starts)):
        used, known = 0, 0
        for place in range(cut.starts[span], cut.ends[span]):
            signature = signed.signatures[place]
            low, high = signed.offsets[signature], signed.offsets[signature + 1]
            if low == high:
                continue
            found, counts = 0, 0
            for at in range(low, high):
                step = signed.steps[at]
                if rules.once[step] and seen[step] == span:
                    continue
                seen[step] = span
                counts = 1
                score = np.int64(into[step, start]) if into[step, start] < FAR else np.int64(_NO_SCORE)
                link, link_place, link_step = np.int64(-1), np.int64(-1), np.int64(-1)
                for number in range(used):
                    other = active[number]
                    other_score = scores[other] + into[step, other]
                    if other_score > score or into[step, other] == FAR:
                        continue
                    other_place = places[ends_at[other]]
                    if other_score == score and (
                        other_place > link_place or (other_place == link_place and other > link_step)
                    ):
                        continue
                    score, link, link_place, link_step = other_score, ends_at[other], other_place, other
                if score < _NO_SCORE:
                    new_steps[found], new_scores[found], new_links[found] = step, score - 1, link
                    found += 1
            hits[span] += counts
            while known + found > len(places):
                places, taken, links = _longer(places), _longer(taken), _longer(links)
            for number in range(found):
                step = new_steps[number]
                if reached[step] == span and scores[step] <= new_scores[number]:
                    continue
                if reached[step] != span:
                    reached[step] = span
                    active[used] = step
                    used += 1
                places[known], taken[known], links[known] = place, step, new_links[number]
                scores[step], ends_at[step] = new_scores[number], known
                known += 1
        worst[span] = 0 if cut.is_open[span] else costs[start, end]
        score, link, link_place, link_step = worst[span], np.int64(-1), np.int64(-1), np.int64(-1)
        for number in range(used):
            other = active[number]
            left = 0 if cut.is_open[span] else costs[other, end]
            other_score = scores[other] + left
            if left == FAR or other_score > score:
                continue
            other_place = places[ends_at[other]]
            if other_score == score and (other_place > link_place or (other_place == link_place and other > link_step)):
                continue
            score, link, link_place, link_step = other_score, ends_at[other], other_place, other
        total[span] = hits[span] + score
        worst[span] += hits[span]
        while link >= 0:
            placed[places[link]] = taken[link]
            link = links[link]
    return Alignments(placed, hits, total, worst)


@kernel
def read_alignments(signed: Signed, times: NDArray[np.int64], cut: Cut, rules: Rules, alignments: Alignments) -> Facts:
    """What alignments say; the definitions: docs/evidence.md.

    Parameters
    ----------
    times
        int64[n], microseconds, never decreasing within a journey.

    O(n + facts).
    """
    costs, passed = rules.ways
    steps = len(rules.once)
    size = len(signed.signatures)
    codes, spans, facts = np.empty(1024, np.int64), np.empty(1024, np.int64), 0
    moves, waits, moved = np.empty(size, np.int64), np.empty(size, np.int64), 0
    unplanned, after, off = np.empty(size, np.int64), np.empty(size, np.int64), 0
    counted, roles = _zeros(steps), np.zeros(size, np.uint8)
    seen, been = np.full(steps, -1, np.int64), np.full((4, steps), -1, np.int64)
    skips = np.empty(steps, np.int64)
    for span in range(len(cut.starts)):
        if alignments.hits[span] == 0:
            continue
        while facts + 4 * steps + 1 > len(codes):
            codes, spans = _longer(codes), _longer(spans)
        first, skipped = facts, 0
        current, since = np.int64(NO_STEP), np.int64(0)
        for place in range(cut.starts[span], cut.ends[span]):
            signature = signed.signatures[place]
            low, high = signed.offsets[signature], signed.offsets[signature + 1]
            if low == high:
                unplanned[off], after[off] = place, current
                off += 1
                roles[place] = UNPLANNED
                continue
            at_step = np.int64(alignments.placed[place])
            roles[place] = LEFT_OUT
            for at in range(low, high):
                step = signed.steps[at]
                if rules.once[step] and seen[step] == span:
                    continue
                seen[step] = span
                if at_step >= 0:
                    continue
                counted[step] += 1
                what = REPEATED if been[REACHED, step] == span else OUT_OF_ORDER
                roles[place] = MISPLACED if what == OUT_OF_ORDER or roles[place] == MISPLACED else AGAIN
                if been[what, step] != span:
                    been[what, step] = span
                    codes[facts] = what * steps + step
                    facts += 1
                if been[REACHED, step] != span:
                    been[REACHED, step] = span
                    codes[facts] = REACHED * steps + step
                    facts += 1
            if at_step < 0:
                continue
            roles[place] = PLACED
            counted[at_step] += 1
            if been[REACHED, at_step] != span:
                been[REACHED, at_step] = span
                codes[facts] = REACHED * steps + at_step
                facts += 1
            row = current if current >= 0 else np.int64(steps)
            missed = np.int64(passed[row, at_step])
            while missed >= 0:
                if been[SKIPPED, missed] != span:
                    been[SKIPPED, missed] = span
                    skips[skipped] = missed
                    skipped += 1
                missed = np.int64(passed[row, missed])
            if current >= 0:
                moves[moved], waits[moved] = current * steps + at_step, times[place] - since
                moved += 1
            current, since = at_step, times[place]
        for number in range(skipped):
            if been[REACHED, skips[number]] != span:
                codes[facts] = SKIPPED * steps + skips[number]
                facts += 1
        if current >= 0 and costs[current, steps] > 0:
            codes[facts] = (OPEN if cut.is_open[span] else LEFT) * steps + current
            facts += 1
        spans[first:facts] = span
    return Facts(
        codes[:facts].copy(),
        spans[:facts].copy(),
        moves[:moved].copy(),
        waits[:moved].copy(),
        unplanned[:off].copy(),
        after[:off].copy(),
        counted,
        roles,
    )


@kernel
def step_sequences(
    signed: Signed, cut: Cut, once: NDArray[np.bool_]
) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.int64]]:
    """The steps of each journey in their order, whether they have a place or not; of several of one interaction the first in the map.

    Returns
    -------
    tuple
        Steps, uint16[h]; where those of each journey start and end, int64[t] each; journeys without any are left out. O(n).
    """
    codes = np.empty(len(signed.signatures), np.uint16)
    starts, ends = np.empty(len(cut.starts), np.int64), np.empty(len(cut.starts), np.int64)
    seen = np.full(len(once), -1, np.int64)
    known, kept = 0, 0
    for span in range(len(cut.starts)):
        first = known
        for place in range(cut.starts[span], cut.ends[span]):
            signature = signed.signatures[place]
            counted = NO_STEP
            for at in range(signed.offsets[signature], signed.offsets[signature + 1]):
                step = signed.steps[at]
                if counted < 0 and not (once[step] and seen[step] == span):
                    counted = step
                seen[step] = span
            if counted >= 0:
                codes[known] = counted
                known += 1
        starts[kept], ends[kept] = first, known
        kept += known > first
    return codes[:known].copy(), starts[:kept].copy(), ends[:kept].copy()


@kernel
def _zeros(length: int) -> NDArray[np.int64]:
    return np.zeros(length, np.int64)


@kernel
def _longer(array: NDArray[np.int64]) -> NDArray[Any]:
    """Twice as long, with what it holds in front."""
    longer = np.empty(2 * len(array), array.dtype)
    longer[: len(array)] = array
    return longer
