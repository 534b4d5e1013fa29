"""The command line as a user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from desireline.app.commands import app
from desireline.app.lazy import LAZY
from desireline.base import DesirelineError

ROWS = """\
user,at,event,channel
a,2026-01-01T10:00:00Z,Visit,web
a,2026-01-01T10:10:00Z,Basket,web
a,2026-01-03T10:00:00Z,Call,phone
b,2026-01-02T10:00:00Z,Visit,web
b,2026-01-02T10:20:00Z,Basket,web
,2026-01-02T10:20:00Z,Basket,web
"""


def run(*arguments: str | Path) -> str:
    """The standard output of a command that works."""
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("commands")
    (folder / "shop.csv").write_text(ROWS)
    run("init", folder / "workspace")
    run("import", folder / "shop.csv", "-w", folder / "workspace")
    return folder / "workspace"


def test_import_prints_the_four_counts_per_file_and_in_all(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(ROWS)
    run("init", tmp_path / "workspace")
    printed = json.loads(run("import", tmp_path / "shop.csv", "-w", tmp_path / "workspace", "--json"))
    counts = {"read": 6, "stored": 5, "duplicates": 0, "quarantined": 1}
    assert {key: printed[key] for key in counts} == counts
    assert {key: printed["files"][0][key] for key in counts} == counts


def test_flow_as_json(workspace: Path) -> None:
    printed = json.loads(run("journeys", "flow", "-w", workspace, "--json"))
    assert printed["nodes"][0].keys() == {"name", "interactions", "customers"}
    assert printed["edges"][0] == {
        "from": "Visit",
        "to": "Basket",
        "count": 2,
        "customers": 2,
        "median_seconds": 900.0,
        "mean_seconds": 900.0,
    }


def test_variants_as_json(workspace: Path) -> None:
    printed = json.loads(run("journeys", "variants", "-w", workspace, "--json"))
    assert printed["total_customers"] == 2
    assert {"path", "customers", "share", "median_seconds"} <= printed["variants"][0].keys()


def test_funnel_as_json(workspace: Path) -> None:
    printed = json.loads(
        run("journeys", "funnel", "Visit", "Basket", "Call", "--within", "7d", "-w", workspace, "--json")
    )
    assert [step["customers"] for step in printed["steps"]] == [2, 2, 1]
    assert {"name", "customers", "conversion", "median_seconds"} <= printed["steps"][0].keys()


def test_sessions_as_json(workspace: Path) -> None:
    printed = json.loads(run("journeys", "sessions", "--gap", "15m", "-w", workspace, "--json"))
    assert {"sessions": 4, "median_interactions": 1.0, "median_seconds": 0.0}.items() <= printed.items()


def test_channels_as_json(workspace: Path) -> None:
    printed = json.loads(run("journeys", "channels", "-w", workspace, "--json"))
    assert printed["moves"] == [{"from": "web", "to": "phone", "count": 1, "customers": 1}]
    assert printed["starts"] == [{"channel": "web", "count": 2}]
    assert printed["ends"] == [{"channel": "phone", "count": 1}, {"channel": "web", "count": 1}]


@pytest.mark.parametrize(
    "command",
    [
        ["journeys", "flow", "--by", "channel"],
        ["journeys", "variants"],
        ["journeys", "funnel", "Visit", "Basket", "--strict"],
        ["journeys", "sessions"],
        ["journeys", "channels", "--top", "1"],
        ["journeys", "index"],
        ["interactions", "count"],
        ["sources", "list"],
        ["sources", "quarantine", "list"],
        ["identity", "summary"],
        ["identity", "show", "a"],
    ],
    ids=" ".join,
)
def test_a_reading_command_prints_something_for_people(workspace: Path, command: list[str]) -> None:
    assert len(run(*command, "-w", workspace).splitlines()) >= 2


def test_the_workspace_may_come_from_the_environment(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIRELINE_WORKSPACE", str(workspace))
    assert "Visit" in run("journeys", "flow")


def test_report_writes_a_page(workspace: Path, tmp_path: Path) -> None:
    run("report", "-w", workspace, "-o", tmp_path / "page.html", "--title", "A small shop")
    assert "A small shop" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_an_empty_workspace_has_a_report(tmp_path: Path) -> None:
    run("init", tmp_path / "empty")
    run("report", "-w", tmp_path / "empty", "-o", tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size > 1_000


def test_the_demo_prints_at_most_twenty_lines_and_can_be_run_again(tmp_path: Path) -> None:
    printed = run("demo", tmp_path / "demo", "--customers", "200")
    assert 5 <= len(printed.splitlines()) <= 20
    assert all((tmp_path / "demo" / name).exists() for name in ("journeys.html", "map.html", "map.yaml"))
    assert run("demo", tmp_path / "demo", "--customers", "200") == printed


def test_demo_files_only_writes_no_workspace(tmp_path: Path) -> None:
    run("demo", "--files-only", tmp_path / "files", "--customers", "50")
    assert (tmp_path / "files" / "calls.csv").exists()
    assert not (tmp_path / "files" / "workspace").exists()


@pytest.mark.parametrize(
    ("command", "message"),
    [
        pytest.param(["journeys", "flow", "-w", "nowhere"], "not a Desireline workspace", id="no workspace"),
        pytest.param(["journeys", "funnel", "Vist", "-w", "WORKSPACE"], "did you mean 'Visit'", id="unknown step"),
        pytest.param(["import", "missing.csv", "-w", "WORKSPACE"], "there is no file", id="no file"),
        pytest.param(["import", __file__, "-s", "nobody", "-w", "WORKSPACE"], "no source", id="no source"),
        pytest.param(["identity", "show", "zz", "-w", "WORKSPACE"], "no interaction was seen", id="no identifier"),
        pytest.param(["journeys", "flow", "--where", "x ~ y", "-w", "WORKSPACE"], "cannot be read", id="condition"),
    ],
)
def test_what_goes_wrong_is_an_error_with_a_hint(workspace: Path, command: list[str], message: str) -> None:
    arguments = [str(workspace) if each == "WORKSPACE" else each for each in command]
    with pytest.raises(DesirelineError, match=message):
        CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_an_error_is_said_on_standard_error_without_a_stack_trace() -> None:
    command = [sys.executable, "-m", "desireline", "journeys", "flow", "-w", "nowhere"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr.splitlines() == [
        "error: nowhere is not a Desireline workspace (it has no desireline.toml)",
        "hint: make one with: desireline init nowhere",
    ]


def test_the_list_of_commands_imports_no_package() -> None:
    code = "import sys; from desireline.app.commands import app; app(['--help'], standalone_mode=False); " + (
        "sys.exit(any(name in sys.modules for name in ('numpy', 'duckdb', 'sqlalchemy', 'pyarrow', 'numba')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("name", LAZY)
def test_a_lazy_command_is_listed_with_its_own_help(name: str) -> None:
    command = LAZY[name].load()
    assert (command.help or "").splitlines()[0].strip() == LAZY[name].help


def test_every_command_has_help() -> None:
    def check(command: object, path: list[str]) -> None:
        assert getattr(command, "help", None), path
        for name, child in getattr(command, "commands", {}).items():
            check(child, [*path, name])

    check(typer.main.get_command(app), [])
    for name, lazy in LAZY.items():
        check(lazy.load(), [name])
