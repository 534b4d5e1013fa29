"""Amounts of money as Stripe writes them: in the smallest unit in its API, as people write them in its CSV files."""

from __future__ import annotations

import re

from desireline.base import phrase
from desireline.sources.formats.model import Record, UnusableRecord
from desireline.sources.formats.reading import number_at, text_at

WITHOUT_DECIMALS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
"""Currencies whose amounts are whole in the API. ISK and UGX have no decimals either, but the API counts them in hundredths."""

THREE_DECIMALS = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])

_COMMA = re.compile(r"-?[\d.]*\d,\d{2}")


def amount_in_units(record: Record, path: str, *, currency: str | None) -> float | None:
    """An amount of the API in units of its currency.

    >>> amount_in_units({"amount": 4599}, "amount", currency="gbp"), amount_in_units({"amount": 500}, "amount", currency="jpy")
    (45.99, 500.0)

    Raises
    ------
    UnusableRecord
        It is no number.
    """
    amount = number_at(record, path)
    if amount is None:
        return None
    code = (currency or "").upper()
    if code in WITHOUT_DECIMALS:
        return amount
    return amount / (1000 if code in THREE_DECIMALS else 100)


def written_amount(record: Record, column: str) -> float | None:
    """An amount of a CSV file: ``1,234.50``, and ``1.234,50`` where the account writes it so.

    >>> written_amount({"Amount": "1,234.50"}, "Amount"), written_amount({"Amount": "23,00"}, "Amount")
    (1234.5, 23.0)

    Raises
    ------
    UnusableRecord
        It is no number.
    """
    text = text_at(record, column)
    if text is None:
        return None
    plain = text.replace(".", "").replace(",", ".") if _COMMA.fullmatch(text) else text.replace(",", "")
    try:
        return number_at({column: plain}, column)
    except UnusableRecord:
        raise UnusableRecord(
            column, phrase("expected an amount, got {text!r}", text=text), reason="not_a_number"
        ) from None
