"""What was kept about an upload as English text, as sentences again: whoever reads it is told in their language."""

from __future__ import annotations

from msgspec.structs import replace

from desireline.base import recall
from desireline.sources.upload_model import Upload, UploadOutcome, UploadPreview, UploadProblem


def recalled(upload: Upload) -> Upload:
    """The upload with its sentences as phrases, where they are known."""
    recognised = upload.recognised and replace(
        upload.recognised,
        taken_for=_recalled(upload.recognised.taken_for),
        notes=[_recalled(note) for note in upload.recognised.notes],
    )
    return replace(
        upload,
        recognised=recognised,
        problem=upload.problem and _problem(upload.problem),
        preview=upload.preview and _preview(upload.preview),
        outcome=upload.outcome and _outcome(upload.outcome),
    )


def _problem(problem: UploadProblem) -> UploadProblem:
    return replace(problem, message=_recalled(problem.message), hint=problem.hint and _recalled(problem.hint))


def _preview(preview: UploadPreview) -> UploadPreview:
    rejected = [replace(row, message=_recalled(row.message)) for row in preview.rejected]
    return replace(preview, outcome=_outcome(preview.outcome), rejected=rejected)


def _outcome(outcome: UploadOutcome) -> UploadOutcome:
    return replace(outcome, notes=[_recalled(note) for note in outcome.notes])


def _recalled(sentence: str) -> str:
    return recall(sentence, "sources")
