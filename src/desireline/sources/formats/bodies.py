"""Bodies of messages: the words of an HTML text."""

from __future__ import annotations

import html
import re

LONGEST_TEXT = 100_000
"""As many characters as the text of an interaction may have."""

_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6]|/blockquote)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(body: str | None) -> str | None:
    """The words of an HTML text, a line for each paragraph; ``None`` where there are none.

    >>> plain_text("<p>Where is my <b>order</b>?</p><p>Ann &amp; Ben</p>")
    'Where is my order?\\nAnn & Ben'
    """
    if body is None:
        return None
    words = _TAG.sub("", _BREAK.sub("\n", _HIDDEN.sub(" ", body)))
    words = _LINES.sub("\n", _BLANKS.sub(" ", html.unescape(words))).strip()
    return words[:LONGEST_TEXT] or None


def whole_text(body: str | None) -> str | None:
    """A text without marks, not longer than an interaction can hold."""
    return body[:LONGEST_TEXT] if body else None
