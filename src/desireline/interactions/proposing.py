"""Proposing a taxonomy: names in the log that are two spellings of one thing, for people to look through."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from desireline.base import InputError, phrase
from desireline.interactions.log import query_log
from desireline.interactions.spelling import Spelling, slip_keys, spelling_of, why_same
from desireline.interactions.taxonomy import TAXONOMY_FILE, read_taxonomy, read_text, taxonomy_from_text
from desireline.store import Workspace

_HEAD = "# Proposed from the log; take out what is not one thing, then: desireline interactions taxonomy set FILE\n"
_SAFE_REASONS = ("capitals", "punctuation", "accents")
"""What a channel is joined for: names of channels are short, so other likeness says little."""


@dataclass(frozen=True, slots=True)
class Join:
    """One name that is proposed as another spelling of a touchpoint or channel.

    Attributes
    ----------
    kind
        What it is a name of.
    name
        What it is to count as.
    raw
        The name in the log.
    interactions
        How many have it.
    reason
        Why the two are one.
    """

    kind: Literal["touchpoint", "channel"]
    name: str
    raw: str
    interactions: int
    reason: str


@dataclass(frozen=True, slots=True)
class TaxonomyProposal:
    """What is proposed, and the taxonomy with it as YAML: the one in place, extended; empty where there is neither."""

    joins: tuple[Join, ...]
    yaml: str


def propose_taxonomy(workspace: Workspace) -> TaxonomyProposal:
    """Look through the names of the log for those that are spelled differently for one thing.

    The taxonomy in place is kept: what it names stays as it is and gets further names.
    """
    path = workspace.folder / TAXONOMY_FILE
    kept = read_text(path) if path.exists() else ""
    text = kept.removeprefix(_HEAD)
    taxonomy = read_taxonomy(workspace)
    document = _read(text)
    query = "SELECT raw_touchpoint, raw_channel, count(*) FROM {log} GROUP BY ALL ORDER BY ALL"
    counted = [(touchpoint, channel, int(count)) for touchpoint, channel, count in query_log(workspace, query)]
    channels = _count((channel, channel, count) for _, channel, count in counted)
    channel_joins = [
        join
        for join in _joins("channel", channels, taxonomy.channels, list(document.get("channels") or ()))
        if join.reason in _SAFE_REASONS
    ]
    channel_of = {**taxonomy.channels, **{join.raw: join.name for join in channel_joins}}
    touchpoints = _count((name, channel_of.get(channel, channel), count) for name, channel, count in counted)
    joins = _joins("touchpoint", touchpoints, taxonomy.touchpoints, list(document.get("touchpoints") or ()))
    everything = [*joins, *channel_joins]
    if not everything:
        return TaxonomyProposal((), kept)
    counts = {"touchpoint": touchpoints, "channel": channels}
    return TaxonomyProposal(tuple(everything), _written(document, everything, counts))


@dataclass(slots=True)
class _Counted:
    """How often a name occurs, and in which channels."""

    interactions: int = 0
    channels: set[str] = field(default_factory=set)


def _count(rows: Iterable[tuple[str, str, int]]) -> dict[str, _Counted]:
    found: dict[str, _Counted] = {}
    for name, channel, count in rows:
        each = found.setdefault(name, _Counted())
        each.interactions += count
        each.channels.add(channel)
    return found


def _joins(
    kind: Literal["touchpoint", "channel"],
    counted: Mapping[str, _Counted],
    claimed: Mapping[str, str],
    declared: Iterable[str],
) -> list[Join]:
    """The names that are spelled like one that is more frequent, or like one that the taxonomy has.

    Every name is compared with the names that others count as, not with all others, so that likeness is not passed on.
    """
    heads = _Heads(kind, counted)
    for name in declared:
        heads.add(name, name)
    for raw, name in claimed.items():
        heads.add(raw, name)
    decided = {*declared, *claimed}
    joins = []
    for raw in sorted(set(counted) - decided, key=lambda name: (-counted[name].interactions, name)):
        found = heads.like(raw)
        if found is None:
            heads.add(raw, raw)
        else:
            joins.append(found)
    return sorted(joins, key=lambda join: (join.name, -join.interactions, join.raw))


class _Heads:
    """The names that others may count as, found by what two spellings of one thing have in common."""

    def __init__(self, kind: Literal["touchpoint", "channel"], counted: Mapping[str, _Counted]) -> None:
        self._kind = kind
        self._counted = counted
        self._by_key: dict[tuple[object, ...], list[tuple[Spelling, str]]] = {}

    def add(self, raw: str, name: str) -> None:
        """Let names that are spelled like ``raw`` count as ``name``."""
        spelling = spelling_of(raw)
        for key in _keys(spelling):
            self._by_key.setdefault(key, []).append((spelling, name))

    def like(self, raw: str) -> Join | None:
        """What a name is another spelling of: of the strongest reason, the most frequent."""
        spelling, own = spelling_of(raw), self._counted[raw]
        found: list[tuple[bool, int, str, str]] = []
        for key in _keys(spelling):
            for other, name in self._by_key.get(key, ()):
                its = self._counted.get(other.name, _Counted())
                if self._kind == "touchpoint" and its.channels and not its.channels & own.channels:
                    continue
                rarer = its.interactions / max(own.interactions, 1)
                reason = why_same(other, spelling, times_rarer=rarer)
                if reason is not None:
                    found.append((reason.startswith("typing slip"), -its.interactions, name, reason))
        if not found:
            return None
        _, _, name, reason = min(found)
        return Join(self._kind, name, raw, own.interactions, reason)


def _keys(spelling: Spelling) -> set[tuple[object, ...]]:
    return {("glued", spelling.glued), ("ordered", spelling.ordered), *slip_keys(spelling)}


def _read(text: str) -> dict[str, Any]:
    """The document with its comments, so that it can be written as it was."""
    from ruamel.yaml.comments import CommentedMap

    document = _yaml().load(text)
    return CommentedMap() if document is None else document


def _written(document: dict[str, Any], joins: list[Join], counted: Mapping[str, Mapping[str, _Counted]]) -> str:
    for part, kind in (("touchpoints", "touchpoint"), ("channels", "channel")):
        of_kind = [join for join in joins if join.kind == kind]
        if of_kind:
            _extend(document, part, of_kind, counted[kind])
    stream = io.StringIO()
    _yaml().dump(document, stream)
    written = _HEAD + stream.getvalue()
    _ensure_it_says(written, joins)
    return written


def _extend(document: dict[str, Any], part: str, joins: list[Join], counted: Mapping[str, _Counted]) -> None:
    from ruamel.yaml.comments import CommentedMap

    if not document.get(part):
        document[part] = CommentedMap()
    entries: Any = document[part]
    entries.fa.set_block_style()
    for name in dict.fromkeys(join.name for join in joins):
        own = [join for join in joins if join.name == name]
        _names_of(entries, name, nested=part == "touchpoints").extend(join.raw for join in own)
        entries.yaml_set_comment_before_after_key(name, before=_remark(own, counted.get(name)), indent=2)


def _names_of(entries: Any, name: str, *, nested: bool) -> Any:
    """The list of the names that count as this one, made where there is none."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if not nested:
        return entries.setdefault(name, CommentedSeq())
    entry = entries.setdefault(name, CommentedMap())
    return entry.setdefault("names", CommentedSeq())


def _remark(joins: list[Join], own: _Counted | None) -> str:
    occurs = "not in the log" if own is None else f"{own.interactions:,} × in the log"
    lines = [f"{occurs}; proposed to count as it:"]
    lines += [f"  {join.interactions:,} × {json.dumps(join.raw, ensure_ascii=False)}: {join.reason}" for join in joins]
    return "\n".join(lines)


def _ensure_it_says(written: str, joins: list[Join]) -> None:
    """A file of people can be written in ways that do not survive an addition: better no proposal than a wrong one."""
    taxonomy = taxonomy_from_text(written, where="that was proposed")
    said = {"touchpoint": taxonomy.touchpoints, "channel": taxonomy.channels}
    lost = [join for join in joins if said[join.kind].get(join.raw) != join.name]
    if lost:
        raise InputError(
            phrase(
                "{taxonomy_file} cannot be extended as it is written: {raw!r} does not become {name!r}",
                taxonomy_file=TAXONOMY_FILE,
                raw=lost[0].raw,
                name=lost[0].name,
            ),
            hint=phrase("write it in block style, one name under the other"),
        )


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    yaml.preserve_quotes = True
    return yaml
