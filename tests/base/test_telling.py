from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import desireline
from desireline.base import LANGUAGES, format_seconds, joined, phrase, reading_in, recall, tell, tell_all, written
from desireline.base.telling import Language, Phrase, catalogue

SOURCE = Path(desireline.__file__).parent
OTHERS = [each for each in LANGUAGES if each != "en"]
NO_BREAK = "\N{NO-BREAK SPACE}"


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be; one that is worked out gives none, and is told of by ``_calls``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


@cache
def _calls() -> tuple[tuple[str, ast.Call], ...]:
    """Every ``phrase(…)`` in the source, with its place."""
    found = []
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name == "telling.py" or "phrase(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                found.append((f"{path.relative_to(SOURCE)}:{node.lineno}", node))
    return tuple(found)


def _holes(template: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(template) if name is not None}


def _has_words(template: str) -> bool:
    return re.search(r"[^\W\d_]", re.sub(r"\{.*?\}", "", template)) is not None


def test_every_template_is_written_out_and_all_its_holes_are_filled() -> None:
    wrong = []
    for place, call in _calls():
        templates = list(_literals(call.args[0]))
        given = {each.arg for each in call.keywords}
        if not templates or (None not in given and any(_holes(each) - given for each in templates)):
            wrong.append(place)
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_template_with_words_and_no_other(language: Language) -> None:
    used = {template for _, call in _calls() for template in _literals(call.args[0])}
    told = set(catalogue(language))
    assert sorted(each for each in used - told if _has_words(each)) == []
    assert sorted(told - used) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_holes_of_its_template(language: Language) -> None:
    different = [english for english, told in catalogue(language).items() if _holes(english) != _holes(told)]
    assert different == []


@pytest.mark.parametrize(
    ("said", "english", "german"),
    [
        pytest.param(
            phrase("There is nothing to draw."), "There is nothing to draw.", "Es gibt nichts zu zeichnen.", id="words"
        ),
        pytest.param(
            phrase("{count} customers", count=written("1,234.5")), "1,234.5 customers", "1.234,5 Kunden", id="a number"
        ),
        pytest.param(
            phrase("{share:.1%} resolved", share=0.5), "50.0% resolved", f"50,0{NO_BREAK}% gelöst", id="a share"
        ),
        pytest.param(phrase("{count:,} of {of:,}", count=1234, of=5678), "1,234 of 5,678", "1.234 von 5.678", id="two"),
        pytest.param(
            phrase("Since {start}.", start=date(2026, 3, 9)), "Since 2026-03-09.", "Seit 09.03.2026.", id="a day"
        ),
        pytest.param(
            phrase("median {time}", time=format_seconds(93_784)),
            "median 1 d 2 h",
            "Median 1 Tg. 2 Std.",
            id="a phrase in a phrase",
        ),
        pytest.param(
            joined((phrase("more"), "{as it is}", phrase("less")), "; "),
            "more; {as it is}; less",
            "mehr; {as it is}; weniger",
            id="several",
        ),
        pytest.param(
            phrase("Since {start}.", start=format_seconds(165)),
            "Since 2 min 45 s.",
            "Seit 2 Min. 45 Sek.",
            id="one full stop",
        ),
        pytest.param("of a customer: more", "of a customer: more", "of a customer: more", id="what nobody said here"),
    ],
)
def test_a_phrase_is_english_and_is_told_in_the_language_of_the_reader(said: str, english: str, german: str) -> None:
    assert said == english
    assert tell(said) == english.replace("%", f"{NO_BREAK}%")
    with reading_in("de"):
        assert tell(said) == german
    assert tell(said) == english.replace("%", f"{NO_BREAK}%")


@pytest.mark.parametrize(
    ("share", "english", "german"),
    [
        (0.66, "66.0_%", "66,0_%"),
        (0.0, "0_%", "0_%"),
        (1.0, "100_%", "100_%"),
        (0.0004, "<_0.1_%", "<_0,1_%"),
        (0.9996, ">_99.9_%", ">_99,9_%"),
    ],
)
def test_a_share_is_told_as_the_pages_write_it(share: float, english: str, german: str) -> None:
    said = phrase("{share:.1%} resolved", share=share)
    assert tell(said).replace(NO_BREAK, "_") == f"{english} resolved"
    with reading_in("de"):
        assert tell(said).replace(NO_BREAK, "_") == f"{german} gelöst"


def test_per_cent_in_the_words_of_a_sentence_stands_apart_too_and_names_stay_as_they_are() -> None:
    said = phrase("lines are 95% intervals of {name}", name="20% off")
    assert tell(said).replace(NO_BREAK, "_") == "lines are 95_% intervals of 20% off"


@pytest.mark.parametrize(
    "again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))], ids=["copy", "pickle"]
)
def test_a_phrase_that_travels_is_still_one(again: Callable[[Phrase], Phrase]) -> None:
    said = again(phrase("{count} journeys", count=written("2")))
    with reading_in("de"):
        assert tell(said) == "2 Journeys"


def test_everything_in_json_is_told_and_comes_out_as_plain_text() -> None:
    with reading_in("de"):
        told = tell_all({"more": [phrase("more"), 1, None], "name": phrase("less")})
    assert told == {"more": ["mehr", 1, None], "name": "weniger"}
    assert type(told["name"]) is str


@pytest.mark.parametrize(
    ("stored", "german"),
    [
        pytest.param(
            "expected a time, the field is empty", "erwartet wird eine Zeit; das Feld ist leer", id="without holes"
        ),
        pytest.param(
            "expected a time in ISO 8601 (2026-01-31T09:30:00Z), or a whole number, got 'soon'",
            "erwartet wird eine Zeit nach ISO 8601 (2026-01-31T09:30:00Z), oder eine ganze Zahl, nicht 'soon'",
            id="a phrase in a phrase",
        ),
        pytest.param(
            "expected a usable user, device or email",
            "erwartet wird eine brauchbare Kennung: user, device oder email",
            id="a list",
        ),
        pytest.param(
            "expected at most 1,024 characters, got 2,048",
            "erwartet werden höchstens 1.024 Zeichen, nicht 2.048",
            id="numbers",
        ),
        pytest.param(
            "there is no named format 'ga5'", "es gibt kein benanntes Format 'ga5'", id="a text in quotation marks"
        ),
        pytest.param("of an older version", "of an older version", id="unknown"),
    ],
)
def test_a_stored_sentence_is_recalled_by_its_template(stored: str, german: str) -> None:
    assert recall(stored, "sources") is stored
    with reading_in("de"):
        assert tell(recall(stored, "sources")) == german


def test_a_phrase_remembers_what_it_was_made_of() -> None:
    said = phrase("{count} journeys", count=2)
    assert isinstance(said, Phrase)
    assert (said.template, said.holes) == ("{count} journeys", {"count": 2})
