"""Documents as text: maps, personas, metrics, opportunities in YAML or JSON, with their order, comments and unknown fields.

A :class:`Document` is its text. What it says is read from the text; who changes it (:meth:`Document.changed`) gets another document, in which
everything that was not touched stands as before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

from desireline.base import InputError, Phrase, phrase
from desireline.maps.yaml_editing import YamlText, same
from desireline.maps.yaml_reading import DEEPEST, compose, plain_values, too_deep
from desireline.maps.yaml_writing import Style, block_lines

Syntax = Literal["yaml", "json"]
Kind = Literal["map", "persona", "metric", "opportunity"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Path = tuple[str | int, ...]
"""The place of a value: keys and positions, from the top."""
FORMATS: dict[str, Kind] = {
    "map/1": "map",
    "persona/1": "persona",
    "metric/1": "metric",
    "opportunity/1": "opportunity",
}
"""What the field ``desireline`` may say."""
_JSON = re.compile(r'\ufeff?\s*\{\s*["}]')
LONGEST_DOCUMENT = 20_000_000
"""Characters. A picture belongs into a file beside the map."""


@dataclass(frozen=True)
class Document:
    """One document.

    Parameters
    ----------
    text
        YAML or JSON, as it stands in the file.
    origin
        Where it comes from, for messages.
    """

    text: str
    origin: str = "document"

    @property
    def syntax(self) -> Syntax:
        """JSON where a brace and then a quoted key begin it, or where its file says so; else YAML."""
        named = self.origin.lower().endswith(".json")
        return "json" if _JSON.match(self.text) or (named and self.text.strip()) else "yaml"

    @cached_property
    def tree(self) -> dict[str, Any]:
        """What it says, as plain values: dict, list, str, float, int, bool, None; dates are texts. Not to be changed.

        Raises
        ------
        InputError
            It is no YAML or JSON, no mapping, too long, too deep, or uses YAML aliases.
        """
        if len(self.text) > LONGEST_DOCUMENT:
            raise InputError(
                phrase(
                    "{origin}: expected at most {longest:,} characters, got {count:,}",
                    origin=self.origin,
                    longest=LONGEST_DOCUMENT,
                    count=len(self.text),
                ),
                hint=phrase("put pictures into files beside the map and name them: picture: {{source: shop.jpg}}"),
            )
        if self.syntax == "json":
            found = _plain(_load_json(self.text, self.origin), self.origin, 0)
        else:
            found = plain_values(self._node, self.origin)
        if not isinstance(found, dict):
            raise InputError(
                phrase(
                    "{origin}: expected fields with their values, got {short}", origin=self.origin, short=_short(found)
                )
            )
        return found

    @cached_property
    def _node(self) -> Any:
        return compose(_with_plain_line_ends(self.text), self.origin)

    @cached_property
    def _yaml_text(self) -> YamlText:
        return YamlText(_with_plain_line_ends(self.text), self._node)

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What was found out about the text, which does not change, for those who look at it again; by what it is."""
        return {}

    @property
    def kind(self) -> Kind:
        """What it is.

        Raises
        ------
        InputError
            It does not say.
        """
        said = self.tree.get("desireline")
        kind = FORMATS.get(said) if isinstance(said, str) else None
        if kind is None:
            raise InputError(
                phrase(
                    "{origin}: expected desireline: {known}, got {short}",
                    origin=self.origin,
                    known=", ".join(FORMATS),
                    short=_short(said),
                ),
                hint=phrase("the first line of a map is: desireline: map/1"),
            )
        return kind

    @property
    def id(self) -> str:
        """Its permanent id; "" where it has none."""
        said = self.tree.get("id")
        return said if isinstance(said, str) else ""

    def line(self, path: Path) -> int | None:
        """The line, from 1, where the value at a path (or the nearest one above it) stands; ``None`` for JSON."""
        if self.syntax == "json":
            return None
        node, line = self._node, None
        for part in path:
            found = _within(node, part)
            if found is None:
                break
            line, node = found
        return line

    def changed(self, change: Callable[[Any], None], *, donors: Sequence[Document] = ()) -> Document:
        """The document after ``change`` was done to its tree (of dict and list, in place).

        Comments, order, quotes, indentation and fields that nobody knows stay; a thing of a list that is moved takes its
        comments along.

        Parameters
        ----------
        donors
            Documents from which things that are new here, but stand in one of them with the same id and as they are, are
            taken with their comments.

        Raises
        ------
        InputError
            It is written in a way that cannot be changed in place (YAML with ``? `` before its keys).
        """
        if self.syntax == "json":
            tree = _plain(self.tree, self.origin, 0)
        else:
            _ = self.tree
            tree = self._yaml_text.thawed()
        change(tree)
        wanted = _plain(tree, self.origin, 0)
        if same(wanted, self.tree):
            return self
        for text in self._rewritten(tree, [each for each in donors if each.syntax == "yaml"]):
            found = Document(text, self.origin)
            if found._says(wanted):
                return found
        raise InputError(
            phrase("{origin}: is written in a way that cannot be changed in place", origin=self.origin),
            hint=phrase("write it plainly: no tags, and no '? ' before the names of fields"),
        )

    def told(self, change: Callable[[Any], None]) -> Document:
        """What the document would say after ``change``, for whoever only reads it: quicker than :meth:`changed`, with the text of before."""
        tree = _plain(self.tree, self.origin, 0)
        change(tree)
        return known_document(self.text, _plain(tree, self.origin, 0), origin=self.origin)

    def _says(self, tree: Any) -> bool:
        try:
            return same(self.tree, tree)
        except InputError:
            return False

    def _rewritten(self, tree: Any, donors: Sequence[Document]) -> Iterator[str]:
        """The text after a change; where it had no last line end, first without, for a block of lines needs one."""
        if self.syntax == "json":
            yield _dump_json(tree, like=self.text)
            return
        if not tree:
            yield "{}\n"
            return
        text = self._yaml_text.changed(tree, [each._yaml_text for each in donors])
        text = text.replace("\n", "\r\n") if "\r\n" in self.text else text
        if not self.text.endswith("\n"):
            yield text.rstrip("\r\n")
        yield text


def new_document(tree: Mapping[str, Any], *, syntax: Syntax = "yaml", origin: str = "document") -> Document:
    """A document that says what a tree of plain values says, in the order of its fields."""
    plain = _plain(tree, origin, 0)
    if syntax == "json":
        return Document(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", origin)
    return Document("".join(f"{line}\n" for line in block_lines(plain, Style())), origin)


def known_document(text: str, tree: dict[str, Any], *, origin: str = "document") -> Document:
    """A document of which it is known what its text says, so that it need not be read."""
    document = Document(text, origin)
    document.__dict__["tree"] = tree
    return document


def kind_name(kind: str) -> Phrase:
    """What a kind of document is called in a sentence."""
    return _KIND_NAMES[kind]


_KIND_NAMES = {
    "map": phrase("map"),
    "persona": phrase("persona"),
    "metric": phrase("metric"),
    "opportunity": phrase("opportunity"),
}


def fresh_id(name: str, taken: Iterable[str]) -> str:
    """An id made of a name, different from those that are taken.

    >>> fresh_id("I pay!", {"i-pay"})
    'i-pay-2'
    """
    known = set(taken)
    words = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:48].strip("-") or "item"
    number, candidate = 1, words
    while candidate in known:
        number += 1
        candidate = f"{words}-{number}"
    return candidate


def _load_json(text: str, origin: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except RecursionError as error:
        raise too_deep(origin) from error
    except json.JSONDecodeError as error:
        raise InputError(
            phrase(
                "{origin}, line {lineno}: is no valid JSON: {msg}", origin=origin, lineno=error.lineno, msg=error.msg
            )
        ) from error
    except ValueError as error:
        raise InputError(phrase("{origin}: {error}", origin=origin, error=error)) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the field {double!r} stands twice in one place")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"expected a number, got {text}")


def _dump_json(tree: Any, *, like: str) -> str:
    """Indented and separated as a text that is alike."""
    indent = re.search(r"[{\[]\s*\n( +|\t)", like)
    spaces: Any = (indent[1] if indent[1] == "\t" else len(indent[1])) if indent else None
    tight = spaces is None and re.search(r'"\s*:\S', like) is not None
    ascii_only = like.isascii() and "\\u" in like
    separators = (",", ":") if tight else (", ", ": ") if spaces is None else (",", ": ")
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=spaces, separators=separators)
    return text + ("\n" if like.endswith("\n") else "")


def _with_plain_line_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _within(node: Any, part: str | int) -> tuple[int, Any] | None:
    """The line of a value within a node, and its node."""
    if node is None or node.id == "scalar":
        return None
    if node.id == "mapping":
        found = next(((key, value) for key, value in node.value if key.value == part), None)
        return None if found is None else (found[0].start_mark.line + 1, found[1])
    if not isinstance(part, int) or not 0 <= part < len(node.value):
        return None
    return node.value[part].start_mark.line + 1, node.value[part]


def _plain(value: Any, origin: str, depth: int) -> Any:
    """A copy of plain values; what is no plain value is its text."""
    if depth > DEEPEST:
        raise too_deep(origin)
    if isinstance(value, Mapping):
        return {_readable(str(key), origin): _plain(each, origin, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, origin, depth + 1) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _readable(str(value), origin)


def _readable(text: str, origin: str) -> str:
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise InputError(
            phrase(
                "{origin}: expected readable text, got half a character in {short}", origin=origin, short=_short(text)
            )
        )
    return text


def _short(value: Any) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
