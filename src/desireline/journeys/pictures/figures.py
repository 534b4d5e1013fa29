"""Numbers as people read them. Tables show them exact, pictures short."""

from __future__ import annotations

import math

from desireline.base import Phrase, phrase, tell, written

NO_BREAK = "\N{NO-BREAK SPACE}"
_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def count_text(count: float) -> Phrase:
    """A count with its thousands apart; a fraction keeps one decimal.

    >>> count_text(12345), count_text(2.5), count_text(3.0)
    ('12,345', '2.5', '3')
    """
    if not math.isfinite(count):
        return phrase("–")
    return written(f"{count:,.0f}" if float(count).is_integer() else f"{count:,.1f}")


def short_count(count: float) -> Phrase:
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
    return _scaled(written(text.rstrip("0").rstrip(".") if "." in text else text), unit)


def customers_text(count: int) -> Phrase:
    """``1 customer``, ``1,234 customers``."""
    return phrase("{count} customer" if count == 1 else "{count} customers", count=count_text(count))


def journeys_text(count: int) -> Phrase:
    """``1 journey``, ``1,234 journeys``."""
    return phrase("{count} journey" if count == 1 else "{count} journeys", count=count_text(count))


def interactions_text(count: int) -> Phrase:
    """``1 interaction``, ``1,234 interactions``."""
    return phrase("{count} interaction" if count == 1 else "{count} interactions", count=count_text(count))


def and_more(count: int) -> Phrase:
    """What stands at the end of a list of which a part is left out."""
    return phrase("… and {count} more", count=count)


def unbroken(text: str) -> str:
    """The text in the reader's language, with spaces at which no line breaks."""
    return tell(text).replace(" ", NO_BREAK)


def _scaled(value: Phrase, unit: str) -> Phrase:
    return {
        "k": phrase("{value}k", value=value),
        "M": phrase("{value}M", value=value),
        "B": phrase("{value}B", value=value),
        "T": phrase("{value}T", value=value),
    }[unit]


def share_text(share: float) -> Phrase:
    """A share (0 to 1) in per cent with one decimal; what is not quite nothing or all does not look like it.

    >>> share_text(0.034).replace(NO_BREAK, " "), share_text(0.00001).replace(NO_BREAK, " "), share_text(1.0)
    ('3.4 %', '< 0.1 %', '100\\xa0%')
    """
    if not math.isfinite(share):
        return phrase("–")
    if 0 < share < 0.0005:
        return written(f"<{NO_BREAK}0.1{NO_BREAK}%")
    if 0.9995 <= share < 1:
        return written(f">{NO_BREAK}99.9{NO_BREAK}%")
    percent = share * 100
    return written(f"{percent:.0f}{NO_BREAK}%" if percent in (0.0, 100.0) else f"{percent:.1f}{NO_BREAK}%")
