"""Visits: runs of one person's interactions on one device without a long gap."""

from dataclasses import dataclass

import numpy as np

from desireline.app.demo.period import MINUTE, Flags, Integers
from desireline.app.demo.walk import Happenings

_GAP = 30 * MINUTE


@dataclass(frozen=True)
class Sessions:
    """`order` sorts the interactions by person, device and time; `number` is each one's visit, as given."""

    order: Integers
    number: Integers


def split_sessions(happened: Happenings) -> Sessions:
    """Cut into visits at gaps of more than 30 minutes."""
    order = np.lexsort((happened.at, happened.slot, happened.person))
    person, slot, at = happened.person[order], happened.slot[order], happened.at[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (np.diff(person) != 0) | (np.diff(slot) != 0) | (np.diff(at) > _GAP)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(begins) - 1
    return Sessions(order, number)


def signed_in_so_far(sessions: Sessions, signs_in: Flags) -> Flags:
    """Whether the person has signed in by then, in the same visit."""
    return _any_so_far(sessions.order, sessions.number, signs_in)


def signs_in_later(sessions: Sessions, signs_in: Flags) -> Flags:
    """Whether the person will sign in after that, in the same visit."""
    later = _any_so_far(sessions.order[::-1], sessions.number, signs_in)
    return later & ~signs_in


def _any_so_far(order: Integers, number: Integers, flags: Flags) -> Flags:
    ordered, visit = flags[order], number[order]
    place = np.arange(len(order))
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = np.diff(visit) != 0
    first = np.maximum.accumulate(np.where(begins, place, 0))
    last_flag = np.maximum.accumulate(np.where(ordered, place, -1))
    seen = np.empty(len(order), dtype=np.bool_)
    seen[order] = last_flag >= first
    return seen
