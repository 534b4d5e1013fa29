from __future__ import annotations

import math
import pickle
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.base import InputError, UnknownNameError
from desireline.journeys.analyses import ClustersAnalysis, cluster_sample
from desireline.journeys.analyses.cluster_fit import best_number
from desireline.journeys.analyses.cluster_names import marks_of, name_clusters
from desireline.journeys.analyses.clusters import AssignPass, SamplePass
from desireline.journeys.engine import Answer
from desireline.journeys.engines.local import LocalEngine
from desireline.journeys.estimates import compare, share
from desireline.journeys.model import Names
from desireline.journeys.pictures.charts import save_picture
from desireline.journeys.results.clusters import ClusterMark, ClusterModel, Clusters, ClusterShape, JudgedNumber

from .rows import NAMES, SECOND, Row, answer, some_rows, sources, spans_of

TWENTY = Names(tuple(f"Touchpoint {number:02}" for number in range(20)), ("web", "phone"))


def walked(
    kinds: Sequence[Sequence[float]], *, spans: int, seed: int, length: float = 5.0
) -> tuple[list[Row], list[int]]:
    """Customers of several kinds, each with probabilities of the touchpoints; and the kind of each customer."""
    random = np.random.default_rng(seed)
    own = random.integers(len(kinds), size=spans)
    rows = [
        Row(customer, place * SECOND, int(code), int(code) % 2)
        for customer, kind in enumerate(own.tolist())
        for place, code in enumerate(random.choice(20, size=2 + random.poisson(length), p=kinds[kind]))
    ]
    return rows, own.tolist()


def mostly(*touchpoints: int, among: int = 20, others: float = 0.1) -> list[float]:
    """Probabilities: a few touchpoints often, all others seldom."""
    return [others / among + (1 - others) / len(touchpoints) * (code in touchpoints) for code in range(among)]


def grouped(analysis: ClustersAnalysis, rows: list[Row], names: Names) -> tuple[ClusterModel, NDArray[np.int32]]:
    """What was found, and the group of each customer, in their order."""
    (source,) = sources(rows, parts=1, gap=None)
    first = analysis.begin(names)
    assert isinstance(first, SamplePass)
    second = first.conclude(first.partial(source()))
    assert isinstance(second, AssignPass)
    return second.model, second.groups_of(source())[0]


def agreement(first: Sequence[int], second: Sequence[int]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985)."""

    def pairs(counts: Counter[object]) -> float:
        return sum(math.comb(count, 2) for count in counts.values())

    both = pairs(Counter(zip(first, second, strict=True)))
    one, other = pairs(Counter(first)), pairs(Counter(second))
    expected = one * other / math.comb(len(first), 2)
    return (both - expected) / ((one + other) / 2 - expected)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param([mostly(0, 1, 2), mostly(10, 11, 12)], id="two"),
        pytest.param([mostly(0, 1, 2), mostly(5, 6, 7), mostly(2, 10, 11)], id="three, two share a touchpoint"),
        pytest.param([mostly(*range(start, start + 3)) for start in range(0, 18, 3)], id="six"),
    ],
)
def test_planted_clusters_are_found_again(kinds: list[list[float]], seed: int) -> None:
    rows, planted = walked(kinds, spans=1_000, seed=seed, length=7)
    model, groups = grouped(ClustersAnalysis(), rows, TWENTY)
    assert len([shape for shape in model.shapes if not shape.is_rest]) == len(kinds)
    assert agreement(planted, groups.tolist()) > 0.9


class Impatient:
    """Does not want the answer any more once it is compared with chance for the third time."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int | None, int | None]] = []

    def step(self, what: str, *, done: int | None = None, total: int | None = None) -> None:
        self.heard.append((what, done, total))
        if (what, done) == ("comparing clusters with chance", 2):
            raise InterruptedError

    def note(self, what: str) -> None:
        raise AssertionError(what)


def test_how_far_it_is_with_comparing_is_told_and_it_can_be_ended_there() -> None:
    rows, _ = walked([mostly(0, 1, 2), mostly(10, 11, 12)], spans=100, seed=1)
    listener = Impatient()
    with pytest.raises(InterruptedError):
        LocalEngine().run(ClustersAnalysis(), sources(rows, parts=1, gap=None), names=TWENTY, progress=listener)
    assert listener.heard[1:] == [("comparing clusters with chance", done, 19) for done in range(3)]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("spans", [30, 120, 1_200])
@pytest.mark.parametrize("length", [0.5, 5.0], ids=["short", "long"])
def test_what_chance_alone_makes_is_one_cluster(spans: int, length: float, seed: int) -> None:
    rows, _ = walked([mostly(0, 1, 2, 3, others=0.5)], spans=spans, seed=seed, length=length)
    result = answer(ClustersAnalysis(), rows, names=TWENTY)
    assert [cluster.name for cluster in result.clusters if not cluster.is_rest] == ["All journeys"]


def nearest_by_hand(span: list[Row], model: ClusterModel, names: Names) -> int:
    """The group of a span: every centre tried, one feature after the other."""
    known = {name: place for place, name in enumerate(model.touchpoints)}
    own = [row for row in span if names.touchpoints[row.touchpoint] in known]
    if not own:
        return int(model.group_of[-1])
    steps = [known[names.touchpoints[row.touchpoint]] for row in own]
    moves = {(int(source), int(target)): len(known) + place for place, (source, target) in enumerate(model.moves)}
    counts: Counter[int] = Counter()
    for place, step in enumerate(steps):
        counts[step] += 1
        move = tuple(steps[place - 1 : place + 1])
        if place and move in moves:
            counts[moves[move]] += 1
    values = {feature: np.log2(1 + count) * model.weights[feature] for feature, count in counts.items()}
    norm = np.sqrt(sum(value * value for value in values.values()))
    length, channels = np.log2(len(own)), len({row.channel for row in own})
    scores = []
    for centre, offset in enumerate(model.offsets):
        score = sum(value * model.loads[feature, centre] for feature, value in values.items()) / norm + offset
        scores.append(score + (length * model.loads[-2, centre] + channels * model.loads[-1, centre]))
    best = max(range(len(scores)), key=scores.__getitem__)
    return int(model.group_of[best])


@settings(max_examples=25)
@given(
    some_rows(most=60, customers=12),
    st.sampled_from([None, 0, SECOND]),
    st.integers(1, 4),
    st.sampled_from([(), ("Order",), ("Order", "Call")]),
    st.integers(1, 3),
)
def test_clusters_hold_the_spans_whose_centre_is_nearest(
    rows: list[Row], gap: int | None, count: int, outcome: tuple[str, ...], parts: int
) -> None:
    result = answer(ClustersAnalysis(outcome=outcome, clusters=count), rows, parts=parts, gap=gap)
    spans = spans_of(rows, gap)
    groups = [nearest_by_hand(span, result.model, NAMES) for _, span in spans]
    assert sum(cluster.spans for cluster in result.clusters) == result.total_spans == len(spans)
    assert result.total_customers == len({customer for customer, _ in spans})
    assert len(result.clusters) == len(set(groups))
    for group in set(groups):
        shape = result.model.shapes[group]
        (cluster,) = (each for each in result.clusters if each.name == shape.name)
        own = [span for span, found in zip(spans, groups, strict=True) if found == group]
        assert cluster.spans == len(own)
        assert cluster.customers == len({customer for customer, _ in own})
        assert cluster.median_interactions == median(len(span) for _, span in own)
        assert cluster.median_seconds == median((span[-1].time - span[0].time) / SECOND for _, span in own)
        reached = [any(NAMES.touchpoints[row.touchpoint] in outcome for row in span) for _, span in own]
        wanted = share(f"{' or '.join(outcome)} in {shape.name}", sum(reached), len(own)) if outcome else None
        assert cluster.outcome == wanted
        assert cluster.path == () or cluster.path in folded_paths(own)


def folded_paths(spans: list[tuple[int, list[Row]]]) -> set[tuple[str, ...]]:
    found = set()
    for _, span in spans:
        path: list[str] = []
        for row in span:
            if path[-1:] != [NAMES.touchpoints[row.touchpoint]]:
                path.append(NAMES.touchpoints[row.touchpoint])
        found.add(tuple(path))
    return found


def test_parts_may_be_combined_in_any_order_to_the_last_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_sample, "MOST_SPANS", 150)
    rows, _ = walked([mostly(0, 1, 2), mostly(10, 11, 12)], spans=400, seed=1)
    results = []
    for parts in (1, 3):
        spans = [source() for source in sources(rows, parts=parts, gap=None)]
        for order in [(0, 1, 2), (2, 0, 1), (1, 2, 0)] if parts == 3 else [(0,)]:
            outcome: object = ClustersAnalysis(outcome=("Touchpoint 05",)).begin(TWENTY)
            while not isinstance(outcome, Answer):
                assert hasattr(outcome, "partial")
                states = [pickle.loads(pickle.dumps(outcome.partial(spans[part]))) for part in order]
                state = states[0]
                for each in states[1:]:
                    state = outcome.combine(state, each)
                outcome = pickle.loads(pickle.dumps(outcome)).conclude(state)
            results.append(repr(outcome.result))
    assert len(set(results)) == 1
    assert "sampled=150" in results[0]


def test_other_keys_of_the_same_customers_change_nothing() -> None:
    rows, _ = walked([mostly(0, 1, 2), mostly(10, 11, 12)], spans=200, seed=1)
    others = [row._replace(customer=(row.customer * 7919 + 13) % 100_003) for row in rows]
    assert repr(answer(ClustersAnalysis(), rows, names=TWENTY)) == repr(
        answer(ClustersAnalysis(), others, names=TWENTY)
    )


def test_the_same_clusters_in_another_segment() -> None:
    kinds = [mostly(0, 1, 2), mostly(10, 11, 12)]
    rows, planted = walked(kinds, spans=600, seed=2)
    everybody = answer(ClustersAnalysis(), rows, names=TWENTY)
    some = [row for row in rows if planted[row.customer] == 0 or row.customer % 4 == 0]
    again = answer(ClustersAnalysis(like=everybody.model), some, names=TWENTY)
    assert {cluster.name for cluster in again.clusters} == {cluster.name for cluster in everybody.clusters}
    compared = compare(everybody.estimates(), again.estimates())
    shares = [each for each in compared.differences if each.before.name != "share of Others"]
    assert len(shares) == 2
    assert all(each.is_sure for each in shares)


def test_a_cluster_that_is_empty_elsewhere_has_a_share_and_no_outcome() -> None:
    rows, planted = walked([mostly(0, 1, 2, 5, others=0.0), mostly(10, 11, 12, others=0.0)], spans=200, seed=2)
    everybody = answer(ClustersAnalysis(outcome=("Touchpoint 05",)), rows, names=TWENTY)
    some = [row for row in rows if planted[row.customer] == 0]
    again = answer(ClustersAnalysis(like=everybody.model), some, names=TWENTY)
    assert [cluster.share.value for cluster in again.clusters] == [1.0]
    empty = [each for each in again.estimates() if not each.value > 0]
    assert [(each.kind, each.n) for each in empty if each.name.startswith("share")] == [
        ("share", again.total_spans)
    ] * 2
    assert all(math.isnan(each.value) and each.n == 0 for each in empty if not each.name.startswith("share"))


def test_known_clusters_serve_an_index_with_other_touchpoints() -> None:
    rows, _ = walked([mostly(0, 1, 2), mostly(10, 11, 12)], spans=300, seed=3)
    model = answer(ClustersAnalysis(), rows, names=TWENTY).model
    turned = Names(("Unheard of", *reversed(TWENTY.touchpoints)), TWENTY.channels)
    same = [row._replace(touchpoint=20 - row.touchpoint) for row in rows]
    first, second = (
        answer(ClustersAnalysis(like=model), each, names=names) for each, names in ((rows, TWENTY), (same, turned))
    )
    assert first == second
    unheard = answer(ClustersAnalysis(like=model), [Row(1, 0, 0, 0)], names=turned)
    assert [cluster.is_rest for cluster in unheard.clusters] == [True]


def test_an_outcome_that_differs_is_told_from_chance() -> None:
    kinds = [mostly(0, 1, 2, 5, others=0.0), mostly(10, 11, 12, others=0.0)]
    rows, _ = walked(kinds, spans=400, seed=4)
    result = answer(ClustersAnalysis(outcome=("Touchpoint 05",)), rows, names=TWENTY)
    assert "Touchpoint 05" not in result.model.touchpoints
    found = {cluster.name.split()[1]: cluster for cluster in result.clusters if not cluster.is_rest}
    with_it = next(cluster for name, cluster in found.items() if int(name) < 10)
    without = next(cluster for name, cluster in found.items() if int(name) >= 10)
    assert with_it.difference is not None and without.difference is not None
    assert with_it.difference.is_sure and with_it.difference.difference > 0.5
    assert without.outcome == share(without.outcome.name, 0, without.spans) if without.outcome else False


def test_an_outcome_that_nobody_reached() -> None:
    rows, _ = walked([mostly(0, 1, 2, others=0.0), mostly(10, 11, 12, others=0.0)], spans=200, seed=5)
    result = answer(ClustersAnalysis(outcome=("Touchpoint 19",)), rows, names=TWENTY)
    assert len(result.clusters) == 2
    assert all(cluster.outcome is not None and cluster.outcome.value == 0 for cluster in result.clusters)
    assert not any(cluster.difference and cluster.difference.is_sure for cluster in result.clusters)


def test_nothing_is_no_error(tmp_path: Path) -> None:
    result = answer(ClustersAnalysis(outcome=("Order",)), [])
    assert (result.total_spans, result.clusters) == (0, ())
    assert result.rows() == []
    save_picture(result, tmp_path / "nothing.svg")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([Row(1, 0, 0, 0)], id="one interaction"),
        pytest.param([Row(1, place, place % 4, 0) for place in range(50)], id="one customer"),
        pytest.param([Row(number, 0, number % 2, 0) for number in range(10)], id="all at the same time"),
        pytest.param([Row(number, 0, 2, 0) for number in range(60)], id="all the same"),
        pytest.param([Row(number, 0, number % 2, 0) for number in range(60)], id="two kinds"),
    ],
)
@pytest.mark.parametrize("count", [None, 1, 30])
def test_little_data_is_no_error(rows: list[Row], count: int | None) -> None:
    result = answer(ClustersAnalysis(clusters=count), rows)
    assert sum(cluster.spans for cluster in result.clusters) == len({row.customer for row in rows})


def test_spans_with_nothing_but_the_outcome_are_the_rest() -> None:
    rows = [Row(number, 0, 2 * (number % 2), 0) for number in range(60)]
    result = answer(ClustersAnalysis(outcome=("Order",)), rows)
    assert [(cluster.name, cluster.spans) for cluster in result.clusters] == [("All journeys", 30), ("Others", 30)]
    assert [cluster.path for cluster in result.clusters] == [("Visit",), ("Order",)]
    assert [cluster.difference for cluster in result.clusters] == [None, None]
    only = answer(ClustersAnalysis(outcome=("Order",)), [Row(1, 0, 2, 0)])
    assert [(cluster.name, cluster.path) for cluster in only.clusters] == [("All journeys", ("Order",))]


def test_an_unknown_outcome_is_named_with_near_matches() -> None:
    with pytest.raises(UnknownNameError, match="'Ordr'") as raised:
        answer(ClustersAnalysis(outcome=("Ordr",)), [])
    assert raised.value.hint == "did you mean 'Order'?"


@pytest.mark.parametrize("count", [0, 31, -1])
def test_an_impossible_number_of_clusters_is_refused(count: int) -> None:
    with pytest.raises(InputError, match="expected 1 to 30 clusters"):
        answer(ClustersAnalysis(clusters=count), [])


def judged(*advantages: float, deviation: float = 0.005) -> list[JudgedNumber]:
    return [JudgedNumber(place, 0.2 + each, 0.2, deviation) for place, each in enumerate(advantages, start=2)]


@pytest.mark.parametrize(
    ("numbers", "best"),
    [
        pytest.param([], 1, id="nothing judged"),
        pytest.param(judged(0.02, 0.03, 0.02), 1, id="hardly better than chance"),
        pytest.param(judged(0.09, 0.1, deviation=0.03), 1, id="chance varies as much"),
        pytest.param(judged(0.1, 0.2, 0.3, 0.302, 0.3), 4, id="one more brings nothing"),
        pytest.param(judged(0.1, 0.1, 0.3, 0.3), 4, id="a step on the way is passed"),
        pytest.param(judged(0.1, 0.2, 0.3), 4, id="the last one"),
    ],
)
def test_the_number_of_clusters_is_that_after_which_nothing_is_gained(numbers: list[JudgedNumber], best: int) -> None:
    assert best_number(numbers) == best


def test_marks_are_frequent_inside_and_rare_outside() -> None:
    names = ["Everywhere", "Half", "Rare", "Elsewhere"]
    having = np.array([[100, 50, 10, 0], [100, 5, 0, 90]])
    first, second = marks_of(having, np.array([100, 100]), names)
    assert first == (ClusterMark("Half", 0.5, 0.05),)
    assert second == (ClusterMark("Elsewhere", 0.9, 0.0),)


def test_names_follow_the_order_in_which_touchpoints_come() -> None:
    names = ["Call", "Fault"]
    clear = np.array([[1, 0], [2, 0], [1, 0]], np.int32)
    mixed = np.array([[1, 0], [0, 1], [0, 1], [1, 0]], np.int32)
    nothing = np.array([[0, -1], [-1, 0], [-1, -1]], np.int32)
    marks = (ClusterMark("Call", 1.0, 0.1), ClusterMark("Fault", 1.0, 0.1))
    having = np.array([[3, 3], [4, 4], [1, 1], [3, 3]])
    proposed = name_clusters([marks, marks, (), marks], [clear, mixed, nothing, clear], having, names)
    assert proposed == ["Fault → Call", "Call + Fault", "Mixed: Call, Fault", "Fault → Call (2)"]


def test_equal_interactions_at_a_distance_are_one_move_apart() -> None:
    rows = [Row(number, place, code, 0) for number in range(30) for place, code in enumerate((0, 0, 3, 1))]
    (cluster,) = answer(ClustersAnalysis(outcome=("Call",)), rows).clusters
    assert cluster.path == ("Visit", "Call", "Search")
    model = answer(ClustersAnalysis(outcome=("Call",)), rows).model
    assert [(model.touchpoints[source], model.touchpoints[target]) for source, target in model.moves] == [
        ("Visit", "Search")
    ]


@pytest.mark.parametrize("ending", [".svg", ".png", ".html", ".json"])
def test_the_chart_is_saved(ending: str, tmp_path: Path) -> None:
    rows, _ = walked([mostly(0, 1, 2), mostly(10, 11, 12)], spans=200, seed=6)
    result: Clusters = answer(ClustersAnalysis(outcome=("Touchpoint 02",)), rows, names=TWENTY)
    save_picture(result, tmp_path / f"clusters{ending}")
    assert (tmp_path / f"clusters{ending}").stat().st_size > 1_000
    assert result.to_dict()["clusters"][0]["outcome"]["n"] == result.clusters[0].spans


def test_long_names_that_begin_alike_stay_rows_of_their_own() -> None:
    names = Names(
        tuple(f"{'A very long touchpoint that goes on and on and on, ' * 2}{n}" for n in range(20)), ("web", "app")
    )
    rows, _ = walked([mostly(0, 1, 2), mostly(10, 11, 12)], spans=200, seed=6)
    result = answer(ClustersAnalysis(), rows, names=names)
    data = result.chart().to_dict()
    labels = {row["name"] for rows in data["datasets"].values() for row in rows} if "datasets" in data else None
    assert labels is None or len(labels) == len(result.clusters)


def test_shapes_say_which_is_the_rest() -> None:
    rows, _ = walked([mostly(0, 1, 2)], spans=50, seed=7)
    model = answer(ClustersAnalysis(), rows, names=TWENTY).model
    assert model.shapes[-1] == ClusterShape("Others", (), is_rest=True)
