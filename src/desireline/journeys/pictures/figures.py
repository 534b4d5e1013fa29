"""Numbers as people read them. Tables show them exact, pictures short."""

from __future__ import annotations

import math

NO_BREAK = "\N{NO-BREAK SPACE}"
_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def count_text(count: float) -> str:
    """A count with its thousands apart; a fraction keeps one decimal.

    >>> count_text(12345), count_text(2.5), count_text(3.0)
    ('12,345', '2.5', '3')
    """
    if not math.isfinite(count):
        return "–"
    return f"{count:,.0f}" if float(count).is_integer() else f"{count:,.1f}"


def short_count(count: float) -> str:
    """A count in at most six characters, for pictures.

    >>> [short_count(count) for count in (950, 12_345, 123_456, 1_234_567, 2.6e9)]
    ['950', '12,345', '123k', '1.23M', '2.6B']
    """
    if abs(count) < 100_000:
        return count_text(count)
    scale, unit = next(pair for pair in _SCALES if abs(count) >= pair[0] * 0.9995 or pair[0] == 1e3)
    value = count / scale
    decimals = 2 if value < 10 else 1 if value < 100 else 0
    text = f"{value:,.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def share_text(share: float) -> str:
    """A share (0 to 1) in per cent with one decimal; what is not quite nothing or all does not look like it.

    >>> share_text(0.034).replace(NO_BREAK, " "), share_text(0.00001).replace(NO_BREAK, " "), share_text(1.0)
    ('3.4 %', '< 0.1 %', '100\\xa0%')
    """
    if not math.isfinite(share):
        return "–"
    if 0 < share < 0.0005:
        return f"<{NO_BREAK}0.1{NO_BREAK}%"
    if 0.9995 <= share < 1:
        return f">{NO_BREAK}99.9{NO_BREAK}%"
    percent = share * 100
    return f"{percent:.0f}{NO_BREAK}%" if percent in (0.0, 100.0) else f"{percent:.1f}{NO_BREAK}%"
