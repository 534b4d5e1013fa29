from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import SettingsError
from desireline.store.settings_text import with_section

FILE = """\
# Ours.
format = 1   # leave it
name = "Shop = [costs]"

[costs]  # of 2026
currency = 'EUR'  # as the bank says

# Reckoned by finance.
[costs.channels.phone]
per_contact = 2.50   # with tax
per_minute = 0.8

[costs.channels."Call centre"]
per_contact = 3

# Nobody knows why.
[effort]
contact = 1
"""
PHONE = {"per_contact": 2.5, "per_minute": 0.8}
CENTRE = {"per_contact": 3}


@pytest.mark.parametrize(
    ("section", "changes"),
    [
        (
            {"currency": "GBP", "channels": {"phone": PHONE, "Call centre": CENTRE}},
            [("currency = 'EUR'", 'currency = "GBP"')],
        ),
        (
            {"currency": "EUR", "channels": {"phone": {**PHONE, "per_contact": 2.6}, "Call centre": CENTRE}},
            [("2.50   # with tax", "2.6   # with tax")],
        ),
        (
            {"currency": "EUR", "channels": {"phone": PHONE}},
            [('[costs.channels."Call centre"]\nper_contact = 3\n\n', "")],
        ),
        (
            {"currency": "EUR", "channels": {"phone": PHONE, "Call centre": {**CENTRE, "per_minute": 1}}},
            [("per_contact = 3\n", "per_contact = 3\nper_minute = 1\n")],
        ),
        (
            {"currency": "EUR", "channels": {"phone": PHONE, "Call centre": CENTRE, "chat": {"per_contact": 1}}},
            [("per_contact = 3\n", "per_contact = 3\n\n[costs.channels.chat]\nper_contact = 1\n")],
        ),
    ],
    ids=["a text", "a number", "a table less", "a key more", "a table more"],
)
def test_only_what_is_said_anew_is_written_anew(section: dict[str, Any], changes: list[tuple[str, str]]) -> None:
    expected = FILE
    for before, after in changes:
        assert before in expected
        expected = expected.replace(before, after)
    assert with_section(FILE, "costs", section) == expected


def test_saying_the_same_changes_nothing() -> None:
    assert with_section(FILE, "costs", tomllib.loads(FILE)["costs"]) == FILE


def test_a_new_section_comes_last_even_without_a_line_end() -> None:
    assert with_section("format = 1", "calendar", {"from": "09:00"}) == 'format = 1\n\n[calendar]\nfrom = "09:00"\n'


def test_an_empty_section_is_taken_out_and_its_comments_stay() -> None:
    written = with_section(FILE, "costs", {})
    assert "costs" not in tomllib.loads(written)
    assert "# Reckoned by finance." in written


def test_line_ends_of_another_system_are_kept() -> None:
    written = with_section(
        FILE.replace("\n", "\r\n"), "costs", {"currency": "GBP", "channels": {"web": {"per_contact": 1}}}
    )
    assert written.count("\r\n") == written.count("\n")


HOLIDAYS = """\
[calendar]
holidays = [
    "2026-12-25",  # Christmas
    # moves every year
    "2026-04-03"  # Good Friday
]  # of the head office
"""


@pytest.mark.parametrize(
    ("holidays", "lines"),
    [
        (
            ["2026-12-25", "2026-04-03", "2027-01-01"],
            ['"2026-12-25",  # Christmas', "# moves every year", '"2026-04-03",  # Good Friday', '"2027-01-01",'],
        ),
        (["2026-04-03"], ["# moves every year", '"2026-04-03",  # Good Friday']),
    ],
    ids=["one more", "one less"],
)
def test_comments_in_a_list_stay_with_its_values(holidays: list[str], lines: list[str]) -> None:
    written = with_section(HOLIDAYS, "calendar", {"holidays": holidays}).splitlines()
    assert [line.strip() for line in written[2:-1]] == lines
    assert written[-1] == "]  # of the head office"


@pytest.mark.parametrize(
    "text",
    [
        "costs = { currency = 'EUR', channels = { phone = { per_contact = 1 } } }  # all of it\n",
        "costs.currency = 'EUR'\ncosts.channels.phone.per_contact = 1\n",
        "[costs.channels]\nphone = { per_contact = 1 }\n",
        "[costs.channels.phone]\nper_contact = 1\n[costs]\ncurrency = 'EUR'\n",
        "[costs]\nchannels.phone.per_contact = 1\n",
        "# \u2028 here\n[costs]\ncurrency = '''EUR'''\n[costs.'channels'.\"phone\"]\nper_contact = 1_0\n",
    ],
    ids=["inline", "dotted", "inline channels", "the other way round", "dotted within", "odd signs"],
)
def test_however_it_is_written_it_says_what_is_wanted_or_is_left_alone(text: str) -> None:
    wanted = {"currency": "GBP", "channels": {"phone": {"per_contact": 2}, "chat": {"per_minute": 1}}}
    try:
        written = with_section(text, "costs", wanted)
    except SettingsError as error:
        assert "by hand" in error.message
        return
    assert tomllib.loads(written) == {"costs": wanted}


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
NUMBERS = st.integers(0, 10**6) | st.floats(0, 1e9)
SECTIONS = st.fixed_dictionaries(
    {
        "currency": st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        "days": st.lists(st.dates().map(date.isoformat), min_size=1, max_size=3),
        "channels": st.dictionaries(
            NAMES,
            st.dictionaries(st.sampled_from(["per_contact", "per_minute"]), NUMBERS, min_size=1),
            min_size=1,
            max_size=4,
        ),
    }
)


@given(SECTIONS, SECTIONS)
def test_any_section_can_follow_any_other(first: dict[str, Any], second: dict[str, Any]) -> None:
    others = {key: value for key, value in tomllib.loads(FILE).items() if key != "costs"}
    written = with_section(with_section(FILE, "costs", first), "costs", second)
    assert tomllib.loads(written) == {**others, "costs": second}
    assert all(comment in written for comment in ("# Ours.", "# leave it", "# Nobody knows why."))
