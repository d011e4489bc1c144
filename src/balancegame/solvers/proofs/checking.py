"""Checking a proof without searching: every certificate, and that the cases leave nothing out.

A step shows that something holds where its hypotheses do. Taken apart, the hypotheses and the
negation of what is shown are a set of cases; in each of them a right certificate must find all of
its conditions. Nothing that the search believed is believed here; a certificate
of the plane carries its conditions alone, so the plane is cut up once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from balancegame.solvers.proofs.conditions import Condition, Formula, negation
from balancegame.solvers.proofs.decision import Step, goals, taken_apart

Split = tuple[Formula, ...]


def steps_show(steps: Sequence[Step], hypotheses: Sequence[Formula], formula: Formula) -> bool:
    """Return whether steps are right and show together that hypotheses imply a formula."""
    shown = {(step.hypotheses, step.shown) for step in steps}
    wanted = {(goal.hypotheses, goal.shown) for goal in goals(tuple(hypotheses), formula)}
    return wanted <= shown and all(map(step_is_right, steps))


def step_is_right(step: Step) -> bool:
    """Return whether the certificates of a step are right and cover all of its cases."""
    if not all(certificate.holds() for certificate in step.certificates):
        return False
    facts: list[Condition] = []
    splits: list[Split] = []
    for formula in (*step.hypotheses, negation(step.shown)):
        taken_apart(formula, facts, splits)
    needed = [frozenset(certificate.conditions) for certificate in step.certificates]
    return _covered(frozenset(facts), splits, needed)


def _covered(
    facts: frozenset[Condition], splits: Sequence[Split], needed: Sequence[frozenset[Condition]]
) -> bool:
    """Return whether in every case all conditions of some certificate are among the facts."""
    if any(conditions <= facts for conditions in needed):
        return True
    # Only what a certificate speaks of can help, so splits that bring none of it wait.
    spoken = frozenset(chain.from_iterable(needed)) - facts
    order = sorted(range(len(splits)), key=lambda k: _open(splits[k], facts, needed, spoken))
    for k in order[:1]:
        rest = [*splits[:k], *splits[k + 1 :]]
        for part in splits[k]:
            more: list[Condition] = []
            further: list[Split] = list(rest)
            taken_apart(part, more, further)
            if not _covered(facts | frozenset(more), further, needed):
                return False
        return True
    return False


def _open(
    split: Split,
    facts: frozenset[Condition],
    needed: Sequence[frozenset[Condition]],
    spoken: frozenset[Condition],
) -> tuple[int, int]:
    """Return how many parts are still open, and how many bring something spoken of, negated."""
    left, helps = 0, 0
    for part in split:
        more: list[Condition] = []
        taken_apart(part, more, [])
        new = frozenset(more)
        left += not any(conditions <= facts | new for conditions in needed)
        helps -= bool(new & spoken)
    return left, helps
