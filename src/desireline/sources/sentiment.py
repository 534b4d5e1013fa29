"""Sentiment of texts on the scale of the product: −2 very bad … +2 very good.

The default is VADER (Hutto and Gilbert 2014), a lexicon with rules for English. A text in which it knows no word has no
sentiment: that is not the same as a neutral one. Any other model fits that keeps to :class:`SentimentModel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

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
"""By the name that settings use; another model is entered here."""


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _vader_score(text: str) -> float | None:
    scores = _analyzer().polarity_scores(text[:5_000])
    if scores["pos"] == 0 and scores["neg"] == 0:
        return None
    return round(float(scores["compound"]) * _SCALE, 2)
