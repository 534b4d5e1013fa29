from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import desireline
from desireline.app.commands import app
from desireline.base import InputError
from desireline.journeys.analyses import GapsAnalysis
from desireline.journeys.estimates import compare
from desireline.journeys.model import Gaps, Names, Whose
from desireline.kernels.proportions import wilson_intervals
from desireline.sources import import_files
from desireline.store import Workspace

from .rows import NAMES, SECOND, Row, answer, done_by_customers, some_rows, spans_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND_LONG = timedelta(seconds=1)
Span = list[Row]


def stage(row: Row) -> int:
    return NAMES.stage_of[row.touchpoint]


def first_of(span: Span, wanted: int) -> Row | None:
    return next((row for row in span if stage(row) == wanted), None)


def skips(span: Span, missing: int, reached: int) -> bool:
    later = first_of(span, reached)
    return later is not None and not any(stage(row) == missing and row.time <= later.time for row in span)


def expected_skips(spans: list[tuple[int, Span]], settle: int) -> list[dict[str, Any]]:
    """The rows of the list, without examples, by going through every span for every pair of stages."""
    if not spans:
        return []
    settled_from = min(row.time for _, span in spans for row in span) + settle
    found = []
    for missing, reached in [(0, 1), (0, 2), (1, 2)]:
        reaching = [(customer, span) for customer, span in spans if first_of(span, reached)]
        early = [span for _, span in reaching if span[0].time < settled_from]
        settled = [(customer, span) for customer, span in reaching if span[0].time >= settled_from]
        without = [(customer, span) for customer, span in settled if skips(span, missing, reached)]
        early_without = sum(skips(span, missing, reached) for span in early)
        since = [row.time for _, span in spans for row in span if stage(row) == missing]
        if not since or (not without and not early_without):
            continue
        low, high = (float(end[0]) for end in wilson_intervals(np.array([len(without)]), np.array([len(settled)])))
        begin = Counter(NAMES.touchpoints[span[0].touchpoint] for _, span in without)
        found.append(
            {
                "missing": NAMES.stages[missing],
                "reached": NAMES.stages[reached],
                "spans": len(settled),
                "without": len(without),
                "customers": len({customer for customer, _ in without}),
                "share": len(without) / len(settled) if settled else None,
                "share_low": low if settled else None,
                "share_high": high if settled else None,
                "settling": len(early),
                "settling_without": early_without,
                "missing_since": (EPOCH + timedelta(microseconds=min(since))).isoformat(),
                "begin_without_stage": sum(stage(span[0]) < 0 for _, span in without),
                "first_seen": [
                    {"touchpoint": name, "spans": count}
                    for name, count in sorted(begin.items(), key=lambda item: (-item[1], item[0]))[:3]
                ],
            }
        )
    return sorted(found, key=lambda each: -each["without"])


def without_examples(result: Gaps) -> list[dict[str, Any]]:
    rows = [each.to_dict() for each in result.skipped]
    for row in rows:
        del row["examples"]
        for name in ("share", "share_low", "share_high"):
            row[name] = None if row[name] != row[name] else row[name]
    return rows


@given(some_rows(most=24), st.integers(1, 3), st.sampled_from([None, 0, SECOND]), st.integers(0, 5))
def test_skipped_stages_are_those_of_the_spans(rows: list[Row], parts: int, gap: int | None, settle: int) -> None:
    analysis = GapsAnalysis(settle=timedelta(seconds=settle))
    result = answer(analysis, rows, parts=parts, gap=gap)
    assert without_examples(result) == expected_skips(spans_of(rows, gap), settle * SECOND)
    recorded = {stage(row) for row in rows}
    assert list(result.unrecorded) == [name for place, name in enumerate(NAMES.stages) if place not in recorded]


Contact = tuple[str, str]


def contact(row: Row) -> Contact:
    return NAMES.touchpoints[row.touchpoint], NAMES.channels[row.channel]


def counted_spans(rows: list[Row], gap: int | None, whose: Whose) -> list[tuple[int, Span]]:
    """Spans, without what the company did where only customers count."""
    done = {customer: iter(own) for customer, own in done_by_customers(rows).items()}
    return [
        (customer, [row for row in span if next(done[customer]) or whose == "anybody"])
        for customer, span in spans_of(rows, gap)
    ]


@pytest.mark.usefixtures("way_to_medians")
@given(
    some_rows(),
    st.sampled_from(get_args(Whose)),
    st.integers(1, 3),
    st.sampled_from([None, 3 * SECOND]),
    st.integers(0, 3),
    st.one_of(st.none(), st.integers(1, 4)),
)
def test_silent_switches_are_those_of_the_spans(
    rows: list[Row], whose: Whose, parts: int, gap: int | None, quiet: int, top: int | None
) -> None:
    analysis = GapsAnalysis(quiet=timedelta(seconds=quiet), within=timedelta(seconds=5), top=top, whose=whose)
    result = answer(analysis, rows, parts=parts, gap=gap)
    counted = counted_spans(rows, gap, whose)
    assert result.left_out == len(rows) - sum(len(span) for _, span in counted)
    moves = [
        (customer, first, second)
        for customer, span in counted
        for first, second in pairwise(span)
        if first.channel != second.channel
    ]
    silent = [move for move in moves if quiet * SECOND < move[2].time - move[1].time <= 5 * SECOND]
    assert (result.moves, result.silent_moves) == (len(moves), len(silent))
    grouped = defaultdict(list)
    for customer, first, second in silent:
        grouped[contact(first), contact(second)].append((customer, (second.time - first.time) / SECOND))
    leaving = Counter(contact(first) for _, first, _ in silent)
    arriving = Counter(contact(second) for _, _, second in silent)
    all_leaving = Counter(contact(first) for _, first, _ in moves)
    expected = []
    for (source, target), those in grouped.items():
        elsewhere = sum(count for (_, channel), count in arriving.items() if channel != source[1])
        chance = leaving[source] * arriving[target] / elsewhere
        pauses = [pause for _, pause in those]
        figures = (len(those), len({customer for customer, _ in those}), chance, len(those) / all_leaving[source])
        expected.append((source, target, *figures, median(pauses)))
    expected.sort(key=lambda row: (-round(row[2] * log(row[2] / row[4]), 6), row[0], row[1]))
    assert [
        (
            (each.source, each.source_channel),
            (each.target, each.target_channel),
            each.count,
            each.customers,
            pytest.approx(each.expected),
            each.share,
            each.median_seconds,
        )
        for each in result.switches
    ] == expected[:top]
    assert result.total_switches == len(expected)


def expected_shares(rows: list[Row], whose: Whose, quiet: int, within: int) -> dict[str, tuple[int, int]]:
    """How many of how many, by name: of moves after a silence, of switches, of spans without a stage."""
    moves = [
        (contact(first), contact(second), quiet * SECOND < second.time - first.time <= within * SECOND)
        for _, span in counted_spans(rows, None, whose)
        for first, second in pairwise(span)
        if first.channel != second.channel
    ]
    found = {"moves between channels after a silence": (sum(silent for *_, silent in moves), len(moves))}
    for source in {source for source, _, _ in moves}:
        own = [(target, silent) for start, target, silent in moves if start == source]
        told = "{} ({})".format(*source)
        found[f"from {told} after a silence"] = (sum(silent for _, silent in own), len(own))
        for target, count in Counter(target for target, silent in own if silent).items():
            found["{} → {} ({}) after a silence".format(told, *target)] = (count, len(own))
    spans, recorded = spans_of(rows, None), {stage(row) for row in rows}
    for missing, reached in [(0, 1), (0, 2), (1, 2)]:
        reaching = [span for _, span in spans if first_of(span, reached)]
        if reaching and missing in recorded:
            name = f"{NAMES.stages[reached]} without {NAMES.stages[missing]}"
            found[name] = (sum(skips(span, missing, reached) for span in reaching), len(reaching))
    return found


@given(some_rows(), st.sampled_from(get_args(Whose)), st.integers(1, 3))
def test_shares_that_are_compared_are_those_of_moves_and_spans(rows: list[Row], whose: Whose, parts: int) -> None:
    analysis = GapsAnalysis(quiet=SECOND_LONG, within=5 * SECOND_LONG, settle=timedelta(), whose=whose)
    found = {each.name: each for each in answer(analysis, rows, parts=parts).estimates()}
    expected = expected_shares(rows, whose, 1, 5)
    assert {name: each.n for name, each in found.items()} == {name: n for name, (_, n) in expected.items()}
    assert all(each.value == expected[name][0] / each.n for name, each in found.items() if each.n)


def test_a_switch_that_one_group_never_makes_is_compared_as_none_of_its_moves() -> None:
    silent = [Row(1, 0, 0, 0), Row(1, 3 * SECOND, 1, 1)]
    quick = [Row(1, 0, 0, 0), Row(1, SECOND, 1, 1)]
    analysis = GapsAnalysis(quiet=SECOND_LONG, within=5 * SECOND_LONG)
    groups = [answer(analysis, rows) for rows in (silent, quick)]
    told = {each.before.name: each for each in compare(*(each.estimates() for each in groups)).differences}
    switch = next(each for name, each in told.items() if "→" in name)
    assert (switch.before.value, switch.after.value, switch.after.n) == (1.0, 0.0, 1)


@given(some_rows(most=24, customers=6, times=20), st.integers(1, 3))
def test_examples_are_the_latest_of_distinct_customers(rows: list[Row], parts: int) -> None:
    result = answer(GapsAnalysis(quiet=timedelta(), settle=timedelta()), rows, parts=parts)
    spans = spans_of(rows, None)
    for skipped in result.skipped:
        missing, reached = NAMES.stages.index(skipped.missing), NAMES.stages.index(skipped.reached)
        moments = sorted(
            ((first_of(span, reached), customer) for customer, span in spans if skips(span, missing, reached)),
            key=lambda each: (-each[0].time, rows.index(each[0])),  # type: ignore[union-attr, arg-type]
        )
        times = [(customer, EPOCH + timedelta(microseconds=row.time)) for row, customer in moments]  # type: ignore[union-attr]
        assert sorted(each.at for each in skipped.examples) == sorted(at for _, at in times[:3])
        assert {(each.customer, each.at) for each in skipped.examples} <= set(times)
        assert all(rows[each.arrival].customer == each.customer for each in skipped.examples)
    for switch in result.switches:
        assert len({each.customer for each in switch.examples}) == len(switch.examples) == min(switch.customers, 3)
        assert [each.at for each in switch.examples] == sorted((each.at for each in switch.examples), reverse=True)
        for each in switch.examples:
            row = rows[each.arrival]
            assert (row.customer, *contact(row)) == (each.customer, switch.target, switch.target_channel)
            assert each.since is not None and each.since < each.at


def test_a_stage_at_the_same_time_counts_as_passed() -> None:
    """Dates without a time are all midnight: their order says nothing."""
    rows = [Row(1, 0, 2, 0), Row(1, 0, 0, 0), Row(2, 0, 2, 0), Row(2, SECOND, 0, 0)]
    result = answer(GapsAnalysis(settle=timedelta()), rows)
    assert [(each.missing, each.customers) for each in result.skipped] == [("Look", 1)]


def test_a_stage_of_which_nothing_is_recorded_is_said_once() -> None:
    result = answer(GapsAnalysis(settle=timedelta()), [Row(1, 0, 0, 0), Row(1, SECOND, 2, 0)])
    assert (result.unrecorded, result.skipped) == (("Compare",), ())


def test_without_stages_only_switches_are_found() -> None:
    rows = [Row(1, 0, 0, 0), Row(1, 2 * SECOND, 2, 2)]
    result = answer(GapsAnalysis(quiet=timedelta(seconds=1)), rows, names=Names(NAMES.touchpoints, NAMES.channels))
    assert (result.stages, result.unrecorded, result.skipped) == ((), (), ())
    assert [(each.source, each.target, each.count) for each in result.switches] == [("Visit", "Order", 1)]


def test_a_silence_must_be_possible() -> None:
    with pytest.raises(InputError, match="expected within to be longer than quiet"):
        answer(GapsAnalysis(quiet=timedelta(days=2), within=timedelta(days=2)), [])


TAXONOMY = """
stages: [Look, Buy, Leave]
touchpoints:
  Visit: {stage: Look}
  Order: {stage: Buy}
"""
ROWS = """\
user_id,time,event,channel
a,2026-01-01T10:00:00Z,Visit,web
a,2026-01-01T13:00:00Z,Order,store
b,2026-01-02T10:00:00Z,Order,store
c,2026-03-01T10:00:00Z,Order,store
c,2026-03-01T12:00:00Z,Call,phone
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("gaps")
    made = desireline.create(folder / "workspace")
    (folder / "rows.csv").write_text(ROWS)
    import_files(made, [folder / "rows.csv"])
    (made.folder / "taxonomy.yaml").write_text(TAXONOMY)
    return made


def test_stages_come_from_the_taxonomy_and_examples_say_who(workspace: Workspace) -> None:
    result = desireline.journeys.gaps(workspace, settle="7d")
    (skipped,) = result.skipped
    assert (skipped.missing, skipped.reached, skipped.spans, skipped.without) == ("Look", "Buy", 1, 1)
    assert (skipped.settling, skipped.settling_without) == (2, 1)
    assert [each.identifier for each in skipped.examples] == ["user:c"]
    assert result.unrecorded == ("Leave",)
    assert [(each.source, each.target, each.examples[0].identifier) for each in result.switches] == [
        ("Visit", "Order", "user:a"),
        ("Order", "Call", "user:c"),
    ]


def test_a_selection_and_settings_reach_the_answer(workspace: Workspace) -> None:
    everybody = desireline.journeys.gaps(workspace, settle="0", quiet="2h30m", where="channel != phone")
    assert [(each.spans, each.without) for each in everybody.skipped] == [(3, 2)]
    assert [(each.target, each.median_seconds) for each in everybody.switches] == [("Order", 3 * 3_600.0)]


def test_who_begins_with_a_touchpoint_without_a_stage_is_counted(workspace: Workspace) -> None:
    everybody = desireline.journeys.gaps(workspace, settle="0", where="occurred_at >= 2026-01-01")
    assert [(each.without, each.begin_without_stage) for each in everybody.skipped] == [(2, 0)]
    (workspace.folder / "taxonomy.yaml").write_text(TAXONOMY.replace("Order: {stage: Buy}", "Call: {stage: Buy}"))
    try:
        (skipped,) = desireline.journeys.gaps(workspace, settle="0").skipped
    finally:
        (workspace.folder / "taxonomy.yaml").write_text(TAXONOMY)
    assert (skipped.without, skipped.begin_without_stage) == (1, 1)
    assert [each.touchpoint for each in skipped.first_seen] == ["Order"]


def test_customers_are_not_named_where_nobody_wants_it(workspace: Workspace) -> None:
    named = desireline.journeys.gaps(workspace, settle="7d")
    silent = desireline.journeys.gaps(workspace, settle="7d", examples=False)
    assert "user:" not in silent.to_json()
    assert "user:" in named.to_json()
    assert (silent.rows(), silent.skipped_rows()) == (named.rows(), named.skipped_rows())


@pytest.mark.parametrize(("option", "told"), [([], True), (["--no-examples"], False)])
def test_the_command_names_customers_unless_told_not_to(workspace: Workspace, option: list[str], told: bool) -> None:
    command = ["journeys", "gaps", "-w", str(workspace.folder), *option]
    for arguments in (command, [*command, "--json"]):
        said = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert said.exit_code == 0
        assert ("user:" in said.output) == told


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"quiet": "0"}, "duration", id="no silence"),
        pytest.param({"within": "1h"}, "longer than quiet, got 1 h and 1 h", id="nothing in between"),
        pytest.param({"settle": "soon"}, "duration", id="settle"),
        pytest.param({"top": 0}, "top", id="top"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(workspace: Workspace, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        desireline.journeys.gaps(workspace, **options)


def test_the_table_of_gaps_can_be_taken_further(workspace: Workspace) -> None:
    result = desireline.journeys.gaps(workspace, top=1)
    document = json.loads(result.to_json())
    assert [row["share"] for row in document["skipped"]] == [1.0]
    assert document["switches"][0]["examples"][0]["since"] == "2026-01-01T10:00:00+00:00"
    assert result.to_arrow().column_names == [
        "from",
        "from_channel",
        "to",
        "to_channel",
        "count",
        "customers",
        "expected",
        "share",
        "median_seconds",
    ]
