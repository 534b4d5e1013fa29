"""HTML and SVG from values: everything is escaped unless it is already markup, and told in the reader's language."""

from __future__ import annotations

import html
import re

from desireline.base import tell

Child = object
_VOID = frozenset({"br", "hr", "input", "link", "meta"})
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


def printable(text: object) -> str:
    """The text on one line, without characters that no page may hold (controls, lone surrogates).

    >>> printable("two\\nlines\\x00")
    'two lines�'
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", " ".join(_told(text).split()))


def escape(text: object) -> Markup:
    """Markup that shows ``text`` as it is; markup is left alone.

    >>> escape("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    if isinstance(text, Markup):
        return text
    return Markup(html.escape(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _told(text)), quote=True))


def _told(text: object) -> str:
    return tell(text) if isinstance(text, str) else str(text)


def join(*children: Child) -> Markup:
    """The children one after the other; ``None`` is nothing.

    >>> join(element("b", "1 < 2"), None, " yes")
    '<b>1 &lt; 2</b> yes'
    """
    return Markup("".join(escape(child) for child in children if child is not None))


def element(name: str, /, *children: Child, **attributes: object) -> Markup:
    """One element of HTML or SVG.

    Parameters
    ----------
    name
        The tag.
    children
        Text is escaped; markup is taken as it is; ``None`` is left out.
    attributes
        ``class_`` means ``class``, ``aria_label`` means ``aria-label``; ``None`` and ``False`` leave the
        attribute out, ``True`` gives it without a value, floats are cut to two decimals.

    >>> element("a", "<top>", href="#top", class_="link", hidden=False)
    '<a href="#top" class="link">&lt;top&gt;</a>'
    """
    opening = "<" + name + "".join(_attribute(key, value) for key, value in attributes.items()) + ">"
    if name in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{name}>")


def number(value: float) -> str:
    """A coordinate, short: at most two decimals.

    >>> number(12.0), number(1.256), number(-0.001)
    ('12', '1.26', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _attribute(key: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{number(value) if isinstance(value, float) else escape(value)}"'
