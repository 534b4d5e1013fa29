"""Sentiment of texts on the scale of the product: −2 very bad … +2 very good.

The default is VADER (Hutto and Gilbert 2014), a lexicon with rules for English. A text in which it knows no word has no
sentiment: that is not the same as a neutral one. Any other model fits that keeps to :class:`SentimentModel`: an installed
package offers a class under the entry points ``desireline.sentiment``, and the settings name it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any, Protocol

from desireline.base import SettingsError, phrase

GROUP = "desireline.sentiment"
"""The entry points under which packages offer a model."""
_SCALE = 2.0


class SentimentModel(Protocol):
    """Gives texts a sentiment."""

    def scores(self, texts: Sequence[str]) -> list[float | None]:
        """A sentiment from −2 to +2 for each text, ``None`` where the model cannot tell."""


class Vader:
    """VADER; its compound score, which runs from −1 to +1, doubled.

    >>> Vader().scores(["Great, thank you!", "Der Techniker kam nicht"])
    [1.57, None]
    """

    def scores(self, texts: Sequence[str]) -> list[float | None]:
        """See :meth:`SentimentModel.scores`. About 15,000 short texts a second."""
        return [_vader_score(text) for text in texts]


MODELS: dict[str, SentimentModel] = {"vader": Vader()}
"""The models that come along, by the name that settings use."""


def model_names() -> list[str]:
    """The names of all models, with those that installed packages offer."""
    return sorted({*MODELS, *(entry.name for entry in entry_points(group=GROUP))})


def model_named(name: str) -> SentimentModel:
    """The model of that name; one of a package is loaded and made without arguments.

    Raises
    ------
    KeyError
        There is none.
    SettingsError
        The package's class cannot be loaded, or is no model.
    """
    if name in MODELS:
        return MODELS[name]
    offered = [entry for entry in entry_points(group=GROUP) if entry.name == name]
    if not offered:
        raise KeyError(name)
    entry = offered[0]
    try:
        model = entry.load()()
    except Exception as error:  # whatever a foreign package raises
        raise SettingsError(
            phrase(
                "[sentiment] model: {name!r} ({value}) cannot be loaded: {name_2}: {error}",
                name=name,
                value=entry.value,
                name_2=type(error).__name__,
                error=error,
            ),
            hint=phrase("mend or install its package, or take another model"),
        ) from error
    if not callable(getattr(model, "scores", None)):
        raise SettingsError(
            phrase("[sentiment] model: {name!r} ({value}) has no method scores(texts)", name=name, value=entry.value)
        )
    return Checked(name, model)


class Checked:
    """A model of a package whose answers are looked at: one score for each text, on the scale."""

    def __init__(self, name: str, model: SentimentModel) -> None:
        self.name = name
        self.model = model

    def scores(self, texts: Sequence[str]) -> list[float | None]:
        """See :meth:`SentimentModel.scores`.

        Raises
        ------
        SettingsError
            There are more or fewer scores than texts, or one is off the scale.
        """
        found = [None if score is None else float(score) for score in self.model.scores(texts)]
        if len(found) != len(texts):
            raise SettingsError(
                phrase(
                    "[sentiment] model {name!r}: expected {count} scores, got {count_2}",
                    name=self.name,
                    count=len(texts),
                    count_2=len(found),
                )
            )
        for score in found:
            if score is not None and not -_SCALE <= score <= _SCALE:
                raise SettingsError(
                    phrase(
                        "[sentiment] model {name!r}: expected scores from -2 to 2, got {score}",
                        name=self.name,
                        score=score,
                    )
                )
        return found


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _vader_score(text: str) -> float | None:
    scores = _analyzer().polarity_scores(text[:5_000])
    if scores["pos"] == 0 and scores["neg"] == 0:
        return None
    return round(float(scores["compound"]) * _SCALE, 2)
