"""Origins and patterns of files that are read again and again: which there are, and reading those that are due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from desireline.base import DesirelineError, InputError, Progress, SilentProgress, UnknownNameError, closest_names
from desireline.sources import origin_tables
from desireline.sources.fetching import Fetch
from desireline.sources.importing import import_files
from desireline.sources.mapping import load_mapping
from desireline.sources.model import ImportResult
from desireline.sources.origin_tables import FileState, Schedule
from desireline.sources.origins import Origin, is_origin
from desireline.sources.origins.address import has_literal_password, settled
from desireline.store import Workspace

if TYPE_CHECKING:
    import sqlalchemy as sa

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Run:
    """How the run of a schedule went.

    Attributes
    ----------
    result
        What was imported; of a pattern of files some may have been, though others could not be read.
    error
        What went wrong; ``None`` where nothing did.
    """

    name: str
    result: ImportResult
    error: str | None


def add_schedule(
    workspace: Workspace,
    name: str,
    origin: str,
    *,
    every: timedelta,
    added_at: datetime,
    query: str | None = None,
    table: str | None = None,
    mark: str | None = None,
    overlap: timedelta | None = None,
    mapping: Path | None = None,
) -> Schedule:
    """Add an origin, or a pattern of files, to what is read again and again.

    Parameters
    ----------
    name
        Of the schedule, and of its source where no mapping names another.
    mapping
        A mapping file, read at every run.

    Raises
    ------
    InputError
        The name is taken, the mapping cannot be read, a password stands in the address, or the options do not fit.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"expected a name of small letters, digits, '.', '_' and '-', got {name!r}",
            hint="the source is called like the schedule",
        )
    if has_literal_password(origin):
        raise InputError(
            "expected an address without a password: a schedule is stored",
            hint="write ${NAME} in its place, the name of an environment variable, or for PostgreSQL use ~/.pgpass",
        )
    if not is_origin(origin) and (query or table or mark or overlap):
        raise InputError(
            f"expected --query, --table, --mark and --overlap for a database or a lake, {origin} names files"
        )
    if query and table:
        raise InputError("expected --table or --query, got both")
    if overlap and not mark:
        raise InputError("expected --mark with --overlap", hint="name the column that tells what is new")
    if mapping is not None:
        load_mapping(mapping)
    schedule = Schedule(
        name=name,
        origin=settled(origin) if is_origin(origin) else str(Path(origin).absolute()),
        query=query,
        table=table,
        mark=mark,
        overlap_seconds=None if overlap is None else round(overlap.total_seconds()),
        mapping=None if mapping is None else str(mapping.absolute()),
        every_seconds=round(every.total_seconds()),
        added_at=added_at,
    )
    with workspace.database.writing() as connection:
        if name in {each.name for each in origin_tables.all_schedules(connection)}:
            raise InputError(
                f"there is a schedule {name!r} already", hint=f"first: desireline sources schedule remove {name}"
            )
        origin_tables.add_schedule(connection, schedule)
    return schedule


def remove_schedule(workspace: Workspace, name: str) -> None:
    """Take a schedule off the list; what it imported stays.

    Raises
    ------
    UnknownNameError
        There is none of that name.
    """
    with workspace.database.writing() as connection:
        _named(origin_tables.all_schedules(connection), [name])
        origin_tables.remove_schedule(connection, name)


def list_schedules(workspace: Workspace) -> list[Schedule]:
    """Every schedule, by name."""
    with workspace.database.reading() as connection:
        return origin_tables.all_schedules(connection)


def pull(
    workspace: Workspace,
    names: Sequence[str] = (),
    *,
    at: datetime,
    whether_due_or_not: bool = False,
    progress: Progress | None = None,
) -> list[Run]:
    """Run the schedules that are due, each in an import of its own; one that fails does not stop the others.

    Parameters
    ----------
    names
        Only these.
    at
        The time that it is.
    whether_due_or_not
        Run those that are not due too.

    Raises
    ------
    UnknownNameError
        There is no schedule of one of the names.
    """
    chosen = _named(list_schedules(workspace), names)
    due = [each for each in chosen if whether_due_or_not or each.due_at <= at]
    return [_run(workspace, each, at, progress or SilentProgress()) for each in due]


def _named(schedules: list[Schedule], names: Sequence[str]) -> list[Schedule]:
    known = {each.name: each for each in schedules}
    for name in names:
        if name not in known:
            close = closest_names(name, known)
            raise UnknownNameError(
                f"there is no schedule {name!r}",
                hint=f"did you mean {', '.join(close)}?" if close else f"schedules: {', '.join(known) or 'none yet'}",
            )
    return [known[name] for name in dict.fromkeys(names)] if names else schedules


def _run(workspace: Workspace, schedule: Schedule, at: datetime, progress: Progress) -> Run:
    parts: list[ImportResult] = []
    errors: list[str] = []
    try:
        for wanted in _wanted(workspace, schedule):
            try:
                parts.append(_import(workspace, schedule, wanted, progress))
            except (DesirelineError, OSError) as error:
                errors.append(str(error))
    except (DesirelineError, OSError) as error:
        errors.append(str(error))
    result = ImportResult(tuple(each for part in parts for each in part.files))
    run = Run(schedule.name, result, "\n".join(errors) or None)
    with workspace.database.writing() as connection:
        counts = result.counts if parts or not errors else None
        origin_tables.note_run(connection, schedule.name, at=at, outcome=counts, error=run.error)
    return run


def _import(workspace: Workspace, schedule: Schedule, wanted: Fetch | FileState, progress: Progress) -> ImportResult:
    def note(connection: sa.Connection, batch: int) -> None:
        if isinstance(wanted, FileState):
            origin_tables.note_files(connection, batch, schedule.name, [wanted])

    return import_files(
        workspace,
        [Path(wanted.path) if isinstance(wanted, FileState) else wanted],
        mapping=None if schedule.mapping is None else Path(schedule.mapping),
        proposed_source=schedule.name,
        also=note,
        progress=progress,
    )


def _wanted(workspace: Workspace, schedule: Schedule) -> list[Fetch] | list[FileState]:
    """What a run has to import: the origin, or the files that are new or have changed."""
    if not is_origin(schedule.origin):
        return _new_files(workspace, schedule)
    origin = Origin(schedule.origin, schedule.query, schedule.table)
    overlap = None if schedule.overlap_seconds is None else timedelta(seconds=schedule.overlap_seconds)
    return [Fetch(origin, schedule.mark, overlap)]


def _new_files(workspace: Workspace, schedule: Schedule) -> list[FileState]:
    with workspace.database.reading() as connection:
        read = origin_tables.files_read(connection, schedule.name)
    found = [_state(path) for path in _files(Path(schedule.origin))]
    return [each for each in found if read.get(each.path) != each]


def _files(pattern: Path) -> list[Path]:
    """The files that a pattern names, in order."""
    fixed = next(each for each in [pattern, *pattern.parents] if not has_magic(str(each)))
    if not fixed.exists():
        raise InputError(f"there is no file or folder {fixed}")
    if fixed != pattern:
        return sorted(path for path in fixed.glob(str(pattern.relative_to(fixed))) if path.is_file())
    if pattern.is_dir():
        raise InputError(f"{pattern} is a folder, expected files", hint=f"for example '{pattern}/*.csv'")
    return [pattern]


def _state(path: Path) -> FileState:
    status = path.stat()
    return FileState(str(path), status.st_size, status.st_mtime_ns)
