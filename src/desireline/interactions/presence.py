"""Whether anything in the log meets a comparison, and what is there instead: for messages about names that are spelled wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desireline.base import Phrase, closest_names, phrase
from desireline.interactions.condition import (
    ATTRIBUTE_PREFIX,
    All,
    Any_,
    Comparison,
    Condition,
    Not,
    Scalar,
    column_sql,
    condition_sql,
    condition_test,
    fields_of,
)
from desireline.interactions.log import log_relation, sampled_names
from desireline.interactions.model import FIELDS, READABLE_FIELDS
from desireline.interactions.taxonomy import read_taxonomy
from desireline.store import Workspace, ask_duckdb

_OF_SINGLE_RECORDS = frozenset({"id", "text", "case"})
_ALWAYS_FILLED = frozenset(field.name for field in FIELDS if field.required) | {"raw_touchpoint", "raw_channel"}
_NAMES = frozenset({"touchpoint", "channel", "stage", "raw_touchpoint", "raw_channel"})
_SHOWN_TO_ALL = frozenset({"touchpoint", "channel", "stage"})
"""Fields whose values are told to everybody who may look."""
_SAMPLED = 1_000_000
"""Near fields are looked for in so many interactions."""
_MOST_OFFERED_FROM = 10_000
"""Near names are looked for among so many different values."""


class NearValues(str):
    """Values that are spelled nearly as one that no interaction has, with commas.

    Attributes
    ----------
    identifiers
        Under how many identifiers each of them was seen.
    """

    __slots__ = ("identifiers",)
    identifiers: Mapping[str, int]


def note_without_rare(note: str, fewest: int) -> str:
    """A note on an absent name without the near values that were seen under fewer identifiers.

    Parameters
    ----------
    note
        One of :func:`absent_names`; any other text stays as it is.
    """
    near = note.holes.get("near") if isinstance(note, Phrase) else None
    if fewest <= 1 or not isinstance(note, Phrase) or not isinstance(near, NearValues):
        return note
    return _perhaps(note.holes["absent"], {name: n for name, n in near.identifiers.items() if n >= fewest})


def absent_names(workspace: Workspace, condition: Condition) -> list[str]:
    """What a condition names that no interaction has: a sentence for each field and value, with near names. None for an empty log.

    Looked at are fields, and values that texts, choices and attributes are compared with; not those of ``id``, ``case`` and
    ``text``, which differ from record to record. What is there is found at its first occurrence; what is not, costs a reading of
    the log.
    """
    if not _is_met(workspace, All(())):
        return []
    told: list[str] = []
    for comparison in _comparisons(condition):
        if not has_values(workspace, comparison.field):
            told.append(_absent_field(workspace, comparison.field))
        else:
            told += [_absent_value(workspace, each) for each in _of_names(comparison) if not _is_met(workspace, each)]
    return list(dict.fromkeys(told))


def has_values(workspace: Workspace, field: str) -> bool:
    """Whether any interaction has a value of a field or attribute."""
    return field in _ALWAYS_FILLED or _is_met(workspace, Comparison(field, "exists"))


def fields_with_values(workspace: Workspace) -> list[str]:
    """The fields and attributes of which any of a sample of the log has a value, without those that all have."""
    optional = [name for name in READABLE_FIELDS if name not in _ALWAYS_FILLED]
    relation, parameters = log_relation(workspace)
    sample = f"(SELECT * FROM {relation} LIMIT {_SAMPLED})"
    counts = ", ".join(f"count({column_sql(name, parameters)})" for name in optional)
    with ask_duckdb() as connection:
        filled = connection.execute(f"SELECT {counts} FROM {sample}", parameters).fetchone() or ()
        names = connection.execute(
            f"SELECT DISTINCT unnest(map_keys(attributes)) AS name FROM {sample} ORDER BY name", parameters
        ).fetchall()
    found = [name for name, count in zip(optional, filled, strict=True) if count]
    return [*found, *(f"{ATTRIBUTE_PREFIX}{name}" for (name,) in names)]


def near_fields(workspace: Workspace, field: str) -> list[str]:
    """The fields and attributes that some interaction has and that are spelled most like one that none has, best first."""
    by_name = {name.removeprefix(ATTRIBUTE_PREFIX): name for name in fields_with_values(workspace)}
    return [by_name[name] for name in closest_names(field.removeprefix(ATTRIBUTE_PREFIX), by_name)]


def _is_met(workspace: Workspace, condition: Condition) -> bool:
    return _is_met_in_sample(workspace, condition) or _is_met_in_log(workspace, condition)


def _is_met_in_sample(workspace: Workspace, condition: Condition) -> bool:
    """Whether interactions of a sample, of which the names are kept, meet a condition about names."""
    if not fields_of(condition) <= _NAMES:
        return False
    test, taxonomy = condition_test(condition), read_taxonomy(workspace)
    pairs = sampled_names(workspace)
    return any(test(taxonomy.applied({"touchpoint": name, "channel": channel})) for name, channel in pairs)


def _is_met_in_log(workspace: Workspace, condition: Condition) -> bool:
    relation, parameters = log_relation(workspace)
    test = condition_sql(condition, parameters)
    with ask_duckdb() as connection:
        return connection.execute(f"SELECT 1 FROM {relation} WHERE {test} LIMIT 1", parameters).fetchone() is not None


def _comparisons(condition: Condition) -> list[Comparison]:
    match condition:
        case Comparison():
            return [condition]
        case Not(part):
            return _comparisons(part)
        case All(parts) | Any_(parts):
            return [each for part in parts for each in _comparisons(part)]


def _of_names(comparison: Comparison) -> list[Comparison]:
    """A comparison for each name in it, which any interaction with that name meets."""
    field = comparison.field
    is_attribute = field.startswith(ATTRIBUTE_PREFIX)
    if not is_attribute and (READABLE_FIELDS[field].kind not in ("text", "choice") or field in _OF_SINGLE_RECORDS):
        return []
    if comparison.operator in ("contains", "starts_with"):
        return [comparison]
    if comparison.operator not in ("equals", "not_equals", "in"):
        return []
    values = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    return [Comparison(field, "equals", value) for value in values]


def _absent_field(workspace: Workspace, field: str) -> str:
    return _perhaps(phrase("no interaction has {field}", field=field), near_fields(workspace, field))


def _absent_value(workspace: Workspace, comparison: Comparison) -> str:
    field, value = comparison.field, comparison.value
    assert value is not None
    assert not isinstance(value, tuple)
    if comparison.operator in ("contains", "starts_with"):
        return phrase(
            "no interaction has a {field} that contains {value!r}"
            if comparison.operator == "contains"
            else "no interaction has a {field} that starts with {value!r}",
            field=field,
            value=value,
        )
    joined = _joined_as(workspace, field, value)
    if joined is not None:
        return phrase(
            "no interaction has {field} {value!r}: the taxonomy counts it as {joined!r}",
            field=field,
            value=value,
            joined=joined,
        )
    known = _values(workspace, field)
    absent = phrase("no interaction has {field} {value}", field=field, value=_shown(value))
    near = {repr(each): known[each] for each in _near(value, sorted(known))}
    return _perhaps(absent, list(near) if field in _SHOWN_TO_ALL else near)


def _joined_as(workspace: Workspace, field: str, value: Scalar) -> str | None:
    taxonomy = read_taxonomy(workspace)
    table = {"touchpoint": taxonomy.touchpoints, "channel": taxonomy.channels}.get(field, {})
    return table.get(str(value))


def _near(value: Scalar, known: Sequence[str]) -> list[str]:
    return closest_names(value, known) if isinstance(value, str) else []


def _values(workspace: Workspace, field: str) -> dict[str, int]:
    """Values, and under how many identifiers each was seen."""
    relation, parameters = log_relation(workspace)
    column = column_sql(field, parameters)
    query = (
        f"SELECT {column} AS name, count(DISTINCT anchor) FROM {relation} WHERE {column} IS NOT NULL "
        f"GROUP BY name LIMIT {_MOST_OFFERED_FROM}"
    )
    with ask_duckdb() as connection:
        return {str(value): count for value, count in connection.execute(query, parameters).fetchall()}


def _shown(value: Scalar) -> str:
    return f"{value:g}" if isinstance(value, float) else repr(value)


def _perhaps(absent: Phrase, close: Sequence[str] | Mapping[str, int]) -> Phrase:
    """With near names: a mapping says under how many identifiers each was seen."""
    if not close:
        return absent
    near = ", ".join(close)
    if isinstance(close, Mapping):
        near = NearValues(near)
        near.identifiers = close
    return phrase("{absent}; did you mean {near}?", absent=absent, near=near)
