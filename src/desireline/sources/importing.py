"""Importing files: everything of one call is accepted together, or nothing is."""

from __future__ import annotations

import itertools
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import InputError, Progress, SilentProgress, UnknownNameError, closest_names
from desireline.interactions import Batch, accept, next_arrival
from desireline.sources import tables
from desireline.sources.mapping import Mapping, load_mapping, mapping_from_text
from desireline.sources.model import ImportResult
from desireline.sources.proposing import fits, propose_mapping
from desireline.sources.staging import FileStage, stage_file
from desireline.store import Workspace

if TYPE_CHECKING:
    import pyarrow
    import sqlalchemy as sa


def import_files(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    mapping: Path | None = None,
    source: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import files into the log.

    Without ``mapping`` and ``source`` each file is recognised as a named format, or its mapping is guessed.

    Parameters
    ----------
    mapping
        A mapping file, used for all files; it is kept under the name of its source.
    source
        The name of a source whose mapping is kept in the workspace.

    Raises
    ------
    InputError
        A file or the mapping cannot be read; nothing has changed then.
    """
    if mapping is not None and source is not None:
        raise InputError("expected a mapping or a source, got both", hint="a source has a mapping already")
    taken: dict[str, str] = {}
    chosen = [_chosen_mapping(workspace, path, mapping, source, taken) for path in files]
    mappings = [mapping_from_text(each.yaml, where=each.where) for each in chosen]
    with staging(workspace) as stages:
        for path, each in zip(files, mappings, strict=True):
            stages.add(path, each, progress=progress or SilentProgress())
        kept = {each.source: choice.yaml for each, choice in zip(mappings, chosen, strict=True)}
        result = stages.accept(kept)
    found = zip(result.files, chosen, strict=True)
    return ImportResult(
        tuple(
            replace(each, recognised=choice.recognised, sure=choice.sure, guessed=choice.guessed, notes=choice.notes())
            for each, choice in found
        )
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The mapping for a file, where it comes from, and the named format that it is of."""

    yaml: str
    where: str
    recognised: str | None = None
    sure: float | None = None
    guessed: bool = False

    def notes(self) -> tuple[str, ...]:
        """What the guess is unsure of: the comments at the head of the mapping, but for the first."""
        if not self.guessed:
            return ()
        head = itertools.takewhile(lambda line: line.startswith("#"), self.yaml.splitlines())
        return tuple(line.removeprefix("#").strip() for line in head)[1:]


def _chosen_mapping(
    workspace: Workspace, path: Path, mapping: Path | None, source: str | None, taken: dict[str, str]
) -> _Chosen:
    if mapping is not None:
        load_mapping(mapping)
        return _Chosen(mapping.read_text(encoding="utf-8"), str(mapping))
    if source is not None:
        return _Chosen(saved_mapping(workspace, source), f"of source {source}")
    return _proposed(workspace, path, taken)


def _proposed(workspace: Workspace, path: Path, taken: dict[str, str]) -> _Chosen:
    """What is proposed for the file; a source that is known already keeps its mapping, or keeps out of the way.

    Two departments may call their files alike. A file that the mapping of the known source fits is of that source; another
    one gets a name of its own, so that neither is taken for a copy of the other.
    """
    proposal = propose_mapping(path)
    named = proposal.taken_for if proposal.sure is not None else None
    name = first = mapping_from_text(proposal.yaml, where=str(path)).source
    count = 1
    while (known := taken.get(name) or _mapping_of(workspace, name)) is not None:
        if fits(mapping_from_text(known, where=f"of source {name}"), path):
            return _Chosen(known, f"of source {name}", named, proposal.sure, guessed=name in taken)
        count += 1
        name = f"{first}_{count}"
    if name != first:
        proposal = propose_mapping(path, source=name)
    taken[name] = proposal.yaml
    return _Chosen(proposal.yaml, f"proposed for {path}", named, proposal.sure, guessed=named is None)


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
        close = closest_names(source, known)
        raise UnknownNameError(
            f"the workspace has no source {source!r}",
            hint=f"did you mean {', '.join(close)}?" if close else f"sources: {', '.join(known) or 'none yet'}",
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

    def add(
        self,
        path: Path,
        mapping: Mapping,
        *,
        progress: Progress,
        label: str | None = None,
        join_folder: Path | None = None,
    ) -> None:
        """Stage a file."""
        folder = self._workplace / str(len(self._stages))
        stage = stage_file(
            self._workspace,
            path,
            mapping,
            first_arrival=self._first_arrival,
            staged_before=self._log_files,
            workplace=folder,
            progress=progress,
            label=label,
            join_folder=join_folder,
        )
        self._stages.append(stage)
        if stage.log_file is not None:
            self._log_files.append(folder / stage.log_file.name)
            self._first_arrival = stage.last_arrival + 1

    def accept(self, mappings: dict[str, str]) -> ImportResult:
        """Make all that was staged part of the workspace."""
        files = [stage.log_file for stage in self._stages if stage.log_file is not None]
        batch = Batch(
            files=files,
            last_arrival=self._first_arrival - 1 if files else -1,
            identifiers=_joined([stage.identifiers for stage in self._stages]),
            evidence=_joined_evidence([stage.evidence for stage in self._stages]),
        )
        for path in self._log_files:
            shutil.move(path, self._workspace.log.folder / path.name)
        accept(self._workspace, batch, also=lambda connection, number: self._note(connection, number, mappings))
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
