"""Which coalitions of a voting model win, as signs of polynomials in its parameters.

Members with the same formulas are alike, so that coalitions are kept by how many members of each
group they have: their *kind*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, factorial, prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.exact.multivariate import Multivariate
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.parametric.model_formulas import ModelFormulas
from balancegame.wording import and_list, called

MOST_KINDS = 5000

Kind = tuple[int, ...]


@dataclass(frozen=True)
class WinningConditions:
    """The polynomials whose signs say which kinds of coalitions win.

    ``met`` holds for each kind and rule the condition's position, and whether 0 is enough.
    """

    groups: tuple[tuple[int, ...], ...]
    kinds: tuple[Kind, ...]
    polynomials: tuple[Multivariate, ...]
    met: tuple[tuple[tuple[int, bool], ...], ...]
    # For each group the position of the polynomial that gives its members a veto, if any might.
    vetoes: tuple[int | None, ...]

    def winning(self, signs: Sequence[int]) -> tuple[bool, ...]:
        """Return which kinds win where the polynomials have these signs."""
        needed = [
            len(group) if veto is not None and signs[veto] > 0 else 0
            for group, veto in zip(self.groups, self.vetoes, strict=True)
        ]
        return tuple(
            all(signs[at] > 0 or (enough and not signs[at]) for at, enough in rules)
            and all(count >= need for count, need in zip(kind, needed, strict=True))
            for kind, rules in zip(self.kinds, self.met, strict=True)
        )

    def power(self, wins: Sequence[bool]) -> list[Fraction]:
        """Return the Shapley value of each group's members from the kinds that win."""
        sizes = [len(group) for group in self.groups]
        won = dict(zip(self.kinds, wins, strict=True))
        n = sum(sizes)
        found = []
        for g, size in enumerate(sizes):
            total = 0
            for kind in self.kinds:
                larger = (*kind[:g], kind[g] + 1, *kind[g + 1 :])
                if kind[g] < size and won[larger] and not won[kind]:
                    s = sum(kind)
                    others = prod(comb(m - (h == g), kind[h]) for h, m in enumerate(sizes))
                    total += factorial(s) * factorial(n - s - 1) * others
            found.append(Fraction(total, factorial(n)))
        return found

    def in_short(self, model: CoalitionalModel, wins: Sequence[bool]) -> str:
        """Return the power of the members in a few words, the most powerful first."""
        if not any(wins):
            return "nobody can win"
        power = [Fraction(0)] * len(model.players)
        for group, share in zip(self.groups, self.power(wins), strict=True):
            for i in group:
                power[i] = share
        return power_in_short(model.players, power)


def winning_conditions(
    model: CoalitionalModel, axes: Sequence[str], fixed: dict[str, Any]
) -> WinningConditions:
    """Return the polynomials that say which coalitions of a voting model win.

    Raises GameError if a weight or a quota divides by what is zero somewhere in the range of the
    axes, or is of degree above 4, or there are too many kinds of coalitions.
    """
    formulas = ModelFormulas(model, axes, fixed)
    rules = [_rule(formulas, *rule) for rule in model.rules_at(formulas.values)]
    held_by = model.vetoes_at(formulas.values)
    formulas.require_degree([formulas.zero, *held_by.values()])
    vetoes = {name: formulas.alone(held) for name, held in held_by.items()}
    looks = [
        (*(weights[i] for weights, _ in rules), vetoes.get(name))
        for i, name in enumerate(model.players)
    ]
    groups: list[list[int]] = []
    for i, look in enumerate(looks):
        group = next((group for group in groups if looks[group[0]] == look), None)
        if group is None:
            groups.append([i])
        else:
            group.append(i)
    number = prod(len(group) + 1 for group in groups)
    if number > MOST_KINDS:
        raise GameError(
            f"the coalitions of model {model.name} are of {number} kinds; up to {MOST_KINDS} are "
            "followed, so give more members the same formulas."
        )
    kinds = list(product(*(range(len(group) + 1) for group in groups)))
    sums = [[_condition(rule, groups, kind) for rule in rules] for kind in kinds]
    polynomials = distinct([*(p for row in sums for p in row), *vetoes.values()])
    place = {id(p): k for k, p in enumerate(polynomials)}
    place |= {id(p): polynomials.index(p) for row in sums for p in row}
    enough = [quota is not None for _, quota in rules]
    return WinningConditions(
        tuple(map(tuple, groups)),
        tuple(kinds),
        tuple(polynomials),
        tuple(tuple((place[id(p)], e) for p, e in zip(row, enough, strict=True)) for row in sums),
        tuple(
            polynomials.index(veto) if (veto := looks[group[0]][-1]) is not None else None
            for group in groups
        ),
    )


def _rule(
    formulas: ModelFormulas, weights: Sequence[Any], quota: Any
) -> tuple[list[Multivariate], Multivariate | None]:
    """Return a rule's weights and quota, all times one positive denominator."""
    if quota is None:
        formulas.require_degree(weights)
        return formulas.together(weights), None
    formulas.require_degree([*weights, quota])
    *cleared, bound = formulas.together([*weights, quota])
    return cleared, bound


def distinct(polynomials: Iterable[Multivariate]) -> list[Multivariate]:
    """Return each polynomial once, in their order."""
    found: list[Multivariate] = []
    for polynomial in polynomials:
        if polynomial not in found:
            found.append(polynomial)
    return found


def _condition(
    rule: tuple[list[Multivariate], Multivariate | None],
    groups: Sequence[Sequence[int]],
    kind: Kind,
) -> Multivariate:
    """Return a coalition's weight less the quota, or less what is outside it."""
    weights, quota = rule
    held: Multivariate = weights[0] * 0
    for group, count in zip(groups, kind, strict=True):
        held = held + weights[group[0]] * count
    # More than half is the same as more than what is outside.
    bound = sum(weights[1:], weights[0]) - held if quota is None else quota
    margin: Multivariate = held - bound
    return margin


def power_in_short(players: Sequence[str], power: Sequence[Fraction]) -> str:
    """Return what each player has, in groups: "the US 2/3; Japan and India 1/6 each"."""
    return "; ".join(_each(names, share) for share, names in _alike(players, power))


def _each(names: Sequence[str], share: Fraction) -> str:
    shown = and_list(map(called, names)) if len(names) <= 6 else f"{len(names)} members"
    return f"{shown} {plain(share)}{' each' if len(names) > 1 and share else ''}"


def _alike(
    players: Sequence[str], power: Sequence[Fraction]
) -> Iterator[tuple[Fraction, list[str]]]:
    for share in sorted(set(power), reverse=True):
        yield share, [name for name, own in zip(players, power, strict=True) if own == share]
