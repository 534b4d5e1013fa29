"""Editing the taxonomy name by name: what is there with its numbers, and putting a changed one in place.

What the file says elsewhere, its order and its comments stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from msgspec import Struct

from desireline.base import InputError, phrase
from desireline.interactions.log import query_log
from desireline.interactions.taxonomy import TAXONOMY_FILE, Taxonomy, read_taxonomy, read_text, save_taxonomy_text
from desireline.store import Workspace


@dataclass(frozen=True, slots=True)
class RawName:
    """A name as it came, and how many interactions have it; 0 where the log does not have it."""

    name: str
    interactions: int


@dataclass(frozen=True, slots=True)
class TouchpointEntry:
    """A touchpoint as it is read: its stage, the channel it always counts as, the raw names that count as it.

    Attributes
    ----------
    interactions
        Under its own name and all of these.
    """

    name: str
    stage: str | None
    channel: str | None
    names: tuple[RawName, ...]
    interactions: int


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """A channel as it is read, and the raw names that count as it."""

    name: str
    names: tuple[RawName, ...]
    interactions: int


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """Everything that the log and the taxonomy name.

    Attributes
    ----------
    revision
        Of the file; whoever puts another one in place says which it was made from.
    touchpoints
        In the order of the stages, the most frequent first.
    """

    revision: str
    stages: tuple[str, ...]
    touchpoints: tuple[TouchpointEntry, ...]
    channels: tuple[ChannelEntry, ...]


class TouchpointSaid(Struct, frozen=True, forbid_unknown_fields=True):
    """What a taxonomy shall say of a touchpoint."""

    name: str
    stage: str | None = None
    channel: str | None = None
    names: tuple[str, ...] = ()


class ChannelSaid(Struct, frozen=True, forbid_unknown_fields=True):
    """What a taxonomy shall say of a channel."""

    name: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxonomySaid:
    """A whole taxonomy; an entry that says nothing is left out."""

    stages: tuple[str, ...]
    touchpoints: tuple[TouchpointSaid, ...]
    channels: tuple[ChannelSaid, ...]


def view_taxonomy(workspace: Workspace) -> TaxonomyView:
    """The taxonomy of a workspace over all names of its log.

    Raises
    ------
    InputError
        The file says something that cannot be.
    """
    taxonomy = read_taxonomy(workspace)
    query = "SELECT raw_touchpoint, raw_channel, channel, count(*) FROM {log} GROUP BY ALL ORDER BY ALL"
    rows = [(str(one), str(two), str(three), int(count)) for one, two, three, count in query_log(workspace, query)]
    raw_touchpoints = _sums((touchpoint, count) for touchpoint, _, _, count in rows)
    raw_channels = _sums((channel, count) for _, channel, _, count in rows)
    channels = _sums((channel, count) for _, _, channel, count in rows)
    return TaxonomyView(
        revision=_revision(workspace),
        stages=taxonomy.stages,
        touchpoints=_touchpoints(taxonomy, raw_touchpoints),
        channels=_channels(taxonomy, raw_channels, channels),
    )


def change_taxonomy(workspace: Workspace, said: TaxonomySaid, *, revision: str) -> Taxonomy:
    """Put a changed taxonomy in place; it counts at once, for the past too.

    Parameters
    ----------
    revision
        Of the taxonomy that was changed.

    Raises
    ------
    InputError
        Somebody changed it in between, or it says something that cannot be; the one in place stays.
    """
    with workspace.exclusive("taxonomy"):
        if revision != _revision(workspace):
            raise InputError(
                phrase("the taxonomy was changed by somebody else in between"),
                hint=phrase("load it again and make your change anew"),
            )
        return save_taxonomy_text(workspace, _written(_text(workspace), said), where="that was sent")


def _sums(pairs: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, count in pairs:
        found[name] = found.get(name, 0) + count
    return found


def _touchpoints(taxonomy: Taxonomy, raw: Mapping[str, int]) -> tuple[TouchpointEntry, ...]:
    claimed = _by_name(taxonomy.touchpoints, raw)
    own = {name for name in raw if name not in taxonomy.touchpoints}
    names = {*own, *claimed, *taxonomy.channel_of, *taxonomy.stage_of}
    entries = [
        TouchpointEntry(
            name=name,
            stage=taxonomy.stage_of.get(name),
            channel=taxonomy.channel_of.get(name),
            names=claimed.get(name, ()),
            interactions=(raw.get(name, 0) if name in own else 0)
            + sum(each.interactions for each in claimed.get(name, ())),
        )
        for name in names
    ]
    places = {stage: place for place, stage in enumerate(taxonomy.stages)}
    return tuple(
        sorted(entries, key=lambda each: (places.get(each.stage or "", len(places)), -each.interactions, each.name))
    )


def _channels(taxonomy: Taxonomy, raw: Mapping[str, int], counted: Mapping[str, int]) -> tuple[ChannelEntry, ...]:
    claimed = _by_name(taxonomy.channels, raw)
    own = {name for name in raw if name not in taxonomy.channels}
    entries = [ChannelEntry(name, claimed.get(name, ()), counted.get(name, 0)) for name in {*own, *claimed, *counted}]
    return tuple(sorted(entries, key=lambda each: (-each.interactions, each.name)))


def _by_name(joined: Mapping[str, str], raw: Mapping[str, int]) -> dict[str, tuple[RawName, ...]]:
    found: dict[str, tuple[RawName, ...]] = {}
    for name, counts_as in joined.items():
        found[counts_as] = (*found.get(counts_as, ()), RawName(name, raw.get(name, 0)))
    return found


def _text(workspace: Workspace) -> str:
    path = workspace.folder / TAXONOMY_FILE
    return read_text(path) if path.exists() else ""


def _revision(workspace: Workspace) -> str:
    return hashlib.sha256(_text(workspace).encode()).hexdigest()[:16]


def _written(text: str, said: TaxonomySaid) -> str:
    """The text of the file with what is said now; parts that say the same stay as they are written."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 100_000
    document = yaml.load(text) or {}
    touchpoints = {each.name: _touchpoint(each) for each in said.touchpoints if _touchpoint(each)}
    channels = {each.name: list(each.names) for each in said.channels if each.names}
    _put(document, "stages", list(said.stages))
    _put_entries(document, "touchpoints", touchpoints)
    _put_entries(document, "channels", channels)
    out = StringIO()
    if document:
        yaml.dump(document, out)
    return out.getvalue()


def _touchpoint(said: TouchpointSaid) -> dict[str, Any]:
    entry: dict[str, Any] = {"names": list(said.names)} if said.names else {}
    entry |= {"stage": said.stage} if said.stage else {}
    return entry | ({"channel": said.channel} if said.channel else {})


def _put(document: dict[str, Any], key: str, value: Sequence[Any]) -> None:
    if not value:
        document.pop(key, None)
    elif document.get(key) != value:
        document[key] = _on_one_line(list(value))


def _put_entries(document: dict[str, Any], key: str, entries: Mapping[str, Any]) -> None:
    if not entries:
        document.pop(key, None)
        return
    kept = document.setdefault(key, {})
    for name in [name for name in kept if name not in entries]:
        del kept[name]
    for name, entry in entries.items():
        if kept.get(name) != entry:
            kept[name] = _on_one_line(entry)


def _on_one_line(entry: Any) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(entry, list):
        line: Any = CommentedSeq(entry)
    else:
        line = CommentedMap(
            {key: _on_one_line(value) if isinstance(value, list) else value for key, value in entry.items()}
        )
    line.fa.set_flow_style()
    return line
