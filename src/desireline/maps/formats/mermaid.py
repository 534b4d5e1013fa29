"""Mermaid ``journey``: title, sections, tasks with a score from 1 to 5 and actors.

A section is a phase, a task a step, a score the emotion (rounded, from -2..+2 to 1..5), an actor a persona. Mermaid knows no lanes. The grammar
as its parser has it: names hold no ``:``, ``#`` or ``;`` (they are written as ``#58;``), ``%%`` and ``#`` begin comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from statistics import mean
from typing import Any

from desireline.base import InputError, phrase
from desireline.maps.document import fresh_id
from desireline.maps.formats.losses import Loss, Read, Written, losses
from desireline.maps.model import JourneyMap, Step

_HELD = frozenset({"title and id", "summary", "emotion values", "personas", "lanes for one persona"})
_NEUTRAL = 3
_ENTITY = re.compile(r"#(\d{1,7}|[a-z]+);")
_NAMED = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "colon": ":", "semi": ";", "num": "#"}
_STATEMENT = re.compile(r"title|section|accTitle|accDescr|journey", re.IGNORECASE)
_KEYWORD = re.compile(r"(title|section|accTitle\s*:|accDescr\s*:)\s*(.*)", re.IGNORECASE | re.DOTALL)


def write_mermaid(subject: JourneyMap) -> Written:
    """The map as a Mermaid journey; several personas are the actors of the steps at which they feel something."""
    lines = ["journey", f"    title {_escaped(subject.title)}", f"    accTitle: {_escaped(subject.title)}"]
    if subject.summary:
        lines.append(f"    accDescr: {_escaped(subject.summary)}")
    for phase in subject.phases:
        lines.append(f"    section {_escaped(phase.name)}")
        lines.extend(f"      {_task(subject, step)}" for step in phase.steps)
    found = list(losses(subject, held=_HELD))
    unfelt = sum(not _feelings(subject, step) for step in subject.steps)
    if unfelt:
        found.append(Loss("steps without an emotion, written as neutral", unfelt))
    rounded = sum(any(value != int(value) for value, _ in _feelings(subject, step)) for step in subject.steps)
    if rounded:
        found.append(Loss("emotion values rounded", rounded))
    return Written(("\n".join(lines) + "\n").encode(), tuple(found))


def read_mermaid(text: str) -> Read:
    """A map from a Mermaid journey; each actor is a persona with an emotion lane.

    Raises
    ------
    InputError
        It is no journey, or a line of it cannot be understood; the message names the line.
    """
    reader = _Reader()
    for number, statement in _statements(text):
        reader.take(number, statement)
    return reader.result()


class _Reader:
    def __init__(self) -> None:
        self.begun = False
        self.title = ""
        self.summary: str | None = None
        self.phases: list[dict[str, Any]] = []
        self.ids: set[str] = set()
        self.felt: dict[str, list[tuple[str, float]]] = {}
        self.clamped = 0

    def take(self, number: int, statement: str) -> None:
        if not self.begun:
            if statement.lower() != "journey":
                raise InputError(
                    phrase(
                        "line {number}: expected journey, got {statement!r}", number=number, statement=statement[:60]
                    )
                )
            self.begun = True
            return
        keyword = _KEYWORD.fullmatch(statement)
        if keyword is None:
            self._task(number, statement)
            return
        name, said = keyword[1].lower().rstrip(" :\t"), _unescaped(keyword[2].strip())
        if name == "section":
            self._section(said)
        elif name == "title":
            self.title = said
        elif name == "accdescr":
            self.summary = said

    def _section(self, name: str) -> None:
        ident = fresh_id(name or "phase", self.ids)
        self.ids.add(ident)
        self.phases.append({"id": ident, "name": name or "Phase", "steps": []})

    def _task(self, number: int, statement: str) -> None:
        parts = [part.strip() for part in statement.split(":", 2)]
        try:
            score = float(parts[1])
        except (IndexError, ValueError):
            raise InputError(
                phrase(
                    "line {number}: expected a task with a score from 1 to 5, such as Make tea: 5: Me, got {statement!r}",
                    number=number,
                    statement=statement[:60],
                )
            ) from None
        if not self.phases:
            self._section("Journey")
        name = _unescaped(parts[0])
        ident = fresh_id(name or "step", self.ids)
        self.ids.add(ident)
        self.phases[-1]["steps"].append({"id": ident, "name": name or "Step"})
        bounded = min(max(score, 1.0), 5.0) if score == score else float(_NEUTRAL)
        self.clamped += bounded != score
        actors = [_unescaped(each.strip()) for each in parts[2].split(",")] if len(parts) > 2 else []
        for actor in dict.fromkeys(each for each in actors if each) or [""]:
            self.felt.setdefault(actor, []).append((ident, bounded - _NEUTRAL))

    def result(self) -> Read:
        if not self.begun:
            raise InputError(phrase("expected a Mermaid diagram that begins with journey, got nothing"))
        title = self.title or "Journey"
        named = {actor: fresh_id(actor, ()) for actor in self.felt if actor}
        personas, taken = [], set[str]()
        for actor in named:
            named[actor] = fresh_id(actor, taken)
            taken.add(named[actor])
            personas.append({"id": named[actor], "name": actor})
        tree: dict[str, object] = {"desireline": "map/1", "id": fresh_id(title, ()), "title": title}
        if self.summary:
            tree["summary"] = self.summary
        if personas:
            tree["personas"] = personas
        tree["phases"] = self.phases
        tree["lanes"] = [self._lane(number, actor, named) for number, actor in enumerate(self.felt, start=1)]
        clamped = (Loss("scores outside 1 to 5, moved to the nearest", self.clamped),) if self.clamped else ()
        return Read(tree, clamped)

    def _lane(self, number: int, actor: str, named: dict[str, str]) -> dict[str, Any]:
        lane: dict[str, Any] = {"id": f"emotion-{number}", "role": "emotion"}
        if actor:
            lane |= {"label": f"Emotion: {actor}", "persona": named[actor]}
        cells = [
            {"id": f"e{number}-{ident}", "step": ident, "emotion": int(value) if value == int(value) else value}
            for ident, value in self.felt[actor]
        ]
        return {**lane, "cells": cells}


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The statements with their lines: comments, front matter and directives left out, several on one line parted."""
    lines = text.removeprefix("\ufeff").splitlines()
    start = 0
    if lines and lines[0].strip() == "---":
        start = next((place + 1 for place in range(1, len(lines)) if lines[place].strip() == "---"), 0)
    block: list[str] | None = None
    for number, line in enumerate(lines[start:], start=start + 1):
        said = line.strip()
        if block is not None:
            block.append(said.rstrip("}").strip())
            if said.endswith("}"):
                yield number, "accDescr: " + " ".join(part for part in block if part)
                block = None
            continue
        if re.match(r"accDescr\s*\{", said, re.IGNORECASE):
            inner = said.split("{", 1)[1].strip()
            if inner.endswith("}"):
                yield number, "accDescr: " + inner.rstrip("}").strip()
            else:
                block = [inner]
            continue
        yield from ((number, part) for part in _without_comment(said))


def _without_comment(line: str) -> Iterator[str]:
    """Statements of a line, ``;`` parts them; ``#`` begins a comment unless it begins an entity."""
    marked = _ENTITY.sub(lambda entity: f"\x01{entity[1]}\x02", line)
    marked = re.split(r"%%|#", marked, maxsplit=1)[0]
    for part in marked.split(";"):
        said = part.replace("\x01", "#").replace("\x02", ";").strip()
        if said:
            yield said


def _task(subject: JourneyMap, step: Step) -> str:
    felt = _feelings(subject, step)
    score = min(max(round(mean(value for value, _ in felt)) + _NEUTRAL, 1), 5) if felt else _NEUTRAL
    actors = dict.fromkeys(actor for _, actor in felt if actor)
    named = ", ".join(_escaped(actor).replace(",", "#44;") for actor in actors)
    return f"{_task_name(step.name)}: {score}" + (f": {named}" if named else "")


def _feelings(subject: JourneyMap, step: Step) -> list[tuple[float, str]]:
    """What is felt at a step today, and by whom."""
    names = {persona.id: persona.name for persona in subject.personas}
    lanes = [lane for lane in subject.lanes if lane.role == "emotion" and lane.line == "current"]
    return [
        (cell.emotion, names.get(lane.persona or "", ""))
        for lane, cell in chain.from_iterable(((lane, cell) for cell in lane.cells) for lane in lanes)
        if cell.emotion is not None and cell.step == step.id
    ]


def _task_name(text: str) -> str:
    """The name of a task, which must not begin as other statements do."""
    name = _escaped(text)
    return f"#{ord(name[0])};{name[1:]}" if _STATEMENT.match(name) else name


def _escaped(text: str) -> str:
    return re.sub(r"[:#;]|%(?=%)", lambda sign: f"#{ord(sign[0])};", " ".join(text.split())) or "–"


def _unescaped(text: str) -> str:
    def meant(entity: re.Match[str]) -> str:
        said = entity[1]
        if not said.isdigit():
            return _NAMED.get(said, entity[0])
        return chr(int(said)) if 31 < int(said) < 0x110000 and not 0xD800 <= int(said) < 0xE000 else entity[0]

    return re.sub(r"<br\s*/?>", " ", _ENTITY.sub(meant, text), flags=re.IGNORECASE).strip()
