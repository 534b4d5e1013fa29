"""What somebody saved for all who use the workspace: questions and segments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question with its parameters, under a name.

    Attributes
    ----------
    saved
        Its number.
    question
        Such as ``funnel``.
    parameters
        As in an address: ``steps=Checkout%20started&steps=Order%20placed&within=7d``.
    author
        Who saved it.
    """

    saved: int
    name: str
    question: str
    parameters: str
    author: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """Customers under a name: those who ever had an interaction that meets a condition.

    Attributes
    ----------
    saved
        Its number.
    condition
        As text: ``channel = app``.
    author
        Who saved it.
    """

    saved: int
    name: str
    condition: str
    author: str
    saved_at: datetime
