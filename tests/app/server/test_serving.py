from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import desireline
from desireline.app.server.serving import Serving, alone, check
from desireline.app.workspace import create
from desireline.base import DesirelineError, InputError, WorkspaceError

HERE = Path("workspace")


@pytest.mark.parametrize(
    ("serving", "hosts", "shown"),
    [
        (Serving(HERE), {"127.0.0.1", "::1", "localhost"}, "http://127.0.0.1:8321"),
        (Serving(HERE, "::1"), {"127.0.0.1", "::1", "localhost"}, "http://[::1]:8321"),
        (Serving(HERE, "0.0.0.0"), None, "http://127.0.0.1:8321"),
        (
            Serving(HERE, address="https://journeys.example.org/"),
            {"127.0.0.1", "::1", "localhost", "journeys.example.org"},
            "https://journeys.example.org",
        ),
    ],
    ids=["this machine", "IPv6", "others too", "behind a reverse proxy"],
)
def test_under_which_names_it_answers(serving: Serving, hosts: set[str] | None, shown: str) -> None:
    found = serving.site().hosts
    assert (None if found is None else set(found) - {"0.0.0.0"}) == hosts
    assert serving.shown == shown


@pytest.mark.parametrize(
    ("serving", "expected"),
    [
        (Serving(HERE, "0.0.0.0", sign_in_as_demo=True), "expected a loopback address with --sign-in-as-demo"),
        (Serving(HERE, address="https://a.example.org", sign_in_as_demo=True), "got https://a.example.org"),
        (Serving(HERE, address="journeys.example.org"), "expected the address under which people reach"),
        (Serving(HERE, address="https://a.example.org/journeys"), "without a path"),
        (Serving(HERE, proxies=("the proxy",)), "expected the network address of a reverse proxy"),
        (Serving(HERE, "203.0.113.7"), "cannot be listened on"),
    ],
    ids=["demo for others", "demo behind a proxy", "no scheme", "a path", "no proxy", "not of this machine"],
)
def test_what_cannot_be_served(serving: Serving, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        check(serving)


def test_a_port_that_is_taken_is_told_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DesirelineError, match=f"127.0.0.1:{port} cannot") as raised:
            check(Serving(HERE, port=port))
    assert raised.value.hint is not None and f"--port {port + 1}" in raised.value.hint


@dataclass(frozen=True, slots=True)
class Server:
    process: subprocess.Popen[str]
    address: str
    printed: str


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """``desireline serve`` on a new workspace."""
    create(tmp_path / "workspace")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "desireline", "serve", "-w", str(tmp_path / "workspace"), "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        guard = threading.Timer(90, process.kill)
        guard.start()
        where, _, link = (process.stdout.readline() for _ in range(3))
        address = f"http://127.0.0.1:{port}"
        assert address in where, where
        _wait_until_it_answers(address, process)
        yield Server(process, address, link)
        process.terminate()
        process.wait()
        guard.cancel()


def _wait_until_it_answers(address: str, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        try:
            httpx.get(address)
        except httpx.TransportError:
            continue
        return
    raise AssertionError("the server ended")


def test_the_first_start_prints_a_link_that_makes_an_admin(server: Server) -> None:
    found = re.fullmatch(rf"{server.address}/link#(\S+)\n", server.printed)
    assert found
    with httpx.Client(base_url=server.address) as client:
        client.get("/api/accounts/me")
        client.headers["x-csrftoken"] = client.cookies["csrftoken"]
        ada = {"token": found[1], "name": "Ada", "email": "ada@example.org", "password": "correct horse battery"}
        assert client.post("/api/accounts/links", json=ada).status_code == 204
        assert client.get("/api/accounts/me").json()["role"] == "admin"


def test_a_second_server_of_a_workspace_is_refused(tmp_path: Path) -> None:
    workspace = create(tmp_path / "workspace")
    again = desireline.open(workspace.folder)
    with alone(workspace), pytest.raises(WorkspaceError, match="is being served already"), alone(again):
        pass
    with alone(again):
        pass


def test_a_request_that_is_under_way_is_finished_when_the_server_is_stopped(server: Server) -> None:
    host, port = "127.0.0.1", int(server.address.rsplit(":", 1)[1])
    cookie = httpx.get(f"{server.address}/api/accounts/me").cookies["csrftoken"]
    body = json.dumps({"token": "made up"}).encode()
    with socket.create_connection((host, port), timeout=60) as connection:
        head = (
            f"POST /api/accounts/links/look HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"Connection: close\r\nCookie: csrftoken={cookie}\r\nx-csrftoken: {cookie}\r\n"
            f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
        )
        connection.sendall(head.encode())
        assert connection.recv(64) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body[:5])
        server.process.send_signal(signal.SIGTERM)
        _wait_until_it_is_closed(host, port)
        connection.sendall(body[5:])
        assert connection.recv(64).startswith(b"HTTP/1.1 410")
    assert server.process.wait(60) == 0


def _wait_until_it_is_closed(host: str, port: int) -> None:
    while True:
        try:
            socket.create_connection((host, port), timeout=5).close()
        except OSError:
            return


def test_what_answers_ends_with_the_command_even_if_that_is_killed(server: Server) -> None:
    server.process.kill()
    _wait_until_it_is_closed("127.0.0.1", int(server.address.rsplit(":", 1)[1]))
