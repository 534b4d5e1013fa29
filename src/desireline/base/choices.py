"""The values and fields that a type lets stand at a place, for messages about one that is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import inspect

_STEP = re.compile(r"\[[^\]]*\]|[^.\[\]]+")
_ONE_KIND = inspect.ListType | inspect.VarTupleType | inspect.SetType | inspect.FrozenSetType
_FIELDS = inspect.StructType | inspect.DataclassType | inspect.TypedDictType


def choices_at(kind: Any, place: str = "") -> tuple[str, ...]:
    """The values of the enum or of the literals at a place in a value of a type; none where it is not one of few.

    Parameters
    ----------
    kind
        The type, as it is annotated.
    place
        As in messages of msgspec, without the dollar: ``channels[0].kind``.

    >>> from typing import Literal
    >>> choices_at(dict[str, list[Literal["web", "phone"]]], "[...][0]")
    ('phone', 'web')
    """
    found = _at(inspect.type_info(kind), _STEP.findall(place))
    return tuple(str(value) for each in found for value in _values(each))


def fields_at(kind: Any, place: str = "") -> tuple[str, ...]:
    """The names of the fields at a place in a value of a type; none where it has none of its own.

    >>> from msgspec import Struct
    >>> class Key(Struct):
    ...     name: str
    >>> fields_at(list[Key], "[0]")
    ('name',)
    """
    found = _at(inspect.type_info(kind), _STEP.findall(place))
    return tuple(field.encode_name for each in found if isinstance(each, _FIELDS) for field in each.fields)


def _at(found: inspect.Type, steps: Sequence[str]) -> Iterator[inspect.Type]:
    if isinstance(found, inspect.Metadata):
        yield from _at(found.type, steps)
    elif isinstance(found, inspect.UnionType):
        for each in found.types:
            yield from _at(each, steps)
    elif steps:
        for each in _inside(found, steps[0]):
            yield from _at(each, steps[1:])
    else:
        yield found


def _values(found: inspect.Type) -> Iterator[Any]:
    if isinstance(found, inspect.EnumType):
        yield from (member.value for member in found.cls)
    elif isinstance(found, inspect.LiteralType):
        yield from found.values


def _inside(found: inspect.Type, step: str) -> Iterator[inspect.Type]:
    if isinstance(found, _ONE_KIND):
        yield found.item_type
    elif isinstance(found, inspect.TupleType):
        yield from found.item_types
    elif isinstance(found, inspect.DictType):
        yield found.value_type
    elif isinstance(found, _FIELDS):
        yield from (field.type for field in found.fields if field.encode_name == step)
