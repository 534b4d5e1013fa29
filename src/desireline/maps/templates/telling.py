"""Templates, and the catalogue of usual touchpoints, in the language of whoever begins a map.

The translations are data beside the templates, ``words.de.toml``: the English text is the key, as a template has it.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from desireline.base import Language
from desireline.maps.document import Document

TEXT_FIELDS = frozenset(
    {
        *("title", "summary", "goal", "name", "label", "text", "claims", "word", "quote", "goals", "needs"),
        *("low", "high", "moment_of_truth", "tags"),
    }
)
"""The fields of a template in which people read something; the others are ids, codes, numbers and units."""
_COMMENT = re.compile(r"(?P<before>^|\s)# (?P<said>.+)$", re.MULTILINE)


def told_text(text: str, language: Language) -> str:
    """A text of a template or of the catalogue in a language; as it is where it has no translation.

    >>> told_text("Product page", "de")
    'Produktseite'
    """
    return _words(language).get(text, text)


def told_template(document: Document, language: Language) -> Document:
    """A template in a language: its texts, its comments, and the language that it names."""
    words = _words(language)
    if not words:
        return document
    text = _COMMENT.sub(lambda found: f"{found['before']}# {words.get(found['said'], found['said'])}", document.text)
    return Document(text, document.origin).changed(lambda tree: _tell(tree, words, language))


def _tell(tree: Any, words: dict[str, str], language: Language) -> None:
    tree["language"] = language
    _tell_fields(tree, words)


def _tell_fields(node: Any, words: dict[str, str]) -> None:
    for key, value in node.items():
        if isinstance(value, str):
            node[key] = words.get(value, value) if key in TEXT_FIELDS else value
        elif isinstance(value, dict):
            _tell_fields(value, words)
        elif isinstance(value, list):
            _tell_items(value, words, is_text=key in TEXT_FIELDS)


def _tell_items(items: list[Any], words: dict[str, str], *, is_text: bool) -> None:
    for place, each in enumerate(items):
        if isinstance(each, dict):
            _tell_fields(each, words)
        elif is_text and isinstance(each, str):
            items[place] = words.get(each, each)


@lru_cache
def _words(language: Language) -> dict[str, str]:
    if language == "en":
        return {}
    text = files("desireline.maps.templates").joinpath(f"words.{language}.toml").read_text(encoding="utf-8")
    return {english: told for part in tomllib.loads(text).values() for english, told in part.items()}
