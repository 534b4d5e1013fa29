"""Plain lists of NPS, CSAT and CES answers: who, when, which score.

No tool's format but what people keep in tables; columns are found by their usual names, in any order. Either columns named
``nps``, ``csat``, ``ces`` hold the scores, or one column holds the score and another its kind.

Every score becomes "Survey answered".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desireline.base import phrase
from desireline.sources.formats.headings import IDENTITY, Headings, digest, identifiers_in, plain, written_time_at
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.questions import ScoreKind, checked_score
from desireline.sources.formats.reading import number_at, present, required_time, text_at

_COLUMNS = Headings(
    {
        "id": ("responseid", "answerid", "surveyresponseid", "id"),
        "when": (
            "answeredat",
            "respondedat",
            "responsedate",
            "responsetime",
            "submittedat",
            "surveydate",
            "timestamp",
            "datetime",
            "date",
            "time",
            "when",
            "createdat",
        ),
        "kind": ("kind", "scorekind", "scoretype", "surveytype", "metric", "survey", "type"),
        "score": ("score", "rating", "answer", "value"),
        "nps": ("nps", "npsscore", "npsrating", "npsanswer"),
        "csat": ("csat", "csatscore", "csatrating", "csatanswer"),
        "ces": ("ces", "cesscore", "cesrating", "cesanswer"),
        "comment": ("comment", "comments", "feedback", "remark", "verbatim", "text", "reason"),
        "agent": ("agent", "agentname", "advisor"),
        "team": ("team", "queue", "department"),
        "case": ("case", "caseid", "casenumber", "ticketid", "ticket", "callid", "contactid"),
        "channel": ("channel",),
        "touched": ("touchpoint", "permalink", "respondentid", "recordeddate", "product", "productid"),
    }
)
_KINDS: Mapping[str, ScoreKind] = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}
_WORDS: tuple[tuple[str, ScoreKind], ...] = (
    ("nps", "NPS"),
    ("netpromoter", "NPS"),
    ("csat", "CSAT"),
    ("satisfaction", "CSAT"),
    ("ces", "CES"),
    ("effort", "CES"),
)


def _recognise(sample: Sample) -> float:
    columns = _COLUMNS.found(sample.columns)
    if "when" not in columns or "touched" in columns or not IDENTITY.found(sample.columns):
        return 0.0
    if columns.keys() & _KINDS.keys():
        return 0.7
    if not columns.keys() >= {"score", "kind"}:
        return 0.0
    kinds = [text for record in sample.records if (text := str(record.get(columns["kind"]) or ""))]
    return 0.7 if kinds and all(_kind(text) for text in kinds) else 0.0


def _convert(record: Record) -> Iterable[FoundInteraction]:
    at = _COLUMNS.columns(record)
    occurred_at = required_time(written_time_at(record, at["when"]), at["when"])
    identifiers = identifiers_in(record)
    if not identifiers:
        raise UnusableRecord(
            "email",
            phrase("expected a customer number, an e-mail address or another identifier, there is none"),
            reason="no_identifier",
        )
    scores = list(_scores(record, at))
    if not scores:
        raise UnusableRecord(
            _score_column(record, at), phrase("expected a score, the field is empty"), reason="missing_value"
        )
    text = text_at(record, at["comment"])
    row = text_at(record, at["id"])
    for column, score, kind in scores:
        own = row or digest(*identifiers.values(), occurred_at.isoformat(), f"{score:g}", text)
        yield FoundInteraction(
            id=f"{own}:{(kind or plain(column)).lower()}",
            channel="survey",
            touchpoint="Survey answered",
            occurred_at=occurred_at,
            identifiers=identifiers,
            direction="inbound",
            actor="customer",
            team=text_at(record, at["team"]),
            agent=text_at(record, at["agent"]),
            case=text_at(record, at["case"]),
            score=score,
            score_kind=kind,
            text=text,
            attributes=present(survey=text_at(record, at["kind"]), about=text_at(record, at["channel"])),
        )


def _scores(record: Record, at: Mapping[str, str]) -> Iterator[tuple[str, float, ScoreKind | None]]:
    """The scores in a row, each with its column and its kind."""
    for name, kind in _KINDS.items():
        score = number_at(record, at[name])
        if score is not None:
            yield at[name], checked_score(score, kind, at[name]), kind
    score = number_at(record, at["score"])
    if score is not None:
        named = _kind(text_at(record, at["kind"]) or "")
        yield at["score"], checked_score(score, named, at["score"]), named


def _score_column(record: Record, at: Mapping[str, str]) -> str:
    """The column in which a score was missed."""
    return next((at[name] for name in ("score", *_KINDS) if at[name] in record), "score")


def _kind(text: str) -> ScoreKind | None:
    squeezed = plain(text)
    return next((kind for word, kind in _WORDS if squeezed.startswith(word)), None)


FORMAT = Format(
    name="score_list",
    title=phrase("List of NPS, CSAT or CES answers"),
    containers=("csv", "xlsx", "json"),
    recognise=_recognise,
    convert=_convert,
    assumes=phrase("Times that name no time zone are taken for UTC."),
)
