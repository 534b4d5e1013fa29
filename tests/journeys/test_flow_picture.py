import time
from itertools import combinations, pairwise
from random import Random
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desireline.drawing.text import ELLIPSIS, fit_text, fit_texts, text_width
from desireline.journeys.model import Flow, FlowEdge, FlowNode
from desireline.journeys.pictures import (
    FlowGraph,
    FlowLayout,
    Point,
    Rectangle,
    detail_levels,
    flow_graph,
    flow_svg,
    lay_out_flow,
)
from desireline.journeys.pictures.crossings import crossings, ordered_layers
from desireline.journeys.pictures.curves import samples
from desireline.journeys.pictures.placement import spaced


def walked(paths: list[list[str]]) -> Flow:
    """The flow of some paths, each of another customer."""
    nodes: dict[str, list[int]] = {}
    edges: dict[tuple[str, str], list[int]] = {}
    for customer, path in enumerate(paths):
        for step in path:
            nodes.setdefault(step, []).append(customer)
        for pair in pairwise(path):
            edges.setdefault(pair, []).append(customer)
    return Flow(
        tuple(FlowNode(name, len(found), len(set(found))) for name, found in sorted(nodes.items())),
        tuple(
            FlowEdge(source, target, len(found), len(set(found)), 60.0, 90.0)
            for (source, target), found in sorted(edges.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
    )


def random_flow(touchpoints: int, edges: int, *, seed: int = 7) -> Flow:
    random = Random(seed)
    names = [f"Touchpoint {index}" for index in range(touchpoints)]
    pairs = random.sample([(source, target) for source in names for target in names], edges)
    counts = {pair: int(random.paretovariate(0.8) * 10) for pair in pairs}
    total = sum(counts.values())
    return Flow(
        tuple(FlowNode(name, total // touchpoints + index, 10) for index, name in enumerate(names)),
        tuple(FlowEdge(*pair, count, count, 60.0, 60.0) for pair, count in counts.items()),
    )


PATHS = st.lists(st.lists(st.sampled_from("ABCDEFGHIJKLMNOP"), min_size=1, max_size=9), min_size=1, max_size=25)
QUICK = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def ends(graph: FlowGraph) -> set[tuple[str, str]]:
    return {(graph.nodes[edge.source].name, graph.nodes[edge.target].name) for edge in graph.edges}


def on_border(point: Point, area: Rectangle) -> bool:
    inside_x = area.x - 0.01 <= point.x <= area.right + 0.01
    inside_y = area.y - 0.01 <= point.y <= area.bottom + 0.01
    at_side = min(abs(point.x - area.x), abs(point.x - area.right)) < 0.01
    at_top = min(abs(point.y - area.y), abs(point.y - area.bottom)) < 0.01
    return inside_x and inside_y and (at_side or at_top)


def shrunk(area: Rectangle) -> Rectangle:
    return Rectangle(area.x + 1, area.y + 1, area.width - 2, area.height - 2)


def boxes_by_name(layout: FlowLayout) -> dict[tuple[str, str], Rectangle]:
    return {(box.node.kind, box.node.name): box.area for box in layout.boxes}


def test_starts_and_ends_are_counted_from_a_flow() -> None:
    graph = flow_graph(walked([["Visit", "Call"], ["Visit", "Visit"], ["Call"]]))
    counted = {node.name: (node.interactions, node.starts, node.ends) for node in graph.nodes}
    assert counted == {"Start": (3, 3, 0), "Visit": (3, 2, 1), "Call": (2, 1, 2)}


def test_a_touchpoint_named_start_is_not_the_start_marker() -> None:
    graph = flow_graph(walked([["Start", "Call"]]))
    assert [node.kind for node in graph.nodes if node.name == "Start"] == ["start", "touchpoint"]


@QUICK
@given(PATHS)
def test_each_level_of_detail_holds_the_one_below(paths: list[list[str]]) -> None:
    levels = detail_levels(walked(paths))
    assert levels
    for less, more in pairwise(levels):
        assert ends(less) <= ends(more)
        assert len(less.touchpoints) <= len(more.touchpoints)


@QUICK
@given(PATHS)
def test_every_touchpoint_shown_can_be_reached_from_the_start(paths: list[list[str]]) -> None:
    for level in detail_levels(walked(paths)):
        reached, grown = {0}, True
        while grown:
            found = {edge.target for edge in level.edges if edge.source in reached}
            grown = not found <= reached
            reached |= found
        assert reached == set(range(len(level.nodes)))


@QUICK
@given(PATHS)
def test_a_touchpoint_is_shown_with_its_strongest_move_from_what_is_shown(paths: list[list[str]]) -> None:
    flow = walked(paths)
    everything = flow_graph(flow)
    counts = {
        (everything.nodes[edge.source].name, everything.nodes[edge.target].name): edge.count
        for edge in everything.edges
    }
    for level in detail_levels(flow):
        names = {node.name for node in level.nodes}
        for node in level.touchpoints:
            entering = [counts[pair] for pair in counts if pair[1] == node.name and pair[0] in names - {node.name}]
            shown = [counts[pair] for pair in ends(level) if pair[1] == node.name and pair[0] != node.name]
            assert shown
            assert max(shown) <= max(entering)


def test_the_first_level_is_the_main_way() -> None:
    common = [["Advert", "Shop", "Basket", "Order"]] * 50
    levels = detail_levels(walked([*common, ["Advert", "Help"], ["Help", "Call", "Shop"], ["Order", "Call"]]))
    assert ends(levels[0]) >= {
        ("Start", "Advert"),
        ("Advert", "Shop"),
        ("Shop", "Basket"),
        ("Basket", "Order"),
    }
    assert {node.name for node in levels[0].touchpoints} == {"Advert", "Shop", "Basket", "Order"}


def test_a_picture_shows_at_most_sixty_moves() -> None:
    levels = detail_levels(random_flow(60, 1000))
    assert len(levels[-1].edges) <= 60
    assert len(levels) <= 8


@QUICK
@given(PATHS)
def test_boxes_lie_apart_and_within_the_picture(paths: list[list[str]]) -> None:
    for level in detail_levels(walked(paths)):
        layout = lay_out_flow(level)
        whole = Rectangle(0, 0, layout.width, layout.height)
        for box in layout.boxes:
            assert box.area.overlap(whole) == pytest.approx(box.area.width * box.area.height)
        for first, second in combinations(layout.boxes, 2):
            assert first.area.overlap(second.area) == 0


@QUICK
@given(PATHS)
def test_moves_begin_and_end_at_their_boxes(paths: list[list[str]]) -> None:
    for level in detail_levels(walked(paths)):
        layout = lay_out_flow(level)
        areas = boxes_by_name(layout)
        for move in layout.moves:
            assert on_border(move.curve.start, areas[move.source.kind, move.source.name])
            assert on_border(move.curve.end, areas[move.target.kind, move.target.name])


@QUICK
@given(PATHS)
def test_no_move_runs_through_a_box(paths: list[list[str]]) -> None:
    for level in detail_levels(walked(paths)):
        layout = lay_out_flow(level)
        areas = [shrunk(box.area) for box in layout.boxes]
        for move in layout.moves:
            for x, y in samples(move.curve):
                dot = Rectangle(float(x), float(y), 0.01, 0.01)
                assert not any(area.overlap(dot) for area in areas)


@QUICK
@given(PATHS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(paths: list[list[str]], random: Random) -> None:
    flow = walked(paths)
    nodes, edges = list(flow.nodes), list(flow.edges)
    random.shuffle(nodes)
    random.shuffle(edges)
    shuffled = Flow(tuple(nodes), tuple(edges))
    first = [lay_out_flow(level) for level in detail_levels(flow)]
    assert first == [lay_out_flow(level) for level in detail_levels(shuffled)]


def test_flows_that_do_not_add_up_are_drawn_nevertheless() -> None:
    loop = Flow(
        (FlowNode("A", 1, 1), FlowNode("B", 1, 1), FlowNode("Alone", 0, 0)),
        (FlowEdge("A", "B", 5, 1, 1.0, 1.0), FlowEdge("B", "A", 5, 1, 1.0, 1.0)),
    )
    layout = lay_out_flow(detail_levels(loop)[-1])
    assert {box.node.name for box in layout.boxes} == {"A", "B", "Alone"}
    assert {move.kind for move in layout.moves} == {"forward", "back"}


def test_an_empty_flow_has_no_levels() -> None:
    assert detail_levels(Flow((), ())) == ()


def test_moves_back_and_repeats_are_told_apart_from_moves_onward() -> None:
    graph = flow_graph(walked([["A", "A", "B", "C"], ["A", "B", "C", "A"], ["A", "B", "C"]]))
    kinds = {(move.source.name, move.target.name): move.kind for move in lay_out_flow(graph).moves}
    assert kinds == {
        ("Start", "A"): "start",
        ("A", "A"): "loop",
        ("A", "B"): "forward",
        ("B", "C"): "forward",
        ("C", "A"): "back",
    }


def test_thicker_lines_are_more_frequent() -> None:
    moves = lay_out_flow(detail_levels(random_flow(12, 60))[-1]).moves
    thickness = [move.thickness for move in moves]
    assert thickness == sorted(thickness, reverse=True)
    assert thickness[0] > thickness[-1]


def test_labels_do_not_cover_each_other_or_a_box() -> None:
    layout = lay_out_flow(detail_levels(random_flow(40, 400))[-1])
    labels = [
        Rectangle(move.label.middle.x - width / 2, move.label.middle.y - 5, width, 10)
        for move in layout.moves
        if move.label.shown
        for width in [text_width(move.label.text, size=11)]
    ]
    assert len(labels) > len(layout.moves) * 0.9
    assert not any(first.overlap(second) for first, second in combinations(labels, 2))
    assert not any(label.overlap(box.area) for label in labels for box in layout.boxes)


def test_a_large_flow_is_laid_out_quickly() -> None:
    flow = random_flow(60, 1000)
    begun = time.process_time()
    for level in detail_levels(flow):
        lay_out_flow(level)
    assert time.process_time() - begun < 3  # about 0.3 s here; the limit leaves room for a busy machine


def test_the_picture_is_well_formed_and_says_what_it_shows() -> None:
    flow = walked([["<script>alert(1)</script>", 'a "quoted" & b', "x\x00y\ud800"]] * 1200)
    layout = lay_out_flow(detail_levels(flow)[-1])
    svg = flow_svg(layout, title="The flow <1>", description="What & how", ident="f")
    root = ElementTree.fromstring(svg)
    assert root.findtext("title") == "The flow <1>"
    assert root.attrib["aria-labelledby"] == "f-title"
    titles = [title.text for title in root.iter("title")]
    assert (
        '<script>alert(1)</script> → a "quoted" & b: 1,200 times, 1,200 customers, '
        "median time between 1\N{NO-BREAK SPACE}min" in titles
    )
    assert "<script" not in svg
    svg.encode("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "Checkout",
        "Order confirmed by e-mail",
        "W" * 100,
        "/shop/category/" + "very-long-" * 10 + "page-17",
        "日本語のタッチポイントの名前がとても長い場合はどうなるか",
        "👩‍👩‍👧‍👦" * 20,
        "نقطة اتصال العميل الأولى عبر الموقع الإلكتروني",
        "e\u0301" * 60,
        "",
    ],
)
def test_a_name_fits_into_two_lines(name: str) -> None:
    fitted = fit_text(name, size=13, room=136)
    assert 1 <= len(fitted.lines) <= 2
    assert all(0 < text_width(line, size=13) <= 136 for line in fitted.lines)
    if not fitted.whole:
        assert ELLIPSIS in "".join(fitted.lines)
        assert fitted.lines[-1].endswith(ELLIPSIS) or name.endswith(fitted.lines[-1].removeprefix(ELLIPSIS))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Incorrect information on your report", ("Incorrect", "information on…")),
        ("Problem with a company's investigation into an existing problem", ("Problem with a", "company's…")),
        ("Fees or interest", ("Fees or interest",)),
        ("Call Kundenzufriedenheitsbefragung", ("Call", "Kundenzufriedenh…")),
    ],
)
def test_a_long_name_is_cut_between_words_at_its_end(name: str, lines: tuple[str, ...]) -> None:
    assert fit_text(name, size=13, room=136).lines == lines


def test_names_that_would_be_cut_to_the_same_keep_their_ends() -> None:
    names = [f"Problem with a company's investigation into an existing {what}" for what in ("problem", "issue", "debt")]
    fitted = fit_texts([*names, "Fees"], size=13, room=136)
    assert [each.lines[-1] for each in fitted] == [
        "…existing problem",
        "…an existing issue",
        "…an existing debt",
        "Fees",
    ]
    assert all(each.width <= 136 for each in fitted)


def test_an_emoji_of_several_characters_stays_whole() -> None:
    family = "👩‍👩‍👧‍👦"
    lines = fit_text(family * 20, size=13, room=136).lines
    assert all(line.replace(family, "").strip(ELLIPSIS) == "" for line in lines)


def test_crossings_are_taken_away_where_they_can_be() -> None:
    right = {0: [3], 1: [4], 2: [5]}
    left = {3: [0], 4: [1], 5: [2]}
    layers = [[0, 1, 2], [5, 4, 3]]
    assert crossings(layers, right=right) == 3
    assert crossings(ordered_layers(layers, left=left, right=right), right=right) == 0


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.1, 10), st.floats(0, 50)), min_size=1, max_size=12))
def test_places_keep_their_distances_and_balance(entries: list[tuple[float, float, float]]) -> None:
    wanted, weights, distances = (list(column) for column in zip(*entries, strict=True))
    places = spaced(wanted, weights=weights, distances=distances[1:])
    for before, after, distance in zip(places, places[1:], distances[1:], strict=False):
        assert after - before >= distance - 1e-6
    pull = sum(weight * (place - want) for weight, place, want in zip(weights, places, wanted, strict=True))
    assert pull == pytest.approx(0, abs=1e-5)


def test_a_flow_is_a_document_that_needs_no_page_around_it() -> None:
    nodes = (FlowNode("Visit", 5, 4), FlowNode("Call", 2, 2))
    document = Flow(nodes, (FlowEdge("Visit", "Call", 2, 2, 60.0, 61.0),)).svg()
    assert document.startswith("<svg ")
    assert "Visit → Call: 2 times" in document
    assert "var(" not in document


def test_a_flow_of_nothing_says_so() -> None:
    assert "There is nothing to draw." in Flow((), ()).svg()
