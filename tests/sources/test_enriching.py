"""Sentiments that an import gives to texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desireline
from desireline.base import InputError, SettingsError
from desireline.interactions import read_interactions
from desireline.sources import Counts, import_files
from desireline.sources.conversations import feelings
from desireline.sources.enriching import sentiment_model
from desireline.sources.sentiment import MODELS
from desireline.store import Workspace

MAPPING = """
source: survey
channel: survey
touchpoint: Survey answered
occurred_at: {column: at}
identifiers: {user: {column: user}}
text: {column: comment}
"""
ROWS = """\
user,at,comment,feeling
a,2026-01-01,"Great service, thank you!",
b,2026-01-02,Terrible. I had to call three times and nobody helped.,
c,2026-01-03,Der Techniker kam nicht,
d,2026-01-04,,
e,2026-01-05,"Great service, thank you!",-1.5
"""


def sentiments(folder: Path, mapping: str, settings: str = "") -> list[float | None]:
    workspace = made(folder, settings)
    (folder / "mapping.yaml").write_text(mapping)
    (folder / "rows.csv").write_text(ROWS)
    import_files(workspace, [folder / "rows.csv"], mapping=folder / "mapping.yaml")
    return [row["sentiment"] for row in read_interactions(workspace, range(5))]


def made(folder: Path, settings: str) -> Workspace:
    desireline.create(folder / "workspace")
    with (folder / "workspace" / "desireline.toml").open("a") as file:
        file.write(settings)
    return desireline.open(folder / "workspace")


def test_a_text_gets_a_sentiment_and_a_text_the_model_cannot_read_gets_none(tmp_path: Path) -> None:
    good, bad, foreign, missing, again = sentiments(tmp_path, MAPPING)
    assert good is not None and 1 < good <= 2
    assert bad is not None and -2 <= bad < 0
    assert (foreign, missing, again) == (None, None, good)


def test_a_sentiment_of_the_source_itself_stays(tmp_path: Path) -> None:
    found = sentiments(tmp_path, MAPPING + "sentiment: {column: feeling}\n")
    assert found[4] == -1.5
    assert found[0] is not None and found[0] > 1


def test_without_a_model_texts_stay_without_sentiment(tmp_path: Path) -> None:
    assert sentiments(tmp_path, MAPPING, '[sentiment]\nmodel = "none"\n') == [None] * 5


@pytest.mark.parametrize("section", [{"model": "vador"}, {"modle": "vader"}], ids=["model", "key"])
def test_what_the_settings_cannot_mean_is_said(section: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="sentiment"):
        sentiment_model(section)


@pytest.mark.parametrize(
    ("fields", "reads"),
    [
        pytest.param("actor: customer", True, id="customer"),
        pytest.param("actor: customer\ndirection: outbound", True, id="customer who was called"),
        pytest.param("actor: agent", False, id="agent"),
        pytest.param("actor: agent\ndirection: inbound", False, id="what an agent wrote of a call"),
        pytest.param("actor: bot", False, id="bot"),
        pytest.param("actor: system", False, id="system"),
        pytest.param("direction: inbound", True, id="inbound"),
        pytest.param("direction: outbound", False, id="outbound"),
        pytest.param("direction: internal", False, id="internal"),
    ],
)
def test_only_what_customers_say_gets_a_sentiment(tmp_path: Path, fields: str, reads: bool) -> None:
    found = sentiments(tmp_path, f"{MAPPING}{fields}\nsentiment: {{column: feeling}}\n")
    assert (found[0] is not None) == reads
    assert found[4] == -1.5


@pytest.mark.parametrize("name", MODELS)
def test_a_model_keeps_to_the_scale_and_to_the_order_of_texts(name: str) -> None:
    texts = ["I love it!!! Best ever, amazing, wonderful", "I hate it, awful, horrible, the worst", "", "xyzzy"]
    scores = MODELS[name].scores(texts)
    assert len(scores) == 4
    assert scores[0] is not None and scores[1] is not None
    assert 2 >= scores[0] > 0 > scores[1] >= -2
    assert MODELS[name].scores([]) == []


def test_an_unknown_section_of_the_settings_is_an_error_with_the_near_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="did you mean identifiers"):
        made(tmp_path, '[identifers]\ndefault_region = "DE"\n')


class Counting:
    """A model of our own: the number in a text is its sentiment, a text without one has none."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, texts: Sequence[str]) -> list[float | None]:
        self.read += texts
        found = [re.search(r"-?[0-9.]+", text) for text in texts]
        return [None if each is None else float(each[0]) for each in found]


@pytest.mark.parametrize(
    ("turns", "overall", "curve"),
    [
        ([], None, None),
        (["hello", ""], None, None),
        (["1"], 1.0, "1"),
        (["hello", "1", "-1"], 0.0, "1 -1"),
        (["0.4", "-0.2", "-1.1", "0.8"], -0.03, "0.4 -0.2 -1.1 0.8"),
        (["1", "1", "-1", "-1", "0", "0", "2", "2"], 0.5, "1 -1 0 2"),
        (["1", "-1", "-1", "-1", "2"], 0.0, "1 -1 -1 0.5"),
        (["-2 that is nine words long of a complaint", "1"], -1.7, "-2 1"),
    ],
    ids=["nothing said", "nothing told", "one", "what does not tell is left out", "four", "eight", "five", "words"],
)
def test_a_conversation_has_a_feeling_and_a_curve(turns: list[str], overall: float | None, curve: str | None) -> None:
    (found,) = feelings([turns], Counting())
    assert (found.overall, found.curve_text()) == (overall, curve)


@given(st.lists(st.lists(st.sampled_from(["1 good", "-2 very bad", "hello", "0.5", ""]), max_size=12), max_size=5))
def test_the_curve_is_that_of_the_slow_reference(conversations: list[list[str]]) -> None:
    for turns, found in zip(conversations, feelings(conversations, Counting()), strict=True):
        told = [(float(turn.split()[0]), len(turn.split())) for turn in turns if turn not in ("hello", "")]
        parts: list[list[tuple[float, int]]] = [[] for _ in range(min(4, len(told)))]
        for place, each in enumerate(told):
            parts[min(part for part in range(len(parts)) if place < len(told) * (part + 1) // len(parts))].append(each)
        assert found.curve == tuple(_weighted(part) for part in parts)
        assert found.overall == (_weighted(told) if told else None)
        assert all(-2 <= value <= 2 for value in found.curve)


def _weighted(told: list[tuple[float, int]]) -> float:
    words = [score for score, count in told for _ in range(count)]
    return round(sum(words) / len(words), 2)


TRANSCRIPTS = MAPPING.replace("comment", "summary") + "turns: {column: said}\nattributes: [topic]\n"
CALLS = """\
{"user": "a", "at": "2026-01-01", "summary": "0.1", "topic": "bill", "said": ["-1 no", "1 yes"]}
{"user": "b", "at": "2026-01-02", "summary": "0.2", "said": []}
{"user": "c", "at": "2026-01-03", "summary": "0.3"}
{"user": "d", "at": "2026-01-04", "summary": "0.4", "said": "not a list"}
"""


def test_turns_are_read_in_place_of_the_text_by_any_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Counting()
    monkeypatch.setitem(MODELS, "counting", model)
    workspace = made(tmp_path, '[sentiment]\nmodel = "counting"\n')
    counts = brought(workspace, TRANSCRIPTS)
    assert (counts.stored, counts.quarantined) == (3, 1)
    rows = read_interactions(workspace, range(4))
    assert [row["sentiment"] for row in rows] == [0.0, 0.2, 0.3]
    assert [row["attributes"] for row in rows] == [{"topic": "bill", "sentiment_curve": "-1 1"}, {}, {}]
    assert [row["text"] for row in rows] == ["0.1", "0.2", "0.3"]
    assert sorted(model.read) == ["-1 no", "0.2", "0.3", "1 yes"]


def test_without_a_model_turns_give_neither(tmp_path: Path) -> None:
    workspace = made(tmp_path, '[sentiment]\nmodel = "none"\n')
    brought(workspace, TRANSCRIPTS)
    rows = read_interactions(workspace, range(4))
    assert [(row["sentiment"], row["attributes"].get("sentiment_curve")) for row in rows] == [(None, None)] * 3


def test_a_curve_of_the_source_itself_stays(tmp_path: Path) -> None:
    workspace = made(tmp_path, "")
    brought(workspace, TRANSCRIPTS.replace("[topic]", "{sentiment_curve: {column: topic}}"))
    assert read_interactions(workspace, [0])[0]["attributes"] == {"sentiment_curve": "bill"}


@pytest.mark.parametrize("value", ["said", "{columns: said}", "[said]"])
def test_turns_are_a_column(tmp_path: Path, value: str) -> None:
    with pytest.raises(InputError, match=r"turns: expected \{column: NAME\}"):
        brought(made(tmp_path, ""), MAPPING + f"turns: {value}\n")


def brought(workspace: Workspace, mapping: str) -> Counts:
    folder = workspace.folder.parent
    (folder / "mapping.yaml").write_text(mapping)
    (folder / "calls.jsonl").write_text(CALLS)
    return import_files(workspace, [folder / "calls.jsonl"], mapping=folder / "mapping.yaml").counts
