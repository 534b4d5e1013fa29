"""What every other package may use: errors, durations and periods, progress.

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
    Problem,
    SettingsError,
    UnknownNameError,
    WorkspaceError,
)
from desireline.base.names import closest_names
from desireline.base.progress import Progress, SilentProgress
from desireline.base.units import Period, format_seconds, parse_duration, parse_period

__all__ = [
    "AccessError",
    "AttemptsError",
    "DesirelineError",
    "EngineError",
    "ForgeryError",
    "InputError",
    "LinkError",
    "NoRecordsError",
    "NotSignedInError",
    "Period",
    "Problem",
    "Progress",
    "SettingsError",
    "SilentProgress",
    "UnknownNameError",
    "WorkspaceError",
    "closest_names",
    "format_seconds",
    "parse_duration",
    "parse_period",
]
