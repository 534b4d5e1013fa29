"""What of a shared document is there: things are removed only as they were seen by whoever removed them.

A removal notes what the thing, and everything in it, said. It holds as long as that is still so. Where somebody else worked in it
meanwhile (wrote a claim, moved a step into the phase), it is there again, with all that it held: nothing that was typed is lost
silently, and every replica comes to the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from zlib import crc32

from desireline.maps.together.shape import AT, GONE, KINDS, tree_name

Address = tuple[str, str]
"""A kind and an id."""
Things = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By kind and id: what is stored, by name."""
HOLDER: Mapping[str, str] = {
    "steps": "phases",
    "cells": "lanes",
    "claims": "cells",
    "touchpoints": "cells",
    "evidence": "claims",
    "solutions": "opportunities",
    "tasks": "solutions",
}
"""By kind: the kind of what ``$at`` names."""


@dataclass
class Living:
    """Answers which things are there, and in which order."""

    things: Things
    _gone: dict[Address, bool] = field(default_factory=dict)

    @cached_property
    def members(self) -> dict[Address, list[Address]]:
        """By thing: what lies directly in it; a cell lies in its lane and at its step."""
        found: dict[Address, list[Address]] = {}
        for kind in KINDS:
            for ident, said in self.things.get(kind, {}).items():
                for holder in self._holders(kind, said):
                    found.setdefault(holder, []).append((kind, ident))
        return found

    def children(self, kind: str, holder: str = "") -> list[str]:
        """The ids of the things of a kind that are there and lie in another one (or, with "", in the map), in their order."""
        if kind not in HOLDER:
            idents = [ident for ident in self.things.get(kind, {}) if self.is_there(kind, ident)]
        else:
            inside = self.members.get((HOLDER[kind], holder), [])
            idents = [ident for each, ident in inside if each == kind and self.is_there(kind, ident)]
        return sorted(idents, key=lambda ident: (self._place(kind, ident), ident))

    def is_there(self, kind: str, ident: str) -> bool:
        """Whether a thing and what holds it are there."""
        said = self.things.get(kind, {}).get(ident)
        if said is None or not _is_placed(said) or self.is_gone(kind, ident):
            return False
        return all(self.is_there(*holder) for holder in self._holders(kind, said))

    def is_gone(self, kind: str, ident: str) -> bool:
        """Whether a thing was removed, and nobody worked in it meanwhile."""
        address = (kind, ident)
        if address not in self._gone:
            seen = self.things[kind][ident].get(GONE)
            self._gone[address] = isinstance(seen, Mapping) and self._is_as_seen(address, seen)
        return self._gone[address]

    def seen(self, kind: str, ident: str) -> dict[str, int]:
        """What a removal now notes: the stamps of a thing and of everything in it."""
        return {f"{each[0]}/{each[1]}": stamp(self.things[each[0]][each[1]]) for each in self._within((kind, ident))}

    def _within(self, address: Address) -> Iterator[Address]:
        yield address
        for member in self.members.get(address, ()):
            yield from self._within(member)

    def _is_as_seen(self, address: Address, seen: Mapping[str, Any]) -> bool:
        kind, ident = address
        if seen.get(f"{kind}/{ident}") != stamp(self.things[kind][ident]):
            return False
        return all(self.is_gone(*each) or self._is_as_seen(each, seen) for each in self.members.get(address, ()))

    @staticmethod
    def _holders(kind: str, said: Mapping[str, Any]) -> Iterator[Address]:
        if kind in HOLDER and _is_placed(said):
            yield HOLDER[kind], str(said[AT][0])
            if kind == "cells":
                yield "steps", str(said.get("step"))

    def _place(self, kind: str, ident: str) -> str:
        return str(self.things[kind][ident][AT][1])


def stamp(said: Mapping[str, Any]) -> int:
    """A number that changes with what a thing says; where it stands is no part of it.

    >>> stamp({"name": "I pay", "$at": ["buy", "V000"]}) == stamp({"name": "I pay"})
    True
    """
    return crc32(_canonical({name: value for name, value in said.items() if tree_name(name) is not None}).encode())


def _is_placed(said: Mapping[str, Any]) -> bool:
    place = said.get(AT)
    return isinstance(place, list) and len(place) == 2 and all(isinstance(each, str) for each in place)


def _canonical(value: Any) -> str:
    """JSON as JavaScript writes it, the fields by name."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_text(key)}:{_canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, float):
        return _number(value)
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    if (value.is_integer() and abs(value) < 1e21) or 1e-6 <= abs(value) < 1e-4:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return repr(value).replace("e-0", "e-")
