"""CRM contacts: the record that links; kept in New York, so its clock is too."""

import numpy as np

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import PLANS, Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import NEW_YORK, to_local
from desireline.app.demo.problems import LONG_STANDING_YEARS
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import (
    PLACEHOLDER_EMAILS,
    UNREADABLE_TIMES,
    mistype_emails,
    some,
    spell_phones,
)
from desireline.app.demo.texts import choose, clock, date, join, pool

_TENURES = ("less than 1 year", "1 to 3 years", "3 years or more")


def sheet(block: Block) -> Sheet:
    """The contact records of one block."""
    happened, rng = block.of(Department.CONTACTS), block.random("crm_contacts")
    person, rows = happened.person, len(happened)
    has_phone, has_user = some(0.92, rows, rng), some(0.9, rows, rng)
    block.mark(Slot.CUSTOMER, person)
    block.mark(Slot.EMAIL, person)
    block.mark(Slot.PHONE, person[has_phone])
    block.mark(Slot.USER, person[has_user])
    local = to_local(happened.at, NEW_YORK)
    tenure = np.digitize(block.people.tenure_years[person], [1.0, LONG_STANDING_YEARS])
    email = block.identifiers.texts(Slot.EMAIL, person)
    columns = {
        "customer_no": block.identifiers.texts(Slot.CUSTOMER, person),
        "email": email,
        "phone": choose(has_phone, spell_phones(block.identifiers.texts(Slot.PHONE, person), rng), ""),
        "web_user_id": choose(has_user, block.identifiers.texts(Slot.USER, person), ""),
        "created": join(date(local, "%Y-%m-%d"), " ", clock(local)),
        "change": pool(("created", "updated"), happened.kind - Kind.CONTACT_CREATED),
        "plan": pool(PLANS, block.people.plan[person]),
        "tenure": pool(_TENURES, tenure),
    }
    damage = Damage(columns, rows, rng)
    damage.spoil("time unreadable", 0.0006, {"created": UNREADABLE_TIMES})
    damage.spoil("time missing", 0.0004, {"created": [""]})
    nobody = {"customer_no": [""], "email": [""], "phone": [""], "web_user_id": [""]}
    damage.spoil("no identifier", 0.0005, nobody)
    damage.spoil("only a placeholder", 0.0002, {**nobody, "email": PLACEHOLDER_EMAILS})
    damage.blemish("placeholder beside others", 0.001, {"phone": ["N/A", "0000000000"]})
    damage.misspell("email", some(0.01, rows, rng), mistype_emails(email, rng), "e-mail mistyped")
    return damage.finish(repeated=0.003, overlap=True)
