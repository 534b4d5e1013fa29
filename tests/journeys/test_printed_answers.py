"""What commands print about nothing and about few, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import desireline
from desireline import journeys
from desireline.app.commands import app
from desireline.base import DesirelineError, InputError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.addresses import QUESTIONS
from desireline.journeys.commands.asking import counted, interval_text
from desireline.journeys.estimates import share
from desireline.journeys.model import Variant, Variants
from desireline.store import Workspace

START = datetime(2026, 1, 1, tzinfo=UTC)
STEPS: tuple[tuple[str, int, str, str, dict[str, object]], ...] = (
    ("ann", 0, "web", "Film watched", {}),
    ("ann", 1, "web", "Help read", {}),
    ("ann", 2, "phone", "Call", {"team": "north", "wait": 60}),
    ("bob", 0, "web", "Film watched", {}),
    ("bob", 3, "email", "Newsletter opened", {}),
    ("cem", 30, "web", "Order", {}),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = desireline.create(tmp_path_factory.mktemp("few") / "workspace")
    new = [
        NewInteraction(
            {"source": "test", "channel": channel, "touchpoint": touchpoint, "occurred_at": START + timedelta(days=day)}
            | fields,
            {"user": user},
        )
        for user, day, channel, touchpoint, fields in STEPS
    ]
    record_interactions(made, new)
    return made


def said(workspace: Workspace, *words: str) -> str:
    result = CliRunner().invoke(app, ["journeys", *words, "-w", str(workspace.folder)], catch_exceptions=False)
    return result.output.strip()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param(
            ["funnel", "Call", "Order", "--where", "channel = web"],
            "Nobody entered the funnel: no customer who was looked at has 'Call'.",
            id="a funnel that nobody enters",
        ),
        pytest.param(
            ["attribution", "Call", "--where", "channel = web"],
            "Nobody converted: none of 3 journeys that were looked at has 'Call'.",
            id="an attribution of nobody",
        ),
        pytest.param(
            ["funnel", "Help read", "Call", "--same", "team"],
            "Nobody entered the funnel: 1 customer has 'Help read', but never with a value of team, which --same asks for.",
            id="a funnel that asks for a value that nobody has there",
        ),
        pytest.param(
            ["insights"],
            "The record is too short to say: 31 days, and 28 are needed with enough interactions.",
            id="nothing new in few days",
        ),
        pytest.param(
            ["attribution", "Order", "--segment", "touchpoint = Order"],
            "No credit to give: 1 conversion to 'Order', all with nothing before.",
            id="a conversion out of nothing",
        ),
        pytest.param(
            ["attribution", "Order", "--where", "channel = store"],
            "Nothing was found: no interaction fits.",
            id="an attribution of nothing",
        ),
        pytest.param(
            ["effort", "--where", "channel = email"],
            "Nothing was found: no customer began a service contact, on the phone, in a chat or with a team.",
            id="effort without a contact",
        ),
        pytest.param(
            ["contacts", "--where", "channel = email"],
            "Nothing was found: no customer began a service contact, on the phone, in a chat or with a team.",
            id="contacts without any",
        ),
        pytest.param(
            ["paths", "Call", "--where", "channel = web"],
            "Nothing was found: none of 3 journeys that were looked at has 'Call'.",
            id="paths from nowhere",
        ),
        pytest.param(
            ["handovers", "--segment", "channel = phone"],
            "No handovers: none of 1 span with a known team goes from one to another within 7 d.",
            id="one team",
        ),
        pytest.param(
            ["overview", "--where", "channel = store"],
            "Nothing was found: no interaction fits.",
            id="an overview of nothing",
        ),
    ],
)
def test_nothing_is_said_in_a_sentence(workspace: Workspace, words: list[str], wanted: str) -> None:
    lines = [line for line in said(workspace, *words).splitlines() if not line.startswith("note: ")]
    assert lines == [wanted]


@pytest.mark.parametrize(
    "words",
    [
        ["insights"],
        ["effort", "--where", "channel = email"],
        ["emotion"],
        ["compare", "--where", "channel = store", "--with-where", "channel = none"],
        ["scores"],
        ["flow", "--where", "channel = none"],
        ["variants", "--where", "channel = none"],
        ["channels", "--where", "channel = none"],
        ["sessions", "--where", "channel = none"],
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
def test_a_picture_of_nothing_is_one_that_says_so(
    workspace: Workspace, words: list[str], ending: str, tmp_path: Path
) -> None:
    picture = tmp_path / f"nothing.{ending}"
    said(workspace, *words, "--picture", str(picture))
    assert picture.stat().st_size > (1_000 if words[0] != "flow" else 100)
    if ending == "svg" and words[0] in ("insights", "effort", "emotion", "flow"):
        assert "There is nothing to draw." in picture.read_text(encoding="utf-8")


def test_a_funnel_says_whose_value_is_not_known(workspace: Workspace) -> None:
    printed = said(workspace, "funnel", "Film watched", "Call", "--by", "team").splitlines()
    assert [line for line in printed if line.startswith("no value")][-1] == (
        "no value: of 2 customers no team is known at the first step, nor from before it; "
        "--segment chooses customers by what they ever had"
    )


def test_a_value_from_before_the_first_step_counts_and_one_from_after_it_does_not(workspace: Workspace) -> None:
    groups = {each.value: each.customers for each in journeys.funnel(workspace, ["Call"], by="team").groups}
    assert groups == {"north": (1,)}
    earlier = journeys.funnel(workspace, ["Help read"], by="team").groups
    assert [(each.value, each.customers) for each in earlier] == [(None, (1,))]


@pytest.mark.parametrize("zero", ["0", "0s", "0m", "0d", "0.0h"])
def test_no_time_at_all_may_be_said_in_any_unit(workspace: Workspace, zero: str) -> None:
    at_once = journeys.funnel(workspace, ["Film watched", "Help read"], within=zero)
    assert [step.customers for step in at_once.steps] == [2, 0]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (
            ["chains", "--need", "touchpoint = 'Help red'"],
            "no interaction has touchpoint 'Help red'; did you mean 'Help",
        ),
        (
            ["effort", "--identification", "touchpoint = 'Cal'"],
            "no interaction has touchpoint 'Cal'; did you mean 'Cal",
        ),
    ],
    ids=["chains", "effort"],
)
def test_a_condition_of_the_question_itself_is_looked_through_too(
    workspace: Workspace, words: list[str], note: str
) -> None:
    assert f"note: {note}" in said(workspace, *words)


def test_chains_are_compared_with_the_gap_that_chains_have(workspace: Workspace) -> None:
    words = ["compare", "--of", "chains", "--segment", "channel = phone", "--with-rest"]
    groups = ({"segment": "channel = phone"}, {"not_segment": "channel = phone"})
    counts = [journeys.chains(workspace, **group).total_chains for group in groups]
    assert counts != [journeys.chains(workspace, gap="30m", **group).total_chains for group in groups]
    row = next(line for line in said(workspace, *words).splitlines() if line.startswith("chains"))
    assert [int(each) for each in row.split()[1:3]] == counts
    shorter = next(line for line in said(workspace, *words, "--gap", "30m").splitlines() if line.startswith("chains"))
    assert shorter != row


@pytest.mark.parametrize(
    ("outcomes", "wanted"),
    [(["Call", "Newsletter opened"], "every span has Call or Newsletter opened."), (["Order"], "no span has Order.")],
    ids=["all", "none"],
)
def test_drivers_have_nothing_to_compare_where_all_are_the_same(
    workspace: Workspace, outcomes: list[str], wanted: str
) -> None:
    printed = said(workspace, "drivers", *outcomes, "--segment", "touchpoint = 'Film watched'").splitlines()
    assert printed[-1] == f"There is nothing to compare: {wanted}"


def test_contacts_by_reason_say_which_option_names_it(workspace: Workspace) -> None:
    with pytest.raises(InputError) as raised:
        said(workspace, "contacts", "--by", "reason")
    assert raised.value.hint == "--reason touchpoint, or --reason attributes.NAME"


def test_survival_refuses_to_compare_a_segment_with_itself(workspace: Workspace) -> None:
    same = ["--segment", "channel = phone", "--against", "channel = phone"]
    with pytest.raises(InputError, match="expected two different groups, got the same twice"):
        said(workspace, "survival", "--churn", "3d", *same)


def test_chains_say_which_visits_count(workspace: Workspace) -> None:
    printed = said(workspace, "chains").splitlines()
    assert printed[2].split()[:3] == ["web", "→", "phone"]
    assert printed[-2] == "self-service about a need, named like help: Help read (1)"
    assert printed[-1] == "self-service about no need, left out: Film watched (2), Order (1); --need says which are"
    asked = said(workspace, "chains", "--need", "touchpoint = Order").splitlines()
    assert asked[-2] == "self-service about a need, as the settings or --need say: Order (1)"
    nothing = said(workspace, "chains", "--where", "touchpoint = 'Film watched'").splitlines()
    assert "Nothing was found: no customer began a contact, or visited self-service for a need." in nothing


def test_contacts_say_how_little_is_known_of_transfers(workspace: Workspace) -> None:
    remark = said(workspace, "contacts").splitlines()[-1]
    assert remark.startswith("transfers: not known, for no contact has a case and a team; name the field")


def test_effort_says_what_is_not_known(workspace: Workspace) -> None:
    printed = said(workspace, "effort").splitlines()
    parts = {line.split()[0]: line.split()[1:] for line in printed if line}
    assert parts["waiting_minute"][:4] == ["1", "contact,", "1", "journey"]
    assert parts["transfer"] == ["none", "–", "1", "–", "–"]
    assert printed[-2].startswith("transfers: not known, so it is no part of the points; ")
    assert (
        "The weights are not fitted: 0 answers to CES can be used, 100 are needed. They are those of the settings."
        in said(workspace, "effort", "--fit")
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["contacts", "--transferred-to", "attributes.too"], "transferred_to: no interaction has attributes.too"),
        (["effort", "--transferred-to", "wait"], "transferred_to: expected a text field"),
        (["handovers", "--transferred-to", "outcome"], "transferred_to: no interaction has outcome"),
        (["contacts", "--reason", "attributes.why"], "reason: no interaction has attributes.why"),
        (
            ["chains", "--need", "team = north"],
            "needs: expected a condition on touchpoint, channel and stage, got team",
        ),
    ],
)
def test_a_field_that_cannot_be_asked_about_is_named(workspace: Workspace, words: list[str], message: str) -> None:
    with pytest.raises(DesirelineError, match=message):
        said(workspace, *words)


@pytest.mark.parametrize("words", [[], ["--event", "Call", "--churn", "3d"]], ids=["none", "both"])
def test_survival_asks_for_its_options_as_they_are_written(workspace: Workspace, words: list[str]) -> None:
    with pytest.raises(InputError, match="expected either --event or --churn") as raised:
        said(workspace, "survival", *words)
    assert raised.value.hint == "such as --event 'Contract cancelled', or --churn 90d"


def test_survival_says_what_is_not_reached(workspace: Workspace) -> None:
    assert said(workspace, "survival", "--event", "Call").splitlines()[-1] == (
        "3 customers; Call came to 1 of them, to half within 2 days (95% interval from 2 on)"
    )
    alone = said(workspace, "survival", "--event", "Call", "--segment", "channel = phone").splitlines()
    assert alone[-1] == "1 customer; Call came to 1 of them, to half within 2 days (95% interval –)"


@pytest.mark.parametrize(("number", "wanted"), [(0, "0 customers"), (1, "1 customer"), (1_200, "1,200 customers")])
def test_one_is_not_many(number: int, wanted: str) -> None:
    assert counted(number, "customer") == wanted


def test_an_interval_that_is_not_there_is_a_dash() -> None:
    assert [interval_text(share("", count, n)) for count, n in ((0, 0), (1, 2))] == ["–", "9.5% to 90.5%"]


@pytest.mark.parametrize(
    ("words", "told"),
    [("flow", "Order"), ("variants", "Exact paths"), ("channels", "web › "), ("sessions", "by duration")],
)
def test_what_is_counted_is_drawn(workspace: Workspace, words: str, told: str, tmp_path: Path) -> None:
    picture = tmp_path / "counted.svg"
    said(workspace, words, "--picture", str(picture))
    assert told in picture.read_text(encoding="utf-8")


def test_a_flow_is_drawn_with_all_its_moves(workspace: Workspace, tmp_path: Path) -> None:
    drawn = []
    for number, top in enumerate(([], ["--top", "1"])):
        said(workspace, "flow", *top, "--picture", str(tmp_path / f"{number}.svg"))
        drawn.append((tmp_path / f"{number}.svg").read_text(encoding="utf-8"))
    assert drawn[0] == drawn[1]


def test_long_paths_keep_their_ends_in_a_picture() -> None:
    path = tuple(f"Touchpoint number {place}" for place in range(12))
    found = Variants(1, 1, 1, (Variant(path, 1, 1, 1.0, 0.0),))
    ((row,),) = found.chart().to_dict()["datasets"].values()
    assert row["name"] == "1. Touchpoint number 0 › … 10 more … › Touchpoint number 11"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_that_has_an_address_is_a_command(question: str) -> None:
    assert CliRunner().invoke(app, ["journeys", question, "--help"]).exit_code == 0


def test_the_overview_is_printed_as_python_gives_it(workspace: Workspace) -> None:
    assert said(workspace, "overview", "--json") == journeys.overview(workspace).to_json()
    assert said(workspace, "overview").startswith("6 interactions of 3 customers, 1 of them seen once; 3 spans")
