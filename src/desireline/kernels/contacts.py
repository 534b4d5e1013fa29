"""Contacts out of interactions: which belong together, what they say together, and what comes after them.

An *interaction* here is one of n in the order of customers, time and arrival. A *contact* is one of m, by number; an
interaction with the number -1 is in none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel
from desireline.kernels.hashing import mix, table_size

CUSTOMER, ANSWER = 1, 2
"""Kinds of messages: what a customer wrote or said to the company, and what a person of the company did in return."""


@kernel
def number_contacts(owners: NDArray[np.int64], cases: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """The contact of each interaction, and how many there are.

    Parameters
    ----------
    owners
        int64[n]: the customer of each, never decreasing.
    cases
        int64[n]: equal where the case and the channel are; negative where there is none.

    Returns
    -------
    tuple
        int64[n], numbered by the first interaction: equal where customer and case are; a number of its own without a
        case. O(n) expected.
    """
    contacts = np.empty(len(owners), np.int64)
    firsts = np.empty(len(owners), np.int64)
    slots = table_size(int(np.sum(cases >= 0)))
    table = np.full(slots, -1, np.int64)
    known = 0
    for row in range(len(owners)):
        case, owner = cases[row], owners[row]
        slot = np.int64(mix(case ^ np.int64(mix(owner))) & np.uint64(slots - 1))
        number = np.int64(-1)
        if case >= 0:
            number = table[slot]
        while number >= 0 and (cases[firsts[number]] != case or owners[firsts[number]] != owner):
            slot = (slot + 1) & (slots - 1)
            number = table[slot]
        if number < 0:
            number = np.int64(known)
            firsts[known] = row
            known += 1
            if case >= 0:
                table[slot] = number
        contacts[row] = number
    return contacts, known


@kernel
def first_rows(contacts: NDArray[np.int64], chosen: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """The first chosen interaction of each contact, -1 where none is: int64[n], bool[n] -> int64[count]. O(n + count)."""
    rows = np.full(count, -1, np.int64)
    for row in range(len(contacts) - 1, -1, -1):
        if contacts[row] >= 0 and chosen[row]:
            rows[contacts[row]] = row
    return rows


@kernel
def last_rows(contacts: NDArray[np.int64], chosen: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """The last chosen interaction of each contact, -1 where none is: int64[n], bool[n] -> int64[count]. O(n + count)."""
    rows = np.full(count, -1, np.int64)
    for row in range(len(contacts)):
        if contacts[row] >= 0 and chosen[row]:
            rows[contacts[row]] = row
    return rows


@kernel
def largest_sums(
    contacts: NDArray[np.int64], sources: NDArray[np.int32], values: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """What each contact has of something; of one that several sources tell of, what the source says that has most.

    Parameters
    ----------
    contacts, sources, values
        int64[n], int32[n], int64[n]; a negative value is missing.
    count
        Of contacts.

    Returns
    -------
    NDArray
        int64[count]; -1 where every value is missing. O(n + count), times the sources that tell of one contact.
    """
    sums = np.zeros(len(contacts), np.int64)
    told_by = np.empty(len(contacts), np.int32)
    others = np.full(len(contacts), -1, np.int64)
    heads = np.full(count, -1, np.int64)
    largest = np.full(count, -1, np.int64)
    for row in range(len(contacts)):
        contact = contacts[row]
        if contact < 0 or values[row] < 0:
            continue
        entry = heads[contact]
        while entry >= 0 and told_by[entry] != sources[row]:
            entry = others[entry]
        if entry < 0:
            entry = np.int64(row)
            told_by[entry] = sources[row]
            others[entry] = heads[contact]
            heads[contact] = entry
        sums[entry] += values[row]
        largest[contact] = max(largest[contact], sums[entry])
    return largest


@kernel
def changed(contacts: NDArray[np.int64], codes: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    """Where a contact gets a code that its interaction before did not have; one with a code below 0 is passed over.

    int64[n], int32[n] -> bool[n]: true at the first code of each contact, and at every other one than the one before.
    O(n + count).
    """
    found = np.empty(len(contacts), np.bool_)
    latest = np.full(count + 1, -1, np.int32)
    for row in range(len(contacts)):
        contact = contacts[row]
        found[row] = contact >= 0 and codes[row] >= 0 and codes[row] != latest[contact]
        if found[row]:
            latest[contact] = codes[row]
    return found


@kernel
def team_steps(
    contacts: NDArray[np.int64], teams: NDArray[np.int32], targets: NDArray[np.int32], count: int, unknown: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The teams that contacts go through: each that an interaction has and the one before had not, and each one it is transferred to.

    Parameters
    ----------
    contacts
        int64[n].
    teams, targets
        int32[n] each: the team of an interaction, and the one to which it was transferred; negative where there is none. A team that
        was told as a target and has the next interaction is one step; a transfer within a team is a step.
    count
        Of contacts.
    unknown
        The code that stands for a team that nobody names, where a contact begins with a transfer.

    Returns
    -------
    tuple
        Contact and code of each step, int64[s] and int32[s], in the order of the interactions. O(n + count).
    """
    whose = np.empty(3 * len(contacts), np.int64)
    codes = np.empty(3 * len(contacts), np.int32)
    latest = np.full(count + 1, -1, np.int32)
    found = 0
    for row in range(len(contacts)):
        contact = contacts[row]
        if contact < 0:
            continue
        if teams[row] >= 0 and teams[row] != latest[contact]:
            whose[found], codes[found] = contact, teams[row]
            latest[contact] = teams[row]
            found += 1
        if targets[row] < 0:
            continue
        if latest[contact] < 0:
            whose[found], codes[found] = contact, unknown
            found += 1
        whose[found], codes[found] = contact, targets[row]
        latest[contact] = targets[row]
        found += 1
    return whose[:found].copy(), codes[:found].copy()


@kernel
def time_to_next(owners: NDArray[np.int64], times: NDArray[np.int64], topics: NDArray[np.int64]) -> NDArray[np.int64]:
    """How long after each contact the next one of the same customer and topic begins.

    Parameters
    ----------
    owners, times
        int64[m]: the customer and the begin of each contact, in microseconds; in order of customers, then time.
    topics
        int64[m] from 0, small; negative: of no topic, which nothing follows.

    Returns
    -------
    NDArray
        int64[m] microseconds; -1 where there is none. O(m + topics): backwards, with the latest begin of every topic.
    """
    gaps = np.full(len(owners), -1, np.int64)
    topic_count = 0
    for contact in range(len(topics)):
        topic_count = max(topic_count, topics[contact] + 1)
    begun = np.empty(topic_count, np.int64)
    whose = np.full(topic_count, -1, np.int64)
    for contact in range(len(owners) - 1, -1, -1):
        topic = topics[contact]
        if topic < 0:
            continue
        if whose[topic] == owners[contact]:
            gaps[contact] = begun[topic] - times[contact]
        whose[topic] = owners[contact]
        begun[topic] = times[contact]
    return gaps


@kernel
def answers(
    contacts: NDArray[np.int64], kinds: NDArray[np.int8], times: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """When customers were answered within their contacts.

    A customer waits from the first message that is not answered; further ones of theirs do not begin anew.

    Parameters
    ----------
    contacts, times
        int64[n] each.
    kinds
        int8[n]: :data:`CUSTOMER`, :data:`ANSWER` or 0.
    count
        Of contacts.

    Returns
    -------
    tuple
        Contact, time of the message and time of the answer, int64[a] each, in order of the answers; and whether
        the customer waits at the end of each contact, bool[count]. O(n + count).
    """
    asked = np.empty(len(contacts), np.int64)
    answered = np.empty(len(contacts), np.int64)
    whose = np.empty(len(contacts), np.int64)
    since = np.zeros(count, np.int64)
    waiting = np.zeros(count, np.bool_)
    found = 0
    for row in range(len(contacts)):
        contact = contacts[row]
        if contact < 0:
            continue
        if kinds[row] == CUSTOMER and not waiting[contact]:
            waiting[contact] = True
            since[contact] = times[row]
        if kinds[row] == ANSWER and waiting[contact]:
            waiting[contact] = False
            whose[found], asked[found], answered[found] = contact, since[contact], times[row]
            found += 1
    return whose[:found].copy(), asked[:found].copy(), answered[:found].copy(), waiting


@kernel
def open_time(
    starts: NDArray[np.int64], ends: NDArray[np.int64], opens: NDArray[np.int64], closes: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How much of each stretch of time lies in opening hours.

    Parameters
    ----------
    starts, ends
        int64[a] each, start <= end, microseconds.
    opens, closes
        int64[d] each: the opening hours, ascending, none overlaps another.

    Returns
    -------
    NDArray
        int64[a]. O(d + a log d): two binary searches in the opening hours, and what was open before each.
    """
    before = np.zeros(len(opens) + 1, np.int64)
    for day in range(len(opens)):
        before[day + 1] = before[day] + closes[day] - opens[day]
    found = np.zeros(len(starts), np.int64)
    for place in range(len(starts)):
        for moment, sign in ((ends[place], 1), (starts[place], -1)):
            day = np.searchsorted(opens, moment, side="right") - 1
            if day >= 0:
                found[place] += sign * (before[day] + min(moment, closes[day]) - opens[day])
    return found


@kernel
def total_of(
    contacts: NDArray[np.int64], values: NDArray[np.int64], known: NDArray[np.bool_], count: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The sum of the known values of each contact, and whether there is one: int64[n] twice, bool[n]. O(n + count)."""
    sums = np.zeros(count, np.int64)
    told = np.zeros(count, np.bool_)
    for row in range(len(contacts)):
        if contacts[row] >= 0 and known[row]:
            sums[contacts[row]] += values[row]
            told[contacts[row]] = True
    return sums, told


@kernel
def cut_chains(
    owners: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64], gap: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Contacts of a customer with no longer pause than ``gap`` between them.

    Parameters
    ----------
    owners, begins, ends
        int64[m] each, microseconds, in order of customers, then begin.
    gap
        Microseconds: a contact that begins later after the end of all those before it begins a new chain.

    Returns
    -------
    tuple
        Where chains begin among the contacts, int64[k + 1] with m at the end, and when each ends, int64[k]. O(m).
    """
    offsets = np.empty(len(owners) + 1, np.int64)
    last = np.empty(len(owners), np.int64)
    found = 0
    for contact in range(len(owners)):
        if contact == 0 or owners[contact] != owners[contact - 1] or begins[contact] - last[found - 1] > gap:
            offsets[found] = contact
            last[found] = ends[contact]
            found += 1
        last[found - 1] = max(last[found - 1], ends[contact])
    offsets[found] = len(owners)
    return offsets[: found + 1].copy(), last[:found].copy()


MOST_CHANNELS_OF_A_CHAIN = 7


@kernel
def chain_keys(channels: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The channels of each chain as one number, equal ones in a row once; :func:`channels_of_key` reads it.

    int64[m] below 255, int64[k + 1] -> int64[k], not negative. A byte for each of the first seven, the first one lowest; bit 56
    says that there are more. O(m).
    """
    keys = np.zeros(len(offsets) - 1, np.int64)
    for chain in range(len(keys)):
        length = 0
        for contact in range(offsets[chain], offsets[chain + 1]):
            if contact > offsets[chain] and channels[contact] == channels[contact - 1]:
                continue
            if length == MOST_CHANNELS_OF_A_CHAIN:
                keys[chain] |= np.int64(1) << np.int64(56)
                break
            keys[chain] |= (channels[contact] + 1) << np.int64(8 * length)
            length += 1
    return keys


def numbered(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different keys, ascending, and of each key its place among them: int64[k] -> int64[v], int64[k]. O(k + v log v)."""
    members, firsts = _number_keys(keys)
    kinds = keys[firsts]
    order = np.argsort(kinds)
    places = np.empty(len(kinds), np.int64)
    places[order] = np.arange(len(kinds))
    return kinds[order], places[members]


@kernel
def _number_keys(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The number of each key in the order in which they first appear, and where each number is first."""
    members = np.empty(len(keys), np.int64)
    firsts = np.empty(len(keys), np.int64)
    slots = table_size(len(keys))
    table = np.full(slots, -1, np.int64)
    known = 0
    for place in range(len(keys)):
        slot = np.int64(mix(keys[place]) & np.uint64(slots - 1))
        while table[slot] >= 0 and keys[firsts[table[slot]]] != keys[place]:
            slot = (slot + 1) & (slots - 1)
        if table[slot] < 0:
            table[slot] = known
            firsts[known] = place
            known += 1
        members[place] = table[slot]
    return members, firsts[:known].copy()


def channels_of_key(key: int) -> tuple[tuple[int, ...], bool]:
    """The channels of a key of :func:`chain_keys`, and whether there were more.

    >>> channels_of_key((3 + 1) | (0 + 1) << 8)
    ((3, 0), False)
    """
    codes = [(key >> 8 * place & 255) - 1 for place in range(MOST_CHANNELS_OF_A_CHAIN)]
    return tuple(code for code in codes if code >= 0), bool(key >> 56)
