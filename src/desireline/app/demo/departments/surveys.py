"""Surveys: scores and comments; known by e-mail or by customer number, sometimes by both."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desireline.app.demo.block import Block
from desireline.app.demo.catalogue import BAD, GOOD, Department, Kind
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import LONDON, to_local
from desireline.app.demo.sheet import Damage, Sheet
from desireline.app.demo.spelling import given_emails, mistype_emails, some
from desireline.app.demo.texts import choose, clock, date, decimal, join, pool
from desireline.app.demo.walk import Happenings

_NAMES = ("NPS", "CSAT", "CES")
_LOWEST = np.array([0, 1, 1])
_HIGHEST = np.array([10, 5, 7])
_PRAISE = (
    "Quick and friendly, thank you!",
    "Everything works, no complaints.",
    "The agent was great - she explained the bill, line by line.",
    '"Sorted in five minutes" is what they said, and it was.',
    "Très bien, merci à l'équipe.",
    "Good service 👍",
    "Router arrived a day early.\nSet up in ten minutes.",
)
_COMPLAINTS = (
    "I had to explain the same thing three times.",
    "The chat bot sent me round in circles, then I had to call anyway.",
    "Waited 25 minutes, then the line went dead.",
    'They call it "a mistake", I call it double the price.',
    "Still slow in the evenings, even after the technician came.",
    "Paid £88 instead of £44, and nobody could say why.",
    "App keeps logging me out.\nEvery single time.",
    "Nobody called back, as promised on Monday.",
)
_MIXED = ("It is ok.", "Fine, but a bit expensive.", "Not sure yet.", "Could be quicker, but friendly.")
_COMMENTS = tuple(
    '"' + comment.replace('"', '""') + '"' if set(comment) & set(',"\n') else comment
    for comment in ("", *_PRAISE, *_COMPLAINTS, *_MIXED)
)
_OVERSIZED = '"' + "And another thing, since you ask: " * 6_000 + '"'


def sheet(block: Block) -> Sheet:
    """The survey answers of one block."""
    happened, rng = block.of(Department.SURVEYS), block.random("surveys")
    person, rows = happened.person, len(happened)
    way = rng.choice(3, rows, p=[0.55, 0.35, 0.1])
    by_email, by_number = way != 1, way != 0
    email = _emails(block, person, by_email, rng)
    block.mark(Slot.CUSTOMER, person[by_number])
    kind = happened.kind - Kind.SURVEY_NPS
    mood = _moods(happened, rng)
    local = to_local(happened.at, LONDON)
    columns = {
        "response_id": join("R", decimal(block.number * 10_000_000 + np.arange(rows))),
        "respondent_email": email,
        "customer_no": choose(by_number, block.identifiers.texts(Slot.CUSTOMER, person), ""),
        "survey": pool(_NAMES, kind),
        "score": decimal(_scores(kind, mood)),
        "comment": pool(_COMMENTS, _comments(mood, rng)),
        "answered": join(date(local, "%d %b %Y"), " ", pc.utf8_slice_codeunits(clock(local), 0, 5)),
    }
    damage = Damage(columns, rows, rng)
    damage.spoil("time unreadable", 0.0010, {"answered": ["31 Feb 2026 10:15", "yesterday"]})
    damage.spoil("time missing", 0.0006, {"answered": [""]})
    damage.spoil("number unreadable", 0.0008, {"score": ["abc", '"9,5s"']})
    damage.spoil("no identifier", 0.0006, {"respondent_email": [""], "customer_no": [""]})
    if block.number == 0:
        damage.spoil("comment too long", 0.0, {"comment": [_OVERSIZED]}, exactly=1)
    mistyped = by_email & by_number & some(0.05, rows, rng)
    damage.misspell("respondent_email", mistyped, mistype_emails(email, rng), "e-mail mistyped")
    return damage.finish(repeated=0.003, overlap=True)


def _emails(block: Block, person: NDArray[np.int32], by_email: NDArray[np.bool_], rng: np.random.Generator) -> pa.Array:
    emails = pa.repeat("", len(person))
    given = given_emails(block, person[by_email], rng)
    return pc.replace_with_mask(emails, pa.array(by_email), given)


def _moods(happened: Happenings, rng: np.random.Generator) -> NDArray[np.float64]:
    """Between 0 and 1; better after good experiences."""
    strength = np.where(happened.detail == GOOD, 5.5, np.where(happened.detail == BAD, 1.4, 3.6))
    return rng.beta(strength, 2.0)


def _scores(kind: NDArray[np.int16], mood: NDArray[np.float64]) -> NDArray[np.int64]:
    span = _HIGHEST[kind] - _LOWEST[kind] + 1
    scores: NDArray[np.int64] = _LOWEST[kind] + np.minimum((mood * span).astype(np.int64), span - 1)
    return scores


def _comments(mood: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Which comment, 0 for none: praise, complaint or neither, as the mood is."""
    praise = 1 + rng.integers(0, len(_PRAISE), len(mood))
    complaint = 1 + len(_PRAISE) + rng.integers(0, len(_COMPLAINTS), len(mood))
    mixed = 1 + len(_PRAISE) + len(_COMPLAINTS) + rng.integers(0, len(_MIXED), len(mood))
    chosen = np.where(mood > 0.72, praise, np.where(mood < 0.45, complaint, mixed))
    return np.where(rng.random(len(mood)) < 0.45, chosen, 0)
