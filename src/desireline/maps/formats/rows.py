"""A map as rows, one for each step and lane: what CSV and XLSX hold, and back.

Ids stand beside names, so that a table that somebody has edited finds its steps and cells again. What a person reads is in columns of its own; what
has no column (evidence of claims, links) is in ``details``, which may be emptied.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from desireline.base import InputError, closest_names, joined, phrase
from desireline.maps.document import fresh_id
from desireline.maps.model import LANE_ROLES

COLUMNS = (
    "phase",
    "step",
    "lane",
    "role",
    "claims",
    "emotion",
    "word",
    "tension",
    "touchpoints",
    "picture",
    "until",
    "persona",
    "line",
    "phase_id",
    "step_id",
    "lane_id",
    "cell_id",
    "details",
)
"""``claims``: one a line. ``touchpoints``: one a line, its channel in brackets behind it. ``until``: id of the last step of a cell."""
_ID_COLUMNS = ("phase_id", "step_id", "lane_id", "cell_id")
_NUMBERS = ("emotion", "tension")
Row = dict[str, Any]
Tree = Mapping[str, Any]


def rows_of(tree: Tree) -> Iterator[Row]:
    """The rows of a map's document: by step, then by lane; a phase or step without a cell has a row of its own.

    Where the lanes would not be met in their order, they come first, in rows without a step.
    """
    lanes = tree.get("lanes") or []
    cells = [(lane, cell) for lane in lanes for cell in lane.get("cells") or []]
    if _met(tree) != [lane["id"] for lane in lanes]:
        yield from (_lane_columns(lane) for lane in lanes)
    for phase in tree.get("phases") or []:
        if not phase.get("steps"):
            yield _phase_columns(phase)
        for step in phase.get("steps") or []:
            own = [(lane, cell) for lane, cell in cells if cell["step"] == step["id"]]
            place = {**_phase_columns(phase), "step": step["name"], "step_id": step["id"]}
            if not own:
                yield place
            for lane, cell in own:
                yield {**place, **_lane_columns(lane), **_cell_columns(cell)}


def _met(tree: Tree) -> list[str]:
    """The lanes in the order in which somebody who reads the cells by step meets them."""
    order = [step["id"] for phase in tree.get("phases") or [] for step in phase.get("steps") or []]
    cells = [(cell["step"], lane["id"]) for lane in tree.get("lanes") or [] for cell in lane.get("cells") or []]
    return list(dict.fromkeys(lane for step in order for at, lane in cells if at == step))


def tree_of(rows: Iterable[tuple[int, Mapping[str, Any]]], *, title: str) -> dict[str, Any]:
    """The document of a map from rows with their line numbers, from 2.

    Only ``step`` and, where there are cells, ``role`` or ``lane`` are needed: a table that somebody wrote by hand can be read. Ids that are missing are made
    of names; the order of phases, steps and lanes is that in which they come first.

    Raises
    ------
    InputError
        Rows cannot be understood; all of them are listed.
    """
    reader = _Reader()
    for line, row in rows:
        reader.take(line, {key: value for key, value in row.items() if value not in (None, "")})
    if reader.problems:
        raise InputError(
            phrase(
                "the table cannot be read:\n{listing}",
                listing=joined([joined(("  ", each), "") for each in reader.problems], "\n"),
            )
        )
    return reader.tree(title)


def completed(rows: Sequence[Mapping[str, Any]], known: Sequence[Row], *, columns: Sequence[str]) -> list[Row]:
    """The rows of a table with what they do not say taken from the rows that were exported: ids, columns that are gone, details.

    Parameters
    ----------
    rows
        As somebody filled them in; the answer has as many, in the same order.
    known
        The rows that :func:`rows_of` gives of the map.
    columns
        What the table has.
    """
    exported = _Exported(known, taken={str(row.get("cell_id") or "").strip() for row in rows})
    return [exported.completed(row, set(columns)) for row in rows]


def check_columns(header: Sequence[str]) -> None:
    """Whether a table has what a map needs.

    Raises
    ------
    InputError
        There is no column ``step``, or one stands twice.
    """
    double = next((name for name in header if name and list(header).count(name) > 1), None)
    if double:
        raise InputError(phrase("the column {double!r} stands twice", double=double))
    if "step" not in header:
        close = closest_names("step", [name for name in header if name], count=1)
        hint = (
            phrase("is {close!r} meant? Rename it", close=close[0])
            if close
            else phrase("columns: {known}", known=", ".join(COLUMNS))
        )
        raise InputError(
            phrase("expected a column step, got {header}", header=", ".join(map(repr, header)) or phrase("no columns")),
            hint=hint,
        )


def _phase_columns(phase: Tree) -> Row:
    return {"phase": phase["name"], "phase_id": phase["id"]}


def _lane_columns(lane: Tree) -> Row:
    return {
        "lane": lane.get("label", ""),
        "role": lane["role"],
        "lane_id": lane["id"],
        "persona": lane.get("persona", ""),
        "line": lane.get("line", ""),
    }


def _cell_columns(cell: Tree) -> Row:
    claims = [each if isinstance(each, str) else each["text"] for each in cell.get("claims") or []]
    details = {key: value for key, value in cell.items() if key not in _IN_COLUMNS}
    beyond = [
        None if isinstance(each, str) else {k: v for k, v in each.items() if k != "text"}
        for each in cell.get("claims") or []
    ]
    if any(each is not None for each in beyond):
        details["claims"] = beyond
    if not _plain_mentions(cell):
        details["touchpoints"] = cell["touchpoints"]
    if set(cell.get("picture") or {}) - {"source"}:
        details["picture"] = {key: value for key, value in cell["picture"].items() if key != "source"}
    return {
        "claims": "\n".join(_folded(text) for text in claims),
        "emotion": cell.get("emotion", ""),
        "word": cell.get("word", ""),
        "tension": cell.get("tension", ""),
        "touchpoints": "\n".join(_mention(each) for each in cell.get("touchpoints") or [])
        if _plain_mentions(cell)
        else "",
        "picture": (cell.get("picture") or {}).get("source", ""),
        "until": cell.get("until", ""),
        "cell_id": cell["id"],
        "details": json.dumps(details, ensure_ascii=False) if details else "",
    }


_IN_COLUMNS = frozenset({"id", "step", "until", "claims", "emotion", "word", "tension", "touchpoints", "picture"})


def _plain_mentions(cell: Tree) -> bool:
    """Whether its touchpoints can be read again from a line each."""
    mentions = cell.get("touchpoints") or []
    return all(
        "\n" not in _mention(each)
        and "\r" not in _mention(each)
        and set(each) <= {"name", "channel"}
        and _parse_mention(_mention(each)) == each
        for each in mentions
    )


def _mention(each: Tree) -> str:
    return f"{each['name']} [{each['channel']}]" if "channel" in each else str(each["name"])


def _parse_mention(text: str) -> dict[str, str]:
    name, bracket, channel = text.strip().rpartition(" [")
    if bracket and channel.endswith("]") and name.strip() and channel != "]":
        return {"name": name.strip(), "channel": channel[:-1]}
    return {"name": text.strip()}


_OF_LANES = ("lane", "role", "persona", "line")
_OF_CELLS = ("claims", "emotion", "word", "tension", "touchpoints", "picture", "until")


class _Exported:
    """The rows that were exported, found by ids, and by names where ids were taken out; ``taken``: cells that have a row of their own."""

    def __init__(self, known: Sequence[Row], *, taken: set[str]) -> None:
        self.phases = {row["phase"]: row["phase_id"] for row in known if row.get("phase")}
        self.steps = {(row["phase"], row["step"]): row for row in known if row.get("step")}
        self.steps_by_id = {row["step_id"]: row for row in self.steps.values()}
        self.steps_by_name = _lone((row["step"], row) for row in self.steps_by_id.values())
        self.lanes_by_id = {row["lane_id"]: row for row in known if row.get("lane_id")}
        self.lanes = {(row["role"], row["lane"]): row for row in self.lanes_by_id.values()}
        self.lanes_by_role = _lone((row["role"], row) for row in self.lanes_by_id.values())
        self.cells_by_id = {row["cell_id"]: row for row in known if row.get("cell_id")}
        self.cells_at: dict[tuple[str, str], list[Row]] = {}
        for row in self.cells_by_id.values():
            self.cells_at.setdefault((row["step_id"], row["lane_id"]), []).append(row)
        self.taken = set(taken)

    def completed(self, row: Mapping[str, Any], columns: set[str]) -> Row:
        """One row of the table."""
        found = {key: value for key, value in row.items() if value not in (None, "")}
        step = self._step(found)
        if step is not None:
            found.setdefault("step_id", step["step_id"])
            if "phase" not in columns:
                found |= {"phase": step["phase"], "phase_id": step["phase_id"]}
        if found.get("phase") in self.phases:
            found.setdefault("phase_id", self.phases[found["phase"]])
        lane = self._lane(found)
        if lane is not None:
            found.setdefault("lane_id", lane["lane_id"])
            found |= _missing(lane, _OF_LANES, columns)
        cell = None if lane is None or step is None else self._cell(found)
        if cell is not None:
            self.taken.add(cell["cell_id"])
            found |= {"cell_id": cell["cell_id"], **_missing(cell, _OF_CELLS, columns)}
            found.setdefault("details", _details_left(cell, found))
        return found

    def _step(self, row: Row) -> Row | None:
        if "step" not in row:
            return None
        by_name = self.steps.get((row.get("phase"), row["step"])) or self.steps_by_name.get(row["step"])
        return self.steps_by_id.get(str(row["step_id"])) if "step_id" in row else by_name

    def _lane(self, row: Row) -> Row | None:
        if "lane_id" in row:
            return self.lanes_by_id.get(str(row["lane_id"]))
        label = str(row.get("lane", ""))
        role = str(row.get("role", "")) or _role_named(label)
        return self.lanes.get((role, label)) or (None if label else self.lanes_by_role.get(role))

    def _cell(self, row: Row) -> Row | None:
        if "cell_id" in row:
            return self.cells_by_id.get(str(row["cell_id"]))
        there = self.cells_at.get((row["step_id"], row["lane_id"]), [])
        return next((each for each in there if each["cell_id"] not in self.taken), None)


def _lone(rows: Iterable[tuple[str, Row]]) -> dict[str, Row]:
    """By name those whose name no other one has."""
    every = list(rows)
    names = [name for name, _ in every]
    return {name: row for name, row in every if names.count(name) == 1}


def _missing(known: Row, names: Sequence[str], columns: set[str]) -> Row:
    return {name: known[name] for name in names if name not in columns and known.get(name) not in (None, "")}


def _details_left(known: Row, row: Row) -> str:
    """The details of an exported row as far as they fit to the row as it is now: those of claims by what the claims say."""
    details = json.loads(known.get("details") or "{}")
    beyond = details.pop("claims", None) or []
    of_texts = dict(zip(_lines(known.get("claims") or ""), beyond, strict=False))
    claims = [of_texts.get(each.strip()) for each in _lines(row.get("claims") or "") if each.strip()]
    if any(each is not None for each in claims):
        details["claims"] = claims
    return json.dumps(details, ensure_ascii=False) if details else ""


class _Reader:
    def __init__(self) -> None:
        self.problems: list[str] = []
        self.phases: dict[str, dict[str, Any]] = {}
        self.steps: dict[str, tuple[str, dict[str, Any]]] = {}
        self.lanes: dict[str, dict[str, Any]] = {}
        self.cells: set[str] = set()

    def take(self, line: int, row: Row) -> None:
        """One row; what is wrong with it is collected."""
        for key in _ID_COLUMNS:
            row[key] = str(row.get(key, "")).strip()
        if "step" not in row:
            if "phase" in row:
                self._phase(row)
            elif "role" in row or "lane" in row:
                self._lane(line, row)
            elif any(value for value in row.values()):
                self.problems.append(phrase("line {line}: expected a step, a phase or a lane, got neither", line=line))
            return
        phase = self._phase(row)
        step = self._step(row, phase)
        if "role" in row or "lane" in row:
            lane = self._lane(line, row)
            if lane is not None:
                self._cell(line, row, step, lane)

    def tree(self, title: str) -> dict[str, Any]:
        """The document."""
        tree: dict[str, Any] = {"desireline": "map/1", "id": fresh_id(title, ()), "title": title}
        tree["phases"] = [
            {**phase, "steps": [step for owner, step in self.steps.values() if owner == phase["id"]]}
            for phase in self.phases.values()
        ]
        tree["lanes"] = list(self.lanes.values())
        return tree

    def _phase(self, row: Row) -> str:
        name = str(row.get("phase", "Journey"))
        known = {each["name"]: ident for ident, each in self.phases.items()}
        ident = row["phase_id"] or known.get(name) or fresh_id(name, self.phases)
        self.phases.setdefault(ident, {"id": ident, "name": name})
        return ident

    def _step(self, row: Row, phase: str) -> str:
        name = str(row["step"])
        known = {(owner, step["name"]): ident for ident, (owner, step) in self.steps.items()}
        ident = row["step_id"] or known.get((phase, name)) or fresh_id(name, self.steps)
        self.steps.setdefault(ident, (phase, {"id": ident, "name": name}))
        return ident

    def _lane(self, line: int, row: Row) -> dict[str, Any] | None:
        label, said = str(row.get("lane", "")), str(row.get("role", ""))
        role = said or _role_named(label)
        if role not in LANE_ROLES:
            close = closest_names(role, LANE_ROLES, count=1)
            near = phrase("; did you mean {close}?", close=close[0]) if close else ""
            self.problems.append(
                phrase(
                    "line {line}, role: expected {known}, got {said!r}{near}",
                    line=line,
                    known=", ".join(LANE_ROLES),
                    said=said,
                    near=near,
                )
            )
            return None
        known = {(each["role"], each.get("label", "")): ident for ident, each in self.lanes.items()}
        ident = row["lane_id"] or known.get((role, label)) or fresh_id(label or role, self.lanes)
        lane: dict[str, Any] = {"id": ident, "role": role}
        for key, column in (("label", "lane"), ("persona", "persona"), ("line", "line")):
            if row.get(column):
                lane[key] = str(row[column])
        return self.lanes.setdefault(ident, lane)

    def _cell(self, line: int, row: Row, step: str, lane: dict[str, Any]) -> None:
        details = self._details(line, row)
        said: dict[str, Any] = {"id": row["cell_id"] or fresh_id(f"{lane['id']}-{step}"[:60], self.cells), "step": step}
        if row.get("until"):
            said["until"] = str(row["until"])
        beyond = details.pop("claims", None) or []
        if "claims" in row:
            texts = [_unfolded(each) for each in _lines(row["claims"]) if each.strip()]
            said["claims"] = [
                {"text": text, **more} if isinstance(more, dict) else text
                for text, more in zip_longest(texts, beyond[: len(texts)])
            ]
        for key in _NUMBERS:
            if key in row:
                said[key] = self._number(line, key, row[key])
        if "word" in row:
            said["word"] = str(row["word"])
        if "touchpoints" in row:
            details.pop("touchpoints", None)
            said["touchpoints"] = [_parse_mention(each) for each in _lines(row["touchpoints"]) if each.strip()]
        picture = details.pop("picture", None) or {}
        if "picture" in row:
            said["picture"] = {"source": str(row["picture"]), **picture}
        self.cells.add(said["id"])
        if len(said) > 2 or details or row["cell_id"]:
            lane.setdefault("cells", []).append({**said, **details})

    def _details(self, line: int, row: Row) -> dict[str, Any]:
        try:
            details = json.loads(str(row.get("details") or "{}"))
        except ValueError:
            details = None
        if not isinstance(details, dict):
            self.problems.append(
                phrase("line {line}, details: expected what was exported there, or nothing", line=line)
            )
            return {}
        return details

    def _number(self, line: int, key: str, value: Any) -> Any:
        try:
            number = float(value)
        except ValueError:
            self.problems.append(
                phrase("line {line}, {key}: expected a number, got {value!r}", line=line, key=key, value=value)
            )
            return 0
        return int(number) if number == int(number) else number


def _role_named(label: str) -> str:
    """The role that a lane's label stands for, where somebody wrote only that."""
    from desireline.maps.model import LANE_LABELS

    folded = label.strip().casefold()
    named = {text.casefold(): role for role, text in LANE_LABELS.items()}
    return named.get(folded, folded if folded in LANE_ROLES else "custom" if folded else "")


def _lines(cell: Any) -> list[str]:
    return str(cell).replace("\r\n", "\n").split("\n")


def _folded(text: str) -> str:
    """A text on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _unfolded(text: str) -> str:
    parts = text.strip().split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\r", "\r") for part in parts)
