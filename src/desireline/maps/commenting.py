"""Comments on maps: on the whole, or on a phase, step, lane or cell; answered, settled, with mentions. The documents do not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desireline.accounts import SignedIn
from desireline.accounts.people import people
from desireline.accounts.rights import Role
from desireline.base import AccessError, InputError, UnknownNameError, joined, phrase
from desireline.maps import comment_tables as tables
from desireline.maps.comment_tables import Comment, Mention, PlaceKind
from desireline.maps.model import LANE_LABELS
from desireline.maps.storing import WorkspaceLibrary
from desireline.store import Workspace

LONGEST_COMMENT = 10_000


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and the answers to it.

    Attributes
    ----------
    place_name
        What it is about, as it is called today; ``None``: it is no longer in the map.
    """

    comment: Comment
    answers: tuple[Comment, ...]
    place_name: str | None


def threads(workspace: Workspace, map_id: str) -> tuple[Thread, ...]:
    """All threads of a map, in the order in which they began."""
    with workspace.database.reading() as connection:
        found = tables.comments_on(connection, map_id)
    names = _place_names(workspace, map_id)
    return tuple(
        Thread(
            comment=each,
            answers=tuple(other for other in found if other.reply_to == each.comment),
            place_name=names.get((each.place_kind, each.place)),
        )
        for each in found
        if each.reply_to is None
    )


def write_comment(
    workspace: Workspace,
    map_id: str,
    text: str,
    *,
    by: SignedIn,
    place_kind: PlaceKind = "map",
    place: str = "",
    reply_to: int | None = None,
    mentions: Sequence[int] = (),
) -> Comment:
    """Write a comment.

    Parameters
    ----------
    reply_to
        The number of the comment that is answered; the place is then that one's.
    mentions
        Numbers of people.

    Raises
    ------
    InputError
        It says nothing, or is too long.
    UnknownNameError
        There is no such map, place, comment or person.
    """
    said, named = _read_text(text), _mentioned(workspace, mentions)
    names = _place_names(workspace, map_id)
    if reply_to is not None:
        begun = _beginning(workspace, map_id, reply_to)
        reply_to, place_kind, place = begun.comment, begun.place_kind, begun.place
    elif (place_kind, place) not in names:
        raise UnknownNameError(
            phrase(
                "there is no {place_kind} {place!r} in the newest version of the map {map_id!r}",
                place_kind=place_kind,
                place=place,
                map_id=map_id,
            ),
            hint=phrase("what was drawn since can be commented on once it is saved"),
        )
    with workspace.database.writing() as connection:
        return tables.insert_comment(
            connection,
            map_id=map_id,
            reply_to=reply_to,
            place_kind=place_kind,
            place=place,
            text=said,
            person=by.person,
            author=by.name,
            mentions=named,
            now=datetime.now(UTC),
        )


def change_comment(
    workspace: Workspace, number: int, text: str, *, by: SignedIn, mentions: Sequence[int] = ()
) -> Comment:
    """Write a comment of one's own anew.

    Raises
    ------
    AccessError
        Somebody else wrote it.
    """
    said, named = _read_text(text), _mentioned(workspace, mentions)
    _check_own(_comment(workspace, number), by)
    with workspace.database.writing() as connection:
        tables.rewrite_comment(connection, number, text=said, mentions=named, now=datetime.now(UTC))
    return _comment(workspace, number)


def settle(workspace: Workspace, number: int, *, by: SignedIn) -> Comment:
    """Say that a thread is settled."""
    return _settled(workspace, number, by.name, datetime.now(UTC))


def reopen(workspace: Workspace, number: int) -> Comment:
    """Say that a thread is not settled after all."""
    return _settled(workspace, number, None, None)


def remove_comment(workspace: Workspace, number: int, *, by: SignedIn) -> None:
    """Remove a comment, with the answers to it; of others only an admin may.

    Raises
    ------
    AccessError
        Somebody else wrote it.
    """
    found = _comment(workspace, number)
    if by.role is not Role.ADMIN:
        _check_own(found, by)
    with workspace.database.writing() as connection:
        tables.delete_comment(connection, number)


def mentions_of(workspace: Workspace, person: int) -> list[Comment]:
    """The comments of open threads that name somebody, the newest first."""
    with workspace.database.reading() as connection:
        return tables.open_comments_mentioning(connection, person)


def open_threads(workspace: Workspace) -> dict[str, int]:
    """By id of a map how many threads are not settled."""
    with workspace.database.reading() as connection:
        return tables.count_open(connection)


def _settled(workspace: Workspace, number: int, by: str | None, now: datetime | None) -> Comment:
    found = _comment(workspace, number)
    if found.reply_to is not None:
        raise InputError(
            phrase("comment {number} is an answer", number=number),
            hint=phrase("settle what it answers: {reply_to}", reply_to=found.reply_to),
        )
    with workspace.database.writing() as connection:
        tables.settle_comment(connection, number, by=by, now=now)
    return _comment(workspace, number)


def _comment(workspace: Workspace, number: int) -> Comment:
    with workspace.database.reading() as connection:
        found = tables.comment_numbered(connection, number)
    if found is None:
        raise UnknownNameError(
            phrase("there is no comment {number}", number=number), hint=phrase("it may have been removed")
        )
    return found


def _beginning(workspace: Workspace, map_id: str, number: int) -> Comment:
    """What begins the thread of a comment."""
    found = _comment(workspace, number)
    if found.map != map_id:
        raise UnknownNameError(
            phrase("there is no comment {number} on the map {map_id!r}", number=number, map_id=map_id)
        )
    return found if found.reply_to is None else _comment(workspace, found.reply_to)


def _check_own(comment: Comment, by: SignedIn) -> None:
    if (comment.person, comment.author) != (by.person, by.name):
        raise AccessError(
            phrase("{author} wrote this comment", author=comment.author), hint=phrase("answer it instead")
        )


def _read_text(text: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= LONGEST_COMMENT:
        raise InputError(
            phrase(
                "expected a comment of 1 to {longest_comment:,} characters, got {count:,}",
                longest_comment=LONGEST_COMMENT,
                count=len(said),
            )
        )
    return said


def _mentioned(workspace: Workspace, numbers: Sequence[int]) -> tuple[Mention, ...]:
    known = {each.person: each.name for each in people(workspace)} if numbers else {}
    for number in numbers:
        if number not in known:
            raise UnknownNameError(
                phrase("there is no person {number}", number=number), hint=phrase("they may have been removed")
            )
    return tuple(Mention(number, known[number]) for number in dict.fromkeys(numbers))


def _place_names(workspace: Workspace, map_id: str) -> dict[tuple[str, str], str]:
    """What comments can be about, and what each is called."""
    document = WorkspaceLibrary(workspace).find("map", map_id)
    if document is None:
        raise UnknownNameError(
            phrase("there is no map {map_id!r} in the workspace", map_id=map_id),
            hint=phrase("it may have been deleted"),
        )
    tree = document.tree
    found: dict[tuple[str, str], str] = {("map", ""): str(tree["title"])}
    for phase in tree["phases"]:
        found["phase", str(phase["id"])] = str(phase["name"])
        found.update({("step", str(step["id"])): str(step["name"]) for step in phase.get("steps") or ()})
    for lane in tree.get("lanes") or ():
        label = lane.get("label") or LANE_LABELS[lane["role"]]
        found["lane", str(lane["id"])] = label
        for cell in lane.get("cells") or ():
            found["cell", str(cell["id"])] = joined((label, found.get(("step", str(cell["step"])), cell["step"])), ", ")
    return found
