"""What several systems tell of one call is one contact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import desireline
from desireline.interactions import sum_costs
from desireline.sources import import_files
from desireline.store import Workspace

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desireline.create(tmp_path / "workspace")


@pytest.mark.parametrize("first", ["amazon_connect.jsonl", "contact_lens.jsonl"])
def test_a_call_its_analysis_and_its_transcript_are_one_contact(workspace: Workspace, first: str) -> None:
    files = sorted(["amazon_connect.jsonl", "contact_lens.jsonl", "webvtt.vtt"], key=lambda name: name != first)
    import_files(workspace, [SAMPLES / name for name in files])
    found = sum_costs(workspace, by="source", where="case = c-1001 and channel = phone")
    assert {row.name: row.contacts for row in found.rows} == {"amazon_connect": 1, "contact_lens": 0, "webvtt": 0}


def test_an_analysis_without_its_call_is_no_contact(workspace: Workspace) -> None:
    import_files(workspace, [SAMPLES / "contact_lens.jsonl", SAMPLES / "webvtt.vtt"])
    assert sum_costs(workspace).total.contacts == 0


def test_a_call_and_its_task_are_one_contact(workspace: Workspace, tmp_path: Path) -> None:
    call = {"sid": "CA1", "from": "+442079460018", "to": "+442079460000", "direction": "inbound", "status": "completed"}
    times = {"start_time": "2026-03-01T09:00:00Z", "end_time": "2026-03-01T09:05:00Z"}
    task = {"task_sid": "WT1", "task_channel_unique_name": "voice", "task_attributes": {"call_sid": "CA1"}}
    event = {"sid": "EV1", "resource_sid": "WT1", "event_date": "2026-03-01T09:00:10Z", "event_data": task}
    _write(tmp_path / "calls.json", {"calls": [{**call, **times}]})
    _write(tmp_path / "events.json", {"events": [{**event, "event_type": "reservation.accepted"}]})
    result = import_files(workspace, [tmp_path / "calls.json", tmp_path / "events.json"])
    assert [each.source for each in result.files] == ["twilio_calls", "twilio_taskrouter"]
    assert sum_costs(workspace, where="case = CA1").total.contacts == 1


def test_a_ticket_by_phone_and_the_call_among_its_comments_are_one_contact(
    workspace: Workspace, tmp_path: Path
) -> None:
    ticket = {"id": 7, "url": "https://x.zendesk.com/api/v2/tickets/7.json", "requester_id": 1, "submitter_id": 2}
    dates = {"created_at": "2026-03-01T09:00:00Z", "updated_at": "2026-03-01T09:00:00Z", "generated_timestamp": 1}
    _write(tmp_path / "tickets.jsonl", {**ticket, **dates, "status": "open", "via": {"channel": "phone"}})
    comment = {"id": 9, "ticket_id": 7, "type": "VoiceComment", "author_id": 2, "public": True, "audit_id": 3}
    _write(tmp_path / "comments.jsonl", {**comment, "created_at": "2026-03-01T09:01:00Z", "body": "Inbound call"})
    result = import_files(workspace, [tmp_path / "tickets.jsonl", tmp_path / "comments.jsonl"])
    assert [each.source for each in result.files] == ["zendesk_tickets", "zendesk_comments"]
    assert sum_costs(workspace, where="channel = phone").total.contacts == 1


def test_only_what_customers_wrote_gets_a_sentiment(workspace: Workspace) -> None:
    files = ("zendesk_comments.json", "hubspot_engagements.json", "intercom_conversations.json")
    import_files(workspace, [SAMPLES / name for name in files])
    rows = desireline.interactions.read_interactions(workspace, range(1_000))
    felt = [(row["actor"], row["direction"]) for row in rows if row["sentiment"] is not None]
    assert felt
    assert {actor for actor, _ in felt} <= {"customer", None}
    assert {direction for _, direction in felt} <= {"inbound", None}


def _write(path: Path, record: object) -> None:
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
