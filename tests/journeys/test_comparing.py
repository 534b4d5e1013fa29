from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.base import InputError, UnknownNameError, reading_in, tell
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import clusters, compare_groups, survival
from desireline.journeys.comparing import COMPARED, NOT_COMPARED, REACHED_BY, comparable
from desireline.journeys.estimates import compare, mean, share
from desireline.journeys.pictures.charts import PICTURE_ENDINGS, save_picture
from desireline.journeys.shared_clusters import shared_clusters
from desireline.store import Workspace

GOLD, BASIC = "attributes.plan = gold", "attributes.plan = basic"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Of 200 customers all look; half of the gold ones call afterwards, and one in ten of the others."""
    made = desireline.create(tmp_path_factory.mktemp("shop") / "workspace")
    start = datetime(2026, 3, 2, tzinfo=UTC)
    new = []
    for number in range(200):
        plan = "gold" if number % 2 else "basic"
        steps = ["Look", "Call"] if number % 20 in (1, 3, 5, 7, 9, 10, 12) else ["Look"]
        for place, touchpoint in enumerate(steps):
            fields = {
                "source": "shop",
                "channel": "phone" if touchpoint == "Call" else "web",
                "touchpoint": touchpoint,
                "occurred_at": start + timedelta(hours=number, minutes=place),
            }
            new.append(NewInteraction(fields, {"user": f"u{number}"}, {"plan": plan}))
    record_interactions(made, new)
    return made


def test_what_differs_by_more_than_chance_comes_first(workspace: Workspace) -> None:
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD})
    told = {each.before.name: (each.before.value, each.after.value, each.is_sure) for each in found.differences}
    assert told["at Call"] == told["Look → Call"] == told["in channel phone"] == (0.2, 0.5, True)
    assert told["at Look"] == (1.0, 1.0, False)
    assert told["customers"] == (100.0, 100.0, False)
    assert [each.is_sure for each in found.differences] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    ("of", "settings", "german"),
    [
        pytest.param("reach", {}, {"bei Call", "im Kanal phone"}, id="reach"),
        pytest.param(
            "funnel",
            {"steps": ["Look", "Call"]},
            {"erreichten Schritt 2: Call", "gingen weiter zu Schritt 2: Call"},
            id="funnel",
        ),
        pytest.param("paths", {"touchpoint": "Look"}, {"1 Schritt nach Look: Call"}, id="paths"),
        pytest.param("survival", {"events": ["Call"]}, {"nach 7 Tagen ohne Call"}, id="survival"),
    ],
)
def test_what_was_measured_is_told_in_the_language_of_the_reader(
    workspace: Workspace, of: str, settings: dict[str, Any], german: set[str]
) -> None:
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD}, of=of, settings=settings)  # type: ignore[arg-type]
    with reading_in("de"):
        assert {tell(each.before.name) for each in found.differences} >= german


def test_other_answers_are_compared_too(workspace: Workspace) -> None:
    groups = ({"segment": BASIC}, {"segment": GOLD})
    found = compare_groups(workspace, *groups, of="funnel", settings={"steps": ["Look", "Call"]})  # type: ignore[arg-type]
    assert any(each.is_sure and each.after.value == 0.5 for each in found.differences)
    chains = compare_groups(workspace, *({**each, "span": "life", "gap": "30m"} for each in groups), of="chains")  # type: ignore[call-overload]
    assert chains.differences
    with pytest.raises(InputError, match="to compare outcomes, expected journey"):
        compare_groups(workspace, *groups, of="outcomes")  # type: ignore[arg-type]
    assert set(comparable()) >= {"contacts", "outcomes", "scores"}


def in_both_segments(folder: Path) -> Workspace:
    """Of 90 customers 60 use the web and 60 the phone, 30 of them both; of those on the web alone 20 order, of the others on the phone 5."""
    made = desireline.create(folder)
    new = []
    for number in range(90):
        channels = ["web"] * (number < 60) + ["phone"] * (number >= 30)
        orders = number < 20 or number >= 85
        for place, touchpoint in enumerate([*(f"In {each}" for each in channels), *["Order"] * orders]):
            fields = {
                "source": "shop",
                "channel": channels[min(place, len(channels) - 1)],
                "touchpoint": touchpoint,
                "occurred_at": datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=number, minutes=place),
            }
            new.append(NewInteraction(fields, {"user": f"u{number}"}, {}))
    record_interactions(made, new)
    return made


WEB, PHONE = "channel = web", "channel = phone"


@pytest.fixture(scope="module")
def overlapping(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return in_both_segments(tmp_path_factory.mktemp("overlapping") / "workspace")


@pytest.mark.parametrize(
    ("first", "second", "sizes", "ordered", "note"),
    [
        (WEB, PHONE, (30, 30, 30), (20 / 30, 5 / 30), "30 customers are in both segments and left out of both"),
        (
            WEB,
            None,
            (60, 30, 60),
            (20 / 60, 5 / 30),
            "all 60 customers of the first segment are in the second: compared w",
        ),
        (
            None,
            WEB,
            (30, 60, 60),
            (5 / 30, 20 / 60),
            "all 60 customers of the second segment are in the first: the rest",
        ),
        (WEB, "touchpoint = 'In web'", None, None, "both segments are the same 60 customers"),
    ],
    ids=["some are in both", "with everybody", "everybody first", "the same customers"],
)
def test_nobody_is_in_both_segments_that_are_compared(
    overlapping: Workspace,
    first: str | None,
    second: str | None,
    sizes: tuple[int, int, int] | None,
    ordered: tuple[float, float] | None,
    note: str,
) -> None:
    if sizes is None:
        with pytest.raises(InputError, match=note):
            compare_groups(overlapping, {"segment": first}, {"segment": second})
        return
    found = compare_groups(overlapping, {"segment": first}, {"segment": second})
    assert found.sizes is not None
    assert (found.sizes.first, found.sizes.second, found.sizes.in_both) == sizes
    assert found.sizes.left_out
    assert found.sizes.note.startswith(note)
    at_order = next(each for each in found.differences if each.before.name == "at Order")
    assert (at_order.before.value, at_order.after.value) == pytest.approx(ordered)
    assert (at_order.before.n, at_order.after.n) == sizes[:2]


def test_a_segment_is_compared_with_the_rest(overlapping: Workspace) -> None:
    found = compare_groups(overlapping, {"segment": WEB}, {"not_segment": WEB})
    assert found.sizes is not None
    assert (found.sizes.first, found.sizes.second, found.sizes.in_both, found.sizes.note) == (60, 30, 0, "")


def test_groups_that_cannot_be_separated_are_refused(overlapping: Workspace) -> None:
    with pytest.raises(InputError, match="expected two groups that share nobody, 55 customers are in both"):
        compare_groups(overlapping, {"segment": PHONE}, {"not_segment": "touchpoint = Order"})


def test_customers_in_both_periods_are_counted(workspace: Workspace) -> None:
    whole, part = {"period": "2026-03-02.."}, {"period": "2026-03-02..2026-03-02"}
    found = compare_groups(workspace, whole, part)  # type: ignore[arg-type]
    assert found.sizes is not None
    assert (found.sizes.first, found.sizes.second, found.sizes.in_both, found.sizes.left_out) == (200, 24, 24, False)
    assert found.sizes.note.startswith("24 customers are in both groups")


@pytest.mark.parametrize(
    ("of", "settings", "name"),
    [
        ("common", {}, "Look → Call"),
        ("paths", {"touchpoint": "Look"}, "1 step after Look: Call"),
        ("survival", {"events": ["Call"], "unit": "minute"}, "without Call after 5 minutes"),
        ("drivers", {"outcomes": ["Call"]}, "spans with Call"),
        ("clusters", {"clusters": 2}, "share of Call"),
        ("gaps", {"quiet": "30s"}, "moves between channels after a silence"),
        ("loops", {}, None),
    ],
)
def test_every_answer_with_estimates_is_compared(
    workspace: Workspace, of: str, settings: dict[str, object], name: str | None
) -> None:
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD}, of=of, settings=settings)
    by_name = {each.before.name: (each.before.value, each.after.value) for each in found.differences}
    if name is not None:
        calls = (0.8, 0.5) if name.startswith("without") else (1.0, 1.0) if of == "gaps" else (0.2, 0.5)
        assert by_name[name] == pytest.approx(calls, abs=0.01)
    assert (found.test is not None) == (of == "survival")
    assert found.to_dict()["customers"] == {"first": 100, "second": 100, "in_both": 0, "left_out": False, "note": ""}


@pytest.mark.parametrize("wanted", [2, None], ids=["two clusters", "as many as there are"])
def test_clusters_of_two_groups_are_those_of_both_together(workspace: Workspace, wanted: int | None) -> None:
    whole = clusters(workspace, clusters=wanted, outcome="Call")
    groups = shared_clusters(workspace, {"segment": BASIC}, {"segment": GOLD}, clusters=wanted, outcome="Call")
    spans: Counter[str] = Counter()
    for each in groups:
        spans.update({cluster.name: cluster.spans for cluster in each.clusters})
    assert spans == {cluster.name: cluster.spans for cluster in whole.clusters}


def test_clusters_are_compared_with_their_outcome(workspace: Workspace) -> None:
    settings = {"outcome": "Call"}
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD}, of="clusters", settings=settings)
    shares = [each for each in found.differences if each.before.name.startswith("share of ")]
    assert shares
    assert all(each.before.value or each.after.value for each in shares)
    rate = next(each for each in found.differences if each.before.name.startswith("Call in "))
    assert (rate.before.value, rate.after.value, rate.is_sure) == (0.2, 0.5, True)


def test_clusters_that_cannot_be_are_refused_before_anything_is_read(workspace: Workspace) -> None:
    groups = {"segment": BASIC}, {"segment": GOLD}
    with pytest.raises(InputError, match="expected 1 to 30 clusters, got 31"):
        compare_groups(workspace, *groups, of="clusters", settings={"clusters": 31})  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="expected names of touchpoints as the outcome, got 'Cal'"):
        compare_groups(workspace, *groups, of="clusters", settings={"outcome": "Cal"})  # type: ignore[arg-type]
    nobody = {"segment": "attributes.plan = iron"}, {"segment": "attributes.plan = tin"}
    found = compare_groups(workspace, *nobody, of="clusters")  # type: ignore[arg-type]
    assert not any(each.is_sure for each in found.differences)


@pytest.mark.parametrize("of", ["survival", "retention", "gaps"])
def test_what_the_company_did_is_left_out_and_counted_unless_anybody_counts(tmp_path: Path, of: str) -> None:
    made = desireline.create(tmp_path / "workspace")
    new = []
    for number in range(8):
        for hour, direction in enumerate(("inbound", "outbound", "inbound")):
            at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=number, hours=hour)
            fields = {"source": "shop", "channel": "web", "touchpoint": "Visit", "occurred_at": at}
            new.append(
                NewInteraction(
                    {**fields, "direction": direction},
                    {"user": f"u{number}"},
                    {"side": "even" if number % 2 else "odd"},
                )
            )
    record_interactions(made, new)
    groups = {"segment": "attributes.side = odd"}, {"segment": "attributes.side = even"}
    asked = {"churn": "1d"} if of == "survival" else {}
    for whose, left_out in (("customer", 8), ("anybody", 0)):
        settings = {**asked, "whose": whose}
        found = compare_groups(made, *groups, of=of, settings=settings)  # type: ignore[arg-type]
        assert found.of_company == found.to_dict()["of_company"] == left_out


def test_survival_is_compared_by_the_log_rank_test(workspace: Workspace) -> None:
    asked = {"events": ["Call"], "unit": "minute"}
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD}, of="survival", settings=asked)
    groups = [survival(workspace, events=["Call"], unit="minute", segment=each) for each in (BASIC, GOLD)]
    both = groups[0].against(groups[1])
    assert found.test is not None
    assert (found.test.name, found.test.chi_squared, found.test.p) == ("log-rank", both.chi_squared, both.p)
    assert found.test.p < 0.001


def test_paths_that_hardly_anybody_takes_are_left_out(overlapping: Workspace) -> None:
    """Of the five who order on the phone, three do it by then."""
    period = "..2026-03-05T16:00"
    groups = {"segment": WEB, "period": period}, {"not_segment": WEB, "period": period}
    found = compare_groups(overlapping, *groups, of="common")  # type: ignore[arg-type]
    names = {each.before.name for each in found.differences}
    assert found.left_out == 1
    assert "In phone" in names
    assert "In phone → Order" not in names


def test_periods_of_retention_say_who_starts_in_them(tmp_path: Path) -> None:
    """Ann comes in January, February and March, Ben in February and March; each starts once."""
    made = desireline.create(tmp_path / "workspace")
    visits = [("ann", 1), ("ann", 2), ("ann", 3), ("ben", 2), ("ben", 3)]
    new = [
        NewInteraction(
            {
                "source": "web",
                "channel": "web",
                "touchpoint": "Visit",
                "occurred_at": datetime(2026, month, 10, tzinfo=UTC),
            },
            {"user": user},
            {},
        )
        for user, month in visits
    ]
    record_interactions(made, new)
    january, february = ({"period": each} for each in ("2026-01-01..2026-01-31", "2026-02-01..2026-02-28"))
    found = compare_groups(made, january, february, of="retention", settings={"by": "month"})  # type: ignore[arg-type]
    sizes = {each.before.name: (each.before.n, each.after.n, each.after.value) for each in found.differences}
    assert sizes["came back in month 0"] == (1, 1, 0.0)
    assert found.sizes is not None
    assert (found.sizes.first, found.sizes.second, found.sizes.in_both) == (1, 1, 0)
    with pytest.raises(InputError, match="expected periods that do not overlap"):
        compare_groups(made, january, {"period": "2026-01-15.."}, of="retention")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "names"),
    [
        ("flow", {"customers", "at Look", "at Call", "Look → Call"}),
        ("channels", {"customers", "in channel web", "in channel phone", "web → phone"}),
        ("reach", {"customers", "at Look", "at Call", "Look → Call", "in channel web", "in channel phone"}),
    ],
)
def test_flow_is_compared_by_touchpoints_and_channels_by_channels(
    workspace: Workspace, of: str, names: set[str]
) -> None:
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD}, of=of)
    assert {each.before.name for each in found.differences} == names


def test_what_the_segments_make_by_themselves_is_said_and_comes_last(overlapping: Workspace) -> None:
    """Order is on the web, where it follows the phone; the touchpoints In web and In phone are nothing but their channel."""
    found = compare_groups(overlapping, {"segment": WEB}, {"segment": PHONE}).differences
    assert {each.before.name for each in found if each.untested == "by_segment"} == {
        *("at In web", "in channel web", "at In phone", "in channel phone"),
        *("In web → Order", "In phone → Order"),
    }
    made = [each.untested == "by_segment" for each in found]
    assert made == sorted(made) and not any(each.is_sure for each in found if each.untested)


def test_what_only_customers_of_one_plan_do_is_a_finding(workspace: Workspace) -> None:
    found = compare_groups(workspace, {"segment": GOLD}, {"not_segment": GOLD})
    assert not any(each.untested for each in found.differences)


@pytest.mark.parametrize("of", sorted(NOT_COMPARED))
def test_what_cannot_be_compared_says_why(workspace: Workspace, of: str) -> None:
    with pytest.raises(InputError, match=f"of: {of} cannot be compared") as raised:
        compare_groups(workspace, {"segment": GOLD}, {"segment": BASIC}, of=of)
    assert raised.value.hint == NOT_COMPARED[of]


def test_every_question_is_compared_or_says_why_not() -> None:
    questions = {name for name in desireline.journeys.__all__ if name.islower()}
    others = {"ask", "ask_together", "compare_groups", "notes_on", "open_index", "using"}
    assert questions - others == {*COMPARED, *NOT_COMPARED, *REACHED_BY} - {"reach"}


@pytest.mark.parametrize(("of", "setting"), [("reach", "steps"), ("handovers", "steps"), ("funnel", "touchpoint")])
def test_a_setting_that_a_question_does_not_take_is_refused(workspace: Workspace, of: str, setting: str) -> None:
    with pytest.raises(InputError, match=f"{of} takes no {setting}"):
        compare_groups(workspace, {"segment": GOLD}, {"segment": BASIC}, of=of, settings={setting: ["Look"]})


def test_the_picture_says_how_many_rows_it_leaves_out() -> None:
    names = [f"number {place}" for place in range(40)]
    many = compare([share(name, 1, 9) for name in names], [share(name, 5, 9) for name in names])
    few = compare([share(name, 1, 9) for name in names[:5]], [share(name, 5, 9) for name in names[:5]])
    assert "30 of 40 rows shown" in many.chart().to_dict()["title"]["subtitle"]
    assert not any("rows shown" in line for line in few.chart().to_dict()["title"]["subtitle"])


def test_means_are_drawn_in_their_own_units() -> None:
    groups = [[mean("wait", 9, total, total * total, unit="seconds"), share("x", 1, 9)] for total in (900.0, 9_000.0)]
    panels = compare(*groups).chart().to_dict()["vconcat"]
    titles = [panel["layer"][1]["encoding"]["x"]["title"] for panel in panels]
    assert sorted(titles) == ["minutes", "percentage points"]


def test_a_group_without_anybody_has_no_shares(workspace: Workspace) -> None:
    found = compare_groups(workspace, {"segment": "attributes.plan = iron"}, {"segment": GOLD})
    assert [(each.before.name, each.before.value, each.is_sure) for each in found.differences] == [
        ("customers", 0.0, False)
    ]


def test_groups_have_to_differ_and_the_question_to_exist(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="two different groups"):
        compare_groups(workspace, {"segment": GOLD}, {"segment": GOLD})
    with pytest.raises(InputError, match=r"expected one of reach, .*got 'outcome'"):
        compare_groups(workspace, {"segment": GOLD}, {"segment": BASIC}, of="outcome")
    with pytest.raises(InputError, match="to compare funnel, expected steps"):
        compare_groups(workspace, {"segment": GOLD}, {"segment": BASIC}, of="funnel")
    with pytest.raises(UnknownNameError):
        compare_groups(workspace, {"segment": "platfrom = ios"}, {"segment": BASIC})


@pytest.mark.parametrize("ending", PICTURE_ENDINGS)
def test_answers_are_drawn_into_files(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drawn{ending}"
    save_picture(compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD}), file)
    begins = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF", ".html": b"<", ".json": b"{"}
    assert file.read_bytes().startswith(begins[ending])
    if ending == ".html":
        assert b"https://cdn" not in file.read_bytes()


def test_pictures_have_to_be_of_a_known_kind_and_place(workspace: Workspace, tmp_path: Path) -> None:
    found = compare_groups(workspace, {"segment": BASIC}, {"segment": GOLD})
    with pytest.raises(InputError, match=r"ends in \.svg"):
        save_picture(found, tmp_path / "drawn.gif")
    with pytest.raises(InputError, match="cannot be written"):
        save_picture(found, tmp_path / "nowhere" / "drawn.svg")
    with pytest.raises(InputError, match="no picture"):
        save_picture(object(), tmp_path / "drawn.svg")
