"""Of which contacts the parts of effort are known.

- contact, repeat and switch always are.
- transfer: see :mod:`desireline.journeys.analyses.transfers`.
- waiting_minute: where an interaction of the contact gives a wait or a hold.
- identification: where a condition says what one is.

An *origin*, a source and a channel, *records* transfers, or waiting, if they are known of any contact that begins there. What its origin does
not record is no part of the effort of a contact. Where its origin does, and it is not known of this one, the contact is *incomplete*: means
and quantiles leave it out, and the spans that it lies in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TRANSFER, WAITING = range(2)
_MOST_BITS = 62


@dataclass(frozen=True, slots=True)
class Recorded:
    """What origins record: bool[2, origins] by :data:`TRANSFER` and :data:`WAITING`.

    ``tells``: bool[origins], which tell of transfers, so that these are known of all of their contacts.
    """

    records: NDArray[np.bool_]
    tells: NDArray[np.bool_]

    @classmethod
    def of(cls, origins: NDArray[np.int64], unknown: NDArray[np.bool_], tells: NDArray[np.bool_]) -> Recorded:
        """What the origins of some contacts record: int64[m], bool[2, m], bool[origins]."""
        known = [np.bincount(origins[~each], minlength=len(tells)) > 0 for each in unknown]
        return cls(np.stack(known), tells)

    def __add__(self, other: Recorded) -> Recorded:
        """What either part shows."""
        return Recorded(self.records | other.records, self.tells | other.tells)

    def unknown(self, part: int) -> NDArray[np.bool_]:
        """Of which origins something that a contact does not say is not known: bool[origins]."""
        return ~self.tells if part == TRANSFER else np.ones(len(self.tells), np.bool_)


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not known of the contacts of a part.

    Attributes
    ----------
    bits
        int64[m]: of each contact, a bit for each of ``codes``.
    codes
        What the bits mean: ``part * origins + origin``, ascending; of more than 62 the last bit is for all further ones.
    """

    bits: NDArray[np.int64]
    codes: tuple[int, ...]

    @classmethod
    def of(cls, origins: NDArray[np.int64], unknown: NDArray[np.bool_], number: int) -> Missing:
        """Of contacts: int64[m] below ``number``, bool[2, m]."""
        codes = np.stack([origins, origins + number])
        kinds = np.unique(codes[unknown])[:_MOST_BITS]
        places = np.minimum(np.searchsorted(kinds, codes), _MOST_BITS - 1)
        bits = np.where(unknown, np.left_shift(np.int64(1), places), 0)
        return cls(np.bitwise_or.reduce(bits, axis=0), tuple(kinds.tolist()))


@dataclass(frozen=True, slots=True)
class Signatures:
    """Sets of codes of :class:`Missing` by a number that depends on nothing but the set."""

    codes: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, bits: NDArray[np.int64], codes: Sequence[int]) -> tuple[NDArray[np.int64], Signatures]:
        """The number of each set, int64[n], and what they mean."""
        kinds, places = np.unique(bits, return_inverse=True)
        sets = [tuple(code for place, code in enumerate(codes) if kind >> place & 1) for kind in kinds.tolist()]
        numbers = [_number(each) for each in sets]
        return np.array(numbers, np.int64)[places], cls(dict(zip(numbers, sets, strict=True)))

    def __add__(self, other: Signatures) -> Signatures:
        """Both."""
        return Signatures({**self.codes, **other.codes})

    def complete(self, numbers: NDArray[np.int64], recorded: Recorded) -> NDArray[np.bool_]:
        """Which sets have nothing that their origin records: bool[n]."""
        wanted = [recorded.records[part] & recorded.unknown(part) for part in (TRANSFER, WAITING)]
        return self._without(numbers, np.concatenate(wanted))

    def known(self, numbers: NDArray[np.int64], recorded: Recorded, part: int) -> NDArray[np.bool_]:
        """Which sets have nothing of a part: bool[n]."""
        none = np.zeros(len(recorded.tells), np.bool_)
        wanted = [recorded.unknown(part) if each == part else none for each in (TRANSFER, WAITING)]
        return self._without(numbers, np.concatenate(wanted))

    def _without(self, numbers: NDArray[np.int64], wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
        kinds, places = np.unique(numbers, return_inverse=True)
        found = [not any(wanted[code] for code in self.codes[kind]) for kind in kinds.tolist()]
        return np.array(found, np.bool_)[places]


def _number(codes: tuple[int, ...]) -> int:
    if not codes:
        return 0
    return int.from_bytes(hashlib.blake2b(repr(codes).encode(), digest_size=8).digest(), "big") >> 2
