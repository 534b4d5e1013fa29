"""Journey definitions: where a journey of a customer begins, what its goal is, when it is given up. Kept in ``journeys.yaml``.

    change-tariff:
      name: I change my tariff
      start: touchpoint = 'Tariffs viewed'
      goal: touchpoint = 'Tariff changed'
      end: touchpoint = 'Contract cancelled'
      time_out: 14d
      where: channel != survey

``end`` and ``where`` may be missing; ``name`` is the id then, and ``time_out`` is 30 days. Definitions and an example:
docs/definitions.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from desireline.base import InputError, UnknownNameError, closest_names, joined, parse_duration, phrase, reason_of
from desireline.interactions import Condition, condition_from_dict, condition_to_dict, parse_condition
from desireline.store import Workspace
from desireline.store.revisions import check_revision, revision_of

DEFINITIONS_FILE = "journeys.yaml"
DEFAULT_TIME_OUT = timedelta(days=30)
_IDENT = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_KEYS = ("name", "start", "goal", "end", "time_out", "where")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class JourneyDefinition:
    """What a journey is.

    Attributes
    ----------
    ident
        Its permanent id: small letters, digits and hyphens.
    name
        In the customer's words.
    start, goal
        The interactions that begin it, and that reach its goal.
    end
        Those that end it without the goal; ``None``: none do.
    time_out
        A longer pause ends it.
    where
        Only these interactions belong to it; ``None``: all.
    """

    ident: str
    name: str
    start: Condition
    goal: Condition
    end: Condition | None = None
    time_out: timedelta = DEFAULT_TIME_OUT
    where: Condition | None = None

    def to_dict(self) -> dict[str, Any]:
        """``{"id", "name", "start", "goal", "end", "time_out_seconds", "where"}``, conditions in their JSON form."""
        optional = {
            key: None if condition is None else condition_to_dict(condition)
            for key, condition in (("end", self.end), ("where", self.where))
        }
        return {
            "id": self.ident,
            "name": self.name,
            "start": condition_to_dict(self.start),
            "goal": condition_to_dict(self.goal),
            "end": optional["end"],
            "time_out_seconds": self.time_out.total_seconds(),
            "where": optional["where"],
        }


def read_definitions(workspace: Workspace) -> tuple[JourneyDefinition, ...]:
    """The definitions of a workspace, in the order of its file; none where it has no file.

    Raises
    ------
    InputError
        The file says something that cannot be; all its problems are listed.
    """
    path = workspace.folder / DEFINITIONS_FILE
    return _definitions_from_text(_read(path), str(path)) if path.exists() else ()


def definition_named(workspace: Workspace, ident: str) -> JourneyDefinition:
    """The definition with this id, or with this name.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    known = read_definitions(workspace)
    found = [each for each in known if each.ident == ident] or [each for each in known if each.name == ident]
    if found:
        return found[0]
    close = closest_names(ident, [*(each.ident for each in known), *(each.name for each in known)])
    hint = (
        phrase("did you mean {close}?", close=joined(close, ", "))
        if close
        else phrase("known: {known}", known=joined([each.ident for each in known], ", "))
    )
    raise UnknownNameError(
        phrase("there is no journey {ident!r} in {definitions_file}", ident=ident, definitions_file=DEFINITIONS_FILE),
        hint=(
            hint
            if known
            else phrase("make one with: desireline journeys definitions set ID --start CONDITION --goal CONDITION")
        ),
    )


def definition_revision(definition: JourneyDefinition) -> str:
    """A fingerprint of what a definition says; its spelling does not count."""
    return revision_of(definition.to_dict())


def save_definition(
    workspace: Workspace, ident: str, entry: Mapping[str, str | None], *, revision: str | None = None
) -> JourneyDefinition:
    """Put a definition into the file, in place of the one with its id; the others, their order and comments stay.

    Parameters
    ----------
    entry
        ``name``, ``start``, ``goal``, ``end``, ``time_out``, ``where`` as text; ``None`` leaves one out.
    revision
        What :func:`definition_revision` said of the one that is changed, empty where there is to be none yet; ``None``:
        whatever stands.

    Raises
    ------
    InputError
        It says something that cannot be, or has the name of another; the file stays as it is.
    SettingsChangedError
        The definition with its id says something else by now.
    """
    said = {key: value for key, value in entry.items() if value is not None}
    reader = _Problems(ident)
    definition = reader.definition(ident, said)
    if definition is None:
        raise InputError(phrase("the journey cannot be defined:\n{listing}", listing=reader.listing()))
    _change(workspace, lambda document: document.update({ident: said}), ident, revision)
    return definition


def remove_definition(workspace: Workspace, ident: str, *, revision: str | None = None) -> None:
    """Take a definition out of the file.

    Parameters
    ----------
    revision
        What :func:`definition_revision` said of it; ``None``: whatever it says.

    Raises
    ------
    UnknownNameError
        There is none with this id.
    SettingsChangedError
        It says something else by now.
    """
    own = definition_named(workspace, ident).ident
    _change(workspace, lambda document: document.pop(own), own, revision)


def _change(workspace: Workspace, change: Any, ident: str, revision: str | None) -> None:
    from ruamel.yaml import YAML

    path = workspace.folder / DEFINITIONS_FILE
    yaml = YAML()
    yaml.width = 120
    with workspace.exclusive("definitions"):
        _check_unchanged(read_definitions(workspace), ident, revision)
        document = (yaml.load(_read(path)) if path.exists() else None) or yaml.map()
        change(document)
        written = StringIO()
        yaml.dump(document, written)
        _definitions_from_text(written.getvalue() if document else "", DEFINITIONS_FILE)
        temporary = workspace.folder / f".{DEFINITIONS_FILE}.new"
        try:
            with temporary.open("w", encoding="utf-8") as file:
                file.write(written.getvalue() if document else "")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise InputError(
                phrase("{path} cannot be written: {strerror}", path=path, strerror=reason_of(error))
            ) from error


def _check_unchanged(stands: tuple[JourneyDefinition, ...], ident: str, revision: str | None) -> None:
    said = {each.ident: each.to_dict() for each in stands}.get(ident, {})
    check_revision(said, revision_of({}) if revision == "" else revision)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(phrase("{path} cannot be read: {error}", path=path, error=reason_of(error))) from error


@lru_cache(maxsize=8)
def _definitions_from_text(text: str, where: str) -> tuple[JourneyDefinition, ...]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        document = YAML(typ="safe").load(text)
    except YAMLError as error:
        raise InputError(phrase("{where} is not valid YAML: {error}", where=where, error=error)) from error
    reader = _Problems("journeys")
    if document is not None and not isinstance(document, Mapping):
        reader.complain("journeys", phrase("expected ids with their definitions, got {document!r}", document=document))
        document = {}
    found = [reader.definition(ident, entry) for ident, entry in (document or {}).items()]
    names = [each.name for each in found if each is not None]
    for name in sorted({name for name in names if names.count(name) > 1}):
        reader.complain("name", phrase("{name!r} is the name of two journeys", name=name))
    if reader.problems:
        raise InputError(
            phrase("{where} cannot be used:\n{listing}", where=where, listing=reader.listing()),
            hint=phrase("what it may say is described in docs/definitions.md"),
        )
    return tuple(each for each in found if each is not None)


class _Problems:
    """Reads definitions and collects what is wrong with them."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[str] = []

    def complain(self, where: str, message: str) -> None:
        self.problems.append(joined(("  ", where, ": ", message), ""))

    def listing(self) -> str:
        return joined(self.problems, "\n")

    def definition(self, ident: Any, entry: Any) -> JourneyDefinition | None:
        before = len(self.problems)
        if not isinstance(ident, str) or not _IDENT.fullmatch(ident):
            self.complain(str(ident), phrase("expected an id of small letters, digits and hyphens, at most 63"))
        if not isinstance(entry, Mapping):
            self.complain(
                str(ident),
                phrase("expected {keys} with their values, got {entry!r}", keys=joined(_KEYS, ", "), entry=entry),
            )
            return None
        for key in entry:
            if key not in _KEYS:
                close = closest_names(str(key), _KEYS, count=1)
                self.complain(
                    f"{ident}.{key}",
                    phrase(
                        "unknown key{near}", near=(phrase(", did you mean {close}?", close=close[0]) if close else "")
                    ),
                )
        conditions = {key: self._condition(ident, key, entry.get(key)) for key in ("start", "goal", "end", "where")}
        for key in ("start", "goal"):
            if entry.get(key) is None:
                self.complain(f"{ident}.{key}", phrase("expected a condition, got nothing"))
        name = entry.get("name", ident)
        if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME:
            self.complain(
                f"{ident}.name",
                phrase(
                    "expected a name of 1 to {longest_name} characters, got {name!r}",
                    longest_name=_LONGEST_NAME,
                    name=name,
                ),
            )
        time_out = self._time_out(ident, entry.get("time_out"))
        start, goal = conditions["start"], conditions["goal"]
        if len(self.problems) > before or start is None or goal is None:
            return None
        return JourneyDefinition(ident, name, start, goal, conditions["end"], time_out, conditions["where"])

    def _condition(self, ident: Any, key: str, said: Any) -> Condition | None:
        if said is None:
            return None
        try:
            return parse_condition(said) if isinstance(said, str) else condition_from_dict(said, where=key)
        except InputError as error:
            self.complain(f"{ident}.{key}", _with_hint(error))
            return None

    def _time_out(self, ident: Any, said: Any) -> timedelta:
        if said is None:
            return DEFAULT_TIME_OUT
        try:
            if not isinstance(said, str):
                raise InputError(phrase("expected a duration such as 14d, got {said!r}", said=said))
            return parse_duration(said)
        except InputError as error:
            self.complain(f"{ident}.time_out", _with_hint(error))
            return DEFAULT_TIME_OUT


def _with_hint(error: InputError) -> str:
    return error.message if error.hint is None else joined((error.message, error.hint), "; ")
