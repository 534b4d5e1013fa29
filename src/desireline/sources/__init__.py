"""How interactions arrive: files are read, mapped to the interaction schema and checked; nothing valid is lost.

What cannot be used is kept in quarantine with its reason, to be mended and fed back.
"""

from desireline.sources.guess import Guess, guess_mapping
from desireline.sources.importing import import_files, saved_mapping
from desireline.sources.mapping import Mapping, load_mapping, mapping_from_document
from desireline.sources.model import Counts, FileImport, ImportResult, Rejection
from desireline.sources.proposing import Proposal, propose_mapping
from desireline.sources.quarantine import (
    export_quarantine,
    list_quarantine,
    replay_quarantine,
    source_summaries,
    waiting_reasons,
)
from desireline.sources.tables import QuarantinedRow, SourceSummary

__all__ = [
    "Counts",
    "FileImport",
    "Guess",
    "ImportResult",
    "Mapping",
    "Proposal",
    "QuarantinedRow",
    "Rejection",
    "SourceSummary",
    "export_quarantine",
    "guess_mapping",
    "import_files",
    "list_quarantine",
    "load_mapping",
    "mapping_from_document",
    "propose_mapping",
    "replay_quarantine",
    "saved_mapping",
    "source_summaries",
    "waiting_reasons",
]
