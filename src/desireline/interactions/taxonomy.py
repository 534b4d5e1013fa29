"""The taxonomy: which names of the log are one touchpoint, which channel and which stage it belongs to.

    stages: [Discover, Choose, Buy, Use, Get help, Leave]     # in the order of the journey
    touchpoints:
      Checkout started: {names: [checkout, Check-out, begin_checkout], stage: Buy}
      Asked in shop: {stage: Choose, channel: store}
    channels:
      web: [website, Webseite]

It is the file ``taxonomy.yaml`` of the workspace. The log keeps the names as they came; the taxonomy changes them when the
log is read, so another taxonomy makes the past right without importing again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.base import InputError, Problem, closest_names, phrase, reason_of
from desireline.interactions.model import field_named

if TYPE_CHECKING:
    from desireline.store import Workspace

TAXONOMY_FILE = "taxonomy.yaml"
_TOP_KEYS = ("stages", "touchpoints", "channels")
_TOUCHPOINT_KEYS = ("names", "stage", "channel")


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """What a taxonomy says.

    Attributes
    ----------
    touchpoints
        Raw name to name; only those that differ.
    channels
        Raw name to name; only those that differ.
    channel_of
        By name of a touchpoint, after joining: the channel it always counts as.
    stages
        In the order of the journey.
    stage_of
        By name of a touchpoint, after joining: its stage.
    """

    touchpoints: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    channel_of: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[str, ...] = ()
    stage_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether reading the log with it is the same as reading it without."""
        return not (self.touchpoints or self.channels or self.channel_of or self.stages)

    def revision(self) -> str:
        """A hash that changes whenever something that is read with it would differ."""
        said = [self.touchpoints, self.channels, self.channel_of, self.stages, self.stage_of]
        described = json.dumps([dict(each) if isinstance(each, Mapping) else each for each in said], sort_keys=True)
        return hashlib.sha256(described.encode()).hexdigest()

    def by_raw_name(self, table: Mapping[str, str]) -> dict[str, str]:
        """``channel_of`` or ``stage_of`` by the raw names of touchpoints."""
        own = {name: value for name, value in table.items() if name not in self.touchpoints}
        return own | {raw: table[name] for raw, name in self.touchpoints.items() if name in table}

    def applied(self, interaction: Mapping[str, Any]) -> dict[str, Any]:
        """An interaction with raw names as the log gives it when it is read; the same as the SQL does for history."""
        raw_touchpoint, raw_channel = interaction["touchpoint"], interaction["channel"]
        touchpoint = self.touchpoints.get(raw_touchpoint, raw_touchpoint)
        channel = self.channel_of.get(touchpoint, self.channels.get(raw_channel, raw_channel))
        return {
            **interaction,
            "touchpoint": touchpoint,
            "channel": channel,
            "stage": self.stage_of.get(touchpoint),
            "raw_touchpoint": raw_touchpoint,
            "raw_channel": raw_channel,
        }


def read_taxonomy(workspace: Workspace) -> Taxonomy:
    """The taxonomy of a workspace; an empty one where it has no file.

    Raises
    ------
    InputError
        The file says something that cannot be; all its problems are listed.
    """
    path = workspace.folder / TAXONOMY_FILE
    return load_taxonomy(path) if path.exists() else Taxonomy()


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file.

    Raises
    ------
    InputError
        There is no such file, or it says something that cannot be; all its problems are listed.
    """
    return taxonomy_from_text(read_text(path), where=str(path))


def read_text(path: Path) -> str:
    """The text of a taxonomy file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(phrase("there is no taxonomy file {path}", path=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            phrase("the taxonomy {path} cannot be read: {error}", path=path, error=reason_of(error))
        ) from error


@lru_cache(maxsize=8)
def taxonomy_from_text(text: str, *, where: str) -> Taxonomy:
    """Read a taxonomy as YAML text; the same text is read once, for every question asks for it.

    Raises
    ------
    InputError
        The text is no YAML, or says something that cannot be; all its problems are listed.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        document = YAML(typ="safe").load(text)
    except YAMLError as error:
        raise InputError(phrase("the taxonomy {where} is not valid YAML: {error}", where=where, error=error)) from error
    reader = _Reader()
    taxonomy = reader.taxonomy({} if document is None else document)
    if reader.problems:
        raise InputError(
            phrase(
                "the taxonomy {where} cannot be used:\n{listing}", where=where, listing=Problem.listing(reader.problems)
            ),
            hint=phrase("what a taxonomy may say is described in docs/taxonomy.md"),
        )
    return taxonomy


def save_taxonomy(workspace: Workspace, path: Path) -> Taxonomy:
    """Check a file and put it in place as the taxonomy of a workspace; readers see the old one or the new one.

    Raises
    ------
    InputError
        The file says something that cannot be; the taxonomy in place stays.
    """
    return save_taxonomy_text(workspace, read_text(path), where=str(path))


def save_taxonomy_text(workspace: Workspace, text: str, *, where: str) -> Taxonomy:
    """The same for a text; ``where`` names it in messages.

    Raises
    ------
    InputError
        It says something that cannot be; the taxonomy in place stays.
    """
    taxonomy = taxonomy_from_text(text, where=where)
    temporary = workspace.folder / f".{TAXONOMY_FILE}.new"
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(workspace.folder / TAXONOMY_FILE)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(
            phrase(
                "the taxonomy of {folder} cannot be written: {strerror}",
                folder=workspace.folder,
                strerror=reason_of(error),
            )
        ) from error
    return taxonomy


class _Reader:
    """Collects the problems of one document."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def complain(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))

    def taxonomy(self, document: Any) -> Taxonomy:
        top = self._keys_of(document, _TOP_KEYS, "taxonomy")
        stages = self._names(top.get("stages", []), "stages", "touchpoint")
        entries = {
            name: self._keys_of(entry, _TOUCHPOINT_KEYS, f"touchpoints.{name}")
            for name, entry in self._named(top.get("touchpoints", {}), "touchpoints", "touchpoint")
        }
        touchpoints = self._claims(
            {name: entry.get("names", []) for name, entry in entries.items()}, "touchpoints", "touchpoint", ".names"
        )
        channels = self._claims(
            dict(self._named(top.get("channels", {}), "channels", "channel")), "channels", "channel", ""
        )
        return Taxonomy(
            touchpoints=touchpoints,
            channels=channels,
            channel_of=self._channels_of(entries, channels),
            stages=stages,
            stage_of=self._stages_of(entries, stages),
        )

    def _claims(self, wanted: Mapping[str, Any], where: str, kind: str, part: str) -> dict[str, str]:
        """Raw name to name; every raw name is claimed once, and nothing that is claimed claims others."""
        names = {name: self._names(given, f"{where}.{name}{part}", kind) for name, given in wanted.items()}
        claims: dict[str, str] = {}
        for name, raws in names.items():
            for raw in raws:
                if raw == name:
                    self.complain(f"{where}.{name}{part}", phrase("{raw!r} is the name itself: leave it out", raw=raw))
                elif raw in names:
                    self.complain(
                        f"{where}.{name}{part}",
                        phrase(
                            "{raw!r} is itself under {where}: list its names here, or leave it out",
                            raw=raw,
                            where=where,
                        ),
                    )
                elif raw in claims:
                    self.complain(
                        f"{where}.{name}{part}",
                        phrase("{raw!r} is claimed by {claims!r} already", raw=raw, claims=claims[raw]),
                    )
                else:
                    claims[raw] = name
        return claims

    def _channels_of(self, entries: Mapping[str, Mapping[str, Any]], channels: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for name, entry in entries.items():
            if "channel" not in entry:
                continue
            where, channel = f"touchpoints.{name}.channel", entry["channel"]
            if not self._is_name(channel, where, "channel"):
                continue
            if channel in channels:
                self.complain(
                    where,
                    phrase(
                        "{channel!r} counts as {channels!r}: write that", channel=channel, channels=channels[channel]
                    ),
                )
            found[name] = channel
        return found

    def _stages_of(self, entries: Mapping[str, Mapping[str, Any]], stages: tuple[str, ...]) -> dict[str, str]:
        found = {}
        for name, entry in entries.items():
            if "stage" not in entry:
                continue
            where, stage = f"touchpoints.{name}.stage", entry["stage"]
            if not self._is_name(stage, where, "touchpoint"):
                continue
            if stage not in stages:
                self.complain(
                    where, phrase("there is no stage {stage!r}{offer}", stage=stage, offer=_offer(stage, stages))
                )
            found[name] = stage
        return found

    def _keys_of(self, document: Any, known: tuple[str, ...], where: str) -> Mapping[str, Any]:
        if not isinstance(document, Mapping):
            self.complain(
                where,
                phrase(
                    "expected {known} with their values, got {document!r}", known=", ".join(known), document=document
                ),
            )
            return {}
        for key in document:
            if key not in known:
                self.complain(where, phrase("unknown key {key!r}{offer}", key=key, offer=_offer(str(key), known)))
        return document

    def _named(self, document: Any, where: str, kind: str) -> list[tuple[str, Any]]:
        if not isinstance(document, Mapping):
            self.complain(
                where, phrase("expected names with what belongs to them, got {document!r}", document=document)
            )
            return []
        return [(name, entry) for name, entry in document.items() if self._is_name(name, where, kind)]

    def _names(self, document: Any, where: str, kind: str) -> tuple[str, ...]:
        if not isinstance(document, list):
            self.complain(where, phrase("expected a list of names, got {document!r}", document=document))
            return ()
        names = [name for name in document if self._is_name(name, where, kind)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.complain(where, phrase("{name!r} is listed twice", name=name))
        return tuple(dict.fromkeys(names))

    def _is_name(self, value: Any, where: str, kind: str) -> bool:
        longest = field_named(kind).longest
        if not isinstance(value, str) or not value.strip():
            hint = (
                phrase("; put it in quotes")
                if value is not None and not isinstance(value, str | list | Mapping)
                else ""
            )
            self.complain(where, phrase("expected a name, got {value!r}{hint}", value=value, hint=hint))
            return False
        if len(value) > longest:
            self.complain(
                where,
                phrase(
                    "expected a name of at most {longest} characters, got {count:,}", longest=longest, count=len(value)
                ),
            )
            return False
        return True


def _offer(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = closest_names(name, names, count=1)
    if close:
        return phrase(", did you mean {close}?", close=close[0])
    return phrase("; known: {names}", names=", ".join(names)) if names else ""
