"""``desireline maps propose``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desireline.app.commands import main
from desireline.maps import Document, problems_of, read_file
from desireline.maps.storing import history, save
from desireline.store import Workspace

from .logs import OPTIONAL, make_log, map_text

TEXT = "# ours\n" + map_text("search", "compare", "order", "received")
IDENT = "make-optional:compare"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_log(tmp_path_factory.mktemp("log"), OPTIONAL)


@pytest.fixture
def run(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Runner:
    monkeypatch.chdir(tmp_path)
    Path("map.yaml").write_text(TEXT)
    return Runner(workspace, capsys, monkeypatch)


class Runner:
    def __init__(
        self, workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.workspace, self.capsys, self.monkeypatch = workspace, capsys, monkeypatch

    def __call__(self, *words: str, code: int = 0) -> str:
        """Standard output, or the error of a command that ends with ``code``."""
        words = ("desireline", "maps", "propose", *words, "-w", str(self.workspace.folder))
        self.monkeypatch.setattr(sys, "argv", list(words))
        ended = 0
        try:
            main()
        except SystemExit as end:
            ended = int(end.code or 0)
        came = self.capsys.readouterr()
        assert ended == code, came.err
        return came.err if code else came.out


def test_a_first_map_is_written_as_yaml_and_as_json(run: Runner) -> None:
    run("-o", "first.yaml", "--title", "I buy", "--persona", "Callers: channel = phone")
    run("-o", "first.json", "--title", "I buy", "--persona", "Callers: channel = phone")
    first, second = read_file(Path("first.yaml")), read_file(Path("first.json"))
    assert (first.syntax, second.syntax) == ("yaml", "json")
    assert first.tree == second.tree
    assert problems_of(first) == []


def test_without_a_file_the_map_is_printed(run: Runner) -> None:
    text, tree = run(), json.loads(run("--json"))
    assert Document(text).tree == tree


def test_conditions_on_the_data_stand_in_the_scope_of_the_map(run: Runner) -> None:
    found = json.loads(run("--json", "--where", "touchpoint != Compare", "--segment", "channel = web"))
    assert found["scope"] == {"segment": "channel = web", "where": "touchpoint != Compare"}
    assert "Compare" not in [step["name"] for phase in found["phases"] for step in phase["steps"]]


def test_proposals_are_printed_with_their_numbers(run: Runner) -> None:
    assert run("map.yaml") == (
        "make-optional:compare\n"
        "  Make 'Compare' optional\n"
        "  40 of 80 journeys that come to it or past it skip it: 50.0%, 95% interval 39.3% to 60.7%; fit then 100.0%\n"
    )


def test_as_json_they_have_ids_and_numbers(run: Runner) -> None:
    found = json.loads(run("map.yaml", "--json"))
    assert set(found) == {
        *("map", "title", "journeys", "only_at_goal", "fit", "first", "last", "proposals", "rejected", "discarded"),
    }
    (proposal,) = found["proposals"]
    assert (proposal["id"], proposal["kind"], proposal["count"], proposal["of"]) == (IDENT, "make-optional", 40, 80)


def test_accepting_changes_the_file_in_place(run: Runner) -> None:
    run("map.yaml", "--accept", IDENT)
    assert Path("map.yaml").read_text() == TEXT.replace(
        '{id: compare, name: Compare, binding: {where: "touchpoint = Compare"}}',
        '{id: compare, name: Compare, binding: {where: "touchpoint = Compare"}, optional: true}',
    )


def test_with_a_file_named_the_map_itself_stays(run: Runner) -> None:
    run("map.yaml", "--reject", IDENT, "--because", "it is the law", "-o", "other.yaml")
    assert Path("map.yaml").read_text() == TEXT
    assert "because: it is the law" in Path("other.yaml").read_text()


def test_a_map_of_the_workspace_gets_a_new_version(run: Runner, workspace: Workspace) -> None:
    save(workspace, Document(TEXT), author="Ada")
    run("buy", "--accept", IDENT, "--author", "Ben")
    first, second = history(workspace, "map", "buy")
    assert (second.author, second.label, second.based_on) == ("Ben", "Accepted make-optional:compare", first.number)
    assert "optional: true" in (second.text or "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--accept", IDENT], "--accept: not expected here"),
        (["map.yaml", "--steps", "3"], "--steps: not expected here"),
        (["map.yaml", "--because", "so"], "--because: not expected here"),
        (["map.yaml", "-o", "new.yaml"], "--out: not expected here"),
        (["map.yaml", "--accept", "make-optional:order"], "there is no proposal 'make-optional:order'"),
        (["map.yaml", "--accept", IDENT, "-o", "map.yaml"], "map.yaml is there already"),
        (["-o", "map.yaml"], "map.yaml is there already"),
        (["gone.yaml"], "gone.yaml cannot be read"),
        (["--persona", "channel = web"], "expected a persona such as"),
        (["--period", "2030-01-01..2030-02-01"], "expected at least 30 journeys to make a map of, got none"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_cannot_be_is_refused_and_nothing_is_written(run: Runner, words: list[str], message: str) -> None:
    assert message in run(*words, code=1)
    assert [path.name for path in Path().iterdir()] == ["map.yaml"]
    assert Path("map.yaml").read_text() == TEXT
