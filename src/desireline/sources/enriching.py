"""What an import adds to records: a sentiment for texts that come without one.

[sentiment]
model = "vader"      # or "none"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desireline.base import SettingsError, closest_names
from desireline.sources.compile import Compiled
from desireline.sources.sentiment import MODELS, SentimentModel

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 10_000


def sentiment_model(section: Mapping[str, Any]) -> SentimentModel | None:
    """The model that the section ``[sentiment]`` of the settings names; ``None`` for none.

    Raises
    ------
    SettingsError
        An unknown key, or a model that there is not.
    """
    unknown = set(section) - {"model"}
    if unknown:
        raise SettingsError(f"[sentiment]: unknown {', '.join(sorted(unknown))}", hint="known: model")
    name = section.get("model", "vader")
    if name == "none":
        return None
    if name not in MODELS:
        close = closest_names(str(name), [*MODELS, "none"])
        raise SettingsError(
            f"[sentiment] model: unknown model {name!r}",
            hint=f"did you mean {close[0]}?" if close else f"known: {', '.join(MODELS)}, none",
        )
    return MODELS[name]


def with_sentiment(
    connection: duckdb.DuckDBPyConnection, source: str, compiled: Compiled, *, model: SentimentModel | None
) -> str:
    """The records with a column ``_sentiment`` for their texts, as a subquery; every different text is read once.

    Parameters
    ----------
    source
        A subquery with the compiled columns.
    """
    if model is None or "_t_text" not in compiled.columns:
        return f"(SELECT *, NULL::DOUBLE AS _sentiment FROM {source})"
    connection.execute("CREATE TABLE sentiments (text VARCHAR, score DOUBLE)")
    query = f"SELECT DISTINCT _t_text FROM {source} WHERE _t_text IS NOT NULL"
    texts = [text for (text,) in connection.execute(query, compiled.used(query)).fetchall()]
    for start in range(0, len(texts), _AT_ONCE):
        _insert(connection, texts[start : start + _AT_ONCE], model)
    joined = "records LEFT JOIN sentiments ON records._t_text = sentiments.text"
    return f"(SELECT records.*, sentiments.score AS _sentiment FROM {source} AS {joined})"


def _insert(connection: duckdb.DuckDBPyConnection, texts: list[str], model: SentimentModel) -> None:
    import pyarrow as pa

    scored = pa.table({"text": pa.array(texts, pa.string()), "score": pa.array(model.scores(texts), pa.float64())})
    cursor = connection.cursor()
    cursor.register("scored", scored)
    cursor.execute("INSERT INTO sentiments SELECT text, score FROM scored")
    cursor.close()
