from __future__ import annotations

import json
from typing import Any

import pytest

from desireline.base.console import print_json, print_table, progress_bar, say

LONG = "a touchpoint with a very long name, longer than any terminal is wide " * 3


def printed(capsys: pytest.CaptureFixture[str], columns: list[str], rows: list[list[Any]]) -> list[str]:
    print_table(columns, rows)
    return capsys.readouterr().out.splitlines()


def test_texts_stand_left_and_numbers_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, ["name", "customers", "share"], [["a", 1_234_567, 0.5], ["long name", None, None]]) == [
        "name       customers  share",
        "─────────  ─────────  ─────",
        "a          1,234,567    0.5",
        "long name",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(True, "yes"), (False, "no"), (None, ""), (float("nan"), "–"), (1234.56, "1,234.6"), (" a\n\tb ", "a b")],
)
def test_cells(capsys: pytest.CaptureFixture[str], cell: object, text: str) -> None:
    assert printed(capsys, ["x"], [[cell]])[2].strip() == text


def test_wide_letters_and_accents_do_not_shift_columns(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ["name", "n"], [["支払い", 1], ["e\u0301te\u0301", 2], ["plain", 3]])
    assert lines[2:] == ["支払い  1", "e\u0301te\u0301     2", "plain   3"]


def test_data_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, ["name"], [["\x1b[2Jgone\x07\x9b1m"]])
    assert lines[2] == "\ufffd[2Jgone\ufffd\ufffd1m"


def test_nothing_is_cut_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert LONG.strip() in printed(capsys, ["name", "n"], [[LONG, 1]])[2]


def test_a_terminal_is_not_overrun(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    lines = printed(capsys, ["name", "other", "n"], [[LONG, "支" * 60, 1_000_000]])
    assert all(len(line) <= 40 for line in lines)
    assert lines[2].count("…") == 2
    assert lines[-1].endswith("1,000,000")


def test_figures_are_never_cut_but_follow_below(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    columns = ["channel", "contacts", "resolved", "95% interval"]
    lines = printed(capsys, columns, [["phone", 722, "80.4% of 694", "77.3% to 83.2%"]])
    assert lines == [
        "channel  contacts  resolved",
        "───────  ────────  ────────────",
        "phone         722  80.4% of 694",
        "",
        "channel  95% interval",
        "───────  ──────────────",
        "phone    77.3% to 83.2%",
    ]


def test_two_columns_come_again_where_one_does_not_tell_rows_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "24")
    lines = printed(
        capsys, ["from", "to", "count", "dark time"], [["web", "chat", 3, "2 d"], ["web", "phone", 2, "1 h"]]
    )
    assert [line.split() for line in lines if line[:3] == "web"] == [
        ["web", "chat", "3"],
        ["web", "phone", "2"],
        ["web", "chat", "2", "d"],
        ["web", "phone", "1", "h"],
    ]


def test_a_table_without_rows_has_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["name", "n"], [], title="Nothing")
    assert capsys.readouterr().out == "Nothing\nname  n\n────  ─\n"


def test_json_is_json_whatever_the_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": [float("nan"), float("inf"), (1, 0.5)], "ä": None})
    printed_text = capsys.readouterr().out
    assert json.loads(printed_text) == {"a": [None, None, [1, 0.5]], "ä": None}
    assert "NaN" not in printed_text
    assert "ä" in printed_text


def test_remarks_and_progress_do_not_mix_with_data(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as progress:
        progress.step("reading", done=1, total=2)
    say("done")
    assert capsys.readouterr() == ("", "done\n")
