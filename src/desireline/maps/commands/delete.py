"""``desireline maps delete``."""

from __future__ import annotations

from desireline.base.options import WorkspaceOption
from desireline.maps.commands.options import AuthorOption, IdArgument, LabelOption


def delete(
    document: IdArgument, workspace: WorkspaceOption, author: AuthorOption = None, label: LabelOption = None
) -> None:
    """Delete a document. Its versions stay, and restore brings it back."""
    from desireline.base.console import say
    from desireline.maps.finding import split_name, unknown_document, workspace_library
    from desireline.maps.storing import delete as delete_document

    kind, ident = split_name(document)
    library = workspace_library(workspace)
    if ident not in library.idents(kind):
        raise unknown_document(kind, ident, library)
    gone = delete_document(library.workspace, kind, ident, author=author, label=label)
    say(f"{document} was deleted; bring it back with: desireline maps restore {document} {gone.number - 1}")
