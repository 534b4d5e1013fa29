"""Mappings: which column, constant or template gives each field of an interaction.

    source: shop
    channel: web                      # a constant, or {column: channel}
    touchpoint: {column: event}
    occurred_at: {column: timestamp, timezone: UTC}
    identifiers: {user: {column: user_id}, session: {column: session_id}}
    attributes: [platform, acquisition_channel]

The whole language is described in docs/mappings.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from desireline.base import InputError, Problem, closest_names, phrase, reason_of
from desireline.interactions import FIELDS
from desireline.store import ask_duckdb

ALL = "all"
"""In place of a list: every column whose name begins with ``identifiers.`` or ``attributes.``."""

TIME_UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1}
DURATION_UNITS = {
    "ms": 0.001,
    "milliseconds": 0.001,
    "s": 1.0,
    "seconds": 1.0,
    "minutes": 60.0,
    "hours": 3600.0,
}
_DURATIONS = ("duration", "wait", "hold")
_TEMPLATE = re.compile(r"\{([^{}]+)\}")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_TYPE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_VALUE_KEYS = ("constant", "column", "template", "product", "first_of")
_ANY_KEYS = (*_VALUE_KEYS, "values", "patterns", "otherwise")
_READ_KEYS = ("format", "encoding", "delimiter", "sheet", "records", "decimal")
_TOP_KEYS = (
    "source",
    "read",
    "join",
    "one_per",
    "identifiers",
    "attributes",
    "version",
    "turns",
    *(field.name for field in FIELDS),
)


@dataclass(frozen=True, slots=True)
class Expression:
    """Where the value of a field comes from.

    Exactly one of ``constant``, ``column``, ``template``, ``product`` and ``first_of`` is set; then ``values`` (whole
    values) and ``patterns`` (regular expressions, the first that is found wins) may replace it, and ``otherwise``
    stands for what neither of them knows.
    """

    constant: str | None = None
    column: str | None = None
    template: str | None = None
    product: tuple[str, ...] = ()
    first_of: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    patterns: tuple[tuple[str, str], ...] = ()
    otherwise: str | None = None
    timezone: str = "UTC"
    format: tuple[str, ...] = ()
    unit: str | None = None

    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        if self.column is not None:
            return (self.column,)
        if self.template is not None:
            return tuple(_TEMPLATE.findall(self.template))
        return self.product or self.first_of

    def template_parts(self) -> list[tuple[str, bool]]:
        """The template cut into texts (False) and names of columns (True)."""
        pieces = _TEMPLATE.split(self.template or "")
        return [(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece]


@dataclass(frozen=True, slots=True)
class Join:
    """Columns of another file, found by a column that both have."""

    file: str
    on: str


@dataclass(frozen=True, slots=True)
class Version:
    """What tells a newer delivery of a record from an older one.

    Attributes
    ----------
    value
        The time of its last change, or a whole number that grows.
    of
        The column that names the record, where several interactions come from one.
    """

    value: Expression
    of: str | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is read, where it does not say so itself."""

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    records: str | None = None
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Mapping:
    """A checked mapping.

    Attributes
    ----------
    source
        Short name of the department or system.
    fields
        An expression for each mapped field but the identifiers and attributes.
    identifiers
        An expression for each type of identifier.
    attributes
        An expression for each attribute.
    one_per
        Columns whose values make rows one interaction: numbers are summed, other fields come from the first row that
        has them.
    all_of
        ``identifiers`` or ``attributes`` where the mapping says ``all`` of them.
    version
        Which of two records with the same id counts; without it the first one does.
    turns
        The column with the customer's turns of a conversation, as a JSON list of texts.
    """

    source: str
    fields: dict[str, Expression]
    identifiers: dict[str, Expression]
    attributes: dict[str, Expression]
    one_per: tuple[str, ...] = ()
    join: tuple[Join, ...] = ()
    read: ReadOptions = ReadOptions()
    all_of: frozenset[str] = frozenset()
    version: Version | None = None
    turns: str | None = None

    def expanded(self, columns: Iterable[str]) -> Mapping:
        """The mapping for a file with these columns: what it says of ``all`` is said of each whose name begins so."""
        if not self.all_of:
            return self
        listed = list(columns)
        found = {part: _under(part, listed) for part in self.all_of}
        return replace(
            self,
            identifiers={**found.get("identifiers", {}), **self.identifiers},
            attributes={**found.get("attributes", {}), **self.attributes},
            all_of=frozenset(),
        )

    def columns(self) -> set[str]:
        """All columns that it reads."""
        expressions = [*self.fields.values(), *self.identifiers.values(), *self.attributes.values()]
        named = {column for expression in expressions for column in expression.columns()}
        if self.version is not None:
            named |= {*self.version.value.columns(), *([self.version.of] if self.version.of else [])}
        if self.turns is not None:
            named.add(self.turns)
        return named | set(self.one_per) | {join.on for join in self.join}


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises
    ------
    InputError
        The file cannot be read, or says something that cannot be; all its problems are listed.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        document = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(phrase("there is no mapping file {path}", path=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            phrase("the mapping {path} cannot be read: {error}", path=path, error=reason_of(error))
        ) from error
    except YAMLError as error:
        raise InputError(phrase("the mapping {path} is not valid YAML: {error}", path=path, error=error)) from error
    return mapping_from_document(document, where=str(path))


def mapping_from_text(text: str, *, where: str) -> Mapping:
    """Read a mapping that is kept as YAML text."""
    from ruamel.yaml import YAML

    return mapping_from_document(YAML(typ="safe").load(text), where=where)


def mapping_from_document(document: Any, *, where: str) -> Mapping:
    """Check a mapping as it comes from YAML or JSON.

    Raises
    ------
    InputError
        With every problem of the document.
    """
    reader = _Reader()
    mapping = reader.mapping(document)
    if reader.problems or mapping is None:
        raise InputError(
            phrase(
                "the mapping {where} cannot be used:\n{listing}", where=where, listing=Problem.listing(reader.problems)
            ),
            hint=phrase("the language of mappings is described in docs/mappings.md"),
        )
    return mapping


class _Reader:
    """Collects the problems of one document."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def complain(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))

    def mapping(self, document: Any) -> Mapping | None:
        if not isinstance(document, MappingType):
            self.complain("mapping", phrase("expected keys and values, got {document!r}", document=document))
            return None
        self._known(document, _TOP_KEYS, "mapping")
        document = _filled(document)
        source = document.get("source")
        if not isinstance(source, str) or not _SOURCE.fullmatch(source):
            self.complain(
                "source", phrase("expected a short name in small letters, digits, _ . -, got {source!r}", source=source)
            )
        fields = {
            field.name: self.expression(document[field.name], field.name, field.kind)
            for field in FIELDS
            if field.name in document and field.name != "source"
        }
        for required in ("channel", "touchpoint", "occurred_at"):
            if required not in fields:
                self.complain(required, phrase("is missing"))
        return Mapping(
            source=str(source),
            fields=fields,
            identifiers={} if document.get("identifiers") == ALL else self._identifiers(document.get("identifiers")),
            attributes={} if document.get("attributes") == ALL else self._attributes(document.get("attributes", [])),
            all_of=frozenset(part for part in ("identifiers", "attributes") if document.get(part) == ALL),
            one_per=self._names(document.get("one_per", []), "one_per"),
            join=self._joins(document.get("join", [])),
            read=self._read(document.get("read", {})),
            version=self._version(document),
            turns=self._turns(document.get("turns")),
        )

    def expression(self, document: Any, where: str, kind: str) -> Expression:
        if isinstance(document, str | int | float | date) and not isinstance(document, bool):
            constant = self._constant(document, where, kind)
            if kind == "time":
                self._readable_constant(constant, where, Expression(constant=constant))
            return Expression(constant=constant)
        if not isinstance(document, MappingType):
            self.complain(where, phrase("expected a constant or {{column: NAME}}, got {document!r}", document=document))
            return Expression(constant="")
        extra = {"time": ("timezone", "format", "unit"), "number": ("unit",)}.get(kind, ())
        self._known(document, (*_ANY_KEYS, *extra), where)
        given = [key for key in _VALUE_KEYS if key in document]
        if len(given) != 1:
            self.complain(
                where,
                phrase(
                    "expected exactly one of {known}, got {given}",
                    known=", ".join(_VALUE_KEYS),
                    given=", ".join(given) or phrase("none"),
                ),
            )
        for key in given:
            if document[key] is None or document[key] in ("", []):
                self.complain(f"{where}.{key}", phrase("is empty"))
        if "product" in document and kind != "number":
            self.complain(f"{where}.product", phrase("only numbers can be multiplied"))
        expression = Expression(
            constant=self._constant(document["constant"], where, kind) if document.get("constant") else None,
            column=self._text(document, "column", where),
            template=self._template(document, where),
            product=self._names(document.get("product", []), f"{where}.product"),
            first_of=self._names(document.get("first_of", []), f"{where}.first_of"),
            values=self._table(document.get("values", {}), f"{where}.values"),
            patterns=self._patterns(document.get("patterns", {}), f"{where}.patterns"),
            otherwise=self._text(document, "otherwise", where),
            timezone=self._timezone(document, where),
            format=self._formats(document, where),
            unit=self._unit(document, where, kind),
        )
        if kind == "time" and expression.constant:
            self._readable_constant(expression.constant, where, expression)
        return expression

    def _constant(self, value: Any, where: str, kind: str) -> str:
        """A constant as text; it has to be what the field can hold."""
        if isinstance(value, bool | list | MappingType):
            self.complain(f"{where}.constant", phrase("expected a text, got {value!r}", value=value))
            return ""
        text = value.isoformat() if isinstance(value, date) else str(value).strip()
        if not text:
            self.complain(where, phrase("is empty"))
        elif where.startswith("identifiers."):
            self.complain(
                where,
                phrase(
                    "expected {{column: NAME}}: with the constant {text!r} all interactions would be of one customer",
                    text=text,
                ),
            )
        elif kind == "number" and not _is_number(text):
            self.complain(where, phrase("expected a number or {{column: NAME}}, got {text!r}", text=text))
        elif kind in ("text", "choice"):
            self._fits(text, where)
        return text

    def _fits(self, text: str, where: str) -> None:
        field = next((each for each in FIELDS if each.name == where), None)
        if field is None:
            return
        if field.choices and text.lower() not in [choice.lower() for choice in field.choices]:
            self.complain(
                where,
                phrase(
                    "expected one of {choices} or {{column: NAME}}, got {text!r}",
                    choices=", ".join(field.choices),
                    text=text,
                ),
            )
        if field.kind == "text" and len(text) > field.longest:
            self.complain(
                where,
                phrase(
                    "expected at most {longest:,} characters, got {count:,}", longest=field.longest, count=len(text)
                ),
            )

    def _readable_constant(self, text: str, where: str, expression: Expression) -> None:
        if expression.format or expression.unit or expression.values or expression.patterns:
            return
        try:
            datetime.fromisoformat(text)
        except ValueError:
            self.complain(
                where,
                phrase("expected a time such as 2026-01-31T09:30:00Z or {{column: NAME}}, got {text!r}", text=text),
            )

    def _known(self, document: MappingType[Any, Any], known: tuple[str, ...], where: str) -> None:
        for key in document:
            if key in known:
                continue
            close = closest_names(str(key), known, count=1)
            hint = (
                phrase(", did you mean {close}?", close=close[0])
                if close
                else phrase("; known: {known}", known=", ".join(known))
            )
            self.complain(where, phrase("unknown key {key!r}{hint}", key=key, hint=hint))

    def _text(self, document: MappingType[str, Any], key: str, where: str) -> str | None:
        value = document.get(key)
        if value is None:
            return None
        if isinstance(value, bool | list | MappingType):
            self.complain(f"{where}.{key}", phrase("expected a text, got {value!r}", value=value))
            return ""
        return str(value)

    def _template(self, document: MappingType[str, Any], where: str) -> str | None:
        template = self._text(document, "template", where)
        if template is not None and not _TEMPLATE.search(template):
            self.complain(
                f"{where}.template",
                phrase("expected at least one {{column}} in it, got {template!r}", template=template),
            )
        return template

    def _names(self, value: Any, where: str) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(_is_name(each) for each in value):
            self.complain(where, phrase("expected a list of columns, got {value!r}", value=value))
            return ()
        return tuple(str(each) for each in value)

    def _table(self, value: Any, where: str) -> tuple[tuple[str, str], ...]:
        if not isinstance(value, MappingType):
            self.complain(where, phrase("expected raw values and what they mean, got {value!r}", value=value))
            return ()
        for raw, meaning in value.items():
            if meaning is None or isinstance(meaning, list | MappingType):
                self.complain(
                    where, phrase("expected a text that {raw!r} stands for, got {meaning!r}", raw=raw, meaning=meaning)
                )
        return tuple((_scalar(raw), _scalar(meaning)) for raw, meaning in value.items())

    def _patterns(self, value: Any, where: str) -> tuple[tuple[str, str], ...]:
        import duckdb

        table = self._table(value, where)
        with ask_duckdb() as connection:
            for pattern, _ in table:
                try:
                    connection.execute("SELECT regexp_matches('', ?)", [pattern]).fetchone()
                except duckdb.Error as error:
                    self.complain(
                        where,
                        phrase(
                            "{pattern!r} is no regular expression: {reason}",
                            pattern=pattern,
                            reason=str(error).splitlines()[0],
                        ),
                    )
        return table

    def _timezone(self, document: MappingType[str, Any], where: str) -> str:
        zone = document.get("timezone", "UTC")
        if not isinstance(zone, str) or zone not in time_zones():
            close = closest_names(str(zone), time_zones(), count=1)
            hint = (
                phrase(", did you mean {close}?", close=close[0])
                if close
                else phrase(", expected one such as Europe/London")
            )
            self.complain(f"{where}.timezone", phrase("unknown time zone {zone!r}{hint}", zone=zone, hint=hint))
            return "UTC"
        return str(zone)

    def _formats(self, document: MappingType[str, Any], where: str) -> tuple[str, ...]:
        formats = self._names(document.get("format", []), f"{where}.format")
        for each in formats:
            if "%" not in each:
                self.complain(
                    f"{where}.format", phrase("expected a pattern such as %d/%m/%Y %H:%M, got {each!r}", each=each)
                )
        return formats

    def _unit(self, document: MappingType[str, Any], where: str, kind: str) -> str | None:
        unit = document.get("unit")
        if unit is None:
            return None
        if kind == "number" and where not in _DURATIONS:
            self.complain(f"{where}.unit", phrase("only {known} have a unit", known=", ".join(_DURATIONS)))
        known = TIME_UNITS if kind == "time" else DURATION_UNITS
        if not isinstance(unit, str) or unit not in known:
            self.complain(
                f"{where}.unit", phrase("expected one of {known}, got {unit!r}", known=", ".join(known), unit=unit)
            )
            return None
        return str(unit)

    def _identifiers(self, value: Any) -> dict[str, Expression]:
        if not isinstance(value, MappingType) or not value:
            self.complain(
                "identifiers",
                phrase("expected at least one, such as {{user: {{column: user_id}}}}, got {value!r}", value=value),
            )
            return {}
        for name in value:
            if not isinstance(name, str) or not _TYPE.fullmatch(name):
                self.complain(
                    "identifiers", phrase("expected a type in small letters and digits, got {name!r}", name=name)
                )
        return {str(name): self.expression(each, f"identifiers.{name}", "text") for name, each in value.items()}

    def _attributes(self, value: Any) -> dict[str, Expression]:
        if isinstance(value, MappingType):
            return {str(name): self.expression(each, f"attributes.{name}", "text") for name, each in value.items()}
        return {name: Expression(column=name) for name in self._names(value, "attributes")}

    def _version(self, document: MappingType[str, Any]) -> Version | None:
        value = document.get("version")
        if value is None:
            return None
        if not isinstance(value, MappingType) or "column" not in value:
            self.complain("version", phrase("expected {{column: NAME}}, got {value!r}", value=value))
            return None
        if "id" not in document and "one_per" not in document:
            self.complain("version", phrase("needs an id: only a record that is known again can be newer"))
        of = self._text(value, "of", "version")
        given = {key: each for key, each in value.items() if key != "of"}
        return Version(self.expression(given, "version", "time"), of)

    def _turns(self, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, MappingType) or set(value) != {"column"}:
            self.complain("turns", phrase("expected {{column: NAME}}, got {value!r}", value=value))
            return None
        return self._text(value, "column", "turns")

    def _joins(self, value: Any) -> tuple[Join, ...]:
        entries = value if isinstance(value, list) else [value]
        joins = []
        for place, entry in enumerate(entries):
            if not isinstance(entry, MappingType) or set(entry) != {"file", "on"}:
                self.complain(
                    f"join[{place}]", phrase("expected {{file: NAME, on: COLUMN}}, got {entry!r}", entry=entry)
                )
                continue
            joins.append(Join(str(entry["file"]), str(entry["on"])))
        return tuple(joins)

    def _read(self, value: Any) -> ReadOptions:
        if not isinstance(value, MappingType):
            self.complain("read", phrase("expected keys such as delimiter, got {value!r}", value=value))
            return ReadOptions()
        self._known(value, _READ_KEYS, "read")
        options = {key: self._text(value, key, "read") for key in _READ_KEYS if key in value}
        if options.get("decimal") not in (None, ".", ","):
            self.complain("read.decimal", phrase("expected . or , got {said!r}", said=options["decimal"]))
        if "encoding" in options:
            self._encoding(options["encoding"])
        return ReadOptions(**{key: text for key, text in options.items() if text})

    def _encoding(self, name: str | None) -> None:
        import codecs

        try:
            codecs.lookup(name or "")
        except LookupError:
            self.complain(
                "read.encoding",
                phrase("unknown encoding {name!r}, expected one such as utf-8 or windows-1252", name=name),
            )


def _filled(document: MappingType[str, Any]) -> MappingType[str, Any]:
    """A mapping that says no more than the source and a named format, with what the format gives."""
    read = document.get("read")
    name = read.get("format") if isinstance(read, MappingType) else None
    if set(document) != {"source", "read"} or not isinstance(name, str):
        return document
    from ruamel.yaml import YAML

    from desireline.sources.formats import all_formats
    from desireline.sources.formats.file_kind import format_mapping

    declared = all_formats().get(name)
    return document if declared is None else {**YAML(typ="safe").load(format_mapping(declared)), **document}


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """The time zones that can be named; they come with DuckDB, whatever the machine has.

    Abbreviations that mean several zones (BST is London and Dhaka) are left out.
    """
    import duckdb

    with duckdb.connect() as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM pg_timezone_names()").fetchall()]
    clear = {"UTC", "GMT", "UCT", "CET", "EET", "MET", "WET", "EST", "MST", "HST", "PRC", "ROC", "ROK"}
    return frozenset(name for name in names if len(name) != 3 or name in clear)


def _is_name(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _scalar(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _under(part: str, columns: Iterable[str]) -> dict[str, Expression]:
    """The columns that begin with a part's name, as expressions by the rest of it."""
    names = [name for name in columns if name.startswith(f"{part}.")]
    return {name.removeprefix(f"{part}."): Expression(column=name) for name in names}
