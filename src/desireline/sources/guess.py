"""Proposing a mapping from a file: what its columns are called and what stands in them.

A proposal is good when it imports; it says in comments why it chose, what it is unsure of and what it left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desireline.base import InputError
from desireline.sources.files import RawTable, file_kind_of
from desireline.sources.mapping import Mapping, ReadOptions, mapping_from_text
from desireline.store import connect_duckdb, identifier

_SAMPLE = 20_000
_EARLIEST_EPOCH = 315_532_800  # 1980
_LATEST_EPOCH = 4_102_444_800  # 2100


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping.

    Attributes
    ----------
    yaml
        The mapping with its comments.
    mapping
        The same, checked.
    kind
        The kind of the file.
    """

    yaml: str
    mapping: Mapping
    kind: str


@dataclass(slots=True)
class _Column:
    """What a column looks like in the sample."""

    name: str
    kind: str
    filled: int
    distinct: int
    examples: list[str]
    times: dict[str, Any] | None = None
    numeric: float = 0.0
    words: set[str] = field(default_factory=set)


def guess_mapping(path: Path, *, source: str | None = None) -> Guess:
    """Propose a mapping for a file.

    Parameters
    ----------
    source
        The name of the source; by default it is made from the name of the file.

    Raises
    ------
    InputError
        The file cannot be read, or has no column with times or none with identifiers; the message says what is missing.
    """
    kind = file_kind_of(path)
    with connect_duckdb() as connection, TemporaryDirectory() as folder:
        raw = kind.load(connection, path, options=ReadOptions(), columns=(), workplace=Path(folder))
        sample = f"(SELECT * FROM {raw.relation} LIMIT {_SAMPLE})"
        columns = [_look_at(connection, sample, name, raw.columns[name]) for name in raw.columns]
        proposal = _Proposal(path, source or _source_name(path), columns, raw)
        text = proposal.yaml(lambda query: connection.execute(query.format(sample=sample)).fetchall())
    return Guess(text, mapping_from_text(text, where=f"guessed from {path}"), kind.name)


def _look_at(connection: Any, sample: str, name: str, kind: str) -> _Column:
    quoted = f"nullif(trim(CAST({identifier(name)} AS VARCHAR)), '')"
    filled, distinct, numeric = connection.execute(
        f"SELECT count(v), count(DISTINCT v), count(TRY_CAST(v AS DOUBLE)) FROM (SELECT {quoted} AS v FROM {sample})"
    ).fetchone()
    examples = connection.execute(
        f"SELECT v FROM (SELECT {quoted} AS v FROM {sample}) WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT 200"
    ).fetchall()
    column = _Column(
        name,
        kind,
        filled,
        distinct,
        [text for (text,) in examples],
        numeric=numeric / filled if filled else 0.0,
    )
    column.words = _words(name)
    if filled:
        column.times = _time_reading(connection, sample, column, quoted)
    return column


# Times

_FORMATS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%b %d, %Y %H:%M",
    "%b %d, %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%d",
    "%a, %d %b %Y %H:%M:%S %z",
)
_TIME_WORDS = (
    "timestamp",
    "time",
    "date",
    "datetime",
    "at",
    "on",
    "when",
    "ts",
    "started",
    "start",
    "created",
    "occurred",
    "placed",
    "day",
)


def _time_reading(connection: Any, sample: str, column: _Column, quoted: str) -> dict[str, Any] | None:
    """How the column reads as times: keys of an expression, or ``None`` where it does not."""
    if column.kind.startswith("TIMESTAMP") or column.kind == "DATE":
        return {}
    if column.numeric > 0.95:
        return _epoch_reading(column)
    values = f"(SELECT {quoted} AS v FROM {sample})"
    iso = connection.execute(
        f"SELECT count(TRY_CAST(v AS TIMESTAMP)) FROM {values} WHERE regexp_matches(v, '^[0-9]{{4}}-[0-9]')"
    ).fetchone()[0]
    if iso >= 0.9 * column.filled:
        return {}
    counts = {
        each: connection.execute(f"SELECT count(try_strptime(v, $f)) FROM {values}", {"f": each}).fetchone()[0]
        for each in _FORMATS
    }
    best = max(counts, key=lambda each: (counts[each], -_FORMATS.index(each)))
    if counts[best] < 0.9 * column.filled:
        return None
    return {"format": best, "ambiguous": _day_month_unclear(best, counts)}


def _epoch_reading(column: _Column) -> dict[str, Any] | None:
    if not column.words & {"ts", "time", "timestamp", "at", "epoch", "date", "created", "occurred"}:
        return None
    numbers = [float(text) for text in column.examples if _is_number(text)]
    if not numbers:
        return None
    middle = sorted(numbers)[len(numbers) // 2]
    for unit, factor in (("s", 1), ("ms", 1_000), ("us", 1_000_000)):
        if _EARLIEST_EPOCH * factor <= middle <= _LATEST_EPOCH * factor:
            return {"unit": unit}
    return None


def _day_month_unclear(best: str, counts: dict[str, int]) -> bool:
    swapped = best.replace("%d/%m", "%x").replace("%m/%d", "%d/%m").replace("%x", "%m/%d")
    return swapped != best and counts.get(swapped, 0) == counts[best]


# Columns by what they are called

_IDENTIFIERS: tuple[tuple[str, str], ...] = (
    ("email", r"e_?mail|recipient|mail_?address"),
    ("phone", r"phone|mobile|msisdn|caller|ani|tel(ephone)?(_?(no|number))?|calling_?number|from_?number"),
    (
        "customer",
        r"customer(_?(id|no|nr|number|key|ref|code))?|client(_?(id|no|number))|cust(_?(id|no))|contact_?(id|no)|consumer_?id|(object:)?(customer|client|consumer)",
    ),
    (
        "account",
        r"account(_?(id|no|number))?|contract(_?(id|no|number))?|subscriber(_?(id|no))?|member(_?(id|no|number))?|policy(_?(id|no|number))",
    ),
    ("household", r"household(_?(id|key|no))?"),
    ("loyalty", r"loyalty(_?(card|id|no|number))*|card_?(no|number|id)"),
    ("user", r"user(_?(id|no|key|name))?|uid|person(_?id)?|profile_?id|visitor_?login"),
    (
        "device",
        r"device(_?id)?|anonymous_?id|cookie(_?id)?|visitor(_?id)?|user_?pseudo_?id|client_?id|distinct_?id|browser_?id|install_?id",
    ),
    ("session", r"session(_?(id|key))?|visit_?id|ga_session_id"),
    ("user", r"case:concept:name|case_?(id|concept_name)"),
)
_TOUCHPOINT = r"event(_?(name|type))?|action(_?name)?|activity(_?name)?|touchpoint|interaction(_?type)?|concept:name|ocel:type|type|what(_happened)?|operation|step|task|message_?type|stage|status|topic|reason|subject|issue|category"
_CHANNEL = r"channel|medium|submitted_?via|via|contact_?method|source_?channel|origin|media_?type|touch_?channel"
_FIELDS: tuple[tuple[str, str, Callable[[_Column], bool]], ...] = (
    ("score", r"score|rating|nps|csat|ces|satisfaction|stars", lambda column: column.numeric > 0.9),
    (
        "score_kind",
        r"survey(_?type)?|score_?kind|metric",
        lambda column: {text.upper() for text in column.examples} <= {"NPS", "CSAT", "CES"},
    ),
    (
        "direction",
        r"direction",
        lambda column: {text.lower() for text in column.examples} <= {"inbound", "outbound", "internal"},
    ),
    (
        "wait",
        r"wait(ing)?(_?(time|s|sec|secs|seconds))?|queue_?(time|s|seconds)",
        lambda column: column.numeric > 0.9,
    ),
    ("hold", r"hold(_?(time|s|sec|secs|seconds))?", lambda column: column.numeric > 0.9),
    (
        "duration",
        r"duration(_?(s|sec|secs|seconds))?|talk_?(time|s|sec|seconds)?|handle_?time|length_?seconds",
        lambda column: column.numeric > 0.9,
    ),
    ("cost", r"cost", lambda column: column.numeric > 0.9),
    (
        "value",
        r"value|amount|revenue|total(_?(price|amount|value))?|sales(_?value)?|order_?value|price|net|gross|paid",
        lambda column: column.numeric > 0.9,
    ),
    ("team", r"team|queue|department|group|org:group", lambda column: column.distinct <= 200),
    (
        "agent",
        r"agent(_?(id|name))?|staff|clerk|operator|handled_?by|org:resource",
        lambda column: column.distinct < column.filled,
    ),
    (
        "outcome",
        r"outcome|result|resolution|disposition|company_response_to_consumer",
        lambda column: column.distinct <= 50,
    ),
    (
        "text",
        r"comment|comments|text|message|body|feedback|review|remark|narrative|consumer_complaint_narrative|note|notes",
        lambda column: column.distinct > 0,
    ),
)
_GROUPS = r"(invoice|order|basket|transaction|receipt|purchase|cart|booking)_?(id|no|nr|number|ref|key)?"
_CHANNEL_WORDS: tuple[tuple[str, str], ...] = (
    ("phone", r"call|calls|phone|ivr|telephony|cdr"),
    ("chat", r"chat|chats|messaging|conversation|conversations"),
    ("email", r"email|emails|mail|newsletter|mailing"),
    ("app", r"app|mobile|ios|android"),
    ("survey", r"survey|surveys|nps|csat|ces|feedback|responses|ratings|reviews"),
    ("store", r"store|stores|branch|pos|visits|basket|transactions?"),
    ("marketing", r"campaigns?|coupons?|redemptions?|adverts?|ads"),
    ("crm", r"crm|case|cases|ticket|tickets|complaints?|contacts"),
    ("billing", r"invoice|invoices|bill|bills|billing|payments|charges"),
    ("web", r"web|site|page|pages|clicks|clickstream|online|shop|events?|orders?|retail"),
)
_NOUNS: tuple[tuple[str, str], ...] = (
    ("Purchase", r"invoice|order|basket|transaction|receipt|purchase|retail|sales"),
    ("Call", r"call|calls"),
    ("Chat", r"chat|chats"),
    ("Coupon redeemed", r"redemption|redemptions"),
    ("Complaint", r"complaint|complaints"),
    ("Store visit", r"visit|visits"),
    ("Survey answered", r"survey|surveys|responses"),
    ("Case", r"case|cases|ticket|tickets"),
)


class _Proposal:
    """The choices for one file, each column used once."""

    def __init__(self, path: Path, source: str, columns: list[_Column], raw: RawTable) -> None:
        self.path = path
        self.source = source
        self.columns = [column for column in columns if column.filled]
        self.raw = raw
        self.used: set[str] = set()
        self.notes: list[str] = []

    def yaml(self, query: Callable[[str], list[tuple[Any, ...]]]) -> str:
        """The mapping as YAML."""
        time = self._time()
        identifiers = self._identifiers()
        group = self._group(query, time, identifiers)
        lines = [f"source: {_quoted(self.source)}"]
        channel = self._channel()
        lines.append(f"channel: {channel}")
        lines.append(f"touchpoint: {self._touchpoint(group, identifiers)}")
        lines.append(f"occurred_at: {self._time_expression(time)}")
        lines.append("identifiers:")
        lines += [f"  {kind}: {{column: {_quoted(column.name)}}}" for kind, column in identifiers]
        if group is not None:
            lines.append(f"one_per: [{_quoted(group.name)}]   # rows with the same {group.name} are one interaction")
        own_id = self._own_id(query) if group is None else None
        if own_id is not None:
            lines.append(f"id: {{column: {_quoted(own_id.name)}}}")
        lines += self._further_fields()
        lines += self._attributes()
        head = [
            f"# Proposed from {self.path.name}; change what is wrong.",
            *[f"# {note}" for note in self.notes],
        ]
        return "\n".join([*head, *lines]) + "\n"

    def _take(self, column: _Column) -> _Column:
        self.used.add(column.name)
        return column

    def _free(self) -> list[_Column]:
        return [column for column in self.columns if column.name not in self.used]

    def _time(self) -> _Column:
        candidates = [column for column in self.columns if column.times is not None]
        if not candidates:
            names = ", ".join(column.name for column in self.columns[:20])
            raise InputError(
                f"{self.path}: no column reads as a time (columns: {names})",
                hint="write a mapping: docs/mappings.md; a time may also be a constant or come from a joined file",
            )
        return self._take(max(candidates, key=self._time_rank))

    def _time_rank(self, column: _Column) -> tuple[int, int, int, int]:
        named = any(word in column.words for word in _TIME_WORDS)
        words = [len(_TIME_WORDS) - place for place, word in enumerate(_TIME_WORDS) if word in column.words]
        secondary = bool(
            column.words
            & {"received", "updated", "modified", "sent", "due", "birth", "closed", "ended", "end", "expiry"}
        )
        to_the_second = any(":" in text for text in column.examples[:20]) or "unit" in (column.times or {})
        place = -self.columns.index(column)
        return (int(named) - int(secondary), int(to_the_second), max(words, default=0), place)

    def _time_expression(self, column: _Column) -> str:
        reading = column.times or {}
        parts = [f"column: {_quoted(column.name)}"]
        zoned = any(re.search(r"(Z|[+-]\d\d:?\d\d)$", text) for text in column.examples[:5])
        if "unit" in reading:
            parts.append(f"unit: {reading['unit']}")
        else:
            if "format" in reading:
                parts.append(f'format: "{reading["format"]}"')
            if not zoned and "TIME ZONE" not in column.kind:
                parts.append("timezone: UTC")
                self.notes.append(
                    f"{column.name} names no time zone: UTC is assumed; put the zone of the system that wrote the file."
                )
        if reading.get("ambiguous"):
            self.notes.append(
                f"{column.name}: day and month cannot be told apart here; day first is assumed."
                if "%d/%m" in reading["format"]
                else f"{column.name}: month first is assumed."
            )
        return "{" + ", ".join(parts) + "}"

    def _identifiers(self) -> list[tuple[str, _Column]]:
        found: list[tuple[str, _Column]] = []
        for kind, pattern in _IDENTIFIERS:
            if any(kind == each for each, _ in found):
                continue
            for column in self._free():
                if _named(column, pattern) and self._may_identify(column, kind):
                    found.append((kind, self._take(column)))
                    break
        if not found:
            email = next((column for column in self._free() if _mostly(column, r"[^@\s]+@[^@\s]+\.[^@\s]+")), None)
            if email is not None:
                found.append(("email", self._take(email)))
        if not found:
            found = self._identifiers_by_shape()
        return found

    def _identifiers_by_shape(self) -> list[tuple[str, _Column]]:
        """Whatever is called an id and repeats: better one journey per case than none."""
        for column in self._free():
            if _named(column, r".*(id|key|no|number|ref)") and column.distinct > 1:
                self.notes.append(
                    f"{column.name} was taken for what identifies a customer; no column says so by its name."
                )
                return [("customer", self._take(column))]
        names = ", ".join(column.name for column in self.columns[:20])
        raise InputError(
            f"{self.path}: no column reads as an identifier of customers (columns: {names})",
            hint="write a mapping and say which column it is: docs/mappings.md",
        )

    def _may_identify(self, column: _Column, kind: str) -> bool:
        if kind == "email":
            return _mostly(column, r".*@.*")
        return column.distinct > 1 or column.filled == 1

    def _group(
        self,
        query: Callable[[str], list[tuple[Any, ...]]],
        time: _Column,
        identifiers: list[tuple[str, _Column]],
    ) -> _Column | None:
        """A column such as the number of an invoice, whose rows all have one customer and almost one time."""
        for column in self._free():
            if not _named(column, _GROUPS) or column.distinct >= 0.95 * column.filled:
                continue
            owner = identifiers[0][1].name
            rows = query(
                f"SELECT avg((customers <= 1 AND times <= 2)::INT) FROM (SELECT count(DISTINCT {identifier(owner)}) AS customers, "
                f"count(DISTINCT {identifier(time.name)}) AS times FROM {{sample}} GROUP BY {identifier(column.name)})"
            )
            if rows and rows[0][0] is not None and rows[0][0] > 0.9:
                return self._take(column)
        return None

    def _channel(self) -> str:
        for column in self._free():
            if _named(column, _CHANNEL) and 1 <= column.distinct <= 40:
                self._take(column)
                return f"{{column: {_quoted(column.name)}}}"
        words = _words(self.path.name) | {
            word for column in self.columns for word in column.words if word in ("store", "agent")
        }
        for channel, pattern in _CHANNEL_WORDS:
            if any(re.fullmatch(pattern, word) for word in _words(self.path.name)):
                return channel
        if "store" in words:
            return "store"
        self.notes.append("No column tells the channel: put the right one.")
        return "unknown"

    def _touchpoint(self, group: _Column | None, identifiers: list[tuple[str, _Column]]) -> str:
        if group is None:
            ranked = sorted(
                (column for column in self._free() if _named(column, _TOUCHPOINT) and self._may_name(column)),
                key=lambda column: _rank(column, _TOUCHPOINT),
            )
            if ranked:
                return f"{{column: {_quoted(self._take(ranked[0]).name)}}}"
        words = (_words(group.name) if group else set()) | _words(self.path.name)
        for noun, pattern in _NOUNS:
            if any(re.fullmatch(pattern, word) for word in words):
                return noun
        self.notes.append("No column tells the touchpoint: every row is one of the same kind.")
        return _quoted(self.source.replace("_", " ").capitalize())

    def _may_name(self, column: _Column) -> bool:
        return column.distinct <= max(500, column.filled // 50) and column.numeric < 0.9 and column.distinct <= 2_000

    def _own_id(self, query: Callable[[str], list[tuple[Any, ...]]]) -> _Column | None:
        for column in self._free():
            words = column.words
            if not words & {"id", "uuid", "guid", "number", "no", "ref", "key"}:
                continue
            if column.distinct == column.filled >= 2 and self._unique_in_file(query, column):
                return self._take(column)
        return None

    def _unique_in_file(self, query: Callable[[str], list[tuple[Any, ...]]], column: _Column) -> bool:
        rows = query(
            f"SELECT count({identifier(column.name)}) = count(DISTINCT {identifier(column.name)}) FROM {self.raw.relation}"
        )
        return bool(rows[0][0])

    def _further_fields(self) -> list[str]:
        lines = []
        for name, pattern, fits in _FIELDS:
            if name == "value":
                product = self._product()
                if product:
                    lines.append(product)
                    continue
            ranked = sorted(
                (column for column in self._free() if _named(column, pattern) and fits(column)),
                key=lambda column: _rank(column, pattern),
            )
            if ranked:
                lines.append(f"{name}: {{column: {_quoted(self._take(ranked[0]).name)}}}")
        return lines

    def _product(self) -> str | None:
        free = [column for column in self._free() if column.numeric > 0.9]
        quantity = next((column for column in free if _named(column, r"quantity|qty|units")), None)
        price = next((column for column in free if _named(column, r"unit_?price|price|item_?price")), None)
        if quantity is None or price is None:
            return None
        self._take(quantity), self._take(price)
        return f"value: {{product: [{_quoted(quantity.name)}, {_quoted(price.name)}]}}"

    def _attributes(self) -> list[str]:
        suitable = [
            column
            for column in self._free()
            if column.distinct <= 60 and column.times is None and max(map(len, column.examples)) <= 100
        ][:12]
        for column in suitable:
            self._take(column)
        rest = [column.name for column in self._free()]
        lines = [f"attributes: [{', '.join(_quoted(column.name) for column in suitable)}]"] if suitable else []
        if rest:
            lines.append(f"# Not used: {', '.join(rest)}")
        return lines


def _source_name(path: Path) -> str:
    stem = path.name
    while (suffix := Path(stem).suffix) and stem != suffix:
        stem = stem.removesuffix(suffix)
    name = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")
    return name or "file"


def _words(name: str) -> set[str]:
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return {word for word in re.split(r"[^A-Za-z0-9]+", split.lower()) if word}


def _plain(name: str) -> str:
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    return re.sub(r"[^a-z0-9:]+", "_", split.lower()).strip("_")


def _named(column: _Column, pattern: str) -> bool:
    names = {_plain(column.name), _plain(column.name.rpartition(".")[2]), column.name.lower()}
    return any(re.fullmatch(pattern, name) for name in names)


def _rank(column: _Column, pattern: str) -> int:
    """Which alternative of the pattern the name is: earlier ones say it more clearly."""
    for place, alternative in enumerate(_alternatives(pattern)):
        if _named(column, alternative):
            return place
    return 999


def _alternatives(pattern: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]


def _mostly(column: _Column, pattern: str) -> bool:
    fitting = sum(re.fullmatch(pattern, text) is not None for text in column.examples)
    return bool(column.examples) and fitting >= 0.8 * len(column.examples)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _quoted(text: str) -> str:
    """A YAML scalar that reads back as this text."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_ .-]*[A-Za-z0-9_]|[A-Za-z_]", text) and text.lower() not in (
        "yes",
        "no",
        "true",
        "false",
        "null",
        "on",
        "off",
        "y",
        "n",
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
