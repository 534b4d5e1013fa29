"""Models for sentiment that installed packages offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from desireline.base import SettingsError
from desireline.sources import sentiment
from desireline.sources.enriching import sentiment_model


class Happy:
    def scores(self, texts: Sequence[str]) -> list[float | None]:
        return [2 if "gut" in text else None for text in texts]


class TooFew:
    def scores(self, texts: Sequence[str]) -> list[float | None]:
        return []


class OffTheScale:
    def scores(self, texts: Sequence[str]) -> list[float | None]:
        return [5.0 for _ in texts]


class NoModel:
    pass


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Offers a class of this module as the model ``mine``, as an installed package would."""

    def offer(name: str) -> None:
        entry = EntryPoint("mine", f"{__name__}:{name}", sentiment.GROUP)
        monkeypatch.setattr(sentiment, "entry_points", lambda **wanted: EntryPoints([entry]).select(**wanted))
        monkeypatch.setitem(__import__("sys").modules, __name__, _here())

    return offer


def _here() -> object:
    return type("module", (), globals())


def test_a_model_of_a_package_is_used_by_its_name(offered: Callable[[str], None]) -> None:
    offered("Happy")
    model = sentiment_model({"model": "mine"})
    assert model is not None and model.scores(["gut", "schlecht"]) == [2.0, None]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Gone", "cannot be loaded"), ("NoModel", "has no method scores"), ("TooFew", "expected 1 scores, got 0"),
     ("OffTheScale", "expected scores from -2 to 2, got 5.0")],
)  # fmt: skip
def test_a_model_that_is_none_is_one_error(offered: Callable[[str], None], name: str, said: str) -> None:
    offered(name)
    with pytest.raises(SettingsError, match=said):
        model = sentiment_model({"model": "mine"})
        assert model is not None
        model.scores(["gut"])


def test_an_unknown_model_is_an_error_that_names_close_ones(offered: Callable[[str], None]) -> None:
    offered("Happy")
    with pytest.raises(SettingsError, match="did you mean mine"):
        sentiment_model({"model": "mime"})
