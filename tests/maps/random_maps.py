"""Random documents: trees that the schemas accept, written in the many ways in which people write YAML, and changes of them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

WORDS = (
    "I pay",
    "price",
    "Wie lange dauert das?",
    "我付款",
    "الدفع",
    "C#: a # sign",
    "yes",
    "null",
    "1.50",
    "2026-01-01",
    "- dash",
    "it's “late”",
    'say "no"',
    "tab\there",
    "a: b",
    "ends with:",
    " blanks ",
    "*star",
    "{x}",
    "[y], z",
    "@at",
    "%",
    "café\u0301",
    "👩‍👧 family",
    "back\\slash",
    "=",
    "<<",
    "~",
    "---",
    "x" * 300,
)
LONG = ("First line.\nSecond line.", "Kept\n", "One\n\n  indented\nend\n", "ends twice\n\n", "# no comment\nreally")
ROLES = ("actions", "thoughts", "pains", "gains", "frontstage", "support", "custom")


def texts() -> st.SearchStrategy[str]:
    """Texts that are not empty: words that YAML might misread, several lines, and anything at all."""
    letters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")
    return st.one_of(st.sampled_from(WORDS), st.sampled_from(LONG), st.text(letters, min_size=1, max_size=20))


@dataclass
class _Maker:
    """Draws a tree; ids count up, so that each is there once."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    prefix: str = ""
    count: int = 0
    steps: list[str] = field(default_factory=list)

    def ident(self, kind: str) -> str:
        self.count += 1
        return f"{self.prefix}{kind}{self.count}"

    def text(self) -> str:
        return str(self.draw(texts()))

    def maybe(self, said: dict[str, Any], key: str, make: Callable[[], Any]) -> None:
        if self.draw(st.booleans()):
            said[key] = make()

    def some(self, make: Callable[[], Any], most: int = 3) -> list[Any]:
        return [make() for _ in range(self.draw(st.integers(0, most)))]

    def map(self) -> dict[str, Any]:
        said: dict[str, Any] = {"desireline": "map/1", "id": "a-map", "title": self.text()}
        self.maybe(said, "goal", self.text)
        self.maybe(said, "owner", lambda: {"name": self.text(), "department": self.text()})
        self.maybe(said, "review_date", lambda: "2027-01-31")
        self.maybe(said, "tags", lambda: self.some(self.text))
        self.maybe(said, "personas", lambda: self.some(self.persona, 2))
        self.maybe(said, "opportunities", lambda: self.some(self.opportunity, 2))
        said["phases"] = self.some(self.phase)
        self.maybe(said, "lanes", lambda: self.some(self.lane))
        self.maybe(said, "x_unknown", lambda: {"deep": [1, [2.5, None], {"on": True}], "text": self.text()})
        return said

    def persona(self) -> Any:
        if self.draw(st.booleans()):
            return self.ident("known-persona")
        said: dict[str, Any] = {"id": self.ident("persona"), "name": self.text()}
        self.maybe(said, "goals", lambda: self.some(self.text))
        self.maybe(said, "share", lambda: self.draw(st.sampled_from([0, 0.25, 1])))
        return said

    def opportunity(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.ident("opportunity"), "title": self.text()}
        self.maybe(said, "effort", lambda: self.draw(st.integers(1, 5)))
        self.maybe(said, "solutions", lambda: self.some(self.solution, 2))
        return said

    def solution(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.ident("solution"), "title": self.text()}
        self.maybe(said, "tasks", lambda: self.some(lambda: {"id": self.ident("task"), "title": self.text()}, 2))
        return said

    def phase(self) -> dict[str, Any]:
        return {"id": self.ident("phase"), "name": self.text(), "steps": self.some(self.step)}

    def step(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.ident("step"), "name": self.text()}
        self.maybe(said, "optional", lambda: self.draw(st.booleans()))
        self.maybe(said, "moment_of_truth", lambda: self.draw(st.sampled_from([True, "the promise"])))
        self.maybe(said, "binding", lambda: {"where": "touchpoint = 'Search'", "count": "once"})
        self.maybe(said, "next", lambda: list(self.steps[-2:]))
        self.maybe(said, "metrics", lambda: ["conversion", {"metric": "speed", "target": 0.5}])
        self.steps.append(said["id"])
        return said

    def lane(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.ident("lane"), "role": self.draw(st.sampled_from(ROLES))}
        self.maybe(said, "label", self.text)
        if self.steps:
            said["cells"] = self.some(self.cell)
        return said

    def cell(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.ident("cell"), "step": self.draw(st.sampled_from(self.steps))}
        self.maybe(said, "claims", lambda: self.some(self.claim))
        self.maybe(said, "emotion", lambda: self.draw(st.sampled_from([-2, -0.5, 0, 1.25, 2])))
        self.maybe(said, "touchpoints", lambda: self.some(lambda: {"name": self.text(), "channel": "web"}, 2))
        return said

    def claim(self) -> Any:
        if self.draw(st.booleans()):
            return self.text()
        said: dict[str, Any] = {"text": self.text()}
        self.maybe(said, "confidence", lambda: self.draw(st.sampled_from(["low", "high"])))
        self.maybe(said, "evidence", lambda: self.some(lambda: {"kind": "survey", "n": 12, "quote": self.text()}, 2))
        return said


@st.composite
def map_trees(draw: Any) -> dict[str, Any]:
    """The trees of maps that the schema accepts."""
    return _Maker(draw).map()


def written_by_hand(tree: dict[str, Any], seed: int) -> str:
    """The tree as some person might write it: own indentation, comments, blank lines, flow style, quotes."""
    return _Hand(random.Random(seed)).document(tree)


class _Hand:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.indent = chance.choice([2, 2, 3, 4])
        self.offset = chance.choice([0, 2, 2, 4])
        self.dash = chance.choice([2, 2, 4])

    def document(self, tree: dict[str, Any]) -> str:
        head = self.chance.choice(["", "# A map\n\n", "---\n", "# One\n# Two\n"])
        tail = self.chance.choice(["", "# the end\n", "\n\n"])
        text = head + "".join(f"{line}\n" for line in self.block(tree)) + tail
        text = text.removesuffix("\n") if self.chance.random() < 0.1 and "|" not in text else text
        return text.replace("\n", "\r\n") if self.chance.random() < 0.1 else text

    def block(self, value: Any) -> list[str]:
        lines: list[str] = []
        for key in value if isinstance(value, dict) else range(len(value)):
            lines += self.above()
            written = self.field(str(key), value[key]) if isinstance(value, dict) else self.entry(value[key])
            lines += written
        return lines

    def above(self) -> list[str]:
        return self.chance.choice([[]] * 8 + [[""], ["# a comment: of mine"], ["", "# two", "#  lines"]])

    def behind(self) -> str:
        return self.chance.choice([""] * 8 + ["  # why", " # 'quoted"])

    def field(self, key: str, value: Any) -> list[str]:
        if self.is_block(value):
            depth = self.indent if isinstance(value, dict) else self.offset
            return [f"{key}:{self.behind()}", *self.deeper(self.block(value), depth)]
        return self.attached(f"{key}:" + " " * self.chance.choice([1, 1, 1, 3]), value, self.indent)

    def entry(self, value: Any) -> list[str]:
        if self.is_block(value):
            first, *others = self.deeper(self.block(value), self.dash)
            while not first.strip() or first.lstrip().startswith("#"):
                first, *others = others
            return [f"-{first[1:]}", *others]
        return self.attached("-" + " " * (self.dash - 1), value, self.dash)

    def attached(self, start: str, value: Any, depth: int) -> list[str]:
        if isinstance(value, str) and "\n" in value and self.chance.random() < 0.7 and self.may_be_literal(value):
            sign = "|" if value.endswith("\n") else "|-"
            lines = value.removesuffix("\n").split("\n")
            return [f"{start}{sign}{self.behind()}", *self.deeper(lines, depth)]
        return [start + self.flow(value) + self.behind()]

    @staticmethod
    def may_be_literal(value: str) -> bool:
        lines = value.removesuffix("\n").split("\n")
        return lines[0] == lines[0].strip() != "" and all(line.isprintable() and line.strip() for line in lines)

    def deeper(self, lines: list[str], depth: int) -> list[str]:
        return [" " * depth + line if line else line for line in lines]

    def is_block(self, value: Any) -> bool:
        return (
            isinstance(value, dict | list) and len(value) > 0 and (self.chance.random() < 0.8 or len(str(value)) > 200)
        )

    def flow(self, value: Any) -> str:
        pad = self.chance.choice(["", "", " "])
        if isinstance(value, dict) and value:
            return "{" + pad + ", ".join(f"{key}: {self.flow(each)}" for key, each in value.items()) + pad + "}"
        if isinstance(value, list) and value:
            return "[" + pad + ", ".join(self.flow(each) for each in value) + pad + "]"
        if isinstance(value, str):
            return self.text(value)
        return json.dumps(value)

    def text(self, value: str) -> str:
        simple = value.replace(" ", "").isascii() and value.replace(" ", "").isalpha() and value == value.strip()
        if simple and value.casefold() not in ("null", "true", "false"):
            return self.chance.choice([value, f"'{value}'", f'"{value}"'])
        if value.isprintable() and self.chance.random() < 0.5:
            return "'" + value.replace("'", "''") + "'"
        return (
            json.dumps(value, ensure_ascii=True)
            if "\ufeff" in value or not value.isprintable()
            else json.dumps(value, ensure_ascii=False)
        )


def random_change(seed: int) -> Callable[[Any], None]:
    """A change as an editor makes it: a field, an entry, an order; the same seed changes the same tree alike."""
    return lambda tree: _Changer(random.Random(seed)).change(tree)


class _Changer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def change(self, tree: Any) -> None:
        for _ in range(self.chance.randint(1, 3)):
            place = self.chance.choice(list(_collections(tree)))
            if isinstance(place, dict):
                self.change_fields(place)
            else:
                self.change_list(place)

    def value(self) -> Any:
        return self.chance.choice(
            [*WORDS, *LONG, 1, 2.5, True, None, [], {}, ["a", {"b": 1}], {"c": {"d": [1]}, "e": "x\ny"}]
        )

    def change_fields(self, fields: dict[str, Any]) -> None:
        key = self.chance.choice([*fields, "new_field"])
        action = self.chance.choice(["set", "set", "remove", "last", "first"])
        if action == "set" or key not in fields:
            fields[key] = self.value()
        elif action == "remove" and len(fields) > 1:
            del fields[key]
        elif action == "last":
            fields[key] = fields.pop(key)
        else:
            others = {key: fields.pop(key), **fields}
            fields.clear()
            fields.update(others)

    def change_list(self, entries: list[Any]) -> None:
        action = self.chance.choice(["add", "remove", "move", "set", "copy"])
        place = self.chance.randrange(len(entries)) if entries else 0
        if action == "add" or not entries:
            entries.insert(place, self.value())
        elif action == "remove":
            del entries[place]
        elif action == "move":
            entries.insert(self.chance.randrange(len(entries)), entries.pop(place))
        elif action == "set":
            entries[place] = self.value()
        else:
            entries.append(copy.deepcopy(entries[place]))


def _collections(node: Any) -> Any:
    if isinstance(node, dict | list):
        yield node
        for each in node.values() if isinstance(node, dict) else node:
            yield from _collections(each)


def sensible_change(seed: int, mark: str) -> Callable[[Any], None]:
    """A change after which a map is still a map; ``mark`` begins the ids and texts that it makes."""
    return lambda tree: _Sensible(random.Random(seed), mark).change(tree)


class _Sensible:
    def __init__(self, chance: random.Random, mark: str) -> None:
        self.chance = chance
        self.mark = mark

    def change(self, tree: Any) -> None:
        for number in range(self.chance.randint(1, 4)):
            kinds = (self.rename, self.say, self.add, self.move, self.remove, self.claim, self.head)
            self.chance.choice(kinds)(tree, f"{self.mark}{number}")

    def rename(self, tree: Any, new: str) -> None:
        things = [*tree["phases"], *_steps(tree)]
        if things:
            self.chance.choice(things)["name"] = f"Named {new}"

    def say(self, tree: Any, new: str) -> None:
        if steps := _steps(tree):
            self.chance.choice(steps).update(summary=f"Said {new}", optional=self.chance.random() < 0.5)

    def add(self, tree: Any, new: str) -> None:
        if not tree["phases"] or self.chance.random() < 0.3:
            self.insert(tree["phases"], {"id": f"phase-{new}", "name": new, "steps": []})
        else:
            self.insert(self.chance.choice(tree["phases"])["steps"], {"id": f"step-{new}", "name": new})

    def move(self, tree: Any, new: str) -> None:
        lists = [phase["steps"] for phase in tree["phases"]]
        full = [steps for steps in lists if steps]
        if full:
            steps = self.chance.choice(full)
            self.insert(self.chance.choice(lists), steps.pop(self.chance.randrange(len(steps))))

    def remove(self, tree: Any, new: str) -> None:
        lists = [cells for cells in (lane.get("cells") for lane in tree.get("lanes", [])) if cells]
        if lists:
            cells = self.chance.choice(lists)
            del cells[self.chance.randrange(len(cells))]

    def claim(self, tree: Any, new: str) -> None:
        cells = [cell for lane in tree.get("lanes", []) for cell in lane.get("cells", [])]
        if not cells:
            return
        claims = self.chance.choice(cells).setdefault("claims", [])
        if claims and self.chance.random() < 0.5:
            place = self.chance.randrange(len(claims))
            claims[place] = f"Changed {new}"
        else:
            self.insert(claims, {"text": f"Claim {new}", "confidence": "low"})

    def head(self, tree: Any, new: str) -> None:
        tree["goal"] = f"Goal {new}"
        tree.setdefault("tags", []).append(new)

    def insert(self, entries: list[Any], entry: Any) -> None:
        entries.insert(self.chance.randint(0, len(entries)), entry)


def _steps(tree: Any) -> list[Any]:
    return [step for phase in tree["phases"] for step in phase["steps"]]
