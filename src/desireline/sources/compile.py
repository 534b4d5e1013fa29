"""A mapping as SQL over the raw records: an expression for each field, and the checks that a record must pass.

Constants of the mapping are bound parameters; names of columns are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desireline.base import InputError, Phrase, closest_names, phrase
from desireline.interactions import FIELDS, Field, field_named
from desireline.interactions.model import LONGEST_ATTRIBUTE, LONGEST_IDENTIFIER
from desireline.sources.mapping import DURATION_UNITS, TIME_UNITS, Expression, Mapping, Version
from desireline.store import identifier

EARLIEST = "TIMESTAMPTZ '1900-01-01 00:00:00+00'"
LATEST = "TIMESTAMPTZ '2200-01-01 00:00:00+00'"
_LOCAL = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?"
_EVENED = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?([zZ]|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?))?$"
OWN_COLUMNS = ("_desireline_row", "_desireline_document", "_failed", "_group_id", "_group_key", "_sentiment", "_curve")
"""Names that the queries of an import give to columns of their own."""
_WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_NUMBERS = (*_WHOLE_NUMBERS, "HUGEINT", "FLOAT", "DOUBLE")


@dataclass(frozen=True, slots=True)
class Check:
    """What a record must not be.

    Attributes
    ----------
    field
        The field of the interaction.
    reason
        Code of the rejection.
    message
        What was expected.
    fails
        SQL that is true where the record fails; it may be NULL where it does not.
    came
        SQL that shows what came, as text; ``None`` where nothing came.
    """

    field: str
    reason: str
    message: str
    fails: str
    came: str | None = None


@dataclass(slots=True)
class Compiled:
    """A mapping over the columns of one file.

    Attributes
    ----------
    columns
        SQL by output column: ``_t_FIELD`` texts and choices, ``_n_FIELD`` numbers, ``_c_FIELD`` times, ``_r_FIELD`` the
        text that a number or time was read from, ``_i_TYPE`` raw identifiers, ``_a_N`` attributes, ``_g_N`` what makes
        rows one interaction, ``_v_version`` and ``_v_record`` what tells newer deliveries of a record, ``_turns`` the
        customer's turns. A later one may name an earlier one.
    checks
        Over the output columns.
    parameters
        To be bound with any query that uses the columns.
    """

    columns: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)

    def used(self, sql: str) -> dict[str, Any]:
        """The parameters that a query names: DuckDB takes no others."""
        names = set(re.findall(r"\$(p[0-9]+)\b", sql))
        return {name: value for name, value in self.parameters.items() if name in names}

    def bind(self, value: Any) -> str:
        """A new parameter with this value."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"


def compile_mapping(mapping: Mapping, kinds: dict[str, str], *, file: str) -> Compiled:
    """Compile a mapping.

    Parameters
    ----------
    kinds
        DuckDB type by column of the file.
    file
        Its name, for messages.

    Raises
    ------
    InputError
        The mapping reads a column that the file does not have.
    """
    _check_columns(mapping, kinds, file)
    compiled = Compiled()
    for each in FIELDS:
        expression = mapping.fields.get(each.name)
        if expression is not None:
            _COMPILERS[each.kind](compiled, each, expression, mapping, kinds)
    for kind, expression in mapping.identifiers.items():
        _compile_identifier(compiled, kind, expression, kinds)
    for place, (name, expression) in enumerate(mapping.attributes.items()):
        compiled.columns[f"_a_{place}"] = text_sql(expression, compiled, kinds)
        too_long = f"length(_a_{place}) > {LONGEST_ATTRIBUTE}"
        compiled.checks.append(_oversized(f"attributes.{name}", too_long, LONGEST_ATTRIBUTE, f"_a_{place}"))
    for place, column in enumerate(mapping.one_per):
        compiled.columns[f"_g_{place}"] = _column_text(column, kinds)
        expected = phrase(
            "expected {column}, which says what rows are one interaction, the field is empty", column=column
        )
        compiled.checks.append(Check("one_per", "missing_value", expected, f"_g_{place} IS NULL"))
    if mapping.version is not None:
        _compile_version(compiled, mapping.version, kinds)
    if mapping.turns is not None:
        _compile_turns(compiled, mapping.turns, kinds)
    _check_own_names(compiled, mapping, kinds, file)
    return compiled


def text_sql(expression: Expression, compiled: Compiled, kinds: dict[str, str]) -> str:
    """The expression as text, trimmed; empty text is no value."""
    value = _bare_text(expression, compiled, kinds)
    otherwise = None if expression.otherwise is None else compiled.bind(expression.otherwise)
    if not expression.values and not expression.patterns:
        return value if otherwise is None else f"coalesce({value}, {otherwise})"
    cases = [f"WHEN {value} = {compiled.bind(raw)} THEN {compiled.bind(meaning)}" for raw, meaning in expression.values]
    cases += [
        f"WHEN regexp_matches({value}, {compiled.bind(pattern)}) THEN {compiled.bind(meaning)}"
        for pattern, meaning in expression.patterns
    ]
    return f"CASE {' '.join(cases)} ELSE {otherwise or value} END"


def _check_columns(mapping: Mapping, kinds: dict[str, str], file: str) -> None:
    missing = sorted(column for column in mapping.columns() if column not in kinds)
    if missing:
        raise missing_columns(missing, list(kinds), file=file, source=mapping.source)


def missing_columns(missing: list[str], known: list[str], *, file: str, source: str) -> InputError:
    """The error of a mapping that reads columns which the file does not have."""
    close = closest_names(missing[0], known)
    return InputError(
        phrase(
            "{file} has no column {missing}, which the mapping of source {source!r} reads",
            file=file,
            missing=", ".join(repr(column) for column in missing),
            source=source,
        ),
        hint=phrase("did you mean {close}?", close=", ".join(close))
        if close
        else phrase("columns: {known}", known=", ".join(known[:40])),
    )


def _check_own_names(compiled: Compiled, mapping: Mapping, kinds: dict[str, str], file: str) -> None:
    own = {*compiled.columns, *(f"_x_{kind}" for kind in mapping.identifiers), *OWN_COLUMNS}
    clashing = [name for name in kinds if name.casefold() in own]
    if clashing:
        raise InputError(
            phrase(
                "{file} has a column {clashing!r}, a name that the import needs for itself",
                file=file,
                clashing=clashing[0],
            ),
            hint=phrase("give the column another name in the file"),
        )


def _bare_text(expression: Expression, compiled: Compiled, kinds: dict[str, str]) -> str:
    if expression.constant is not None:
        return compiled.bind(expression.constant)
    if expression.column is not None:
        return _column_text(expression.column, kinds)
    if expression.first_of:
        return f"coalesce({', '.join(_column_text(column, kinds) for column in expression.first_of)})"
    pieces = [
        _column_text(piece, kinds) if is_column else compiled.bind(piece)
        for piece, is_column in expression.template_parts()
    ]
    return "(" + " || ".join(pieces) + ")"


def _column_text(column: str, kinds: dict[str, str]) -> str:
    quoted = identifier(column)
    if kinds.get(column) == "VARCHAR":
        return f"nullif(trim({quoted}), '')"
    if kinds.get(column) in _WHOLE_NUMBERS:
        return f"CAST({quoted} AS VARCHAR)"
    return f"nullif(trim(CAST({quoted} AS VARCHAR)), '')"


def _compile_text(
    compiled: Compiled, each: Field, expression: Expression, mapping: Mapping, kinds: dict[str, str]
) -> None:
    name = f"_t_{each.name}"
    compiled.columns[name] = text_sql(expression, compiled, kinds)
    if each.required:
        compiled.checks.append(
            Check(
                each.name,
                "missing_value",
                phrase("expected a {field}, the field is empty", field=each.name),
                f"{name} IS NULL",
            )
        )
    if expression.constant is None:
        compiled.checks.append(_oversized(each.name, f"length({name}) > {each.longest}", each.longest, name))


def _compile_choice(
    compiled: Compiled, each: Field, expression: Expression, mapping: Mapping, kinds: dict[str, str]
) -> None:
    raw, name = f"_r_{each.name}", f"_t_{each.name}"
    compiled.columns[raw] = text_sql(expression, compiled, kinds)
    cases = " ".join(f"WHEN {compiled.bind(choice.lower())} THEN {compiled.bind(choice)}" for choice in each.choices)
    compiled.columns[name] = f"CASE lower({raw}) {cases} END"
    expected = phrase("expected one of {choices}", choices=", ".join(each.choices))
    compiled.checks.append(Check(each.name, "unknown_value", expected, f"{raw} IS NOT NULL AND {name} IS NULL", raw))


def _compile_number(
    compiled: Compiled, each: Field, expression: Expression, mapping: Mapping, kinds: dict[str, str]
) -> None:
    raw, name = f"_r_{each.name}", f"_n_{each.name}"
    decimal = mapping.read.decimal
    if expression.product:
        texts = [_column_text(column, kinds) for column in expression.product]
        numbers = [_number_of_column(column, kinds, decimal) for column in expression.product]
        compiled.columns[raw] = "(" + " || ' × ' || ".join(texts) + ")"
        compiled.columns[name] = "(" + " * ".join(numbers) + ")"
    elif expression.column is not None and not expression.values and not expression.patterns:
        compiled.columns[raw] = text_sql(expression, compiled, kinds)
        compiled.columns[name] = _number_of_column(expression.column, kinds, decimal)
        if expression.otherwise is not None:
            compiled.columns[name] = _number_of_text(compiled.columns[raw], decimal)
    else:
        compiled.columns[raw] = text_sql(expression, compiled, kinds)
        compiled.columns[name] = _number_of_text(compiled.columns[raw], ".")
    if expression.unit is not None:
        compiled.columns[name] = f"({compiled.columns[name]} * {DURATION_UNITS[expression.unit]!r}::DOUBLE)"
    unreadable = f"NOT isfinite({name})"
    if not _is_number(kinds.get(expression.column or "", "VARCHAR")):
        unreadable = f"{raw} IS NOT NULL AND coalesce({unreadable}, true)"
    compiled.checks.append(
        Check(
            each.name,
            "not_a_number",
            phrase("expected a number such as {example}", example=f"1234{decimal}5"),
            unreadable,
            raw,
        )
    )
    _check_range(compiled, each, name, raw)


def _check_range(compiled: Compiled, each: Field, name: str, raw: str) -> None:
    bounds = [(each.lowest, "<"), (each.highest, ">")]
    fails = [f"{name} {sign} {bound!r}" for bound, sign in bounds if bound is not None]
    if not fails:
        return
    expected = phrase(
        "expected {lowest:g} at least ({unit})"
        if each.highest is None
        else "expected {lowest:g} at least and {highest:g} at most ({unit})",
        lowest=each.lowest,
        highest=each.highest,
        unit=each.unit,
    )
    compiled.checks.append(Check(each.name, "out_of_range", expected, " OR ".join(fails), raw))


def _number_of_column(column: str, kinds: dict[str, str], decimal: str) -> str:
    if _is_number(kinds.get(column, "")):
        return f"CAST({identifier(column)} AS DOUBLE)"
    return _number_of_text(_column_text(column, kinds), decimal)


def _is_number(kind: str) -> bool:
    return kind in _NUMBERS or kind.startswith("DECIMAL")


def _number_of_text(text: str, decimal: str) -> str:
    """Plain numbers, and numbers with separators between the thousands."""
    if decimal == ",":
        plain = f"replace(replace({text}, '.', ''), ',', '.')"
        return f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9.]*(,[0-9]+)?') THEN TRY_CAST({plain} AS DOUBLE) END"
    grouped = f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9]{{1,3}}(,[0-9]{{3}})+([.][0-9]+)?') THEN TRY_CAST(replace({text}, ',', '') AS DOUBLE) END"
    return f"coalesce(TRY_CAST({text} AS DOUBLE), {grouped})"


def _compile_time(
    compiled: Compiled, each: Field, expression: Expression, mapping: Mapping, kinds: dict[str, str]
) -> None:
    raw, name = f"_r_{each.name}", f"_c_{each.name}"
    compiled.columns[raw] = text_sql(expression, compiled, kinds)
    kind = _time_kind(expression, kinds)
    typed = _is_time(kind)
    compiled.columns[name] = _time_sql(raw, expression, kind, compiled)
    if each.required:
        nothing = f"{identifier(expression.column or '') if typed else raw} IS NULL"
        compiled.checks.append(Check(each.name, "missing_time", phrase("expected a time, the field is empty"), nothing))
    if not typed:
        expected = _expected_time(expression)
        fails = f"{raw} IS NOT NULL AND {name} IS NULL"
        compiled.checks.append(Check(each.name, "unreadable_time", expected, fails, raw))
    outside = f"{name} NOT BETWEEN {EARLIEST} AND {LATEST}"
    if typed:
        outside = f"{identifier(expression.column or '')} IS NOT NULL AND coalesce({outside}, true)"
    compiled.checks.append(
        Check(each.name, "out_of_range", phrase("expected a time between 1900 and 2200"), outside, raw)
    )


def _time_sql(raw: str, expression: Expression, kind: str, compiled: Compiled) -> str:
    """A time out of a column of this type, or out of the text ``raw``."""
    if _is_time(kind):
        return _typed_time(identifier(expression.column or ""), kind, expression.timezone, compiled)
    if expression.unit is not None:
        factor = TIME_UNITS[expression.unit]
        number = (
            f"TRY_CAST({identifier(expression.column or '')} AS BIGINT)"
            if kind in _WHOLE_NUMBERS
            else f"TRY_CAST({raw} AS DOUBLE)"
        )
        inside = f"{number} BETWEEN {-2_208_988_800_000_000 // factor} AND {7_258_118_400_000_000 // factor}"
        exact = f"CAST(round({number} * {factor}) AS BIGINT)"
        return f"CASE WHEN {inside} THEN make_timestamptz({exact}) END"
    if expression.format:
        return _formatted_time(raw, expression, compiled)
    return _iso_time(raw, expression.timezone, compiled)


def _is_time(kind: str) -> bool:
    return kind.startswith("TIMESTAMP") or kind == "DATE"


def _time_kind(expression: Expression, kinds: dict[str, str]) -> str:
    """The type that the times come in; what is looked up or filled in is text."""
    if expression.values or expression.patterns or expression.otherwise is not None:
        return "VARCHAR"
    return kinds.get(expression.column or "", "VARCHAR")


def _typed_time(column: str, kind: str, zone: str, compiled: Compiled) -> str:
    if kind == "TIMESTAMP WITH TIME ZONE":
        return column
    if zone == "UTC":
        return f"make_timestamptz(epoch_us(TRY_CAST({column} AS TIMESTAMP)))"  # three times as quick as a cast
    return f"timezone({compiled.bind(zone)}, TRY_CAST({column} AS TIMESTAMP))"


def _formatted_time(raw: str, expression: Expression, compiled: Compiled) -> str:
    attempts = []
    for pattern in expression.format:
        parsed = f"try_strptime({raw}, {compiled.bind(pattern)})"
        attempts.append(parsed if "%z" in pattern else f"timezone({compiled.bind(expression.timezone)}, {parsed})")
    return f"coalesce({', '.join(attempts)})"


def _iso_time(raw: str, zone: str, compiled: Compiled) -> str:
    """ISO 8601 with a zone of its own, or in the zone of the mapping.

    Blanks before the zone are taken out, and a comma before the fraction becomes a point. Only what has nothing behind
    the time of day is local: DuckDB's TIMESTAMP would silently drop a zone or "PM".
    """
    even = f"regexp_replace(replace({raw}, ',', '.'), ' ?([zZ]|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$', '\\1')"
    zoned = f"coalesce(TRY_CAST({raw} AS TIMESTAMPTZ), CASE WHEN regexp_matches({raw}, '{_EVENED}') THEN TRY_CAST({even} AS TIMESTAMPTZ) END)"
    if zone == "UTC":
        return zoned
    local = f"timezone({compiled.bind(zone)}, TRY_CAST(replace({raw}, ',', '.') AS TIMESTAMP))"
    return f"CASE WHEN regexp_full_match({raw}, '{_LOCAL}') THEN {local} ELSE {zoned} END"


def _expected_time(expression: Expression) -> Phrase:
    if expression.unit is not None:
        return phrase("expected a time as a number of {unit} since 1970", unit=expression.unit)
    if expression.format:
        return phrase("expected a time like {format}", format=" or ".join(expression.format))
    return phrase("expected a time in ISO 8601 (2026-01-31T09:30:00Z)")


def _compile_identifier(compiled: Compiled, kind: str, expression: Expression, kinds: dict[str, str]) -> None:
    name = f"_i_{kind}"
    compiled.columns[name] = text_sql(expression, compiled, kinds)
    too_long = f"length({name}) > {LONGEST_IDENTIFIER}"
    compiled.checks.append(_oversized(f"identifiers.{kind}", too_long, LONGEST_IDENTIFIER, name))


def _compile_version(compiled: Compiled, version: Version, kinds: dict[str, str]) -> None:
    """Microseconds since 1970 for a time, a whole number as it is."""
    expression, raw, name = version.value, "_r_version", "_v_version"
    kind = _time_kind(expression, kinds)
    compiled.columns[raw] = text_sql(expression, compiled, kinds)
    compiled.columns[name] = f"epoch_us({_time_sql(raw, expression, kind, compiled)})"
    if not _is_time(kind) and expression.unit is None and not expression.format:
        number = f"TRY_CAST(regexp_replace({raw}, '[.]0+$', '') AS BIGINT)"
        whole = f"regexp_full_match({raw}, '[+-]?[0-9]+([.]0+)?')"
        compiled.columns[name] = f"CASE WHEN {whole} THEN {number} ELSE {compiled.columns[name]} END"
    expected = _expected_time(expression)
    if not expression.unit:
        expected = phrase("{expected}, or a whole number", expected=expected)
    fails = f"{raw} IS NOT NULL AND {name} IS NULL"
    compiled.checks.append(Check("version", "unreadable_time", expected, fails, raw))
    if version.of is not None:
        compiled.columns["_v_record"] = _column_text(version.of, kinds)


def _compile_turns(compiled: Compiled, column: str, kinds: dict[str, str]) -> None:
    """The turns as a list of texts; a list column is taken as it is."""
    if kinds[column] == "VARCHAR[]":
        compiled.columns["_turns"] = identifier(column)
        return
    raw = _column_text(column, kinds)
    compiled.columns["_turns"] = f"TRY_CAST(TRY_CAST({raw} AS JSON) AS VARCHAR[])"
    expected = phrase("expected a JSON list of texts")
    compiled.checks.append(Check("turns", "unknown_value", expected, f"{raw} IS NOT NULL AND _turns IS NULL", raw))


def _oversized(field_name: str, fails: str, longest: int, column: str) -> Check:
    came = f"length({column}) || ' characters'"
    return Check(
        field_name, "oversized", phrase("expected at most {longest:,} characters", longest=longest), fails, came
    )


_COMPILERS: dict[str, Callable[[Compiled, Field, Expression, Mapping, dict[str, str]], None]] = {
    "text": _compile_text,
    "choice": _compile_choice,
    "number": _compile_number,
    "time": _compile_time,
}


def output_column(name: str) -> str:
    """The compiled column that holds the value of a field."""
    return {"number": "_n_", "time": "_c_"}.get(field_named(name).kind, "_t_") + name
