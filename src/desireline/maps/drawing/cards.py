"""What a cell holds, as a card: claims with their evidence, touchpoints, pictures, opportunities and solutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desireline.base import Phrase, format_day, joined, phrase, written
from desireline.maps.drawing.blocks import SMALL, Block, beside, icon, marked, padded, space, stack, text
from desireline.maps.drawing.faces import face
from desireline.maps.drawing.icons import channel_icon
from desireline.maps.drawing.pictures import picture_block
from desireline.maps.drawing.shapes import Rectangle
from desireline.maps.drawing.themes import Colour
from desireline.maps.model import (
    Cell,
    Claim,
    Confidence,
    Evidence,
    JourneyMap,
    Lane,
    LaneRole,
    Opportunity,
    Solution,
    TouchpointMention,
)

_CLAIM_LINES = 24
_PICTURE_HEIGHT = 150.0
_FILLS: dict[LaneRole, Colour] = {
    "thoughts": "card-thought",
    "motivations": "card-thought",
    "pains": "card-pain",
    "gains": "card-gain",
    "frontstage": "card-frontstage",
    "backstage": "card-backstage",
    "support": "card-support",
    "opportunities": "card-opportunity",
    "solutions": "card-solution",
}
_EVIDENCE = {
    "interview": phrase("interview"),
    "survey": phrase("survey"),
    "observation": phrase("observation"),
    "usability-test": phrase("usability test"),
    "analytics": phrase("analytics"),
    "complaint": phrase("complaint"),
    "review": phrase("review"),
    "expert": phrase("expert"),
    "workshop": phrase("workshop"),
    "document": phrase("document"),
    "other": phrase("other"),
}
_STATUSES = {
    "open": phrase("open"),
    "chosen": phrase("chosen"),
    "done": phrase("done"),
    "dropped": phrase("dropped"),
    "idea": phrase("idea"),
    "planned": phrase("planned"),
    "building": phrase("building"),
    "shipped": phrase("shipped"),
    "doing": phrase("doing"),
}
CONFIDENCE_WORDS: dict[Confidence, Phrase] = {
    "low": phrase("low confidence"),
    "medium": phrase("medium confidence"),
    "high": phrase("high confidence"),
}
"""How sure a claim is, in words."""
_SIGNS: dict[LaneRole, Colour] = {
    "pains": "pain",
    "gains": "gain",
    "opportunities": "opportunity",
    "solutions": "solution",
}
_BARS: dict[Confidence, int] = {"low": 1, "medium": 2, "high": 3}


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Makes the cards of one map.

    Attributes
    ----------
    values
        Whether emotion and tension are drawn on the cards, not as curves.
    """

    journey_map: JourneyMap
    folder: Path | None
    rtl: bool
    values: bool = True

    def card(self, lane: Lane, cell: Cell, *, width: float) -> Block:
        """The card of a cell, ``width`` wide; no height where there is nothing to show."""
        room = width - 20
        body = stack(self._contents(lane, cell, room), gap=8)
        if not body.height:
            return body
        if cell.picture and not cell.claims and not cell.touchpoints and not cell.opportunities:
            return stack((picture_block(cell.picture, folder=self.folder, width=width, height=_PICTURE_HEIGHT),))
        frame = Rectangle(0, 0, 0, 0, fill=_FILLS.get(lane.role, "card"), radius=7)
        return padded(body, across=10, along=9, width=width, frame=frame)

    def _contents(self, lane: Lane, cell: Cell, room: float) -> Iterator[Block]:
        if cell.picture:
            yield picture_block(cell.picture, folder=self.folder, width=room, height=_PICTURE_HEIGHT)
        if self.values:
            yield self._values(cell, room)
        yield from (self._touchpoint(each, room) for each in cell.touchpoints)
        yield from (self._claim(each, lane, room) for each in cell.claims)
        for ident in cell.opportunities:
            if lane.role == "solutions":
                yield from self._solutions(ident, room)
            else:
                yield self._opportunity(ident, room, full=lane.role == "opportunities")

    def _values(self, cell: Cell, room: float) -> Block:
        if cell.emotion is None and cell.tension is None and cell.word is None:
            return space()
        sign = face(cell.emotion, radius=9) if cell.emotion is not None else icon("tension", size=16)
        value = "" if cell.tension is None else phrase("tension {value:g} of 5", value=cell.tension)
        said = joined([part for part in (cell.word, value) if part], ", ")
        return marked(sign, text(said or written(f"{cell.emotion:+g}"), width=room - 26, most=6, rtl_map=self.rtl))

    def _touchpoint(self, mention: TouchpointMention, room: float) -> Block:
        name = text(mention.name, width=room - 28, most=6, rtl_map=self.rtl)
        channel = text(mention.channel or "", width=room - 28, size=SMALL, colour="ink-soft", most=2, rtl_map=self.rtl)
        return marked(icon(channel_icon(mention.channel), size=20, colour="accent"), stack((name, channel)), gap=8)

    def _claim(self, claim: Claim, lane: Lane, room: float) -> Block:
        sign = "evidence-sign" if claim.evidence else "assumption-sign"
        mark = icon(sign, size=11, colour=_SIGNS.get(lane.role, "ink-soft"))
        inner = room - 17
        chips = [self._opportunity(each, inner, full=False) for each in claim.opportunities]
        return marked(mark, stack((*self._said(claim, inner), *chips), gap=3), lower=3)

    def _said(self, claim: Claim, room: float) -> Iterator[Block]:
        """What a claim says, what speaks for it, how sure one is of it."""
        bars = confidence_bars(claim.confidence) if claim.confidence else space()
        words = evidence_words(claim.evidence)
        if words:
            yield text(claim.text, width=room, most=_CLAIM_LINES, rtl_map=self.rtl)
            left = room - bars.width - 6
            yield beside(
                (text(words, width=left, size=SMALL, colour="ink-soft", most=3, rtl_map=self.rtl), bars), gap=6
            )
            return
        said = text(claim.text, width=room - bars.width - 4, most=_CLAIM_LINES, rtl_map=self.rtl)
        yield Block(room, said.height, (*said.shapes, *bars.at(room - bars.width, 1)))

    def _opportunity(self, ident: str, room: float, *, full: bool) -> Block:
        found = self._found(ident)
        title = found.title if found else phrase("{name} (not found)", name=ident)
        mark = icon("opportunities", size=14, colour="opportunity")
        said = text(
            title,
            width=room - 20,
            size=12.0 if full else 11.0,
            bold=full,
            colour="ink" if full else "opportunity",
            most=8,
            rtl_map=self.rtl,
        )
        if not full or found is None:
            return marked(mark, said, gap=5, lower=1)
        notes = text(opportunity_words(found), width=room - 20, size=SMALL, colour="ink-soft", most=4, rtl_map=self.rtl)
        return marked(mark, stack((said, notes), gap=3), gap=5, lower=1)

    def _solutions(self, ident: str, room: float) -> Iterator[Block]:
        found = self._found(ident)
        if found is None or not found.solutions:
            yield self._opportunity(ident, room, full=False)
            return
        for each in found.solutions:
            yield self._solution(each, room)

    def _solution(self, solution: Solution, room: float) -> Block:
        title = text(solution.title, width=room - 20, most=8, bold=True, rtl_map=self.rtl)
        state = phrase("shipped {day}", day=solution.shipped) if solution.shipped else status_words(solution.status)
        count = len(solution.tasks)
        tasks = [phrase("{count} task" if count == 1 else "{count} tasks", count=count)] if count else []
        notes = text(
            joined((state, *tasks), " · "), width=room - 20, size=SMALL, colour="ink-soft", most=2, rtl_map=self.rtl
        )
        return marked(icon("solutions", size=14, colour="solution"), stack((title, notes), gap=2), gap=5, lower=1)

    def _found(self, ident: str) -> Opportunity | None:
        return next((each for each in self.journey_map.opportunities if each.id == ident), None)


def status_words(status: str) -> str:
    """How far an opportunity or a solution is."""
    return _STATUSES.get(status) or status.replace("-", " ")


def evidence_words(evidence: tuple[Evidence, ...]) -> str:
    """What speaks for a claim, in words: ``interview, survey · n 120``; nothing where nothing does."""
    if not evidence:
        return ""
    kinds = dict.fromkeys(_EVIDENCE.get(each.kind) or each.kind.replace("-", " ") for each in evidence)
    counted = [each.n for each in evidence if each.n is not None]
    total = [written(f"n\N{NO-BREAK SPACE}{sum(counted):,}")] if counted else []
    return joined((joined(list(kinds), ", "), *total), " · ")


def opportunity_words(opportunity: Opportunity) -> str:
    """What an opportunity is worth, in words."""
    parts = (
        (phrase("customer"), opportunity.customer_value),
        (phrase("business"), opportunity.business_value),
        (phrase("effort"), opportunity.effort),
    )
    worth = [joined((name, written(f"{value:g}"))) for name, value in parts if value is not None]
    return joined([*worth, *([status_words(opportunity.status)] if opportunity.status != "open" else [])], " · ")


def claim_title(claims: tuple[Claim, ...]) -> str | None:
    """What is said about claims on pointing: sources, quotes, days."""
    lines = []
    for claim in claims:
        for each in claim.evidence:
            day = None if each.date is None else format_day(each.date)
            parts = [_EVIDENCE.get(each.kind, each.kind), each.source, f"“{each.quote}”" if each.quote else None, day]
            lines.append(joined([part for part in parts if part], " · "))
    return joined(lines, "\n") or None


def confidence_bars(confidence: Confidence) -> Block:
    """One to three bars."""
    bars: list[Rectangle] = []
    for place in range(3):
        height = 4.0 + 3.0 * place
        filled = place < _BARS[confidence]
        bars.append(
            Rectangle(place * 5.0, 11.5 - height, 3.6, height, "ink-soft" if filled else None, "ink-soft", 0.8, 0.8)
        )
    return Block(14.0, 12.0, tuple(bars))
