"""Kinds of numbers of service: contacts, needs, effort, handovers, answers to surveys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desireline.journeys.addresses import Question, parameters_of
from desireline.journeys.analyses.chains import ChainsAnalysis
from desireline.journeys.analyses.contacts import ContactsAnalysis
from desireline.journeys.analyses.effort import EffortAnalysis
from desireline.journeys.analyses.emotion import EmotionAnalysis
from desireline.journeys.analyses.handovers import HandoversAnalysis
from desireline.journeys.analyses.scores import ScoresAnalysis
from desireline.journeys.analyses.surveys import SurveysAnalysis
from desireline.journeys.answering import answers_of
from desireline.journeys.behind import (
    AnsweringNumber,
    AnswersNumber,
    ContactsNumber,
    DepartmentNumber,
    EffortNumber,
    FeelingNumber,
    HandoverNumber,
    NeedContactsNumber,
    NeedsNumber,
    Number,
    SentNumber,
)
from desireline.journeys.behind.contacts import ContactsThat, TellingOrigins
from desireline.journeys.behind.effort import EffortKnown, RecordedEffort
from desireline.journeys.behind.handovers import HandoversThat
from desireline.journeys.behind.needs import NeedsThat
from desireline.journeys.results.scores import Scores
from desireline.journeys.routes.kinds import (
    Kind,
    Said,
    analysis_asked,
    kept,
    may,
    must,
)
from desireline.store import Workspace


def _contacts(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(ContactsAnalysis, "contacts", workspace, said)
    tells = None
    if said["that"] == "traced":
        tells = kept("origins that tell of transfers", TellingOrigins(analysis), workspace, said)
    return ContactsNumber(
        analysis,
        said["that"],
        tells=tells,
        value=said["value"],
        path=tuple(said["path"] or ()),
    )


def _needs(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(ChainsAnalysis, "chains", workspace, said)
    return NeedsNumber(
        analysis,
        said["that"],
        path=tuple(said["path"] or ()),
        goes_on=said["goes_on"],
        begins=said["begins"],
        priced=said["priced"],
    )


def _need_contacts(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(ChainsAnalysis, "chains", workspace, said)
    return NeedContactsNumber(analysis, said["channel"], said["after"], said["priced"])


def _effort(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(EffortAnalysis, "effort", workspace, {**said, "fit": False})
    recorded = None
    if said["known"] is not None:
        recorded = kept("recorded effort", RecordedEffort(analysis), workspace, said)
    return EffortNumber(analysis, recorded, said["component"], said["known"], said["value"])


def _scores(workspace: Workspace, said: Said) -> ScoresAnalysis:
    """With the surveys that the answer has found, unless they are named."""
    analysis = analysis_asked(ScoresAnalysis, "scores", workspace, said)
    found = answers_of(workspace).ask(Question.of("scores", said)).answer
    assert isinstance(found, Scores)
    return replace(analysis, surveys=found.surveys)


def _feeling(workspace: Workspace, said: Said) -> Number:
    analysis = analysis_asked(EmotionAnalysis, "emotion", workspace, said)
    if analysis.surveys is None:
        analysis = replace(analysis, surveys=kept("surveys", SurveysAnalysis(), workspace, said))
    return FeelingNumber(analysis, said["step"], said["line"])


SERVICE_NUMBERS: Mapping[str, Kind] = {
    "contacts": Kind(
        (may("that", ContactsThat, "all"), may("value"), may("path", list[str] | None), *parameters_of("contacts")),
        _contacts,
        "Journeys with a service contact; value: of one group; path: transferred from team to team like this.",
    ),
    "needs": Kind(
        (
            may("that", NeedsThat, "all"),
            may("path", list[str] | None),
            may("goes_on", bool, False),
            may("begins"),
            may("priced", bool, False),
            *parameters_of("chains"),
        ),
        _needs,
        "Journeys with a need that went through these channels, or began in one; priced: of known cost.",
    ),
    "need_contacts": Kind(
        (may("channel"), may("after"), may("priced", bool | None), *parameters_of("chains")),
        _need_contacts,
        "Journeys with a contact of a need in a channel; after: directly after one in this other channel; priced: of known cost, or not.",
    ),
    "effort": Kind(
        (may("component"), may("known", EffortKnown | None), may("value"), *parameters_of("effort")),
        _effort,
        "Journeys with something that makes effort; component: such as repeat; known: those of which it is known, there or not; "
        "value: added in one group.",
    ),
    "handover": Kind(
        (may("source"), may("target"), may("that", HandoversThat, "all"), *parameters_of("handovers")),
        lambda workspace, said: HandoverNumber(
            analysis_asked(HandoversAnalysis, "handovers", workspace, said),
            said["source"],
            said["target"],
            said["that"],
        ),
        "Journeys in which a customer is handed from one department to another; that: such as told, and not seen.",
    ),
    "department": Kind(
        (may("untraced", bool, False), *parameters_of("handovers")),
        lambda workspace, said: DepartmentNumber(
            analysis_asked(HandoversAnalysis, "handovers", workspace, said), said["untraced"]
        ),
        "Journeys in which a department is known; untraced: and that begin without one.",
    ),
    "answers": Kind(
        (may("value"), may("score", int | None), may("boxes", int | None), *parameters_of("scores")),
        lambda workspace, said: AnswersNumber(
            _scores(workspace, said), said["value"], said["score"], boxes=said["boxes"]
        ),
        "Journeys with an answer to a survey; value: about one group; boxes: in so many highest levels of the scale.",
    ),
    "answering": Kind(
        (must("channel"), may("answered", bool, False), *parameters_of("scores")),
        lambda workspace, said: AnsweringNumber(_scores(workspace, said), said["channel"], said["answered"]),
        "Journeys of customers in a channel that surveys ask about; answered: of those who have answered.",
    ),
    "sent": Kind(
        (may("answered", bool, False), *parameters_of("scores")),
        lambda workspace, said: SentNumber(_scores(workspace, said), said["answered"]),
        "Journeys with a survey that was sent; answered: with an answer to one.",
    ),
    "feeling": Kind(
        (must("step"), must("line"), *parameters_of("emotion")),
        _feeling,
        "Journeys in which a feeling about a step is told; line: sentiment, or the kind of score.",
    ),
}
"""See :data:`desireline.journeys.routes.numbers.NUMBERS`."""
