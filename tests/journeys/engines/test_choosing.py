"""Naming an engine: in a question, for a block of code, before a command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.app.commands import main
from desireline.base import EngineError, InputError
from desireline.journeys import LocalEngine, SparkEngine, flow, using
from desireline.journeys.engines import engine_for
from desireline.store import Workspace

from .cluster import free_port


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


class CountingEngine(LocalEngine):
    questions = 0

    def ask(self, *arguments: Any, **options: Any) -> Any:
        self.questions += 1
        return super().ask(*arguments, **options)


def test_an_engine_answers_the_questions_of_its_block_and_no_others(workspace: Workspace) -> None:
    engine = CountingEngine()
    flow(workspace)
    with using(engine):
        flow(workspace)
        flow(workspace, engine="local")
    flow(workspace)
    flow(workspace, engine=engine)
    assert engine.questions == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [("local", LocalEngine), ("spark-local", SparkEngine), ("spark-local[2]", SparkEngine)]
    + [(text, SparkEngine) for text in ("spark://host:7077", "spark://one:7077,two:7078", "spark://[::1]:7077")],
)
def test_an_engine_has_a_name(text: str, kind: type) -> None:
    with engine_for(text) as engine:
        assert type(engine) is kind


@pytest.mark.parametrize("text", ["", "spark", "Local", "spark://host", "spark://a b:1", "spark-local[0]", "yarn"])
def test_another_name_is_refused(workspace: Workspace, text: str) -> None:
    with pytest.raises(InputError, match="expected an engine, got"):
        flow(workspace, engine=text)


def test_a_master_that_is_not_there_is_said_at_once(workspace: Workspace) -> None:
    port = free_port()
    with pytest.raises(EngineError, match=f"127.0.0.1:{port}: Connection refused"):
        flow(workspace, engine=f"spark://127.0.0.1:{port}")


@pytest.mark.parametrize("home", [None, "/no/java/here"], ids=["not on the path", "not in JAVA_HOME"])
def test_without_java_the_error_says_how_to_get_it(
    workspace: Workspace, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("JAVA_HOME", home)
    with pytest.raises(EngineError, match="openjdk-17"):
        flow(workspace, engine="spark-local[1]")


def test_without_pyspark_the_error_says_how_to_get_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EngineError, match=r'pip install "desireline\[spark\]"'):
        flow(workspace, engine="spark-local[1]")


def test_a_question_that_cannot_be_asked_starts_nothing(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="period"):
        flow(workspace, period="yesterday", engine="spark-local[1]")


@pytest.mark.parametrize("way", ["option", "environment"])
def test_the_command_line_takes_an_engine(
    workspace: Workspace, way: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = f"spark://127.0.0.1:{free_port()}"
    option = ["--engine", engine] if way == "option" else []
    if way == "environment":
        monkeypatch.setenv("DESIRELINE_ENGINE", engine)
    monkeypatch.setattr(sys, "argv", ["desireline", *option, "journeys", "flow", "-w", str(workspace.folder)])
    with pytest.raises(SystemExit):
        main()
    assert f"error: the Spark master {engine} cannot be reached" in capsys.readouterr().err
