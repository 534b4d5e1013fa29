"""Comments on a map."""

from __future__ import annotations

from datetime import datetime

from litestar import delete, get, post, put
from msgspec import Struct

from desireline.accounts import Right, SignedIn, needs
from desireline.accounts.people import people
from desireline.maps.comment_tables import Comment, PlaceKind
from desireline.maps.commenting import (
    Thread,
    change_comment,
    mentions_of,
    open_threads,
    remove_comment,
    reopen,
    settle,
    threads,
    write_comment,
)
from desireline.store import Workspace


class MentionedPerson(Struct, frozen=True):
    """Somebody who can be named in a comment."""

    person: int
    name: str


class CommentAnswer(Struct, frozen=True):
    """A comment; ``own``: whoever asks has written it."""

    comment: int
    map: str
    reply_to: int | None
    place_kind: PlaceKind
    place: str
    text: str
    author: str
    own: bool
    written_at: datetime
    edited_at: datetime | None
    resolved_at: datetime | None
    resolved_by: str | None
    mentions: tuple[MentionedPerson, ...]


class ThreadAnswer(Struct, frozen=True):
    """A comment with the answers to it; ``place_name`` is null where what it is about is no longer in the map."""

    comment: CommentAnswer
    answers: tuple[CommentAnswer, ...]
    place_name: str | None


class ThreadsAnswer(Struct, frozen=True):
    """All threads of a map, in the order in which they began."""

    threads: tuple[ThreadAnswer, ...]


class CommentsAnswer(Struct, frozen=True):
    """Comments of several maps."""

    comments: tuple[CommentAnswer, ...]


class NewComment(Struct, frozen=True, forbid_unknown_fields=True):
    """A comment to write; where it answers another one the place is that one's."""

    text: str
    place_kind: PlaceKind = "map"
    place: str = ""
    reply_to: int | None = None
    mentions: tuple[int, ...] = ()


class ChangedComment(Struct, frozen=True, forbid_unknown_fields=True):
    """A comment, written anew."""

    text: str
    mentions: tuple[int, ...] = ()


class PeopleAnswer(Struct, frozen=True):
    """Who can be named in a comment, by name."""

    people: tuple[MentionedPerson, ...]


class OpenThreads(Struct, frozen=True):
    """By id of a map how many threads are not settled."""

    open: dict[str, int]


@get("/map/{ident:str}/comments", sync_to_thread=True)
def comments(workspace: Workspace, user: SignedIn, ident: str) -> ThreadsAnswer:
    """All threads of a map, settled ones too."""
    return ThreadsAnswer(tuple(_thread(each, user) for each in threads(workspace, ident)))


@post("/map/{ident:str}/comments", guards=[needs(Right.DRAW)], sync_to_thread=True)
def add_comment(workspace: Workspace, user: SignedIn, ident: str, data: NewComment) -> CommentAnswer:
    """Write a comment on a map, or on something in it, or answer one."""
    written = write_comment(
        workspace,
        ident,
        data.text,
        by=user,
        place_kind=data.place_kind,
        place=data.place,
        reply_to=data.reply_to,
        mentions=data.mentions,
    )
    return _comment(written, user)


@put("/comments/{number:int}", guards=[needs(Right.DRAW)], sync_to_thread=True)
def edit_comment(workspace: Workspace, user: SignedIn, number: int, data: ChangedComment) -> CommentAnswer:
    """Write a comment of one's own anew."""
    return _comment(change_comment(workspace, number, data.text, by=user, mentions=data.mentions), user)


@post("/comments/{number:int}/resolve", guards=[needs(Right.DRAW)], status_code=200, sync_to_thread=True)
def resolve_comment(workspace: Workspace, user: SignedIn, number: int) -> CommentAnswer:
    """Say that a thread is settled."""
    return _comment(settle(workspace, number, by=user), user)


@post("/comments/{number:int}/reopen", guards=[needs(Right.DRAW)], status_code=200, sync_to_thread=True)
def reopen_comment(workspace: Workspace, user: SignedIn, number: int) -> CommentAnswer:
    """Say that a thread is not settled after all."""
    return _comment(reopen(workspace, number), user)


@delete("/comments/{number:int}", guards=[needs(Right.DRAW)], sync_to_thread=True)
def delete_comment(workspace: Workspace, user: SignedIn, number: int) -> None:
    """Remove a comment of one's own with the answers to it; admins remove any."""
    remove_comment(workspace, number, by=user)


@get("/comments/mine", sync_to_thread=True)
def my_mentions(workspace: Workspace, user: SignedIn) -> CommentsAnswer:
    """The comments of open threads that name whoever asks, the newest first."""
    found = mentions_of(workspace, user.person) if user.person else []
    return CommentsAnswer(tuple(_comment(each, user) for each in found))


@get("/comments/open", sync_to_thread=True)
def unsettled(workspace: Workspace) -> OpenThreads:
    """How many threads of each map are not settled."""
    return OpenThreads(open_threads(workspace))


@get("/people", guards=[needs(Right.DRAW)], sync_to_thread=True)
def mentionable(workspace: Workspace) -> PeopleAnswer:
    """Who can be named in a comment: number and name, nothing else."""
    return PeopleAnswer(tuple(MentionedPerson(each.person, each.name) for each in people(workspace)))


def _thread(thread: Thread, user: SignedIn) -> ThreadAnswer:
    answers = tuple(_comment(each, user) for each in thread.answers)
    return ThreadAnswer(_comment(thread.comment, user), answers, thread.place_name)


def _comment(comment: Comment, user: SignedIn) -> CommentAnswer:
    return CommentAnswer(
        comment=comment.comment,
        map=comment.map,
        reply_to=comment.reply_to,
        place_kind=comment.place_kind,
        place=comment.place,
        text=comment.text,
        author=comment.author,
        own=(comment.person, comment.author) == (user.person, user.name),
        written_at=comment.written_at,
        edited_at=comment.edited_at,
        resolved_at=comment.resolved_at,
        resolved_by=comment.resolved_by,
        mentions=tuple(MentionedPerson(each.person, each.name) for each in comment.mentions),
    )
