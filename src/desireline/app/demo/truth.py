"""The truth about the demo company: who is who, which journeys and problems are real, what the files hold.

Only tests and benchmarks read it, never the product.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from desireline.app.demo.block import Block
from desireline.app.demo.identifiers import SHARED_SLOTS, SLOT_TYPES, Slot
from desireline.app.demo.period import END, START, Flags
from desireline.app.demo.problems import PROBLEMS, Problem
from desireline.app.demo.sheet import Tally
from desireline.app.demo.texts import constant, join, pool
from desireline.app.demo.walk import Walked

_PEOPLE = pa.schema([("type", pa.string()), ("value", pa.string()), ("person", pa.int64()), ("shared", pa.bool_())])
_MOMENT = pa.timestamp("ms", tz="UTC")
_JOURNEYS = pa.schema(
    [
        ("person", pa.int64()),
        ("kind", pa.string()),
        ("started_at", _MOMENT),
        ("ended_at", _MOMENT),
        ("outcome", pa.string()),
    ]
)


class TruthFiles:
    """The truth folder under construction: people and journeys grow block by block."""

    def __init__(self, folder: Path) -> None:
        """Open both tables in the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._people = pq.ParquetWriter(folder / "people.parquet", _PEOPLE, compression="zstd")
        self._journeys = pq.ParquetWriter(folder / "journeys.parquet", _JOURNEYS, compression="zstd")

    def write(self, block: Block) -> None:
        """Add the people and journeys of a block; every export must have been written before."""
        self._people.write_table(pa.concat_tables([_identifiers(block, slot) for slot in Slot]))
        self._journeys.write_table(pa.concat_tables([_journeys(block, told) for told in block.history.walked]))

    def close(self, tallies: Mapping[str, Tally]) -> None:
        """Finish both tables; add the problems and the counts of rows (by file name)."""
        self._people.close()
        self._journeys.close()
        _write_json(self._folder / "problems.json", [_problem(problem) for problem in PROBLEMS])
        _write_json(self._folder / "rows.json", {name: _tally(tally) for name, tally in tallies.items()})


def _identifiers(block: Block, slot: Slot) -> pa.Table:
    """Whose identifiers of this slot stand in the files, and whether somebody else's could be the same."""
    person = np.flatnonzero(block.seen[:, slot]).astype(np.int32)
    value = block.identifiers.texts(slot, person)
    if SLOT_TYPES[slot] == "phone":
        value = join("+44", value)
    columns = [
        constant(SLOT_TYPES[slot], len(person)),
        value,
        pa.array(block.people.numbers[person]),
        pa.array(_is_shared(block, slot, person)),
    ]
    return pa.Table.from_arrays(columns, schema=_PEOPLE)


def _is_shared(block: Block, slot: Slot, person: np.typing.NDArray[np.int32]) -> np.typing.NDArray[np.bool_]:
    """Kiosks and switchboards always are; a family's tablet is when both of the family used it."""
    if slot is not Slot.FAMILY_TABLET:
        return np.full(len(person), slot in SHARED_SLOTS)
    partner = block.people.numbers[person] ^ 1
    both: Flags = np.isin(partner, block.people.numbers[person])
    return both


def _journeys(block: Block, walked: Walked) -> pa.Table:
    ends = np.array(walked.outcomes)[walked.last_state]
    kept = np.flatnonzero((ends != "") & _began(walked))
    outcomes = (*walked.outcomes, "still open")
    outcome = np.where(walked.cut_off, len(outcomes) - 1, walked.last_state)[kept]
    columns = [
        pa.array(block.people.numbers[walked.person[kept]]),
        constant(walked.script.name, len(kept)),
        pa.array(walked.started_at[kept]).cast(_MOMENT),
        pa.array(walked.ended_at[kept]).cast(_MOMENT),
        pool(outcomes, outcome),
    ]
    return pa.Table.from_arrays(columns, schema=_JOURNEYS)


def _began(walked: Walked) -> Flags:
    """Which journeys began inside the half year; the others left nothing behind."""
    began: Flags = (walked.started_at >= START) & (walked.started_at < END)
    return began


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "id": problem.id,
        "kind": problem.kind,
        "subject": problem.subject,
        "segment": problem.segment,
        "from": _moment(problem.start),
        "to": _moment(problem.end),
        "what": problem.what,
        "expected": {
            "measure": problem.effect.measure,
            "before": problem.effect.before,
            "after": problem.effect.after,
        },
    }


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "rows": tally.rows,
        "exact_duplicates": tally.exact_duplicates,
        "bad": dict(sorted(tally.bad.items())),
        "imperfect": dict(sorted(tally.imperfect.items())),
    }


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
