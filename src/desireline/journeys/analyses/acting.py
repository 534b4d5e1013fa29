"""What customers do themselves, told from what the company does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from desireline.journeys.model import Names, Part, Spans, Whose
from desireline.journeys.spans import end_of, rows_of, those
from desireline.kernels.arrays import read_only

ACTING_FIELDS = ("actor", "direction")
_NOT_ACTING = {"actor": ("agent", "system"), "direction": ("outbound", "internal")}


@dataclass(frozen=True, slots=True, eq=False)
class Acting:
    """Tells interactions that are something the customer did: not what the company sent, noted or did for itself.

    Attributes
    ----------
    by_code
        For each field that tells, bool[codes + 1] by its codes, the last of a missing one. No field: everything is the customer's.
    """

    by_code: Mapping[str, NDArray[np.bool_]]

    def of(self, part: Part) -> NDArray[np.bool_]:
        """bool[n]."""
        done = np.ones(len(part.times), np.bool_)
        for field, is_own in self.by_code.items():
            done &= is_own[part.field(field)]
        return read_only(done)

    def spans(self, spans: Spans) -> Spans:
        """The spans without what the company did."""
        return those(spans, self.of(spans.part)) if self.by_code else spans


def acting_of(names: Names, whose: Whose = "customer") -> Acting:
    """What customers did; with "anybody" all there is. A field in which nothing is the company's is not read."""
    if whose == "anybody":
        return Acting({})
    by_code = {
        field: np.array([value not in others for value in names.values.get(field, ())] + [True], np.bool_)
        for field, others in _NOT_ACTING.items()
    }
    return Acting({field: read_only(is_own) for field, is_own in by_code.items() if not is_own.all()})


@dataclass(frozen=True, slots=True, eq=False)
class CountedRows:
    """Which interactions of a part count.

    Attributes
    ----------
    roles
        bool[n] for each role.
    left_out
        Interactions in spans that do not count where no touchpoint is named, because the company did them.
    """

    roles: tuple[NDArray[np.bool_], ...]
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """Which interactions count in several roles.

    Attributes
    ----------
    roles
        bool[touchpoints] for each role; ``None``: no touchpoint is named.
    acting
        What counts in a role without touchpoints. In the others everything at a touchpoint counts, whoever did it.
    record_end
        What came later counts in no role; ``None``: everything may.
    """

    roles: tuple[NDArray[np.bool_] | None, ...]
    acting: Acting
    record_end: datetime | None = None

    def of(self, spans: Spans) -> CountedRows:
        """The interactions of one part."""
        touchpoints = spans.part.touchpoints
        known = None if self.record_end is None else spans.part.times <= end_of(spans, self.record_end)
        if all(is_named is not None for is_named in self.roles):
            named = (each[touchpoints] for each in self.roles if each is not None)
            return CountedRows(tuple(_both(each, known) for each in named), 0)
        done = self.acting.of(spans.part)
        roles = tuple(_both(done if each is None else each[touchpoints], known) for each in self.roles)
        return CountedRows(roles, int((~done[rows_of(spans)]).sum()) if self.acting.by_code else 0)


def _both(marks: NDArray[np.bool_], others: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    return read_only(marks if others is None else marks & others)
