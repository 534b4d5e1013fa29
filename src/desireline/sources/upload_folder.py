"""Where uploads lie: a folder each in ``uploads`` of the workspace, with the file and what is known of it.

uploads/ID/upload.json     what is known; written anew beside the old one and put in its place
uploads/ID/file/NAME       the file as it came; gone when it was imported
uploads/ID/mapping.yaml    the mapping that it will be read with
"""

from __future__ import annotations

import os
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desireline.base import InputError, UnknownNameError, WorkspaceError, phrase, reason_of
from desireline.sources.files.limits import Limits
from desireline.sources.upload_model import Upload, UploadState
from desireline.sources.upload_settings import UploadSettings, size_text
from desireline.sources.upload_telling import recalled
from desireline.store import Workspace

UPLOADS = "uploads"
KEPT = 20
"""So many imported uploads are remembered, the newest."""
_SPARE_BYTES = 200 * 10**6
_LONGEST_NAME = 150


class UploadFolder:
    """The uploads of one workspace, on the disk."""

    def __init__(self, workspace: Workspace) -> None:
        self.folder = workspace.folder / UPLOADS
        self._workspace = workspace

    def largest_bytes(self) -> int:
        """The largest file that is taken, as the settings say."""
        return UploadSettings.read(self._workspace.section("sources")).largest_bytes

    def limits_of(self, upload: Upload) -> Limits:
        """What reading an upload may take."""
        settings = UploadSettings.read(self._workspace.section("sources"))
        return Limits(self.workplace_of(upload), settings.largest_unpacked)

    def free_bytes(self) -> int:
        """The room that is left for uploads: an import needs as much again."""
        return max(0, (shutil.disk_usage(self._workspace.folder).free - _SPARE_BYTES) // 2)

    def check_room(self, name: str, size: int) -> None:
        """Refuse a file that is empty, too large, or does not fit on the disk.

        Raises
        ------
        InputError
            With what helps.
        """
        if size == 0:
            raise InputError(
                phrase("{name} is empty", name=name), hint=phrase("was the export finished? choose another file")
            )
        largest = self.largest_bytes()
        if size > largest:
            raise InputError(
                phrase(
                    "expected a file of at most {largest}, {name} has {size}",
                    largest=size_text(largest),
                    name=name,
                    size=size_text(size),
                ),
                hint=phrase(
                    "on the server: desireline import {name}; or set [sources] largest_upload in desireline.toml",
                    name=name,
                ),
            )
        free = self.free_bytes()
        if size > free:
            raise InputError(
                phrase(
                    "{name} has {size}, the disk of the server has room for {free}",
                    name=name,
                    size=size_text(size),
                    free=size_text(free),
                ),
                hint=phrase("an import needs twice the size of the file; make room, or discard other uploads"),
            )

    def begin(self, name: str, *, by: str) -> Upload:
        """A new upload, with a place for its file."""
        upload = Upload(
            id=uuid.uuid4().hex,
            name=plain_file_name(name),
            bytes=0,
            by=by,
            received_at=datetime.now(UTC),
            state=UploadState.RECEIVING,
        )
        try:
            self.file_of(upload).parent.mkdir(parents=True)
        except OSError as error:
            raise WorkspaceError(
                phrase("{folder} cannot be written: {strerror}", folder=self.folder, strerror=reason_of(error))
            ) from error
        self.keep(upload)
        return upload

    def file_of(self, upload: Upload) -> Path:
        """The file as it came."""
        return self.folder / upload.id / "file" / upload.name

    def mapping_of(self, upload: Upload) -> Path:
        """Where its mapping lies."""
        return self.folder / upload.id / "mapping.yaml"

    def workplace_of(self, upload: Upload) -> Path:
        """A folder for temporary files."""
        return self.folder / upload.id / "work"

    def keep(self, upload: Upload) -> None:
        """Write what is known of an upload."""
        path = self.folder / upload.id / "upload.json"
        if not path.parent.exists():
            return
        temporary = path.with_suffix(".new")
        with temporary.open("wb") as file:
            changed = msgspec.structs.replace(upload, changed_at=datetime.now(UTC))
            file.write(msgspec.json.encode(changed, enc_hook=str))  # sentences are kept as their English text
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)

    def read(self, ident: str) -> Upload:
        """The upload with this id.

        Raises
        ------
        UnknownNameError
            There is none: it was discarded, or is forgotten.
        """
        path = self.folder / ident / "upload.json"
        try:
            if not ident.isalnum():
                raise FileNotFoundError
            return recalled(msgspec.json.decode(path.read_bytes(), type=Upload))
        except (OSError, msgspec.MsgspecError):
            raise UnknownNameError(
                phrase("there is no upload {ident!r}", ident=ident),
                hint=phrase("it was discarded; drop the file again"),
            ) from None

    def all(self) -> list[Upload]:
        """All uploads, the newest first; a damaged one is left out."""
        found = []
        for path in self.folder.glob("*/upload.json"):
            try:
                found.append(recalled(msgspec.json.decode(path.read_bytes(), type=Upload)))
            except (OSError, msgspec.MsgspecError):
                continue
        return sorted(found, key=lambda each: each.received_at, reverse=True)

    def remove(self, upload: Upload) -> None:
        """Forget an upload and its file."""
        shutil.rmtree(self.folder / upload.id, ignore_errors=True)

    def remove_file(self, upload: Upload) -> None:
        """Make room: the file, and what else is no longer needed once it is imported."""
        for path in (self.file_of(upload).parent, self.workplace_of(upload)):
            shutil.rmtree(path, ignore_errors=True)

    def forget_old(self) -> None:
        """Keep only the newest imported ones."""
        for each in [each for each in self.all() if each.state is UploadState.IMPORTED][KEPT:]:
            self.remove(each)


def plain_file_name(name: str) -> str:
    """The name of a file without folders and signs that cannot be shown.

    Raises
    ------
    InputError
        Nothing is left of it.

    >>> plain_file_name("C:\\\\exports\\\\calls.csv")
    'calls.csv'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".")
    if not shown:
        raise InputError(phrase("expected the name of a file, got {name!r}", name=name))
    stem, dot, rest = shown.partition(".")
    while len(f"{stem}{dot}{rest}".encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem}{dot}{rest}"[-_LONGEST_NAME:]
