"""What a department is about to export: text columns, the damage done to them, and the count of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.app.demo.period import Flags, Integers
from desireline.app.demo.texts import pool

_DAMAGE_FROM = 40
"""Smaller sheets stay whole."""


@dataclass
class Tally:
    """Rows written to one file, and what is wrong with some of them."""

    rows: int = 0
    exact_duplicates: int = 0
    bad: dict[str, int] = field(default_factory=dict)
    imperfect: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count another part of the same file."""
        self.rows += other.rows
        self.exact_duplicates += other.exact_duplicates
        for mine, more in ((self.bad, other.bad), (self.imperfect, other.imperfect)):
            for reason, count in more.items():
                mine[reason] = mine.get(reason, 0) + count


@dataclass(frozen=True)
class Sheet:
    """Columns of one part of a file, ready to be written, and their count."""

    columns: Mapping[str, pa.Array]
    tally: Tally


class Damage:
    """Spoils columns the way real exports are spoiled; no row is spoiled twice, and every one is counted.

    `bad` rows cannot be used, `imperfect` ones can, with care. `finish` repeats some of the whole rows.
    """

    def __init__(self, columns: dict[str, pa.Array], rows: int, rng: np.random.Generator) -> None:
        """`columns` is changed in place."""
        self.columns = columns
        self._rows = rows
        self._rng = rng
        self._touched: Flags = np.zeros(rows, dtype=np.bool_)
        self._tally = Tally(rows=rows)

    def already_bad(self, reason: str, rows: Flags) -> None:
        """Count rows that are bad by nature."""
        self._touched |= rows
        self._count(self._tally.bad, reason, int(rows.sum()))

    def spoil(
        self,
        reason: str,
        share: float,
        values: Mapping[str, Sequence[str | None]],
        exactly: int | None = None,
    ) -> None:
        """Make some rows bad: each named column gets one of its values there."""
        self._count(self._tally.bad, reason, len(self._overwrite(share, values, exactly)))

    def blemish(self, reason: str, share: float, values: Mapping[str, Sequence[str | None]]) -> None:
        """Make some rows imperfect: each named column gets one of its values there."""
        self._count(self._tally.imperfect, reason, len(self._overwrite(share, values, None)))

    def misspell(self, column: str, rows: Flags, spelled: pa.Array, reason: str) -> None:
        """Replace a column by another spelling in these rows; they stay usable."""
        keep = rows & ~self._touched
        self._touched |= keep
        self.columns[column] = pc.if_else(pa.array(keep), spelled, self.columns[column])
        self._count(self._tally.imperfect, reason, int(keep.sum()))

    def finish(self, *, repeated: float = 0.0, overlap: bool = False) -> Sheet:
        """The sheet with a share of rows repeated: here and there (retries) or one run (overlaps)."""
        again = self._repeat_run(repeated) if overlap else self._repeat_scattered(repeated)
        if not len(again):
            return Sheet(self.columns, self._tally)
        order = np.concatenate([np.arange(self._rows), again])
        place = np.concatenate([np.arange(self._rows), again + (len(again) if overlap else 2)])
        order = order[np.argsort(place, kind="stable")]
        index = pa.array(order)
        self._tally.rows += len(again)
        self._tally.exact_duplicates += len(again)
        return Sheet({name: column.take(index) for name, column in self.columns.items()}, self._tally)

    def _repeat_scattered(self, share: float) -> Integers:
        whole = np.flatnonzero(~self._touched)
        return np.sort(self._rng.choice(whole, round(share * len(whole)), replace=False))

    def _repeat_run(self, share: float) -> Integers:
        whole = np.flatnonzero(~self._touched)
        length = round(share * len(whole))
        start = self._rng.integers(0, max(1, len(whole) - length))
        run: Integers = whole[start : start + length]
        return run

    def _overwrite(self, share: float, values: Mapping[str, Sequence[str | None]], exactly: int | None) -> Integers:
        rows = self._pick(share, exactly)
        for name, replacements in values.items():
            mask = np.zeros(self._rows, dtype=np.bool_)
            mask[rows] = True
            chosen = pool(replacements, self._rng.integers(0, len(replacements), len(rows)))
            column = self.columns[name]
            self.columns[name] = pc.replace_with_mask(column, pa.array(mask), chosen.cast(column.type))
        return rows

    def _pick(self, share: float, exactly: int | None) -> Integers:
        if self._rows < _DAMAGE_FROM:
            return np.zeros(0, dtype=np.int64)
        whole = np.flatnonzero(~self._touched)
        count = max(1, round(share * self._rows)) if exactly is None else exactly
        rows: Integers = np.sort(self._rng.choice(whole, min(count, len(whole)), replace=False))
        self._touched[rows] = True
        return rows

    @staticmethod
    def _count(counts: dict[str, int], reason: str, rows: int) -> None:
        if rows:
            counts[reason] = counts.get(reason, 0) + rows
