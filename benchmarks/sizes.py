"""Numbers of interactions as the command line writes them: ``1M``."""

from __future__ import annotations

MILLION = 1_000_000


def read_sizes(text: str) -> list[int]:
    """``1M,10M`` -> the numbers.

    Raises
    ------
    SystemExit
        One of them is no number.
    """
    return [_read_size(each) for each in text.split(",")]


def _read_size(text: str) -> int:
    plain = text.strip().replace("_", "")
    digits, unit = (plain[:-1], MILLION) if plain[-1:] in ("M", "m") else (plain, 1)
    if not digits.isdecimal() or not int(digits):
        raise SystemExit(f"expected a number of interactions such as 10M or 500000, got {text!r}")
    return int(digits) * unit


def size_name(interactions: int) -> str:
    """1000000 -> ``1M``."""
    millions, rest = divmod(interactions, MILLION)
    return f"{interactions:,}" if rest else f"{millions}M"
