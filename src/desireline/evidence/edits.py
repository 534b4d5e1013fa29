"""Edits of a map, as values: what each is called, says, and does to a document's tree."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from desireline.base import InputError, phrase, tell
from desireline.interactions import (
    All,
    Any_,
    Comparison,
    Condition,
    Not,
    condition_from_dict,
    condition_text,
    condition_to_dict,
    parse_condition,
)
from desireline.maps import fresh_id

EditKind = Literal["mend-binding", "add-step", "remove-step", "make-optional", "move-step", "add-loop", "add-branch"]
_ORDER: tuple[EditKind, ...] = (
    *("move-step", "add-step", "mend-binding", "make-optional"),
    *("add-branch", "add-loop", "remove-step"),
)
Side = Literal["before", "after"]
Tree = dict[str, Any]
_LONGEST_NAME = 48


class Edit(Protocol):
    """One edit. It has the same id whenever the same is proposed."""

    @property
    def kind(self) -> EditKind:
        """Its kind."""

    @property
    def id(self) -> str:
        """The kind, and what it is about."""

    def apply(self, tree: Tree) -> None:
        """Do it to a document's tree, in place.

        Raises
        ------
        InputError
            A step that it is about is not there.
        """


@dataclass(frozen=True, slots=True)
class AddStep:
    """A step at a touchpoint.

    Attributes
    ----------
    after
        Id of the step that it stands behind; ``None``: it is the first.
    once
        Whether only a journey's first interaction counts.
    summary
        What speaks for it.
    rank
        Its place among the new steps.
    """

    touchpoint: str
    after: str | None
    optional: bool
    once: bool = False
    summary: str = ""
    rank: int = 0
    kind: EditKind = "add-step"

    @property
    def id(self) -> str:
        """``add-step:order-status-viewed``."""
        return f"add-step:{name_key(self.touchpoint)}"

    def apply(self, tree: Tree) -> None:
        """Put it behind its step; where that one names what follows it, it names the new one too."""
        ident = fresh_id(self.touchpoint, [step["id"] for step in steps_of(tree)])
        said: Tree = {"id": ident, "name": self.touchpoint, "summary": tell(self.summary)}
        if self.optional:
            said["optional"] = True
        condition = condition_text(Comparison("touchpoint", "equals", self.touchpoint))
        said["binding"] = {"where": condition} | ({"count": "once"} if self.once else {})
        if self.after is None:
            tree["phases"][0].setdefault("steps", []).insert(0, said)
            return
        phase, place = place_of(tree, self.after)
        before = phase["steps"][place]
        if before.get("next"):
            said["next"] = list(before["next"])
            before["next"] = [ident, *before["next"]] if self.optional else [ident]
        elif before.get("next") is not None:
            before["next"], said["next"] = [ident], []
        phase["steps"].insert(place + 1, said)


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """Take a step out; where others name it as following, they name what followed it."""

    step: str
    kind: EditKind = "remove-step"

    @property
    def id(self) -> str:
        """``remove-step:compare``."""
        return f"remove-step:{self.step}"

    def apply(self, tree: Tree) -> None:
        """Take it out; a phase that has nothing left goes with it."""
        phase, place = place_of(tree, self.step)
        followers = [each for each in followers_of(tree, self.step) if each != self.step]
        del phase["steps"][place]
        if not phase["steps"] and not phase.get("goal") and len(tree["phases"]) > 1:
            tree["phases"].remove(phase)
        for step in steps_of(tree):
            if self.step in (step.get("next") or ()):
                position = step["next"].index(self.step)
                kept = [each for each in step["next"] if each != self.step]
                new = [each for each in followers if each not in kept and each != step["id"]]
                step["next"] = [*kept[:position], *new, *kept[position:]]


@dataclass(frozen=True, slots=True)
class MakeOptional:
    """A journey may go on without the step."""

    step: str
    kind: EditKind = "make-optional"

    @property
    def id(self) -> str:
        """``make-optional:compare``."""
        return f"make-optional:{self.step}"

    def apply(self, tree: Tree) -> None:
        """Say so."""
        step_of(tree, self.step)["optional"] = True


@dataclass(frozen=True, slots=True)
class MoveStep:
    """A step before or behind another one."""

    step: str
    side: Side
    other: str
    kind: EditKind = "move-step"

    @property
    def id(self) -> str:
        """``move-step:pay:before:confirm``."""
        return f"move-step:{self.step}:{self.side}:{self.other}"

    def apply(self, tree: Tree) -> None:
        """Take it out there, put it in here, into the phase of the other one; cells over several steps stay over them."""
        place_of(tree, self.other)
        before = [step["id"] for step in steps_of(tree)]
        phase, place = place_of(tree, self.step)
        said = phase["steps"].pop(place)
        phase, place = place_of(tree, self.other)
        phase["steps"].insert(place + (self.side == "after"), said)
        now = [step["id"] for step in steps_of(tree)]
        for lane in tree.get("lanes") or ():
            own = {cell["step"] for cell in lane.get("cells") or ()}
            for cell in lane.get("cells") or ():
                if cell.get("until") is not None:
                    _span_again(cell, before, now, others=own - {cell["step"]})


@dataclass(frozen=True, slots=True)
class AddWay:
    """A way from a step to another: back is a loop, past others a branch."""

    source: str
    target: str
    kind: EditKind

    @property
    def id(self) -> str:
        """``add-loop:pay:basket``."""
        return f"{self.kind}:{self.source}:{self.target}"

    def apply(self, tree: Tree) -> None:
        """Name the target among what follows the source."""
        step_of(tree, self.target)
        followers = followers_of(tree, self.source)
        step_of(tree, self.source)["next"] = [*followers, *([] if self.target in followers else [self.target])]


@dataclass(frozen=True, slots=True)
class MendBinding:
    """Another name in a step's condition; with ``keep`` beside the one that it has, for the interactions of the past.

    Attributes
    ----------
    field
        ``touchpoint`` or ``channel``.
    """

    step: str
    field: str
    old: str
    new: str
    keep: bool = False
    kind: EditKind = "mend-binding"

    @property
    def id(self) -> str:
        """``mend-binding:search:search-box``."""
        return f"mend-binding:{self.step}:{name_key(self.new)}"

    def apply(self, tree: Tree) -> None:
        """Change the condition, in the form in which it is written."""
        binding = step_of(tree, self.step).get("binding")
        if not binding:
            raise InputError(phrase("the step {step!r} is not bound", step=self.step))
        said = binding["where"]
        condition = parse_condition(said) if isinstance(said, str) else condition_from_dict(said)
        mended = _with_name(condition, self)
        binding["where"] = condition_text(mended) if isinstance(said, str) else condition_to_dict(mended)


def in_order(edits: Sequence[Edit]) -> list[Edit]:
    """The order in which several edits of one map are done, so that each finds the places that it was made for."""
    return sorted(edits, key=lambda edit: (_ORDER.index(edit.kind), -edit.rank if isinstance(edit, AddStep) else 0))


def _with_name(condition: Condition, mend: MendBinding) -> Condition:
    match condition:
        case Comparison(field, "equals", value) if (field, value) == (mend.field, mend.old):
            return Comparison(field, "in", (mend.old, mend.new)) if mend.keep else Comparison(field, "equals", mend.new)
        case Comparison(field, "in", tuple() as values) if field == mend.field and mend.old in values:
            if mend.keep:
                return Comparison(field, "in", (*values, mend.new))
            renamed = tuple(mend.new if value == mend.old else value for value in values)
            return Comparison(field, "in", tuple(dict.fromkeys(renamed)))
        case All(parts):
            return All(tuple(_with_name(part, mend) for part in parts))
        case Any_(parts):
            return Any_(tuple(_with_name(part, mend) for part in parts))
        case Not(part):
            return Not(_with_name(part, mend))
        case _:
            return condition


def name_key(name: str) -> str:
    """A name as part of an id: its letters and digits, and a mark where other letters are left out.

    >>> name_key("Order status viewed")
    'order-status-viewed'
    """
    words = fresh_id(name, ())
    says_all = len(name) <= _LONGEST_NAME and all(sign.isascii() for sign in name if sign.isalnum())
    return words if says_all else f"{words}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _span_again(cell: Tree, before: Sequence[str], now: Sequence[str], *, others: Collection[str]) -> None:
    """Let a cell stand over the steps that it stood over, in their new order; where they are apart, no end comes before its beginning.

    Parameters
    ----------
    others
        Steps at which its lane has another cell.
    """
    covered = set(before[before.index(cell["step"]) : before.index(cell["until"]) + 1]).difference(others)
    places = [place for place, ident in enumerate(now) if ident in covered]
    first, last = now.index(cell["step"]), now.index(cell["until"])
    if places[-1] - places[0] < len(places):
        first, last = places[0], places[-1]
    elif last < first:
        last = first
        while last + 1 < len(now) and now[last + 1] in covered:
            last += 1
    cell["step"], cell["until"] = now[first], now[last]
    if first == last:
        del cell["until"]


def steps_of(tree: Mapping[str, Any]) -> Iterator[Any]:
    """The steps of a map's tree, in its order."""
    for phase in tree["phases"]:
        yield from phase.get("steps") or ()


def place_of(tree: Mapping[str, Any], ident: str) -> tuple[Any, int]:
    """The phase that has a step, and its place in it.

    Raises
    ------
    InputError
        There is no such step.
    """
    for phase in tree["phases"]:
        for place, step in enumerate(phase.get("steps") or ()):
            if step["id"] == ident:
                return phase, place
    raise InputError(
        phrase("the map has no step {ident!r} any more", ident=ident),
        hint=phrase("accept these proposals one after the other"),
    )


def step_of(tree: Mapping[str, Any], ident: str) -> Any:
    """The step with an id; raises InputError where there is none."""
    phase, place = place_of(tree, ident)
    return phase["steps"][place]


def followers_of(tree: Mapping[str, Any], ident: str) -> Sequence[str]:
    """What may follow a step: what it names, else the one after it."""
    said = step_of(tree, ident).get("next")
    if said is not None:
        return list(said)
    ids = [step["id"] for step in steps_of(tree)]
    return ids[ids.index(ident) + 1 :][:1]
