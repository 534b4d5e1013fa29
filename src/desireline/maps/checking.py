"""What is wrong with a document: all of it at once, each with its line and its path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from desireline.base import InputError, Problem, closest_names, joined, phrase
from desireline.interactions import condition_from_dict, parse_condition
from desireline.maps.document import KINDS, Document, Kind, Path

_CONDITIONS = ("where", "segment")
_FREE = ("desireline",)
_PROBLEMS = "problems"
Fields = Mapping[str, Any]


def check_document(document: Document) -> None:
    """Check a document against its schema, and what the schema cannot say: ids are there and once, conditions can be read.

    Raises
    ------
    InputError
        It breaks the schema; all problems are listed, each with its line and path.
    """
    problems = problems_of(document)
    if problems:
        raise InputError(
            phrase("{origin} cannot be used:\n{listing}", origin=document.origin, listing=Problem.listing(problems)),
            hint=phrase("what a document may say is described in docs/maps.md"),
        )


def problems_of(document: Document) -> list[Problem]:
    """All problems, in the order of their lines; none where the document can be used."""
    known: tuple[Problem, ...] | None = document.remembered.get(_PROBLEMS)
    if known is None:
        known = document.remembered[_PROBLEMS] = tuple(_problems(document))
    return list(known)


def _problems(document: Document) -> list[Problem]:
    found = [*_breaches(document), *_beyond_the_schema(document)]
    found.sort(key=lambda each: document.line(each[0]) or 0)
    return [Problem(place(document, path), message) for path, message in found]


def unknown_fields(document: Document) -> list[Problem]:
    """The fields that the schema does not name: they are kept, and may be misspelled."""
    return [Problem(place(document, path), message) for path, message in unknown_places(document)]


def unknown_places(document: Document) -> Iterator[tuple[Path, str]]:
    """The paths of the fields that the schema does not name, each with a message."""
    for path, known in _walk_unknown(document.tree, schema(document.kind), ()):
        close = closest_names(str(path[-1]), known, count=1)
        hint = phrase(", did you mean {close}?", close=close[0]) if close else ""
        yield path, phrase("unknown field, kept as it is{hint}", hint=hint)


def place(document: Document, path: Path) -> str:
    """A place for people: ``line 12, phases[0].steps[2] (pay)``."""
    line = document.line(path)
    return f"line {line}, {path_text(document.tree, path)}" if line else path_text(document.tree, path)


def path_text(tree: Any, path: Path) -> str:
    """A path with the id of the innermost thing that has one: ``phases[0].steps[2].name (pay)``."""
    text, node, ident = "", tree, None
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(node, Mapping) and isinstance(node.get("id"), str):
            ident = node["id"]
    named = text or "document"
    return f"{named} ({ident})" if ident else named


@lru_cache(maxsize=8)
def schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of document."""
    text = files("desireline.maps").joinpath("schemas", f"{kind}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=8)
def _validator(kind: Kind) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    registry: Any = Registry().with_resources(
        (schema(each)["$id"], Resource.from_contents(schema(each))) for each in KINDS
    )
    return Draft202012Validator(schema(kind), registry=registry)


def _breaches(document: Document) -> Iterator[tuple[Path, str]]:
    for error in _validator(document.kind).iter_errors(document.tree):
        yield from _said(error)


def _said(error: Any) -> Iterator[tuple[Path, str]]:
    """A breach in our words; of alternatives, the breaches of the one that was meant."""
    path: Path = tuple(error.absolute_path)
    got = _short(error.instance)
    rule, value = error.validator, error.validator_value
    if rule in {"oneOf", "anyOf"} and error.context:
        meant = _meant(error)
        if meant:
            for each in meant:
                yield from _said(each)
            return
        yield path, phrase("expected {what}, got {got}", what=_alternatives(value), got=got)
    elif rule == "required":
        missing = [name for name in value if name not in error.instance]
        for name in missing if error.message.startswith(repr(missing[0])) else ():
            yield path, phrase("expected the field {name!r}, which is missing", name=name)
    elif rule == "type":
        yield path, phrase("expected {what}, got {got}", what=_TYPES.get(value, value), got=got)
    elif rule == "enum":
        close = closest_names(str(error.instance), value, count=1)
        near = phrase("; did you mean {close}?", close=close[0]) if close else ""
        yield path, phrase("expected {what}, got {got}{near}", what=", ".join(value), got=got, near=near)
    elif rule == "const":
        yield path, phrase("expected {what}, got {got}", what=value, got=got)
    elif rule == "pattern":
        yield path, phrase("expected {what}, got {got}", what=_PATTERNS.get(value, value), got=got)
    elif rule in _BOUNDS:
        yield path, phrase("expected {what}, got {got}", what=_bound(rule, value), got=got)
    else:
        yield path, str(error.message)[:200]


_DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TYPES = {
    "object": phrase("fields with their values"),
    "array": phrase("a list"),
    "string": phrase("a text"),
    "number": phrase("a number"),
    "integer": phrase("a whole number"),
    "boolean": phrase("true or false"),
}
_PATTERNS = {
    "^[a-z0-9][a-z0-9-]{0,62}$": phrase("an id of small letters, digits and hyphens, at most 63"),
    f"^{_DATE}$": phrase("a date such as 2026-11-22"),
}
_BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength"})


def _bound(rule: str, value: Any) -> str:
    match rule:
        case "minimum":
            return phrase("at least {value}", value=value)
        case "maximum":
            return phrase("at most {value}", value=value)
        case "exclusiveMinimum":
            return phrase("more than {value}", value=value)
        case "minLength":
            return phrase("a text of at least {value} character", value=value)
        case _:
            return phrase("a text of at most {value} characters", value=value)


def _meant(error: Any) -> list[Any]:
    """The breaches within the alternative of the right type; where none or several are, nothing."""
    by_branch: dict[int, list[Any]] = {}
    for each in error.context:
        by_branch.setdefault(each.schema_path[0], []).append(each)
    fitting = [each for each in by_branch.values() if not any(one.validator == "type" and not one.path for one in each)]
    return fitting[0] if len(fitting) == 1 else []


def _alternatives(value: list[Any]) -> str:
    kinds = dict.fromkeys(_alternative(each) for each in value)
    return joined(list(kinds), phrase(" or "))


def _alternative(value: Fields) -> str:
    if str(value.get("$ref", "")).endswith("/id"):
        return phrase("an id")
    return _TYPES.get(str(value.get("type")), phrase("fields"))


def _beyond_the_schema(document: Document) -> Iterator[tuple[Path, str]]:
    tree = document.tree
    yield from _bad_values(tree, ())
    if document.kind == "map":
        yield from _doubles(tree)
        for path, opportunity in _items(tree, "opportunities"):
            yield from _repeated(_solutions_and_tasks(opportunity, path), phrase("solution or task"))
        yield from _dangling(tree)
    elif document.kind == "opportunity":
        yield from _repeated(_solutions_and_tasks(tree), phrase("solution or task"))


def _bad_values(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Conditions that cannot be read, days that no month has, and a name that no browser keeps."""
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from _bad_values(each, (*path, number))
        return
    if not isinstance(node, Mapping):
        return
    for key, value in node.items():
        inner = (*path, key)
        if key == _PROTOTYPE:
            yield inner, phrase("expected another name: the editor cannot keep a field that is called so")
        elif is_condition(path, key, value):
            yield from _bad_condition(value, inner)
        elif key in _DATES and isinstance(value, str) and re.fullmatch(_DATE, value):
            try:
                date.fromisoformat(value)
            except ValueError:
                yield inner, phrase("expected a day that there is, got {value!r}", value=value)
        else:
            yield from _bad_values(value, inner)


_PROTOTYPE = "__proto__"
"""Sets in JavaScript what an object descends from, and is lost."""
_DATES = frozenset({"date", "due", "reviewed", "review_date", "shipped"})


def is_condition(path: Path, key: str, value: Any) -> bool:
    """Whether a field of a document is a condition: ``segment`` of a scope is a name; of a persona it is a condition."""
    return key in _CONDITIONS and isinstance(value, str | Mapping) and not (key == "segment" and path == ("scope",))


def _bad_condition(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    try:
        if isinstance(value, str):
            parse_condition(value)
        else:
            condition_from_dict(value, where=str(path[-1]))
    except InputError as error:
        yield path, error.message if error.hint is None else joined((error.message, error.hint), "; ")


def _doubles(tree: Fields) -> Iterator[tuple[Path, str]]:
    """Every id of a kind of thing stands for one thing."""
    lanes = list(_items(tree, "lanes"))
    yield from _repeated(_items(tree, "phases"), phrase("phase"))
    yield from _repeated(_steps(tree), phrase("step"))
    yield from _repeated(lanes, phrase("lane"))
    yield from _repeated((each for path, lane in lanes for each in _items(lane, "cells", path)), phrase("cell"))
    for key, what in (
        ("personas", phrase("persona")),
        ("metrics", phrase("metric")),
        ("opportunities", phrase("opportunity")),
    ):
        entries = enumerate(_listed(tree, key))
        yield from _repeated((((key, number), _named(each)) for number, each in entries), what)


def _repeated(found: Iterable[tuple[Path, Fields]], what: str) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for path, each in found:
        ident = each.get("id")
        if not isinstance(ident, str):
            continue
        if ident in seen:
            yield path, phrase("the id {ident!r} stands for another {what} already", ident=ident, what=what)
        seen.add(ident)


def _solutions_and_tasks(tree: Fields, place: Path = ()) -> Iterator[tuple[Path, Fields]]:
    for path, solution in _items(tree, "solutions", place):
        yield path, solution
        yield from _items(solution, "tasks", path)


def _dangling(tree: Fields) -> Iterator[tuple[Path, str]]:
    """Steps that something in the map names, and the map does not have."""
    order = {str(_ident(step)): number for number, (_, step) in enumerate(_steps(tree)) if _ident(step) is not None}
    known = list(order)
    for path, step in _steps(tree):
        for number, ident in enumerate(_listed(step, "next")):
            if isinstance(ident, str) and ident not in order:
                yield (*path, "next", number), _no_such(phrase("step"), ident, known)
    for path, lane in _items(tree, "lanes"):
        for inner, cell in _items(lane, "cells", path):
            first, last = cell.get("step"), cell.get("until")
            for key, ident in (("step", first), ("until", last)):
                if isinstance(ident, str) and ident not in order:
                    yield (*inner, key), _no_such(phrase("step"), ident, known)
            if isinstance(first, str) and isinstance(last, str) and order.get(last, len(order)) < order.get(first, -1):
                yield (*inner, "until"), phrase("expected {last!r} to stand after {first!r}", last=last, first=first)


def _ident(thing: Fields) -> str | None:
    ident = thing.get("id")
    return ident if isinstance(ident, str) else None


def _no_such(what: str, ident: str, known: Iterable[str]) -> str:
    close = closest_names(ident, known, count=1)
    return phrase(
        "there is no {what} {ident!r}{near}",
        what=what,
        ident=ident,
        near=phrase("; did you mean {close}?", close=close[0]) if close else "",
    )


def _steps(tree: Fields) -> Iterator[tuple[Path, Fields]]:
    for path, phase in _items(tree, "phases"):
        yield from _items(phase, "steps", path)


def _items(node: Fields, key: str, path: Path = ()) -> Iterator[tuple[Path, Fields]]:
    """The things in a list, with their places; what is no thing is passed over, for the schema complains of it."""
    for number, each in enumerate(_listed(node, key)):
        if isinstance(each, Mapping):
            yield (*path, key, number), each


def _listed(node: Fields, key: str) -> list[Any]:
    found = node.get(key)
    return found if isinstance(found, list) else []


def _named(entry: Any) -> Fields:
    """An entry that only names something, as if it were that."""
    return entry if isinstance(entry, Mapping) else {"id": entry}


def _walk_unknown(node: Any, rule: Fields, path: Path) -> Iterator[tuple[Path, list[str]]]:
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from _walk_unknown(each, _resolved(rule.get("items", {}), each), (*path, number))
        return
    known = _known_fields(rule)
    if not isinstance(node, Mapping) or not known:
        return
    for key, value in node.items():
        if key not in known:
            yield (*path, key), [name for name in known if name not in _FREE]
        else:
            yield from _walk_unknown(value, _resolved(known[key], value), (*path, key))


def _known_fields(rule: Fields) -> dict[str, Any]:
    target = _target(rule["$ref"]) if "$ref" in rule else {}
    return {**target.get("properties", {}), **rule.get("properties", {})}


def _resolved(rule: Fields, value: Any) -> Fields:
    """The rule for a value: references followed, of alternatives the one for fields."""
    if "oneOf" in rule:
        choices = [_resolved(each, value) for each in rule["oneOf"]]
        return next((each for each in choices if isinstance(value, Mapping) and _known_fields(each)), {})
    if "$ref" in rule and "properties" not in rule:
        return _target(rule["$ref"])
    return rule


def _target(reference: str) -> Fields:
    document, _, pointer = reference.partition("#")
    kind = next((each for each in KINDS if schema(each)["$id"] == document), "map")
    node: Any = schema(kind)
    for part in pointer.strip("/").split("/"):
        node = node[part]
    found: Fields = node
    return found


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
