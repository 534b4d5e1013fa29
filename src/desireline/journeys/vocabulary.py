"""The words that questions are made of: touchpoints and channels with their counts, fields of conditions and their values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desireline.base import InputError, UnknownNameError, closest_names, phrase
from desireline.interactions import count_log
from desireline.interactions.condition import ATTRIBUTE_PREFIX, column_sql
from desireline.interactions.log import query_log
from desireline.interactions.model import READABLE_FIELDS
from desireline.interactions.one_customer import OF_ONE_CUSTOMER, OF_STAFF
from desireline.interactions.presence import fields_with_values
from desireline.journeys.answering import answers_of
from desireline.journeys.definitions import read_definitions
from desireline.journeys.index import open_index
from desireline.journeys.questions.flow import flow
from desireline.journeys.smallest_group import is_small
from desireline.store import Workspace

MOST_VALUES = 100
_FEWEST_IDENTIFIERS = 2
"""A value that was seen under fewer identifiers is not told: it could belong to one customer."""


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A touchpoint or channel, how often it occurs, and to how many customers; ``None``: to too few to be told."""

    name: str
    interactions: int
    customers: int | None
    stage: str | None = None

    def told(self, fewest: int) -> NamedCount:
        """As it is told to somebody who sees numbers of so many customers and more."""
        is_told = self.customers is None or not is_small(self.customers, fewest)
        return self if is_told else replace(self, customers=None)


@dataclass(frozen=True, slots=True)
class JourneyName:
    """A journey definition by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class VocabularyNames:
    """What a question can name.

    Attributes
    ----------
    timezone
        By whose clock days begin.
    interactions, customers
        How many there are.
    first_at, last_at
        Where the record begins and ends; ``None`` where it is empty.
    touchpoints, channels
        Most interactions first.
    stages
        In their order.
    journeys
        In the order of their definitions.
    """

    timezone: str
    interactions: int
    customers: int
    first_at: datetime | None
    last_at: datetime | None
    touchpoints: tuple[NamedCount, ...]
    channels: tuple[NamedCount, ...]
    stages: tuple[str, ...]
    journeys: tuple[JourneyName, ...]

    def told(self, fewest: int) -> VocabularyNames:
        """As they are told to somebody who sees numbers of so many customers and more."""
        touchpoints, channels = (tuple(each.told(fewest) for each in of) for of in (self.touchpoints, self.channels))
        return replace(self, touchpoints=touchpoints, channels=channels)


@dataclass(frozen=True, slots=True)
class ConditionField:
    """A field that conditions can ask for.

    Attributes
    ----------
    kind
        text, number, time or choice.
    unit
        Of a number.
    choices
        Of a choice.
    single
        Whether its values differ from record to record, so that only those who see customers may ask for it.
    staff
        Whether its values name members of staff, so that only those who see customers may ask for it.
    """

    name: str
    kind: str
    meaning: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    single: bool = False
    staff: bool = False


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a field, and how many interactions have it."""

    value: str
    interactions: int


def names_of_workspace(workspace: Workspace) -> VocabularyNames:
    """Everything that a question can name, kept while nothing changes."""
    return answers_of(workspace).keep("vocabulary", lambda _: _names(workspace)).answer


def condition_fields(workspace: Workspace) -> tuple[ConditionField, ...]:
    """The fields that some interaction has a value of, kept while nothing changes."""
    return answers_of(workspace).keep("fields", lambda _: _fields(workspace)).answer


def values_of_field(
    workspace: Workspace, field: str, *, containing: str = "", fewest: int = _FEWEST_IDENTIFIERS
) -> tuple[FieldValue, ...]:
    """The most frequent values of a text field, at most :data:`MOST_VALUES`.

    Parameters
    ----------
    containing
        Only values in which this occurs; capitals do not count.
    fewest
        Only values that were seen under so many identifiers, two at least.

    Raises
    ------
    UnknownNameError
        There is no such field.
    InputError
        Its values are numbers or times, or differ from record to record.
    """
    _check_listed(field)
    least = max(fewest, _FEWEST_IDENTIFIERS)
    key = ("values", field, containing.casefold(), least)
    return answers_of(workspace).keep(key, lambda _: _values(workspace, field, containing, least)).answer


def _names(workspace: Workspace) -> VocabularyNames:
    summary, index = count_log(workspace), open_index(workspace)
    names = index.names
    stages = {
        name: names.stages[stage] for name, stage in zip(names.touchpoints, names.stage_of, strict=False) if stage >= 0
    }
    nodes = [flow(workspace, by=by, medians="none").nodes for by in ("touchpoint", "channel")]
    touchpoints, channels = (
        tuple(
            NamedCount(each.name, each.interactions, each.customers, stages.get(each.name))
            for each in sorted(counted, key=lambda each: (-each.interactions, each.name))
        )
        for counted in nodes
    )
    return VocabularyNames(
        timezone=workspace.timezone,
        interactions=summary.interactions,
        customers=index.customers,
        first_at=summary.first_at,
        last_at=summary.record_end,
        touchpoints=touchpoints,
        channels=channels,
        stages=names.stages,
        journeys=tuple(JourneyName(each.ident, each.name) for each in read_definitions(workspace)),
    )


def _fields(workspace: Workspace) -> tuple[ConditionField, ...]:
    always = ("touchpoint", "channel", "source", "occurred_at")
    found = dict.fromkeys((*always, *fields_with_values(workspace)))
    return tuple(_field(name) for name in found if not name.startswith("raw_"))


def _field(name: str) -> ConditionField:
    if name.startswith(ATTRIBUTE_PREFIX):
        return ConditionField(name, "text", "An attribute that the source gave.")
    known = READABLE_FIELDS[name]
    return ConditionField(
        name,
        known.kind,
        known.meaning,
        known.unit,
        known.choices,
        single=name in OF_ONE_CUSTOMER,
        staff=name in OF_STAFF,
    )


def _check_listed(field: str) -> None:
    if field.startswith(ATTRIBUTE_PREFIX):
        return
    known = READABLE_FIELDS.get(field)
    if known is None:
        close = closest_names(field, READABLE_FIELDS)
        raise UnknownNameError(
            phrase("an interaction has no field {field!r}", field=field),
            hint=phrase("did you mean {close}?", close=", ".join(close)) if close else None,
        )
    if known.kind not in ("text", "choice") or field in OF_ONE_CUSTOMER:
        raise InputError(phrase("expected a field with few texts, such as channel, got {field!r}", field=field))


def _values(workspace: Workspace, field: str, containing: str, fewest: int) -> tuple[FieldValue, ...]:
    if not count_log(workspace).interactions:
        return ()
    parameters: dict[str, object] = {"fewest": fewest, "most": MOST_VALUES}
    column = column_sql(field, parameters)
    test = "" if not containing else f"AND contains(lower({column}), lower($containing))"
    if containing:
        parameters["containing"] = containing
    rows = query_log(
        workspace,
        f"WITH named AS (SELECT {column} AS name, anchor FROM {{log}} WHERE {column} IS NOT NULL {test}) "
        "SELECT name, count(*) AS interactions FROM named "
        "GROUP BY name HAVING count(DISTINCT anchor) >= $fewest ORDER BY interactions DESC, name LIMIT $most",
        **parameters,
    )
    return tuple(FieldValue(str(value), int(count)) for value, count in rows)
