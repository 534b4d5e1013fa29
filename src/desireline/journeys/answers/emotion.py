"""The answer of ``emotion``, as its JSON has it."""

from __future__ import annotations

from msgspec import Struct

from desireline.journeys.answers.scores import ScoresScale


class EmotionStep(Struct, frozen=True, kw_only=True):
    """An entry of ``steps``."""

    step: str
    stage: str | None
    place: float | None
    line: str
    mean: float | None
    low: float | None
    high: float | None
    n: int


class EmotionAnswer(Struct, frozen=True, kw_only=True):
    """The whole answer."""

    by: str
    steps: list[EmotionStep]
    scales: dict[str, ScoresScale]
    unattributed: int
    off_scale: dict[str, int]
