"""``desireline improve`` as somebody types it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from desireline.app.commands import app

TEXT = """
desireline: map/1
id: m
title: I call
opportunities:
  - {id: easy, title: Easy, reach: 100, impact: 1, confidence: 0.5, person_months: 1, ease: 8}
  - {id: vague, title: Vague, reach: 100, confidence: 0.5}
  - {id: bare, title: Bare}
  - {id: dim, title: Dim, reach: 10, confidence: 0.8}
phases: [{id: p, name: P, steps: [{id: s, name: S}]}]
"""


def listed(tmp_path: Path, *options: str) -> tuple[list[str], list[str]]:
    """The rows of the table, and what is said beside it."""
    (tmp_path / "m.yaml").write_text(TEXT)
    result = CliRunner().invoke(app, ["improve", "list", str(tmp_path / "m.yaml"), *options], catch_exceptions=False)
    return result.stdout.splitlines()[2:], result.stderr.splitlines()


def test_what_is_missing_is_named_of_all_that_have_no_score(tmp_path: Path) -> None:
    rows, said = listed(tmp_path, "--score", "rice")
    assert rows[0].split()[:3] == ["1", "Easy", "50.00"]
    assert said == [
        "1 of 3 without a score lack reach, impact, confidence, person_months: bare",
        "2 of 3 without a score lack impact, person_months: dim, vague",
    ]


def test_ice_is_impact_times_confidence_times_ease(tmp_path: Path) -> None:
    rows, said = listed(tmp_path, "--score", "ice")
    assert rows[0].split()[:3] == ["1", "Easy", "4.00"]
    assert len(said) == 2
