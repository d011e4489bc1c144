"""For which values of its parameters a signalling game has each outcome.

An outcome is what each type sends and what follows messages that are sent. It exists where its
flows do (:mod:`.supports`), and where some replies to the messages that nobody sends, each best
given some belief, keep the types from these. So for each outcome and each such reply the values of
the parameters are those at which two systems of linear conditions have positive solutions.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

from balancegame.progress_bar import with_progress
from balancegame.solvers.parametric.factors import Terms
from balancegame.solvers.signalling.outcomes import Outcome
from balancegame.solvers.signalling.places import Bits, Places
from balancegame.solvers.signalling.positive_solutions import System
from balancegame.solvers.signalling.supports import Conditions, Support

Found = list[tuple[Bits, tuple[Any, ...]]]
"""Sets of places whose union is meant: each the cells given, as far as they lie in other sets."""

Candidates = dict[Outcome, list[tuple[tuple[Support, ...], Bits]]]


def where_outcomes_exist(
    conditions: Conditions, places: Places, unpacked: Any
) -> dict[Outcome, Found]:
    """Return for each outcome that some game has where it exists.

    The conditions are those of packed payoffs; ``unpacked`` returns the polynomial of one.
    """
    found: dict[Outcome, Found] = {}
    candidates = _Comparisons(conditions, places, unpacked).candidates()
    for outcome, ways in with_progress(candidates.items(), "solving"):
        sent, replied = outcome
        needed = 0
        for _, cells in ways:
            needed |= cells
        flows = places.where(System.of(conditions.rows_of_flows(sent, replied)), needed)
        left, parts = flows.touched & needed, []
        # With fewer replies there is less to solve, and what they settle is settled.
        for replies, cells in sorted(ways, key=lambda way: sum(map(len, way[0]))):
            if asked := cells & left:
                held = places.where(System.of(conditions.rows_of_replies(sent, replies)), asked)
                if held.touched & asked:
                    parts.append((asked, (flows, held)))
                    left &= ~(asked & flows.full & held.full)
        if parts:
            found[outcome] = parts
    return found


class _Comparisons:
    """What single payoffs and single messages say about which supports are worth a look."""

    def __init__(self, conditions: Conditions, places: Places, unpacked: Any) -> None:
        self.conditions, self.places = conditions, places
        types = conditions.all_types
        self.groups = [g for size in types for g in combinations(types, size + 1)]
        keys = [
            (m, group, answer)
            for m in range(conditions.messages)
            for group in self.groups
            for answer in conditions.answers
        ]
        systems = [System.of(conditions.rows_of_best(m, g, a)) for m, g, a in keys]
        cells = list(product(range(conditions.messages), range(conditions.options)))
        pairs = [(t, a, b) for t in types for a in cells for b in cells if a[0] != b[0]]
        gains: list[Terms] = [
            unpacked(conditions.sender[t][a[0]][a[1]] - conditions.sender[t][b[0]][b[1]])
            for t, a, b in pairs
        ]
        best, better = places.divide(systems, gains)
        self.best = dict(zip(keys, best, strict=True))
        self.better = dict(zip(pairs, better, strict=True))
        for m in range(conditions.messages):
            for answer in conditions.answers:
                union = 0
                for group in self.groups:
                    union |= self.best[m, group, answer]
                self.best[m, (), answer] = union
        self._above: dict[Any, Bits] = {}

    def candidates(self) -> Candidates:
        """Return the supports that these comparisons allow, and where, by what happens."""
        found: Candidates = {}
        conditions = self.conditions
        messages = range(conditions.messages)
        for replied in product(conditions.answers, repeat=conditions.messages):
            cells = self.places.everywhere
            for m in messages:
                cells &= self.best[m, (), replied[m]]
            if not cells:
                continue
            tempting = [self._tempting(t, replied, cells) for t in conditions.all_types]
            for chosen in product(*tempting):
                here = cells
                for _, part in chosen:
                    here &= part
                if not here:
                    continue
                sent = tuple(support for support, _ in chosen)
                for m in messages:
                    senders = tuple(t for t, support in enumerate(sent) if m in support)
                    here &= self.best[m, senders, replied[m]]
                if here:
                    used = {m for support in sent for m in support}
                    after = tuple(replied[m] if m in used else () for m in messages)
                    found.setdefault((sent, after), []).append((replied, here))
        return found

    def _tempting(
        self, t: int, replied: Sequence[Support], cells: Bits
    ) -> list[tuple[Support, Bits]]:
        """Return the sets of messages that may all be best for a type, and where."""
        messages = range(self.conditions.messages)
        good = []
        for m in messages:
            here = cells
            for other in messages:
                if other != m:
                    here &= self._may_be_above(t, m, replied[m], other, replied[other])
            good.append(here)
        found = []
        for support in self.conditions.spread:
            here = cells
            for m in support:
                here &= good[m]
            if here:
                found.append((support, here))
        return found

    def _may_be_above(self, t: int, m: int, replies: Support, other: int, theirs: Support) -> Bits:
        """Return where the best of some replies is at least as good as the worst of others."""
        key = t, m, replies, other, theirs
        if key not in self._above:
            union = 0
            for r, s in product(replies, theirs):
                union |= self.better[t, (m, r), (other, s)]
            self._above[key] = union
        return self._above[key]
