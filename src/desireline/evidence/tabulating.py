"""What was measured along a map as a table: one row a step, for spreadsheets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from desireline.base import phrase, tell
from desireline.evidence.lane_results import MapMeasures, StepReading
from desireline.evidence.results import StepCheck, StepFact
from desireline.journeys.definitions import JourneyDefinition
from desireline.journeys.estimates import Estimate
from desireline.journeys.selection import Selection, text_of
from desireline.journeys.tabulating import csv_of
from desireline.maps import JourneyMap

TABLES = (".csv", ".xlsx")
"""The endings of the formats that a table of measured values can have."""
_FACTS: tuple[StepFact, ...] = ("reached", "left", "skipped", "repeated", "out_of_order", "open")
_SHARE = "_share"
_WIDE = frozenset({"name", "phase", "segment", "where", "field", "value", "about"})
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """Rows of steps, and what all of them are about.

    Attributes
    ----------
    about
        By name: the map, the period, which customers and journeys.
    rows
        A row a step, in the order of the map; for each persona that was asked for once more.
    """

    about: Mapping[str, Any]
    rows: tuple[Row, ...]

    def csv(self) -> bytes:
        """Every row begins with what all are about: a sheet of CSV has no other place for it."""
        return csv_of([{**self.about, **row} for row in self.rows])

    def xlsx(self) -> bytes:
        """A workbook: the steps, and on a second sheet what they are about. Nothing in it is a formula."""
        import xlsxwriter

        stream = BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "share": book.add_format({"num_format": "0.0%"}),
        }
        about = [{"field": name, "value": value} for name, value in self.about.items()]
        _sheet(book, tell(phrase("Measured")), self.rows, formats)
        _sheet(book, tell(phrase("About")), about, formats)
        book.close()
        return stream.getvalue()

    def written(self, ending: str) -> bytes:
        """In the format of an ending, one of :data:`TABLES`."""
        return self.xlsx() if ending == ".xlsx" else self.csv()


def measured_table(found: MapMeasures, subject: JourneyMap, asked: Selection, *, company: str = "") -> MeasuredTable:
    """What was measured at the steps of a map, with units, intervals and n.

    Parameters
    ----------
    asked
        The customers and journeys that it was measured of.
    company
        The name of the workspace.
    """
    rows = list(_rows(found, subject))
    if found.personas:
        rows = [{"persona": "", **row} for row in rows]
        for each in found.personas:
            rows += [{"persona": each.name, **row} for row in _rows(each.measures, subject)]
    return MeasuredTable(_about(found, subject, asked, company), tuple(rows))


def _about(found: MapMeasures, subject: JourneyMap, asked: Selection, company: str) -> dict[str, Any]:
    check = found.check
    return {
        "workspace": company,
        "map": subject.title,
        "period": str(asked.period or tell(phrase("all of the data"))),
        "first_day": None if check.first is None else check.first.isoformat(),
        "last_day": None if check.last is None else check.last.isoformat(),
        "segment": text_of(asked.segment) or tell(phrase("all customers")),
        "where": text_of(asked.where),
        "journey": asked.journey.name if isinstance(asked.journey, JourneyDefinition) else asked.journey,
        "journeys": check.figures.journeys,
    }


def _rows(found: MapMeasures, subject: JourneyMap) -> Iterator[Row]:
    phases = {step.id: phase.name for phase in subject.phases for step in phase.steps}
    for step in found.check.steps:
        yield {
            "phase": phases.get(step.id),
            "step": step.id,
            "name": step.name,
            "optional": step.optional,
            "binding": step.binding.state,
            "interactions": None if step.counts is None else step.counts.interactions,
            **_facts(step),
            **_time(step),
            **_lane(found, step),
            **_metrics(found.metrics, step),
        }


def _facts(step: StepCheck) -> Row:
    told: Row = {}
    for fact in _FACTS:
        told[fact] = None if step.counts is None else getattr(step.counts, fact)
        if fact == "open":
            continue
        estimate = step.share(fact)
        for ending, value in (("", estimate.value), ("_low", estimate.low), ("_high", estimate.high)):
            told[f"{fact}{_SHARE}{ending}"] = value
    return told


def _time(step: StepCheck) -> Row:
    value, low, high = (math.nan,) * 3 if step.counts is None else step.counts.median
    is_there = not math.isnan(value)
    return {
        "median_time_from_previous": value,
        "median_time_low": low,
        "median_time_high": high,
        "median_time_n": step.counts.median_n if step.counts is not None and is_there else None,
        "median_time_unit": "seconds" if is_there else None,
    }


def _lane(found: MapMeasures, step: StepCheck) -> Row:
    lane = found.lane(step.id)
    values: dict[str, Estimate | None] = dict.fromkeys(("emotion", "effort", "sentiment", "cost"))
    if lane is not None:
        values |= {"effort": lane.effort, "sentiment": lane.sentiment, "cost": lane.cost}
        values["emotion"] = found.feeling(lane)
    told: Row = {}
    for name, estimate in values.items():
        told |= _numbers(name, estimate if estimate is not None and estimate.n else None)
    told["emotion_by"] = found.emotion
    told["cost_unit"] = found.lanes.currency
    return told


def _numbers(name: str, estimate: Estimate | None) -> Row:
    if estimate is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None, f"{name}_n": None}
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high, f"{name}_n": estimate.n}


def _metrics(readings: Sequence[StepReading], step: StepCheck) -> Row:
    """Columns for each metric of the map, filled at the steps where it is placed."""
    told: Row = {}
    for name in dict.fromkeys(each.reading.name for each in readings):
        found = next((each.reading for each in readings if each.step == step.id and each.reading.name == name), None)
        measure = None if found is None else found.measure
        told |= {
            name: None if measure is None else measure.value,
            f"{name}: low": None if measure is None else measure.low,
            f"{name}: high": None if measure is None else measure.high,
            f"{name}: n": None if measure is None else measure.n,
            f"{name}: unit": None if measure is None else measure.unit,
            f"{name}: target": None if found is None else found.target,
            f"{name}: health": None if found is None else found.health,
        }
    return told


def _sheet(book: Any, name: str, rows: Sequence[Mapping[str, Any]], formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(dict.fromkeys(key for row in rows for key in row)):
        sheet.write_string(0, place, column, formats["head"])
        sheet.set_column(place, place, 28 if column in _WIDE else max(12, min(len(column) + 2, 26)))
        for line, row in enumerate(rows, start=1):
            _write(sheet, line, place, row.get(column), formats["share"] if _SHARE in column else None)


def _write(sheet: Any, line: int, place: int, value: Any, form: Any) -> None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, form)
    else:
        sheet.write_string(line, place, tell(value) if isinstance(value, str) else str(value))
