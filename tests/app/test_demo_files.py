"""The demo company's files: the same seed gives the same bytes, and the truth beside them is true."""

import csv
import gzip
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from desireline.app.demo import DemoFiles, write_files
from desireline.base.errors import InputError

START = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/London"))
END = datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/London"))
PLACEHOLDERS = {
    "00000000-0000-0000-0000-000000000000",
    "null",
    "anonymous",
    "N/A",
    "unknown@example.com",
    "test@example.com",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return write_files(tmp_path_factory.mktemp("company"), customers=300, seed=7)


@pytest.fixture(scope="module")
def larger_company(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return write_files(tmp_path_factory.mktemp("larger"), customers=3_000, seed=7)


def unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".zst":
        return pa.input_stream(str(path), compression="zstd").read()
    return path.read_bytes()


def json_rows(path: Path) -> list[dict[str, Any]]:
    text = unpacked(path).decode()
    return json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines()]


def csv_rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    """Rows without the header, as they are: one with too many fields stays one."""
    csv.field_size_limit(1_000_000)
    return list(csv.reader(io.StringIO(unpacked(path).decode(), newline=""), delimiter=delimiter))[1:]


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    """Every row of a file as something to compare, read by another way than it was written."""
    if path.suffix == ".parquet":
        return list(zip(*pq.read_table(path).to_pydict().values(), strict=True))
    if path.suffix == ".xlsx":
        return [tuple(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_name("Visits").to_python()[1:]]
    if ".csv" in path.name:
        return [tuple(row) for row in csv_rows(path, ";" if path.name == "calls.csv" else ",")]
    return [(json.dumps(row),) for row in json_rows(path)]


def file(company: DemoFiles, name: str) -> Path:
    return next(one.path for one in company.files if one.path.name.startswith(name))


def truth(company: DemoFiles, name: str) -> Any:
    return json.loads((company.truth / name).read_text())


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_gives_the_same_bytes(company: DemoFiles, tmp_path: Path) -> None:
    again = write_files(tmp_path, customers=300, seed=7)
    assert everything(again.folder) == everything(company.folder)


def test_another_seed_gives_other_files(company: DemoFiles, tmp_path: Path) -> None:
    other = write_files(tmp_path, customers=300, seed=8)
    for one in other.files:
        assert one.path.read_bytes() != file(company, one.path.name).read_bytes(), one.path.name


def test_every_file_has_its_mapping(company: DemoFiles) -> None:
    for one in company.files:
        assert f"source: {one.mapping.stem}\n" in one.mapping.read_text()
    assert (company.folder / "README.md").exists()


def test_mappings_are_in_the_mapping_language(company: DemoFiles) -> None:
    mapping = pytest.importorskip("desireline.sources.mapping", reason="not yet: the mapping reader")
    for one in company.files:
        assert mapping.load_mapping(one.mapping)


def test_counts_of_rows_and_duplicates_are_true(company: DemoFiles) -> None:
    counted = truth(company, "rows.json")
    for one in company.files:
        rows = rows_of(one.path)
        repeated = len(rows) - len(set(rows))
        assert len(rows) == one.rows == counted[one.path.name]["rows"], one.path.name
        assert repeated == counted[one.path.name]["exact_duplicates"], one.path.name


def is_time(text: str | int | None, layout: str) -> str:
    """What is wrong with a time, or nothing."""
    if text in ("", None):
        return "time missing"
    try:
        datetime.strptime(str(text), layout)
    except ValueError:
        return "time unreadable"
    return ""


def what_is_bad(time: str, identifiers: Iterable[str | None], number: str = "0") -> str:
    """The reason a row cannot be used, or nothing."""
    given = [identifier for identifier in identifiers if identifier]
    if time:
        return time
    if not re.fullmatch(r"-?\d+(\.\d+)?", number):
        return "number unreadable"
    if not given:
        return "no identifier"
    return "only a placeholder" if set(given) <= PLACEHOLDERS else ""


def bad_web_event(row: dict[str, Any]) -> str:
    time = is_time(row["timestamp"], "%Y-%m-%dT%H:%M:%S.%fZ")
    return what_is_bad(time, (row["anonymous_id"], row["user_id"]))


def bad_app_event(row: dict[str, Any]) -> str:
    wrong = "time missing" if row["ts"] is None else "" if isinstance(row["ts"], int) else "time unreadable"
    return what_is_bad(wrong, (row["device_id"], row["uid"]))


def bad_chat(row: dict[str, Any]) -> str:
    time = is_time(row["started_at"], "%Y-%m-%dT%H:%M:%S%z")
    return what_is_bad(time, row["visitor"].values(), str(row["duration"]))


def bad_call(row: list[str]) -> str:
    if len(row) != 12:
        return "too many separators"
    caller = "" if row[2] == "anonymous" else row[2]
    return what_is_bad(is_time(row[1], "%d/%m/%Y %H:%M:%S"), (caller, row[3]), row[7])


def bad_contact(row: list[str]) -> str:
    return what_is_bad(is_time(row[4], "%Y-%m-%d %H:%M:%S"), row[:4])


def bad_visit(row: tuple[Any, ...]) -> str:
    wrong = "" if isinstance(row[0], datetime) else "time unreadable" if row[0] else "time missing"
    return what_is_bad(wrong, row[3:5])


def bad_case(row: list[str]) -> str:
    return what_is_bad(is_time(row[3], "%Y-%m-%d %H:%M:%S"), row[1:3])


def bad_order(row: list[str]) -> str:
    return what_is_bad(is_time(row[2], "%Y-%m-%dT%H:%M:%SZ"), (row[1],), row[5])


def bad_email(row: list[str]) -> str:
    return what_is_bad("time missing" if not row[3] else "" if row[3].isdigit() else "time unreadable", (row[0],))


def bad_survey(row: list[str]) -> str:
    if len(row[5]) > 200_000:
        return "comment too long"
    return what_is_bad(is_time(row[6], "%d %b %Y %H:%M"), row[1:3], row[4])


def bad_invoice(row: tuple[Any, ...]) -> str:
    return what_is_bad("" if row[3] else "time missing", (row[1],), str(row[5]))


@pytest.mark.parametrize(
    ("name", "read", "judge"),
    [
        ("web_events", json_rows, bad_web_event),
        ("app_events", json_rows, bad_app_event),
        ("chats", json_rows, bad_chat),
        ("calls", lambda path: csv_rows(path, ";"), bad_call),
        ("crm_contacts", csv_rows, bad_contact),
        ("crm_cases", csv_rows, bad_case),
        ("store_visits", rows_of, bad_visit),
        ("orders", csv_rows, bad_order),
        ("email_campaigns", csv_rows, bad_email),
        ("surveys", csv_rows, bad_survey),
        ("invoices", rows_of, bad_invoice),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_counts_of_bad_rows_are_true(
    larger_company: DemoFiles,
    name: str,
    read: Callable[[Path], list[Any]],
    judge: Callable[[Any], str],
) -> None:
    path = file(larger_company, name)
    found = Counter(reason for reason in map(judge, read(path)) if reason)
    assert dict(found) == truth(larger_company, "rows.json")[path.name]["bad"]
    assert found.total() > 0


def all_times(company: DemoFiles) -> Iterable[tuple[str, datetime]]:
    """Every readable time of every file, aware."""
    london, new_york = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
    for row in json_rows(file(company, "web_events")):
        if not bad_web_event(row):
            yield "web", datetime.fromisoformat(row["timestamp"])
    for row in json_rows(file(company, "app_events")):
        if isinstance(row["ts"], int):
            yield "app", datetime.fromtimestamp(row["ts"] / 1000, UTC)
    for row in json_rows(file(company, "chats")):
        if not is_time(row["started_at"], "%Y-%m-%dT%H:%M:%S%z"):
            yield "chats", datetime.fromisoformat(row["started_at"])
    layouts = (
        ("calls", ";", 1, "%d/%m/%Y %H:%M:%S", london),
        ("crm_contacts", ",", 4, "%Y-%m-%d %H:%M:%S", new_york),
        ("crm_cases", ",", 3, "%Y-%m-%d %H:%M:%S", new_york),
        ("orders", ",", 2, "%Y-%m-%dT%H:%M:%SZ", UTC),
        ("surveys", ",", 6, "%d %b %Y %H:%M", london),
    )
    for name, delimiter, column, layout, zone in layouts:
        for row in csv_rows(file(company, name), delimiter):
            if not is_time(row[column], layout):
                yield name, datetime.strptime(row[column], layout).replace(tzinfo=zone)
    for row in csv_rows(file(company, "email_campaigns")):
        if row[3].isdigit():
            yield "email_campaigns", datetime.fromtimestamp(int(row[3]), UTC)
    for row in rows_of(file(company, "invoices")):
        if isinstance(row[3], date):
            yield "invoices", datetime(row[3].year, row[3].month, row[3].day, tzinfo=london)
    for row in rows_of(file(company, "store_visits")):
        if isinstance(row[0], datetime):
            yield "store_visits", row[0].replace(tzinfo=london)


def test_times_are_inside_the_half_year(company: DemoFiles) -> None:
    seen = set()
    for name, at in all_times(company):
        assert START <= at < END, (name, at)
        seen.add(name)
    assert len(seen) == 11


def test_half_the_year_is_filled(company: DemoFiles) -> None:
    days = {at.astimezone(UTC).date() for _, at in all_times(company)}
    assert len(days) >= (END - START) // timedelta(days=1)


def test_shared_devices_are_seen_with_several_users(larger_company: DemoFiles) -> None:
    users: dict[str, set[str]] = {}
    for name, device, user in (("web_events", "anonymous_id", "user_id"), ("app_events", "device_id", "uid")):
        for row in json_rows(file(larger_company, name)):
            if row[device] and row[user] and row[device] not in PLACEHOLDERS:
                users.setdefault(row[device], set()).add(row[user])
    told = pq.read_table(larger_company.truth / "people.parquet").to_pylist()
    shared = {row["value"] for row in told if row["shared"] and row["type"] == "device"}
    several = {device for device, seen in users.items() if len(seen) > 1}
    assert several
    assert several <= shared
    assert max(len(users[device]) for device in several) > 50, "a kiosk"
    assert sum(len(users[device]) == 2 for device in several) > 5, "families' tablets"


def test_identifiers_belong_to_one_person_unless_shared(larger_company: DemoFiles) -> None:
    with duckdb.connect() as connection:
        mixed = connection.execute(
            f"select type, value, any_value(shared) from '{larger_company.truth}/people.parquet' "
            "group by type, value having count(distinct person) > 1"
        ).fetchall()
    assert {row[0] for row in mixed} == {"device", "phone"}
    assert all(shared for _, _, shared in mixed)


def test_the_truth_knows_every_identifier_of_the_files(company: DemoFiles) -> None:
    told = {(row["type"], row["value"]) for row in pq.read_table(company.truth / "people.parquet").to_pylist()}
    for row in json_rows(file(company, "web_events")):
        for kind, value in (("device", row["anonymous_id"]), ("user", row["user_id"])):
            assert not value or value in PLACEHOLDERS or (kind, value) in told
    for row in csv_rows(file(company, "orders")):
        email = row[1].strip().lower()
        assert not email or row[1] in PLACEHOLDERS or ("email", email) in told
    for row in csv_rows(file(company, "calls"), ";"):
        digits = re.sub(r"\D", "", row[2])
        national = digits.removeprefix("0044").removeprefix("44").removeprefix("0")
        assert not national or ("phone", f"+44{national}") in told


def payment_failures(company: DemoFiles, *, within: bool) -> float:
    """The share of payments on one platform that fail, inside the two weeks or outside of them."""
    outcomes: Counter[str] = Counter()
    for row in json_rows(file(company, "web_events")):
        in_time = "2026-03-09" <= (row["timestamp"] or "") < "2026-03-23"
        if row["platform"] == "ios-safari" and in_time == within:
            outcomes[row["event"]] += 1
    failed, done = outcomes["payment_failed"], outcomes["order_completed"]
    return failed / (failed + done)


def test_the_checkout_fault_can_be_seen(larger_company: DemoFiles) -> None:
    expected = next(one for one in truth(larger_company, "problems.json") if one["id"] == "checkout-fault")
    before, after = expected["expected"]["before"], expected["expected"]["after"]
    assert payment_failures(larger_company, within=False) == pytest.approx(before, abs=0.03)
    assert payment_failures(larger_company, within=True) == pytest.approx(after, abs=0.1)


def test_the_billing_error_can_be_seen(company: DemoFiles) -> None:
    amounts = {
        (row[3], row[5]) for row in rows_of(file(company, "invoices")) if row[2] == "Stream+" and row[6] != "credit"
    }
    assert {amount for day, amount in amounts if day == date(2026, 4, 1)} == {88.0}
    assert {amount for day, amount in amounts if day and day != date(2026, 4, 1)} == {44.0}


def test_journeys_are_told_with_an_order_in_time(company: DemoFiles) -> None:
    journeys = pq.read_table(company.truth / "journeys.parquet").to_pylist()
    assert {"join", "buy add-on", "billing question", "cancel", "fault"} <= {row["kind"] for row in journeys}
    assert all(START <= row["started_at"] <= row["ended_at"] < END for row in journeys)
    assert all(row["outcome"] for row in journeys)


@pytest.mark.parametrize("customers", [1, 2, 39])
def test_very_small_companies_work(tmp_path: Path, customers: int) -> None:
    written = write_files(tmp_path, customers=customers)
    for one in written.files:
        assert len(rows_of(one.path)) == one.rows


def test_no_customers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected 1 or more, got 0"):
        write_files(tmp_path / "none", customers=0)
    assert not (tmp_path / "none").exists()


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    write_files(tmp_path, customers=5, progress=told.append)
    assert told == ["5 of 5 customers"]


def test_importing_is_cheap() -> None:
    code = "import sys, desireline.app.demo; print({'numpy', 'pyarrow', 'duckdb'} & set(sys.modules) or 'cheap')"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "cheap"
