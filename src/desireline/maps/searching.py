"""Finding words in documents: in titles and names first, then wherever somebody wrote something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NOT_PROSE = frozenset({"desireline", "id", "source", "lint", "proposals"})
_LONGEST_PLACE = 120


def place_of(tree: Mapping[str, Any], words: str) -> str | None:
    """What stands where all words are found, whatever their capitals; "" for the title, ``None``: nowhere.

    >>> place_of({"title": "I order", "goal": "More orders"}, "more")
    'More orders'
    """
    wanted = words.casefold().split()
    if not wanted or _has(str(tree.get("title") or tree.get("name") or ""), wanted):
        return ""
    texts = tuple(_texts(tree))
    one = next((text for text in texts if _has(text, wanted)), None)
    if one is not None:
        return _shortened(one)
    together = "\n".join(texts)
    return _shortened(_with_first(texts, wanted)) if _has(together, wanted) else None


def _has(text: str, wanted: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _with_first(texts: Sequence[str], wanted: Sequence[str]) -> str:
    return next(text for text in texts if wanted[0] in text.casefold())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in _NOT_PROSE:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _shortened(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST_PLACE else f"{said[: _LONGEST_PLACE - 1]}…"
