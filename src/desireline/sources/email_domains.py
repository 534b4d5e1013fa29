"""Domains of e-mail addresses that are spelled almost like a well-known or a much more frequent one.

A hint for people: nothing is ever changed by it, and it names domains only, no addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from desireline.interactions.tables import email_domains
from desireline.store import Workspace

MORE_FREQUENT = 50
"""How many times as frequent a domain must be in the workspace to count as the one that was meant."""
SHORTEST_NAME = 5
"""Letters that a name must have for a slip in it to be hinted at: ``web`` and ``wab`` may be two companies."""
_SLIPS_OF_COM = frozenset({"co", "cm", "om"})
"""Endings that are those of a country and yet most often a ``com`` that lost a letter."""

INTERNATIONAL = frozenset({"aol", "gmx", "hotmail", "live", "msn", "outlook", "yahoo", "yandex"})
"""Providers that have a domain in many countries: ``live.nl``, ``yahoo.co.uk``."""

_PROVIDERS = """
    163.com 126.com abv.bg aim.com alice.it aol.com att.net bellsouth.net bigpond.com bk.ru bluewin.ch bol.com.br
    btinternet.com charter.net comcast.net cox.net daum.net email.com email.it fastmail.com fastmail.fm foxmail.com free.fr
    freenet.de frontier.com gmail.com gmx.com gmx.de gmx.net googlemail.com hanmail.net hey.com hispeed.ch hotmail.com
    hushmail.com icloud.com inbox.com inbox.lv interia.pl kpnmail.nl laposte.net libero.it list.ru live.com mac.com mail.com
    mail.de mail.ru mailbox.org me.com msn.com naver.com neuf.fr ntlworld.com o2.pl onet.pl optonline.net optusnet.com.au
    orange.fr outlook.com planet.nl pm.me posteo.de proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com
    rocketmail.com rogers.com sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com sky.com skynet.be sympatico.ca t-online.de
    talktalk.net telenet.be terra.com.br tin.it tiscali.it tuta.com tuta.io tutamail.com tutanota.com tutanota.de ukr.net
    uol.com.br verizon.net virginmedia.com virgilio.it wanadoo.fr web.de wp.pl xs4all.nl yahoo.com yandex.com yandex.ru
    ymail.com ziggo.nl zoho.com
"""
WELL_KNOWN = frozenset(_PROVIDERS.split())
"""Real domains of mail providers: never hinted at, and what a slip is compared with."""


@dataclass(frozen=True, slots=True)
class EmailHint:
    """A domain that was probably meant to be another one.

    Attributes
    ----------
    domain, addresses
        As it is spelled, and how many addresses of the workspace have it.
    like, addresses_like
        The domain that it is spelled almost like, and how many addresses have that.
    why
        ``well_known`` or ``more_frequent``.
    """

    domain: str
    addresses: int
    like: str
    addresses_like: int
    why: str

    def to_dict(self) -> dict[str, Any]:
        """The entry of ``--json``."""
        return asdict(self)


def email_hints(workspace: Workspace) -> tuple[EmailHint, ...]:
    """Domains of the workspace's e-mail addresses that look like slips of the pen, the most frequent first."""
    with workspace.database.reading() as connection:
        domains = email_domains(connection)
    return hints_for(domains)


def hints_for(domains: Mapping[str, int]) -> tuple[EmailHint, ...]:
    """The hints for domains that have so many addresses each."""
    frequent = {domain for domain, count in domains.items() if count >= MORE_FREQUENT and not is_well_known(domain)}
    known, often = _by_shorter_form(WELL_KNOWN), _by_shorter_form(frequent)
    found = []
    for domain, count in domains.items():
        if is_well_known(domain):
            continue
        meant = _well_known_like(domain, known, domains)
        if meant is not None and domains.get(meant, 0) < count and count >= MORE_FREQUENT:
            meant = None
        why = "well_known"
        if meant is None:
            candidates = [each for each in _almost(domain, often) if domains[each] >= MORE_FREQUENT * count]
            meant, why = max(candidates, key=lambda each: (domains[each], each), default=None), "more_frequent"
        if meant is not None:
            found.append(EmailHint(domain, count, meant, domains.get(meant, 0), why))
    return tuple(sorted(found, key=lambda hint: (-hint.addresses, hint.domain)))


def is_well_known(domain: str) -> bool:
    """Whether a domain is that of a mail provider, in whatever country.

    >>> [is_well_known(each) for each in ("ymail.com", "live.nl", "yahoo.co.uk", "gmial.com", "yahoo.cm")]
    [True, True, True, False, False]
    """
    name, _, ending = domain.partition(".")
    return domain in WELL_KNOWN or (name in INTERNATIONAL and _is_of_a_country(ending))


def is_one_slip(written: str, meant: str) -> bool:
    """Whether one letter too many, too few or wrong, or two neighbours swapped, makes the one of the other.

    >>> [is_one_slip(each, "gmail") for each in ("gmial", "gmal", "gmaill", "gnail", "gmail", "gamli")]
    [True, True, True, True, False, False]
    """
    from rapidfuzz.distance import OSA

    return OSA.distance(written, meant, score_cutoff=1) == 1


def _is_of_a_country(ending: str) -> bool:
    return re.fullmatch(r"((com?|net|org)\.)?[a-z]{2}", ending) is not None and ending not in _SLIPS_OF_COM


def _well_known_like(domain: str, known: Mapping[str, set[str]], domains: Mapping[str, int]) -> str | None:
    """The well-known domain that differs by one slip; an international provider in the same country counts as one.

    Of several the one with the most addresses here.
    """
    close = _almost(domain, known)
    if close:
        return max(close, key=lambda each: (domains.get(each, 0), each))
    name, _, ending = domain.partition(".")
    abroad = [each for each in sorted(INTERNATIONAL) if len(each) >= SHORTEST_NAME and is_one_slip(name, each)]
    return f"{abroad[0]}.{ending}" if abroad and (ending == "com" or _is_of_a_country(ending)) else None


def _almost(domain: str, known: Mapping[str, set[str]]) -> list[str]:
    """The known domains that differ from this one by one slip, in the name or in the ending."""
    close = {each for form in _shorter_forms(domain) for each in known.get(form, ())}
    return sorted(each for each in close if _is_slip_of(domain, each))


def _is_slip_of(domain: str, meant: str) -> bool:
    name, _, ending = domain.partition(".")
    name_meant, _, ending_meant = meant.partition(".")
    if ending == ending_meant:
        return len(name_meant) >= SHORTEST_NAME and is_one_slip(name, name_meant)
    if name == name_meant:
        return not _is_of_a_country(ending) and is_one_slip(ending, ending_meant)
    return len(name_meant) >= SHORTEST_NAME and is_one_slip(domain, meant)


def _by_shorter_form(domains: frozenset[str] | set[str]) -> dict[str, set[str]]:
    """Domains by each form with at most one letter left out: two that differ by one slip have such a form in common."""
    found: dict[str, set[str]] = {}
    for domain in domains:
        for form in _shorter_forms(domain):
            found.setdefault(form, set()).add(domain)
    return found


def _shorter_forms(domain: str) -> Iterator[str]:
    yield domain
    for place in range(len(domain)):
        yield domain[:place] + domain[place + 1 :]
