"""Desireline: the journeys customers really take, beside the ones that were planned for them.

    import desireline

    workspace = desireline.open("folder")
    flow = desireline.journeys.flow(workspace, period="2026-01-01..2026-03-31")
    flow.to_pandas()

Modules are imported when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desireline import evidence, identity, interactions, journeys, sources
    from desireline.app.workspace import create, open

__version__ = "0.1.0"
__all__ = ["__version__", "create", "evidence", "identity", "interactions", "journeys", "open", "sources"]

_PACKAGES = {"evidence", "identity", "interactions", "journeys", "sources"}
_FUNCTIONS = {"create", "open"}


def __getattr__(name: str) -> Any:
    """Import what is asked for, so that the command line starts quickly."""
    if name in _PACKAGES:
        return importlib.import_module(f"desireline.{name}")
    if name in _FUNCTIONS:
        return getattr(importlib.import_module("desireline.app.workspace"), name)
    raise AttributeError(f"module 'desireline' has no attribute {name!r}")
