from __future__ import annotations

import threading

import pytest

from desireline.app.home.remembering import Ready, Remembered, Working
from desireline.base import InputError, Progress


def test_an_answer_is_worked_out_once_for_a_key() -> None:
    calls: list[str] = []
    remembered = Remembered()
    for key in ("a", "a", "b"):
        found = remembered.ask(key, lambda _, key=key: calls.append(key) or key.upper(), patience_seconds=10)
        assert found == Ready(key.upper())
    assert calls == ["a", "b"]


def test_who_asks_while_it_is_worked_on_is_told_how_far_it_is() -> None:
    remembered, go_on, told = Remembered(), threading.Event(), threading.Event()

    def compute(progress: Progress) -> int:
        progress.step("reading", done=2, total=5)
        told.set()
        go_on.wait(10)
        return 7

    remembered.ask("a", compute, patience_seconds=0)
    assert told.wait(10)
    assert remembered.ask("a", compute, patience_seconds=0) == Working("reading", 2, 5)
    go_on.set()
    assert remembered.ask("a", compute, patience_seconds=10) == Ready(7)


def test_an_error_is_told_and_the_next_who_asks_has_it_tried_again() -> None:
    remembered, tries = Remembered(), iter([InputError("no"), None])

    def compute(_: Progress) -> str:
        error = next(tries)
        if error is not None:
            raise error
        return "now"

    with pytest.raises(InputError, match="no"):
        remembered.ask("a", compute, patience_seconds=10)
    assert remembered.ask("a", compute, patience_seconds=10) == Ready("now")


def test_only_so_many_answers_are_kept() -> None:
    calls: list[int] = []
    remembered = Remembered(most=2)
    for key in (1, 2, 3, 1):
        remembered.ask(key, lambda _, key=key: calls.append(key), patience_seconds=10)
    assert calls == [1, 2, 3, 1]
