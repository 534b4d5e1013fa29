"""Every answer can be filtered by period, segment, journey, channel and team, or says why not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import typer
from typer.core import TyperGroup

from desireline.journeys.commands import commands

NO_QUESTIONS = {
    "compare": "it asks another question of two groups, each with these options",
    "definitions": "it is about what a journey is, not about what happened",
    "index": "it builds what questions are asked of",
}
REASONS: Mapping[tuple[str, str], str] = {
    ("sessions", "--journey"): "journeys are cut by their definition, sessions by pauses: there is either",
    ("chains", "--teams"): "a chain goes through several teams; --segment chooses customers who were with one",
    ("handovers", "--teams"): "a handover is between two teams: its rows name both",
    ("handovers", "--channels"): "a handover is told by team; --segment chooses customers of a channel",
}
MEASURED_BETWEEN = ("chains", "contacts", "effort", "emotion", "handovers", "scores")
"""What is measured between interactions, so that --where would leave out what has to be seen: teams and channels are chosen afterwards."""


GROUP = typer.main.get_command(commands)
assert isinstance(GROUP, TyperGroup)
OPTIONS = {name: {told for each in command.params for told in each.opts} for name, command in GROUP.commands.items()}
QUESTIONS = {name: options for name, options in OPTIONS.items() if name not in NO_QUESTIONS}


@pytest.mark.parametrize("name", sorted(QUESTIONS))
@pytest.mark.parametrize("option", ["--period", "--where", "--segment", "--journey"])
def test_every_question_can_be_asked_of_a_period_a_segment_and_a_journey(name: str, option: str) -> None:
    assert (option in QUESTIONS[name]) != ((name, option) in REASONS)


@pytest.mark.parametrize("name", MEASURED_BETWEEN)
@pytest.mark.parametrize("option", ["--teams", "--channels"])
def test_what_lies_between_interactions_is_chosen_after_it_was_measured(name: str, option: str) -> None:
    assert (option in QUESTIONS[name]) != ((name, option) in REASONS)


@pytest.mark.parametrize("option", ["--period", "--where", "--segment", "--journey"])
def test_both_groups_of_a_comparison_can_be_chosen(option: str) -> None:
    assert {option, f"--with-{option.removeprefix('--')}"} <= OPTIONS["compare"]


def test_a_reason_is_given_for_nothing_that_is_there() -> None:
    assert not [(name, option) for name, option in REASONS if option in QUESTIONS[name]]
