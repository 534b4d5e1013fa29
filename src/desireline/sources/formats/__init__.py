"""Named formats: what departments' systems export, read without a mapping.

Every module in this folder with a constant ``FORMAT`` is one; a new format is a new module, nothing else has to be changed.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from desireline.base import UnknownNameError, closest_names, phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, UnusableRecord

__all__ = ["Format", "FoundInteraction", "Record", "Sample", "UnusableRecord", "all_formats", "format_named"]


@lru_cache(maxsize=1)
def all_formats() -> dict[str, Format]:
    """Every format by its name, in the order of names."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        declared = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FORMAT", None)
        if isinstance(declared, Format):
            found[declared.name] = declared
    return found


def format_named(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    known = all_formats()
    if name not in known:
        close = closest_names(name, known)
        raise UnknownNameError(
            phrase("there is no named format {name!r}", name=name),
            hint=phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("named formats: {known}", known=", ".join(known)),
        )
    return known[name]
