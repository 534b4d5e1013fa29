"""Charts as Vega-Lite, and pictures as files: what a result draws, saved as its file's ending says.

A chart is an Altair chart without colours of its own; :func:`themed` gives all of them one look. In files they are drawn without
network and without a browser (vl-convert).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from desireline.base import InputError, Language, phrase, reading_language, tell_all
from desireline.journeys.model import Flow, Result
from desireline.journeys.pictures.captions import caption_as_html, under_caption

if TYPE_CHECKING:
    import altair

PICTURE_ENDINGS = (".svg", ".png", ".pdf", ".html", ".json")
INK, FAINT, LINES = "#1c2733", "#5b6875", "#dbe1e7"
"""Text; text of less weight; axes."""
COLOURS = ("#0f766e", "#d9822b", "#3f9b6c", "#b0498f", "#7a68c4", "#8a6d3b", "#1f9aa8", "#c4504a")
"""The accent of the web application first; told apart also by those who see few colours, on white; nothing is said by colour alone."""
FONT = "Inter Variable, Inter, DejaVu Sans, Arial, sans-serif"
"""The letters of the web application; where a machine does not have them, those that come with the package. These have arrows and signs."""
_PNG_SCALE = 2.0
_CHART_OF_A_PAGE = '<div id="vega-chart">'
_NOTHING = phrase("There is nothing to draw.")
_ENGLISH = {
    "decimal": ".",
    "thousands": ",",
    "grouping": [3],
    "currency": ["", ""],
    "percent": "\N{NO-BREAK SPACE}%",
    "minus": "\N{MINUS SIGN}",
}
"""Per cent with a space, as everywhere else."""
_LOCALES: dict[Language, dict[str, Any]] = {
    "en": {"format_locale": _ENGLISH, "time_format_locale": None},
    "de": {"format_locale": "de-DE", "time_format_locale": "de-DE"},
}


@runtime_checkable
class Charted(Protocol):
    """A result that draws itself as a chart."""

    def chart(self) -> altair.Chart | altair.LayerChart | altair.VConcatChart | altair.HConcatChart:
        """The chart, with a title, axes with units, and n."""


@runtime_checkable
class Drawn(Protocol):
    """A result that draws itself as SVG: flows and sequences."""

    def svg(self) -> str:
        """A whole SVG document with its colours."""


def save_picture(result: object, path: Path, *, caption: Sequence[str] = ()) -> None:
    """Draw a result into a file.

    Parameters
    ----------
    path
        Its ending says how: .svg, .png, .pdf, .html (a page that needs no network, with the rows as a table below the picture), .json (of
        charts their Vega-Lite, of other drawings the answer).
    caption
        See :func:`picture_of`.

    Raises
    ------
    InputError
        The ending is none of these, the result has no picture, or the file cannot be written.
    """
    check_ending(path)
    drawn = picture_of(result, path.suffix.lower(), caption=caption)
    try:
        path.write_bytes(drawn)
    except OSError as error:
        raise InputError(f"the picture cannot be written to {path}: {error.strerror or error}") from error


def check_ending(path: Path) -> None:
    """Refuse a file that no picture can be.

    Raises
    ------
    InputError
        Its ending is none of :data:`PICTURE_ENDINGS`.
    """
    if path.suffix.lower() not in PICTURE_ENDINGS:
        raise InputError(f"expected a picture that ends in {', '.join(PICTURE_ENDINGS)}, got {path.name!r}")


def picture_of(result: object, ending: str, *, caption: Sequence[str] = (), detail: int | None = None) -> bytes:
    """The same picture without a file, in the reader's language.

    Parameters
    ----------
    ending
        One of :data:`PICTURE_ENDINGS`.
    caption
        Lines over the picture: whose data it shows, see :mod:`desireline.journeys.captioning`. JSON has none.
    detail
        Of a flow, how much of it is drawn: 1 is the main way; ``None``: as much as can be taken in at a glance.

    Raises
    ------
    InputError
        The result has no such picture.
    """
    if isinstance(result, Charted):
        drawn = _chart_as(result, ending, caption)
    elif isinstance(result, Drawn) and ending != ".json":
        drawn = _svg_as(_captioned(_svg_of(result, detail), caption), ending)
    elif isinstance(result, Drawn) and isinstance(result, Result):
        drawn = result.to_json().encode()
    else:
        raise InputError(phrase("there is no picture ending in {ending} of this answer", ending=ending))
    return _with_table(drawn, result) if ending == ".html" and isinstance(result, Result) else drawn


def themed(chart: Any) -> dict[str, Any]:
    """The Vega-Lite specification of a chart, in the one look and the reader's language; one without any data says so below its title.

    Vega describes its axes and marks in English only, so in other languages it does not.
    """
    specification: dict[str, Any] = tell_all(_or_nothing(_without_nan(chart.to_dict())))
    own = specification.pop("config", {})
    axis = {
        "labelColor": FAINT,
        "titleColor": FAINT,
        "titleFontWeight": "normal",
        "gridColor": LINES,
        "domainColor": LINES,
        "tickColor": LINES,
        "labelLimit": 260,
    }
    look = {
        "font": FONT,
        "background": "white",
        "axis": axis,
        "legend": {"labelColor": INK, "titleColor": FAINT, "titleFontWeight": "normal", "labelLimit": 260},
        "title": {
            "color": INK,
            "subtitleColor": FAINT,
            "anchor": "start",
            "fontSize": 15,
            "subtitleFontSize": 12,
            "offset": 14,
        },
        "view": {"stroke": None},
        "range": {"category": list(COLOURS)},
        "bar": {"color": COLOURS[0]},
        "line": {"color": COLOURS[0]},
        "point": {"color": COLOURS[0]},
        "padding": 16,
    }
    if reading_language() != "en":
        look["aria"] = False
    return {**specification, "config": {**look, **{key: value for key, value in own.items() if key != "view"}}}


def _without_nan(value: Any) -> Any:
    """The same with ``None`` for what is no number: JSON has no NaN, and Vega-Lite leaves out what is null."""
    if isinstance(value, dict):
        return {name: _without_nan(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and value != value else value


def _or_nothing(specification: dict[str, Any]) -> dict[str, Any]:
    """The specification, or where none of its data has a row, its title with a sentence: a chart of no rows has no size."""
    if any(_data_of(specification)) or not list(_data_of(specification)):
        return specification
    return {
        "$schema": specification["$schema"],
        "title": next(_titles_of(specification), ""),
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "color": FAINT, "fontSize": 12},
        "encoding": {"x": {"value": 0}, "y": {"value": 8}, "text": {"value": _NOTHING}},
        "width": 460,
        "height": 16,
    }


def _data_of(specification: Any) -> Iterator[list[Any]]:
    """The rows of every data set in a specification."""
    if isinstance(specification, list):
        for each in specification:
            yield from _data_of(each)
    elif isinstance(specification, dict):
        for name, each in specification.items():
            if name == "datasets":
                yield from each.values()
            elif name == "data" and "values" in each:
                yield each["values"]
            else:
                yield from _data_of(each)


def _titles_of(specification: dict[str, Any]) -> Iterator[Any]:
    """The titles of a specification and its panels, the outermost first."""
    if specification.get("title"):
        yield specification["title"]
    for parts in ("vconcat", "hconcat", "layer"):
        for each in specification.get(parts, ()):
            yield from _titles_of(each)


@lru_cache(maxsize=1)
def _drawing() -> Any:
    """The library that draws, with our fonts."""
    import vl_convert

    vl_convert.register_font_directory(str(files("desireline.drawing").joinpath("fonts")))
    return vl_convert


def _svg_of(result: Drawn, detail: int | None) -> str:
    return result.svg(detail=detail) if isinstance(result, Flow) else result.svg()


def _captioned(svg: str, caption: Sequence[str]) -> str:
    return under_caption(svg, caption, font=FONT, ink=INK, faint=FAINT)


def _chart_as(result: Charted, ending: str, caption: Sequence[str]) -> bytes:
    import json

    draw = _drawing()
    specification = themed(result.chart())
    signs = _LOCALES[reading_language()]
    if ending == ".json":
        return json.dumps(specification, ensure_ascii=False, indent=1, allow_nan=False).encode()
    if ending == ".html":
        page: str = draw.vegalite_to_html(specification, **signs, bundle=True)
        before, place, after = page.rpartition(_CHART_OF_A_PAGE)
        return f"{before}{caption_as_html(caption)}{place}{after}".encode()
    return _svg_as(_captioned(draw.vegalite_to_svg(specification, **signs), caption), ending)


def _with_table(page: bytes, result: Result) -> bytes:
    """A page, with the rows of the answer as a table at its end."""
    from desireline.journeys.pictures.tables import table_twin

    before, end, after = page.rpartition(b"</body>")
    return before + table_twin(result.rows()).encode() + end + after


def _svg_as(svg: str, ending: str) -> bytes:
    if ending == ".svg":
        return svg.encode()
    if ending == ".html":
        page = f'<html lang="{reading_language()}"><head><meta charset="utf-8"><title>Desireline</title></head><body>{svg}</body></html>'
        return f"<!doctype html>{page}".encode()
    drawn: bytes = _drawing().svg_to_png(svg, scale=_PNG_SCALE) if ending == ".png" else _drawing().svg_to_pdf(svg)
    return drawn
