"""Telling whether a section of the settings is still what somebody read, so that nobody overwrites what they have not seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from desireline.base import SettingsChangedError, phrase


def revision_of(section: Mapping[str, Any]) -> str:
    """A fingerprint of what a section says; its order and spelling do not count.

    >>> revision_of({"from": "09:00", "to": "17:00"}) == revision_of({"to": "17:00", "from": "09:00"})
    True
    """
    said = json.dumps(section, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def check_revision(section: Mapping[str, Any], revision: str | None) -> None:
    """Check that a section is still what was read; ``None`` accepts whatever stands.

    Raises
    ------
    SettingsChangedError
        It is not.
    """
    if revision is not None and revision != revision_of(section):
        raise SettingsChangedError(
            phrase("somebody has changed these settings since you opened them; nothing was saved"),
            hint=phrase("look at what they say now, then save yours or keep theirs"),
        )
