"""What an import of a file would do, found out without storing anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from desireline.base import Progress
from desireline.interactions import next_arrival
from desireline.interactions.log import parquet_clause
from desireline.interactions.model import FIELDS
from desireline.sources.mapping import Mapping
from desireline.sources.model import FileImport, Rejection
from desireline.sources.staging import FileStage, stage_file
from desireline.sources.upload_model import RejectedRow, SampleInteraction, UploadOutcome, UploadPreview
from desireline.store import Workspace, connect_duckdb

if TYPE_CHECKING:
    import pyarrow

MOST_REJECTED = 50
MOST_INTERACTIONS = 8
_DIGITS = 13
"""More of a computed number are noise: 6 × 2.55 is 15.299999999999999 there."""
_SHOWN = tuple(each.name for each in FIELDS if not each.required and each.name != "id")


def preview_file(
    workspace: Workspace, path: Path, mapping: Mapping, *, workplace: Path, progress: Progress, label: str
) -> UploadPreview:
    """Read, map and check a whole file, and look for duplicates in the log; the workspace stays as it is.

    Parameters
    ----------
    workplace
        A folder for temporary files.
    label
        What to call the file.

    Raises
    ------
    InputError
        The file cannot be read, or lacks a column of the mapping.
    """
    stage = stage_file(
        workspace,
        path,
        mapping,
        first_arrival=next_arrival(workspace),
        staged_before=[],
        gone=np.empty(0, np.int64),
        workplace=workplace,
        progress=progress,
        label=label,
    )
    return UploadPreview(
        outcome=outcome_of(stage.outcome),
        rejected=[_rejected(each) for each in stage.rejections[:MOST_REJECTED]],
        interactions=_interactions(stage, workplace),
    )


def outcome_of(found: FileImport) -> UploadOutcome:
    """What became of a file, for JSON."""
    return UploadOutcome(
        source=found.source,
        rows=found.rows,
        read=found.counts.read,
        stored=found.counts.stored,
        duplicates=found.counts.duplicates,
        quarantined=found.counts.quarantined,
        replaced=found.replaced,
        reasons=found.reasons,
        unusable_identifiers=found.unusable_identifiers,
        notes=list(found.notes),
    )


def _rejected(each: Rejection) -> RejectedRow:
    return RejectedRow(each.row, each.field, each.reason, each.message, json.loads(each.record))


def _interactions(stage: FileStage, workplace: Path) -> list[SampleInteraction]:
    """The first interactions that would be stored."""
    if stage.log_file is None:
        return []
    query = (
        f"SELECT * FROM {parquet_clause([workplace / stage.log_file.name])} ORDER BY arrival LIMIT {MOST_INTERACTIONS}"
    )
    with connect_duckdb() as connection:
        rows = connection.sql(query).to_arrow_table().to_pylist()
    known = _names(stage.identifiers, {row["anchor"] for row in rows})
    return [_sample(row, known) for row in rows]


def _names(identifiers: pyarrow.Table | None, wanted: set[int]) -> dict[int, str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    if identifiers is None:
        return {}
    chosen = identifiers.filter(pc.is_in(identifiers.column("id"), pa.array(sorted(wanted), pa.int64())))
    return {row["id"]: f"{row['type']}:{row['value']}" for row in chosen.to_pylist()}


def _sample(row: dict[str, Any], known: dict[int, str]) -> SampleInteraction:
    rest = {name: _text(row[name]) for name in _SHOWN if row[name] is not None}
    rest |= {f"attributes.{name}": value for name, value in dict(row["attributes"] or ()).items()}
    return SampleInteraction(
        occurred_at=row["occurred_at"],
        channel=row["channel"],
        touchpoint=row["touchpoint"],
        seen_under=known.get(row["anchor"], ""),
        rest=rest,
    )


def _text(value: Any) -> str:
    """A value with the digits that it was meant to have.

    >>> _text(6 * 2.55), _text(3.0), _text("phone")
    ('15.3', '3', 'phone')
    """
    return f"{value:.{_DIGITS}g}" if isinstance(value, float) else str(value)
