"""Which touchpoints get the credit for conversions, by seven models side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from desireline.base import Phrase, format_seconds, phrase
from desireline.journeys.estimates import Estimate, journeys_of, share
from desireline.journeys.model import FlowBy, Result
from desireline.journeys.wording import any_of

if TYPE_CHECKING:
    import altair

ModelName = Literal["first", "last", "linear", "time_decay", "position", "markov", "shapley"]
OTHERS = phrase("all others")
_SHOWN = 20
T_OF_GROUPS = 2.131449545559323
"""Student's t for a 95% interval with 15 degrees of freedom: sixteen groups of customers."""


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """A rule for dividing credit: its name in columns and JSON, its title, and what it assumes in one sentence."""

    name: ModelName
    title: str
    assumes: str


MODELS = (
    AttributionModel(
        "first", phrase("first"), "What began the journey made the conversion, and nothing after it counts."
    ),
    AttributionModel(
        "last", phrase("last"), "What came directly before made the conversion, and nothing earlier counts."
    ),
    AttributionModel("linear", phrase("linear"), "Every interaction on the way counts the same."),
    AttributionModel(
        "time_decay", phrase("time decay"), "The nearer to the conversion, the more an interaction counts."
    ),
    AttributionModel(
        "position", phrase("position"), "Beginning and end count 40% each, all between them 20% together."
    ),
    AttributionModel(
        "markov",
        "Markov",
        "People go on from where they are, whatever came before; what counts is how many would not have converted without it.",
    ),
    AttributionModel(
        "shapley", "Shapley", "Whatever was on the way had an equal part in it, however often and in whatever order."
    ),
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What one model gives a touchpoint: conversions, and their share of all that are attributed.

    ``low`` and ``high``: 95% interval of the share; NaN where there are too few customers to tell.
    """

    model: ModelName
    conversions: float
    share: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """``{"conversions", "share", "low", "high"}``."""
        return {"conversions": self.conversions, "share": self.share, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Attributed:
    """A touchpoint (or channel) with what each model gives it.

    Attributes
    ----------
    journeys
        In how many journeys it occurs, those without a conversion included.
    converting
        In how many that led to a conversion.
    credits
        In the order of :data:`MODELS`.
    """

    name: str
    journeys: int
    converting: int
    credits: tuple[Credit, ...]

    def credit(self, model: ModelName) -> Credit:
        """What one model gives it."""
        return next(each for each in self.credits if each.model == model)

    @property
    def conversion(self) -> Estimate:
        """The share of its journeys that led to a conversion."""
        return share(phrase("journeys with {name} that convert", name=self.name), self.converting, self.journeys)


@dataclass(frozen=True, slots=True)
class Attribution(Result):
    """Conversions credited to what came before them. Most credit by the Markov model first, then by name.

    Attributes
    ----------
    outcomes
        The touchpoints that are conversions.
    by
        What gets the credit: touchpoints or channels.
    lookback_seconds, half_life_seconds
        How long before a conversion an interaction counts; after how long its weight has halved (time decay).
    conversions
        All of them.
    unattributed
        Conversions with nothing before them: no model can give these to anything.
    journeys
        Those that led to a conversion, with something before it, and those that did not.
    touched
        The credits of every model add up to ``conversions - unattributed``.
    lumped
        How many touchpoints with little credit are one row, "all others".
    """

    outcomes: tuple[str, ...]
    by: FlowBy
    lookback_seconds: float
    half_life_seconds: float
    conversions: int
    unattributed: int
    journeys: int
    touched: tuple[Attributed, ...]
    lumped: int = 0

    @property
    def attributed(self) -> int:
        """Conversions with something before them."""
        return self.conversions - self.unattributed

    @property
    def conversion(self) -> Estimate:
        """The share of journeys that led to a conversion."""
        return share(phrase("journeys that convert"), self.attributed, self.journeys)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each touchpoint; each model has four columns, such as ``linear``, ``linear_share``, ``_low``, ``_high``."""
        return [self._row(each) for each in self.touched]

    def to_dict(self) -> dict[str, Any]:
        """``{"outcomes", "by", …, "models": [{"name", "assumes"}], "touchpoints": [{"name", …, "credits": {model: {…}}}]}``."""
        return {
            "outcomes": list(self.outcomes),
            "by": self.by,
            "lookback_seconds": self.lookback_seconds,
            "half_life_seconds": self.half_life_seconds,
            "conversions": self.conversions,
            "unattributed": self.unattributed,
            "journeys": self.journeys,
            "conversion": self.conversion.to_dict(),
            "lumped": self.lumped,
            "models": [{"name": each.name, "assumes": each.assumes} for each in MODELS],
            f"{self.by}s": [
                {
                    "name": each.name,
                    "journeys": each.journeys,
                    "converting": each.converting,
                    "credits": {credit.model: credit.to_dict() for credit in each.credits},
                }
                for each in self.touched
            ],
        }

    def estimates(self) -> tuple[Estimate, ...]:
        """Which share of journeys converts, in all and with each touchpoint, and the credit of each by the Markov model."""
        found = [self.conversion.opening(journeys_of("credit", converting=True), journeys_of("credit"))]
        for each in self.touched:
            having = journeys_of("credit", name=each.name)
            converting = journeys_of("credit", name=each.name, converting=True)
            found += [each.conversion.opening(converting, having), self._estimate(each.name, each.credit("markov"))]
        return tuple(found)

    def chart(self) -> altair.HConcatChart:
        """A column of bars for each model, touchpoint beside touchpoint, with intervals and numbers."""
        import altair

        columns = [self._column(model, has_names=place == 0) for place, model in enumerate(MODELS)]
        title = altair.Title(
            phrase("What led to {outcomes}", outcomes=any_of(self.outcomes)), subtitle=self._subtitle()
        )
        resolve = altair.Resolve(scale={"x": "shared"})
        return altair.HConcatChart(hconcat=columns, spacing=14, title=title, resolve=resolve)

    def _column(self, model: AttributionModel, *, has_names: bool) -> altair.LayerChart:
        import altair

        shown = self.touched[:_SHOWN]
        points = [
            {"name": each.name, **each.credit(model.name).to_dict(), **self._credited(each, model)} for each in shown
        ]
        data = altair.InlineData(values=[{key: _json(value) for key, value in point.items()} for point in points])
        names = altair.Axis(ticks=False, domain=False) if has_names else None
        percent = altair.Axis(format="%", tickCount=3, orient="bottom")
        base = altair.Chart(
            data, title=altair.Title(model.title, anchor="start", frame="group", fontSize=12, offset=4)
        ).encode(y=altair.Y("name:N", sort=[each.name for each in shown], title=None, axis=names))
        share = altair.X("share:Q", title=None, axis=percent)
        bars = base.mark_bar(height={"band": 0.62}).encode(x=share)
        whiskers = base.mark_rule(strokeWidth=2.5, opacity=0.45, color="black").encode(x="low:Q", x2="high:Q")
        far_end = altair.expr.max(altair.datum.high, altair.datum.share)
        numbers = (
            base.transform_calculate(end=far_end)
            .transform_filter("isValid(datum.share)")
            .mark_text(align="left", dx=4, fontSize=10)
            .encode(x="end:Q", text=altair.Text("share:Q", format=".1%"))
        )
        return altair.LayerChart(layer=[bars, whiskers, numbers]).properties(width=100, height=altair.Step(22))

    def _credited(self, each: Attributed, model: AttributionModel) -> dict[str, str]:
        """The journeys with the credit of a model; those of many touchpoints together are not found."""
        if self.lumped and each is self.touched[-1]:
            return {}
        return {"behind": journeys_of("credit", name=each.name, model=model.name)}

    def _subtitle(self) -> list[Phrase]:
        lines = [
            phrase(
                "Shares of {conversions:,} conversions (of {journeys:,} journeys) credited to what came up to {time} before, "
                "by seven models. Lines: 95% intervals.",
                conversions=self.attributed,
                journeys=self.journeys,
                time=format_seconds(self.lookback_seconds),
            )
        ]
        if self.unattributed:
            lines.append(phrase("{more:,} more conversions had nothing before them.", more=self.unattributed))
        if len(self.touched) > _SHOWN:
            said = phrase(
                "The {shown} channels with most credit (Markov) of {all:,}."
                if self.by == "channel"
                else "The {shown} touchpoints with most credit (Markov) of {all:,}.",
                shown=_SHOWN,
                all=len(self.touched) + self.lumped,
            )
            lines.append(said)
        return [*lines, phrase("Credit is association, not cause.")]

    def _row(self, each: Attributed) -> dict[str, Any]:
        row: dict[str, Any] = {self.by: each.name, "journeys": each.journeys, "converting": each.converting}
        for credit in each.credits:
            row[credit.model] = credit.conversions
            row |= {f"{credit.model}_{key}": value for key, value in credit.to_dict().items() if key != "conversions"}
        return row

    def _estimate(self, name: str, credit: Credit) -> Estimate:
        """The credit per conversion as a mean; its deviation is what the interval says."""
        error = max(credit.high - credit.share, credit.share - credit.low) / T_OF_GROUPS
        deviation = error * math.sqrt(self.attributed)
        return Estimate(
            phrase("credit of {name} (Markov)", name=name),
            "mean",
            credit.share,
            self.attributed,
            credit.low,
            credit.high,
            "of a conversion",
            deviation,
        )


def _json(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
