"""Conditions on interactions: one form for segments, journey definitions, step bindings, rules and ``--where``.

    {"all": [...]}, {"any": [...]}, {"not": {...}}
    {"field": "channel", "operator": "equals", "value": "web"}

Fields are those of an interaction, those computed from the taxonomy, and ``attributes.NAME``. Operators:

    equals, not_equals, in           any field; not_equals is the opposite of equals
    less, at_most, greater, at_least numbers, times, and attributes that read as numbers
    contains, starts_with            texts and attributes; capitals count
    exists, missing                  any field; no value

A comparison with a value that is missing is false, so ``not`` of it, and ``not_equals``, are true.
The same condition is compiled to SQL for history and to a function for live; a property test holds them equal.

On the command line a condition may also be written as text::

    channel = web and (attributes.platform in (ios, android) or not touchpoint contains 'Call')
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, get_args

from desireline.base import InputError, UnknownNameError, closest_names, joined, phrase
from desireline.interactions.model import READABLE_FIELDS
from desireline.store import identifier

Operator = Literal[
    "equals",
    "not_equals",
    "in",
    "less",
    "at_most",
    "greater",
    "at_least",
    "contains",
    "starts_with",
    "exists",
    "missing",
]
Scalar = str | float | datetime
ATTRIBUTE_PREFIX = "attributes."
DEEPEST = 100
"""How deep conditions may be nested."""
OPERATORS: tuple[str, ...] = get_args(Operator)
_OFFERED_FIELDS = [name for name in READABLE_FIELDS if not name.startswith("raw_")]
"""A raw name is spelled like the name itself, which is nearly always meant."""
_ORDER = {"less": "<", "at_most": "<=", "greater": ">", "at_least": ">="}
_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_WORDS = frozenset({"and", "or", "not", "in", "contains", "starts", "with", "exists", "is", "missing"})
_SYMBOLS: dict[str, Operator] = {
    "=": "equals",
    "==": "equals",
    "!=": "not_equals",
    "<>": "not_equals",
    "<": "less",
    "<=": "at_most",
    ">": "greater",
    ">=": "at_least",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field against a value; ``value`` is a tuple for ``in`` and ``None`` for ``exists`` and ``missing``."""

    field: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...] | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no part it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any_:
    """At least one part holds; with no part it never holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Comparison | All | Any_ | Not


def condition_from_dict(document: Any, *, where: str = "condition") -> Condition:
    """Read the JSON form.

    Parameters
    ----------
    where
        The place in the larger document, for messages.

    Raises
    ------
    InputError
        The document is no condition; the message names the place.
    """
    return _read(document, where, 0)


def _read(document: Any, where: str, depth: int) -> Condition:
    _check_depth(depth)
    if not isinstance(document, Mapping):
        raise InputError(
            phrase(
                "{where}: expected an object with all, any, not or field, got {document!r}",
                where=where,
                document=document,
            )
        )
    keys = set(document)
    if keys == {"not"}:
        return Not(_read(document["not"], f"{where}.not", depth + 1))
    for key, kind in (("all", All), ("any", Any_)):
        if keys == {key}:
            return kind(_parts(document[key], f"{where}.{key}", depth))
    if "field" not in keys or keys - {"field", "operator", "value"}:
        raise InputError(
            phrase(
                "{where}: expected one of all, any, not, or field with operator and value, got {str}",
                where=where,
                str=joined(sorted(map(str, keys)), ", "),
            )
        )
    return _comparison(document["field"], document.get("operator", "equals"), document.get("value"), where)


def condition_to_dict(condition: Condition) -> dict[str, Any]:
    """The JSON form; reading it gives the same condition."""
    match condition:
        case All(parts):
            return {"all": [condition_to_dict(part) for part in parts]}
        case Any_(parts):
            return {"any": [condition_to_dict(part) for part in parts]}
        case Not(part):
            return {"not": condition_to_dict(part)}
        case Comparison(field, operator, None):
            return {"field": field, "operator": operator}
        case Comparison(field, operator, tuple() as values):
            return {"field": field, "operator": operator, "value": [_plain(value) for value in values]}
        case Comparison(field, operator, value):
            assert not isinstance(value, tuple)
            return {"field": field, "operator": operator, "value": _plain(value)}


def parse_condition(text: str) -> Condition:
    """Read a condition as text, or its JSON form.

    Raises
    ------
    InputError
        The text is neither; the message shows the place.

    >>> parse_condition("channel = web")
    Comparison(field='channel', operator='equals', value='web')
    """
    if text.lstrip().startswith("{"):
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(phrase("the condition is not valid JSON: {error}", error=error)) from error
        return condition_from_dict(document)
    return _from_text(text)


def condition_text(condition: Condition) -> str:
    """The condition as text that reads as the same one; its JSON form where it has no text.

    >>> condition_text(parse_condition('{"field": "touchpoint", "operator": "equals", "value": "Order placed"}'))
    "touchpoint = 'Order placed'"
    """
    text = _written(condition, inside=False)
    try:
        if text is not None and _from_text(text) == condition:
            return text
    except InputError:
        pass
    return json.dumps(condition_to_dict(condition), ensure_ascii=False)


def _written(condition: Condition, *, inside: bool) -> str | None:
    match condition:
        case Comparison():
            return _comparison_text(condition)
        case Not(Comparison(_, "in", _) as one_of):
            text = _comparison_text(one_of)
            return text and text.replace(" in (", " not in (", 1)
        case Not(part):
            text = _written(part, inside=False)
            return text and f"not ({text})"
        case All(parts) | Any_(parts):
            texts = [_written(part, inside=True) for part in parts]
            if len(parts) < 2 or None in texts:
                return None
            word = " and " if isinstance(condition, All) else " or "
            joined = word.join(text for text in texts if text)
            return f"({joined})" if inside else joined


def _comparison_text(comparison: Comparison) -> str | None:
    field = comparison.field
    if field.startswith(ATTRIBUTE_PREFIX) and not re.fullmatch(r"[^\s()=<>!,'\"]+", field):
        field = f'{ATTRIBUTE_PREFIX}"{field.removeprefix(ATTRIBUTE_PREFIX)}"'
    match comparison.operator, comparison.value:
        case "exists", _:
            return f"{field} exists"
        case "missing", _:
            return f"{field} is missing"
        case "in", tuple() as values:
            return f"{field} in ({', '.join(_value_text(value) for value in values)})" if values else None
        case operator, (str() | float() | datetime()) as value:
            symbol = next((symbol for symbol, name in _SYMBOLS.items() if name == operator), operator.replace("_", " "))
            return f"{field} {symbol} {_value_text(value)}"
    return None


def _value_text(value: Scalar) -> str:
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", value) and value.lower() not in _WORDS
    return value if plain else "'" + value.replace("'", "''") + "'"


def condition_sql(condition: Condition, parameters: dict[str, Any]) -> str:
    """The condition as a DuckDB expression over the columns of the log; it is never NULL.

    Parameters
    ----------
    parameters
        Values are added to it under new names; bind it with the query.
    """
    match condition:
        case All(parts):
            return _joined(" AND ", parts, parameters, empty="true")
        case Any_(parts):
            return _joined(" OR ", parts, parameters, empty="false")
        case Not(part):
            return f"(NOT {condition_sql(part, parameters)})"
        case Comparison():
            return f"coalesce({_comparison_sql(condition, parameters)}, false)"


def condition_test(condition: Condition) -> Callable[[Mapping[str, Any]], bool]:
    """The condition as a function of an interaction.

    The interaction is a mapping from field to value (text, float, aware datetime, or ``None``), with the attributes
    as a mapping of texts under ``attributes``.
    """
    match condition:
        case All(parts):
            tests = [condition_test(part) for part in parts]
            return lambda interaction: all(test(interaction) for test in tests)
        case Any_(parts):
            tests = [condition_test(part) for part in parts]
            return lambda interaction: any(test(interaction) for test in tests)
        case Not(part):
            test = condition_test(part)
            return lambda interaction: not test(interaction)
        case Comparison():
            return _comparison_test(condition)


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise InputError(
            phrase("the condition is nested more than {deepest} deep", deepest=DEEPEST),
            hint=phrase("write all and any as lists"),
        )


def _parts(documents: Any, where: str, depth: int) -> tuple[Condition, ...]:
    if not isinstance(documents, list | tuple):
        raise InputError(
            phrase("{where}: expected a list of conditions, got {documents!r}", where=where, documents=documents)
        )
    return tuple(_read(part, f"{where}[{place}]", depth + 1) for place, part in enumerate(documents))


def _comparison(field: Any, operator: Any, value: Any, where: str) -> Comparison:
    """Check one comparison and bring its value into the kind of the field."""
    kind = _kind(field, where)
    if operator not in OPERATORS:
        close = closest_names(str(operator), OPERATORS)
        raise UnknownNameError(
            phrase("{where}: unknown operator {operator!r}", where=where, operator=operator),
            hint=(
                phrase("did you mean {close}?", close=close[0])
                if close
                else phrase("operators: {operators}", operators=joined(OPERATORS, ", "))
            ),
        )
    if operator in ("exists", "missing"):
        if value is not None:
            raise InputError(
                phrase("{where}: {operator} takes no value, got {value!r}", where=where, operator=operator, value=value)
            )
        return Comparison(field, operator)
    if operator in _ORDER and kind == "text":
        raise InputError(
            phrase(
                "{where}: {field} is a text, {operator} needs a number or a time",
                where=where,
                field=field,
                operator=operator,
            )
        )
    if operator in ("contains", "starts_with") and kind not in ("text", "attribute"):
        raise InputError(
            phrase(
                "{where}: {operator} needs a text, {field} is a {kind}",
                where=where,
                operator=operator,
                field=field,
                kind=kind,
            )
        )
    if operator == "in":
        if not isinstance(value, list | tuple):
            raise InputError(phrase("{where}: in needs a list of values, got {value!r}", where=where, value=value))
        return Comparison(field, operator, tuple(_value(each, kind, field, where) for each in value))
    converted = _value(value, kind, field, where)
    if operator in _ORDER and isinstance(converted, str):
        raise InputError(
            phrase(
                "{where}: {operator} needs a number or a time, got {value!r}",
                where=where,
                operator=operator,
                value=value,
            )
        )
    if operator in ("contains", "starts_with") and not isinstance(converted, str):
        converted = _text_of(value)
    return Comparison(field, operator, converted)


def _kind(field: Any, where: str) -> str:
    if not isinstance(field, str):
        raise InputError(phrase("{where}: expected the name of a field, got {field!r}", where=where, field=field))
    if field.startswith(ATTRIBUTE_PREFIX) and len(field) > len(ATTRIBUTE_PREFIX):
        return "attribute"
    if field not in READABLE_FIELDS:
        close = closest_names(field, _OFFERED_FIELDS)
        raise UnknownNameError(
            phrase("{where}: unknown field {field!r}", where=where, field=field),
            hint=(
                phrase("did you mean {close}?", close=joined(close, ", "))
                if close
                else phrase("attributes are written attributes.NAME")
            ),
        )
    kind = READABLE_FIELDS[field].kind
    return "text" if kind == "choice" else kind


def _value(value: Any, kind: str, field: str, where: str) -> Scalar:
    if isinstance(value, bool) or value is None or isinstance(value, list | Mapping):
        if isinstance(value, bool) and kind in ("attribute", "text"):
            return str(value).lower()
        raise InputError(
            phrase("{where}: expected a value for {field}, got {value!r}", where=where, field=field, value=value)
        )
    if kind == "time":
        return _time(value, field, where)
    if kind == "number":
        number = _number(value)
        if number is None:
            raise InputError(
                phrase("{where}: {field} is a number, got {value!r}", where=where, field=field, value=value)
            )
        return number
    if kind == "attribute" and isinstance(value, int | float):
        number = _number(value)
        if number is None:
            raise InputError(
                phrase(
                    "{where}: expected a finite number for {field}, got {value!r}",
                    where=where,
                    field=field,
                    value=value,
                )
            )
        return number
    return _text_of(value)


def _time(value: Any, field: str, where: str) -> datetime:
    if isinstance(value, datetime):
        moment = value
    else:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            raise InputError(
                phrase("{where}: {field} is a time in ISO 8601, got {value!r}", where=where, field=field, value=value)
            ) from None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        raise InputError(
            phrase("{where}: {field} is out of range, got {value!r}", where=where, field=field, value=value)
        ) from None


def _number(value: Any) -> float | None:
    """The number that a value reads as; the same texts as in SQL."""
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(_NUMBER, value)):
        try:
            number = float(value)
        except OverflowError:
            return None
    else:
        return None
    return number if math.isfinite(number) else None


def _text_of(value: Any) -> str:
    return _plain_number(value) if isinstance(value, float) else str(value)


def _plain_number(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _plain(value: Scalar | None) -> str | float | None:
    return value.isoformat() if isinstance(value, datetime) else value


def _joined(separator: str, parts: tuple[Condition, ...], parameters: dict[str, Any], *, empty: str) -> str:
    if not parts:
        return empty
    return "(" + separator.join(condition_sql(part, parameters) for part in parts) + ")"


def _bind(value: Any, parameters: dict[str, Any]) -> str:
    name = f"condition_{len(parameters)}"
    parameters[name] = value
    return f"${name}"


def column_sql(field: str, parameters: dict[str, Any]) -> str:
    """A field as a DuckDB expression over the columns of the log; names of attributes are bound in ``parameters``."""
    if field.startswith(ATTRIBUTE_PREFIX):
        return f"attributes[{_bind(field.removeprefix(ATTRIBUTE_PREFIX), parameters)}]"
    return identifier(field)


def _comparison_sql(comparison: Comparison, parameters: dict[str, Any]) -> str:
    if comparison.value == ():
        return "false"  # before the name of an attribute is bound: DuckDB takes no parameter that is not used
    column = column_sql(comparison.field, parameters)
    match comparison.operator, comparison.value:
        case "exists", _:
            return f"{column} IS NOT NULL"
        case "missing", _:
            return f"{column} IS NULL"
        case "not_equals", value:
            return f"(NOT coalesce({_equals_sql(column, comparison.field, value, parameters)}, false))"
        case "equals", value:
            return _equals_sql(column, comparison.field, value, parameters)
        case "in", tuple() as values:
            tests = [_equals_sql(column, comparison.field, value, parameters) for value in values]
            return "(" + " OR ".join(f"coalesce({test}, false)" for test in tests) + ")"
        case "contains", value:
            return f"contains({column}, {_bind(value, parameters)})"
        case "starts_with", value:
            return f"starts_with({column}, {_bind(value, parameters)})"
        case operator, value:
            left = _numeric_sql(column) if comparison.field.startswith(ATTRIBUTE_PREFIX) else column
            return f"{left} {_ORDER[operator]} {_bind(value, parameters)}"


def _equals_sql(column: str, field: str, value: Any, parameters: dict[str, Any]) -> str:
    numeric = field.startswith(ATTRIBUTE_PREFIX) and isinstance(value, float)
    return f"{_numeric_sql(column) if numeric else column} = {_bind(value, parameters)}"


def _numeric_sql(column: str) -> str:
    cast = f"TRY_CAST({column} AS DOUBLE)"
    return f"(CASE WHEN regexp_full_match({column}, '{_NUMBER}') AND isfinite({cast}) THEN {cast} END)"


def _getter(field: str) -> Callable[[Mapping[str, Any]], Any]:
    if field.startswith(ATTRIBUTE_PREFIX):
        name = field.removeprefix(ATTRIBUTE_PREFIX)
        return lambda interaction: (interaction.get("attributes") or {}).get(name)
    return lambda interaction: interaction.get(field)


def _comparison_test(comparison: Comparison) -> Callable[[Mapping[str, Any]], bool]:
    get = _getter(comparison.field)
    numeric = comparison.field.startswith(ATTRIBUTE_PREFIX)
    match comparison.operator, comparison.value:
        case "exists", _:
            return lambda interaction: get(interaction) is not None
        case "missing", _:
            return lambda interaction: get(interaction) is None
        case "equals", value:
            return lambda interaction: _equal(get(interaction), value, numeric)
        case "not_equals", value:
            return lambda interaction: not _equal(get(interaction), value, numeric)
        case "in", tuple() as values:
            return lambda interaction: any(_equal(get(interaction), value, numeric) for value in values)
        case "contains", str() as part:
            return lambda interaction: part in (get(interaction) or "") and get(interaction) is not None
        case "starts_with", str() as part:
            return lambda interaction: (get(interaction) or "").startswith(part) and get(interaction) is not None
        case operator, value:
            return lambda interaction: _ordered(operator, get(interaction), value, numeric)


def _equal(left: Any, right: Any, numeric: bool) -> bool:
    if left is None:
        return False
    return bool((_number(left) if numeric and isinstance(right, float) else left) == right)


def _ordered(operator: str, left: Any, right: Any, numeric: bool) -> bool:
    left = _number(left) if numeric else left
    if left is None:
        return False
    less, equal = left < right, left == right
    return bool(
        {"less": less, "at_most": less or equal, "greater": not less and not equal, "at_least": not less}[operator]
    )


_GRAMMAR = r"""
?start: or_
?or_: and_
    | and_ (_OR and_)+           -> any
?and_: term
     | term (_AND term)+         -> all
?term: _NOT term                  -> negated
     | "(" or_ ")"
     | FIELD SYMBOL value         -> compared
     | FIELD _IN "(" value ("," value)* ")"        -> one_of
     | FIELD _NOT _IN "(" value ("," value)* ")"   -> none_of
     | FIELD _CONTAINS value      -> contains
     | FIELD _STARTS _WITH value  -> starts_with
     | FIELD _EXISTS              -> exists
     | FIELD _IS _MISSING         -> missing
value: QUOTED | BARE
FIELD: /[A-Za-z_][A-Za-z0-9_]*(\.([^\s()=<>!,'"]+|"[^"]+"))?/
SYMBOL: "==" | "!=" | "<>" | "<=" | ">=" | "=" | "<" | ">"
QUOTED: /'([^']|'')*'|"[^"]*"/
BARE: /[^\s()=<>!,'"]+/
_OR.2: /or\b/i
_AND.2: /and\b/i
_NOT.2: /not\b/i
_IN.2: /in\b/i
_CONTAINS.2: /contains\b/i
_STARTS.2: /starts\b/i
_WITH.2: /with\b/i
_EXISTS.2: /exists\b/i
_IS.2: /is\b/i
_MISSING.2: /missing\b/i
%ignore /\s+/
"""


@lru_cache(maxsize=1)
def _parser() -> Any:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="contextual")


def _from_text(text: str) -> Condition:
    from lark.exceptions import UnexpectedInput

    line = re.sub(r"[\r\n\t]", " ", text)
    try:
        tree = _parser().parse(line)
    except UnexpectedInput as error:
        at_end = getattr(getattr(error, "token", None), "type", None) == "$END"
        place = len(line.rstrip()) if at_end else error.pos_in_stream or 0
        raise InputError(
            phrase(
                "the condition cannot be read at character {place}:\n  {line}\n  {place_2}^",
                place=place + 1,
                line=line,
                place_2=" " * place,
            ),
            hint=phrase(
                "for example: channel = web and attributes.platform in (ios, android); values of several words need quotes: touchpoint = 'Checkout started'"
            ),
        ) from error
    return _from_tree(tree, 0)


def _from_tree(tree: Any, depth: int) -> Condition:
    _check_depth(depth)
    children = tree.children
    if tree.data == "any":
        return Any_(tuple(_from_tree(child, depth + 1) for child in children))
    if tree.data == "all":
        return All(tuple(_from_tree(child, depth + 1) for child in children))
    if tree.data == "negated":
        return Not(_from_tree(children[0], depth + 1))
    field = _field_text(str(children[0]))
    if tree.data in ("exists", "missing"):
        return _comparison(field, tree.data, None, "condition")
    if tree.data == "compared":
        return _comparison(field, _SYMBOLS[str(children[1])], _tree_value(children[2], field), "condition")
    if tree.data in ("one_of", "none_of"):
        values = [_tree_value(child, field) for child in children[1:]]
        inside = _comparison(field, "in", values, "condition")
        return inside if tree.data == "one_of" else Not(inside)
    return _comparison(field, tree.data, _tree_text(children[1]), "condition")


def _field_text(text: str) -> str:
    return text.replace('"', "")


def _tree_value(tree: Any, field: str) -> str | float:
    """The value as it is meant: of an attribute, digits without quotes are a number."""
    text = _tree_text(tree)
    is_bare = tree.children[0].type == "BARE"
    number = _number(text) if is_bare and field.startswith(ATTRIBUTE_PREFIX) else None
    return text if number is None else number


def _tree_text(tree: Any) -> str:
    token = tree.children[0]
    text = str(token)
    if token.type == "BARE":
        return text
    return text[1:-1].replace("''", "'") if text.startswith("'") else text[1:-1]


def fields_of(condition: Condition) -> set[str]:
    """The fields that a condition looks at."""
    match condition:
        case Comparison(field=field):
            return {field}
        case Not(part):
            return fields_of(part)
        case All(parts) | Any_(parts):
            return set().union(*(fields_of(part) for part in parts))
