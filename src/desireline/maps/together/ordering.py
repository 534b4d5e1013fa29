"""Places in an order between any two others, so that moving a thing changes that thing only.

A place is a text: four digits of a whole number in base 62, then digits behind the point. Texts of that kind compare as the numbers do.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_WHOLE = 4
_START = 31 * _BASE**3
_MOST = _BASE**_WHOLE - 1


def nth_place(number: int) -> str:
    """The place of the ``number``-th thing, from 0, of a list that is new.

    >>> nth_place(0), nth_place(1)
    ('V000', 'V001')
    """
    return _written(min(_START + number, _MOST))


def place_between(before: str | None, after: str | None) -> str:
    """A place behind one and in front of another; ``None``: there is nothing.

    Where they are not in that order, as when two people put something in one place at once, it is one right behind ``before``.

    >>> place_between("V000", "V001")
    'V000V'
    """
    if before is None:
        return nth_place(0) if after is None else _written(max(_whole(after) - 1, 0))
    if after is None or after <= before:
        whole = _whole(before)
        return _written(whole + 1) if after is None and whole < _MOST else before + "V"
    low, high = _whole(before), _whole(after)
    if high - low > 1:
        return _written((low + high) // 2)
    return before[:_WHOLE] + _middle(before[_WHOLE:], after[_WHOLE:] if high == low else None)


def _middle(low: str, high: str | None) -> str:
    """Digits between two, ``low`` < ``high``, neither with a zero at its end; ``None`` is one."""
    shared = 0
    if high is not None:
        while shared < len(high) and (low[shared] if shared < len(low) else "0") == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _middle(low[shared:], high[shared:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else _BASE
    if last - first > 1:
        return DIGITS[(first + last) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)


def _whole(place: str) -> int:
    number = 0
    for digit in place[:_WHOLE].ljust(_WHOLE, "0"):
        number = number * _BASE + DIGITS.index(digit)
    return number


def _written(number: int) -> str:
    found = ""
    for _ in range(_WHOLE):
        number, digit = divmod(number, _BASE)
        found = DIGITS[digit] + found
    return found
