from __future__ import annotations

import math
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from statistics import fmean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import chains, contacts, effort
from desireline.journeys.analyses import ContactsAnalysis
from desireline.journeys.analyses import contacts as module
from desireline.journeys.engine import combined
from desireline.journeys.estimates import compare
from desireline.journeys.pictures.charts import save_picture
from desireline.journeys.results.contacts import ContactGroup, Contacts, ContactsBy

from .contact_rows import (
    NAMES,
    TEXTS,
    Contact,
    Entry,
    answer,
    contacts_of,
    is_abandoned,
    last_told,
    some_entries,
    sources,
    unique,
)
from .rows import SECOND

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE, DAY = 60 * SECOND, 86_400 * SECOND
WINDOWS = st.sampled_from([timedelta(0), timedelta(seconds=2), timedelta(seconds=9), timedelta(days=7)])
REASONS = st.sampled_from([None, "touchpoint", "attributes.reason"])
CHANNELS = st.sampled_from([None, ("web",), ("phone", "email"), NAMES.channels])
GROUPINGS: st.SearchStrategy[ContactsBy] = st.sampled_from(["channel", "team", "agent", "touchpoint", "reason"])


class Followed:
    """A contact and how long after it the next one begins; ``told``: whether its reason is known; ``over``: its window is."""

    def __init__(self, contact: Contact, gap: int | None, *, told: bool, over: bool) -> None:
        self.contact, self.gap, self.told, self.over = contact, gap, told, over


def followed(entries: list[Entry], analysis: ContactsAnalysis) -> dict[int, list[Followed]]:
    window = analysis.within // timedelta(microseconds=1)
    last = max((entry.time for entry in entries), default=0)
    end = last if analysis.record_end is None else (analysis.record_end - EPOCH) // timedelta(microseconds=1)
    found = {}
    for customer, own in contacts_of(entries, analysis.channels).items():
        rows = []
        for place, contact in enumerate(own):
            topic = None if analysis.reason is None else contact.first(analysis.reason)
            later = [
                each.begin.time
                for each in own[place + 1 :]
                if analysis.reason is None or each.first(analysis.reason) == topic
            ]
            gap = later[0] - contact.begin.time if later else None
            told = analysis.reason is None or topic is not None
            rows.append(Followed(contact, gap, told=told, over=contact.begin.time + window <= end))
        found[customer] = rows
    return found


Origins = set[tuple[str, str]]
"""Sources and channels."""


def tells(known: dict[int, list[Followed]], analysis: ContactsAnalysis) -> Origins:
    """Those that tell of transfers."""
    told = [row for own in known.values() for each in own for row in each.contact.turned if row.to is not None]
    return {(row.source, row.channel) for row in told} if analysis.transferred_to else set()


def teams_of(rows: list[Followed], telling: Origins) -> list[list[str]]:
    """The teams of each contact of which it is known whether it was transferred; none where its origin tells of no transfer."""
    found = []
    for contact in (row.contact for row in rows):
        teams = contact.teams(told=bool(telling))
        if (
            len(teams) > 1
            or (teams and contact.begin.case is not None)
            or (contact.begin.source, contact.begin.channel) in telling
        ):
            found.append(teams)
    return found


def check(
    group: ContactGroup,
    chosen: dict[int, list[Followed]],
    window: int,
    telling: Origins,
    ends: tuple[str, ...],
) -> None:
    """One group against the list of its contacts."""
    rows = [row for own in chosen.values() for row in own]
    assert group.contacts == len(rows)
    assert group.customers == sum(bool(own) for own in chosen.values())
    answered = [row for row in rows if not is_abandoned(row.contact, ends)]
    assert group.abandoned.n == len(rows)
    assert round(group.abandoned.value * len(rows) if rows else 0) == len(rows) - len(answered)
    over = [row for row in answered if row.told and row.over]
    gaps = [row.gap for row in over if row.gap is not None and row.gap <= window]
    assert (group.resolved.n, group.repeats) == (len(over), len(gaps))
    assert group.resolved.value == pytest.approx((len(over) - len(gaps)) / len(over) if over else math.nan, nan_ok=True)
    assert group.median_repeat_seconds == pytest.approx(median(gaps) / SECOND if gaps else math.nan, nan_ok=True)
    agents = [row.contact.steps("agent") for row in rows if row.contact.begin.case is not None]
    for share, steps in (
        (group.transferred, teams_of(rows, telling)),
        (group.changed_agent, [each for each in agents if each]),
    ):
        assert share.n == len(steps)
        assert round(share.value * share.n if share.n else 0) == sum(len(each) > 1 for each in steps)
    for time, names in zip(group.times, (("wait",), ("hold",), ("duration", "hold")), strict=False):
        said = [row.contact.most(*names) for row in (answered if "duration" in names else rows)]
        check_time(time, [value for value in said if value is not None])
    asked = [pair for row in rows for pair in row.contact.answers()[0]]
    check_time(group.times[3], [(end - start) / SECOND for start, end in asked])
    assert group.unanswered == sum(row.contact.answers()[1] and row.contact.begin.case is not None for row in rows)
    outcomes = [row.contact.rows[place].outcome for row in rows for place in last_told(row.contact)]
    assert {each.outcome: each.contacts for each in group.outcomes} == {name: outcomes.count(name) for name in outcomes}


def check_time(time: module.ContactTime, values: list[float]) -> None:
    assert time.mean.n == len(values)
    ranked = sorted(values)
    p90 = next((value for place, value in enumerate(ranked, 1) if 10 * place >= 9 * len(values)), math.nan)
    assert time.mean.value == pytest.approx(fmean(values) if values else math.nan, nan_ok=True)
    assert time.median_seconds == pytest.approx(median(values) if values else math.nan, nan_ok=True)
    assert time.p90_seconds == pytest.approx(p90, nan_ok=True)


@settings(max_examples=300)
@given(
    some_entries(),
    WINDOWS,
    GROUPINGS,
    REASONS,
    CHANNELS,
    st.sampled_from([None, "attributes.to"]),
    st.sampled_from([(), ("left",), ("solved", "read")]),
    st.sampled_from([None, ("North",), ("South", "East")]),
    st.sampled_from([None, EPOCH + timedelta(seconds=5), EPOCH + timedelta(days=8)]),
    st.integers(1, 3),
)
def test_every_number_is_what_the_list_of_contacts_says(
    entries: list[Entry],
    within: timedelta,
    by: ContactsBy,
    reason: str | None,
    channels: tuple[str, ...] | None,
    transferred_to: str | None,
    abandoned: tuple[str, ...],
    teams: tuple[str, ...] | None,
    record_end: datetime | None,
    parts: int,
) -> None:
    by = "team" if by == "reason" and reason is None else by
    entries = unique(entries)
    analysis = ContactsAnalysis(
        within=within,
        by=by,
        reason=reason,
        channels=channels,
        transferred_to=transferred_to,
        abandoned=abandoned,
        teams=teams,
        top=50,
        record_end=record_end,
    )
    found = answer(analysis, entries, parts=parts)
    window = within // timedelta(microseconds=1)
    known = followed(entries, analysis)
    telling = tells(known, analysis)
    if teams is not None:
        known = {who: [row for row in own if row.contact.first("team") in teams] for who, own in known.items()}
    column = str(reason) if by == "reason" else by
    groups = {row.contact.first(column) for own in known.values() for row in own}
    assert {group.name for group in found.groups} == groups
    for group in found.groups:
        of_group = {
            customer: [row for row in own if row.contact.first(column) == group.name] for customer, own in known.items()
        }
        check(group, of_group, window, telling, abandoned)
    check(found.total, known, window, telling, abandoned)
    rows = [row for own in known.values() for row in own]
    assert found.without_case == sum(row.contact.begin.case is None for row in rows)
    answered = [row for row in rows if not is_abandoned(row.contact, abandoned)]
    assert found.without_reason == sum(not row.told for row in answered)
    assert found.not_over == sum(row.told and not row.over for row in answered)
    check_transfers(found, teams_of(rows, telling))


def check_transfers(found: Contacts, steps: list[list[str]]) -> None:
    changes = [min(max(len(each) - 1, 0), 5) for each in steps]
    assert {each.transfers: each.contacts for each in found.transfers} == {
        each: changes.count(each) for each in changes
    }
    chains = [tuple(each) for each in steps if len(each) > 1]
    assert {chain.teams: chain.contacts for chain in found.chains} == {chain: chains.count(chain) for chain in chains}
    assert found.total_chains == len(set(chains))
    assert list(found.chains) == sorted(found.chains, key=lambda chain: (-chain.contacts, chain.teams))


@given(some_entries(), WINDOWS, st.permutations(range(3)))
def test_partial_counts_combine_in_any_order(entries: list[Entry], within: timedelta, order: list[int]) -> None:
    analysis = ContactsAnalysis(
        within=within, by="team", transferred_to="attributes.to", abandoned=("left",), teams=("North", "South")
    )
    reading = pickle.loads(pickle.dumps(analysis.begin(NAMES)))
    states = [reading.partial(source()) for source in sources(unique(entries), parts=3)]
    one_way, another = (combined(reading, each) for each in (states, [states[place] for place in order]))
    assert repr(reading.conclude(one_way)) == repr(reading.conclude(another))


@given(some_entries(), st.sampled_from(list(permutations(range(3)))))
def test_answers_do_not_depend_on_the_codes_of_texts(entries: list[Entry], order: tuple[int, ...]) -> None:
    analysis = ContactsAnalysis(by="team", reason="attributes.reason", transferred_to="attributes.to")
    coded = replace(
        NAMES,
        values={
            name: tuple(texts[place] for place in order if place < len(texts)) + texts[3:]
            for name, texts in TEXTS.items()
        },
    )
    assert repr(answer(analysis, unique(entries), names=coded)) == repr(answer(analysis, unique(entries)))


CALL = Entry(channel="phone", direction="inbound", actor="customer")
LATER = Entry(customer=9, time=60 * DAY, channel="web")
"""So that every window is over."""


def call(customer: int, days: float, **fields: object) -> Entry:
    return CALL._replace(customer=customer, time=round(days * DAY), **fields)


def test_a_contact_is_resolved_if_no_other_one_follows_within_the_window() -> None:
    entries = [call(0, 0), call(0, 7), call(0, 14.1), call(1, 3), LATER]
    found = answer(ContactsAnalysis(), entries).total
    assert (found.contacts, found.customers, found.repeats, found.resolved.n) == (4, 2, 1, 4)
    assert found.resolved.value == 0.75
    assert (found.resolved.low, found.resolved.high) == pytest.approx((0.3006, 0.9544), abs=1e-4)
    assert found.median_repeat_seconds == 7 * 86_400


def test_an_abandoned_contact_is_not_resolved_and_not_handled_but_repeats_the_one_before() -> None:
    entries = [
        call(0, 0, duration=60),
        call(0, 1, duration=0, wait=90, outcome="left"),
        call(1, 0, outcome="left"),
        LATER,
    ]
    found = answer(ContactsAnalysis(abandoned=("left",)), entries).total
    assert (found.contacts, found.resolved.n, found.repeats, found.abandoned.value) == (3, 1, 1, pytest.approx(2 / 3))
    wait, _, handle = found.times[:3]
    assert (wait.mean.n, handle.mean.n) == (1, 1)
    everything = answer(ContactsAnalysis(abandoned=()), entries).total
    assert (everything.resolved.n, everything.abandoned.value, everything.times[2].mean.n) == (3, 0, 2)


@pytest.mark.parametrize(
    ("fields", "is_left"),
    [
        pytest.param({"outcome": "left", "duration": 5}, False, id="they talked before"),
        pytest.param({"outcome": "left", "duration": 0}, True, id="nobody talked"),
        pytest.param({"touchpoint": "Help read"}, True, id="a touchpoint that ends so"),
        pytest.param({"outcome": "solved"}, False, id="another outcome"),
    ],
)
def test_a_contact_is_abandoned_where_it_says_so_and_nobody_talked(fields: dict[str, object], is_left: bool) -> None:
    found = answer(ContactsAnalysis(abandoned=("LEFT", "read")), [call(0, 0, **fields)]).total
    assert found.abandoned.value == is_left


def test_contacts_of_a_team_are_chosen_after_all_are_measured() -> None:
    entries = [call(0, 0, team="North"), call(0, 1, team="South"), call(1, 0, team="North"), LATER]
    of_team = answer(ContactsAnalysis(teams=("North",)), entries)
    (north,) = [group for group in answer(ContactsAnalysis(by="team"), entries).groups if group.name == "North"]
    assert (of_team.total.contacts, of_team.total.resolved.value) == (2, 0.5)
    assert of_team.total.resolved == north.resolved


def test_contacts_of_a_weekday_are_those_that_begin_on_it_by_the_clock_of_the_workspace() -> None:
    """The epoch was a Thursday; half an hour before midnight in London is Friday in Berlin."""
    entries = [call(0, 0), call(0, 0.98), call(0, 1.5, wait=4), call(0, 8), LATER]
    told = [
        answer(ContactsAnalysis(weekday=day, timezone=zone), entries).total
        for day, zone in (("Thursday", "UTC"), ("Thursday", "Europe/Berlin"), ("Friday", "UTC"), ("Sunday", "UTC"))
    ]
    assert [each.contacts for each in told] == [2, 1, 2, 0]
    assert (told[0].repeats, told[2].times[0].mean.value) == (2, 4)
    assert told[2].resolved.n == 2
    with pytest.raises(InputError, match="weekday: expected one of Monday"):
        ContactsAnalysis(weekday="monday")


def test_an_unknown_team_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError) as caught:
        answer(ContactsAnalysis(teams=("Nort",)), [call(0, 0)])
    assert "'North'" in str(caught.value.hint)


def test_contacts_whose_window_is_not_over_are_left_out_even_if_followed() -> None:
    found = answer(ContactsAnalysis(), [call(0, 0), call(0, 10), call(0, 11), call(1, 12)])
    assert (found.total.resolved.n, found.total.repeats, found.not_over) == (1, 0, 3)


def test_only_the_same_reason_repeats_where_one_is_asked_for() -> None:
    bill, fault = ({"reason": reason} for reason in ("bill", "fault"))
    entries = [call(0, 0, **bill), call(0, 1, **fault), call(0, 2, **bill), call(0, 3), LATER]
    found = answer(ContactsAnalysis(by="reason", reason="attributes.reason"), entries)
    assert [(group.name, group.contacts, group.repeats, group.resolved.n) for group in found.groups] == [
        ("bill", 2, 1, 2),
        ("fault", 1, 0, 1),
        (None, 1, 0, 0),
    ]
    assert found.without_reason == 1
    assert answer(ContactsAnalysis(by="reason", reason="touchpoint"), entries).groups[0].repeats == 3


def test_a_case_in_two_channels_is_two_contacts_and_shared_by_two_customers_one_of_each() -> None:
    entries = [
        call(0, 0, case=1),
        call(0, 0.1, case=1),
        Entry(channel="email", case=1, team="North", time=DAY),
        call(1, 0.2, case=1),
    ]
    assert answer(ContactsAnalysis(), entries).total.contacts == 3


def test_what_the_company_began_or_does_for_itself_is_no_service_contact() -> None:
    entries = [
        call(0, 0, direction="outbound", case=1),
        call(0, 1, case=1),
        call(0, 2, direction="internal", case=2),
        call(0, 3, actor="system", case=3),
        Entry(channel="web", direction="inbound"),
        Entry(channel="email", direction="inbound", actor="customer"),
    ]
    assert answer(ContactsAnalysis(), entries).total.contacts == 0
    assert answer(ContactsAnalysis(channels=("email",)), entries).total.contacts == 1


def test_an_email_that_a_team_handles_is_a_contact_that_begins_with_the_customer() -> None:
    entries = [
        Entry(channel="email", case=1, direction="internal", team="East"),
        Entry(channel="email", case=1, direction="inbound", time=SECOND),
        Entry(channel="email", case=1, direction="outbound", team="North", time=HOUR_US),
    ]
    found = answer(ContactsAnalysis(by="team"), entries)
    assert [(group.name, group.contacts) for group in found.groups] == [("North", 1)]
    assert found.total.times[3].median_seconds == 3_599


HOUR_US = 3_600 * SECOND


def test_transfers_are_changes_of_team_within_the_case() -> None:
    first = [
        call(0, 0, case=1, team=team, agent=agent) for team, agent in (("North", "Ann"), (None, None), ("South", "Ann"))
    ]
    second = [call(1, 0, case=1, team="North"), call(1, 1, case=1, team="North", agent="Bob")]
    third = [call(2, 0, case=1, team=team) for team in ("North", "South", "North")]
    found = answer(ContactsAnalysis(), [*first, *second, *third, call(3, 0, team="North"), call(4, 0, case=9)])
    assert (found.total.transferred.value, found.total.transferred.n) == (pytest.approx(2 / 3), 3)
    assert (found.total.changed_agent.value, found.total.changed_agent.n) == (0, 2)
    assert [(chain.teams, chain.contacts) for chain in found.chains] == [
        (("North", "South"), 1),
        (("North", "South", "North"), 1),
    ]
    assert [(each.transfers, each.contacts) for each in found.transfers] == [(0, 1), (1, 1), (2, 1)]


def test_a_transfer_that_is_told_and_then_seen_is_one() -> None:
    entries = [
        call(0, 0, case=1, team="North", to="South"),
        call(0, 0.1, case=1, team="South"),
        call(1, 0, team="North", to="West"),
        call(2, 0, team="North", to="North"),
        call(3, 0, to="South"),
        call(4, 0, team="East"),
        call(5, 0, team="East", source="desk"),
        call(6, 0, team="East", to="West", direction="internal"),
    ]
    found = answer(ContactsAnalysis(transferred_to="attributes.to"), entries)
    assert (found.total.transferred.value, found.total.transferred.n) == (0.8, 5)
    assert [(chain.teams, chain.contacts) for chain in found.chains] == [
        (("(not known)", "South"), 1),
        (("North", "North"), 1),
        (("North", "South"), 1),
        (("North", "West"), 1),
    ]
    assert answer(ContactsAnalysis(), entries).total.transferred.n == 1


def test_minutes_that_two_sources_tell_of_count_once() -> None:
    entries = [
        call(0, 0, case=1, duration=240, hold=60, wait=30),
        call(0, 0, case=1, duration=60),
        call(0, 0, case=1, duration=180, source="desk", wait=5),
    ]
    wait, hold, handle = answer(ContactsAnalysis(), entries).total.times[:3]
    assert (wait.mean.value, hold.mean.value, handle.mean.value) == (30, 60, 360)


def test_a_customer_waits_from_the_first_message_that_is_not_answered() -> None:
    times = (0, 5, 20, 30, 31, 50)
    kinds = ("inbound", "inbound", "outbound", "outbound", "inbound", "inbound")
    entries = [
        call(0, 0, case=1, direction=kind, actor=None)._replace(time=minute * MINUTE)
        for minute, kind in zip(times, kinds, strict=True)
    ]
    found = answer(ContactsAnalysis(), entries).total
    assert (found.times[3].mean.n, found.times[3].median_seconds, found.unanswered) == (1, 1_200, 1)


def test_a_bot_does_not_answer_for_a_person() -> None:
    entries = [
        call(0, 0, case=1),
        call(0, 1, case=1, actor="bot", direction="outbound"),
        call(0, 2, case=1, actor="agent"),
    ]
    assert answer(ContactsAnalysis(), entries).total.times[3].median_seconds == 2 * 86_400


def test_nothing_at_all_is_a_plain_answer(tmp_path: Path) -> None:
    for entries in ([], [Entry(channel="web")]):
        found = answer(ContactsAnalysis(), entries)
        assert (found.total.contacts, found.groups, found.chains, found.rows()) == (0, (), (), [])
        assert math.isnan(found.total.resolved.value)
        save_picture(found, tmp_path / "nothing.svg")


def test_everything_at_the_same_moment_is_answered() -> None:
    found = answer(ContactsAnalysis(within=timedelta(0)), [call(0, 0), call(0, 0), call(1, 0)]).total
    assert (found.contacts, found.repeats, found.resolved.n, found.median_repeat_seconds) == (3, 1, 3, 0)


def test_groups_come_by_size_and_only_so_many_chains_are_named() -> None:
    chains = [("North", "South"), ("South", "East"), ("East", "North"), ("South", "East")]
    entries = [call(place, 0, case=1, team=team) for place, chain in enumerate(chains) for team in chain]
    found = answer(ContactsAnalysis(by="team", top=2), entries)
    assert [group.name for group in found.groups] == ["South", "East", "North"]
    assert [chain.teams for chain in found.chains] == [("South", "East"), ("East", "North")]
    assert found.total_chains == 3


def test_two_answers_can_be_compared() -> None:
    before, after = (
        answer(
            ContactsAnalysis(),
            [entry for place in range(60) for entry in (call(place, 0, wait=10), *again(place))] + [LATER],
        )
        for again in (lambda place: [call(place, 1)] if place % 2 else [], lambda place: [])
    )
    sure = {
        each.before.name: each for each in compare(before.estimates(), after.estimates()).differences if each.is_sure
    }
    assert sure["resolved at first contact"].difference == pytest.approx(1 - 2 / 3)


@pytest.mark.parametrize(
    ("settings_", "message"),
    [
        ({"within": timedelta(seconds=-1)}, "within: expected a duration from zero on"),
        ({"by": "reason"}, "expected the field that says the reason"),
        ({"by": "colour"}, "by: expected one of channel, team"),
        ({"reason": "wait"}, "reason: expected touchpoint or a text field, got 'wait'"),
        ({"reason": "raeson"}, "expected a field of an interaction, got 'raeson'"),
        (
            {"transferred_to": "wait"},
            "transferred_to: expected a text field such as attributes.transferred_to, got 'wait'",
        ),
    ],
)
def test_settings_that_cannot_be_are_named(settings_: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ContactsAnalysis(**settings_)  # type: ignore[arg-type]


def test_an_unknown_channel_is_an_error_with_near_names() -> None:
    with pytest.raises(UnknownNameError, match="got 'fone'") as raised:
        answer(ContactsAnalysis(channels=("fone",)), [CALL])
    assert raised.value.hint == "did you mean 'phone'?"


def test_every_picture_and_every_table_is_made(tmp_path: Path) -> None:
    entries = [call(place, 0, case=place, team=team, wait=place) for place in range(4) for team in ("North", "South")]
    found = answer(ContactsAnalysis(by="team"), [*entries, LATER])
    save_picture(found, tmp_path / "contacts.svg")
    assert "North › South" in (tmp_path / "contacts.svg").read_text()
    assert found.rows()[0]["transferred"] == 1
    assert found.to_arrow().num_rows == 1


def test_a_workspace_says_its_contacts_and_counts_opening_hours(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    with (workspace.folder / "desireline.toml").open("a") as settings_file:
        settings_file.write('[calendar]\ntimezone = "UTC"\nfrom = "09:00"\nto = "17:00"\n')
    moments = (datetime(2026, 3, 6, 16, tzinfo=UTC), datetime(2026, 3, 9, 10, tzinfo=UTC))
    new = [
        NewInteraction(
            {"source": "desk", "channel": "email", "touchpoint": "E-mail", "occurred_at": moment, "case": "1", **more},
            {"user": "ann"},
        )
        for moment, more in zip(
            moments, ({"direction": "inbound"}, {"direction": "outbound", "team": "Desk"}), strict=True
        )
    ]
    record_interactions(workspace, new)
    found = contacts(desireline.open(workspace.folder), by="team")
    response, open_response = found.groups[0].times[3:]
    assert (response.median_seconds, open_response.median_seconds) == (66 * 3_600, 2 * 3_600)
    assert found.opening_hours == "Mon, Tue, Wed, Thu, Fri 09:00 to 17:00 (UTC)"


def test_an_abandoned_contact_is_effort_and_a_step_of_a_chain_but_resolves_nothing(tmp_path: Path) -> None:
    """One customer hangs up in the queue and calls again a day later; another hangs up and gives up."""
    made = desireline.create(tmp_path / "workspace")
    calls = [("ann", 0, "Call abandoned"), ("ann", 1, "Call"), ("ben", 0, "Call abandoned"), ("cem", 40, "Visit")]
    new = [
        NewInteraction(
            {
                "source": "queue",
                "channel": "web" if touchpoint == "Visit" else "phone",
                "touchpoint": touchpoint,
                "occurred_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day),
            },
            {"user": user},
            {},
        )
        for user, day, touchpoint in calls
    ]
    record_interactions(made, new)
    found, chained, felt = contacts(made).total, chains(made), effort(made)
    assert (found.contacts, found.abandoned.value, found.resolved.n) == (3, pytest.approx(2 / 3), 1)
    assert (chained.total_chains, chained.abandoned, chained.resolved.n) == (2, 1, 1)
    amounts = {each.component: each.amount for each in felt.components}
    assert (felt.contacts, amounts["contact"], amounts["repeat"]) == (3, 3, 1)
