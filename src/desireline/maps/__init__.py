"""What we intend: journey maps, personas, metrics and opportunities as documents, drawn, checked, kept in versions.

A :class:`Document` is text; :func:`read_map` reads it into values that do not change. Nothing here knows what customers did: the package
``evidence`` lays that over a map.
"""

from typing import TYPE_CHECKING

from desireline.base.lazy import lazy_names

if TYPE_CHECKING:
    from desireline.maps.checking import check_document, problems_of, schema, unknown_fields
    from desireline.maps.comparing import Change, differences
    from desireline.maps.document import Document, fresh_id, new_document
    from desireline.maps.library import EMPTY_LIBRARY, FolderLibrary, Library, read_file
    from desireline.maps.merging import Conflict, Merged, merge
    from desireline.maps.model import (
        BLUEPRINT_LINES,
        LANE_LABELS,
        LANE_ROLES,
        Binding,
        Cell,
        Claim,
        Evidence,
        JourneyMap,
        Lane,
        Metric,
        MetricPlacement,
        Opportunity,
        Owner,
        Persona,
        Phase,
        Picture,
        Solution,
        Step,
        Task,
        TouchpointMention,
    )
    from desireline.maps.reading import read_map, read_metric, read_opportunity, read_persona
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "BLUEPRINT_LINES": "model",
            "Binding": "model",
            "Cell": "model",
            "Change": "comparing",
            "Claim": "model",
            "Conflict": "merging",
            "Document": "document",
            "EMPTY_LIBRARY": "library",
            "Evidence": "model",
            "FolderLibrary": "library",
            "JourneyMap": "model",
            "LANE_LABELS": "model",
            "LANE_ROLES": "model",
            "Lane": "model",
            "Library": "library",
            "Merged": "merging",
            "Metric": "model",
            "MetricPlacement": "model",
            "Opportunity": "model",
            "Owner": "model",
            "Persona": "model",
            "Phase": "model",
            "Picture": "model",
            "Solution": "model",
            "Step": "model",
            "Task": "model",
            "TouchpointMention": "model",
            "check_document": "checking",
            "differences": "comparing",
            "fresh_id": "document",
            "merge": "merging",
            "new_document": "document",
            "problems_of": "checking",
            "read_file": "library",
            "read_map": "reading",
            "read_metric": "reading",
            "read_opportunity": "reading",
            "read_persona": "reading",
            "schema": "checking",
            "unknown_fields": "checking",
        },
    )

__all__ = [
    "BLUEPRINT_LINES",
    "EMPTY_LIBRARY",
    "LANE_LABELS",
    "LANE_ROLES",
    "Binding",
    "Cell",
    "Change",
    "Claim",
    "Conflict",
    "Document",
    "Evidence",
    "FolderLibrary",
    "JourneyMap",
    "Lane",
    "Library",
    "Merged",
    "Metric",
    "MetricPlacement",
    "Opportunity",
    "Owner",
    "Persona",
    "Phase",
    "Picture",
    "Solution",
    "Step",
    "Task",
    "TouchpointMention",
    "check_document",
    "differences",
    "fresh_id",
    "merge",
    "new_document",
    "problems_of",
    "read_file",
    "read_map",
    "read_metric",
    "read_opportunity",
    "read_persona",
    "schema",
    "unknown_fields",
]


def __dir__() -> list[str]:
    return __all__
