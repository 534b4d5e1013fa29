"""How well contacts are handled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import phrase
from desireline.journeys.estimates import Estimate, count, journeys_of
from desireline.journeys.model import Result
from desireline.journeys.wording import field_text

if TYPE_CHECKING:
    import altair

ContactsBy = Literal["channel", "team", "agent", "touchpoint", "reason"]
TIMES: Mapping[str, str] = {
    "wait": phrase("wait"),
    "hold": phrase("hold"),
    "handle": phrase("handle time"),
    "response": phrase("time to an answer"),
    "response_open": phrase("time to an answer, open hours"),
}
"""What is measured of contacts, in seconds: the key in JSON, and what people read."""
_TIMED: Mapping[str, str] = {"wait": "waited", "handle": "handled"}
"""Of which times the journeys are found: what is true of their contacts."""
_DRAWN_GROUPS, _DRAWN_TIMES, _DRAWN_CHAINS, _WIDTH = 15, 8, 10, 520


@dataclass(frozen=True, slots=True)
class ContactTime:
    """One time of the contacts of a group.

    Attributes
    ----------
    name
        One of :data:`TIMES`.
    mean
        In seconds, over the contacts (of answers: over the answers) that have such a time.
    median_seconds
        The middle one; of two in the middle their mean. NaN of none.
    p90_seconds
        The smallest time that at least nine tenths do not exceed. NaN of none.
    """

    name: str
    mean: Estimate
    median_seconds: float
    p90_seconds: float

    def to_dict(self) -> dict[str, Any]:
        """``{"n", "mean_seconds", "low", "high", "median_seconds", "p90_seconds"}``."""
        return {
            "n": self.mean.n,
            "mean_seconds": self.mean.value,
            "low": self.mean.low,
            "high": self.mean.high,
            "median_seconds": self.median_seconds,
            "p90_seconds": self.p90_seconds,
        }


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """An outcome in the source's words, and its share of the contacts that name one."""

    outcome: str
    share: Estimate
    contacts: int


@dataclass(frozen=True, slots=True)
class ContactGroup:
    """The contacts of a channel, a team …, or all of them.

    Attributes
    ----------
    name
        ``None``: all, or those that name no team, agent or reason.
    contacts, customers
        How many, and of how many distinct customers.
    abandoned
        The share that nobody answered, for the customer gave up.
    resolved
        First contact resolution: the share that no other contact of the same customer followed within the repeat window, of those
        that were not abandoned and whose window is over.
    repeats
        How many were followed.
    median_repeat_seconds
        How long after the begin of a contact the next one began, of those that were followed; NaN of none.
    transferred
        The share that was transferred from one team to another, of the contacts of which that is known.
    changed_agent
        The share that went from one agent to another, of the contacts with a case that name an agent.
    times
        In the order of :data:`TIMES`.
    unanswered
        Contacts with a case at whose end the customer waits for an answer.
    outcomes
        The most frequent ones.
    """

    name: str | None
    contacts: int
    customers: int
    abandoned: Estimate
    resolved: Estimate
    repeats: int
    median_repeat_seconds: float
    transferred: Estimate
    changed_agent: Estimate
    times: tuple[ContactTime, ...]
    unanswered: int
    outcomes: tuple[OutcomeShare, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "name": self.name,
            "contacts": self.contacts,
            "customers": self.customers,
            "abandoned": _share(self.abandoned),
            "resolved": _share(self.resolved),
            "repeats": self.repeats,
            "median_repeat_seconds": self.median_repeat_seconds,
            "transferred": _share(self.transferred),
            "changed_agent": _share(self.changed_agent),
            "times": {each.name: each.to_dict() for each in self.times},
            "unanswered": self.unanswered,
            "outcomes": [
                {"outcome": each.outcome, "contacts": each.contacts, **_share(each.share)} for each in self.outcomes
            ],
        }


@dataclass(frozen=True, slots=True)
class TransferCount:
    """Contacts that changed the team so many times; the last number stands for that many and more."""

    transfers: int
    contacts: int


@dataclass(frozen=True, slots=True)
class TransferChain:
    """The teams that contacts went through, one after the other, and their share of all contacts that were transferred."""

    teams: tuple[str, ...]
    contacts: int
    customers: int
    share: Estimate

    @property
    def text(self) -> str:
        """The teams in a line."""
        return " → ".join(self.teams)


@dataclass(frozen=True, slots=True)
class Contacts(Result):
    """How well contacts are handled.

    Attributes
    ----------
    by, reason, within_seconds
        What was asked.
    transferred_to
        The field in which transfers are told; ``None``: none, they are changes of team within a case only.
    opening_hours
        Those of all calendars of the settings; ``None`` where there are none.
    abandoned, teams, weekday
        What was asked.
    total
        All contacts that are told of.
    groups
        Most contacts first, then by name.
    without_case
        Contacts that are one interaction without a case.
    not_over
        Contacts whose repeat window is not over at the end of the record; abandoned ones aside.
    without_reason
        Contacts without a reason, where one was asked for; abandoned ones aside.
    transfers
        The contacts of which transfers are known, by how many they have.
    total_chains, chains
        How many different ones, and the most frequent of them.
    """

    by: ContactsBy
    reason: str | None
    within_seconds: float
    transferred_to: str | None
    opening_hours: str | None
    abandoned: tuple[str, ...]
    teams: tuple[str, ...] | None
    total: ContactGroup
    groups: tuple[ContactGroup, ...]
    without_case: int
    not_over: int
    without_reason: int
    transfers: tuple[TransferCount, ...]
    total_chains: int
    chains: tuple[TransferChain, ...]
    weekday: str | None = None

    def label(self, group: ContactGroup) -> str:
        """What people read for a group."""
        return phrase("(no {field})", field=field_text(self.by)) if group.name is None else group.name

    def rows(self) -> list[dict[str, Any]]:
        """A row for each group, flat."""
        return [
            {
                self.by: group.name,
                "contacts": group.contacts,
                "customers": group.customers,
                **_prefixed("abandoned", group.abandoned),
                **_prefixed("resolved", group.resolved),
                "repeats": group.repeats,
                "median_repeat_seconds": group.median_repeat_seconds,
                **_prefixed("transferred", group.transferred),
                **_prefixed("changed_agent", group.changed_agent),
                **{
                    f"{each.name}_{key}": value
                    for each in group.times
                    for key, value in each.to_dict().items()
                    if key in ("n", "mean_seconds", "median_seconds", "p90_seconds")
                },
                "unanswered": group.unanswered,
            }
            for group in self.groups
        ]

    def to_dict(self) -> dict[str, Any]:
        """``{"by", "reason", "within_seconds", "transferred_to", "opening_hours", "abandoned", "teams", "weekday", "total", "groups", …, "chains"}``."""
        return {
            "by": self.by,
            "reason": self.reason,
            "within_seconds": self.within_seconds,
            "transferred_to": self.transferred_to,
            "opening_hours": self.opening_hours,
            "abandoned": list(self.abandoned),
            "teams": None if self.teams is None else list(self.teams),
            "weekday": self.weekday,
            "total": self.total.to_dict(),
            "groups": [group.to_dict() for group in self.groups],
            "without_case": self.without_case,
            "not_over": self.not_over,
            "without_reason": self.without_reason,
            "transfers": [{"transfers": each.transfers, "contacts": each.contacts} for each in self.transfers],
            "total_chains": self.total_chains,
            "chains": [
                {
                    "teams": list(each.teams),
                    "contacts": each.contacts,
                    "customers": each.customers,
                    **_share(each.share),
                }
                for each in self.chains
            ],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """What is measured of all contacts and of each group, and how many contacts there are."""
        named = [(None, self.total), *((self.label(group), group) for group in self.groups)]
        every = self._journeys("all")
        return (
            count(phrase("contacts"), self.total.contacts).opening(every, every),
            *(
                each if name is None else replace(each, name=phrase("{name}: {name_2}", name=each.name, name_2=name))
                for name, group in named
                for each in self._measured(group, is_total=name is None)
                if each.n
            ),
        )

    def _measured(self, group: ContactGroup, *, is_total: bool) -> tuple[Estimate, ...]:
        """The numbers of a group, with the journeys that they count."""
        value = None if is_total else group.name or ""
        timed = {name: (self._journeys(that, value),) * 2 for name, that in _TIMED.items()}
        return (
            group.resolved.opening(self._journeys("resolved", value), self._journeys("followed", value)),
            group.abandoned.opening(self._journeys("abandoned", value), self._journeys("all", value)),
            group.transferred.opening(self._journeys("transferred", value), self._journeys("traced", value)),
            group.changed_agent,
            *(time.mean.opening(*timed.get(time.name, ())) for time in group.times),
            *(outcome.share for outcome in group.outcomes),
        )

    def _journeys(self, that: str, value: str | None = None) -> str:
        """The journeys with contacts of which this is true, of the group with this name; of all with ``None``."""
        return journeys_of("contacts", that=that, by=self.by, **({} if value is None else {"value": value}))

    def chart(self) -> altair.VConcatChart:
        """First contact resolution by group; how long things take; what transferred contacts went through."""
        import altair as alt

        panels = [self._resolution()]
        if any(time.mean.n for group in self.groups for time in group.times):
            panels.append(self._durations())
        if self.chains:
            panels.append(self._transfers())
        found: altair.VConcatChart = alt.vconcat(*panels, spacing=34).resolve_scale(x="independent")
        return found

    def _resolution(self) -> Any:
        import altair as alt

        from desireline.base import format_seconds

        rows: list[dict[str, Any]] = [
            {
                "name": phrase("{name} (n = {n:,})", name=self.label(group), n=group.resolved.n),
                "value": group.resolved.value,
                "low": group.resolved.low,
                "high": group.resolved.high,
                "behind": self._journeys("resolved", group.name or ""),
            }
            for group in self.groups[:_DRAWN_GROUPS]
            if group.resolved.n
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(y=_names(rows))
        said = phrase("share of contacts")
        axis = alt.X("value:Q", title=said, axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1]))
        bars = base.mark_bar(height=16).encode(x=axis)
        intervals = base.mark_rule(color="#1c2733").encode(x=alt.X("low:Q", title=said), x2="high:Q")
        gave_up = round(self.total.abandoned.value * self.total.abandoned.n) if self.total.contacts else 0
        left_out = phrase(
            "of {contacts:,} contacts {left_out:,} are left out, for their window is not over, and {abandoned:,} that were abandoned"
            if gave_up
            else "of {contacts:,} contacts {left_out:,} are left out, for their window is not over",
            contacts=self.total.contacts,
            left_out=self.not_over,
            abandoned=gave_up,
        )
        window = format_seconds(self.within_seconds) if self.within_seconds else phrase("at the same moment")
        rule = phrase(
            "no further contact within {window}; lines are 95% intervals"
            if self.reason is None
            else "no further contact for the same {reason} within {window}; lines are 95% intervals",
            window=window,
            reason=field_text(self.reason or ""),
        )
        title = alt.TitleParams(
            phrase("First contact resolution by {by}", by=field_text(self.by)),
            subtitle=[rule, left_out],
            frame="group",
        )
        return (bars + intervals).properties(width=_WIDTH, height=alt.Step(24), title=title)

    def _durations(self) -> Any:
        import altair as alt

        rows: list[dict[str, Any]] = [
            {
                "name": phrase(
                    "{time}: {name} (n = {n:,})", time=TIMES[time.name], name=self.label(group), n=time.mean.n
                ),
                "median": time.median_seconds / 60,
                "p90": time.p90_seconds / 60,
                "mean": time.mean.value / 60,
                **self._timed(time, group),
            }
            for name in TIMES
            for group in self.groups[:_DRAWN_TIMES]
            for time in group.times
            if time.name == name and time.mean.n
        ]
        longest = max(max(row["p90"], row["mean"]) for row in rows)
        marks = [minutes for minutes in _MINUTES if minutes <= max(longest, 1) * 1.5]
        look: dict[str, Any] = {
            "scale": alt.Scale(type="symlog", constant=1, domain=[0, max(longest * 1.1, marks[-1])]),
            "axis": alt.Axis(values=marks, labelExpr=_MINUTE_LABELS),
            "title": phrase("time (logarithmic)"),
        }
        base = alt.Chart(alt.InlineData(values=rows)).encode(y=_names(rows))
        lines = base.mark_bar(height=4).encode(x=alt.X("median:Q", **look), x2="p90:Q")
        points = base.mark_point(filled=True, size=80, opacity=1).encode(x=alt.X("median:Q", **look))
        means = base.mark_tick(thickness=2, height=12, color="#1c2733").encode(x=alt.X("mean:Q", **look))
        title = alt.TitleParams(
            phrase("How long contacts take, by {by}", by=field_text(self.by)),
            subtitle=phrase("dot: median; line: to the time within which 90% are; upright: mean"),
            frame="group",
        )
        return (lines + points + means).properties(width=_WIDTH, height=alt.Step(22), title=title)

    def _timed(self, time: ContactTime, group: ContactGroup) -> dict[str, str]:
        """The journeys with contacts of a group that have a time, where these are found."""
        that = _TIMED.get(time.name)
        return {} if that is None else {"behind": self._journeys(that, group.name or "")}

    def _transfers(self) -> Any:
        import altair as alt

        rows: list[dict[str, Any]] = [
            {
                "name": " › ".join(each.teams),
                "contacts": each.contacts,
                "behind": journeys_of("contacts", by=self.by, path=each.teams),
            }
            for each in self.chains[:_DRAWN_CHAINS]
        ]
        base = alt.Chart(alt.InlineData(values=rows)).encode(
            y=_names(rows),
            x=alt.X("contacts:Q", title=phrase("contacts"), axis=alt.Axis(tickMinStep=1, format=",d")),
        )
        labels = base.mark_text(align="left", dx=4, color="#5b6875").encode(text=alt.Text("contacts:Q", format=",d"))
        share = self.total.transferred
        title = alt.TitleParams(
            phrase("What transferred contacts went through"),
            subtitle=[
                phrase(
                    "{transferred:,} were transferred, of {contacts:,} contacts of which that is known",
                    transferred=round(share.value * share.n),
                    contacts=share.n,
                ),
                phrase("{shown} of {chains:,} chains of teams", shown=len(rows), chains=self.total_chains),
            ],
            frame="group",
        )
        return (base.mark_bar(height=16) + labels).properties(width=_WIDTH, height=alt.Step(24), title=title)


def _names(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Names from top to bottom in the order of the rows."""
    import altair as alt

    order = [row["name"] for row in rows]
    return alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=420))


_MINUTES = (0, 0.5, 1, 2, 5, 10, 30, 60, 180, 600, 1440, 4320, 14400, 43200, 144000, 525600)
_MINUTE_LABELS = (
    "datum.value == 0 ? '0' : datum.value < 1 ? datum.value * 60 + ' s' : datum.value < 60 ? datum.value + ' min' : "
    "datum.value < 1440 ? datum.value / 60 + ' h' : datum.value / 1440 + ' d'"
)


def _share(estimate: Estimate) -> dict[str, Any]:
    return {"share": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}


def _prefixed(name: str, estimate: Estimate) -> dict[str, Any]:
    return {
        name: estimate.value,
        f"{name}_low": estimate.low,
        f"{name}_high": estimate.high,
        f"{name}_n": estimate.n,
    }
