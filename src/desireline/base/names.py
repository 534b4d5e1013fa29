"""Near matches, for messages about a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest_names(name: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """The known names that are spelled most like ``name``, best first.

    Capitals do not count, and a known name that contains the first four letters of ``name`` counts as close. Where none is,
    words of known names are looked at.

    >>> closest_names("chekout", ["Checkout", "Payment"])
    ['Checkout']
    >>> closest_names("chekout", ["Payment", "Checkout abandoned"])
    ['Checkout abandoned']
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = name.casefold()
    close = get_close_matches(folded, by_folded, n=count, cutoff=0.6)
    containing = [candidate for candidate in by_folded if folded[:4] and folded[:4] in candidate]
    ordered = list(dict.fromkeys([*close, *sorted(containing)])) or _by_words(folded, by_folded)
    return [by_folded[candidate] for candidate in ordered[:count]]


def _by_words(name: str, known: Iterable[str]) -> list[str]:
    """The known names of which as many words in a row as ``name`` has are spelled like it, best first, then by name."""
    length = len(name.split())
    if not length:
        return []
    parts: dict[str, list[str]] = {}
    for candidate in sorted(known):
        words = candidate.split()
        for start in range(len(words) - length + 1):
            parts.setdefault(" ".join(words[start : start + length]), []).append(candidate)
    close = get_close_matches(name, parts, n=5, cutoff=0.75)
    return list(dict.fromkeys(candidate for part in close for candidate in parts[part]))
