"""How long the server takes for what the pages of the application ask, on the demo company.

    python -m benchmarks.pages --workspace demo/workspace

Every address is asked three times, in this process: of a copy of the workspace, so that everything is loaded and compiled; of another
copy, where nothing was worked out ahead and nothing is kept (``first``); and once more (``again``). Beside the time is that of the
processors, which other work on the machine does not lengthen. Sign-in, headers and compression are part of it; the network is not.
Kept in ``benchmarks/results/pages.json``.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from litestar import Litestar
from litestar.testing import TestClient

from benchmarks.machine import describe_machine, load_average
from benchmarks.results import FOLDER, write_json
from desireline.accounts import Site
from desireline.app.server.application import make_application
from desireline.base.console import print_table, progress_bar
from desireline.interactions import open_recovered
from desireline.journeys import open_index

RESULTS = FOLDER / "pages.json"
QUICK_MILLISECONDS = 200
_UNFINISHED = b'"working":{'
_JOURNEY = "get-internet"
_PHONE = "channel = phone"
_ORDERED = "Order placed"
_PLAIN = (
    "variants?top=50",
    "common?top=50",
    "common?top=50&by=channel",
    "clusters",
    "channels",
    "contacts",
    "contacts?by=team",
    "chains",
    "effort",
    "scores",
    "emotion",
    "retention",
    "gaps?top=50",
    "handovers?top=50",
    "loops?top=50",
    "insights",
    "sessions",
    "overview",
    f"funnel?steps=Checkout started&steps={_ORDERED}",
    f"attribution?outcomes={_ORDERED}",
    f"drivers?outcomes={_ORDERED}",
    f"survival?events={_ORDERED}",
    f"clusters?outcome={_ORDERED}",
    f"variants?top=50&segment={_PHONE}",
    f"outcomes?journey={_JOURNEY}",
)
"""Questions with a table, as Explore asks them."""
_CHARTED = (
    "clusters",
    "contacts",
    "chains",
    "effort",
    "scores",
    "emotion",
    "retention",
    "gaps",
    "handovers",
    "loops",
    "insights",
    "sessions",
)
_MAP = "live-with-brightwire"
PAGES: dict[str, tuple[str, ...]] = {
    "every page": ("/api/accounts/me",),
    "home": (
        "/api/home/figures?period=28d",
        "/api/home/figures?period=7d",
        "/api/home/views/overview",
        "/api/home/findings",
        "/api/home/maps",
        "/api/home/sources",
    ),
    "explore": (
        "/api/journeys/names",
        "/api/journeys/fields",
        "/api/journeys/saved",
        "/api/journeys/definitions",
        "/api/journeys/values?field=team&containing=",
        "/api/journeys/condition?text=channel = phone",
        "/api/journeys/questions/flow",
        "/api/journeys/pictures/flow",
        f"/api/journeys/questions/flow?segment={_PHONE}",
        f"/api/journeys/pictures/flow?segment={_PHONE}",
        f"/api/journeys/questions/paths?touchpoint={_ORDERED}",
        f"/api/journeys/pictures/paths?touchpoint={_ORDERED}",
        *(f"/api/journeys/questions/{question}" for question in _PLAIN),
        *(f"/api/journeys/questions/{name}.json" for name in _CHARTED),
        f"/api/journeys/comparisons/contacts?segment={_PHONE}&with_rest=true",
        f"/api/journeys/behind/touchpoint?name={_ORDERED}",
        "/api/journeys/questions/contacts.csv",
    ),
    "downloads of explore": (
        "/api/journeys/questions/contacts.svg",
        "/api/journeys/questions/contacts.png",
        "/api/journeys/questions/flow.svg",
        "/api/journeys/questions/flow.png",
    ),
    "maps": (
        "/api/maps/library",
        "/api/maps/comments/mine",
        "/api/maps/comments/open",
        "/api/maps/templates",
        "/api/maps/catalogue",
        "/api/evidence/staleness",
        "/api/evidence/review",
        f"/api/maps/map/{_MAP}/thumbnail?theme=light",
        f"/api/maps/documents/map/{_MAP}",
        f"/api/maps/documents/map/{_MAP}/versions",
        "/api/maps/documents/persona",
        "/api/maps/people",
        f"/api/maps/map/{_MAP}/drawing?theme=light",
        f"/api/maps/map/{_MAP}/comments",
        f"/api/maps/map/{_MAP}/shares",
        f"/api/maps/map/{_MAP}/lint",
        f"/api/evidence/maps/{_MAP}/check",
        f"/api/evidence/maps/{_MAP}/check?personas=true",
        f"/api/evidence/maps/{_MAP}/drawing?theme=light",
        f"/api/evidence/maps/{_MAP}/bindings",
        f"/api/evidence/maps/{_MAP}/proposals",
        "/api/evidence/count?where=touchpoint = 'Order placed'",
    ),
    "downloads of maps": tuple(
        f"/api/maps/map/{_MAP}/files/{_MAP}.{ending}" for ending in ("svg", "png", "pdf", "html", "pptx", "yaml")
    ),
    "customers": (
        "/api/identity/customers/{customer}",
        "/api/journeys/customers/{customer}/timeline",
        "/api/journeys/customers/{customer}/facts",
        "/api/journeys/customers/{customer}/standing",
    ),
    "data": (
        "/api/sources",
        "/api/sources/uploads",
        "/api/sources/imports?count=20",
        "/api/sources/quarantine",
        "/api/interactions/taxonomy",
        "/api/interactions/taxonomy/proposals",
    ),
    "improve": ("/api/improve/opportunities", "/api/improve/tasks"),
    "settings": (
        "/api/accounts/people",
        "/api/accounts/keys",
        "/api/accounts/sessions",
        "/api/accounts/events",
        "/api/settings",
    ),
}
"""What the pages ask, by page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address; times in milliseconds, ``bytes`` as they go over the line."""

    page: str
    address: str
    first: float
    first_processor: float
    again: float
    again_processor: float
    bytes: int


@dataclass(frozen=True, slots=True)
class _Took:
    wall: float
    processor: float
    bytes: int


def main() -> None:
    """Measure, print the table, keep it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, required=True, help="of the demo company, as make demo leaves it")
    parser.add_argument("--containing", default="", help="only addresses with this in them; nothing is kept then")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="desireline-pages-") as folder:
        found = measure(arguments.workspace, Path(folder), containing=arguments.containing)
    ordered = sorted(found, key=lambda each: -each.first_processor)
    print_table(
        ["first ms", "processor", "again ms", "processor", "bytes", "address"],
        [[_whole(each.first), _whole(each.first_processor), _whole(each.again), _whole(each.again_processor), f"{each.bytes:,}",
          each.address] for each in ordered],
    )  # fmt: skip
    slow = sum(each.first_processor > QUICK_MILLISECONDS for each in found)
    print(f"{len(found)} addresses; {slow} take more than {QUICK_MILLISECONDS} ms of the processors the first time")
    if not arguments.containing:
        now = datetime.now(UTC).date().isoformat()
        said = {"date": now, "machine": describe_machine(), "load_average": load_average()}
        write_json({**said, "measured": [asdict(each) for each in found]}, RESULTS)


def measure(workspace: Path, folder: Path, *, containing: str = "") -> list[Asked]:
    """All addresses of :data:`PAGES`, in their order."""
    wanted = [(page, each) for page, addresses in PAGES.items() for each in addresses if containing in each]
    with progress_bar() as progress:
        with _serving(workspace, folder / "warm") as (client, customer):
            for done, (_, address) in enumerate(wanted, start=1):
                progress.step("warming up", done=done, total=len(wanted))
                _ask(client, address.format(customer=customer))
        with _serving(workspace, folder / "measured") as (client, customer):
            found = []
            for done, (page, address) in enumerate(wanted, start=1):
                progress.step("measuring", done=done, total=len(wanted))
                first, again = (_ask(client, address.format(customer=customer)) for _ in range(2))
                found.append(
                    Asked(page, address, first.wall, first.processor, again.wall, again.processor, first.bytes)
                )
    return found


@contextmanager
def _serving(workspace: Path, copy: Path) -> Iterator[tuple[TestClient[Litestar], str]]:
    """The application over a copy, and the number of a customer."""
    shutil.copytree(workspace, copy)
    opened = open_recovered(copy)
    open_index(opened)
    with TestClient(make_application(opened, site=Site(sign_in_as_demo=True))) as client:
        found = client.get("/api/journeys/behind/every?n=1").raise_for_status().json()
        yield client, str(found["answer"]["examples"][0]["customer"])


def _ask(client: TestClient[Litestar], address: str) -> _Took:
    began, processor = time.perf_counter(), time.process_time()
    body = _UNFINISHED
    while _UNFINISHED in body:
        with client.stream("GET", address) as response:
            size, body = 0, response.read()
            size = response.num_bytes_downloaded
        response.raise_for_status()
    return _Took((time.perf_counter() - began) * 1e3, (time.process_time() - processor) * 1e3, size)


def _whole(milliseconds: float) -> str:
    return f"{milliseconds:,.0f}"


if __name__ == "__main__":
    main()
