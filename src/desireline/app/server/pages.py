"""The built web application: its files, and its one page under every address that is no file."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException

from desireline.accounts.model import Proof, SignedIn
from desireline.app.server.encodings import encoded

STATIC = Path(__file__).parent / "static"
"""Where the build of ``web/`` puts it."""
ENCODED = "encoded"
"""Marks routes whose answers are compressed already."""
_HTML = "text/html"
_SCRIPT = re.compile(r'<script[^>]* src="/assets/([^"]+)"')
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_TYPES = {
    ".html": _HTML,
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
_ROBOTS = "User-agent: *\nDisallow: /\n"
Asked = Request[SignedIn, Proof, Any]
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Desireline</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}</style>
<h1>The server runs; its web application was not built</h1>
<p>In a checkout of the source, build it with <code>make web</code>, then load this page again.
A Desireline that was installed with pip brings it along: install it anew.</p>
<p>The API answers: <code>/api/openapi.json</code> lists its routes.</p>
</html>
"""


def pages_router(static: Path = STATIC) -> Router:
    """The routes of the web application.

    Parameters
    ----------
    static
        The folder with index.html, and files with hashed names in assets/.
    """

    @get("/", opt={"anonymous": True}, include_in_schema=False, sync_to_thread=True)
    def first_page(request: Asked) -> Response[bytes]:
        return _index(static, request)

    @get(
        "/assets/{path:path}", opt={"anonymous": True, "tokenless": True}, include_in_schema=False, sync_to_thread=True
    )
    def asset(path: Path, request: Asked) -> Response[bytes]:
        file = _file(static, f"assets/{path.as_posix().lstrip('/')}")
        if file is None:
            raise NotFoundException  # of an earlier build: the page has to be loaded anew
        return _answer(file, request, _FOREVER)

    @get("/{path:path}", opt={"anonymous": True}, include_in_schema=False, sync_to_thread=True)
    def page(path: Path, request: Asked) -> Response[bytes]:
        wanted = path.as_posix().lstrip("/")
        if wanted == "api" or wanted.startswith("api/"):
            raise NotFoundException
        file = _file(static, wanted)
        return _index(static, request) if file is None else _answer(file, request, _ASK_AGAIN)

    return Router(path="/", route_handlers=[first_page, asset, robots, page], opt={ENCODED: True})


@get("/robots.txt", opt={"anonymous": True, "tokenless": True}, include_in_schema=False, sync_to_thread=False)
def robots() -> Response[str]:
    """Nothing here is for search engines."""
    return Response(_ROBOTS, media_type="text/plain", headers={"cache-control": _ASK_AGAIN})


def build_of(static: Path = STATIC) -> str | None:
    """The build of the web application: the name of its first script, which differs where any file does; ``None``: not built.

    A server that was started with one build may serve the files of another one later.
    """
    file = static / "index.html"
    found = _SCRIPT.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    return found and found[1]


def _index(static: Path, request: Asked) -> Response[bytes]:
    """The one page of the application; every address below it is read in the browser."""
    file = static / "index.html"
    if not file.is_file():
        return Response(_NOT_BUILT.encode(), media_type=_HTML, status_code=503, headers={"cache-control": _ASK_AGAIN})
    return _answer(file, request, _ASK_AGAIN)


def _file(static: Path, wanted: str) -> Path | None:
    """The file of this name, if it is one of the build: nothing hidden, nothing outside of the folder."""
    if not wanted or "\0" in wanted or any(part.startswith(".") for part in wanted.split("/")):
        return None
    found = (static / wanted).resolve()
    return found if found.is_relative_to(static.resolve()) and found.is_file() else None


def _media_type(file: Path) -> str:
    return _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _answer(file: Path, request: Asked, cache: str) -> Response[bytes]:
    given = encoded(file, request.headers.get("accept-encoding", ""))
    headers = {"cache-control": cache, "vary": "accept-encoding"}
    if given.encoding is not None:
        headers["content-encoding"] = given.encoding
    return Response(given.content, media_type=_media_type(file), headers=headers)
