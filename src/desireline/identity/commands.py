"""``desireline identity``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from desireline.identity.model import CustomerView, Link

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who is one customer, and why.")
_Identifier = Annotated[str, typer.Argument(help="type:value, or a value alone: ann@example.org, phone:+4477…")]


@commands.command()
def show(identifier: _Identifier, workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Print the customer behind an identifier: all identifiers, and the evidence that ties each to it."""
    from desireline.base.console import print_json
    from desireline.identity import show_customer
    from desireline.interactions import open_recovered

    view = show_customer(open_recovered(workspace), identifier)
    if as_json:
        print_json(view.to_dict())
        return
    _print_view(view)


@commands.command()
def cut(first: _Identifier, second: _Identifier, workspace: WorkspaceOption) -> None:
    """Say that two identifiers are not one customer. The past is right again with the next answer; the log is untouched."""
    from desireline.base.console import say
    from desireline.identity import cut as cut_join
    from desireline.interactions import open_recovered

    together = cut_join(open_recovered(workspace), first, second)
    say(
        f"{first} and {second} are kept apart from now on"
        + ("." if together else "; they were not one customer before either.")
    )


@commands.command()
def uncut(first: _Identifier, second: _Identifier, workspace: WorkspaceOption) -> None:
    """Take a cut back."""
    from desireline.base.console import say
    from desireline.identity import uncut as uncut_join
    from desireline.interactions import open_recovered

    there = uncut_join(open_recovered(workspace), first, second)
    say("The cut was taken back." if there else f"There was no cut between {first} and {second}.")


@commands.command()
def summary(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Count the customers, their identifiers, and the joins that were not made."""
    from desireline.base.console import print_json, print_table
    from desireline.identity import summarise
    from desireline.interactions import open_recovered

    found = summarise(open_recovered(workspace))
    if as_json:
        types = {each.type: {"identifiers": each.identifiers, "customers": each.customers} for each in found.types}
        print_json({"customers": found.customers, "types": types, "not_joined": found.refusals})
        return
    print_table(
        ["type", "values", "customers"],
        [[each.type, each.identifiers, each.customers] for each in found.types],
    )
    for reason, count in found.refusals.items():
        typer.echo(f"not joined: {count:,} × {reason}")
    typer.echo(f"customers: {found.customers:,}")


def _print_view(view: CustomerView) -> None:
    typer.echo(f"customer {view.customer}, {len(view.identifiers)} identifiers")
    for each in view.identifiers:
        chain = view.chains.get(str(each), ())
        typer.echo(f"  {each}" + ("   (asked for)" if each == view.asked else ""))
        for link in chain:
            typer.echo(f"      {_described(link)}")
    if view.refused:
        typer.echo("not joined:")
    for link, reason in view.refused:
        typer.echo(f"  {_described(link)}\n      {reason}")


def _described(link: Link) -> str:
    times = "once" if link.observations == 1 else f"{link.observations:,} times"
    when = f"on {link.first_at:%Y-%m-%d}"
    if link.last_at.date() != link.first_at.date():
        when = f"from {link.first_at:%Y-%m-%d} to {link.last_at:%Y-%m-%d}"
    return f"{link.first} with {link.second}: seen together {times} {when} in {', '.join(link.sources)}"
