from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from desireline.accounts import Role, SignedIn, tables
from desireline.accounts.attempts import PER_ACCOUNT, PER_ADDRESS, PER_PLACE
from desireline.accounts.auditing import access_events
from desireline.accounts.devices import new_device
from desireline.accounts.model import Origin, Person
from desireline.accounts.passwords import Passwords
from desireline.accounts.people import change_role, remove_person
from desireline.accounts.signing_in import (
    change_password,
    sessions,
    sign_in,
    sign_out,
    sign_out_everywhere,
    who_has_session,
)
from desireline.base import AttemptsError, NotSignedInError, UnknownNameError
from desireline.store import Workspace

from .conftest import HERE, PASSWORD, QUICK, join

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def enter(
    workspace: Workspace,
    email: str = "ada@example.org",
    password: str = PASSWORD,
    *,
    origin: Origin = HERE,
    now: datetime = NOW,
) -> str:
    return sign_in(workspace, email, password, origin=origin, passwords=QUICK, now=now)


def user(person: Person) -> SignedIn:
    return SignedIn(person.person, person.name, person.role)


@pytest.mark.parametrize("email", ["ada@example.org", " ADA@Example.org "], ids=["as kept", "as typed on a phone"])
def test_the_right_password_begins_a_session(workspace: Workspace, ada: Person, email: str) -> None:
    known = who_has_session(workspace, enter(workspace, email), now=NOW)
    assert known is not None
    assert known.user == SignedIn(ada.person, "Ada", Role.ADMIN)


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("ada@example.org", "x" * 100_000)],
    ids=["wrong password", "no account", "nothing", "very long"],
)
def test_everything_else_is_refused_in_the_same_words(
    workspace: Workspace, ada: Person, email: str, password: str
) -> None:
    with pytest.raises(NotSignedInError) as raised:
        enter(workspace, email, password)
    assert raised.value.message == "e-mail address and password do not belong together"


def test_whoever_was_invited_cannot_sign_in_before_they_set_a_password(workspace: Workspace, ada: Person) -> None:
    with workspace.database.writing() as connection:
        connection.execute(tables.people.update().values(password=None))
    with pytest.raises(NotSignedInError):
        enter(workspace)


def test_the_database_holds_neither_tokens_nor_passwords(workspace: Workspace, ada: Person) -> None:
    token = enter(workspace)
    with workspace.database.reading() as connection:
        rows = [str(row) for table in (tables.sessions, tables.people) for row in connection.execute(sa.select(table))]
    assert rows
    assert not [row for row in rows if token in row or PASSWORD in row]


@pytest.mark.parametrize(
    ("used_every", "until", "alive"),
    [
        (None, tables.IDLE - timedelta(seconds=1), True),
        (None, tables.IDLE, False),
        (timedelta(days=10), timedelta(days=80), True),
        (timedelta(days=10), tables.LONGEST_SESSION, False),
    ],
    ids=["not used yet", "not used for too long", "used now and then", "too old however used"],
)
def test_a_session_ends_when_it_is_not_used_and_after_three_months(
    workspace: Workspace, ada: Person, used_every: timedelta | None, until: timedelta, alive: bool
) -> None:
    token = enter(workspace)
    moment = NOW
    while used_every is not None and moment + used_every < NOW + until:
        moment += used_every
        assert who_has_session(workspace, token, now=moment) is not None
    assert (who_has_session(workspace, token, now=NOW + until) is not None) == alive


def test_signing_out_ends_one_session_and_everywhere_ends_all(workspace: Workspace, ada: Person) -> None:
    first, second, third = (enter(workspace) for _ in range(3))
    known = who_has_session(workspace, first, now=NOW)
    assert known is not None and known.proof.session is not None
    sign_out(workspace, user(ada), known.proof.session)
    assert who_has_session(workspace, first, now=NOW) is None
    assert who_has_session(workspace, second, now=NOW) is not None
    sign_out_everywhere(workspace, user(ada))
    assert [who_has_session(workspace, token, now=NOW) for token in (second, third)] == [None, None]


def test_nobody_ends_a_session_of_somebody_else(workspace: Workspace, ada: Person) -> None:
    ben = join(workspace, "Ben", Role.EDITOR)
    token = enter(workspace)
    known = who_has_session(workspace, token, now=NOW)
    assert known is not None and known.proof.session is not None
    with pytest.raises(UnknownNameError):
        sign_out(workspace, user(ben), known.proof.session)
    assert who_has_session(workspace, token, now=NOW) is not None


def test_another_role_counts_at_once_and_a_removed_person_is_out(workspace: Workspace, ada: Person) -> None:
    ben = join(workspace, "Ben", Role.EDITOR)
    token = enter(workspace, "ben@example.org")
    change_role(workspace, ben.person, Role.VIEWER, by="Ada")
    known = who_has_session(workspace, token, now=NOW)
    assert known is not None and known.user.role is Role.VIEWER
    remove_person(workspace, ben.person, by="Ada")
    assert who_has_session(workspace, token, now=NOW) is None


def test_sessions_say_where_they_are(workspace: Workspace, ada: Person) -> None:
    enter(workspace)
    first = sessions(workspace, user(ada), now=NOW)[0]
    assert (first.address, first.agent, first.ends_at) == ("198.51.100.7", "Firefox", NOW + tables.IDLE)


def test_another_password_ends_all_other_sessions(workspace: Workspace, ada: Person) -> None:
    before = enter(workspace)
    new = "four words that differ"
    token = change_password(workspace, user(ada), old=PASSWORD, new=new, origin=HERE, passwords=QUICK, now=NOW)
    assert who_has_session(workspace, before, now=NOW) is None
    assert who_has_session(workspace, token, now=NOW) is not None
    assert enter(workspace, password=new)


def test_whoever_does_not_know_the_old_password_does_not_set_another(workspace: Workspace, ada: Person) -> None:
    with pytest.raises(NotSignedInError, match="so far"):
        change_password(workspace, user(ada), old="a guess", new="four words that differ", origin=HERE, passwords=QUICK)
    assert enter(workspace)


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"], ids=["an account", "no account"])
def test_after_so_many_tries_an_account_is_closed_for_a_while(workspace: Workspace, ada: Person, email: str) -> None:
    for number in range(PER_ACCOUNT.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, email, "guess", origin=Origin(f"198.51.100.{number}"))
    with pytest.raises(AttemptsError, match="too many tries") as raised:
        enter(workspace, email, origin=Origin("203.0.113.9"), now=NOW + timedelta(minutes=1))
    assert raised.value.wait_seconds == 14 * 60


def test_and_opens_again_by_itself(workspace: Workspace, ada: Person) -> None:
    for _ in range(PER_PLACE.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, password="guess")
    with pytest.raises(AttemptsError):
        enter(workspace)
    assert enter(workspace, now=NOW + PER_PLACE.within)


@pytest.mark.parametrize(
    "address",
    [lambda number: "198.51.100.7", lambda number: f"2001:db8::{number:x}"],
    ids=["one address", "one line of IPv6"],
)
def test_after_so_many_tries_an_address_waits_whatever_the_account(workspace: Workspace, address: object) -> None:
    for number in range(PER_ADDRESS.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, f"{number}@example.org", origin=Origin(address(number)))  # type: ignore[operator]
    with pytest.raises(AttemptsError):
        enter(workspace, "other@example.org", origin=Origin(address(99)))  # type: ignore[operator]


def test_the_right_password_forgives_wrong_ones(workspace: Workspace, ada: Person) -> None:
    for _ in range(3):
        for _ in range(PER_PLACE.tries - 1):
            with pytest.raises(NotSignedInError):
                enter(workspace, password="guess")
        assert enter(workspace)


def test_right_passwords_use_up_nothing(workspace: Workspace, ada: Person) -> None:
    for _ in range(PER_ADDRESS.tries + 1):
        assert enter(workspace)


def test_right_passwords_give_nobody_further_guesses_at_others(workspace: Workspace, ada: Person) -> None:
    for number in range(PER_ADDRESS.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, f"{number}@example.org")
        if number % 10 == 0:
            assert enter(workspace)
    with pytest.raises(AttemptsError):
        enter(workspace, "other@example.org")


def test_who_guesses_from_one_place_closes_an_account_for_that_place_only(workspace: Workspace, ada: Person) -> None:
    stranger = Origin("203.0.113.9")
    for _ in range(PER_PLACE.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, password="guess", origin=stranger)
    with pytest.raises(AttemptsError):
        enter(workspace, origin=stranger)
    assert enter(workspace)


def guess_from_everywhere(workspace: Workspace) -> None:
    for number in range(PER_ACCOUNT.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, password="guess", origin=Origin(f"198.51.100.{number}"))


def test_nobody_closes_an_account_in_a_browser_in_which_it_was_signed_in(workspace: Workspace, ada: Person) -> None:
    guess_from_everywhere(workspace)
    with pytest.raises(AttemptsError):
        enter(workspace)
    assert enter(workspace, origin=Origin(HERE.address, device=new_device(workspace, ada.person)))


def test_but_one_guesses_no_more_often_there_than_elsewhere(workspace: Workspace, ada: Person) -> None:
    known = new_device(workspace, ada.person)
    for number in range(PER_PLACE.tries):
        with pytest.raises(NotSignedInError):
            enter(workspace, password="guess", origin=Origin(f"198.51.100.{number}", device=known))
    with pytest.raises(AttemptsError):
        enter(workspace, origin=Origin(HERE.address, device=known))


@pytest.mark.parametrize("kind", ["of somebody else", "made up", "empty", "in other letters"])
def test_the_mark_of_a_browser_that_is_none_for_the_account_counts_for_nothing(
    workspace: Workspace, ada: Person, kind: str
) -> None:
    ben = join(workspace, "Ben", Role.EDITOR)
    marks = {"of somebody else": new_device(workspace, ben.person), "made up": "a.b", "in other letters": "a.ß"}
    guess_from_everywhere(workspace)
    with pytest.raises(AttemptsError):
        enter(workspace, origin=Origin(HERE.address, device=marks.get(kind, "")))


def test_passwords_are_kept_with_newer_parameters_when_they_come_by(workspace: Workspace, ada: Person) -> None:
    stronger = Passwords(time_cost=2, memory_kib=8, lanes=1)
    sign_in(workspace, ada.email, PASSWORD, origin=HERE, passwords=stronger, now=NOW)
    with workspace.database.reading() as connection:
        assert not stronger.is_outdated(tables.password_of(connection, ada.person) or "")


def test_what_happened_to_access_is_kept(workspace: Workspace, ada: Person) -> None:
    enter(workspace)
    with pytest.raises(NotSignedInError):
        enter(workspace, password="guess")
    assert [(each.what, each.who, each.address) for each in access_events(workspace)[:2]] == [
        ("sign_in_refused", "ada@example.org", "198.51.100.7"),
        ("signed_in", "Ada", "198.51.100.7"),
    ]
