"""Accepting and rejecting proposed edits."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.evidence.edits import in_order
from desireline.evidence.proposals import Proposal, Proposals
from desireline.evidence.rejections import forget, reject
from desireline.maps import Document, check_document


def decide(
    document: Document,
    proposals: Proposals,
    *,
    accepted: Sequence[str] = (),
    rejected: Sequence[str] = (),
    because: str | None = None,
) -> Document:
    """The map after proposals were accepted and rejected; all of them or none.

    Parameters
    ----------
    document
        The map that the proposals are for. Its comments and order stay.
    accepted, rejected
        Ids of proposals; those that were rejected before may be accepted now, and those that were discarded.
    because
        Why they are rejected.

    Raises
    ------
    UnknownNameError
        There is no such proposal; near ids are in the hint.
    InputError
        One is accepted and rejected, two cannot be accepted together, or the map would break its schema.
    """
    both = sorted(set(accepted) & set(rejected))
    if both:
        raise InputError(phrase("expected to accept or to reject {both}, got both", both=both[0]))
    taken, refused = _named(proposals, accepted), _named(proposals, rejected)
    day = None if proposals.last is None else proposals.last.isoformat()
    found = document
    for edit in in_order([each.edit for each in taken]):
        found = found.changed(edit.apply)
    if taken:
        found = found.changed(lambda tree: forget(tree, [each.id for each in taken]))
    if refused:
        found = found.changed(lambda tree: reject(tree, refused, because=because, day=day))
    check_document(found)
    return found


def _named(proposals: Proposals, ids: Sequence[str]) -> list[Proposal]:
    known = {each.id: each for each in (*proposals.proposals, *proposals.rejected, *proposals.discarded)}
    for ident in ids:
        if ident not in known:
            close = closest_names(ident, known)
            listed = f"did you mean {', '.join(close)}?" if close else f"there are: {', '.join(known) or 'none'}"
            raise UnknownNameError(
                phrase("there is no proposal {ident!r} for the map {map!r}", ident=ident, map=proposals.map),
                hint=listed,
            )
    return [known[ident] for ident in dict.fromkeys(ids)]
