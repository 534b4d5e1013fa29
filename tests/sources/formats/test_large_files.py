"""A format is found by the beginning of a file, and its lines are read one after the other, however large it is."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.sources.formats import file_kind

ROW = b'192.0.2.%d - - [01/Mar/2026:10:00:00 +0000] "GET /%d HTTP/1.1" 200 10\n'
LOG = b"".join(ROW % (number % 250, number) for number in range(400))
TABLE = b"time,customer,said\n" + b"".join(b'2026-03-01,%d,"one\ntwo, %d"\n' % (n, n) for n in range(400))


@pytest.mark.parametrize(
    ("content", "packed"), [(LOG, False), (LOG, True), (TABLE, False), ("é".encode() * 5_000, True)]
)
def test_the_beginning_gives_the_samples_that_the_whole_file_gives(
    content: bytes, packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(gzip.compress(content) if packed else content)
    whole = file_kind.samples_of(path, workplace=tmp_path)
    monkeypatch.setattr(file_kind, "_HEAD", 2_000)
    beginning = file_kind.samples_of(path, workplace=tmp_path)
    assert [each.name for each in beginning] == ["export.csv", "export.csv"]
    if b"\n" in content:
        assert beginning == whole


@given(st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b"\r", "ä".encode(), b"\xff"]), max_size=9).map(b"".join))
def test_lines_are_those_of_the_whole_text(content: bytes) -> None:
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").rstrip("\n")
    assert [each["line"] for each in file_kind._lines(io.BytesIO(content))] == text.split("\n")


def test_a_line_is_there_before_the_next_ones_are_read() -> None:
    file = io.BytesIO(b"a line\n" * 100_000)
    lines = file_kind._lines(file)
    assert next(lines) == {"line": "a line"}
    assert file.tell() < 20_000
