"""Connected components under limits: union-find that refuses what a policy forbids.

Union by size with path halving (Tarjan and van Leeuwen 1984): almost linear in the number of edges. Kruskal's idea gives the
order: edges come strongest first, and an edge that would break a limit or a cut is refused for good.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.kernels._jit import kernel

SAME = 1
JOINED = 2
REFUSED_BY_CUT = 3
REFUSED_BY_LIMIT = 4
"""From here on: ``REFUSED_BY_LIMIT + type``."""

PENDING = 0
SETTLED = 1
CONTESTED = 2


@kernel
def find_root(parents: NDArray[np.int64], node: int) -> int:
    """The representative of a node's component; ``parents`` int64[n] is shortened on the way."""
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


@kernel
def mark_cut(cuts: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """bool[count]: the nodes that a cut names; most components have none, so that the cuts need not be looked through."""
    marked = np.zeros(count, np.bool_)
    for place in range(cuts.shape[0]):
        marked[cuts[place, 0]] = True
        marked[cuts[place, 1]] = True
    return marked


@kernel
def _is_cut(
    parents: NDArray[np.int64], marked: NDArray[np.bool_], cuts: NDArray[np.int64], left: int, right: int
) -> bool:
    if not (marked[left] and marked[right]):
        return False
    for place in range(cuts.shape[0]):
        first = find_root(parents, cuts[place, 0])
        second = find_root(parents, cuts[place, 1])
        if (first == left and second == right) or (first == right and second == left):
            return True
    return False


@kernel
def _merge(
    parents: NDArray[np.int64],
    counts: NDArray[np.int32],
    sizes: NDArray[np.int64],
    marked: NDArray[np.bool_],
    left: int,
    right: int,
) -> int:
    if sizes[left] < sizes[right]:
        left, right = right, left
    parents[right] = left
    sizes[left] += sizes[right]
    marked[left] |= marked[right]
    for kind in range(counts.shape[1]):
        counts[left, kind] += counts[right, kind]
    return left


@kernel
def join_edges(
    parents: NDArray[np.int64],
    counts: NDArray[np.int32],
    sizes: NDArray[np.int64],
    limits: NDArray[np.int32],
    marked: NDArray[np.bool_],
    cuts: NDArray[np.int64],
    edges: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Join along edges in the given order, where limits and cuts allow it.

    Parameters
    ----------
    parents, counts, sizes, marked
        State, changed in place: int64[n]; int32[n, t], how many of each type a component holds; int64[n]; bool[n], whether
        a component holds a node that a cut names (:func:`mark_cut` before the first join).
    limits
        int32[t]: how many of each type a component may hold.
    cuts
        int64[c, 2]: pairs of nodes that must stay apart.
    edges
        int64[e, 2].

    Returns
    -------
    int64[e]: ``SAME``, ``JOINED``, ``REFUSED_BY_CUT`` or ``REFUSED_BY_LIMIT + type``.
    """
    outcome = np.empty(edges.shape[0], np.int64)
    for place in range(edges.shape[0]):
        left = find_root(parents, edges[place, 0])
        right = find_root(parents, edges[place, 1])
        if left == right:
            outcome[place] = SAME
            continue
        code = JOINED
        for kind in range(limits.shape[0]):
            if counts[left, kind] + counts[right, kind] > limits[kind]:
                code = REFUSED_BY_LIMIT + kind
                break
        if code == JOINED and _is_cut(parents, marked, cuts, left, right):
            code = REFUSED_BY_CUT
        if code == JOINED:
            _merge(parents, counts, sizes, marked, left, right)
        outcome[place] = code
    return outcome


@kernel
def join_through(
    parents: NDArray[np.int64],
    counts: NDArray[np.int32],
    sizes: NDArray[np.int64],
    limits: NDArray[np.int32],
    marked: NDArray[np.bool_],
    cuts: NDArray[np.int64],
    eligible: NDArray[np.bool_],
    status: NDArray[np.int8],
    nodes: NDArray[np.int64],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Let each node join all the eligible components it touches, if the whole fits; otherwise it joins nobody.

    Parameters
    ----------
    parents, counts, sizes, limits, marked, cuts
        As in :func:`join_edges`.
    eligible
        bool[n]: the neighbours that count.
    status
        int8[n], changed in place: nodes that touch something become ``SETTLED`` or ``CONTESTED``, others stay ``PENDING``.
    nodes
        int64[m], in the order in which they are tried.
    starts, neighbours
        int64[n + 1], int64[2e]: the neighbours of node ``i`` are ``neighbours[starts[i]:starts[i + 1]]``.

    Returns
    -------
    int64[m]: 0 for pending, ``JOINED``, ``REFUSED_BY_CUT`` or ``REFUSED_BY_LIMIT + type``.
    """
    outcome = np.zeros(nodes.shape[0], np.int64)
    total = np.empty(limits.shape[0], np.int32)
    for place in range(nodes.shape[0]):
        node = nodes[place]
        own = find_root(parents, node)
        roots = np.empty(starts[node + 1] - starts[node], np.int64)
        found = 0
        for at in range(starts[node], starts[node + 1]):
            if not eligible[neighbours[at]]:
                continue
            root = find_root(parents, neighbours[at])
            known = False
            for earlier in range(found):
                known = known or roots[earlier] == root
            if not known:
                roots[found] = root
                found += 1
        if found == 0:
            continue
        code = JOINED
        for kind in range(limits.shape[0]):
            total[kind] = counts[own, kind]
            for at in range(found):
                total[kind] += counts[roots[at], kind]
            if total[kind] > limits[kind]:
                code = REFUSED_BY_LIMIT + kind
                break
        if code == JOINED and cuts.shape[0] > 0:
            for at in range(found):
                if _is_cut(parents, marked, cuts, own, roots[at]):
                    code = REFUSED_BY_CUT
                for other in range(at):
                    if _is_cut(parents, marked, cuts, roots[at], roots[other]):
                        code = REFUSED_BY_CUT
        if code == JOINED:
            merged = own
            for at in range(found):
                merged = _merge(parents, counts, sizes, marked, merged, roots[at])
            status[node] = SETTLED
        else:
            status[node] = CONTESTED
        outcome[place] = code
    return outcome


@kernel
def touched_components(
    parents: NDArray[np.int64],
    status: NDArray[np.int8],
    nodes: NDArray[np.int64],
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The one settled component that each node touches: int64[m], -1 for none, -2 for several.

    Arguments as in :func:`join_through`; only ``parents`` is shortened.
    """
    found = np.empty(nodes.shape[0], np.int64)
    for place in range(nodes.shape[0]):
        node = nodes[place]
        only = -1
        for at in range(starts[node], starts[node + 1]):
            if status[neighbours[at]] != SETTLED:
                continue
            root = find_root(parents, neighbours[at])
            if only == -1:
                only = root
            elif only != root:
                only = -2
                break
        found[place] = only
    return found


@kernel
def attach(
    parents: NDArray[np.int64],
    counts: NDArray[np.int32],
    sizes: NDArray[np.int64],
    limits: NDArray[np.int32],
    marked: NDArray[np.bool_],
    cuts: NDArray[np.int64],
    status: NDArray[np.int8],
    nodes: NDArray[np.int64],
    targets: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Attach each node to its one target component; -1 stays pending, -2 is contested. Outcome as in :func:`join_through`."""
    outcome = np.zeros(nodes.shape[0], np.int64)
    for place in range(nodes.shape[0]):
        node, target = nodes[place], targets[place]
        if target == -1:
            continue
        if target == -2:
            status[node] = CONTESTED
            outcome[place] = SAME
            continue
        own = find_root(parents, node)
        root = find_root(parents, target)
        code = JOINED
        for kind in range(limits.shape[0]):
            if own != root and counts[own, kind] + counts[root, kind] > limits[kind]:
                code = REFUSED_BY_LIMIT + kind
                break
        if code == JOINED and own != root and _is_cut(parents, marked, cuts, own, root):
            code = REFUSED_BY_CUT
        if code == JOINED:
            if own != root:
                _merge(parents, counts, sizes, marked, own, root)
            status[node] = SETTLED
        else:
            status[node] = CONTESTED
        outcome[place] = code
    return outcome


@kernel
def roots_of(parents: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64[n]: the representative of every node's component."""
    roots = np.empty(parents.shape[0], np.int64)
    for node in range(parents.shape[0]):
        roots[node] = find_root(parents, node)
    return roots


@kernel
def connected(pairs: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The smallest node of everything that is connected with a node: int64[e, 2] below ``count`` -> int64[count]."""
    parents = np.arange(count)
    for pair in range(len(pairs)):
        first, second = find_root(parents, pairs[pair, 0]), find_root(parents, pairs[pair, 1])
        parents[max(first, second)] = min(first, second)
    return roots_of(parents)
