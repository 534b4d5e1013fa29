"""What is compiled after installation."""

from __future__ import annotations

from desireline.evidence.warming import map_questions
from desireline.journeys.warming import warm_up


def test_every_question_about_maps_can_be_asked_of_the_small_workspace() -> None:
    questions = map_questions()
    assert warm_up(questions) == 4 * len(questions)
