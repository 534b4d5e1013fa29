"""The catalogue of touchpoints and channels, and what a workspace adds to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import desireline
from desireline.app.commands import app
from desireline.base import InputError, UnknownNameError
from desireline.maps.catalogue import CATALOGUE_FILE, ICONS, PURCHASE_PHASES, catalogue_from_text, read_catalogue
from desireline.maps.drawing.icons import ICONS as DRAWN

CATALOGUE = read_catalogue()
OWN = """\
channels:
  drone: {name: Drone, icon: delivery}
touchpoints:
  Delivery from the air: {phases: [after, during], channels: [drone], summary: A parcel on the lawn}
  survey: {phases: [after], channels: [web]}
"""


def own(folder: Path, text: str = OWN) -> Path:
    (folder / CATALOGUE_FILE).write_text(text)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["maps", "catalogue", *arguments])


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Article",
            "Advert",
            "Search engine",
            "Social post",
            "Chatbot",
            "Directory",
            "Payment",
            "Phone call",
            "Review",
        ),
        *("Point of sale", "Newsletter", "Loyalty programme", "Community", "Support", "Billing", "Survey"),
    ],
)
def test_the_usual_touchpoints_are_there(name: str) -> None:
    assert CATALOGUE.touchpoint(name) is not None


def test_each_phase_has_touchpoints() -> None:
    assert all(len(CATALOGUE.chosen(phase=phase)) >= 20 for phase in PURCHASE_PHASES)


def test_each_channel_is_used_and_each_touchpoint_is_explained() -> None:
    assert all(CATALOGUE.chosen(channel=each.channel) for each in CATALOGUE.channels)
    assert all(each.summary and each.channels and each.phases for each in CATALOGUE.touchpoints)


def test_every_icon_is_drawn() -> None:
    assert set(ICONS) <= set(DRAWN)


def test_a_touchpoint_is_found_whatever_its_capitals() -> None:
    assert CATALOGUE.touchpoint("point OF sale") == CATALOGUE.touchpoint("Point of sale")
    assert CATALOGUE.touchpoint("Point of no return") is None


def test_a_channel_that_nobody_knows_has_the_icon_other() -> None:
    assert (CATALOGUE.icon("store"), CATALOGUE.icon("smoke")) == ("shop", "other")


def test_a_workspace_adds_its_own_and_replaces_what_is_usual(tmp_path: Path) -> None:
    found = read_catalogue(own(tmp_path))
    added = found.touchpoint("Delivery from the air")
    assert added is not None
    assert (added.phases, added.channels, added.icon) == (("during", "after"), ("drone",), "delivery")
    replaced = found.touchpoint("Survey")
    assert replaced is not None
    assert replaced.channels == ("web",)
    assert len(found.touchpoints) == len(CATALOGUE.touchpoints) + 1


def test_a_folder_without_a_file_has_the_usual_ones(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path) == CATALOGUE


def test_an_empty_file_adds_nothing(tmp_path: Path) -> None:
    assert read_catalogue(own(tmp_path, "")) == CATALOGUE


def test_all_problems_are_said_at_once() -> None:
    text = """\
channels:
  Drone: {icon: plane, size: 3}
touchpoints:
  Landing: {phases: [befor], channels: [webb], summary: [a]}
  Flight: none
  Bare: {}
stages: []
"""
    with pytest.raises(InputError) as raised:
        catalogue_from_text(text, where="mine.yaml", usual=CATALOGUE)
    assert raised.value.message == (
        "the catalogue mine.yaml cannot be used:\n"
        "  catalogue: unknown key 'stages'\n"
        "  channels.Drone: unknown key 'size'\n"
        "  channels.Drone: expected small letters, 'drone'\n"
        "  channels.Drone.icon: there is no icon 'plane'; known: " + ", ".join(ICONS) + "\n"
        "  touchpoints.Flight: expected phases, channels, icon, summary with their values, got 'none'\n"
        "  touchpoints.Landing.phases: there is no 'befor', did you mean before?\n"
        "  touchpoints.Landing.channels: there is no 'webb', did you mean web?\n"
        "  touchpoints.Landing.summary: expected a text of at most 1,000 characters, got \"['a']\"\n"
        "  touchpoints.Flight.phases: expected a list of before, during, after, got None\n"
        "  touchpoints.Flight.channels: expected a list of web, app, email, sms, messaging, chat, phone, video …, got None\n"
        "  touchpoints.Bare.phases: expected a list of before, during, after, got None\n"
        "  touchpoints.Bare.channels: expected a list of web, app, email, sms, messaging, chat, phone, video …, got None"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("channels: [", "is not valid YAML", id="no YAML"),
        pytest.param("[1, 2]", r"expected channels, touchpoints with their values, got \[1, 2\]", id="a list"),
        pytest.param("touchpoints: 7", "touchpoints: expected names with what belongs to them, got 7", id="a number"),
        pytest.param("touchpoints: {1: {}}", "expected a name, got 1; put it in quotes", id="a name that is a number"),
        pytest.param("[" * 1500, "is not valid YAML", id="very deep"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_catalogue(own(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / CATALOGUE_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read_catalogue(tmp_path)


def test_the_command_lists_what_is_chosen(tmp_path: Path) -> None:
    folder = own(desireline.create(tmp_path / "w").folder)
    listed = json.loads(run("--channel", "drone", "-w", str(folder), "--json").stdout)
    assert [each["name"] for each in listed["touchpoints"]] == ["Delivery from the air"]
    assert len(listed["channels"]) == len(CATALOGUE.channels) + 1
    assert "Delivery from the air" not in run("--phase", "before", "-w", str(folder)).stdout


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        pytest.param(["--phase", "later"], InputError, "expected before, during, after, got 'later'", id="phase"),
        pytest.param(["--channel", "phon"], UnknownNameError, "did you mean phone, person?", id="channel"),
    ],
)
def test_the_command_refuses_what_is_not_there(arguments: list[str], kind: type[Exception], message: str) -> None:
    raised = run(*arguments).exception
    assert isinstance(raised, kind)
    assert message in str(raised)
