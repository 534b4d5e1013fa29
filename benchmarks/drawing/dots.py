"""Who takes how long: a group of rows for each question, a point for each peer, on a logarithmic axis of seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.drawing.scale import LogScale, seconds_text, tick_text
from benchmarks.drawing.svg import document, dot, line, text

WIDTH = 860.0
_LEFT, _RIGHT, _TOP = 150.0, 720.0, 74.0
_ROW, _HEAD, _FOOT = 21.0, 32.0, 46.0


@dataclass(frozen=True, slots=True)
class Row:
    """One peer. ``note`` stands behind the time, or in its place; ``differs``: it answers another question."""

    name: str
    seconds: float | None
    note: str = ""
    differs: bool = False
    ours: bool = False


def draw_dots(title: str, subtitle: str, groups: Mapping[str, Sequence[Row]]) -> str:
    """The picture."""
    values = [row.seconds for rows in groups.values() for row in rows if row.seconds]
    scale = LogScale.around(values or [1.0], start=_LEFT, end=_RIGHT)
    height = _TOP + sum(_HEAD + _ROW * len(rows) for rows in groups.values()) + _FOOT
    parts = [text(20, 26, title, kind="title"), text(20, 48, subtitle, kind="soft")]
    parts += _axis(scale, height)
    y = _TOP
    for name, rows in groups.items():
        parts.append(text(20, y + _HEAD * 0.62, name, kind="group"))
        y += _HEAD
        for row in rows:
            parts += _row(row, y + _ROW / 2, scale)
            y += _ROW
    return document(WIDTH, height, f"{title}. {subtitle}", parts)


def _axis(scale: LogScale, height: float) -> list[str]:
    parts = []
    for tick in scale.ticks():
        x = scale.place(tick)
        parts.append(line(x, _TOP + 4, x, height - _FOOT + 8, "grid"))
        parts.append(text(x, _TOP - 6, tick_text(tick), kind="soft small", anchor="middle"))
        parts.append(text(x, height - _FOOT + 20, tick_text(tick), kind="soft small", anchor="middle"))
    return parts


def _row(row: Row, y: float, scale: LogScale) -> list[str]:
    label = text(_LEFT - 12, y, row.name, kind="own" if row.ours else "", anchor="end")
    if row.seconds is None:
        return [label, text(_LEFT + 8, y, row.note, kind="soft small")]
    x = scale.place(row.seconds)
    kind = "mark ours" if row.ours else "mark other" if row.differs else "mark"
    said = f"{seconds_text(row.seconds)}{'  ·  ' if row.note else ''}{row.note}"
    return [label, line(_LEFT, y, x - 6, y, "lead"), dot(x, y, kind), text(x + 12, y, said, kind="small")]
