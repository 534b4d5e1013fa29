"""Maps as pictures: one layout in pixels, drawn as SVG, PNG, PDF and as a web page.

:func:`lay_out` says where everything stands; the ``draw_`` functions write that down and measure nothing again.
"""

from desireline.maps.drawing.documents import (
    PAPERS,
    PNG_SCALE,
    draw_pdf,
    draw_pdf_pages,
    draw_png,
    fitted_scale,
    missing_characters,
)
from desireline.maps.drawing.fonts import MissingScript
from desireline.maps.drawing.layout import lay_out
from desireline.maps.drawing.options import LayoutOptions
from desireline.maps.drawing.page import draw_html
from desireline.maps.drawing.phases import PhasePictures, lay_out_phases
from desireline.maps.drawing.pictures import missing_pictures
from desireline.maps.drawing.shapes import Drawing
from desireline.maps.drawing.svg import draw_svg
from desireline.maps.drawing.table import MapTable, TableCell, TableRow, table_of

__all__ = [
    "PAPERS",
    "PNG_SCALE",
    "Drawing",
    "LayoutOptions",
    "MapTable",
    "MissingScript",
    "PhasePictures",
    "TableCell",
    "TableRow",
    "draw_html",
    "draw_pdf",
    "draw_pdf_pages",
    "draw_png",
    "draw_svg",
    "fitted_scale",
    "lay_out",
    "lay_out_phases",
    "missing_characters",
    "missing_pictures",
    "table_of",
]
