"""Changing the document that holds an opportunity: each change is its next version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desireline.base import InputError, Phrase, UnknownNameError, joined, phrase
from desireline.improve.gathering import Holder, holder_of
from desireline.maps.document import Document
from desireline.maps.storing import Saved, WorkspaceLibrary, document_of, save, version_of
from desireline.store import Workspace

LONGEST_NAME = 200
Value = str | float | list[str] | None
"""What a field can become; ``None`` takes it away."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Who changes something, and of which version of the document; ``based_on`` ``None``: the newest.

    Where others have saved since, both are brought together.
    """

    workspace: Workspace
    author: str | None = None
    based_on: int | None = None

    def change(self, opportunity: str, work: Callable[[Any, Any], None], *, label: Callable[[Any], Phrase]) -> Saved:
        """Change the entry of an opportunity, and save its document as a version.

        Parameters
        ----------
        work
            Takes the entry and the tree that it stands in, and changes them in place.
        label
            What the version is about, said of the entry as it was.

        Raises
        ------
        UnknownNameError
            There is no such opportunity.
        InputError
            What was changed breaks the schema; nothing is saved.
        MergeConflictError
            Others changed the same meanwhile; nothing is saved.
        """
        holder, number = self._held(opportunity)
        changed = holder.document.changed(lambda tree: work(holder.entry(tree, opportunity), tree))
        said = label(holder.entry(holder.document.tree, opportunity))
        return save(self.workspace, changed, author=self.author, label=said, based_on=number)

    def change_map(self, ident: str, work: Callable[[Any], None], *, label: Phrase) -> Saved:
        """Change a map, and save it as a version.

        Raises
        ------
        UnknownNameError
            There is no such map.
        InputError
            What was changed breaks the schema; nothing is saved.
        """
        library = WorkspaceLibrary(self.workspace)
        number = next((each.number for each in library.newest("map") if each.ident == ident), None)
        document = library.find("map", ident)
        if document is None or number is None:
            raise UnknownNameError(
                phrase("there is no map {ident!r} in the workspace", ident=ident),
                hint=phrase("known: {known}", known=", ".join(library.idents("map")[:20]) or phrase("none")),
            )
        changed = document.changed(work)
        return save(self.workspace, changed, author=self.author, label=label, based_on=number)

    def _held(self, opportunity: str) -> tuple[Holder, int]:
        library = WorkspaceLibrary(self.workspace)
        heads = {(each.kind, each.ident): each.number for each in library.newest()}
        holder = holder_of(library, opportunity)
        kind, ident = holder.kind, holder.document.id
        if self.based_on is None or self.based_on == heads[kind, ident]:
            return holder, heads[kind, ident]
        seen: Document | None = document_of(self.workspace, version_of(self.workspace, kind, ident, self.based_on))
        return (holder, heads[kind, ident]) if seen is None else (Holder(kind, seen), self.based_on)


def named(entries: Sequence[Any], ident: str, *, unknown: Phrase) -> Any:
    """The entry with an id.

    Raises
    ------
    UnknownNameError
        There is none; it says what ``unknown`` says.
    """
    for each in entries:
        if each.get("id") == ident:
            return each
    known = [str(each.get("id")) for each in entries]
    raise UnknownNameError(unknown, hint=phrase("known: {known}", known=", ".join(known) or "none"))


def solution_in(opportunity: Any, ident: str) -> Any:
    """A solution of the entry of an opportunity; raises UnknownNameError where it has none with this id."""
    unknown = phrase("there is no solution {ident!r} of {holder}", ident=ident, holder=opportunity.get("id"))
    return named(opportunity.get("solutions") or [], ident, unknown=unknown)


def task_in(solution: Any, ident: str) -> Any:
    """A task of the entry of a solution; raises UnknownNameError where it has none with this id."""
    unknown = phrase("there is no task {ident!r} of {holder}", ident=ident, holder=solution.get("id"))
    return named(solution.get("tasks") or [], ident, unknown=unknown)


def checked(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Fields as they are to be written: texts without blanks around them, ``None`` where nothing is left.

    Raises
    ------
    InputError
        Nothing is to be changed, a title is empty, or a name too long.
    """
    if not fields:
        raise InputError(phrase("expected something to change, got nothing"))
    found = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in fields.items()}
    for name, value in found.items():
        if name == "title" and value is None:
            raise InputError(phrase("title: expected at least one letter, got nothing"))
        if name != "summary" and isinstance(value, str) and len(value) > LONGEST_NAME:
            raise InputError(
                phrase(
                    "{name}: expected at most {longest_name} characters, got {count:,}",
                    name=name,
                    longest_name=LONGEST_NAME,
                    count=len(value),
                )
            )
    return found


def put(entry: Any, fields: Mapping[str, Value], *, order: Sequence[str]) -> None:
    """Write fields of an entry where such entries have them; an owner's department and address stay as long as the name does."""
    for name, value in fields.items():
        _put(entry, name, value, order)


def _put(entry: Any, name: str, value: Value, order: Sequence[str]) -> None:
    if value is None or value == []:
        entry.pop(name, None)
        return
    said: Any = value
    if name == "owner":
        before = entry.get("owner")
        said = before if isinstance(before, Mapping) and before.get("name") == value else {"name": value}
    if name in entry:
        entry[name] = said
        return
    behind = [key for key in entry if key in order and order.index(key) > order.index(name)]
    moved = {key: entry.pop(key) for key in behind}
    entry[name] = said
    entry.update(moved)


def taken_away(entries: list[Any], ident: str) -> None:
    """Take the entry with an id out of a list, in place."""
    entries[:] = [each for each in entries if not (isinstance(each, Mapping) and each.get("id") == ident)]


def told(fields: Mapping[str, Value]) -> Phrase:
    """What was changed, as the label of a version says it."""
    found = None
    for name, value in fields.items():
        field = FIELDS.get(name, name)
        one = (
            phrase("{name} taken away", name=field)
            if value is None or value == []
            else phrase("{name} {value}", name=field, value=_said(value))
        )
        found = one if found is None else phrase("{first}, {rest}", first=found, rest=one)
    return found or phrase("nothing")


def _said(value: Value) -> str | Phrase:
    if isinstance(value, list):
        return joined(value, ", ")
    return f"{value:g}" if isinstance(value, int | float) else str(value)


FIELDS: Mapping[str, Phrase] = {
    "title": phrase("title"),
    "summary": phrase("summary"),
    "customer_value": phrase("value for customers"),
    "business_value": phrase("value for the business"),
    "effort": phrase("effort"),
    "reach": phrase("reach"),
    "impact": phrase("impact"),
    "confidence": phrase("confidence"),
    "ease": phrase("ease"),
    "person_months": phrase("person-months"),
    "metrics": phrase("metrics"),
    "status": phrase("status"),
    "shipped": phrase("shipped on"),
    "owner": phrase("owner"),
    "department": phrase("department"),
    "due": phrase("due"),
    "kpi": phrase("KPI"),
}
"""What fields are called in the label of a version."""

__all__ = [
    "FIELDS",
    "LONGEST_NAME",
    "Value",
    "Writing",
    "checked",
    "named",
    "put",
    "solution_in",
    "taken_away",
    "task_in",
    "told",
]
