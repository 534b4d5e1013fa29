"""What an import adds to records: a sentiment for texts that come without one, for conversations with its curve.

Only what customers say has one: a text of an actor who is no customer, or of an unknown one that is not turned to the company,
gets none.

[sentiment]
model = "vader"      # or "none", or one that an installed package offers
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desireline.base import SettingsError, closest_names, phrase
from desireline.sources.compile import Compiled
from desireline.sources.conversations import feelings
from desireline.sources.sentiment import SentimentModel, model_named, model_names

if TYPE_CHECKING:
    import duckdb
    import pyarrow

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
        raise SettingsError(
            phrase("[sentiment]: unknown {unknown}", unknown=", ".join(sorted(unknown))), hint=phrase("known: model")
        )
    name = section.get("model", "vader")
    if name == "none":
        return None
    try:
        return model_named(str(name))
    except KeyError:
        known = [*model_names(), "none"]
        close = closest_names(str(name), known)
        raise SettingsError(
            phrase("[sentiment] model: unknown model {name!r}", name=name),
            hint=phrase("did you mean {close}?", close=close[0])
            if close
            else phrase("known: {known}", known=", ".join(known)),
        ) from None


def with_sentiment(
    connection: duckdb.DuckDBPyConnection, source: str, compiled: Compiled, *, model: SentimentModel | None
) -> str:
    """The records with columns ``_sentiment`` and ``_curve`` for their texts, as a subquery; every different text is read once.

    Where a record has the customer's turns of a conversation, these are read and not its text; only they have a curve. A text
    is read where the customer acted, or where nobody says who did and the direction is not outbound or internal.

    Parameters
    ----------
    source
        A subquery with the compiled columns.
    """
    wanted = [column for column in ("_t_text", "_turns") if column in compiled.columns]
    if model is None or not wanted:
        return f"(SELECT *, NULL::DOUBLE AS _sentiment, NULL::VARCHAR AS _curve FROM {source})"
    connection.execute("CREATE TABLE sentiments (text VARCHAR, score DOUBLE)")
    connection.execute("CREATE TABLE feelings (turns VARCHAR[], score DOUBLE, curve VARCHAR)")
    if "_turns" in wanted:
        _read_turns(connection, source, compiled, model)
    if "_t_text" in wanted:
        _read_texts(connection, source, compiled, model)
    text = "records._t_text" if "_t_text" in wanted else "NULL::VARCHAR"
    turns = "nullif(records._turns, [])" if "_turns" in wanted else "NULL::VARCHAR[]"
    alone = f"{turns} IS NULL AND {_said_by_customer(compiled)}"
    return f"""(
        SELECT records.*, coalesce(feelings.score, sentiments.score) AS _sentiment, feelings.curve AS _curve
        FROM {source} AS records LEFT JOIN feelings ON {turns} = feelings.turns
        LEFT JOIN sentiments ON {text} = sentiments.text AND {alone})"""


def _said_by_customer(compiled: Compiled) -> str:
    """Whether the text of a record may be the customer's."""
    actor, direction = (name if name in compiled.columns else "NULL" for name in ("_t_actor", "_t_direction"))
    return f"coalesce({actor} = 'customer', coalesce({direction}, 'inbound') = 'inbound')"


def _read_texts(connection: duckdb.DuckDBPyConnection, source: str, compiled: Compiled, model: SentimentModel) -> None:
    """Fill ``sentiments`` for the customers' texts of records without turns."""
    import pyarrow as pa

    alone = "AND coalesce(len(_turns), 0) = 0" if "_turns" in compiled.columns else ""
    query = f"SELECT DISTINCT _t_text FROM {source} WHERE _t_text IS NOT NULL AND {_said_by_customer(compiled)} {alone}"
    texts = [text for (text,) in connection.execute(query, compiled.used(query)).fetchall()]
    for start in range(0, len(texts), _AT_ONCE):
        chunk = texts[start : start + _AT_ONCE]
        scores = pa.array(model.scores(chunk), pa.float64())
        _append(connection, "sentiments", pa.table({"text": pa.array(chunk, pa.string()), "score": scores}))


def _read_turns(connection: duckdb.DuckDBPyConnection, source: str, compiled: Compiled, model: SentimentModel) -> None:
    """Fill ``feelings`` for the conversations."""
    import pyarrow as pa

    query = f"SELECT DISTINCT _turns FROM {source} WHERE len(_turns) > 0"
    conversations = [turns for (turns,) in connection.execute(query, compiled.used(query)).fetchall()]
    for start in range(0, len(conversations), _AT_ONCE):
        chunk = conversations[start : start + _AT_ONCE]
        found = feelings(chunk, model)
        columns = {
            "turns": pa.array(chunk, pa.list_(pa.string())),
            "score": pa.array([each.overall for each in found], pa.float64()),
            "curve": pa.array([each.curve_text() for each in found], pa.string()),
        }
        _append(connection, "feelings", pa.table(columns))


def _append(connection: duckdb.DuckDBPyConnection, table: str, rows: pyarrow.Table) -> None:
    cursor = connection.cursor()
    cursor.register("scored", rows)
    cursor.execute(f"INSERT INTO {table} SELECT * FROM scored")
    cursor.close()
