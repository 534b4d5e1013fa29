"""Changes of a YAML text that leave what was not changed as it stands: comments, order, quotes, indentation.

The text is cut into *pieces*: a field of a mapping or an entry of a list, with the comments above it. What changed is written anew;
pieces that moved are moved with their comments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from desireline.maps.yaml_reading import values_by_node
from desireline.maps.yaml_writing import (
    Style,
    entry_lines,
    field_lines,
    flow_text,
    indented,
    scalar_text,
    style_of,
    written_entry,
    written_value,
)

_TO_THE_DASH = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ ]*")
_TO_THE_COLON = re.compile(r"\s*:")


class Edit(NamedTuple):
    """Put ``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A field of a mapping or an entry of a list, and where it stands in the text.

    Attributes
    ----------
    key
        Of a field; ``None`` of an entry.
    first
        Where the whole of it begins, with the comments above it; in the middle of a line where a dash stands before it.
    start
        Where its key or its dash stands.
    mark
        Behind its colon or dash; at its start where there is none.
    end
        Behind the last sign of its value.
    last
        Behind its last line.
    """

    key: str | None
    node: Any
    value: Any
    first: int
    start: int
    mark: int
    end: int
    last: int


class YamlText:
    """A YAML text, its nodes and its pieces."""

    def __init__(self, text: str, root: Any) -> None:
        self.text = text if text.endswith("\n") else text + "\n"
        self.style: Style = style_of(root)
        self.root = root
        self.values = values_by_node(root)
        self.pieces: dict[int, list[Piece]] = {}
        self.named: dict[tuple[str, str], Piece] = {}
        self.origins: dict[int, Piece] = {}
        self._kept: list[Any] = []
        self._cut(root, len(self.text), "")

    def thawed(self) -> Any:
        """The plain values, to be changed in place; where each of them came from is remembered."""
        return self._thaw(self.root)

    def changed(self, tree: Any, donors: Sequence[YamlText] = ()) -> str:
        """The text that says what ``tree`` says.

        Parameters
        ----------
        donors
            Other texts; things with an id that this one does not have are taken from there with their comments.
        """
        editing = _Editing(self, donors)
        return editing.applied(0, len(self.text), editing.edits(self.root, tree, ""))

    def column(self, place: int) -> int:
        """The column of a place, from 0."""
        return place - (self.text.rfind("\n", 0, place) + 1)

    def is_inline(self, piece: Piece) -> bool:
        """Whether a dash stands before it on its line."""
        return not self.text[self.text.rfind("\n", 0, piece.start) + 1 : piece.start].isspace() and bool(
            self.column(piece.start)
        )

    def _thaw(self, node: Any) -> Any:
        if node.id == "scalar":
            return self.values[id(node)]
        found: Any
        if node.id == "mapping":
            found = {key.value: self._thaw(value) for key, value in node.value}
        else:
            found = []
            for piece in self.pieces[id(node)]:
                value = self._thaw(piece.node)
                if piece.node.id != "scalar":
                    self.origins[id(value)] = piece
                found.append(value)
        self._kept.append(found)
        return found

    def _cut(self, node: Any, last: int, name: str) -> None:
        """Cut a node and what it holds into pieces; it reaches to ``last``."""
        if node.id == "scalar":
            return
        spots = self._fields(node) if node.id == "mapping" else self._entries(node)
        pieces = spots if node.flow_style else self._with_comments(spots, node, last)
        self.pieces[id(node)] = pieces
        for piece in pieces:
            self._cut(piece.node, piece.last, piece.key or name)
            if piece.key is None and isinstance(ident := _ident(piece.value), str):
                self.named.setdefault((name, ident), piece)

    def _fields(self, node: Any) -> list[Piece]:
        found = []
        for key, value in node.value:
            start, end = key.start_mark.index, key.end_mark.index
            colon = _TO_THE_COLON.match(self.text, end)
            mark = colon.end() if colon else start
            found.append(self._piece(key.value, value, start, mark, colon.end() if colon else end))
        return found

    def _entries(self, node: Any) -> list[Piece]:
        if node.flow_style:
            starts = [each.start_mark.index for each in node.value]
            return [self._piece(None, each, at, at, at) for each, at in zip(node.value, starts, strict=True)]
        found: list[Piece] = []
        for value in node.value:
            start = self._next_dash(found[-1].end) if found else node.start_mark.index
            found.append(self._piece(None, value, start, start + 1, start + 1))
        return found

    def _next_dash(self, place: int) -> int:
        found = _TO_THE_DASH.match(self.text, place)
        return found.end() if found else place

    def _piece(self, key: str | None, node: Any, start: int, mark: int, least: int) -> Piece:
        end = self._end(node, least)
        return Piece(key, node, self.values[id(node)], start, start, mark, end, end)

    def _end(self, node: Any, least: int) -> int:
        """Behind the last sign of a value; ``least`` where it says nothing."""
        start, end = node.start_mark.index, node.end_mark.index
        if node.id == "scalar":
            if node.style in ("|", ">"):
                return self._block_end(start, end)
            return end if end > start else least
        if node.flow_style:
            return int(end)
        spots = self._fields(node) if node.id == "mapping" else self._entries(node)
        return spots[-1].end if spots else least

    def _block_end(self, start: int, end: int) -> int:
        kept = self.text[start:end]
        if kept.split("\n", 1)[0].find("+") >= 0:
            return start + len(kept.removesuffix("\n"))
        return start + len(kept.rstrip())

    def _with_comments(self, spots: list[Piece], node: Any, last: int) -> list[Piece]:
        """The pieces with the comments above them, and below them where those stand deeper."""
        found = []
        column = self.column(spots[0].start) if spots else 0
        first = self._first(spots[0], node) if spots else 0
        for number, spot in enumerate(spots):
            below = self._line_end(spot.end)
            until = self._line_start(spots[number + 1].start) if number + 1 < len(spots) else last
            after = below + self._deeper(self.text[below:until], column) if below < until else below
            found.append(Piece(spot.key, spot.node, spot.value, first, spot.start, spot.mark, spot.end, after))
            first = after
        return found

    def _first(self, spot: Piece, node: Any) -> int:
        """Where the first piece begins: below the line of what holds it; at the top, below the heading comment."""
        if self.is_inline(spot):
            return spot.start
        place = self._line_start(spot.start)
        while place > 0:
            above = self._line_start(place - 1)
            line = self.text[above:place].strip()
            if line and not line.startswith("#"):
                break
            if node is self.root and not line:
                break
            place = above
        return place

    @staticmethod
    def _deeper(gap: str, column: int) -> int:
        """How much of the lines between two pieces belongs to the first: up to the last comment that stands deeper."""
        kept = place = 0
        for line in _lines(gap):
            place += len(line)
            bare = line.lstrip(" ")
            if bare.startswith("#"):
                if len(line) - len(bare) <= column:
                    break
                kept = place
            elif bare.strip():
                break
        return kept

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1


class _Editing:
    """One change of one text."""

    def __init__(self, source: YamlText, donors: Sequence[YamlText] = ()) -> None:
        self.source = source
        self.donors = donors

    def applied(self, start: int, end: int, edits: list[Edit]) -> str:
        """The text from ``start`` to ``end`` after edits within it."""
        parts, place = [], start
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            parts += [self.source.text[place : edit.start], edit.text]
            place = edit.end
        return "".join([*parts, self.source.text[place:end]])

    def edits(self, node: Any, new: Any, name: str) -> list[Edit]:
        """What to change so that a list or mapping says ``new``, which is one of the same kind and not empty."""
        pieces = self.source.pieces[id(node)]
        matched = self._matched(pieces, new, name)
        values = list(new.values()) if isinstance(new, Mapping) else list(new)
        if len(matched) == len(pieces) and all(a is b for a, b in zip(matched, pieces, strict=True)):
            return [
                edit for piece, value in zip(pieces, values, strict=True) for edit in self._value_edits(piece, value)
            ]
        return [self._reordered(node, pieces, matched, new, values)]

    def _value_edits(self, piece: Piece, new: Any) -> list[Edit]:
        """What to change so that a piece has another value."""
        old = piece.value
        if same(old, new):
            return []
        node = piece.node
        if _alike(old, new) and node.id != "scalar":
            return self.edits(node, new, piece.key or "")
        if self._in_flow(piece):
            return [self._flow_edit(piece, new)]
        return self._block_edits(piece, new)

    def _in_flow(self, piece: Piece) -> bool:
        return piece.first == piece.start and piece.last == piece.end

    def _flow_edit(self, piece: Piece, new: Any) -> Edit:
        written = scalar_text(new, flow=True, quotes=_quotes(piece.node))
        if piece.key is None:
            return Edit(piece.start, piece.end, written)
        if piece.mark == piece.start:
            return Edit(piece.end, piece.end, f": {written}")
        place = min(piece.node.start_mark.index, piece.end)
        bare = place <= piece.mark
        return Edit(piece.mark if bare else place, piece.end, f" {written}" if bare else written)

    def _block_edits(self, piece: Piece, new: Any) -> list[Edit]:
        text = self.source.text
        write = written_value if piece.key is not None else written_entry
        written = write(new, self.source.style, _quotes(piece.node))
        body = "".join(f"{line}\n" for line in indented(written.body, self.source.column(piece.start)))
        line_end = text.index("\n", piece.mark)
        if line_end < piece.end:
            comment = _comment_of_header(piece.node, text[piece.mark : line_end])
            behind = text.index("\n", piece.end)
            last = text[piece.end : behind] if body else ""
            below = f"{last}\n{body}"[:-1] if body else ""
            return [Edit(piece.mark, behind if body else piece.end, written.head + comment + below)]
        gap = text[piece.mark : piece.node.start_mark.index]
        aligned = (
            piece.mark < piece.node.start_mark.index < piece.end and not gap.strip() and not written.head.isspace()
        )
        head = gap + written.head.lstrip(" ") if aligned and written.head else written.head
        return [Edit(piece.mark, piece.end, head), *([Edit(line_end + 1, line_end + 1, body)] if body else [])]

    def _matched(self, pieces: list[Piece], new: Any, name: str) -> list[Piece | None]:
        """For each new value the piece that it was; ``None``: it is new."""
        if isinstance(new, Mapping):
            by_key = {piece.key: piece for piece in pieces}
            return [by_key.get(key) for key in new]
        return _match_entries(pieces, list(new), self.source.origins, self._elsewhere(name))

    def _elsewhere(self, name: str) -> dict[str, Piece]:
        return {ident: piece for (each, ident), piece in self.source.named.items() if each == name}

    def _reordered(
        self, node: Any, pieces: list[Piece], matched: list[Piece | None], new: Any, values: list[Any]
    ) -> Edit:
        keys = list(new) if isinstance(new, Mapping) else [None] * len(values)
        if node.flow_style:
            return self._reordered_flow(node, pieces, keys, matched, values)
        column = self.source.column(pieces[0].start)
        parts = [self._part(*each, column) for each in zip(keys, matched, values, strict=True)]
        written = "".join(parts)
        if self.source.is_inline(pieces[0]):
            written = _inline(parts)
        return Edit(pieces[0].first, pieces[-1].last, written)

    def _part(self, key: str | None, piece: Piece | None, value: Any, column: int) -> str:
        """The whole lines of a field or an entry at a column."""
        owner = self
        if piece is None:
            found = self._donated(key, value)
            if found is None:
                return self._new_part(key, value, column)
            owner, piece = found
        if owner._in_flow(piece):
            return self._new_part(key, value, column)
        old_column = owner.source.column(piece.start)
        text = owner.applied(piece.first, piece.last, owner._value_edits(piece, value))
        if owner.source.is_inline(piece):
            text = " " * old_column + text
        return _moved(text if text.endswith("\n") else text + "\n", column - old_column)

    def _new_part(self, key: str | None, value: Any, column: int) -> str:
        style = self.source.style
        lines = entry_lines(value, style) if key is None else field_lines(key, value, style)
        return "".join(f"{line}\n" for line in indented(lines, column))

    def _donated(self, key: str | None, value: Any) -> tuple[_Editing, Piece] | None:
        ident = _ident(value)
        if key is not None or ident is None:
            return None
        for donor in self.donors:
            for (_, each), piece in donor.named.items():
                if each == ident and same(piece.value, value):
                    return _Editing(donor), piece
        return None

    def _reordered_flow(
        self, node: Any, pieces: list[Piece], keys: list[Any], matched: list[Piece | None], values: list[Any]
    ) -> Edit:
        text = self.source.text
        if not pieces or not values:
            whole = dict(zip(keys, values, strict=True)) if node.id == "mapping" else values
            return Edit(node.start_mark.index, node.end_mark.index, flow_text(whole))
        between = text[pieces[0].end : pieces[1].start] if len(pieces) > 1 else ", "
        parts = []
        for key, piece, value in zip(keys, matched, values, strict=True):
            if piece is not None and self._in_flow(piece):
                parts.append(self.applied(piece.start, piece.end, self._value_edits(piece, value)))
            else:
                parts.append(flow_text(value) if key is None else flow_text({key: value})[1:-1])
        joined = (between if "#" not in between else ", ").join(parts)
        return Edit(pieces[0].start, pieces[-1].end, joined)


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are written alike: fields in the same order, true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other) or (one != one and other != other)


def _match_entries(
    pieces: list[Piece], new: list[Any], origins: Mapping[int, Piece], elsewhere: Mapping[str, Piece]
) -> list[Piece | None]:
    """By where a value came from, by its id, by being equal; what is left over stands for what stood in its place."""
    found: list[Piece | None] = [None] * len(new)
    free = {id(piece): piece for piece in pieces}
    for number, value in enumerate(new):
        origin = origins.get(id(value))
        if origin is not None:
            found[number] = origin
            free.pop(id(origin), None)
    by_ident = {_ident(piece.value): piece for piece in free.values() if _ident(piece.value) is not None}
    for number, value in enumerate(new):
        if found[number] is None and (piece := by_ident.get(_ident(value))) is not None and id(piece) in free:
            found[number] = free.pop(id(piece))
    for number, value in enumerate(new):
        if found[number] is None and _ident(value) is None:
            equal = next((piece for piece in free.values() if same(piece.value, value)), None)
            if equal is not None:
                found[number] = free.pop(id(equal))
    _pair_the_rest(pieces, new, found, free)
    for number, value in enumerate(new):
        if found[number] is None and (ident := _ident(value)) is not None:
            found[number] = elsewhere.get(ident)
    return found


def _pair_the_rest(pieces: list[Piece], new: list[Any], found: list[Piece | None], free: dict[int, Piece]) -> None:
    """Entries without an id that were changed in place: between the same neighbours, and of the same kind."""
    order = [id(piece) for piece in pieces]
    for number, value in enumerate(new):
        if found[number] is not None or _ident(value) is not None:
            continue
        before = found[number - 1] if number else None
        place = order.index(id(before)) + 1 if before is not None and id(before) in order else 0 if not number else -1
        if 0 <= place < len(pieces) and id(pieces[place]) in free and _ident(pieces[place].value) is None:
            found[number] = free.pop(order[place])


def _ident(value: Any) -> str | None:
    ident = value.get("id") if isinstance(value, Mapping) else None
    return ident if isinstance(ident, str) else None


def _alike(old: Any, new: Any) -> bool:
    """Whether both are mappings, or both lists, that hold something."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return bool(old) and bool(new)
    return isinstance(old, list) and isinstance(new, list | tuple) and bool(old) and bool(new)


def _quotes(node: Any) -> str | None:
    return node.style if node.id == "scalar" and node.style in ("'", '"') else None


def _comment_of_header(node: Any, line: str) -> str:
    """The comment on the line of a key or a dash whose value stands below."""
    bare = line
    if node.id == "scalar":
        bare = line.lstrip().lstrip("|>+-0123456789") if node.style in ("|", ">") else ""
    return f"  {bare.strip()}" if bare.lstrip().startswith("#") else ""


def _lines(text: str) -> list[str]:
    """The lines of a text, each with its end."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _moved(text: str, by: int) -> str:
    if by == 0:
        return text
    return "".join(_shifted(line, by) for line in _lines(text))


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    blanks = len(line) - len(line.lstrip(" "))
    return " " * max(blanks + by, 0) + line[blanks:]


def _inline(parts: list[str]) -> str:
    """Parts of which the first stands behind a dash: its comments move below its first part."""
    lines = _lines(parts[0])
    start = next(number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    return "".join([lines[start].lstrip(" "), *lines[start + 1 :], *lines[:start], *parts[1:]])
