"""``desireline interactions``."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What interactions hold, and how many there are."
)


@commands.command()
def schema() -> None:
    """Print the JSON Schema of an interaction: every field with its unit and its allowed values."""
    from desireline.base.console import print_json
    from desireline.interactions import interaction_schema

    print_json(interaction_schema())


@commands.command()
def count(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Count the interactions of the log, and say from when to when they are."""
    from desireline.base.console import print_json, print_table
    from desireline.interactions import count_log, open_recovered

    summary = count_log(open_recovered(workspace))
    first = None if summary.first_at is None else summary.first_at.isoformat()
    last = None if summary.last_at is None else summary.last_at.isoformat()
    if as_json:
        print_json({"interactions": summary.interactions, "first_at": first, "last_at": last})
        return
    print_table(["interactions", "first", "last"], [[summary.interactions, first, last]])


@commands.command()
def log(
    workspace: WorkspaceOption,
    customer: Annotated[
        list[str],
        typer.Option(
            "--customer", "-c", help="An identifier of the customer as type:value; may be given several times."
        ),
    ],
    touchpoint: Annotated[str, typer.Option("--touchpoint", "-t", help='What happened: "Asked in shop".')],
    channel: Annotated[str, typer.Option("--channel", help="How: store, phone …")],
    at: Annotated[
        str | None, typer.Option("--at", help="When (ISO 8601, UTC unless it says another zone); now by default.")
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help="What was said.")] = None,
    agent: Annotated[str | None, typer.Option("--agent", help="Who was told.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="The case it is a part of.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="How it ended.")] = None,
) -> None:
    """Record what somebody saw or was told and no system has: it is marked as logged by hand."""
    from datetime import UTC, datetime

    from desireline.base import InputError
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.interactions.recording import HAND_LOGGED, NewInteraction, record_interactions

    identifiers = dict(_identifier(each) for each in customer)
    try:
        moment = datetime.now(UTC) if at is None else datetime.fromisoformat(at)
    except ValueError:
        raise InputError(
            f"--at: expected a time in ISO 8601, got {at!r}", hint="for example 2026-03-14T15:09"
        ) from None
    fields = {
        "source": HAND_LOGGED,
        "channel": channel,
        "touchpoint": touchpoint,
        "occurred_at": moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC),
        "received_at": datetime.now(UTC),
        "text": text,
        "agent": agent,
        "case": case,
        "outcome": outcome,
    }
    record_interactions(open_recovered(workspace), [NewInteraction(fields, identifiers)])
    say(f"{touchpoint} was recorded for {', '.join(customer)}")


def _identifier(text: str) -> tuple[str, str]:
    from desireline.base import InputError

    kind, separator, value = text.partition(":")
    if not separator or not kind.strip() or not value.strip():
        raise InputError(
            f"--customer: expected an identifier as type:value, got {text!r}", hint="for example email:ann@example.org"
        )
    return kind.strip(), value.strip()
