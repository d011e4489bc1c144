"""Deciding formulas: certificates in every case, or a point at which the formula fails.

To prove that hypotheses imply a formula is to show that they contradict its negation. The negation
is taken apart into cases in which only conditions are left. A case that contradicts itself gets a
certificate; one with a common point refutes the formula. What is neither remains undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from balancegame.solvers.proofs.certificates import AnyCertificate, Certificate
from balancegame.solvers.proofs.conditions import (
    AT_LEAST,
    EQUAL,
    MORE,
    UNEQUAL,
    All,
    Condition,
    Formula,
    Implies,
    Some,
    negation,
)
from balancegame.solvers.proofs.contradictions import (
    contradiction,
    linear_contradiction,
    square_roots,
)
from balancegame.solvers.proofs.cutting import cut_up
from balancegame.solvers.proofs.deadlines import Deadline, OutOfTimeError
from balancegame.solvers.proofs.line import line_contradiction
from balancegame.solvers.proofs.points import Values, is_linear, point, with_equations

# How many numbers are put in for a variable before products of so many conditions are tried.
_TRIES = {2: 4, 3: 10, 4: 24}
_MANY = 150
# How many factors products have at most, and whether squares are among them.
_STAGES = ((2, False), (2, True), (3, False), (3, True), (4, False))
# Seconds for four numbers each.
_QUICK = 1.0
_LONGEST = 4.0


@dataclass(frozen=True)
class Step:
    """One thing that is shown: what it says, and in each case the certificate of it.

    ``words`` say what it means in the game and ``shown`` is the condition itself. It is assumed
    that the hypotheses hold: those of the domain and, in words, what is ``given`` beside them.
    """

    words: str
    shown: Formula
    given: tuple[str, ...]
    certificates: tuple[AnyCertificate, ...]
    hypotheses: tuple[Formula, ...] = field(repr=False)

    def __str__(self) -> str:
        """Return the step with its identities."""
        start = f"if {' and '.join(self.given)}, then " if self.given else ""
        shown = "" if str(self.shown) == self.words else f" ({self.shown})"
        found = "; ".join(map(str, self.certificates)) or "no case is left in which it could fail"
        return f"{start}{self.words}{shown}, because {found}"


@dataclass
class Decision:
    """What came out: steps that are proved, perhaps a point that refutes, and what stayed open."""

    steps: list[Step] = field(default_factory=list)
    point: Values | None = None
    open: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Goal:
    """One of the things to show: under these hypotheses this formula, and what both mean."""

    hypotheses: tuple[Formula, ...]
    shown: Formula
    given: tuple[str, ...]
    words: str


def goals(
    hypotheses: tuple[Formula, ...], formula: Formula, given: tuple[str, ...] = (), words: str = ""
) -> Iterator[Goal]:
    """Yield what is to be shown one by one: all together they say what the formula says."""
    words = formula.words or words
    match formula:
        case All(parts):
            for part in parts:
                yield from goals(hypotheses, part, given, words)
        case Implies(condition, then):
            # What has no words of its own is one of several cases of the same thing.
            told = (*given, condition.words) if condition.words else given
            yield from goals((*hypotheses, condition), then, told, words)
        case _:
            yield Goal(hypotheses, formula, given, words or str(formula))


def decide(hypotheses: Sequence[Formula], formula: Formula, deadline: Deadline) -> Decision:
    """Return whether hypotheses imply a formula at all real values, with the reasons."""
    decision = Decision()
    try:
        for goal in goals(tuple(hypotheses), formula):
            found = contradict([*goal.hypotheses, negation(goal.shown)], deadline)
            if isinstance(found, dict):
                decision.point = found
                break
            if found is None:
                decision.open.append(goal.words)
            else:
                decision.steps.append(
                    Step(goal.words, goal.shown, goal.given, tuple(found), goal.hypotheses)
                )
    except OutOfTimeError:
        decision.open.append("what is left")
    return decision


def contradict(
    formulas: Sequence[Formula], deadline: Deadline
) -> list[AnyCertificate] | Values | None:
    """Return certificates that formulas contradict each other, or a point that meets them all.

    None if neither is found.
    """
    facts: list[Condition] = []
    splits: list[tuple[Formula, ...]] = []
    for formula in formulas:
        taken_apart(formula, facts, splits)
    facts = list(dict.fromkeys(facts))
    deadline.check()
    certificate = linear_contradiction(facts)
    return _cases(facts, splits, deadline) if certificate is None else [certificate]


def taken_apart(
    formula: Formula, facts: list[Condition], splits: list[tuple[Formula, ...]]
) -> None:
    """Add to the facts what a formula says for sure, and to the splits what it says of cases."""
    match formula:
        case Condition(polynomial, relation):
            if relation == UNEQUAL:
                splits.append((Condition(polynomial, MORE), Condition(-polynomial, MORE)))
            elif relation == EQUAL:
                facts += [Condition(polynomial, AT_LEAST), Condition(-polynomial, AT_LEAST)]
            elif formula.constant is not True:
                facts.append(formula)
        case All(parts):
            for part in parts:
                taken_apart(part, facts, splits)
        case Some(parts) if len(parts) == 1:
            taken_apart(parts[0], facts, splits)
        case Some(parts):
            splits.append(parts)
        case Implies(given, then):
            splits.append((negation(given), then))


def _cases(
    facts: list[Condition], splits: list[tuple[Formula, ...]], deadline: Deadline
) -> list[AnyCertificate] | Values | None:
    """Decide what :func:`contradict` does of facts that no sum of them contradicts."""
    deadline.check()
    if not splits:
        return _one_case(facts, deadline)
    # A split of which only one case is left costs nothing: such ones are taken first.
    proved: list[AnyCertificate] = []
    best: tuple[int, list[Formula], list[AnyCertificate]] | None = None
    for k, parts in enumerate(splits):
        deadline.check()
        left: list[Formula] = []
        closed: list[AnyCertificate] = []
        for part in parts:
            against = _quickly_contradicted(facts, part)
            if against is None:
                left.append(part)
            else:
                closed.append(against)
        if best is None or len(left) < len(best[1]):
            best = (k, left, closed)
        if len(left) <= 1:
            break
    assert best is not None
    chosen, left, closed = best
    proved += closed
    rest = splits[:chosen] + splits[chosen + 1 :]
    undecided = False
    for part in left:
        more, further = list(facts), list(rest)
        taken_apart(part, more, further)
        found = _cases(list(dict.fromkeys(more)), further, deadline)
        if isinstance(found, dict):
            return found
        if found is None:
            undecided = True
        else:
            proved += found
    return None if undecided else list(dict.fromkeys(proved))


def _quickly_contradicted(facts: list[Condition], part: Formula) -> Certificate | None:
    more: list[Condition] = list(facts)
    taken_apart(part, more, [])
    if len(more) == len(facts):
        return None
    return linear_contradiction(more)


def _one_case(facts: list[Condition], deadline: Deadline) -> list[AnyCertificate] | Values | None:
    """Decide conditions alone: products of more and more of them in turn with more and more points.

    Linear ones have a point, since no certificate was found.
    """
    pairs = with_equations(facts)
    if is_linear(facts):
        return point(pairs, 1, deadline)
    if len({name for h in facts for name in h.polynomial.variables}) == 1:
        nowhere = line_contradiction(facts)
        return point(pairs, 1, deadline) if nowhere is None else [nowhere]
    roots = list(square_roots(facts))
    for factors, squared in _STAGES:
        if factors == 3 and not squared:
            # What can be written as a short identity is; then come methods that cut space up.
            cut = cut_up(facts, deadline)
            if cut is not None:
                return cut if isinstance(cut, dict) else [cut]
        if not squared:
            found = _point_within(pairs, _TRIES[factors], deadline)
            if found is not None:
                return found
        certificate = contradiction(facts, factors, deadline, roots if squared else ())
        if certificate is not None:
            return [certificate]
    return _point_within(pairs, _MANY, deadline)


def _point_within(conditions: list[Condition], tries: int, deadline: Deadline) -> Values | None:
    try:
        return point(conditions, tries, deadline.sooner(min(_QUICK * tries / 4, _LONGEST)))
    except OutOfTimeError:
        deadline.check()
        return None
