"""What every named format has to keep to; formats are found by themselves, a new one is tested as soon as it is there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError
from desireline.sources import import_files
from desireline.sources.formats import Format, all_formats
from desireline.sources.formats.file_kind import _flat, recognised_format, samples_of
from desireline.sources.formats.model import FoundInteraction, Record, UnusableRecord

SAMPLES = Path(__file__).parent / "samples"
PAGES = Path(__file__).parents[3] / "docs" / "formats"
FORMATS = list(all_formats().values())


def sample_file(declared: Format) -> Path:
    found = [path for path in SAMPLES.glob(f"{declared.name}.*") if not path.name.endswith(".expected.json")]
    assert found, f"{declared.name} has no sample"
    return found[0]


def expected(declared: Format) -> list[dict[str, Any]]:
    return json.loads((SAMPLES / f"{declared.name}.expected.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def converted(declared: Format, records: Iterable[tuple[int, Record]]) -> Iterator[FoundInteraction | dict[str, Any]]:
    prepared = declared.prepare(records) if declared.prepare is not None else records
    for number, record in prepared:
        try:
            yield from declared.convert(record)
        except UnusableRecord as error:
            yield {"unusable": error.where, "reason": error.reason, "record": number}


def with_identifiers(found: FoundInteraction) -> dict[str, Any]:
    flat = {key: value for key, value in _flat(found).items() if "." not in key}
    nested = {"identifiers": dict(found.identifiers), "attributes": dict(found.attributes)}
    return {**flat, **{key: value for key, value in nested.items() if value}}


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_the_sample_is_recognised_and_taken_for_nothing_else(declared: Format, tmp_path: Path) -> None:
    found = recognised_format(sample_file(declared), workplace=tmp_path)
    assert found is not None
    assert found[0].name == declared.name
    others = [
        each.name
        for sample in samples_of(sample_file(declared), workplace=tmp_path)
        for each in FORMATS
        if each.name != declared.name and sample.container in each.containers and each.recognise(sample) > 0.5
    ]
    assert others == []


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_the_sample_gives_the_expected_interactions_in_a_workspace(declared: Format, tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    result = import_files(workspace, [sample_file(declared)])
    good = [each for each in expected(declared) if "unusable" not in each]
    bad = [each for each in expected(declared) if "unusable" in each]
    assert result.files[0].source == declared.name
    assert (result.counts.stored, result.counts.quarantined) == (len(good), len(bad))
    assert result.counts.read == result.counts.stored + result.counts.duplicates + result.counts.quarantined
    again = import_files(workspace, [sample_file(declared)])
    assert again.counts.stored == 0


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_the_stored_interactions_have_the_expected_fields(declared: Format, tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    import_files(workspace, [sample_file(declared)])
    good = {each["id"]: each for each in expected(declared) if "unusable" not in each}
    stored = {row["id"]: row for row in desireline.interactions.read_interactions(workspace, range(10_000))}
    assert stored.keys() == good.keys()
    for number, wanted in good.items():
        row = {**stored[number], "attributes": dict(stored[number]["attributes"] or [])}
        row["occurred_at"] = row["occurred_at"].isoformat()
        for name in wanted.keys() - {"identifiers", "received_at"}:
            assert row[name] == pytest.approx(wanted[name]) if name != "attributes" else row[name] == wanted[name], (
                number,
                name,
            )


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_the_format_has_a_page(declared: Format) -> None:
    page = PAGES / f"{declared.name}.md"
    assert page.exists()
    assert len(page.read_text(encoding="utf-8").splitlines()) > 15


def raw_records(declared: Format) -> list[Record]:
    path = sample_file(declared)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        sample = next(
            each for each in samples_of(path, workplace=Path(folder)) if each.container in declared.containers
        )
    return list(sample.records)


DAMAGE = st.one_of(
    st.none(),
    st.just(""),
    st.just("x"),
    st.integers(-5, 5),
    st.booleans(),
    st.just([]),
    st.just({}),
    st.just("31/02/2026"),
)


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_record_is_used_or_refused_but_never_breaks_the_format(declared: Format, data: st.DataObject) -> None:
    record = json.loads(json.dumps(data.draw(st.sampled_from(raw_records(declared)))))
    for _ in range(data.draw(st.integers(1, 3))):
        damage(record, data)
    for found in converted(declared, [(1, record)]):
        if isinstance(found, FoundInteraction):
            assert found.id and found.channel and found.touchpoint
            assert found.occurred_at.tzinfo is not None


def damage(record: Any, data: st.DataObject) -> None:
    """Change, or take away, something at a random place of the record."""
    place = record
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        below = place[key]
        if isinstance(below, dict | list) and below and data.draw(st.booleans()):
            place = below
            continue
        if data.draw(st.booleans()) and isinstance(place, dict):
            del place[key]
        else:
            place[key] = data.draw(DAMAGE)
        return


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_a_cut_off_or_foreign_file_is_one_error_and_changes_nothing(declared: Format, tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "workspace")
    content = sample_file(declared).read_bytes()
    mapping = tmp_path / "mapping.yaml"
    from desireline.sources.formats.file_kind import format_mapping

    mapping.write_text(format_mapping(declared))
    for name, damaged in {"empty": b"", "zeros": b"\x00" * 64}.items():
        (tmp_path / name).write_bytes(damaged)
        with pytest.raises(InputError):
            import_files(workspace, [tmp_path / name], mapping=mapping)
    (tmp_path / "cut").write_bytes(content[: len(content) * 2 // 3])
    try:
        result = import_files(workspace, [tmp_path / "cut"], mapping=mapping)
        assert result.counts.read == result.counts.stored + result.counts.duplicates + result.counts.quarantined
    except InputError:
        assert desireline.interactions.count_log(workspace).interactions == 0


def test_every_sample_belongs_to_a_format() -> None:
    names = {path.name.split(".")[0] for path in SAMPLES.iterdir()}
    assert names == set(all_formats())


def test_csv_samples_are_read_the_same_by_python() -> None:
    for path in SAMPLES.glob("*.csv"):
        with path.open(newline="", encoding="utf-8-sig") as file:
            assert sum(1 for _ in csv.reader(file)) > 1, path.name
