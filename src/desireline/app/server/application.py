"""The application: the routes of all packages over one open workspace."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning

from desireline.accounts import Site
from desireline.accounts.authentication import Authentication
from desireline.accounts.forgery import SameSite
from desireline.accounts.model import Proof, SignedIn
from desireline.accounts.passwords import Passwords
from desireline.app.server.ahead import AnsweringAhead
from desireline.app.server.compiling import CompilingBeside
from desireline.app.server.describe import description
from desireline.app.server.errors import EXCEPTION_HANDLERS
from desireline.app.server.head import Application
from desireline.app.server.headers import KnownHosts, adding_headers
from desireline.app.server.languages import Languages
from desireline.app.server.opened import OpenWorkspace
from desireline.app.server.pages import ENCODED, STATIC, build_of, pages_router
from desireline.app.server.routes import ROUTERS
from desireline.base.telling import Phrase, tell
from desireline.maps.together.routes import wait_for_rooms
from desireline.store import Workspace

_API = Router(path="/api", route_handlers=list(ROUTERS), before_request=wait_for_rooms)


def make_application(
    workspace: Workspace,
    *,
    site: Site | None = None,
    passwords: Passwords | None = None,
    static: Path = STATIC,
    ahead: AnsweringAhead | None = None,
    compiling: CompilingBeside | None = None,
) -> Litestar:
    """The application of a workspace; handlers ask for ``workspace: Workspace`` and ``user: SignedIn`` by name.

    Parameters
    ----------
    site
        How it is reached; by default under any name.
    passwords
        How passwords are hashed; tests take less time with small parameters.
    static
        Where the built web application lies.
    ahead
        What it works out before anybody asks; by default nothing.
    compiling
        What compiles beside it; by default nothing.
    """
    site = site or Site()
    watching = [] if ahead is None else [ahead]
    living = [each.lifespan for each in (compiling, ahead) if each is not None]
    opened = OpenWorkspace(workspace)
    hashing = passwords or Passwords()

    def provide_passwords() -> Passwords:
        return hashing

    def provide_site() -> Site:
        return site

    with warnings.catch_warnings():
        # Handlers name parameters, body and dependencies as Litestar 2 does; 3, which the requirements exclude, asks for marks.
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        return Application(
            route_handlers=[_API, pages_router(static)],
            dependencies={
                "workspace": Provide(opened.current, sync_to_thread=False),
                "user": Provide(_provide_user, sync_to_thread=False),
                "passwords": Provide(provide_passwords, sync_to_thread=False),
                "site": Provide(provide_site, sync_to_thread=False),
            },
            middleware=[
                Languages(),
                *watching,
                KnownHosts(site),
                Authentication(workspace, site),
                SameSite(workspace, site),
            ],
            lifespan=living,
            before_send=[adding_headers(build_of(static))],
            compression_config=CompressionConfig(
                backend="gzip", gzip_compress_level=6, minimum_size=1_000, exclude_opt_key=ENCODED
            ),
            exception_handlers=EXCEPTION_HANDLERS,
            type_encoders={Phrase: tell},
            openapi_config=description(),
            logging_config=None,
        )


def _provide_user(request: Request[SignedIn, Proof, Any]) -> SignedIn:
    return request.user
