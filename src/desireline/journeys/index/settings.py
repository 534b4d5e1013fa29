"""What a workspace says about its index.

[index]
memory = "2 GB"     # that a build may use; what is more goes through files
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from desireline.base import SettingsError, phrase

_UNITS = {"MB": 10**6, "GB": 10**9}
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(MB|GB)\s*", re.IGNORECASE)
_LEAST = 64 * 10**6
_WHERE_UNKNOWN = 2 * 10**9


def memory_for_building(section: Mapping[str, Any]) -> int:
    """Bytes, after the section ``[index]``, that a build of the index may use for the interactions that it sorts; by default a quarter of the machine's.

    Raises
    ------
    SettingsError
        An unknown key, or a size that cannot be read or is below 64 MB.
    """
    unknown = sorted(set(section) - {"memory"})
    if unknown:
        raise SettingsError(
            phrase("[index]: unknown {unknown}", unknown=", ".join(unknown)), hint=phrase("known: memory")
        )
    if "memory" not in section:
        return _quarter_of_the_machine()
    match = _SIZE.fullmatch(str(section["memory"]))
    size = int(float(match[1]) * _UNITS[match[2].upper()]) if match else 0
    if size < _LEAST:
        raise SettingsError(
            phrase(
                '[index] memory: expected a size such as "2 GB", at least 64 MB, got {said!r}',
                said=section["memory"],
            )
        )
    return size


def _quarter_of_the_machine() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4
    except (AttributeError, OSError, ValueError):
        return _WHERE_UNKNOWN
