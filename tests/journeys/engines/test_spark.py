"""Spark gives what threads on this machine give, digit by digit: on a real master with two workers."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import desireline
from desireline.app.commands import main
from desireline.base import EngineError, InputError, SilentProgress
from desireline.journeys import (
    Analysis,
    Engine,
    LocalEngine,
    OverviewAnalysis,
    Selection,
    SparkEngine,
    flow,
    sessions,
)
from desireline.journeys.engines import spark_parts, spark_tasks
from desireline.journeys.engines.log_reading import open_log
from desireline.journeys.engines.spark_parts import distribute
from desireline.journeys.engines.spark_session import reporting, start, stop
from desireline.journeys.fields import fields_of_analysis
from desireline.journeys.model import Result
from desireline.journeys.selection import make_cutter
from desireline.store import Workspace, open_mirror
from desireline.store.workspace import SETTINGS_FILE

from .cluster import Cluster
from .questions import every_analysis
from .shops import TAXONOMY, make_shop, make_workspace

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EVERYTHING = Selection()
A_PERIOD = Selection(period="2026-01-05..2026-01-19")
IN_SESSIONS = Selection(period="2026-01-05..", where="channel != app", span="session", gap="3d")
OF_CALLERS = Selection(
    segment="channel = phone and source exists", where="channel != app", period="2026-01-05..2026-01-19"
)
OF_OTHERS = Selection(not_segment="channel = phone and source exists", period="2026-01-05..2026-01-19")
NOTHING = Selection(where="touchpoint = Nothing")
QUESTIONS = dict(sorted(every_analysis().items(), key=lambda each: fields_of_analysis(each[1])))
"""Those that read the same fields come together, as Spark reads the log again for others."""
FEW = {name: QUESTIONS[name] for name in ("FlowAnalysis()", "OverviewAnalysis()", "GapsAnalysis()")}
ONE = [f"ann,,2026-01-0{day}T10:00:00Z,{event},web," for day, event in enumerate(("Visit", "Order", "Call"), start=1)]


def asked(folder: Path) -> list[tuple[str, Workspace, Selection, dict[str, Analysis[Result]]]]:
    """Workspaces, and what is asked about each."""
    for name in ("shop", "joined", "one", "empty"):
        (folder / name).mkdir()
    joined = make_shop(folder / "joined")
    (joined.folder / "taxonomy.yaml").write_text(TAXONOMY)
    shop = make_shop(folder / "shop")
    return [
        ("a shop", shop, EVERYTHING, QUESTIONS),
        ("a shop in sessions", shop, IN_SESSIONS, QUESTIONS),
        ("a shop in a period", shop, A_PERIOD, FEW),
        ("the callers of a shop in a period", shop, OF_CALLERS, FEW),
        ("those who never call a shop in a period", shop, OF_OTHERS, FEW),
        ("nothing of a shop", shop, NOTHING, FEW),
        ("a shop with a taxonomy", joined, EVERYTHING, FEW),
        ("one customer", make_workspace(folder / "one", [ONE]), EVERYTHING, QUESTIONS),
        ("an empty log", make_workspace(folder / "empty", []), EVERYTHING, QUESTIONS),
    ]


def outcome(engine: Engine, workspace: Workspace, analysis: Analysis[Result], selection: Selection) -> str:
    """The result with all its digits, or what was wrong with the question."""
    try:
        return repr(engine.ask(workspace, analysis, selection))
    except InputError as error:
        return repr(error)


def test_every_analysis_gives_the_same_on_both_engines(master: str, tmp_path: Path, subtests: pytest.Subtests) -> None:
    here = LocalEngine(threads=2)
    with SparkEngine(master) as there:
        for place, workspace, selection, questions in asked(tmp_path):
            for name, analysis in questions.items():
                with subtests.test(f"{name} of {place}"):
                    expected = outcome(here, workspace, analysis, selection)
                    assert outcome(there, workspace, analysis, selection) == expected


def test_the_command_line_asks_the_cluster(
    master: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(make_workspace(tmp_path, [ONE]).folder)
    answers = []
    for engine in ("local", master):
        monkeypatch.setattr(
            sys, "argv", ["desireline", "--engine", engine, "journeys", "variants", "-w", folder, "--json"]
        )
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0
        answers.append(capsys.readouterr())
    assert answers[1] == answers[0]
    assert not answers[0].err
    assert "pyspark" in sys.modules
    assert sys.modules["pyspark"].SparkContext._active_spark_context is None


def test_workers_read_the_mirror_of_the_log_with_the_keys_of_who_asks(
    master: str,
    cluster: Cluster,
    s3: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    before = cluster.logs()
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.task.maxFailures=1 pyspark-shell")
    shop = make_shop(tmp_path)
    with (shop.folder / SETTINGS_FILE).open("a") as settings:
        settings.write(f'[log]\nmirror = "s3://{s3}/shop"\n')
    workspace = desireline.open(shop.folder)
    with SparkEngine(master) as engine:
        assert flow(workspace, engine=engine) == flow(workspace)
        assert sessions(workspace, engine=engine, where="attributes.device = ios") == sessions(
            workspace, where="attributes.device = ios"
        )
        spoil_mirror(workspace)
        with pytest.raises(EngineError, match=r"Spark could not finish: .*Parquet"):
            flow(workspace, engine=engine, period="2026-01-05..")
    assert len(before) >= 3, "of the master and two workers"
    assert len(cluster.logs() - before) >= 2, "of an executor on each"
    printed = "".join([*(log.read_text(errors="replace") for log in cluster.logs()), *capfd.readouterr()])
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in printed


def spoil_mirror(workspace: Workspace) -> None:
    """Replace every file of the mirror by one of the same size with nothing in it."""
    mirror = open_mirror(workspace.section("log"))
    assert mirror is not None
    for path in workspace.log.files():
        with mirror.storage.open_output_stream(str(mirror.path_of(path.name))) as file:
            file.write(bytes(path.stat().st_size))


def test_a_session_that_is_open_is_used_and_stays_open(
    master: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_shop(tmp_path)
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.task.maxFailures=1 pyspark-shell")
    session = start(master, patience_seconds=60)
    try:
        states_are_combined_in_tasks(workspace, session)
        failures_are_said_in_a_line(workspace, session, master)
        assert session.range(3).count() == 3
    finally:
        stop(session)
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.executor.memory=900g pyspark-shell")
    with pytest.raises(EngineError, match="gave no executor within 1 seconds"):
        start(master, patience_seconds=1)


def states_are_combined_in_tasks(workspace: Workspace, session: SparkSession) -> None:
    engine = SparkEngine(session=session)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark_parts, "_MOST_STATES", 1)
        assert sessions(workspace, engine=engine) == sessions(workspace)
    engine.close()


def failures_are_said_in_a_line(workspace: Workspace, session: SparkSession, master: str) -> None:
    with pytest.raises(EngineError, match="the folder of the workspace has to be at the same path on every worker"):
        read_elsewhere(workspace, session)
    with pytest.raises(EngineError, match="Spark is started in this process already"):
        flow(workspace, engine=master)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark_tasks, "VERSION", "0.0.1")
        with pytest.raises(
            EngineError, match=r"^Spark could not finish: expected desireline 0\.0\.1 on every Spark worker"
        ):
            flow(workspace, engine=SparkEngine(session=session))


def read_elsewhere(workspace: Workspace, session: SparkSession) -> None:
    """As if the workers did not have the folder of the workspace."""
    log = open_log(workspace, EVERYTHING)
    groups = tuple(replace(group, path=Path("/elsewhere") / group.path.name) for group in log.reader.groups)
    with reporting(session, SilentProgress()):
        parts = distribute(session, replace(log.reader, groups=groups))
        parts.state(OverviewAnalysis().begin(log.names), make_cutter(workspace, EVERYTHING, log.names))
