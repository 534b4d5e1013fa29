"""``desireline people``: for whoever runs the server."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.accounts.rights import Role
from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from desireline.store import Workspace

commands = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who may sign in, and what they may do.")
_BY = "command line"
_Email = Annotated[str, typer.Argument(help="Their e-mail address.")]
_Address = Annotated[str, typer.Option(help="The address of the server, for the link.")]


@commands.command("list")
def list_people(workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """Print everybody, with role and when they were last here."""
    from dataclasses import asdict

    from desireline.accounts.people import people
    from desireline.base.console import print_json, print_table
    from desireline.store import open_workspace

    opened = open_workspace(workspace)
    found = people(opened)
    if as_json:
        times = {"added_at", "seen_at"}
        written = [
            {
                key: value.isoformat() if key in times and value is not None else value
                for key, value in asdict(each).items()
            }
            for each in found
        ]
        print_json({"people": written})
        return
    rows = [
        [each.name, each.email, each.role, "invited" if each.invited else "", _day(each.seen_at, opened.zone)]
        for each in found
    ]
    print_table(["name", "e-mail", "role", "", "last here"], rows)


@commands.command()
def add(
    name: Annotated[str, typer.Argument(help="As shown beside what they do.")],
    email: _Email,
    workspace: WorkspaceOption,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.VIEWER,
    address: _Address = "http://127.0.0.1:8321",
) -> None:
    """Add somebody, and print the link with which they set their password."""
    from desireline.accounts.people import add_person
    from desireline.base.console import say
    from desireline.store import open_workspace

    opened = open_workspace(workspace)
    person = add_person(opened, name=name, email=email, role=role, by=_BY)
    say(f"{person.name} is {_with_article(person.role)} once they open this link, within 7 days:")
    _print_link(opened, person.person, address)


@commands.command()
def link(email: _Email, workspace: WorkspaceOption, address: _Address = "http://127.0.0.1:8321") -> None:
    """Print a link with which somebody sets a new password; earlier links no longer count."""
    from desireline.accounts.people import person_with_email
    from desireline.base.console import say
    from desireline.store import open_workspace

    opened = open_workspace(workspace)
    person = person_with_email(opened, email)
    say(f"With this link {person.name} sets a password, once:")
    _print_link(opened, person.person, address)


@commands.command()
def role(
    email: _Email,
    new_role: Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, agent, editor, analyst or admin.")],
    workspace: WorkspaceOption,
) -> None:
    """Let somebody do more or less, from their next click on."""
    from desireline.accounts.people import change_role, person_with_email
    from desireline.base.console import say
    from desireline.store import open_workspace

    opened = open_workspace(workspace)
    person = change_role(opened, person_with_email(opened, email).person, new_role, by=_BY)
    say(f"{person.name} is {_with_article(person.role)} now.")


@commands.command()
def remove(email: _Email, workspace: WorkspaceOption) -> None:
    """Remove somebody; they are signed out everywhere. What they wrote keeps their name."""
    from desireline.accounts.people import person_with_email, remove_person
    from desireline.base.console import say
    from desireline.store import open_workspace

    opened = open_workspace(workspace)
    person = person_with_email(opened, email)
    remove_person(opened, person.person, by=_BY)
    say(f"{person.name} was removed.")


def _print_link(workspace: Workspace, person: int, address: str) -> None:
    from desireline.accounts.links import link_address, make_link

    typer.echo(link_address(make_link(workspace, person, by=_BY), site=address))


def _with_article(role: Role) -> str:
    return f"{'a' if role is Role.VIEWER else 'an'} {role}"


def _day(moment: datetime | None, zone: tzinfo) -> str:
    return "" if moment is None else moment.astimezone(zone).strftime("%Y-%m-%d")
