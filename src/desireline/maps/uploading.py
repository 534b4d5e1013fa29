"""Files that somebody hands in, as documents, checked together before one of them is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal

from desireline.base import InputError, joined, phrase
from desireline.maps.checking import check_document
from desireline.maps.document import LONGEST_DOCUMENT, Document, Kind, fresh_id, kind_name, new_document
from desireline.maps.formats import PARTIAL, READERS, Loss
from desireline.maps.importing import said_by
from desireline.maps.library import ENDINGS, Library

Existing = Literal["refuse", "version", "copy"]
LARGEST = 4 * LONGEST_DOCUMENT
"""Bytes of a file."""


class ExistsError(InputError):
    """There is a document with this id already."""

    code = "input.exists"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, as the document that it holds.

    Attributes
    ----------
    is_part
        The format holds a part of a map: such a file is no new version of a whole one.
    losses
        What of the file no map can hold.
    """

    name: str
    document: Document
    is_part: bool = False
    losses: tuple[Loss, ...] = ()


def read_upload(name: str, content: bytes) -> Upload:
    """The document in the content of a file.

    Parameters
    ----------
    name
        Its ending chooses the format; YAML and JSON are taken as they are.

    Raises
    ------
    InputError
        No format has this ending, or the content cannot be read; the message begins with the name.
    """
    path = PurePath(name)
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return Upload(name, Document(_text(name, content), name))
    if ending not in READERS:
        known = sorted({*ENDINGS, *READERS})
        raise InputError(
            phrase(
                "{name}: expected a file that ends in {known}, got {ending}",
                name=name,
                known=joined(known, ", "),
                ending=ending or "no ending",
            )
        )
    try:
        found = READERS[ending](content, path.stem)
    except InputError as error:
        raise InputError(phrase("{name}: {message}", name=name, message=error.message), hint=error.hint) from error
    return Upload(name, new_document(found.tree, origin=name), ending in PARTIAL, found.losses)


def checked_uploads(
    uploads: Sequence[Upload], library: Library, *, existing: Existing, taken: dict[Kind, set[str]]
) -> tuple[Upload, ...]:
    """The documents to save: all of them can be, or none is.

    Parameters
    ----------
    existing
        What becomes of one that is there already: refused, made the next version of it, or given an id of its own.
    taken
        By kind all ids that were ever used.

    Raises
    ------
    ExistsError
        One is there already, and that is refused.
    InputError
        One breaks its schema, two are the same document, or a part of a map would be the next version of the whole.
    """
    _check_each(uploads)
    _check_different(uploads)
    if existing == "copy":
        return tuple(_copied(each, taken[each.document.kind]) for each in uploads)
    return tuple(_settled(each, library, existing) for each in uploads)


def exists_error(document: Document) -> ExistsError:
    """The error for a document that is there already."""
    return ExistsError(
        phrase(
            "{origin}: there is a {kind} {id!r} already",
            origin=document.origin,
            kind=kind_name(document.kind),
            id=document.id,
        ),
        hint=phrase("save it as the next version of that one, or as a copy with an id of its own"),
    )


def _settled(upload: Upload, library: Library, existing: Existing) -> Upload:
    stored = library.find(upload.document.kind, upload.document.id)
    if stored is None:
        return upload
    if existing == "refuse":
        raise exists_error(upload.document)
    if upload.is_part:
        raise InputError(
            phrase(
                "{name}: there is a map {id!r} already, and this format holds only a part of a map",
                name=upload.name,
                id=upload.document.id,
            ),
            hint=phrase("take .xlsx, .json or .yaml to change a map; give the file another name or title to add one"),
        )
    return replace(upload, document=_with_comments(stored, upload))


def _with_comments(stored: Document, upload: Upload) -> Document:
    """A YAML file is taken as it is; what another format says is put into the document that is there."""
    is_yaml = PurePath(upload.name).suffix.lower() in (".yaml", ".yml")
    return upload.document if is_yaml else said_by(stored, upload.document)


def _copied(upload: Upload, taken: set[str]) -> Upload:
    if upload.document.id not in taken:
        return upload
    ident = fresh_id(upload.document.id, taken)

    def rename(tree: Any) -> None:
        tree["id"] = ident

    return replace(upload, document=upload.document.changed(rename))


def _text(name: str, content: bytes) -> str:
    if len(content) > LARGEST:
        raise InputError(
            phrase(
                "{name}: expected at most {largest:,} bytes, got {count:,}",
                name=name,
                largest=LARGEST,
                count=len(content),
            )
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            phrase("{name}: expected UTF-8 text, got another encoding at byte {start}", name=name, start=error.start)
        ) from error


def _check_each(uploads: Sequence[Upload]) -> None:
    told = []
    for each in uploads:
        try:
            check_document(each.document)
        except InputError as error:
            told.append(error.message)
    if told:
        raise InputError("\n".join(told), hint=phrase("what a document may say is described in docs/maps.md"))


def _check_different(uploads: Sequence[Upload]) -> None:
    names = [(each.document.kind, each.document.id) for each in uploads]
    double = next((number for number, name in enumerate(names) if name in names[:number]), None)
    if double is not None:
        first = uploads[names.index(names[double])]
        raise InputError(
            phrase(
                "{name} and {name_2} are both {names}",
                name=first.name,
                name_2=uploads[double].name,
                names=joined(names[double], " "),
            )
        )
