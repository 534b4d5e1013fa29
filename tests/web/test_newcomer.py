"""The way of a newcomer: from an empty workspace to a map with numbers on it, as a PDF."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .serving import Server

SHOP = """\
time,user_id,event,channel
{rows}
"""


def shop_file(folder: Path) -> Path:
    """Forty customers: all compare plans, thirty begin to order, twelve are through, nine call after a failed payment."""
    rows = []
    for customer in range(40):
        day = f"2026-03-{1 + customer % 28:02d}"
        rows.append(f"{day} 09:00,u{customer},Plans compared,web")
        if customer < 30:
            rows.append(f"{day} 09:05,u{customer},Checkout started,web")
        if customer < 12:
            rows.append(f"{day} 09:09,u{customer},Order placed,web")
        elif customer < 21:
            rows.append(f"{day} 09:11,u{customer},Payment failed,web")
            rows.append(f"{day} 09:40,u{customer},Call: payment,phone")
    path = folder / "shop.csv"
    path.write_text(SHOP.format(rows="\n".join(rows)), encoding="utf-8")
    return path


def test_a_newcomer_finds_where_people_stop_and_draws_it(page: Page, empty_server: Server, tmp_path: Path) -> None:
    become_admin(page, empty_server)
    import_file(page, shop_file(tmp_path))
    see_where_people_stop(page)
    make_map_from_template(page, empty_server)
    bind_first_step(page, touchpoint="Plans compared", told="40 interactions of 40 customers")
    see_deviation(page, empty_server)
    assert pdf_of(page, tmp_path).startswith(b"%PDF")


def become_admin(page: Page, server: Server) -> None:
    """Open the link that the first start printed, and choose a name and a password."""
    page.goto(server.first_link())
    page.get_by_label("Your name").fill("Ada Newcomer")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("New password").fill("correct horse battery staple")
    page.get_by_role("button", name="Set and sign in").click()
    expect(page.get_by_role("heading", level=1, name="Home")).to_be_visible()


def import_file(page: Page, path: Path) -> None:
    """Drop a file; see what would become of it before anything is stored; store it."""
    open_page(page, "Data")
    page.locator("input[type=file]").first.set_input_files(path)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Import 100 interactions").click()
    expect(page.get_by_text("100 new interactions of the source shop are in.")).to_be_visible()


def see_where_people_stop(page: Page) -> None:
    """A funnel of two steps, and the journeys of those who drop off between them."""
    page.get_by_role("link", name="See the journeys").click()
    open_page(page, "Explore")
    expect(page.get_by_role("table").get_by_text("Plans compared").first).to_be_visible()
    page.goto(page.url.split("/explore")[0] + "/explore/funnel")
    for touchpoint in ("Checkout started", "Order placed"):
        page.get_by_role("button", name=re.compile(f"^{touchpoint}")).click()
    funnel = page.get_by_role("region", name="Funnel")
    expect(funnel).to_contain_text("18 drop off (60.0\u00a0%)")
    funnel.get_by_text("18 drop off").click()
    expect(page.get_by_role("dialog")).to_contain_text("Payment failed")
    page.keyboard.press("Escape")


def make_map_from_template(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/maps?new=template")
    page.get_by_label("Title, in the customer's words").fill("I order a plan")
    page.get_by_role("radio", name="I change my internet provider").check()
    page.get_by_role("button", name="Make the map").click()
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("grid")).to_be_visible()


def bind_first_step(page: Page, *, touchpoint: str, told: str) -> None:
    """Choose a touchpoint from those that the log has; how many interactions it has is told at once."""
    page.locator("[data-place^='step']").first.click()
    binding = page.get_by_role("group", name="Bound to")
    binding.get_by_role("combobox", name="Touchpoint").fill(touchpoint)
    page.get_by_role("option", name=re.compile(f"^{touchpoint}")).click()
    expect(binding).to_contain_text(told)
    expect(page.get_by_text(re.compile("^Saved|^Version")).first).to_be_visible()


def see_deviation(page: Page, server: Server) -> None:
    """Every customer compared plans, so every journey reaches the step that is bound."""
    page.get_by_role("link", name="To the map").click()
    expect(page.get_by_role("link", name="Edit")).to_be_visible()
    page.get_by_role("switch", name="Measured").click()
    page.get_by_role("button", name="Steps").click()
    expect(page.get_by_text("40 journeys").first).to_be_visible()


def pdf_of(page: Page, folder: Path) -> bytes:
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="PDF, one sheet (A3)").click()
    path = folder / "map.pdf"
    download.value.save_as(path)
    return path.read_bytes()


def open_page(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
