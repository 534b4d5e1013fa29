"""Conditions that can pick one customer out are for those who may see customers."""

from __future__ import annotations

from desireline.accounts import Right, SignedIn
from desireline.base import OneCustomerError, phrase
from desireline.interactions.condition import Condition, fields_of

OF_ONE_CUSTOMER = frozenset({"id", "text", "case", "occurred_at", "received_at"})
"""Fields whose values differ from record to record: a condition on them can pick one customer out."""


def picks_one_out(condition: Condition) -> bool:
    """Whether a condition asks for a field of single records."""
    return bool(fields_of(condition) & OF_ONE_CUSTOMER)


def check_many(user: SignedIn, condition: Condition, *, where: str) -> None:
    """Refuse a condition that can pick one customer out, to those who may not see customers.

    Parameters
    ----------
    where
        The name of the parameter, or the place in the document.

    Raises
    ------
    OneCustomerError
        It asks for a field of single records.
    """
    single = sorted(fields_of(condition) & OF_ONE_CUSTOMER)
    if single and not user.may(Right.SEE_CUSTOMERS):
        raise OneCustomerError(
            phrase(
                "{where}: expected a condition that many customers can meet, got one on {field}, which differs from record to record",
                where=where,
                field=single[0],
            ),
            hint=phrase("leave it out, or ask somebody who may see customers: the role analyst or admin"),
        )
