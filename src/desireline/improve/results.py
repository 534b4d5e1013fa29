"""Opportunities and tasks as answers: tables, JSON, the matrix."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from desireline.improve.ranking import Ranked
from desireline.improve.scoring import ScoreSettings
from desireline.improve.tasks import TaskAtHand

if TYPE_CHECKING:
    import altair

_QUADRANTS = (("quick win", 1, 5), ("big bet", 5, 5), ("fill-in", 1, 1), ("think twice", 5, 1))
_SIDE = 520
_LONGEST = 34


@dataclass(frozen=True, slots=True)
class Opportunities:
    """The opportunities of a workspace or of a map, ranked."""

    ranked: tuple[Ranked, ...]
    settings: ScoreSettings

    def to_dict(self) -> dict[str, Any]:
        """``{"score", "opportunities": [...]}``, strongest first."""
        return {"score": self.settings.formula, "opportunities": [_entry(each) for each in self.ranked]}

    def chart(self) -> altair.LayerChart:
        """The matrix: value against effort, parted at 3; larger where there is more evidence. Without both figures: not drawn."""
        import altair as alt

        rows = [row for row in map(_point, self.ranked) if row is not None]
        scale = alt.Scale(domain=[0.6, 5.4], nice=False)
        base = alt.Chart(alt.Data(values=_spread(rows)))
        axes = {
            "x": alt.X(
                "effort:Q",
                scale=scale,
                title="Effort, 1 to 5",
                axis=alt.Axis(values=[1, 2, 3, 4, 5], grid=False, format="d"),
            ),
            "y": alt.Y(
                "value:Q",
                scale=scale,
                title="Value for customers and business, 1 to 5",
                axis=alt.Axis(values=[1, 2, 3, 4, 5], grid=False, format="d"),
            ),
        }
        size = alt.Size(
            "evidence:Q",
            title="Pieces of evidence",
            legend=alt.Legend(orient="bottom", values=[0, 1, 2, 4]),
            scale=alt.Scale(domain=[0, max([4, *(row["evidence"] for row in rows)])], range=[70, 500]),
        )
        points = base.mark_circle(opacity=0.85).encode(**axes, size=size, tooltip=["title:N", "evidence:Q"])
        labels = [
            base.transform_filter(side)
            .mark_text(align=align, dx=dx, dy=alt.expr("datum.dy"), fontSize=11)
            .encode(**axes, text="label:N")
            for side, align, dx in (("datum.effort <= 3", "left", 12), ("datum.effort > 3", "right", -12))
        ]
        middle = alt.Chart(alt.Data(values=[{"at": 3}])).mark_rule(strokeDash=[4, 4], opacity=0.6)
        corners = [
            {"effort": x, "value": 5.3 if y == 5 else 0.7, "text": text, "side": "left" if x == 1 else "right"}
            for text, x, y in _QUADRANTS
        ]
        return alt.layer(
            middle.encode(x=alt.X("at:Q", scale=scale)),
            middle.encode(y=alt.Y("at:Q", scale=scale)),
            *(_corner(each, axes) for each in corners),
            points,
            *labels,
        ).properties(width=_SIDE, height=_SIDE, title={"text": "Opportunities", "subtitle": self._counted(len(rows))})

    def _counted(self, drawn: int) -> str:
        missing = len(self.ranked) - drawn
        without = f"; {missing} without value or effort not drawn" if missing else ""
        return f"n = {drawn}, as people rated them{without}"


@dataclass(frozen=True, slots=True)
class Board:
    """The tasks of a workspace or of a map, by department."""

    tasks: tuple[TaskAtHand, ...]

    def to_dict(self) -> dict[str, Any]:
        """``{"tasks": [...]}``, by department, then by day."""
        return {
            "tasks": [
                {
                    "id": each.task.id,
                    "title": each.task.title,
                    "department": each.department,
                    "owner": each.task.owner.name if each.task.owner else None,
                    "due": each.task.due.isoformat() if each.task.due else None,
                    "kpi": each.task.kpi,
                    "status": each.task.status,
                    "late": each.late,
                    "solution": each.solution.id,
                    "opportunity": each.opportunity.id,
                }
                for each in self.tasks
            ]
        }


def _entry(each: Ranked) -> dict[str, Any]:
    opportunity = each.opportunity
    figures = ("customer_value", "business_value", "effort", "reach", "impact", "confidence", "ease", "person_months")
    return {
        "rank": each.rank,
        "id": opportunity.id,
        "title": opportunity.title,
        "score": each.score.value,
        "missing": list(each.score.missing),
        **{name: getattr(opportunity, name) for name in figures},
        "quadrant": each.quadrant,
        "status": opportunity.status,
        "owner": opportunity.owner.name if opportunity.owner else None,
        "evidence": each.evidence,
        "kinds_of_evidence": each.sources,
        "maps": list(each.maps),
        "pains": [asdict(pain) for pain in each.pains],
        "metrics": list(opportunity.metrics),
        "solutions": [
            {"id": one.id, "title": one.title, "status": one.status, "tasks": len(one.tasks)}
            for one in opportunity.solutions
        ],
    }


def _point(each: Ranked) -> dict[str, Any] | None:
    opportunity = each.opportunity
    customer, business, effort = opportunity.customer_value, opportunity.business_value, opportunity.effort
    if customer is None or business is None or effort is None:
        return None
    title = opportunity.title
    short = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
    label = f"{each.rank}. {short}" if each.rank else short
    return {
        "title": title,
        "label": label,
        "effort": effort,
        "value": (customer + business) / 2,
        "evidence": each.evidence,
    }


def _spread(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Labels of opportunities at one point stand below each other."""
    seen: dict[tuple[float, float], int] = {}
    for row in rows:
        at = (round(row["effort"] * 2) / 2, round(row["value"] * 4) / 4)
        row["dy"] = 14 * seen.get(at, 0)
        seen[at] = seen.get(at, 0) + 1
    return rows


def _corner(each: dict[str, Any], axes: dict[str, Any]) -> Any:
    import altair as alt

    place = alt.Chart(alt.Data(values=[{**each, "effort": 0.68 if each["side"] == "left" else 5.32}]))
    return place.mark_text(align=each["side"], fontSize=12, fontWeight="bold", opacity=0.55).encode(
        **axes, text="text:N"
    )
