"""``/api/sources/uploads``: drop a file, see what it is, map it, look at what an import would do, import it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Router, delete, get, post, put
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.sources.receiving import receive
from desireline.sources.upload_desk import desk_of
from desireline.sources.upload_model import Upload
from desireline.store import Workspace


class UploadsAnswer(Struct, frozen=True):
    """All uploads, the newest first; how large the next one may be, and what the disk has room for, in bytes."""

    uploads: list[Upload]
    largest_bytes: int
    free_bytes: int


class ReadAs(Struct, frozen=True, forbid_unknown_fields=True):
    """A named format, ``table``, or nothing: then it is found out."""

    read_as: str | None = None


class NewMapping(Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping as a document or as YAML, one of the two."""

    document: dict[str, Any] | None = None
    yaml: str | None = None


@get("/", sync_to_thread=True)
def list_uploads(workspace: Workspace) -> UploadsAnswer:
    """All uploads, and what can be uploaded."""
    desk = desk_of(workspace)
    return UploadsAnswer(desk.all(), desk.folder.largest_bytes(), desk.folder.free_bytes())


@post("/", request_max_body_size=None)
async def upload_file(request: Request[SignedIn, Any, Any], workspace: Workspace, user: SignedIn, name: str) -> Upload:
    """Take a file, its bytes as the body, and find out what it is."""
    return await receive(
        desk_of(workspace), name, by=user.name, announced=request.content_length, chunks=request.stream()
    )


@get("/{upload:str}", sync_to_thread=True)
def show_upload(workspace: Workspace, upload: str) -> Upload:
    """One upload: where it stands, what it was taken for, its mapping, its preview, its outcome."""
    return desk_of(workspace).read(upload)


@post("/{upload:str}/recognise", status_code=202, sync_to_thread=True)
def recognise_upload(workspace: Workspace, upload: str, data: ReadAs) -> Upload:
    """Find out again what a file is, or read it as what is said."""
    return desk_of(workspace).recognise(upload, data.read_as)


@put("/{upload:str}/mapping", sync_to_thread=True)
def map_upload(workspace: Workspace, upload: str, data: NewMapping) -> Upload:
    """Take another mapping."""
    return desk_of(workspace).map_as(upload, document=data.document, yaml=data.yaml)


@post("/{upload:str}/preview", status_code=202, sync_to_thread=True)
def preview_upload(workspace: Workspace, upload: str) -> Upload:
    """Find out what an import would do; nothing is stored."""
    return desk_of(workspace).preview(upload)


@post("/{upload:str}/import", status_code=202, sync_to_thread=True)
def import_upload(workspace: Workspace, upload: str) -> Upload:
    """Import the file: as a whole or not at all."""
    return desk_of(workspace).import_it(upload)


@post("/{upload:str}/cancel", status_code=202, sync_to_thread=True)
def cancel_upload(workspace: Workspace, upload: str) -> Upload:
    """Stop at the next step what is being done."""
    return desk_of(workspace).cancel(upload)


@delete("/{upload:str}", status_code=204, sync_to_thread=True)
def discard_upload(workspace: Workspace, upload: str) -> None:
    """Forget an upload and its file; what was imported of it stays."""
    desk_of(workspace).discard(upload)


upload_router = Router(
    path="/uploads",
    route_handlers=[
        list_uploads,
        upload_file,
        show_upload,
        recognise_upload,
        map_upload,
        preview_upload,
        import_upload,
        cancel_upload,
        discard_upload,
    ],
    guards=[needs(Right.CHANGE_DATA)],
)
