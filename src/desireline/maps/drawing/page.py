"""A drawing as a web page in one file: the picture, and a table that says the same; no scripts, nothing from elsewhere."""

from __future__ import annotations

from importlib.resources import files

from desireline.base import phrase
from desireline.drawing.markup import Markup, element, join
from desireline.maps.drawing.shapes import Drawing
from desireline.maps.drawing.svg import SvgWriter, svg_root
from desireline.maps.drawing.table import MapTable, TableRow
from desireline.maps.drawing.themes import DARK, LIGHT, Colour, Theme

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def draw_html(drawing: Drawing, table: MapTable, *, theme: str | None = None, prefix: str = "map") -> str:
    """The drawing as a page.

    Parameters
    ----------
    table
        The same map for those who do not see the picture (:func:`desireline.maps.drawing.table_of`); screen readers always
        find it, others show it by a box over the picture.
    theme
        ``light`` or ``dark``; ``None``: as the reader's machine is set.
    prefix
        Stands before every id; letters, digits, hyphens.
    """
    writer = SvgWriter(_variable, prefix=prefix)
    table_id, fit_id = writer.ident("as-table"), writer.ident("fit")
    body = join(
        _box(table_id, phrase("Show as a table"), "table-box"),
        _box(fit_id, phrase("Fit to the width of the window"), "fit-box"),
        element("div", svg_root(drawing, writer, standalone=False), class_="picture", dir="ltr", tabindex="0"),
        element("div", _table(table, drawing), class_="table", dir="rtl" if drawing.rtl else None),
    )
    head = join(
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", drawing.title),
        element("style", Markup(_colours(theme) + _styles())),
    )
    page = element("html", element("head", head), element("body", element("main", body)), lang=drawing.language or "en")
    return f"<!doctype html>\n{page}\n"


def _box(ident: str, said: str, kind: str) -> Markup:
    return join(
        element("input", type="checkbox", id=ident, class_=kind, autocomplete="off"),
        element("label", said, for_=ident),
    )


def _variable(colour: Colour) -> str:
    return f"var(--{colour})"


def _styles() -> str:
    return files("desireline.maps.drawing").joinpath("page.css").read_text(encoding="utf-8")


def _colours(theme: str | None) -> str:
    if theme is not None:
        return f":root {{ color-scheme: {theme}; {_listed(DARK if theme == 'dark' else LIGHT)} }}\n"
    return (
        f":root {{ color-scheme: light dark; {_listed(LIGHT)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_listed(DARK)} }} }}\n"
        f"@media print {{ :root {{ {_listed(LIGHT)} }} }}\n"
    )


def _listed(theme: Theme) -> str:
    return " ".join(f"--{name}: {value};" for name, value in theme.items())


def _table(table: MapTable, drawing: Drawing) -> Markup:
    phases = join(
        element("td"), *(element("th", name, colspan=str(span), scope="colgroup") for name, span in table.phases)
    )
    steps = join(
        element("th", phrase("Step"), scope="row"), *(element("th", name, scope="col") for name in table.steps)
    )
    return element(
        "table",
        element("caption", drawing.title),
        element("thead", element("tr", phases), element("tr", steps)),
        element("tbody", *(_row(each) for each in table.rows)),
    )


def _row(row: TableRow) -> Markup:
    cells = (element("td", _list(each.lines), colspan=str(each.span) if each.span > 1 else None) for each in row.cells)
    return element(
        "tr", element("th", row.label, scope="row"), join(*cells), class_="measured" if row.measured else None
    )


def _list(lines: tuple[str, ...]) -> Markup | None:
    if not lines:
        return None
    return element("ul", *(element("li", element("span", each, dir="auto")) for each in lines))
