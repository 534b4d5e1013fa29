from __future__ import annotations

from pathlib import Path

import pytest

import desireline
from desireline.base import InputError
from desireline.interactions import (
    Join,
    Taxonomy,
    TaxonomyProposal,
    load_taxonomy,
    propose_taxonomy,
    read_taxonomy,
    save_taxonomy,
)
from desireline.store import Workspace

from .shop import record


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


def accept(workspace: Workspace, yaml: str) -> Taxonomy:
    file = workspace.folder.parent / "proposed.yaml"
    file.write_text(yaml, encoding="utf-8")
    return save_taxonomy(workspace, file)


def put(workspace: Workspace, text: str) -> None:
    (workspace.folder / "taxonomy.yaml").write_text(text, encoding="utf-8")


def test_the_most_frequent_spelling_is_the_name(workspace: Workspace) -> None:
    record(workspace, *[("checkout_started", "web")] * 3, ("Checkout started", "web"), ("Checkuot started", "web"))
    assert propose_taxonomy(workspace).joins == (
        Join("touchpoint", "checkout_started", "Checkout started", 1, "punctuation"),
        Join("touchpoint", "checkout_started", "Checkuot started", 1, "typing slip in 'checkuot'"),
    )


def test_touchpoints_of_different_channels_stay_apart(workspace: Workspace) -> None:
    record(workspace, ("Checkout started", "web"), ("checkout started", "app"))
    assert propose_taxonomy(workspace).joins == ()


def test_spellings_of_a_channel_are_one_channel(workspace: Workspace) -> None:
    record(workspace, *[("Checkout started", "web")] * 2, ("checkout started", "WEB"))
    assert [(join.kind, join.raw) for join in propose_taxonomy(workspace).joins] == [
        ("touchpoint", "checkout started"),
        ("channel", "WEB"),
    ]


def test_what_is_proposed_can_be_put_in_place_and_leaves_nothing_to_propose(workspace: Workspace) -> None:
    record(
        workspace, *[("Checkout started", "web")] * 2, ("checkout_started", "Web"), ("Step 1", "web"), ("Step 2", "web")
    )
    accept(workspace, propose_taxonomy(workspace).yaml)
    assert read_taxonomy(workspace).touchpoints == {"checkout_started": "Checkout started"}
    again = propose_taxonomy(workspace)
    assert again.joins == ()
    assert accept(workspace, again.yaml) == load_taxonomy(workspace.folder.parent / "proposed.yaml")


@pytest.mark.parametrize("kept", ["", "# ours\nstages: [Buy]\n"])
def test_where_no_names_look_alike_the_taxonomy_stays_as_it_is(workspace: Workspace, kept: str) -> None:
    if kept:
        put(workspace, kept)
    record(workspace, ("Visit", "web"), ("Payment", "web"))
    assert propose_taxonomy(workspace) == TaxonomyProposal((), kept)


def test_counts_and_reasons_are_comments(workspace: Workspace) -> None:
    record(workspace, *[("Checkout started", "web")] * 2, ("checkout_started", "web"))
    assert propose_taxonomy(workspace).yaml.splitlines()[1:] == [
        "touchpoints:",
        "  # 2 × in the log; proposed to count as it:",
        '  #   1 × "checkout_started": punctuation',
        "  Checkout started:",
        "    names:",
        "      - checkout_started",
    ]


KEPT = """\
# ours
stages: [Buy]   # just one
touchpoints:
  Checkout: {names: [begin_checkout], stage: Buy}   # the till
  # what came
  Order received: {}
"""


def test_the_taxonomy_in_place_is_kept_and_extended(workspace: Workspace) -> None:
    put(workspace, KEPT)
    record(workspace, *[("beginCheckout", "web")] * 2, ("begin_checkout", "web"), ("Order recieved", "web"))
    proposal = propose_taxonomy(workspace)
    for line in ("# ours", "stages: [Buy]   # just one", "  # what came"):
        assert line in proposal.yaml
    taxonomy = accept(workspace, proposal.yaml)
    assert taxonomy.touchpoints == {
        "begin_checkout": "Checkout",
        "beginCheckout": "Checkout",
        "Order recieved": "Order received",
    }
    assert taxonomy.stage_of == {"Checkout": "Buy"}


def test_what_people_keep_apart_stays_apart(workspace: Workspace) -> None:
    put(workspace, "touchpoints: {Order placed: {}, order_placed: {}}\n")
    record(workspace, ("Order placed", "web"), ("order_placed", "web"))
    assert propose_taxonomy(workspace).joins == ()


def test_likeness_is_not_passed_on(workspace: Workspace) -> None:
    record(workspace, *[("Placed order", "web")] * 3, *[("Order placed", "web")] * 2, ("Order plcaed", "web"))
    assert [join.raw for join in propose_taxonomy(workspace).joins] == ["Order placed"]


@pytest.mark.parametrize(
    "name", ["no", "404", "a: b", "#1 won", "- x", "it's", 'say "x"', "line\nbreak", "{x}", "ä * ✓", "~"]
)
def test_any_name_survives_the_file(workspace: Workspace, name: str) -> None:
    record(workspace, *[(name.upper() + " Q", "web")] * 2, (name + " q", "web"))
    taxonomy = accept(workspace, propose_taxonomy(workspace).yaml)
    assert taxonomy.touchpoints == {name + " q": name.upper() + " Q"}


def test_an_empty_log_has_nothing_to_propose(workspace: Workspace) -> None:
    proposal = propose_taxonomy(workspace)
    assert proposal.joins == ()
    assert accept(workspace, proposal.yaml).is_empty


def test_a_taxonomy_that_cannot_be_used_is_said(workspace: Workspace) -> None:
    put(workspace, "stages: Buy\n")
    with pytest.raises(InputError, match="expected a list of names"):
        propose_taxonomy(workspace)
