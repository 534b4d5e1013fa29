"""How wide text is, and how a name is fitted into a box, without a browser.

Widths are those of the usual sans-serif system fonts, estimated by kind of character and a little generous.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desireline.base import phrase, tell
from desireline.drawing.markup import printable

ELLIPSIS = "…"
_NARROW = frozenset("iljI.,:;'|!()[]{}`´·ftr /-\\\"")
_BROAD = frozenset("mwMW@%&—…ÆŒæœ")
_BREAK_AFTER = frozenset("-/_:.,;|›>→·")


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text in lines that fit: ``whole`` tells whether nothing had to be left out."""

    lines: tuple[str, ...]
    width: float
    whole: bool


def text_width(text: str, *, size: float) -> float:
    """The width of one line in pixels at a font size of ``size`` pixels, semi-bold.

    >>> text_width("Checkout", size=10) > text_width("Chill", size=10)
    True
    """
    return size * sum(_cluster_width(piece) for piece in clusters(tell(text)))


def fit_text(text: str, *, size: float, room: float) -> FittedText:
    """Lay a name out in at most two lines of ``room`` pixels.

    Lines break between words, or after ``/``, ``-``, ``_`` and the like. What is too long for two lines is cut after the last
    word that fits; where its first word is too long, it keeps its beginning and its end.

    >>> fit_text("Checkout started", size=13, room=80).lines
    ('Checkout', 'started')
    >>> fit_text("Incorrect information on your report", size=13, room=136).lines
    ('Incorrect', 'information on…')
    """
    name = printable(text) or tell(phrase("(no name)"))
    width = text_width(name, size=size)
    if width <= room:
        return FittedText((name,), width, whole=True)
    pair = _best_break(name, size=size, room=room)
    if pair is not None:
        return FittedText(pair, max(text_width(line, size=size) for line in pair), whole=True)
    return _shortened(name, size=size, room=room)


def fit_texts(texts: Sequence[str], *, size: float, room: float) -> list[FittedText]:
    """Lay the names of one list out as :func:`fit_text` does; of those that would be cut to the same the ends are kept.

    >>> names = ["Problem with a past order in the shop", "Problem with a past order by phone"]
    >>> [fitted.lines[1] for fitted in fit_texts(names, size=13, room=100)]
    ['…in the shop', '…by phone']
    """
    fitted = [fit_text(text, size=size, room=room) for text in texts]
    alike = Counter(each.lines for each in fitted)
    return [
        each if each.whole or alike[each.lines] == 1 else _with_its_end(printable(text), size=size, room=room)
        for text, each in zip(texts, fitted, strict=True)
    ]


def _best_break(name: str, *, size: float, room: float) -> tuple[str, str] | None:
    """The break between words that makes the longer of the two lines shortest."""
    places = [place for place in range(1, len(name)) if name[place] == " " or name[place - 1] in _BREAK_AFTER]
    pairs = [(name[:place].rstrip(), name[place:].lstrip()) for place in places]
    widths = [
        (max(text_width(first, size=size), text_width(second, size=size)), first, second)
        for first, second in pairs
        if first and second
    ]
    if not widths:
        return None
    longest, first, second = min(widths)
    return (first, second) if longest <= room else None


def _shortened(name: str, *, size: float, room: float) -> FittedText:
    """Cut after a word; a name without words that fit keeps its beginning and its end."""
    words = name.split(" ")
    first = _words_in(words, size=size, room=room)
    if not first:
        return _with_both_ends(name, size=size, room=room)
    rest = words[len(first) :]
    left = room - text_width(ELLIPSIS, size=size)
    second = " ".join(_words_in(rest, size=size, room=left)) or "".join(
        _as_many(clusters(rest[0]), size=size, room=left)
    )
    return _cut((" ".join(first), second.rstrip(" ,;:-") + ELLIPSIS), size=size)


def _with_its_end(name: str, *, size: float, room: float) -> FittedText:
    """Its first words, and its last ones."""
    words = name.split(" ")
    first = _words_in(words, size=size, room=room)
    rest = words[len(first) :]
    last = _words_in(rest[::-1], size=size, room=room - text_width(ELLIPSIS, size=size))[::-1]
    if not first or not last:
        return _with_both_ends(name, size=size, room=room)
    return _cut((" ".join(first), ELLIPSIS + " ".join(last)), size=size)


def _cut(lines: tuple[str, str], *, size: float) -> FittedText:
    return FittedText(lines, max(text_width(line, size=size) for line in lines), whole=False)


def _words_in(words: Sequence[str], *, size: float, room: float) -> list[str]:
    """As many of the words as fit into one line."""
    count = 0
    while count < len(words) and text_width(" ".join(words[: count + 1]), size=size) <= room:
        count += 1
    return list(words[:count])


def _with_both_ends(name: str, *, size: float, room: float) -> FittedText:
    pieces = clusters(name)
    head = _as_many(pieces, size=size, room=room)
    rest = pieces[len(head) :]
    tail = _as_many(rest[::-1], size=size, room=room - text_width(ELLIPSIS, size=size))[::-1]
    whole = len(tail) == len(rest)
    first = "".join(head).rstrip()
    second = "".join(tail).strip() if whole else ELLIPSIS + "".join(tail).strip()
    lines = (first, second) if second else (first,)
    return FittedText(lines, max(text_width(line, size=size) for line in lines), whole=whole)


def _as_many(pieces: list[str], *, size: float, room: float) -> list[str]:
    used = 0.0
    for place, piece in enumerate(pieces):
        used += size * _cluster_width(piece)
        if used > room:
            return pieces[:place]
    return pieces


def clusters(text: str) -> list[str]:
    """The text in pieces that belong together on paper: a letter with its accents, a whole emoji.

    An approximation of the grapheme clusters of Unicode Annex 29 that never splits joined emoji,
    flags or combining marks.

    >>> [len(piece) for piece in clusters("ae\\u0301")]
    [1, 2]
    """
    pieces: list[str] = []
    for character in text:
        if pieces and _continues(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _continues(piece: str, character: str) -> bool:
    if unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"} or "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    if piece.endswith("\N{ZERO WIDTH JOINER}"):
        return True
    return _is_flag_letter(character) and len(piece) == 1 and _is_flag_letter(piece)


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _cluster_width(piece: str) -> float:
    """The width of a cluster in units of the font size."""
    first = piece[0]
    if len(piece) > 1 and (_is_flag_letter(first) or "\N{ZERO WIDTH JOINER}" in piece):
        return 1.4
    if unicodedata.category(first) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(first) in {"W", "F"}:
        return 1.4 if ord(first) > 0xFFFF else 1.05
    if first in _NARROW:
        return 0.36
    if first in _BROAD:
        return 0.96
    if first.isupper():
        return 0.71
    return 0.6 if first.isdigit() or ord(first) < 0x250 else 0.68
