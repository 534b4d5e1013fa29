"""Sentiments that an import gives to texts."""

from __future__ import annotations

from pathlib import Path

import pytest

import desireline
from desireline.base import SettingsError
from desireline.interactions import read_interactions
from desireline.sources import import_files
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
