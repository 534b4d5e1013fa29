"""How large files may be, as they come through the web application and unpacked: the section ``[sources]`` of the settings.

[sources]
largest_upload = "2 GB"
largest_unpacked = "200 GB"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desireline.base import SettingsError, phrase
from desireline.sources.files.limits import LARGEST_UNPACKED

_UNITS = {"MB": 10**6, "GB": 10**9}
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(MB|GB)\s*", re.IGNORECASE)
DEFAULT_LARGEST = 2 * 10**9


@dataclass(frozen=True, slots=True)
class UploadSettings:
    """The section ``[sources]``.

    Attributes
    ----------
    largest_bytes
        A larger file is refused; it can be imported on the command line.
    largest_unpacked
        A packed file that unpacks to more bytes is refused, however it comes.
    """

    largest_bytes: int = DEFAULT_LARGEST
    largest_unpacked: int = LARGEST_UNPACKED

    @staticmethod
    def read(section: Mapping[str, Any]) -> UploadSettings:
        """Check and take over the section.

        Raises
        ------
        SettingsError
            An unknown key, or a size that cannot be read or is zero.
        """
        unknown = sorted(set(section) - {"largest_upload", "largest_unpacked"})
        if unknown:
            raise SettingsError(
                phrase("[sources]: unknown {unknown}", unknown=", ".join(unknown)),
                hint=phrase("known: largest_upload, largest_unpacked"),
            )
        return UploadSettings(
            _size(section, "largest_upload", DEFAULT_LARGEST), _size(section, "largest_unpacked", LARGEST_UNPACKED)
        )


def _size(section: Mapping[str, Any], name: str, otherwise: int) -> int:
    if name not in section:
        return otherwise
    match = _SIZE.fullmatch(str(section[name]))
    size = int(float(match[1]) * _UNITS[match[2].upper()]) if match else 0
    if size <= 0:
        raise SettingsError(
            phrase(
                '[sources] {name}: expected a size such as "2 GB" or "500 MB", got {said!r}',
                name=name,
                said=section[name],
            )
        )
    return size


def size_text(size: int) -> str:
    """A number of bytes for people.

    >>> size_text(2_100_000_000), size_text(1_500), size_text(12)
    ('2.1 GB', '1.5 kB', '12 bytes')
    """
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
