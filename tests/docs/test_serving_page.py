"""What the page about serving says of roles, limits and errors is what the code does."""

from __future__ import annotations

import inspect

import pytest

from desireline.accounts import Right, Role, rights_of
from desireline.accounts.attempts import PER_ACCOUNT, PER_ADDRESS, PER_PLACE
from desireline.accounts.auditing import KEPT
from desireline.accounts.cookies import DEVICE_KEPT
from desireline.accounts.links import LASTS
from desireline.accounts.model import Purpose
from desireline.accounts.passwords import LONGEST, SHORTEST
from desireline.accounts.tables import IDLE, LONGEST_SESSION
from desireline.app.server.errors import STATUS

from .pages import ROOT
from .test_completeness import table

PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def test_the_table_of_roles_is_the_one_of_the_code() -> None:
    marks = {right: ["yes" if right in rights_of(role) else "–" for role in Role] for right in Right}
    assert table(PAGE, "### Roles") == [[f"`{right}`", _meaning(right), *marks[right]] for right in Right]


def _meaning(right: Right) -> str:
    lines = inspect.getsource(Right).splitlines()
    place = next(number for number, line in enumerate(lines) if f'= "{right.value}"' in line)
    return lines[place + 1].strip().strip('"')


@pytest.mark.parametrize(
    "said",
    [
        f"{SHORTEST} to {LONGEST} characters",
        f"ends {IDLE.days} days after the last click, and {LONGEST_SESSION.days} days after signing in",
        f"After {PER_PLACE.tries} tries to sign in within {PER_PLACE.within.seconds // 60} minutes an account waits at the network address",
        f"after {PER_ACCOUNT.tries} from everywhere",
        f"after {PER_ADDRESS.tries} a network address",
        f"for that browser alone, {PER_PLACE.tries} of them",
        f"says which browser it is, for {DEVICE_KEPT.days} days",
        f"kept for {KEPT.days} days",
        f"for {LASTS[Purpose.INVITATION].days} days, with which somebody sets",
    ],
)
def test_the_numbers_are_those_of_the_code(said: str) -> None:
    assert said in " ".join(PAGE.split())


def test_every_status_of_an_error_is_explained() -> None:
    rows = table(PAGE, "Every error has one shape:")
    explained = {int(status) for row in rows for status in row[0].split(",")}
    assert set(STATUS.values()) <= explained
