"""What sections are made of: headings, tables, bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.journeys.pictures import Markup, count_text, element, join

MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and whether it holds numbers."""

    heading: str
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart.

    Attributes
    ----------
    label
        What the bar stands for.
    share
        Its length, 0 to 1.
    figure
        The number written at its end.
    note
        Something to add below the label.
    """

    label: object
    share: float
    figure: object
    note: object = None


def section(ident: str, heading: str, *children: object, lead: object = None) -> Markup:
    """A section of the page with its heading and a sentence that says what is seen."""
    return element(
        "section",
        element("h2", heading, id=f"{ident}-heading"),
        element("p", lead, class_="lead") if lead is not None else None,
        *children,
        id=ident,
        aria_labelledby=f"{ident}-heading",
    )


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    more: int = 0,
    most: int = MOST_ROWS,
) -> Markup:
    """A table of the first ``most`` rows, which says how many more there are.

    Parameters
    ----------
    caption
        What the table holds.
    columns
        Its columns; the first one heads each row.
    rows
        Texts or markup.
    more
        Rows that exist beyond those given.
    """
    shown, hidden = rows[:most], more + max(0, len(rows) - most)
    head = [
        element("th", column.heading, scope="col", class_="number" if column.numeric else None) for column in columns
    ]
    return element(
        "div",
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", *head)),
            element("tbody", *(_row(columns, row) for row in shown)),
        ),
        element("p", f"… and {count_text(hidden)} more", class_="more") if hidden else None,
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def twin(content: Markup, *, summary: str = "Show as table") -> Markup:
    """The table that says what a picture shows, folded away."""
    return element("details", element("summary", summary), content, class_="twin")


def bar(share: float) -> Markup:
    """One bar, ``share`` (0 to 1) of the room it has; nothing at all for 0."""
    length = 100 * min(1.0, max(0.0, share))
    return element("span", element("span", style=f"width:{length:.2f}%") if length else None, class_="track")


def bars(rows: Sequence[Bar], *, label: str, kind: str = "bars") -> Markup:
    """A bar chart: a list whose items hold label, bar and figure."""
    items = [
        element(
            "li",
            element(
                "span",
                row.label,
                element("small", row.note) if row.note is not None else None,
                class_="bar-label",
            ),
            bar(row.share),
            element("span", row.figure, class_="figure"),
        )
        for row in rows
    ]
    return element("ul", *items, class_=kind, role="list", aria_label=label)


def empty(text: str) -> Markup:
    """What a section says when it has nothing to show."""
    return element("p", text, class_="empty")


def figure(caption: object, *children: object, class_: str | None = None) -> Markup:
    """A picture with its caption above and its table twin within."""
    return element("figure", element("figcaption", caption), *children, class_=class_)


def note(*children: object) -> Markup:
    """Small print."""
    return element("p", join(*children), class_="note")


def _row(columns: Sequence[Column], row: Sequence[object]) -> Markup:
    cells = [
        element("td", cell, class_="number" if column.numeric else None)
        for column, cell in list(zip(columns, row, strict=True))[1:]
    ]
    return element("tr", element("th", row[0], scope="row", class_="number" if columns[0].numeric else None), *cells)
