"""One block of people and their half year, as every department's export reads it."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.app.demo.catalogue import Department
from desireline.app.demo.company import People, draw_people
from desireline.app.demo.history import History, live_through
from desireline.app.demo.identifiers import Identifiers, Slot, spell_identifiers
from desireline.app.demo.walk import Happenings

_JOURNEYS_PER_BLOCK = 4_000_000


@dataclass(frozen=True)
class Block:
    """Block `number` of a company; `seen` has a row for each person and a column for each `Slot`."""

    number: int
    customers: int
    seed: int
    people: People
    identifiers: Identifiers
    history: History
    seen: NDArray[np.bool_]

    def of(self, department: Department) -> Happenings:
        """What this department records, in time order."""
        happened = self.history.happenings
        return happened.only(happened.kind // 100 == department)

    def random(self, name: str) -> np.random.Generator:
        """A generator of its own for each export, so that one does not disturb the other."""
        return np.random.default_rng([self.seed, self.number, zlib.crc32(name.encode())])

    def mark(self, slot: Slot, person: NDArray[np.int32]) -> None:
        """Remember that these people's identifiers of this slot stand in a file."""
        self.seen[person, slot] = True

    def mark_each(self, slot: NDArray[np.int8], person: NDArray[np.int32]) -> None:
        """The same, with a slot for each person."""
        self.seen[person, slot] = True

    def journey_numbers(self, happened: Happenings) -> NDArray[np.int64]:
        """Numbers of the journeys, unique over the whole company."""
        return self.number * _JOURNEYS_PER_BLOCK + happened.journey.astype(np.int64)


def draw_block(number: int, size: int, customers: int, seed: int) -> Block:
    """People `number * size` and following, with all they did."""
    rng = np.random.default_rng([seed, number])
    numbers = np.arange(number * size, min((number + 1) * size, customers), dtype=np.int64)
    people = draw_people(numbers, customers, seed, rng)
    identifiers = spell_identifiers(numbers, people.shared, seed)
    seen = np.zeros((len(people), len(Slot)), dtype=np.bool_)
    return Block(number, customers, seed, people, identifiers, live_through(people, rng), seen)
