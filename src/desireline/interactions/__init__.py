"""The shared noun: one contact between a customer and the company, and where all of them are kept.

An interaction never carries a customer. It carries the identifier it was seen under (its *anchor*) and the further
identifiers seen with it; who the customer is, the evidence says when the index is built.
"""

from desireline.interactions.accept import Batch, accept, next_arrival, open_recovered, recover
from desireline.interactions.condition import (
    All,
    Any_,
    Comparison,
    Condition,
    Not,
    condition_from_dict,
    condition_sql,
    condition_test,
    condition_text,
    condition_to_dict,
    fields_of,
    parse_condition,
)
from desireline.interactions.costs import ChannelCost, CostRow, Costs, CostSettings, currency_of_amounts, sum_costs
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
)
from desireline.interactions.model import FIELDS, Field, FieldKind, field_named
from desireline.interactions.proposing import Join, TaxonomyProposal, propose_taxonomy
from desireline.interactions.schema import interaction_schema
from desireline.interactions.taxonomy import Taxonomy, load_taxonomy, read_taxonomy, save_taxonomy

__all__ = [
    "FIELDS",
    "IDENTIFIER_TYPES",
    "All",
    "Any_",
    "Batch",
    "ChannelCost",
    "Comparison",
    "Condition",
    "CostRow",
    "CostSettings",
    "Costs",
    "Field",
    "FieldKind",
    "IdentifierSettings",
    "Join",
    "LogSummary",
    "Not",
    "Taxonomy",
    "TaxonomyProposal",
    "accept",
    "anchors",
    "condition_from_dict",
    "condition_sql",
    "condition_test",
    "condition_text",
    "condition_to_dict",
    "count_log",
    "currency_of_amounts",
    "field_named",
    "fields_of",
    "identifier_number",
    "interaction_schema",
    "load_taxonomy",
    "log_schema",
    "matching_arrivals",
    "next_arrival",
    "normalise",
    "open_recovered",
    "parse_condition",
    "propose_taxonomy",
    "read_interactions",
    "read_taxonomy",
    "recover",
    "save_taxonomy",
    "sum_costs",
]
