"""The questions: for each its answer, its table and pictures to download, and the comparison of two groups."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from inspect import Parameter
from typing import Any, cast

from litestar import Request, Response, get
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct, defstruct
from msgspec.json import encode

from desireline.accounts import SignedIn
from desireline.base import (
    InputError,
    Progress,
    UnknownNameError,
    closest_names,
    joined,
    phrase,
    reading_language,
    tell,
)
from desireline.journeys.addresses import GROUP, QUESTIONS, Question, answer_type, parameters_of
from desireline.journeys.answering import Kept, answers_of
from desireline.journeys.answers.comparison import ComparisonAnswer
from desireline.journeys.captioning import caption_of, caption_of_groups
from desireline.journeys.comparing import COMPARED, REACHED_BY, compare_groups
from desireline.journeys.estimates import Comparison
from desireline.journeys.model import Overview, Result
from desireline.journeys.pictures.charts import Charted, Drawn, picture_of
from desireline.journeys.routes.reading import TICKET, check_conditions, handler_of, said_in, with_prefix
from desireline.journeys.selection import Selection, SelectionOptions
from desireline.journeys.smallest_group import check_group, fewest_shown
from desireline.journeys.tabulating import csv_of
from desireline.journeys.withholding import told
from desireline.store import Workspace

MEDIA = {
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "json": "application/json",
}
"""What can be downloaded of an answer; ``json`` is the Vega-Lite specification of its chart."""
_CHOOSING = ("period", "where", "segment", "not_segment", "journey")
_DIFFERS = ("period", "where", "segment", "journey")
_WITH = "with_"
DETAIL = Parameter("detail", Parameter.KEYWORD_ONLY, default=None, annotation=int | None)


class ComparisonAnswered(Struct, frozen=True, kw_only=True):
    """Two groups side by side, with notes on the question."""

    answer: ComparisonAnswer
    notes: list[str]
    picture: str


def answered_type(name: str, answer: type) -> type:
    """The type of what a question answers: the answer itself, and notes on names in it that no interaction has."""
    fields = [("answer", answer), ("notes", list[str]), ("picture", str)]
    return defstruct(f"{name}Answered", fields, frozen=True, kw_only=True, module=__name__)


def _answer_handler(name: str) -> HTTPRouteHandler:
    handler = handler_of(
        partial(_answer, name),
        (*parameters_of(name), TICKET),
        name=f"ask_{name}",
        told=f"The answer of ``desireline journeys {name} --json``, with notes on the question.",
        returns=Response[answered_type(name.capitalize(), answer_type(name))],  # type: ignore[misc]
    )
    return get(f"/questions/{name}", sync_to_thread=True, operation_id=f"ask_{name}")(handler)


def _answer(name: str, *, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> Response[bytes]:
    return _answered(asked(name, workspace, user, said))


def asked(name: str, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> Kept[Result]:
    """The answer to what an address says, as it is told to whoever asks.

    Raises
    ------
    SmallGroupError
        It is about fewer customers than they may see numbers of.
    """
    ticket = said.pop("ticket", None)
    question, fewest = Question.of(name, said), fewest_shown(workspace, user)
    arguments = dict(question.arguments)
    rare = check_group(workspace, _customers(arguments), fewest, naming=_texts(arguments), fields=_fields(arguments))
    return told(answers_of(workspace).ask(question, ticket=ticket_of(user, ticket)), fewest, rare=rare)


def _customers(said: Mapping[str, Any]) -> Selection:
    """The customers that a question is about, however their interactions are cut."""
    return Selection(**cast(SelectionOptions, {name: said[name] for name in _CHOOSING if name in said}))


def _texts(said: Mapping[str, Any]) -> frozenset[str]:
    """What a question may name beside its customers: the steps of a funnel, an outcome."""
    values = [value for name, value in said.items() if name not in GROUP]
    return frozenset(each for value in values for each in (value if isinstance(value, tuple | list) else (value,)))


def _fields(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Whose customers are counted beside those of touchpoints and channels."""
    return ("team",) if said.get("by") == "team" or said.get("teams") else ()


def ticket_of(user: SignedIn, ticket: str | None) -> str | None:
    """A ticket as it is kept: nobody sees or cancels the questions of others."""
    return None if ticket is None else f"{user.person}:{user.name}:{ticket}"


def _answered(kept: Kept[Any]) -> Response[bytes]:
    result = kept.answer
    picture = "chart" if isinstance(result, Charted) else "drawing" if isinstance(result, Drawn) else ""
    body = b'{"answer":%b,"notes":%b,"picture":"%b"}' % (
        result.to_json().encode(),
        encode([tell(each) for each in kept.notes]),
        picture.encode(),
    )
    return Response(body, media_type=MediaType.JSON)


@get("/questions/{file:str}", sync_to_thread=True, operation_id="download_answer")
def download_answer(
    request: Request[SignedIn, Any, Any], workspace: Workspace, user: SignedIn, file: str
) -> Response[bytes]:
    """An answer as a file, asked with the same parameters: ``flow.csv`` its table, ``.svg``, ``.png`` and ``.pdf`` its picture, ``.json``
    its chart as Vega-Lite. Of the flow ``detail`` says how much is drawn, from 1, the main way, on.
    """
    name, ending = _name_and_ending(file, QUESTIONS)
    more = (DETAIL,) if name == "flow" else ()
    said = said_in(request.query_params.dict(), (*parameters_of(name), *more, TICKET))
    check_conditions(user, said)
    detail = _checked_detail(said.pop("detail", None))
    question = Question.of(name, said)
    key = (question, detail, fewest_shown(workspace, user))
    kept = asked(name, workspace, user, said)

    def draw() -> bytes:
        return picture_of(kept.answer, f".{ending}", caption=_caption(workspace, user, question), detail=detail)

    return _file(workspace, kept.answer, key, f"{name}.{ending}", draw)


@get("/comparisons/{file:str}", sync_to_thread=True, operation_id="download_comparison")
def download_comparison(
    request: Request[SignedIn, Any, Any], workspace: Workspace, user: SignedIn, file: str
) -> Response[bytes]:
    """A comparison as a file, asked with the same parameters: ``funnel.csv``, ``.svg``, ``.png``, ``.json``."""
    of, ending = _name_and_ending(file, (*REACHED_BY, *COMPARED))
    said = said_in(request.query_params.dict(), _of_comparison(of))
    check_conditions(user, said)
    key = (_comparison_key(of, said), fewest_shown(workspace, user))
    kept = _compared(of, workspace, user, said)

    def draw() -> bytes:
        return picture_of(kept.answer, f".{ending}", caption=caption_of_groups(workspace, kept.answer))

    return _file(workspace, kept.answer, key, f"comparison-{of}.{ending}", draw)


def _name_and_ending(file: str, names: Sequence[str]) -> tuple[str, str]:
    name, _, ending = file.partition(".")
    if name not in names:
        close = closest_names(name, names, count=1)
        hint = (
            phrase("did you mean {close}?", close=close[0])
            if close
            else phrase("there are {names}", names=joined(names, ", "))
        )
        raise UnknownNameError(phrase("there is no question {name!r} here", name=name), hint=hint)
    if ending not in MEDIA:
        raise UnknownNameError(
            phrase("expected a file that ends in {media}, got {file!r}", media=", ".join(MEDIA), file=file)
        )
    return name, ending


def _checked_detail(detail: int | None) -> int | None:
    if detail is not None and detail < 1:
        raise InputError(
            phrase("detail: expected a number from 1 on, got {detail}", detail=detail), hint=phrase("1 is the main way")
        )
    return detail


def _caption(workspace: Workspace, user: SignedIn, question: Question) -> tuple[str, ...]:
    """The lines over the picture of a question."""
    said = dict(question.arguments)
    if question.name == "sessions":
        said["span"] = "session"
    if "begun" in said:
        return caption_of(workspace, said)
    group = {name: said[name] for name in _CHOOSING if name in said}
    if said.get("span") == "session":
        group |= {name: said[name] for name in ("span", "gap") if name in said}
    seen = told(answers_of(workspace).ask(Question.of("overview", group)), fewest_shown(workspace, user)).answer
    assert isinstance(seen, Overview)
    return caption_of(workspace, said, seen)


def _file(workspace: Workspace, result: Result, key: Hashable, name: str, draw: Callable[[], bytes]) -> Response[bytes]:
    """An answer as a file; drawing is slow, so pictures are kept as answers are."""
    ending = name.rpartition(".")[2]

    def work(_: Progress) -> bytes:
        return csv_of(result.rows()) if ending == "csv" else draw()

    body = answers_of(workspace).keep((ending, reading_language(), key), work).answer
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA[ending], headers=headers)


def _of_comparison(of: str) -> tuple[Parameter, ...]:
    """The parameters of a comparison: those of the question, and what differs in the second group."""
    asked_for = parameters_of("flow" if of in REACHED_BY else of)
    own = [each for each in asked_for if of not in REACHED_BY or each.name in GROUP]
    optional = [each.replace(default=None if each.default is Parameter.empty else each.default) for each in own]
    named = [each if each.default is not None else each.replace(annotation=each.annotation | None) for each in optional]
    rest = Parameter("with_rest", Parameter.KEYWORD_ONLY, default=False, annotation=bool)
    return (*named, *with_prefix(own, _DIFFERS, _WITH), rest, TICKET)


def _comparison_handler(of: str) -> HTTPRouteHandler:
    handler = handler_of(
        partial(_comparison, of),
        _of_comparison(of),
        name=f"compare_{of}",
        told=f"The numbers of ``{of}`` for two groups: what the second has of its own begins with ``with_``, or it is the rest.",
        returns=Response[ComparisonAnswered],
    )
    return get(f"/comparisons/{of}", sync_to_thread=True, operation_id=f"compare_{of}")(handler)


def _comparison(of: str, *, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> Response[bytes]:
    return _answered(_compared(of, workspace, user, said))


def _compared(of: str, workspace: Workspace, user: SignedIn, said: dict[str, Any]) -> Kept[Comparison]:
    ticket = ticket_of(user, said.pop("ticket", None))
    given = _given(said)
    first, second, settings = _groups(of, given)
    fewest = fewest_shown(workspace, user)
    for group in (first, second):
        check_group(workspace, _customers(group), fewest, naming=_texts(settings), fields=_fields(settings))

    def work(progress: Progress) -> Comparison:
        return compare_groups(workspace, first, second, of=of, settings=settings, progress=progress)

    return told(answers_of(workspace).keep(_comparison_key(of, said), work, ticket=ticket), fewest)


def _given(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != "ticket" and value not in (None, "", [])}


def _comparison_key(of: str, said: Mapping[str, Any]) -> Hashable:
    return "comparison", of, tuple(sorted((name, str(value)) for name, value in _given(said).items()))


def _groups(of: str, said: Mapping[str, Any]) -> tuple[SelectionOptions, SelectionOptions, dict[str, Any]]:
    """Both groups and what else is asked; what the second does not say is as in the first.

    Raises
    ------
    InputError
        The rest is asked for without a segment, or beside another one.
    """
    known = {each.name: each.default for each in parameters_of("flow" if of in REACHED_BY else of)}
    first = {name: said[name] for name in GROUP if name in said and name in known and name != "gap"}
    if "gap" in said and said["gap"] != known.get("gap"):
        first["gap"] = said["gap"]
    second = {**first, **{name: said[_WITH + name] for name in _DIFFERS if _WITH + name in said}}
    if said.get("with_rest"):
        if "segment" not in first:
            raise InputError(
                phrase("with_rest: expected a segment to be named"), hint=phrase("segment=channel = phone")
            )
        if "with_segment" in said:
            raise InputError(phrase("expected either with_rest or with_segment, got both"))
        second["not_segment"] = second.pop("segment")
    settings = {
        name: value for name, value in said.items() if name in known and name not in GROUP and value != known[name]
    }
    return cast(SelectionOptions, first), cast(SelectionOptions, second), settings


QUESTION_HANDLERS = [
    *(_answer_handler(name) for name in QUESTIONS),
    *(_comparison_handler(name) for name in (*REACHED_BY, *COMPARED)),
    download_answer,
    download_comparison,
]
