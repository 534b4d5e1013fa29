from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import desireline
from desireline.base import InputError
from desireline.interactions import (
    Taxonomy,
    condition_from_dict,
    condition_sql,
    condition_test,
    load_taxonomy,
    matching_arrivals,
    parse_condition,
    read_interactions,
    read_taxonomy,
    save_taxonomy,
)
from desireline.interactions.log import query_log, raw_log_clause, taxonomy_relation
from desireline.interactions.taxonomy import taxonomy_from_text
from desireline.store import Workspace, connect_duckdb

from .shop import record

TAXONOMY = """\
stages: [Choose, Buy]
touchpoints:
  Checkout started: {names: [checkout, Check-out], stage: Buy}
  Asked in shop: {stage: Choose, channel: store}
channels:
  web: [website, Webseite]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = desireline.create(tmp_path / "workspace")
    record(made, ("checkout", "website"), ("Checkout started", "web"), ("Asked in shop", "crm"), ("Call", "phone"))
    return made


def put(workspace: Workspace, text: str) -> None:
    (workspace.folder / "taxonomy.yaml").write_text(text, encoding="utf-8")


def names(workspace: Workspace) -> list[tuple[Any, ...]]:
    return query_log(workspace, "SELECT touchpoint, channel, stage FROM {log} ORDER BY arrival")


def test_what_a_taxonomy_says(tmp_path: Path) -> None:
    (tmp_path / "file.yaml").write_text(TAXONOMY, encoding="utf-8")
    taxonomy = load_taxonomy(tmp_path / "file.yaml")
    assert taxonomy == Taxonomy(
        touchpoints={"checkout": "Checkout started", "Check-out": "Checkout started"},
        channels={"website": "web", "Webseite": "web"},
        channel_of={"Asked in shop": "store"},
        stages=("Choose", "Buy"),
        stage_of={"Checkout started": "Buy", "Asked in shop": "Choose"},
    )


def test_without_a_file_names_stay(workspace: Workspace) -> None:
    assert read_taxonomy(workspace).is_empty
    assert names(workspace) == [
        ("checkout", "website", None),
        ("Checkout started", "web", None),
        ("Asked in shop", "crm", None),
        ("Call", "phone", None),
    ]


def test_a_taxonomy_changes_what_is_read_and_can_be_taken_back(workspace: Workspace) -> None:
    before = names(workspace)
    put(workspace, TAXONOMY)
    assert names(workspace) == [
        ("Checkout started", "web", "Buy"),
        ("Checkout started", "web", "Buy"),
        ("Asked in shop", "store", "Choose"),
        ("Call", "phone", None),
    ]
    (workspace.folder / "taxonomy.yaml").unlink()
    assert names(workspace) == before


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("touchpoint = 'Checkout started'", [True, True, False, False]),
        ("touchpoint = checkout", [False, False, False, False]),
        ("raw_touchpoint = checkout", [True, False, False, False]),
        ("channel = store", [False, False, True, False]),
        ("raw_channel = website", [True, False, False, False]),
        ("stage = Buy", [True, True, False, False]),
        ("stage is missing", [False, False, False, True]),
        ("source = hand", [True, True, True, True]),
    ],
)
def test_conditions_see_the_names_of_the_taxonomy(workspace: Workspace, condition: str, met: list[bool]) -> None:
    put(workspace, TAXONOMY)
    assert matching_arrivals(workspace, parse_condition(condition)).tolist() == met


def test_without_a_taxonomy_nothing_has_a_stage(workspace: Workspace) -> None:
    assert not matching_arrivals(workspace, parse_condition("stage exists")).any()


def test_an_interaction_that_is_read_has_both_names(workspace: Workspace) -> None:
    put(workspace, TAXONOMY)
    (row,) = read_interactions(workspace, [0])
    found = [row[name] for name in ("touchpoint", "raw_touchpoint", "channel", "raw_channel", "stage")]
    assert found == ["Checkout started", "checkout", "web", "website", "Buy"]


def test_duplicates_are_looked_for_among_raw_names(workspace: Workspace) -> None:
    put(workspace, TAXONOMY)
    with connect_duckdb() as connection:
        found = connection.execute(f"SELECT touchpoint FROM {raw_log_clause(workspace)} ORDER BY arrival").fetchall()
    assert found[0] == ("checkout",)


# Few names, so that names meet: some are raw, some joined, some both of channels and touchpoints.
NAMES = ["a", "A", "b", "it's", "ä", "", "$p", "NULL"]
some_names = st.sampled_from(NAMES)
tables = st.dictionaries(some_names, some_names, max_size=4)
taxonomies = st.builds(
    Taxonomy, touchpoints=tables, channels=tables, channel_of=tables, stages=st.just(("a", "b")), stage_of=tables
)
rows_of_names = st.lists(st.fixed_dictionaries({"touchpoint": some_names, "channel": some_names}), min_size=1)
computed = ["touchpoint", "channel", "stage", "raw_touchpoint", "raw_channel"]
conditions = st.fixed_dictionaries(
    {"field": st.sampled_from(computed), "operator": st.sampled_from(["equals", "not_equals"]), "value": some_names}
).map(condition_from_dict)


@cache
def database() -> duckdb.DuckDBPyConnection:
    return connect_duckdb()


def by_sql(taxonomy: Taxonomy, rows: list[dict[str, Any]], shown: str, parameters: dict[str, Any]) -> list[Any]:
    cursor = database().cursor()
    kept = [{**row, "place": place} for place, row in enumerate(rows)]
    schema = pa.schema({"touchpoint": pa.string(), "channel": pa.string(), "place": pa.int64()})
    cursor.register("raw", pa.Table.from_pylist(kept, schema=schema))
    relation = taxonomy_relation("raw", taxonomy, parameters)
    return cursor.execute(f"SELECT {shown} FROM {relation} ORDER BY place", parameters).fetchall()


@given(taxonomy=taxonomies, rows=rows_of_names)
def test_history_and_live_apply_a_taxonomy_alike(taxonomy: Taxonomy, rows: list[dict[str, Any]]) -> None:
    expected = [tuple(taxonomy.applied(row)[name] for name in computed) for row in rows]
    assert by_sql(taxonomy, rows, ", ".join(computed), {}) == expected


@given(taxonomy=taxonomies, rows=rows_of_names, condition=conditions)
def test_history_and_live_agree_on_joined_names(taxonomy: Taxonomy, rows: list[dict[str, Any]], condition: Any) -> None:
    parameters: dict[str, Any] = {}
    test = condition_sql(condition, parameters)
    expected = [(condition_test(condition)(taxonomy.applied(row)),) for row in rows]
    assert by_sql(taxonomy, rows, test, parameters) == expected


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("[a]", ["taxonomy: expected stages, touchpoints, channels with their values, got ['a']"]),
        ("stage: [Buy]", ["taxonomy: unknown key 'stage', did you mean stages?"]),
        ("stages: Buy", ["stages: expected a list of names, got 'Buy'"]),
        ("stages: [Buy, Buy, '']", ["stages: expected a name, got ''", "stages: 'Buy' is listed twice"]),
        ("touchpoints: [Call]", ["touchpoints: expected names with what belongs to them, got ['Call']"]),
        ("touchpoints: {Call: }", ["touchpoints.Call: expected names, stage, channel with their values, got None"]),
        ("touchpoints: {Call: {nmaes: [a]}}", ["touchpoints.Call: unknown key 'nmaes', did you mean names?"]),
        ("touchpoints: {Call: {names: a}}", ["touchpoints.Call.names: expected a list of names, got 'a'"]),
        ("touchpoints: {Call: {names: [no]}}", []),
        (
            "touchpoints: {Call: {names: [true]}}",
            ["touchpoints.Call.names: expected a name, got True; put it in quotes"],
        ),
        ("touchpoints: {404: {}}", ["touchpoints: expected a name, got 404; put it in quotes"]),
        ("touchpoints: {Call: {names: [a, a]}}", ["touchpoints.Call.names: 'a' is listed twice"]),
        ("touchpoints: {Call: {names: [Call]}}", ["touchpoints.Call.names: 'Call' is the name itself: leave it out"]),
        ("touchpoints: {A: {names: [x]}, B: {names: [x]}}", ["touchpoints.B.names: 'x' is claimed by 'A' already"]),
        (
            "touchpoints: {B: {names: [A]}, C: {names: [B]}}",
            ["touchpoints.C.names: 'B' is itself under touchpoints: list its names here, or leave it out"],
        ),
        ("touchpoints: {Call: {stage: Buy}}", ["touchpoints.Call.stage: there is no stage 'Buy'"]),
        (
            "{stages: [Buy], touchpoints: {Call: {stage: buy}}}",
            ["touchpoints.Call.stage: there is no stage 'buy', did you mean Buy?"],
        ),
        ("touchpoints: {Call: {channel: 1}}", ["touchpoints.Call.channel: expected a name, got 1; put it in quotes"]),
        (
            "{channels: {web: [site]}, touchpoints: {Call: {channel: site}}}",
            ["touchpoints.Call.channel: 'site' counts as 'web': write that"],
        ),
        ("channels: {web: [site], app: [site]}", ["channels.app: 'site' is claimed by 'web' already"]),
        (f"channels: {{{'w' * 101}: [a]}}", ["channels: expected a name of at most 100 characters, got 101"]),
        (f"touchpoints: {{{'t' * 201}: {{}}}}", ["touchpoints: expected a name of at most 200 characters, got 201"]),
    ],
)
def test_all_that_is_wrong_is_listed(text: str, messages: list[str]) -> None:
    if not messages:
        assert taxonomy_from_text(text, where="file").touchpoints
        return
    with pytest.raises(InputError) as raised:
        taxonomy_from_text(text, where="file")
    first, *listed = raised.value.message.split("\n")
    assert first == "the taxonomy file cannot be used:"
    assert listed == [f"  {message}" for message in messages]


@pytest.mark.parametrize(
    "text", ["a: [", "touchpoints: {Call: {}, Call: {}}", "\x00"], ids=["open", "name twice", "control character"]
)
def test_what_is_no_yaml_is_said(text: str) -> None:
    with pytest.raises(InputError, match="the taxonomy file is not valid YAML"):
        taxonomy_from_text(text, where="file")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no taxonomy file"):
        load_taxonomy(tmp_path / "none.yaml")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "touchpoints: {}\n", "touchpoints: {Call: {}}\n"])
def test_a_taxonomy_may_say_nothing(text: str) -> None:
    assert taxonomy_from_text(text, where="file").is_empty


def test_the_revision_changes_with_what_is_said() -> None:
    texts = [
        TAXONOMY,
        TAXONOMY.replace("Webseite", "site"),
        TAXONOMY.replace("[Choose, Buy]", "[Buy, Choose]"),
        TAXONOMY.replace("stage: Buy", "stage: Choose"),
        TAXONOMY.replace("channel: store", "channel: shop"),
        TAXONOMY.replace("checkout,", ""),
        "",
    ]
    revisions = {taxonomy_from_text(text, where="file").revision() for text in texts}
    assert len(revisions) == len(texts)


def test_the_revision_is_that_of_the_meaning_not_of_the_text() -> None:
    other = TAXONOMY.replace("[website, Webseite]", "[Webseite, website]  # both")
    assert taxonomy_from_text(other, where="a").revision() == taxonomy_from_text(TAXONOMY, where="b").revision()


def test_a_taxonomy_is_put_in_place_as_it_is_written(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    file.write_text("# ours\n" + TAXONOMY, encoding="utf-8")
    assert save_taxonomy(workspace, file) == read_taxonomy(workspace)
    assert (workspace.folder / "taxonomy.yaml").read_text(encoding="utf-8") == "# ours\n" + TAXONOMY


def test_a_taxonomy_that_cannot_be_used_leaves_the_old_one(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, TAXONOMY)
    file = tmp_path / "new.yaml"
    file.write_text("stages: Buy\n", encoding="utf-8")
    with pytest.raises(InputError, match="expected a list of names"):
        save_taxonomy(workspace, file)
    assert (workspace.folder / "taxonomy.yaml").read_text(encoding="utf-8") == TAXONOMY
    assert not list(workspace.folder.glob(".taxonomy*"))
