"""The table twin of a picture: the rows of an answer, to stand below it in a page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from desireline.base import format_seconds
from desireline.drawing.markup import Markup, element, join, printable

_SECONDS = "_seconds"
_LONG = 60
"""Characters: a longer text gets a wide column."""
_STYLE = Markup(
    "<style>.twin{margin:16px;font:13px 'DejaVu Sans',Arial,sans-serif;color:#1c2733;overflow-x:auto}"
    ".twin summary{cursor:pointer;margin-bottom:8px}.twin table{border-collapse:collapse}"
    ".twin th,.twin td{padding:4px 14px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #dbe1e7}"
    ".twin th{color:#5b6875;font-weight:normal;white-space:nowrap}"
    ".twin td{min-width:6em}.twin .long{min-width:26em}.twin .number{min-width:0;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}</style>"
)


def table_twin(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """The rows as an HTML table with its style, below a summary that opens and closes it; without rows a sentence.

    Parameters
    ----------
    rows
        Of :meth:`~desireline.journeys.model.Result.rows`: texts, numbers, ``None``, or lists of these. Times that end in ``_seconds`` are
        written in words; what is missing is a dash. A row may lack a column that another one has.
    """
    if not rows:
        return join(_STYLE, element("p", "The table has no rows.", class_="twin"))
    names = list(dict.fromkeys(name for row in rows for name in row))
    numeric = {name for name in names if any(_is_number(row.get(name)) for row in rows)}
    long = {name for name in names if any(len(_text(name, row.get(name))) > _LONG for row in rows)} - numeric
    classes = {name: "number" if name in numeric else "long" if name in long else None for name in names}
    headings = (element("th", _heading(name), scope="col", class_=classes[name]) for name in names)
    body = (
        element("tr", *(element("td", _text(name, row.get(name)), class_=classes[name]) for name in names))
        for row in rows
    )
    table = element("table", element("thead", element("tr", *headings)), element("tbody", *body))
    return join(_STYLE, element("details", element("summary", "The same as a table"), table, class_="twin", open=True))


def _heading(name: str) -> str:
    return printable(name.removesuffix(_SECONDS).replace("_", " "))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _between(values: Sequence[object]) -> str:
    """What stands between the values of a list: of numbers, of sentences, of steps."""
    if all(map(_is_number, values)):
        return " to "
    return " " if all(str(each).endswith(".") for each in values) else " → "


def _decimals(value: float) -> str:
    """Four decimals up to 1, else four digits; 0, and what is smaller than that, or very large, without zeros that say nothing."""
    size = abs(value)
    if size >= 10_000:
        return f"{value:,.0f}"
    return f"{value:.4f}" if 0.0001 <= size <= 1 else f"{value:.4g}"


def _text(name: str, value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and name.endswith(_SECONDS):
        return format_seconds(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return _decimals(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_text(str(key), each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return _between(value).join(_text(name, each) for each in value)
    return printable(value)
