"""Chains of channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desireline.base import Phrase, format_money, joined, phrase
from desireline.journeys.estimates import Estimate, count, journeys_of
from desireline.journeys.model import Result

if TYPE_CHECKING:
    import altair

_DRAWN, _WIDTH = 12, 520


@dataclass(frozen=True, slots=True)
class ChannelChain:
    """The channels that customers went through for a need.

    Attributes
    ----------
    channels
        In their order, equal ones in a row once.
    goes_on
        Whether there were more than these.
    chains, customers
        How many such chains, of how many distinct customers.
    share
        Of all chains.
    resolved
        The share after which the customer came with nothing more within the repeat window, of those whose window is over.
    median_seconds
        From the begin of the first contact to the end of the last one.
    cost, cost_per_resolved
        What such a chain costs, and what all of them cost for each one that is resolved, of the chains of which the cost of every contact
        is known; ``None`` where no cost is known.
    """

    channels: tuple[str, ...]
    goes_on: bool
    chains: int
    customers: int
    share: Estimate
    resolved: Estimate
    median_seconds: float
    cost: Estimate | None
    cost_per_resolved: Estimate | None

    @property
    def text(self) -> str:
        """The channels in a line."""
        return " → ".join((*self.channels, "…") if self.goes_on else self.channels)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "channels": list(self.channels),
            "goes_on": self.goes_on,
            "chains": self.chains,
            "customers": self.customers,
            "share": _interval(self.share),
            "resolved": _interval(self.resolved),
            "median_seconds": self.median_seconds,
            "cost": _interval(self.cost),
            "cost_per_resolved": _interval(self.cost_per_resolved),
        }


@dataclass(frozen=True, slots=True)
class Containment:
    """Of the chains that begin in a self-service channel (``None``: in any), the share that never reaches an assisted contact."""

    channel: str | None
    chains: int
    contained: Estimate


@dataclass(frozen=True, slots=True)
class ChannelPush:
    """Contacts in a chain that go on in a channel whose contacts cost more on average.

    Attributes
    ----------
    source, target
        The two channels.
    count, customers
        How often, and for how many distinct customers.
    share
        Of all moves from there to another channel.
    extra_per_push, extra_cost
        The difference of the two average costs, and the same times ``count``. An estimate: what the contacts would have cost, had
        they been average ones of the cheaper channel.
    """

    source: str
    target: str
    count: int
    customers: int
    share: Estimate
    extra_per_push: float
    extra_cost: float


@dataclass(frozen=True, slots=True)
class ChannelContacts:
    """The contacts of a channel: how many, of how many nobody says what they cost, and the mean of the others; NaN of none."""

    channel: str
    contacts: int
    unpriced: int
    cost: float


@dataclass(frozen=True, slots=True)
class SelfServiceTouchpoint:
    """A touchpoint in self-service channels: how many interactions there are, and whether they count as about a need."""

    touchpoint: str
    interactions: int
    is_need: bool


@dataclass(frozen=True, slots=True)
class Costing:
    """What is known of costs; ``currency`` is ``None`` where nothing is."""

    currency: str | None
    channels: tuple[ChannelContacts, ...]


@dataclass(frozen=True, slots=True)
class Chains(Result):
    """Chains of channels.

    Attributes
    ----------
    gap_seconds, within_seconds
        What was asked.
    total_chains, customers
        All chains, and the distinct customers who have one.
    resolved, cost, cost_per_resolved
        Of all chains, as for one :class:`ChannelChain`.
    not_over
        Chains whose repeat window is not over at the end of the record; those of ``abandoned`` aside.
    abandoned
        Chains whose last contact nobody answered: neither resolved nor not.
    different_chains, chains
        How many different ones; the most frequent of them.
    containment
        Of all self-service first, then by channel, most chains first.
    saving
        In a month, by one more point of containment; ``None`` where no cost is known.
    pushes
        The highest extra cost first; empty where no cost is known.
    costing
        What is known of costs.
    needs
        The condition that says which visits to self-service are about a need; ``None``: the usual rule.
    self_service
        Touchpoints there: those about a need first, most interactions first. One may be both, in different channels.
    """

    gap_seconds: float
    within_seconds: float
    total_chains: int
    customers: int
    resolved: Estimate
    cost: Estimate | None
    cost_per_resolved: Estimate | None
    not_over: int
    different_chains: int
    chains: tuple[ChannelChain, ...]
    containment: tuple[Containment, ...]
    saving: Estimate | None
    pushes: tuple[ChannelPush, ...]
    costing: Costing
    needs: str | None = None
    self_service: tuple[SelfServiceTouchpoint, ...] = ()
    abandoned: int = 0

    def rows(self) -> list[dict[str, Any]]:
        """A row for each chain, flat."""
        return [
            {
                "channels": list(each.channels),
                "goes_on": each.goes_on,
                "chains": each.chains,
                "customers": each.customers,
                "share": each.share.value,
                "resolved": each.resolved.value,
                "resolved_low": each.resolved.low,
                "resolved_high": each.resolved.high,
                "resolved_n": each.resolved.n,
                "median_seconds": each.median_seconds,
                "cost": None if each.cost is None else each.cost.value,
                "cost_per_resolved": None if each.cost_per_resolved is None else each.cost_per_resolved.value,
            }
            for each in self.chains
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"gap_seconds", "within_seconds", "currency", "total_chains", …, "chains", "containment", "saving", "pushes", …}``."""
        return {
            "gap_seconds": self.gap_seconds,
            "within_seconds": self.within_seconds,
            "currency": self.costing.currency,
            "total_chains": self.total_chains,
            "customers": self.customers,
            "resolved": _interval(self.resolved),
            "cost": _interval(self.cost),
            "cost_per_resolved": _interval(self.cost_per_resolved),
            "not_over": self.not_over,
            "abandoned": self.abandoned,
            "different_chains": self.different_chains,
            "chains": [each.to_dict() for each in self.chains],
            "containment": [
                {"channel": each.channel, "chains": each.chains, "contained": _interval(each.contained)}
                for each in self.containment
            ],
            "saving": _interval(self.saving),
            "pushes": [
                {
                    "from": each.source,
                    "to": each.target,
                    "count": each.count,
                    "customers": each.customers,
                    "share": _interval(each.share),
                    "extra_per_push": each.extra_per_push,
                    "extra_cost": each.extra_cost,
                }
                for each in self.pushes
            ],
            "channels": [
                {
                    "channel": each.channel,
                    "contacts": each.contacts,
                    "unpriced": each.unpriced,
                    "cost": None if self.costing.currency is None else each.cost,
                }
                for each in self.costing.channels
            ],
            "needs": self.needs,
            "self_service": [
                {"touchpoint": each.touchpoint, "interactions": each.interactions, "is_need": each.is_need}
                for each in self.self_service
            ],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Counts, resolved needs, containment and costs, of all chains and of the most frequent ones."""
        named = [(each.text, each) for each in self.chains]
        every, priced = journeys_of("needs"), journeys_of("needs", that="settled", priced=True)
        return (
            count(phrase("chains"), self.total_chains).opening(every, every),
            self.resolved.opening(journeys_of("needs", that="resolved"), journeys_of("needs", that="settled")),
            *(each.opening(priced, priced) for each in (self.cost, self.cost_per_resolved) if each is not None),
            *(
                replace(each.share, name=phrase("share of {text}", text=text), whole="chains").opening(
                    _needs(each, "all"), every
                )
                for text, each in named
            ),
            *(
                replace(each.resolved, name=phrase("resolved: {text}", text=text)).opening(
                    _needs(each, "resolved"), _needs(each, "settled")
                )
                for text, each in named
                if each.resolved.n
            ),
            *(_contained(each) for each in self.containment),
        )

    def chart(self) -> altair.VConcatChart:
        """The most frequent chains with how many are resolved; containment; pushes to a dearer channel."""
        import altair as alt

        panels = [self._frequent()]
        if self.containment[0].chains:
            panels.append(self._contained())
        if self.pushes:
            panels.append(self._pushed())
        found: altair.VConcatChart = alt.vconcat(*panels, spacing=34).resolve_scale(
            x="independent", color="independent"
        )
        return found

    def _frequent(self) -> Any:
        import altair as alt

        from desireline.base import format_seconds

        shown = self.chains[:_DRAWN]
        rows = [
            {
                "name": _plain(each.text),
                "chains": each.chains,
                "said": _resolved_text(each, self.costing.currency),
                "behind": _needs(each, "all"),
            }
            for each in shown
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            y=_names([row["name"] for row in rows]),
            x=alt.X("chains:Q", title=phrase("chains"), axis=alt.Axis(tickMinStep=1, format=",d")),
        )
        labels = base.mark_text(align="left", dx=4, color="#5b6875").encode(text="said:N")
        title = alt.TitleParams(
            phrase("Channels that customers go through for one need"),
            subtitle=[
                phrase(
                    "{shown:,} of {sequences:,} sequences, {chains:,} chains of {customers:,} customers",
                    shown=len(shown),
                    sequences=self.different_chains,
                    chains=self.total_chains,
                    customers=self.customers,
                ),
                phrase(
                    "resolved: nothing more within {time} after the end of the chain"
                    if self.costing.currency is None
                    else "resolved: nothing more within {time} after the end of the chain; amount: cost for each that is resolved",
                    time=format_seconds(self.within_seconds),
                ),
            ],
            frame="group",
        )
        return (base.mark_bar(height=16) + labels).properties(width=_WIDTH, height=alt.Step(24), title=title)

    def _contained(self) -> Any:
        import altair as alt

        rows: list[dict[str, Any]] = [
            {
                "name": phrase("{name} (n = {n:,})", name=each.channel or phrase("any self-service"), n=each.chains),
                "value": each.contained.value,
                "low": each.contained.low,
                "high": each.contained.high,
                "behind": _begun(each, "contained"),
            }
            for each in self.containment[:_DRAWN]
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(y=_names([row["name"] for row in rows]))
        said = phrase("share of chains")
        axis = alt.X("value:Q", title=said, axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1]))
        bars = base.mark_bar(height=16).encode(x=axis)
        intervals = base.mark_rule(color="#1c2733").encode(x=alt.X("low:Q", title=said), x2="high:Q")
        title = alt.TitleParams(
            phrase("Containment: chains that begin in self-service and stay there"),
            subtitle=phrase("lines are 95% intervals"),
            frame="group",
        )
        return (bars + intervals).properties(width=_WIDTH, height=alt.Step(24), title=title)

    def _pushed(self) -> Any:
        import altair as alt

        rows = [
            {
                "name": f"{each.source} › {each.target}",
                "cost": each.extra_cost,
                "said": phrase("{count:,} times, {cost:,.2f} more each", count=each.count, cost=each.extra_per_push),
                "behind": journeys_of("need_contacts", channel=each.target, after=each.source),
            }
            for each in self.pushes[:_DRAWN]
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            y=_names([str(row["name"]) for row in rows]),
            x=alt.X(
                "cost:Q",
                title=phrase("estimated extra cost, {currency}", currency=self.costing.currency),
                axis=alt.Axis(format=",.0f"),
            ),
        )
        labels = base.mark_text(align="left", dx=4, color="#5b6875").encode(text="said:N")
        title = alt.TitleParams(
            phrase("Pushes to a dearer channel"),
            subtitle=phrase("moves times the difference of average costs"),
            frame="group",
        )
        return (base.mark_bar(height=16) + labels).properties(width=_WIDTH, height=alt.Step(24), title=title)


def _needs(chain: ChannelChain, that: str) -> str:
    """The journeys with needs that went this chain, and of which this is true."""
    return journeys_of("needs", that=that, path=chain.channels, goes_on=chain.goes_on)


def _begun(found: Containment, that: str) -> str:
    """The journeys with needs that begin in a channel, or in any self-service, and of which this is true."""
    begins = {} if found.channel is None else {"begins": found.channel}
    return journeys_of("needs", that=that, **begins)


def _contained(found: Containment) -> Estimate:
    """The containment of a channel, or of all of them, by its name."""
    opened = found.contained.opening(_begun(found, "contained"), _begun(found, "begun alone"))
    if found.channel is None:
        return opened
    return replace(opened, name=phrase("contained: {channel}", channel=found.channel))


def _resolved_text(chain: ChannelChain, currency: str | None) -> Phrase:
    said = [phrase("{chains:,}", chains=chain.chains)]
    if chain.resolved.n:
        said.append(phrase("{share:.1%} resolved", share=chain.resolved.value))
    if (
        currency is not None
        and chain.cost_per_resolved is not None
        and chain.cost_per_resolved.value == chain.cost_per_resolved.value
    ):
        said.append(phrase("{cost} each", cost=format_money(chain.cost_per_resolved.value, currency)))
    return joined(said, ", ")


def _plain(text: str) -> str:
    """With an arrow that the font has."""
    return text.replace("→", "›")


def _names(order: Sequence[object]) -> Any:
    """Names from top to bottom in this order."""
    import altair as alt

    return alt.Y("name:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=420))


def _interval(estimate: Estimate | None) -> Mapping[str, Any] | None:
    if estimate is None:
        return None
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}
