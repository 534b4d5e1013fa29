"""What is different between two documents, told by phases, steps, lanes, cells and claims, not by lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desireline.base import phrase
from desireline.maps.checking import check_document
from desireline.maps.document import Document, kind_name
from desireline.maps.things import Key, Thing, as_fields, label_of, matched_entries, same, things_of, unmoved

Action = Literal["added", "removed", "moved", "renamed", "changed"]
_ENTRIES = {
    "claims": "claim",
    "touchpoints": "touchpoint",
    "metrics": "metric",
    "evidence": "evidence",
    "values": "value",
    "behaviour": "scale",
}
"""Lists of entries without ids, and what an entry of each is called."""
_NAMES = ("name", "title", "label")
_ORDER = ("phase", "step", "lane", "cell", "persona", "metric", "opportunity", "solution", "task")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes
    ----------
    what
        Map, phase, step, lane, cell, claim, touchpoint, evidence, persona, metric, opportunity, solution, task …
    id
        Of the thing; of a claim, touchpoint or piece of evidence that of the cell, step … it belongs to.
    name
        What it is called: the name of a step, the text of a claim.
    place
        What holds it, in words: ``phase buy``, ``cell p1``; "" for the document.
    field
        Which field is another one, with dots into fields within: ``binding.where``; "" where the whole is meant.
    before, after
        Of a field its values (``None``: it has none); of a thing that was moved where it stood: ``phase buy, after pay``; of one that
        was added or removed what it says, without the things in it.
    behind
        Of a thing that was added, what stands before it: ``after pay``, ``first``.
    """

    action: Action
    what: str
    id: str
    name: str
    place: str
    field: str = ""
    before: Any = None
    after: Any = None
    behind: str = ""

    def to_dict(self) -> dict[str, Any]:
        """``{"action", "what", "id", "name", "place", "field", "before", "after", "behind"}``."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        named = f"{self.what} {self.id}" if self.what not in _ENTRIES.values() or not self.place else self.what
        called = f' "{_short(self.name)}"' if self.name else ""
        held = f" in {self.place}" if self.place else ""
        if self.action == "added":
            return f"+ {named}{called}{held}{f', {self.behind}' if self.behind else ''}"
        if self.action == "removed":
            return f"- {named}{called}{held}"
        if self.action == "moved":
            return f"> {named}{called}: from {self.before} to {self.after}"
        if self.action == "renamed":
            return f'~ {named}: "{_short(self.before)}" is now "{_short(self.after)}"'
        return f"~ {named}{called}{held if named == self.what else ''}: {self.field}: {_said(self.before)} → {_said(self.after)}"


def differences(before: Document, after: Document) -> list[Change]:
    """What was changed from one document to another of the same kind.

    Raises
    ------
    InputError
        One of them breaks its schema, or they are of different kinds.
    """
    from desireline.base import InputError

    for each in (before, after):
        check_document(each)
    if before.kind != after.kind:
        raise InputError(
            phrase(
                "expected two documents of one kind, got a {kind} ({origin}) and a {kind_2} ({origin_2})",
                kind=kind_name(before.kind),
                origin=before.origin,
                kind_2=kind_name(after.kind),
                origin_2=after.origin,
            )
        )
    return list(_Comparison(things_of(before), things_of(after)).changes())


class _Comparison:
    def __init__(self, old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> None:
        self.old = old
        self.new = new
        self.moved = _moved(old, new)

    def changes(self) -> Iterator[Change]:
        order = {key: place for place, key in enumerate({**self.old, **self.new})}
        order.update({key: place for place, key in enumerate(self.new)})
        for key in sorted(order, key=lambda key: (_rank(key), order[key])):
            if key not in self.new:
                yield self._removed(key)
            elif key not in self.old:
                yield self._added(key)
            else:
                yield from self._both(key)

    def _removed(self, key: Key) -> Change:
        thing, holder = self.old[key], _holder(self.old, key)
        return Change("removed", key[0], thing.ident, _name(self.old, key), holder, before=_content(thing))

    def _added(self, key: Key) -> Change:
        thing, holder, behind = self.new[key], _holder(self.new, key), _behind(self.new, key)
        return Change("added", key[0], thing.ident, _name(self.new, key), holder, after=_content(thing), behind=behind)

    def _both(self, key: Key) -> Iterator[Change]:
        old, new = self.old[key], self.new[key]
        name, place = _name(self.new, key), _holder(self.new, key)
        if key in self.moved:
            yield Change("moved", key[0], new.ident, name, place, "", _spot(self.old, key), _spot(self.new, key))
        if old.is_reference != new.is_reference:
            forms = {True: phrase("named only"), False: phrase("described here")}
            yield Change(
                "changed",
                key[0],
                new.ident,
                name,
                place,
                "description",
                forms[old.is_reference],
                forms[new.is_reference],
            )
            return
        yield from _fields(key[0], new.ident, name, place, old.fields, new.fields)


def _content(thing: Thing) -> Any:
    return thing.ident if thing.is_reference else dict(thing.fields)


def _rank(key: Key) -> int:
    """The document first, then kind by kind."""
    return _ORDER.index(key[0]) if key[1] and key[0] in _ORDER else -1


def _fields(
    what: str,
    ident: str,
    name: str,
    place: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    prefix: str = "",
) -> Iterator[Change]:
    """The fields that are others; entries of lists are told one by one."""
    is_entry = what in _ENTRIES.values() and bool(place)
    for field in dict.fromkeys([*old, *new]):
        before, after = old.get(field), new.get(field)
        if same(before, after) and (field in old) == (field in new):
            continue
        if field in _NAMES and not prefix and not is_entry and before is not None and after is not None:
            yield Change("renamed", what, ident, str(after), place, field, before, after)
        elif _has_entries(field, before, after):
            holder = f'{what} "{_short(name)}"' if is_entry else f"{what} {ident}".strip()
            yield from _entries(field, holder, ident, before or [], after or [])
        elif isinstance(before, Mapping) and isinstance(after, Mapping) and field not in ("where", "segment"):
            yield from _fields(what, ident, name, place, before, after, f"{prefix}{field}.")
        else:
            yield Change("changed", what, ident, name, place, f"{prefix}{field}", before, after)


def _has_entries(field: str, before: Any, after: Any) -> bool:
    lists = isinstance(before or [], list) and isinstance(after or [], list)
    return field in _ENTRIES and lists and bool(before or after)


def _entries(field: str, holder: str, ident: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    what = _ENTRIES[field]
    places = matched_entries(old, new)
    kept = unmoved(range(len(old)), [place for place in places if place is not None])
    for number, entry in enumerate(old):
        if number not in places:
            yield Change("removed", what, ident, label_of(entry), holder, before=entry)
    for number, (place, entry) in enumerate(zip(places, new, strict=True)):
        if place is None:
            yield Change("added", what, ident, label_of(entry), holder, after=entry)
            continue
        if place not in kept:
            spots = (f"place {place + 1}", f"place {number + 1}")
            yield Change("moved", what, ident, label_of(entry), holder, "", *spots)
        yield from _entry(what, ident, holder, old[place], entry)


def _entry(what: str, ident: str, holder: str, old: Any, new: Any) -> Iterator[Change]:
    if isinstance(old, str) and isinstance(new, str):
        if old != new:
            yield Change("changed", what, ident, old, holder, "text", old, new)
        return
    before, after = as_fields(old, [new]), as_fields(new, [old])
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _fields(what, ident, label_of(old), holder, before, after)
    elif not same(before, after):
        yield Change("changed", what, ident, label_of(old), holder, "value", before, after)


def _moved(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> set[Key]:
    """Things that stand elsewhere: held by something else, or in another order among those that stayed."""
    found = {key for key in new if key in old and new[key].parent != old[key].parent}
    for key in new:
        if key not in old:
            continue
        for name, after in new[key].lists.items():
            before = old[key].lists.get(name, ())
            found |= (set(before) & set(after)) - unmoved(before, after)
    return found


def holder_of(things: Mapping[Key, Thing], key: Key) -> Key | None:
    """What holds a thing; ``None``: the document."""
    parent = things[key].parent
    return parent if parent is not None and parent[1] else None


def stands_behind(things: Mapping[Key, Thing], key: Key) -> Key | None:
    """What stands before a thing in the list that it is in; ``None``: it is the first."""
    siblings = _siblings(things, key)
    place = siblings.index(key) if key in siblings else 0
    return siblings[place - 1] if place else None


def is_entry(change: Change) -> bool:
    """Whether a difference is one of an entry without an id of its own: a claim, a touchpoint, a piece of evidence …"""
    return change.what in _ENTRIES.values() and bool(change.place)


def _holder(things: Mapping[Key, Thing], key: Key) -> str:
    parent = holder_of(things, key)
    return "" if parent is None else f"{parent[0]} {things[parent].ident}"


def _siblings(things: Mapping[Key, Thing], key: Key) -> tuple[Key, ...]:
    parent = things[key].parent
    lists = things[parent].lists.values() if parent else ()
    return next((each for each in lists if key in each), ())


def _behind(things: Mapping[Key, Thing], key: Key) -> str:
    behind = stands_behind(things, key)
    return "first" if behind is None else f"after {things[behind].ident}"


def _spot(things: Mapping[Key, Thing], key: Key) -> str:
    holder, behind = _holder(things, key), _behind(things, key)
    return f"{holder}, {behind}" if holder else behind


def _name(things: Mapping[Key, Thing], key: Key) -> str:
    """The name of a thing; a cell has none and is told by its lane and its step."""
    thing = things[key]
    if thing.kind != "cell" or thing.parent is None:
        return thing.name
    step = things.get(("step", str(thing.fields.get("step"))))
    lane = things[thing.parent].name
    return f"{lane} at {step.name if step else thing.fields.get('step')}"


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_short(label_of(each)) for each in value) or "none"
    return (
        f'"{_short(value)}"'
        if isinstance(value, str)
        else _short(label_of(value) if isinstance(value, Mapping) else value)
    )


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"
