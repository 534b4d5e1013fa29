"""Access logs of web servers in the combined log format: one line a request.

Apache ("%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"", documented with mod_log_config) and nginx (its predefined format
``combined``) write the same. What stands behind it on a line is passed over.

Pages that were asked for become "Page viewed", documents "File downloaded", forms that were sent "Form sent". Pictures,
scripts, style sheets and fonts become none, and neither do redirections, for the browser asks for the target at once.

A log knows nobody. Who was signed in to the web server (``%u``) is a user; for all others there is only a guess: the same
address with the same browser on the same day is one visit. The address itself is not kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from desireline.base import phrase
from desireline.sources.formats.model import Format, FoundInteraction, Record, Sample, UnusableRecord
from desireline.sources.formats.reading import present, text_at
from desireline.sources.formats.web import campaign_of, is_bot, page_of, site_of

_LINE = re.compile(
    r'(?P<host>\S+) \S+ (?P<user>.+?) \[(?P<time>[^\]]+)\] "(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}) (?:\d+|-)'
    r' "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)"'
)
_REQUEST = re.compile(r"(?P<method>[A-Z]+) (?P<address>\S+)(?: HTTP/[\d.]+)?")
_TIME = "%d/%b/%Y:%H:%M:%S %z"
_PARTS_OF_PAGES = re.compile(
    r"\.(css|js|mjs|map|json|xml|txt|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp3|webmanifest)$",
    re.IGNORECASE,
)
_DOCUMENTS = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|epub|zip|gz|tgz|7z|rar|dmg|exe|msi|deb|rpm|apk|ics|mp4|webm)$",
    re.IGNORECASE,
)
_DIGITS = 24


def recognise(sample: Sample) -> float:
    """Sure where nearly all lines have the form of the log."""
    if sample.container != "lines" or not sample.records:
        return 0.0
    fits = sum(_LINE.match(str(record.get("line", ""))) is not None for record in sample.records)
    return 1.0 if fits >= 0.8 * len(sample.records) else 0.0


def convert(record: Record) -> Iterable[FoundInteraction]:
    """The interaction of one request, or none.

    Raises
    ------
    UnusableRecord
        The line has another form, or its time cannot be read.
    """
    line = text_at(record, "line")
    if line is None:
        return []
    parts = _LINE.match(line)
    if parts is None:
        raise UnusableRecord("line", phrase("expected a line of the combined log format, got {line!r}", line=line[:80]))
    request = _REQUEST.fullmatch(parts["request"])
    touchpoint = None if request is None else _touchpoint(request, int(parts["status"]))
    if request is None or touchpoint is None:
        return []
    moment = _moment(parts["time"])
    user = None if parts["user"] in ("-", '""') else parts["user"]
    agent = "" if parts["agent"] == "-" else parts["agent"]
    return [
        FoundInteraction(
            id=_hash(line),
            channel="web",
            touchpoint=touchpoint,
            occurred_at=moment.astimezone(UTC),
            identifiers=present(user=user, session=_visit(parts["host"], agent, moment)),
            direction="inbound",
            actor="bot" if not agent or is_bot(agent) else "customer",
            outcome=parts["status"] if int(parts["status"]) >= 400 else None,
            attributes=_attributes(request["address"], parts["referrer"]),
        )
    ]


def _touchpoint(request: re.Match[str], status: int) -> str | None:
    """What the request was for the visitor; ``None`` where it was nothing of its own."""
    path = page_of(request["address"]) or ""
    if request["method"] == "POST":
        return "Form sent"
    if request["method"] != "GET" or (300 <= status < 400 and status != 304) or _PARTS_OF_PAGES.search(path):
        return None
    return "File downloaded" if _DOCUMENTS.search(path) else "Page viewed"


@lru_cache(maxsize=1024)
def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, _TIME)
    except ValueError:
        raise UnusableRecord(
            "line",
            phrase("expected a time such as 10/Mar/2026:13:55:36 +0000, got {text!r}", text=text),
            reason="unreadable_time",
        ) from None


def _visit(host: str, agent: str, moment: datetime) -> str:
    """A guess: the same address and browser on the same day (of the server's clock) are one visit."""
    return _hash(f"{host}\n{agent}\n{moment.date().isoformat()}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _attributes(address: str, referrer: str) -> dict[str, str]:
    return present(page=page_of(address), referrer=site_of(referrer)) | campaign_of(address)


FORMAT = Format(
    name="weblog_combined",
    title=phrase("Web server log, combined format"),
    containers=("lines",),
    recognise=recognise,
    convert=convert,
)
