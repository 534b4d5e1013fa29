"""Sequences of codes and how often each occurs, such as the teams that contacts went through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.kernels.variants import Sequences, add_up, count_sequences, pick, sequence_keys

_WORDS = 2
"""A code of 32 bits is two of the 16 bits that sequences are made of."""


@dataclass(frozen=True, slots=True)
class CodeChains:
    """Different sequences, v of them.

    Attributes
    ----------
    keys
        uint64[v, 2]: 128 bits that tell a sequence apart.
    counts
        int64[v, 2]: how often each occurs, and for how many distinct owners.
    sequences
        Their codes, each as two words.
    """

    keys: NDArray[np.uint64]
    counts: NDArray[np.int64]
    sequences: Sequences

    @classmethod
    def of(cls, codes: NDArray[np.int32], lengths: NDArray[np.int64], owners: NDArray[np.int64]) -> CodeChains:
        """Count sequences.

        Parameters
        ----------
        codes
            int32[c]: of all sequences, one after the other.
        lengths, owners
            int64[s] each; owners never decrease.
        """
        ends = _WORDS * np.cumsum(lengths, dtype=np.int64)
        words = np.ascontiguousarray(codes, np.int32).view(np.uint16)
        sequences = Sequences(words, ends - _WORDS * lengths, ends)
        counted = count_sequences(sequence_keys(*sequences), owners)
        return cls(counted.keys, counted.counts[:, :2].copy(), pick(sequences, counted.counts[:, 2].copy()))

    def __add__(self, other: CodeChains) -> CodeChains:
        """Both; of an owner who has a sequence in both there would be two."""
        keys = np.concatenate([self.keys, other.keys])
        counts = np.concatenate([self.counts, other.counts])
        shift = len(self.sequences.codes)
        joined = Sequences(
            np.concatenate([self.sequences.codes, other.sequences.codes]),
            np.concatenate([self.sequences.starts, other.sequences.starts + shift]),
            np.concatenate([self.sequences.ends, other.sequences.ends + shift]),
        )
        firsts, sums = add_up(keys, counts, np.array([[0, len(keys)]], np.int64))
        return CodeChains(keys[firsts], sums, pick(joined, firsts))

    def most(self, top: int) -> list[tuple[tuple[int, ...], int, int]]:
        """The most frequent ones with how often and for how many owners, in no order: ``top`` and all that tie with the last."""
        times = self.counts[:, 0]
        least = np.sort(times)[-top] if len(times) > top else 0
        return [self._chain(place) for place in np.flatnonzero(times >= least).tolist()]

    def _chain(self, place: int) -> tuple[tuple[int, ...], int, int]:
        start, end = int(self.sequences.starts[place]), int(self.sequences.ends[place])
        codes = np.ascontiguousarray(self.sequences.codes[start:end]).view(np.int32)
        times, owners = self.counts[place].tolist()
        return tuple(codes.tolist()), times, owners
