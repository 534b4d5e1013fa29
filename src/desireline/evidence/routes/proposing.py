"""Proposed edits, accepted or rejected one by one, and a first map."""

from __future__ import annotations

from litestar import get, post

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase
from desireline.evidence.answers import Decision, DecisionAnswer, FirstMap, ProposalsAnswer, answer
from desireline.evidence.deciding import decide
from desireline.evidence.first_map import DEFAULT_STEPS, PersonaSegment, propose_map
from desireline.evidence.proposals import Proposals
from desireline.evidence.proposing import propose_edits
from desireline.evidence.routes.asking import AskedMap, Chosen, Ticket, ask_map, chosen_group, kept
from desireline.evidence.withholding import withheld_proposals
from desireline.journeys.routes.questions import ticket_of
from desireline.journeys.routes.reading import check_conditions
from desireline.journeys.selection import Selection
from desireline.journeys.smallest_group import check_group, fewest_shown
from desireline.maps import fresh_id
from desireline.maps.answers import SavedAnswer, saved_answer
from desireline.maps.routes.documents import taken_ids
from desireline.maps.storing import save
from desireline.store import Workspace


@get("/maps/{ident:str}/proposals", sync_to_thread=True)
def proposals(
    workspace: Workspace, user: SignedIn, ident: str, selected: Chosen, ticket: Ticket = None
) -> ProposalsAnswer:
    """What should be changed in a map, with the numbers that speak for it; the strongest first."""
    fewest = fewest_shown(workspace, user)
    return answer(
        _proposals(workspace, ask_map(workspace, ident), selected, fewest, ticket_of(user, ticket)), ProposalsAnswer
    )


@post("/maps/{ident:str}/proposals", guards=[needs(Right.DRAW)], status_code=200, sync_to_thread=True)
def decide_proposals(
    workspace: Workspace, user: SignedIn, ident: str, selected: Chosen, data: Decision
) -> DecisionAnswer:
    """Write proposals into a map, or remember that they were rejected; saved as its next version."""
    if not data.accepted and not data.rejected:
        raise InputError(phrase("expected proposals to accept or to reject, got none"))
    asked = ask_map(workspace, ident, data.based_on)
    found = _proposals(workspace, asked, selected, fewest_shown(workspace, user), None)
    document = decide(
        asked.document, found, accepted=data.accepted, rejected=data.rejected, because=data.because or None
    )
    saved = save(workspace, document, author=user.name, label=_label(data), based_on=asked.version)
    return DecisionAnswer(ident, saved.version.number)


def _label(data: Decision) -> str:
    accepted = phrase("Accepted {ids}", ids=", ".join(data.accepted)) if data.accepted else None
    rejected = phrase("Rejected {ids}", ids=", ".join(data.rejected)) if data.rejected else None
    if accepted is not None and rejected is not None:
        return phrase("{accepted}; {rejected}", accepted=accepted, rejected=rejected)
    return accepted or rejected or ""


@post("/first-map", guards=[needs(Right.DRAW)], sync_to_thread=True)
def first_map(workspace: Workspace, user: SignedIn, data: FirstMap) -> SavedAnswer:
    """Make a first map from the measured journeys, and save it."""
    check_conditions(user, {"where": data.where, "segment": data.segment})
    personas = [PersonaSegment.read(each) for each in data.personas]
    for each in personas:
        check_conditions(user, {"segment": each.segment})
    selected = Chosen(period=data.period, where=data.where, segment=data.segment, journey=data.journey)
    fewest = fewest_shown(workspace, user)
    check_group(workspace, Selection(**selected.options()), fewest)
    document = propose_map(
        workspace,
        steps=DEFAULT_STEPS if data.steps is None else data.steps,
        title=data.title or None,
        personas=personas,
        fewest=fewest,
        **selected.options(),
    )
    taken = taken_ids(workspace, "map")
    if document.id in taken:
        ident = fresh_id(document.id, taken)
        document = document.changed(lambda tree: tree.__setitem__("id", ident))
    return saved_answer(save(workspace, document, author=user.name, label=phrase("Made from measured journeys")))


def _proposals(workspace: Workspace, asked: AskedMap, selected: Chosen, fewest: int, ticket: str | None) -> Proposals:
    chosen_group(workspace, asked, selected, fewest)
    found = kept(
        workspace,
        ("map proposals", asked.subject.id, asked.version, asked.state, selected),
        lambda progress: propose_edits(
            workspace, asked.document, library=asked.library, progress=progress, **selected.options()
        ),
        ticket=ticket,
    )
    return withheld_proposals(found, fewest)
