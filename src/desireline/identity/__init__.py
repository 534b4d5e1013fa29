"""Who an interaction belongs to: evidence that identifiers are one customer, and the policy that weighs it.

Nothing here is ever written onto an interaction, so a join can be cut, or a policy changed, and the past is right again
with the next index.
"""

from desireline.identity.evidence import read_evidence
from desireline.identity.explain import (
    cut,
    find_customers,
    find_identifier,
    identifier_numbered,
    show_customer,
    show_numbered,
    uncut,
)
from desireline.identity.finding import Found, FoundCustomer, search
from desireline.identity.known import KnownCustomers, know_customers, know_more
from desireline.identity.model import Customers, CustomerView, Cut, Evidence, Link, NamedIdentifier
from desireline.identity.policy import Policy, TypePolicy
from desireline.identity.resolve import resolve
from desireline.identity.summary import IdentitySummary, TypeSummary, summarise

__all__ = [
    "CustomerView",
    "Customers",
    "Cut",
    "Evidence",
    "Found",
    "FoundCustomer",
    "IdentitySummary",
    "KnownCustomers",
    "Link",
    "NamedIdentifier",
    "Policy",
    "TypePolicy",
    "TypeSummary",
    "cut",
    "find_customers",
    "find_identifier",
    "identifier_numbered",
    "know_customers",
    "know_more",
    "read_evidence",
    "resolve",
    "search",
    "show_customer",
    "show_numbered",
    "summarise",
    "uncut",
]
