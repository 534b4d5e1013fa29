"""How identifiers come out of people's and clerks' hands: phone formats, typing errors, e-mails."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import Flags
from desireline.app.demo.texts import choose, join

UNREADABLE_TIMES = ("31/02/2026 10:15:00", "yesterday", "2026-13-01")
NIL_DEVICE = "00000000-0000-0000-0000-000000000000"
PLACEHOLDER_EMAILS = ("unknown@example.com", "test@example.com", "N/A", "null")
_WORK_EMAIL_SHARE = 0.4


def spell_phones(national: pa.Array, rng: np.random.Generator) -> pa.Array:
    """Ten-digit national numbers in the five spellings that people and switches use."""
    start, rest = pc.utf8_slice_codeunits(national, 0, 4), pc.utf8_slice_codeunits(national, 4, 10)
    spellings = (
        join("0", start, " ", rest),
        join("+44 ", start, " ", rest),
        join("0044", national),
        join("0", national),
        join("+44", national),
    )
    way = rng.choice(len(spellings), len(national), p=[0.35, 0.2, 0.1, 0.2, 0.15])
    return pc.choose(pa.array(way), *spellings) if len(national) else spellings[0]


def given_emails(block: Block, person: NDArray[np.int32], rng: np.random.Generator) -> pa.Array:
    """The e-mail each person gives: mostly the private one, sometimes the one from work. Marked as seen."""
    at_work = block.people.has_work_email[person] & (rng.random(len(person)) < _WORK_EMAIL_SHARE)
    block.mark(Slot.EMAIL, person[~at_work])
    block.mark(Slot.WORK_EMAIL, person[at_work])
    private, work = (block.identifiers.texts(slot, person) for slot in (Slot.EMAIL, Slot.WORK_EMAIL))
    return choose(at_work, work, private)


def mistype_emails(emails: pa.Array, rng: np.random.Generator) -> pa.Array:
    """Every e-mail with one typing error: of the five that clerks make most."""
    errors = (
        pc.replace_substring(emails, ".", "..", max_replacements=1),
        pc.replace_substring(emails, "@", ""),
        pc.utf8_upper(emails),
        join(emails, "  "),
        pc.replace_substring(pc.replace_substring(emails, "gmail", "gmial"), "outlook", "outlok"),
    )
    way = rng.integers(0, len(errors), len(emails))
    return pc.choose(pa.array(way), *errors) if len(emails) else errors[0]


def some(share: float, rows: int, rng: np.random.Generator) -> Flags:
    """True in about this share of rows."""
    drawn: Flags = rng.random(rows) < share
    return drawn
