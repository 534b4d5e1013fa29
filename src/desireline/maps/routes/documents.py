"""One document: read, saved, made, imported, deleted, checked."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from litestar import Response, delete, get, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, HeaderParameter, QueryParameter

from desireline.accounts import Right, SignedIn, needs
from desireline.base import InputError, phrase, reading_language
from desireline.maps.answers import (
    DocumentAnswer,
    DocumentChange,
    DocumentProblem,
    ImportAnswer,
    ImportedDocument,
    LossAnswer,
    NewDocument,
    NewMap,
    SavedAnswer,
    TextToCheck,
    ValidationAnswer,
    VersionRow,
    document_answer,
    saved_answer,
    version_row,
)
from desireline.maps.checking import problems_of, unknown_fields
from desireline.maps.document import FORMATS, KINDS, Document, Kind, fresh_id, kind_name, new_document
from desireline.maps.formats.kinds import told_loss
from desireline.maps.importing import put_into, said_by
from desireline.maps.one_customer import check_new_conditions
from desireline.maps.routes.paths import document_at, etag, etag_number, kind_named, newest_version
from desireline.maps.storing import Saved, WorkspaceLibrary, document_of, save, version_of
from desireline.maps.storing import delete as delete_document
from desireline.maps.tables import all_newest
from desireline.maps.templates import new_map
from desireline.maps.uploading import LARGEST, Existing, Upload, checked_uploads, exists_error, read_upload
from desireline.store import Workspace

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="The version that was changed.")]
IfNoneMatch = Annotated[str | None, HeaderParameter(name="If-None-Match", description="The version that is known.")]


@get("/documents/{kind:str}/{ident:str}", sync_to_thread=True)
def document(
    workspace: Workspace, kind: str, ident: str, if_none_match: IfNoneMatch = None
) -> Response[DocumentAnswer]:
    """A document in its newest version; 304 where that one is known."""
    _, found, version = document_at(workspace, kind_named(kind), ident, None)
    headers = {"ETag": etag(version.number), "Cache-Control": "no-cache"}
    if if_none_match is not None and version.number == etag_number(if_none_match):
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(document_answer(found, version), headers=headers)


@put("/documents/{kind:str}/{ident:str}", guards=[needs(Right.DRAW)], sync_to_thread=True)
def save_document(
    workspace: Workspace, user: SignedIn, kind: str, ident: str, data: DocumentChange, if_match: IfMatch = None
) -> Response[SavedAnswer]:
    """Save a document as its next version; what others saved since ``based_on`` (or If-Match) is merged, or refused with 409."""
    chosen = kind_named(kind)
    based_on = data.based_on if data.based_on is not None else etag_number(if_match)
    changed = _changed(workspace, chosen, ident, data, based_on)
    if changed.kind != chosen or changed.id != ident:
        raise InputError(
            phrase(
                "expected the {chosen} {ident!r}, got the {kind} {id!r}",
                chosen=kind_name(chosen),
                ident=ident,
                kind=kind_name(changed.kind),
                id=changed.id,
            ),
            hint=phrase("the id of a document stays; make a new document for another one"),
        )
    known = None if based_on is None else document_of(workspace, version_of(workspace, chosen, ident, based_on))
    check_new_conditions(user, changed, known, WorkspaceLibrary(workspace).find(chosen, ident))
    saved = save(workspace, changed, author=user.name, label=data.label, based_on=based_on)
    return Response(saved_answer(saved), headers={"ETag": etag(saved.version.number)})


@post("/documents/{kind:str}", guards=[needs(Right.DRAW)], sync_to_thread=True)
def add_document(workspace: Workspace, user: SignedIn, kind: str, data: NewDocument) -> SavedAnswer:
    """Save a document that is not there yet."""
    chosen = kind_named(kind)
    tree = {"desireline": _format_of(chosen), **data.tree}
    taken = taken_ids(workspace, chosen)
    tree["id"] = tree.get("id") or fresh_id(str(tree.get("name") or tree.get("title") or chosen), taken)
    ordered = {name: tree[name] for name in ("desireline", "id", *(each for each in tree if each != "id"))}
    made = new_document(ordered, origin=f"the new {chosen}")
    if tree["id"] in taken:
        raise exists_error(made)
    if made.kind != chosen:
        raise InputError(
            phrase("expected a {chosen}, got a {kind}", chosen=kind_name(chosen), kind=kind_name(made.kind))
        )
    check_new_conditions(user, made)
    return saved_answer(save(workspace, made, author=user.name, label=data.label))


@post("/new", guards=[needs(Right.DRAW)], sync_to_thread=True)
def add_map(workspace: Workspace, user: SignedIn, data: NewMap) -> SavedAnswer:
    """Make a map from a template, or from a small skeleton."""
    ident = fresh_id(data.title, taken_ids(workspace, "map"))
    begun = new_map(data.template, title=data.title, ident=ident, language=reading_language())
    made = begun.changed(lambda tree: tree.update(_said(data)))
    label = phrase("Made from the template {template}", template=data.template) if data.template else phrase("Made")
    return saved_answer(save(workspace, made, author=user.name, label=label))


@post(
    "/import",
    guards=[needs(Right.DRAW)],
    sync_to_thread=True,
    request_max_body_size=LARGEST,
)
def import_files(
    workspace: Workspace,
    user: SignedIn,
    data: Annotated[list[UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
    existing: Annotated[
        Existing,
        QueryParameter(description="What to do with a document that is there: a next version of it, or a copy."),
    ] = "refuse",
) -> ImportAnswer:
    """Save files (yaml, json, xlsx, csv, mmd, xml) as documents; all are checked before the first is saved."""
    if not data:
        raise InputError(phrase("expected a file"), hint=phrase("yaml, json, xlsx, csv, mmd or xml"))
    read = [read_upload(each.filename or "file", each.file.read()) for each in data]
    library = WorkspaceLibrary(workspace)
    taken = {kind: taken_ids(workspace, kind) for kind in KINDS}
    uploads = checked_uploads(read, library, existing=existing, taken=taken)
    for each in read:
        check_new_conditions(user, each.document, library.find(each.document.kind, each.document.id))
    saved = [save(workspace, each.document, author=user.name, label=phrase("Imported")) for each in uploads]
    return ImportAnswer(tuple(_imported(*each) for each in zip(uploads, saved, strict=True)))


@post(
    "/map/{ident:str}/table",
    guards=[needs(Right.DRAW)],
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=LARGEST,
)
def fill_in(
    workspace: Workspace,
    user: SignedIn,
    ident: str,
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
    version: Annotated[
        int | None,
        QueryParameter(description="The version that the table was made of; what others saved since then is merged."),
    ] = None,
) -> SavedAnswer:
    """Put a table (csv, xlsx) that was made of a map and filled in back into that map."""
    _, stored, of = document_at(workspace, "map", ident, version)
    made = put_into(stored, data.file.read(), ending=PurePath(data.filename).suffix.lower())
    check_new_conditions(user, made, stored)
    return saved_answer(
        save(
            workspace,
            made,
            author=user.name,
            label=phrase("From {filename}", filename=data.filename),
            based_on=of.number,
        )
    )


@delete("/documents/{kind:str}/{ident:str}", guards=[needs(Right.DRAW)], status_code=200, sync_to_thread=True)
def remove_document(workspace: Workspace, user: SignedIn, kind: str, ident: str) -> VersionRow:
    """Delete a document; its versions stay, and the one before can be restored."""
    chosen = kind_named(kind)
    newest_version(WorkspaceLibrary(workspace), chosen, ident)
    return version_row(delete_document(workspace, chosen, ident, author=user.name))


@post("/validate", status_code=200, sync_to_thread=True)
def validate(data: TextToCheck) -> ValidationAnswer:
    """Check a text against its schema, without saving it."""
    told = Document(data.text, "document")
    try:
        problems, notes, kind = problems_of(told), unknown_fields(told), told.kind
    except InputError as error:
        message = error.message.removeprefix("document").lstrip(":, ")
        return ValidationAnswer(False, None, (DocumentProblem("document", message),), ())
    return ValidationAnswer(
        valid=not problems,
        kind=kind,
        problems=tuple(DocumentProblem(each.where, each.message) for each in problems),
        notes=tuple(DocumentProblem(each.where, each.message) for each in notes),
    )


def _said(data: NewMap) -> dict[str, object]:
    """What was asked of a new map beyond its title."""
    above = None if data.parent is None else {"map": data.parent.map, "step": data.parent.step}
    parent = None if above is None else {name: each for name, each in above.items() if each is not None}
    said = {"level": data.level, "state": data.state, "parent": parent}
    return {name: each for name, each in said.items() if each is not None}


def _changed(workspace: Workspace, kind: Kind, ident: str, data: DocumentChange, based_on: int | None) -> Document:
    if (data.text is None) == (data.tree is None):
        raise InputError(phrase("expected the text or the tree of the document, got both or neither"))
    if data.text is not None:
        return Document(data.text, ident)
    assert data.tree is not None
    return said_by(_base(workspace, kind, ident, based_on), new_document(data.tree, origin=ident))


def _base(workspace: Workspace, kind: Kind, ident: str, based_on: int | None) -> Document:
    """What the sender changed; of a map that was deleted meanwhile the version before."""
    if based_on is None:
        return document_at(workspace, kind, ident, None)[1]
    found = document_of(workspace, version_of(workspace, kind, ident, based_on))
    if found is None:
        raise InputError(
            phrase("with version {based_on} {ident!r} was deleted", based_on=based_on, ident=ident),
            hint=phrase("name another version"),
        )
    return found


def taken_ids(workspace: Workspace, kind: Kind) -> set[str]:
    """All ids that were ever used: they are permanent."""
    WorkspaceLibrary(workspace)
    with workspace.database.reading() as connection:
        return {each.ident for each in all_newest(connection, kind)}


def _format_of(kind: Kind) -> str:
    return next(name for name, each in FORMATS.items() if each == kind)


def _imported(read: Upload, saved: Saved) -> ImportedDocument:
    return ImportedDocument(
        file=read.name,
        kind=saved.version.kind,
        id=saved.version.ident,
        version=saved.version.number,
        outcome=saved.outcome,
        losses=tuple(LossAnswer(told_loss(each.what), each.count) for each in read.losses),
    )
