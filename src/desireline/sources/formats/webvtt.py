"""Transcripts as WebVTT, the text tracks that meeting and telephone systems and speech recognisers write.

Header, cues, voice tags (``<v Name>``) and ``NOTE`` blocks are those of the W3C recommendation "WebVTT: The Web Video
Text Tracks Format". A file knows no date and nobody's name in the CRM, so both are read from a ``NOTE`` block with
lines such as ``recorded-at: 2026-03-01T09:00:00Z``. One transcript becomes one interaction, "Call transcribed", with
what the customer said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.reading import present, text_at, time_at

Role = Literal["customer", "agent", "bot"]

_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?$")
_CLOCK = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"\s*{_CLOCK}\s+-->\s+{_CLOCK}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_PREFIX = re.compile(r"([^:<>]{1,60}):\s+(.+)", re.DOTALL)
_NOTE_LINE = re.compile(r"\s*([A-Za-z][A-Za-z _-]*?)\s*:\s*(.+?)\s*$")
_NO_CUE = ("NOTE", "STYLE", "REGION")

_IDENTIFIERS = ("customer", "account", "user", "household", "loyalty", "email", "phone", "order", "session", "device")
_NAMES: dict[str, Role] = {
    **dict.fromkeys(("customer", "client", "caller", "guest", "visitor", "patient", "member", "external"), "customer"),
    **dict.fromkeys(
        ("agent", "advisor", "adviser", "representative", "rep", "operator", "employee", "support"), "agent"
    ),
    **dict.fromkeys(("bot", "assistant", "virtual agent", "ivr", "system"), "bot"),
}


@dataclass(frozen=True, slots=True)
class _Turn:
    speaker: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Transcript:
    notes: Mapping[str, str]
    language: str | None
    turns: tuple[_Turn, ...]
    seconds: float


def _recognise(sample: Sample) -> float:
    if sample.container != "lines" or not sample.records:
        return 0.0
    return 1.0 if _HEADER.match(_line(sample.records[0])) else 0.0


def _line(record: Record) -> str:
    return str(record.get("line") or "").rstrip("\r\n")


def _whole(records: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """Lines put together to transcripts, each under the number of its header; files may have been joined to one."""
    begun: int | None = None
    lines: list[str] = []
    for number, record in records:
        line = _line(record)
        starts = _HEADER.match(line) is not None and not (lines and lines[-1].strip())
        if lines and starts:
            yield begun or number, {"line": "\n".join(lines)}
            lines = []
        if not lines:
            begun = number
        lines.append(line)
    if any(line.strip() for line in lines):
        yield begun or 1, {"line": "\n".join(lines)}


def _convert(record: Record) -> Iterator[FoundInteraction]:
    transcript = _read(_line(record))
    notes = transcript.notes
    recorded = time_at(notes, "recorded-at")
    if recorded is None:
        raise UnusableRecord(
            "recorded-at",
            phrase(
                "expected a line such as 'recorded-at: 2026-03-01T09:00:00Z' in a NOTE block, there is none: a WebVTT file does not say when it was recorded"
            ),
            reason="missing_time",
        )
    case = text_at(notes, "contact-id")
    identifiers = present(**{name: text_at(notes, name) for name in _IDENTIFIERS})
    identifiers = identifiers or present(order=case)
    if not identifiers:
        raise UnusableRecord(
            "customer",
            phrase(
                "expected a line such as 'phone: +44 20 7946 0018', 'customer: C-17' or 'contact-id: …' in a NOTE block, there is none: a WebVTT file does not say who the customer is"
            ),
            reason="no_identifier",
        )
    channel = (text_at(notes, "channel") or "phone").lower()
    roles = _roles(transcript)
    said = _said_by_customer(transcript, roles)
    yield FoundInteraction(
        id=f"{case or f'{recorded.isoformat()}/{next(iter(identifiers.values()))}'}:transcribed",
        channel=channel,
        touchpoint="Call transcribed" if channel == "phone" else "Conversation transcribed",
        occurred_at=recorded,
        identifiers=identifiers,
        case=case,
        direction="internal",
        actor="system",
        agent=text_at(notes, "agent"),
        team=text_at(notes, "team"),
        text="\n".join(said) or None,
        turns=said,
        attributes=present(
            conversation_seconds=f"{transcript.seconds:.10g}",
            speakers=", ".join(name for name in roles),
            language=transcript.language or text_at(notes, "language"),
            call_direction=text_at(notes, "direction"),
        ),
    )


def _read(text: str) -> _Transcript:
    header, *blocks = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    if not _HEADER.match(header.split("\n")[0]):
        raise UnusableRecord("line", phrase("expected WEBVTT as the first line, got {header!r}", header=header[:40]))
    notes: dict[str, str] = {}
    turns: list[_Turn] = []
    ends: list[float] = []
    for block in blocks:
        lines = block.split("\n")
        if lines[0].split()[0] in _NO_CUE:
            notes |= _notes(lines) if lines[0].startswith("NOTE") else {}
            continue
        timed = next((number for number, line in enumerate(lines) if "-->" in line), None)
        if timed is None:
            raise UnusableRecord(
                "line",
                phrase("expected a cue with a line 00:00:01.000 --> 00:00:02.000, got {block!r}", block=block[:40]),
            )
        ends.append(_end_of(lines[timed]))
        turns.extend(_turns("\n".join(lines[timed + 1 :])))
    if not turns:
        raise UnusableRecord("line", phrase("expected cues with text, there is none"), reason="missing_value")
    language = next((found.group(2) for line in header.split("\n") if (found := _language(line))), None)
    return _Transcript(notes=notes, language=language, turns=tuple(turns), seconds=max(ends))


def _language(line: str) -> re.Match[str] | None:
    found = _NOTE_LINE.match(line)
    return found if found is not None and found.group(1).lower() == "language" else None


def _notes(lines: list[str]) -> dict[str, str]:
    """``name: value`` of a NOTE block; names in small letters, with a dash between words."""
    found = (_NOTE_LINE.match(line) for line in [lines[0].removeprefix("NOTE"), *lines[1:]])
    return {re.sub(r"[ _]+", "-", each.group(1).lower()): each.group(2) for each in found if each}


def _end_of(timing: str) -> float:
    found = _TIMING.match(timing)
    if found is None:
        raise UnusableRecord(
            "line",
            phrase("expected a time such as 00:00:01.000 --> 00:00:02.000, got {timing!r}", timing=timing),
            reason="unreadable_time",
        )
    hours, minutes, seconds, thousandths = found.groups(default="0")[4:]
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def _turns(payload: str) -> Iterator[_Turn]:
    """The turns in one cue: one for each voice tag, or one whose speaker stands before a colon."""
    before, *voices = _VOICE.split(payload)
    if plain := _plain(before):
        yield _Turn(None, plain)
    for speaker, text in zip(voices[::2], voices[1::2], strict=True):
        if plain := _plain(text):
            yield _Turn(html.unescape(speaker).strip(), plain)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _roles(transcript: _Transcript) -> dict[str, Role | None]:
    """Who is who among the speakers: by the notes, by common names, and the only one left is the customer."""
    named: dict[str, Role] = {"agent": "agent", "customer-name": "customer"}
    told = _NAMES | {_bare(transcript.notes[note]): role for note, role in named.items() if note in transcript.notes}
    turns = [_spoken(turn, told) for turn in transcript.turns]
    speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None))
    roles = {name: told.get(_bare(name)) for name in speakers}
    unknown = [name for name, role in roles.items() if role is None]
    if len(unknown) == 1 and "agent" in roles.values() and "customer" not in roles.values():
        roles[unknown[0]] = "customer"
    return roles


def _bare(name: str) -> str:
    """``Customer 1`` and ``CUSTOMER`` are the same."""
    return re.sub(r"[ _]*\d+$", "", name.casefold()).strip()


def _spoken(turn: _Turn, told: Mapping[str, Role]) -> _Turn:
    """``Agent: Hello`` without a voice tag, where that name is known."""
    found = None if turn.speaker is not None else _PREFIX.fullmatch(turn.text)
    if found is None or _bare(found.group(1)) not in told:
        return turn
    return _Turn(found.group(1), found.group(2))


def _said_by_customer(transcript: _Transcript, roles: Mapping[str, Role | None]) -> tuple[str, ...]:
    """What the customer said, a text for each turn."""
    told: dict[str, Role] = {_bare(name): role for name, role in roles.items() if role is not None}
    turns = (_spoken(turn, told) for turn in transcript.turns)
    return tuple(turn.text for turn in turns if turn.speaker and roles.get(turn.speaker) == "customer")


FORMAT = Format(
    name="webvtt",
    title=phrase("WebVTT transcripts"),
    containers=("lines",),
    recognise=_recognise,
    convert=_convert,
    prepare=_whole,
    transcripts=True,
    assumes=phrase("A recorded-at that names no time zone is taken for UTC."),
)
