"""What is imported when: names of the package are there when they are asked for, and bring nothing else along."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import desireline
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import open_index

PACKAGES = ("desireline.journeys", "desireline.journeys.analyses", "desireline.journeys.engines", "desireline.maps")


def imported_by(statement: str) -> set[str]:
    """The modules that a new process has after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def checked_types(package: str) -> set[str]:
    """The names that a type checker sees."""
    tree = ast.parse(Path(str(import_module(package).__file__)).read_text(encoding="utf-8"))
    branch = next(node for node in tree.body if isinstance(node, ast.If))
    return {name.name for node in branch.body if isinstance(node, ast.ImportFrom) for name in node.names}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_of_a_package_is_there_and_is_listed(package: str) -> None:
    module = import_module(package)
    assert all(hasattr(module, name) for name in module.__all__)
    assert dir(module) == sorted(module.__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_type_checker_sees_the_names_that_are_there(package: str) -> None:
    assert checked_types(package) == set(import_module(package).__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_has_a_name_of_its_package_and_would_take_its_place(package: str) -> None:
    module = import_module(package)
    assert not {found.name for found in iter_modules(module.__path__)} & set(module.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"'desireline\.journeys' has no attribute 'flows'"):
        _ = import_module("desireline.journeys").flows


def test_importing_the_package_imports_none_of_its_modules() -> None:
    assert not {name for name in imported_by("import desireline.journeys") if name.startswith("desireline.journeys.")}


def test_a_question_imports_its_own_analysis_alone() -> None:
    modules = imported_by("from desireline.journeys import flow")
    known = {name for name in modules if name.startswith("desireline.journeys.analyses.")}
    assert known == {f"desireline.journeys.analyses.{name}" for name in ("flow", "medians")}


def test_answering_a_question_imports_no_large_package_that_it_does_not_need(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    seen = {"source": "shop", "channel": "web", "touchpoint": "Visit", "occurred_at": datetime(2026, 1, 1, tzinfo=UTC)}
    record_interactions(workspace, [NewInteraction(seen, {"user": "a"})])
    open_index(workspace)
    asked = f"import desireline; desireline.journeys.flow(desireline.open({str(workspace.folder)!r}))"
    large = {"altair", "duckdb", "pandas", "pyspark", "scipy.linalg", "scipy.stats", "sklearn"}
    assert not large & imported_by(asked)
