"""The folder in which the documents of a workspace also lie as files, for git and for editors.

Which file is the same as which version is noted, so that after any interruption it is known which side was changed since: a file
that is not as noted was changed by hand, a version after the noted one by somebody who saved. Both are merged.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desireline.base import InputError, Problem, SettingsError, WorkspaceError, closest_names, phrase, reason_of
from desireline.maps import tables
from desireline.maps.checking import check_document
from desireline.maps.document import Document, Kind
from desireline.maps.library import ENDINGS, read_file
from desireline.maps.merging import merge
from desireline.maps.tables import FileEntry, Version
from desireline.store import Workspace

BY_HAND = "folder"
"""The author of what was changed in the folder."""
_KEYS = ("folder",)
_TAKEN = ("log", "index", "staging")
Name = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was found in the folder.

    Attributes
    ----------
    versions
        Those that were made of what was changed by hand.
    problems
        Files that were left as they are, and why.
    """

    versions: tuple[Version, ...] = ()
    problems: tuple[Problem, ...] = ()


def folder_setting(section: Mapping[str, Any]) -> str | None:
    """The setting ``maps.folder``; ``None`` where documents lie in the database only.

    Raises
    ------
    SettingsError
        An unknown key, or no name of a folder.
    """
    for key in section:
        if key not in _KEYS:
            close = closest_names(key, _KEYS)
            hint = (
                phrase("did you mean {close}?", close=close[0])
                if close
                else phrase("known: {known}", known=", ".join(_KEYS))
            )
            raise SettingsError(phrase("[maps]: unknown {key}", key=key), hint=hint)
    said = section.get("folder")
    if said is None:
        return None
    if not isinstance(said, str) or not said.strip() or Path(said).parts[:1] in [(), *((name,) for name in _TAKEN)]:
        raise SettingsError(
            phrase("[maps]: expected folder to be a folder of its own, got {said!r}", said=said),
            hint=phrase('for example folder = "maps"'),
        )
    return said


def folder_of(workspace: Workspace) -> Path | None:
    """The folder of documents; ``None`` where the settings name none."""
    said = folder_setting(workspace.section("maps"))
    return None if said is None else workspace.folder / said


def file_name(kind: Kind, ident: str, text: str) -> str:
    """How a document's file is called: ``buy-a-phone.yaml``, ``anna.persona.yaml``."""
    middle = "" if kind == "map" else f".{kind}"
    return f"{ident}{middle}.{'json' if Document(text).syntax == 'json' else 'yaml'}"


def write_file(path: Path, text: str) -> None:
    """Write a document as a whole or not at all.

    Raises
    ------
    InputError
        It cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(
            phrase("{path} cannot be written: {strerror}", path=path, strerror=reason_of(error))
        ) from error


def synchronise(workspace: Workspace, folder: Path) -> TakenIn:
    """Make folder and database the same; the caller holds the lock ``maps``.

    What was changed in the folder becomes versions; what was saved and not yet written is written. A file that cannot be used,
    or that contradicts what was saved, is left, as is what was saved.
    """
    state = _Folder(workspace, _normal(folder))
    state.look()
    for name in state.names():
        state.settle(name)
    return TakenIn(tuple(state.versions), tuple(state.problems))


@dataclass(slots=True)
class _Folder:
    workspace: Workspace
    folder: Path
    entries: dict[Name, FileEntry] = field(default_factory=dict)
    newest: dict[Name, Version] = field(default_factory=dict)
    files: dict[Name, tuple[Path, Document]] = field(default_factory=dict)
    unusable: set[Path] = field(default_factory=set)
    versions: list[Version] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def look(self) -> None:
        """Read what is noted, what is saved, and what is in the folder."""
        was_there = self.folder.is_dir()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                phrase(
                    "the folder {folder} cannot be made: {strerror}",
                    folder=self.folder,
                    strerror=reason_of(error),
                )
            ) from error
        with self.workspace.database.reading() as connection:
            here = [each for each in tables.all_files(connection) if self._path(each).parent == self.folder]
            self.entries = {(each.kind, each.ident): each for each in here} if was_there else {}
            self.newest = {(each.kind, each.ident): each for each in tables.all_newest(connection)}
        known = {self._path(entry): name for name, entry in self.entries.items()}
        for path in sorted(self.folder.iterdir(), key=lambda path: (path not in known, path)):
            if path.suffix.lower() in ENDINGS and not path.name.startswith(".") and path.is_file():
                self._read(path, known.get(path))

    def names(self) -> list[Name]:
        """Every document that there is on a side."""
        return sorted({*self.entries, *self.newest, *self.files})

    def settle(self, name: Name) -> None:
        """Make both sides of one document the same."""
        file, entry, head = self.files.get(name), self.entries.get(name), self.newest.get(name)
        if file is not None:
            self._settle_file(name, *file, entry, head)
        elif entry is not None and self._path(entry) in self.unusable:
            return
        elif head is None or head.deleted:
            self._forget(name)
        elif entry is not None and entry.number == head.number:
            self._save(name, None, head.number)
            self._forget(name)
        else:
            self._write(name, head, None)

    def _settle_file(
        self, name: Name, path: Path, document: Document, entry: FileEntry | None, head: Version | None
    ) -> None:
        text = document.text
        if head is None:
            self._note(name, path, self._save(name, document, None))
        elif head.text == text:
            self._note(name, path, head)
        elif (base := self._base(name, text, entry)) is None:
            self._complain(path, phrase("is another document than the one that was saved under this id"), head)
        elif base.text == text:
            self._write(name, head, path)
        elif base.number == head.number or head.deleted:
            self._note(name, path, self._save(name, document, base.number))
        else:
            self._merge(name, path, document, base, head)

    def _merge(self, name: Name, path: Path, theirs: Document, base: Version, head: Version) -> None:
        try:
            before = Document(base.text or "", f"version {base.number}")
            ours = Document(head.text or "", f"version {head.number}")
            merged = merge(before, ours, theirs)
        except InputError as error:
            self._complain(path, phrase("was changed, and so was the document; {message}", message=error.message), head)
            return
        if merged.document is None:
            told = "; ".join(map(str, merged.conflicts))
            self._complain(
                path, phrase("was changed, and so was the document (ours) in another way: {told}", told=told), head
            )
            return
        self._write(name, self._save(name, merged.document, base.number), path)

    def _base(self, name: Name, text: str, entry: FileEntry | None) -> Version | None:
        """The version that a file was made of: the one that is noted, else one with just this text."""
        with self.workspace.database.reading() as connection:
            if entry is not None:
                return tables.version_numbered(connection, *name, entry.number)
            digest = tables.digest_of(text)
            same = [each for each in tables.versions_of(connection, *name) if each.digest == digest]
        return same[-1] if same else None

    def _read(self, path: Path, known: Name | None) -> None:
        try:
            document = read_file(path)
            if known is not None and (head := self.newest.get(known)) is not None and head.text == document.text:
                self.files.setdefault(known, (path, document))
                return
            check_document(document)
        except InputError as error:
            self.unusable.add(path)
            self.problems.append(Problem(str(path), error.message.removeprefix(str(path)).lstrip(":, ")))
            return
        name = (document.kind, document.id)
        if name in self.files:
            self.problems.append(
                Problem(
                    str(path),
                    phrase("holds {name!r}, and so does {name_2}", name=name[1], name_2=self.files[name][0].name),
                )
            )
            return
        self.files[name] = (path, document)

    def _save(self, name: Name, document: Document | None, based_on: int | None) -> Version:
        said = None if document is None else document.text
        tree = None if document is None else document.tree
        with self.workspace.database.writing() as connection:
            version = tables.add_version(
                connection, *name, text=said, tree=tree, author=BY_HAND, label=None, based_on=based_on
            )
        self.versions.append(version)
        return version

    def _write(self, name: Name, head: Version, path: Path | None) -> None:
        """Make the file as the version is."""
        if head.text is None:
            if path is not None:
                path.unlink(missing_ok=True)
            self._forget(name)
            return
        target = path or self.folder / file_name(*name, head.text)
        if path is None and target.exists():
            if target not in self.unusable:
                self.problems.append(
                    Problem(
                        str(target),
                        phrase("is in the way of {name} {name_2}; give it another name", name=name[0], name_2=name[1]),
                    )
                )
            return
        if path is not None and read_file(path).text != self.files[name][1].text:
            return
        write_file(target, head.text)
        self._note(name, target, head)

    def _note(self, name: Name, path: Path, version: Version) -> None:
        entry = FileEntry(*name, self._relative(path), version.number)
        if self.entries.get(name) == entry:
            return
        with self.workspace.database.writing() as connection:
            tables.enter_file(connection, entry)

    def _forget(self, name: Name) -> None:
        if name in self.entries:
            with self.workspace.database.writing() as connection:
                tables.remove_file(connection, *name)

    def _complain(self, path: Path, message: str, head: Version) -> None:
        self.unusable.add(path)
        hint = phrase(
            "bring both together in the file, then: desireline maps import {path} --based-on {number}",
            path=path,
            number=head.number,
        )
        self.problems.append(Problem(str(path), phrase("{message}; {hint}", message=message, hint=hint)))

    def _path(self, entry: FileEntry) -> Path:
        return _normal(self.workspace.folder / entry.path)

    def _relative(self, path: Path) -> str:
        return os.path.relpath(path, self.workspace.folder.resolve()).replace(os.sep, "/")


def _normal(path: Path) -> Path:
    """As other paths of one folder are written, whatever links lead there."""
    return path.parent.resolve() / path.name


def problem_of(taken: TakenIn, workspace: Workspace, kind: Kind, ident: str) -> Problem | None:
    """What keeps the file of a document from being used, ``None`` where nothing does."""
    with workspace.database.reading() as connection:
        paths = [each.path for each in tables.all_files(connection) if (each.kind, each.ident) == (kind, ident)]
    broken = {_normal(Path(each.where)): each for each in taken.problems}
    folder = folder_of(workspace)
    candidates = [workspace.folder / path for path in paths]
    candidates += [folder / file_name(kind, ident, sign) for sign in ("", "{")] if folder else []
    return next((broken[_normal(path)] for path in candidates if _normal(path) in broken), None)
