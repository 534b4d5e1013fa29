"""Lines over pictures: what was asked, in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

import desireline
from desireline.app.commands import app
from desireline.base import reading_in, tell
from desireline.drawing.text import text_width
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys.captioning import caption_of, caption_of_groups
from desireline.journeys.comparing import compare_groups
from desireline.journeys.definitions import save_definition
from desireline.journeys.pictures.captions import under_caption
from desireline.journeys.pictures.charts import picture_of
from desireline.journeys.questions.overview import overview
from desireline.journeys.questions.sessions import sessions
from desireline.store import Workspace

SVG = "{http://www.w3.org/2000/svg}"
SMALL = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" viewBox="0 0 400 100"><rect id="it"/></svg>'
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = desireline.create(tmp_path_factory.mktemp("captions") / "shop")
    seen = [("ann", 0, "web", "Basket"), ("ann", 1, "phone", "Call"), ("bob", 30, "web", "Basket")]
    record_interactions(
        made,
        [
            NewInteraction(
                {"source": "test", "channel": channel, "touchpoint": what, "occurred_at": START + timedelta(days=day)},
                {"user": who},
            )
            for who, day, channel, what in seen
        ],
    )
    save_definition(made, "order", {"name": "An order", "start": "touchpoint = Basket", "goal": "touchpoint = Call"})
    return made


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        pytest.param(
            {},
            ["shop · all of the data, 1 January 2026 to 31 January 2026", "n = 2 customers, 3 interactions"],
            id="everything",
        ),
        pytest.param(
            {"period": "2026-01-01..2026-01-07", "segment": "channel = phone"},
            [
                "shop · 1 January 2026 to 7 January 2026",
                "customers with channel = phone · n = 1 customer, 2 interactions",
            ],
            id="a period and a segment",
        ),
        pytest.param(
            {"period": "2026-01-15..", "where": "channel = web"},
            [
                "shop · 15 January 2026 to 31 January 2026",
                "interactions with channel = web · n = 1 customer, 1 interaction",
            ],
            id="a period that is open, and a filter",
        ),
        pytest.param(
            {"journey": "order"},
            [
                "shop · all of the data, 1 January 2026 to 31 January 2026",
                "journey “An order” · n = 2 customers, 2 journeys",
            ],
            id="a journey",
        ),
        pytest.param(
            {"span": "session", "gap": "30m"},
            [
                "shop · all of the data, 1 January 2026 to 31 January 2026",
                "sessions, cut after 30 min without anything · n = 2 customers, 3 sessions",
            ],
            id="sessions",
        ),
    ],
)
def test_the_lines_say_whose_data_when_which_customers_and_how_many(
    workspace: Workspace, said: dict[str, Any], lines: list[str]
) -> None:
    assert [tell(each) for each in caption_of(workspace, said, overview(workspace, **said))] == lines


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"not_segment": "channel = web"}, "customers without channel = web"),
        ({"channels": ("phone", "chat"), "teams": "billing"}, "channels: phone, chat · teams: billing"),
        ({"begun": "2026-01-01..2026-01-02"}, "started 1 January 2026 to 2 January 2026"),
    ],
    ids=["who is left out", "what is told of", "who starts"],
)
def test_what_else_chose_is_said_without_a_number(workspace: Workspace, said: dict[str, Any], told: str) -> None:
    assert tell(caption_of(workspace, said)[1]) == told


def test_the_lines_are_told_in_the_language_of_the_reader(workspace: Workspace) -> None:
    with reading_in("de"):
        told = [tell(each) for each in caption_of(workspace, {"segment": "channel = phone"})]
    assert told == ["shop · alle Daten, 1. Januar 2026 bis 31. Januar 2026", "Kunden mit channel = phone"]


def test_both_groups_of_a_comparison_are_named(workspace: Workspace) -> None:
    found = compare_groups(workspace, {"segment": "channel = phone"}, {"not_segment": "channel = phone"})
    _, first, second = (tell(each) for each in caption_of_groups(workspace, found))
    assert first.startswith("First group: ") and first.endswith("customers with channel = phone · n = 1 customer")
    assert second.startswith("Second group: ") and second.endswith("without channel = phone · n = 1 customer")


def test_a_picture_of_the_command_line_has_them_too(workspace: Workspace, tmp_path: Path) -> None:
    picture = tmp_path / "flow.svg"
    asked = ["journeys", "flow", "--segment", "channel = phone", "--picture", str(picture)]
    CliRunner().invoke(app, [*asked, "-w", str(workspace.folder)], catch_exceptions=False)
    assert "customers with channel = phone · n = 1 customer" in picture.read_text(encoding="utf-8")


def test_a_page_has_them_before_its_chart(workspace: Workspace) -> None:
    page = picture_of(sessions(workspace), ".html", caption=["Shop <1>"]).decode()
    assert re.search(r'<body>\s*<p style="[^"]*">Shop &lt;1&gt;<br></p><div id="vega-chart">', page)


def test_lines_stand_over_the_picture_each_within_its_width() -> None:
    long = " ".join(["attributes.plan"] * 12)
    tree = ElementTree.fromstring(under_caption(SMALL, ["Shop", long], font="x", ink="black", faint="grey"))
    texts = [each.text or "" for each in tree.iter(f"{SVG}text")]
    (inner,) = tree.findall(f"{SVG}svg")
    assert texts[0] == "Shop" and " ".join(texts[1:]) == long
    assert all(text_width(each, size=12) <= 400 for each in texts)
    assert float(tree.get("height", 0)) == 100 + float(inner.get("y", 0))
    assert float(inner.get("y", 0)) > max(float(each.get("y", 0)) for each in tree.iter(f"{SVG}text"))


def test_a_picture_without_lines_stays_as_it_is() -> None:
    assert under_caption(SMALL, [], font="x", ink="black", faint="grey") == SMALL
