"""What a report shows: everything is counted before, the page only writes it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desireline.journeys.model import Channels, Flow, Gaps, Sessions, Variants
from desireline.journeys.results.funnel import Funnel
from desireline.journeys.results.insights import Insights
from desireline.sources import EmailHint, SourceQuality


@dataclass(frozen=True, slots=True)
class ReportTotals:
    """How much there is.

    Attributes
    ----------
    interactions
        Interactions in the journey index.
    customers
        Customers who have at least one of them.
    customers_seen_once
        Customers who have exactly one: they have no journey yet.
    touchpoints, channels
        Distinct ones that occur.
    """

    interactions: int
    customers: int
    customers_seen_once: int
    touchpoints: int
    channels: int


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Interactions of one week. ``start`` is its Monday; weeks that are left out count as 0."""

    start: date
    interactions: int


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """A channel: its interactions, and how many distinct customers used it."""

    channel: str
    interactions: int
    customers: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A touchpoint as the place where spans (see ``ReportData.span_name``) end.

    Attributes
    ----------
    touchpoint
        Its name.
    ends
        Spans whose last interaction is here.
    occurrences
        Interactions at this touchpoint, wherever they are in their span; never less than ``ends``.
    customers
        Distinct customers who have a span that ends here.
    """

    touchpoint: str
    ends: int
    occurrences: int
    customers: int

    @property
    def share(self) -> float:
        """How often nothing follows in the span, of all times the touchpoint occurs (0 to 1).

        >>> Stop("Basket", ends=25, occurrences=100, customers=20).share
        0.25
        """
        return self.ends / self.occurrences if self.occurrences else 0.0


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """A reason in words, and how often it applied."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class IdentifiersCount:
    """How many customers are known by exactly so many identifiers."""

    identifiers: int
    customers: int


@dataclass(frozen=True, slots=True)
class IdentifierType:
    """A type of identifier: distinct values of it, and customers who have at least one."""

    type: str
    identifiers: int
    customers: int


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How far the figures can be trusted.

    Attributes
    ----------
    sources
        Each source, as ``desireline sources quality`` has it.
    identifiers
        Customers by their number of identifiers, in any order; numbers nobody has may be left out.
    types
        The types of identifiers.
    refused_joins
        Joins of customers that the policy did not allow, by reason ("a phone number of more than 20
        customers").
    email_hints
        Domains of e-mail addresses that look like slips of the pen.
    """

    sources: tuple[SourceQuality, ...]
    identifiers: tuple[IdentifiersCount, ...]
    types: tuple[IdentifierType, ...]
    refused_joins: tuple[ReasonCount, ...]
    email_hints: tuple[EmailHint, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question to go on with, and the command line that answers it."""

    text: str
    command: str


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything a report shows.

    Attributes
    ----------
    title
        Heading of the page, usually the name of the company or the workspace.
    generated_at
        When the figures were taken (aware; shown in its own zone).
    first, last
        The time of the first interaction, and the end of the record (aware); both ``None`` in an empty workspace.
    totals
        How much there is; 0 interactions make a page that says what to do first.
    weeks
        Interactions per week, in order of time.
    span_name
        What the spans of ``flow``, ``paths`` and ``stops`` are called, in the singular; the plural adds an s.
    span_meaning
        What such a span is, in words that go on from "An episode is …":
        "a run of interactions of one customer with no pause longer than 3 days".
    flow
        All touchpoints and all edges, within the spans. Starts and ends are computed from it, so no edge may
        be left out.
    paths
        The most common paths of the spans; those beyond the first fifteen are counted, not drawn.
    channel_uses
        Interactions per channel, in any order.
    channels
        Moves between channels, and in which channels spans start and end.
    stops
        Touchpoints where spans end, in any order.
    funnel
        A funnel to show with the stops, or ``None``.
    sessions, session_gap
        Sessions, and the pause that ends one.
    gaps
        Where interactions may be missing, over whole lives of customers; examples are not shown.
    quality
        How far the figures can be trusted.
    questions
        Command lines to ask further.
    insights
        What changed; none where the record is too short.
    timezone
        By whose clock days and weeks begin.
    """

    title: str
    generated_at: datetime
    first: datetime | None
    last: datetime | None
    totals: ReportTotals
    weeks: tuple[WeekCount, ...]
    span_name: str
    span_meaning: str
    flow: Flow
    paths: Variants
    channel_uses: tuple[ChannelUse, ...]
    channels: Channels
    stops: tuple[Stop, ...]
    funnel: Funnel | None
    sessions: Sessions
    session_gap: timedelta
    gaps: Gaps
    quality: DataQuality
    questions: tuple[Question, ...]
    insights: Insights = field(default_factory=lambda: Insights(0, 0, ()))
    timezone: str = "UTC"
