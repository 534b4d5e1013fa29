"""How much of a flow a picture shows: from the main way to everything that can still be read.

A level is grown, not filtered: it starts at the start marker, takes the strongest move into a touchpoint
that is not shown yet, and then, unless most journeys end there, the strongest way from there back to what
is shown. So every level is connected, no touchpoint is shown without the move that leads to it most often,
and a level holds everything the level below holds. A touchpoint that follows itself as often as any move that is
shown has its loop. (The growth is Prim's algorithm on directed moves; the
way back is an ear of an ear decomposition, found as the widest path. The idea of the two budgets, for
touchpoints and for moves, is that of C. W. Günther and W. van der Aalst, "Fuzzy Mining", BPM 2007,
doi:10.1007/978-3-540-75183-0_24.)
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from desireline.journeys.model import Flow
from desireline.journeys.pictures.graph import START, FlowGraph, GraphEdge, edge_rank, flow_graph

MOST_EDGES = 60
_BUDGETS = ((4, 5), (6, 10), (9, 15), (13, 23), (18, 34), (25, 46), (36, MOST_EDGES))


def detail_levels(flow: Flow) -> tuple[FlowGraph, ...]:
    """The flow in growing detail: at most seven graphs, each within the next, the last with at most 60 moves.

    A flow without interactions has no levels.

    >>> from desireline.journeys.model import FlowEdge, FlowNode
    >>> visit, call = FlowNode("Visit", 5, 4), FlowNode("Call", 2, 2)
    >>> flow = Flow((visit, call), (FlowEdge("Visit", "Call", 2, 2, 60.0, 61.0),))
    >>> [len(level.edges) for level in detail_levels(flow)]
    [2]
    """
    growth = _Growth(flow_graph(flow))
    levels: list[FlowGraph] = []
    for nodes, edges in _BUDGETS:
        growth.add_nodes(nodes)
        growth.add_edges(edges)
        growth.add_loops()
        level = growth.shown_graph()
        if level.touchpoints and (not levels or level != levels[-1]):
            levels.append(level)
    return tuple(levels)


class _Growth:
    """The part of a graph that is shown, while it grows."""

    def __init__(self, graph: FlowGraph) -> None:
        self._graph = graph
        self._shown = {START}
        self._edges: set[GraphEdge] = set()
        self._leaving: dict[int, list[GraphEdge]] = defaultdict(list)
        for edge in graph.edges:
            self._leaving[edge.source].append(edge)
        self._waiting: list[tuple[tuple[int, int, int], GraphEdge]] = []
        self._watch(START)

    def add_nodes(self, budget: int) -> None:
        """Show touchpoints until there are ``budget`` of them, or as many moves as a picture can take."""
        while len(self._shown) <= budget and len(self._edges) < MOST_EDGES - 1:
            entry = self._strongest_entry()
            if entry is not None:
                self._edges.add(entry)
                self._show(entry.target)
                self._lead_back(entry.target)
            elif not self._seed():
                return

    def add_edges(self, budget: int) -> None:
        """Show the most frequent moves between what is shown, until there are ``budget`` of them."""
        for edge in self._graph.edges:
            if len(self._edges) >= budget:
                return
            if edge.source in self._shown and edge.target in self._shown:
                self._edges.add(edge)

    def add_loops(self) -> None:
        """Show how often a touchpoint follows itself, where that is as frequent as the rarest move that is shown."""
        rarest = min((edge.count for edge in self._edges if edge.source != START), default=0)
        loops = (edge for edge in self._graph.edges if edge.source == edge.target and edge.source in self._shown)
        for edge in loops:
            if edge.count < rarest or len(self._edges) >= MOST_EDGES:
                return
            self._edges.add(edge)

    def shown_graph(self) -> FlowGraph:
        """What is shown, as a graph of its own. The figures of a node count moves that are not shown, too."""
        kept = sorted(self._shown)
        place = {index: new for new, index in enumerate(kept)}
        edges = [
            GraphEdge(place[edge.source], place[edge.target], edge.count, edge.customers, edge.median_seconds)
            for edge in self._edges
        ]
        return FlowGraph(tuple(self._graph.nodes[index] for index in kept), tuple(sorted(edges, key=edge_rank)))

    def _watch(self, node: int) -> None:
        for edge in self._leaving[node]:
            if edge.target not in self._shown:
                heapq.heappush(self._waiting, (edge_rank(edge), edge))

    def _show(self, node: int) -> None:
        self._shown.add(node)
        self._watch(node)

    def _strongest_entry(self) -> GraphEdge | None:
        while self._waiting:
            _, edge = heapq.heappop(self._waiting)
            if edge.target not in self._shown:
                return edge
        return None

    def _seed(self) -> bool:
        """Begin anew where no move leads: at the most frequent touchpoint that is not shown."""
        hidden = (index for index in range(1, len(self._graph.nodes)) if index not in self._shown)
        index = next(hidden, None)
        if index is None:
            return False
        self._show(index)
        self._lead_back(index)
        return True

    def _lead_back(self, node: int) -> None:
        """Show how it goes on from ``node``: it ends there, goes to what is shown, or takes a longer way.

        A way on is at least as strong as the end when it is drawn; the end itself is drawn with every box.
        """
        ends = self._graph.nodes[node].ends
        for edge in self._leaving[node]:
            if edge.target in self._shown and edge.target != node:
                if edge.count > ends:
                    self._edges.add(edge)
                return
        if ends:
            return
        path = self._widest_path(node)
        if len(self._edges) + len(path) <= MOST_EDGES:
            for edge in path:
                self._edges.add(edge)
                self._show(edge.target)

    def _widest_path(self, node: int) -> list[GraphEdge]:
        """The way to what is shown, or to an end, whose rarest move is most frequent; empty if there is none.

        Dijkstra's search, with the narrowest place of a way instead of its length.
        """
        arrived: dict[int, GraphEdge] = {}
        queue = [_Arrival(edge.count, 1, edge) for edge in self._leaving[node] if edge.target != node]
        heapq.heapify(queue)
        while queue:
            arrival = heapq.heappop(queue)
            target = arrival.edge.target
            if arrival.final or target in self._shown:
                arrived.setdefault(target, arrival.edge)
                return _path_to(arrival.edge, node=node, arrived=arrived)
            if target in arrived or target == node:
                continue
            arrived[target] = arrival.edge
            for following in self._ways_on(arrival):
                heapq.heappush(queue, following)
        return []

    def _ways_on(self, arrival: _Arrival) -> Iterator[_Arrival]:
        width, length = arrival.width, arrival.length
        ends = self._graph.nodes[arrival.edge.target].ends
        if ends:
            yield _Arrival(min(width, ends), length, arrival.edge, final=True)
        for edge in self._leaving[arrival.edge.target]:
            yield _Arrival(min(width, edge.count), length + 1, edge)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Where a search for the widest path has come: the wider way sorts first, then the shorter one.

    ``final`` tells that the way ends at the target of its last edge.
    """

    width: int
    length: int
    edge: GraphEdge
    final: bool = False

    def __lt__(self, other: _Arrival) -> bool:
        return self._rank() < other._rank()

    def _rank(self) -> tuple[object, ...]:
        return (-self.width, self.length, not self.final, edge_rank(self.edge))


def _path_to(edge: GraphEdge, *, node: int, arrived: dict[int, GraphEdge]) -> list[GraphEdge]:
    path = [edge]
    while path[-1].source != node:
        path.append(arrived[path[-1].source])
    return path[::-1]
