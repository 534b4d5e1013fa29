"""Fonts: how wide their characters are, and which characters the fonts of this machine have."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FAMILIES = ("DejaVu Sans", "Verdana", "Noto Sans", "sans-serif")
"""What a picture names: the font that texts were measured in, one of the same widths, narrower ones."""
_UNITS = 2048
_GUESS = 1.0


@dataclass(frozen=True, slots=True)
class MissingScript:
    """Characters of a script that no font has."""

    script: str
    characters: str
    package: str

    def __str__(self) -> str:
        shown = " ".join(self.characters[:8]) + (" …" if len(self.characters) > 8 else "")
        return f"{self.script} characters that no font of this machine has ({shown}): install {self.package}"


def font_folder() -> Path:
    """Where the fonts lie that come with the package."""
    return Path(str(files("desireline.drawing").joinpath("fonts")))


@lru_cache(maxsize=65_536)
def advance(character: str, *, bold: bool) -> float:
    """How far one character moves the pen, in font sizes.

    What the package's font lacks is estimated: 1 for Chinese, Japanese, Korean and other wide characters, 1.3 for emoji,
    0 for what combines, 0.75 for others.
    """
    if character == "\t":
        return 1.0
    category = unicodedata.category(character)
    if category == "Cf":
        return 0.0
    if ord(character) in _package_characters(bold=bold):
        return float(_font(bold=bold).getlength(character)) / _UNITS
    if category in {"Mn", "Me"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.3 if ord(character) > 0x1F000 and category == "So" else _GUESS
    return 0.75


@lru_cache(maxsize=2)
def _font(*, bold: bool) -> Any:
    from PIL import ImageFont

    path = font_folder() / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    return ImageFont.truetype(path, _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2)
def _package_characters(*, bold: bool) -> frozenset[int]:
    return characters_of(font_folder() / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))


def missing_scripts(
    texts: Iterable[str], *, fonts: Sequence[tuple[Path, int]] | None = None
) -> tuple[MissingScript, ...]:
    """The characters that no font has, by script; nothing where all can be shown.

    Parameters
    ----------
    fonts
        Files, and the number of the font in each; ``None``: those of this machine. The font of the package counts too.
    """
    wanted = {character for text in texts for character in text if _needs_a_glyph(character)}
    wanted = {each for each in wanted if ord(each) not in _package_characters(bold=False)}
    for path, index in (_machine_fonts() if fonts is None else fonts) if wanted else ():
        wanted = {each for each in wanted if ord(each) not in characters_of(path, index)}
        if not wanted:
            return ()
    return _by_script(wanted)


def _by_script(characters: set[str]) -> tuple[MissingScript, ...]:
    found: dict[str, list[str]] = {}
    for each in sorted(characters):
        found.setdefault(_script(each), []).append(each)
    return tuple(
        MissingScript(
            script, "".join(each), _PACKAGES.get(script, "a font that has them, such as one of the Noto fonts")
        )
        for script, each in found.items()
    )


_PACKAGES = {
    "Chinese, Japanese": "a font such as Noto Sans CJK (package fonts-noto-cjk)",
    "Japanese": "a font such as Noto Sans CJK (package fonts-noto-cjk)",
    "Korean": "a font such as Noto Sans CJK (package fonts-noto-cjk)",
    "Emoji and signs": "a font such as Noto Emoji (package fonts-noto-color-emoji)",
}
_SCRIPTS = {
    "CJK": "Chinese, Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "KATAKANA-HIRAGANA": "Japanese",
    "HALFWIDTH": "Japanese",
    "HANGUL": "Korean",
    "IDEOGRAPHIC": "Chinese, Japanese",
    "FULLWIDTH": "Chinese, Japanese",
}


def _script(character: str) -> str:
    first = unicodedata.name(character, "?").split()[0]
    if first in _SCRIPTS:
        return _SCRIPTS[first]
    if unicodedata.category(character).startswith("S"):
        return "Emoji and signs"
    return first.capitalize() if first != "?" else "Unknown"


def _needs_a_glyph(character: str) -> bool:
    return character != " " and not unicodedata.category(character).startswith(("C", "Z"))


@lru_cache(maxsize=1)
def _machine_fonts() -> tuple[tuple[Path, int], ...]:
    import typst

    found = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    places = {(each.path, each.index) for each in found if each.path}
    return tuple(sorted((Path(path), index) for path, index in places))


@lru_cache(maxsize=4096)
def characters_of(path: Path, index: int = 0) -> frozenset[int]:
    """The characters that a font file (TrueType, OpenType, or a collection of them) has; none where it cannot be read.

    Read from its table ``cmap``, formats 4 and 12 (OpenType 1.9).
    """
    try:
        with path.open("rb") as file:
            return frozenset(_mapped(_table(file, b"cmap", index)))
    except (OSError, struct.error, IndexError):
        return frozenset()


def _table(file: Any, tag: bytes, index: int) -> bytes:
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    for _ in range(count):
        name, offset, length = struct.unpack(">4s4xII", file.read(16))
        if name == tag:
            file.seek(offset)
            found: bytes = file.read(length)
            return found
    return b""


def _mapped(table: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", table, 2)
    for place in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * place)
        if (platform, encoding) not in {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}:
            continue
        (form,) = struct.unpack_from(">H", table, offset)
        if form == 4:
            yield from _format_4(table, offset)
        elif form == 12:
            yield from _format_12(table, offset)


def _format_4(table: bytes, offset: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", table, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", table, offset + 14)
    starts = struct.unpack_from(f">{segments}H", table, offset + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", table, offset + 16 + 4 * segments)
    places = offset + 16 + 6 * segments
    offsets = struct.unpack_from(f">{segments}H", table, places)
    for segment, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                place = places + 2 * segment + offsets[segment] + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, place)
                if not glyph:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF:
                yield code


def _format_12(table: bytes, offset: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", table, offset + 12)
    for place in range(groups):
        start, end = struct.unpack_from(">II", table, offset + 16 + 12 * place)
        yield from range(start, min(end, 0x10FFFF) + 1)
