"""A copy of the log in object storage, for machines that do not see the folder of the workspace.

[log]
mirror = "s3://lake/acme"

Files of the log never change, so each is copied once, under its name. Where the storage is and how it is entered stands in the
environment, as for imports from there: ``AWS_ENDPOINT_URL``, ``AWS_ACCESS_KEY_ID`` and so on.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from desireline.base import Progress, SettingsError, SilentProgress, WorkspaceError
from desireline.store.log_table import LogTable

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

OWNER_FILE = "_desireline.json"
"""Beside the files: which log they are of."""
_ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]+)(?P<folder>(/[^/@?*\s]+)*)/?")
_CONNECT_SECONDS = 10
_REQUEST_SECONDS = 60
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_HINTS = {
    "NETWORK_CONNECTION": "is AWS_ENDPOINT_URL right, and can this machine reach it?",
    "NO_SUCH_BUCKET": "make the bucket first; only files are put into it",
    "ACCESS_KEY|ACCESS_DENIED|SIGNATURE|CREDENTIALS|FORBIDDEN|TOKEN": (
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be allowed to list, read, write and delete there"
    ),
}


@dataclass(frozen=True, slots=True)
class LogMirror:
    """The copy of a log in one folder of an object storage.

    Attributes
    ----------
    address
        How the settings name it.
    storage
        Where it is, and how it is entered: the keys of the environment of the machine that opened it. It can be sent to
        other machines; one that was opened without keys is entered with what each machine has.
    folder
        The bucket and the folder in it.
    """

    address: str
    storage: FileSystem
    folder: PurePosixPath

    def path_of(self, name: str) -> PurePosixPath:
        """Where the file of the log with this name is."""
        return self.folder / name

    def follow(self, log: LogTable, *, progress: Progress | None = None) -> None:
        """Put the files of the last commit there, and delete those that the folder of the log has no longer.

        Raises
        ------
        WorkspaceError
            The storage cannot be reached or entered, or the folder there holds something else.
        """
        listener = progress or SilentProgress()
        with self._explained():
            there = self._sizes()
            self._own(log, there)
            files = {path.name: path for path in log.files()}
            missing = [path for name, path in files.items() if there.get(name) != path.stat().st_size]
            for done, path in enumerate(missing):
                listener.step("copying the log to its mirror", done=done, total=len(missing))
                self._put(str(path), path.name)
            for name in there:
                if name.endswith(".parquet") and not (log.folder / name).exists():
                    self.storage.delete_file(str(self.path_of(name)))

    def _sizes(self) -> dict[str, int]:
        """The files in the folder, with their sizes in bytes."""
        from pyarrow.fs import FileSelector, FileType

        found = self.storage.get_file_info(FileSelector(str(self.folder), allow_not_found=True))
        return {info.base_name: info.size for info in found if info.type == FileType.File}

    def _own(self, log: LogTable, there: Mapping[str, int]) -> None:
        """Note which log this is the mirror of; files of another one are not touched."""
        place, own = str(self.path_of(OWNER_FILE)), log.identity()
        if OWNER_FILE in there:
            with self.storage.open_input_stream(place) as file:
                said = file.read()
            if own.encode() not in said:
                raise WorkspaceError(
                    f"{self.address} is the mirror of another log", hint="name another folder in [log] mirror"
                )
            return
        if there:
            raise WorkspaceError(
                f"expected an empty or new folder for the mirror of the log, {self.address} has files in it",
                hint="name another folder in [log] mirror",
            )
        with self.storage.open_output_stream(place) as file:
            file.write(json.dumps({"format": 1, "log": own}).encode())

    def _put(self, path: str, name: str) -> None:
        from pyarrow.fs import LocalFileSystem, copy_files

        copy_files(
            path, str(self.path_of(name)), source_filesystem=LocalFileSystem(), destination_filesystem=self.storage
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        import pyarrow as pa

        try:
            yield
        except (pa.ArrowException, OSError) as error:
            said = re.sub(r"^When .*?: AWS Error | \(Request ID: .*\)$", "", str(error).splitlines()[0])
            hint = next((hint for names, hint in _HINTS.items() if re.search(names, said)), None)
            raise WorkspaceError(f"the mirror of the log {self.address} cannot be used: {said}", hint=hint) from None


def open_mirror(section: Mapping[str, Any]) -> LogMirror | None:
    """The mirror that the section ``[log]`` of the settings names; ``None`` where it names none. Nothing is asked yet.

    Raises
    ------
    SettingsError
        An unknown key, no address in object storage, or one that is reached without encryption although nobody said so.
    """
    unknown = sorted(set(section) - {"mirror"})
    if unknown:
        raise SettingsError(f"[log]: unknown {', '.join(unknown)}", hint="known: mirror")
    if "mirror" not in section:
        return None
    address = str(section["mirror"])
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise SettingsError(
            f"[log] mirror: expected s3://BUCKET/FOLDER, got {_without_login(address)!r}",
            hint="keys and endpoint stand in the environment: AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL",
        )
    return LogMirror(address.rstrip("/"), _s3(), PurePosixPath(match["bucket"] + match["folder"]))


def _s3() -> FileSystem:
    from pyarrow.fs import S3FileSystem

    endpoint = next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), "")
    scheme, _, host = endpoint.rpartition("://")
    if scheme == "http" and os.environ.get("AWS_ALLOW_HTTP", "").lower() not in ("1", "true"):
        raise SettingsError(
            f"the endpoint {endpoint} would be reached without encryption",
            hint="give one with https, or say AWS_ALLOW_HTTP=true in the environment",
        )
    keys = {name: os.environ.get(name) or None for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    if len(set(map(bool, keys.values()))) > 1:
        missing = next(name for name, value in keys.items() if value is None)
        raise SettingsError(
            f"expected {' and '.join(keys)} in the environment, or neither of them, there is no {missing}"
        )
    return S3FileSystem(
        access_key=keys["AWS_ACCESS_KEY_ID"],
        secret_key=keys["AWS_SECRET_ACCESS_KEY"],
        session_token=os.environ.get("AWS_SESSION_TOKEN"),
        region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
        scheme=scheme or None,
        endpoint_override=host.rstrip("/") or None,
        connect_timeout=_CONNECT_SECONDS,
        request_timeout=_REQUEST_SECONDS,
    )


def _without_login(address: str) -> str:
    return re.sub(r"//.*@", "//", address)
