"""Columns of exports whose header is worded in several ways."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from desireline.sources.formats.model import Record


def column(record: Record, *names: str) -> str:
    """The column of the record that has one of the names, in whatever case; the first name where there is none.

    >>> column({"Created (UTC)": "2026-03-01"}, "Created date (UTC)", "created (utc)")
    'Created (UTC)'
    """
    return _column(tuple(record), names)


def in_small_letters(names: Iterable[str]) -> frozenset[str]:
    """Names of columns, to be compared without regard to case.

    >>> sorted(in_small_letters({"Paid at", " Name"}))
    ['name', 'paid at']
    """
    return frozenset(name.strip().lower() for name in names)


@lru_cache(maxsize=4096)
def _column(columns: tuple[str, ...], names: tuple[str, ...]) -> str:
    spelled = _spelled(columns)
    return next((spelled[name.lower()] for name in names if name.lower() in spelled), names[0])


@lru_cache(maxsize=64)
def _spelled(names: tuple[str, ...]) -> dict[str, str]:
    return {name.strip().lower(): name for name in names}
