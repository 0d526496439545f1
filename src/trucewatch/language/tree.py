"""Arc scores -> a dependency tree (greedy; Chu-Liu-Edmonds only where the greedy arcs are no tree)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


def tree(scores: Floats) -> list[int]:
    """(n, n + 1) scores of head j for word i, the last column the root -> head per word, -1 for the one root."""
    n = len(scores)
    scores = scores.copy()
    scores[range(n), range(n)] = -1e9
    roots = [i for i, h in enumerate(scores.argmax(1)) if h == n] or range(n)
    root = max(roots, key=lambda i: scores[i, n])
    scores[:, n] = -1e9
    scores[root, n] = 1e9
    heads = [int(h) for h in scores.argmax(1)]
    if _cycle(heads):
        heads = _edmonds(scores)
    return [h if h < n else -1 for h in heads]


def _cycle(heads: list[int]) -> list[int]:
    """One cycle among the words, or nothing."""
    n, state = len(heads), [0] * len(heads)
    for start in range(n):
        path, at = [], start
        while at < n and not state[at]:
            state[at] = start + 1
            path.append(at)
            at = heads[at]
        if at < n and state[at] == start + 1 and at in path:
            return path[path.index(at) :]
    return []


def _edmonds(scores: Floats) -> list[int]:
    """Maximum spanning arborescence: contract a cycle into one node, solve the rest, open it again."""
    import numpy as np

    n = len(scores)
    heads = [int(h) for h in scores.argmax(1)]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    kept = scores[cycle, [heads[i] for i in cycle]]
    columns = [*rest, n]
    small = np.full((len(rest) + 1, len(rest) + 2), -1e9, scores.dtype)  # last row and column -2: the cycle
    small[:-1, :-2] = scores[np.ix_(rest, rest)]
    small[:-1, -1] = scores[rest, n]
    into = scores[np.ix_(cycle, columns)] - kept[:, None]
    small[-1, [*range(len(rest)), -1]] = into.max(0)
    outof = scores[np.ix_(rest, cycle)]
    small[:-1, -2] = outof.max(1) if rest else []
    small[range(len(small)), range(len(small))] = -1e9
    solved = _edmonds(small)
    size = len(rest)
    for row, i in enumerate(rest):
        head = solved[row]
        heads[i] = cycle[int(outof[row].argmax())] if head == size else n if head == size + 1 else rest[head]
    entry = columns.index(n) if solved[size] == size + 1 else solved[size]
    broken = int(into[:, entry].argmax())
    heads[cycle[broken]] = columns[entry]
    return heads
