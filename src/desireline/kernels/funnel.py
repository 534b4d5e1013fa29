"""How far customers come through steps, and how long each step takes.

An *attempt* is a choice of interactions of one span, one for each step, within a window. All kernels take the same
arguments and give :class:`Attempts`. Several attempts of a customer may reach a step: the one that reaches it first
counts, and of several that reach it at the same interaction the one that started last.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

MOST_STEPS = 32
_LEVEL, _START, _PLACE, _SPAN, _WANTED = range(5)
_NOT_YET = -1
_NO_SLOT = -1
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


class Columns(NamedTuple):
    """Interactions, in order within a span.

    ``codes``: uint16[n], of touchpoints. ``times``: int64[n], microseconds. ``keys``: int64[n], equal where a value is
    the same that all interactions of an attempt must share, negative where there is none; int64[0] where nothing need
    be the same.
    """

    codes: NDArray[np.uint16]
    times: NDArray[np.int64]
    keys: NDArray[np.int64]


class Cut(NamedTuple):
    """Spans and their customers, int64[s] each; an attempt lies within one span."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    owners: NDArray[np.int64]


class Rules(NamedTuple):
    """What a funnel asks for.

    ``matches``: uint32[vocabulary], bit k is set for the codes that match step k. ``stops``: uint32[vocabulary], bit k
    is set for the codes that take out an attempt which stands at step k; such a code matches no step. ``steps``: 1 to
    32. ``window``: microseconds from the first interaction of an attempt to its last, included (largest int64: no
    window).
    """

    matches: NDArray[np.uint32]
    stops: NDArray[np.uint32]
    steps: int
    window: int


class Attempts(NamedTuple):
    """For each of the c customers who entered, the attempt that came farthest (the first such); and m waits.

    Attributes
    ----------
    owners, spans
        int64[c] each: who, and in which span.
    levels
        int32[c]: the last step that it reached, from 0.
    starts, places
        int64[c] each: the interactions of its first step and of the last one reached.
    wanted
        uint32[c]: the steps, as bits, of which one would have taken it on; 0 where it came to the end.
    steps, waits
        int32[m], int64[m]: for every customer and every later step that they reached, the number of the step, and the
        microseconds from the step before to this one in the attempt that reached it first.
    """

    owners: NDArray[np.int64]
    spans: NDArray[np.int64]
    levels: NDArray[np.int32]
    starts: NDArray[np.int64]
    places: NDArray[np.int64]
    wanted: NDArray[np.uint32]
    steps: NDArray[np.int32]
    waits: NDArray[np.int64]


@kernel
def loose_attempts(columns: Columns, cut: Cut, rules: Rules) -> Attempts:
    """Attempts where anything may lie between two steps, but what takes them out.

    O(n + hits * steps), hits being the interactions that match a step or take attempts out. For each level only the
    attempt with the latest start is kept: whatever an earlier one at the same level can still reach, it reaches at the
    same interaction, with more of its window left, and the same interactions take both out (the method of ClickHouse's
    windowFunnel). Levels go from high to low: an interaction serves one step of an attempt.
    """
    codes, times, keys = columns
    starts, ends, owners = cut
    matches, stops, steps, window = rules
    hits = _hits(codes, starts, ends, matches | stops)
    slots, most = _slots(keys, hits, starts, ends)
    found = _nothing_found(len(starts), steps)
    waits, best, counts = np.full(steps, _NOT_YET, np.int64), np.full(5, _NOT_YET, np.int64), np.zeros(2, np.int64)
    begun, standing = np.full(most * steps, _NOT_YET, np.int64), np.empty(most * steps, np.int64)
    stopped = np.full(steps, _NOT_YET, np.int64)
    at, owner, used = 0, owners[0] if len(owners) else 0, 1
    for span in range(len(starts)):
        end = ends[span]
        while hits[at] < starts[span]:
            at += 1
        if hits[at] >= end:
            continue
        if owners[span] != owner:
            _take(found, counts, owner, waits, best)
            owner = owners[span]
        begun[: used * steps] = _NOT_YET
        used = 1
        any_stopped = False
        while hits[at] < end:
            place = hits[at]
            slot = slots[at] if len(keys) else 0
            at += 1
            time, matching, stopping = times[place], matches[codes[place]], stops[codes[place]]
            low = slot * steps
            if stopping:
                any_stopped = any_stopped or slot < 0
                for step in range(steps):
                    if (stopping >> np.uint32(step)) & np.uint32(1) == 0:
                        continue
                    if slot < 0:
                        stopped[step] = place
                    elif slot < used:
                        begun[low + step] = _NOT_YET
                continue
            if slot < 0:
                continue
            used = max(used, slot + 1)
            if any_stopped:
                for step in range(steps):
                    if begun[low + step] >= 0 and standing[low + step] < stopped[step]:
                        begun[low + step] = _NOT_YET
            for step in range(steps - 1, 0, -1):
                start = begun[low + step - 1]
                if (matching >> np.uint32(step)) & np.uint32(1) == 0 or start < 0:
                    continue
                if time - times[start] > window:
                    continue
                if waits[step] < 0:
                    waits[step] = time - times[standing[low + step - 1]]
                    _note(best, step, start, place, span, _next_step(step, steps))
                if start > begun[low + step]:
                    begun[low + step] = start
                    standing[low + step] = place
            if matching & np.uint32(1):
                begun[low] = place
                standing[low] = place
                if waits[0] < 0:
                    waits[0] = 0
                    _note(best, 0, place, place, span, _next_step(0, steps))
    _take(found, counts, owner, waits, best)
    return _taken(found, counts)


@kernel
def strict_attempts(columns: Columns, cut: Cut, rules: Rules) -> Attempts:
    """Attempts where each step must be the interaction directly after the one before, so that nothing takes them out.

    O(n + hits * steps): bit k of ``running`` says that an attempt reaches step k at this interaction (Shift-And,
    Baeza-Yates and Gonnet 1992).
    """
    codes, times, keys = columns
    starts, ends, owners = cut
    matches, _, steps, window = rules
    found = _nothing_found(len(starts), steps)
    waits, best, counts = np.full(steps, _NOT_YET, np.int64), np.full(5, _NOT_YET, np.int64), np.zeros(2, np.int64)
    for span in range(len(starts)):
        if span and owners[span] != owners[span - 1]:
            _take(found, counts, owners[span - 1], waits, best)
        running = np.uint32(0)
        for place in range(starts[span], ends[span]):
            if len(keys) and (keys[place] < 0 or (running and keys[place] != keys[place - 1])):
                running = np.uint32(0)
                if keys[place] < 0:
                    continue
            running = np.uint32(((running << np.uint32(1)) | np.uint32(1)) & matches[codes[place]])
            if running == 0:
                continue
            for step in range(steps):
                if (running >> np.uint32(step)) & np.uint32(1) == 0 or waits[step] >= 0:
                    continue
                if times[place] - times[place - step] <= window:
                    waits[step] = times[place] - times[place - min(step, 1)]
                    _note(best, step, place - step, place, span, _next_step(step, steps))
    if len(owners):
        _take(found, counts, owners[-1], waits, best)
    return _taken(found, counts)


@kernel
def any_order_attempts(columns: Columns, cut: Cut, rules: Rules) -> Attempts:
    """Attempts where the steps may be done in any order: level k is reached when k + 1 different steps are done.

    No code may match two steps. What takes an attempt out, takes it out at any level (``stops`` is 0 or has all bits).

    O(n + hits * steps). The steps are kept in a list, the one done last in front: an interaction moves its step there.
    Where the k-th in the list was done last, the latest attempt that has done k different steps starts.
    """
    codes, times, keys = columns
    starts, ends, owners = cut
    matches, stops, steps, window = rules
    step_of = _only_step(matches)
    hits = _hits(codes, starts, ends, matches | stops)
    slots, most = _slots(keys, hits, starts, ends)
    found = _nothing_found(len(starts), steps)
    waits, best, counts = np.full(steps, _NOT_YET, np.int64), np.full(5, _NOT_YET, np.int64), np.zeros(2, np.int64)
    listed, order = np.zeros(most, np.int64), np.empty(most * steps, np.int64)
    begun, standing = np.empty(most * steps, np.int64), np.empty(most * steps, np.int64)
    everything = (1 << steps) - 1
    at, owner, used = 0, owners[0] if len(owners) else 0, 1
    for span in range(len(starts)):
        end = ends[span]
        while hits[at] < starts[span]:
            at += 1
        if hits[at] >= end:
            continue
        if owners[span] != owner:
            _take(found, counts, owner, waits, best)
            owner = owners[span]
        listed[:used] = 0
        used = 1
        stopped = _NOT_YET
        while hits[at] < end:
            place = hits[at]
            slot = slots[at] if len(keys) else 0
            at += 1
            if stops[codes[place]]:
                if slot < 0:
                    stopped = place
                elif slot < used:
                    listed[slot] = 0
                continue
            if slot < 0:
                continue
            used = max(used, slot + 1)
            low, time, step = slot * steps, times[place], step_of[codes[place]]
            if listed[slot] and begun[low] < stopped:
                listed[slot] = 0
            rank = 0
            while rank < listed[slot] and order[low + rank] != step:
                rank += 1
            listed[slot] = max(listed[slot], rank + 1)
            wanted = everything & ~(1 << step)
            if waits[0] < 0:
                waits[0] = 0
                _note(best, 0, place, place, span, wanted)
            for level in range(1, rank + 1):
                wanted &= ~(1 << order[low + level - 1])
                start = begun[low + level - 1]
                if waits[level] < 0 and time - times[start] <= window:
                    waits[level] = time - times[standing[low + level - 1]]
                    _note(best, level, start, place, span, wanted)
            for level in range(rank, 0, -1):
                order[low + level] = order[low + level - 1]
                begun[low + level] = begun[low + level - 1]
                standing[low + level] = place
            order[low], begun[low], standing[low] = step, place, place
    _take(found, counts, owner, waits, best)
    return _taken(found, counts)


@kernel
def times_until_return(columns: Columns, cut: Cut, rules: Rules, attempts: Attempts) -> NDArray[np.int64]:
    """After how long the customers who dropped did a step that would have taken them on, after all.

    Any later interaction of the customer counts, in whatever span and however late, that matches a wanted step and,
    where ``keys`` are given, has the key of the attempt.

    Returns
    -------
    NDArray
        int64[c]: microseconds from where the attempt stands; -1: never, or it wants nothing. O(n).
    """
    after = np.full(len(attempts.owners), _NOT_YET, np.int64)
    for number in range(len(after)):
        wanted, place = attempts.wanted[number], attempts.places[number]
        span, first = attempts.spans[number], place + 1
        while wanted and after[number] < 0 and span < len(cut.owners) and cut.owners[span] == attempts.owners[number]:
            for later in range(max(first, cut.starts[span]), cut.ends[span]):
                if rules.matches[columns.codes[later]] & wanted == 0:
                    continue
                if len(columns.keys) and columns.keys[later] != columns.keys[place]:
                    continue
                after[number] = columns.times[later] - columns.times[place]
                break
            span += 1
    return after


@kernel
def known_before(codes: NDArray[np.int32], cut: Cut, attempts: Attempts) -> NDArray[np.int32]:
    """The value that is known of each attempt where it starts.

    Parameters
    ----------
    codes
        int32[n], negative where there is no value.

    Returns
    -------
    NDArray
        int32[c]: that of the interaction at the start, or else of the latest one before it that has one, in the same span or an earlier one
        of the customer; -1: none of them has. O(n).
    """
    values = np.full(len(attempts.owners), np.int32(_NOT_YET), np.int32)
    for number in range(len(values)):
        span, place = attempts.spans[number], attempts.starts[number]
        while values[number] < 0 and span >= 0 and cut.owners[span] == attempts.owners[number]:
            while values[number] < 0 and place >= cut.starts[span]:
                values[number] = codes[place]
                place -= 1
            span -= 1
            if span >= 0:
                place = cut.ends[span] - 1
        values[number] = max(values[number], np.int32(_NOT_YET))
    return values


@kernel
def _hits(
    codes: NDArray[np.uint16], starts: NDArray[np.int64], ends: NDArray[np.int64], wanted: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """The places between the first span and the last whose code is wanted; behind them the number of all places.

    One tight loop without a branch: few interactions match, and which is not to be foreseen.
    """
    places = np.empty(len(codes) + 1, np.int64)
    found = 0
    if len(starts):
        for place in range(starts[0], ends[-1]):
            places[found] = place
            found += wanted[codes[place]] != 0
    places[found] = len(codes)
    return places[: found + 1]


@kernel
def _slots(
    keys: NDArray[np.int64], hits: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int32], int]:
    """The keys of each span numbered from 0 in order of appearance, int32[h], -1 for no key; the most of a span.

    A hash table with open addressing, of which each span makes a new one: O(h) expected.
    """
    if len(keys) == 0:
        return np.empty(0, np.int32), 1
    longest = 1
    for span in range(len(starts)):
        longest = max(longest, ends[span] - starts[span])
    bits = 1
    while (1 << bits) < 2 * longest:
        bits += 1
    table_keys, table_slots = np.empty(1 << bits, np.int64), np.empty(1 << bits, np.int32)
    table_spans = np.full(1 << bits, -1, np.int64)
    slots = np.empty(len(hits), np.int32)
    most, at = 1, 0
    for span in range(len(starts)):
        while hits[at] < starts[span]:
            at += 1
        known = 0
        while hits[at] < ends[span]:
            key = keys[hits[at]]
            if key < 0:
                slots[at] = _NO_SLOT
                at += 1
                continue
            cell = np.int64((np.uint64(key) * _GOLDEN) >> np.uint64(64 - bits))
            while table_spans[cell] == span and table_keys[cell] != key:
                cell = (cell + 1) & ((1 << bits) - 1)
            if table_spans[cell] != span:
                table_spans[cell], table_keys[cell], table_slots[cell] = span, key, known
                known += 1
            slots[at] = table_slots[cell]
            at += 1
        most = max(most, known)
    return slots, most


@kernel
def _only_step(matches: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The first step that each code matches; 0 for those that match none: uint32[vocabulary] -> int64[vocabulary]."""
    steps = np.zeros(len(matches), np.int64)
    for code in range(len(matches)):
        bits = matches[code]
        while bits > 1 and bits & np.uint32(1) == 0:
            bits = np.uint32(bits >> np.uint32(1))
            steps[code] += 1
    return steps


@kernel
def _next_step(level: int, steps: int) -> int:
    """The bit of the step after a level; 0 after the last."""
    return 1 << (level + 1) if level + 1 < steps else 0


@kernel
def _note(best: NDArray[np.int64], level: int, start: int, place: int, span: int, wanted: int) -> None:
    """Remember an attempt if it comes farther than any before it."""
    if level > best[_LEVEL]:
        best[_LEVEL], best[_START], best[_PLACE], best[_SPAN], best[_WANTED] = level, start, place, span, wanted


@kernel
def _nothing_found(spans: int, steps: int) -> Attempts:
    """Room for the attempts of as many customers as there are spans."""
    return Attempts(
        np.empty(spans, np.int64),
        np.empty(spans, np.int64),
        np.empty(spans, np.int32),
        np.empty(spans, np.int64),
        np.empty(spans, np.int64),
        np.empty(spans, np.uint32),
        np.empty(spans * steps, np.int32),
        np.empty(spans * steps, np.int64),
    )


@kernel
def _take(
    found: Attempts, counts: NDArray[np.int64], owner: int, waits: NDArray[np.int64], best: NDArray[np.int64]
) -> None:
    """Write down a customer who entered, and forget them; ``counts`` says how many customers and waits are written."""
    if best[_LEVEL] < 0:
        return
    customer = counts[0]
    found.owners[customer] = owner
    found.spans[customer] = best[_SPAN]
    found.levels[customer] = best[_LEVEL]
    found.starts[customer] = best[_START]
    found.places[customer] = best[_PLACE]
    found.wanted[customer] = best[_WANTED]
    for step in range(1, len(waits)):
        if waits[step] >= 0:
            found.steps[counts[1]] = step
            found.waits[counts[1]] = waits[step]
            counts[1] += 1
    counts[0] += 1
    waits[:] = _NOT_YET
    best[:] = _NOT_YET


@kernel
def _taken(found: Attempts, counts: NDArray[np.int64]) -> Attempts:
    """What is written, without the room behind it."""
    customers, waits = counts
    return Attempts(
        found.owners[:customers].copy(),
        found.spans[:customers].copy(),
        found.levels[:customers].copy(),
        found.starts[:customers].copy(),
        found.places[:customers].copy(),
        found.wanted[:customers].copy(),
        found.steps[:waits].copy(),
        found.waits[:waits].copy(),
    )
