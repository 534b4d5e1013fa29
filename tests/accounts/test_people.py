from __future__ import annotations

import itertools

import pytest

from desireline.accounts import Right, Role, rights_of
from desireline.accounts.auditing import access_events
from desireline.accounts.keys import keys, make_key, revoke_key
from desireline.accounts.model import Person
from desireline.accounts.people import add_person, change_role, people, remove_person
from desireline.accounts.signing_in import who_has_key
from desireline.base import InputError, UnknownNameError
from desireline.store import Workspace

from .conftest import join


@pytest.mark.parametrize("first", [Role.AGENT, Role.EDITOR])
def test_each_role_may_what_the_ones_before_it_may_on_both_ways_to_the_top(first: Role) -> None:
    rights = [rights_of(role) for role in (Role.VIEWER, first, Role.ANALYST, Role.ADMIN)]
    assert all(less < more for less, more in itertools.pairwise(rights))
    assert rights[0] == {Right.LOOK}
    assert rights[-1] == set(Right)


def test_an_agent_looks_customers_up_and_logs_but_changes_nothing_else() -> None:
    assert rights_of(Role.AGENT) == {Right.LOOK, Right.SEE_CUSTOMERS, Right.LOG_INTERACTIONS}


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("Ben", "ada@example.org", "Ada has the e-mail address"),
        ("Ben", "Ada@Example.org", "Ada has the e-mail address"),
        ("Ben", "ben", "expected an e-mail address, got 'ben'"),
        ("  ", "ben@example.org", "expected a name"),
        ("x" * 201, "ben@example.org", "expected a name"),
        ("Ben\x1b[31m", "ben@example.org", "expected a name"),
    ],
    ids=["taken", "taken in other letters", "no address", "no name", "long name", "steers the terminal"],
)
def test_who_cannot_be_added(workspace: Workspace, ada: Person, name: str, email: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        add_person(workspace, name=name, email=email, role=Role.VIEWER, by="Ada")
    assert people(workspace) == [ada] or [each.name for each in people(workspace)] == ["Ada"]


def test_one_admin_who_can_sign_in_is_left(workspace: Workspace, ada: Person) -> None:
    add_person(workspace, name="Invited", email="invited@example.org", role=Role.ADMIN, by="Ada")
    with pytest.raises(InputError, match="the only admin"):
        change_role(workspace, ada.person, Role.EDITOR, by="Ada")
    with pytest.raises(InputError, match="the only admin"):
        remove_person(workspace, ada.person, by="Ada")
    join(workspace, "Ben", Role.ADMIN)
    assert change_role(workspace, ada.person, Role.EDITOR, by="Ben").role is Role.EDITOR


def test_the_number_of_a_person_is_never_given_again(workspace: Workspace, ada: Person) -> None:
    ben = join(workspace, "Ben", Role.VIEWER)
    remove_person(workspace, ben.person, by="Ada")
    assert join(workspace, "Eve", Role.VIEWER).person > ben.person


def test_a_key_asks_with_its_role_until_it_is_revoked(workspace: Workspace) -> None:
    made = make_key(workspace, name="Warehouse", role=Role.ANALYST, by="Ada")
    known = who_has_key(workspace, made.text)
    assert known is not None
    assert (known.user.name, known.user.role) == ("Warehouse", Role.ANALYST)
    assert [(each.prefix, each.used_at is not None) for each in keys(workspace)] == [(made.text[:11], True)]
    revoke_key(workspace, made.key.key, by="Ada")
    assert who_has_key(workspace, made.text) is None
    with pytest.raises(UnknownNameError):
        revoke_key(workspace, made.key.key, by="Ada")


def test_changes_of_rights_are_kept_with_who_made_them(workspace: Workspace, ada: Person) -> None:
    ben = join(workspace, "Ben", Role.VIEWER)
    change_role(workspace, ben.person, Role.EDITOR, by="Ada")
    remove_person(workspace, ben.person, by="Ada")
    make_key(workspace, name="Warehouse", role=Role.VIEWER, by="Ada")
    newest = access_events(workspace)
    assert [each.what for each in newest[:3]] == ["key_made", "person_removed", "role_changed"]
    assert newest[2].about == "Ben (ben@example.org), viewer → editor"
    assert {each.who for each in newest[:3]} == {"Ada"}
