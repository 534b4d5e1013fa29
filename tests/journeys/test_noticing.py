"""Names that no interaction has are noticed; values that match nothing are no error."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import desireline
from desireline.app.commands import app
from desireline.base import UnknownNameError
from desireline.interactions import log
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import Selection, drivers, funnel, handovers, notes_on, variants
from desireline.journeys.definitions import save_definition
from desireline.store import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One customer starts a checkout on the web, on the plan gold, for 10, and calls the team billing."""
    made = desireline.create(tmp_path_factory.mktemp("shop") / "workspace")
    told = [
        ("Checkout started", "web", {"value": 10.0}),
        ("Call", "phone", {"team": "billing", "direction": "inbound"}),
    ]
    new = [
        NewInteraction(
            {
                "source": "shop",
                "channel": channel,
                "touchpoint": touchpoint,
                "occurred_at": datetime(2026, 3, 2, place + 1, tzinfo=UTC),
                **fields,
            },
            {"user": "ann"},
            {"plan": "gold", "size": "10"},
        )
        for place, (touchpoint, channel, fields) in enumerate(told)
    ]
    record_interactions(made, new)
    return made


def test_names_that_come_late_in_the_log_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_SAMPLED", 1)
    made = desireline.create(tmp_path / "workspace")
    for name in ("Early", "Late", "Latest"):
        fields = {"source": "s", "channel": name, "touchpoint": name, "occurred_at": datetime(2026, 1, 1, tzinfo=UTC)}
        record_interactions(made, [NewInteraction(fields, {"user": "ann"})] * 2)
    assert notes_on(made, Selection(where="touchpoint in (Early, Late, Latest) and channel = Latest")) == ()
    assert len(notes_on(made, Selection(where="touchpoint = Later"))) == 1


@pytest.mark.parametrize(
    ("condition", "notes"),
    [
        ("touchpoint = 'Checkout started'", ()),
        ("touchpoint = Chekout", ("no interaction has touchpoint 'Chekout'; did you mean 'Checkout started'?",)),
        ("channel != webb", ("no interaction has channel 'webb'; did you mean 'web'?",)),
        ("channel in (web, fone)", ("no interaction has channel 'fone'; did you mean 'phone'?",)),
        ("not (channel = web and team = biling)", ("no interaction has team 'biling'; did you mean 'billing'?",)),
        ("touchpoint contains 'Cal'", ()),
        ("touchpoint contains 'cal'", ("no interaction has a touchpoint that contains 'cal'",)),
        ("touchpoint starts with 'all'", ("no interaction has a touchpoint that starts with 'all'",)),
        ("attributes.plan = gold", ()),
        ("attributes.plan = Gold", ("no interaction has attributes.plan 'Gold'; did you mean 'gold'?",)),
        ("attributes.size = 10", ()),
        ("attributes.size = 11", ("no interaction has attributes.size 11",)),
        ("attributes.size > 11", ()),
        ("attributes.plam = gold", ("no interaction has attributes.plam; did you mean attributes.plan?",)),
        ("attributes.plam is missing", ("no interaction has attributes.plam; did you mean attributes.plan?",)),
        ("attributes.team = billing", ("no interaction has attributes.team; did you mean team?",)),
        ("direction = outbound", ("no interaction has direction 'outbound'; did you mean 'inbound'?",)),
        ("agent exists", ("no interaction has agent",)),
        ("stage = Buy", ("no interaction has stage",)),
        ("value > 1000", ()),
        ("wait > 10", ("no interaction has wait",)),
        ("agent = ann or case exists", ("no interaction has agent", "no interaction has case")),
        ("occurred_at > 2030-01-01", ()),
    ],
)
def test_names_that_no_interaction_has_are_told_with_near_ones(
    workspace: Workspace, condition: str, notes: tuple[str, ...]
) -> None:
    assert notes_on(workspace, Selection(where=condition)) == notes
    assert notes_on(workspace, Selection(segment=condition)) == notes
    assert notes_on(workspace, Selection(not_segment=condition)) == notes


def test_a_value_that_matches_nothing_is_no_error(workspace: Workspace) -> None:
    assert variants(workspace, where="channel = fax").total_customers == 0


def test_definitions_are_looked_at_too(workspace: Workspace) -> None:
    save_definition(workspace, "buy", {"start": "touchpoint = Chekout", "goal": "touchpoint = Call"})
    assert notes_on(workspace, Selection(journey="buy")) == (
        "no interaction has touchpoint 'Chekout'; did you mean 'Checkout started'?",
    )


def test_an_empty_log_has_no_notes(tmp_path: Path) -> None:
    empty = desireline.create(tmp_path / "workspace")
    assert notes_on(empty, Selection(where="channel = webb and attributes.plam exists")) == ()
    assert handovers(empty).spans == 0


def test_what_the_taxonomy_joins_is_told(tmp_path: Path) -> None:
    made = desireline.create(tmp_path / "workspace")
    (made.folder / "taxonomy.yaml").write_text("channels:\n  phone: [tel]\n")
    fields = {"source": "s", "channel": "tel", "touchpoint": "Call", "occurred_at": datetime(2026, 3, 2, tzinfo=UTC)}
    record_interactions(made, [NewInteraction(fields, {"user": "ann"}, {})])
    assert notes_on(made, Selection(where="channel = phone")) == ()
    assert notes_on(made, Selection(where="channel = tel")) == (
        "no interaction has channel 'tel': the taxonomy counts it as 'phone'",
    )


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda shop: handovers(shop, by="agent"), "by: no interaction has agent"),
        (lambda shop: funnel(shop, ["Call", "Checkout started"], by="attributes.plam"), r"by: .* attributes\.plam"),
        (lambda shop: funnel(shop, ["Call", "Checkout started"], same="agent"), "same: no interaction has agent"),
        (lambda shop: drivers(shop, "Call", attributes=["attributes.plam"]), r"attributes: .* attributes\.plam"),
    ],
    ids=["handovers", "by of a funnel", "same of a funnel", "drivers"],
)
def test_a_field_that_is_asked_for_has_to_be_there(workspace: Workspace, ask: object, told: str) -> None:
    with pytest.raises(UnknownNameError, match=told):
        ask(workspace)  # type: ignore[operator]


def printed(*arguments: str | Path) -> tuple[str, list[str]]:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    return result.stdout, result.stderr.splitlines()


def test_commands_say_each_note_once_on_standard_error(workspace: Workspace) -> None:
    said = ("-w", workspace.folder, "--segment", "channel = webb", "--with-segment", "channel = phone")
    output, remarks = printed("journeys", "compare", *said, "--json")
    assert output.startswith("{")
    assert remarks == ["note: no interaction has channel 'webb'; did you mean 'web'?"]


@pytest.mark.parametrize("command", ["contacts", "effort", "scores", "handovers", "chains"])
def test_what_lies_between_interactions_warns_of_a_filter(workspace: Workspace, command: str) -> None:
    _, remarks = printed("journeys", command, "-w", workspace.folder, "--where", "team = billing")
    assert remarks[0].startswith("note: --where leaves interactions out before anything is measured: ")
    _, remarks = printed("journeys", command, "-w", workspace.folder, "--segment", "team = billing")
    assert not any("--where" in remark for remark in remarks)


def test_setting_a_definition_says_what_no_interaction_has(workspace: Workspace) -> None:
    conditions = ("--start", "touchpoint = Chekout", "--goal", "touchpoint = Call")
    _, remarks = printed("journeys", "definitions", "set", "try", "-w", workspace.folder, *conditions)
    assert remarks == [
        "try: try",
        "note: no interaction has touchpoint 'Chekout'; did you mean 'Checkout started'?",
    ]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["variants", "--where", "channel = fax"], "no interaction fits"),
        (["flow", "--where", "channel = phone"], "no interaction fits, or no customer has two of them"),
    ],
    ids=["nothing fits", "one alone"],
)
def test_where_nothing_is_found_the_reason_is_true(workspace: Workspace, command: list[str], reason: str) -> None:
    _, remarks = printed("journeys", *command, "-w", workspace.folder)
    assert f"Nothing was found: {reason}." in remarks
