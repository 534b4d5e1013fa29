"""Store visits: an Excel sheet the shops keep by hand; at large numbers of customers only a sample of it."""

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.names import CITIES, FIRST_NAMES_OF_AGENTS
from desireline.app.demo.period import LONDON, to_local
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import some, spell_phones
from desireline.app.demo.texts import choose, clock, date, join, pool
from desireline.app.demo.writers import excel_share

_WHAT = ("Asked for advice", "Bought something", "Brought something back")
_STAFF = FIRST_NAMES_OF_AGENTS[::4]
_VISITS_A_CUSTOMER = 0.24
"""More than ever happen, so that the sample always fits into the sheet."""


def sheet(block: Block) -> Sheet:
    """The store visits of one block: all of them below 800,000 customers, else a sample of under 200,000."""
    rng = block.random("store_visits")
    every = block.of(Department.STORES)
    share = excel_share(block.customers * _VISITS_A_CUSTOMER)
    happened = every.only(some(share, len(every), rng)) if share < 1.0 else every
    person, rows = happened.person, len(happened)
    has_card = block.people.has_loyalty_card[person] & some(0.85, rows, rng)
    has_phone = some(0.85, rows, rng)
    block.mark(Slot.LOYALTY, person[has_card])
    block.mark(Slot.PHONE, person[has_phone])
    local = to_local(happened.at, LONDON)
    columns = {
        "Date": join(date(local, "%Y-%m-%d"), "T", clock(local)),
        "Store": pool(CITIES, rng.integers(0, len(CITIES), rows)),
        "Staff": pool(_STAFF, rng.integers(0, len(_STAFF), rows)),
        "Loyalty card": choose(has_card, block.identifiers.texts(Slot.LOYALTY, person), None),
        "Phone": choose(has_phone, spell_phones(block.identifiers.texts(Slot.PHONE, person), rng), None),
        "What happened": pool(_WHAT, happened.kind - Kind.STORE_ADVICE),
    }
    damage = Damage(columns, rows, rng)
    damage.already_bad("no identifier", ~has_card & ~has_phone)
    damage.spoil("time unreadable", 0.002, {"Date": ["yesterday", "31/02/2026"]})
    damage.spoil("time missing", 0.001, {"Date": [None]})
    return damage.finish(repeated=0.002, overlap=True)
