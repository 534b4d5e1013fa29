"""The nouns of signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desireline.accounts.rights import Right, Role, rights_of


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who makes a request.

    Attributes
    ----------
    person
        The number of the person; 0 for a key, and for whoever opens the demo.
    name
        As shown beside what they did, and written as the author of versions.
    role
        What they may do.
    """

    person: int
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether their role has the right."""
        return right in rights_of(self.role)


class Way(StrEnum):
    """How it is known who makes a request."""

    SESSION = "session"
    KEY = "key"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Proof:
    """By what somebody is known.

    Attributes
    ----------
    session
        The number of the session; ``None`` for a key and for the demo.
    """

    way: Way
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from.

    Attributes
    ----------
    address
        Of the network; empty for the command line.
    agent
        The program, as it calls itself.
    device
        The cookie of a browser in which somebody was signed in before, as it came; empty where there is none.
    """

    address: str = ""
    agent: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """How the application is reached.

    Attributes
    ----------
    address
        Under which people open it, such as ``https://journeys.example.org``; ``None``: whatever they write.
    hosts
        The names under which it answers, without the port; ``None``: under any. A page of another site whose name leads
        to this machine is refused by it.
    sign_in_as_demo
        Whoever opens it is an admin named Demo.
    """

    address: str | None = None
    hosts: frozenset[str] | None = None
    sign_in_as_demo: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes
    ----------
    person
        Their number, never given twice.
    email
        In lower case, as one writes it to sign in.
    invited
        They have not set a password yet.
    seen_at
        When a session of theirs was last used; ``None`` where there is none.
    """

    person: int
    name: str
    email: str
    role: Role
    invited: bool
    added_at: datetime
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody is signed in.

    Attributes
    ----------
    ends_at
        When it ends unless it is used before.
    """

    session: int
    person: int
    started_at: datetime
    seen_at: datetime
    ends_at: datetime
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key with which programs ask.

    Attributes
    ----------
    prefix
        How its text begins: enough to tell keys apart, too little to use one.
    used_at
        When it was last used, give or take ten minutes; ``None``: never.
    """

    key: int
    name: str
    prefix: str
    role: Role
    made_by: str
    made_at: datetime
    used_at: datetime | None


class Purpose(StrEnum):
    """What a one-time link is for."""

    FIRST = "first"
    """The first start: makes the first person, an admin."""
    INVITATION = "invitation"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link that can still be used.

    Attributes
    ----------
    person
        Whose password it sets; ``None``: of somebody who is made by it.
    """

    purpose: Purpose
    person: Person | None
    expires_at: datetime


class Happening(StrEnum):
    """What can happen to access."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    LINK_MADE = "link_made"
    PASSWORD_SET = "password_set"
    PERSON_ADDED = "person_added"
    PERSON_REMOVED = "person_removed"
    ROLE_CHANGED = "role_changed"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"


@dataclass(frozen=True, slots=True)
class AccessEvent:
    """Something that happened to access.

    Attributes
    ----------
    who
        The name of who did it, or the e-mail address with which somebody tried.
    about
        Whom or what it was done to, in words.
    """

    at: datetime
    who: str
    what: Happening
    about: str
    address: str
