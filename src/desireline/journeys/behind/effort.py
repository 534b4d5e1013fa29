"""Numbers of customer effort."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import phrase
from desireline.journeys.analyses.effort import EffortAnalysis, EffortPass, Events
from desireline.journeys.analyses.effort_known import Recorded
from desireline.journeys.behind.finding import (
    AnalysisNumber,
    Finder,
    FoundSpans,
    GatheringPass,
    code_among,
    group_among,
    nowhere_in,
    spans_of,
)
from desireline.journeys.effort_settings import COMPONENTS
from desireline.journeys.engine import Pass
from desireline.journeys.model import Names, Spans
from desireline.store import Workspace

EffortKnown = Literal["contacts", "journeys"]


@dataclass(frozen=True, slots=True, eq=False)
class EffortNumber(AnalysisNumber[EffortAnalysis]):
    """Spans with an interaction that makes effort.

    Attributes
    ----------
    recorded
        What is recorded of the contacts of all spans that are looked at: see :class:`RecordedEffort`. Asked of what is known alone.
    component
        One of :data:`~desireline.journeys.effort_settings.COMPONENTS`; ``None``: any.
    known
        "contacts": those of which the component is known, there or not, or of any component everything that is recorded;
        "journeys": the spans of whose contacts all that is known. ``None``: where it is there.
    value
        Only what is added in the group with this name, empty for that without one; ``None``: all.
    """

    recorded: Recorded | None = None
    component: str | None = None
    known: EffortKnown | None = None
    value: str | None = None

    def finder(self, workspace: Workspace, names: Names) -> Finder:
        """See :class:`Number`."""
        counting = self.counting(EffortPass, names)
        component = None if self.component is None else code_among(self.component, COMPONENTS, what=phrase("component"))
        group = group_among(self.value, counting.group_names, what=self.analysis.by)

        def find(spans: Spans) -> FoundSpans:
            events = counting.finder(spans).of_teams(counting.teams)
            if self.known == "journeys":
                return nowhere_in(self._journeys(spans, events, counting, component))
            chosen = self._chosen(events, counting, component)
            if group is not None:
                chosen &= counting.groups(spans, events) == group + 1
            found = spans_of(spans, np.sort(events.places[chosen]))
            if self.component != "transfer" or self.known is not None:
                return found
            return found._replace(times=_times(events, chosen))

        return find

    def _chosen(self, events: Events, counting: EffortPass, component: int | None) -> NDArray[np.bool_]:
        """Which events it is about: bool[e]."""
        if self.known == "contacts":
            assert self.recorded is not None, "what is recorded"
            return counting.known_contacts(events, self.recorded, component)
        amounts = events.amounts if component is None else events.amounts[:, component : component + 1]
        chosen: NDArray[np.bool_] = np.any(amounts > 0, axis=1)
        return chosen

    def _journeys(self, spans: Spans, events: Events, counting: EffortPass, component: int | None) -> NDArray[np.int64]:
        assert self.recorded is not None, "what is recorded"
        found = counting.spans_with_effort(spans, events)
        return found.spans[counting.known_spans(found, self.recorded, component)]


def _times(events: Events, chosen: NDArray[np.bool_]) -> int:
    """How many transfers there are: a contact can have several."""
    return int(events.amounts[chosen, COMPONENTS.index("transfer")].sum())


@dataclass(frozen=True, slots=True)
class RecordedEffort(AnalysisNumber[EffortAnalysis]):
    """What is recorded of contacts by where they come from, over all spans."""

    def begin(self, names: Names) -> Pass[Any, Recorded]:
        """One reading."""
        counting = self.counting(EffortPass, names)
        return GatheringPass(lambda spans: counting.finder(spans).recorded, operator.add)
