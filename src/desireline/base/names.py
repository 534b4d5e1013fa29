"""Near matches, for messages about a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def closest_names(name: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """The known names that are spelled most like ``name``, best first.

    Capitals do not count, and a known name that contains the first four letters of ``name`` counts as close.

    >>> closest_names("chekout", ["Checkout started", "Checkout", "Payment"])
    ['Checkout', 'Checkout started']
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = name.casefold()
    close = get_close_matches(folded, by_folded, n=count, cutoff=0.6)
    containing = [candidate for candidate in by_folded if folded[:4] and folded[:4] in candidate]
    ordered = list(dict.fromkeys([*close, *sorted(containing)]))
    return [by_folded[candidate] for candidate in ordered[:count]]
