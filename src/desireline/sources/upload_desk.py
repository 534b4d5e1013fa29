"""Uploads at work: recognised, previewed and imported one after the other, in a thread of the server.

What is known of an upload lies on the disk, so a reload of the page and a restart of the server lose nothing: what was at work when
the server stopped is told as interrupted, and nothing of it was stored, for an import is accepted as a whole or not at all.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from msgspec.structs import replace

from desireline.base import DesirelineError, InputError, NoRecordsError, phrase, reason_of, replaced
from desireline.sources.files.limits import within
from desireline.sources.guess import IncompleteGuessError, guess_mapping, source_name
from desireline.sources.importing import choose_mapping, import_files
from desireline.sources.mapping import Mapping, mapping_from_document, mapping_from_text
from desireline.sources.mapping_text import document_of, yaml_of
from desireline.sources.previewing import outcome_of, preview_file
from desireline.sources.proposing import mapping_as
from desireline.sources.sampling import sample_file
from desireline.sources.upload_folder import UploadFolder
from desireline.sources.upload_model import (
    AT_WORK,
    Recognised,
    SampleColumn,
    Upload,
    UploadMapping,
    UploadProblem,
    UploadState,
    UploadWork,
)
from desireline.store import Workspace
from desireline.store.stopping import Stopping

_log = logging.getLogger("desireline.server")
AS_TABLE = "table"
"""In place of the name of a format: guess from the columns, whatever the file looks like."""
CANCELLED, INTERRUPTED = "upload.cancelled", "upload.interrupted"
_INTERRUPTION = UploadProblem(
    INTERRUPTED,
    phrase("the server was stopped in the middle of it"),
    phrase("run it again: what had been stored already counts as duplicate"),
)
_CANCELLATION = UploadProblem(CANCELLED, phrase("cancelled; nothing was stored"))
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_EXAMPLES = 3
_AGAIN_SECONDS = 0.2
"""Between the attempts to stop what was cancelled: it may be between two queries."""
_LONGEST_EXAMPLE = 80
_BEFORE = {
    UploadState.RECOGNISING: UploadState.RECEIVED,
    UploadState.PREVIEWING: UploadState.RECOGNISED,
    UploadState.IMPORTING: UploadState.RECOGNISED,
}
"""Where an upload stands again whose work did not end."""


class _CancelledError(Exception):
    """Somebody does not want it any more."""


class _Listener:
    """Keeps what is being done where others can read it, and stops the work that was cancelled."""

    def __init__(self, desk: UploadDesk, ident: str, path: Path) -> None:
        self._desk, self._ident, self._path = desk, ident, str(path)

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        if self._desk.is_cancelled(self._ident):
            raise _CancelledError
        self._desk.note_work(self._ident, UploadWork(what.replace(self._path, "").removeprefix(": "), done, total))

    def note(self, what: str) -> None:
        """Nothing of what is done here has notes."""


class UploadDesk:
    """The uploads of one workspace; made once in a process, see :func:`desk_of`."""

    def __init__(self, workspace: Workspace) -> None:
        self.folder = UploadFolder(workspace)
        self._workspace = workspace
        self._lock, self._asking = threading.Lock(), threading.Lock()
        self._work: dict[str, UploadWork] = {}
        self._cancelled: set[str] = set()
        self._stopping: dict[str, Stopping] = {}
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._clear()
        # A server that stops does not wait for it: an import is accepted as a whole or not at all, whenever it is killed.
        threading.Thread(target=self._work_off, name="uploads", daemon=True).start()

    def use(self, workspace: Workspace) -> None:
        """Go on with the same workspace, opened again: its settings may be others."""
        self.folder, self._workspace = UploadFolder(workspace), workspace

    def all(self) -> list[Upload]:
        """All uploads, the newest first, with what is being done."""
        return [self._with_work(each) for each in self.folder.all()]

    def read(self, ident: str) -> Upload:
        """One upload, with what is being done.

        Raises
        ------
        UnknownNameError
            There is none of this id.
        """
        return self._with_work(self.folder.read(ident))

    def received(self, upload: Upload, size: int) -> Upload:
        """The file is here as a whole: find out what it is."""
        self.folder.keep(replace(upload, bytes=size, state=UploadState.RECEIVED))
        return self.recognise(upload.id)

    def recognise(self, ident: str, read_as: str | None = None) -> Upload:
        """Find out what a file is and propose a mapping.

        Parameters
        ----------
        read_as
            A named format, or :data:`AS_TABLE`; ``None`` finds out by itself.

        Raises
        ------
        InputError
            It is at work, or was imported.
        """
        return self._begin(ident, UploadState.RECOGNISING, lambda upload: self._recognised(upload, read_as))

    def preview(self, ident: str) -> Upload:
        """Find out what an import would do."""
        return self._begin(ident, UploadState.PREVIEWING, self._previewed)

    def import_it(self, ident: str) -> Upload:
        """Import the file with its mapping."""
        return self._begin(ident, UploadState.IMPORTING, self._imported)

    def map_as(self, ident: str, *, document: dict[str, Any] | None = None, yaml: str | None = None) -> Upload:
        """Take another mapping, as a document or as YAML.

        Raises
        ------
        InputError
            It says something that cannot be, with every problem; the one before stays.
        """
        upload = self._idle(ident)
        if upload.recognised is None or (document is None) == (yaml is None):
            raise InputError(phrase("expected a recognised file, and a mapping as a document or as YAML"))
        text = yaml_of(document) if document is not None else str(yaml)
        document = document_of(text, where=upload.name)
        mapping_from_document(document, where=f"of {upload.name}")
        self.folder.mapping_of(upload).write_text(text, encoding="utf-8")
        changed = replace(
            upload,
            mapping=UploadMapping(document, text),
            state=UploadState.RECOGNISED,
            preview=None,
            problem=None,
        )
        self.folder.keep(changed)
        return changed

    def cancel(self, ident: str) -> Upload:
        """Stop what is being done; nothing of it is stored."""
        upload = self.read(ident)
        if upload.state in AT_WORK:
            with self._lock:
                self._cancelled.add(ident)
            threading.Thread(target=self._stop, args=(ident,), name="cancelling", daemon=True).start()
        return self.read(ident)

    def discard(self, ident: str) -> None:
        """Forget an upload that is not at work."""
        self.folder.remove(self._idle(ident))

    def _stop(self, ident: str) -> None:
        """Stop the queries of an upload until it is no longer at work."""
        pause = threading.Event()
        while self.is_cancelled(ident):
            with self._lock:
                stopping = self._stopping.get(ident)
            if stopping is not None:
                stopping.stop()
            pause.wait(_AGAIN_SECONDS)

    def is_cancelled(self, ident: str) -> bool:
        """Whether somebody asked to stop it."""
        with self._lock:
            return ident in self._cancelled

    def note_work(self, ident: str, work: UploadWork) -> None:
        """Keep what is being done."""
        with self._lock:
            self._work[ident] = work

    def wait(self) -> None:
        """Until nothing is at work."""
        done = threading.Event()
        self._jobs.put(done.set)
        done.wait()

    def _idle(self, ident: str) -> Upload:
        upload = self.read(ident)
        if upload.state in AT_WORK:
            raise InputError(
                phrase("{name} is at work", name=upload.name), hint=phrase("wait until it is done, or cancel it")
            )
        if upload.state is UploadState.RECEIVING:
            raise InputError(
                phrase("{name} is still on its way", name=upload.name), hint=phrase("wait until it has arrived")
            )
        return upload

    def _begin(self, ident: str, state: UploadState, job: Callable[[Upload], Upload]) -> Upload:
        with self._asking:
            upload = self._idle(ident)
            if upload.state is UploadState.IMPORTED:
                raise InputError(
                    phrase("{name} was imported already", name=upload.name),
                    hint=phrase("drop the file again to import it once more"),
                )
            if state is not UploadState.RECOGNISING and upload.mapping is None:
                raise InputError(
                    phrase("{name} has no mapping yet", name=upload.name), hint=phrase("say how it is to be read first")
                )
            begun = replace(upload, state=state, problem=None)
            with self._lock:
                self._cancelled.discard(ident)
                self._work[ident] = UploadWork("", waits=bool(self._work))
            self.folder.keep(begun)
            shown = self._with_work(begun)
            self._jobs.put(partial(self._run, begun, job))
            return shown

    def _work_off(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except Exception as error:  # noqa: BLE001  a full disk: the next file has its turn all the same
                _log.error("what became of an upload cannot be kept", exc_info=error)

    def _run(self, upload: Upload, job: Callable[[Upload], Upload]) -> None:
        try:
            done = self._done(upload, job)
            shutil.rmtree(self.folder.workplace_of(upload), ignore_errors=True)  # makes room on a full disk
            self.folder.keep(done)
        finally:
            with self._lock:
                self._work.pop(upload.id, None)
                self._stopping.pop(upload.id, None)
                self._cancelled.discard(upload.id)

    def _done(self, upload: Upload, job: Callable[[Upload], Upload]) -> Upload:
        """The upload after its job, or as it was before with the reason why not."""
        try:
            if self.is_cancelled(upload.id):
                raise _CancelledError
            self.note_work(upload.id, UploadWork(""))
            with self._stoppable(upload), within(self.folder.limits_of(upload)):
                return job(upload)
        except Exception as error:  # noqa: BLE001  whatever it is: the page has to say so
            cancelled = isinstance(error, _CancelledError) or self.is_cancelled(upload.id)
            return self._stopped(upload, _CANCELLATION if cancelled else self._why(upload, error))

    def _stoppable(self, upload: Upload) -> AbstractContextManager[None]:
        stopping = Stopping()
        with self._lock:
            self._stopping[upload.id] = stopping
        return stopping.reaching()

    def _why(self, upload: Upload, error: Exception) -> UploadProblem:
        if _is_disk_full(error):
            return UploadProblem(
                "upload.failed", phrase("the disk of the server is full"), phrase("make room, then run it again")
            )
        if isinstance(error, DesirelineError):
            return self._problem(upload, error)
        _log.error("upload %s failed", upload.id, exc_info=error)
        hint = phrase("whoever runs the server finds the cause in its log under {id}", id=upload.id)
        reason = reason_of(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
        return UploadProblem("upload.failed", phrase("this has failed ({reason})", reason=reason), hint)

    def _stopped(self, upload: Upload, problem: UploadProblem) -> Upload:
        return replace(upload, state=_BEFORE[upload.state], problem=problem)

    def _problem(self, upload: Upload, error: DesirelineError) -> UploadProblem:
        path = str(self.folder.file_of(upload))
        hint = None if error.hint is None else replaced(error.hint, path, upload.name)
        return UploadProblem(error.code, replaced(error.message, path, upload.name), hint)

    def _recognised(self, upload: Upload, read_as: str | None) -> Upload:
        path = self.folder.file_of(upload)
        self.note_work(upload.id, UploadWork("recognising"))
        found = self._proposal(path, read_as)
        if self.is_cancelled(upload.id):
            raise _CancelledError
        self.note_work(upload.id, UploadWork("looking at columns"))
        sample = sample_file(path, found.mapping)
        self.folder.mapping_of(upload).write_text(found.yaml, encoding="utf-8")
        return replace(
            upload,
            state=UploadState.RECOGNISED,
            recognised=Recognised(
                taken_for=found.taken_for,
                format=found.mapping.read.format,
                sure=found.sure,
                known_source=found.known_source,
                notes=[replaced(note, str(path), upload.name) for note in found.notes],
                rows=sample.rows,
                sampled=sample.sampled,
                columns=[
                    SampleColumn(
                        each.name,
                        each.kind,
                        each.filled,
                        each.distinct,
                        [text[:_LONGEST_EXAMPLE] for text in each.examples[:_EXAMPLES]],
                    )
                    for each in sample.columns
                ],
            ),
            mapping=UploadMapping(document_of(found.yaml, where=upload.name), found.yaml),
            preview=None,
        )

    def _proposal(self, path: Path, read_as: str | None) -> _Proposed:
        if read_as == AS_TABLE:
            return _as_table(path, self._workspace.timezone)
        if read_as is not None:
            named = mapping_as(read_as, path)
            return _Proposed(named.taken_for, named.yaml, _checked(named.yaml))
        try:
            chosen = choose_mapping(self._workspace, path)
        except IncompleteGuessError as error:
            return _by_hand(path, error)
        if chosen is None:
            raise NoRecordsError(
                phrase("{path} has no records", path=path), hint=phrase("there is nothing to import in it")
            )
        guessed = chosen.recognised is None and not chosen.known_source
        return _Proposed(
            chosen.recognised or phrase("a table"),
            chosen.yaml,
            _checked(chosen.yaml),
            sure=chosen.sure,
            known_source=chosen.known_source,
            notes=_notes(chosen.yaml) if guessed else (),
        )

    def _previewed(self, upload: Upload) -> Upload:
        path = self.folder.file_of(upload)
        text = self.folder.mapping_of(upload).read_text(encoding="utf-8")
        found = preview_file(
            self._workspace,
            path,
            mapping_from_text(text, where=f"of {upload.name}"),
            workplace=self.folder.workplace_of(upload),
            progress=_Listener(self, upload.id, path),
            label=upload.name,
        )
        return replace(upload, state=UploadState.PREVIEWED, preview=found)

    def _imported(self, upload: Upload) -> Upload:
        path = self.folder.file_of(upload)
        result = import_files(
            self._workspace,
            [path],
            mapping=self.folder.mapping_of(upload),
            progress=_Listener(self, upload.id, path),
        )
        self.folder.remove_file(upload)
        self.folder.forget_old()
        return replace(upload, state=UploadState.IMPORTED, outcome=outcome_of(result.files[0]))

    def _with_work(self, upload: Upload) -> Upload:
        """With what is being done; one that is at work on the disk and not in this process was interrupted."""
        with self._lock:
            work, cancelled = self._work.get(upload.id), upload.id in self._cancelled
        if upload.state not in AT_WORK:
            return upload
        if work is None:
            now = self.folder.read(upload.id)  # it may have ended since it was read
            return self._stopped(now, _INTERRUPTION) if now.state in AT_WORK else now
        return replace(upload, work=replace(work, cancelling=cancelled))

    def _clear(self) -> None:
        """Take away what another run of the server left half done."""
        for each in self.folder.all():
            shutil.rmtree(self.folder.workplace_of(each), ignore_errors=True)
            if each.state is UploadState.RECEIVING:
                self.folder.remove(each)


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What a file is taken for, and how it would be read."""

    taken_for: str
    yaml: str
    mapping: Mapping
    sure: float | None = None
    known_source: bool = False
    notes: tuple[str, ...] = ()


def _is_disk_full(error: Exception) -> bool:
    """Whether that is the cause, as the system or DuckDB says."""
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return True
    return any(os.strerror(number) in str(error) for number in _DISK_FULL)


def _as_table(path: Path, timezone: str) -> _Proposed:
    """A guess from the columns; what they do not tell is left to be filled by hand."""
    try:
        guess = guess_mapping(path, timezone=timezone)
    except IncompleteGuessError as error:
        return _by_hand(path, error)
    return _Proposed(guess.kind, guess.yaml, guess.mapping, notes=_notes(guess.yaml))


def _by_hand(path: Path, error: IncompleteGuessError) -> _Proposed:
    """What could be guessed, with what is missing, to be filled by hand."""
    columns = Mapping(source=source_name(path), fields={}, identifiers={}, attributes={})
    notes = (*error.message.splitlines(), *_notes(error.yaml))
    return _Proposed(phrase("a table"), error.yaml, columns, notes=notes)


def _checked(yaml: str) -> Mapping:
    return mapping_from_text(yaml, where="that is proposed")


def _notes(yaml: str) -> tuple[str, ...]:
    """What a guess is unsure of: the comments at the head of the mapping, but for the first."""
    head = takewhile(lambda line: line.startswith("#"), yaml.splitlines())
    return tuple(line.removeprefix("#").strip() for line in head)[1:]


_DESKS: dict[Path, UploadDesk] = {}
_DESKS_LOCK = threading.Lock()


def desk_of(workspace: Workspace) -> UploadDesk:
    """The desk of a workspace, the same one for all requests of a process."""
    folder = workspace.folder.resolve()
    with _DESKS_LOCK:
        if folder not in _DESKS:
            _DESKS[folder] = UploadDesk(workspace)
        _DESKS[folder].use(workspace)
        return _DESKS[folder]
