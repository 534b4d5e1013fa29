"""``desireline interactions``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desireline.interactions import CostRow, Costs, Taxonomy
    from desireline.store import Workspace

commands = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What interactions hold, and how many there are."
)
taxonomy = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Which names are one touchpoint, and its channel and stage: show, check, propose, set.",
)
commands.add_typer(taxonomy, name="taxonomy")


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
    new_type: Annotated[
        bool, typer.Option("--new-type", help="An identifier may be of a type that was never used.")
    ] = False,
) -> None:
    """Record what somebody saw or was told and no system has: it is marked as logged by hand."""
    import shlex
    from datetime import UTC, datetime

    from desireline.base import InputError
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.interactions.by_hand import log_by_hand
    from desireline.interactions.recording import NewInteraction

    now = datetime.now(UTC)
    identifiers = dict(_identifier(each) for each in customer)
    try:
        moment = now if at is None else datetime.fromisoformat(at)
    except ValueError:
        raise InputError(
            f"--at: expected a time in ISO 8601, got {at!r}", hint="for example 2026-03-14T15:09"
        ) from None
    fields = {
        "channel": channel,
        "touchpoint": touchpoint,
        "occurred_at": moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC),
        "received_at": now,
        "text": text,
        "agent": agent,
        "case": case,
        "outcome": outcome,
    }
    logged = log_by_hand(open_recovered(workspace), NewInteraction(fields, identifiers), now=now, new_type=new_type)
    say(f"{touchpoint} was recorded for {', '.join(customer)}")
    for name in logged.unseen:
        say(f"nobody was seen under {name} before")
    folder = shlex.quote(str(workspace))
    say(f"To take it back: desireline interactions withdraw {logged.number} -w {folder}")


@commands.command()
def withdraw(
    number: Annotated[int, typer.Argument(help="The number that interactions log has said.", min=0)],
    workspace: WorkspaceOption,
) -> None:
    """Take back an interaction that was logged by hand."""
    from desireline.base.console import say
    from desireline.interactions import open_recovered
    from desireline.interactions.by_hand import withdraw as withdraw_by_hand

    gone = withdraw_by_hand(open_recovered(workspace), number)
    say(f"{gone.touchpoint} ({gone.channel}, {gone.occurred_at:%Y-%m-%d %H:%M} UTC) was withdrawn")


def _identifier(text: str) -> tuple[str, str]:
    from desireline.base import InputError

    kind, separator, value = text.partition(":")
    if not separator or not kind.strip() or not value.strip():
        raise InputError(
            f"--customer: expected an identifier as type:value, got {text!r}", hint="for example email:ann@example.org"
        )
    return kind.strip(), value.strip()


@commands.command()
def costs(
    workspace: WorkspaceOption,
    by: Annotated[
        str, typer.Option("--by", help="What to group by: channel, team, touchpoint, source or month.")
    ] = "channel",
    period: Annotated[
        str | None, typer.Option("--period", help="Only interactions in it: 2026-01-01..2026-03-31.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", help='Only interactions that meet this condition: "channel = phone".')
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what interactions cost: what their source gave, and what the settings say of the rest."""
    from typing import cast

    from desireline.base.console import print_json
    from desireline.interactions import open_recovered, sum_costs
    from desireline.interactions.costs import CostsBy

    found = sum_costs(open_recovered(workspace), by=cast(CostsBy, by), period=period, where=where)
    if as_json:
        print_json(found.to_dict())
        return
    _print_costs(found)


def _print_costs(found: Costs) -> None:
    from desireline.base.console import print_table, say

    columns = [found.by, "contacts", "minutes", "given", "computed", f"total {found.currency}", "per contact"]
    rows = [[row.name or "–", *_cells(row)] for row in found.rows]
    print_table(columns, [*rows, ["in all", *_cells(found.total)]])
    if found.unpriced:
        listed = ", ".join(f"{each.channel} ({each.contacts:,})" for each in found.unpriced)
        example = _key(found.unpriced[0].channel)
        say(f"No cost is known of contacts in {listed}. Set it in desireline.toml: [costs.channels.{example}]")
    for name in found.unused:
        say(f"[costs.channels.{_key(name)}]: no interaction of the log has this channel")


def _cells(row: CostRow) -> list[object]:
    from desireline.interactions.costs import money

    amounts = [money(each) for each in (row.given, row.computed, row.total, row.per_contact)]
    return [row.contacts, row.minutes, *amounts]


def _key(name: str) -> str:
    """A name as a key of TOML."""
    import json

    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else json.dumps(name, ensure_ascii=False)


@taxonomy.command(name="show")
def show_taxonomy(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Show the taxonomy that is in force."""
    from desireline.base.console import print_json, say
    from desireline.interactions import open_recovered, read_taxonomy

    in_force = read_taxonomy(open_recovered(workspace))
    if as_json:
        print_json({"revision": in_force.revision(), **_described(in_force)})
        return
    if in_force.is_empty:
        say(f"There is no taxonomy. Propose one: desireline interactions taxonomy propose -w {workspace}")
        return
    _print_taxonomy(in_force)


@taxonomy.command(name="check")
def check_taxonomy(
    file: Annotated[Path, typer.Argument(help="The taxonomy to check (YAML).")],
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
) -> None:
    """Check a taxonomy file, and say which of its names the log does not have; nothing is changed."""
    from desireline.base.console import print_json, say
    from desireline.interactions import load_taxonomy, open_recovered

    checked = load_taxonomy(file)
    missing = _missing_names(open_recovered(workspace), checked)
    if as_json:
        print_json({**_described(checked), "not_in_log": missing})
        return
    _print_taxonomy(checked)
    for name in missing:
        say(f"{name!r} is not in the log")


@taxonomy.command(name="propose")
def propose(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Propose a taxonomy: names of the log that are spelled differently for one thing. Prints YAML, changes nothing.

    The taxonomy that is in force is kept and extended. Look through it, then: desireline interactions taxonomy set FILE
    """
    from dataclasses import asdict

    from desireline.base.console import print_json, say
    from desireline.interactions import open_recovered, propose_taxonomy

    proposal = propose_taxonomy(open_recovered(workspace))
    if as_json:
        print_json({"joins": [asdict(join) for join in proposal.joins], "yaml": proposal.yaml})
        return
    typer.echo(proposal.yaml, nl=False)
    if not proposal.joins:
        say("no names look alike: nothing is proposed")
        return
    names = "1 name is" if len(proposal.joins) == 1 else f"{len(proposal.joins):,} names are"
    say(f"{names} proposed for joining")


@taxonomy.command(name="set")
def set_taxonomy(
    file: Annotated[Path, typer.Argument(help="The taxonomy to put in place (YAML).")],
    workspace: WorkspaceOption,
) -> None:
    """Check a taxonomy file and put it in place. It counts from the next command on, for the past too."""
    from desireline.base.console import say
    from desireline.interactions import open_recovered, save_taxonomy

    opened = open_recovered(workspace)
    saved = save_taxonomy(opened, file)
    for name in _missing_names(opened, saved):
        say(f"{name!r} is not in the log")
    say(f"{file} is the taxonomy of {workspace} now")


def _missing_names(workspace: Workspace, checked: Taxonomy) -> list[str]:
    """Raw names that are to count as others and that no interaction has: perhaps they are spelled wrongly."""
    from desireline.interactions.log import raw_names

    pairs = raw_names(workspace)
    touchpoints, channels = {touchpoint for touchpoint, _ in pairs}, {channel for _, channel in pairs}
    return [*sorted({*checked.touchpoints} - touchpoints), *sorted({*checked.channels} - channels)]


def _described(taxonomy: Taxonomy) -> dict[str, object]:
    return {
        "stages": list(taxonomy.stages),
        "touchpoints": [
            {
                "name": name,
                "stage": taxonomy.stage_of.get(name),
                "channel": taxonomy.channel_of.get(name),
                "names": _claimed(taxonomy.touchpoints, name),
            }
            for name in _touchpoint_names(taxonomy)
        ],
        "channels": [
            {"name": name, "names": _claimed(taxonomy.channels, name)}
            for name in dict.fromkeys(taxonomy.channels.values())
        ],
    }


def _touchpoint_names(taxonomy: Taxonomy) -> list[str]:
    """Every touchpoint that it says something of, in the order of the stages."""
    places = {stage: place for place, stage in enumerate(taxonomy.stages)}
    names = {*taxonomy.touchpoints.values(), *taxonomy.channel_of, *taxonomy.stage_of}
    return sorted(names, key=lambda name: (places.get(taxonomy.stage_of.get(name, ""), len(places)), name))


def _claimed(names: Mapping[str, str], name: str) -> list[str]:
    return [raw for raw, joined in names.items() if joined == name]


def _print_taxonomy(taxonomy: Taxonomy) -> None:
    from desireline.base.console import print_table

    rows = [
        [
            taxonomy.stage_of.get(name),
            name,
            taxonomy.channel_of.get(name),
            ", ".join(_claimed(taxonomy.touchpoints, name)),
        ]
        for name in _touchpoint_names(taxonomy)
    ]
    print_table(["stage", "touchpoint", "channel", "also named"], rows)
    if taxonomy.channels:
        print()
        names = dict.fromkeys(taxonomy.channels.values())
        print_table(["channel", "also named"], [[name, ", ".join(_claimed(taxonomy.channels, name))] for name in names])
    unused = [stage for stage in taxonomy.stages if stage not in taxonomy.stage_of.values()]
    if unused:
        print(f"stages without a touchpoint: {', '.join(unused)}")
