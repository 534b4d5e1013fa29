"""``desireline journeys export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.base.options import WorkspaceOption
from desireline.journeys.commands.asking import asking
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    SegmentOption,
    SpanOption,
    WhereOption,
    selection_options,
)


def export(
    workspace: WorkspaceOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="A file that ends in .xes or .jsonocel.")],
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    with_text: Annotated[bool, typer.Option("--with-text", help="Also what customers wrote or said.")] = False,
) -> None:
    """Write journeys for other tools: XES or OCEL 2.0.

    Customers are numbers in it. The interactions themselves are written as they are, with channel, team, agent and
    whatever else the source told about them.
    """
    from desireline.base.console import say
    from desireline.journeys import Selection
    from desireline.journeys.exporting import export_journeys

    with asking(workspace) as (opened, progress):
        chosen = Selection(**selection_options(period, where, segment, span, gap, journey))
        written = export_journeys(opened, output, selection=chosen, with_text=with_text, progress=progress)
    say(f"{written.interactions:,} interactions in {written.spans:,} journeys written to {output}")
