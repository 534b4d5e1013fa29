from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import desireline
from desireline.base import InputError, UnknownNameError
from desireline.interactions.recording import NewInteraction, record_interactions
from desireline.journeys import compare_groups
from desireline.journeys.comparing import comparable
from desireline.journeys.pictures.charts import PICTURE_ENDINGS, save_picture
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


def test_other_answers_are_compared_too(workspace: Workspace) -> None:
    groups = ({"segment": BASIC}, {"segment": GOLD})
    found = compare_groups(workspace, *groups, of="funnel", settings={"steps": ["Look", "Call"]})  # type: ignore[arg-type]
    assert any(each.is_sure and each.after.value == 0.5 for each in found.differences)
    chains = compare_groups(workspace, *({**each, "span": "life", "gap": "30m"} for each in groups), of="chains")  # type: ignore[call-overload]
    assert chains.differences
    with pytest.raises(InputError, match="to compare outcomes, expected journey"):
        compare_groups(workspace, *groups, of="outcomes")  # type: ignore[arg-type]
    assert set(comparable()) >= {"contacts", "outcomes", "scores"}


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
