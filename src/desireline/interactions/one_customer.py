"""Conditions that can pick one customer out, or are about one member of staff, are for those who may see customers."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.accounts import Right, SignedIn
from desireline.base import OneCustomerError, StaffError, phrase
from desireline.interactions.condition import All, Any_, Comparison, Condition, Not, fields_of

OF_ONE_CUSTOMER = frozenset({"id", "text", "case", "occurred_at", "received_at"})
"""Fields whose values differ from record to record: a condition on them can pick one customer out."""

OF_STAFF = frozenset({"agent"})
"""Fields that name members of staff: numbers of one of them are no business of everybody's."""
RESERVED = OF_ONE_CUSTOMER | OF_STAFF
"""Fields that only those ask for who may see customers."""


def picks_one_out(condition: Condition) -> bool:
    """Whether a condition asks for a field of single records or of staff."""
    return bool(fields_of(condition) & RESERVED)


def alternatives(condition: Condition) -> Iterator[Condition]:
    """The condition with each of its choices alone: one branch of an ``or``, one value of an ``in``, what a ``not`` keeps out.

    Two answers that differ by such a choice tell of those who meet it.

    >>> from desireline.interactions.condition import condition_text, parse_condition
    >>> [condition_text(each) for each in alternatives(parse_condition("stage = buy and (channel = web or not team = sales)"))]
    ['stage = buy and channel = web', 'stage = buy and not (team = sales)', 'stage = buy and team = sales']
    """
    if isinstance(condition, Any_):
        for part in condition.parts:
            yield part
            yield from alternatives(part)
    elif isinstance(condition, Not):
        yield condition.part
        yield from alternatives(condition.part)
    elif isinstance(condition, All):
        for place, part in enumerate(condition.parts):
            before, after = condition.parts[:place], condition.parts[place + 1 :]
            yield from (All((*before, each, *after)) for each in alternatives(part))
    elif condition.operator == "not_equals":
        yield Comparison(condition.field, "equals", condition.value)
    elif isinstance(condition.value, tuple):
        yield from (Comparison(condition.field, "equals", each) for each in condition.value)


def check_many(user: SignedIn, condition: Condition, *, where: str) -> None:
    """Refuse a condition that can pick one customer or one member of staff out, to those who may not see customers.

    Parameters
    ----------
    where
        The name of the parameter, or the place in the document.

    Raises
    ------
    OneCustomerError
        It asks for a field of single records.
    StaffError
        It asks for a field of staff.
    """
    if user.may(Right.SEE_CUSTOMERS):
        return
    asked = fields_of(condition)
    for field in sorted(asked & OF_STAFF):
        check_staff(user, field, where=where)
    single = sorted(asked & OF_ONE_CUSTOMER)
    if single:
        raise OneCustomerError(
            phrase(
                "{where}: expected a condition that many customers can meet, got one on {field}, which differs from record to record",
                where=where,
                field=single[0],
            ),
            hint=phrase("leave it out, or ask somebody who may see customers: the role analyst or admin"),
        )


def check_staff(user: SignedIn, field: str, *, where: str) -> None:
    """Refuse a field that names members of staff, to those who may not see customers.

    Raises
    ------
    StaffError
        It is such a field.
    """
    if field in OF_STAFF and not user.may(Right.SEE_CUSTOMERS):
        raise StaffError(
            phrase(
                "{where}: expected a field that names nobody, got {field}, which names members of staff",
                where=where,
                field=field,
            ),
            hint=phrase("ask by team, or ask somebody who may see customers: the role agent, analyst or admin"),
        )
