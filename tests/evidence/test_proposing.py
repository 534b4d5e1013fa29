"""Edits that are proposed for a map: what is found, and what accepting and rejecting do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.evidence import Proposals, check, decide, propose_edits
from desireline.evidence.edits import AddStep, MakeOptional
from desireline.journeys.definitions import save_definition
from desireline.maps import Document, problems_of, read_map, unknown_fields
from desireline.store import Workspace

from .logs import ANYWHERE, BRANCH, LINE, LOOP, OPTIONAL, make_log, map_text

STRAIGHT = ("search", "compare", "order", "received")
NOTED = map_text(*STRAIGHT) + (
    "lanes:\n  - id: does\n    role: actions\n    cells:\n      - {id: c1, step: compare, claims: [I compare]}\n"
)
Case = tuple[Mapping[str, int], str]
CASES: dict[str, Case] = {
    "add-step:compare": (LINE, map_text("search", "order", "received")),
    "add-step:search": (LINE, map_text("compare", "order", "received")),
    "add-step:received": (LINE, map_text("search", "compare", "order")),
    "make-optional:compare": (OPTIONAL, map_text(*STRAIGHT)),
    "remove-step:forum": (LINE, map_text("search", "forum", "compare", "order", "received")),
    "mend-binding:search:search": (LINE, map_text(*STRAIGHT).replace("touchpoint = Search", "touchpoint = Serch")),
    "move-step:compare:after:search": (LINE, map_text("compare", "search", "order", "received")),
    "add-loop:basket:search": (LOOP, map_text("search", "basket", "order", "received")),
    "add-branch:search:order": (
        {"Search, Shop, Web, Order": 60, "Search, Order": 40},
        map_text("search", "shop", "web", "order"),
    ),
}


def proposals(workspace: Workspace, text: str) -> Proposals:
    return propose_edits(workspace, Document(text))


def ids(found: Proposals) -> list[str]:
    return [each.id for each in found.proposals]


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    made: dict[str, Workspace] = {}
    for ident, (ways, _) in CASES.items():
        same = next((made[other] for other in made if CASES[other][0] is ways), None)
        made[ident] = same or make_log(tmp_path_factory.mktemp("log"), ways)
    return made


@pytest.mark.parametrize("ident", CASES)
def test_what_the_map_lacks_is_proposed(workspaces: dict[str, Workspace], ident: str) -> None:
    assert ident in ids(proposals(workspaces[ident], CASES[ident][1]))


@pytest.mark.parametrize("ident", CASES)
def test_an_accepted_proposal_goes_away_and_the_map_fits_no_worse(workspaces: dict[str, Workspace], ident: str) -> None:
    workspace, document = workspaces[ident], Document(CASES[ident][1])
    found = propose_edits(workspace, document)
    for each in found.proposals:
        after = decide(document, found, accepted=[each.id])
        assert problems_of(after) == []
        assert each.id not in ids(propose_edits(workspace, after))
        fit = check(workspace, read_map(after)).figures.fit.value
        assert fit == pytest.approx(each.fit_after)
        assert fit >= found.fit.value - 1e-9 or each.edit.kind == "mend-binding"


def test_an_edit_after_which_the_map_would_fit_worse_is_discarded_and_told(tmp_path: Path) -> None:
    workspace, document = make_log(tmp_path, ANYWHERE), Document(map_text(*STRAIGHT))
    found = propose_edits(workspace, document)
    (each,) = found.discarded
    assert (ids(found), each.id, each.count, each.candidate.of) == ([], "add-step:ad", 38, 98)
    assert each.fit_after < each.fit_before == found.fit.value
    worse = check(workspace, read_map(decide(document, found, accepted=["add-step:ad"])))
    assert worse.figures.fit.value == pytest.approx(each.fit_after)
    rejected = propose_edits(workspace, decide(document, found, rejected=["add-step:ad"]))
    assert (rejected.discarded, rejected.rejected) == ((), ())


@pytest.mark.parametrize("ident", CASES)
def test_accepting_one_after_the_other_comes_to_an_end(workspaces: dict[str, Workspace], ident: str) -> None:
    workspace, document = workspaces[ident], Document(CASES[ident][1])
    for _ in range(8):
        found = propose_edits(workspace, document)
        if not found.proposals:
            break
        document = decide(document, found, accepted=[found.proposals[0].id])
    assert ids(propose_edits(workspace, document)) == []
    assert check(workspace, read_map(document)).figures.fit.value == pytest.approx(1)


@pytest.mark.parametrize("ident", CASES)
def test_the_same_data_give_the_same_ids_and_numbers(workspaces: dict[str, Workspace], ident: str) -> None:
    first, second = (proposals(workspaces[ident], CASES[ident][1]).to_json() for _ in range(2))
    assert first == second


def test_a_rejected_proposal_is_remembered_in_the_map_and_not_made_again(workspaces: dict[str, Workspace]) -> None:
    workspace, document = workspaces["make-optional:compare"], Document("# kept\n" + map_text(*STRAIGHT))
    found = propose_edits(workspace, document)
    after = decide(document, found, rejected=["make-optional:compare"], because="the law wants it")
    assert after.text.startswith("# kept\n")
    assert unknown_fields(after) == []
    assert after.tree["proposals"]["rejected"] == [
        {"id": "make-optional:compare", "because": "the law wants it", "n": 80, "share": 0.5, "date": "2026-03-20"}
    ]
    again = propose_edits(workspace, after)
    assert (ids(again), [each.id for each in again.rejected]) == ([], ["make-optional:compare"])


def test_a_rejected_proposal_comes_again_when_its_share_changes_a_lot(workspaces: dict[str, Workspace]) -> None:
    rejected = "proposals:\n  rejected:\n    - {id: 'make-optional:compare', share: 0.3}\n"
    assert ids(proposals(workspaces["make-optional:compare"], map_text(*STRAIGHT) + rejected)) == [
        "make-optional:compare"
    ]


def test_a_rejected_proposal_may_be_accepted_later_and_is_forgotten(workspaces: dict[str, Workspace]) -> None:
    workspace, document = workspaces["make-optional:compare"], Document(map_text(*STRAIGHT))
    refused = decide(document, propose_edits(workspace, document), rejected=["make-optional:compare"])
    accepted = decide(refused, propose_edits(workspace, refused), accepted=["make-optional:compare"])
    assert "proposals" not in accepted.tree
    assert read_map(accepted).steps[1].optional


def test_numbers_speak_for_each_proposal(workspaces: dict[str, Workspace]) -> None:
    (found,) = proposals(workspaces["make-optional:compare"], map_text(*STRAIGHT)).rows()
    assert (found["count"], found["of"], found["share"]) == (40, 80, 0.5)
    assert 0.39 < found["low"] < 0.5 < found["high"] < 0.61
    assert found["fit_before"] < found["fit_after"] == 1
    assert found["why"].startswith("40 of 80 journeys that come to it or past it skip it: 50.0%, 95% interval 39.")


def test_a_new_step_stands_where_journeys_take_it_and_says_why(workspaces: dict[str, Workspace]) -> None:
    ident = "add-step:compare"
    (found,) = proposals(workspaces[ident], CASES[ident][1]).proposals
    assert found.edit == AddStep(
        "Compare",
        "search",
        optional=False,
        summary="Proposed: 60 of 60 journeys come there (100.0%); desireline, 2026-03-01 to 2026-03-20",
    )


def test_what_only_some_journeys_take_becomes_an_optional_step(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, OPTIONAL)
    (found,) = proposals(workspace, map_text("search", "order", "received")).proposals
    assert isinstance(found.edit, AddStep)
    assert found.edit.optional


def test_a_step_that_nobody_reaches_but_people_wrote_about_is_not_removed(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, {"Search, Order, Received": 60, "Call": 1})
    (found,) = proposals(
        workspace, NOTED.replace("touchpoint = Compare", "touchpoint = Search and channel = phone")
    ).proposals
    assert found.edit == MakeOptional("compare")


def test_a_name_that_took_over_is_counted_beside_the_one_that_went_silent(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, {"Search, Order": 60})
    rows = [
        f"late{number},,2026-06-01T1{hour}:00:00Z,{name},web,"
        for number in range(40)
        for hour, name in enumerate(("Search 2", "Order"))
    ]
    from desireline.sources import import_files

    path = tmp_path / "late.csv"
    path.write_text("\n".join(["user,email,at,event,channel,device", *rows]) + "\n")
    import_files(workspace, [path], mapping=tmp_path / "mapping.yaml")
    found = proposals(workspace, map_text("search", "order"))
    mend = next(each for each in found.proposals if each.edit.kind == "mend-binding")
    assert (mend.id, mend.count, mend.candidate.of) == ("mend-binding:search:search-2", 100, 100)
    after = decide(Document(map_text("search", "order")), found, accepted=[mend.id])
    assert after.tree["phases"][0]["steps"][0]["binding"]["where"] == "touchpoint in (Search, 'Search 2')"


@pytest.mark.parametrize(
    ("ways", "steps"),
    [(LINE, STRAIGHT), (BRANCH, ("search next: [shop, web]", "shop next: [order]", "web", "order", "received"))],
    ids=["line", "branch"],
)
def test_nothing_is_proposed_for_a_map_that_fits(tmp_path: Path, ways: Mapping[str, int], steps: Sequence[str]) -> None:
    assert ids(proposals(make_log(tmp_path, ways), map_text(*steps))) == []


def test_chance_proposes_nothing(tmp_path: Path) -> None:
    few = {"Search, Compare, Order, Received": 40, "Search, Order, Received": 9, "Compare, Search, Order, Received": 5}
    assert ids(proposals(make_log(tmp_path, few), map_text(*STRAIGHT))) == []


def test_too_few_journeys_propose_nothing(tmp_path: Path) -> None:
    assert ids(proposals(make_log(tmp_path, {"Search, Order": 1}), map_text("search", "compare", "order"))) == []


def test_ways_that_people_drew_are_not_reordered(tmp_path: Path) -> None:
    drawn = map_text("compare next: [search]", "search next: [order]", "order", "received")
    assert not [each for each in ids(proposals(make_log(tmp_path, LINE), drawn)) if each.startswith("move-step")]


def test_of_journeys_with_a_goal_those_that_reached_it_are_looked_at(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, {"Search, Order, Received": 40, "Search, Call": 100})
    save_definition(workspace, "buy", {"start": "touchpoint = Search", "goal": "touchpoint = Received"})
    found = proposals(workspace, map_text("search", "order", "received").replace("id: buy", "id: buy\njourney: buy"))
    assert (found.journeys, found.only_at_goal, ids(found)) == (40, True, [])


def test_a_map_without_bindings_is_refused(tmp_path: Path) -> None:
    text = "desireline: map/1\nid: buy\ntitle: I buy\nphases:\n  - {id: p, name: P, steps: [{id: s, name: S}]}\n"
    with pytest.raises(InputError, match="no step of the map 'buy' is bound to interactions"):
        proposals(make_log(tmp_path, LINE), text)


def test_an_unknown_id_is_refused_with_near_ones_and_nothing_is_done(workspaces: dict[str, Workspace]) -> None:
    document = Document(map_text(*STRAIGHT))
    found = propose_edits(workspaces["make-optional:compare"], document)
    with pytest.raises(UnknownNameError, match="did you mean make-optional:compare"):
        decide(document, found, accepted=["make-optional:compar"])


def test_one_proposal_cannot_be_accepted_and_rejected(workspaces: dict[str, Workspace]) -> None:
    document = Document(map_text(*STRAIGHT))
    found = propose_edits(workspaces["make-optional:compare"], document)
    with pytest.raises(InputError, match="got both"):
        decide(document, found, accepted=["make-optional:compare"], rejected=["make-optional:compare"])


def test_settings_say_when_something_is_proposed(tmp_path: Path) -> None:
    workspace = make_log(tmp_path, OPTIONAL)
    (workspace.folder / "desireline.toml").write_text("format = 1\n[proposals]\noptional = 0.7\nbranch = 0.7\n")
    assert ids(proposals(desireline.open(workspace.folder), map_text(*STRAIGHT))) == []


def test_steps_that_are_accepted_together_stand_in_their_order(tmp_path: Path) -> None:
    workspace, document = make_log(tmp_path, LINE), Document(map_text("received", "search"))
    found = propose_edits(workspace, document)
    after = decide(document, found, accepted=["add-step:compare", "add-step:order", "move-step:received:after:search"])
    assert [step.id for step in read_map(after).steps] == ["search", "compare", "order", "received"]
