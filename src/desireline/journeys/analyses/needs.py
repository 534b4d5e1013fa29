"""Which visits to self-service are about a need.

- In ivr and bot every contact is.
- In all other self-service channels a condition says which; without one, on the web and in the app those whose touchpoint is named like
  help (:func:`is_named_like_help`), for people also look and buy there, and in other channels all.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from desireline.interactions import Condition
from desireline.journeys.analyses.touchpoints import marks_of_condition
from desireline.journeys.model import Names

ALWAYS_A_NEED = ("ivr", "bot")
MIXED_CHANNELS = ("web", "app")
"""Where customers do much that is about no need."""
HELP_WORDS = frozenset(
    [
        "assistance",
        "complain",
        "complaint",
        "complaints",
        "contact",
        "diagnose",
        "diagnosis",
        "enquiries",
        "enquiry",
        "faq",
        "faqs",
        "fault",
        "faults",
        "help",
        "helpdesk",
        "inquiries",
        "inquiry",
        "outage",
        "outages",
        "problem",
        "problems",
        "question",
        "questions",
        "support",
        "ticket",
        "tickets",
        "trouble",
        "troubleshoot",
        "troubleshooter",
        "troubleshooting",
        "beschwerde",
        "frage",
        "fragen",
        "hilfe",
        "problem",
        "störung",
        "aide",
        "problème",
        "question",
        "réclamation",
        "ayuda",
        "problema",
        "queja",
        "reclamación",
        "aiuto",
        "assistenza",
        "reclamo",
        "hulp",
        "klacht",
        "storing",
        "vraag",
    ]
)
"""Words of names of touchpoints at which somebody looks for help: English, German, French, Spanish, Italian, Dutch."""


def need_marks(names: Names, condition: Condition | None) -> NDArray[np.bool_]:
    """Which interactions are about a need if they are in self-service: bool[touchpoints, channels]."""
    shape = (len(names.touchpoints), len(names.channels))
    always = np.array([name.casefold() in ALWAYS_A_NEED for name in names.channels], np.bool_)
    if condition is not None:
        return marks_of_condition(condition, names) | always
    named = np.array([is_named_like_help(name) for name in names.touchpoints], np.bool_)
    mixed = np.array([name.casefold() in MIXED_CHANNELS for name in names.channels], np.bool_)
    found: NDArray[np.bool_] = (named[:, None] | ~mixed).reshape(shape)
    return found


def is_named_like_help(touchpoint: str) -> bool:
    """Whether a word of the name is one of :data:`HELP_WORDS`.

    >>> [name for name in ("Help article read", "help_viewed", "HelpOpened", "Helpful tips", "Checkout") if is_named_like_help(name)]
    ['Help article read', 'help_viewed', 'HelpOpened']
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", touchpoint)
    return not HELP_WORDS.isdisjoint(re.findall(r"[^\W\d_]+", spaced.casefold()))
