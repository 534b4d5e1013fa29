"""CSV and XLSX: one row for each step and lane. XLSX has further sheets for the steps and for what belongs to the whole map."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from desireline.base import InputError, phrase
from desireline.maps.document import Document
from desireline.maps.formats.losses import Loss, Read, Written, claims_in, losses
from desireline.maps.formats.rows import COLUMNS, check_columns, completed, rows_of, tree_of
from desireline.maps.model import LANE_ROLES, JourneyMap

Lines = Sequence[Sequence[Any]]
"""The cells of a sheet, line by line."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_IN_ROWS = frozenset(
    {
        "evidence",
        "sources, quotes and days of evidence",
        "addresses of evidence",
        "confidence of claims",
        "reviews of claims",
        "links to opportunities",
        "cells over several steps",
        "emotion values",
        "emotion words",
        "tension values",
        "touchpoints",
        "channels",
        "pictures",
        "lanes for one persona",
        "emotion lines of the future",
        *(claims_in(role) for role in LANE_ROLES),
    }
)
_STEP_FIELDS = ("summary", "optional", "next", "moment_of_truth", "binding", "metrics", "map")
_ELSEWHERE = frozenset({"phases", "lanes"})
_LONGEST_CELL = 32_767
_WIDTHS = {"claims": 60, "step": 28, "phase": 20, "lane": 24, "touchpoints": 34, "details": 20}


def write_csv(subject: JourneyMap, document: Document) -> Written:
    """The rows as CSV in UTF-8; texts that a spreadsheet would take for formulas have an apostrophe before them."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows_of(document.tree):
        writer.writerow({key: _neutral(value) for key, value in row.items()})
    return Written(("\ufeff" + written.getvalue()).encode(), losses(subject, held=_IN_ROWS))


def read_csv(content: bytes, *, title: str, of: bytes | None = None) -> Read:
    """A map from CSV; ``title`` is used, for the rows have none.

    Parameters
    ----------
    of
        What :func:`write_csv` made of the map that the table is of: what the table does not say is taken from there.

    Raises
    ------
    InputError
        It is no UTF-8, no table with a column ``step``, or rows of it cannot be understood.
    """
    return Read(_tree(_csv_lines(content), title=title, of=None if of is None else _csv_lines(of)))


def _csv_lines(content: bytes) -> Lines:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            phrase("expected UTF-8 text, got another encoding at byte {start}", start=error.start),
            hint=phrase("save it as CSV UTF-8"),
        ) from error
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise InputError(phrase("the table is no valid CSV: {error}", error=error)) from error
    return [[_meant(cell) for cell in line] for line in lines]


def write_xlsx(subject: JourneyMap, document: Document) -> Written:
    """A workbook: the rows, the steps with bindings and branches, the fields of the map. Nothing in it is a formula.

    Pictures that are part of the map and too long for a cell of a workbook are left out.
    """
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": subject.title[:255]})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    rows = [dict(row) for row in rows_of(document.tree)]
    left_out = [row for row in rows if len(str(row.get("picture", ""))) > _LONGEST_CELL]
    for row in left_out:
        row["picture"] = ""
    _sheet(book, "Journey", COLUMNS, [[row.get(key, "") for key in COLUMNS] for row in rows], head, body)
    _sheet(book, "Steps", ("id", "name", *_STEP_FIELDS), list(_step_rows(document.tree)), head, body)
    _sheet(book, "Map", ("field", "value"), list(_field_rows(document.tree)), head, body)
    book.close()
    return Written(stream.getvalue(), (Loss("pictures", len(left_out)),) if left_out else ())


def read_xlsx(content: bytes, *, title: str, of: bytes | None = None) -> Read:
    """A map from a workbook: from the sheet Journey (else the first one), and Steps and Map where they are.

    Parameters
    ----------
    of
        What :func:`write_xlsx` made of the map that the workbook is of: what the workbook does not say is taken from there.

    Raises
    ------
    InputError
        It is no workbook, or a sheet of it cannot be understood.
    """
    sheets, known = _sheets(content), {} if of is None else _sheets(of)
    rows = sheets.get("Journey") or next(iter(sheets.values()))
    tree = _tree(rows, title=title, of=known.get("Journey"))
    _take_steps(tree, known.get("Steps") or [])
    _take_steps(tree, sheets.get("Steps") or [])
    return Read(_take_fields(tree, sheets.get("Map") or known.get("Map") or []))


def _sheets(content: bytes) -> dict[str, Lines]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        found: dict[str, Lines] = {
            name: [[_plain(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(phrase("the workbook cannot be read: {error}", error=error)) from error
    if not found:
        raise InputError(phrase("the workbook has no sheet"))
    return found


def _tree(lines: Lines, *, title: str, of: Lines | None = None) -> dict[str, Any]:
    header = [str(name).strip().casefold().replace(" ", "_") for name in lines[0]] if lines else []
    check_columns(header)
    rows = [{key: value for key, value in zip(header, line, strict=False) if key} for line in lines[1:]]
    if of is not None:
        known = [dict(zip(COLUMNS, line, strict=False)) for line in of[1:]]
        rows = completed(rows, known, columns=header)
    return tree_of(enumerate(rows, start=2), title=title)


def _delimiter(text: str) -> str:
    """The sign that parts most names of the first line: comma, semicolon (spreadsheets of some countries) or tab."""
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


def _neutral(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _meant(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("'") and _FORMULA.match(value):
        return value[1:]
    return value


def _sheet(book: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], head: Any, body: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
        sheet.set_column(place, place, _WIDTHS.get(column, 60 if column == "value" else 16))
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, body)


def _write(sheet: Any, line: int, place: int, value: Any, body: Any) -> None:
    if isinstance(value, bool | int | float) and not isinstance(value, bool):
        sheet.write_number(line, place, value, body)
        return
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) > _LONGEST_CELL:
        raise InputError(
            phrase(
                "a cell of {count:,} characters does not fit into a workbook, which holds {longest:,}: {text!r}…",
                count=len(text),
                longest=_LONGEST_CELL,
                text=text[:40],
            ),
            hint=phrase("write the map as csv, json or yaml"),
        )
    if text:
        sheet.write_string(line, place, text, body)


def _step_rows(tree: Mapping[str, Any]) -> Iterator[list[Any]]:
    for phase in tree.get("phases") or []:
        for step in phase.get("steps") or []:
            yield [
                step["id"],
                step["name"],
                *(json.dumps(step[key], ensure_ascii=False) if key in step else "" for key in _STEP_FIELDS),
            ]


def _field_rows(tree: Mapping[str, Any]) -> Iterator[list[Any]]:
    for key, value in tree.items():
        if key not in _ELSEWHERE:
            yield [key, json.dumps(value, ensure_ascii=False)]
    for phase in tree.get("phases") or []:
        if "goal" in phase:
            yield [f"phase {phase['id']} goal", json.dumps(phase["goal"], ensure_ascii=False)]


def _take_steps(tree: dict[str, Any], lines: Lines) -> None:
    if not lines:
        return
    header = [str(name) for name in lines[0]]
    steps = {step["id"]: step for phase in tree["phases"] for step in phase["steps"]}
    for number, line in enumerate(lines[1:], start=2):
        row = dict(zip(header, line, strict=False))
        step = steps.get(str(row.get("id", "")))
        if step is None:
            continue
        for key in (key for key in _STEP_FIELDS if key in row):
            step.pop(key, None)
            if row[key] not in (None, ""):
                step[key] = _parsed(row[key], f"sheet Steps, line {number}, {key}")


def _take_fields(tree: dict[str, Any], lines: Lines) -> dict[str, Any]:
    fields = {str(line[0]): line[1] for line in lines[1:] if len(line) > 1 and line[0]}
    goals = {key.split(" ")[1]: fields.pop(key) for key in list(fields) if re.fullmatch(r"phase \S+ goal", key)}
    for phase in tree["phases"]:
        if phase["id"] in goals:
            steps = phase.pop("steps")
            phase |= {"goal": _parsed(goals[phase["id"]], "sheet Map"), "steps": steps}
    said = {key: _parsed(value, f"sheet Map, {key}") for key, value in fields.items() if key not in _ELSEWHERE}
    head = {key: tree[key] for key in ("desireline", "id", "title")}
    return {**head, **said, "phases": tree["phases"], "lanes": tree["lanes"]}


def _parsed(value: Any, where: str) -> Any:
    """What a cell says: JSON as it was written, or a text that somebody typed."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        if value[:1] in "[{":
            raise InputError(
                phrase("{where}: expected what was exported there, got {value!r}", where=where, value=value[:60])
            ) from None
        return value


def _plain(cell: Any) -> Any:
    if isinstance(cell, float) and cell == int(cell):
        return int(cell)
    return cell if isinstance(cell, str | int | float | bool) else "" if cell is None else str(cell)
