"""A small map in which the linter finds nothing, and changes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from desireline.maps import Document, new_document

TODAY = date(2026, 11, 22)
GOOD: dict[str, Any] = {
    "desireline": "map/1",
    "id": "buy-a-phone",
    "title": "I buy a phone",
    "owner": {"name": "Ada Lovelace", "department": "Sales"},
    "review_date": "2027-01-31",
    "personas": [{"id": "anna", "name": "Anna"}],
    "metrics": [{"id": "conversion", "name": "Conversion", "kind": "reach"}],
    "opportunities": [
        {
            "id": "say-the-price",
            "title": "How might we say the price at once?",
            "metrics": ["conversion"],
            "solutions": [{"id": "price-first", "title": "The price on the first page"}],
        }
    ],
    "phases": [
        {
            "id": "consider",
            "name": "Consider",
            "steps": [{"id": "search", "name": "I look", "binding": {"where": "touchpoint = 'Search'"}}],
        },
        {
            "id": "buy",
            "name": "Buy",
            "steps": [
                {
                    "id": "order",
                    "name": "I order",
                    "binding": {"where": "touchpoint = 'Order'"},
                    "metrics": ["conversion"],
                }
            ],
        },
    ],
    "lanes": [
        {
            "id": "hurts",
            "role": "pains",
            "cells": [
                {
                    "id": "p1",
                    "step": "order",
                    "claims": [
                        {
                            "text": "The price is said late",
                            "evidence": [{"kind": "interview", "n": 8, "date": "2026-05-01"}],
                            "opportunities": ["say-the-price"],
                        }
                    ],
                }
            ],
        },
        {
            "id": "feels",
            "role": "emotion",
            "persona": "anna",
            "cells": [
                {
                    "id": "e1",
                    "step": "order",
                    "emotion": -1,
                    "claims": [{"text": "They sigh", "evidence": [{"kind": "observation", "date": "2026-05-01"}]}],
                }
            ],
        },
    ],
}


def changed(change: Callable[[Any], object] = lambda tree: None) -> Document:
    """The good map after a change of its tree."""
    return new_document(GOOD).changed(change)
