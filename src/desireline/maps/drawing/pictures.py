"""The pictures that a map names: read, made small enough, or a reason why they cannot be shown; never an error."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from desireline.base import phrase, reason_of
from desireline.maps.drawing.blocks import SMALL, Block, icon, named, padded, stack, text
from desireline.maps.drawing.shapes import Circle, Drawing, Icon, Image, Rectangle
from desireline.maps.model import Picture

LARGEST_FILE = 20_000_000
"""Bytes of a picture file."""
LARGEST_PICTURE = 60_000_000
"""Points of a picture."""
_MISSING = "missing-picture"
_ORIENTATION = 0x0112
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/png", "GIF": "image/png", "BMP": "image/png"}


@dataclass(frozen=True, slots=True)
class LoadedPicture:
    """A picture ready to be drawn, as the bytes of a PNG or JPEG file."""

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Why a picture cannot be shown."""

    reason: str


def load_picture(picture: Picture, *, folder: Path | None, widest: int) -> LoadedPicture | NoPicture:
    """A picture, at most ``widest`` points wide and three times as high.

    Parameters
    ----------
    folder
        Where the map lies; files outside of it are not read. ``None``: only ``data:`` addresses can be shown.
    """
    found = _bytes(picture.source, folder)
    if isinstance(found, NoPicture):
        return found
    return _decoded(found, widest)


def missing_pictures(drawing: Drawing) -> int:
    """How many pictures of a map are not in its drawing: a sign stands in their place."""
    return sum(isinstance(each, Icon) and each.name == _MISSING for each in drawing.all_shapes())


def load_portrait(picture: Picture, *, folder: Path | None, side: int) -> LoadedPicture | NoPicture:
    """The middle of a picture as a circle, ``side`` points wide; see :func:`load_picture`."""
    loaded = load_picture(picture, folder=folder, widest=3 * side)
    if isinstance(loaded, NoPicture):
        return loaded
    from PIL import Image as Pillow
    from PIL import ImageDraw, ImageOps

    with Pillow.open(io.BytesIO(loaded.data)) as opened:
        square = ImageOps.fit(opened.convert("RGBA"), (side, side))
    mask = Pillow.new("L", (4 * side, 4 * side))
    ImageDraw.Draw(mask).ellipse((0, 0, 4 * side - 1, 4 * side - 1), fill=255)
    square.putalpha(mask.resize((side, side), Pillow.Resampling.LANCZOS))
    written = io.BytesIO()
    square.save(written, "PNG", optimize=True)
    return LoadedPicture(written.getvalue(), "image/png", side, side)


def picture_block(picture: Picture, *, folder: Path | None, width: float, height: float) -> Block:
    """The picture within ``width`` and ``height``, or a frame that says why it is not there."""
    loaded = load_picture(picture, folder=folder, widest=int(width * 2))
    if isinstance(loaded, NoPicture):
        return _frame(picture, loaded.reason, width)
    scale = min(width / loaded.width, height / loaded.height)
    wide, high = loaded.width * scale, loaded.height * scale
    image = Image((width - wide) / 2, 0, wide, high, loaded.data, loaded.media_type, picture.alternative)
    return Block(width, high, (image,))


def without_portrait(stands_for: Block, reason: str) -> Block:
    """What stands for a portrait that cannot be shown, with a small sign; pointing at it tells why."""
    side = 14.0
    x, y = stands_for.width - side + 2, stands_for.height - side + 2
    ground = Circle(x + side / 2, y + side / 2, side / 2 + 1.5, fill="paper")
    signed = Block(stands_for.width, stands_for.height, (*stands_for.shapes, ground, Icon(_MISSING, x, y, side)))
    return named(None, signed, title=reason)


def _frame(picture: Picture, reason: str, width: float) -> Block:
    room = width - 20
    said = stack(
        (
            icon(_MISSING, size=18),
            text(picture.alternative, width=room, size=SMALL, most=6),
            text(reason, width=room, size=SMALL, colour="ink-soft", most=6),
        ),
        gap=4,
    )
    return padded(
        said, across=10, along=10, width=width, frame=Rectangle(0, 0, 0, 0, None, "line-strong", 1, 6, "dashed")
    )


def _bytes(source: str, folder: Path | None) -> bytes | NoPicture:
    if source.startswith("data:"):
        return _data_address(source)
    if "://" in source:
        return NoPicture(phrase("pictures from the network are not fetched"))
    if folder is None:
        return NoPicture(phrase("no folder to look for {name} in", name=Path(source).name))
    try:
        return _file(folder / source, folder)
    except OSError as error:
        return NoPicture(phrase("{name}: {strerror}", name=Path(source).name, strerror=reason_of(error)))
    except ValueError:
        return NoPicture(phrase("the name of the file cannot be one"))


def _file(path: Path, folder: Path) -> bytes | NoPicture:
    if not path.resolve().is_relative_to(folder.resolve()):
        return NoPicture(phrase("the file lies outside of the map's folder"))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        return NoPicture(
            phrase(
                "the file has {size:,.0f} MB, {largest_file:.0f} MB are the most",
                size=size / 1000000.0,
                largest_file=LARGEST_FILE / 1000000.0,
            )
        )
    return path.read_bytes()


def _data_address(source: str) -> bytes | NoPicture:
    head, comma, body = source.partition(",")
    if not comma:
        return NoPicture(phrase("the data: address has no data"))
    try:
        found = base64.b64decode(body, validate=False) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return NoPicture(phrase("the data: address cannot be read"))
    if len(found) > LARGEST_FILE:
        return NoPicture(
            phrase(
                "the picture has {count:,.0f} MB, {largest_file:.0f} MB are the most",
                count=len(found) / 1000000.0,
                largest_file=LARGEST_FILE / 1000000.0,
            )
        )
    return found


def _decoded(data: bytes, widest: int) -> LoadedPicture | NoPicture:
    import warnings

    from PIL import Image as Pillow

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(data), formats=tuple(_KINDS)) as opened:
                if opened.width * opened.height > LARGEST_PICTURE:
                    return NoPicture(
                        phrase(
                            "the picture has {width:,} × {height:,} points", width=opened.width, height=opened.height
                        )
                    )
                return _made_small(opened, data, widest)
    except (OSError, ValueError, SyntaxError, EOFError, Pillow.DecompressionBombError):
        return NoPicture(phrase("no picture that can be read (PNG, JPEG, WebP, GIF)"))


def _made_small(opened: Any, data: bytes, widest: int) -> LoadedPicture:
    from PIL import Image as Pillow
    from PIL import ImageOps

    media_type = _KINDS[opened.format]
    kept = opened.format in {"PNG", "JPEG"} and opened.width <= widest and opened.height <= 3 * widest
    if kept and len(data) <= 400_000 and opened.getexif().get(_ORIENTATION, 1) == 1:
        opened.load()
        return LoadedPicture(data, media_type, opened.width, opened.height)
    upright = ImageOps.exif_transpose(opened)
    small = upright.convert("RGB" if media_type == "image/jpeg" else "RGBA")
    small.thumbnail((widest, 3 * widest), Pillow.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "JPEG" if media_type == "image/jpeg" else "PNG", optimize=True)
    return LoadedPicture(written.getvalue(), media_type, small.width, small.height)
