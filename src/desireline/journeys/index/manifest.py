"""Which layers make up the index, and what it was built from.

    index/current            name of the manifest that counts
    index/NAME.json          names behind the codes, the layers from the lowest up, what they were built from

A manifest is written beside the old one and made current by one rename, so readers never see half an index; who has the
old one open keeps reading it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desireline.identity import tables as identity_tables
from desireline.interactions import read_taxonomy
from desireline.interactions import tables as interaction_tables
from desireline.journeys.model import Names
from desireline.store import Workspace

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Revision:
    """What an index depends on.

    Attributes
    ----------
    settings
        Changes with the identity policy, the settings of identifiers and the taxonomy: then everything is built again.
    state
        Changes with the log, the evidence and the cuts: then only what they touch.
    """

    settings: str
    state: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its folder, how many buckets and interactions it has, and the sizes of its files in bytes."""

    folder: str
    buckets: int
    interactions: int
    sizes: dict[str, int]

    @classmethod
    def of(cls, folder: Path, *, buckets: int, interactions: int) -> Layer:
        """The layer that was written to a folder."""
        sizes = {path.name: path.stat().st_size for path in sorted(folder.glob("*.arrow"))}
        return cls(folder.name, buckets, interactions, sizes)

    def is_whole(self, index_folder: Path) -> bool:
        """Whether all files are there, in their sizes."""
        with os.scandir(index_folder / self.folder) as entries:
            found = {entry.name: entry.stat().st_size for entry in entries}
        return self.sizes.items() <= found.items()


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the index.

    Attributes
    ----------
    last_arrival
        The largest arrival number that is in.
    batch
        The number of the last batch that is in.
    identity
        The folder with the customers as they were found.
    layers
        From the lowest up; a customer is in the highest that has them.
    """

    revision: Revision
    names: Names
    interactions: int
    customers: int
    last_arrival: int
    batch: int
    identity: str
    layers: tuple[Layer, ...]


def revision_of(workspace: Workspace) -> Revision:
    """What an index that is built now would depend on."""
    with workspace.database.reading() as connection:
        batch = interaction_tables.last_committed(connection)
        cuts = identity_tables.all_cuts(connection)
    sections = [dict(workspace.section("identity")), dict(workspace.section("identifiers"))]
    settings = _hash([FORMAT, sections, read_taxonomy(workspace).revision()])
    return Revision(settings, _hash([workspace.log.version(), batch, cuts]))


def _hash(described: list[Any]) -> str:
    return hashlib.sha256(json.dumps(described, sort_keys=True, default=str).encode()).hexdigest()


def read_manifest(index_folder: Path) -> Manifest | None:
    """The current manifest; ``None`` where there is none, or it or one of its layers is damaged."""
    try:
        name = (index_folder / "current").read_text().strip()
        said = json.loads((index_folder / name).read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            return None
        touchpoints, channels, stages, stage_of = (
            tuple(said["names"][key]) for key in ("touchpoints", "channels", "stages", "stage_of")
        )
        names = Names(touchpoints, channels, stages, stage_of)
        layers = tuple(Layer(**layer) for layer in said["layers"])
        manifest = Manifest(
            Revision(**said["revision"]),
            names,
            said["interactions"],
            said["customers"],
            said["last_arrival"],
            said["batch"],
            said["identity"],
            layers,
        )
        return manifest if all(layer.is_whole(index_folder) for layer in layers) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def make_current(index_folder: Path, manifest: Manifest) -> None:
    """Make a manifest the one that counts; what it does not name is removed."""
    name = f"index-{uuid.uuid4().hex}.json"
    said = {"format": FORMAT, **asdict(manifest)}
    (index_folder / name).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    pointer = index_folder / f".current-{uuid.uuid4().hex}"
    pointer.write_text(name)
    pointer.replace(index_folder / "current")
    keep = {"current", "fields", name, manifest.identity, *(layer.folder for layer in manifest.layers)}
    for entry in index_folder.iterdir():
        if entry.name not in keep:
            remove(entry)


def remove(entry: Path) -> None:
    """Remove a file or a folder of the index; one that is open somewhere may stay until the next time."""
    if entry.is_dir():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        try:
            entry.unlink(missing_ok=True)
        except PermissionError:
            return
