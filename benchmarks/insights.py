"""How good the feed of findings is: on the demo company with its planted problems, with others, and with nothing planted.

    python -m benchmarks.insights --customers 5000 --seeds 2026,7,11

Four companies for each seed: ``planted`` with the six problems of the demo; ``nothing``; ``nothing, journeys``, the same with two journey
definitions, whose conversion is followed; ``slow``, where instead of the six a share rises evenly over the half year and the conversion of a
journey falls for four weeks. A finding is right where it overlaps a planted problem in time and names its touchpoint, its segment or one of its
consequences, as itself or among what it was also seen in. Kept in ``benchmarks/results/insights.json``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.machine import describe_machine, load_average
from benchmarks.results import FOLDER, write_json
from desireline.app.demo import write_files
from desireline.app.demo.period import END, START, london
from desireline.app.demo.walk import Arrivals, Redirect
from desireline.app.workspace import create
from desireline.base.console import print_table
from desireline.journeys import insights
from desireline.journeys.definitions import save_definition
from desireline.journeys.results.insights import Finding
from desireline.sources import import_files
from desireline.store import Workspace

RESULTS = FOLDER / "insights.json"
CONSEQUENCES = {
    "checkout-fault": ["Call: sales"],
    "billing-error": ["Bill viewed", "Chat: billing", "Call: billing", "Credit note issued"],
    "price-change": ["Cancel page viewed", "Chat: cancellation", "Call: cancellation"],
    "add-ons-left": ["Add-on viewed", "Order placed", "Checkout completed", "journeys add-on"],
}
"""Where else a planted problem shows, as it says itself."""


COMPANIES = ("planted", "nothing", "nothing, journeys", "slow")
JOURNEYS = {
    "add-on": {"start": "touchpoint = 'Add-on viewed'", "goal": "touchpoint = 'Order placed'"},
    "order": {"start": "touchpoint = 'Checkout started'", "goal": "touchpoint = 'Order placed'"},
}
LEFT_FROM, LEFT_TO = london(4, 20), london(5, 18)
LEAVE = 0.35
SLOW_PROBLEMS: list[dict[str, Any]] = [
    {
        "id": "bot-slips",
        "subject": "Chat: router fault",
        "segment": None,
        "from": "2026-01-01",
        "to": "2026-06-30",
    },
    {
        "id": "add-ons-left",
        "subject": "Checkout started",
        "segment": None,
        "from": "2026-04-20",
        "to": "2026-05-17",
    },
]
"""Month by month more chats with the bot end in a call; for four weeks a third of those who set out to check out an add-on leave."""


def _drawn(arrivals: Arrivals) -> Any:
    """From 0 to 1, as good as by chance, and the same in every run."""
    mixed = (arrivals.person.astype(np.int64) * 2_654_435_761 + arrivals.at // 1_000 * 40_503) % 100_003
    return mixed / 100_003


def _slips(arrivals: Arrivals) -> Any:
    return _drawn(arrivals) < (arrivals.at - START) / (END - START)


def _leaves(arrivals: Arrivals) -> Any:
    return (arrivals.at >= LEFT_FROM) & (arrivals.at < LEFT_TO) & (_drawn(arrivals) < LEAVE)


SLOW_REDIRECTS = (
    Redirect("fault", "bot", "bot since the change", _slips),
    Redirect("buy add-on", "checkout", "watched", _leaves),
)


@contextmanager
def nothing_planted(redirects: Sequence[Redirect] = ()) -> Iterator[None]:
    """The demo company as it is while nothing goes wrong, but for what redirects plant."""
    history, demo = "desireline.app.demo.history", "desireline.app.demo.departments"
    with ExitStack() as stack:
        for name, value in (
            (f"{history}.REDIRECTS", redirects),
            (f"{history}.ASKS_ABOUT_BILL", 0.0),
            (f"{history}.CANCELS_AFTER_MAIL", 0.0),
            (f"{demo}.invoices.invoice_factor", lambda people, person, at: np.ones(len(at))),
            (f"{demo}.calls.crowded_monday", lambda at: np.zeros(len(at), np.bool_)),
        ):
            stack.enter_context(patch(name, value))
        yield


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=5_000)
    parser.add_argument("--seeds", type=lambda text: [int(each) for each in text.split(",")], default=[2026, 7, 11])
    parser.add_argument("--keep", type=Path, help="leave the workspaces in this folder")
    arguments = parser.parse_args()
    runs = []
    for seed in arguments.seeds:
        for company in COMPANIES:
            runs.append(_measured(arguments.customers, seed, company, arguments.keep))
    rows = [
        [
            each["seed"],
            each["company"],
            len(each["findings"]),
            each["right"],
            ", ".join(each["found"]) or "–",
            each["seconds"],
        ]
        for each in runs
    ]
    print_table(["seed", "demo company", "findings", "right", "problems found", "seconds"], rows)
    write_json({"machine": describe_machine(), "load_average": load_average(), "runs": runs}, RESULTS)


def _measured(customers: int, seed: int, company: str, keep: Path | None) -> dict[str, Any]:
    with TemporaryDirectory() as temporary:
        folder = (keep or Path(temporary)) / f"{seed}-{company.replace(', ', '-')}"
        workspace, problems = _made(folder, customers, seed, company)
        start = time.perf_counter()
        found = insights(workspace)
        seconds = time.perf_counter() - start
    matches = [matching(each, problems) for each in found.findings]
    print(f"seed {seed}, {company}", file=sys.stderr)
    for each, match in zip(found.findings, matches, strict=True):
        print(f"  {'+' if match else '-'} {each.text}", file=sys.stderr)
    return {
        "customers": customers,
        "seed": seed,
        "company": company,
        "seconds": round(seconds, 1),
        "series": found.series,
        "findings": [{**each.to_dict(), "matches": match} for each, match in zip(found.findings, matches, strict=True)],
        "right": sum(bool(match) for match in matches),
        "found": sorted({name for match in matches for name in match}),
    }


def _made(folder: Path, customers: int, seed: int, company: str) -> tuple[Workspace, list[dict[str, Any]]]:
    if company == "slow":
        return make_slow_company(folder, customers, seed), SLOW_PROBLEMS
    workspace, problems = make_company(folder, customers, seed, planted=company == "planted")
    if company.endswith("journeys"):
        _define(workspace)
    return workspace, problems


def make_slow_company(folder: Path, customers: int, seed: int) -> Workspace:
    """The workspace of a demo company with :data:`SLOW_PROBLEMS` and journey definitions."""
    shutil.rmtree(folder, ignore_errors=True)
    with nothing_planted(SLOW_REDIRECTS):
        made = write_files(folder / "files", customers=customers, seed=seed)
    workspace = create(folder / "workspace")
    for file in made.files:
        import_files(workspace, [file.path], mapping=file.mapping)
    _define(workspace)
    return workspace


def _define(workspace: Workspace) -> None:
    for ident, entry in JOURNEYS.items():
        save_definition(workspace, ident, entry)


def make_company(folder: Path, customers: int, seed: int, *, planted: bool) -> tuple[Workspace, list[dict[str, Any]]]:
    """The workspace of a demo company, and its planted problems."""
    shutil.rmtree(folder, ignore_errors=True)
    with ExitStack() as stack:
        if not planted:
            stack.enter_context(nothing_planted())
        made = write_files(folder / "files", customers=customers, seed=seed)
    workspace = create(folder / "workspace")
    for file in made.files:
        import_files(workspace, [file.path], mapping=file.mapping)
    problems = json.loads((folder / "files" / "truth" / "problems.json").read_text()) if planted else []
    return workspace, problems


def matching(finding: Finding, problems: list[dict[str, Any]]) -> list[str]:
    """The planted problems that a finding tells of."""
    told = " ".join((finding.text, *finding.also))
    found = []
    for problem in problems:
        first, last = (date.fromisoformat(problem[side][:10]) for side in ("from", "to"))
        overlaps = finding.first_day <= last and finding.last_day >= first
        names = [problem["subject"], *(f"{name} {value}" for name, value in (problem["segment"] or {}).items())]
        names += CONSEQUENCES.get(problem["id"], [])
        if overlaps and any(name in told for name in names):
            found.append(problem["id"])
    return found


if __name__ == "__main__":
    main()
