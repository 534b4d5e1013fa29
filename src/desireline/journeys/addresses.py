"""Questions as an address asks them: which there are, and the parameters of each as texts, numbers and choices.

The names are those of the functions in :mod:`desireline.journeys.questions`, the values what these take as text:
``/questions/funnel?steps=Checkout%20started&steps=Order%20placed&within=7d&segment=channel%20%3D%20phone``.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from inspect import Parameter, signature
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from desireline.base import InputError, phrase
from desireline.journeys.model import Result
from desireline.journeys.selection import SelectionOptions

QUESTIONS: tuple[str, ...] = (
    "flow",
    "paths",
    "funnel",
    "variants",
    "common",
    "clusters",
    "channels",
    "contacts",
    "chains",
    "effort",
    "scores",
    "emotion",
    "drivers",
    "retention",
    "survival",
    "attribution",
    "gaps",
    "handovers",
    "loops",
    "outcomes",
    "insights",
    "sessions",
    "overview",
)
"""In the order in which people need them."""
GROUP: tuple[str, ...] = ("period", "where", "segment", "not_segment", "journey", "span", "gap")
"""What chooses customers and interactions; in a comparison what may differ from group to group."""
_NOT_ASKED: Mapping[str, frozenset[str]] = {"gaps": frozenset({"examples"})}
"""Fixed where an address asks: one customer is only shown to who may see customers, and then by the journeys behind a number."""
FIXED: Mapping[str, Mapping[str, Any]] = {"gaps": {"examples": False}}
_HIDDEN = frozenset({"workspace", "engine", "progress", "like"})


@cache
def question_named(name: str) -> Callable[..., Result]:
    """The function of a question."""
    asked: Callable[..., Result] = getattr(import_module(f"desireline.journeys.questions.{name}"), name)
    return asked


@cache
def answer_type(name: str) -> type:
    """The type of the JSON of a question's answer."""
    found: type = getattr(import_module(f"desireline.journeys.answers.{name}"), f"{name.capitalize()}Answer")
    return found


@cache
def parameters_of(name: str) -> tuple[Parameter, ...]:
    """What an address may say to a question: keyword parameters of texts, numbers, choices, and lists of texts.

    Those without a default have to be said.
    """
    question = question_named(name)
    hints = get_type_hints(question)
    hidden = _HIDDEN | _NOT_ASKED.get(name, frozenset())
    own = [
        _parameter(each.name, hints[each.name], each.default)
        for each in signature(question).parameters.values()
        if each.name not in hidden and each.kind is not Parameter.VAR_KEYWORD
    ]
    takes_more = any(each.kind is Parameter.VAR_KEYWORD for each in signature(question).parameters.values())
    said = {each.name for each in own}
    group = get_type_hints(SelectionOptions) if takes_more else {}
    shared = [
        _parameter(each, group[each], _DEFAULTS.get(each)) for each in GROUP if each in group and each not in said
    ]
    return (*own, *shared)


_DEFAULTS: Mapping[str, Any] = {"span": "life", "gap": timedelta(minutes=30)}


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    """A list that is not said is ``None``: the function has its own."""
    said = _sayable(hint)
    if default is Parameter.empty:
        return Parameter(name, Parameter.KEYWORD_ONLY, annotation=said)
    if get_origin(said) is list:
        return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=said | None)
    return Parameter(name, Parameter.KEYWORD_ONLY, default=_as_said(default), annotation=said)


def _sayable(hint: Any) -> Any:
    """Of what a function takes, that which an address can say."""
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    optional = type(None) in options
    for choice in options:
        if get_origin(choice) is Literal:
            return choice | None if optional else choice
    lists = [each for each in options if get_origin(each) in (Sequence, list, tuple) and str in _texts(each)]
    if lists:
        return list[str] | None if optional else list[str]
    for plain in (bool, int, float, str):
        if plain in options:
            return plain | None if optional else plain
    raise TypeError(f"no address can say {hint!r}")


def _texts(hint: Any) -> tuple[Any, ...]:
    """The types of a list's entries, taken apart."""
    inner = get_args(hint)
    return tuple(part for each in inner for part in (each, *get_args(each)))


def _as_said(default: Any) -> Any:
    if isinstance(default, timedelta):
        return duration_text(default)
    return None if isinstance(default, tuple) else default


def duration_text(length: timedelta) -> str:
    """A length of time as text that reads as the same one.

    >>> duration_text(timedelta(days=14)), duration_text(timedelta(minutes=90))
    ('14d', '90m')
    """
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its arguments, ready to be asked: what is empty is left out, so that equal questions are equal.

    Attributes
    ----------
    name
        One of :data:`QUESTIONS`.
    arguments
        By name, in the order of the names; lists as tuples.
    """

    name: str
    arguments: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, name: str, said: Mapping[str, Any]) -> Question:
        """The question that an address asks.

        Raises
        ------
        InputError
            It lacks something that the question needs.
        """
        needed = [each.name for each in parameters_of(name) if each.default is Parameter.empty]
        lacking = [each for each in needed if not said.get(each)]
        if lacking:
            raise InputError(
                phrase("{name}: expected {lacking}, got nothing", name=name, lacking=", ".join(lacking)),
                hint=phrase("…/{name}?{lacking}=…", name=name, lacking=lacking[0]),
            )
        known = {each.name: each.default for each in parameters_of(name)}
        kept = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in said.items()
            if key in known and value is not None and value not in ("", [])
        }
        return cls(name, tuple(sorted((key, value) for key, value in kept.items() if value != known[key])))

    def keywords(self) -> dict[str, Any]:
        """The arguments of the function."""
        return {**dict(self.arguments), **FIXED.get(self.name, {})}
