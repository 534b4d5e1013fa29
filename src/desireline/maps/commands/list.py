"""``desireline maps list``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.base.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from desireline.maps.document import Document
    from desireline.maps.tables import Version


def list_command(
    workspace: WorkspaceOption,
    kind: Annotated[str, typer.Option("--kind", help="What to list: map, persona, metric or opportunity.")] = "map",
    tag: Annotated[str | None, typer.Option("--tag", help="Only maps that have this tag.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The maps of the workspace; with --kind its personas, metrics or opportunities."""
    from desireline.base import InputError, closest_names
    from desireline.base.console import print_json, print_table, say
    from desireline.maps.document import KINDS
    from desireline.maps.finding import workspace_library
    from desireline.maps.storing import document_of

    chosen = next((each for each in KINDS if each == kind), None)
    if chosen is None:
        close = closest_names(kind, KINDS, count=1)
        raise InputError(
            f"expected --kind {', '.join(KINDS)}, got {kind!r}", hint=f"did you mean {close[0]}?" if close else None
        )
    library = workspace_library(workspace)
    rows = []
    for version in library.newest(chosen):
        document = document_of(library.workspace, version)
        if document is not None and (tag is None or tag in (document.tree.get("tags") or [])):
            rows.append(_map_row(document, version) if chosen == "map" else _row(document, version))
    if as_json:
        print_json({"kind": chosen, "documents": rows})
        return
    if not rows:
        say(
            f"There is no {chosen}{f' with the tag {tag}' if tag else ''}. Take some in: desireline maps import FILE..."
        )
        return
    columns = [name for name in rows[0] if name != "tags"]
    print_table([name.replace("_", " ") for name in columns], [[_cell(row[name]) for name in columns] for row in rows])


def _map_row(document: Document, version: Version) -> dict[str, Any]:
    tree = document.tree
    steps = [step for phase in tree["phases"] for step in phase.get("steps") or []]
    return {
        "id": document.id,
        "title": tree["title"],
        "level": tree.get("level", "journey"),
        "state": tree.get("state", "current"),
        "owner": (tree.get("owner") or {}).get("name"),
        "review_date": tree.get("review_date"),
        "version": version.number,
        "steps": len(steps),
        "bound": sum(step.get("binding") is not None for step in steps),
        "tags": tree.get("tags") or [],
    }


def _row(document: Document, version: Version) -> dict[str, Any]:
    tree = document.tree
    return {
        "id": document.id,
        "name": tree.get("name") or tree.get("title"),
        "version": version.number,
        "author": version.author,
        "saved_at": version.saved_at.isoformat(timespec="seconds"),
    }


def _cell(value: Any) -> Any:
    return "–" if value is None else value
