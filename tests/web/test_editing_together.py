"""Two browsers, one map; and a server that is killed in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from .conftest import new_window
from .maps import MAP, expect_saved, open_editor, rename_step, step, text_of_map, workspace_with_map
from .serving import free_port, serving, start


@pytest.fixture
def other(chromium: Browser) -> Iterator[BrowserContext]:
    """The browser window of somebody else."""
    with new_window(chromium, viewport={"width": 1280, "height": 860}) as context:
        yield context


def test_two_browsers_see_what_the_other_writes_and_undo_only_their_own(
    context: BrowserContext, other: BrowserContext, tmp_path: Path
) -> None:
    workspace = workspace_with_map(tmp_path)
    with serving(workspace, "--sign-in-as-demo") as server:
        ada, ben = open_editor(context, server.address), open_editor(other, server.address)
        rename_step(ada, 0, "Ada was here")
        expect(step(ben, 0)).to_contain_text("Ada was here")
        rename_step(ben, 1, "Ben was here")
        expect(step(ada, 1)).to_contain_text("Ben was here")
        ada.keyboard.press("Control+z")
        expect(step(ben, 0)).not_to_contain_text("Ada was here")
        expect(step(ben, 1)).to_contain_text("Ben was here")
        expect_saved(ben)
    assert "Ben was here" in text_of_map(workspace)


def test_what_is_written_while_the_server_is_gone_is_kept_and_merged(
    context: BrowserContext, other: BrowserContext, tmp_path: Path
) -> None:
    workspace = workspace_with_map(tmp_path)
    port = free_port()
    server = start(workspace, "--sign-in-as-demo", port=port)
    ada, ben = open_editor(context, server.address), open_editor(other, server.address)
    rename_step(ada, 0, "Before the end")
    expect(step(ben, 0)).to_contain_text("Before the end")
    server.kill()
    rename_step(ada, 1, "Ada without a server")
    rename_step(ben, 2, "Ben without a server")
    again = start(workspace, "--sign-in-as-demo", port=port)
    try:
        for page in (ada, ben):
            for number, name in enumerate(("Before the end", "Ada without a server", "Ben without a server")):
                expect(step(page, number)).to_contain_text(name)
        expect_saved(ada)
    finally:
        again.stop()
    text = text_of_map(workspace)
    assert all(name in text for name in ("Before the end", "Ada without a server", "Ben without a server")), MAP


def test_what_is_written_while_nothing_answers_is_told_as_offline_and_comes_when_it_does_again(
    context: BrowserContext, other: BrowserContext, tmp_path: Path
) -> None:
    workspace = workspace_with_map(tmp_path)
    with serving(workspace, "--sign-in-as-demo") as server:
        ada, ben = open_editor(context, server.address), open_editor(other, server.address)
        with server.frozen():
            rename_step(ada, 0, "Ada without an answer")
            expect(ada.get_by_text("Offline:")).to_be_visible()
        expect(step(ben, 0)).to_contain_text("Ada without an answer")
        expect(ada.get_by_text("Offline")).not_to_be_visible()
        expect_saved(ada)
    assert "Ada without an answer" in text_of_map(workspace)
