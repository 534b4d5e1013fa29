"""The index after updates is the index that a full build gives, and only what is touched is written."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import desireline
from desireline.base import InputError
from desireline.identity import cut, uncut
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import Index, open_index
from desireline.journeys.index import rebuild_index, updating
from desireline.journeys.index.layers import PER_BUCKET
from desireline.journeys.index.reading import NO_ANCHOR, read_anchors
from desireline.journeys.spans import life
from desireline.store import Workspace

START = datetime(2026, 1, 1, tzinfo=UTC)
Interaction = tuple[int, str, str, int]


def contents(index: Index) -> dict[int, list[Interaction]]:
    """By customer: the interactions with time, names and arrival, in their order."""
    found: dict[int, list[Interaction]] = {}
    for part in index.parts:
        spans = life(part)
        for owner, start, end in zip(spans.owners.tolist(), spans.starts.tolist(), spans.ends.tolist(), strict=True):
            customer = int(part.customers[owner])
            assert customer not in found, "a customer is in two places"
            found[customer] = [
                (
                    int(part.times[row]),
                    index.names.touchpoints[part.touchpoints[row]],
                    index.names.channels[part.channels[row]],
                    int(part.arrivals[row]),
                )
                for row in range(start, end)
            ]
    return found


def built_anew(workspace: Workspace, beside: Path) -> Index:
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(workspace.folder, beside, ignore=shutil.ignore_patterns("index"))
    return open_index(desireline.open(beside))


def assert_as_built_anew(workspace: Workspace, beside: Path) -> Index:
    index = open_index(workspace)
    anew = built_anew(workspace, beside)
    assert contents(index) == contents(anew)
    assert (index.interactions, index.customers) == (anew.interactions, anew.customers)
    assert sorted(index.names.touchpoints) == list(anew.names.touchpoints)
    return index


def interaction(choose: random.Random, *, people: int = 12, number: int = 0) -> NewInteraction:
    person = choose.randrange(people)
    identifiers = {
        "user": f"user {person}",
        "email": f"p{person // 2}@example.org",
        "device": f"device {person // 3}",
        "visit": f"visit {choose.randrange(40)}",
    }
    chosen = dict(choose.sample(sorted(identifiers.items()), choose.randint(1, 3)))
    fields = {
        "source": "test",
        "channel": choose.choice(["web", "phone", f"channel {number}"]),
        "touchpoint": choose.choice(["Visit", "Call", f"Touchpoint {number}"]),
        "occurred_at": START + timedelta(minutes=choose.randrange(50)),
    }
    return NewInteraction(fields, chosen)


def anything(workspace: Workspace, choose: random.Random, cuts: list[tuple[str, str]], number: int) -> None:
    """Import, cut or take a cut back."""
    what = choose.choice(["import", "import", "cut", "uncut"])
    if what == "cut":
        person = choose.randrange(12)
        pair = (f"user:user {person}", f"email:p{person // 2}@example.org")
        try:
            cut(workspace, *pair)
            cuts.append(pair)
        except InputError:
            pass
    elif what == "uncut" and cuts:
        uncut(workspace, *cuts.pop(choose.randrange(len(cuts))))
    else:
        record_interactions(workspace, [interaction(choose, number=number) for _ in range(choose.randint(1, 6))])


@pytest.fixture
def always_updated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Little data would always be built anew."""
    monkeypatch.setattr(updating, "_LARGEST_SHARE", 1e9)
    yield


@pytest.mark.usefixtures("always_updated")
@pytest.mark.parametrize("seed", range(6))
def test_any_updates_lead_to_what_a_full_build_gives(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)
    workspace = desireline.create(tmp_path / "workspace")
    record_interactions(workspace, [interaction(choose) for _ in range(60)])
    open_index(workspace)
    lowest = (workspace.index_folder / "current").read_text()
    cuts: list[tuple[str, str]] = []
    for number in range(8):
        anything(workspace, choose, cuts, number)
        index = assert_as_built_anew(workspace, tmp_path / "beside")
    assert len(index.layers) > 1
    assert (workspace.index_folder / "current").read_text() != lowest


@pytest.mark.usefixtures("always_updated")
def test_only_what_is_touched_is_written(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    fields = {"source": "test", "channel": "web", "touchpoint": "Visit", "occurred_at": START}
    record_interactions(workspace, [NewInteraction(fields, {"user": f"u{number % 500}"}) for number in range(2_000)])
    assert open_index(workspace).layers == (2_000,)
    record_interactions(workspace, [NewInteraction(fields, {"user": "u7"}), NewInteraction(fields, {"user": "new"})])
    index = open_index(workspace)
    assert index.layers == (2_000, 4 + 2)
    assert (index.interactions, index.customers) == (2_002, 501)


@pytest.mark.usefixtures("always_updated")
def test_many_updates_leave_few_layers(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    choose = random.Random(1)
    record_interactions(workspace, [interaction(choose, people=300) for _ in range(400)])
    open_index(workspace)
    for _ in range(20):
        record_interactions(workspace, [interaction(choose, people=300) for _ in range(3)])
        index = open_index(workspace)
    assert len(index.layers) <= 5
    assert_as_built_anew(workspace, tmp_path / "beside")


def test_where_much_is_touched_everything_is_built(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    choose = random.Random(2)
    record_interactions(workspace, [interaction(choose) for _ in range(10)])
    open_index(workspace)
    record_interactions(workspace, [interaction(choose) for _ in range(50)])
    assert open_index(workspace).layers == (60,)


def test_a_small_memory_gives_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    choose = random.Random(3)
    record_interactions(workspace, [interaction(choose) for _ in range(200)])
    large = contents(open_index(workspace))
    monkeypatch.setattr("desireline.journeys.index.building.memory_for_building", lambda _: 0)
    assert contents(built_anew(workspace, tmp_path / "beside")) == large
    assert PER_BUCKET > 200


def test_a_killed_update_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    choose = random.Random(4)
    record_interactions(workspace, [interaction(choose) for _ in range(50)])
    before = contents(open_index(workspace))
    files = sorted(workspace.index_folder.rglob("*"))
    record_interactions(workspace, [interaction(choose)])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("desireline.journeys.index.make_current", _killed)
        open_index(workspace)
    assert sorted(workspace.index_folder.rglob("*")) == files
    assert len(contents(open_index(workspace))) >= len(before)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("always_updated")
def test_a_rebuild_leaves_one_layer_with_the_same_contents(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    choose = random.Random(5)
    record_interactions(workspace, [interaction(choose) for _ in range(50)])
    open_index(workspace)
    record_interactions(workspace, [interaction(choose)])
    updated = open_index(workspace)
    rebuilt = rebuild_index(workspace)
    assert len(updated.layers) == 2 and rebuilt.layers == (51,)
    assert contents(rebuilt) == contents(updated)


def test_of_what_is_no_longer_in_the_log_no_anchor_is_known(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    record_interactions(workspace, [interaction(random.Random(6)) for _ in range(4)])
    found = read_anchors(workspace, np.array([1, 3, 99]))
    assert (found >= 0).tolist() == [True, True, False]
    assert found[2] == NO_ANCHOR
