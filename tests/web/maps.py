"""A workspace with one map, and what people do in its editor."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.app.workspace import create
from desireline.maps.storing import WorkspaceLibrary
from desireline.maps.together.keeping import settle_kept

MAP = "buy"


def workspace_with_map(folder: Path) -> Path:
    """A workspace that has the map ``buy``, from the template of shops."""
    workspace = folder / "workspace"
    create(workspace)
    command("maps", "new", folder / f"{MAP}.yaml", "--template", "retail", "--id", MAP)
    command("maps", "import", folder / f"{MAP}.yaml", "-w", workspace)
    return workspace


def command(*words: object) -> str:
    """What a command prints; it has to succeed."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def text_of_map(folder: Path) -> str:
    """The newest version of the map, when the server has been started again after it ended."""
    import desireline

    workspace = desireline.open(folder)
    settle_kept(workspace)
    document = WorkspaceLibrary(workspace).find("map", MAP)
    assert document is not None
    return document.text


def open_editor(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/maps/{MAP}/edit")
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def step(page: Page, number: int) -> Locator:
    """The head of a step, counted from 0."""
    return page.locator("[data-place^='step']").nth(number)


def rename_step(page: Page, number: int, name: str) -> None:
    step(page, number).dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(step(page, number)).to_contain_text(name)


def expect_saved(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"^Saved \d|^Version \d")).first).to_be_visible()
