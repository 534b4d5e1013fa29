"""Pictures of results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.drawing.lines import draw_lines
from benchmarks.drawing.pages import FOLDER, draw_full
from benchmarks.drawing.scale import LogScale, seconds_text, slope
from benchmarks.questions import QUESTIONS
from benchmarks.results import Answered, Measured

PAGE = FOLDER.parent / "benchmarks.md"


def measured(peer: str, answered: Answered) -> Measured:
    machine = {"processor": "One & only", "cores": 2, "date": "2026-11-22"}
    questions = dict.fromkeys(QUESTIONS, answered)
    return Measured(peer, 1_000_000, peer, "2026-11-22", machine, 0.0, 1.0, 10**9, None, questions)


def texts(svg: str) -> list[str]:
    return [str(each.text) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_a_picture_tells_time_ratio_and_why_there_is_none(tmp_path: Path) -> None:
    (path,) = draw_full(
        [
            measured("desireline", Answered((0.1, 0.3))),
            measured("polars", Answered((0.4,), (0.2,), equal=True)),
            measured("pm4py", Answered(failed="has no such question")),
            replace(measured("pandas", Answered()), load_seconds=None, load_failed="took more than 16 GB of memory"),
        ],
        tmp_path,
    )
    said = texts(path.read_text(encoding="utf-8"))
    assert path.name == "full-1M.svg"
    assert {"0.20 s", "0.40 s  ·  2.0×", "has no such question", "loading took more than 16 GB of memory"} <= set(said)


@pytest.mark.parametrize(
    ("answered", "hollow"),
    [
        pytest.param(Answered((0.4,), (0.1,), equal=True), 0, id="the same"),
        pytest.param(Answered((0.4,), (0.1,), equal=False), 5, id="another answer"),
        pytest.param(Answered((0.4,), (0.1,), equal=True, differs="no window"), 5, id="another question"),
    ],
)
def test_a_point_of_another_answer_is_hollow(answered: Answered, hollow: int, tmp_path: Path) -> None:
    (path,) = draw_full([measured("polars", answered)], tmp_path)
    assert path.read_text(encoding="utf-8").count('class="mark other"') == hollow


def test_growth_names_each_curve_with_its_slope() -> None:
    drawn = draw_lines("Growth", "", {"flow": [(10, 0.1), (100, 1.0)], "funnel": [(10, 0.1), (100, 10.0)]})
    assert {"flow, slope 1.00", "funnel, slope 2.00"} <= set(texts(drawn))


def test_a_scale_has_the_powers_of_ten_around_its_values() -> None:
    scale = LogScale.around([0.02, 3.0], start=0, end=300)
    assert scale.ticks() == pytest.approx([0.01, 0.1, 1.0, 10.0])
    assert [scale.place(value) for value in (0.01, 0.1, 10.0)] == pytest.approx([0, 100, 300])


def test_a_slope_needs_two_sizes() -> None:
    with pytest.raises(ValueError, match="two different sizes"):
        slope([(10, 1.0)])


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.00042, "0.42 ms"), (0.0123, "12 ms"), (0.1, "0.10 s"), (4.25, "4.2 s"), (99.6, "100 s"), (300, "5.0 min")],
)
def test_seconds_are_written_with_two_digits(seconds: float, said: str) -> None:
    assert seconds_text(seconds) == said


def test_every_picture_that_was_drawn_is_shown() -> None:
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGE.parent.glob("*.md"))
    assert [path.name for path in FOLDER.glob("*.svg") if f"pictures/{path.name}" not in shown] == []
