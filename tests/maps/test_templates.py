"""The templates: maps that are valid and say something, and the file that ``maps new`` writes."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, product
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desireline.app.commands import app
from desireline.base import InputError, UnknownNameError
from desireline.improve.ranking import rank_opportunities
from desireline.improve.scoring import FORMULAS, Formula, ScoreSettings, score
from desireline.maps import Document, JourneyMap, Opportunity, problems_of, read_file, read_map, unknown_fields
from desireline.maps.catalogue import read_catalogue
from desireline.maps.linting import lint
from desireline.maps.templates import all_templates, new_map, template_document

from .good_map import TODAY

NAMES = [each.name for each in all_templates()]
TO_BE_FILLED_IN = {
    "no-owner",
    "no-review-date",
    "unbound-step",
    "claims-without-evidence",
    "emotion-without-source",
}
"""What a template cannot know."""
ROLES = {"actions", "thoughts", "emotion", "touchpoints", "pains", "gains", "frontstage", "backstage", "support"}


@lru_cache
def document(name: str) -> Document:
    return template_document(name)


@lru_cache
def template(name: str) -> JourneyMap:
    return read_map(document(name))


@lru_cache
def sentences(name: str) -> set[str]:
    return {claim.text for lane in template(name).lanes for cell in lane.cells for claim in cell.claims}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["maps", *arguments])


def test_every_file_is_listed() -> None:
    found = {each.name for each in files("desireline.maps.templates").iterdir() if each.name.endswith(".yaml")}
    assert found == {f"{name}.yaml" for name in (*NAMES, "skeleton")}


@pytest.mark.parametrize("described", all_templates(), ids=NAMES)
def test_the_list_says_what_is_in_the_template(described: object) -> None:
    name = described.name  # type: ignore[attr-defined]
    found = template(name)
    counted = {"phases": len(found.phases), "steps": len(found.steps), "lanes": len(found.lanes), "title": found.title}
    assert {key: getattr(described, key) for key in counted} == counted


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_a_map_of_the_usual_size(name: str) -> None:
    found = template(name)
    assert 5 <= len(found.phases) <= 7
    assert 9 <= len(found.steps) <= 16
    assert {lane.role for lane in found.lanes} >= ROLES
    assert 1 <= len(found.personas) <= 2
    assert all(each.goals and each.needs and each.behaviour and each.quote for each in found.personas)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_breaks_nothing_and_misspells_nothing(name: str) -> None:
    assert problems_of(document(name)) == []
    assert unknown_fields(document(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_linter_asks_only_for_what_a_template_cannot_know(name: str) -> None:
    assert {each.rule for each in lint(document(name), today=TODAY)} == TO_BE_FILLED_IN


@pytest.mark.parametrize("name", NAMES)
def test_a_template_invents_no_evidence(name: str) -> None:
    found = template(name)
    assert not any(claim.evidence for lane in found.lanes for cell in lane.cells for claim in cell.claims)
    assert not any(each.evidence for each in found.opportunities)
    assert not any(each.values or each.target for each in found.metrics)


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", NAMES)
def test_a_template_rates_no_opportunity(name: str, formula: Formula) -> None:
    ranked = rank_opportunities([template(name)], settings=ScoreSettings(formula))
    assert ranked
    assert {each.score.missing for each in ranked} == {score(Opportunity("o", "o"), ScoreSettings(formula)).missing}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_says_of_customers_is_marked_as_unsure(name: str) -> None:
    of_customers = {"actions", "thoughts", "motivations", "pains", "gains"}
    claims = [
        claim for lane in template(name).lanes if lane.role in of_customers for c in lane.cells for claim in c.claims
    ]
    assert {claim.confidence for claim in claims} == {"low"}


@pytest.mark.parametrize("name", NAMES)
def test_touchpoints_and_channels_are_those_of_the_catalogue(name: str) -> None:
    catalogue = read_catalogue()
    for lane in template(name).lanes:
        for mention in (mention for cell in lane.cells for mention in cell.touchpoints):
            known = catalogue.touchpoint(mention.name)
            assert known is not None
            assert mention.channel in known.channels


@pytest.mark.parametrize("name", NAMES)
def test_every_step_is_felt_and_every_metric_is_placed(name: str) -> None:
    found = template(name)
    felt = {cell.step for lane in found.lanes if lane.role == "emotion" for cell in lane.cells}
    assert felt == {step.id for step in found.steps}
    assert {each.metric for step in found.steps for each in step.metrics} == {each.id for each in found.metrics}
    assert any(step.moment_of_truth for step in found.steps)
    assert any(step.optional for step in found.steps)
    assert any(step.next and len(step.next) > 1 for step in found.steps)


@pytest.mark.parametrize("name", NAMES)
def test_feelings_go_up_and_down(name: str) -> None:
    for lane in (lane for lane in template(name).lanes if lane.role == "emotion"):
        values = [cell.emotion or 0 for cell in lane.cells]
        assert max(values) - min(values) >= 2
        assert len({before < after for before, after in pairwise(values)}) == 2


def test_every_template_has_sentences_of_its_own() -> None:
    for one, other in product(NAMES, NAMES):
        if one < other:
            assert len(sentences(one) & sentences(other)) <= 3


def test_a_new_map_keeps_the_comments_and_has_its_own_title_and_id() -> None:
    made = new_map("retail", title="I buy a lamp")
    assert (made.id, made.tree["title"]) == ("i-buy-a-lamp", "I buy a lamp")
    comments = [line for line in document("retail").text.splitlines() if line.startswith("#")]
    assert comments
    assert [line for line in made.text.splitlines() if line.startswith("#")] == comments


def test_a_new_map_may_have_an_id_that_is_given() -> None:
    assert new_map("retail", title="我买灯", ident="lamp").id == "lamp"


def test_the_same_map_is_made_as_json() -> None:
    assert new_map("finance", syntax="json").tree == document("finance").tree


def test_without_a_template_the_map_explains_itself() -> None:
    made = new_map()
    assert problems_of(made) == []
    assert "# from -2 to +2" in made.text


def test_the_skeleton_can_have_its_commented_lines_for_an_opportunity() -> None:
    begun = new_map()
    assert "opportunities" not in begun.tree
    text = begun.text.replace("# opportunities:", "opportunities:")
    assert problems_of(Document(text)) == []
    assert [each.id for each in read_map(Document(text)).opportunities] == ["make-it-easy"]


@pytest.mark.parametrize(
    ("title", "ident", "message"),
    [
        pytest.param(" ", None, "expected a title in the customer's words, got ' '", id="an empty title"),
        pytest.param(None, "Lamp 1", "expected an id of small letters", id="an id that cannot be one"),
    ],
)
def test_a_bad_name_is_refused(title: str | None, ident: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        new_map("retail", title=title, ident=ident)


def test_a_template_that_is_not_there_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean retail"):
        new_map("retial")


def test_new_writes_a_map_that_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "lamp.json"
    assert run("new", str(file), "--template", "telecom", "--title", "I buy a lamp", "--id", "lamp").exit_code == 0
    assert read_map(read_file(file)).title == "I buy a lamp"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("there.yaml", "there.yaml is there already", id="a file that is there"),
        pytest.param("map.txt", "expected a file that ends in .yaml or .json", id="another ending"),
        pytest.param("no/map.yaml", "there is no folder", id="no folder"),
    ],
)
def test_new_refuses_what_it_cannot_write(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "there.yaml").write_text("mine")
    result = run("new", str(tmp_path / name))
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)
    assert (tmp_path / "there.yaml").read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["there.yaml"]


def test_the_templates_are_listed_as_json() -> None:
    listed = json.loads(run("templates", "--json").stdout)["templates"]
    assert [each["name"] for each in listed] == NAMES
