"""What was measured, kept and read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.results import FULL, Answered, Measured, keep_result, read_results
from benchmarks.sizes import read_sizes, size_name

ANSWERED = Answered((0.4, 0.2, 0.3), (0.1, 0.2, 0.1), 0.9, 1_000, None, True)
MEASURED = Measured(
    "polars", 1_000_000, "polars 2", "2026-11-22", {"cores": 2}, 0.1, 1.5, 2_000, None, {"flow": ANSWERED}
)


def test_a_result_is_read_as_it_was_kept(tmp_path: Path) -> None:
    keep_result(MEASURED, tmp_path / "full.json")
    assert read_results(tmp_path / "full.json") == {("polars", 1_000_000): MEASURED}


def test_a_new_result_takes_the_place_of_the_one_for_the_same_peer_and_size(tmp_path: Path) -> None:
    path = tmp_path / "full.json"
    for each in (MEASURED, replace(MEASURED, interactions=10), replace(MEASURED, date="2026-11-23")):
        keep_result(each, path)
    assert {key: each.date for key, each in read_results(path).items()} == {
        ("polars", 1_000_000): "2026-11-23",
        ("polars", 10): "2026-11-22",
    }


def test_the_ratio_is_that_of_the_medians() -> None:
    assert ANSWERED.median == 0.3
    assert ANSWERED.ratio == pytest.approx(3.0)
    assert (Answered(failed="no").median, Answered(failed="no").ratio) == (None, None)


def test_what_is_committed_can_be_read() -> None:
    assert all(
        answered.seconds or answered.failed
        for each in read_results(FULL).values()
        for answered in each.questions.values()
    )


@pytest.mark.parametrize(
    ("size", "name"), [(1_000_000, "1M"), (30_000_000, "30M"), (1_500_000, "1,500,000"), (20, "20")]
)
def test_a_size_has_a_name(size: int, name: str) -> None:
    assert size_name(size) == name


def test_sizes_are_read() -> None:
    assert read_sizes("1M,10m, 5_000") == [1_000_000, 10_000_000, 5_000]


@pytest.mark.parametrize("text", ["", "M", "1G", "0", "-1"])
def test_what_is_no_size_is_named(text: str) -> None:
    with pytest.raises(SystemExit, match="expected a number of interactions"):
        read_sizes(text)
