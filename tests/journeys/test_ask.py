"""Selections: period, condition and spans, from Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.sources import import_files
from desireline.store import Workspace

journeys = desireline.journeys
MAPPING = """
source: shop
channel: {column: channel}
touchpoint: {column: event}
occurred_at: {column: at}
identifiers: {user: {column: user}}
attributes: [device]
"""
ROWS = """\
user,at,event,channel,device
a,2026-01-01T10:00:00Z,Visit,web,ios
a,2026-01-01T10:10:00Z,Basket,web,ios
a,2026-01-03T10:00:00Z,Call,phone,
b,2026-01-02T10:00:00Z,Visit,web,android
b,2026-01-02T10:20:00Z,Basket,web,android
b,2026-01-02T10:50:00Z,Payment,web,android
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("ask")
    made = desireline.create(folder / "workspace")
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "rows.csv").write_text(ROWS)
    import_files(made, [folder / "rows.csv"], mapping=folder / "mapping.yaml")
    return made


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        pytest.param({}, {("Visit", "Basket", "Call"), ("Visit", "Basket", "Payment")}, id="everything"),
        pytest.param({"period": "2026-01-01..2026-01-01"}, {("Visit", "Basket")}, id="a day"),
        pytest.param({"period": "2026-01-02.."}, {("Call",), ("Visit", "Basket", "Payment")}, id="open end"),
        pytest.param({"where": "channel = web"}, {("Visit", "Basket"), ("Visit", "Basket", "Payment")}, id="channel"),
        pytest.param({"where": "attributes.device = ios"}, {("Visit", "Basket")}, id="attribute"),
        pytest.param({"where": "touchpoint = Nothing"}, set(), id="nothing fits"),
        pytest.param(
            {"span": "session", "gap": "1h"},
            {("Visit", "Basket"), ("Call",), ("Visit", "Basket", "Payment")},
            id="sessions",
        ),
        pytest.param(
            {"period": "2026-01-02..", "where": "channel = web", "span": "session", "gap": timedelta(minutes=25)},
            {("Visit", "Basket"), ("Payment",)},
            id="all together",
        ),
    ],
)
def test_a_selection_decides_what_is_looked_at(
    workspace: Workspace, selection: dict[str, object], expected: set[tuple[str, ...]]
) -> None:
    found = journeys.variants(workspace, **selection)  # type: ignore[arg-type]
    assert {variant.path for variant in found.variants} == expected


def test_a_pause_as_long_as_the_gap_does_not_cut(workspace: Workspace) -> None:
    assert journeys.sessions(workspace, gap="30m").sessions == 3
    assert journeys.sessions(workspace, gap="29m").sessions == 4


@pytest.mark.parametrize(
    ("question", "message"),
    [
        pytest.param({"top": 0}, "top", id="top"),
        pytest.param({"gap": "soon", "span": "session"}, "duration", id="gap"),
        pytest.param({"period": "yesterday"}, "period", id="period"),
        pytest.param({"where": "chanel = web"}, "chanel", id="field"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(
    workspace: Workspace, question: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        journeys.variants(workspace, **question)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(lambda ws: journeys.flow(ws, by="chanel"), "did you mean channel", id="by"),
        pytest.param(lambda ws: journeys.variants(ws, span="sesion"), "did you mean session", id="span"),
        pytest.param(lambda ws: journeys.funnel(ws, ["Visit"], order="strikt"), "did you mean strict", id="order"),
        pytest.param(lambda ws: journeys.funnel(ws, "Visit"), "expected a list of touchpoints", id="one text"),
        pytest.param(lambda ws: journeys.sessions(ws, gap=1800), "expected a duration", id="gap as a number"),
    ],
)
def test_a_value_that_there_is_not_is_refused_with_the_near_one(
    workspace: Workspace, ask: Callable[[Workspace], object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        ask(workspace)


def test_a_condition_may_come_as_a_document(workspace: Workspace) -> None:
    document = {"field": "channel", "operator": "equals", "value": "phone"}
    assert [node.name for node in journeys.flow(workspace, where=document).nodes] == ["Call"]


def test_an_unknown_step_offers_near_names(workspace: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="Payment"):
        journeys.funnel(workspace, ["Visit", "Paymet"])
    with pytest.raises(UnknownNameError, match="touchpoints: 'Basket', 'Call'"):
        journeys.funnel(workspace, ["Zzz"])


def test_results_give_themselves_as_pandas_arrow_and_json(workspace: Workspace) -> None:
    flow = journeys.flow(workspace)
    assert list(flow.to_pandas().columns) == ["from", "to", "count", "customers", "median_seconds", "mean_seconds"]
    assert flow.to_arrow().num_rows == len(flow.edges) == 3
    assert '"name": "Visit", "customers": 2, "conversion": 1.0' in journeys.funnel(workspace, ["Visit"]).to_json()
    assert '"median_seconds": null' in journeys.funnel(workspace, ["Visit"]).to_json()


def test_a_step_that_the_taxonomy_joined_is_told_under_its_name(tmp_path: Path) -> None:
    made = desireline.create(tmp_path / "workspace")
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_text(ROWS)
    import_files(made, [tmp_path / "rows.csv"], mapping=tmp_path / "mapping.yaml")
    (made.folder / "taxonomy.yaml").write_text("touchpoints: {Purchase: {names: [Payment]}}\n")
    with pytest.raises(UnknownNameError, match="got 'Payment'") as refused:
        desireline.journeys.funnel(made, ["Visit", "Payment"])
    assert refused.value.hint == "the taxonomy counts 'Payment' as 'Purchase'"
    with pytest.raises(UnknownNameError, match="got 'Vissit'") as refused:
        desireline.journeys.funnel(made, ["Vissit"])
    assert refused.value.hint == "did you mean 'Visit'?"
