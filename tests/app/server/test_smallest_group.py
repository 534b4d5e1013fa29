"""Who may not see customers learns nothing of fewer than five of them, whatever is asked, and picks none out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from httpx import Response

from desireline.accounts import Right, Role, rights_of
from desireline.app.workspace import create
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import Selection, open_index, overview
from desireline.journeys.addresses import QUESTIONS
from desireline.journeys.comparing import COMPARED, REACHED_BY
from desireline.journeys.definitions import save_definition
from desireline.journeys.selection import SelectionOptions
from desireline.journeys.smallest_group import group_of
from desireline.maps import Document
from desireline.maps.storing import save
from desireline.store import Workspace, open_workspace

from ...evidence.logs import make_log
from .browser import Browser, browser, sign_in_as

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = "Debt advice"
"""What only one customer, Zoe, came to; she did all of it in May."""
MANY = tuple(f"C-{place}" for place in range(40))
MAP = f"""\
desireline: map/1
id: shop
title: I shop
personas: [{{id: zoe, name: Zoe, segment: touchpoint = '{SECRET}'}}, {{id: app, name: App people, segment: channel = app}}]
phases:
  - id: buy
    name: Buy
    steps:
      - {{id: look, name: I look, binding: {{where: touchpoint = Basket}}}}
      - {{id: ask, name: I ask, optional: true, binding: {{where: touchpoint = '{SECRET}'}}}}
      - {{id: pay, name: I pay, binding: {{where: touchpoint = Paid}}}}
"""
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "questions/paths": {"touchpoint": "Basket"},
    "pictures/paths": {"touchpoint": "Basket"},
    "questions/funnel": {"steps": ["Basket", "Paid"]},
    "questions/drivers": {"outcomes": "Paid"},
    "questions/survival": {"events": "Paid"},
    "questions/attribution": {"outcomes": "Paid"},
    "questions/outcomes": {"journey": "order"},
    "behind/touchpoint": {"name": SECRET},
    "behind/move": {"source": "Basket", "target": SECRET},
    "behind/start": {"name": "Basket"},
    "behind/end": {"name": SECRET},
    "behind/variant": {"path": ["Basket"]},
    "behind/meeting": {"condition": "channel = web"},
    "behind/common": {"path": ["Basket"]},
    "behind/funnel": {"step": 1, "steps": ["Basket"]},
    "behind/paths": {"step": 1, "name": SECRET, "touchpoint": "Basket"},
    "behind/cluster": {"cluster": "1"},
    "maps/shop/examples": {"what": "reached", "step": "ask"},
    "maps/shop/series": {"step": "look"},
    "evidence/count": {"where": "channel = web"},
}
"""What a route cannot be asked without, by the end of its address."""
ONE_CUSTOMER = {
    "period": "2026-05-01..2026-05-31",
    "where": f"touchpoint = '{SECRET}'",
    "segment": f"touchpoint = '{SECRET}'",
    "not_segment": "attributes.plan = basic",
}
ROUTES = json.loads((Path(__file__).parents[3] / "schemas" / "openapi.json").read_text(encoding="utf-8"))["paths"]
PACKAGES = ("/api/journeys/", "/api/evidence/", "/api/home/", "/api/improve/")


def seen(day: float, touchpoint: str, channel: str, customer: str, **fields: Any) -> NewInteraction:
    usual = {"source": "hand", "touchpoint": touchpoint, "channel": channel, "occurred_at": START + timedelta(days=day)}
    plan = {} if customer == "Zoe" else {"plan": "basic"}
    return NewInteraction({**usual, **fields}, {"customer": customer}, plan)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create(tmp_path_factory.mktemp("made") / "workspace")
    save_definition(made, "order", {"start": "touchpoint = Basket", "goal": "touchpoint = Paid", "time_out": "30d"})
    record_interactions(
        made,
        [
            *(seen(place / 2, "Basket", "app" if place % 3 else "web", who) for place, who in enumerate(MANY)),
            *(seen(place / 2 + 0.1, "Paid", "web", who, value=40.0) for place, who in enumerate(MANY) if place % 2),
            *(
                seen(place / 2 + 0.2, "Call", "phone", who, team="Billing", wait=60, duration=300)
                for place, who in enumerate(MANY)
                if place % 4 == 0
            ),
            *(
                seen(place / 2 + 0.3, "Survey", "email", who, score=float(place % 11), score_kind="NPS")
                for place, who in enumerate(MANY)
            ),
            seen(62, "Basket", "web", "Zoe"),
            *(
                seen(
                    62.1 + again / 100,
                    SECRET,
                    "phone",
                    "Zoe",
                    team="Hardship",
                    wait=4711,
                    duration=4711,
                    text="I am Zoe",
                )
                for again in range(6)
            ),
            seen(62.2, "Survey", "email", "Zoe", score=1.0, score_kind="NPS"),
            seen(62.3, "Paid", "web", "Zoe", value=4711.0),
        ],
    )
    open_index(made)
    save(made, Document(MAP), author="Nora")
    return made


@pytest.fixture(scope="module")
def signed_in(workspace: Workspace) -> Iterator[Callable[[Role], Browser]]:
    """The same browser for all tests of a role."""
    with ExitStack() as stack:

        @cache
        def sign_in(role: Role) -> Browser:
            return sign_in_as(stack.enter_context(browser(workspace)), workspace, role)

        yield sign_in


@pytest.fixture(scope="module")
def viewer(signed_in: Callable[[Role], Browser]) -> Browser:
    return signed_in(Role.VIEWER)


@pytest.fixture(scope="module")
def analyst(signed_in: Callable[[Role], Browser]) -> Browser:
    return signed_in(Role.ANALYST)


def needed(address: str) -> dict[str, Any]:
    return next((dict(said) for end, said in NEEDED.items() if address.endswith(end)), {})


def routes_that_take(parameter: str) -> list[str]:
    """The addresses of all routes that can be asked about some customers only, and of the files that they give."""
    taken = [
        path.replace("{ident}", "shop").replace("{name}", "svg")
        for path, methods in ROUTES.items()
        if path.startswith(PACKAGES)
        and any(each["name"] == parameter for each in methods.get("get", {}).get("parameters", ()))
    ]
    files = [f"/api/journeys/questions/{name}.csv" for name in QUESTIONS]
    return [*taken, *files]


def asked(client: Browser, address: str, said: Mapping[str, Any]) -> Response:
    """The answer, not how far it is."""
    while (answer := client.get(address, params=said)).text.startswith('{"working":{'):
        sleep(0.05)
    return answer


@pytest.mark.parametrize("parameter", ONE_CUSTOMER)
def test_no_route_tells_a_viewer_of_one_customer(parameter: str, viewer: Browser) -> None:
    answered = []
    for address in routes_that_take(parameter):
        said = {**needed(address.removesuffix(".csv")), parameter: ONE_CUSTOMER[parameter]}
        if "/comparisons/" in address:
            said["with_where"] = "channel = web"
        answer = asked(viewer, address, said)
        if answer.status_code != 403:
            answered.append(f"{address}: {answer.status_code} {answer.text[:200]}")
    assert len(routes_that_take(parameter)) > 40
    assert answered == []


def test_the_second_group_of_a_comparison_is_as_large_too(viewer: Browser) -> None:
    for of in (*REACHED_BY, *COMPARED):
        said = {**needed(f"questions/{of}"), "with_period": ONE_CUSTOMER["period"]}
        for address in (f"comparisons/{of}", f"comparisons/{of}.csv"):
            assert viewer.get(f"/api/journeys/{address}", params=said).json()["code"] == "access.small_group", of


def test_the_rest_of_a_segment_is_as_large_too(viewer: Browser) -> None:
    said = {"segment": "attributes.plan = basic", "with_rest": "true"}
    assert viewer.get("/api/journeys/comparisons/reach", params=said).json()["code"] == "access.small_group"


def test_the_error_says_what_was_expected_and_what_helps(viewer: Browser) -> None:
    answer = viewer.get("/api/journeys/questions/flow", params={"period": ONE_CUSTOMER["period"]})
    assert answer.status_code == 403
    assert answer.json() == {
        "code": "access.small_group",
        "message": "expected a question about at least 5 customers: numbers of fewer are for those who may see customers",
        "hint": "widen the period or the condition, or ask an analyst",
    }


def test_who_may_see_customers_is_told(analyst: Browser) -> None:
    for name in QUESTIONS:
        said = {**needed(f"questions/{name}"), "period": ONE_CUSTOMER["period"]}
        assert analyst.get(f"/api/journeys/questions/{name}", params=said).status_code == 200, name


def test_a_group_of_nobody_is_no_small_one(viewer: Browser) -> None:
    answer = viewer.get("/api/journeys/questions/flow", params={"period": "2027-01-01..2027-01-31"})
    assert answer.json()["answer"] == {"nodes": [], "edges": []}


@pytest.mark.parametrize("said", [{}, {"period": "2026-03-02..2026-03-08"}, {"segment": "channel = app"}], ids=str)
def test_a_group_knows_the_customers_of_every_name(workspace: Workspace, said: SelectionOptions) -> None:
    group = group_of(workspace, Selection(**said), fields=("team",))
    assert group.customers == overview(workspace, **said).customers
    for field, counts in (("touchpoint", group.touchpoints), ("channel", group.channels), ("team", group.teams)):
        for name, number in counts.items():
            assert number == overview(workspace, where=f"{field} = '{name}'", **said).customers, name
    assert {*group.teams} == {"Billing", "Hardship"}


def small_rows(value: Any) -> Iterator[Any]:
    """What of an answer says that it is of one to four customers."""
    if isinstance(value, list):
        for each in value:
            yield from small_rows(each)
    if isinstance(value, dict):
        if value.get("customers") in (1, 2, 3, 4):
            yield value
        for each in value.values():
            yield from small_rows(each)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_row_of_an_answer_about_everybody_is_about_one(name: str, viewer: Browser, analyst: Browser) -> None:
    said = needed(f"questions/{name}")
    told = analyst.get(f"/api/journeys/questions/{name}", params=said)
    assert told.status_code == 200
    shown = viewer.get(f"/api/journeys/questions/{name}", params=said)
    assert shown.status_code == 200, shown.text
    assert list(small_rows(shown.json()["answer"])) == []
    for text in (shown.text, viewer.get(f"/api/journeys/questions/{name}.csv", params=said).text):
        assert SECRET not in text
        assert "Hardship" not in text


@pytest.mark.parametrize(
    "address",
    [
        "effort?by=touchpoint",
        "contacts?by=touchpoint",
        "scores?by=touchpoint",
        "emotion?by=touchpoint",
        "effort?by=team",
        "contacts?by=team",
        "handovers?by=team",
        "attribution?outcomes=Paid",
        "chains",
        "drivers?outcomes=Paid",
        "loops",
        "flow?where=channel = phone",
    ],
)
def test_what_one_customer_did_many_times_is_no_row(address: str, viewer: Browser, analyst: Browser) -> None:
    shown, known = (each.get(f"/api/journeys/questions/{address}") for each in (viewer, analyst))
    assert (shown.status_code, known.status_code) == (200, 200)
    assert SECRET not in shown.text
    assert "Hardship" not in shown.text


@pytest.mark.parametrize(
    "group",
    [
        {"where": f"touchpoint = Basket or touchpoint = '{SECRET}'"},
        {"where": f"channel exists and (touchpoint = Basket or not touchpoint != '{SECRET}')"},
        {"where": f"not touchpoint = '{SECRET}'"},
        {"where": f"touchpoint != '{SECRET}'"},
        {"where": f"touchpoint in (Basket, '{SECRET}')"},
        {"segment": f"touchpoint in (Basket, '{SECRET}')"},
        {"not_segment": f"touchpoint = '{SECRET}'"},
        {"not_segment": f"touchpoint in (Call, '{SECRET}')"},
    ],
    ids=lambda group: " ".join(f"{name}: {text}" for name, text in group.items()),
)
def test_a_choice_that_lets_in_or_keeps_out_one_customer_is_refused(group: dict[str, str], viewer: Browser) -> None:
    assert viewer.get("/api/journeys/questions/overview", params=group).json()["code"] == "access.small_group"


def test_a_choice_between_large_groups_is_answered(viewer: Browser, analyst: Browser) -> None:
    group = {"where": "touchpoint in (Basket, Paid) and not channel = phone", "not_segment": "touchpoint = Call"}
    shown, known = (each.get("/api/journeys/questions/overview", params=group) for each in (viewer, analyst))
    assert shown.status_code == 200
    assert shown.json()["answer"]["customers"] == known.json()["answer"]["customers"]


def test_what_is_left_out_is_noted(viewer: Browser, analyst: Browser) -> None:
    notes = [each.get("/api/journeys/questions/variants").json()["notes"] for each in (analyst, viewer)]
    assert notes == [[], ["1 row or number about fewer than 5 customers left out"]]


@pytest.mark.parametrize(
    "address",
    [
        f"questions/paths?touchpoint={SECRET}",
        f"questions/funnel?steps=Basket&steps={SECRET}",
        f"questions/attribution?outcomes={SECRET}",
        "questions/contacts?teams=Hardship",
        "questions/effort?teams=Hardship",
        "questions/scores?teams=Hardship",
        "questions/survival?events=Paid&begun=2026-05-01..2026-05-31",
        "questions/retention?begun=2026-05-01..2026-05-31",
        f"pictures/paths?touchpoint={SECRET}",
    ],
)
def test_what_only_one_customer_came_to_is_not_told_by_another_parameter(address: str, viewer: Browser) -> None:
    assert viewer.get(f"/api/journeys/{address}").json()["code"] == "access.small_group"


@pytest.mark.parametrize("file", ["flow.svg", "channels.json", "variants.json", "paths.svg"])
def test_pictures_that_were_drawn_for_others_are_not_shown(file: str, viewer: Browser, analyst: Browser) -> None:
    said = needed(f"questions/{file.partition('.')[0]}")
    first, shown, again = (
        each.get(f"/api/journeys/questions/{file}", params=said).text for each in (analyst, viewer, analyst)
    )
    assert (first, SECRET in shown) == (again, False)
    assert first != shown


def test_the_laid_out_flow_is_not_that_of_others(viewer: Browser, analyst: Browser) -> None:
    drawn = [each.get("/api/journeys/pictures/flow").text for each in (analyst, viewer, analyst)]
    assert [SECRET in each for each in drawn] == [True, False, True]


def test_values_of_few_customers_are_not_listed(viewer: Browser, analyst: Browser) -> None:
    listed = [each.get("/api/journeys/values", params={"field": "team"}).text for each in (viewer, analyst)]
    assert ["Hardship" in each for each in listed] == [False, False]
    assert "Billing" in listed[0]


def test_a_step_that_one_customer_came_to_has_no_numbers(viewer: Browser, analyst: Browser) -> None:
    known, shown = (each.get("/api/evidence/maps/shop/check").json() for each in (analyst, viewer))
    assert [each["reached"] for each in known["steps"]] == [41, 1, 21]
    assert [each["reached"] for each in shown["steps"]] == [41, None, 21]
    assert [each["step"] for each in shown["lanes"]] == ["look", "pay"]
    assert [(each["from"], each["to"]) for each in shown["transitions"]] == [("look", "pay")]
    rows = viewer.get("/api/evidence/maps/shop/bindings").json()["steps"]
    assert [(each["state"], each["interactions"], each["last"]) for each in rows][1] == ("bound", None, None)
    series = viewer.get("/api/evidence/maps/shop/series", params={"step": "ask"})
    assert series.json()["code"] == "access.small_group"


@pytest.mark.parametrize("role", Role)
def test_what_a_map_does_not_plan_is_not_told_of_one_customer(
    workspace: Workspace, signed_in: Callable[[Role], Browser], role: Role
) -> None:
    save(
        workspace, Document(MAP.replace("id: shop", "id: short").replace(f"touchpoint = '{SECRET}'", "channel = none"))
    )
    found = signed_in(role).get("/api/evidence/maps/short/check").json()["unplanned"]
    assert (SECRET in {each["touchpoint"] for each in found}) == (Right.SEE_CUSTOMERS in rights_of(role))


def test_a_map_that_one_customer_comes_to_is_not_measured(workspace: Workspace, viewer: Browser) -> None:
    text = MAP.replace("id: shop", "id: alone").replace("touchpoint = Basket", f"touchpoint = '{SECRET}'")
    save(workspace, Document(text.replace("touchpoint = Paid", "value > 4000")))
    for route in ("check", "drawing", "files/pdf", "proposals"):
        assert viewer.get(f"/api/evidence/maps/alone/{route}").json()["code"] == "access.small_group", route


def test_the_time_of_few_from_one_step_to_the_next_is_not_told(
    workspace: Workspace, viewer: Browser, analyst: Browser
) -> None:
    times = [f"median_seconds_from_previous{ending}" for ending in ("", "_low", "_high", "_n")]
    text = f"""\
desireline: map/1
id: few-times
title: I am in debt
metrics: [{{id: wait, name: Wait, kind: median-time, unit: h}}]
phases:
  - id: debt
    name: Debt
    steps:
      - {{id: ask, name: I ask, binding: {{where: touchpoint = '{SECRET}'}}}}
      - {{id: tell, name: I tell, binding: {{where: touchpoint = Survey}}, metrics: [wait]}}
"""
    save(workspace, Document(text))
    told = [each.get("/api/evidence/maps/few-times/check").json() for each in (analyst, viewer)]
    known, shown = ({each["id"]: each for each in found["steps"]}["tell"] for found in told)
    assert (known["reached"], known[times[0]] is None, known[times[-1]]) == (41, False, 1)
    assert (shown["reached"], *(shown[each] for each in times)) == (41, None, None, None, 0)
    assert [found["metrics"][0]["n"] for found in told] == [1, None]
    drawn = [each.get("/api/evidence/maps/few-times/drawing").text for each in (analyst, viewer)]
    assert ["after the step before" in each for each in drawn] == [True, False]


@pytest.mark.parametrize("silent", ["1m", "1h", "30d"])
@pytest.mark.parametrize("period", ["", "period=2026-03-02..2026-03-20&"], ids=["all", "when nobody came"])
def test_nobody_finds_out_since_when_a_step_of_one_customer_is_silent(
    viewer: Browser, period: str, silent: str
) -> None:
    rows = viewer.get(f"/api/evidence/maps/shop/bindings?silent={silent}").json()["steps"]
    assert (rows[1]["state"], rows[1]["last"]) == ("bound", None)
    step = viewer.get(f"/api/evidence/maps/shop/check?{period}silent={silent}").json()["steps"][1]
    assert (step["binding"], step["last_interaction"]) == ("bound", None)


def test_who_may_see_customers_finds_out_since_when_a_step_is_silent(analyst: Browser) -> None:
    row = analyst.get("/api/evidence/maps/shop/bindings?silent=1m").json()["steps"][1]
    assert (row["state"], row["last"]) == ("silent", "2026-05-03")


def test_a_month_of_a_series_with_one_customer_has_no_value(viewer: Browser) -> None:
    points = viewer.get("/api/evidence/maps/shop/series", params={"step": "pay"}).json()["points"]
    assert {each["name"]: each["n"] for each in points} == {"2026-03": 40, "2026-04": 0, "2026-05": 0}
    assert points[-1]["value"] is None


def test_a_persona_of_one_customer_is_not_measured(viewer: Browser, analyst: Browser) -> None:
    told = [each.get("/api/evidence/maps/shop/check?personas=true").json()["personas"] for each in (analyst, viewer)]
    assert [[each["id"] for each in personas] for personas in told] == [["zoe", "app"], ["app"]]


def test_a_link_shows_what_a_viewer_sees(workspace: Workspace, signed_in: Callable[[Role], Browser]) -> None:
    admin, viewer = signed_in(Role.ADMIN), signed_in(Role.VIEWER)
    made = admin.post("/api/maps/map/shop/shares", json={"measured": True}).json()["address"]
    drawn = browser(workspace).get(f"/api{made}/measured").text
    assert drawn == viewer.get("/api/evidence/maps/shop/drawing?titled=false").text
    assert drawn != admin.get("/api/evidence/maps/shop/drawing?titled=false").text


def test_a_first_map_is_not_made_of_one_customer(signed_in: Callable[[Role], Browser]) -> None:
    editor = signed_in(Role.EDITOR)
    answer = editor.post("/api/evidence/first-map", json={"segment": ONE_CUSTOMER["segment"]})
    assert answer.json()["code"] == "access.small_group"
    answer = editor.post("/api/evidence/first-map", json={"personas": ["Zoe: text contains 'Zoe'"]})
    assert answer.json()["code"] == "access.one_customer"


def test_a_count_tells_days_and_not_the_moment_of_somebody(viewer: Browser, analyst: Browser) -> None:
    told = [
        each.get("/api/evidence/count", params={"where": "channel = web"}).json()["last"] for each in (analyst, viewer)
    ]
    assert told[0].startswith(told[1][:10])
    assert (told[0][11:19] != "00:00:00", told[1][11:19]) == (True, "00:00:00")


def worked_out(browser: Browser, address: str) -> str:
    """An answer of Home comes when it is there."""
    while '"working":{' in (text := browser.get(address).text):
        time.sleep(0.05)
    return text


@pytest.mark.parametrize("address", ["evidence/review", "evidence/staleness", "home/maps"])
def test_since_when_a_step_is_silent_is_for_those_who_may_see_customers(
    address: str, workspace: Workspace, viewer: Browser, analyst: Browser
) -> None:
    silent = MAP.replace("id: shop", "id: quiet").replace(f"where: touchpoint = '{SECRET}'", "where: touchpoint = Call")
    save(workspace, Document(silent + "reviewed: 2026-04-01\n"), author="Nora")
    told = [worked_out(each, f"/api/{address}") for each in (analyst, viewer)]
    assert ["silent since" in each for each in told] == [True, False]


def test_weeks_of_one_customer_have_no_figures(viewer: Browser, analyst: Browser) -> None:
    said = {"period": "2026-03-02..2026-05-03"}
    known, shown = (figures(each, said) for each in (analyst, viewer))
    last = {name: each["points"][-1] for name, each in known.items() if each["points"]}
    assert (last["customers"]["value"], last["interactions"]["value"]) == (1, 9)
    points = [point for each in shown.values() for point in each["points"]]
    assert {each["value"] for each in points if each["start"] >= last["customers"]["start"]} == {None}
    assert shown["interactions"]["value"] == known["interactions"]["value"]


def figures(client: Browser, said: Mapping[str, str]) -> dict[str, Any]:
    return {each["id"]: each for each in asked(client, "/api/home/figures", said).json()["figures"]}


@pytest.mark.parametrize(("role", "is_told"), [(Role.EDITOR, False), (Role.ANALYST, True)])
def test_a_first_map_says_nothing_of_fewer_journeys(tmp_path: Path, role: Role, is_told: bool) -> None:
    made = make_log(tmp_path, {"Search, Order": 20, "Compare, Order": 18, "Search, Compare, Order": 2})
    with browser(made) as opened:
        saved = sign_in_as(opened, made, role).post("/api/evidence/first-map", json={"title": "I buy"}).json()
        lane = opened.get(f"/api/maps/documents/map/{saved['id']}").json()["tree"]["lanes"][1]
    counted = {said["evidence"][0]["n"] for cell in lane["cells"] for said in cell["claims"]}
    assert counted == ({2, 40} if is_told else {40})


@pytest.mark.parametrize(("number", "is_told"), [(1, True), (2, False), (5, False)])
def test_the_number_is_a_setting(tmp_path: Path, number: int, is_told: bool) -> None:
    made = create(tmp_path / "workspace")
    record_interactions(made, [seen(0, "Basket", "web", "Zoe")])
    with (made.folder / "desireline.toml").open("a") as file:
        file.write(f"[privacy]\nsmallest_group = {number}\n")
    made = open_workspace(made.folder)
    with browser(made) as opened:
        answer = sign_in_as(opened, made, Role.VIEWER).get("/api/journeys/questions/overview")
    assert (answer.status_code == 200) == is_told


SINGLE = "text contains 'Jane Doe'"
SAID = {"kind": "persona", "tree": {"desireline": "persona/1", "name": "Jane", "segment": SINGLE}}


def bound(condition: str) -> str:
    return MAP.replace("touchpoint = Basket", f'"{condition}"')


def test_an_editor_writes_no_condition_that_picks_one_customer_out(
    workspace: Workspace, signed_in: Callable[[Role], Browser]
) -> None:
    editor, address = signed_in(Role.EDITOR), "/api/maps/documents/map/shop"
    before = editor.get(address).json()["version"]
    refused = [
        editor.put(address, json={"text": bound(SINGLE)}),
        editor.put(address, json={"text": MAP + f'scope: {{where: "{SINGLE}"}}\n', "based_on": before}),
        editor.put(
            address,
            json={
                "text": bound("touchpoint = Basket")
                .replace("id: zoe", "id: scope")
                .replace(f"segment: touchpoint = '{SECRET}'", f'segment: "{SINGLE}"')
            },
        ),
        editor.post("/api/maps/documents/persona", json={"tree": SAID["tree"]}),
        editor.post("/api/maps/import?existing=version", files={"data": ("a.yaml", bound(SINGLE).encode())}),
        editor.post("/api/maps/import?existing=copy", files={"data": ("a.yaml", bound(SINGLE).encode())}),
    ]
    assert {each.json()["code"] for each in refused} == {"access.one_customer"}
    assert "phases.buy.steps.look.binding.where: expected a condition that many customers can meet" in refused[0].text
    assert editor.get(address).json()["version"] == before


def test_a_condition_by_somebody_who_may_see_customers_stays(
    workspace: Workspace, signed_in: Callable[[Role], Browser]
) -> None:
    save(workspace, Document(MAP.replace("id: shop", "id: bound")))
    address, text = "/api/maps/documents/map/bound", bound(SINGLE).replace("id: shop", "id: bound")
    assert signed_in(Role.ANALYST).put(address, json={"text": text}).status_code == 200
    renamed = text.replace("title: I shop", "title: I buy")
    assert signed_in(Role.EDITOR).put(address, json={"text": renamed}).status_code == 200
    another = renamed.replace("Jane Doe", "John Doe")
    assert signed_in(Role.EDITOR).put(address, json={"text": another}).status_code == 403


@pytest.mark.parametrize(
    ("condition", "viewers", "analysts"),
    [
        ("team = Hardshipp", "no interaction has team 'Hardshipp'", "; did you mean 'Hardship'?"),
        ("team = Billin", "no interaction has team 'Billin'; did you mean 'Billing'?", ""),
        ("touchpoint = 'Debt advise'", f"no interaction has touchpoint 'Debt advise'; did you mean '{SECRET}'?", ""),
    ],
    ids=["a team of one", "a team of many", "a touchpoint"],
)
def test_a_slip_is_not_answered_with_values_of_few_customers(
    condition: str, viewers: str, analysts: str, viewer: Browser, analyst: Browser
) -> None:
    for address, parameter in (("condition", "text"), ("questions/flow", "where"), ("comparisons/reach", "where")):
        said = {parameter: condition, "with_where": "channel = web"} if "reach" in address else {parameter: condition}
        notes = [each.get(f"/api/journeys/{address}", params=said).json()["notes"] for each in (analyst, viewer)]
        assert notes == [[viewers + analysts], [viewers]], address


def test_names_that_few_customers_have_come_without_their_number(viewer: Browser, analyst: Browser) -> None:
    known, shown = (each.get("/api/journeys/names").json()["touchpoints"] for each in (analyst, viewer))
    assert {each["name"]: each["customers"] for each in known}[SECRET] == 1
    assert {each["name"]: each["customers"] for each in shown} == {
        each["name"]: None if each["name"] == SECRET else each["customers"] for each in known
    }


def test_a_saved_question_that_picks_one_customer_out_is_for_those_who_may_ask_it(
    signed_in: Callable[[Role], Browser],
) -> None:
    said = {"name": "Jane's", "question": "flow", "parameters": f"where=channel+%3D+web&segment={SINGLE}"}
    analyst, editor, viewer = (signed_in(role) for role in (Role.ANALYST, Role.EDITOR, Role.VIEWER))
    assert editor.post("/api/journeys/saved", json=said).json()["code"] == "access.one_customer"
    assert analyst.post("/api/journeys/saved", json=said).status_code == 201
    assert editor.post("/api/journeys/saved", json=said | {"name": "All", "parameters": "period=2026"}).is_success
    listed = [[each["name"] for each in one.get("/api/journeys/saved").json()] for one in (analyst, viewer)]
    assert listed == [["All", "Jane's"], ["All"]]


@pytest.mark.parametrize("ending", ["yaml", "json", "xlsx", "svg"])
def test_a_file_from_a_link_holds_no_condition_that_picks_one_customer_out(
    workspace: Workspace, signed_in: Callable[[Role], Browser], ending: str
) -> None:
    text = bound("case = 'C-77'").replace("id: shop", "id: linked")
    text = text.replace("segment: channel = app", f'segment: "{SINGLE}"')
    save(workspace, Document(text + 'scope: {segment: Everyone, where: "id = x1"}\n'))
    made = signed_in(Role.ADMIN).post("/api/maps/map/linked/shares", json={"downloads": True}).json()["address"]
    given = browser(workspace)
    with given as opened:
        file = opened.get(f"/api{made}/files/a.{ending}")
    assert file.status_code == 200, file.text
    assert {"what": "conditions that can pick one customer out", "count": 3} in json.loads(file.headers["x-losses"])
    if ending in ("yaml", "json"):
        tree = Document(file.text).tree
        assert tree["scope"] == {"segment": "Everyone"}
        assert tree["personas"][1] == {"id": "app", "name": "App people"}
        bindings = [each.get("binding") for each in tree["phases"][0]["steps"]]
        assert bindings == [None, {"where": f"touchpoint = '{SECRET}'"}, {"where": "touchpoint = Paid"}]
