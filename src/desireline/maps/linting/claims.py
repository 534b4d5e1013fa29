"""Rules about what the map says and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from desireline.base import phrase
from desireline.maps.linting.finding import Rule, Spot
from desireline.maps.linting.given import Given
from desireline.maps.model import Cell, Evidence

OLD_AFTER_YEARS = 2


def _claims_without_evidence(given: Given) -> Iterator[Spot]:
    if given.map.state == "future":
        return
    for lane in given.map.lanes:
        claims = [claim for cell in lane.cells for claim in cell.claims]
        bare = sum(not claim.evidence for claim in claims)
        if bare and lane.role != "emotion":
            message = phrase(
                "1 of 1 claim is without evidence"
                if len(claims) == 1
                else "1 of {claims} claims is without evidence"
                if bare == 1
                else "{bare} of {claims} claims are without evidence",
                bare=bare,
                claims=len(claims),
            )
            yield Spot(message, lane.id, given.path("lane", lane.id))


def _emotion_without_source(given: Given) -> Iterator[Spot]:
    if given.map.state == "future":
        return
    for lane in given.map.lanes:
        if lane.role != "emotion" or lane.line == "future":
            continue
        cells = [cell for cell in lane.cells if cell.emotion is not None]
        bare = sum(not _has_source(cell) for cell in cells)
        if bare:
            message = phrase(
                "1 of 1 feeling is without a source: somebody's guess"
                if len(cells) == 1
                else "1 of {cells} feelings is without a source: somebody's guess"
                if bare == 1
                else "{bare} of {cells} feelings are without a source: somebody's guess",
                bare=bare,
                cells=len(cells),
            )
            yield Spot(message, lane.id, given.path("lane", lane.id))


def _old_evidence(given: Given) -> Iterator[Spot]:
    for lane, cell in given.cells:
        old = [newest for claim in cell.claims if (newest := _newest(claim.evidence)) and _is_old(newest, given.today)]
        if old:
            yield Spot(
                phrase("the newest evidence is of {old} ({label})", old=min(old), label=lane.label),
                cell.id,
                given.path("cell", cell.id),
            )
    for each in given.map.opportunities:
        newest = _newest(each.evidence)
        if newest and _is_old(newest, given.today):
            yield Spot(
                phrase("the newest evidence is of {newest} ({title})", newest=newest, title=each.title),
                each.id,
                given.path("opportunity", each.id),
            )


def _bad_address(given: Given) -> Iterator[Spot]:
    found = list(_addresses(given))
    for subject, kind, address in found:
        if not _is_address(address):
            yield Spot(
                phrase("expected an address such as https://…, got {address!r}", address=address[:80]),
                subject,
                given.path(kind, subject),
            )
    good = sum(_is_address(address) for _, _, address in found)
    if good:
        message = phrase(
            "1 address was not visited: the linter uses no network"
            if good == 1
            else "{good} addresses were not visited: the linter uses no network",
            good=good,
        )
        yield Spot(message, checked=False)


def _addresses(given: Given) -> Iterator[tuple[str, str, str]]:
    for _, cell, claim in given.claims:
        for evidence in claim.evidence:
            if evidence.address:
                yield cell.id, "cell", evidence.address
    for each in given.map.opportunities:
        for evidence in each.evidence:
            if evidence.address:
                yield each.id, "opportunity", evidence.address


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if any(character.isspace() for character in text):
        return False
    return bool(parts.hostname) if parts.scheme in {"http", "https"} else bool(parts.scheme and parts.path)


def _has_source(cell: Cell) -> bool:
    return any(claim.evidence for claim in cell.claims)


def _newest(evidence: Iterable[Evidence]) -> date | None:
    return max((each.date for each in evidence if each.date is not None), default=None)


def _is_old(day: date, today: date) -> bool:
    limit = (today.year - OLD_AFTER_YEARS, today.month, today.day)
    return (day.year, day.month, day.day) < limit


RULES = (
    Rule(
        "claims-without-evidence",
        "note",
        "Claims of a lane say nothing about how they are known; not asked of a future state",
        phrase(
            "add evidence: [{{kind: interview, source: Study 12, n: 8, date: 2026-05-01}}], or take it as an assumption"
        ),
        _claims_without_evidence,
    ),
    Rule(
        "emotion-without-source",
        "warning",
        "Feelings of a line are somebody's guess: none of a cell's claims has evidence; not asked of a future line",
        phrase("give the cell a claim with evidence: what did people say there?"),
        _emotion_without_source,
    ),
    Rule(
        "old-evidence",
        "warning",
        "The newest evidence of a claim or an opportunity is more than two years old",
        phrase("ask again, or take the claim out"),
        _old_evidence,
    ),
    Rule(
        "bad-address",
        "warning",
        "An address in evidence is none; whether it leads somewhere is not tried",
        phrase("write the whole address, or put a name into source"),
        _bad_address,
    ),
)
