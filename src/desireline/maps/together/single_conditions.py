"""Conditions in a shared document that can pick one customer out: what somebody writes who may not see customers is undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pycrdt import Map

from desireline.maps.one_customer import single_conditions
from desireline.maps.together.shape import KINDS, ROOT, tree_name
from desireline.maps.together.trees import SharedDoc

Fields = Mapping[tuple[str, str], Any]
"""By kind of thing and entry of its shared map: what holds a condition."""
_CONDITIONS = frozenset({"where", "segment"})


def condition_fields(doc: SharedDoc) -> Fields:
    """What can hold a condition in a shared document: fields that are conditions, and all that hold fields or entries."""
    return {
        (kind, key): value
        for kind in (ROOT, *KINDS)
        for key, value in (doc.get(kind, type=Map).to_py() or {}).items()
        if isinstance(value, dict | list) or _field(key) in _CONDITIONS
    }


def undo_single_conditions(doc: SharedDoc, before: Fields) -> bool:
    """Put back what held no condition on single records before, and does now; whether there was something.

    Parameters
    ----------
    before
        What :func:`condition_fields` gave before the change.
    """
    known = frozenset[str]().union(*(_single(place, value) for place, value in before.items()))
    after = condition_fields(doc)
    changed = [place for place, value in after.items() if value != before.get(place)]
    refused = [place for place in changed if _single(place, after[place]) - known]
    with doc.transaction():
        for kind, key in refused:
            shared = doc.get(kind, type=Map)
            if (kind, key) in before:
                shared[key] = before[kind, key]
            else:
                del shared[key]
    return bool(refused)


def _single(place: tuple[str, str], value: Any) -> frozenset[str]:
    return single_conditions({_field(place[1]): value})


def _field(key: str) -> str:
    """The field of an entry, as the tree names it."""
    name = key.rpartition("/")[2]
    return tree_name(name) or name
