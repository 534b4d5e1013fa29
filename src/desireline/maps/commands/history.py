"""``desireline maps history``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desireline.base.options import JsonOption, WorkspaceOption
from desireline.maps.commands.options import IdArgument

if TYPE_CHECKING:
    from desireline.maps.tables import Version


def history(document: IdArgument, workspace: WorkspaceOption, as_json: JsonOption = False) -> None:
    """All versions of a document, the newest first: who saved it, when, and what about."""
    from desireline.base.console import print_json, print_table
    from desireline.maps.finding import split_name, workspace_library
    from desireline.maps.storing import history as versions_of

    kind, ident = split_name(document)
    library = workspace_library(workspace)
    rows = [_row(each) for each in reversed(versions_of(library.workspace, kind, ident))]
    if as_json:
        print_json({"kind": kind, "id": ident, "versions": rows})
        return
    columns = ["version", "saved at", "author", "label"]
    print_table(columns, [[each["version"], each["saved_at"], each["author"], _about(each)] for each in rows])


def _row(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "saved_at": version.saved_at.isoformat(timespec="seconds"),
        "author": version.author,
        "label": version.label,
        "based_on": version.based_on,
        "deleted": version.deleted,
        "digest": version.digest,
    }


def _about(row: dict[str, Any]) -> str:
    merged = row["based_on"] is not None and row["based_on"] != row["version"] - 1
    notes = ["deleted"] * row["deleted"] + [f"made of version {row['based_on']}, merged"] * merged
    return "; ".join([*notes, *([row["label"]] if row["label"] else [])])
