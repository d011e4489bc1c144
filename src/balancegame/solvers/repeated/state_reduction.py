r"""What is worth how much from each state on: exact values of a process that moves by chance.

Values solve :math:`V(s) = c(s) + \sum_t w(s, t) V(t)`, with weights that add up to less than 1.
One state after another is skipped: whoever would have come to it goes on at once to where it leads,
and takes what is got there along. Then values are found in the reverse order. The pivots
1 - w(s, s) are chances of leaving and never 0, so any order will do (state reduction: Grassmann,
Taksar and Heyman 1985, "Regenerative analysis and steady state distributions for Markov chains");
the one with fewest ways through the state skipped keeps the system sparse. The numbers may be of
any field, rational functions of a parameter for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

Values = tuple[tuple[Any, ...], ...]


def solve(gains: Sequence[Sequence[Any]], weights: Sequence[Mapping[int, Any]]) -> Values:
    """Return the value of each state for each player.

    Parameters
    ----------
    gains : sequence of sequence
        What each player gets in each state, of shape (states, players).
    weights : sequence of mapping
        For each state how much each state that may follow counts.

    Examples
    --------
    >>> from fractions import Fraction
    >>> half = Fraction(1, 2)
    >>> solve([[1], [0]], [{1: half}, {0: half}])
    ((Fraction(4, 3),), (Fraction(2, 3),))
    """
    now = [list(gain) for gain in gains]
    onward = [dict(row) for row in weights]
    before: list[set[int]] = [set() for _ in onward]
    for state, row in enumerate(onward):
        for target in row:
            before[target].add(state)

    def ways_through(state: int) -> int:
        return len(before[state] - {state}) * len(onward[state].keys() - {state})

    queue = [(ways_through(state), state) for state in range(len(onward))]
    heapify(queue)
    skipped: list[int] = []
    done: set[int] = set()
    while queue:
        ways, state = heappop(queue)
        if state in done or ways != ways_through(state):
            continue
        done.add(state)
        skipped.append(state)
        row = onward[state]
        if state in row:
            share = 1 / (1 - row.pop(state))
            before[state].discard(state)
            now[state] = [share * gain for gain in now[state]]
            for target in row:
                row[target] = share * row[target]
        touched = set(row)
        for earlier in before[state]:
            theirs = onward[earlier]
            weight = theirs.pop(state)
            now[earlier] = [a + weight * b for a, b in zip(now[earlier], now[state], strict=True)]
            for target, more in row.items():
                held = theirs.get(target)
                theirs[target] = weight * more if held is None else held + weight * more
                before[target].add(earlier)
            touched.add(earlier)
        for target in row:
            before[target].discard(state)
        for other in touched:
            heappush(queue, (ways_through(other), other))
    values: list[Any] = [None] * len(onward)
    for state in reversed(skipped):
        value = now[state]
        for target, weight in onward[state].items():
            value = [a + weight * b for a, b in zip(value, values[target], strict=True)]
        values[state] = tuple(value)
    return tuple(values)
