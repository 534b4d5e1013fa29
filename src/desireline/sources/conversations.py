"""The feeling of a customer in a conversation: over all of their turns, and how it changed from its beginning to its end.

Every turn gets a sentiment of its own. Turns in which the model finds none ("Hello", a number) are left out. Long turns say more
than short ones: each counts as much as it has words, so that a "Thanks, bye" does not outweigh what came before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from desireline.sources.sentiment import SentimentModel

CURVE = "sentiment_curve"
"""The attribute that holds the curve."""
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Feeling:
    """A customer's feeling in a conversation.

    Attributes
    ----------
    overall
        −2 to +2; ``None`` where no turn tells.
    curve
        The same for each quarter of the turns that tell, in order; for fewer than four turns one value for each.
    """

    overall: float | None
    curve: tuple[float, ...]

    def curve_text(self) -> str | None:
        """The curve as an attribute has it: ``0.4 -0.2 -1.1 0.8``."""
        return " ".join(f"{value:g}" for value in self.curve) or None


def feelings(conversations: Sequence[Sequence[str | None]], model: SentimentModel) -> list[Feeling]:
    """The feeling in each of some conversations, given as the customer's turns in order."""
    turns = [[turn for turn in conversation if turn and turn.strip()] for conversation in conversations]
    scores = iter(model.scores(list(chain.from_iterable(turns))))
    return [_feeling([(turn, next(scores)) for turn in conversation]) for conversation in turns]


def _feeling(turns: Sequence[tuple[str, float | None]]) -> Feeling:
    told = [(score, max(len(turn.split()), 1)) for turn, score in turns if score is not None]
    if not told:
        return Feeling(None, ())
    parts = min(_PARTS, len(told))
    bounds = [len(told) * place // parts for place in range(parts + 1)]
    curve = tuple(_mean(told[low:high]) for low, high in pairwise(bounds))
    return Feeling(_mean(told), curve)


def _mean(told: Sequence[tuple[float, int]]) -> float:
    """The mean of scores, each counted as often as it has words."""
    return round(sum(score * words for score, words in told) / sum(words for _, words in told), 2)
