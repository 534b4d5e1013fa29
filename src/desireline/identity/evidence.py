"""The evidence of a workspace, read from its operational database."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.identity.model import Evidence
from desireline.interactions import IdentifierSettings
from desireline.interactions import tables as interaction_tables
from desireline.kernels.arrays import different
from desireline.store import Workspace

_NOTHING = np.empty(0, np.int64)


def read_evidence(workspace: Workspace, *, batches: range | None = None) -> Evidence:
    """All evidence of whole imports; what a setting blocks today is left out, also of the past.

    Parameters
    ----------
    batches
        Only what came with these. It may take back what an earlier one observed: then observations are 0 or less.
    """
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    with workspace.database.reading() as connection:
        observed = interaction_tables.evidence_columns(connection, among=batches)
        if batches is None:
            types = interaction_tables.types_of_evidence(connection)
        else:
            types = interaction_tables.types_of_some(connection, different(observed.first, observed.second))
        blocked = interaction_tables.identifiers_of_values(connection, settings.blocked)
    if not len(observed.first):
        return Evidence(_NOTHING, (), _NOTHING, np.empty((0, 2), np.int64), _NOTHING, _NOTHING)
    keep = ~(np.isin(observed.first, blocked) | np.isin(observed.second, blocked))
    first, second = observed.first[keep], observed.second[keep]
    pairs, first_at, observations = grouped(first, second, observed.first_at[keep], observed.observations[keep])
    if batches is None:
        pairs, first_at, observations = (each[observations > 0] for each in (pairs, first_at, observations))
    identifiers = different(pairs.ravel())
    names = tuple(sorted(set(types.names)))
    codes = np.array([names.index(name) for name in types.names], np.int64)[types.codes]
    order = np.searchsorted(types.identifiers, identifiers)
    return Evidence(
        identifiers=identifiers,
        types=names,
        type_codes=codes[order],
        pairs=np.searchsorted(identifiers, pairs),
        first_at=first_at,
        observations=observations,
    )


def grouped(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    first_at: NDArray[np.int64],
    observations: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The same pair from several sources and imports as one."""
    order = np.lexsort((second, first))
    first, second, first_at, observations = first[order], second[order], first_at[order], observations[order]
    new = np.ones(len(first), np.bool_)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    starts = np.flatnonzero(new)
    if not len(starts):
        return np.empty((0, 2), np.int64), _NOTHING, _NOTHING
    pairs = np.stack([first[starts], second[starts]], axis=1)
    return pairs, np.minimum.reduceat(first_at, starts), np.add.reduceat(observations, starts)
