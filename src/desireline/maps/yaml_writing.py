"""Plain values as YAML text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desireline.maps.yaml_reading import resolves_to_text


@dataclass(frozen=True, slots=True)
class Style:
    """How deep things are indented, in blanks.

    Attributes
    ----------
    mapping
        Fields, below the field that holds them.
    offset
        The dash of an entry, from the field that holds the list.
    dash
        From the dash to what stands behind it.
    """

    mapping: int = 2
    offset: int = 2
    dash: int = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A value behind a colon or a dash: what stands on that line, and the lines below it, from the column of the line's field."""

    head: str
    body: tuple[str, ...] = ()


def style_of(node: Any) -> Style:
    """The style of a document: that of its first list and of its first fields within fields."""
    found: dict[str, int] = {}
    _measure(node, found)
    return Style(**found)


def block_lines(value: Any, style: Style) -> list[str]:
    """The lines of fields or of a list, from the first column; both have at least one entry."""
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in field_lines(key, each, style)]
    return [line for each in value for line in entry_lines(each, style)]


def field_lines(key: str, value: Any, style: Style) -> list[str]:
    """``key: value`` with the lines that belong to it."""
    written = written_value(value, style)
    return [f"{scalar_text(key)}:{written.head}", *written.body]


def entry_lines(value: Any, style: Style) -> list[str]:
    """``- value`` with the lines that belong to it."""
    written = written_entry(value, style)
    return [f"-{written.head}", *written.body]


def written_value(value: Any, style: Style, quotes: str | None = None) -> Written:
    """A value behind the colon of a field."""
    if _is_block(value):
        depth = style.mapping if isinstance(value, Mapping) else style.offset
        return Written("", tuple(indented(block_lines(value, style), depth)))
    if _fits_a_block(value):
        return _literal(value, style.mapping)
    return Written(f" {scalar_text(value, quotes=quotes)}")


def written_entry(value: Any, style: Style, quotes: str | None = None) -> Written:
    """A value behind the dash of an entry."""
    if _is_block(value):
        first, *others = block_lines(value, style)
        return Written(" " * (style.dash - 1) + first, tuple(indented(others, style.dash)))
    if _fits_a_block(value):
        literal = _literal(value, style.dash)
        return Written(" " * (style.dash - 2) + literal.head, literal.body)
    return Written(" " * (style.dash - 1) + scalar_text(value, quotes=quotes))


def indented(lines: Iterable[str], depth: int) -> list[str]:
    """Lines moved to the right; empty ones stay empty."""
    return [" " * depth + line if line else line for line in lines]


def flow_text(value: Any) -> str:
    """A value on one line: ``{name: Shop, channel: store}``."""
    if isinstance(value, Mapping):
        fields = (f"{scalar_text(key, flow=True)}: {flow_text(each)}" for key, each in value.items())
        return f"{{{', '.join(fields)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(flow_text(each) for each in value)}]"
    return scalar_text(value, flow=True)


def scalar_text(value: Any, *, flow: bool = False, quotes: str | None = None) -> str:
    """One value on one line.

    Parameters
    ----------
    flow
        It stands within braces or brackets.
    quotes
        ``'`` or ``"`` where a text is to have them though it could do without.
    """
    if isinstance(value, str):
        return _text(value, flow=flow, quotes=quotes)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    return flow_text(value) if isinstance(value, Mapping | list | tuple) else str(value)


def _is_block(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and len(value) > 0


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    return repr(value)


_UNREADABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What a YAML text cannot hold as it is within a line."""
_STARTS = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~]")


def _text(text: str, *, flow: bool, quotes: str | None) -> str:
    if _UNREADABLE.search(text):
        return _double_quoted(text)
    if quotes == "'":
        return "'" + text.replace("'", "''") + "'"
    return text if quotes is None and _may_be_bare(text, flow=flow) else _double_quoted(text)


def _may_be_bare(text: str, *, flow: bool) -> bool:
    if not _STARTS.match(text) or text != text.strip() or ": " in text or " #" in text or text.endswith(":"):
        return False
    if flow and any(sign in text for sign in ",[]{}:"):
        return False
    return resolves_to_text(text)


def _double_quoted(text: str) -> str:
    return _UNREADABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _fits_a_block(value: Any) -> bool:
    if not isinstance(value, str) or "\n" not in value or value.endswith("\n\n"):
        return False
    lines = value.split("\n")
    if not lines[0] or lines[0][0].isspace():
        return False
    return not any(_UNREADABLE.search(line) or line != line.rstrip() for line in lines)


def _literal(text: str, depth: int) -> Written:
    lines = text.removesuffix("\n").split("\n")
    return Written(" |" if text.endswith("\n") else " |-", tuple(indented(lines, depth)))


def _measure(node: Any, found: dict[str, int]) -> None:
    if node is None or node.id == "scalar" or node.flow_style or len(found) == 3:
        return
    if node.id == "sequence":
        for each in node.value:
            _measure(each, found)
        return
    for key, value in node.value:
        if value.id == "mapping" and not value.flow_style:
            found.setdefault("mapping", max(value.start_mark.column - key.start_mark.column, 1))
        elif value.id == "sequence" and not value.flow_style and value.value:
            found.setdefault("offset", max(value.start_mark.column - key.start_mark.column, 0))
            width = value.value[0].start_mark.column - value.start_mark.column
            if width > 1 and value.value[0].start_mark.line == value.start_mark.line:
                found.setdefault("dash", width)
        _measure(value, found)
