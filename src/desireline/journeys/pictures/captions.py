"""Lines of text over a picture: whose data it shows, when and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desireline.base import tell
from desireline.drawing.markup import Markup, element, join, number, printable
from desireline.drawing.text import text_width

_ROOT = re.compile(r"<svg\b[^>]*>")
_SIDE = {name: re.compile(rf'\b{name}="([\d.]+)') for name in ("width", "height")}
_SIZE, _LINE, _MARGIN = 12.0, 17.0, 16.0
_NARROWEST = 360.0
_SEMIBOLD = 600


def under_caption(svg: str, lines: Sequence[str], *, font: str, ink: str, faint: str) -> str:
    """A whole SVG document with lines of text over it, as wide as it is; the first line is the strongest.

    Lines that are too long for the picture are broken. Without lines it stays as it is.
    """
    root = _ROOT.search(svg)
    if root is None or not lines:
        return svg
    width, height = (float(found[1]) if (found := side.search(root[0])) else 0.0 for side in _SIDE.values())
    outer = max(width, _NARROWEST)
    broken = [(part, place == 0) for place, line in enumerate(lines) for part in _broken(line, outer - 2 * _MARGIN)]
    band = _MARGIN + _LINE * len(broken)
    texts = [
        element(
            "text",
            part,
            x=_MARGIN,
            y=_MARGIN + _LINE * row + _SIZE,
            font_size=_SIZE,
            font_weight=_SEMIBOLD if is_first else None,
            fill=ink if is_first else faint,
        )
        for row, (part, is_first) in enumerate(broken)
    ]
    placed = root[0].replace("<svg", f'<svg y="{number(band)}"', 1)
    return element(
        "svg",
        element("rect", width="100%", height="100%", fill="white"),
        element("g", join(*texts), font_family=font),
        Markup(placed + svg[root.end() :]),
        xmlns="http://www.w3.org/2000/svg",
        width=outer,
        height=height + band,
        viewBox=f"0 0 {number(outer)} {number(height + band)}",
    )


def caption_as_html(lines: Sequence[str]) -> Markup:
    """The same lines at the head of a page; nothing of none."""
    if not lines:
        return Markup()
    return element("p", *(join(line, element("br")) for line in lines), style="font: 13px sans-serif; margin: 16px")


def _broken(line: str, room: float) -> Iterator[str]:
    """Lines between whose words a line that is too wide is broken."""
    found = ""
    for word in printable(tell(line)).split(" "):
        longer = f"{found} {word}" if found else word
        if found and text_width(longer, size=_SIZE) > room:
            yield found
            longer = word
        found = longer
    if found:
        yield found
