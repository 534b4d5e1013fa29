"""``desireline serve``: checks everything that can be wrong first, then serves one workspace with granian."""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desireline.accounts import Site
from desireline.base import InputError, Progress, WorkspaceError, phrase
from desireline.journeys.answering import stop_answering
from desireline.store import Workspace

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_THREADS = 32
"""Requests at once; most wait for the disk or compute without the lock of Python, and a long question must not hold up the others."""
_PATIENCE_SECONDS = 30
"""How long requests may still take after the server was asked to stop."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Where and how a workspace is served.

    Attributes
    ----------
    host, port
        What it listens on.
    address
        Under which people reach it where that is another one, as behind a reverse proxy.
    proxies
        Addresses of reverse proxies, beside this machine where ``address`` is set: what they say of who asks is believed.
    sign_in_as_demo
        Whoever opens it is an admin.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8321
    address: str | None = None
    proxies: tuple[str, ...] = ()
    sign_in_as_demo: bool = False

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        if self.host in _LOOPBACK_NAMES:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def here(self) -> str:
        """Its address as seen from this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def shown(self) -> str:
        """The address that people open."""
        return self.here if self.address is None else self.address.rstrip("/")

    def site(self) -> Site:
        """How the application is reached. Under any name only where it listens for others and nothing says its own."""
        own = set() if self.address is None else {str(urlsplit(self.address).hostname)}
        known = self.is_loopback or own
        hosts = frozenset({*_LOOPBACK_NAMES, self.host.casefold(), *own}) if known else None
        return Site(self.address, hosts, self.sign_in_as_demo)


def check(serving: Serving) -> None:
    """Refuse what cannot be served, before anything is opened.

    Raises
    ------
    InputError
        The demo would be open to others, the address is none, a proxy is none, or the port is taken.
    """
    if serving.sign_in_as_demo and not (serving.is_loopback and serving.address is None):
        raise InputError(
            f"expected a loopback address with --sign-in-as-demo, got {serving.address or serving.host}",
            hint="it makes whoever opens the page an admin; leave it out and sign in, or serve on 127.0.0.1",
        )
    if serving.address is not None:
        _check_address(serving.address)
    for proxy in serving.proxies:
        _check_proxy(proxy)
    _check_port(serving)


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Be the only server of a workspace: what people edit together lives in the memory of one.

    Raises
    ------
    WorkspaceError
        Another one serves it.
    """
    with workspace.exclusive_if_free("server") as is_free:
        if not is_free:
            raise WorkspaceError(
                phrase("{folder} is being served already", folder=workspace.folder),
                hint=phrase("open the address of that server, or stop it first"),
            )
        yield


def prepare(workspace: Workspace, *, progress: Progress | None = None) -> None:
    """Bring the journey index up to date, so that the first page does not wait for it; save maps that were being edited.

    Raises
    ------
    WorkspaceError
        It cannot be written.
    """
    from desireline.journeys import open_index
    from desireline.maps.together.keeping import settle_kept

    settle_kept(workspace)
    open_index(workspace, progress=progress)


def run(serving: Serving, *, announcement: str) -> None:
    """Serve until the process is asked to stop; requests that are under way are finished first.

    One process answers, with threads: maps that several people edit at once live in its memory.

    Parameters
    ----------
    announcement
        What is printed once it answers.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("spawn", force=True)
    stopping = multiprocessing.Event()

    class Stoppable(Server):  # type: ignore[misc, valid-type, unused-ignore]
        def signal_handler_interrupt(self, *arguments: Any, **named: Any) -> None:
            stopping.set()
            super().signal_handler_interrupt(*arguments, **named)

    server = Stoppable(
        "desireline",
        address="127.0.0.1" if serving.host == "localhost" else serving.host,
        port=serving.port,
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=_PATIENCE_SECONDS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    server.serve(target_loader=_Loader(serving, announcement, stopping), wrap_loader=False)


@dataclass(frozen=True, slots=True)
class _Loader:
    """Makes the application in the process that answers."""

    serving: Serving
    announcement: str
    stopping: Event

    def __call__(self) -> Callable[..., Any]:
        """The application behind what believes the proxies."""
        import logging

        from granian.utils.proxies import wrap_asgi_with_proxy_headers
        from litestar.concurrency import set_asyncio_executor

        from desireline.app.server.ahead import AnsweringAhead
        from desireline.app.server.application import make_application
        from desireline.app.server.compiling import CompilingBeside
        from desireline.interactions import open_recovered

        threading.Thread(target=_end_with_parent, daemon=True).start()
        threading.Thread(target=_stop_answering, args=(self.stopping,), daemon=True).start()
        set_asyncio_executor(ThreadPoolExecutor(_THREADS, "request"))
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        logging.getLogger("desireline.server").setLevel(logging.INFO)
        workspace = open_recovered(self.serving.folder)
        compiling = CompilingBeside()
        ahead = AnsweringAhead(workspace, after=compiling.wait)
        application = make_application(workspace, site=self.serving.site(), ahead=ahead, compiling=compiling)
        here = ("127.0.0.1", "::1") if self.serving.address is not None else ()
        trusted = [*here, *self.serving.proxies]
        print(self.announcement, flush=True)
        return wrap_asgi_with_proxy_headers(application, trusted_hosts=trusted) if trusted else application


def _stop_answering(stopping: Event) -> None:
    """Questions that are worked out when the server is stopped end with an error: they may take longer than anybody waits."""
    stopping.wait()
    stop_answering()


def _end_with_parent() -> None:
    """Whoever kills the command kills what answers, too; otherwise it would hold the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        stop_answering()
        os.kill(os.getpid(), signal.SIGTERM)


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise InputError(
            f"expected the address under which people reach the server, without a path, got {address!r}",
            hint="for example --address https://journeys.example.org",
        )


def _check_proxy(proxy: str) -> None:
    try:
        ipaddress.ip_network(proxy, strict=False)
    except ValueError as error:
        raise InputError(
            f"expected the network address of a reverse proxy, got {proxy!r}", hint="--proxy 10.0.0.5 or 10.0.0.0/24"
        ) from error


def _check_port(serving: Serving) -> None:
    """Bind and let go: granian would share a port with another granian without a word."""
    try:
        found = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, OverflowError) as error:
        raise InputError(f"expected an address of this machine to listen on, got {serving.host}") from error
    with socket.socket(found[0], found[1]) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(found[4])
        except OSError as error:
            raise InputError(
                f"{serving.host}:{serving.port} cannot be listened on: {error.strerror or error}",
                hint=f"another server may run there; choose another port: --port {serving.port + 1}",
            ) from error
