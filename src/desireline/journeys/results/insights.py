"""The feed of findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import Phrase, format_seconds, joined, phrase
from desireline.journeys.estimates import journeys_of
from desireline.journeys.model import Result
from desireline.journeys.pictures.figures import share_text
from desireline.journeys.wording import value_text

if TYPE_CHECKING:
    import altair

Measure = Literal["level", "transition", "conversion", "wait", "score", "sentiment", "value"]
FindingKind = Measure | Literal["trend"]
SHARES: tuple[Measure, ...] = ("level", "transition", "conversion")
KIND_TEXTS: dict[FindingKind, Phrase] = {
    "level": phrase("level"),
    "transition": phrase("transition"),
    "conversion": phrase("conversion"),
    "wait": phrase("wait"),
    "score": phrase("score"),
    "sentiment": phrase("sentiment"),
    "value": phrase("value"),
    "trend": phrase("trend"),
}
"""What people read for a kind of finding."""


@dataclass(frozen=True, slots=True)
class Trend:
    """By how much a share or a mean rises in a week; negative where it falls. ``low``, ``high``: the 95% interval."""

    slope: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """``{"slope", "interval"}``."""
        return {"slope": self.slope, "interval": [self.low, self.high]}


@dataclass(frozen=True, slots=True)
class Finding:
    """One event: a share or a mean that is another in a stretch of days, or that rises or falls evenly.

    Attributes
    ----------
    kind
        ``level``: share of the customers active on a day who were at a touchpoint. ``transition``: share of the interactions at
        a touchpoint that another one directly follows within a day. ``conversion``: share of the journeys of a definition that begin on a day that
        come to their goal. ``wait``, ``score``, ``sentiment``, ``value``: a mean at a touchpoint. ``trend``: one of these, slowly changing.
    subject
        The touchpoint; of a transition "A → B"; of a conversion the id of the definition.
    segment
        Attribute and value; ``None``: everybody.
    first_day, last_day
        Both included, in the time zone of the workspace. ``is_over`` says whether the record goes on after it. Of a trend all days.
    before, after
        The share (0 to 1) or mean outside of the stretch, and in it; of a trend at its beginning and at its end.
    low, high
        95% interval of the difference ``after - before``.
    n
        Units in the stretch: days of customers, interactions, values.
    confidence
        One minus the chance of such a difference in any of all series and stretches that were looked at, where nothing changed.
    text
        The finding in a sentence.
    also
        The same event in other numbers, as sentences, strongest first.
    trend
        How fast; ``None`` where it is none.
    measure_of_trend
        What a trend is of.
    """

    kind: FindingKind
    subject: str
    segment: tuple[str, str] | None
    first_day: date
    last_day: date
    is_over: bool
    before: float
    after: float
    low: float
    high: float
    n: int
    confidence: float
    text: str
    also: tuple[str, ...] = ()
    trend: Trend | None = None
    measure_of_trend: Measure | None = None

    @property
    def measure(self) -> Measure:
        """What changed, be it slowly or not."""
        if self.kind == "trend":
            assert self.measure_of_trend is not None
            return self.measure_of_trend
        return self.kind

    @property
    def is_share(self) -> bool:
        """Whether before and after are shares."""
        return self.measure in SHARES

    def confidence_text(self) -> str:
        """The confidence for people; never "100 %"."""
        return phrase("{share:.1%}" if self.confidence < 0.999 else "above 99.9%", share=self.confidence)

    def size_text(self) -> str:
        """Before and after for people, in few characters."""
        if self.is_share:
            return joined((share_text(self.before), share_text(self.after)), " › ")
        if self.measure == "wait":
            return joined((format_seconds(self.before), format_seconds(self.after)), " › ")
        return phrase("{before:,.2f} › {after:,.2f}", before=self.before, after=self.after)

    def command(self, journey: str | None = None) -> list[str]:
        """The command that shows what is behind it, without the workspace: what follows the touchpoint in these days.

        Of a wait how long contacts waited, by the touchpoint with which they begin; of a conversion how the journeys ended. Of the customers of
        the segment; on a weekday every path or contact that begins on one. Of journeys that begin on a weekday: those of all weekdays.

        Parameters
        ----------
        journey
            The journeys that were looked at; the command then shows those that begin in these days.
        """
        period = ["--period", f"{self.first_day.isoformat()}..{self.last_day.isoformat()}"]
        command = ["desireline", "journeys", *self._question(journey), *period]
        if self.segment is None:
            return command
        name, value = self.segment
        if name != "weekday":
            return [*command, "--segment", f"{name} = '{value.replace(chr(39), 2 * chr(39))}'"]
        if journey is not None or self.measure == "conversion":
            return command
        every = [] if self.measure == "wait" else ["--anchor", "every"]
        return [*command, *every, "--weekday", value]

    def _question(self, journey: str | None) -> list[str]:
        touchpoint = self.subject.split(" → ")[0]
        if self.measure == "conversion":
            return ["outcomes", "--journey", self.subject]
        spans = [] if journey is None else ["--journey", journey]
        if self.measure == "wait":
            return ["contacts", *spans, "--by", "touchpoint"]
        return ["paths", touchpoint, *(spans or ["--span", "session", "--gap", "1d"])]

    def to_dict(self) -> dict[str, Any]:
        """``{"kind", "measure", "subject", "segment", "from", "to", "before", "after", "interval", "n", "confidence", "text", "also", "trend"}``."""
        return {
            "kind": self.kind,
            "measure": self.measure,
            "subject": self.subject,
            "segment": None if self.segment is None else {self.segment[0].removeprefix("attributes."): self.segment[1]},
            "from": self.first_day.isoformat(),
            "to": self.last_day.isoformat() if self.is_over else None,
            "before": self.before,
            "after": self.after,
            "interval": [self.low, self.high],
            "n": self.n,
            "confidence": self.confidence,
            "text": self.text,
            "also": list(self.also),
            "trend": None if self.trend is None else self.trend.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Insights(Result):
    """The findings, strongest first.

    Attributes
    ----------
    days
        How many days were looked at.
    series
        How many series of days were looked at.
    first_day
        The first of them; ``None`` where there is no interaction.
    timezone
        By whose clock days begin.
    journey
        The id of the definition whose journeys were looked at; ``None``: everything that customers did.
    """

    days: int
    series: int
    findings: tuple[Finding, ...]
    first_day: date | None = None
    timezone: str = "UTC"
    journey: str | None = None

    def rows(self) -> list[dict[str, Any]]:
        """A row for each finding."""
        return [each.to_dict() for each in self.findings]

    def to_dict(self) -> dict[str, Any]:
        """``{"days", "timezone", "journey", "series", "findings": [...]}``."""
        return {
            "days": self.days,
            "timezone": self.timezone,
            "journey": self.journey,
            "series": self.series,
            "findings": self.rows(),
        }

    def chart(self) -> altair.LayerChart:
        """Each finding as a bar along time."""
        import altair as alt

        one_day = timedelta(days=1)
        rows = [
            {
                "finding": _label(number, each),
                "from": each.first_day.isoformat(),
                "to": (each.last_day + one_day).isoformat(),
                "kind": KIND_TEXTS[each.kind],
                "size": each.size_text(),
                "text": each.text,
                "behind": _journeys(each),
            }
            for number, each in enumerate(self.findings, start=1)
        ]
        looked = phrase(
            "{series:,} series of {days} day" if self.days == 1 else "{series:,} series of {days} days",
            series=self.series,
            days=self.days,
        )
        if self.journey is not None:
            looked = phrase("{series} in journeys {journey}", series=looked, journey=self.journey)
        has_trend = any(each.trend for each in self.findings)
        title = alt.TitleParams(
            phrase("What is new"),
            subtitle=joined(
                (
                    phrase(
                        "1 finding in {series}" if len(rows) == 1 else "{count} findings in {series}",
                        count=len(rows),
                        series=looked,
                    ),
                    phrase("other days › these days"),
                    *([phrase("of a trend beginning › end")] if has_trend else []),
                ),
                "; ",
            ),
        )
        start = self.first_day or date(1970, 1, 1)
        ends = [{"from": day.isoformat()} for day in (start, start + self.days * one_day)]
        whole = alt.Chart(alt.Data(values=ends)).mark_point(opacity=0).encode(x="from:T")
        base = alt.Chart(alt.Data(values=rows)).encode(
            y=alt.Y("finding:N", sort=[row["finding"] for row in rows], title=None, axis=alt.Axis(labelLimit=420))
        )
        bars = base.mark_bar(height=12, cornerRadius=1).encode(
            x=alt.X(
                "from:T",
                title=phrase("day ({zone})", zone=self.timezone),
                axis=alt.Axis(format=phrase("%d %b %Y")),
                scale=alt.Scale(nice=False),
            ),
            x2="to:T",
            color=alt.Color("kind:N", title=None, legend=alt.Legend(orient="bottom")),
            tooltip="text:N",
        )
        sizes = base.mark_text(align="left").encode(x=alt.value(568), text="size:N")
        drawn: alt.LayerChart = alt.layer(*[whole] * bool(rows), bars, sizes).properties(
            width=560, height=alt.Step(24), title=title
        )
        return drawn


def _journeys(finding: Finding) -> str:
    """All journeys that the number of a finding is of."""
    said = {"first": finding.first_day.isoformat()}
    if finding.is_over:
        said["last"] = finding.last_day.isoformat()
    if finding.segment is not None:
        field, value = finding.segment
        said |= {"field": field.removeprefix("attributes."), "value": value}
    return journeys_of("change", measure=finding.measure, subject=finding.subject, **said)


def _label(number: int, finding: Finding) -> Phrase:
    if finding.segment is None:
        return phrase("{number}. {subject}", number=number, subject=finding.subject)
    segment = value_text(*finding.segment)
    return phrase("{number}. {subject} ({segment})", number=number, subject=finding.subject, segment=segment)
