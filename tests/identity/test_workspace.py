from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import desireline
from desireline.base import DesirelineError, InputError, SettingsError, UnknownNameError
from desireline.identity import cut, find_customers, find_identifier, show_customer, summarise, uncut
from desireline.journeys import open_index, overview
from desireline.sources import import_files
from desireline.store import Workspace

MAPPING = """\
source: crm
channel: crm
touchpoint: {column: what}
occurred_at: {column: at}
identifiers: {customer: {column: customer}, email: {column: email}, phone: {column: phone}, device: {column: device}}
"""
ROWS = """\
at,what,customer,email,phone,device
2026-01-01 10:00,Signed in,C-1,ann@example.org,,laptop
2026-01-02 10:00,Called,C-1,,07700 900123,
2026-01-03 10:00,Mailed,,ann@example.org,,
2026-01-04 10:00,Signed in,C-1,,,tablet
2026-01-05 10:00,Signed in,C-2,ben@example.org,,tablet
2026-01-06 10:00,Wrote,C-2,ann@example.org,,
2026-01-07 10:00,Looked,,,,laptop
2026-01-08 10:00,Looked,17,,,
2026-01-09 10:00,Looked,,,,17
"""


def imported(folder: Path, rows: str = ROWS) -> Workspace:
    workspace = desireline.create(folder / "workspace")
    add(workspace, rows)
    return workspace


def add(workspace: Workspace, rows: str) -> None:
    folder = workspace.folder.parent
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    import_files(workspace, [folder / "rows.csv"], mapping=folder / "mapping.yaml")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """For tests that only look."""
    return imported(tmp_path_factory.mktemp("shown"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return imported(tmp_path)


def people(workspace: Workspace, identifier: str) -> list[str]:
    return [str(each) for each in show_customer(workspace, identifier).identifiers]


def interactions_of(workspace: Workspace, identifier: str) -> int:
    """How many interactions the journey index has under the customer."""
    key = show_customer(workspace, identifier).customer
    lengths = {
        customer: length
        for part in open_index(workspace).parts
        for customer, length in zip(part.customers.tolist(), np.diff(part.offsets).tolist(), strict=True)
    }
    return lengths.get(key, 0)


def settings(workspace: Workspace, text: str) -> Workspace:
    (workspace.folder / "desireline.toml").write_text(f"format = 1\n{text}\n", encoding="utf-8")
    return desireline.open(workspace.folder)


ANN = ["customer:C-1", "device:laptop", "email:ann@example.org", "phone:+447700900123"]


@pytest.mark.parametrize("identifier", ["C-1", "customer:C-1", "phone:07700 900123", "ANN@example.org", "laptop"])
def test_any_spelling_of_any_identifier_shows_the_whole_customer(shown: Workspace, identifier: str) -> None:
    assert people(shown, identifier) == ANN


def test_every_chain_leads_from_the_identifier_asked_for_to_the_other(shown: Workspace) -> None:
    view = show_customer(shown, "laptop")
    assert set(view.chains) == set(ANN) - {"device:laptop"}
    for target, chain in view.chains.items():
        here = "device:laptop"
        for link in chain:
            ends = {str(link.first), str(link.second)}
            assert here in ends
            here = next(iter(ends - {here}))
        assert here == target
    assert len(view.chains["phone:+447700900123"]) == 2


def test_a_link_says_where_when_and_how_often(shown: Workspace) -> None:
    (link,) = show_customer(shown, "C-1").chains["email:ann@example.org"]
    described = link.to_dict()
    assert {described.pop("first"), described.pop("second")} == {"customer:C-1", "email:ann@example.org"}
    assert described == {
        "sources": ["crm"],
        "observations": 1,
        "first_at": "2026-01-01T10:00:00+00:00",
        "last_at": "2026-01-01T10:00:00+00:00",
    }


def test_joins_that_were_refused_say_why(shown: Workspace) -> None:
    reasons = {
        tuple(sorted((str(link.first), str(link.second)))): reason
        for link, reason in show_customer(shown, "C-1").refused
    }
    assert reasons == {
        ("customer:C-1", "device:tablet"): "device:tablet was seen with several customers and joins none of them",
        ("customer:C-2", "email:ann@example.org"): "together they would hold 2 values of customer, the policy allows 1",
    }


@pytest.mark.parametrize(
    ("identifier", "kind", "message"),
    [
        ("C-3", UnknownNameError, "did you mean customer:C-"),
        ("ann@example.com", UnknownNameError, "did you mean email:ann@example.org?"),
        ("emial:ann@example.org", UnknownNameError, "email:ann@example.org"),
        ("nobody here", UnknownNameError, "types in use: customer, device, email, phone"),
        ("17", InputError, "say which: customer:17, device:17"),
        ("customer:NULL", InputError, "stands for nobody"),
        ("", InputError, "stands for nobody"),
    ],
    ids=["near value", "near e-mail", "near type", "nothing near", "ambiguous", "blocked", "empty"],
)
def test_an_identifier_that_means_nobody_or_several_is_told(
    shown: Workspace, identifier: str, kind: type[DesirelineError], message: str
) -> None:
    with pytest.raises(kind) as raised:
        find_identifier(shown, identifier)
    assert message in str(raised.value)
    assert type(raised.value) is kind


def test_a_cut_separates_the_past_without_rewriting_the_log(workspace: Workspace) -> None:
    version = workspace.log.version()
    assert (interactions_of(workspace, "C-1"), interactions_of(workspace, "C-2")) == (5, 2)
    assert cut(workspace, "email:ann@example.org", "customer:C-1")
    assert (interactions_of(workspace, "C-1"), interactions_of(workspace, "C-2")) == (3, 3)
    assert people(workspace, "ann@example.org") == ["customer:C-2", "email:ann@example.org", "email:ben@example.org"]
    assert "cut by hand" in [reason for _, reason in show_customer(workspace, "ann@example.org").refused]
    assert workspace.log.version() == version


def test_a_cut_between_two_who_were_apart_says_so(workspace: Workspace) -> None:
    assert not cut(workspace, "C-1", "C-2")


def test_a_cut_that_is_taken_back_leaves_no_trace(workspace: Workspace) -> None:
    before = find_customers(workspace)
    counts = overview(workspace)
    cut(workspace, "C-1", "laptop")
    cut(workspace, "laptop", "C-1")
    assert uncut(workspace, "laptop", "C-1")
    assert not uncut(workspace, "laptop", "C-1")
    assert find_customers(workspace).customers.tolist() == before.customers.tolist()
    assert overview(workspace) == counts


def test_a_cut_of_one_identifier_from_itself_is_refused(shown: Workspace) -> None:
    with pytest.raises(InputError, match="are the same"):
        cut(shown, "ann@example.org", "email:Ann@Example.org")


def test_answers_do_not_depend_on_the_index_being_there(workspace: Workspace) -> None:
    before = overview(workspace)
    shutil.rmtree(workspace.index_folder)
    assert overview(workspace) == before


def test_more_evidence_joins_the_past_too(workspace: Workspace) -> None:
    add(workspace, "at,what,customer,email,phone,device\n2026-02-01,Signed in,17,,,phone-a\n")
    add(workspace, "at,what,customer,email,phone,device\n2026-02-02,Signed in,17,cat@example.org,,\n")
    assert people(workspace, "phone-a") == ["customer:17", "device:phone-a", "email:cat@example.org"]


@pytest.mark.parametrize("blocked", ["ann@example.org", " Ann@Example.org", "'ANN@example.org'"])
def test_a_value_blocked_today_is_left_out_of_the_past(workspace: Workspace, blocked: str) -> None:
    changed = settings(workspace, f'[identifiers]\nblocked = ["{blocked}"]')
    assert people(changed, "laptop") == ["customer:C-1", "device:laptop", "phone:+447700900123"]
    reasons = [reason for _, reason in show_customer(changed, "laptop").refused]
    assert "email:ann@example.org stands for nobody (a blocked value)" in reasons


def test_a_phone_is_blocked_in_any_spelling(workspace: Workspace) -> None:
    changed = settings(workspace, '[identifiers]\nblocked = ["07700 900 123"]')
    assert "phone:+447700900123" not in people(changed, "laptop")


def test_blocking_knows_capitals_of_other_scripts(workspace: Workspace) -> None:
    add(workspace, "at,what,customer,email,phone,device\n2026-02-01,Signed in,GÄST,,,gerät\n")
    assert people(workspace, "gerät") == ["customer:GÄST", "device:gerät"]
    changed = settings(workspace, '[identifiers]\nblocked = ["gäst"]')
    assert people(changed, "gerät") == ["device:gerät"]


def test_another_policy_changes_the_past_and_back(workspace: Workspace) -> None:
    before = overview(workspace).customers
    changed = settings(workspace, '[identity.types.email]\njoins = "never"')
    assert people(changed, "ann@example.org") == ["email:ann@example.org"]
    assert overview(settings(workspace, "")).customers == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[identity]\ntypes = 3", "types"),
        ("[identity]\nkinds = 3", "unknown kinds"),
        ("[identity.types.email]\nlimit = 0", "limit"),
        ("[identity.types.email]\nlimit = true", "limit"),
        ('[identity.types.email]\njoins = "always"', "expected one of freely, unless_contested, never"),
        ("[identity.types.email]\nmost = 3", "expected limit and joins"),
    ],
)
def test_a_policy_that_cannot_be_is_told(shown: Workspace, tmp_path: Path, text: str, message: str) -> None:
    copy = shutil.copytree(shown.folder, tmp_path / "copy")
    (copy / "desireline.toml").write_text(f"format = 1\n{text}\n")
    with pytest.raises(SettingsError, match=message):
        find_customers(desireline.open(copy))


def test_a_limit_may_be_as_large_as_one_likes(workspace: Workspace) -> None:
    changed = settings(workspace, "[identity.types.email]\nlimit = 99999999999999")
    assert people(changed, "laptop") == ANN


def test_the_summary_counts_the_customers_that_the_journeys_are_of(shown: Workspace) -> None:
    summary = summarise(shown)
    assert summary.customers == overview(shown).customers
    assert summary.by_count == {1: 2, 2: 1, 4: 1}
    types = {each.type: (each.identifiers, each.customers) for each in summary.types}
    assert types == {"customer": (3, 3), "device": (3, 2), "email": (2, 2), "phone": (1, 1)}
    assert summary.refusals == {"limit of customer": 1, "seen with several customers": 1}
