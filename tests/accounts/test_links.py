from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desireline.accounts import Role, tables
from desireline.accounts.links import LASTS, REMEMBERED, look_at_link, make_first_link, make_link, use_link
from desireline.accounts.model import Person, Purpose
from desireline.accounts.people import add_person, people
from desireline.accounts.signing_in import sign_in, who_has_session
from desireline.accounts.tokens import token_hash
from desireline.base import InputError, LinkError, UnknownNameError
from desireline.store import Workspace

from .conftest import HERE, PASSWORD, QUICK

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def use(workspace: Workspace, token: str | None, *, email: str | None = None, password: str = PASSWORD) -> str:
    assert token is not None
    return use_link(workspace, token, name="Ada", email=email, password=password, origin=HERE, passwords=QUICK, now=NOW)


def test_the_first_link_makes_an_admin_and_signs_them_in(workspace: Workspace) -> None:
    token = use(workspace, make_first_link(workspace, now=NOW), email="Ada@example.org")
    assert [(each.name, each.email, each.role, each.invited) for each in people(workspace)] == [
        ("Ada", "ada@example.org", Role.ADMIN, False)
    ]
    known = who_has_session(workspace, token, now=NOW)
    assert known is not None and known.user.role is Role.ADMIN


def test_there_is_no_first_link_where_there_are_people(workspace: Workspace, ada: Person) -> None:
    assert make_first_link(workspace) is None


def test_a_first_link_no_longer_counts_once_somebody_is_there(workspace: Workspace) -> None:
    token = make_first_link(workspace, now=NOW)
    add_person(workspace, name="Ben", email="ben@example.org", role=Role.ADMIN, by="command line")
    with pytest.raises(LinkError, match="there are people already"):
        use(workspace, token, email="eve@example.org")


def test_a_newer_link_takes_the_place_of_an_older_one(workspace: Workspace) -> None:
    older, newer = make_first_link(workspace, now=NOW), make_first_link(workspace, now=NOW)
    with pytest.raises(LinkError, match="newer one"):
        use(workspace, older, email="ada@example.org")
    use(workspace, newer, email="ada@example.org")


def test_a_link_works_once(workspace: Workspace) -> None:
    token = make_first_link(workspace, now=NOW)
    use(workspace, token, email="ada@example.org")
    with pytest.raises(LinkError, match="works once"):
        use(workspace, token, email="eve@example.org")


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_ends(workspace: Workspace, purpose: Purpose) -> None:
    token = make_first_link(workspace, now=NOW)
    if purpose is not Purpose.FIRST:
        person = add_person(workspace, name="Ada", email="ada@example.org", role=Role.VIEWER, by="a test")
        token = make_link(workspace, person.person, by="a test", now=NOW)
    if purpose is Purpose.PASSWORD:
        use(workspace, token)
        token = make_link(workspace, 1, by="a test", now=NOW)
    assert token is not None
    assert look_at_link(workspace, token, now=NOW + LASTS[purpose] - timedelta(seconds=1)).purpose is purpose
    with pytest.raises(LinkError, match="was good until 2030-01-0"):
        look_at_link(workspace, token, now=NOW + LASTS[purpose])


def test_a_refused_password_does_not_use_the_link_up(workspace: Workspace) -> None:
    token = make_first_link(workspace, now=NOW)
    with pytest.raises(InputError):
        use(workspace, token, email="ada@example.org", password="short")
    with pytest.raises(InputError, match="e-mail address"):
        use(workspace, token)
    use(workspace, token, email="ada@example.org")


def test_a_link_for_a_new_password_signs_out_everywhere_else(workspace: Workspace, ada: Person) -> None:
    before = sign_in(workspace, ada.email, PASSWORD, origin=HERE, passwords=QUICK, now=NOW)
    after = use(workspace, make_link(workspace, ada.person, by="Ben", now=NOW), password="four words that differ")
    assert who_has_session(workspace, before, now=NOW) is None
    assert who_has_session(workspace, after, now=NOW) is not None


def test_nobody_gets_a_link_for_nobody(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError):
        make_link(workspace, 7, by="Ada")
    with pytest.raises(LinkError, match="no such link"):
        look_at_link(workspace, "made up")


def test_links_that_ended_long_ago_are_forgotten(workspace: Workspace, ada: Person) -> None:
    token = make_link(workspace, ada.person, by="Ben", now=NOW)
    with workspace.database.writing() as connection:
        tables.use_link(connection, token_hash(token), now=NOW)
    later = NOW + LASTS[Purpose.PASSWORD] + REMEMBERED
    for now, said in ((later, "used already"), (later + timedelta(seconds=1), "no such link")):
        make_link(workspace, ada.person, by="Ben", now=now)
        with pytest.raises(LinkError, match=said):
            look_at_link(workspace, token, now=now)
