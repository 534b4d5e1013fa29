"""CRM cases: typed by agents, with their typing errors, in New York time."""

import numpy as np
import pyarrow.compute as pc

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import DAY, END, NEW_YORK, Integers, to_local
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import UNREADABLE_TIMES, given_emails, mistype_emails, some
from desireline.app.demo.texts import choose, clock, date, decimal, join, pool

_TYPES = ("Billing dispute", "Technician visit", "House move", "Cancellation")
_MEDIAN_DAYS = np.array([4.0, 3.0, 9.0, 1.0])
_ORIGINS = ("Phone", "Web", "Chat")


def sheet(block: Block) -> Sheet:
    """The cases of one block."""
    happened, rng = block.of(Department.CASES), block.random("crm_cases")
    person, rows = happened.person, len(happened)
    kind = happened.kind - Kind.CASE_BILLING
    days = _MEDIAN_DAYS[kind] * np.exp(rng.normal(0.0, 0.6, rows))
    closed_at = happened.at + (days * DAY).astype(np.int64)
    has_number = some(0.97, rows, rng)
    has_email = some(0.92, rows, rng) | ~has_number
    email = given_emails(block, person, rng)
    block.mark(Slot.CUSTOMER, person[has_number])
    created = to_local(happened.at, NEW_YORK)
    columns = {
        "CaseNumber": pc.utf8_lpad(decimal(block.number * 10_000_000 + np.arange(rows) + 1), 10, "0"),
        "CustomerNo": choose(has_number, block.identifiers.texts(Slot.CUSTOMER, person), ""),
        "ContactEmail": choose(has_email, email, ""),
        "CreatedDate": join(date(created, "%Y-%m-%d"), " ", clock(created)),
        "ClosedDate": choose(closed_at < END, _closing(closed_at), ""),
        "Type": pool(_TYPES, kind),
        "Origin": pool(_ORIGINS, rng.choice(3, rows, p=[0.7, 0.18, 0.12])),
        "Status": choose(closed_at < END, "Closed", "Open"),
    }
    damage = Damage(columns, rows, rng)
    damage.spoil("time unreadable", 0.0012, {"CreatedDate": UNREADABLE_TIMES})
    damage.spoil("time missing", 0.0008, {"CreatedDate": [""]})
    damage.spoil("no identifier", 0.0010, {"CustomerNo": [""], "ContactEmail": [""]})
    mistyped = has_number & has_email & some(0.08, rows, rng)
    damage.misspell("ContactEmail", mistyped, mistype_emails(email, rng), "e-mail mistyped")
    return damage.finish(repeated=0.004, overlap=True)


def _closing(closed_at: Integers) -> object:
    local = to_local(np.minimum(closed_at, END), NEW_YORK)
    return join(date(local, "%Y-%m-%d"), " ", clock(local))
