"""Numbers of what may be missing: stages that are skipped, silent switches of the channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.acting import Acting, acting_of
from desireline.journeys.analyses.gaps import GapsAnalysis
from desireline.journeys.analyses.skipped import stage_codes
from desireline.journeys.analyses.switches import Contacts, Silence, find_moves
from desireline.journeys.behind.finding import AnalysisNumber, Finder, FoundSpans, code_of, spans_of
from desireline.journeys.behind.finding import code_among as among
from desireline.journeys.model import Names, Spans
from desireline.journeys.spans import rows_of
from desireline.kernels.gaps import first_of_stages, skipped_stages
from desireline.store import Workspace

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SkippedNumber(AnalysisNumber[GapsAnalysis]):
    """Spans that reach a stage, those aside that begin while the record settles.

    Attributes
    ----------
    first_us
        The first interaction of all that are looked at, microseconds since 1970 UTC.
    reached
        The stage that is reached.
    missing
        Only those without an interaction of this earlier stage before; ``None``: all.
    """

    first_us: int
    reached: str
    missing: str | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        stages = len(names.stages)
        reached = among(self.reached, names.stages, what=phrase("stage"))
        missing = None if self.missing is None else among(self.missing, names.stages, what=phrase("stage"))
        settled_from = self.first_us + self.analysis.settle // _MICROSECOND

        def find(spans: Spans) -> FoundSpans:
            part = spans.part
            firsts = first_of_stages(part.touchpoints, spans.starts, spans.ends, stage_codes(names), stages)
            chosen = (firsts[:, reached] >= 0) & (part.times[spans.starts] >= settled_from)
            if missing is not None:
                without = np.zeros(len(chosen), np.bool_)
                found, pairs = skipped_stages(firsts, part.times)
                without[found[pairs == missing * stages + reached]] = True
                chosen &= without
            numbers = np.flatnonzero(chosen)
            return FoundSpans(numbers, firsts[numbers, reached])

        return find


@dataclass(frozen=True, slots=True)
class SwitchNumber(AnalysisNumber[GapsAnalysis]):
    """Spans with a switch of the channel.

    Attributes
    ----------
    source, target
        Touchpoint and channel before and after; ``None``: any.
    is_silent
        Only after a silence.
    """

    source: tuple[str, str] | None = None
    target: tuple[str, str] | None = None
    is_silent: bool = True

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        contacts = Contacts(len(names.touchpoints), len(names.channels))
        silence = Silence(self.analysis.quiet // _MICROSECOND, self.analysis.within // _MICROSECOND)
        acting = acting_of(names, self.analysis.whose)
        source, target = (
            None if each is None else _number(each, names, contacts) for each in (self.source, self.target)
        )

        def find(spans: Spans) -> FoundSpans:
            own = acting.spans(spans)
            moves = find_moves(own, contacts, silence)
            chosen = moves.silent if self.is_silent else np.ones(len(moves.places), np.bool_)
            if source is not None:
                chosen = chosen & (moves.sources == source)
            after = moves.places[chosen] + 1
            if target is not None:
                after = after[contacts.at(own, after) == target]
            return spans_of(spans, _places_in(spans, acting)[after])

        return find


def _number(contact: tuple[str, str], names: Names, contacts: Contacts) -> int:
    touchpoint, channel = contact
    return code_of(touchpoint, names, "touchpoint") * contacts.channels + code_of(channel, names, "channel")


def _places_in(spans: Spans, acting: Acting) -> NDArray[np.int64]:
    """Where the interactions of the spans without what the company did were in the part."""
    places = np.arange(len(spans.part.times), dtype=np.int64)
    if not acting.by_code:
        return places
    rows = places[rows_of(spans)]
    found: NDArray[np.int64] = rows[acting.of(spans.part)[rows]]
    return found
