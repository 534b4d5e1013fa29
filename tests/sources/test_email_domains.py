from __future__ import annotations

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.sources.email_domains import INTERNATIONAL, WELL_KNOWN, hints_for, is_one_slip


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.cm", "gmail.com"),
        ("gmai.lcom", "gmail.com"),
        ("gmailcom", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmai.fr", "hotmail.fr"),
        ("yahooo.com", "yahoo.com"),
        ("yaho.co.uk", "yahoo.co.uk"),
        ("yahoo.con", "yahoo.com"),
        ("outlok.de", "outlook.de"),
        ("googlmail.com", "googlemail.com"),
        ("t-onlin.de", "t-online.de"),
        ("gmx.con", "gmx.com"),
        ("icloud.co", "icloud.com"),
        ("btinternet.cmo", "btinternet.com"),
    ],
)
def test_a_slip_in_a_well_known_domain_is_hinted_at(domain: str, meant: str) -> None:
    assert [(hint.domain, hint.like, hint.why) for hint in hints_for({domain: 3})] == [(domain, meant, "well_known")]


@pytest.mark.parametrize(
    "domain",
    [
        "ymail.com",
        "mail.com",
        "email.com",
        "hey.com",
        "gmx.net",
        "gmx.de",
        "gmx.at",
        "gmx.ch",
        "live.nl",
        "live.dk",
        "live.co.uk",
        "hotmail.it",
        "hotmail.es",
        "yahoo.co.in",
        "yahoo.com.br",
        "yahoo.ca",
        "outlook.ie",
        "aol.de",
        "me.com",
        "mac.com",
        "web.de",
        "wab.de",
        "o2.pl",
        "o3.pl",
        "proton.me",
        "protonmail.com",
        "example.org",
        "gmail.company.example",
        "orange.com",
    ],
)
def test_a_domain_that_may_be_real_is_not(domain: str) -> None:
    assert hints_for({domain: 3, "gmail.com": 5_000, "gmx.com": 900}) == ()


@pytest.mark.parametrize(
    ("domains", "hinted"),
    [
        pytest.param(
            {"brightline.example": 100, "brigthline.example": 2}, ["brigthline.example"], id="50 times as frequent"
        ),
        pytest.param({"brightline.example": 99, "brigthline.example": 2}, [], id="not quite"),
        pytest.param({"acme.com": 500, "acne.com": 1}, [], id="a short name"),
        pytest.param({"acme.com": 500, "acme.co": 1}, ["acme.co"], id="a lost letter of com"),
        pytest.param({"brightline.de": 500, "brightline.dk": 1}, [], id="another country"),
        pytest.param({"gmaill.com": 800, "gmail.com": 5}, [], id="more frequent here than the well-known one"),
        pytest.param({"gmial.com": 800, "gmail.com": 900}, ["gmial.com"], id="frequent, but less so"),
    ],
)
def test_own_domains_are_compared_by_frequency(domains: dict[str, int], hinted: list[str]) -> None:
    assert [hint.domain for hint in hints_for(domains)] == hinted


def test_no_provider_is_taken_for_another() -> None:
    everything = {*WELL_KNOWN, *(f"{name}.{land}" for name in INTERNATIONAL for land in ("com", "de", "fr", "co.uk"))}
    assert hints_for(dict.fromkeys(everything, 1)) == ()


def slips(word: str) -> set[str]:
    """Every text that differs by one slip, one after the other."""
    letters = string.ascii_lowercase[:4]
    shorter = {word[:place] + word[place + 1 :] for place in range(len(word))}
    longer = {word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in letters}
    wrong = {word[:place] + letter + word[place + 1 :] for place in range(len(word)) for letter in letters}
    swapped = {word[:place] + word[place : place + 2][::-1] + word[place + 2 :] for place in range(len(word) - 1)}
    return (shorter | longer | wrong | swapped) - {word}


@given(st.text("abcd", max_size=5))
def test_one_slip_is_what_the_reference_lists(word: str) -> None:
    close = slips(word)
    texts = {
        "".join(each)
        for size in range(max(0, len(word) - 1), len(word) + 2)
        for each in itertools.product("abcd", repeat=size)
    }
    assert {text for text in texts if is_one_slip(text, word)} == close
