"""What pages ask for first is worked out before anybody asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio.to_thread
import pytest
from litestar import Litestar, Request, get
from litestar.testing import TestClient

from desireline.accounts import Site
from desireline.accounts.authentication import is_server
from desireline.app.server.ahead import ASKED_OF_A_MAP, FIRST_ASKED, AnsweringAhead, Pace
from desireline.app.server.application import make_application
from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.maps import Document
from desireline.maps.storing import save
from desireline.store import Workspace
from desireline.store.workspace import SETTINGS_FILE

from .browser import QUICK

AT_ONCE = Pace(quiet_seconds=0, look_seconds=0)
PATIENCE_SECONDS = 60


class Heard:
    """What happened, in order."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._changed = threading.Condition()

    def note(self, name: str) -> None:
        with self._changed:
            self.names.append(name)
            self._changed.notify_all()

    def wait(self, name: str, *, times: int = 1) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.names.count(name) >= times, PATIENCE_SECONDS), self.names


@contextmanager
def serving(
    workspace: Workspace, heard: Heard, *, held: threading.Event | None = None
) -> Iterator[TestClient[Litestar]]:
    """An application with a page that asks ``first``; its ``other`` takes until the event."""
    answers = iter(['{"working":{"step":"reading"}}', "{}"])

    @get("/api/first", sync_to_thread=True)
    def first() -> str:
        heard.note("the server asked" if is_server() else "somebody asked")
        return next(answers, "{}")

    @get("/api/other", sync_to_thread=True)
    def other() -> None:
        heard.note("other began")
        assert held is None or held.wait(PATIENCE_SECONDS)

    ahead = AnsweringAhead(workspace, addresses=("/api/first",), pace=AT_ONCE)
    application = Litestar([first, other], middleware=[ahead], lifespan=[ahead.lifespan], openapi_config=None)
    with TestClient(application) as client:
        yield client


def test_it_asks_after_the_start_until_there_is_an_answer(workspace: Workspace) -> None:
    heard = Heard()
    with serving(workspace, heard):
        heard.wait("the server asked", times=2)
    assert heard.names == ["the server asked"] * 2


def test_it_asks_again_when_something_has_changed(workspace: Workspace) -> None:
    heard = Heard()
    with serving(workspace, heard):
        heard.wait("the server asked", times=2)
        settings = workspace.folder / SETTINGS_FILE
        settings.write_text(settings.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        heard.wait("the server asked", times=3)


def test_whoever_asks_from_elsewhere_is_not_the_server(workspace: Workspace) -> None:
    heard = Heard()
    with serving(workspace, heard) as client:
        client.get("/api/first")
    assert "somebody asked" in heard.names


def test_it_waits_while_somebody_waits_for_an_answer(workspace: Workspace) -> None:
    heard, held = Heard(), threading.Event()
    with ExitStack() as writing:
        writing.enter_context(workspace.exclusive("log"))
        with serving(workspace, heard, held=held) as client:
            asking = threading.Thread(target=client.get, args=("/api/other",))
            asking.start()
            heard.wait("other began")
            writing.close()
            _let_it_work(client)
            heard.note("answered")
            held.set()
            asking.join()
            heard.wait("the server asked")
    assert heard.names[:3] == ["other began", "answered", "the server asked"]


def test_it_does_nothing_while_somebody_writes_to_the_log(workspace: Workspace) -> None:
    heard = Heard()
    with ExitStack() as writing:
        writing.enter_context(workspace.exclusive("log"))
        with serving(workspace, heard) as client:
            _let_it_work(client)
            heard.note("written")
            writing.close()
            heard.wait("the server asked")
    assert heard.names[:2] == ["written", "the server asked"]


def _let_it_work(client: TestClient[Litestar]) -> None:
    """It has its turn between the answers to these."""
    for _ in range(300):
        client.get("/nothing")


@pytest.fixture(scope="module")
def brightwire(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Customers who buy, call and tell what they think."""
    made = create(tmp_path_factory.mktemp("ahead") / "workspace")
    record_interactions(made, [each for customer in range(40) for each in life_of(customer)])
    return made


def life_of(customer: int) -> Iterator[NewInteraction]:
    for place, (touchpoint, channel) in enumerate([("Basket", "web"), ("Paid", "web"), ("Call", "phone")]):
        moment = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=customer + place)
        fields = {"source": "hand", "touchpoint": touchpoint, "channel": channel, "occurred_at": moment}
        told = {"score": customer % 11, "score_kind": "NPS", "team": "Billing"} if channel == "phone" else {}
        yield NewInteraction({**fields, **told}, {"customer": f"C-{customer}"})


@pytest.fixture(scope="module")
def opened(brightwire: Workspace) -> Iterator[TestClient[Litestar]]:
    with TestClient(make_application(brightwire, site=Site(sign_in_as_demo=True), passwords=QUICK)) as client:
        yield client


@pytest.mark.parametrize("address", FIRST_ASKED)
def test_what_is_asked_first_is_answered(opened: TestClient[Litestar], address: str) -> None:
    assert opened.get(address).status_code == 200


MAP = """
desireline: map/1
id: pay
title: I pay
phases:
  - id: all
    name: All
    steps: [{id: paid, name: I pay, binding: {where: touchpoint = Paid}}]
"""


@pytest.mark.parametrize("address", ASKED_OF_A_MAP)
def test_what_is_asked_of_a_map_is_answered(brightwire: Workspace, opened: TestClient[Litestar], address: str) -> None:
    save(brightwire, Document(MAP), author="Ada")
    assert opened.get(address.format(ident="pay")).status_code == 200


def test_it_also_asks_what_the_pages_of_maps_ask(workspace: Workspace) -> None:
    save(workspace, Document(MAP), author="Ada")
    heard = Heard()

    @get("/api/map", sync_to_thread=True)
    def map_page(request: Request[Any, Any, Any]) -> None:
        heard.note(request.query_params["of"])

    ahead = AnsweringAhead(workspace, addresses=(), map_addresses=("/api/map?of={ident}",), pace=AT_ONCE)
    with TestClient(Litestar([map_page], middleware=[ahead], lifespan=[ahead.lifespan], openapi_config=None)):
        heard.wait("pay")


def test_it_asks_nothing_before_what_it_waits_for(workspace: Workspace) -> None:
    heard, over = Heard(), threading.Event()

    async def after() -> None:
        await anyio.to_thread.run_sync(over.wait, PATIENCE_SECONDS)
        heard.note("over")

    @get("/api/first", sync_to_thread=True)
    def first() -> None:
        heard.note("asked")

    ahead = AnsweringAhead(workspace, addresses=("/api/first",), pace=AT_ONCE, after=after)
    with TestClient(Litestar([first], middleware=[ahead], lifespan=[ahead.lifespan], openapi_config=None)) as client:
        _let_it_work(client)
        over.set()
        heard.wait("asked")
    assert heard.names == ["over", "asked"]
