"""``desireline journeys funnel``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.journeys.commands.asking import asking, print_result
from desireline.journeys.commands.options import (
    GapOption,
    JourneyOption,
    PeriodOption,
    SegmentOption,
    SpanOption,
    TopOption,
    WhereOption,
    selection_options,
)


def funnel(
    steps: Annotated[list[str], typer.Argument(metavar="STEP...", help="Touchpoints in their order.")],
    workspace: WorkspaceOption,
    within: Annotated[str | None, typer.Option("--within", help="From the first step to the last: 7d.")] = None,
    strict: Annotated[bool, typer.Option("--strict/--loose", help="Strict: nothing else between two steps.")] = False,
    period: PeriodOption = None,
    where: WhereOption = None,
    segment: SegmentOption = None,
    journey: JourneyOption = None,
    top: TopOption = None,
    span: SpanOption = "life",
    gap: GapOption = "30m",
    as_json: JsonOption = False,
) -> None:
    """How many customers reach each step in order, and how long they take from the one before."""
    from desireline.base import format_seconds
    from desireline.journeys import funnel as ask_funnel

    with asking(workspace) as (opened, progress):
        result = ask_funnel(
            opened,
            steps,
            within=within,
            order="strict" if strict else "loose",
            progress=progress,
            **selection_options(period, where, segment, span, gap, journey),
        )
    rows = [
        [step.name, step.customers, f"{step.conversion:.1%}", format_seconds(step.median_seconds)]
        for step in result.steps[:top]
    ]
    print_result(result, ["step", "customers", "of those who entered", "median wait"], rows, as_json=as_json, top=None)
