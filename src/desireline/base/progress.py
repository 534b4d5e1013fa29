"""How long work says where it is, without knowing who listens."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


class Progress(Protocol):
    """Receives the state of long work. The command line draws it; the default says nothing."""

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        """Say what is being done, and how far it is where that is known."""

    def note(self, what: str) -> None:
        """Say something about what was asked, in a sentence: a name that nothing has."""


@runtime_checkable
class Cancellable(Protocol):
    """A listener who may not want the work any more."""

    def check(self) -> None:
        """Raise where that is so: between two steps that take long."""


class SilentProgress:
    """A listener that says nothing."""

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        """Do nothing."""

    def note(self, what: str) -> None:
        """Do nothing."""
