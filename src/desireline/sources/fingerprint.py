"""When two records are the same interaction: the same id of their source, or, without an id, the same content.

A fingerprint is 63 bits of MD5 over either; records with the same fingerprint are compared once more by id or time.
"""

from __future__ import annotations

from desireline.sources.compile import Compiled
from desireline.sources.files import RawTable
from desireline.sources.files.loading import DOCUMENT
from desireline.sources.mapping import Mapping
from desireline.store import identifier, literal

REPLAY = "_quarantine_id"
"""The column by which rows that were mended and fed back are known."""

_MASK = "9223372036854775807::UHUGEINT"
_SEPARATOR = "chr(31)"


def hash_sql(text: str) -> str:
    """63 bits of the MD5 of a text, as SQL; NULL for NULL."""
    return f"CAST(md5_number({text}) & {_MASK} AS BIGINT)"


def fingerprint_sql(mapping: Mapping, raw: RawTable, compiled: Compiled) -> str:
    """The fingerprint of a record, over the compiled columns and those of the file."""
    source = literal(mapping.source)
    own_id = "_t_id" if "_t_id" in compiled.columns else None
    if mapping.one_per:
        number = f"coalesce({own_id}, _group_key)" if own_id else "_group_key"
        return hash_sql(_by_id(source, number))
    content = f"{source} || {_SEPARATOR} || {_content(raw)}"
    return hash_sql(f"coalesce({_by_id(source, own_id)}, {content})" if own_id else content)


def record_sql(mapping: Mapping) -> str:
    """The hash of the record that an interaction comes from, over the compiled columns; NULL where it names none."""
    return hash_sql(f"'record' || {_SEPARATOR} || {literal(mapping.source)} || {_SEPARATOR} || _v_record")


def _by_id(source: str, number: str) -> str:
    return f"'id' || {_SEPARATOR} || {source} || {_SEPARATOR} || {number}"


def _content(raw: RawTable) -> str:
    """The record as text, the same for the same record whenever it comes."""
    if raw.documents:
        return f"CAST(json({_without_number(raw)}) AS VARCHAR)"
    left_out = {*raw.joined, REPLAY}
    columns = sorted(name for name in raw.columns if name not in left_out)
    parts = ", ".join(f"coalesce({_as_content(name, raw.columns[name])}, '')" for name in columns)
    return f"concat_ws({_SEPARATOR}, {parts})"


def _without_number(raw: RawTable) -> str:
    """A document as it was before it got its number in quarantine."""
    if REPLAY not in raw.columns:
        return DOCUMENT
    return f"regexp_replace({DOCUMENT}, '^{{\"{REPLAY}\":[0-9]+,?', '{{')"


def _as_content(name: str, kind: str) -> str:
    """A cell as text; times as numbers, which is quick."""
    if kind.startswith("TIMESTAMP"):
        return f"CAST(epoch_us({identifier(name)}) AS VARCHAR)"
    return identifier(name) if kind == "VARCHAR" else f"CAST({identifier(name)} AS VARCHAR)"
