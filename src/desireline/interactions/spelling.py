"""When two names of touchpoints are two spellings of one thing.

It has to be right rather than complete: what it says is proposed to people, and names joined wrongly make two things one.
Names with different numbers or signs, or of which only one denies something, are never the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from desireline.interactions.words import (
    COUNTING,
    NEGATIONS,
    NO_PLURALS,
    PARTICIPLES,
    PARTIES,
    RELATIONS,
    VARIANTS,
    is_known,
)

SHORTEST_SLIP = 5
"""Shorter words are too often one letter away from another word."""
MOST_REORDERED = 3
"""Names of more words may say two things, and then which word belongs to which matters."""
RARE = 20
"""A slip that could be a word of its own has to be that many times rarer."""
_CASE_CHANGE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_ACCENTS = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_NEGATIVE = re.compile(r"(?:(?<=^)|(?<=[\s:(=]))[-−](?=\d)")
_ROMAN = re.compile(r"[ivx]+")
_AMERICAN = re.compile(r"(?<=[a-z]{3})iz(?=(e|ed|es|er|ers|ing|ation|ations)$)")


@dataclass(frozen=True)
class Spelling:
    """A name in the parts that count.

    Attributes
    ----------
    name
        As it is written.
    words
        Its words, numbers and signs in small letters without accents, in their order.
    """

    name: str
    words: tuple[str, ...]

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The words in the singular and in British spelling."""
        return tuple(_plain(word) for word in self.words)

    @cached_property
    def glued(self) -> str:
        """The words written together."""
        return "".join(self.words)

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Numbers, signs, and what stands for a number: names that differ in them are not the same."""
        return tuple(word for word in self.words if _is_fixed(word))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Numbers and signs alone."""
        return tuple(word for word in self.words if _kind(word[0]) != "letter")

    @cached_property
    def negations(self) -> int:
        """How many words deny something."""
        return sum(word in NEGATIONS for word in self.words)

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The plain words in the order of the alphabet."""
        return tuple(sorted(self.plain))


def spelling_of(name: str) -> Spelling:
    """Take a name apart.

    >>> spelling_of("checkoutStarted: Café-2").words
    ('checkout', 'started', 'cafe', '2')
    """
    marked = _NEGATIVE.sub(" − ", unicodedata.normalize("NFKC", name))
    parted = unicodedata.normalize("NFKD", _CASE_CHANGE.sub(" ", marked))
    return Spelling(name, tuple(_words(unicodedata.normalize("NFC", _ACCENTS.sub("", parted)).casefold())))


def why_same(first: Spelling, second: Spelling, *, times_rarer: float = 1) -> str | None:
    """Why two names are one thing, or ``None`` where nothing says so.

    Parameters
    ----------
    first, second
        The second is the one that may be a slip.
    times_rarer
        How many times as often the first occurs.
    """
    if first.numbers != second.numbers or first.negations != second.negations:
        return None
    if first.words == second.words:
        return _difference(first.name, second.name)
    if first.glued == second.glued and "/" not in first.name + second.name:
        return "written together"
    if first.fixed != second.fixed:
        return None
    if first.plain == second.plain:
        return "singular and plural" if _same_variants(first, second) else "British and American spelling"
    if first.ordered == second.ordered and _may_be_reordered(first, second):
        return "order of words"
    return _slip(first.plain, second.plain, times_rarer)


def slip_keys(spelling: Spelling) -> list[tuple[object, ...]]:
    """Keys of which two names share at least one if they differ by a slip in one word."""
    words = spelling.plain
    return [
        (words[:place], word[0], word[-1], words[place + 1 :])
        for place, word in enumerate(words)
        if len(word) >= SHORTEST_SLIP - 1
    ]


def _words(text: str) -> list[str]:
    """Runs of letters, runs of digits, and single signs; punctuation and blanks only part them."""
    words: list[str] = []
    before = ""
    for character in text:
        kind = _kind(character)
        if kind in ("letter", "digit") and kind == before:
            words[-1] += character
        elif kind:
            words.append(character)
        before = kind
    return ["and" if word == "&" else word for word in words]


@lru_cache(maxsize=4_096)
def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "N":
        return "digit"
    if category[0] in "LM":
        return "letter"
    return "sign" if category[0] == "S" or character in "#%@*&?!" else ""


def _is_fixed(word: str) -> bool:
    return _kind(word[0]) != "letter" or _ROMAN.fullmatch(word) is not None or word in COUNTING or len(word) == 1


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    word = VARIANTS.get(word, word)
    return _AMERICAN.sub("is", _singular(word))


def _singular(word: str) -> str:
    if len(word) < 4 or word in NO_PLURALS or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


def _difference(first: str, second: str) -> str:
    if first.casefold() == second.casefold():
        return "capitals"
    if _letters(first) == _letters(second):
        return "punctuation"
    return "accents"


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if _kind(character))


def _same_variants(first: Spelling, second: Spelling) -> bool:
    """Whether the words differ by the plural alone."""
    return [_singular(word) for word in first.words] == [_singular(word) for word in second.words]


def _may_be_reordered(first: Spelling, second: Spelling) -> bool:
    """ "Order placed" and "Placed order" are one thing; "Payment plan" and "Plan payment" are two."""
    words = set(first.words) | set(second.words)
    if len(first.words) > MOST_REORDERED or first.fixed or words & RELATIONS or len(words & PARTIES) > 1:
        return False
    parted = re.search(r":\s|\s[-–—]\s|\(", f"{first.name}\n{second.name}") is not None
    return parted or any(word.endswith("ed") or word in PARTICIPLES for word in words)


def _slip(first: Sequence[str], second: Sequence[str], times_rarer: float) -> str | None:
    if len(first) != len(second):
        return None
    differing = [(one, other) for one, other in zip(first, second, strict=True) if one != other]
    if len(differing) != 1:
        return None
    right, slip = differing[0]
    return f"typing slip in {slip!r}" if _is_slip(right, slip, times_rarer) else None


def _is_slip(right: str, slip: str, times_rarer: float) -> bool:
    """One letter left out, doubled, added, or two swapped, inside of a word, and they are not two words."""
    from rapidfuzz.distance import OSA

    if min(len(right), len(slip)) < SHORTEST_SLIP - 1 or max(len(right), len(slip)) < SHORTEST_SLIP:
        return False
    if right[0] != slip[0] or right[-1] != slip[-1] or OSA.distance(right, slip, score_cutoff=1) != 1:
        return False
    known = is_known(right), is_known(slip)
    if all(known):
        return False
    return times_rarer >= RARE or (any(known) and not _is_replaced(right, slip))


def _is_replaced(first: str, second: str) -> bool:
    """Whether one letter stands for another: that makes words of words more often than any other slip."""
    return len(first) == len(second) and sorted(first) != sorted(second)
