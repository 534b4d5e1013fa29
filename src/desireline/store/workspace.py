"""A workspace: the folder that holds everything Desireline knows about one company's customers.

desireline.toml    settings, for people to edit
operational.db     SQLite: identifiers, evidence, imports, quarantine, decisions, maps in versions
log/               Delta table: the interactions; a newer version of a record may take the place of an older one
index/             derived from the two; may be deleted at any time
staging/           files of an import on its way in
uploads/           files that came through the web application, until they are imported or discarded
"""

from __future__ import annotations

import os
import secrets
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.base import SettingsError, UnknownNameError, WorkspaceError, closest_names, phrase, reason_of
from desireline.store.database import Database
from desireline.store.log_table import LogTable
from desireline.store.settings_text import with_section
from desireline.store.zones import DEFAULT_TIMEZONE, read_timezone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import pyarrow

SETTINGS_FILE = "desireline.toml"
FORMAT = 1
SECTIONS = frozenset(
    {
        "calendar",
        "calendars",
        "contacts",
        "costs",
        "effort",
        "identifiers",
        "identity",
        "improve",
        "index",
        "log",
        "maps",
        "privacy",
        "proposals",
        "sentiment",
        "sources",
    }
)
"""What the settings may speak of; each section belongs to the package that reads it."""
KEYS = ("format", "name", "timezone")
"""What the settings say outside of any section."""
_SETTINGS = """\
# Settings of this Desireline workspace. What can be set: docs/settings.md
format = {format}
"""


class Workspace:
    """One workspace folder and what lies in it. Made by :func:`open_workspace`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = LogTable(folder / "log")
        self.index_folder = folder / "index"
        self.staging_folder = folder / "staging"

    def __repr__(self) -> str:
        return f"Workspace({str(self.folder)!r})"

    @cached_property
    def database(self) -> Database:
        """The operational database."""
        return Database(self.folder / "operational.db")

    @cached_property
    def key(self) -> bytes:
        """The secret under which identifiers get their numbers in the log."""
        path = self.folder / "secret.key"
        try:
            return bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError as error:
            raise WorkspaceError(
                phrase("{path} is damaged", path=path),
                hint=phrase("restore it from a backup: no other key fits the log"),
            ) from error

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """The settings file as it stands; each package reads its own section.

        Raises
        ------
        SettingsError
            The file is no TOML, of a format that this version does not know, has a section that there is not, or names no time zone.
        """
        path = self.folder / SETTINGS_FILE
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(phrase("{path} is not valid TOML: {error}", path=path, error=error)) from error
        if settings.get("format") != FORMAT:
            raise SettingsError(
                phrase(
                    "{path}: expected format = {format}, got {said!r}",
                    path=path,
                    format=FORMAT,
                    said=settings.get("format"),
                ),
                hint=phrase("it was written by another version of Desireline"),
            )
        unknown = sorted(set(settings) - SECTIONS - set(KEYS))
        if unknown:
            close = closest_names(unknown[0], (*SECTIONS, *KEYS))
            raise SettingsError(
                phrase("{path}: there is no section or key {unknown!r}", path=path, unknown=unknown[0]),
                hint=phrase("did you mean {close}?", close=close[0])
                if close
                else phrase("known: {known}", known=", ".join(sorted((*SECTIONS, *KEYS)))),
            )
        try:
            if "timezone" in settings:
                read_timezone(settings["timezone"])
        except UnknownNameError as error:
            raise SettingsError(
                phrase("{path}: timezone: {message}", path=path, message=error.message), hint=error.hint
            ) from error
        if not isinstance(settings.get("name", ""), str):
            raise SettingsError(
                phrase("{path}: name: expected a text, got {said!r}", path=path, said=settings["name"]),
                hint=phrase('name = "Brightwire"'),
            )
        return settings

    @property
    def name(self) -> str:
        """What people call the workspace; the name of its folder where none is set."""
        return str(self.settings.get("name") or self.folder.resolve().name)

    @property
    def timezone(self) -> str:
        """The time zone by whose clock days, weeks and months begin, such as ``Europe/London``; UTC where none is set."""
        return str(self.settings.get("timezone", DEFAULT_TIMEZONE))

    @property
    def zone(self) -> ZoneInfo:
        """:attr:`timezone`, to make moments of days with."""
        return read_timezone(self.timezone)

    def section(self, name: str) -> Mapping[str, Any]:
        """One section of the settings; empty where the file does not have it."""
        section = self.settings.get(name, {})
        if not isinstance(section, Mapping):
            raise SettingsError(
                phrase(
                    "{settings_file}: expected [{name}] to be a section, got {section!r}",
                    settings_file=SETTINGS_FILE,
                    name=name,
                    section=section,
                )
            )
        return section

    @contextmanager
    def exclusive(self, what: str, *, patience_seconds: float = 60) -> Iterator[None]:
        """Hold the lock named ``what`` ("log" or "index"), so that only one process writes there.

        Raises
        ------
        WorkspaceError
            Another process has held it for longer than that.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / f".{what}.lock", timeout=patience_seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise WorkspaceError(
                phrase(
                    "another Desireline process is writing to the {what} of {folder}", what=what, folder=self.folder
                ),
                hint=phrase("wait until it has finished, then try again"),
            ) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def exclusive_if_free(self, what: str) -> Iterator[bool]:
        """Like :meth:`exclusive`, but do not wait: gives False where another process holds the lock."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / f".{what}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()


def change_section(workspace: Workspace, name: str, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    """Write one section of the settings file anew; its comments, its order and everything else in it stay.

    Parameters
    ----------
    change
        What the section is to say, of what it says; empty takes it out. It raises what is wrong with that.

    Raises
    ------
    SettingsError
        The file cannot be read, or the section is written in a way that can only be changed by hand. It stays as it is.
    WorkspaceError
        The file cannot be written.
    """
    path = (workspace.folder / SETTINGS_FILE).resolve()
    temporary = path.with_name(f".{SETTINGS_FILE}.new")
    with workspace.exclusive("settings"):
        section = change(Workspace(workspace.folder).section(name))
        text = path.read_bytes().decode("utf-8")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        written = mark + with_section(text.removeprefix(mark), name, section)
        if written == text:
            return
        try:
            with temporary.open("wb") as file:
                file.write(written.encode())
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, temporary)
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise WorkspaceError(
                phrase("{path} cannot be written: {strerror}", path=path, strerror=reason_of(error))
            ) from error


def create_workspace(folder: Path, *, log_schema: pyarrow.Schema, timezone: str | None = None) -> Workspace:
    """Make a new workspace; the settings file comes last, so that a half-made folder is no workspace.

    Parameters
    ----------
    timezone
        The setting of this name; ``None`` leaves it out.

    Raises
    ------
    WorkspaceError
        The folder is a workspace already, is not empty, or cannot be written.
    UnknownNameError
        There is no such time zone.
    """
    said = _SETTINGS.format(format=FORMAT)
    if timezone is not None:
        said += f'timezone = "{read_timezone(timezone).key}"\n'
    try:
        if (folder / SETTINGS_FILE).exists():
            raise WorkspaceError(phrase("{folder} is a workspace already", folder=folder))
        if folder.exists() and any(entry.name not in _PARTS for entry in folder.iterdir()):
            raise WorkspaceError(
                phrase("expected an empty or new folder for the workspace, {folder} has files in it", folder=folder),
                hint=phrase("name another folder"),
            )
        folder.mkdir(parents=True, exist_ok=True)
        workspace = Workspace(folder)
        _write_secret(folder / "secret.key")
        workspace.database.migrate()
        if not (folder / "log" / "_delta_log").exists():
            workspace.log.create(log_schema)
        settings = folder / f".{SETTINGS_FILE}.new"
        settings.write_text(said, encoding="utf-8")
        settings.replace(folder / SETTINGS_FILE)
    except OSError as error:
        raise WorkspaceError(
            phrase("the workspace {folder} cannot be made: {strerror}", folder=folder, strerror=reason_of(error))
        ) from error
    return workspace


def open_workspace(folder: Path) -> Workspace:
    """Open a workspace that exists.

    Raises
    ------
    WorkspaceError
        The folder is none, has lost a part that cannot be made again, or was written by a newer version.
    SettingsError
        Its settings file cannot be read.
    """
    if not (folder / SETTINGS_FILE).is_file():
        raise WorkspaceError(
            phrase(
                "{folder} is not a Desireline workspace (it has no {settings_file})",
                folder=folder,
                settings_file=SETTINGS_FILE,
            ),
            hint=phrase("make one with: desireline init {folder}", folder=folder),
        )
    workspace = Workspace(folder)
    _ = workspace.settings
    for part in ("secret.key", "operational.db", "log/_delta_log"):
        if not (folder / part).exists():
            raise WorkspaceError(
                phrase("the workspace {folder} is damaged: it has lost {part}", folder=folder, part=part),
                hint=phrase("restore it from a backup"),
            )
    if not workspace.database.is_current():
        workspace.database.migrate()
    return workspace


_PARTS = {
    "secret.key",
    "secret.new",
    "operational.db",
    "operational.db-wal",
    "operational.db-shm",
    "log",
    f".{SETTINGS_FILE}.new",
}


def _write_secret(path: Path) -> None:
    if path.exists():
        return
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(16))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
