"""What follows a touchpoint, or leads to it, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from desireline.base import Phrase, phrase
from desireline.journeys.estimates import Estimate, journeys_of, share
from desireline.journeys.model import Result

PathDirection = Literal["after", "before"]
PathAnchor = Literal["first", "last", "every"]
PathRepeats = Literal["folded", "kept"]


@dataclass(frozen=True, slots=True)
class PathNode:
    """A touchpoint at one step of the paths.

    Attributes
    ----------
    step
        0 is the touchpoint that was asked about; 1, 2 … come after it, -1, -2 … before it.
    name
        The touchpoint; "others (n)" for n touchpoints that are not named.
    paths, customers
        Paths that are there at this step, and their distinct customers.
    share
        Of all paths.
    ended
        Paths that end here: their span has nothing further; before the touchpoint: their span begins here.
    others
        How many touchpoints are counted here together; 0 for a touchpoint by itself.
    """

    step: int
    name: str
    paths: int
    customers: int
    share: Estimate
    ended: int
    others: int = 0

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "step": self.step,
            "touchpoint": self.name,
            "paths": self.paths,
            "customers": self.customers,
            "share": self.share.value,
            "share_low": self.share.low,
            "share_high": self.share.high,
            "ended": self.ended,
            "others": self.others,
        }


@dataclass(frozen=True, slots=True)
class PathLink:
    """From one touchpoint at a step to one at the next, in the order of time.

    Attributes
    ----------
    step
        The step farther from the touchpoint that was asked about: 1 leads away from it, -1 leads to it.
    source, target
        By name. ``None`` for ``target`` after it: the paths end at ``source``. ``None`` for ``source`` before it: the spans begin
        at ``target``.
    paths, customers
        How many, of how many distinct customers.
    share
        Of the paths at the end that is nearer to the touchpoint that was asked about.
    median_seconds
        Between the two, exact; NaN where the paths end.
    """

    step: int
    source: str | None
    target: str | None
    paths: int
    customers: int
    share: Estimate
    median_seconds: float

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "step": self.step,
            "from": self.source,
            "to": self.target,
            "paths": self.paths,
            "customers": self.customers,
            "share": self.share.value,
            "share_low": self.share.low,
            "share_high": self.share.high,
            "median_seconds": self.median_seconds,
        }


@dataclass(frozen=True, slots=True)
class MainStep:
    """A step of the most common path, and how many paths took it from the beginning to here.

    ``name`` is ``None`` where the largest group ends.
    """

    step: int
    name: str | None
    paths: int

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"step": self.step, "touchpoint": self.name, "paths": self.paths}


@dataclass(frozen=True, slots=True)
class Paths(Result):
    """What follows a touchpoint, or leads to it, by position.

    Attributes
    ----------
    touchpoint, direction, anchor, repeats, weekday
        What was asked, as in :class:`~desireline.journeys.analyses.paths.PathsAnalysis`.
    total_spans, total_customers
        All that were looked at.
    spans, customers
        Those of them in which a path begins: with the touchpoint, of a weekday that is asked for on such a day.
    paths
        As many as spans, unless every occurrence begins one.
    nodes
        By step from the touchpoint on; within a step most paths first, then by name, others last.
    links
        By step from the touchpoint on; within a step most paths first, ends last. Of the last step only the ends.
    main_path
        From the touchpoint on: of the paths that took it so far, the largest group at every step; others are no group.
    """

    touchpoint: str
    direction: PathDirection
    anchor: PathAnchor
    repeats: PathRepeats
    total_spans: int
    total_customers: int
    spans: int
    customers: int
    paths: int
    nodes: tuple[PathNode, ...]
    links: tuple[PathLink, ...]
    main_path: tuple[MainStep, ...]
    weekday: str | None = None

    def rows(self) -> list[dict[str, Any]]:
        """A row for each link and each end: the table of the picture."""
        return [each.to_dict() for each in self.links]

    def to_dict(self) -> dict[str, Any]:
        """What was asked, ``{"total_spans", "total_customers", "spans", "customers", "paths", "nodes", "links", "main_path"}``."""
        return {
            "touchpoint": self.touchpoint,
            "direction": self.direction,
            "anchor": self.anchor,
            "repeats": self.repeats,
            "weekday": self.weekday,
            "total_spans": self.total_spans,
            "total_customers": self.total_customers,
            "spans": self.spans,
            "customers": self.customers,
            "paths": self.paths,
            "nodes": [each.to_dict() for each in self.nodes],
            "links": self.rows(),
            "main_path": [each.to_dict() for each in self.main_path],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Shares of customers: who has the touchpoint at all, and of those, who is where after so many steps."""
        having = share(
            phrase("customers with {touchpoint}", touchpoint=self.touchpoint), self.customers, self.total_customers
        ).opening(journeys_of("paths", step=0, name=self.touchpoint), "every?")
        there = [
            share(
                phrase("{step}: {name}", step=_steps(each.step, self.touchpoint), name=each.name),
                each.customers,
                self.customers,
                whole="with it",
            ).opening(
                journeys_of("paths", step=each.step, name=each.name), journeys_of("paths", step=0, name=self.touchpoint)
            )
            for each in self.nodes
            if each.step and not each.others
        ]
        return (having, *there)

    def svg(self) -> str:
        """The flow picture: columns are steps, heights are paths."""
        from desireline.journeys.pictures.paths_svg import draw_paths

        return draw_paths(self)


def _steps(step: int, touchpoint: str) -> Phrase:
    if step > 0:
        return phrase(
            "{steps} step after {touchpoint}" if step == 1 else "{steps} steps after {touchpoint}",
            steps=step,
            touchpoint=touchpoint,
        )
    return phrase(
        "{steps} step before {touchpoint}" if step == -1 else "{steps} steps before {touchpoint}",
        steps=-step,
        touchpoint=touchpoint,
    )
