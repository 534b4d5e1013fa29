"""The catalogue of the usual touchpoints before, during and after a purchase, with their channels; a workspace adds its own.

    channels:
      drone: {name: Drone, icon: other}
    touchpoints:
      Delivery from the air: {phases: [during], channels: [drone], summary: A parcel on the lawn}

The file ``catalogue.yaml`` of a workspace has this form, as the one of this package has. What it says of a name replaces what was said
of it. It names what may stand on a map; what the log holds is named by the taxonomy (:mod:`desireline.interactions.taxonomy`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from desireline.base import InputError, Problem, closest_names, phrase, reason_of

CATALOGUE_FILE = "catalogue.yaml"
PurchasePhase = Literal["before", "during", "after"]
PURCHASE_PHASES: tuple[PurchasePhase, ...] = get_args(PurchasePhase)
"""Before somebody decides, while they buy and get it, and while they use it."""
ICONS = (
    "web",
    "app",
    "phone",
    "chat",
    "email",
    "shop",
    "letter",
    "social",
    "survey",
    "billing",
    "advert",
    "search",
    "person",
    "delivery",
    "other",
)
"""Signs for channels and touchpoints, as they are drawn."""
_TOP_KEYS = ("channels", "touchpoints")
_CHANNEL_KEYS = ("name", "icon")
_TOUCHPOINT_KEYS = ("phases", "channels", "icon", "summary")
LONGEST_CATALOGUE = 1_000_000
"""Characters of a workspace's file."""


@dataclass(frozen=True, slots=True)
class CatalogueChannel:
    """A channel: ``channel`` as maps and interactions write it, a name for people, an icon."""

    channel: str
    name: str
    icon: str = "other"


@dataclass(frozen=True, slots=True)
class CatalogueTouchpoint:
    """A usual touchpoint.

    Attributes
    ----------
    phases
        In the order before, during, after.
    channels
        Those it usually has, the most usual first.
    icon
        Its own, else the one of its first channel.
    """

    name: str
    phases: tuple[PurchasePhase, ...]
    channels: tuple[str, ...]
    icon: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Channels and touchpoints, in the order in which they usually come."""

    channels: tuple[CatalogueChannel, ...]
    touchpoints: tuple[CatalogueTouchpoint, ...]

    def touchpoint(self, name: str) -> CatalogueTouchpoint | None:
        """The touchpoint of a name, whatever its capitals; ``None`` where it has none."""
        folded = name.casefold()
        return next((each for each in self.touchpoints if each.name.casefold() == folded), None)

    def icon(self, channel: str) -> str:
        """The icon of a channel; "other" for one that nobody knows."""
        return next((each.icon for each in self.channels if each.channel == channel.casefold()), "other")

    def chosen(
        self, *, phase: PurchasePhase | None = None, channel: str | None = None
    ) -> tuple[CatalogueTouchpoint, ...]:
        """The touchpoints of a phase and a channel."""
        return tuple(
            each
            for each in self.touchpoints
            if (phase is None or phase in each.phases) and (channel is None or channel in each.channels)
        )


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue, with what the file ``catalogue.yaml`` in the folder of a workspace adds to it.

    Raises
    ------
    InputError
        The file says something that cannot be; all its problems are listed.
    """
    text = files("desireline.maps").joinpath(CATALOGUE_FILE).read_text(encoding="utf-8")
    usual = catalogue_from_text(text, where=CATALOGUE_FILE)
    path = None if folder is None else folder / CATALOGUE_FILE
    if path is None or not path.exists():
        return usual
    try:
        own = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            phrase("the catalogue {path} cannot be read: {error}", path=path, error=reason_of(error))
        ) from error
    return catalogue_from_text(own, where=str(path), usual=usual)


@lru_cache(maxsize=8)
def catalogue_from_text(text: str, *, where: str, usual: Catalogue | None = None) -> Catalogue:
    """Read a catalogue as YAML text, added to a usual one.

    Raises
    ------
    InputError
        The text is no YAML, or says something that cannot be; all its problems are listed.
    """
    reader = _Reader(usual or Catalogue((), ()))
    found = reader.catalogue(_load(text, where))
    if reader.problems:
        raise InputError(
            phrase(
                "the catalogue {where} cannot be used:\n{listing}",
                where=where,
                listing=Problem.listing(reader.problems),
            ),
            hint=phrase("what a catalogue may say is described in docs/maps.md"),
        )
    return found


def _load(text: str, where: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if len(text) > LONGEST_CATALOGUE:
        raise InputError(
            phrase(
                "the catalogue {where}: expected at most {longest:,} characters, got {count:,}",
                where=where,
                longest=LONGEST_CATALOGUE,
                count=len(text),
            )
        )
    try:
        document = YAML(typ="safe").load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            phrase("the catalogue {where} is not valid YAML: {error}", where=where, error=error)
        ) from error
    return {} if document is None else document


class _Reader:
    """Collects the problems of one document."""

    def __init__(self, usual: Catalogue) -> None:
        self.problems: list[Problem] = []
        self._usual = usual

    def catalogue(self, document: Any) -> Catalogue:
        top = self._fields(document, _TOP_KEYS, "catalogue")
        channels = {each.channel: each for each in self._usual.channels}
        for name, entry in self._entries(top.get("channels"), "channels", _CHANNEL_KEYS):
            channels[name] = self._channel(name, entry)
        touchpoints = {each.name.casefold(): each for each in self._usual.touchpoints}
        for name, entry in self._entries(top.get("touchpoints"), "touchpoints", _TOUCHPOINT_KEYS):
            touchpoints[name.casefold()] = self._touchpoint(name, entry, channels)
        return Catalogue(tuple(channels.values()), tuple(touchpoints.values()))

    def _channel(self, channel: str, entry: Mapping[str, Any]) -> CatalogueChannel:
        where = f"channels.{channel}"
        if channel != channel.casefold():
            self._complain(where, phrase("expected small letters, {channel!r}", channel=channel.casefold()))
        name = self._text(entry.get("name", channel), f"{where}.name")
        return CatalogueChannel(channel, name, self._icon(entry.get("icon", "other"), f"{where}.icon"))

    def _touchpoint(
        self, name: str, entry: Mapping[str, Any], channels: Mapping[str, CatalogueChannel]
    ) -> CatalogueTouchpoint:
        where = f"touchpoints.{name}"
        phases = self._choices(entry.get("phases"), PURCHASE_PHASES, f"{where}.phases")
        own = self._choices(entry.get("channels"), tuple(channels), f"{where}.channels")
        icon = self._icon(entry["icon"], f"{where}.icon") if "icon" in entry else _first_icon(own, channels)
        summary = self._text(entry.get("summary", ""), f"{where}.summary")
        ordered = tuple(each for each in PURCHASE_PHASES if each in phases)
        return CatalogueTouchpoint(name, ordered, own, icon, summary)

    def _entries(self, said: Any, where: str, known: tuple[str, ...]) -> list[tuple[str, Mapping[str, Any]]]:
        if said is None:
            return []
        if not isinstance(said, Mapping):
            self._complain(where, phrase("expected names with what belongs to them, got {said!r}", said=said))
            return []
        found = []
        for name, entry in said.items():
            if not isinstance(name, str) or not name.strip():
                self._complain(where, phrase("expected a name, got {name!r}; put it in quotes", name=name))
                continue
            found.append((name, self._fields(entry, known, f"{where}.{name}")))
        return found

    def _fields(self, said: Any, known: tuple[str, ...], where: str) -> Mapping[str, Any]:
        if not isinstance(said, Mapping):
            self._complain(
                where, phrase("expected {known} with their values, got {said!r}", known=", ".join(known), said=said)
            )
            return {}
        for key in said:
            if key not in known:
                self._complain(where, phrase("unknown key {key!r}{offer}", key=key, offer=_offer(str(key), known)))
        return said

    def _choices(self, said: Any, known: tuple[Any, ...], where: str) -> tuple[Any, ...]:
        if not isinstance(said, list) or not said:
            self._complain(
                where,
                phrase(
                    "expected a list of {known}{value}, got {said!r}",
                    known=", ".join(known[:8]),
                    value=" …" if len(known) > 8 else "",
                    said=said,
                ),
            )
            return ()
        for each in said:
            if each not in known:
                self._complain(where, phrase("there is no {each!r}{offer}", each=each, offer=_offer(str(each), known)))
        return tuple(dict.fromkeys(each for each in said if each in known))

    def _icon(self, said: Any, where: str) -> str:
        if said in ICONS:
            return str(said)
        self._complain(where, phrase("there is no icon {said!r}; known: {known}", said=said, known=", ".join(ICONS)))
        return "other"

    def _text(self, said: Any, where: str) -> str:
        if isinstance(said, str) and len(said) <= 1000:
            return said
        self._complain(where, phrase("expected a text of at most 1,000 characters, got {said!r}", said=str(said)[:60]))
        return ""

    def _complain(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))


def _first_icon(own: tuple[str, ...], channels: Mapping[str, CatalogueChannel]) -> str:
    return channels[own[0]].icon if own else "other"


def _offer(name: str, known: Iterable[str]) -> str:
    close = closest_names(name, known, count=1)
    return phrase(", did you mean {close}?", close=close[0]) if close else ""
