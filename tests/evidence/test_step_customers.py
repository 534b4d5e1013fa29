"""How many customers a map's numbers are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.evidence.step_customers import NOBODY, customers_on_map
from desireline.interactions import Any_
from desireline.journeys import Selection, overview
from desireline.maps import Document, read_map
from desireline.store import Workspace

from .shop import MAP, make_shop

SEARCH = "touchpoint = Search"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_shop(Path(tmp_path_factory.mktemp("shop")) / "shop")


@pytest.mark.parametrize(
    "said", [{}, {"period": "2026-03-01..2026-03-03"}, {"segment": "channel = app"}, {"span": "session"}], ids=str
)
@pytest.mark.parametrize("search", [SEARCH, "channel = web and source = shop", "touchpoint = Gone"])
def test_they_are_those_whom_the_condition_of_a_step_finds(
    workspace: Workspace, search: str, said: dict[str, str]
) -> None:
    subject = read_map(Document(MAP.replace(SEARCH, search)))
    found = customers_on_map(workspace, subject, Selection(**said))  # type: ignore[arg-type]
    conditions = {step.id: step.binding.where for step in subject.steps if step.binding is not None}
    assert found.at_steps == {
        step: overview(workspace, where=where, **said).customers  # type: ignore[arg-type]
        for step, where in conditions.items()
    }
    everywhere = Any_(tuple(conditions.values()))
    assert found.on_map == overview(workspace, where=everywhere, **said).customers  # type: ignore[arg-type]


def test_a_map_without_bindings_is_of_nobody(workspace: Workspace) -> None:
    unbound = Document("desireline: map/1\nid: a\ntitle: A\nphases: [{id: p, name: P, steps: [{id: s, name: S}]}]\n")
    assert customers_on_map(workspace, read_map(unbound), Selection()) == NOBODY
