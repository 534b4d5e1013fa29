"""How the tree of a map lies in a shared document, the same in ``web/src/maps/editor/model``.

Every kind of thing has one shared map. A field of a thing is one entry of it, ``<id>/<field>``, with a plain value: whoever writes a field
last has written it, and two people who write different fields of one thing both have. A thing knows what holds it and where it
stands (``$at``), so that moving it, to another phase too, changes one entry. What is removed stays and is marked (``$gone``).
"""

from __future__ import annotations

from collections.abc import Mapping

ROOT = "map"
"""The shared map with the fields of the map itself; its entries have no id."""
LISTS: Mapping[str, Mapping[str, str]] = {
    ROOT: {
        "personas": "personas",
        "metrics": "metrics",
        "opportunities": "opportunities",
        "phases": "phases",
        "lanes": "lanes",
    },
    "phases": {"steps": "steps"},
    "lanes": {"cells": "cells"},
    "cells": {"claims": "claims", "touchpoints": "touchpoints"},
    "claims": {"evidence": "evidence"},
    "opportunities": {"solutions": "solutions"},
    "solutions": {"tasks": "tasks"},
}
"""By kind of thing: its fields that list things, and what those are. An entry for such a field says only that it is there."""
KINDS = (
    "phases",
    "steps",
    "lanes",
    "cells",
    "claims",
    "evidence",
    "touchpoints",
    "personas",
    "metrics",
    "opportunities",
    "solutions",
    "tasks",
)
WITHOUT_IDS = frozenset({"claims", "evidence", "touchpoints", "solutions", "tasks"})
"""Things that have no id in the tree, or one that only what holds them has once, which is a field like others; in the shared document
they have one: that of what holds them, a point, letters."""
NAMED_ONLY = frozenset({"personas", "metrics", "opportunities"})
"""Things that may be named by their id only."""
AT = "$at"
"""``[what holds it, its place]``; "" where the map itself holds it."""
GONE = "$gone"
"""Set where it was removed: what it and everything in it said then, as :func:`desireline.maps.together.living.stamp` of each."""
SHORT = "$short"
"""Set where the tree has a text instead of fields: a claim that is only its text, a persona that is only its id."""
_OWN = frozenset({AT, GONE, SHORT})

FIELDS: Mapping[str, tuple[str, ...]] = {
    ROOT: (
        "desireline", "id", "title", "summary", "goal", "level", "state", "language", "scope", "journey", "owner",
        "review_date", "reviewed", "reviewed_by", "tags", "parent", "future", "lint", "proposals", "personas", "metrics", "opportunities",
        "phases", "lanes",
    ),
    "phases": ("id", "name", "goal", "steps"),
    "steps": ("id", "name", "summary", "optional", "next", "moment_of_truth", "binding", "metrics", "map"),
    "lanes": ("id", "role", "label", "persona", "line", "cells"),
    "cells": (
        "id", "step", "until", "claims", "emotion", "word", "tension", "touchpoints", "picture", "opportunities",
    ),
    "claims": ("text", "confidence", "reviewed", "evidence", "opportunities"),
    "evidence": ("kind", "source", "quote", "n", "date", "address"),
    "touchpoints": ("name", "channel"),
    "personas": ("id", "name"),
    "metrics": ("id", "name", "summary", "kind", "unit", "direction", "target", "attention", "owner", "values"),
    "opportunities": (
        "id", "title", "summary", "customer_value", "business_value", "effort", "reach", "impact", "confidence", "ease",
        "person_months", "metrics", "evidence", "status", "owner", "solutions",
    ),
    "solutions": ("id", "title", "summary", "status", "shipped", "tasks"),
    "tasks": ("id", "title", "department", "owner", "due", "kpi", "status"),
}  # fmt: skip
"""In which order fields that are new are written; others come behind, by name."""


def stored_name(field: str) -> str:
    """The name under which a field of a tree is stored: one that begins with ``$`` gets another one."""
    return f"${field}" if field.startswith("$") else field


def tree_name(name: str) -> str | None:
    """The field of the tree that is stored under a name; ``None``: it is one of ours."""
    if name in _OWN:
        return None
    return name[1:] if name.startswith("$") else name
