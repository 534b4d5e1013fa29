"""The demo from beginning to end: files, import, journeys, report, a map beside them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base.console import progress_bar, say

if TYPE_CHECKING:
    from desireline.app.demo.model import DemoFiles
    from desireline.journeys.results.insights import Insights
    from desireline.sources import Counts
    from desireline.store import Workspace


def make_files(folder: Path, *, customers: int, seed: int) -> DemoFiles:
    """Write the files of the departments and say where they are."""
    from desireline.app.demo import write_files

    with progress_bar() as progress:
        written = write_files(folder, customers=customers, seed=seed, progress=progress.step)
    say(f"{len(written.files)} files with {sum(file.rows for file in written.files):,} rows written to {folder}")
    return written


def show_demo(folder: Path, *, customers: int, seed: int) -> None:
    """Run the demo in a folder and print what it found. What an earlier run has made is used again."""
    from desireline.app.demo.designed import draw_map, map_line, save_maps
    from desireline.app.demo.period import LONDON
    from desireline.app.report import write_page
    from desireline.app.report.collect import collect
    from desireline.app.workspace import create
    from desireline.app.workspace import open as open_workspace

    place = folder / "workspace"
    if (place / "desireline.toml").exists():
        workspace = open_workspace(place)
    else:
        written = make_files(folder / "files", customers=customers, seed=seed)
        create(place, timezone=LONDON)
        _add_settings(place)
        workspace = open_workspace(place)
        _import(workspace, written)
    report, drawn = folder / "journeys.html", folder / "map.html"
    save_maps(workspace, folder / "map.yaml")
    with progress_bar() as progress:
        data = collect(workspace, title="Brightwire", progress=progress)
        measures = draw_map(workspace, drawn, progress=progress)
    report.write_text(write_page(data), encoding="utf-8")
    for line in [*_findings(workspace), *_new(data.insights)]:
        print(line)
    print(f"Report: {report.resolve()}")
    print(map_line(measures, drawn))
    print(f'Ask on: desireline journeys funnel "Checkout started" "Order placed" --within 7d -w {place}')


_SETTINGS = """name = "Brightwire"

[contacts]
transferred_to = "attributes.transferred_to"
needs = "touchpoint in ('Help article read', 'Speed test run', 'Order status viewed', 'House move requested', 'Cancel page viewed')"

[costs]
currency = "GBP"

[costs.channels.phone]
per_contact = 2.2
per_minute = 0.55

[costs.channels.chat]
per_contact = 1.4
per_minute = 0.25

[costs.channels.store]
per_contact = 6.5

[costs.channels.web]
per_contact = 0.08

[costs.channels.app]
per_contact = 0.04
"""


def _add_settings(place: Path) -> None:
    """What is particular to the contacts of the company, what they cost, what its customers come for, and in which stages."""
    from desireline.interactions.taxonomy import TAXONOMY_FILE
    from desireline.journeys.definitions import DEFINITIONS_FILE

    with (place / "desireline.toml").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS)
    for name, target in (("journeys.yaml", DEFINITIONS_FILE), ("taxonomy.yaml", TAXONOMY_FILE)):
        text = files("desireline.app.demo").joinpath(name).read_text(encoding="utf-8")
        (place / target).write_text(text, encoding="utf-8")


def _import(workspace: Workspace, written: DemoFiles) -> Counts:
    from desireline.sources import Counts, import_files

    counts = Counts(0, 0, 0, 0)
    with progress_bar() as progress:
        for file in written.files:
            counts += import_files(workspace, [file.path], mapping=file.mapping, progress=progress).counts
    return counts


def _findings(workspace: Workspace) -> list[str]:
    """What was found, in lines for people."""
    from desireline.journeys import channels, overview, variants
    from desireline.sources import source_summaries

    sources = source_summaries(workspace)
    whole = overview(workspace)
    read, duplicates = sum(each.read for each in sources), sum(each.duplicates for each in sources)
    quarantined = sum(each.quarantined for each in sources)
    moves = channels(workspace, span="session", gap="3d", top=2)
    paths = variants(workspace, span="session", gap="3d", top=40)
    longer = [each for each in paths.variants if len(set(each.path)) > 1][:4]
    return [
        f"{read:,} records of {len(sources)} departments: {whole.interactions:,} interactions, {duplicates:,} duplicates, "
        f"{quarantined:,} in quarantine",
        f"{whole.customers:,} customers, {whole.customers_seen_once:,} of them seen only once",
        "",
        "Common paths (no pause longer than 3 days):",
        *[f"  {each.customers:>6,} customers  {' → '.join(each.path)}" for each in longer],
        "",
        "Moves between channels:",
        *[
            f"  {move.count:>6,} times, {move.customers:,} customers  {move.source} → {move.target}"
            for move in moves.moves
        ],
    ]


def _new(insights: Insights) -> list[str]:
    """The strongest findings, in lines for people."""
    if not insights.findings:
        return []
    return ["", "What is new:", *(f"  {each.text}" for each in insights.findings[:3])]
