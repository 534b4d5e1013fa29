"""Where interactions may be missing: stages that are skipped, switches of the channel after a silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, format_seconds, phrase
from desireline.journeys.analyses.acting import ACTING_FIELDS, Acting, acting_of
from desireline.journeys.analyses.examples import Examples, latest_of_both
from desireline.journeys.analyses.medians import Medians, Middles, medians_of
from desireline.journeys.analyses.skipped import (
    SkipCounts,
    add_skips,
    count_pairs,
    count_skips,
    name_skips,
    stage_codes,
    unrecorded_stages,
)
from desireline.journeys.analyses.switches import (
    Contacts,
    KeptSwitches,
    Silence,
    SwitchCounts,
    add_switches,
    count_switches,
    most_unusual,
    name_leaving,
    name_switches,
)
from desireline.journeys.engine import Pass
from desireline.journeys.model import Gaps, Names, Spans, Whose

DEFAULT_QUIET = timedelta(hours=1)
DEFAULT_WITHIN = timedelta(days=14)
DEFAULT_SETTLE = timedelta(days=30)
_LATEST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class GapsAnalysis:
    """Two lists of hints that an interaction was not recorded.

    Skipped stages: spans that reach a stage of the taxonomy without an interaction of an earlier one before
    their first of it, or at the same time. Spans that begin within ``settle`` of the first interaction of all
    may have passed the earlier stage before anything was recorded; they are counted apart.

    Silent switches: directly following interactions of a span in different channels, more than ``quiet`` and
    at most ``within`` apart.

    Parameters
    ----------
    quiet, within
        What a silence is.
    settle
        How long the record takes to settle; zero counts nobody apart.
    top
        Only so many of each list. ``None``: all.
    whose
        "customer": switches are looked for without what the company did, such as an invoice or an e-mail it sent: those are no silence of a
        customer. "anybody": with it. Stages count all the same, whoever acted.
    """

    quiet: timedelta = DEFAULT_QUIET
    within: timedelta = DEFAULT_WITHIN
    settle: timedelta = DEFAULT_SETTLE
    top: int | None = None
    whose: Whose = "customer"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it looks at."""
        return ACTING_FIELDS if self.whose == "customer" else ()

    def begin(self, names: Names) -> Pass[Any, Gaps]:
        """Find where the record begins; count; medians follow for the switches that are kept.

        Raises
        ------
        InputError
            There can be no silence: ``within`` is not longer than ``quiet``.
        """
        if self.within <= self.quiet:
            raise InputError(
                phrase(
                    "expected within to be longer than quiet, got {within} and {quiet}",
                    within=_text(self.within),
                    quiet=_text(self.quiet),
                ),
                hint=phrase("a silence lasts longer than quiet and at most within, such as 1h and 14d"),
            )
        silence = Silence(_microseconds(self.quiet), _microseconds(self.within))
        return BeginningPass(names, silence, _microseconds(self.settle), self.top, acting_of(names, self.whose))


@dataclass(frozen=True, slots=True)
class BeginningPass(Pass[int, Gaps]):
    """Finds the time of the first interaction."""

    names: Names
    silence: Silence
    settle: int
    top: int | None
    acting: Acting

    def partial(self, spans: Spans) -> int:
        """Of one part, microseconds; the latest time there is without interactions."""
        return int(spans.part.times[spans.starts].min(initial=_LATEST))

    def combine(self, first: int, second: int) -> int:
        """The earlier one."""
        return min(first, second)

    def conclude(self, state: int) -> Pass[Any, Gaps]:
        """Go on to the counts."""
        return GapsPass(self.names, self.silence, min(state + self.settle, _LATEST), self.top, self.acting)


@dataclass(frozen=True, slots=True)
class GapCounts:
    """The counts of both lists; ``left_out``: interactions that the second one does not look at."""

    skips: SkipCounts
    switches: SwitchCounts
    left_out: int


@dataclass(frozen=True, slots=True)
class GapsPass(Pass[GapCounts, Gaps]):
    """Counts skipped stages and silent switches. Spans that begin before ``settled_from`` are counted apart."""

    names: Names
    silence: Silence
    settled_from: int
    top: int | None
    acting: Acting

    @property
    def contacts(self) -> Contacts:
        """How touchpoints in channels are numbered."""
        return Contacts(len(self.names.touchpoints), len(self.names.channels))

    def partial(self, spans: Spans) -> GapCounts:
        """The counts of one part."""
        stage_of, stages = stage_codes(self.names), len(self.names.stages)
        own = self.acting.spans(spans)
        return GapCounts(
            count_skips(spans, stage_of, stages, settled_from=self.settled_from),
            count_switches(own, self.contacts, self.silence),
            int((spans.ends - spans.starts).sum() - (own.ends - own.starts).sum()),
        )

    def combine(self, first: GapCounts, second: GapCounts) -> GapCounts:
        """The sums, and the latest examples."""
        return GapCounts(
            add_skips(first.skips, second.skips),
            add_switches(first.switches, second.switches),
            first.left_out + second.left_out,
        )

    def conclude(self, state: GapCounts) -> Pass[Any, Gaps]:
        """Go on to examples of the switches that are kept."""
        kept = most_unusual(state.switches, self.names, self.contacts, self.top)
        order = np.argsort(kept, kind="stable")
        measured = KeptSwitches(
            self.contacts, self.silence, self.acting, state.switches.switches[kept[order]], order.astype(np.int32)
        )
        return ExamplesPass(self.names, state, kept, measured, self.top)


@dataclass(frozen=True, slots=True)
class ExamplesPass(Pass[Examples, Gaps]):
    """Finds the latest examples of the switches that are kept; ``kept`` are their places in the counts."""

    names: Names
    counts: GapCounts
    kept: NDArray[np.int64]
    switches: KeptSwitches
    top: int | None

    def partial(self, spans: Spans) -> Examples:
        """The latest of one part."""
        return self.switches.examples(spans)

    def combine(self, first: Examples, second: Examples) -> Examples:
        """The latest of both."""
        return latest_of_both(first, second)

    def conclude(self, state: Examples) -> Pass[Any, Gaps]:
        """Go on to the median silences."""
        answer = partial(_gaps, self, state)
        return medians_of(Middles(self.switches.measure, answer, self.counts.switches.counts[self.kept]))


def _gaps(counted: ExamplesPass, examples: Examples, medians: Medians) -> Gaps:
    names, skips, switches = counted.names, counted.counts.skips, counted.counts.switches
    return Gaps(
        stages=names.stages,
        unrecorded=unrecorded_stages(skips, names),
        skipped=name_skips(skips, names, counted.top),
        moves=int(switches.moves.sum()),
        silent_moves=int(switches.counts.sum()),
        switches=name_switches(switches, names, counted.switches.contacts, counted.kept, examples, medians),
        total_switches=len(switches.switches),
        left_out=counted.counts.left_out,
        leaving=name_leaving(switches, names, counted.switches.contacts),
        skips=count_pairs(skips, names),
    )


def _text(duration: timedelta) -> str:
    return format_seconds(duration.total_seconds())


def _microseconds(duration: timedelta) -> int:
    return duration // timedelta(microseconds=1)
