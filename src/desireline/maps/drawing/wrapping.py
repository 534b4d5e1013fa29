"""Text broken into lines that fit a width, in any script.

Lines break at spaces, after hyphens and slashes, and between the characters of Chinese and Japanese, where neither closing
punctuation nor small kana may begin a line and no opening bracket may end one (the basic rules of JIS X 4051 and GB/T 15834).
A piece that is wider than a line is broken between its characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desireline.base import tell
from desireline.drawing.text import ELLIPSIS, clusters
from desireline.maps.drawing.fonts import advance

_SPACES = re.compile("[ \t\v\f\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000]+")
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_BREAK_AFTER = frozenset("-/_–—›>→·&+|,;:")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！゛゜´｀¨ヽヾゝゞ々ー―‐／＼～∥｜…‥’”）〕］｝〉》」』】°′″℃％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "!),.:;?]}¢—'\"›»"
)
_NEVER_LAST = frozenset("‘“（〔［｛〈《「『【￥＄￡([{«‹$£¥")


@dataclass(frozen=True, slots=True)
class WrappedText:
    """Lines that fit.

    Attributes
    ----------
    cut
        Whether some of the text had to be left out.
    spaced
        For each line whether the text has a space between it and the next one.
    """

    lines: tuple[str, ...]
    width: float
    cut: bool
    spaced: tuple[bool, ...] = ()


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """The width of one line in pixels, in the font of the package.

    >>> text_width("ii", size=10) < text_width("WW", size=10)
    True
    """
    return size * sum(advance(character, bold=bold) for character in text)


def wrap(text: str, *, size: float, width: float, bold: bool = False, most: int = 40) -> WrappedText:
    """The text, in the reader's language, in lines of at most ``width`` pixels.

    Parameters
    ----------
    most
        How many lines at most; the last one then ends in "…".

    >>> wrap("I look for a phone", size=12, width=70).lines
    ('I look for a', 'phone')
    """
    return _wrap(tell(text), size, width, bold, most)


@lru_cache(maxsize=16_384)
def _wrap(text: str, size: float, width: float, bold: bool, most: int) -> WrappedText:
    room = max(width, size) / size
    lines: list[str] = []
    spaced: list[bool] = []
    for line, is_spaced in _lines(text, room, bold):
        lines.append(line)
        spaced.append(is_spaced)
        if len(lines) > most:
            break
    cut = len(lines) > most
    if cut:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], room, bold)]
    widest = max((_width(line, bold) for line in lines), default=0.0)
    return WrappedText(tuple(lines), widest * size, cut, tuple(spaced[: len(lines)]))


def is_rtl(text: str) -> bool:
    """Whether a text reads from right to left: its first letter does (Unicode Annex 9, P2).

    >>> is_rtl("عربي"), is_rtl("1. latin"), is_rtl("(עברית)")
    (True, False, True)
    """
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


def clean(text: str) -> str:
    """The text without what no picture may hold: controls, lone surrogates, marks that turn the direction of what follows."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", tell(text))


def _lines(text: str, room: float, bold: bool) -> Iterator[tuple[str, bool]]:
    """Each line, and whether a space stands after it."""
    for paragraph in _LINE_ENDS.split(clean(text).strip()):
        yield from _fill(paragraph, room, bold)


def _fill(paragraph: str, room: float, bold: bool) -> Iterator[tuple[str, bool]]:
    line, used = "", 0.0
    space = advance(" ", bold=bold)
    for piece, spaced in _pieces(paragraph):
        needed = _width(piece, bold)
        gap = space if spaced and line else 0.0
        if line and used + gap + needed > room:
            yield line, spaced
            line, used, gap = "", 0.0, 0.0
        if needed <= room:
            line, used = line + (" " if gap else "") + piece, used + gap + needed
            continue
        *full, line = _broken(piece, room, bold)
        yield from ((each, False) for each in full)
        used = _width(line, bold)
    if line:
        yield line, True


def _pieces(paragraph: str) -> Iterator[tuple[str, bool]]:
    """What stays together, and whether a space stands before it."""
    for word in _SPACES.split(paragraph):
        if not word:
            continue
        spaced = True
        start = 0
        for place in range(1, len(word)):
            if _may_break(word[place - 1], word[place]):
                yield word[start:place], spaced
                start, spaced = place, False
        yield word[start:], spaced


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST or unicodedata.combining(after):
        return False
    if _is_ideographic(before) or _is_ideographic(after):
        return after not in "\u200d\ufe0e\ufe0f" and before != "\u200d"
    return before in _BREAK_AFTER and after.isalpha()


def _is_ideographic(character: str) -> bool:
    code = ord(character)
    return (
        0x2E80 <= code <= 0xA4CF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF or 0x20000 <= code <= 0x3FFFF
    )


def _broken(piece: str, room: float, bold: bool) -> list[str]:
    lines, used = [""], 0.0
    for cluster in clusters(piece):
        needed = _width(cluster, bold)
        if lines[-1] and used + needed > room:
            lines.append("")
            used = 0.0
        lines[-1] += cluster
        used += needed
    return lines


def _shortened(line: str, room: float, bold: bool) -> str:
    pieces = clusters(line)
    left = room - advance(ELLIPSIS, bold=bold)
    while pieces and _width("".join(pieces), bold) > left:
        pieces.pop()
    return "".join(pieces).rstrip() + ELLIPSIS


def _width(text: str, bold: bool) -> float:
    return sum(advance(character, bold=bold) for character in text)
