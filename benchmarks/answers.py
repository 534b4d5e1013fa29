"""Whether two peers answered the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_RELATIVE = 1e-9
_NAMED = {"flow": 2, "channels": 3}


def difference(question: str, ours: Sequence[Any], theirs: Sequence[Any], *, tolerance: float = 0.0) -> str | None:
    """The first difference in words, ``None`` where there is none.

    What a peer leaves open (null) is not compared.

    Parameters
    ----------
    question
        Rows of ``flow`` and ``channels`` are compared by their names, others by their order.
    tolerance
        By how much a number with a fraction may be off, in its own unit.
    """
    names = _NAMED.get(question, 0)
    own, other = _by_name(ours, names), _by_name(theirs, names)
    missing, more = sorted(own.keys() - other.keys(), key=str), sorted(other.keys() - own.keys(), key=str)
    if missing or more:
        return f"{len(missing)} missing, {len(more)} too many, such as {(missing + more)[0]}"
    for key, values in own.items():
        if not _same(values, other[key], tolerance):
            return f"{key}: expected {values}, got {other[key]}"
    return None


def _by_name(rows: Sequence[Any], names: int) -> dict[Any, Any]:
    if names:
        return {tuple(row[:names]): row[names:] for row in rows}
    return dict(enumerate(rows))


def _same(ours: Any, theirs: Any, tolerance: float) -> bool:
    if theirs is None:
        return True
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(
            _same(one, other, tolerance) for one, other in zip(ours, theirs, strict=True)
        )
    if isinstance(ours, float):
        return math.isclose(ours, theirs, rel_tol=_RELATIVE, abs_tol=tolerance)
    return bool(ours == theirs)
