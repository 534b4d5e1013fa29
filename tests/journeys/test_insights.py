"""The feed of findings: what is planted is found, nothing else is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from benchmarks.insights import make_company, matching

import desireline
from desireline.base import UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import insights
from desireline.journeys.analyses.insights.finding import Change
from desireline.journeys.analyses.insights.joining import join_changes
from desireline.journeys.definitions import save_definition
from desireline.journeys.results.insights import Insights
from desireline.store import Workspace

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 60


def make_shop(folder: Path, *, fault: bool, customers: int = 400) -> Workspace:
    """Customers who look and order on two platforms; from day 40 on, with the fault, most of those on one call after ordering."""
    made = desireline.create(folder)
    rng = np.random.default_rng(5)
    new = []
    for customer in range(customers):
        platform = "ios" if customer % 2 else "android"
        for day in rng.choice(DAYS, 6, replace=False).tolist():
            at = START + timedelta(days=day, hours=float(rng.uniform(6, 20)))
            steps = ["Look", "Order"] if rng.random() < 0.5 else ["Look"]
            often = 0.6 if fault and platform == "ios" and day >= 40 else 0.05
            if steps[-1] == "Order" and rng.random() < often:
                steps.append("Call")
            new += [
                NewInteraction(
                    {
                        "source": "shop",
                        "channel": "phone" if step == "Call" else "web",
                        "touchpoint": step,
                        "occurred_at": at + timedelta(minutes=10 * place),
                        **({"wait": float(rng.gamma(4, 20))} if step == "Call" else {}),
                    },
                    {"user": f"u{customer}"},
                    {"platform": platform},
                )
                for place, step in enumerate(steps)
            ]
    record_interactions(made, new)
    return made


def test_a_change_is_found_with_whom_it_concerns_and_since_when(tmp_path: Path) -> None:
    found = insights(make_shop(tmp_path / "shop", fault=True))
    assert len(found.findings) == 1
    finding = found.findings[0]
    assert (finding.kind, finding.subject, finding.segment) == (
        "transition",
        "Order → Call",
        ("attributes.platform", "ios"),
    )
    assert abs((finding.first_day - date(2026, 2, 14)).days) <= 3
    assert not finding.is_over
    assert finding.before < 0.1 < 0.5 < finding.after
    assert finding.low < finding.after - finding.before < finding.high
    assert finding.confidence > 0.99
    assert "of Order (platform ios) were directly followed by Call" in finding.text
    assert finding.to_dict()["segment"] == {"platform": "ios"}
    assert finding.to_dict()["to"] is None
    assert found.chart().to_dict()["layer"]
    assert finding.command()[2:4] == ["paths", "Order"]
    assert finding.command()[-2:] == ["--segment", "attributes.platform = 'ios'"]


def test_where_nothing_changes_nothing_is_found(tmp_path: Path) -> None:
    found = insights(make_shop(tmp_path / "shop", fault=False))
    assert found.series > 10
    assert found.findings == ()


def test_only_the_segments_that_are_asked_for_are_looked_at(tmp_path: Path) -> None:
    workspace = make_shop(tmp_path / "shop", fault=True)
    found = insights(workspace, attributes=[])
    assert [each.segment for each in found.findings] in ([None], [])
    with pytest.raises(UnknownNameError, match="expected a field of an interaction, got 'plan'"):
        insights(workspace, attributes=["plan"])


def with_orders(workspace: Workspace) -> Workspace:
    save_definition(workspace, "order", {"start": "touchpoint = Look", "goal": "touchpoint = Call", "time_out": "12h"})
    return workspace


def test_changes_are_found_within_journeys_of_a_definition(tmp_path: Path) -> None:
    found = insights(with_orders(make_shop(tmp_path / "shop", fault=True)), journey="order")
    first = found.findings[0]
    assert (found.journey, first.subject, first.segment) == ("order", "Order → Call", ("attributes.platform", "ios"))
    assert abs((first.first_day - date(2026, 2, 14)).days) <= 3
    assert first.text.startswith("In the journeys order (platform ios) that began since ")
    assert any("came to Call within 12 h; of the others" in each for each in first.also)
    assert first.command(found.journey)[4:6] == ["--journey", "order"]
    assert found.to_dict()["journey"] == "order"


def test_within_journeys_nothing_is_found_where_nothing_changes(tmp_path: Path) -> None:
    """Not even in journeys of weeks, which are all young in the beginning and all cut off in the end."""
    shop = make_shop(tmp_path / "shop", fault=False)
    save_definition(shop, "long", {"start": "touchpoint = Look", "goal": "touchpoint = Call"})
    found = insights(shop, journey="long")
    assert found.series > 5
    assert found.findings == ()
    assert found.days == DAYS - 7


def test_journeys_that_the_record_does_not_cover_are_not_looked_at(tmp_path: Path) -> None:
    shop = with_orders(make_shop(tmp_path / "shop", fault=False, customers=20))
    assert insights(shop, journey="order", period="2026-03-05T12:00..").series == 0
    with pytest.raises(UnknownNameError, match="there is no journey 'oder'"):
        insights(shop, journey="oder")


def test_attributes_that_no_interaction_has_are_refused_with_near_names(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", fault=False, customers=5)
    with pytest.raises(UnknownNameError, match=r"attributes: no interaction has attributes\.platfrom") as raised:
        insights(shop, attributes=["attributes.platfrom"])
    assert raised.value.hint == "did you mean attributes.platform?"
    with pytest.raises(UnknownNameError, match="attributes: no interaction has team") as raised:
        insights(shop, attributes=["team"])
    assert raised.value.hint == "fields that some have: id, wait, attributes.platform"


def test_too_short_a_record_has_no_findings(tmp_path: Path) -> None:
    workspace = make_shop(tmp_path / "shop", fault=True, customers=40)
    short = insights(workspace, period="2026-01-05..2026-01-20")
    assert (short.series, short.findings) == (0, ())
    assert 0 < short.days < 28
    assert insights(workspace, where="channel = fax") == Insights(0, 0, ())
    assert insights(workspace, where="channel = fax").chart().to_dict()


@pytest.mark.parametrize("planted", [True, False])
def test_the_problems_of_the_demo_company_are_found_and_hardly_anything_else(tmp_path: Path, planted: bool) -> None:
    workspace, problems = make_company(tmp_path / "demo", 4_000, 77, planted=planted)
    found = insights(workspace)
    told = [matching(each, problems) for each in found.findings]
    if planted:
        assert {name for names in told for name in names} == {each["id"] for each in problems}
        assert sum(not names for names in told) <= 1
    else:
        assert len(found.findings) <= 1


def change(kind: str = "level", subject: str = "Call", start: int = 100, end: int = 114, **more: object) -> Change:
    settings = {
        "segment": None,
        "is_over": True,
        "before": 0.1,
        "after": 0.2,
        "low": 0.05,
        "high": 0.15,
        "n": 100,
        "strength": 8.0,
        "chance": 0.0,
    }
    return Change(kind=kind, subjects=(subject,), start=start, end=end, **{**settings, **more})  # type: ignore[arg-type]


def test_one_event_in_several_numbers_is_one_finding() -> None:
    weaker = change("wait", before=60.0, after=120.0, strength=6.0, start=102)
    later = change(subject="Call", start=130, end=150, strength=7.0)
    findings = join_changes([weaker, later, change()])
    assert [(each.first_day.toordinal(), each.also) for each in findings] == [
        (
            date(1970, 4, 11).toordinal(),
            ("From 13 April 1970 to 24 April 1970, the mean wait at Call was 2 min; on other days 1 min.",),
        ),
        (date(1970, 5, 11).toordinal(), ()),
    ]


def test_the_segment_in_which_an_event_is_much_larger_is_told() -> None:
    of_plan = change(segment=("attributes.plan", "gold"), after=0.6, strength=5.0)
    of_others = change(segment=("attributes.plan", "iron"), after=0.22, strength=7.9)
    (finding,) = join_changes([change(), of_plan, of_others])
    assert finding.segment == ("attributes.plan", "gold")
    assert finding.text == (
        "From 11 April 1970 to 24 April 1970, 60.0% of the customers active on a day (plan gold) were at Call; "
        "on other days 10.0%."
    )


def test_joining_does_not_depend_on_the_order() -> None:
    several = [change(start=100 + 3 * step, end=114 + 3 * step, strength=8.0 + step % 3) for step in range(6)]
    assert join_changes(several) == join_changes(several[::-1])


GOLD, IRON = ("attributes.plan", "gold"), ("attributes.plan", "iron")


@pytest.mark.parametrize(
    ("other", "findings"),
    [
        pytest.param(change(subject="Chat", segment=IRON, start=101, end=113), 1, id="the same days, other customers"),
        pytest.param(change(subject="Chat", segment=IRON, start=103, end=113), 2, id="three days later"),
        pytest.param(change(subject="Chat", segment=IRON, start=100, end=160), 2, id="much longer"),
        pytest.param(change(subject="Bill", segment=GOLD, start=103, end=104), 1, id="within it, the same customers"),
        pytest.param(change(subject="Bill", segment=IRON, start=103, end=104), 2, id="within it, other customers"),
        pytest.param(change(subject="Bill", segment=GOLD, start=110, end=111), 2, id="within it, but begun later"),
    ],
)
def test_what_coincides_is_one_event(other: Change, findings: int) -> None:
    first = change(segment=GOLD, strength=9.0)
    told = join_changes([other, first])
    assert len(told) == findings
    assert (told[0].subject, len(told[0].also)) == ("Call", 2 - findings)


def test_what_happens_on_the_same_weekday_is_not_one_event_for_that() -> None:
    monday = ("weekday", "Monday")
    told = join_changes(
        [change(segment=monday, strength=9.0), change(subject="Bill", segment=monday, start=103, end=104)]
    )
    assert len(told) == 2


def test_a_weekday_is_in_the_command_unless_it_is_that_of_the_begin_of_journeys() -> None:
    (finding,) = join_changes([change(segment=("weekday", "Monday"))])
    assert finding.command()[-4:] == ["--anchor", "every", "--weekday", "Monday"]
    assert "--weekday" not in finding.command("order")
