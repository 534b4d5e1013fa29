"""YAML as a tree of nodes that know where they stand, and as plain values."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from desireline.base import InputError, phrase

DEEPEST = 60
"""How deep values may be nested."""


def compose(text: str, origin: str) -> Any:
    """The node of a YAML text (``ruamel.yaml.nodes``); ``None`` where it says nothing.

    Raises
    ------
    InputError
        It is no YAML, or holds several documents.
    """
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return _yaml().compose(text)
    except RecursionError as error:
        raise too_deep(origin) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(
            phrase(
                "{origin}{where}: is no valid YAML: {problem}",
                origin=origin,
                where=where,
                problem=error.problem or error.context,
            )
        ) from error
    except (YAMLError, ValueError) as error:
        raise InputError(
            phrase("{origin}: is no valid YAML: {error}", origin=origin, error=" ".join(str(error).split()))
        ) from error


def plain_values(node: Any, origin: str) -> Any:
    """What a node says: dict, list, str, float, int, bool, None; dates are texts.

    Raises
    ------
    InputError
        It is nested too deep, uses anchors, or names a field twice in one place.
    """
    return _Values(origin).of(node, 0)


def values_by_node(node: Any) -> dict[int, Any]:
    """What a node and all below it say, by the ``id()`` of each."""
    values = _Values("document")
    values.of(node, 0)
    return values.found


def too_deep(origin: str) -> InputError:
    """The error for values that are nested too deep."""
    return InputError(phrase("{origin}: expected values nested at most {deepest} deep", origin=origin, deepest=DEEPEST))


def resolves_to_text(text: str) -> bool:
    """Whether a text without quotes is read as a text, and not as a number, a truth value or nothing."""
    from ruamel.yaml.nodes import ScalarNode

    return str(_resolving().resolve(ScalarNode, text, (True, False))) == "tag:yaml.org,2002:str"


class _Values:
    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.found: dict[int, Any] = {}
        self._constructor = _yaml().constructor

    def of(self, node: Any, depth: int) -> Any:
        value = self._value(node, depth)
        self.found[id(node)] = value
        return value

    def _value(self, node: Any, depth: int) -> Any:
        if node is None:
            return None
        if depth > DEEPEST:
            raise too_deep(self.origin)
        if node.anchor:
            raise InputError(
                phrase(
                    "{origin}, line {line}: YAML anchors and aliases (&{anchor}) are not supported",
                    origin=self.origin,
                    line=node.start_mark.line + 1,
                    anchor=node.anchor,
                ),
                hint=phrase("write the value out in each place"),
            )
        if node.id == "mapping":
            return self._fields(node, depth)
        if node.id == "sequence":
            return [self.of(each, depth + 1) for each in node.value]
        return self._scalar(node)

    def _fields(self, node: Any, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            where = f"{self.origin}, line {key.start_mark.line + 1}"
            if key.id != "scalar":
                raise InputError(phrase("{where}: expected the name of a field", where=where))
            if key.value in found:
                raise InputError(
                    phrase("{where}: the field {value!r} stands twice in one place", where=where, value=key.value)
                )
            found[key.value] = self.of(value, depth + 1)
        return found

    def _scalar(self, node: Any) -> Any:
        kind = str(node.tag).rpartition(":")[2]
        if kind == "null":
            return None
        try:
            if kind == "bool":
                return bool(self._constructor.construct_yaml_bool(node))
            if kind == "int":
                return int(self._constructor.construct_yaml_int(node))
            if kind == "float":
                return float(self._constructor.construct_yaml_float(node))
        except (ValueError, KeyError) as error:
            raise InputError(
                phrase(
                    "{origin}, line {line}: expected a number, got {value!r}",
                    origin=self.origin,
                    line=node.start_mark.line + 1,
                    value=node.value[:60],
                )
            ) from error
        return self._characters(node)

    def _characters(self, node: Any) -> str:
        """Its text; characters that were written as two escapes, as JSON does it, are made whole."""
        text = str(node.value)
        if text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text):
            return text
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError(
                phrase(
                    "{origin}, line {line}: expected readable text, got half a character",
                    origin=self.origin,
                    line=node.start_mark.line + 1,
                )
            ) from error


@lru_cache(maxsize=1)
def _resolver() -> Any:
    """Tells kinds of values apart as YAML 1.2 does, but for dates, which stay texts: what stood there is what is written."""
    from ruamel.yaml.resolver import VersionedResolver

    class WithoutDates(VersionedResolver):  # type: ignore[misc, unused-ignore]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._known: dict[Any, Any] = {}

        @property
        def versioned_resolver(self) -> Any:
            version = self.processing_version
            if version not in self._known:
                self._known[version] = {
                    first: [(tag, pattern) for tag, pattern in found if not str(tag).endswith(":timestamp")]
                    for first, found in super().versioned_resolver.items()
                }
            return self._known[version]

    return WithoutDates


@lru_cache(maxsize=1)
def _resolving() -> Any:
    return _yaml().resolver


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _resolver()
    return yaml
