"""Where documents are found by kind and id: maps name personas, metrics, opportunities and other maps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from desireline.base import InputError, phrase, reason_of
from desireline.maps.document import FORMATS, LONGEST_DOCUMENT, Document, Kind

ENDINGS = (".yaml", ".yml", ".json")


class Library(Protocol):
    """Documents by kind and id."""

    def find(self, kind: Kind, ident: str) -> Document | None:
        """The document, ``None`` where there is none."""

    def idents(self, kind: Kind) -> list[str]:
        """The ids of all documents of a kind, sorted."""


class EmptyLibrary:
    """Has nothing."""

    def find(self, kind: Kind, ident: str) -> Document | None:
        """Nothing."""
        return None

    def idents(self, kind: Kind) -> list[str]:
        """None."""
        return []


EMPTY_LIBRARY: Library = EmptyLibrary()


class FolderLibrary:
    """The documents that lie in a folder: files that end in .yaml, .yml or .json and say what they are; others are passed over.

    A document that says what it is and is broken is found: who uses it is told what is wrong with it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: dict[tuple[Kind, str], Document] | None = None

    def find(self, kind: Kind, ident: str) -> Document | None:
        """The document; of several files that hold it, the first by name."""
        return self._documents().get((kind, ident))

    def idents(self, kind: Kind) -> list[str]:
        """The ids of all documents of a kind, sorted."""
        return sorted(ident for each, ident in self._documents() if each == kind)

    def _documents(self) -> dict[tuple[Kind, str], Document]:
        if self._found is None:
            self._found = {}
            for path in sorted(self.folder.iterdir(), reverse=True):
                if path.suffix.lower() in ENDINGS and path.is_file() and path.stat().st_size <= LONGEST_DOCUMENT:
                    self._enter(path)
        return self._found

    def _enter(self, path: Path) -> None:
        assert self._found is not None
        try:
            document = read_file(path)
            self._found[_kind_and_id(document)] = document
        except InputError:
            return


def _kind_and_id(document: Document) -> tuple[Kind, str]:
    """What a document says it is; of YAML its two lines are enough, for reading all of a folder takes long."""
    said = _KIND_LINE.search(document.text), _ID_LINE.search(document.text)
    kind = FORMATS.get(said[0][1]) if said[0] else None
    if document.syntax == "json" or kind is None or said[1] is None:
        return document.kind, document.id
    return kind, said[1][1]


_KIND_LINE = re.compile(r"""^desireline:[ ]+["']?([a-z]+/\d+)["']?[ ]*(?:#.*)?\r?$""", re.MULTILINE)
_ID_LINE = re.compile(r"""^id:[ ]+["']?([a-z0-9][a-z0-9-]*)["']?[ ]*(?:#.*)?\r?$""", re.MULTILINE)


class RememberingLibrary:
    """A library that is asked for each document once: for whoever looks at many maps that name the same ones."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._found: dict[tuple[Kind, str], Document | None] = {}
        self._idents: dict[Kind, list[str]] = {}

    def find(self, kind: Kind, ident: str) -> Document | None:
        """The document, ``None`` where there is none."""
        if (kind, ident) not in self._found:
            self._found[kind, ident] = self.library.find(kind, ident)
        return self._found[kind, ident]

    def idents(self, kind: Kind) -> list[str]:
        """The ids of all documents of a kind, sorted."""
        if kind not in self._idents:
            self._idents[kind] = self.library.idents(kind)
        return self._idents[kind]


def read_file(path: Path) -> Document:
    """The document in a file.

    Raises
    ------
    InputError
        It cannot be read, or is no text.
    """
    try:
        if path.stat().st_size > 4 * LONGEST_DOCUMENT:
            raise InputError(
                phrase(
                    "{path}: expected at most {longest:,} bytes, got {st_size:,}",
                    path=path,
                    longest=4 * LONGEST_DOCUMENT,
                    st_size=path.stat().st_size,
                )
            )
        return Document(path.read_bytes().decode("utf-8-sig"), str(path))
    except OSError as error:
        raise InputError(phrase("{path} cannot be read: {strerror}", path=path, strerror=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise InputError(phrase("{path} cannot be read: expected UTF-8 text", path=path)) from error
