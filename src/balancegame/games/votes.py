"""Votes: members have weights that must meet quotas together, and some may have vetoes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.names import is_name, listed
from balancegame.wording import counted, possessive


@dataclass(frozen=True)
class Rule:
    """A coalition meets a rule if its weights sum to the quota at least."""

    weights: tuple[Fraction, ...]
    quota: Fraction

    def whole(self) -> tuple[tuple[int, ...], int]:
        """Return weights and a quota in whole numbers, as small as a common factor allows.

        A quota between two sums that coalitions can reach is raised to the next of them that is
        a multiple of the weights' greatest common divisor.
        """
        ratios = [w.as_integer_ratio() for w in self.weights]
        scale = lcm(*(q for _, q in ratios))
        scaled = [p * (scale // q) for p, q in ratios]
        shared = gcd(*scaled) or 1
        p, q = self.quota.as_integer_ratio()
        # Rounded up.
        return tuple(w // shared for w in scaled), -(-p * scale // (q * shared))

    def sum_of(self, mask: int) -> Fraction:
        """Return the weight of a coalition."""
        return sum((w for i, w in enumerate(self.weights) if mask >> i & 1), Fraction(0))

    def met(self, mask: int) -> bool:
        """Return whether a coalition meets the quota."""
        return self.sum_of(mask) >= self.quota


@dataclass(frozen=True)
class Votes:
    """A coalition wins, and is worth 1, if it meets every rule and holds everybody with a veto."""

    rules: tuple[Rule, ...]
    vetoes: int  # as a set of bits

    def value(self, mask: int) -> Fraction:
        """Return 1 if a coalition wins, 0 otherwise."""
        held = mask & self.vetoes == self.vetoes
        return Fraction(int(held and all(rule.met(mask) for rule in self.rules)))

    def table(self, size: int) -> list[int]:
        """Return the value of each of the 2**size coalitions."""
        wins = [1] * 2**size
        for rule in self.rules:
            weights, quota = rule.whole()
            sums = [0]
            for weight in weights:
                sums += [total + weight for total in sums]
            wins = [int(win and total >= quota) for win, total in zip(wins, sums, strict=True)]
        vetoes = self.vetoes
        return [int(win and not vetoes & ~mask) for mask, win in enumerate(wins)]

    def spread(self, positions: Sequence[int], size: int) -> Votes:
        """Return the same votes among more members, the others without weight."""
        return Votes(
            tuple(Rule(placed(r.weights, positions, size), r.quota) for r in self.rules),
            sum(1 << p for k, p in enumerate(positions) if self.vetoes >> k & 1),
        )

    def merged(self, places: Sequence[int]) -> Votes:
        """Return the votes in which member k has joined the bloc at ``places[k]``."""
        size = max(places) + 1
        rules = []
        for rule in self.rules:
            weights = [Fraction(0)] * size
            for place, weight in zip(places, rule.weights, strict=True):
                weights[place] += weight
            rules.append(Rule(tuple(weights), rule.quota))
        vetoes = {place for k, place in enumerate(places) if self.vetoes >> k & 1}
        return Votes(tuple(rules), sum(1 << place for place in vetoes))

    def __mul__(self, other: Votes) -> Votes:
        """Return the votes in which a coalition must win both."""
        rules = dict.fromkeys((*self.rules, *other.rules))
        return Votes(tuple(rules), self.vetoes | other.vetoes)


def placed(values: Sequence[Any], positions: Sequence[int], size: int) -> tuple[Any, ...]:
    """Return values at given places of a longer sequence, zeros elsewhere."""
    spread = [Fraction(0)] * size
    for value, position in zip(values, positions, strict=True):
        spread[position] = value
    return tuple(spread)


def read_votes(
    weights: Any, quota: Any, players: Any, vetoes: Any
) -> tuple[tuple[str, ...], Votes]:
    """Return the members and the votes that a person described.

    There is one sequence or mapping of weights and one quota, or several of both.
    """
    several = not isinstance(weights, Mapping) and any(
        isinstance(entry, Mapping) or (hasattr(entry, "__iter__") and not isinstance(entry, str))
        for entry in listed(weights, "the weights")
    )
    columns = listed(weights, "the weights") if several else [weights]
    quotas = listed(quota, "the quotas") if several else [quota]
    if len(columns) != len(quotas):
        raise GameError(
            f"there are {counted(len(columns), 'list', 'lists')} of weights and "
            f"{counted(len(quotas), 'quota', 'quotas')}; give a quota for each list of weights."
        )
    named = next((tuple(column) for column in columns if isinstance(column, Mapping)), ())
    size = len(named) or len(listed(columns[0], "the weights"))
    names = member_names(given_names(players) or named, size)
    rules = tuple(
        _rule(column, bound, names, f" number {k + 1}" if several else "")
        for k, (column, bound) in enumerate(zip(columns, quotas, strict=True))
    )
    mask = 0
    for name in [vetoes] if isinstance(vetoes, str) else listed(vetoes, "the vetoes"):
        if name not in names:
            raise GameError(f"{name!r} has a veto but is no player; the vetoes are players' names.")
        mask |= 1 << names.index(name)
    return names, Votes(rules, mask)


def more_than_half(weights: Any) -> tuple[Any, Fraction]:
    """Return weights and the quota that a coalition meets with more than half of them."""
    listing = list(weights.values()) if isinstance(weights, Mapping) else listed(weights, "weights")
    exact_weights = [exact(w, f"weight {k + 1}") for k, w in enumerate(listing)]
    _require_fractions(exact_weights)
    if exact_weights and not any(exact_weights):
        raise GameError("all weights are 0, so no coalition has more than half; give somebody one.")
    scale = lcm(*(w.denominator for w in exact_weights))
    total = int(sum(exact_weights, Fraction(0)) * scale)
    return weights, Fraction(total // 2 + 1, scale)


def given_names(names: Any) -> list[Any]:
    """Return the names that were given for the players; none where they were left out."""
    return [] if names is None else listed(names, "the names of the players")


def member_names(names: Any, size: int) -> tuple[str, ...]:
    """Return the names of the players, each given once; "player 1" and so on stand in."""
    given = given_names(names) or [f"player {i + 1}" for i in range(size)]
    for k, name in enumerate(given):
        if not is_name(name):
            raise GameError(f"{name!r} among the players is not a name; names are text.")
        if name in given[:k]:
            raise GameError(f"the player {name!r} is named twice; name each player once.")
    if len(given) != size:
        there = "there is" if len(given) == 1 else "there are"
        raise GameError(
            f"{there} {counted(len(given), 'name', 'names')} but "
            f"{counted(size, 'player', 'players')}; give each player one name."
        )
    if not given:
        raise GameError("there are no players; give at least one.")
    return tuple(given)


def _rule(column: Any, quota: Any, names: tuple[str, ...], which: str) -> Rule:
    if isinstance(column, Mapping):
        strangers = [name for name in column if name not in names]
        if strangers:
            raise GameError(f"{strangers[0]!r} has a weight{which} but is no player.")
        column = [column.get(name, 0) for name in names]
    given = listed(column, f"the weights{which}")
    if len(given) != len(names):
        raise GameError(
            f"the list of weights{which} has {counted(len(given), 'entry', 'entries')} for "
            f"{counted(len(names), 'player', 'players')}; give each player one weight."
        )
    weights = tuple(
        exact(weight, f"the weight{which} of {name}")
        for weight, name in zip(given, names, strict=True)
    )
    for weight, name in zip(weights, names, strict=True):
        if weight < 0:
            raise GameError(
                f"{possessive(name)} weight{which} is {plain(weight)}; weights must be 0 or more."
            )
    bound = exact(quota, f"the quota{which}")
    _require_fractions((*weights, bound))
    if bound > sum(weights):
        raise GameError(
            f"the quota{which} is {plain(bound)} but everybody together has only "
            f"{plain(sum(weights, Fraction(0)))}, so nobody could ever win; lower the quota."
        )
    if bound <= 0:
        raise GameError(
            f"the quota{which} is {plain(bound)}, so a coalition of nobody would win; raise it "
            "above 0."
        )
    return Rule(weights, bound)


def _require_fractions(numbers: Iterable[Any]) -> None:
    for number in numbers:
        if not isinstance(number, Fraction):
            raise GameError(
                f"{number} among the weights and quotas is no fraction, so votes cannot be counted "
                "with it; round it to one."
            )


def positions_of(names: Iterable[str], among: Sequence[str]) -> list[int]:
    """Return where each name stands in a longer list."""
    place = {name: k for k, name in enumerate(among)}
    return [place[name] for name in names]
