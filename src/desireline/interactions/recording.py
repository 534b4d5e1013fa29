"""Recording single interactions that somebody gives, in place of a file: what was asked in the shop, told on the corridor."""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from desireline.base import InputError, Problem, phrase
from desireline.interactions.accept import Batch, accept, next_arrival
from desireline.interactions.identifiers import MASK, IdentifierSettings, anchor_rank, identifier_number, normalise
from desireline.interactions.log import log_schema
from desireline.interactions.model import FIELDS, LONGEST_ATTRIBUTE, Field
from desireline.store import StagedFile, Workspace

_EARLIEST, _LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewInteraction:
    """An interaction to be recorded.

    Attributes
    ----------
    fields
        By name of the interaction schema; times are aware, numbers are in its units.
    identifiers
        By type; at least one must be usable.
    attributes
        Texts by name.
    """

    fields: Mapping[str, Any]
    identifiers: Mapping[str, str]
    attributes: Mapping[str, str] = field(default_factory=dict)


def record_interactions(workspace: Workspace, found: Sequence[NewInteraction]) -> range:
    """Record interactions, all or none; they are on the disk when this returns.

    Returns
    -------
    Their arrival numbers, in the order given.

    Raises
    ------
    InputError
        One of them is not as the schema says; all problems are listed.
    """
    settings = IdentifierSettings.read(workspace.section("identifiers"))
    problems: list[Problem] = []
    checked = [_checked(each, settings, f"interaction {place}", problems) for place, each in enumerate(found, start=1)]
    if problems:
        raise InputError(phrase("the interactions cannot be recorded:\n{listing}", listing=Problem.listing(problems)))
    if not checked:
        return range(0)
    with workspace.exclusive("log"):
        first = next_arrival(workspace)
        rows = [_row(workspace, each, first + place) for place, each in enumerate(checked)]
        file = _stage(workspace, rows)
        accept(
            workspace,
            Batch([file], first + len(rows) - 1, _identifiers(workspace, checked), _evidence(rows)),
        )
    return range(first, first + len(rows))


def _checked(each: NewInteraction, settings: IdentifierSettings, where: str, problems: list[Problem]) -> NewInteraction:
    """The interaction with identifiers in their normal forms; what is wrong with it is added to the problems."""
    fields = dict(each.fields)
    fields.setdefault("id", uuid.uuid4().hex)
    for name in sorted(set(fields) - {known.name for known in FIELDS}):
        problems.append(Problem(f"{where}.{name}", phrase("is no field of an interaction")))
    for known in FIELDS:
        message = _problem(known, fields.get(known.name))
        if message is not None:
            problems.append(Problem(f"{where}.{known.name}", message))
    for name, value in each.attributes.items():
        if len(value) > LONGEST_ATTRIBUTE:
            problems.append(
                Problem(
                    f"{where}.attributes.{name}",
                    phrase("expected at most {longest:,} characters", longest=LONGEST_ATTRIBUTE),
                )
            )
    normal = {kind: normalise(kind, value, settings) for kind, value in each.identifiers.items()}
    usable = {kind: value for kind, value in normal.items() if value is not None}
    if not usable:
        came = ", ".join(f"{kind}:{value}" for kind, value in each.identifiers.items()) or "none"
        problems.append(Problem(f"{where}.identifiers", phrase("expected a usable identifier, got {came}", came=came)))
    return NewInteraction(fields, usable, each.attributes)


def _problem(known: Field, value: Any) -> str | None:
    """What is wrong with the value of a field."""
    if value is None:
        return "is missing" if known.required else None
    if known.kind == "time":
        if not isinstance(value, datetime) or value.tzinfo is None:
            return f"expected a time with its zone, got {value!r}"
        return (
            None if _EARLIEST <= value <= _LATEST else f"expected a time between 1900 and 2200, got {value.isoformat()}"
        )
    if known.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return f"expected a number, got {value!r}"
        low, high = known.lowest, known.highest
        inside = (low is None or value >= low) and (high is None or value <= high)
        return None if inside else f"expected a number in its range ({known.unit}), got {value:g}"
    if not isinstance(value, str) or not value.strip():
        return f"expected a text, got {value!r}"
    if known.kind == "choice" and value not in known.choices:
        return f"expected one of {', '.join(known.choices)}, got {value!r}"
    return None if len(value) <= known.longest else f"expected at most {known.longest:,} characters, got {len(value):,}"


def _row(workspace: Workspace, each: NewInteraction, arrival: int) -> dict[str, Any]:
    kinds = sorted(each.identifiers, key=anchor_rank)
    numbers = [identifier_number(workspace.key, kind, each.identifiers[kind]) for kind in kinds]
    content = "\x1f".join(["id", each.fields["source"], each.fields["id"]])
    digest = hashlib.md5(content.encode(), usedforsecurity=False).digest()
    return {
        "arrival": arrival,
        "fingerprint": int.from_bytes(digest[:8], "little") & MASK,
        "anchor": numbers[0],
        "identifiers": numbers[1:],
        **{known.name: each.fields.get(known.name) for known in FIELDS},
        "attributes": sorted(each.attributes.items()),
    }


def _stage(workspace: Workspace, rows: Sequence[dict[str, Any]]) -> StagedFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    name = f"{uuid.uuid4().hex}.parquet"
    table = pa.Table.from_pylist(list(rows), schema=log_schema())
    pq.write_table(table, workspace.log.folder / name)
    times = [row["occurred_at"].astimezone(UTC) for row in rows]
    return StagedFile(
        name=name,
        rows=len(rows),
        smallest={"arrival": rows[0]["arrival"], "occurred_at": _bound(min(times))},
        largest={"arrival": rows[-1]["arrival"], "occurred_at": _bound(max(times), up=True)},
    )


def _bound(moment: datetime, *, up: bool = False) -> str:
    """A bound for the statistics of the log, which know milliseconds only."""
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    shown = whole.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if up and whole != moment:
        return _bound(whole + timedelta(milliseconds=1))
    return shown


def _identifiers(workspace: Workspace, checked: Sequence[NewInteraction]) -> dict[str, list[int] | list[str]]:
    found = {
        identifier_number(workspace.key, kind, value): (kind, value)
        for each in checked
        for kind, value in each.identifiers.items()
    }
    return {
        "id": list(found),
        "type": [kind for kind, _ in found.values()],
        "value": [value for _, value in found.values()],
    }


def _evidence(rows: Sequence[dict[str, Any]]) -> dict[str, list[int] | list[str]]:
    """Every two identifiers that were given together, counted by source."""
    seen: dict[tuple[int, int, str], list[tuple[int, int]]] = {}
    for row in rows:
        moment = int(row["occurred_at"].timestamp() * 1_000_000)
        for pair in combinations(sorted({row["anchor"], *row["identifiers"]}), 2):
            seen.setdefault((*pair, row["source"]), []).append((moment, row["arrival"]))
    return {
        "first": [first for first, _, _ in seen],
        "second": [second for _, second, _ in seen],
        "source": [source for _, _, source in seen],
        "first_at": [min(moment for moment, _ in each) for each in seen.values()],
        "last_at": [max(moment for moment, _ in each) for each in seen.values()],
        "observations": [len(each) for each in seen.values()],
        "sample_arrival": [min(arrival for _, arrival in each) for each in seen.values()],
    }
