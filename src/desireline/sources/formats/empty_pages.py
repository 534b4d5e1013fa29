"""JSON documents that a system writes when it has nothing to tell: the list is there and nothing is in it."""

from __future__ import annotations

import json
import re
from typing import Any

from desireline.sources.formats import all_formats
from desireline.sources.formats.headings import plain
from desireline.sources.formats.model import Format, Record

_DEPTH = 4
_PAGING = frozenset(
    [
        "count",
        "cursor",
        "data",
        "endofstream",
        "hasmore",
        "items",
        "limit",
        "links",
        "meta",
        "next",
        "nextpage",
        "nextpageuri",
        "offset",
        "page",
        "pages",
        "pagesize",
        "pagination",
        "paging",
        "perpage",
        "previouspage",
        "records",
        "results",
        "size",
        "total",
        "totalcount",
        "totalhits",
        "totalpages",
        "totalrecords",
        "totalsize",
    ]
)


def format_of_empty_page(document: Record) -> Format | None:
    """The named format that an empty page is of, by the document around the list; the one that asks for most of it."""
    if not is_hollow(document):
        return None
    fitting = [each for each in all_formats().values() if each.wrapper and _is_around(each, document)]
    return max(fitting, key=lambda each: len("".join(each.wrapper.values())) + len(each.wrapper), default=None)


def is_empty_page(document: Record) -> bool:
    """Whether a document is a page of a list, known by the words for turning pages, and the list is empty.

    >>> is_empty_page({"results": [], "total": 0})
    True
    >>> is_empty_page({"user": "u1", "time": "2026-03-01", "tags": []})
    False
    """
    return not document or (is_hollow(document) and any(plain(key) in _PAGING for key in document))


def is_hollow(value: Any, depth: int = _DEPTH) -> bool:
    """Whether there is an empty list in a document, and no other."""
    lists = list(_lists(value, depth))
    return bool(lists) and not any(lists)


def _lists(value: Any, depth: int) -> list[list[Any]]:
    if isinstance(value, list):
        return [value]
    if not isinstance(value, dict) or depth == 0:
        return []
    return [found for inner in value.values() for found in _lists(inner, depth - 1)]


def _is_around(declared: Format, document: Record) -> bool:
    return all(
        key in document and re.search(pattern, json.dumps(document[key])) for key, pattern in declared.wrapper.items()
    )
