"""The OpenAPI description of all routes; ``python -m desireline.app.server.describe`` writes it to ``schemas/openapi.json``."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from litestar import Router
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import License, OpenAPI

from desireline.accounts import Right, needs

FILE = Path("schemas") / "openapi.json"


def description() -> OpenAPIConfig:
    """How the routes are described, under ``/api/openapi.json``."""
    return OpenAPIConfig(
        title="Desireline",
        version="1",
        description="Sign in with a session, or send a key: `Authorization: Bearer …`. See docs/serving.md.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
        openapi_router=Router(
            path="/api/openapi.json", guards=[needs(Right.LOOK)], route_handlers=[], include_in_schema=False
        ),
    )


def describe() -> str:
    """The description as text, always the same for the same routes."""
    from desireline.app.server.application import make_application
    from desireline.app.workspace import create

    with tempfile.TemporaryDirectory() as folder:
        schema: OpenAPI = make_application(create(Path(folder) / "workspace")).openapi_schema
        return json.dumps(schema.to_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    target.write_text(describe(), encoding="utf-8")
