"""Other formats: what goes out comes back, and what cannot is counted."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.base import InputError
from desireline.maps import Document, new_document, read_map
from desireline.maps.formats import READERS, WRITERS, Read, Rendering, Written
from desireline.maps.formats.mermaid import read_mermaid
from desireline.maps.formats.tables import read_csv

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip).filter(bool)
NASTY = st.sampled_from(
    [
        "=1+1",
        "+49 30",
        "-",
        "@x",
        "'=x",
        "''-",
        "a: b; c # d",
        'say "hi", he',
        "Zeile\nzwei",
        "C:\\new",
        "[web]",
        "section x",
        "Title y",
        "a %% b",
        "顧客",
        "عميل",
    ]
)
WORDS = TEXT | NASTY
IDS = ("one", "two", "three")
ROLES = ("actions", "emotion", "tension", "touchpoints", "pains", "storyboard", "custom")


@st.composite
def claims(draw: st.DrawFn) -> Any:
    text = draw(WORDS)
    if draw(st.booleans()):
        return text
    evidence = [{"kind": "survey", "n": draw(st.integers(0, 9)), "quote": draw(WORDS)}]
    return {"text": text, "confidence": "low", "evidence": evidence}


@st.composite
def cells(draw: st.DrawFn, lane: str, role: str, step: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"id": f"{lane}-{step}", "step": step}
    if role == "emotion":
        cell |= {"emotion": draw(st.sampled_from([-2, -0.5, 0, 1, 1.25])), "word": draw(WORDS)}
    elif role == "tension":
        cell["tension"] = draw(st.integers(1, 5))
    elif role == "touchpoints":
        mention = st.fixed_dictionaries({"name": WORDS}, optional={"channel": WORDS})
        cell["touchpoints"] = draw(st.lists(mention, min_size=1, max_size=3))
    elif role == "storyboard":
        cell["picture"] = {"source": draw(TEXT), "alternative": draw(WORDS)}
    else:
        cell["claims"] = draw(st.lists(claims(), min_size=1, max_size=3))
    if draw(st.booleans()):
        cell["kept"] = {"unknown": [1, draw(WORDS)]}
    return cell


@st.composite
def maps(draw: st.DrawFn) -> Document:
    """Maps with cells in the order of their steps, as tables hold them."""
    steps = [{"id": ident, "name": draw(WORDS)} for ident in IDS]
    roles = draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=4, unique=True))
    lanes = []
    for role in roles:
        chosen = [step for step in IDS if draw(st.booleans())]
        lane = {"id": f"l-{role}", "role": role, "label": draw(WORDS)}
        lanes.append({**lane, "cells": [draw(cells(f"l-{role}", role, step)) for step in chosen]} if chosen else lane)
    phases = [
        {"id": "p1", "name": draw(WORDS), "steps": steps[:2]},
        {"id": "p2", "name": draw(WORDS), "steps": steps[2:]},
    ]
    return new_document({"desireline": "map/1", "id": "m", "title": draw(TEXT), "phases": phases, "lanes": lanes})


def written(document: Document, ending: str) -> Written:
    return WRITERS[ending](Rendering(read_map(document), document))


def came_back(document: Document, ending: str) -> dict[str, Any]:
    read: Read = READERS[ending](written(document, ending).content, document.tree["title"])
    return new_document(read.tree).tree


@settings(deadline=None, max_examples=40)
@given(maps())
def test_a_table_brings_back_every_step_and_cell(document: Document) -> None:
    for ending in (".csv", ".xlsx"):
        back = came_back(document, ending)
        assert back["phases"] == document.tree["phases"], ending
        assert back["lanes"] == document.tree["lanes"], ending


def test_a_workbook_brings_back_the_whole_map(whole: Document) -> None:
    assert came_back(whole, ".xlsx") == whole.tree
    assert written(whole, ".xlsx").losses == ()


@pytest.mark.parametrize("ending", [".csv", ".mmd", ".xml"])
def test_what_a_format_cannot_hold_is_counted(whole: Document, ending: str) -> None:
    lost = {each.what: each.count for each in written(whole, ending).losses}
    assert lost["bindings"] == 1 and lost["opportunities with their solutions"] == 1
    assert ("evidence" in lost) == (ending != ".csv")


def test_no_text_of_a_csv_is_a_formula(whole: Document) -> None:
    whole = whole.changed(lambda tree: tree["phases"][0]["steps"][0].update(name='=HYPERLINK("x")'))
    lines = written(whole, ".csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in lines and ",=HYPERLINK" not in lines


def test_no_cell_of_a_workbook_is_a_formula(whole: Document) -> None:
    from zipfile import ZipFile

    whole = whole.changed(lambda tree: tree["phases"][0]["steps"][0].update(name="=1+1"))
    with ZipFile(BytesIO(written(whole, ".xlsx").content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 3 and not any("<f>" in sheet for sheet in sheets)


def test_a_table_that_somebody_wrote_by_hand_becomes_a_map() -> None:
    table = "Phase;Step;Lane;Claims\nLook;Search;Pains;Too slow\nLook;Search;Notes to self;Ask Ada\nBuy;Pay;Pains;\n"
    tree = read_csv(table.encode(), title="I buy").tree
    subject = read_map(new_document(tree))
    assert [[step.name for step in phase.steps] for phase in subject.phases] == [["Search"], ["Pay"]]
    assert [(lane.role, lane.label, len(lane.cells)) for lane in subject.lanes] == [
        ("pains", "Pains", 1),
        ("custom", "Notes to self", 1),
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param(b"", "expected a column step, got no columns", id="nothing"),
        pytest.param(b"Steps,Claims\na,b\n", "is 'steps' meant", id="misspelled column"),
        pytest.param(b"step,step\n", "stands twice", id="double column"),
        pytest.param(
            b"step,role\nPay,pain\nPay,acton\n", "line 2, role.*did you mean pains.*\n.*line 3, role", id="roles"
        ),
        pytest.param(
            b"step,role,emotion\nPay,emotion,good\n", "line 2, emotion: expected a number, got 'good'", id="number"
        ),
        pytest.param(b"step,role,details\nPay,pains,{\n", "line 2, details", id="details"),
        pytest.param(b'step\n"Pay', "no valid CSV", id="open quote"),
        pytest.param("step\nZahl\u00fcng".encode("latin-1"), "expected UTF-8", id="encoding"),
    ],
)
def test_a_table_that_is_none_is_refused(table: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"(?s){message}"):
        read_csv(table, title="T")


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(InputError, match="the workbook cannot be read"):
        READERS[".xlsx"](b"PK not a workbook", "T")


MERMAID = """\
---
title: front matter
---
journey
    title My working day #35; 1
    accDescr {
      How it goes
    }
    %% a remark
    section Go to work
      Make tea: 5: Me
      Go upstairs: 3: Me, Cat; Wait: 1
    section Home # a remark
      Sit down: 7: Me
"""


def test_a_mermaid_journey_becomes_a_map() -> None:
    read = read_mermaid(MERMAID)
    subject = read_map(new_document(read.tree))
    assert (subject.title, subject.summary) == ("My working day # 1", "How it goes")
    assert [(phase.name, [step.name for step in phase.steps]) for phase in subject.phases] == [
        ("Go to work", ["Make tea", "Go upstairs", "Wait"]),
        ("Home", ["Sit down"]),
    ]
    felt = {lane.persona: [(cell.step, cell.emotion) for cell in lane.cells] for lane in subject.lanes}
    assert felt == {
        "me": [("make-tea", 2), ("go-upstairs", 0), ("sit-down", 2)],
        "cat": [("go-upstairs", 0)],
        None: [("wait", -2)],
    }
    assert [str(each) for each in read.losses] == ["1 scores outside 1 to 5, moved to the nearest"]


@settings(deadline=None, max_examples=40)
@given(maps())
def test_titles_phases_steps_and_rounded_feelings_survive_mermaid(document: Document) -> None:
    back = came_back(document, ".mmd")
    before = read_map(document)

    def flat(text: str) -> str:
        return " ".join(text.split())

    assert [flat(step.name) for step in before.steps] == [
        step["name"] for phase in back["phases"] for step in phase["steps"]
    ]
    felt = [cell for lane in before.lanes if lane.role == "emotion" for cell in lane.cells]
    expected = {cell.step: round(cell.emotion or 0) for cell in felt}
    order = [step.id for step in before.steps]
    after = {order[place]: cell["emotion"] for lane in back["lanes"] for place, cell in enumerate(lane["cells"])}
    assert after == {step: expected.get(step, 0) for step in order}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "begins with journey, got nothing", id="nothing"),
        pytest.param("flowchart TD\n a --> b", "line 1: expected journey, got 'flowchart TD'", id="other diagram"),
        pytest.param("journey\n  Make tea", "line 2: expected a task with a score", id="no score"),
        pytest.param("journey\n  Make tea: much: Me", "line 2: expected a task with a score", id="no number"),
    ],
)
def test_what_is_no_mermaid_journey_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_mermaid(text)


CJML = b"""\
<CJML version="2.0"><actualJourney><journeyID>AJ1</journeyID>
<actors><endUser actorID="Carl"><actorName>Carl</actorName></endUser></actors>
<touchpoints>
<actualCommunicationPoint><touchpointID>TP1</touchpointID>
<initiator><refersTo actorIDref="Carl"/><initiatorLabel>Customer creates account</initiatorLabel></initiator>
<receiver><refersTo actorIDref="Bookis"/><receiverLabel>Account registered</receiverLabel></receiver>
<channel><channelName>Web</channelName></channel>
<touchpointExperience><experienceDescription>easy</experienceDescription><experienceRating>4</experienceRating></touchpointExperience>
</actualCommunicationPoint>
<actualAction><touchpointID>TP2</touchpointID><initiator><initiatorLabel>Reads</initiatorLabel></initiator></actualAction>
</touchpoints></actualJourney></CJML>"""


def test_a_cjml_journey_becomes_a_map() -> None:
    subject = read_map(new_document(READERS[".xml"](CJML, "T").tree))
    assert [step.name for step in subject.steps] == ["Customer creates account", "Reads"]
    assert [persona.name for persona in subject.personas] == ["Carl"]
    lanes = {lane.role: lane.cells[0] for lane in subject.lanes}
    assert lanes["touchpoints"].touchpoints[0].channel == "Web"
    assert (lanes["emotion"].emotion, lanes["emotion"].word) == (1, "easy")


def test_cjml_brings_back_phases_steps_and_channels(whole: Document) -> None:
    before, back = read_map(whole), read_map(new_document(came_back(whole, ".xml")))

    def names(found: Any) -> list[Any]:
        return [(p.name, p.goal, [s.name for s in p.steps]) for p in found.phases]

    assert names(back) == names(before)
    assert [lane.cells[0].touchpoints for lane in back.lanes] == [
        lane.cells[0].touchpoints for lane in before.lanes if lane.role == "touchpoints"
    ]


@settings(deadline=None, max_examples=40)
@given(maps())
def test_cjml_is_always_well_formed(document: Document) -> None:
    root = ElementTree.fromstring(written(document, ".xml").content)
    assert root.tag == "CJML" and root.get("version") == "2.0"
    assert len(list(root.iter("touchpointID"))) == len(IDS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"<CJML", "no valid XML", id="cut off"),
        pytest.param(b"<log/>", "begins with <log>", id="another XML"),
        pytest.param(b"<CJML/>", "got none", id="no journey"),
    ],
)
def test_what_is_no_cjml_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        READERS[".xml"](content, "T")


@pytest.fixture(name="whole")
def a_whole_map() -> Document:
    return new_document(
        {
            "desireline": "map/1",
            "id": "buy",
            "title": "I buy a phone",
            "goal": "More orders",
            "owner": {"name": "Ada", "department": "Sales"},
            "personas": [{"id": "anna", "name": "Anna"}],
            "opportunities": [{"id": "o", "title": "How might we …"}],
            "phases": [
                {
                    "id": "look",
                    "name": "Look",
                    "goal": "Find one",
                    "steps": [
                        {"id": "search", "name": "I search", "binding": {"where": "touchpoint = 'Search'"}},
                        {
                            "id": "compare",
                            "name": "I compare",
                            "optional": True,
                            "next": ["search"],
                            "moment_of_truth": True,
                        },
                    ],
                }
            ],
            "lanes": [
                {
                    "id": "t",
                    "role": "touchpoints",
                    "cells": [{"id": "t1", "step": "search", "touchpoints": [{"name": "Home", "channel": "web"}]}],
                },
                {
                    "id": "p",
                    "role": "pains",
                    "cells": [
                        {
                            "id": "p1",
                            "step": "search",
                            "claims": [{"text": "Slow", "evidence": [{"kind": "survey", "n": 3}]}],
                        }
                    ],
                },
            ],
            "unknown": {"kept": True},
        }
    )
