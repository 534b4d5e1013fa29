"""Changing one section in the text of a settings file; comments, order and everything else in it stay.

Python reads TOML and does not write it. What is changed here is the text: it is cut into statements, a header or a key with its
value, and only those are written anew whose value is another one. What comes out is read again and compared with what it should say.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desireline.base import SettingsError, phrase

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A piece of the text, with its line end.

    Attributes
    ----------
    text
        As it stands: a header, a key with its value, or a line that says nothing.
    table
        The table in which it stands; of a header the one that it opens.
    key
        What its key adds to that; empty for a header and for what says nothing.
    is_header
        Whether it opens a table.
    """

    text: str
    table: _Path
    key: _Path = ()
    is_header: bool = False

    @property
    def path(self) -> _Path:
        return (*self.table, *self.key)

    @property
    def says_something(self) -> bool:
        return self.is_header or bool(self.key)


def with_section(text: str, name: str, section: Mapping[str, Any]) -> str:
    r"""The text of a settings file with another content of one section.

    Parameters
    ----------
    text
        Valid TOML.
    section
        Everything that the section is to say: texts, numbers, dates, lists of them, and mappings, which become sub-sections. Empty
        takes it out. What it does not say anew keeps its place, its spelling and its comment.

    Raises
    ------
    SettingsError
        The section is written in a way that cannot be changed piece by piece.

    >>> with_section("format = 1\n\n[costs]  # per year\ncurrency = 'EUR'\n", "costs", {"currency": "GBP"})
    'format = 1\n\n[costs]  # per year\ncurrency = "GBP"\n'
    """
    wanted = {**tomllib.loads(text), name: section}
    if not section:
        del wanted[name]
    changed = [_changed(each, name, wanted) for each in _statements(text)]
    written = "".join(each.text for each in _with_missing(_without_gaps(changed), name, section))
    if _read(written) != wanted:
        raise SettingsError(
            phrase("[{name}] is written in a way that can only be changed by hand", name=name),
            hint=phrase("edit the settings file with any editor"),
        )
    return written


def _statements(text: str) -> Iterator[_Statement]:
    table: _Path = ()
    piece = ""
    for line in _LINE.findall(text):
        piece += line
        found = _statement(piece, table)
        if found is None:
            continue
        table = found.table
        yield found
        piece = ""


def _statement(piece: str, table: _Path) -> _Statement | None:
    """What a piece of text says; ``None`` where it does not end yet."""
    said = _read(piece)
    if said is None:
        return None
    if not said:
        return _Statement(piece, table)
    if piece.lstrip().startswith("["):
        return _Statement(piece, _path_of(said), is_header=True)
    return _Statement(piece, table, _path_of(_read(f"{piece[: _key_end(piece)]}= 0") or {}))


def _key_end(piece: str) -> int:
    """Where the sign of equality stands behind the key; one within quotes is none."""
    return next(place for place in _places(piece, "=") if _read(f"{piece[:place]}= 0") is not None)


def _path_of(said: Mapping[str, Any]) -> _Path:
    path: list[str] = []
    inner: Any = said
    while isinstance(inner, Mapping) and inner:
        name = next(iter(inner))
        path.append(name)
        inner = inner[name]
    return tuple(path)


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def _at(said: Mapping[str, Any], path: Sequence[str]) -> Any:
    inner: Any = said
    for name in path:
        inner = inner.get(name) if isinstance(inner, Mapping) else None
    return inner


def _changed(statement: _Statement, name: str, wanted: Mapping[str, Any]) -> _Statement | None:
    """A statement as it is to stand: unchanged, with another value, or not at all."""
    if statement.path[:1] != (name,) or not statement.says_something:
        return statement
    value = _at(wanted, statement.path)
    if value is None:
        return None
    stands = _at(_read(statement.text) or {}, statement.key)
    if statement.is_header or stands == value:
        return statement
    start, end = _key_end(statement.text) + 1, _value_end(statement.text)
    lines = _list_lines(statement.text[start:end], stands, value)
    written = f" {_value_text(value)}" if lines is None else lines
    return replace(statement, text=f"{statement.text[:start]}{written}{statement.text[end:]}")


def _value_end(text: str) -> int:
    """Where the value of a statement ends, and blanks, a comment and the end of the line begin."""
    whole = text.rstrip()
    said = _read(whole)
    comments = (place for place in _places(whole, "#") if _read(whole[:place]) == said)
    return len(whole[: next(comments, len(whole))].rstrip())


def _list_lines(text: str, stands: Any, value: Any) -> str | None:
    """A list of one value a line with others: the lines of those that stay keep their comments; ``None`` where it is none."""
    lines = _LINE.findall(text)
    if not isinstance(stands, list) or not isinstance(value, list) or not value or len(lines) < 3:
        return None
    inner = [(line, (_read(f"x = [\n{line}]") or {}).get("x")) for line in lines[1:-1]]
    if lines[0].strip() != "[" or lines[-1].strip() != "]" or any(said is None or len(said) > 1 for _, said in inner):
        return None
    kept = [line if not said else _with_comma(line, said) for line, said in inner if not said or said[0] in value]
    blanks, line_end = re.match(r"\s*", inner[0][0]), "\r\n" if text.count("\r\n") else "\n"
    indent = blanks[0] if blanks else ""
    added = [f"{indent}{_value_text(each)},{line_end}" for each in value if each not in stands]
    return "".join([lines[0], *kept, *added, lines[-1]])


def _with_comma(line: str, said: Sequence[Any]) -> str:
    ends = (place for place in range(len(line)) if (_read(f"x = [{line[:place]}]") or {}).get("x") == said)
    end = next(ends, len(line))
    return line if line[end:].lstrip().startswith(",") else f"{line[:end]},{line[end:]}"


def _without_gaps(statements: Sequence[_Statement | None]) -> list[_Statement]:
    """What is left, with one blank line instead of two around what is gone."""
    found: list[_Statement] = []
    is_after_gap = False
    for each in statements:
        if each is None:
            is_after_gap = True
        elif is_after_gap and not each.text.strip() and found and not found[-1].text.strip():
            is_after_gap = False
        else:
            found.append(each)
            is_after_gap &= not each.says_something
    return found


def _with_missing(kept: Sequence[_Statement], name: str, section: Mapping[str, Any]) -> list[_Statement]:
    """The statements, and after those of the same table what the section says and they do not."""
    line_end = "\r\n" if any(each.text.endswith("\r\n") for each in kept) else "\n"
    found = [each if each.text.endswith("\n") else replace(each, text=each.text + line_end) for each in kept]
    for table, values in _tables((name,), section):
        said = {each.path for each in found if each.key}
        lines = [
            _Statement(f"{_key_text((key,))} = {_value_text(value)}{line_end}", table, (key,))
            for key, value in values.items()
            if not any((*table, key)[: len(path)] == path for path in said)
        ]
        if any(each.is_header and each.table == table for each in found):
            place = _end_of(found, table)
            found[place:place] = lines
        elif lines:
            place = _end_of(found, (name,), inside=True)
            gap = line_end if place and found[place - 1].text.strip() else ""
            found[place:place] = [_Statement(f"{gap}[{_key_text(table)}]{line_end}", table, is_header=True), *lines]
    return found


def _tables(path: _Path, section: Mapping[str, Any]) -> Iterator[tuple[_Path, dict[str, Any]]]:
    """Every table of a section with its own values; sub-tables after it."""
    yield path, {key: value for key, value in section.items() if not isinstance(value, Mapping)}
    for key, value in section.items():
        if isinstance(value, Mapping):
            yield from _tables((*path, key), value)


def _end_of(statements: Sequence[_Statement], table: _Path, *, inside: bool = False) -> int:
    """The place after the last statement of a table, or of what is inside of it; the end of all where there is none."""
    places = [
        place
        for place, each in enumerate(statements, start=1)
        if each.says_something and (each.table[: len(table)] if inside else each.table) == table
    ]
    return max(places, default=len(statements))


def _key_text(path: _Path) -> str:
    return ".".join(name if _BARE.fullmatch(name) else _text(name) for name in path)


def _value_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key_text((key,))} = {_value_text(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_value_text(each) for each in value)}]"
    return repr(value)


def _text(value: str) -> str:
    """A basic string of TOML, which reads the escapes of JSON; the sign of deletion has to be one."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
