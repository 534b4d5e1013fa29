"""The SQL of the package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desireline.interactions import tables as interaction_tables
from desireline.interactions.condition import column_sql
from desireline.interactions.log import query_log
from desireline.store import Workspace

_ANCHORS = "SELECT arrival, anchor FROM {log} WHERE arrival IN (SELECT unnest($arrivals::BIGINT[]))"


def filled_fields(workspace: Workspace, fields: Sequence[str]) -> frozenset[str]:
    """Those of some fields (``team``, ``attributes.plan``) that any interaction has a value of."""
    if not fields:
        return frozenset()
    parameters: dict[str, Any] = {}
    columns = ", ".join(f"coalesce(bool_or({column_sql(name, parameters)} IS NOT NULL), false)" for name in fields)
    (found,) = query_log(workspace, f"SELECT {columns} FROM {{log}}", **parameters)
    return frozenset(name for name, is_filled in zip(fields, found, strict=True) if is_filled)


def values_of_actor(workspace: Workspace) -> frozenset[str | None]:
    """Who acted, in any interaction; ``None``: some do not say."""
    return frozenset(value for (value,) in query_log(workspace, "SELECT DISTINCT actor FROM {log}"))


def identifiers_of(workspace: Workspace, arrivals: Sequence[int]) -> dict[int, str]:
    """``type:value`` that interactions were seen under, by arrival number; what was forgotten is left out."""
    anchors = dict(query_log(workspace, _ANCHORS, arrivals=list(arrivals)))
    with workspace.database.reading() as connection:
        values = interaction_tables.identifiers_with(connection, sorted(set(anchors.values())))
    return {arrival: ":".join(values[anchor]) for arrival, anchor in anchors.items() if anchor in values}
