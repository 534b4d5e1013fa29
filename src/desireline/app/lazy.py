"""Commands that are imported when they are used: the list of commands comes at once, whatever the packages need."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command is, and its line in the list of commands.

    Attributes
    ----------
    module
        To import.
    attribute
        A Typer application in it; one with a single command is that command.
    help
        The same as the application's own; a test holds the two equal.
    """

    module: str
    attribute: str
    help: str

    def load(self) -> Any:
        """Import the command."""
        return typer.main.get_command(getattr(importlib.import_module(self.module), self.attribute))


LAZY: dict[str, LazyCommand] = {
    "import": LazyCommand(
        "desireline.sources.commands",
        "import_app",
        "Import files of a department.",
    ),
    "journeys": LazyCommand("desireline.app.warming", "commands", "The journeys that people really take."),
    "maps": LazyCommand(
        "desireline.evidence.commands.maps", "commands", "Journey maps: designed, checked, drawn, kept in versions."
    ),
    "evidence": LazyCommand("desireline.evidence.commands", "commands", "A journey map beside what customers did."),
    "improve": LazyCommand("desireline.improve.commands", "commands", "Opportunities, their solutions and tasks."),
    "serve": LazyCommand(
        "desireline.app.server.commands", "commands", "Serve the web application and the API of a workspace."
    ),
    "people": LazyCommand("desireline.accounts.commands", "commands", "Who may sign in, and what they may do."),
    "sources": LazyCommand(
        "desireline.sources.commands",
        "commands",
        "Sources, their mappings, and unusable rows.",
    ),
    "identity": LazyCommand("desireline.identity.commands", "commands", "Who is one customer, and why."),
    "interactions": LazyCommand(
        "desireline.interactions.commands",
        "commands",
        "What interactions hold, and how many there are.",
    ),
}
"""The commands of the packages."""


_ORDER = (
    *("init", "demo", "import", "journeys", "maps", "evidence", "improve"),
    *("serve", "report", "people", "sources", "identity", "interactions"),
)


class LazyGroup(TyperGroup):
    """A group that knows its lazy commands by name and help, and imports one when it is called."""

    _listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order in which somebody new needs them."""
        own = super().list_commands(ctx)
        return sorted([*own, *LAZY], key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Own command, or the lazy one; while the list is printed, only a line of it."""
        lazy = LAZY.get(cmd_name)
        if lazy is None:
            return super().get_command(ctx, cmd_name)
        if self._listing:
            return TyperCommand(cmd_name, help=lazy.help)
        command = lazy.load()
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Print the list without importing what is in it."""
        self._listing = True
        try:
            super().format_commands(ctx, formatter)
        finally:
            self._listing = False
