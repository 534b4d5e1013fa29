from __future__ import annotations

from datetime import date

import pytest

from desireline.app.home.findings import ask_of, functions_of
from desireline.app.home.model import Ask
from desireline.journeys.results.insights import Finding, FindingKind

DAY = date(2026, 4, 1)
CHANNELS = {"Call": frozenset({"phone"}), "Page": frozenset({"web"}), "Invoice": frozenset({"post"})}


def finding(kind: FindingKind, subject: str, segment: tuple[str, str] | None = None) -> Finding:
    return Finding(kind, subject, segment, DAY, DAY, False, 0.1, 0.2, 0.05, 0.15, 100, 1.0, "It changed.")


@pytest.mark.parametrize(
    ("kind", "subject", "functions"),
    [
        ("wait", "Call", ("service",)),
        ("transition", "Page → Call", ("service", "product")),
        ("value", "Invoice", ("sales", "finance")),
        ("conversion", "order", ("marketing", "sales", "product", "finance")),
        ("level", "Unheard of", ()),
    ],
)
def test_a_finding_concerns_whom_its_measure_and_its_channels_concern(
    kind: FindingKind, subject: str, functions: tuple[str, ...]
) -> None:
    assert functions_of(finding(kind, subject), CHANNELS) == functions


def test_options_of_several_words_are_named_as_in_addresses() -> None:
    command = ["desireline", "journeys", "contacts", "--by", "touchpoint", "--not-segment", "channel = web"]
    assert ask_of(command) == Ask("contacts", {"by": "touchpoint", "not_segment": "channel = web"})


def test_the_question_of_a_finding_has_the_options_of_its_command() -> None:
    found = ask_of(finding("score", "Call", ("attributes.plan", "Max's")).command())
    assert found == Ask(
        "paths",
        {
            "touchpoint": "Call",
            "span": "session",
            "gap": "1d",
            "period": "2026-04-01..2026-04-01",
            "segment": "attributes.plan = 'Max''s'",
        },
    )
