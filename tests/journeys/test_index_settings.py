from __future__ import annotations

import pytest

from desireline.base import SettingsError
from desireline.journeys.index.settings import memory_for_building


@pytest.mark.parametrize(("text", "size"), [("2 GB", 2 * 10**9), ("64MB", 64 * 10**6), ("1.5 gb", 1_500_000_000)])
def test_a_size_is_read(text: str, size: int) -> None:
    assert memory_for_building({"memory": text}) == size


def test_without_a_setting_it_is_a_part_of_the_machine() -> None:
    assert memory_for_building({}) > 64 * 10**6


@pytest.mark.parametrize("wrong", ["2", "63 MB", "much", "-1 GB", 5, ""])
def test_what_is_no_size_is_refused_and_shown(wrong: object) -> None:
    with pytest.raises(SettingsError, match="at least 64 MB") as caught:
        memory_for_building({"memory": wrong})
    assert repr(wrong) in str(caught.value)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="unknown memroy"):
        memory_for_building({"memroy": "2 GB"})
