"""Sentences that people read: English where they are made, told in the language of whoever reads them.

A sentence is made with :func:`phrase` and is an English ``str`` everywhere: it is compared, stored and printed as that. It remembers its
template, so that :func:`tell`, where an answer or a picture leaves the program, can write it in another language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

Language = Literal["en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""English is the source; the others have a catalogue, ``words.de.toml`` beside this module."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_MOST_FITTING = 6
_PER_CENT = re.compile(r"(?<=\d)%(?![^{]*\})")
_COMMA_AND_POINT = str.maketrans(",.", ".,")
_language: ContextVar[Language] = ContextVar("language", default="en")


class Phrase(str):
    """An English sentence that remembers how it was made.

    Attributes
    ----------
    template
        What it was made from, with holes as in :meth:`str.format`.
    holes
        What was put into them, by name.
    """

    __slots__ = ("holes", "template")
    template: str
    holes: dict[str, Any]


def phrase(template: str, /, **holes: object) -> Phrase:
    """A sentence. A test reads the templates in the source: they are literals, and have a translation in every catalogue.

    Parameters
    ----------
    template
        English, with holes that have names: ``"{count:,} customers"``.
    holes
        What is put into them; sentences among them, numbers and dates are told in the language too.

    >>> phrase("{count:,} of {name}", count=1234, name="Ada")
    '1,234 of Ada'
    """
    said = Phrase(template.format(**holes))
    said.template, said.holes = template, holes
    return said


def written(number: str) -> Phrase:
    """A number that is written as English does: told with the signs of the language.

    >>> with reading_in("de"):
    ...     tell(written("1,234.5"))
    '1.234,5'
    """
    return phrase("{number}", number=_Number(number))


def joined(parts: Sequence[object], between: str = " ") -> Phrase:
    """Sentences one after the other; each is told in the language.

    >>> joined(["a", "b"], ", ")
    'a, b'
    """
    holes = {f"part{place}": part for place, part in enumerate(parts)}
    return phrase(between.replace("{", "{{").replace("}", "}}").join(f"{{{name}}}" for name in holes), **holes)


def tell(text: str) -> str:
    """The text in the language of whoever reads it; text that nobody said with :func:`phrase` stays as it is.

    An abbreviation at the end of a sentence, as "Sek.", ends it with its own full stop. Per cent is written apart from its number
    in every language, with a space that does not break; only the command line, which tells nothing, writes ``66.0%``.

    >>> tell(phrase("{share:.1%} resolved", share=0.66)).replace("\\N{NO-BREAK SPACE}", "_")
    '66.0_% resolved'
    """
    if not isinstance(text, Phrase):
        return text
    language = _language.get()
    if language == "en":
        return _English().vformat(_PER_CENT.sub(f"{_NO_BREAK}%", text.template), (), text.holes)
    template = catalogue(language).get(text.template, text.template)
    told = _Writer().vformat(template, (), text.holes)
    return told[:-1] if template.endswith("}.") and told.endswith("..") else told


def replaced(sentence: str, old: str, new: str) -> str:
    """A sentence with a text in it replaced, also in its holes: it is told in every language so.

    >>> with reading_in("de"):
    ...     tell(replaced(phrase("{path} has no records", path="/tmp/1/a.csv"), "/tmp/1/", ""))
    'a.csv hat keine Datensätze'
    """
    if not isinstance(sentence, Phrase):
        return sentence.replace(old, new)
    holes = {name: _replaced_in(value, old, new) for name, value in sentence.holes.items()}
    said = Phrase(sentence.template.format(**holes))
    said.template, said.holes = sentence.template, holes
    return said


def _replaced_in(value: object, old: str, new: str) -> object:
    if isinstance(value, Path):
        value = str(value)
    return replaced(value, old, new) if isinstance(value, str) else value


def recall(sentence: str, part: str) -> str:
    """A sentence that was stored, as a phrase again, by the template in a part of the catalogues that it fits best; as it is where none does.

    Only for sentences that the program itself wrote.

    >>> with reading_in("de"):
    ...     tell(recall("expected at most 64 characters, got '100 characters'", "sources"))
    "erwartet werden höchstens 64 Zeichen, nicht '100 characters'"
    """
    if not sentence:
        return sentence
    fitting = (
        (template, found)
        for template, pattern in _patterns(reading_language(), part)
        if (found := pattern.fullmatch(sentence)) is not None
    )
    recalled = [_recalled(sentence, template, found, part) for template, found in islice(fitting, _MOST_FITTING)]
    return max(recalled, key=_letters_of_templates, default=sentence)


def _recalled(sentence: str, template: str, found: re.Match[str], part: str) -> Phrase:
    said = Phrase(sentence)
    said.template = template
    said.holes = {name: _recalled_hole(recall(value, part)) for name, value in found.groupdict().items()}
    return said


def _recalled_hole(text: str) -> str:
    return text if isinstance(text, Phrase) else _AsWritten(text)


def _letters_of_templates(text: object) -> int:
    """How much of a sentence is accounted for by templates: its own and those of what stands in its holes."""
    if not isinstance(text, Phrase):
        return 0
    own = sum(len(literal) for literal, *_ in Formatter().parse(text.template))
    return own + sum(map(_letters_of_templates, text.holes.values()))


def tell_all(value: Any) -> Any:
    """A value of JSON, with everything in it told."""
    if isinstance(value, str):
        return tell(value)
    if isinstance(value, dict):
        return {key: tell_all(each) for key, each in value.items()}
    return [tell_all(each) for each in value] if isinstance(value, list | tuple) else value


def reading_language() -> Language:
    """The language of whoever reads what is made now; English unless :func:`reading_in` says otherwise."""
    return _language.get()


@contextmanager
def reading_in(language: Language) -> Iterator[None]:
    """Let whatever is told meanwhile, in this thread or task, be told in a language.

    >>> with reading_in("de"):
    ...     tell(phrase("{count} customers", count=1234))
    '1234 Kunden'
    """
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


@lru_cache
def catalogue(language: Language) -> dict[str, str]:
    """The translations into a language by their English template; none for English."""
    if language == "en":
        return {}
    return {english: told for part in _parts(language).values() for english, told in part.items()}


@lru_cache
def _parts(language: Language) -> dict[str, dict[str, str]]:
    return tomllib.loads(files("desireline.base").joinpath(f"words.{language}.toml").read_text(encoding="utf-8"))


@lru_cache
def _patterns(language: Language, part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The templates of a part of a catalogue as patterns, those with most letters of their own first; none for English."""
    if language == "en":
        return ()
    read = {template: list(Formatter().parse(template)) for template in _parts(language)[part]}
    own = {template: sum(len(literal) for literal, *_ in pieces) for template, pieces in read.items()}
    return tuple(
        (
            template,
            re.compile(_pattern(read[template]), re.DOTALL),
        )
        for template in sorted(read, key=lambda template: -own[template])
    )


def _pattern(pieces: Sequence[tuple[str, str | None, str | None, str | None]]) -> str:
    """A regular expression for what a template makes; a hole that comes again holds the same."""
    written, seen = "", set[str]()
    for literal, name, *_ in pieces:
        written += re.escape(literal)
        if name:
            written += f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
            seen.add(name)
    return written


class _Number(str):
    """A number as English writes it."""

    __slots__ = ()


class _AsWritten(str):
    """What stood in a hole of a sentence that was stored: a number has its commas, a text its quotes already."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _per_cent(share: float, format_spec: str) -> str:
    """A share, apart from its sign; what is not quite nothing or all does not look like it, as on the pages."""
    if share in (0, 1):
        return f"{100 * share:.0f}{_NO_BREAK}%"
    text = format(share, format_spec)
    near = {"0.0%": f"<{_NO_BREAK}0.1%", "100.0%": f">{_NO_BREAK}99.9%"}
    return near.get(text, text).replace("%", f"{_NO_BREAK}%")


class _English(Formatter):
    """Writes a sentence as its template has it, but per cent apart from its number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, _Number | _AsWritten):
            return str(value)
        if isinstance(value, str):
            return format(tell(value), format_spec)
        return _per_cent(value, format_spec) if format_spec.endswith("%") else format(value, format_spec)


class _Writer(Formatter):
    """Writes what stands in the holes as German does; another language will need its own signs here."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, _Number) or (isinstance(value, _AsWritten) and format_spec):
            return value.translate(_COMMA_AND_POINT).replace("%", f"{_NO_BREAK}%")
        if isinstance(value, str):
            return format(tell(value), format_spec)
        if isinstance(value, date):
            return format(value, format_spec or "%d.%m.%Y")
        if format_spec.endswith("%"):
            return _per_cent(value, format_spec).translate(_COMMA_AND_POINT)
        written = format(value, format_spec)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return written.translate(_COMMA_AND_POINT) if is_number else written
