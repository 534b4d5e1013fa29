"""That everything is compiled is noted, for these kernels on this machine."""

from __future__ import annotations

from pathlib import Path

from desireline.journeys.warming import is_warm, note_warm


def test_what_was_compiled_is_noted_once(tmp_path: Path) -> None:
    (tmp_path / "warm-of-other-kernels").touch()
    assert not is_warm(tmp_path)
    note_warm(tmp_path)
    note_warm(tmp_path)
    assert is_warm(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


def test_where_no_note_can_be_written_nothing_is_noted(tmp_path: Path) -> None:
    note_warm(tmp_path / "nowhere")
    assert not is_warm(tmp_path / "nowhere")
