"""Documents too large for memory: read entry by entry, with what a look at the whole gives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.sources.files import json as json_files
from desireline.sources.files import json_lists
from desireline.sources.files.json_lists import DEPTH, list_entries, longest_list, write_entries
from desireline.sources.formats import file_kind
from desireline.sources.importing import choose_mapping
from desireline.sources.mapping import mapping_from_text
from desireline.sources.model import Counts
from desireline.store import Workspace

from .desk import bring, put, stored

MAPPING = """\
source: shop
channel: web
touchpoint: {column: event}
occurred_at: {column: time}
identifiers: {user: {column: visitor.user}}
"""
RECORDS = [
    {"event": f"Käse {n}", "time": f"2026-03-{n:02}T10:00:00Z", "visitor": {"user": f"u{n}"}} for n in range(1, 9)
]
DOCUMENT = {"meta": {"made": [1, 2], "by": "Ann"}, "people": RECORDS[:2], "page": {"events": RECORDS}}


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json_files, file_kind):
        monkeypatch.setattr(module, "LARGEST_WHOLE", 100)
    monkeypatch.setattr(json_lists, "_CHUNK", 7)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(DOCUMENT).encode(),
        b"\xef\xbb\xbf" + json.dumps(DOCUMENT, indent=2, ensure_ascii=False).encode(),
        gzip.compress(json.dumps(DOCUMENT, indent="\t").replace("\n", "\r\n").encode()),
        json.dumps(RECORDS, indent=1).encode(),
        "\n".join(json.dumps(each) for each in RECORDS).encode(),
    ],
    ids=["document", "document over lines", "packed", "list", "lines"],
)
def test_a_large_file_gives_the_records_of_its_longest_list(workspace: Workspace, content: bytes) -> None:
    assert bring(workspace, content, mapping=MAPPING, name="export.json") == Counts(8, 8, 0, 0)
    assert stored(workspace, "touchpoint") == [each["event"] for each in RECORDS]


def test_a_large_document_is_recognised_by_its_records(workspace: Workspace, tmp_path: Path) -> None:
    chosen = choose_mapping(workspace, put(tmp_path, "export.json", json.dumps(DOCUMENT)))
    assert chosen is not None
    mapping = mapping_from_text(chosen.yaml, where="proposed")
    assert {"visitor.user", "event", "time"} <= mapping.columns()


def test_the_list_that_a_mapping_names_is_read(workspace: Workspace) -> None:
    mapping = MAPPING + "read: {format: json, records: people}\n"
    assert bring(workspace, json.dumps(DOCUMENT), mapping=mapping, name="export.json").stored == 2


def test_entries_that_are_no_objects_wait_in_quarantine(workspace: Workspace) -> None:
    document = {"events": [RECORDS[0], 7, "text", RECORDS[1]], "padding": "x" * 200}
    assert bring(workspace, json.dumps(document), mapping=MAPPING, name="export.json") == Counts(4, 2, 0, 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(DOCUMENT)[:-40], "is not valid JSON at character"),
        (json.dumps(DOCUMENT) + "]", "something stands behind the end of the document"),
        (json.dumps(DOCUMENT).replace(":", ";", 1), "expected :, got ;"),
        (json.dumps({"meta": {"by": "Ann"}, "text": "x" * 200}, indent=1), "without a list of objects under any name"),
    ],
    ids=["cut off", "too long", "another sign", "no list"],
)
def test_what_is_wrong_with_a_large_document_is_told(workspace: Workspace, content: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        bring(workspace, content, mapping=MAPPING, name="export.json")


def test_a_value_that_does_not_fit_into_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lists, "LONGEST_RECORD", 1_000)
    with pytest.raises(InputError, match="is longer than 1,000 characters"):
        list(list_entries(put(tmp_path, "long.json", json.dumps({"events": ["x" * 5_000]}))))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1), inner, max_size=4),
    max_leaves=30,
)


def lists_of(value: Any, keys: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], list[Any]]]:
    """Slow and obvious: every list that keys lead to."""
    if isinstance(value, list):
        return [(keys, value)]
    if not isinstance(value, dict) or len(keys) == DEPTH:
        return []
    return [found for key, inner in value.items() if "*" not in key for found in lists_of(inner, (*keys, key))]


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_entries_are_those_of_the_document(
    tmp_path_factory: pytest.TempPathFactory, value: Any, indent: int | str | None, ascii_only: bool
) -> None:
    path = tmp_path_factory.mktemp("json") / "any.json"
    path.write_text(json.dumps(value, indent=indent, ensure_ascii=ascii_only), encoding="utf-8", errors="surrogatepass")
    expected = [(keys, each) for keys, entries in lists_of(value) for each in entries]
    assert [(each.keys, json.loads(each.text)) for each in list_entries(path)] == expected
    longest = longest_list(path)
    if longest is not None:
        target = path.with_suffix(".lines")
        entries = [each for keys, each in expected if keys == longest]
        assert write_entries(path, longest, target) == len(entries)
        assert [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n")[:-1]] == entries
