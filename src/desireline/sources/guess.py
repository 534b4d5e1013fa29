"""Proposing a mapping from a file: what its columns are called and what stands in them.

A proposal is good when it imports; it says in comments why it chose, what it is unsure of and what it left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.base import InputError, NoRecordsError, joined, phrase
from desireline.interactions import field_named
from desireline.sources import vocabulary
from desireline.sources.files import RawTable, file_kind_of
from desireline.sources.files.limits import temporary_folder
from desireline.sources.files.loading import ROW
from desireline.sources.looking import SAMPLE, Column, TimeReading, is_mostly, look_at, other_order, words_of
from desireline.sources.mapping import Mapping, ReadOptions, mapping_from_text
from desireline.sources.vocabulary import clearness, is_named
from desireline.store import connect_duckdb, identifier, literal

if TYPE_CHECKING:
    import duckdb

_NEITHER = phrase(
    "write a mapping: say when its rows happened and which column tells customers apart: docs/mappings.md"
)
_ENOUGH_KNOWN = 0.6
"""Where most of the rows name a customer, the others wait in quarantine: nobody can say whose they are."""
_MATTER_KINDS = ("order", "case")
_MOST_ATTRIBUTES = 12
_SOURCE_LENGTH = 100
_YAML_WORDS = frozenset(["yes", "no", "true", "false", "null", "on", "off", "y", "n"])


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping.

    Attributes
    ----------
    yaml
        The mapping with its comments.
    mapping
        The same, checked.
    kind
        The kind of the file.
    """

    yaml: str
    mapping: Mapping
    kind: str


class IncompleteGuessError(InputError):
    """The columns of a file do not tell when something happened, or to whom.

    Attributes
    ----------
    yaml
        A mapping of what they do tell, to be completed by hand.
    """

    def __init__(self, message: str, *, hint: str | None, yaml: str = "") -> None:
        super().__init__(message, hint=hint)
        self.yaml = yaml


def guess_mapping(path: Path, *, source: str | None = None, timezone: str = "UTC") -> Guess:
    """Propose a mapping for a file.

    Parameters
    ----------
    source
        The name of the source; by default it is made from the name of the file.
    timezone
        The IANA time zone of times that name none.

    Raises
    ------
    InputError
        The file cannot be read.
    IncompleteGuessError
        It has no column with times or none with identifiers; the message says what is missing.
    NoRecordsError
        There is nothing in it.
    """
    kind = file_kind_of(path)
    with (
        temporary_folder() as folder,
        connect_duckdb(folder / "guess.duckdb", spill=folder / "spill") as connection,
    ):
        raw = kind.load(connection, path, options=ReadOptions(), columns=(), workplace=folder)
        if raw.rows == 0:
            raise NoRecordsError(
                phrase("{path} has no records", path=path), hint=phrase("there is nothing to import in it")
            )
        sample = f"(SELECT * FROM {raw.relation} LIMIT {SAMPLE})"
        columns = [look_at(connection, sample, name, raw.columns[name]) for name in raw.columns]
        proposal = _Proposal(path, source or source_name(path), columns, _Rows(connection, raw, sample), timezone)
        text = proposal.yaml()
    if proposal.lacking:
        raise _incomplete(proposal.lacking, text)
    return Guess(text, mapping_from_text(text, where=f"guessed from {path}"), kind.name)


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A value that does not read as a time, and how many of them would with day and month the other way round."""

    text: str
    row: int
    other_order: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """Questions about the rows that no column answers for itself."""

    connection: duckdb.DuckDBPyConnection
    raw: RawTable
    sample: str

    def belong_together(self, group: Column, owner: Column, time: Column) -> bool:
        """Whether the rows of one group almost always have one owner and one or two times."""
        share = self._value(
            f"""
            SELECT avg((customers <= 1 AND times <= 2)::INT) FROM (
                SELECT count(DISTINCT {identifier(owner.name)}) AS customers,
                       count(DISTINCT {identifier(time.name)}) AS times
                FROM {self.sample} GROUP BY {identifier(group.name)})
            """
        )
        return share is not None and share > 0.9

    def tells_apart(self, column: Column) -> bool:
        """Whether rows with the same value are the same row all through, in the whole file."""
        name = identifier(column.name)
        row = f"hash({', '.join(identifier(each) for each in self.raw.columns)})"
        different = self._value(
            f"""
            SELECT count(*) FROM (
                SELECT {name} FROM (SELECT DISTINCT {name}, {row} FROM {self.raw.relation} WHERE {name} IS NOT NULL)
                GROUP BY {name} HAVING count(*) > 1)
            """
        )
        return bool(different == 0)

    def order_told(self, column: Column, pattern: str) -> str | None:
        """Of a pattern and the one with day and month swapped, that which reads more of the whole file; ``None`` if both do."""
        text = f"trim(CAST({identifier(column.name)} AS VARCHAR))"
        swapped = other_order(pattern)
        query = (
            f"SELECT count(try_strptime({text}, $one)), count(try_strptime({text}, $other)) FROM {self.raw.relation}"
        )
        ((one, other),) = self.connection.execute(query, {"one": pattern, "other": swapped}).fetchall()
        return None if one == other else pattern if one > other else swapped

    def first_misfit(self, column: Column, pattern: str | None) -> _Misfit:
        """The first value of the sample that a pattern (ISO 8601 without one) does not read; there has to be one."""
        text = f"trim(CAST({identifier(column.name)} AS VARCHAR))"
        if pattern is None:
            fails = f"(TRY_CAST({text} AS TIMESTAMP) IS NULL OR NOT regexp_matches({text}, '^[0-9]{{4}}-[0-9]'))"
            swapped = "false"
        else:
            fails = f"try_strptime({text}, {literal(pattern)}) IS NULL"
            swapped = f"try_strptime({text}, {literal(other_order(pattern))}) IS NOT NULL"
        query = f"""
            SELECT arg_min({text}, {ROW}), min({ROW}), count(*) FILTER ({swapped})
            FROM {self.sample} WHERE {text} <> '' AND {fails}
            """
        ((value, row, other),) = self.connection.execute(query).fetchall()
        return _Misfit(str(value), int(row), int(other))

    def share_known(self, columns: list[Column]) -> float:
        """Share of the rows in which one of the columns is filled."""
        filled = " OR ".join(
            f"nullif(trim(CAST({identifier(each.name)} AS VARCHAR)), '') IS NOT NULL" for each in columns
        )
        share = self._value(f"SELECT avg(({filled})::INT) FROM {self.raw.relation}")
        return 1.0 if share is None else float(share)

    def _value(self, query: str) -> Any:
        ((value,),) = self.connection.execute(query).fetchall()
        return value


class _Proposal:
    """The choices for one file, each column used once."""

    def __init__(self, path: Path, source: str, columns: list[Column], rows: _Rows, timezone: str) -> None:
        self.path = path
        self.source = source
        self.columns = [column for column in columns if column.filled]
        self.rows = rows
        self.timezone = timezone
        self.used: set[str] = set()
        self.notes: list[str] = []
        self.lacking: list[InputError] = []
        self.decimal_comma = False

    def yaml(self) -> str:
        """The mapping as YAML; what the columns do not tell is not in it, and in ``lacking``."""
        time = self._time()
        identifiers = self._identifiers()
        group = self._group(time, identifiers)
        matter = self._matter(group, identifiers)
        if matter is not None:
            identifiers.append((_matter_kind(matter), matter))
        lines = [f"source: {_quoted(self.source)}"]
        lines.append(f"channel: {self._channel()}")
        lines.append(f"touchpoint: {self._touchpoint(group)}")
        if time is not None:
            lines.append(f"occurred_at: {self._time_expression(time, time.times or TimeReading())}")
        if identifiers:
            lines.append("identifiers:")
        lines += [f"  {kind}: {_column(column)}" for kind, column in identifiers]
        if group is not None:
            about = f"rows with the same {_one_line(group.name)} are one interaction"
            lines.append(f"one_per: [{_quoted(group.name)}]   # {about}")
        own_id = self._own_id(identifiers) if group is None else None
        if own_id is not None:
            lines.append(f"id: {_column(own_id)}")
        lines += self._further_fields()
        lines += self._attributes()
        if self.decimal_comma:
            lines.append('read: {decimal: ","}')
        notes = [
            f"# {_one_line(note)}" for note in (f"Proposed from {self.path.name}; change what is wrong.", *self.notes)
        ]
        return "\n".join([*notes, *lines]) + "\n"

    def _take(self, column: Column) -> Column:
        self.used.add(column.name)
        return column

    def _free(self) -> list[Column]:
        return [column for column in self.columns if column.name not in self.used]

    def _names(self) -> str:
        return ", ".join(column.name for column in self.columns[:20])

    # when

    def _time(self) -> Column | None:
        candidates = [column for column in self.columns if column.times is not None]
        if not candidates:
            if not any(_may_be_time(column) for column in self.columns):
                self.lacking.append(self._no_time())
                return None
            self.columns = [
                replace(column, times=column.nearest) if _may_be_time(column) else column for column in self.columns
            ]
            candidates = [column for column in self.columns if column.times is not None]
            best = max(candidates, key=self._time_rank)
            self.notes.append(joined((self._misfits(best), phrase("What does not goes to quarantine."))))
            return self._take(self._with_order_told(best))
        return self._take(max(candidates, key=self._time_rank))

    def _no_time(self) -> InputError:
        found = [replace(column, times=column.nearest) for column in self.columns if column.nearest is not None]
        nearest = max(found, key=lambda column: column.times.fitting if column.times else 0, default=None)
        told = "" if nearest is None else phrase(". The nearest is {misfits}", misfits=self._misfits(nearest))
        return InputError(
            phrase(
                "{path}: no column reads as a time (columns: {names}){told}",
                path=self.path,
                names=self._names(),
                told=told,
            ),
            hint=phrase("write a mapping: docs/mappings.md; a time may also be a constant or come from a joined file"),
        )

    def _misfits(self, column: Column) -> str:
        """How many values of a column read as times, the first that does not, and whether days and months contradict."""
        reading = column.times or TimeReading()
        misfit = self.rows.first_misfit(column, reading.format)
        told = phrase(
            "{name}: {fitting:,} of {filled:,} read as {format}; {text} in row {row:,} does not.",
            name=column.name,
            fitting=reading.fitting,
            filled=column.filled,
            format=reading.format or "ISO 8601",
            text=misfit.text[:80],
            row=misfit.row,
        )
        if not misfit.other_order:
            return told
        other = phrase(
            "Day and month contradict each other: {count:,} read only the other way round.", count=misfit.other_order
        )
        return joined((told, other))

    def _with_order_told(self, column: Column) -> Column:
        """Where rows contradict each other, it is no question any more which order the file has: it has both."""
        reading = column.times or TimeReading()
        contradicting = self.rows.first_misfit(column, reading.format).other_order
        return replace(column, times=replace(reading, ambiguous=False)) if contradicting else column

    def _time_rank(self, column: Column) -> tuple[int, int, int, int]:
        words = [
            len(vocabulary.TIME_WORDS) - place
            for place, word in enumerate(vocabulary.TIME_WORDS)
            if word in column.words
        ]
        later = bool(column.words & vocabulary.LATER_WORDS)
        unit = column.times.unit if column.times else None
        to_the_second = any(":" in text for text in column.examples[:20]) or unit is not None
        return (int(bool(words)) - int(later), int(to_the_second), max(words, default=0), -self.columns.index(column))

    def _time_expression(self, column: Column, reading: TimeReading) -> str:
        parts = [f"column: {_quoted(column.name)}"]
        zoned = any(re.search(r":\d\d\S* ?(Z|[+-]\d\d:?\d\d)$", text) for text in column.examples[:5])
        if reading.unit is not None:
            parts.append(f"unit: {reading.unit}")
        told = self.rows.order_told(column, reading.format) if reading.format and reading.ambiguous else None
        if reading.format is not None:
            parts.append(f'format: "{told or reading.format}"')
        if reading.unit is None and not zoned and "TIME ZONE" not in column.kind:
            parts.append(f"timezone: {self.timezone}")
            self.notes.append(
                phrase(
                    "{name} names no time zone: {zone} is assumed; put the zone of the system that wrote the file.",
                    name=column.name,
                    zone=self.timezone,
                )
            )
        if reading.ambiguous and told is None:
            self.notes.append(
                phrase("{name}: day and month cannot be told apart here; day first is assumed.", name=column.name)
            )
        return "{" + ", ".join(parts) + "}"

    # who

    def _identifiers(self) -> list[tuple[str, Column]]:
        found = self._identifiers_by_name(least_values=2) or self._identifiers_by_name(least_values=1)
        if not found:
            email = next((column for column in self._free() if is_mostly(column, vocabulary.SHAPES["email"])), None)
            if email is not None:
                found.append(("email", self._take(email)))
        return found or self._identifier_by_shape()

    def _identifiers_by_name(self, *, least_values: int) -> list[tuple[str, Column]]:
        """Of each type the fullest column that is called so; a single value would make all rows one customer's."""
        found: list[tuple[str, Column]] = []
        for kind, pattern in vocabulary.IDENTIFIERS:
            if any(kind == each for each, _ in found):
                continue
            for column in sorted(self._free(), key=lambda each: -each.filled):
                enough = column.distinct >= min(least_values, column.filled)
                if enough and is_named(column, f"(case:)?({pattern})") and self._may_identify(column, kind):
                    found.append((kind, self._take(column)))
                    break
        return found

    def _may_identify(self, column: Column, kind: str) -> bool:
        if column.words & vocabulary.STAFF_WORDS and not column.words & {"caller", "number"}:
            return False
        shape = vocabulary.SHAPES.get(kind)
        return shape is None or is_mostly(column, shape, share=0.5)

    def _identifier_by_shape(self) -> list[tuple[str, Column]]:
        """Whatever is called an id: better one journey per case than none."""
        for pattern in (vocabulary.MATTERS, vocabulary.NUMBER_NAMES):
            for column in self._free():
                if is_named(column, pattern) and column.distinct > 1:
                    self.notes.append(
                        phrase(
                            "No column names a customer: every {name} is taken for somebody of its own.",
                            name=column.name,
                        )
                    )
                    return [(_matter_kind(column), self._take(column))]
        self.lacking.append(
            InputError(
                phrase(
                    "{path}: no column reads as an identifier of customers (columns: {names})",
                    path=self.path,
                    names=self._names(),
                ),
                hint=phrase("write a mapping and say which column it is: docs/mappings.md"),
            )
        )
        return []

    def _matter(self, group: Column | None, identifiers: list[tuple[str, Column]]) -> Column | None:
        """The number of a purchase or case, where many rows name no customer: so they can be kept all the same."""
        if not identifiers:
            return None
        known = self.rows.share_known([column for _, column in identifiers])
        if known >= _ENOUGH_KNOWN or any(kind in _MATTER_KINDS for kind, _ in identifiers):
            return None
        candidates = [group, *(column for column in self._free() if is_named(column, vocabulary.MATTERS))]
        found = next((column for column in candidates if column is not None), None)
        if found is not None:
            self.notes.append(
                phrase(
                    "{share:.0%} of the rows name no customer: each {name} of them is somebody of its own. "
                    "Without the identifier {kind} they go to quarantine.",
                    share=1 - known,
                    name=found.name,
                    kind=_matter_kind(found),
                )
            )
            self._take(found)
        return found

    # what

    def _group(self, time: Column | None, identifiers: list[tuple[str, Column]]) -> Column | None:
        """A column such as the number of an invoice, whose rows all have one customer and almost one time."""
        if time is None or not identifiers:
            return None
        for column in self._free():
            if not is_named(column, vocabulary.GROUPS) or column.distinct >= 0.95 * column.filled:
                continue
            if self.rows.belong_together(column, identifiers[0][1], time):
                return self._take(column)
        return None

    def _channel(self) -> str:
        longest = field_named("channel").longest
        for column in self._free():
            fits = 1 <= column.distinct <= 40 and max(map(len, column.examples)) <= longest
            if is_named(column, vocabulary.CHANNEL) and fits:
                return _column(self._take(column))
        for channel, pattern in vocabulary.CHANNEL_WORDS:
            if any(re.fullmatch(pattern, word) for word in words_of(self.path.name)):
                return channel
        for channel, pattern in vocabulary.CHANNEL_COLUMNS:
            if any(is_named(column, pattern) for column in self.columns):
                return channel
        self.notes.append(phrase("No column tells the channel: put the right one."))
        return "unknown"

    def _touchpoint(self, group: Column | None) -> str:
        if group is None:
            ranked = sorted(
                (column for column in self._free() if is_named(column, vocabulary.TOUCHPOINT) and _may_name(column)),
                key=lambda column: clearness(column, vocabulary.TOUCHPOINT),
            )
            if ranked:
                return _column(self._take(ranked[0]))
        words = [*(words_of(group.name) if group else ()), *words_of(self.path.name)]
        for noun, pattern in vocabulary.NOUNS:
            if any(re.fullmatch(pattern, word) for word in words):
                return noun
        self.notes.append(phrase("No column tells the touchpoint: every row is one of the same kind."))
        return _quoted(self.source.replace("_", " ").capitalize())

    def _own_id(self, identifiers: list[tuple[str, Column]]) -> Column | None:
        matters = [column for kind, column in identifiers if kind in _MATTER_KINDS]
        for column in (*matters, *self._free()):
            if not column.words & {"id", "uuid", "guid", "number", "no", "nr", "ref", "key"}:
                continue
            nearly_all = column.distinct >= 0.9 * column.filled and column.filled >= 2
            if nearly_all and max(map(len, column.examples)) <= 200 and self.rows.tells_apart(column):
                return self._take(column)
        return None

    # everything else

    def _further_fields(self) -> list[str]:
        lines = []
        for name, pattern in vocabulary.FIELDS:
            product = self._product() if name == "value" else None
            ranked = sorted(
                (column for column in self._free() if is_named(column, pattern) and _fits(name, column)),
                key=lambda column: clearness(column, pattern),
            )
            if product:
                lines.append(product)
            elif ranked:
                lines += self._field(name, self._take(ranked[0]))
        return lines

    def _field(self, name: str, column: Column) -> list[str]:
        self.decimal_comma |= column.decimal_comma
        last = re.split(r"[^a-z]+", column.name.lower().rstrip(")"))[-1]
        unit = vocabulary.UNITS.get(last) if name in ("wait", "hold", "duration") else None
        parts = [f"column: {_quoted(column.name)}", *([f"unit: {unit}"] if unit else [])]
        lines = [f"{name}: {{{', '.join(parts)}}}"]
        kind = _survey(column) if name == "score" else None
        return [*lines, f"score_kind: {kind}"] if kind else lines

    def _product(self) -> str | None:
        free = [column for column in self._free() if column.numeric > 0.9]
        quantity = next((column for column in free if is_named(column, vocabulary.QUANTITY)), None)
        price = next((column for column in free if is_named(column, vocabulary.UNIT_PRICE)), None)
        if quantity is None or price is None:
            return None
        for column in (quantity, price):
            self.decimal_comma |= self._take(column).decimal_comma
        return f"value: {{product: [{_quoted(quantity.name)}, {_quoted(price.name)}]}}"

    def _attributes(self) -> list[str]:
        names = [column.name for column in self.columns]
        suitable = [
            column
            for column in self._free()
            if column.distinct <= 60
            and column.times is None
            and max(map(len, column.examples)) <= 100
            and not any(name.startswith(f"{column.name}.") for name in names)
        ][:_MOST_ATTRIBUTES]
        for column in suitable:
            self._take(column)
        rest = [_one_line(column.name) for column in self._free()]
        lines = [f"attributes: [{', '.join(_quoted(column.name) for column in suitable)}]"] if suitable else []
        return [*lines, f"# Not used: {', '.join(rest)}"] if rest else lines


def _incomplete(lacking: list[InputError], yaml: str) -> IncompleteGuessError:
    message = joined([error.message for error in lacking], "\n")
    return IncompleteGuessError(message, hint=lacking[0].hint if len(lacking) == 1 else _NEITHER, yaml=yaml)


def _may_be_time(column: Column) -> bool:
    """Whether half of the values read as times, and at least two: the others may be slips."""
    return column.nearest is not None and column.nearest.fitting >= max(2, column.filled / 2)


def _may_name(column: Column) -> bool:
    """Whether the values can be names of touchpoints: few, short and no numbers."""
    few = min(2_000, max(500, column.filled // 50))
    repeated = column.distinct <= 20 or 4 * column.distinct <= column.filled
    short = max(map(len, column.examples)) <= field_named("touchpoint").longest
    return column.distinct <= few and repeated and short and column.numeric < 0.9


def _fits(name: str, column: Column) -> bool:
    field = field_named(name)
    if field.choices:
        return {text.lower() for text in column.examples} <= {choice.lower() for choice in field.choices}
    if field.kind == "number":
        return column.numeric > 0.9
    most = {"team": 200, "outcome": 50}.get(name)
    if name == "agent":
        return column.distinct < column.filled
    return most is None or column.distinct <= most


def _survey(column: Column) -> str | None:
    """Which survey a score answers, where its name says so."""
    if is_named(column, r".*how_likely.*recommend.*"):
        return "NPS"
    return next((kind for kind in field_named("score_kind").choices if kind.lower() in column.words), None)


def source_name(path: Path) -> str:
    """The name of a source made from that of a file.

    >>> source_name(Path("Calls 2026.csv.gz"))
    'calls_2026'
    """
    stem = path.name
    while (suffix := Path(stem).suffix) and stem != suffix:
        stem = stem.removesuffix(suffix)
    name = re.sub(r"[^a-z0-9]+", "_", stem.lower())[:_SOURCE_LENGTH].strip("_")
    return name or "file"


def _matter_kind(column: Column) -> str:
    """The identifier type of what belongs to one customer: a case, or a purchase and whatever else has a number."""
    return "case" if is_named(column, vocabulary.CASES) else "order"


def _column(column: Column) -> str:
    return f"{{column: {_quoted(column.name)}}}"


def _one_line(text: str) -> str:
    """A text for a comment: what a file calls its columns must not end the comment."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _quoted(text: str) -> str:
    """A YAML scalar that reads back as this text."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_ .-]*[A-Za-z0-9_]|[A-Za-z_]", text)
    return text if plain and text.lower() not in _YAML_WORDS else json.dumps(text)
