from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import desireline
from desireline.app.demo import write_files
from desireline.base import InputError
from desireline.sources import guess_mapping, import_files, propose_mapping
from desireline.sources.guess import IncompleteGuessError
from desireline.store import Workspace

from .desk import DATA, put, stored, times
from .test_file_kinds import FILES

START = dt.datetime(2026, 3, 1, 8)
EVENTS = ["Product viewed", "Cart opened", "Checkout started", "Order completed"]


def imported(workspace: Workspace, path: Path) -> tuple[str, float]:
    """Import with the guess; gives the guess and the share of the records that was used."""
    guess = guess_mapping(path).yaml
    mapping = put(workspace.folder.parent, "guessed.yaml", guess)
    counts = import_files(workspace, [path], mapping=mapping).counts
    return guess, (counts.stored + counts.duplicates) / counts.read


def expect(guess: str, *lines: str) -> None:
    missing = [line for line in lines if line not in guess.splitlines()]
    assert not missing, f"{missing} not in\n{guess}"


def rows(make: Callable[[int, dt.datetime, str], Any]) -> list[Any]:
    """Two hundred rows of forty people."""
    return [make(place, START + dt.timedelta(minutes=37 * place), f"{place * 7 % 40:03}") for place in range(200)]


def table(header: str, make: Callable[[int, dt.datetime, str], list[Any]], delimiter: str = ",") -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows(make))
    return target.getvalue()


def lines(make: Callable[[int, dt.datetime, str], dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows(make))


# A name and content as tools export them, and lines that the guess must have.
EXPORTS: dict[str, tuple[str, Callable[[], str], list[str]]] = {
    "a tracking plan as a table": (
        "tracks.csv",
        lambda: table(
            "anonymousId,userId,event,originalTimestamp,receivedAt,messageId",
            lambda n, t, u: [f"a{u}", f"u{u}" if n % 3 else "", EVENTS[n % 4], f"{t.isoformat()}Z", f"{t.isoformat()}Z", f"m{n}"],
        ),
        ["touchpoint: {column: event}", "occurred_at: {column: originalTimestamp}", "  user: {column: userId}",
         "  device: {column: anonymousId}", "id: {column: messageId}", "channel: web"],
    ),
    "a tracking plan as documents": (
        "tracks.jsonl",
        lambda: lines(
            lambda n, t, u: {"anonymousId": f"a{u}", "event": EVENTS[n % 4], "timestamp": f"{t.isoformat()}.000Z",
                             "messageId": f"m{n}", "context": {"page": {"path": f"/{n % 5}"}}, "sentAt": t.isoformat()}
        ),
        ["occurred_at: {column: timestamp}", "attributes: [context.page.path]", "  device: {column: anonymousId}"],
    ),
    "web analytics, flat": (
        "ga4.csv",
        lambda: table(
            "event_date,event_timestamp,event_name,user_pseudo_id,ga_session_id,page_location",
            lambda n, t, u: [f"{t:%Y%m%d}", int(t.replace(tzinfo=dt.UTC).timestamp() * 1e6), EVENTS[n % 4], f"GA1.{u}", f"17{u}", "/"],
        ),
        ["occurred_at: {column: event_timestamp, unit: us}", "  device: {column: user_pseudo_id}",
         "  session: {column: ga_session_id}", "touchpoint: {column: event_name}", "channel: web"],
    ),
    "events with a time inside": (
        "events.jsonl",
        lambda: lines(
            lambda n, t, u: {"event": EVENTS[n % 4], "properties": {"time": int(t.timestamp()), "distinct_id": f"d{u}"}}
        ),
        ["occurred_at: {column: properties.time, unit: s}", "  device: {column: properties.distinct_id}"],
    ),
    "milliseconds": (
        "clicks.csv",
        lambda: table("uid,action,ts", lambda n, t, u: [f"u{u}", EVENTS[n % 4], int(t.timestamp() * 1000)]),
        ["occurred_at: {column: ts, unit: ms}", "  user: {column: uid}", "touchpoint: {column: action}"],
    ),
    "tickets": (
        "tickets.csv",
        lambda: table(
            "Ticket ID,Updated at,Created at,Agent email,Requester email,Channel,Type,Assignee,Group",
            lambda n, t, u: [n + 1, f"{t:%Y-%m-%d %H:%M:%S}", f"{t:%Y-%m-%d %H:%M:%S}", "ann@example.com", f"p{u}@example.org",
                             ["Email", "Chat"][n % 2], ["Question", "Problem"][n % 2], f"Agent {n % 5}", "Support"],
        ),
        ["channel: {column: Channel}", "touchpoint: {column: Type}", "occurred_at: {column: Created at, timezone: UTC}",
         "  email: {column: Requester email}", "id: {column: Ticket ID}", "team: {column: Group}", "agent: {column: Assignee}"],
    ),
    "orders with lines": (
        "orders.csv",
        lambda: table(
            "Order No,Email,Paid at,Created at,SKU,Quantity,Unit price",
            lambda n, t, u: [n // 2 + 1, f"p{n // 2 % 40}@example.org", f"{START + dt.timedelta(days=n // 2)} +0100",
                             f"{START + dt.timedelta(days=n // 2)} +0100", f"s{n % 9}", 1 + n % 3, "5.00"],
        ),
        ["touchpoint: Purchase", "occurred_at: {column: Created at}", "value: {product: [Quantity, Unit price]}",
         "one_per: [Order No]   # rows with the same Order No are one interaction"],
    ),
    "receipts of which half name nobody": (
        "pos_receipts.csv",
        lambda: table(
            "StoreNo,ReceiptNo,Timestamp,CardNo,Amount",
            lambda n, t, u: [n // 2 % 4 + 1, n // 2 + 1, START + dt.timedelta(minutes=n // 2),
                             f"C{n // 2 % 30}" if n // 2 % 2 else "", "3.99"],
        ),
        ["channel: store", "  loyalty: {column: CardNo}", "  order: {column: ReceiptNo}", "value: {column: Amount}"],
    ),
    "a call log with months first": (
        "call_log.csv",
        lambda: table(
            "Call Start,Caller ID,Agent Name,Queue,Talk Time (min),Wait Time (s),Disposition,Direction",
            lambda n, t, u: [f"{t + dt.timedelta(days=20):%m/%d/%Y %I:%M %p}", f"+44 20 7946 0{u}", f"Agent {n % 5}", "Billing",
                             1 + n % 9, n % 90, ["Resolved", "Abandoned"][n % 2], "Inbound"],
            ";",
        ),
        ["channel: phone", "touchpoint: Call", "  phone: {column: Caller ID}", 'wait: {column: "Wait Time (s)"}',
         'duration: {column: "Talk Time (min)", unit: minutes}', "direction: {column: Direction}", "team: {column: Queue}",
         'occurred_at: {column: Call Start, format: "%m/%d/%Y %I:%M %p", timezone: UTC}'],
    ),
    "a survey with days first": (
        "survey.csv",
        lambda: table(
            "Response ID,Respondent,Submitted,How likely are you to recommend us?,Why?",
            lambda n, t, u: [f"R{n}", f"p{u}@example.org", f"{t:%d/%m/%Y %H:%M}", n % 11, "because" if n % 2 else ""],
        ),
        ["channel: survey", 'occurred_at: {column: Submitted, format: "%d/%m/%Y %H:%M", timezone: UTC}', "score_kind: NPS",
         'score: {column: "How likely are you to recommend us?"}', 'text: {column: "Why?"}', "  email: {column: Respondent}",
         "# Submitted: day and month cannot be told apart here; day first is assumed."],
    ),
    "a survey in German": (
        "umfrage.csv",
        lambda: table("Antwort-Nr,Kunden-Nr,Datum,NPS", lambda n, t, u: [n + 1, f"K{u}", f"{t:%d.%m.%Y %H:%M}", n % 11], ";"),
        ["  customer: {column: Kunden-Nr}", "id: {column: Antwort-Nr}", "score: {column: NPS}", "score_kind: NPS"],
    ),
    "bookings with a decimal comma": (
        "bookings.csv",
        lambda: table(
            "Booking Date,Guest Email,Price",
            lambda n, t, u: [f"{START + dt.timedelta(days=n):%d %b %Y}", f"p{u}@example.org", f"{n},50"],
            ";",
        ),
        ["touchpoint: Booking", "  email: {column: Guest Email}", "value: {column: Price}", 'read: {decimal: ","}'],
    ),
    "chats": (
        "chats.json",
        lambda: json.dumps(rows(
            lambda n, t, u: {"chat_id": f"c{n}", "visitor": {"email": f"p{u}@example.org", "cookie": u}, "started_at": f"{t}+00:00",
                             "ended_at": f"{t}+00:00", "topic": "Delivery", "rating": n % 5 + 1, "duration_seconds": 60}
        )),
        ["channel: chat", "touchpoint: {column: topic}", "occurred_at: {column: started_at}", "score: {column: rating}",
         "  email: {column: visitor.email}", "  device: {column: visitor.cookie}", "duration: {column: duration_seconds}"],
    ),
    "mail events": (
        "email_events.csv",
        lambda: table(
            "Recipient,Event,Timestamp,Campaign", lambda n, t, u: [f"p{u}@example.org", EVENTS[n % 3], int(t.timestamp()), "Spring"]
        ),
        ["channel: email", "  email: {column: Recipient}", "touchpoint: {column: Event}", "occurred_at: {column: Timestamp, unit: s}"],
    ),
    "cases": (
        "cases.csv",
        lambda: table(
            "CaseNumber,ContactId,CreatedDate,ClosedDate,Origin,Type",
            lambda n, t, u: [f"{n:08}", f"003{u}", f"{t.isoformat()}.000+0000", "", "Phone", "Complaint"],
        ),
        ["channel: {column: Origin}", "touchpoint: {column: Type}", "occurred_at: {column: CreatedDate}",
         "  customer: {column: ContactId}", "id: {column: CaseNumber}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_with_usual_columns_is_imported_as_it_is(workspace: Workspace, tmp_path: Path, export: str) -> None:
    name, content, expected = EXPORTS[export]
    guess, used = imported(workspace, put(tmp_path, name, content()))
    expect(guess, *expected)
    assert used == 1.0


@pytest.mark.parametrize("file", ["xes", "ocel json", "ocel xml", "ocel sqlite", "parquet", "xlsx"])
def test_logs_and_workbooks_are_imported_as_they_are(workspace: Workspace, tmp_path: Path, file: str) -> None:
    _, used = imported(workspace, put(tmp_path, "export", FILES[file][1]()))
    assert used == 1.0


DEMO: dict[str, list[str]] = {
    "app_events.jsonl": ["channel: app", "touchpoint: {column: name}", "occurred_at: {column: ts, unit: ms}"],
    "calls.csv": ["channel: phone", "  phone: {column: caller}", "  customer: {column: customer_no}", "duration: {column: talk_s}"],
    "chats.json": ["channel: {column: channel}", "  email: {column: visitor.email}"],
    "crm_cases.csv": ["channel: {column: Origin}", "  email: {column: ContactEmail}", "  customer: {column: CustomerNo}"],
    "crm_contacts.csv": ["  user: {column: web_user_id}", "  phone: {column: phone}"],
    "email_campaigns.csv.zst": ["channel: email", "touchpoint: {column: action}"],
    "invoices.parquet": ["channel: billing", "id: {column: invoice_id}", "value: {column: amount}"],
    "orders.csv.gz": ["  email: {column: customer_email}", "value: {product: [quantity, unit_price]}"],
    "store_visits.xlsx": ["channel: store", "  loyalty: {column: Loyalty card}", "touchpoint: {column: What happened}"],
    "surveys.csv": ["  email: {column: respondent_email}", "score: {column: score}", "score_kind: {column: survey}"],
    "web_events.jsonl.gz": ["channel: web", "touchpoint: {column: event}", "  user: {column: user_id}"],
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_files(folder, customers=400, seed=7)
    return folder


@pytest.mark.parametrize("name", DEMO)
def test_the_files_of_the_demo_company_are_imported_as_they_are(workspace: Workspace, company: Path, name: str) -> None:
    guess, used = imported(workspace, company / name)
    expect(guess, *DEMO[name])
    assert used >= 0.95 or name in ("store_visits.xlsx", "orders.csv.gz")  # few rows, and some are bad on purpose
    assert used >= 0.80


REAL: dict[str, list[str]] = {
    "online_retail/online_retail.csv.gz": [
        "touchpoint: Purchase", "  customer: {column: CustomerID}",
        "value: {product: [Quantity, UnitPrice]}", "one_per: [InvoiceNo]   # rows with the same InvoiceNo are one interaction",
    ],
    "complete_journey/transactions_sample.csv.gz": [
        "channel: store", "touchpoint: Purchase", "  household: {column: household_id}", "value: {column: sales_value}",
        "one_per: [basket_id]   # rows with the same basket_id are one interaction",
    ],
    "complete_journey/coupon_redemptions.csv.gz": [
        "channel: marketing", "touchpoint: Coupon redeemed", "  household: {column: household_id}",
    ],
    "consumer_complaints/complaints_sample.csv": [
        "channel: {column: Submitted via}", "touchpoint: {column: Issue}", "  case: {column: Complaint ID}",
        "text: {column: Consumer complaint narrative}", "id: {column: Complaint ID}",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_data_is_imported_as_it_is(workspace: Workspace, name: str) -> None:
    if not (DATA / name).exists():
        pytest.skip(f"the data set {name} is not here")
    guess, used = imported(workspace, DATA / name)
    expect(guess, *REAL[name])
    assert used >= 0.95 or name.startswith("online_retail")  # a quarter of its lines names no customer


def test_a_file_without_times_is_an_error_that_says_what_helps() -> None:
    path = DATA / "complete_journey/campaigns.csv.gz"
    if not path.exists():
        pytest.skip("the data set complete_journey is not here")
    with pytest.raises(
        InputError, match=r"no column reads as a time \(columns: campaign_id, household_id\)\nhint: .*joined"
    ):
        guess_mapping(path)


def test_a_file_without_identifiers_is_an_error_that_says_what_helps(tmp_path: Path) -> None:
    path = put(tmp_path, "weather.csv", "day,degrees\n2026-01-01,5\n2026-01-02,6\n")
    with pytest.raises(InputError, match=r"no column reads as an identifier of customers \(columns: day, degrees\)"):
        guess_mapping(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("email,plan\na@x.org,1\nb@x.org,2\n", {"email: {column: email}"}),
        ("day,degrees\n2026-01-01,5\n2026-01-02,6\n", {"occurred_at: {column: day, timezone: UTC}"}),
        ("name,colour\nAnn,red\nZed,blue\n", set()),
    ],
    ids=["no time", "no identifier", "neither"],
)
def test_what_a_file_does_tell_is_kept_where_something_is_missing(tmp_path: Path, text: str, told: set[str]) -> None:
    with pytest.raises(IncompleteGuessError) as caught:
        guess_mapping(put(tmp_path, "rows.csv", text))
    lines = {line.strip() for line in caught.value.yaml.splitlines()}
    assert told | {"source: rows", "channel: unknown"} <= lines
    needed = ("occurred_at:", "email:")
    assert {line for line in lines if line.startswith(needed)} == told


@pytest.mark.parametrize(
    "column",
    [
        'a"b',
        "x\nsource: evil",
        "a: b",
        "# c",
        "{x}",
        "{sample}",
        "%s",
        "'; DROP TABLE raw",
        "yes",
        "[1]",
        "é\tx",
        "& a",
    ],
    ids=repr,
)
def test_whatever_columns_are_called_the_guess_reads_back(workspace: Workspace, tmp_path: Path, column: str) -> None:
    content = json.dumps([{"user_id": "u", "time": "2026-01-01", column: f"v{place % 2}"} for place in range(4)])
    _, used = imported(workspace, put(tmp_path, "odd\nsource: evil.json", content))
    assert used == 1.0
    assert dict(stored(workspace, "attributes")[0]) == {column: "v0"}


def test_the_name_of_a_source_is_made_from_any_file_name(tmp_path: Path) -> None:
    content = "user_id,time\nu,2026-01-01\n"
    names = {"My Export (1).csv.gz": "my_export_1", "顧客.csv": "file", f"{'x' * 150}.csv": "x" * 100, "--.csv": "file"}
    found = {name: guess_mapping(put(tmp_path, name, content)).mapping.source for name in names}
    assert found == names
    assert guess_mapping(put(tmp_path, "a.csv", content), source="shop").mapping.source == "shop"


def test_a_number_is_no_id_where_two_different_rows_have_it(tmp_path: Path) -> None:
    header = "ticket_id,status,time,user_id"
    lines = [
        f"{place // 2},{'open' if place % 2 else 'closed'},2026-01-{place % 28 + 1:02},u{place % 5}"
        for place in range(60)
    ]
    assert "id:" not in guess_mapping(put(tmp_path, "t.csv", "\n".join([header, *lines]))).yaml.splitlines()
    repeated = [f"{place},open,2026-01-{place % 28 + 1:02},u{place % 5}" for place in range(60)]
    guess = guess_mapping(put(tmp_path, "t.csv", "\n".join([header, *repeated, repeated[3]]))).yaml
    assert "id: {column: ticket_id}" in guess


NOTHING_TELLS = "# time: day and month cannot be told apart here; day first is assumed."


@pytest.mark.parametrize(
    ("dates", "pattern", "noted"),
    [
        pytest.param(["01/02/2026", "03/04/2026"], "%d/%m/%Y", True, id="nothing tells"),
        pytest.param(["01/02/2026", "25/04/2026"], "%d/%m/%Y", False, id="a day after the twelfth comes first"),
        pytest.param(["01/02/2026", "04/25/2026"], "%m/%d/%Y", False, id="a day after the twelfth comes second"),
        pytest.param(["01-02-2026", "04-25-2026"], "%m-%d-%Y", False, id="with dashes"),
        pytest.param(
            [*["01/02/2026", "03/04/2026"] * 11_000, "04/25/2026"],
            "%m/%d/%Y",
            False,
            id="only the last row of many tells",
        ),
    ],
)
def test_all_rows_together_tell_whether_day_or_month_comes_first(
    tmp_path: Path, dates: list[str], pattern: str, noted: bool
) -> None:
    rows = "".join(f"{day},u{place % 7},Visit\n" for place, day in enumerate(dates))
    guess = guess_mapping(put(tmp_path, "visits.csv", f"time,user_id,event\n{rows}")).yaml
    expect(guess, f'occurred_at: {{column: time, format: "{pattern}", timezone: UTC}}')
    assert (NOTHING_TELLS in guess) is noted


def test_times_without_a_zone_are_taken_to_be_in_the_zone_of_the_workspace(tmp_path: Path) -> None:
    workspace = desireline.create(tmp_path / "berlin", timezone="Europe/Berlin")
    days = put(tmp_path, "visits.csv", "day,user_id,event\n2026-07-31,u1,Visit\n2026-08-13,u2,Visit\n")
    (outcome,) = import_files(workspace, [days]).files
    assert any("day names no time zone: Europe/Berlin is assumed" in note for note in outcome.notes)
    assert times(workspace) == ["2026-07-30 22:00:00", "2026-08-12 22:00:00"]


PARTLY = {
    "one impossible date": (
        "Kunde;Datum;Ereignis\n" + "".join(f"k{n};0{n}.03.2026;Anruf\n" for n in range(1, 9)) + "k9;31.04.2026;Anruf\n",
        "Datum: 8 of 9 read as %d.%m.%Y; 31.04.2026 in row 9 does not.",
        1,
    ),
    "days and months that contradict each other": (
        "customer_id,date,event\na,03/04/2026,x\na,13/05/2026,x\nb,05/14/2026,x\n",
        "Day and month contradict each other: 1 read only the other way round.",
        1,
    ),
}


@pytest.mark.parametrize("case", PARTLY)
def test_most_of_a_column_reads_as_times_and_the_rest_waits_in_quarantine(case: str, tmp_path: Path) -> None:
    content, note, waiting = PARTLY[case]
    workspace = desireline.create(tmp_path / "workspace")
    (outcome,) = import_files(workspace, [put(tmp_path, "some.csv", content)]).files
    assert note in " ".join(outcome.notes)
    assert (outcome.counts.quarantined, outcome.reasons) == (waiting, {"unreadable_time": waiting})


def test_where_too_little_reads_as_a_time_the_nearest_column_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, "some.csv", "customer_id,date\na,03/04/2026\na,soon\nb,later\n")
    with pytest.raises(InputError, match=r"nearest is date: 1 of 3 read as %d/%m/%Y; soon in row 2 does not"):
        guess_mapping(path)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_of_another_tool_is_not_held_for_a_damaged_named_format(name: str, tmp_path: Path) -> None:
    file, content, _ = EXPORTS[name]
    assert propose_mapping(put(tmp_path, file, content())).nearly is None


@pytest.mark.parametrize("name", REAL)
def test_nor_are_the_real_files(name: str) -> None:
    if not (DATA / name).exists():
        pytest.skip(f"the file {name} is not here")
    assert propose_mapping(DATA / name).nearly is None
