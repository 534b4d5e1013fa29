"""The few elements that the pictures need, and their colours in light and dark."""

from __future__ import annotations

from html import escape

STYLE = """
svg { --surface: #ffffff; --ink: #1c2430; --soft: #5b6678; --line: #e3e7ed; --mark: #8a95a6; --own: #1f6fb5; }
@media (prefers-color-scheme: dark) {
  svg { --surface: #151920; --ink: #e8ebf1; --soft: #a3adbd; --line: #2b323d; --mark: #7f8b9d; --own: #6db3f2; }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", "Noto Sans", Arial, sans-serif; fill: var(--ink); }
.surface { fill: var(--surface); }
.title { font-size: 17px; font-weight: 600; }
.group { font-weight: 600; }
.soft { fill: var(--soft); }
.small { font-size: 11.5px; }
.own { fill: var(--own); font-weight: 600; }
.grid { stroke: var(--line); stroke-width: 1; }
.lead { stroke: var(--mark); stroke-width: 1; stroke-dasharray: 1 3; }
.mark { fill: var(--mark); stroke: var(--mark); stroke-width: 2; }
.mark.ours { fill: var(--own); stroke: var(--own); }
.mark.other { fill: var(--surface); }
.curve { fill: none; stroke-width: 2.2; }
"""


def document(width: float, height: float, title: str, parts: list[str]) -> str:
    """A whole picture; the title is also what a screen reader says."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img">'
    body = "\n".join([f"<title>{escape(title)}</title>", f"<style>{STYLE}</style>", *parts])
    return f"{head}\n{body}\n</svg>\n".replace(
        "</style>", f'</style>\n<rect class="surface" width="{width:g}" height="{height:g}" rx="8"/>', 1
    )


def text(x: float, y: float, said: str, *, kind: str = "", anchor: str = "start", colour: str = "") -> str:
    """A line of text with its middle at ``y``."""
    own = f' style="fill: {colour}"' if colour else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" dy="0.35em" class="{kind}" text-anchor="{anchor}"{own}>{escape(said)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def dot(x: float, y: float, kind: str, *, radius: float = 5, colour: str = "") -> str:
    """A point."""
    own = f' style="fill: {colour}; stroke: {colour}"' if colour else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" class="{kind}"{own}/>'


def curve(points: list[tuple[float, float]], colour: str) -> str:
    """A line through points."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{places}" class="curve" style="stroke: {colour}"/>'
