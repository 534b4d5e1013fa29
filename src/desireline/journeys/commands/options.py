"""The options that questions about journeys share, and the values they may have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from desireline.journeys.model import SpanKind
    from desireline.journeys.selection import SelectionOptions

PeriodOption = Annotated[
    str | None, typer.Option("--period", help="FROM..TO, such as 2026-01-01..2026-03-31: days of the workspace.")
]
BegunOption = Annotated[
    str | None,
    typer.Option("--begun", help="Only customers who start in FROM..TO, followed to the end of the record."),
]
AnybodyOption = Annotated[
    bool,
    typer.Option(
        "--anybody", help="Count what the company did too, such as invoices and e-mails it sent, not only customers."
    ),
]
WhereOption = Annotated[
    str | None,
    typer.Option("--where", help='Only interactions that meet this: "channel = web and attributes.platform = ios".'),
]
SegmentOption = Annotated[
    str | None, typer.Option("--segment", help='Only customers who ever had such an interaction: "channel = phone".')
]
JourneyOption = Annotated[
    str | None, typer.Option("--journey", help="Look at the journeys of this definition: its id or name.")
]
AbandonedOption = Annotated[
    str,
    typer.Option("--abandoned", help="Outcomes of contacts nobody answered, left out: abandoned,lost; '' for none."),
]
TeamsOption = Annotated[
    str | None,
    typer.Option("--teams", help="Tell only of these teams, after everything was measured: billing,sales."),
]
AboutChannelsOption = Annotated[
    str | None,
    typer.Option("--channels", help="Tell only of answers about these channels: phone,chat."),
]
TopOption = Annotated[int | None, typer.Option("--top", min=1, help="Only so many, the most frequent ones.")]
SpanOption = Annotated[
    str,
    typer.Option("--span", help="life: all that a customer did; session: cut where nothing happens for --gap."),
]
GapOption = Annotated[str, typer.Option("--gap", help="The longest pause within a session: 30m, 12h, 3d.")]
PictureOption = Annotated[
    Path | None, typer.Option("--picture", help="Also draw it, into a file ending in .svg, .png, .pdf, .html or .json.")
]


def selection_options(
    period: str | None, where: str | None, segment: str | None, span: str, gap: str, journey: str | None = None
) -> SelectionOptions:
    """What the options say, for a question in Python."""
    return {"period": period, "where": where, "segment": segment, "span": _span(span), "gap": gap, "journey": journey}


def _span(text: str) -> SpanKind:
    if text == "life":
        return "life"
    if text == "session":
        return "session"
    raise typer.BadParameter(f"expected life or session, got {text!r}", param_hint="--span")
