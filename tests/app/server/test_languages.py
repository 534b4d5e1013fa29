"""What the server writes is in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from desireline.accounts import Role
from desireline.app.server.languages import COOKIE
from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.store import Workspace

from .browser import Browser, browser, sign_in_as

ASKED = "/api/journeys/questions/channels"
GERMAN = {"accept-language": "de"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    begin = datetime(2026, 3, 2, 9, tzinfo=UTC)
    record_interactions(
        made,
        [
            NewInteraction(
                {
                    "source": "hand",
                    "touchpoint": touchpoint,
                    "channel": channel,
                    "occurred_at": begin + timedelta(days=n),
                },
                {"customer": f"C-{n}"},
            )
            for n in range(30)
            for touchpoint, channel in (("Basket", "web"), ("Paid", "app"))
        ],
    )
    return made


@pytest.fixture(scope="module")
def ada(workspace: Workspace) -> Iterator[Browser]:
    with ExitStack() as stack:
        yield sign_in_as(stack.enter_context(browser(workspace)), workspace, Role.ANALYST)


@pytest.mark.parametrize(
    ("header", "chosen", "message"),
    [
        pytest.param(None, None, "there is no /api/nothing", id="nobody says"),
        pytest.param("de-CH, de;q=0.9, en;q=0.8", None, "es gibt kein /api/nothing", id="as the browser says"),
        pytest.param("fr, nl;q=0.5", None, "there is no /api/nothing", id="a language that we do not have"),
        pytest.param("fr, de;q=0.5", None, "es gibt kein /api/nothing", id="the first that we have"),
        pytest.param("en", "de", "es gibt kein /api/nothing", id="as was chosen on the page"),
        pytest.param("de", "en", "there is no /api/nothing", id="chosen before the browser"),
        pytest.param(None, "xx", "there is no /api/nothing", id="a choice that we do not know"),
    ],
)
def test_an_error_is_in_the_language_of_the_request(
    header: str | None, chosen: str | None, message: str, ada: Browser
) -> None:
    said = {} if header is None else {"accept-language": header}
    if chosen is not None:
        said["cookie"] = f"{COOKIE}={chosen}"
    assert ada.get("/api/nothing", headers=said).json()["message"] == message


@pytest.mark.parametrize("ending", ["json", "svg"])
def test_a_picture_is_drawn_and_kept_for_each_language(ending: str, ada: Browser) -> None:
    address = f"{ASKED}.{ending}"
    asked: list[Callable[[], str]] = [
        lambda: ada.get(address).text,
        lambda: ada.get(address, headers=GERMAN).text,
    ]
    for _ in range(2):
        english, german = (ask() for ask in asked)
        assert "Moves between channels" in english
        assert "Wechsel zwischen Kanälen" in german
        assert "Moves between channels" not in german


def test_a_table_is_the_same_for_programs_in_every_language(ada: Browser) -> None:
    assert ada.get(f"{ASKED}.csv").text == ada.get(f"{ASKED}.csv", headers=GERMAN).text


def test_a_note_on_a_question_is_told_in_the_language(ada: Browser) -> None:
    query = {"where": "channel = wbe"}
    assert ada.get(ASKED, params=query).json()["notes"][0].startswith("no interaction has channel 'wbe'")
    german = ada.get(ASKED, params=query, headers=GERMAN).json()["notes"][0]
    assert german.startswith("keine Interaktion hat channel 'wbe'")


def test_the_next_request_is_in_its_own_language(ada: Browser) -> None:
    told = [ada.get("/api/nothing", headers=said).json()["message"][:2] for said in (GERMAN, {}, GERMAN, {})]
    assert told == ["es", "th", "es", "th"]
