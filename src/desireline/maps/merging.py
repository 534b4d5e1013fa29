"""Three-way merge of documents: over ids and fields, not over lines; what cannot be brought together is named.

What one side changed and the other did not is taken. Orders are merged too: what neither side moved stays, and what was moved
or added comes behind what stands before it there; where both put something in one place, both stay, in the order of
their ids.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from desireline.base import InputError, Problem, phrase
from desireline.maps.checking import check_document, problems_of
from desireline.maps.document import Document, kind_name
from desireline.maps.things import Key, Thing, as_fields, label_of, matched_entries, same, things_of, tree_of, unmoved

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed, each to something else.

    Attributes
    ----------
    place
        In words: ``step pay: name``.
    base, ours, theirs
        The values; ``None``: there is none.
    """

    place: str
    base: Any
    ours: Any
    theirs: Any

    def to_dict(self) -> dict[str, Any]:
        """``{"place", "base", "ours", "theirs"}``."""
        return {"place": self.place, "base": self.base, "ours": self.ours, "theirs": self.theirs}

    def __str__(self) -> str:
        return f"{self.place}: ours is {_said(self.ours)}, theirs is {_said(self.theirs)} (it was {_said(self.base)})"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge.

    Attributes
    ----------
    document
        Both brought together, with the comments of ours; ``None`` where there are conflicts.
    conflicts
        None where everything could be brought together, or a side was preferred.
    """

    document: Document | None
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Document, ours: Document, theirs: Document, *, prefer: Side | None = None) -> Merged:
    """Bring two documents together that were made of one.

    Parameters
    ----------
    prefer
        Whose value counts where both changed the same; ``None``: that is a conflict.

    Raises
    ------
    InputError
        One of them breaks its schema, they are not of one kind, or what comes of it breaks the schema, such as a cell
        at a step that the other side removed.
    """
    if theirs.text in (ours.text, base.text):
        return Merged(ours)
    if ours.text == base.text:
        return Merged(Document(theirs.text, ours.origin))
    for each in (base, ours, theirs):
        check_document(each)
    if len({each.kind for each in (base, ours, theirs)}) > 1:
        raise InputError(
            phrase(
                "expected documents of one kind, got {kind}, {kind_2} and {kind_3}",
                kind=kind_name(base.kind),
                kind_2=kind_name(ours.kind),
                kind_3=kind_name(theirs.kind),
            )
        )
    merging = _Merging(things_of(base), things_of(ours), things_of(theirs), prefer)
    tree = merging.tree()
    if merging.conflicts:
        return Merged(None, tuple(merging.conflicts))

    def become(said: Any) -> None:
        said.clear()
        said.update(tree)

    found = ours.changed(become, donors=[theirs])
    problems = problems_of(found)
    if problems:
        raise InputError(
            phrase(
                "{origin} and {origin_2} can be merged, but what comes of it cannot be used:\n{listing}",
                origin=ours.origin,
                origin_2=theirs.origin,
                listing=Problem.listing(problems),
            ),
            hint=phrase(
                "one side removed what the other one speaks of; bring it back on one side, or take it out on both"
            ),
        )
    return Merged(found)


_NONE: Any = object()
"""A field that is not there."""


@dataclass(slots=True)
class _Merging:
    base: Mapping[Key, Thing]
    ours: Mapping[Key, Thing]
    theirs: Mapping[Key, Thing]
    prefer: Side | None
    conflicts: list[Conflict] = field(default_factory=list)
    parents: dict[Key, Key | None] = field(default_factory=dict)

    def tree(self) -> Any:
        """The merged document as plain values; of no use where there are conflicts."""
        self._place_all()
        things = {key: self._thing(key) for key in self.parents}
        return tree_of(things, next(iter(self.ours)))

    def _place_all(self) -> None:
        """What is there in the end, and what holds it."""
        for key in [*self.ours, *(key for key in self.theirs if key not in self.ours)]:
            one, other = self.ours.get(key), self.theirs.get(key)
            if one is not None and other is not None:
                base = self.base[key].parent if key in self.base else _NONE
                self.parents[key] = self._choose(
                    base, one.parent, other.parent, lambda key=key: f"{_called(key)}: place"
                )
            elif key not in self.base or self._outlives(key, "ours" if other is None else "theirs"):
                found = one or other
                assert found is not None
                self.parents[key] = found.parent
        gone = [key for key, parent in self.parents.items() if parent is not None and not self._reaches(key)]
        for key in gone:
            del self.parents[key]

    def _reaches(self, key: Key) -> bool:
        """Whether everything that holds a thing is there."""
        parent = self.parents[key]
        while parent is not None:
            if parent not in self.parents:
                return False
            parent = self.parents[parent]
        return True

    def _outlives(self, key: Key, keeper: Side) -> bool:
        """Whether a thing stays that only ``keeper`` still has: no, unless it was changed there, which is a conflict."""
        mine, others = (self.ours, self.theirs) if keeper == "ours" else (self.theirs, self.ours)
        parent = mine[key].parent
        if parent in self.base and parent not in others and parent is not None:
            return parent in self.parents
        if not self._changed_within(key, mine, others):
            return False
        if self.prefer is None:
            values = {keeper: "changed", "theirs" if keeper == "ours" else "ours": "removed"}
            self.conflicts.append(Conflict(_called(key), mine[key].name or key[1], values["ours"], values["theirs"]))
        return self.prefer == keeper

    def _changed_within(self, key: Key, mine: Mapping[Key, Thing], others: Mapping[Key, Thing]) -> bool:
        thing, base = mine[key], self.base[key]
        if thing.parent != base.parent or not same(dict(thing.fields), dict(base.fields)):
            return True
        for child in (child for children in thing.lists.values() for child in children):
            if child in others:
                if child not in self.base or mine[child].parent != self.base[child].parent:
                    return True
            elif child not in self.base or self._changed_within(child, mine, others):
                return True
        return False

    def _thing(self, key: Key) -> Thing:
        one, other, base = self.ours.get(key), self.theirs.get(key), self.base.get(key)
        found = one or other
        assert found is not None
        if one is None or other is None:
            lists = {name: self._children(key, name) for name in found.lists}
            return Thing(key, found.ident, self.parents[key], found.fields, lists, found.layout, found.is_reference)
        if one.is_reference != other.is_reference:
            same_as_base = base is not None and base.is_reference == one.is_reference
            return other if same_as_base else one
        before = base.fields if base is not None and not base.is_reference else {}
        fields = self._fields(_called(key), before, one.fields, other.fields)
        layout = _with_others(one.layout, other.layout)
        lists = {name: self._children(key, name) for name in dict.fromkeys([*one.lists, *other.lists])}
        return Thing(key, one.ident, self.parents[key], fields, lists, layout, one.is_reference)

    def _children(self, key: Key, name: str) -> tuple[Key, ...]:
        def listed(things: Mapping[Key, Thing]) -> list[Key]:
            children = things[key].lists.get(name, ()) if key in things else ()
            return [child for child in children if self.parents.get(child, _NONE) == key]

        one, other = listed(self.ours), listed(self.theirs)
        return tuple(self._order(f"{_called(key)}: order of {name}", listed(self.base), one, other))

    def _order(self, place: str, base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
        found = merge_order(base, ours, theirs)
        if found is not None:
            return found
        if self.prefer is None:
            self.conflicts.append(Conflict(place, *([_word(each) for each in order] for order in (base, ours, theirs))))
        first, second = (theirs, ours) if self.prefer == "theirs" else (ours, theirs)
        return [*first, *(each for each in second if each not in first)]

    def _fields(
        self, place: str, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> dict[str, Any]:
        merged = {}
        for name in _with_others(tuple(ours), tuple(theirs)):
            values = (base.get(name, _NONE), ours.get(name, _NONE), theirs.get(name, _NONE))
            value = self._value(f"{place}: {name}" if ": " not in place else f"{place}.{name}", name, *values)
            if value is not _NONE:
                merged[name] = value
        return merged

    def _value(self, place: str, name: str, base: Any, ours: Any, theirs: Any) -> Any:
        if same(ours, theirs) or same(base, theirs):
            return ours
        if same(base, ours):
            return theirs
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping) and name not in ("where", "segment"):
            return self._fields(place, base if isinstance(base, Mapping) else {}, ours, theirs)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._entries(place, base if isinstance(base, list) else [], ours, theirs)
        return self._choose(base, ours, theirs, lambda: place)

    def _choose(self, base: Any, ours: Any, theirs: Any, place: Any) -> Any:
        if same(ours, theirs) or same(base, theirs):
            return ours
        if same(base, ours):
            return theirs
        if self.prefer is None:
            values = [None if each is _NONE else _word(each) for each in (base, ours, theirs)]
            self.conflicts.append(Conflict(place(), *values))
        return theirs if self.prefer == "theirs" else ours

    def _entries(self, place: str, base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
        """Lists of entries without ids: an entry is known by where it was, a new one by its label."""
        mine, others = _by_token(base, ours), _by_token(base, theirs)
        before: dict[Hashable, Any] = dict(enumerate(base))
        found: dict[Hashable, Any] = {}
        for token in dict.fromkeys([*mine, *others]):
            versions = [before.get(token, _NONE), mine.get(token, _NONE), others.get(token, _NONE)]
            known = next(each for each in versions if each is not _NONE)
            value = self._entry(f'{place} "{_short(label_of(known))}"', *versions)
            if value is not _NONE:
                found[token] = value
        orders = [[token for token in order if token in found] for order in (before, mine, others)]
        return [found[token] for token in self._order(f"{place}: order", *orders)]

    def _entry(self, place: str, base: Any, ours: Any, theirs: Any) -> Any:
        all_three = [base, ours, theirs]
        full = [as_fields(each, all_three) for each in all_three]
        merged = self._value(place, "", *full)
        shortened = any(isinstance(each, str) for each in (ours, theirs))
        if isinstance(merged, dict) and len(merged) == 1 and shortened:
            return next(iter(merged.values()))
        return merged


def merge_order(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any] | None:
    """An order of all that ours and theirs have, which keeps what each of them moved or added; ``None`` where they contradict.

    Parameters
    ----------
    base, ours, theirs
        Each without doubles. What stands in ``base`` only is left out.

    >>> merge_order("abcd", "abxcd", "dabc")
    ['d', 'a', 'b', 'x', 'c']
    """
    if list(ours) == list(theirs):
        return list(ours)
    in_both = set(ours) & set(theirs)
    core = unmoved(base, ours) & unmoved(base, theirs) & in_both
    stays = {"ours": unmoved(base, ours), "theirs": unmoved(base, theirs)}
    own = [each for each in ours if each not in core and not (each in in_both and each in stays["ours"])]
    other = [each for each in theirs if each not in core and not (each in in_both and each in stays["theirs"])]
    gaps = [_gaps(side, core, set(placed)) for side, placed in ((ours, own), (theirs, other))]
    found: list[Any] = []
    done: set[Any] = set()
    for anchor in [_START, *(each for each in base if each in core)]:
        found += [] if anchor is _START else [anchor]
        chain = _merge_chains(gaps[0].get(anchor, []), gaps[1].get(anchor, []))
        if chain is None or done & set(chain):
            return None
        done.update(chain)
        found += chain
    return found


_START: Any = object()


def _gaps(side: Sequence[Any], core: set[Any], placed: set[Any]) -> dict[Any, list[Any]]:
    """What a side placed, by the last thing before it that neither side moved."""
    found: dict[Any, list[Any]] = {}
    anchor = _START
    for each in side:
        if each in core:
            anchor = each
        elif each in placed:
            found.setdefault(anchor, []).append(each)
    return found


def _merge_chains(one: list[Any], other: list[Any]) -> list[Any] | None:
    """Both chains in one, in an order that does not depend on whose is whose; ``None`` where they contradict."""
    common = [each for each in one if each in other]
    if common != [each for each in other if each in one]:
        return None
    found: list[Any] = []
    starts = [0, 0]
    for end in [*common, None]:
        parts = []
        for number, chain in enumerate((one, other)):
            stop = len(chain) if end is None else chain.index(end)
            parts.append(chain[starts[number] : stop])
            starts[number] = stop + 1
        found += [each for part in sorted(parts, key=_rank) for each in part]
        found += [] if end is None else [end]
    return found


def _rank(part: list[Any]) -> str:
    return "" if not part else repr(part[0])


def _by_token(base: list[Any], side: list[Any]) -> dict[Hashable, Any]:
    """The entries of a side by what they are known by: their place in the base, or their label and its how-manieth."""
    found: dict[Hashable, Any] = {}
    for entry, place in zip(side, matched_entries(base, side), strict=True):
        token: Hashable = place
        if place is None:
            label, count = label_of(entry), 0
            while (label, count) in found:
                count += 1
            token = (label, count)
        found[token] = entry
    return found


def _with_others(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The names of both: those that only the second has come behind what stands before them there."""
    found = list(first)
    before = None
    for name in second:
        if name not in found:
            found.insert(found.index(before) + 1 if before in found else len(found), name)
        before = name
    return tuple(found)


def _called(key: Key) -> str:
    return f"{key[0]} {key[1]}".strip()


def _word(value: Any) -> Any:
    """A value of a conflict for people and for JSON: of a key the id."""
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(each, str) for each in value):
        return _called(value)
    return list(value) if isinstance(value, tuple) else value


def _said(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "[" + ", ".join(_short(label_of(each)) for each in value) + "]"
    return f'"{_short(value)}"' if isinstance(value, str) else _short(value)


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
