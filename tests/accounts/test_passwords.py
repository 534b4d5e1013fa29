from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.accounts.passwords import Passwords, check_password
from desireline.base import InputError

from .conftest import QUICK


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("short", "12 to 200 characters, got one of 5"),
        ("x" * 201, "12 to 200 characters, got one of 201"),
        ("aaaaaaaaaaaaaa", "5 different characters"),
        ("ADA@example.org", "not the name or the e-mail address"),
        ("Ada Lovelace!", "not the name or the e-mail address"),
    ],
    ids=["short", "long", "one character", "e-mail address", "name"],
)
def test_what_is_easily_guessed_is_no_password(password: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        check_password(password, name="Ada Lovelace!", email="ada@example.org")


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_only_the_password_itself_matches(password: str, other: str) -> None:
    kept = QUICK.hash(password)
    assert QUICK.matches(password, kept)
    assert QUICK.matches(other, kept) == (QUICK.matches(password, QUICK.hash(other)))


def test_the_same_letters_from_another_keyboard_match() -> None:
    assert QUICK.matches("cafe\u0301 au lait", QUICK.hash("caf\u00e9 au lait"))


def test_nothing_matches_where_there_is_no_password() -> None:
    assert not QUICK.matches("the password of nobody", None)


def test_what_is_kept_does_not_hold_the_password_and_says_how_it_was_made() -> None:
    kept = QUICK.hash("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert "horse" not in kept
    assert not QUICK.is_outdated(kept)
    assert Passwords(time_cost=2, memory_kib=8, lanes=1).is_outdated(kept)
