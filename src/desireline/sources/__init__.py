"""How interactions arrive: files, databases and lakes are read, mapped to the interaction schema and checked; nothing valid is lost.

What cannot be used is kept in quarantine with its reason, to be mended and fed back.
"""

from desireline.sources.email_domains import EmailHint, email_hints
from desireline.sources.fetching import Fetch, wanted_of
from desireline.sources.guess import Guess, guess_mapping
from desireline.sources.importing import import_files, saved_mapping
from desireline.sources.mapping import Mapping, load_mapping, mapping_from_document
from desireline.sources.model import Counts, FileImport, ImportResult, Rejection
from desireline.sources.origin_tables import Schedule
from desireline.sources.origins import Origin
from desireline.sources.proposing import Proposal, mapping_as, propose_mapping
from desireline.sources.quality import SourceQuality, source_quality
from desireline.sources.quarantine import (
    columns_to_mend,
    export_quarantine,
    list_quarantine,
    mend_rows,
    replay_quarantine,
    source_summaries,
    waiting_reasons,
)
from desireline.sources.schedules import Run, add_schedule, list_schedules, pull, remove_schedule
from desireline.sources.tables import QuarantinedRow, SourceSummary

__all__ = [
    "Counts",
    "EmailHint",
    "Fetch",
    "FileImport",
    "Guess",
    "ImportResult",
    "Mapping",
    "Origin",
    "Proposal",
    "QuarantinedRow",
    "Rejection",
    "Run",
    "Schedule",
    "SourceQuality",
    "SourceSummary",
    "add_schedule",
    "columns_to_mend",
    "email_hints",
    "export_quarantine",
    "guess_mapping",
    "import_files",
    "list_quarantine",
    "list_schedules",
    "load_mapping",
    "mapping_as",
    "mapping_from_document",
    "mend_rows",
    "propose_mapping",
    "pull",
    "remove_schedule",
    "replay_quarantine",
    "saved_mapping",
    "source_quality",
    "source_summaries",
    "waiting_reasons",
    "wanted_of",
]
