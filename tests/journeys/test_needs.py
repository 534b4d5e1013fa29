from __future__ import annotations

from typing import Any

import pytest

from desireline.base import InputError, SettingsError
from desireline.interactions import parse_condition
from desireline.journeys.analyses.needs import is_named_like_help, need_marks
from desireline.journeys.contact_settings import ContactSettings, read_needs
from desireline.journeys.model import Names

NAMES = Names(
    touchpoints=("Help article read", "Film watched"),
    channels=("web", "App", "ivr", "portal"),
    stages=("Use", "Service"),
    stage_of=(1, 0),
)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Help article read", True),
        ("help_viewed", True),
        ("FAQ-Seite", True),
        ("HelpCentreOpened", True),
        ("Störung gemeldet", True),
        ("Contact us", True),
        ("Helpful tips", False),
        ("Supporters' club", False),
        ("Bill viewed", False),
        ("", False),
    ],
)
def test_help_is_known_by_a_word_of_the_name(name: str, wanted: bool) -> None:
    assert is_named_like_help(name) is wanted


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        pytest.param(None, [[True, True, True, True], [False, False, True, True]], id="named like help"),
        pytest.param(
            "touchpoint = 'Film watched'", [[False, False, True, False], [True, True, True, True]], id="a touchpoint"
        ),
        pytest.param("channel = portal", [[False, False, True, True]] * 2, id="a channel"),
        pytest.param("stage = Service", [[True] * 4, [False, False, True, False]], id="a stage"),
    ],
)
def test_a_condition_says_which_visits_are_about_a_need_and_in_ivr_all_are(
    condition: str | None, wanted: list[list[bool]]
) -> None:
    found = need_marks(NAMES, None if condition is None else parse_condition(condition))
    assert found.tolist() == wanted


def test_an_index_without_interactions_has_no_needs() -> None:
    assert need_marks(Names((), ()), None).shape == (0, 0)


def test_the_settings_are_read() -> None:
    found = ContactSettings.read({"transferred_to": "attributes.to", "needs": "touchpoint = Help"})
    assert found == ContactSettings("attributes.to", parse_condition("touchpoint = Help"))
    assert ContactSettings.read({}) == ContactSettings()


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"need": "x"}, r"\[contacts\]: unknown need"),
        ({"needs": 5}, r"\[contacts\] needs: expected a text, got 5"),
        ({"needs": "touchpoint ="}, r"\[contacts\] "),
        (
            {"needs": "team = North"},
            r"\[contacts\] needs: expected a condition on touchpoint, channel and stage, got team",
        ),
        ({"transferred_to": "wait"}, r"\[contacts\] transferred_to: expected a text field"),
        ({"transferred_to": "temes"}, r"\[contacts\] expected a field of an interaction, got 'temes'"),
    ],
)
def test_a_setting_that_cannot_be_is_named(section: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        ContactSettings.read(section)


def test_a_need_is_asked_of_touchpoints_only() -> None:
    with pytest.raises(InputError, match="got actor, team"):
        read_needs("team = North and actor = customer")
