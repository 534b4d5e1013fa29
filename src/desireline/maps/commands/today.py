"""The day that dates are compared with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from desireline.base import InputError

TodayOption = Annotated[
    str | None,
    typer.Option("--today", help="The day that dates are compared with, such as 2026-11-22; today by default."),
]


def read_today(said: str | None) -> date:
    """The day that was said, else today by UTC.

    Raises
    ------
    InputError
        It is no day.
    """
    if said is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InputError(f"--today: expected a day such as 2026-11-22, got {said!r}") from None
