"""What somebody may not do, they are not offered, and the server refuses it all the same."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from .maps import MAP, command, text_of_map, workspace_with_map
from .serving import Server, serving

PASSWORD = "correct horse battery staple"
ASK = """async ([method, path, body]) => {
  const token = document.cookie.split('; ').find((each) => each.startsWith('csrftoken='))?.slice(10) ?? '';
  const headers = {'x-csrftoken': decodeURIComponent(token), 'content-type': 'application/json'};
  const answer = await fetch(path, {method, headers, body: JSON.stringify(body)});
  return [answer.status, (await answer.json()).code];
}"""


def test_a_viewer_sees_a_map_and_cannot_write(page: Page, tmp_path: Path) -> None:
    workspace = workspace_with_map(tmp_path)
    before = text_of_map(workspace)
    with serving(workspace) as server:
        sign_in(page, server, workspace, role="viewer")
        page.goto(f"{server.address}/maps/{MAP}")
        expect(page.get_by_role("button", name="Download")).to_be_visible()
        expect(page.get_by_role("link", name="Edit")).to_have_count(0)
        expect(page.get_by_role("link", name="Customers")).to_have_count(0)
        assert page.evaluate(ASK, ["POST", "/api/maps/new", {"title": "Mine", "template": None}]) == [
            403,
            "access.denied",
        ]
        page.goto(f"{server.address}/maps/{MAP}/edit")
        expect(page.get_by_text("You can look at this map only.").first).to_be_visible()
    assert text_of_map(workspace) == before


def test_a_link_is_good_for_one_password(page: Page, tmp_path: Path) -> None:
    workspace = workspace_with_map(tmp_path)
    with serving(workspace) as server:
        link = sign_in(page, server, workspace, role="editor")
        page.context.clear_cookies()
        page.goto("about:blank")
        page.goto(link)
        expect(page.get_by_text("This link cannot be used")).to_be_visible()


def sign_in(page: Page, server: Server, workspace: Path, *, role: str) -> str:
    """Invite somebody and set a password as they would; gives the link that did it."""
    options = ("--role", role, "--address", server.address, "-w", workspace)
    printed = command("people", "add", "Vera", "vera@example.org", *options)
    link = next(word for word in printed.split() if "/link" in word)
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set and sign in").click()
    expect(page.get_by_role("heading", level=1, name="Home")).to_be_visible()
    return link
