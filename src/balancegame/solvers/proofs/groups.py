"""What is said of coalitional games: who wins, who gets what, and which splits are in the core.

What a coalition is worth may be the largest of several formulas. Then whatever depends on it has
several cases, one for each way in which these can be largest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import factorial
from typing import Any

from balancegame.errors import GameError
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.coalitional.split_verdict import split_verdict
from balancegame.solvers.coalitional.values import shapley
from balancegame.solvers.coalitional.winning_conditions import WinningConditions
from balancegame.solvers.proofs.certificates import AnyCertificate
from balancegame.solvers.proofs.conditions import (
    AT_LEAST,
    EQUAL,
    MORE,
    All,
    Condition,
    Formula,
    Some,
    holds,
    negation,
    pruned,
)
from balancegame.solvers.proofs.contradictions import linear_contradiction
from balancegame.solvers.proofs.decision import Step, contradict, taken_apart
from balancegame.solvers.proofs.language import at_top, expression, player_named
from balancegame.solvers.proofs.points import Values, is_linear
from balancegame.solvers.proofs.vocabulary import (
    INSIDE,
    Pieces,
    Reading,
    Said,
    Vocabulary,
    Worth,
    either,
    existence,
    game_at,
    phrase,
    vocabulary,
)
from balancegame.wording import and_list, counted

# Cases in which different coalitions win that are gone through for a measure of power.
MOST_CASES = 32
# A split is compared with what every coalition is worth.
MOST_PLAYERS = 6


@vocabulary.register
def _(model: CoalitionalModel) -> Vocabulary:
    names = either(model.players)
    first, second = (*model.players, *model.players)[:2]
    value = phrase(f"shapley({first})", rf"shapley ?\( ?({names}) ?\)", _shapley)
    if model.weights is None:
        split = phrase(
            f"({', '.join('1' for _ in model.players)}) is in the core",
            INSIDE + r" is (not )?in the core",
            _in_core,
        )
        return Vocabulary(statements=(split,), values=(value,))
    return Vocabulary(
        statements=(
            phrase(
                f"{first} + {second} wins",
                rf"((?:{names})(?: ?\+ ?(?:{names}))*) (wins|loses)",
                _wins,
            ),
            phrase(f"{first} is a dictator", rf"({names}) is (not )?a dictator", _dictator),
        ),
        values=(value,),
    )


@existence.register
def _(model: CoalitionalModel, reading: Reading) -> Sequence[Formula]:
    if model.weights is None:
        return ()
    found: list[Condition] = []
    for weights, quota in model.rules_at(reading.symbols):
        total = sum(weights, reading.zero)
        found += [reading.compared(weight, AT_LEAST) for weight in weights]
        found.append(reading.compared(total if quota is None else quota, MORE))
        if quota is not None:
            found.append(reading.compared(total, AT_LEAST, quota))
    return [h for h in dict.fromkeys(found) if h.constant is not True]


def _members(text: str, model: CoalitionalModel) -> frozenset[int]:
    return frozenset(player_named(model, name) for name in text.split("+"))


def wins_formula(reading: Reading, members: frozenset[int], words: str = "") -> Formula:
    """Return that a coalition wins: it meets every quota and has everybody with a veto."""
    groups = [[i] for i in range(len(reading.model.players))]
    return _kind_wins(reading, groups, [int(i in members) for i in range(len(groups))], words)


def _kind_wins(
    reading: Reading, groups: Sequence[Sequence[int]], kind: Sequence[int], words: str = ""
) -> Formula:
    """Return that a coalition wins that has so many members of each group of members alike."""
    model = reading.model
    if "rules" not in reading.known:
        rules = model.rules_at(reading.symbols)
        reading.known["rules"] = [(w, q, sum(w, reading.zero)) for w, q in rules]
        reading.known["vetoes"] = model.vetoes_at(reading.symbols)
    parts: list[Formula] = []
    for weights, quota, total in reading.known["rules"]:
        counts = zip(groups, kind, strict=True)
        held = sum((count * weights[group[0]] for group, count in counts if count), reading.zero)
        parts.append(
            reading.compared(2 * held, MORE, total, words)
            if quota is None
            else reading.compared(held, AT_LEAST, quota, words)
        )
    for group, count in zip(groups, kind, strict=True):
        veto = reading.known["vetoes"].get(model.players[group[0]])
        if veto is not None and count < len(group):
            parts.append(reading.compared(0, AT_LEAST, veto, words))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _wins(match: re.Match[str], reading: Reading) -> Said:
    text, verb = match.groups()
    model = reading.model
    members = _members(text, model)
    formula = wins_formula(reading, members)
    if verb == "loses":
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        game = game_at(model, values)
        won = game.value(tuple(model.players[i] for i in members)) == 1
        return won == (verb == "wins"), None

    return Said(formula, judge)


def _dictator(match: re.Match[str], reading: Reading) -> Said:
    who, denied = match.groups()
    model = reading.model
    i = player_named(model, who)
    rest = frozenset(range(len(model.players))) - {i}
    parts = (
        wins_formula(reading, frozenset({i}), f"{who} wins alone"),
        negation(wins_formula(reading, rest)),
    )
    formula: Formula = All(parts)
    if denied:
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        power = shapley(game_at(model, values))
        return (power[i] == 1) != bool(denied), power

    return Said(formula, judge)


def _shapley(match: re.Match[str], reading: Reading) -> Worth:
    model = reading.model
    i = player_named(model, match.group(1))
    pieces = _power(reading, i) if model.weights is not None else _value(reading, i)
    return Worth(pieces, lambda values: shapley(game_at(model, values))[i])


def _value(reading: Reading, i: int) -> Pieces:
    """Return a player's Shapley value, for each way in which coalitions' formulas are largest."""
    model = reading.model
    n = len(model.players)
    several = model.worth_at(reading.symbols)
    pieces = []
    for chosen in product(*(range(len(formulas)) for formulas in several)):
        worth = [formulas[k] for formulas, k in zip(several, chosen, strict=True)]
        where = tuple(
            reading.compared(own, AT_LEAST, other)
            for formulas, own in zip(several, worth, strict=True)
            for other in formulas
            if other is not own
        )
        total: Any = reading.zero
        for mask in range(1 << n):
            if not mask >> i & 1:
                size = mask.bit_count()
                weight = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
                total = total + weight * (worth[mask | 1 << i] - worth[mask])
        pieces.append((All(where) if where else None, total))
    return pieces


def _power(reading: Reading, i: int) -> Pieces:
    """Return a member's Shapley-Shubik index, for each set of coalitions that can win."""
    if "power" not in reading.known:
        groups = _alike(reading)
        kinds = list(product(*(range(len(group) + 1) for group in groups)))
        counting = WinningConditions(tuple(map(tuple, groups)), tuple(kinds), (), (), ())
        formulas = [pruned(_kind_wins(reading, groups, kind)) for kind in kinds]
        cases = [(c.where, counting.power(c.wins)) for c in _cases(reading, formulas)]
        reading.known["power"] = groups, cases
    groups, cases = reading.known["power"]
    own = next(g for g, group in enumerate(groups) if i in group)
    return [(All(where) if where else None, reading.zero + power[own]) for where, power in cases]


def _alike(reading: Reading) -> list[list[int]]:
    """Return the members in groups of those with the same weights and veto."""
    model = reading.model
    rules = model.rules_at(reading.symbols)
    vetoes = model.vetoes_at(reading.symbols)
    groups: dict[Any, list[int]] = {}
    for i, name in enumerate(model.players):
        formulas = [weights[i] for weights, _ in rules] + [vetoes.get(name, 0)]
        key = tuple(
            (frozenset(q.top.terms.items()), tuple(sorted(q.bottom.items())))
            for q in (reading.zero + formula for formula in formulas)
        )
        groups.setdefault(key, []).append(i)
    return list(groups.values())


@dataclass(frozen=True)
class _Case:
    """Which coalitions win, under which conditions, and what was shown to know it."""

    where: tuple[Formula, ...] = ()
    wins: tuple[bool, ...] = ()
    shown: tuple[Formula, ...] = ()
    certificates: tuple[AnyCertificate, ...] = ()

    def and_that(self, won: bool, formula: Formula, found: Sequence[AnyCertificate]) -> _Case:
        """Return the case with one more coalition, about which something was shown."""
        known = (*self.shown, formula) if found else self.shown
        return _Case(self.where, (*self.wins, won), known, (*self.certificates, *found))

    def if_(self, won: bool, formula: Formula) -> _Case:
        """Return the part of the case in which one more coalition wins, or loses."""
        return _Case((*self.where, formula), (*self.wins, won), self.shown, self.certificates)


def _cases(reading: Reading, formulas: Sequence[Formula]) -> Iterator[_Case]:
    """Yield the cases in which different ones of several formulas hold; the reading notes why."""
    settled = _settled(reading, formulas)
    pending = [_Case()]
    splits = 0
    while pending:
        case = pending.pop()
        reading.deadline.check()
        if len(case.wins) == len(formulas):
            yield case
            _note(reading, case)
            continue
        formula = formulas[len(case.wins)]
        if len(case.wins) in settled:
            pending.append(case.and_that(settled[len(case.wins)], formula, ()))
            continue
        against = negation(formula)
        for won, side, other in ((True, formula, against), (False, against, formula)):
            found = _why(reading, case.where, side, other)
            if found is not None:
                pending.append(case.and_that(won, side, found))
                break
        else:
            splits += 1
            if splits > MOST_CASES:
                raise GameError(
                    "different coalitions win in too many ways in this domain; narrow it, so that "
                    "it says of more coalitions whether they win."
                )
            pending += [case.if_(True, formula), case.if_(False, against)]


def _settled(reading: Reading, formulas: Sequence[Formula]) -> dict[int, bool]:
    """Return which of several formulas hold or fail in every case; the reading notes why."""
    settled: dict[int, bool] = {}
    case = _Case()
    for k, formula in enumerate(formulas):
        reading.deadline.check()
        against = negation(formula)
        for won, side, other in ((True, formula, against), (False, against, formula)):
            found = _why(reading, (), side, other)
            if found is not None:
                settled[k] = won
                case = case.and_that(won, side, found)
                break
    _note(reading, case)
    return settled


def _note(reading: Reading, case: _Case) -> None:
    if case.shown:
        words = "it is known of every coalition whether it wins"
        given = (*reading.hypotheses, *case.where)
        reading.steps.append(Step(words, All(case.shown), (), case.certificates, given))


def _why(
    reading: Reading, where: Sequence[Formula], formula: Formula, against: Formula
) -> Sequence[AnyCertificate] | None:
    """Return certificates that a formula holds under the hypotheses and more; None if it may not.

    There are none if it is true anyway.
    """
    if pruned(formula) == All(()):
        return ()
    # A point that was met before says mostly at once that the formula may not hold.
    points: list[Values] = reading.known.setdefault("points", [])
    all_of_them = All((*reading.hypotheses, *where, against))
    if any(holds(all_of_them, point) for point in reversed(points)):
        return None
    facts: list[Condition] = []
    splits: list[tuple[Formula, ...]] = []
    for each in (*reading.hypotheses, *where, against):
        taken_apart(each, facts, splits)
    certificate = linear_contradiction(facts)
    if certificate is not None:
        return (certificate,)
    if not splits and is_linear(facts):
        return None
    found = contradict([all_of_them], reading.deadline)
    if isinstance(found, dict):
        points.append(dict.fromkeys(reading.names, Fraction(0)) | found)
    return found if isinstance(found, list) else None


def _in_core(match: re.Match[str], reading: Reading) -> Said:
    inside, denied = match.groups()
    model = reading.model
    parts = at_top(inside, ",")
    if len(parts) != len(model.players) or len(parts) > MOST_PLAYERS:
        raise GameError(
            f"the split ({inside}) has {counted(len(parts), 'entry', 'entries')}, but model "
            f"{model.name} has {len(model.players)} players: {and_list(model.players)}; give each "
            "a number."
        )
    split = [expression(part, reading) for part in parts]
    several = model.worth_at(reading.symbols)
    conditions: list[Formula] = []
    for mask in range(1, 1 << len(parts)):
        members = [i for i in range(len(parts)) if mask >> i & 1]
        got = sum((split[i] for i in members), reading.zero)
        names = " + ".join(model.players[i] for i in members)
        words = f"{names} cannot do better alone"
        conditions += [reading.compared(got, AT_LEAST, v, words) for v in several[mask]]
    total = sum(split, reading.zero)
    whole = "the split gives out what all together are worth"
    conditions.append(Some(tuple(reading.compared(total, EQUAL, v) for v in several[-1]), whole))
    formula: Formula = All(tuple(conditions))
    if denied:
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        verdict = split_verdict(game_at(model, values), [reading.at(x, values) for x in split])
        return verdict.holds != bool(denied), verdict

    return Said(formula, judge)
