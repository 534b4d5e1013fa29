"""Opportunities and their solutions: added to a map, rated, changed, taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desireline.base import InputError, UnknownNameError, phrase
from desireline.improve.changing import ids_in
from desireline.improve.writing import Value, Writing, checked, put, solution_in, taken_away, told
from desireline.maps import fresh_id
from desireline.maps.storing import Saved, WorkspaceLibrary
from desireline.store import Workspace

_ORDER = (
    "id", "title", "summary", "customer_value", "business_value", "effort", "reach", "impact", "confidence", "ease",
    "person_months", "metrics", "evidence", "status", "owner", "solutions",
)  # fmt: skip
_OF_SOLUTION = ("id", "title", "summary", "status", "shipped", "tasks")


@dataclass(frozen=True, slots=True)
class Added:
    """The id of what was added, and the version that has it."""

    ident: str
    saved: Saved


def add_opportunity(writing: Writing, *, map_ident: str, step: str | None, fields: Mapping[str, Value]) -> Added:
    """Add an opportunity to a map.

    Parameters
    ----------
    step
        The step at which it is named, in the first lane of opportunities; that is made where there is none. ``None``: at none.
    fields
        At least its ``title``.

    Raises
    ------
    UnknownNameError
        There is no such map or step.
    InputError
        A value cannot be; nothing is saved.
    """
    said = checked({"title": "", **fields})
    ident = fresh_id(str(said["title"]), _taken(writing.workspace))

    def work(tree: Any) -> None:
        entry: dict[str, Any] = {"id": ident}
        put(entry, said, order=_ORDER)
        tree.setdefault("opportunities", []).append(entry)
        if step is not None:
            _name_at(tree, step, ident)

    label = phrase("Opportunity “{title}” added", title=said["title"])
    return Added(ident, writing.change_map(map_ident, work, label=label))


def change_opportunity(writing: Writing, ident: str, fields: Mapping[str, Value]) -> Saved:
    """Change an opportunity: its words, its figures, its state, its owner, the metrics that it shall change.

    Raises
    ------
    UnknownNameError
        There is no such opportunity.
    InputError
        A value cannot be; nothing is saved.
    MergeConflictError
        Others changed the same meanwhile; nothing is saved.
    """
    said = checked(fields)

    def work(entry: Any, tree: Any) -> None:
        put(entry, said, order=_ORDER)

    return writing.change(
        ident, work, label=lambda entry: phrase("Opportunity “{title}”: {said}", title=entry["title"], said=told(said))
    )


def remove_opportunity(writing: Writing, ident: str) -> Saved:
    """Take an opportunity out of its map, with its solutions and tasks; the cells and pains of the map name it no longer.

    Raises
    ------
    UnknownNameError
        There is no such opportunity.
    InputError
        It is a document of its own.
    MergeConflictError
        Others changed it meanwhile; nothing is saved.
    """

    def work(entry: Any, tree: Any) -> None:
        if "opportunities" not in tree:
            raise InputError(
                phrase("the opportunity {ident!r} is a document of its own", ident=ident),
                hint=phrase("set its state to dropped, or delete its document"),
            )
        taken_away(tree["opportunities"], ident)
        for each in _namers(tree):
            left = [other for other in each["opportunities"] if other != ident]
            each["opportunities"] = left
            if not left:
                del each["opportunities"]

    return writing.change(
        ident, work, label=lambda entry: phrase("Opportunity “{title}” taken away", title=entry["title"])
    )


def add_solution(writing: Writing, opportunity: str, fields: Mapping[str, Value]) -> Added:
    """Add a solution to an opportunity; ``fields`` has at least its ``title``. Raises as :func:`change_opportunity`."""
    said = checked({"title": "", **fields})
    made = ""

    def work(entry: Any, tree: Any) -> None:
        nonlocal made
        made = fresh_id(str(said["title"]), ids_in(entry))
        solution: dict[str, Any] = {"id": made}
        put(solution, said, order=_OF_SOLUTION)
        entry.setdefault("solutions", []).append(solution)

    label = phrase("Solution “{title}” added", title=said["title"])
    saved = writing.change(opportunity, work, label=lambda entry: label)
    return Added(made, saved)


def change_solution(writing: Writing, opportunity: str, ident: str, fields: Mapping[str, Value]) -> Saved:
    """Change a solution. Raises as :func:`change_opportunity`."""
    said = checked(fields)

    def work(entry: Any, tree: Any) -> None:
        put(solution_in(entry, ident), said, order=_OF_SOLUTION)

    return writing.change(
        opportunity,
        work,
        label=lambda entry: phrase(
            "Solution “{title}”: {said}", title=solution_in(entry, ident)["title"], said=told(said)
        ),
    )


def remove_solution(writing: Writing, opportunity: str, ident: str) -> Saved:
    """Take a solution with its tasks away. Raises as :func:`change_opportunity`."""

    def work(entry: Any, tree: Any) -> None:
        solution_in(entry, ident)
        taken_away(entry["solutions"], ident)

    return writing.change(
        opportunity,
        work,
        label=lambda entry: phrase("Solution “{title}” taken away", title=solution_in(entry, ident)["title"]),
    )


def _taken(workspace: Workspace) -> set[str]:
    library = WorkspaceLibrary(workspace)
    found = set(library.idents("opportunity"))
    for ident in library.idents("map"):
        document = library.find("map", ident)
        for each in [] if document is None else document.tree.get("opportunities") or []:
            found.add(str(each.get("id")) if isinstance(each, Mapping) else str(each))
    return found


def _name_at(tree: Any, step: str, ident: str) -> None:
    steps = [str(each.get("id")) for phase in tree.get("phases") or [] for each in phase.get("steps") or []]
    if step not in steps:
        raise UnknownNameError(
            phrase("there is no step {step!r} on the map", step=step),
            hint=phrase("known: {known}", known=", ".join(steps[:20]) or phrase("none")),
        )
    lanes = tree.setdefault("lanes", [])
    lane = next((each for each in lanes if each.get("role") == "opportunities"), None)
    if lane is None:
        lane = {"id": fresh_id("opportunities", {str(each.get("id")) for each in lanes}), "role": "opportunities"}
        lanes.append(lane)
    cells = lane.setdefault("cells", [])
    cell = next((each for each in cells if each.get("step") == step), None)
    if cell is None:
        taken = {str(each.get("id")) for one in lanes for each in one.get("cells") or []}
        cell = {"id": fresh_id(f"{lane['id']}-{step}"[:60], taken), "step": step}
        cells.append(cell)
    cell.setdefault("opportunities", []).append(ident)


def _namers(tree: Any) -> Iterator[Any]:
    """The cells and claims of a map that name opportunities."""
    cells = [cell for lane in tree.get("lanes") or [] for cell in lane.get("cells") or []]
    claims = [claim for cell in cells for claim in cell.get("claims") or [] if isinstance(claim, Mapping)]
    yield from (each for each in (*cells, *claims) if each.get("opportunities"))
