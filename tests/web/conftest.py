from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from desireline.app.server.pages import STATIC
from desireline.app.workspace import create

from .serving import Server, serving

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

PATIENCE_MS = 45_000
"""How long a browser waits for anything; the processors may have other things to do meanwhile."""
expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def new_window(chromium: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser window of somebody new, as long as the block lasts."""
    with chromium.new_context(**{"locale": "en-GB", **options}) as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    if not (STATIC / "index.html").exists():
        pytest.skip("the web application is not built: make web")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company with few customers."""
    from typer.testing import CliRunner

    from desireline.app.commands import app

    folder = tmp_path_factory.mktemp("demo") / "demo"
    done = CliRunner().invoke(app, ["demo", str(folder), "--customers", "400"])
    assert done.exit_code == 0, done.output
    return folder / "workspace"


@pytest.fixture(scope="session")
def demo_server(demo_workspace: Path, chromium: Browser) -> Iterator[Server]:
    """It serves the demo company; whoever opens it is an admin."""
    with serving(demo_workspace, "--sign-in-as-demo") as server:
        yield server


@pytest.fixture
def empty_server(tmp_path: Path, chromium: Browser) -> Iterator[Server]:
    """It serves an empty workspace that nobody can sign in to yet."""
    create(tmp_path / "workspace")
    with serving(tmp_path / "workspace") as server:
        yield server


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser window of somebody new."""
    with new_window(chromium, viewport={"width": 1280, "height": 860}) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
