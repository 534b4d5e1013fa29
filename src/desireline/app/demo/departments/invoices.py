"""Invoices: Parquet with native types, a date without a time."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import PLAN_PRICES, PLANS, Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import DAY, LONDON, to_local
from desireline.app.demo.problems import invoice_factor
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.texts import choose, date, decimal, join, pool
from desireline.app.demo.walk import Happenings

_STATUSES = ("paid", "overdue", "open", "credit")
_CREDIT = 3
_DAYS_TO_PAY = 14


def sheet(block: Block) -> Sheet:
    """The invoices and credit notes of one block."""
    happened, rng = block.of(Department.INVOICES), block.random("invoices")
    is_credit = happened.kind == Kind.CREDIT_ISSUED
    block.mark(Slot.CUSTOMER, happened.person)
    day = to_local(happened.at, LONDON) // DAY
    status = np.where(is_credit, _CREDIT, rng.choice(3, len(happened), p=[0.91, 0.06, 0.03]))
    columns = {
        "invoice_id": _numbers(block, happened),
        "customer_no": block.identifiers.texts(Slot.CUSTOMER, happened.person),
        "plan": pool(PLANS, block.people.plan[happened.person]),
        "issued_on": pa.array(day.astype("datetime64[D]")),
        "due_on": pa.array((day + _DAYS_TO_PAY).astype("datetime64[D]")),
        "amount": pa.array(_amounts(block, happened, is_credit)),
        "status": pool(_STATUSES, status),
    }
    damage = Damage(columns, len(happened), rng)
    damage.spoil("time missing", 0.0006, {"issued_on": [None]})
    damage.spoil("no identifier", 0.0004, {"customer_no": [None]})
    damage.spoil("only a placeholder", 0.0002, {"customer_no": ["N/A", "null"]})
    return damage.finish(repeated=0.002, overlap=True)


def _numbers(block: Block, happened: Happenings) -> pa.Array:
    """Invoices are numbered by month and customer, credit notes by the matter they settle."""
    month = date(to_local(happened.at, LONDON), "%Y%m")
    customer = pc.utf8_lpad(decimal(block.people.numbers[happened.person] + 1), 7, "0")
    matter = pc.utf8_lpad(decimal(block.journey_numbers(happened)), 9, "0")
    is_credit = happened.kind == Kind.CREDIT_ISSUED
    return choose(is_credit, join("CR-", matter), join("INV-", month, "-", customer))


def _amounts(block: Block, happened: Happenings, is_credit: NDArray[np.bool_]) -> NDArray[np.float64]:
    price = np.array(PLAN_PRICES)[block.people.plan[happened.person]]
    factor = invoice_factor(block.people, happened.person, happened.at)
    return np.where(is_credit, -price, price * factor)
