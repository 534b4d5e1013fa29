"""The half year of one block of people: which journeys begin when, each after those it depends on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.app.demo import journeys
from desireline.app.demo.catalogue import (
    ADD_ONS,
    ADVERTS,
    MAILINGS,
    PRICE_CHANGE,
    STREAM_PLUS,
    WELCOME,
    Department,
    Kind,
)
from desireline.app.demo.company import People, draw_browser
from desireline.app.demo.identifiers import Slot
from desireline.app.demo.period import DAY, END, HOUR, NEVER, START, Flags, Integers, london
from desireline.app.demo.problems import (
    ASKS_ABOUT_BILL,
    BILLING_QUESTIONS_TO,
    BILLING_RUN,
    CANCELS_AFTER_MAIL,
    PRICE_EFFECT_TO,
    REDIRECTS,
    long_standing,
)
from desireline.app.demo.rhythm import Hours, draw_starts
from desireline.app.demo.walk import Begins, Happenings, Script, Walked, concatenate, walk

_NO_PAYLOAD = -1
_MOST_JOURNEYS = 400


@dataclass(frozen=True)
class Rate:
    """How often a kind of journey begins for a customer who stays the whole half year."""

    script: Script
    mean: float
    by_activity: bool = False
    hours: Hours = Hours.WAKING


_RATES = (
    Rate(journeys.USE_APP, 9.0, by_activity=True),
    Rate(journeys.USE_WEB, 5.0, by_activity=True),
    Rate(journeys.BILLING_QUESTION, 0.28),
    Rate(journeys.FAULT, 0.62),
    Rate(journeys.BUY_ADD_ON, 0.95),
    Rate(journeys.MOVE_HOUSE, 0.05),
    Rate(journeys.VISIT_STORE, 0.15, hours=Hours.STORE),
    Rate(journeys.ASK, 0.55, hours=Hours.CONTACT_CENTRE),
)
_CANCELS = 0.05
_SURVEY_WAVES = (london(3, 3, 9), london(6, 2, 9))
_ANSWERS_WAVE = 0.13


@dataclass(frozen=True)
class History:
    """What happened to a block of people: interactions in time order, the journeys behind them.

    `since` tells from when on each person is a customer (UTC milliseconds; NEVER for prospects).
    """

    since: Integers
    happenings: Happenings
    walked: tuple[Walked, ...]


class _Storyteller:
    """Walks one script after the other and keeps what happened; journeys are numbered through."""

    def __init__(self, people: People, rng: np.random.Generator) -> None:
        self.people = people
        self.rng = rng
        self.walked: list[Walked] = []
        self.happenings: list[Happenings] = []
        self.refuses_mail_from = np.full(len(people), NEVER, dtype=np.int64)
        self._journeys = 0

    def tell(self, script: Script, begins: Begins) -> Walked:
        """Walk these journeys."""
        walked = walk(script, begins, self.people, REDIRECTS, self.rng)
        happened = walked.happenings
        happened.journey[:] += self._journeys
        self._journeys += len(begins)
        self.walked.append(walked)
        self.happenings.append(happened)
        return walked

    def record(self, kind: Kind, person: NDArray[np.int32], at: Integers, payload: int) -> None:
        """Note something that happens by itself, outside any journey."""
        count = len(person)
        journey = np.arange(self._journeys, self._journeys + count, dtype=np.int32)
        self._journeys += count
        self.happenings.append(
            Happenings(
                person,
                at,
                np.full(count, kind, np.int16),
                np.zeros(count, np.int8),
                np.full(count, payload, np.int16),
                np.full(count, -1, np.int8),
                journey,
            )
        )

    def begins(self, person: NDArray[np.int32], at: Integers, payload: NDArray[np.int16] | int) -> Begins:
        """Journeys of these people at these times, each by one of their browsers."""
        given = np.broadcast_to(np.asarray(payload, dtype=np.int16), len(person))
        return Begins(person, at, draw_browser(self.people, person, self.rng), given)


def live_through(people: People, rng: np.random.Generator) -> History:
    """The whole half year of these people."""
    teller = _Storyteller(people, rng)
    since = _join(teller)
    until = _leave(teller, since)
    for rate in _RATES:
        _repeat(teller, rate, since, until)
    _use_kiosks(teller, since, until)
    _question_doubled_bills(teller, since, until)
    _send_mailings(teller, since, until)
    _survey_relationship(teller, since, until)
    _update_contacts(teller)
    _issue_invoices(teller, since, until)
    return History(since, _in_order(concatenate(teller.happenings)), tuple(teller.walked))


def _join(teller: _Storyteller) -> Integers:
    """Prospects try to join; since when each person has been a customer."""
    people, rng = teller.people, teller.rng
    prospects = np.flatnonzero(~people.existing).astype(np.int32)
    advert = rng.integers(0, len(ADVERTS), len(prospects)).astype(np.int16)
    starts = draw_starts(Hours.WAKING, len(prospects), rng)
    joined = teller.tell(journeys.JOIN, teller.begins(prospects, starts, advert)).happenings
    joined.payload[joined.kind // 100 == Department.CAMPAIGNS] = WELCOME
    ordered = joined.kind == Kind.ORDER_PLACED
    since = np.where(people.existing, START, NEVER)
    np.minimum.at(since, joined.person[ordered], joined.at[ordered])
    return since


def _leave(teller: _Storyteller, since: Integers) -> Integers:
    """Some cancel on their own, some because of the price change; until when each person is a customer."""
    people, rng = teller.people, teller.rng
    until = np.full(len(people), NEVER, dtype=np.int64)
    person = np.flatnonzero(rng.random(len(people)) < _CANCELS).astype(np.int32)
    starts = draw_starts(Hours.WAKING, len(person), rng)
    _cancel(teller, person, starts, since, until)
    mailed = _send_mailing(teller, PRICE_CHANGE, since, until).happenings
    opened = mailed.only(_first_openings(mailed))
    angry = opened.only(long_standing(people)[opened.person] & (rng.random(len(opened)) < CANCELS_AFTER_MAIL))
    starts = angry.at + (rng.exponential(5.0, len(angry)) * DAY).astype(np.int64)
    _cancel(teller, angry.person, np.minimum(starts, PRICE_EFFECT_TO - 1), since, until)
    return until


def _cancel(
    teller: _Storyteller, person: NDArray[np.int32], starts: Integers, since: Integers, until: Integers
) -> None:
    begins = _while_customer(teller.begins(person, starts, _NO_PAYLOAD), since, until)
    left = teller.tell(journeys.CANCEL, begins).happenings
    cancelled = left.kind == Kind.CASE_CANCELLATION
    np.minimum.at(until, left.person[cancelled], left.at[cancelled])


def _first_openings(happened: Happenings) -> Flags:
    """The first time each journey opened its e-mail."""
    opened = np.flatnonzero(happened.kind == Kind.EMAIL_OPENED)
    _, first = np.unique(happened.journey[opened], return_index=True)
    flags = np.zeros(len(happened), dtype=np.bool_)
    flags[opened[first]] = True
    return flags


def _while_customer(begins: Begins, since: Integers, until: Integers) -> Begins:
    settled = np.where(since[begins.person] > START, since[begins.person] + 7 * DAY, START)
    return begins.only((begins.at >= settled) & (begins.at < until[begins.person]))


def _repeat(teller: _Storyteller, rate: Rate, since: Integers, until: Integers) -> None:
    people, rng = teller.people, teller.rng
    means = rate.mean * (people.activity if rate.by_activity else np.ones(len(people)))
    if rate.script is journeys.USE_APP:
        means = means * people.has_app
    counts = np.minimum(rng.poisson(means), _MOST_JOURNEYS)
    person = np.repeat(np.arange(len(people), dtype=np.int32), counts)
    payload: NDArray[np.int16] = rng.integers(0, len(ADD_ONS), len(person)).astype(np.int16)
    begins = teller.begins(person, draw_starts(rate.hours, len(person), rng), payload)
    teller.tell(rate.script, _while_customer(begins, since, until))


def _use_kiosks(teller: _Storyteller, since: Integers, until: Integers) -> None:
    person = np.flatnonzero(teller.people.at_kiosk).astype(np.int32)
    starts = draw_starts(Hours.STORE, len(person), teller.rng)
    slot = np.full(len(person), Slot.KIOSK, dtype=np.int8)
    begins = Begins(person, starts, slot, np.full(len(person), _NO_PAYLOAD, np.int16))
    teller.tell(journeys.USE_KIOSK, _while_customer(begins, since, until))


def _question_doubled_bills(teller: _Storyteller, since: Integers, until: Integers) -> None:
    """What the wrong invoice run of April sets off."""
    people, rng = teller.people, teller.rng
    billed = (people.plan == STREAM_PLUS) & (since < BILLING_RUN) & (until > BILLING_RUN)
    person = np.flatnonzero(billed & (rng.random(len(people)) < ASKS_ABOUT_BILL)).astype(np.int32)
    spread = draw_starts(Hours.WAKING, len(person), rng) % DAY
    days = np.minimum(rng.exponential(3.5, len(person)).astype(np.int64), 12)
    starts = np.minimum(BILLING_RUN + days * DAY + spread, BILLING_QUESTIONS_TO - 1)
    teller.tell(journeys.BILLING_QUESTION, teller.begins(person, starts, _NO_PAYLOAD))


def _send_mailings(teller: _Storyteller, since: Integers, until: Integers) -> None:
    for number in range(len(MAILINGS)):
        if number != PRICE_CHANGE:
            _send_mailing(teller, number, since, until)


def _send_mailing(teller: _Storyteller, number: int, since: Integers, until: Integers) -> Walked:
    people = teller.people
    mailing = MAILINGS[number]
    at = london(mailing.month, mailing.day, mailing.hour)
    gets_it = people.takes_newsletter | (since < at)
    gets_it &= (until > at) & (teller.refuses_mail_from > at)
    if number == PRICE_CHANGE:
        gets_it &= since < at
    _walk_mailing(teller, journeys.BOUNCED_MAILING, gets_it & people.email_bounces, number)
    walked = _walk_mailing(teller, journeys.MAILING, gets_it & ~people.email_bounces, number)
    happened = walked.happenings
    refused = happened.kind == Kind.EMAIL_UNSUBSCRIBED
    np.minimum.at(teller.refuses_mail_from, happened.person[refused], happened.at[refused])
    return walked


def _walk_mailing(teller: _Storyteller, script: Script, chosen: Flags, number: int) -> Walked:
    mailing = MAILINGS[number]
    person = np.flatnonzero(chosen).astype(np.int32)
    at = london(mailing.month, mailing.day, mailing.hour) + teller.rng.integers(0, HOUR // 2, len(person))
    return teller.tell(script, teller.begins(person, at, number))


def _survey_relationship(teller: _Storyteller, since: Integers, until: Integers) -> None:
    people, rng = teller.people, teller.rng
    for wave in _SURVEY_WAVES:
        person = np.flatnonzero(rng.random(len(people)) < _ANSWERS_WAVE).astype(np.int32)
        days = rng.exponential(2.5, len(person)).astype(np.int64)
        time_of_day = draw_starts(Hours.WAKING, len(person), rng) % DAY
        begins = teller.begins(person, wave + days * DAY + time_of_day, _NO_PAYLOAD)
        teller.tell(journeys.RELATIONSHIP_SURVEY, _while_customer(begins, since, until))


def _update_contacts(teller: _Storyteller) -> None:
    """The CRM touches every existing record in early January, over nine nights."""
    person = np.flatnonzero(teller.people.existing).astype(np.int32)
    at = START + 6 * HOUR + teller.rng.integers(0, 9 * DAY, len(person))
    teller.record(Kind.CONTACT_UPDATED, person, at, _NO_PAYLOAD)


def _issue_invoices(teller: _Storyteller, since: Integers, until: Integers) -> None:
    for month in range(1, 7):
        issued = london(month, 1)
        person = np.flatnonzero((since <= issued) & (until > issued)).astype(np.int32)
        at = np.full(len(person), issued, dtype=np.int64)
        teller.record(Kind.INVOICE_ISSUED, person, at, month)


def _in_order(happened: Happenings) -> Happenings:
    """In time order, without what the same person did twice in the same second."""
    inside = happened.only((happened.at >= START) & (happened.at < END))
    order = np.lexsort((inside.kind, inside.at // 1000, inside.person))
    person, second, kind = (column[order] for column in (inside.person, inside.at // 1000, inside.kind))
    same = (person[1:] == person[:-1]) & (second[1:] == second[:-1]) & (kind[1:] == kind[:-1])
    single = inside.only(order[np.concatenate([np.ones(min(1, len(order)), np.bool_), ~same])])
    return single.only(np.lexsort((single.kind, single.person, single.at)))
