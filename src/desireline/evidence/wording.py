"""What customers did, in their own words: titles and phases of a first map, for English readers from the English names of touchpoints."""

from __future__ import annotations

import re

from desireline.base import phrase, reading_language, tell

_DEEDS = {
    "accepted": "accept",
    "activated": "activate",
    "added": "add",
    "answered": "answer",
    "applied": "apply",
    "approved": "approve",
    "asked": "ask",
    "booked": "book",
    "bought": "buy",
    "called": "call",
    "cancelled": "cancel",
    "canceled": "cancel",
    "changed": "change",
    "chosen": "choose",
    "clicked": "click on",
    "closed": "close",
    "compared": "compare",
    "completed": "complete",
    "confirmed": "confirm",
    "created": "create",
    "declined": "decline",
    "downloaded": "download",
    "filled": "fill in",
    "finished": "finish",
    "installed": "install",
    "joined": "join",
    "made": "make",
    "opened": "open",
    "ordered": "order",
    "paid": "pay",
    "picked up": "pick up",
    "placed": "place",
    "purchased": "buy",
    "read": "read",
    "received": "get",
    "redeemed": "redeem",
    "registered": "register",
    "renewed": "renew",
    "reported": "report",
    "requested": "ask for",
    "returned": "return",
    "reviewed": "review",
    "run": "run",
    "saved": "save",
    "scheduled": "schedule",
    "searched": "search",
    "selected": "choose",
    "seen": "look at",
    "sent": "send",
    "shared": "share",
    "signed": "sign",
    "started": "start",
    "submitted": "send",
    "tracked": "track",
    "unsubscribed": "unsubscribe from",
    "updated": "update",
    "upgraded": "upgrade",
    "used": "use",
    "viewed": "look at",
    "visited": "visit",
    "watched": "watch",
    "withdrawn": "withdraw",
}
"""What was done to something, and how somebody says that he does it."""
_ALONE = {
    "call": "call",
    "cancellation": "cancel",
    "chat": "chat",
    "checkout": "check out",
    "compare": "compare",
    "complaint": "complain",
    "log-in": "log in",
    "logged in": "log in",
    "login": "log in",
    "order": "order",
    "payment": "pay",
    "purchase": "buy",
    "registered": "register",
    "registration": "register",
    "renewal": "renew",
    "return": "return it",
    "search": "search",
    "sign-in": "sign in",
    "sign-up": "sign up",
    "signed in": "sign in",
    "signed up": "sign up",
    "signup": "sign up",
    "visit": "visit",
}
"""Names that say all by themselves."""
_OF_CONTACTS = {"call": "call about", "chat": "chat about", "phone call": "call about"}
_FIRST = "first "
_ALREADY = re.compile(r"(?:I|we|my|our|ich|wir|mein|meine|unser|unsere)\b", re.IGNORECASE)


def deed(touchpoint: str) -> str | None:
    """What a customer does at a touchpoint, to stand behind "I"; ``None`` where its name does not say it in English.

    >>> deed("Order placed"), deed("Signed in"), deed("First login"), deed("Call: billing")
    ('place the order', 'sign in', 'log in for the first time', 'call about billing')
    >>> deed("Rechnung gestellt") is None
    True
    """
    name = " ".join(touchpoint.split())
    folded = name.casefold()
    if folded in _ALONE:
        return _ALONE[folded]
    if folded.startswith(_FIRST) and folded.removeprefix(_FIRST) in _ALONE:
        return f"{_ALONE[folded.removeprefix(_FIRST)]} for the first time"
    head, colon, about = name.partition(":")
    if colon and about:
        return _about(head.strip(), about.strip())
    thing, _, done = name.rpartition(" ")
    verb = _DEEDS.get(done.casefold())
    return f"{verb} the {_within(thing)}" if thing and verb else None


def as_title(touchpoint: str) -> str:
    """A map's title from where its journeys lead: in the customer's words where the name gives them.

    >>> as_title("Order placed"), as_title("Zählerstand"), as_title("I move in")
    ('I place the order', 'I come to “Zählerstand”', 'I move in')
    """
    if _ALREADY.match(touchpoint):
        return touchpoint
    said = deed(touchpoint) if reading_language() == "en" else None
    return tell(phrase("I come to “{touchpoint}”", touchpoint=touchpoint)) if said is None else f"I {said}"


def as_phase(first: str, last: str) -> str:
    """The name of a phase from its first and its last touchpoint: what it leads to; where that cannot be said, both.

    >>> as_phase("Plans compared", "Checkout completed"), as_phase("Suche", "Kauf"), as_phase("Kauf", "Kauf")
    ('Complete the checkout', 'Suche – Kauf', 'Kauf')
    """
    said = deed(last) if reading_language() == "en" else None
    if said is not None:
        return said[0].upper() + said[1:]
    return first if first == last else f"{first} – {last}"


def _about(head: str, about: str) -> str | None:
    contact = _OF_CONTACTS.get(head.casefold())
    if contact is not None:
        return f"{contact} {_within(about)}"
    said = deed(head)
    return None if said is None else f"{said} ({about})"


def _within(name: str) -> str:
    """A name within a sentence: its first letter small, but for abbreviations and names with further capitals."""
    first = name.split(" ", 1)[0]
    return name if any(letter.isupper() for letter in first[1:]) else name[:1].lower() + name[1:]
