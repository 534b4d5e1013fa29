from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError, UnknownNameError
from desireline.interactions import ChannelCost, CostSettings, parse_condition
from desireline.journeys.analyses import ChainsAnalysis
from desireline.journeys.engine import combined
from desireline.journeys.estimates import Estimate, compare
from desireline.journeys.pictures.charts import save_picture
from desireline.journeys.results.chains import Chains

from .contact_rows import (
    NAMES,
    Contact,
    Entry,
    answer,
    contacts_of,
    is_abandoned,
    is_need,
    some_entries,
    sources,
    unique,
)
from .rows import SECOND

DAY = 86_400 * SECOND
PRICES = CostSettings("EUR", {"phone": ChannelCost(2.5, 0.6), "email": ChannelCost(1.0)})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GAPS = st.sampled_from([(0, 2), (1, 3), (3, 9), (2, 10**6)])


class Chain:
    """Contacts of one customer for one need."""

    def __init__(self, customer: int, contacts: list[Contact]) -> None:
        self.customer, self.contacts = customer, contacts
        self.gap: int | None = None
        """Microseconds to the next one of the customer."""

    @property
    def begin(self) -> int:
        return self.contacts[0].begin.time

    @property
    def end(self) -> int:
        return max(row.time for contact in self.contacts for row in contact.turned)

    @property
    def channels(self) -> tuple[str, ...]:
        said = [contact.begin.channel for contact in self.contacts]
        return tuple(name for place, name in enumerate(said) if place == 0 or name != said[place - 1])


def chains_of(entries: list[Entry], analysis: ChainsAnalysis) -> list[Chain]:
    gap = analysis.gap // timedelta(microseconds=1)
    alone = ("web",) if analysis.self_service is None else analysis.self_service
    found: list[Chain] = []
    asks = is_need if analysis.needs is None else lambda entry: entry.touchpoint == "Talk"
    for customer, contacts in contacts_of(entries, analysis.channels, alone, is_need=asks).items():
        own: list[Chain] = []
        for contact in contacts:
            if not own or contact.begin.time - own[-1].end > gap:
                own.append(Chain(customer, []))
            own[-1].contacts.append(contact)
        for first, second in pairwise(own):
            first.gap = second.begin - first.end
        found += own
    return found


def cost(contact: Contact, prices: CostSettings | None) -> float | None:
    """What a contact costs, ``None`` where nobody says so."""
    given_costs = [row.cost for row in contact.rows if row.cost is not None]
    if given_costs:
        return sum(given_costs)
    price = None if prices is None else prices.channels.get(contact.begin.channel)
    if price is None:
        return None
    return price.per_contact + price.per_minute * (contact.most("duration", "hold") or 0) / 60


def cost_of(chain: Chain, prices: CostSettings | None) -> float | None:
    """What a chain costs, ``None`` where nobody says so of one of its contacts."""
    costs = [cost(contact, prices) for contact in chain.contacts]
    return None if None in costs else sum(each for each in costs if each is not None)


def is_alone(contact: Contact, self_service: tuple[str, ...]) -> bool:
    by_bot = any(row.actor == "bot" for row in contact.rows)
    by_people = any(row.actor == "agent" or row.team is not None or row.agent is not None for row in contact.rows)
    return contact.begin.channel in self_service or (by_bot and not by_people)


def same(found: Estimate | None, value: float) -> None:
    assert found is not None
    assert found.value == pytest.approx(value, nan_ok=True, abs=2e-6)


@settings(max_examples=300)
@given(
    some_entries(),
    GAPS,
    st.sampled_from([None, ("app",), ("web", "email")]),
    st.sampled_from([None, ("phone",)]),
    st.sampled_from([None, "touchpoint = Talk"]),
    st.sampled_from([None, PRICES]),
    st.sampled_from([(), ("left",), ("solved", "read")]),
    st.sampled_from([None, EPOCH + timedelta(seconds=5), EPOCH + timedelta(days=8)]),
    st.integers(1, 3),
)
def test_every_number_is_what_the_list_of_chains_says(
    entries: list[Entry],
    gaps: tuple[int, int],
    alone: tuple[str, ...] | None,
    channels: tuple[str, ...] | None,
    needs: str | None,
    prices: CostSettings | None,
    abandoned: tuple[str, ...],
    record_end: datetime | None,
    parts: int,
) -> None:
    alone = None if alone == ("app",) else alone
    entries = unique(entries)
    gap, within = (timedelta(seconds=each) for each in gaps)
    asked = None if needs is None else parse_condition(needs)
    analysis = ChainsAnalysis(
        gap=gap,
        within=within,
        self_service=alone,
        needs=asked,
        channels=channels,
        abandoned=abandoned,
        prices=prices,
        top=50,
        record_end=record_end,
    )
    found = answer(analysis, entries, parts=parts)
    known = chains_of(entries, analysis)
    priced = [cost(contact, prices) for chain in known for contact in chain.contacts]
    assert (found.costing.currency is None) == all(each is None for each in priced)
    assert (found.total_chains, found.customers) == (len(known), len({chain.customer for chain in known}))
    assert {chain.channels for chain in found.chains} == {chain.channels for chain in known}
    for chain in found.chains:
        check_chain(chain, [each for each in known if each.channels == chain.channels], entries, analysis)
    check_chain(found, known, entries, analysis)
    check_containment(found, known, alone or ("web",), prices, (entries, end_of(entries, analysis)))
    if found.costing.currency is not None:
        check_pushes(found, known, prices)


def end_of(entries: list[Entry], analysis: ChainsAnalysis) -> int:
    if analysis.record_end is None:
        return max((entry.time for entry in entries), default=0)
    return (analysis.record_end - EPOCH) // timedelta(microseconds=1)


def check_chain(found: object, known: list[Chain], entries: list[Entry], analysis: ChainsAnalysis) -> None:
    window = analysis.within // timedelta(microseconds=1)
    last = end_of(entries, analysis)
    answered = [chain for chain in known if not is_abandoned(chain.contacts[-1], analysis.abandoned)]
    over = [chain for chain in answered if chain.end + window <= last]
    done = [chain for chain in over if chain.gap is None or chain.gap > window]
    assert found.resolved.n == len(over)  # type: ignore[attr-defined]
    same(found.resolved, len(done) / len(over) if over else math.nan)  # type: ignore[attr-defined]
    if isinstance(found, Chains):
        assert (found.abandoned, found.not_over) == (len(known) - len(answered), len(answered) - len(over))
    else:
        assert found.chains == len(known)  # type: ignore[attr-defined]
        assert found.customers == len({chain.customer for chain in known})  # type: ignore[attr-defined]
        middle = median(chain.end - chain.begin for chain in known) / SECOND
        assert found.median_seconds == pytest.approx(middle)  # type: ignore[attr-defined]
    if found.cost is not None:  # type: ignore[attr-defined]
        sums = [total for chain in over if (total := cost_of(chain, analysis.prices)) is not None]
        paid = [chain for chain in done if cost_of(chain, analysis.prices) is not None]
        same(found.cost, fmean(sums) if sums else math.nan)  # type: ignore[attr-defined]
        same(found.cost_per_resolved, sum(sums) / len(paid) if paid else math.nan)  # type: ignore[attr-defined]


def check_containment(
    found: Chains,
    known: list[Chain],
    alone: tuple[str, ...],
    prices: CostSettings | None,
    record: tuple[list[Entry], int],
) -> None:
    begun = [chain for chain in known if is_alone(chain.contacts[0], alone)]
    stayed = [chain for chain in begun if all(is_alone(contact, alone) for contact in chain.contacts)]
    assert found.containment[0].chains == len(begun)
    same(found.containment[0].contained, len(stayed) / len(begun) if begun else math.nan)
    for row in found.containment[1:]:
        own = [chain for chain in begun if chain.channels[0] == row.channel]
        assert row.chains == len(own)
        same(row.contained, len([chain for chain in own if chain in stayed]) / len(own))
    if found.saving is not None and found.saving.value == found.saving.value:
        entries, last = record
        first = min(entry.time for entry in entries)
        months = (last - first) / SECOND / 86_400 / (365.25 / 12)
        left = [chain for chain in begun if chain not in stayed]
        more, less = (
            fmean(total for chain in group if (total := cost_of(chain, prices)) is not None) for group in (left, stayed)
        )
        expected = 0.01 * len(begun) / months * (more - less)
        assert found.saving.value == pytest.approx(expected, rel=1e-4, abs=1e-3 / months)


def check_pushes(found: Chains, known: list[Chain], prices: CostSettings | None) -> None:
    of_channel: dict[str, list[float]] = {}
    for chain in known:
        for contact in chain.contacts:
            if (known_cost := cost(contact, prices)) is not None:
                of_channel.setdefault(contact.begin.channel, []).append(known_cost)
    means = {name: fmean(costs) for name, costs in of_channel.items()}
    moves = [pair for chain in known for pair in pairwise(chain.channels)]
    dearer = {
        pair: moves.count(pair) for pair in moves if {*pair} <= {*means} and means[pair[1]] > means[pair[0]] + 1e-6
    }
    pushes = {(push.source, push.target): push for push in found.pushes if push.extra_per_push > 1e-6}
    assert {pair: push.count for pair, push in pushes.items()} == dearer
    for (source, target), push in pushes.items():
        assert push.extra_per_push == pytest.approx(means[target] - means[source], abs=2e-6)
        assert push.share.n == sum(pair[0] == source for pair in moves)


@given(some_entries(), st.permutations(range(3)))
def test_partial_counts_combine_in_any_order(entries: list[Entry], order: list[int]) -> None:
    reading = ChainsAnalysis(gap=timedelta(seconds=1), within=timedelta(seconds=3), prices=PRICES).begin(NAMES)
    states = [reading.partial(source()) for source in sources(unique(entries), parts=3)]
    one_way, another = (combined(reading, each) for each in (states, [states[place] for place in order]))
    assert repr(reading.conclude(one_way)) == repr(reading.conclude(another))


def step(customer: int, days: float, channel: str, **fields: object) -> Entry:
    touchpoint = "Help read" if channel == "web" else "Ask"
    return Entry(customer, round(days * DAY), channel, touchpoint=touchpoint)._replace(**fields)


LATER = Entry(customer=9, time=61 * DAY, channel="email")
"""So that every window is over; no contact itself, for no team has it."""


def test_a_pause_as_long_as_the_gap_is_part_of_the_chain_and_a_longer_one_is_not() -> None:
    found = answer(ChainsAnalysis(), [step(0, 0, "web"), step(0, 3, "phone"), step(0, 6.1, "phone"), LATER])
    assert [(chain.channels, chain.chains, chain.resolved.value) for chain in found.chains] == [
        (("phone",), 1, 1.0),
        (("web", "phone"), 1, 0.0),
    ]


def test_a_need_whose_last_contact_was_abandoned_is_neither_resolved_nor_not() -> None:
    gave_up = {"outcome": "call abandoned", "duration": 0.0}
    names = replace(NAMES, values={**NAMES.values, "outcome": ("call abandoned",)})
    entries = [step(0, 0, "phone", **gave_up), step(0, 1, "phone"), step(1, 0, "phone", **gave_up), LATER]
    found = answer(ChainsAnalysis(), entries, names=names)
    assert (found.total_chains, found.abandoned, found.resolved.n, found.resolved.value) == (2, 1, 1, 1.0)
    everything = answer(ChainsAnalysis(abandoned=()), entries, names=names)
    assert (everything.abandoned, everything.resolved.n) == (0, 2)


def test_the_pause_counts_from_the_end_of_a_contact_that_lasts() -> None:
    entries = [step(0, 0, "phone", case=1), step(0, 1, "web"), step(0, 5, "phone", case=1), step(0, 7, "web"), LATER]
    assert [chain.text for chain in answer(ChainsAnalysis(), entries).chains] == ["phone → web"]
    assert answer(ChainsAnalysis(gap=timedelta(days=1)), entries).total_chains == 2


def test_a_chain_through_very_many_channels_is_cut_short() -> None:
    entries = [step(0, place / 100, ("web", "phone")[place % 2]) for place in range(9)]
    (chain,) = answer(ChainsAnalysis(), [*entries, LATER]).chains
    assert (len(chain.channels), chain.goes_on, chain.text[-3:]) == (7, True, "→ …")


def test_costs_per_resolved_need_and_what_a_point_of_containment_saves() -> None:
    entries = [
        *(step(place, 0, "web") for place in range(8)),
        step(8, 0, "web"),
        step(8, 1, "phone", duration=300),
        step(9, 0, "web"),
        step(9, 1, "phone", cost=3.5),
        step(9, 6, "phone", duration=0.0),
        LATER,
    ]
    prices = CostSettings("EUR", {**PRICES.channels, "web": ChannelCost()})
    found = answer(ChainsAnalysis(prices=prices), entries)
    by_text = {chain.text: chain for chain in found.chains}
    same(by_text["web → phone"].cost, (5.5 + 3.5) / 2)
    same(by_text["web → phone"].cost_per_resolved, 9.0)
    same(found.containment[0].contained, 0.8)
    assert found.saving is not None
    assert found.saving.value == pytest.approx(0.01 * 10 / (61 / (365.25 / 12)) * 4.5, rel=1e-6)
    (push,) = found.pushes
    assert (push.source, push.target, push.count) == ("web", "phone", 2)
    assert push.extra_cost == pytest.approx(2 * (5.5 + 3.5 + 2.5) / 3)


def test_a_bot_in_a_chat_is_self_service_until_a_person_takes_over() -> None:
    entries = [
        step(0, 0, "phone", case=1, actor="customer"),
        step(0, 0.1, "phone", case=1, actor="bot"),
        step(1, 0, "phone", case=2, actor="bot"),
        step(1, 0.1, "phone", case=2, actor="agent"),
        LATER,
    ]
    found = answer(ChainsAnalysis(), entries)
    assert (found.containment[0].chains, found.containment[0].contained.value) == (1, 1.0)


def test_a_visit_that_is_about_no_need_begins_no_chain() -> None:
    entries = [step(0, 0, "web", touchpoint="Talk"), step(0, 1, "web"), step(0, 2, "phone"), LATER]
    found = answer(ChainsAnalysis(), entries)
    assert [(chain.text, chain.chains) for chain in found.chains] == [("web → phone", 1)]
    assert found.chains[0].median_seconds == 86_400
    told = [(each.touchpoint, each.interactions, each.is_need) for each in found.self_service]
    assert told == [("Help read", 1, True), ("Talk", 1, False)]
    asked = answer(ChainsAnalysis(needs=parse_condition("touchpoint = Talk")), entries)
    assert asked.chains[0].median_seconds == 2 * 86_400
    assert asked.needs == "touchpoint = Talk"


def test_every_contact_in_ivr_and_bot_is_about_a_need_and_so_is_one_that_a_team_handles() -> None:
    names = replace(NAMES, channels=("web", "ivr", "app"))
    entries = [
        step(0, 0, "ivr"),
        step(0, 1, "ivr", touchpoint="Talk"),
        step(1, 0, "app"),
        step(2, 0, "web", touchpoint="Talk", team="North"),
    ]
    found = answer(ChainsAnalysis(needs=parse_condition("touchpoint = 'Help read'")), entries, names=names)
    assert sorted((chain.text, chain.chains) for chain in found.chains) == [("ivr", 1), ("web", 1)]


def test_equal_costs_are_no_push_though_their_means_are_rounded() -> None:
    costs = [0.1, 0.1, 0.1]
    entries = [step(place, 0, "web", cost=each) for place, each in enumerate(costs)]
    entries += [step(place, 1, "phone", cost=each) for place, each in enumerate([*costs, 0.1])]
    assert answer(ChainsAnalysis(), [*entries, LATER]).pushes == ()


def test_a_cost_that_is_not_known_is_not_nothing() -> None:
    priced = CostSettings("EUR", {"phone": ChannelCost(2.0)})
    entries = [step(0, 0, "web"), step(0, 1, "phone"), step(1, 0, "phone"), LATER]
    found = answer(ChainsAnalysis(prices=priced), entries)
    by_text = {chain.text: chain for chain in found.chains}
    assert by_text["web → phone"].cost is not None
    assert by_text["web → phone"].cost.n == 0
    same(found.cost, 2.0)
    assert (found.resolved.n, found.pushes) == (2, ())
    assert [(each.channel, each.unpriced) for each in found.costing.channels if math.isnan(each.cost)] == [("web", 1)]


def test_without_costs_nothing_is_said_of_them() -> None:
    found = answer(ChainsAnalysis(), [step(0, 0, "web"), step(0, 1, "phone"), LATER])
    assert (found.cost, found.saving, found.pushes, found.costing.currency) == (None, None, (), None)
    assert found.to_dict()["chains"][0]["cost"] is None


def test_nothing_at_all_is_a_plain_answer(tmp_path: Path) -> None:
    for entries in ([], [LATER]):
        found = answer(ChainsAnalysis(prices=PRICES), entries)
        assert (found.total_chains, found.chains, found.rows(), found.containment[0].chains) == (0, (), [], 0)
        save_picture(found, tmp_path / "nothing.svg")


def test_everything_at_the_same_moment_saves_nothing_that_could_be_said() -> None:
    found = answer(ChainsAnalysis(prices=PRICES), [step(0, 0, "web"), step(0, 0, "phone"), step(1, 0, "web")])
    assert found.saving is not None
    assert math.isnan(found.saving.value)
    assert (found.total_chains, found.not_over) == (2, 2)


def test_two_answers_can_be_compared_and_drawn(tmp_path: Path) -> None:
    entries = [entry for place in range(20) for entry in (step(place, 0, "web"), step(place, 1, "phone"))]
    before, after = (answer(ChainsAnalysis(prices=PRICES), [*rows, LATER]) for rows in (entries, entries[::2]))
    sure = {each.before.name for each in compare(before.estimates(), after.estimates()).differences if each.is_sure}
    assert "contained" in sure
    save_picture(before, tmp_path / "chains.svg")
    assert "web › phone" in (tmp_path / "chains.svg").read_text()


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"gap": timedelta(seconds=-1)}, "gap: expected a duration from zero on"),
        ({"within": timedelta(days=3)}, "within: expected a repeat window longer than the gap"),
        (
            {"needs": parse_condition("team = North")},
            "needs: expected a condition on touchpoint, channel and stage, got team",
        ),
    ],
    ids=["a gap before it begins", "a window within the gap", "a need by team"],
)
def test_settings_that_cannot_be_are_named(settings_: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ChainsAnalysis(**settings_)


def test_an_unknown_channel_is_an_error_with_near_names() -> None:
    with pytest.raises(UnknownNameError, match="got 'wep'") as raised:
        answer(ChainsAnalysis(self_service=("wep",)), [LATER])
    assert raised.value.hint == "did you mean 'web'?"
