from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import desireline
from desireline.base import InputError, SettingsChangedError, UnknownNameError
from desireline.interactions import parse_condition
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import flow, outcomes, variants
from desireline.journeys.definitions import (
    DEFINITIONS_FILE,
    JourneyDefinition,
    definition_named,
    definition_revision,
    read_definitions,
    remove_definition,
    save_definition,
)
from desireline.journeys.pictures.charts import picture_of
from desireline.store import Workspace

START = datetime(2026, 1, 1, tzinfo=UTC)
TARIFF = {"name": "I change my tariff", "start": "touchpoint = Look", "goal": "touchpoint = Change", "time_out": "2d"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One person who changes, looks again and waits too long, and looks at the end; another who calls."""
    made = desireline.create(tmp_path / "workspace")
    days = {
        "ann": [(0, "Visit"), (1, "Look"), (2, "Call"), (3, "Change"), (10, "Look"), (14, "Visit"), (20, "Look")],
        "bob": [(1, "Look"), (1.5, "Cancel"), (19, "Call")],
    }
    new = [
        NewInteraction(
            {
                "source": "test",
                "channel": "phone" if touchpoint == "Call" else "web",
                "touchpoint": touchpoint,
                "occurred_at": START + timedelta(days=day),
            },
            {"user": user},
        )
        for user, steps in days.items()
        for day, touchpoint in steps
    ]
    record_interactions(made, new)
    return made


def paths(workspace: Workspace, **selection: object) -> dict[tuple[str, ...], int]:
    return {each.path: each.spans for each in variants(workspace, **selection).variants}  # type: ignore[arg-type]


def test_a_question_looks_at_the_journeys_of_a_definition(workspace: Workspace) -> None:
    save_definition(workspace, "change-tariff", TARIFF)
    assert paths(workspace, journey="change-tariff") == {
        ("Look", "Call", "Change"): 1,
        ("Look",): 2,
        ("Look", "Cancel"): 1,
    }
    assert paths(workspace, journey="I change my tariff", where="channel = web")[("Look", "Change")] == 1
    assert paths(workspace, journey="change-tariff", period="2026-01-05..") == {("Look",): 2}
    assert paths(workspace, journey="change-tariff", segment="touchpoint = Cancel") == {("Look", "Cancel"): 1}


def test_an_end_and_what_belongs_to_a_journey_are_part_of_its_definition(workspace: Workspace) -> None:
    definition = JourneyDefinition(
        "x",
        "x",
        *(parse_condition(text) for text in ("touchpoint = Look", "touchpoint = Change", "touchpoint = Cancel")),
        timedelta(days=2),
        parse_condition("channel = web"),
    )
    assert paths(workspace, journey=definition) == {("Look", "Change"): 1, ("Look",): 2, ("Look", "Cancel"): 1}


def test_definitions_are_kept_in_a_file_with_its_comments(workspace: Workspace) -> None:
    file = workspace.folder / DEFINITIONS_FILE
    file.write_text("# ours\nfirst:\n  start: channel = web # any\n  goal: channel = phone\n")
    save_definition(workspace, "change-tariff", TARIFF)
    assert [each.ident for each in read_definitions(workspace)] == ["first", "change-tariff"]
    assert file.read_text().startswith("# ours\nfirst:\n  start: channel = web # any\n")
    assert definition_named(workspace, "change-tariff").time_out == timedelta(days=2)
    remove_definition(workspace, "first")
    assert [each.ident for each in read_definitions(workspace)] == ["change-tariff"]
    remove_definition(workspace, "change-tariff")
    assert read_definitions(workspace) == ()
    save_definition(workspace, "change-tariff", TARIFF)
    assert definition_named(workspace, "change-tariff").name == "I change my tariff"


def test_all_problems_of_a_file_are_listed(workspace: Workspace) -> None:
    (workspace.folder / DEFINITIONS_FILE).write_text(
        "Bad Id:\n  start: chanel = web\n  gaol: x\nsecond: 5\nthird:\n  start: channel = web\n"
        "  goal: channel = web\n  time_out: 0s\n"
    )
    with pytest.raises(InputError) as error:
        read_definitions(workspace)
    for part in (
        "Bad Id: expected an id",
        "start",
        "Bad Id.gaol: unknown key, did you mean goal?",
        "Bad Id.goal: expected",
        "second: expected name",
        "third.time_out: expected a duration above zero",
    ):
        assert part in str(error.value)


def test_what_cannot_be_defined_changes_nothing(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="goal: expected a condition"):
        save_definition(workspace, "broken", {"start": "channel = web"})
    assert not (workspace.folder / DEFINITIONS_FILE).exists()


def test_the_name_of_another_journey_is_refused_and_the_file_stays(workspace: Workspace) -> None:
    save_definition(workspace, "change-tariff", TARIFF)
    with pytest.raises(InputError, match="'I change my tariff' is the name of two journeys"):
        save_definition(workspace, "other", TARIFF)
    assert [each.ident for each in read_definitions(workspace)] == ["change-tariff"]


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    seen = definition_revision(save_definition(workspace, "change-tariff", TARIFF, revision=""))
    theirs = save_definition(workspace, "change-tariff", {**TARIFF, "time_out": "3d"}, revision=seen)
    for change in (
        lambda: save_definition(workspace, "change-tariff", TARIFF, revision=seen),
        lambda: save_definition(workspace, "change-tariff", TARIFF, revision=""),
        lambda: remove_definition(workspace, "change-tariff", revision=seen),
    ):
        with pytest.raises(SettingsChangedError):
            change()
    assert read_definitions(workspace) == (theirs,)
    remove_definition(workspace, "change-tariff", revision=definition_revision(theirs))
    with pytest.raises(SettingsChangedError):
        save_definition(workspace, "change-tariff", TARIFF, revision=definition_revision(theirs))
    assert read_definitions(workspace) == ()


def test_how_a_condition_is_spelt_makes_no_other_revision(workspace: Workspace) -> None:
    plain = save_definition(workspace, "change-tariff", TARIFF)
    spelt = save_definition(workspace, "change-tariff", {**TARIFF, "start": "touchpoint  =  'Look'", "time_out": "48h"})
    assert definition_revision(spelt) == definition_revision(plain)


def test_an_unknown_journey_offers_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="definitions set"):
        flow(workspace, journey="change-tarif")
    save_definition(workspace, "change-tariff", TARIFF)
    with pytest.raises(UnknownNameError, match="did you mean change-tariff"):
        flow(workspace, journey="change-tarif")
    with pytest.raises(InputError, match="either a journey or sessions"):
        flow(workspace, journey="change-tariff", span="session")


def test_journeys_are_counted_by_how_they_ended(workspace: Workspace) -> None:
    save_definition(workspace, "change-tariff", {**TARIFF, "end": "touchpoint = Cancel"})
    found = outcomes(workspace, "change-tariff")
    assert (found.journeys, found.customers) == (4, 2)
    by_name = {each.outcome: each for each in found.outcomes}
    assert {name: (each.journeys, each.customers) for name, each in by_name.items()} == {
        "reached": (1, 1),
        "ended": (1, 1),
        "timed out": (1, 1),
        "unfinished": (1, 1),
    }
    assert by_name["reached"].median_seconds == 2 * 86_400
    assert by_name["reached"].share.value == 1 / 3
    assert math.isnan(by_name["unfinished"].share.value)
    assert found.chart().to_dict()["title"]["text"] == "How the journeys ended"


NEWS_EVERY = {"no e-mails": 0, "an e-mail every 5 days": 5}


@pytest.mark.parametrize("every", NEWS_EVERY.values(), ids=NEWS_EVERY)
def test_all_journeys_are_followed_equally_long_whatever_the_company_sends(tmp_path: Path, every: int) -> None:
    """Customers begin on days 0 to 39, and change up to 19 days later or never; the record ends on day 50."""
    orders = {day: None if day % 3 == 0 else day * 7 % 20 for day in range(40)}
    happened = [(f"c{day}", float(day), "Look") for day in orders]
    happened += [(f"c{day}", day + after + 0.25, "Change") for day, after in orders.items() if after is not None]
    happened += [(f"c{day}", sent + 0.5, "News") for day in orders for sent in range(day, 50, every or 50) if every]
    made = desireline.create(tmp_path / "workspace")
    fields = {"source": "test", "channel": "web"}
    record_interactions(
        made,
        [
            NewInteraction(
                {**fields, "touchpoint": what, "occurred_at": START + timedelta(days=day)},
                {"user": who},
            )
            for who, day, what in [*happened, ("end", 50.0, "News")]
            if day <= 50
        ],
    )
    save_definition(made, "change-tariff", {**TARIFF, "time_out": "14d"})
    found = outcomes(made, "change-tariff")
    begun = [after for day, after in orders.items() if day <= 50 - 14]
    in_time = [after for after in begun if after is not None and after + 0.25 <= 14]
    assert (found.in_time.n, round(found.in_time.value * found.in_time.n)) == (len(begun), len(in_time))
    assert (found.within_seconds, found.in_time.name) == (14 * 86_400, "reached within 14 d of the beginning")
    assert found.estimates()[0].value == found.in_time.value


def test_the_chart_of_outcomes_that_nobody_has_is_json(workspace: Workspace) -> None:
    save_definition(workspace, "change-tariff", TARIFF)
    drawn = picture_of(outcomes(workspace, "change-tariff"), ".json").decode()
    assert "NaN" not in drawn
    assert json.loads(drawn)["$schema"].startswith("https://vega.github.io/schema/vega-lite")


def test_no_journey_has_no_shares(workspace: Workspace) -> None:
    save_definition(workspace, "never", {"start": "touchpoint = Nothing", "goal": "touchpoint = Nothing"})
    found = outcomes(workspace, "never")
    assert found.journeys == 0
    assert '"share": null' in found.to_json()
    assert found.chart().to_dict()
