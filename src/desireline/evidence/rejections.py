"""Proposals that somebody rejected: kept in the map, under ``proposals: rejected``, with the numbers of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desireline.evidence.edits import Tree
from desireline.evidence.proposals import Proposal
from desireline.maps import Document


def rejections_of(document: Document) -> dict[str, float]:
    """By id of a proposal the share that spoke for it when it was rejected."""
    said = document.tree.get("proposals") or {}
    return {each["id"]: float(each.get("share", 0.0)) for each in said.get("rejected") or ()}


def is_hidden(proposal: Proposal, rejected: Mapping[str, float], changed: float) -> bool:
    """Whether it was rejected, and its share is not further than ``changed`` from what it was then."""
    return proposal.id in rejected and abs(proposal.share.value - rejected[proposal.id]) <= changed


def reject(tree: Tree, proposals: Sequence[Proposal], *, because: str | None, day: str | None) -> None:
    """Remember in a document's tree, in place, that proposals were rejected; one that was rejected before gets its new numbers."""
    forget(tree, [each.id for each in proposals])
    entries = tree.setdefault("proposals", {}).setdefault("rejected", [])
    for proposal in proposals:
        entry: dict[str, Any] = {"id": proposal.id}
        if because:
            entry["because"] = because
        entry["n"], entry["share"] = proposal.candidate.of, round(proposal.share.value, 4)
        if day is not None:
            entry["date"] = day
        entries.append(entry)


def forget(tree: Tree, ids: Sequence[str]) -> None:
    """Remove what was said of some proposals, in place."""
    said = tree.get("proposals")
    if not said or not any(each["id"] in ids for each in said.get("rejected") or ()):
        return
    said["rejected"] = [each for each in said["rejected"] if each["id"] not in ids]
    if not said["rejected"]:
        del said["rejected"]
    if not said:
        del tree["proposals"]
