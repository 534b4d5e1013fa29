"""The shared noun: one contact between a customer and the company, and where all of them are kept.

An interaction never carries a customer. It carries the identifier it was seen under (its *anchor*) and the further
identifiers seen with it; who the customer is, the evidence says when the index is built.
"""

from desireline.interactions.accept import Batch, accept, next_arrival, open_recovered, recover
from desireline.interactions.condition import (
    Condition,
    condition_from_dict,
    condition_sql,
    condition_test,
    condition_to_dict,
    parse_condition,
)
from desireline.interactions.identifiers import (
    IDENTIFIER_TYPES,
    IdentifierSettings,
    identifier_number,
    normalise,
)
from desireline.interactions.log import (
    LogSummary,
    anchors,
    count_log,
    log_schema,
    matching_arrivals,
    read_interactions,
    time_span_of_sources,
)
from desireline.interactions.model import FIELDS, Field, FieldKind, field_named
from desireline.interactions.schema import interaction_schema

__all__ = [
    "FIELDS",
    "IDENTIFIER_TYPES",
    "Batch",
    "Condition",
    "Field",
    "FieldKind",
    "IdentifierSettings",
    "LogSummary",
    "accept",
    "anchors",
    "condition_from_dict",
    "condition_sql",
    "condition_test",
    "condition_to_dict",
    "count_log",
    "field_named",
    "identifier_number",
    "interaction_schema",
    "log_schema",
    "matching_arrivals",
    "next_arrival",
    "normalise",
    "open_recovered",
    "parse_condition",
    "read_interactions",
    "recover",
    "time_span_of_sources",
]
