"""Importing files: everything of one call is accepted together, or nothing is."""

from __future__ import annotations

import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desireline.base import (
    InputError,
    NoRecordsError,
    Progress,
    SilentProgress,
    UnknownNameError,
    closest_names,
    phrase,
)
from desireline.interactions import Batch, accept, next_arrival
from desireline.interactions.log_files import copy_without
from desireline.sources import tables
from desireline.sources.fetching import Fetch, Fetched, fetch
from desireline.sources.files.limits import Limits, within
from desireline.sources.files.loading import read_head
from desireline.sources.formats import all_formats
from desireline.sources.formats.empty_pages import is_empty_page
from desireline.sources.formats.file_kind import is_one_document, whole_document
from desireline.sources.mapping import Mapping, load_mapping, mapping_from_text
from desireline.sources.model import Counts, FileImport, ImportResult
from desireline.sources.proposing import Proposal, fits, mapping_as, propose_mapping
from desireline.sources.staging import FileStage, stage_file
from desireline.sources.upload_settings import UploadSettings
from desireline.store import StagedFile, Workspace
from desireline.store.stopping import unstoppable

if TYPE_CHECKING:
    import pyarrow
    import sqlalchemy as sa


_LARGEST_EMPTY_PAGE = 64 * 1024


def import_files(
    workspace: Workspace,
    files: Sequence[Path | Fetch],
    *,
    mapping: Path | None = None,
    source: str | None = None,
    format_name: str | None = None,
    proposed_source: str | None = None,
    also: Callable[[sa.Connection, int], None] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import files, and what is to be fetched of databases and lakes, into the log.

    Without ``mapping``, ``source`` and ``format_name`` each file is recognised as a named format, or its mapping is guessed.
    A file in which there is nothing keeps no other one out.

    Parameters
    ----------
    mapping
        A mapping file, used for all files; it is kept under the name of its source.
    source
        The name of a source whose mapping is kept in the workspace.
    format_name
        The named format that all files are of, whatever they look like.
    proposed_source
        The name of the source where a mapping has to be proposed; if the workspace knows it, its mapping is used.
    also
        Notes something of the caller in the same transaction; it gets the number of the batch.

    Raises
    ------
    InputError
        A file or the mapping cannot be read, or a file is nearly of a named format; nothing has changed then.
    """
    if mapping is not None and source is not None:
        raise InputError(
            phrase("expected a mapping or a source, got both"), hint=phrase("a source has a mapping already")
        )
    if format_name is not None and (mapping is not None or source is not None):
        raise InputError(
            phrase("expected a format or a mapping or a source, got two of them"),
            hint=phrase(
                "a mapping names its format: source: NAME, read: {{format: {format_name}}}", format_name=format_name
            ),
        )
    progress = progress or SilentProgress()
    taken: dict[str, str] = {}
    known = load_mapping(mapping).source if mapping is not None else source or proposed_source
    with staging(workspace) as stages, within(stages.limits()):
        incoming = [stages.bring(each, source=known, progress=progress) for each in files]
        with _called_by_labels([each for each in incoming if each.is_there]):
            choices = [
                _choice(workspace, each, _Wish(mapping, source, format_name, proposed_source), taken)
                for each in incoming
            ]
        present = [
            (each, choice, mapping_from_text(choice.yaml, where=choice.where))
            for each, choice in zip(incoming, choices, strict=True)
            if choice is not None
        ]
        for each, _, its in present:
            folder = None if each.fetched is None else Path.cwd()
            stages.add(each.path, its, progress=progress, label=each.label, origin=each.label, join_folder=folder)

        def note(connection: sa.Connection, batch: int) -> None:
            for each, _, its in present:
                if each.fetched is not None:
                    each.fetched.keep_mark(connection, batch, its.source)
            if also is not None:
                also(connection, batch)

        kept = {its.source: choice.yaml for _, choice, its in present}
        result = stages.accept(kept, also=note) if present else ImportResult(())
    found = iter(result.files)
    outcomes = (
        each.nothing(known) if choice is None else choice.said_of(next(found))
        for each, choice in zip(incoming, choices, strict=True)
    )
    return ImportResult(tuple(each.explained(outcome) for each, outcome in zip(incoming, outcomes, strict=True)))


@dataclass(frozen=True, slots=True)
class ChosenMapping:
    """The mapping that an import of a file would use.

    Attributes
    ----------
    yaml
        With its comments.
    recognised, sure
        The named format that the file was taken for, in words, and how sure that is; ``None`` where it was not.
    known_source
        Whether it is the one that a source of the workspace has.
    """

    yaml: str
    recognised: str | None
    sure: float | None
    known_source: bool


def choose_mapping(workspace: Workspace, path: Path) -> ChosenMapping | None:
    """The mapping that an import of a file would use if nothing was said of it; ``None`` where the file has no records.

    Raises
    ------
    InputError
        The file cannot be read, is nearly of a named format, or nothing can be guessed for it.
    """
    chosen = _choice(workspace, _Incoming(path), _Wish(None, None, None, None), {})
    if chosen is None:
        return None
    source = mapping_from_text(chosen.yaml, where=chosen.where).source
    known = _mapping_of(workspace, source) == chosen.yaml
    return ChosenMapping(chosen.yaml, chosen.recognised, chosen.sure, known)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller says a file is; at most one of the first three."""

    mapping: Path | None
    source: str | None
    format_name: str | None
    proposed_source: str | None


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A file, or what was fetched of an origin as a file."""

    path: Path
    fetched: Fetched | None = None

    @property
    def is_there(self) -> bool:
        return self.fetched is None or self.fetched.rows > 0

    @property
    def label(self) -> str | None:
        return None if self.fetched is None else self.fetched.origin.label

    def nothing(self, source: str | None) -> FileImport:
        """What became of an origin that had no rows, or of a file without records."""
        if self.fetched is None:
            return FileImport(
                str(self.path), source or "", Counts(0, 0, 0, 0), 0, {}, {}, notes=(phrase("has no records"),)
            )
        name = source or self.fetched.source or self.fetched.origin.name
        return FileImport(self.fetched.origin.label, name, Counts(0, 0, 0, 0), 0, {}, {})

    def explained(self, outcome: FileImport) -> FileImport:
        """The outcome; that nothing is new is said first."""
        if self.fetched is None or outcome.counts.stored or outcome.counts.quarantined:
            return outcome
        return replace(outcome, notes=(self.fetched.nothing_new, *outcome.notes))


@contextmanager
def _called_by_labels(incoming: Sequence[_Incoming]) -> Iterator[None]:
    """Say of the rows of an origin what they are called, not where they are staged."""
    try:
        yield
    except InputError as error:
        message = error.message
        for each in incoming:
            message = message.replace(str(each.path), each.label or str(each.path))
        raise type(error)(message, hint=error.hint) from error


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The mapping for a file, where it comes from, and the named format that it is of."""

    yaml: str
    where: str
    recognised: str | None = None
    sure: float | None = None
    guessed: bool = False

    def said_of(self, outcome: FileImport) -> FileImport:
        """The outcome with what the file was taken for, and why that may be wrong."""
        notes = (*self.notes(), *outcome.notes)
        return replace(outcome, recognised=self.recognised, sure=self.sure, guessed=self.guessed, notes=notes)

    def notes(self) -> tuple[str, ...]:
        """What the guess is unsure of: the comments at the head of the mapping, but for the first."""
        if not self.guessed:
            return ()
        head = itertools.takewhile(lambda line: line.startswith("#"), self.yaml.splitlines())
        return tuple(line.removeprefix("#").strip() for line in head)[1:]


def _choice(workspace: Workspace, incoming: _Incoming, wish: _Wish, taken: dict[str, str]) -> _Chosen | None:
    """The mapping for a file; ``None`` where there is nothing in it to map."""
    if not incoming.is_there:
        return None
    try:
        read_head(incoming.path)
        chosen = _chosen_mapping(workspace, incoming, wish, taken)
    except NoRecordsError:
        return None
    reads = mapping_from_text(chosen.yaml, where=chosen.where).read.format
    return chosen if reads in all_formats() or not _is_empty_page(incoming.path) else None


def _is_empty_page(path: Path) -> bool:
    """Whether a file is a small JSON document around a list with nothing in it."""
    return path.stat().st_size <= _LARGEST_EMPTY_PAGE and is_one_document(path) and is_empty_page(whole_document(path))


def _chosen_mapping(workspace: Workspace, incoming: _Incoming, wish: _Wish, taken: dict[str, str]) -> _Chosen:
    if wish.mapping is not None:
        load_mapping(wish.mapping)
        return _Chosen(wish.mapping.read_text(encoding="utf-8"), str(wish.mapping))
    if wish.format_name is not None:
        return _as_said(workspace, incoming.path, wish.format_name, taken)
    source = wish.source
    if source is None and wish.proposed_source is None and incoming.fetched is not None:
        source = incoming.fetched.source
    if source is not None:
        return _Chosen(saved_mapping(workspace, source), f"of source {source}")
    if wish.proposed_source is not None:
        return _proposed_as(wish.proposed_source, workspace, incoming.path, taken)
    return _proposed(workspace, incoming.path, taken)


def _as_said(workspace: Workspace, path: Path, format_name: str, taken: dict[str, str]) -> _Chosen:
    """The mapping of the named format; a source that is called so and reads something else keeps its mapping."""
    first = mapping_from_text(mapping_as(format_name, path).yaml, where=format_name).source
    names = (first if count == 1 else f"{first}_{count}" for count in itertools.count(1))
    for name in names:
        known = taken.get(name) or _mapping_of(workspace, name)
        if known is None:
            taken[name] = mapping_as(format_name, path, source=name).yaml
            return _Chosen(taken[name], f"of format {format_name}")
        if mapping_from_text(known, where=f"of source {name}").read.format == format_name:
            return _Chosen(known, f"of source {name}")
    raise AssertionError("names do not end")


def _proposed_as(name: str, workspace: Workspace, path: Path, taken: dict[str, str]) -> _Chosen:
    """The mapping of the source of that name, which is proposed where there is none yet."""
    known = taken.get(name) or _mapping_of(workspace, name)
    if known is not None:
        return _Chosen(known, f"of source {name}")
    proposal = _certain(path, propose_mapping(path, source=name, timezone=workspace.timezone))
    taken[name] = proposal.yaml
    named = proposal.taken_for if proposal.sure is not None else None
    return _Chosen(proposal.yaml, f"proposed for {path}", named, proposal.sure, guessed=named is None)


def _proposed(workspace: Workspace, path: Path, taken: dict[str, str]) -> _Chosen:
    """What is proposed for the file; a source that is known already keeps its mapping, or keeps out of the way.

    Two departments may call their files alike. A file that the mapping of the known source fits is of that source; another
    one gets a name of its own, so that neither is taken for a copy of the other.
    """
    proposal = propose_mapping(path, timezone=workspace.timezone)
    named = proposal.taken_for if proposal.sure is not None else None
    name = first = mapping_from_text(proposal.yaml, where=str(path)).source
    count = 1
    while (known := taken.get(name) or _mapping_of(workspace, name)) is not None:
        if fits(mapping_from_text(known, where=f"of source {name}"), path):
            return _Chosen(known, f"of source {name}", named, proposal.sure, guessed=name in taken)
        count += 1
        name = f"{first}_{count}"
    _certain(path, proposal)
    if name != first:
        proposal = propose_mapping(path, source=name, timezone=workspace.timezone)
    taken[name] = proposal.yaml
    return _Chosen(proposal.yaml, f"proposed for {path}", named, proposal.sure, guessed=named is None)


def _certain(path: Path, proposal: Proposal) -> Proposal:
    """The proposal, unless it is a guess for a file that is nearly of a named format."""
    if proposal.nearly is not None:
        raise proposal.nearly.error(path)
    return proposal


def _mapping_of(workspace: Workspace, source: str) -> str | None:
    with workspace.database.reading() as connection:
        return tables.source_mapping(connection, source)


def saved_mapping(workspace: Workspace, source: str) -> str:
    """The mapping of a source as YAML.

    Raises
    ------
    UnknownNameError
        The workspace knows no such source.
    """
    with workspace.database.reading() as connection:
        text = tables.source_mapping(connection, source)
        known = tables.source_names(connection)
    if text is None:
        if source in all_formats():
            hint = phrase("{source} is a named format: import with --format {source}", source=source)
            raise UnknownNameError(phrase("the workspace has no source {source!r}", source=source), hint=hint)
        close = closest_names(source, known)
        raise UnknownNameError(
            phrase("the workspace has no source {source!r}", source=source),
            hint=phrase("did you mean {close}?", close=", ".join(close))
            if close
            else phrase("sources: {known}", known=", ".join(known) or phrase("none yet")),
        )
    return text


class Stages:
    """The files of one import, staged one after the other."""

    def __init__(self, workspace: Workspace, workplace: Path) -> None:
        self._workspace = workspace
        self._workplace = workplace
        self._first_arrival = next_arrival(workspace)
        self._stages: list[FileStage] = []
        self._log_files: list[Path] = []
        self._fetched = 0

    def limits(self) -> Limits:
        """What reading its files may take."""
        settings = UploadSettings.read(self._workspace.section("sources"))
        return Limits(self._workplace, settings.largest_unpacked)

    def add(
        self,
        path: Path,
        mapping: Mapping,
        *,
        progress: Progress,
        label: str | None = None,
        origin: str | None = None,
        join_folder: Path | None = None,
    ) -> None:
        """Stage a file; rows of it that wait in quarantine came from ``origin``, by default from the file."""
        folder = self._workplace / str(len(self._stages))
        stage = stage_file(
            self._workspace,
            path,
            mapping,
            first_arrival=self._first_arrival,
            staged_before=self._log_files,
            gone=self._gone(),
            workplace=folder,
            progress=progress,
            label=label,
            join_folder=join_folder,
        )
        self._take_out(stage.replaced.staged)
        self._stages.append(stage if origin is None else replace(stage, origin=origin))
        if stage.log_file is not None:
            self._log_files.append(folder / stage.log_file.name)
            self._first_arrival = stage.last_arrival + 1

    def _gone(self) -> NDArray[np.int64]:
        """Arrivals of the log that the files so far replace, ascending."""
        return np.unique(np.concatenate([np.empty(0, np.int64), *(stage.replaced.logged for stage in self._stages)]))

    def _take_out(self, arrivals: NDArray[np.int64]) -> None:
        """Take interactions out of files staged before: a later file has newer versions of them."""
        for place, stage in enumerate(self._stages):
            held = stage.log_file
            if held is None or not _within(held, arrivals):
                continue
            path = self._workplace / str(place) / held.name
            left = copy_without(path, path.with_suffix(".left"), arrivals)
            self._stages[place] = replace(stage, log_file=None if left is None else replace(left, name=held.name))
            if left is None:
                self._log_files.remove(path)
            else:
                shutil.move(path.with_suffix(".left"), path)

    def bring(self, wanted: Path | Fetch, *, source: str | None, progress: Progress) -> _Incoming:
        """A file as it is, or what is fetched of an origin."""
        if isinstance(wanted, Path):
            return _Incoming(wanted)
        self._fetched += 1
        folder = self._workplace / f"fetched-{self._fetched}"
        fetched = fetch(self._workspace, wanted, source=source, folder=folder, progress=progress)
        return _Incoming(fetched.path, fetched)

    def accept(
        self, mappings: dict[str, str], *, also: Callable[[sa.Connection, int], None] | None = None
    ) -> ImportResult:
        """Make all that was staged part of the workspace."""
        files = [stage.log_file for stage in self._stages if stage.log_file is not None]
        batch = Batch(
            files=files,
            last_arrival=self._first_arrival - 1 if files else -1,
            identifiers=_joined([stage.identifiers for stage in self._stages]),
            evidence=_joined_evidence([stage.evidence for stage in self._stages]),
            replaced=self._gone(),
        )

        def note(connection: sa.Connection, number: int) -> None:
            self._note(connection, number, mappings)
            if also is not None:
                also(connection, number)

        with unstoppable():
            for path in self._log_files:
                shutil.move(path, self._workspace.log.folder / path.name)
            accept(self._workspace, batch, also=note)
        return self.found()

    def found(self) -> ImportResult:
        """What would become of the files, were they accepted."""
        return ImportResult(tuple(stage.outcome for stage in self._stages))

    def _note(self, connection: sa.Connection, batch: int, mappings: dict[str, str]) -> None:
        for name, text in mappings.items():
            tables.save_source(connection, batch, name, text)
        for stage in self._stages:
            outcome = stage.outcome
            tables.record_import(connection, batch, outcome)
            tables.quarantine_rows(
                connection, batch, source=outcome.source, file=stage.origin, rejections=stage.rejections
            )
            tables.settle(connection, batch, stage.replayed)


@contextmanager
def staging(workspace: Workspace) -> Iterator[Stages]:
    """Stages under the lock of the log; whatever happens, no temporary file stays."""
    with workspace.exclusive("log"):
        workplace = workspace.staging_folder / uuid.uuid4().hex
        workplace.mkdir(parents=True)
        try:
            yield Stages(workspace, workplace)
        finally:
            shutil.rmtree(workplace, ignore_errors=True)


def _within(file: StagedFile, arrivals: NDArray[np.int64]) -> bool:
    """Whether some of these arrival numbers lie between the bounds of a file."""
    return bool(np.any((arrivals >= int(file.smallest["arrival"])) & (arrivals <= int(file.largest["arrival"]))))


def _joined(found: Sequence[pyarrow.Table | None]) -> dict[str, list[int] | list[str]]:
    """Tables one after the other, as columns of plain values."""
    import pyarrow as pa

    present = [table for table in found if table is not None and table.num_rows]
    if not present:
        return {}
    whole = pa.concat_tables(present)
    return {name: whole.column(name).to_pylist() for name in whole.column_names}


def _joined_evidence(found: Sequence[pyarrow.Table | None]) -> dict[str, list[int] | list[str]]:
    """The evidence of all files; the same two identifiers from the same source become one observation."""
    import pyarrow as pa

    present = [table for table in found if table is not None and table.num_rows]
    if not present:
        return {}
    whole = pa.concat_tables(present)
    grouped = whole.group_by(["first", "second", "source"]).aggregate(
        [("first_at", "min"), ("last_at", "max"), ("observations", "sum"), ("sample_arrival", "min")]
    )
    renamed = {
        "first_at_min": "first_at",
        "last_at_max": "last_at",
        "observations_sum": "observations",
        "sample_arrival_min": "sample_arrival",
    }
    return {renamed.get(name, name): grouped.column(name).to_pylist() for name in grouped.column_names}
