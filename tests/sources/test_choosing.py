"""Which mapping an import without one takes: what is known is kept, and two files of one name are not mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

import desireline
from desireline.sources import import_files, saved_mapping
from desireline.store import Workspace

CRM = "id,time,customer_id,event\n" + "".join(f"{n},2026-01-0{n},c{n % 2},Case opened\n" for n in range(1, 5))
BILLING = "id,sent_at,email,amount,event\n" + "".join(
    f"{n},2026-01-0{n},ann{n % 2}@example.org,5,Bill sent\n" for n in range(1, 5)
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


def two_exports(folder: Path) -> list[Path]:
    files = []
    for department, content in (("crm", CRM), ("billing", BILLING)):
        (folder / department).mkdir()
        files.append(folder / department / "export.csv")
        files[-1].write_text(content)
    return files


def test_two_departments_may_call_their_files_alike(workspace: Workspace, tmp_path: Path) -> None:
    result = import_files(workspace, two_exports(tmp_path))
    assert [(each.source, each.counts.stored) for each in result.files] == [("export", 4), ("export_2", 4)]


def test_also_one_after_the_other_and_again(workspace: Workspace, tmp_path: Path) -> None:
    files = two_exports(tmp_path)
    assert [import_files(workspace, [file]).files[0].source for file in files] == ["export", "export_2"]
    again = [import_files(workspace, [file]).files[0] for file in files]
    assert [(each.source, each.counts.duplicates) for each in again] == [("export", 4), ("export_2", 4)]


def test_a_mapping_that_somebody_wrote_is_not_replaced_by_a_guess(workspace: Workspace, tmp_path: Path) -> None:
    crm, _ = two_exports(tmp_path)
    written = (
        "source: export\nchannel: store\ntouchpoint: {column: event}\nid: {column: id}\n"
        "occurred_at: {column: time, timezone: Europe/London}\nidentifiers: {customer: {column: customer_id}}\n"
    )
    (tmp_path / "mapping.yaml").write_text(written)
    import_files(workspace, [crm], mapping=tmp_path / "mapping.yaml")
    assert import_files(workspace, [crm]).counts.duplicates == 4
    assert saved_mapping(workspace, "export") == written


def test_what_a_guess_is_unsure_of_comes_with_the_result(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("at,user_id,event\n2026-01-01 10:00,u1,Visit\n2026-01-02 10:00,u2,Visit\n")
    (outcome,) = import_files(workspace, [tmp_path / "visits.csv"]).files
    assert outcome.guessed
    assert any("time zone" in note for note in outcome.notes)
