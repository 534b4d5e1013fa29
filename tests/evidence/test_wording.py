"""What customers did, in their own words."""

from __future__ import annotations

import pytest

from desireline.evidence.wording import as_phase, as_title, deed


@pytest.mark.parametrize(
    ("touchpoint", "said"),
    [
        ("Order placed", "place the order"),
        ("Landing page viewed", "look at the landing page"),
        ("E-mail opened", "open the e-mail"),
        ("SIM ordered", "order the SIM"),
        ("Signed in", "sign in"),
        ("search", "search"),
        ("First login", "log in for the first time"),
        ("Call: billing", "call about billing"),
        ("Survey answered: CSAT", "answer the survey (CSAT)"),
        ("Payment failed", None),
        ("Case: cancellation", None),
        ("Viewed", None),
        ("Call:", None),
        ("Rechnung", None),
        ("", None),
    ],
)
def test_what_a_touchpoint_says_in_the_words_of_a_customer(touchpoint: str, said: str | None) -> None:
    assert deed(touchpoint) == said


@pytest.mark.parametrize(
    ("touchpoint", "title"),
    [
        ("Order placed", "I place the order"),
        ("Received", "I come to “Received”"),
        ("My order is in", "My order is in"),
        ("Import finished", "I finish the import"),
    ],
)
def test_a_title_begins_with_the_customer(touchpoint: str, title: str) -> None:
    assert as_title(touchpoint) == title


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Landing page viewed", "Order placed", "Place the order"),
        ("Suche", "Kauf", "Suche – Kauf"),
        ("Kauf", "Kauf", "Kauf"),
    ],
    ids=["what it leads to", "both where that cannot be said", "one step"],
)
def test_a_phase_has_the_name_of_what_it_leads_to(first: str, last: str, name: str) -> None:
    assert as_phase(first, last) == name
