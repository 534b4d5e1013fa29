"""The journey index: every interaction under its customer, sorted by time. Derived from log and evidence; may be deleted.

It is made of layers: the lowest is the log as it was when everything was built; each layer above has the customers, whole,
that something touched since. See :mod:`~desireline.journeys.index.manifest` and :mod:`~desireline.journeys.index.layers`
for the files.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desireline.base import Progress, SilentProgress, WorkspaceError, phrase, reason_of
from desireline.journeys.index.fields import FIELDS, open_fields
from desireline.journeys.index.layers import current_parts
from desireline.journeys.index.manifest import Manifest, Revision, make_current, read_manifest, remove, revision_of
from desireline.journeys.model import Names, Part
from desireline.store import Workspace

__all__ = ["Index", "open_index", "rebuild_index", "with_fields"]


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is open for reading.

    Attributes
    ----------
    names
        What the codes mean.
    interactions, customers
        How many there are.
    parts
        Its buckets, mapped into memory: nothing is read until it is looked at, and an update that replaces this one takes
        nothing away from who has it open.
    layers
        How many interactions each layer holds, the lowest first; those of customers that a higher one has count again.
    last_arrival
        The largest arrival number that is in; -1 of none.
    """

    names: Names
    interactions: int
    customers: int
    parts: tuple[Part, ...]
    layers: tuple[int, ...]
    last_arrival: int


def open_index(workspace: Workspace, *, progress: Progress | None = None) -> Index:
    """Open the index. It is brought up to date first, and built from the log where it is missing or damaged.

    Raises
    ------
    WorkspaceError
        It has to be written and cannot be: the disk is full, or another process writes it for too long.
    """
    revision = revision_of(workspace)
    found = _open(workspace, revision)
    if found is not None:
        return found
    with workspace.exclusive("index"):
        revision = revision_of(workspace)
        found = _open(workspace, revision) or _write(workspace, revision, progress or SilentProgress())
    if found is None:
        raise WorkspaceError(
            phrase(
                "the journey index that was just built in {index_folder} is gone or damaged",
                index_folder=workspace.index_folder,
            ),
            hint=phrase("is another program removing files there?"),
        )
    return found


def with_fields(workspace: Workspace, index: Index, names: Sequence[str], *, progress: Progress | None = None) -> Index:
    """The index with further fields of the log; itself where none is wanted.

    Raises
    ------
    WorkspaceError
        They have to be read from the log and cannot be written.
    """
    if not names:
        return index
    found = open_fields(workspace, names, last_arrival=index.last_arrival, progress=progress)
    parts = tuple(replace(part, source=found) for part in index.parts)
    return replace(index, names=replace(index.names, values=found.values), parts=parts)


def rebuild_index(workspace: Workspace, *, progress: Progress | None = None) -> Index:
    """Build the whole index from the log, whatever is there, and open it.

    Raises
    ------
    WorkspaceError
        It cannot be written.
    """
    with workspace.exclusive("index"):
        _write(workspace, revision_of(workspace), progress or SilentProgress(), from_log=True)
    return open_index(workspace, progress=progress)


def _open(workspace: Workspace, revision: Revision) -> Index | None:
    """The current index where it is of this revision and whole."""
    manifest = read_manifest(workspace.index_folder)
    if manifest is None or manifest.revision != revision:
        return None
    try:
        layers = current_parts(
            tuple((workspace.index_folder / layer.folder, layer.buckets) for layer in manifest.layers)
        )
    except (OSError, ValueError, KeyError):
        return None
    parts = tuple(part for layer in layers for part in layer)
    sizes = tuple(layer.interactions for layer in manifest.layers)
    return Index(manifest.names, manifest.interactions, manifest.customers, parts, sizes, manifest.last_arrival)


def _write(workspace: Workspace, revision: Revision, progress: Progress, *, from_log: bool = False) -> Index | None:
    """Bring the index up to date, or build it from the log; what was there counts until the new one is whole."""
    from desireline.journeys.index.building import build
    from desireline.journeys.index.updating import update

    folder = workspace.index_folder
    number = uuid.uuid4().hex
    layer, identity = folder / f"layer-{number}", folder / f"identity-{number}"
    before = None if from_log else read_manifest(folder)
    try:
        manifest: Manifest | None = None
        if before is not None and before.revision.settings == revision.settings:
            layer.mkdir()
            identity.mkdir()
            manifest = update(workspace, before, revision, layer, identity, progress)
            if manifest is None:
                remove(layer)
                remove(identity)
        if manifest is None:
            remove(folder / FIELDS)
            layer.mkdir(parents=True)
            identity.mkdir()
            manifest = build(workspace, revision, layer, identity, progress)
        make_current(folder, manifest)
    except OSError as error:
        remove(layer)
        remove(identity)
        raise WorkspaceError(
            phrase(
                "the journey index cannot be written to {folder}: {strerror}",
                folder=folder,
                strerror=reason_of(error),
            ),
            hint=phrase("the index that was there before is untouched; make room on the disk and try again"),
        ) from error
    except BaseException:
        remove(layer)
        remove(identity)
        raise
    return _open(workspace, revision)
