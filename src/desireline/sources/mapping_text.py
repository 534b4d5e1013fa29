"""Mappings between the two forms in which people write them: YAML, and a document of plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from desireline.base import InputError, phrase


def document_of(text: str, *, where: str) -> dict[str, Any]:
    """The document of a YAML text; dates are texts in it.

    Raises
    ------
    InputError
        It is no YAML, or no keys with values.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        document = _plain(YAML(typ="safe").load(text))
    except YAMLError as error:
        raise InputError(
            phrase("the mapping of {where} is not valid YAML: {error}", where=where, error=error)
        ) from error
    if not isinstance(document, dict):
        raise InputError(
            phrase("the mapping of {where}: expected keys and values, got {document!r}", where=where, document=document)
        )
    return document


def yaml_of(document: Mapping[str, Any]) -> str:
    """A document as YAML, short values on one line.

    >>> yaml_of({"source": "shop", "touchpoint": {"column": "event"}})
    'source: shop\\ntouchpoint: {column: event}\\n'
    """
    text = _written(document, on_one_line=True)
    # A text that begins with a colon, such as ":0", cannot be read back in braces.
    return text if _says(text, document) else _written(document, on_one_line=False)


def _written(document: Mapping[str, Any], *, on_one_line: bool) -> str:
    from ruamel.yaml import YAML

    writer = YAML(typ="safe")
    writer.default_flow_style = None if on_one_line else False
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.allow_unicode = True
    writer.width = 100_000
    out = StringIO()
    writer.dump(dict(document), out)
    return out.getvalue()


def _says(text: str, document: Mapping[str, Any]) -> bool:
    try:
        return document_of(text, where="") == document
    except InputError:
        return False


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
