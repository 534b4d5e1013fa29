"""What every other package may use: errors, durations and periods, progress, sentences in languages.

Nothing in here knows about customers or journeys, opens a file or reads a clock.
"""

from desireline.base.errors import (
    AccessError,
    AttemptsError,
    DesirelineError,
    EngineError,
    ForgeryError,
    InputError,
    LinkError,
    NoRecordsError,
    NotSignedInError,
    OneCustomerError,
    Problem,
    SettingsError,
    SmallGroupError,
    UnknownNameError,
    WorkspaceError,
)
from desireline.base.names import closest_names
from desireline.base.progress import Cancellable, Progress, SilentProgress
from desireline.base.telling import (
    LANGUAGES,
    Language,
    Phrase,
    joined,
    phrase,
    reading_in,
    reading_language,
    recall,
    tell,
    tell_all,
    written,
)
from desireline.base.units import Period, format_seconds, parse_duration, parse_period

__all__ = [
    "LANGUAGES",
    "AccessError",
    "AttemptsError",
    "Cancellable",
    "DesirelineError",
    "EngineError",
    "ForgeryError",
    "InputError",
    "Language",
    "LinkError",
    "NoRecordsError",
    "NotSignedInError",
    "OneCustomerError",
    "Period",
    "Phrase",
    "Problem",
    "Progress",
    "SettingsError",
    "SilentProgress",
    "SmallGroupError",
    "UnknownNameError",
    "WorkspaceError",
    "closest_names",
    "format_seconds",
    "joined",
    "parse_duration",
    "parse_period",
    "phrase",
    "reading_in",
    "reading_language",
    "recall",
    "tell",
    "tell_all",
    "written",
]
