"""A room: everybody who edits one map now, its shared document, and when it becomes a version.

A room lives in the event loop; what reads or writes the database is done in a thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from desireline.accounts import Right, SignedIn
from desireline.base import AccessError, DesirelineError, InputError, Language, Problem, phrase, reading_in, tell_all
from desireline.maps.tables import Version
from desireline.maps.together import keeping, protocol
from desireline.maps.together.keeping import Opened, Settled
from desireline.maps.together.protocol import Presence
from desireline.maps.together.single_conditions import condition_fields, undo_single_conditions
from desireline.maps.together.trees import SharedDoc, new_doc
from desireline.store import Workspace

_UNDONE = phrase(
    "a condition on a text, an id or a moment can pick one customer out: it was taken back; "
    "ask somebody who may see customers, with the role analyst or admin"
)
_MOST_PRESENCES = 16
"""Of one connection: an editor has one, and another one after it was opened again."""
_log = logging.getLogger("desireline.server")


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds.

    Attributes
    ----------
    pause
        Without changes, until what is written is checked.
    version
        From the first change until it is saved as a version, while people are there.
    outside
        Between looks for versions that others saved.
    beat
        Between looks at the clock.
    known
        Between looks at whether somebody is still signed in, with the same role.
    silence
        Without a word from an editor, until it counts as gone; a page asks every two seconds, in the background every minute.
    """

    pause: float = 3
    version: float = 300
    outside: float = 5
    beat: float = 1
    known: float = 5
    silence: float = 180


@dataclass(eq=False, slots=True)
class Member:
    """One open editor of one person."""

    user: SignedIn
    language: Language = "en"
    outgoing: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)
    presences: dict[int, Presence] = field(default_factory=dict)

    @property
    def may_write(self) -> bool:
        """Whether what they change is taken."""
        return self.user.may(Right.DRAW)

    def send(self, message: bytes) -> None:
        """Put a message in line."""
        self.outgoing.put_nowait(message)

    def tell(self, kind: str, said: dict[str, Any]) -> None:
        """Put a message of our own in line, in the language of this editor."""
        with reading_in(self.language):
            self.send(protocol.told(kind, tell_all(said)))


@dataclass(slots=True)
class _Since:
    """What happened since the last version; times are of the clock that runs evenly."""

    first_change: float | None = None
    last_change: float | None = None
    is_checked: bool = True


class Room:
    """One map that is open.

    Parameters
    ----------
    opened
        Its shared document, as it was kept.
    """

    def __init__(self, workspace: Workspace, ident: str, opened: Opened, *, timing: Timing) -> None:
        self.ident = ident
        self.name = opened.kept.room
        self.doc = opened.doc
        self.based_on = opened.kept.based_on
        self.members: set[Member] = set()
        self.problems: tuple[Problem, ...] = ()
        self.version: Version | None = None
        self._authors = list(opened.kept.authors)
        self._since = _Since(first_change=monotonic() if self._authors else None)
        self.timing = timing
        self._workspace = workspace
        self._unkept: list[tuple[bytes, Member | None]] = []
        self._keeping = asyncio.Lock()
        self._settling = asyncio.Lock()
        self._looked_at = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None
        self._is_troubled = False

    @property
    def is_unsaved(self) -> bool:
        """Whether it holds changes that no version has."""
        return bool(self._authors)

    async def join(self, member: Member) -> None:
        """Let somebody in: they are told the state of the document, who is there, and how it stands with the versions."""
        self.members.add(member)
        member.send(protocol.sync(protocol.STATE, self.doc.get_state()))
        member.send(protocol.awareness(self._presences()))
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())
        await self._bring_in()
        member.tell("status", self._status())

    def leave(self, member: Member) -> None:
        """Let somebody out."""
        self.members.discard(member)
        gone = [Presence(each.client, each.clock + 1, None) for each in member.presences.values()]
        self._tell(protocol.awareness(gone), but=member)

    async def close(self) -> None:
        """Save what was changed, and stop."""
        if self._beating is not None:
            self._beating.cancel()
            self._beating = None
        await self.save()

    async def receive(self, member: Member, message: bytes) -> None:
        """Do what a message says.

        Raises
        ------
        InputError
            It is none that an editor sends.
        AccessError
            Somebody who may only look comes back with changes, from when they could write.
        """
        reader = protocol.Reader(message)
        kind = reader.number()
        if kind == protocol.SYNC:
            self._receive_sync(member, reader.number(), reader.content())
        elif kind == protocol.AWARENESS:
            self._receive_awareness(member, reader.content())
        elif kind == protocol.ASK_AWARENESS:
            member.send(protocol.awareness(self._presences()))

    def copy(self) -> SharedDoc:
        """Its shared document as it is now, for another thread."""
        doc = new_doc()
        doc.apply_update(self.doc.get_update())
        return doc

    async def save(self) -> tuple[Problem, ...]:
        """Make what was changed a version, and bring in what others saved; gives what speaks against it."""
        async with self._settling:
            await self._keep()
            if not self.is_unsaved:
                return self.problems
            authors = tuple(self._authors)
            ask = partial(
                keeping.save_version, self._workspace, self.ident, self.doc.get_update(), self.based_on, authors
            )
            since, self._since = self._since, _Since()
            self._authors = []
            settled: Settled | DesirelineError | None = None
            try:
                settled = await _tried(ask)
            finally:
                if not isinstance(settled, Settled) or not settled.is_held:
                    self._authors = [*authors, *(each for each in self._authors if each not in authors)]
                    self._since = since
            await self._settle(settled)
            return self.problems

    def _receive_sync(self, member: Member, kind: int, content: bytes) -> None:
        if kind == protocol.STATE:
            member.send(protocol.sync(protocol.MISSING, self._missing(content)))
        elif content == protocol.NOTHING:
            member.tell("kept", {})
        elif not member.may_write:
            message = phrase("{name} may look at this map only", name=member.user.name)
            if kind == protocol.MISSING:
                raise AccessError(message)
            member.tell("refused", {"message": message})
        else:
            self._apply(member, content)

    def _missing(self, state: bytes) -> bytes:
        try:
            return bytes(self.doc.get_update(state))
        except Exception as error:
            raise InputError(phrase("expected a message of the editor, got one that ends too early")) from error

    def _apply(self, member: Member, update: bytes) -> None:
        before = None if member.user.may(Right.SEE_CUSTOMERS) else condition_fields(self.doc)
        changes = self._changes(lambda: self._read(update))
        if not changes:
            member.tell("kept", {})
            return
        for each in changes:
            self._tell(protocol.sync(protocol.UPDATE, each), but=member)
        undone = [] if before is None else self._changes(lambda: undo_single_conditions(self.doc, before))
        for each in undone:
            self._tell(protocol.sync(protocol.UPDATE, each))
        if member.user.name not in self._authors:
            self._authors.append(member.user.name)
        now = monotonic()
        self._since = _Since(self._since.first_change or now, now, is_checked=False)
        self._unkept += [(update, member), *((each, None) for each in undone)]
        self._start(self._keep_and_refuse(member) if undone else self._keep())

    async def _keep_and_refuse(self, member: Member) -> None:
        """Say what was undone last: what is said before goes away when the change is kept."""
        await self._keep()
        member.tell("refused", {"message": _UNDONE})

    def _read(self, update: bytes) -> None:
        try:
            self.doc.apply_update(update)
        except Exception as error:
            raise InputError(phrase("expected a change of the document, got one that cannot be read")) from error

    def _changes(self, work: Callable[[], object]) -> list[bytes]:
        """What some work changed in the document, as updates; nothing where all of it was known."""
        changes: list[bytes] = []
        subscription = self.doc.observe(lambda event: changes.append(event.update))
        try:
            work()
        finally:
            self.doc.unobserve(subscription)
        return changes

    def _receive_awareness(self, member: Member, content: bytes) -> None:
        found = []
        for each in protocol.read_awareness(content):
            known = member.presences.get(each.client)
            if known is not None and known.clock > each.clock:
                continue
            state = None if each.state is None else {**each.state, "user": self._called(member)}
            found.append(Presence(each.client, each.clock, state))
        member.presences.update({each.client: each for each in found})
        if len(member.presences) > _MOST_PRESENCES:
            raise InputError(phrase("expected one editor behind a connection, got many"))
        self._tell(protocol.awareness(found), but=member)

    @staticmethod
    def _called(member: Member) -> dict[str, Any]:
        return {"name": member.user.name, "person": member.user.person}

    def _presences(self) -> Iterable[Presence]:
        return [each for member in self.members for each in member.presences.values() if each.state is not None]

    def _tell(self, message: bytes, *, but: Member | None = None) -> None:
        for each in self.members:
            if each is not but:
                each.send(message)

    def _tell_all(self, kind: str, said: dict[str, Any]) -> None:
        for each in self.members:
            each.tell(kind, said)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep(self) -> None:
        """Put on disk what came since, and say so to those whom it came from."""
        async with self._keeping:
            if self._unkept:
                await self._write()

    async def _note(self) -> None:
        """Put on disk which version the document holds, and what came with it."""
        async with self._keeping:
            await self._write()

    async def _write(self) -> None:
        unkept, self._unkept = self._unkept, []
        updates = [update for update, _ in unkept]
        authors = tuple(self._authors)
        write = partial(keeping.keep, self._workspace, self.ident, updates, based_on=self.based_on, authors=authors)
        try:
            await asyncio.to_thread(write)
        except BaseException as error:
            self._unkept = unkept + self._unkept
            if not isinstance(error, DesirelineError):
                raise
            self._tell_all("unkept", {"message": error.message, "hint": error.hint})
            return
        for _, member in unkept:
            if member is not None:
                member.tell("kept", {})

    async def _beat(self) -> None:
        """Look at the clock as long as the room is open, whatever goes wrong meanwhile; everybody is told what does."""
        while True:
            await asyncio.sleep(self.timing.beat)
            try:
                await self._look()
            except DesirelineError as error:
                self._complain(error.message)
            except Exception:  # noqa: BLE001  whatever it is: what people write has to become a version
                _log.exception("the room of the map %s goes on after an error", self.ident)
                self._complain("the server failed, and tries again; its log says at what")

    async def _look(self) -> None:
        now = monotonic()
        since = self._since
        was_troubled, self._is_troubled = self._is_troubled, False
        await self._keep()
        if since.first_change is not None and now - since.first_change > self.timing.version:
            await self.save()
        elif was_troubled or now - self._looked_at > self.timing.outside:
            await self._bring_in()
        elif not since.is_checked and now - (since.last_change or now) > self.timing.pause:
            await self._check()
        if was_troubled and not self._is_troubled:
            await self._check()

    def _complain(self, message: str) -> None:
        self._is_troubled = True
        self.problems = (Problem("version", message),)
        self._tell_all("status", self._status())

    async def _check(self) -> None:
        self._since.is_checked = True
        problems = await asyncio.to_thread(keeping.problems_of_doc, self.doc.get_update())
        if problems != self.problems:
            self.problems = problems
            self._tell_all("status", self._status())

    async def _bring_in(self) -> None:
        self._looked_at = monotonic()
        async with self._settling:
            number = await asyncio.to_thread(keeping.newest_number, self._workspace, self.ident)
            if number == self.based_on and self.version is not None:
                return
            ask = partial(keeping.bring_in, self._workspace, self.ident, self.doc.get_update(), self.based_on)
            await self._settle(await _tried(ask))

    async def _settle(self, settled: Settled | DesirelineError) -> None:
        """Take over what came of it, tell everybody."""
        if isinstance(settled, DesirelineError):
            self._is_troubled = True
            self.problems = (Problem("version", settled.message),)
        else:
            self.version, self.problems = settled.version, settled.problems
            if settled.changes is not None:
                self._take_over(settled.changes)
            if not settled.version.deleted and not settled.problems:
                self.based_on = settled.version.number
        self._tell_all("status", self._status())
        await self._note()

    def _take_over(self, update: bytes) -> None:
        for each in self._changes(lambda: self._read(update)):
            self._tell(protocol.sync(protocol.UPDATE, each))
            self._unkept.append((each, None))

    def _status(self) -> dict[str, Any]:
        version = self.version
        return {
            "version": None if version is None else version.number,
            "saved_at": None if version is None else version.saved_at.isoformat(),
            "author": None if version is None else version.author,
            "deleted": version is not None and version.deleted,
            "unsaved": self.is_unsaved,
            "problems": [{"where": each.where, "message": each.message} for each in self.problems],
        }


async def _tried(ask: Callable[[], Settled]) -> Settled | DesirelineError:
    try:
        return await asyncio.to_thread(ask)
    except DesirelineError as error:
        return error
