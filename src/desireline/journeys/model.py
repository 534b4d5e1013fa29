"""The nouns of journeys: a part of the index, the spans cut from it, and the results of the analyses.

Definitions of every measure, with a worked example: docs/measures.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from desireline.base import InputError, phrase, tell_all
from desireline.journeys.fields import FieldSource

if TYPE_CHECKING:
    import altair
    import pandas
    import pyarrow

    from desireline.journeys.estimates import Estimate

FlowBy = Literal["touchpoint", "channel"]
FlowMedians = Literal["exact", "approximate", "none"]
SpanKind = Literal["life", "session"]
Whose = Literal["customer", "anybody"]
"""Whose interactions count where no touchpoint is named: those of the customer, or also those of the company."""
OUTCOMES = ("reached", "ended", "timed out", "unfinished")
"""How a journey ended: at its goal, at its end, in a pause longer than its time-out, or not yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """One bucket of the journey index: whole customers, their interactions sorted by time, then arrival.

    Attributes
    ----------
    customers
        int64[k]: key of each customer.
    offsets
        int64[k + 1]: the interactions of customer ``i`` are at ``offsets[i]:offsets[i + 1]``.
    times
        int64[n]: microseconds since 1970-01-01 UTC.
    touchpoints
        uint16[n]: codes into ``Names.touchpoints``.
    channels
        uint8[n]: codes into ``Names.channels``.
    arrivals
        int64[n]: arrival number of the interaction, its place in the log.
    current
        int64[c]: positions of the customers who are to be looked at, ascending; a newer part has the others.
        ``None``: all of them.
    source
        Where further fields of the log come from; ``None`` where none was asked for.
    """

    customers: NDArray[np.int64]
    offsets: NDArray[np.int64]
    times: NDArray[np.int64]
    touchpoints: NDArray[np.uint16]
    channels: NDArray[np.uint8]
    arrivals: NDArray[np.int64]
    current: NDArray[np.int64] | None = None
    source: FieldSource | None = None

    def field(self, name: str) -> NDArray[Any]:
        """The values of a further field, [n]; see :mod:`desireline.journeys.fields`. The analysis has to name it.

        Raises
        ------
        KeyError
            The analysis does not name it.
        """
        if self.source is None:
            raise KeyError(name)
        return self.source.of(name, self.arrivals)


@dataclass(frozen=True, slots=True)
class Spans:
    """Runs of single customers' interactions in one part: what an analysis looks at.

    Attributes
    ----------
    part
        The interactions; one that lies in no span is not looked at.
    starts, ends
        int64[s] each: span ``i`` is at ``starts[i]:ends[i]``. Spans ascend, none is empty, none overlaps another.
    owners
        int64[s]: position in ``part.customers`` of each span's customer; never decreases.
    outcomes
        uint8[s] where spans are journeys of a definition: places in :data:`OUTCOMES`; else ``None``.
    """

    part: Part
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    owners: NDArray[np.int64]
    outcomes: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the codes of the index mean.

    Attributes
    ----------
    touchpoints, channels
        Names by code, as the taxonomy joins them.
    stages
        In the order of the journey; empty where the taxonomy names none.
    stage_of
        By touchpoint code: place in ``stages``, -1 for a touchpoint of no stage.
    values
        By field that the analysis named and that is a text: the texts by code.
    """

    touchpoints: tuple[str, ...]
    channels: tuple[str, ...]
    stages: tuple[str, ...] = ()
    stage_of: tuple[int, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What every analysis gives back: a named result that turns into rows, JSON, Arrow and pandas."""

    def rows(self) -> list[dict[str, Any]]:
        """The main table of the result, a dict for each row."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """The result in the shape that the command line prints with ``--json``."""
        raise NotImplementedError

    def to_json(self) -> str:
        """:meth:`to_dict` as JSON text, in the reader's language; a measure that has no value is ``null``."""
        return json.dumps(tell_all(_without_nan(self.to_dict())), ensure_ascii=False)

    def to_arrow(self) -> pyarrow.Table:
        """The main table as Arrow."""
        import pyarrow

        return pyarrow.Table.from_pylist(self.rows())

    def to_pandas(self) -> pandas.DataFrame:
        """The main table as a data frame.

        Raises
        ------
        InputError
            Pandas is not installed; ``pip install "desireline[pandas]"`` does it.
        """
        try:
            import pandas
        except ImportError as error:
            raise InputError("a data frame needs pandas", hint='pip install "desireline[pandas]"') from error
        return pandas.DataFrame(self.rows())


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A touchpoint (or channel) in a flow: how often it occurs, and to how many distinct customers."""

    name: str
    interactions: int
    customers: int


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """``target`` directly follows ``source``: how often, for how many customers, and after how long.

    Times are seconds between the two interactions. The median is exact, unless it was asked for otherwise; NaN where none was
    asked for.
    """

    source: str
    target: str
    count: int
    customers: int
    median_seconds: float
    mean_seconds: float


@dataclass(frozen=True, slots=True)
class Flow(Result):
    """Which touchpoint (or channel) directly follows which. Edges come most frequent first, then by name."""

    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each edge."""
        return [
            {
                "from": edge.source,
                "to": edge.target,
                "count": edge.count,
                "customers": edge.customers,
                "median_seconds": edge.median_seconds,
                "mean_seconds": edge.mean_seconds,
            }
            for edge in self.edges
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"nodes": [...], "edges": [...]}``."""
        nodes = [
            {"name": node.name, "interactions": node.interactions, "customers": node.customers} for node in self.nodes
        ]
        return {"nodes": nodes, "edges": self.rows()}

    def svg(self, *, detail: int | None = None) -> str:
        """The picture of boxes and arrows.

        Parameters
        ----------
        detail
            How much is drawn: 1 is the main way, as much as there is at most; ``None``: the most that can be taken in at a glance.
        """
        from desireline.journeys.pictures.flow_svg import flow_document

        return flow_document(self, detail=detail)


@dataclass(frozen=True, slots=True)
class Variant:
    """An exact path. ``customers`` are distinct; ``share`` is of all customers; the median is of the spans' durations."""

    path: tuple[str, ...]
    customers: int
    spans: int
    share: float
    median_seconds: float


@dataclass(frozen=True, slots=True)
class Variants(Result):
    """The exact paths, most customers first (then most spans, then by path).

    ``total_variants`` counts them all, also those left out by ``top``.
    """

    total_customers: int
    total_spans: int
    total_variants: int
    variants: tuple[Variant, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each path."""
        return [
            {
                "path": list(variant.path),
                "customers": variant.customers,
                "spans": variant.spans,
                "share": variant.share,
                "median_seconds": variant.median_seconds,
            }
            for variant in self.variants
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"total_customers", "total_spans", "total_variants", "variants": [...]}``."""
        return {
            "total_customers": self.total_customers,
            "total_spans": self.total_spans,
            "total_variants": self.total_variants,
            "variants": self.rows(),
        }

    def chart(self) -> altair.Chart:
        """The most frequent paths with their customers."""
        from desireline.journeys.pictures.counts import draw_variants

        return draw_variants(self)


@dataclass(frozen=True, slots=True)
class DistributionBin:
    """How many sessions lie from ``low`` (included) to ``high`` (excluded; infinite in the last bin)."""

    low: float
    high: float
    sessions: int


@dataclass(frozen=True, slots=True)
class Sessions(Result):
    """Sessions cut by a gap: how many, their median length and duration, and how both are distributed."""

    sessions: int
    customers: int
    median_interactions: float
    median_seconds: float
    interactions_distribution: tuple[DistributionBin, ...]
    seconds_distribution: tuple[DistributionBin, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each bin of the two distributions."""
        named = (("interactions", self.interactions_distribution), ("seconds", self.seconds_distribution))
        return [
            {"measure": measure, "low": each.low, "high": each.high, "sessions": each.sessions}
            for measure, bins in named
            for each in bins
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"sessions", "customers", "median_interactions", "median_seconds", "distribution": [...]}``."""
        return {
            "sessions": self.sessions,
            "customers": self.customers,
            "median_interactions": self.median_interactions,
            "median_seconds": self.median_seconds,
            "distribution": self.rows(),
        }

    def chart(self) -> altair.VConcatChart:
        """How sessions are distributed, by interactions and by duration."""
        from desireline.journeys.pictures.counts import draw_sessions

        return draw_sessions(self)


@dataclass(frozen=True, slots=True)
class ChannelMove:
    """Two directly following interactions in different channels."""

    source: str
    target: str
    count: int
    customers: int


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """A channel in which spans start or end, and how many do."""

    channel: str
    count: int


@dataclass(frozen=True, slots=True)
class Channels(Result):
    """Moves between channels, and where journeys start and end."""

    moves: tuple[ChannelMove, ...]
    starts: tuple[ChannelCount, ...]
    ends: tuple[ChannelCount, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each move."""
        return [
            {"from": move.source, "to": move.target, "count": move.count, "customers": move.customers}
            for move in self.moves
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"moves": [...], "starts": [...], "ends": [...]}``."""
        return {"moves": self.rows(), "starts": _counts(self.starts), "ends": _counts(self.ends)}

    def chart(self) -> altair.Chart:
        """The most frequent moves."""
        from desireline.journeys.pictures.counts import draw_channels

        return draw_channels(self)


@dataclass(frozen=True, slots=True)
class Ending:
    """A touchpoint with which spans end: how many do, and of how many distinct customers."""

    touchpoint: str
    spans: int
    customers: int


@dataclass(frozen=True, slots=True)
class Overview(Result):
    """How much there is.

    Attributes
    ----------
    interactions, customers, spans
        How many.
    customers_seen_once
        Customers with a single interaction.
    in_longer_spans
        Interactions in spans of two or more.
    first_us, last_us
        Times of the first and last interaction, microseconds since 1970-01-01 UTC; ``None`` where there is none.
    weeks
        Monday and interactions of every week that has some, in order of time.
    endings
        Where spans end, most frequent first, then by name.
    """

    interactions: int
    customers: int
    customers_seen_once: int
    spans: int
    in_longer_spans: int
    first_us: int | None
    last_us: int | None
    weeks: tuple[tuple[date, int], ...]
    endings: tuple[Ending, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row for each ending."""
        return [
            {"touchpoint": each.touchpoint, "spans": each.spans, "customers": each.customers} for each in self.endings
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"interactions", "customers", "customers_seen_once", "spans", "endings": [...]}``."""
        return {
            "interactions": self.interactions,
            "customers": self.customers,
            "customers_seen_once": self.customers_seen_once,
            "spans": self.spans,
            "endings": self.rows(),
        }


@dataclass(frozen=True, slots=True)
class GapExample:
    """One customer with a gap: somebody who could be asked.

    Attributes
    ----------
    customer
        The key of the customer.
    since, at
        The interactions before and after the gap; ``since`` is ``None`` where nothing came before.
    arrival
        Arrival number of the interaction at ``at``, its place in the log.
    identifier
        What that interaction was seen under, ``type:value``; ``None`` until it is looked up in a workspace, which is done for the first
        1,000 gaps of a list.
    """

    customer: int
    since: datetime | None
    at: datetime
    arrival: int
    identifier: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        since = None if self.since is None else self.since.isoformat()
        return {"customer": self.customer, "identifier": self.identifier, "since": since, "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """A touchpoint with which spans begin, and how many do."""

    touchpoint: str
    spans: int


@dataclass(frozen=True, slots=True)
class SkippedStage:
    """Spans that reach a stage without an earlier one.

    Attributes
    ----------
    missing, reached
        The two stages.
    spans
        Spans that reach the later stage, without those that begin while the record settles.
    without, customers
        Those of them without the earlier stage before, or at the same time; and their distinct customers.
    share, share_low, share_high
        ``without / spans``, with its 95% interval.
    settling, settling_without
        The same two counts for spans that begin while the record settles.
    missing_since
        The first interaction of the earlier stage that is recorded at all.
    begin_without_stage
        How many of the spans without it begin with a touchpoint that has no stage: perhaps that is where they passed it.
    first_seen
        With what the spans without it begin, most frequent first; at most three.
    examples
        The latest, of distinct customers; at most three.
    """

    missing: str
    reached: str
    spans: int
    without: int
    customers: int
    share: float
    share_low: float
    share_high: float
    settling: int
    settling_without: int
    missing_since: datetime
    begin_without_stage: int
    first_seen: tuple[FirstSeen, ...]
    examples: tuple[GapExample, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "missing": self.missing,
            "reached": self.reached,
            "spans": self.spans,
            "without": self.without,
            "customers": self.customers,
            "share": self.share,
            "share_low": self.share_low,
            "share_high": self.share_high,
            "settling": self.settling,
            "settling_without": self.settling_without,
            "missing_since": self.missing_since.isoformat(),
            "begin_without_stage": self.begin_without_stage,
            "first_seen": [{"touchpoint": each.touchpoint, "spans": each.spans} for each in self.first_seen],
            "examples": [each.to_dict() for each in self.examples],
        }


@dataclass(frozen=True, slots=True)
class SilentSwitch:
    """A touchpoint in one channel, a long silence, then a touchpoint in another channel.

    Attributes
    ----------
    source, source_channel, target, target_channel
        What comes before the silence and after it.
    count, customers
        How often, for how many distinct customers.
    expected
        How often chance alone would make it.
    share
        Of all moves from the source to another channel, silent or not.
    median_seconds
        Of the silences, exact.
    examples
        The latest, of distinct customers; at most three.
    """

    source: str
    source_channel: str
    target: str
    target_channel: str
    count: int
    customers: int
    expected: float
    share: float
    median_seconds: float
    examples: tuple[GapExample, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "from": self.source,
            "from_channel": self.source_channel,
            "to": self.target,
            "to_channel": self.target_channel,
            "count": self.count,
            "customers": self.customers,
            "expected": self.expected,
            "share": self.share,
            "median_seconds": self.median_seconds,
            "examples": [each.to_dict() for each in self.examples],
        }


@dataclass(frozen=True, slots=True)
class LeavingMoves:
    """Moves from a touchpoint in one channel to any in another; ``silent``: those of them after a long silence."""

    source: str
    source_channel: str
    moves: int
    silent: int


@dataclass(frozen=True, slots=True)
class StageSkips:
    """Of the spans that reach a stage, how many are without an earlier one, none maybe; as :class:`SkippedStage` counts them."""

    missing: str
    reached: str
    spans: int
    without: int


@dataclass(frozen=True, slots=True)
class Gaps(Result):
    """Where interactions may be missing: hints, no proof.

    Attributes
    ----------
    stages
        In their order; empty where the workspace has no taxonomy with stages: ``skipped`` is empty then.
    unrecorded
        Stages without a single interaction; ``skipped`` does not name them.
    skipped
        Most frequent first, then in the order of the stages.
    moves, silent_moves
        Moves from one channel to another; those of them after a long silence.
    switches
        The silent moves by what they lead from and to: what is both frequent and unlikely by chance first.
    total_switches
        How many there are, also those left out by ``top``.
    left_out
        Interactions that the silent switches do not count because the company did them.
    leaving, skips
        What the shares of :meth:`estimates` are of, by touchpoint and channel, and by pair of stages.
    """

    stages: tuple[str, ...]
    unrecorded: tuple[str, ...]
    skipped: tuple[SkippedStage, ...]
    moves: int
    silent_moves: int
    switches: tuple[SilentSwitch, ...]
    total_switches: int
    left_out: int = 0
    leaving: tuple[LeavingMoves, ...] = field(default=(), repr=False)
    skips: tuple[StageSkips, ...] = field(default=(), repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each silent switch, without its examples."""
        return [_without_examples(each.to_dict()) for each in self.switches]

    def skipped_rows(self) -> list[dict[str, Any]]:
        """A row for each pair of stages, without its examples and where its spans begin."""
        return [_without_examples(each.to_dict()) for each in self.skipped]

    def to_dict(self) -> dict[str, Any]:
        """``{"stages", "unrecorded", "skipped": [...], "moves", "silent_moves", "total_switches", "left_out", "switches": [...]}``."""
        return {
            "stages": list(self.stages),
            "unrecorded": list(self.unrecorded),
            "skipped": [each.to_dict() for each in self.skipped],
            "moves": self.moves,
            "silent_moves": self.silent_moves,
            "total_switches": self.total_switches,
            "left_out": self.left_out,
            "switches": [each.to_dict() for each in self.switches],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Of the moves to another channel, in all and from each touchpoint, those after a silence; of these moves each silent switch that is
        listed; of the spans that reach a stage those without an earlier one.
        """
        from desireline.journeys.estimates import journeys_of, share

        moves = {(each.source, each.source_channel): each.moves for each in self.leaving}
        return (
            share(phrase("moves between channels after a silence"), self.silent_moves, self.moves).opening(
                journeys_of("switch"), journeys_of("switch", silent=False)
            ),
            *(
                share(
                    phrase("{reached} without {missing}", reached=each.reached, missing=each.missing),
                    each.without,
                    each.spans,
                ).opening(
                    journeys_of("skipped", reached=each.reached, missing=each.missing),
                    journeys_of("skipped", reached=each.reached),
                )
                for each in self.skips
                if each.spans
            ),
            *(
                share(
                    phrase(
                        "from {source} ({source_channel}) after a silence",
                        source=each.source,
                        source_channel=each.source_channel,
                    ),
                    each.silent,
                    each.moves,
                    whole=_moves_from(each.source, each.source_channel),
                ).opening(
                    journeys_of("switch", source=each.source, source_channel=each.source_channel),
                    journeys_of("switch", source=each.source, source_channel=each.source_channel, silent=False),
                )
                for each in self.leaving
            ),
            *(
                share(
                    phrase(
                        "{source} ({source_channel}) → {target} ({target_channel}) after a silence",
                        source=each.source,
                        source_channel=each.source_channel,
                        target=each.target,
                        target_channel=each.target_channel,
                    ),
                    each.count,
                    moves[each.source, each.source_channel],
                    whole=_moves_from(each.source, each.source_channel),
                ).opening(
                    _silent(each),
                    journeys_of("switch", source=each.source, source_channel=each.source_channel, silent=False),
                )
                for each in self.switches
                if (each.source, each.source_channel) in moves
            ),
        )

    def chart(self) -> altair.LayerChart:
        """Silent switches: how often, beside how often chance alone would give them."""
        import altair as alt

        rows = [
            {
                "switch": f"{each.source} ({each.source_channel}) → {each.target} ({each.target_channel})",
                "count": each.count,
                "by chance": each.expected,
                "behind": _silent(each),
            }
            for each in self.switches[:15]
        ]
        base = alt.Chart(alt.Data(values=rows)).encode(
            y=alt.Y("switch:N", sort=[row["switch"] for row in rows], title=None, axis=alt.Axis(labelLimit=420))
        )
        bars = base.mark_bar(height=14).encode(
            x=alt.X("count:Q", title=phrase("silent switches; the line is what chance gives"))
        )
        chance = base.mark_tick(color="#1c2733", thickness=2, height=20).encode(x="by chance:Q")
        title = alt.TitleParams(
            phrase("Silent switches of the channel"),
            subtitle=phrase(
                "{silent:,} of {moves:,} moves between channels came after a silence",
                silent=self.silent_moves,
                moves=self.moves,
            ),
        )
        return (bars + chance).properties(width=460, height=alt.Step(24), title=title)


def _silent(switch: SilentSwitch) -> str:
    """The journeys with a silent switch."""
    from desireline.journeys.estimates import journeys_of

    return journeys_of(
        "switch",
        source=switch.source,
        source_channel=switch.source_channel,
        target=switch.target,
        target_channel=switch.target_channel,
    )


def _moves_from(touchpoint: str, channel: str) -> str:
    return f"moves from {touchpoint} ({channel}) to another channel"


def _without_examples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("examples", "first_seen")}


def _counts(counts: Sequence[ChannelCount]) -> list[dict[str, Any]]:
    return [{"channel": each.channel, "count": each.count} for each in counts]


def _without_nan(value: Any) -> Any:
    """JSON has no NaN and no infinity: both mean that there is no value."""
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(each) for each in value]
    return value
