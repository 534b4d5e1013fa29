"""What every named format has to keep to; formats are found by themselves, a new one is tested as soon as it is there."""

from __future__ import annotations

import copy
import csv
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import desireline
from desireline.base import InputError
from desireline.sources import (
    ImportResult,
    Rejection,
    export_quarantine,
    import_files,
    list_quarantine,
    propose_mapping,
    replay_quarantine,
)
from desireline.sources.formats import Format, all_formats
from desireline.sources.formats.file_kind import _flat, format_mapping, format_of, recognised_format, samples_of
from desireline.sources.formats.headings import plain
from desireline.sources.formats.model import FoundInteraction, Record, UnusableRecord
from desireline.sources.formats.near_misses import nearly_of
from desireline.sources.formats.reading import noting_zoneless
from desireline.sources.tables import source_names
from desireline.store import Workspace

SAMPLES = Path(__file__).parent / "samples"
PAGES = Path(__file__).parents[3] / "docs" / "formats"
FORMATS = list(all_formats().values())


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desireline.create(tmp_path_factory.mktemp("made") / "workspace").folder


@pytest.fixture
def workspace(made_once: Path, tmp_path: Path) -> Workspace:
    return desireline.open(shutil.copytree(made_once, tmp_path / "workspace"))


@dataclass(frozen=True, slots=True)
class Imported:
    """A workspace into which the sample of a format was imported, and what the import said."""

    workspace: Workspace
    result: ImportResult

    def copied(self, folder: Path) -> Workspace:
        """Another one, to import more into."""
        return desireline.open(shutil.copytree(self.workspace.folder, folder / "copied"))


@pytest.fixture(scope="module")
def imported(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Format], Imported]:
    """The sample of each format is imported once for all tests that only read it."""

    @cache
    def once(name: str) -> Imported:
        folder = shutil.copytree(made_once, tmp_path_factory.mktemp("imported") / "workspace")
        workspace = desireline.open(folder)
        return Imported(workspace, import_files(workspace, [sample_file(all_formats()[name])]))

    return lambda declared: once(declared.name)


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
def test_the_sample_gives_the_expected_interactions_in_a_workspace(
    declared: Format, imported: Callable[[Format], Imported], tmp_path: Path
) -> None:
    result = imported(declared).result
    good = [each for each in expected(declared) if "unusable" not in each]
    bad = [each for each in expected(declared) if "unusable" in each]
    assert result.files[0].source == declared.name
    assert (result.counts.stored, result.counts.quarantined) == (len(good), len(bad))
    assert result.counts.read == result.counts.stored + result.counts.duplicates + result.counts.quarantined
    again = import_files(imported(declared).copied(tmp_path), [sample_file(declared)])
    assert again.counts.stored == 0


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_the_stored_interactions_have_the_expected_fields(
    declared: Format, imported: Callable[[Format], Imported]
) -> None:
    workspace = imported(declared).workspace
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


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_what_the_format_assumes_is_said_by_its_page_the_guess_and_the_import(
    declared: Format, imported: Callable[[Format], Imported], tmp_path: Path
) -> None:
    assumed = () if declared.assumes is None else (declared.assumes,)
    page = " ".join((PAGES / f"{declared.name}.md").read_text(encoding="utf-8").split())
    assert all(text in page and f"# {text}" in propose_mapping(sample_file(declared)).yaml for text in assumed)
    with noting_zoneless() as zoneless:
        list(converted(declared, enumerate(whole_records(declared), start=1)))
    said = assumed if zoneless else ()
    assert imported(declared).result.files[0].notes == said
    again = import_files(imported(declared).copied(tmp_path), [sample_file(declared)], source=declared.name)
    assert again.files[0].notes == said


def test_a_format_of_which_no_time_lacks_its_zone_assumes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    for text, said in (("2026-03-01T09:00:00Z", 0), ("2026-03-01T09:00:00", 1)):
        (tmp_path / "nps.csv").write_text(f"customer_id,date,nps\nc1,{text},9\n")
        assert len(import_files(workspace, [tmp_path / "nps.csv"]).files[0].notes) == said


def whole_records(declared: Format) -> list[Record]:
    """The records of a sample, with a text as its lines."""
    found = raw_records(declared)
    if "line" in found[0]:
        return [{"line": line} for line in sample_file(declared).read_text(encoding="utf-8").splitlines()]
    return found


def raw_records(declared: Format) -> list[Record]:
    return copy.deepcopy(read_records(declared.name))


@cache
def read_records(name: str) -> list[Record]:
    """The records of the sample of a format; not to be changed."""
    declared = all_formats()[name]
    with TemporaryDirectory() as folder:
        samples = samples_of(sample_file(declared), workplace=Path(folder))
        sample = next(each for each in samples if each.container in declared.containers)
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
    record = json.loads(json.dumps(data.draw(st.sampled_from(read_records(declared.name)))))
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
def test_a_cut_off_or_foreign_file_is_one_error_and_changes_nothing(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    content = sample_file(declared).read_bytes()
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(format_mapping(declared))
    (tmp_path / "zeros").write_bytes(b"\x00" * 64)
    with pytest.raises(InputError):
        import_files(workspace, [tmp_path / "zeros"], mapping=mapping)
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


def read_as(workspace: Workspace, declared: Format, path: Path, *, encoding: str | None = None) -> ImportResult:
    """Import a file as this format, whatever it looks like."""
    text = format_mapping(declared)
    if encoding is not None:
        text = text.replace(f"{{format: {declared.name}}}", f"{{format: {declared.name}, encoding: {encoding}}}")
    mapping = path.with_suffix(".mapping.yaml")
    mapping.write_text(text, encoding="utf-8")
    return import_files(workspace, [path], mapping=mapping)


def stored_ids(workspace: Workspace) -> set[str]:
    return {row["id"] for row in desireline.interactions.read_interactions(workspace, range(100_000))}


def expected_ids(declared: Format) -> set[str]:
    return {each["id"] for each in expected(declared) if "unusable" not in each}


def by_lines(declared: Format) -> bool:
    """Whether the sample can be read line by line, or only as a whole."""
    sample = sample_file(declared)
    try:
        return sample.suffix != ".json" or not json.loads(sample.read_bytes())
    except ValueError:
        return True


@pytest.mark.parametrize("declared", [each for each in FORMATS if by_lines(each)], ids=lambda each: each.name)
def test_of_a_file_that_is_cut_off_everything_whole_is_kept(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    content = sample_file(declared).read_bytes()
    (tmp_path / "cut").write_bytes(content[: len(content) * 4 // 5])
    counts = read_as(workspace, declared, tmp_path / "cut").counts
    assert counts.stored > 0
    assert counts.read == counts.stored + counts.duplicates + counts.quarantined
    assert len(stored_ids(workspace) & expected_ids(declared)) >= len(expected_ids(declared)) // 2


@pytest.mark.parametrize("declared", [each for each in FORMATS if not by_lines(each)], ids=lambda each: each.name)
def test_a_document_that_is_cut_off_is_an_error_that_names_the_file_and_a_way_out(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    content = sample_file(declared).read_bytes()
    (tmp_path / "cut").write_bytes(content[: len(content) * 4 // 5])
    with pytest.raises(InputError, match="cut") as raised:
        read_as(workspace, declared, tmp_path / "cut")
    assert "cut off or damaged" in str(raised.value.hint)
    assert stored_ids(workspace) == set()


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_text_in_utf_16_is_read_as_it_is(declared: Format, workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(sample_file(declared).read_bytes().decode("utf-8-sig").encode("utf-16"))
    read_as(workspace, declared, tmp_path / "file")
    assert stored_ids(workspace) == expected_ids(declared)


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_an_encoding_that_the_file_is_not_in_is_an_error_that_names_both(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(sample_file(declared).read_bytes() + "Ł".encode())
    with pytest.raises(InputError, match="file is not in the encoding ascii") as raised:
        read_as(workspace, declared, tmp_path / "file", encoding="ascii")
    assert "found out from the file" in str(raised.value.hint)
    assert stored_ids(workspace) == set()


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_a_broken_letter_costs_its_record_at_most(declared: Format, workspace: Workspace, tmp_path: Path) -> None:
    content = sample_file(declared).read_bytes()
    letters = [place for place, letter in enumerate(content) if chr(letter).isalpha() and letter < 128]
    place = letters[len(letters) * 3 // 4]
    (tmp_path / "file").write_bytes(content[:place] + b"\xc3" + content[place + 1 :])
    try:
        counts = read_as(workspace, declared, tmp_path / "file").counts
    except InputError as error:
        assert "file" in str(error)
        assert not by_lines(declared), error
        return
    assert counts.read == counts.stored + counts.duplicates + counts.quarantined
    assert len(stored_ids(workspace) & expected_ids(declared)) >= len(expected_ids(declared)) // 2


def empty_exports(declared: Format) -> Iterator[bytes]:
    """What a system writes that has nothing to tell."""
    sample = sample_file(declared)
    if sample.suffix == ".csv":
        yield sample.read_bytes().split(b"\n")[0] + b"\n"
    if "json" in declared.containers:
        yield b"[]"
        document = json.loads(sample.read_bytes()) if not by_lines(declared) else None
        if isinstance(document, dict) and declared.records_path != "":
            lists = {key: [] if isinstance(value, list) else value for key, value in document.items()}
            yield json.dumps(lists).encode()


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_an_empty_export_gives_nothing_and_is_no_error(declared: Format, workspace: Workspace, tmp_path: Path) -> None:
    for content in empty_exports(declared):
        (tmp_path / "file").write_bytes(content)
        counts = read_as(workspace, declared, tmp_path / "file").counts
        assert (counts.read, counts.stored, counts.quarantined) == (0, 0, 0), content
    (tmp_path / "file").write_bytes(b"\n \n")
    (outcome,) = read_as(workspace, declared, tmp_path / "file").files
    assert (outcome.counts.read, outcome.notes) == (0, ("has no records",))


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_an_empty_export_without_a_name_holds_up_no_other_file(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    files = []
    for place, content in enumerate([b"", *empty_exports(declared)]):
        files.append(tmp_path / f"{place}.export")
        files[-1].write_bytes(content)
    *empty, good = import_files(workspace, [*files, sample_file(declared)]).files
    assert {(each.counts.read, each.source in ("", declared.name)) for each in empty} == {(0, True)}
    assert all(any("has no records" in note for note in each.notes) for each in empty)
    assert good.counts.stored == len(expected_ids(declared))
    with workspace.database.reading() as connection:
        assert source_names(connection) == [declared.name]


EMPTY_PAGES = {
    "genesys_cloud": {"conversations": [], "totalHits": 0},
    "hubspot_engagements": {"results": [], "hasMore": False, "offset": 0},
    "intercom_conversations": {"type": "conversation.list", "conversations": [], "pages": {}},
    "stripe_charges": {"object": "list", "url": "/v1/charges", "has_more": False, "data": []},
    "stripe_invoices": {"object": "list", "url": "/v1/invoices", "has_more": False, "data": []},
    "surveymonkey": {"data": [], "page": 1, "links": {"self": "https://api.surveymonkey.com/v3/surveys/1/responses"}},
    "twilio_calls": {"calls": [], "page": 0, "page_size": 50, "next_page_uri": None},
    "twilio_taskrouter": {"events": [], "meta": {"key": "events"}},
    "zendesk_comments": {"comments": [], "next_page": None, "count": 0},
    "zendesk_satisfaction": {"satisfaction_ratings": [], "next_page": None},
    "zendesk_tickets": {"tickets": [], "end_of_stream": True, "count": 0},
}


def test_every_wrapper_has_an_empty_page() -> None:
    assert set(EMPTY_PAGES) == {each.name for each in FORMATS if each.wrapper}


@pytest.mark.parametrize("name", EMPTY_PAGES)
def test_an_empty_page_is_known_by_what_is_around_the_list(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text(json.dumps(EMPTY_PAGES[name], indent=1))
    found = recognised_format(tmp_path / "page.json", workplace=tmp_path)
    assert found is not None and found[0].name == name


@pytest.mark.parametrize("declared", [each for each in FORMATS if each.signatures], ids=lambda each: each.name)
def test_a_file_without_one_field_that_is_needed_is_not_taken_for_something_else(
    declared: Format, tmp_path: Path
) -> None:
    sample = next(
        each for each in samples_of(sample_file(declared), workplace=tmp_path) if each.container in declared.containers
    )
    assert nearly_of([sample]) is None
    signature = max(declared.signatures, key=lambda each: len({*each.required, *each.further} & sample.columns))
    for name in signature.required:
        gone = {column for column in sample.columns if plain(column) == plain(name)}
        if not gone:
            continue
        records = [{key: value for key, value in record.items() if key not in gone} for record in sample.records]
        without = replace(sample, columns=sample.columns - gone, records=records)
        recognised = format_of([without])
        if recognised is not None:
            assert recognised[0] is declared
            continue
        miss = nearly_of([without])
        assert miss is not None
        assert miss.format.name == declared.name and name in miss.missing


def test_a_file_that_is_nearly_of_a_format_is_refused_and_can_be_read_by_its_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = (SAMPLES / "genesys_cloud.json").read_text(encoding="utf-8")
    (tmp_path / "near.json").write_text(text.replace('"conversationStart"', '"convStart"'))
    with pytest.raises(
        InputError, match=r"looks like Genesys Cloud .*the field conversationStart is missing"
    ) as raised:
        import_files(workspace, [tmp_path / "near.json"])
    assert "--format genesys_cloud" in str(raised.value.hint)
    (outcome,) = import_files(workspace, [tmp_path / "near.json"], format_name="genesys_cloud").files
    assert (outcome.source, outcome.counts.quarantined) == ("genesys_cloud", 7)


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_a_mapping_needs_no_more_than_a_source_and_the_format(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "m.yaml").write_text(f"source: mine\nread: {{format: {declared.name}}}\n")
    import_files(workspace, [sample_file(declared)], mapping=tmp_path / "m.yaml")
    assert stored_ids(workspace) == expected_ids(declared)


def test_an_unknown_format_is_an_error_that_names_close_ones(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no named format 'amazon_conect'") as raised:
        import_files(workspace, [SAMPLES / "amazon_connect.jsonl"], format_name="amazon_conect")
    assert "amazon_connect" in str(raised.value.hint)


NOTICED = {
    "a later version": ("amazon_connect.jsonl", '"2017-03-10"', '"2031-01-01"', "'2031-01-01' of contact records"),
    "no time of the last change": ("amazon_connect.jsonl", '"LastUpdateTimestamp"', '"Last"', "No record has LastUpd"),
    "another version of Contact Lens": ("contact_lens.jsonl", '"1.1.0"', '"9.0"', "'9.0' of Contact Lens"),
    "another version of event streams": ("twilio_taskrouter.jsonl", '"1.0"', '"9.0"', "'9.0' of Event Streams"),
}


@pytest.mark.parametrize("case", NOTICED)
def test_what_is_unusual_about_a_file_is_said_with_the_import(case: str, workspace: Workspace, tmp_path: Path) -> None:
    name, before, after, said = NOTICED[case]
    assert import_files(workspace, [SAMPLES / name]).files[0].notes == ()
    (tmp_path / name).write_text((SAMPLES / name).read_text(encoding="utf-8").replace(before, after))
    assert said in " ".join(import_files(workspace, [tmp_path / name]).files[0].notes)


def test_a_survey_that_is_cut_off_within_its_header_says_so(workspace: Workspace, tmp_path: Path) -> None:
    content = (SAMPLES / "qualtrics.csv").read_text(encoding="utf-8")
    end = content.index('{""ImportId""')
    (tmp_path / "cut.csv").write_text(content[:end].rpartition("\n")[0] + "\n")
    import_files(workspace, [tmp_path / "cut.csv"])
    assert ["cut off within" in each.message for each in list_quarantine(workspace)] == [True]


WRONG: tuple[Any, ...] = (None, "", "x", -1, 1e300, True, [], [1], {}, {"a": {}}, "31/02/2026", "\u0000")


def places(record: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a record where something stands."""
    entries = record.items() if isinstance(record, dict) else enumerate(record)
    for key, value in entries:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def with_value(record: Record, path: tuple[Any, ...], value: Any) -> Record:
    """A copy of a record that has something else at a place."""
    changed = copy.deepcopy(dict(record))
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_every_field_may_be_missing_or_of_another_type(declared: Format) -> None:
    """Used or refused with the name of a field, whatever stands there."""
    refused = 0
    for record in raw_records(declared)[:4]:
        for path in itertools.islice(places(record), 150):
            for value in WRONG:
                for found in converted(declared, [(1, with_value(record, path, value))]):
                    if isinstance(found, FoundInteraction):
                        assert found.id and found.channel and found.touchpoint and found.occurred_at.tzinfo is not None
                    else:
                        refused += 1
                        assert found["unusable"] and found["reason"] in REASONS
    assert refused > 0


REASONS = set(re.findall(r"``(\w+)``", str(Rejection.__doc__).split("reason\n", 1)[1].split("    message\n", 1)[0]))
_NAMES_A_VERSION = re.compile(r"version|schema|^v$", re.IGNORECASE)


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_a_later_version_of_the_format_is_read_by_the_fields_that_are_known(declared: Format) -> None:
    """More fields change nothing, another number of the version breaks nothing."""
    for record in raw_records(declared)[:10]:
        before = [with_identifiers(each) for each in usable(declared, record)]
        if "lines" not in declared.containers or "line" not in record:
            more = {**record, "zz_new_in_version_9": "x"}
            assert [with_identifiers(each) for each in usable(declared, more)] == before
        for path in places(record):
            if isinstance(path[-1], str) and _NAMES_A_VERSION.search(path[-1]):
                list(converted(declared, [(1, with_value(record, path, "2099-01-01"))]))


def usable(declared: Format, record: Record) -> list[FoundInteraction]:
    return [each for each in converted(declared, [(1, record)]) if isinstance(each, FoundInteraction)]


@dataclass(frozen=True)
class Spoiled:
    """A record of the sample that cannot be used any more, and the same as it was."""

    number: int
    broken: Record
    whole: Record
    where: str


def spoiled(declared: Format) -> Spoiled:
    """The first record that gives something and is refused as soon as one of its fields says nonsense."""
    lines = "line" in raw_records(declared)[0]
    records = [record for _, record in _prepared(declared)] if lines else raw_records(declared)
    for number, record in enumerate(records, start=1):
        if not usable(declared, record) or not isinstance(record, dict):
            continue
        for path in places(record):
            for value in (None, "", "nonsense"):
                broken = with_value(record, path, value)
                found = list(converted(declared, [(1, broken)]))
                if len(found) == 1 and isinstance(found[0], dict):
                    return Spoiled(number, broken, record, found[0]["unusable"])
    raise AssertionError(f"{declared.name} refuses nothing")


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_one_bad_record_is_named_keeps_nothing_else_out_and_can_be_mended(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    found = spoiled(declared)
    lines = [json.dumps(found.broken)]
    if declared.prepare is None:  # which would take the others for deliveries of the same record
        others = [json.dumps(found.whole | {"zz_other": place}) for place in range(50)]
        lines = [*others[:30], *lines, *others[30:]]
    (tmp_path / "file").write_text("\n".join([*lines, "[1]", ""]), encoding="utf-8")
    counts = read_as(workspace, declared, tmp_path / "file").counts
    assert counts.read == counts.stored + counts.duplicates + counts.quarantined
    waiting = [each for each in list_quarantine(workspace) if each.form == "document"]
    assert [(each.field, each.row, Path(each.file).name) for each in waiting] == [
        (found.where, 31 if len(lines) > 1 else 1, "file")
    ]
    assert not waiting[0].message.startswith(f"{found.where}: ") and "expected" in waiting[0].message
    ids = {each.id for each in usable(declared, found.whole)}
    assert stored_ids(workspace) == (ids if len(lines) > 1 else set())
    export_quarantine(workspace, tmp_path / "rows.jsonl", source=declared.name)
    notes = {"_quarantine_id": waiting[0].id}
    ready = dict(next(iter(declared.prepare([(1, found.whole)])))[1] if declared.prepare else found.whole)
    (tmp_path / "rows.jsonl").write_text(json.dumps(notes | ready), encoding="utf-8")
    replay_quarantine(workspace, source=declared.name, mended=tmp_path / "rows.jsonl")
    assert stored_ids(workspace) == ids
    assert [each.form for each in list_quarantine(workspace)] == ["unreadable"]


@pytest.mark.parametrize(
    "declared", [each for each in FORMATS if "json" in each.containers], ids=lambda each: each.name
)
def test_the_only_record_of_a_file_with_a_record_a_line_is_a_record(
    declared: Format, workspace: Workspace, tmp_path: Path
) -> None:
    record = next(each for each in raw_records(declared) if usable(declared, each))
    (tmp_path / "one.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    read_as(workspace, declared, tmp_path / "one.jsonl")
    assert stored_ids(workspace) == {each.id for each in usable(declared, record)}


MANY = {"score_list": 100_000, "amazon_connect": 10_000, "weblog_combined": 10_000}
LARGE: dict[str, Callable[[int], str]] = {
    "weblog_combined": lambda place: (
        f'10.0.{place // 250 % 250}.{place % 250} - u{place} [10/Oct/2026:13:55:36 +0000] "GET /p{place % 9} HTTP/1.1" 200 23 "-" "Mozilla/5.0"'
    ),
    "score_list": lambda place: f"c{place},2026-03-01T09:00:00Z,{place % 11},fine",
    "amazon_connect": lambda place: (
        f'{{"AWSContactTraceRecordFormatVersion":"2017-03-10","ContactId":"c-{place}","InitiationMethod":"INBOUND",'
        f'"InitiationTimestamp":"2026-03-01T09:00:00Z","LastUpdateTimestamp":"2026-03-01T09:01:00Z"}}'
    ),
}
BAD = {"weblog_combined": "nothing of that", "score_list": "c,soon,3,fine", "amazon_connect": '{"ContactId": "c-x"}'}
HEAD = {"score_list": "customer_id,date,nps,comment\n"}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_with_one_bad_row_loses_that_row_only(name: str, workspace: Workspace, tmp_path: Path) -> None:
    """One for each way a file can be built."""
    many = MANY[name]
    with (tmp_path / "file").open("w", encoding="utf-8") as file:
        file.write(HEAD.get(name, ""))
        file.writelines(LARGE[name](place) + "\n" for place in range(many // 2))
        file.write(BAD[name] + "\n")
        file.writelines(LARGE[name](place) + "\n" for place in range(many // 2, many))
    counts = read_as(workspace, all_formats()[name], tmp_path / "file").counts
    assert (counts.stored, counts.duplicates, counts.quarantined) == (many, 0, 1)
    assert [each.row for each in list_quarantine(workspace)] == [many // 2 + 1]


@pytest.mark.parametrize("declared", FORMATS, ids=lambda each: each.name)
def test_a_format_says_what_it_gives(declared: Format) -> None:
    """Turns are read only where the format says so; a revision names each record that can be used."""
    found = [each for _, record in _prepared(declared) for each in usable_alone(declared, record)]
    assert declared.transcripts == any(each.turns for each in found)
    if declared.revision is not None:
        revisions = [declared.revision(record) for _, record in _prepared(declared) if usable_alone(declared, record)]
        assert all(each is not None and each.key for each in revisions)


def _prepared(declared: Format) -> list[tuple[int, Record]]:
    """All records of the sample, prepared."""
    found: list[Record] = raw_records(declared)
    if "line" in found[0]:
        found = [{"line": line} for line in sample_file(declared).read_text(encoding="utf-8").splitlines()]
    records = list(enumerate(found, start=1))
    return list(declared.prepare(records)) if declared.prepare is not None else records


def usable_alone(declared: Format, record: Record) -> list[FoundInteraction]:
    """The interactions of a record that is prepared already."""
    try:
        return list(declared.convert(record))
    except UnusableRecord:
        return []


@pytest.mark.parametrize("declared", [each for each in FORMATS if each.revision], ids=lambda each: each.name)
def test_the_newest_delivery_of_a_record_counts_whichever_comes_first(
    declared: Format, made_once: Path, tmp_path: Path
) -> None:
    older, newer = deliveries(declared)
    found = []
    for order in ((newer,), (older, newer, older), (newer, older)):
        folder = tmp_path / str(len(found))
        workspace = desireline.open(shutil.copytree(made_once, folder / "workspace"))
        for place, record in enumerate(order):
            (folder / f"{place}.json").write_text(json.dumps([record]), encoding="utf-8")
            read_as(workspace, declared, folder / f"{place}.json")
        found.append(said(workspace))
    assert found[0] == found[1] == found[2] != {}


def said(workspace: Workspace) -> dict[str, Any]:
    """What the log says of every interaction, whenever it came."""
    rows = desireline.interactions.read_interactions(workspace, range(1000))
    left_out = ("arrival", "version", "anchor", "identifiers")
    return {row["id"]: {key: value for key, value in row.items() if key not in left_out} for row in rows}


def deliveries(declared: Format) -> tuple[Record, Record]:
    """An earlier delivery of a record of the sample, that says something else, and the record."""
    for record in raw_records(declared):
        today = revised_at(declared, record)
        for path, value in itertools.product(places(record), EARLY) if today and usable(declared, record) else ():
            earlier = with_value(record, path, value)
            at = revised_at(declared, earlier)
            if at is None or at >= today or ids_of(declared, earlier) != ids_of(declared, record):
                continue
            for other in places(record):
                older = with_value(earlier, other, "Other words")
                same = revised_at(declared, older) == at and ids_of(declared, older) == ids_of(declared, record)
                if same and said_by(declared, older) != said_by(declared, record):
                    return older, record
    raise AssertionError(f"no record in the sample of {declared.name} can have an earlier delivery")


EARLY = ("2020-01-01T00:00:00Z", 1577836800, "Wed, 01 Jan 2020 00:00:00 +0000")


def revised_at(declared: Format, record: Record) -> datetime | None:
    assert declared.revision is not None
    try:
        prepared = next(iter(declared.prepare([(1, record)])))[1] if declared.prepare is not None else record
        revision = declared.revision(prepared)
    except UnusableRecord:
        return None
    return None if revision is None else revision.changed_at


def ids_of(declared: Format, record: Record) -> list[str]:
    return [each.id for each in usable(declared, record)]


def said_by(declared: Format, record: Record) -> list[dict[str, Any]]:
    return [with_identifiers(each) for each in usable(declared, record)]
