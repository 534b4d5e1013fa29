"""The error tree: one page, one stable code each.

    DesirelineError            desireline.error
    ├── InputError             input.invalid        a file, an argument or a document cannot be used
    │   ├── UnknownNameError   input.unknown_name   a name that nothing has; close ones are offered
    │   └── NoRecordsError     input.no_records     a file has nothing in it
    ├── SettingsError          settings.invalid     desireline.toml says something that cannot be
    ├── WorkspaceError         workspace.unusable   the folder is no workspace, or is busy or damaged
    ├── EngineError            engine.failed        what runs the analyses is not there, or fails
    └── AccessError            access.denied        whoever asks may not do that
        ├── NotSignedInError   access.not_signed_in nobody is signed in, or not with what came
        ├── ForgeryError       access.forged        another site may have made the request
        ├── LinkError          access.link_unusable a one-time link is unknown, used or too old
        ├── OneCustomerError   access.one_customer  the condition can pick one customer out
        ├── StaffError         access.staff         the question is about members of staff by name
        ├── SmallGroupError    access.small_group   the answer is about fewer customers than they may see numbers of
        └── AttemptsError      access.attempts      too many wrong passwords; wait

A message says what was expected, what came and where; the hint, on its own line, says what helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.base.telling import Phrase, joined


class DesirelineError(Exception):
    """An error that a user can do something about.

    Parameters
    ----------
    message
        What was expected, what came, and where.
    hint
        What helps, in one line.
    """

    code = "desireline.error"

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\nhint: {self.hint}"


class InputError(DesirelineError):
    """A file, an argument or a document cannot be used."""

    code = "input.invalid"


class UnknownNameError(InputError):
    """A name that nothing has; the closest known ones are in the hint."""

    code = "input.unknown_name"


class NoRecordsError(InputError):
    """A file has nothing in it: an import of it is done, whoever needs records cannot go on."""

    code = "input.no_records"


class SettingsError(DesirelineError):
    """The settings of a workspace say something that cannot be."""

    code = "settings.invalid"


class SettingsChangedError(InputError):
    """Somebody has changed the settings since they were read; nothing was written."""

    code = "settings.changed"


class WorkspaceError(DesirelineError):
    """The folder is no workspace, or is busy, or is damaged."""

    code = "workspace.unusable"


class EngineError(DesirelineError):
    """What runs the analyses is not there, or fails."""

    code = "engine.failed"


class AccessError(DesirelineError):
    """Whoever asks may not do that."""

    code = "access.denied"


class NotSignedInError(AccessError):
    """Nobody is signed in, or not with what came."""

    code = "access.not_signed_in"


class ForgeryError(AccessError):
    """Another site may have made the request in somebody's name."""

    code = "access.forged"


class LinkError(AccessError):
    """A one-time link is unknown, was used, or is too old."""

    code = "access.link_unusable"


class OneCustomerError(AccessError):
    """A condition can pick one customer out, and whoever asks may not see customers."""

    code = "access.one_customer"


class StaffError(AccessError):
    """A question is about members of staff by name, and whoever asks may not see customers."""

    code = "access.staff"


class SmallGroupError(AccessError):
    """An answer is about fewer customers than whoever asks may see numbers of."""

    code = "access.small_group"


class AttemptsError(AccessError):
    """Too many wrong passwords.

    Attributes
    ----------
    wait_seconds
        After how long the next one is looked at.
    """

    code = "access.attempts"

    def __init__(self, message: str, *, wait_seconds: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a document; all of them are collected before an error is raised.

    Attributes
    ----------
    where
        The place in the document, as a dotted path ("identifiers.user.column").
    message
        What was expected and what came.
    """

    where: str
    message: str

    @staticmethod
    def listing(problems: Sequence[Problem]) -> Phrase:
        """One indented line for each problem."""
        return joined([joined(("  ", each.where, ": ", each.message), "") for each in problems], "\n")
