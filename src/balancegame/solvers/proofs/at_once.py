"""What is said of games in normal form: profiles in equilibrium, dominance, payoffs.

A profile is an equilibrium where no player's payoff from another action exceeds that from what the
profile says: one condition for each action. That there is no other one is said with the bases of
the two polyhedra (:mod:`balancegame.solvers.normal_form.minors`): a pair of them is an extreme
equilibrium where the signs of its minors say so, and an equilibrium is the only one exactly if
there is no extreme equilibrium besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.exact.multivariate import Multivariate
from balancegame.exact.quotients import Quotient, common_bottom
from balancegame.games.model import Model
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.minors import Bases, bases, bordered_minors
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria
from balancegame.solvers.normal_form.verdict import profile_verdict
from balancegame.solvers.proofs.conditions import (
    AT_LEAST,
    EQUAL,
    MORE,
    UNEQUAL,
    All,
    Condition,
    Formula,
    Some,
    negation,
    pruned,
)
from balancegame.solvers.proofs.language import at_top, expression, one_of, player_named
from balancegame.solvers.proofs.vocabulary import (
    INSIDE,
    Reading,
    Said,
    Vocabulary,
    Worth,
    either,
    game_at,
    phrase,
    vocabulary,
)
from balancegame.wording import and_list, called, counted

# Beyond 3 x 3 actions the pairs of bases are too many to go through one by one.
MOST_ACTIONS = 3

Mixture = Mapping[int, Any]
"""The probability of each action that is played, by its position."""


@game_at.register
def _(model: Model, values: Mapping[str, Fraction]) -> NormalFormGame:
    return NormalFormGame(model.payoffs_at(values), model.players, model.actions)


@vocabulary.register
def _(model: Model) -> Vocabulary:
    return _vocabulary(tuple(model.players), tuple(map(tuple, model.actions)))


@lru_cache(maxsize=256)
def _vocabulary(players: tuple[str, ...], actions: tuple[tuple[str, ...], ...]) -> Vocabulary:
    either_action = either({name for own in actions for name in own})
    return Vocabulary(
        statements=(
            phrase(
                f"({', '.join(names[0] for names in actions)}) is an equilibrium",
                INSIDE + r" is (not )?(an|the only|a strict) equilibrium( in pure strategies)?",
                _equilibrium,
            ),
            phrase(
                "there is no equilibrium in pure strategies",
                r"there is no equilibrium in pure strategies",
                _no_pure_equilibrium,
            ),
            phrase(
                f"{' dominates '.join(actions[0][:2])} for {players[0]}",
                rf"({either_action}) (strictly )?dominates ({either_action}) for "
                rf"((?:the )?(?:{either(players)}))",
                _dominance,
            ),
        ),
        values=(
            phrase(
                f"payoff({players[0]}, ({', '.join(n[0] for n in actions)}))",
                r"payoff ?\( ?([^,()]+), ?" + INSIDE + r" ?\)",
                _payoff,
            ),
        ),
    )


def read_profile(text: str, reading: Reading) -> list[Mixture]:
    """Return the mixtures of a profile written "(Comply, Enforce with p and ...)"."""
    model = reading.model
    parts = at_top(text, ",")
    if len(parts) != len(model.players):
        raise GameError(
            f"the profile ({text}) has {counted(len(parts), 'entry', 'entries')}, but model "
            f"{model.name} has {counted(len(model.players), 'player', 'players')}: "
            f"{and_list(model.players)}; give an action of each."
        )
    return [
        _mixture(part, reading, player, names)
        for part, player, names in zip(parts, model.players, model.actions, strict=True)
    ]


def _mixture(part: str, reading: Reading, player: str, names: Sequence[str]) -> Mixture:
    whose = f"no action of {called(player)} in model {reading.model.name}"
    if part in names:
        return {names.index(part): 1}
    mixed: dict[int, Any] = {}
    for piece in at_top(part, " and "):
        action, word, chance = piece.partition(" with ")
        if not word:
            one_of(names, part, whose)
        place = one_of(names, action, whose)
        if place in mixed:
            raise GameError(f'"{part}" names {names[place]} twice; give it one probability.')
        mixed[place] = expression(chance.strip().removeprefix("probability "), reading)
    rest = sum(mixed.values(), reading.zero) - 1
    if rest.top.terms:
        raise GameError(
            f'the probabilities in "{part}" do not add up to 1 for all values; give each action '
            "one, so that together they do."
        )
    return mixed


def expected(table: Any, mixtures: Sequence[Mixture]) -> Any:
    """Return a player's payoff from mixtures of all players."""
    if not mixtures:
        return table
    first, *rest = mixtures
    worth = {a: expected(table[a], rest) for a in first}
    shares = [worth[a] if chance == 1 else chance * worth[a] for a, chance in first.items()]
    return sum(shares[1:], shares[0])


def _equilibrium(match: re.Match[str], reading: Reading) -> Said:
    inside, denied, kind, pure = match.groups()
    if pure and not kind.startswith("the only"):
        kind = f"{kind.strip()} equilibrium in pure strategies"
        raise GameError(f'say "an equilibrium", or "the only equilibrium{pure}", not "{kind}".')
    model = reading.model
    profile = read_profile(inside, reading)
    formula = equilibrium_formula(reading, profile, strict=kind.startswith("a strict"))
    if kind.startswith("the only"):
        formula = All((formula, (_only_pure if pure else _no_other)(reading, profile)))
    if denied:
        formula = negation(formula)

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        game = game_at(model, values)
        played = [
            _at(mixture, names, values, reading)
            for mixture, names in zip(profile, model.actions, strict=True)
        ]
        cell = [x.index(Fraction(1)) for x in played if 1 in x]
        pure_played = len(cell) == len(played)
        possible = all(min(x) >= 0 for x in played)
        verdict: Any = profile_verdict(game, cell if pure_played else played) if possible else None
        holds = bool(verdict)
        if holds and kind.startswith("a strict"):
            holds = pure_played and _is_strict(game, cell)
        elif holds and kind.startswith("the only"):
            found = pure_equilibria(game) if pure else equilibria(game)
            if not (holds := len(found) == 1 and (pure_played or not pure)):
                verdict = found
        return holds != bool(denied), verdict

    return Said(formula, judge)


def _is_strict(game: NormalFormGame, cell: Sequence[int]) -> bool:
    return all(
        game.at(i, tuple(cell)) > game.at(i, other)
        for i in range(len(cell))
        for other in game.deviations(i, tuple(cell))
    )


def _at(
    mixture: Mixture, names: Sequence[str], values: Mapping[str, Fraction], reading: Reading
) -> list[Fraction]:
    """Return the probabilities of a mixture at exact values."""
    chances = {a: reading.at(chance, values) for a, chance in mixture.items()}
    return [chances.get(a, Fraction(0)) for a in range(len(names))]


def equilibrium_formula(
    reading: Reading, profile: Sequence[Mixture], strict: bool = False
) -> Formula:
    """Return that nobody gains by another action than the profile says."""
    model = reading.model
    payoffs = model.payoffs_at(reading.symbols)
    parts: list[Formula] = []
    for i, (player, names) in enumerate(zip(model.players, model.actions, strict=True)):
        own = expected(payoffs[i], profile)
        for a, chance in profile[i].items() if len(profile[i]) > 1 else ():
            words = f"the probability of {names[a]} is at least 0"
            parts.append(reading.compared(chance, AT_LEAST, 0, words))
        for a, name in enumerate(names):
            if profile[i].keys() == {a}:
                continue
            other = expected(payoffs[i], [*profile[:i], {a: 1}, *profile[i + 1 :]])
            verb = "loses by" if strict else "does not gain by"
            words = f"{called(player)} {verb} {name}"
            part: Formula = reading.compared(own, MORE if strict else AT_LEAST, other, words)
            if strict and a in profile[i]:
                # What is played for sure is no departure.
                part = Some((reading.compared(profile[i][a], EQUAL, 1), part), words)
            parts.append(part)
    return All(tuple(parts))


def _cells(model: Model) -> Iterator[tuple[int, ...]]:
    return product(*(range(len(names)) for names in model.actions))


def _pure(cell: Sequence[int]) -> list[Mixture]:
    return [{a: 1} for a in cell]


def _named(model: Model, cell: Sequence[int]) -> str:
    return ", ".join(names[a] for names, a in zip(model.actions, cell, strict=True))


def _played(reading: Reading, profile: Sequence[Mixture], cell: Sequence[int]) -> Formula:
    """Return that a profile is one in pure strategies."""
    chances = (mixture.get(a, reading.zero) for mixture, a in zip(profile, cell, strict=True))
    return pruned(All(tuple(reading.compared(chance, EQUAL, 1) for chance in chances)))


def _only_pure(reading: Reading, profile: Sequence[Mixture]) -> Formula:
    """Return that a profile is in pure strategies, and no other one of these an equilibrium."""
    played = tuple(_played(reading, profile, cell) for cell in _cells(reading.model))
    pure = pruned(Some(played, "every player plays one action for sure"))
    return All((pure, _no_other_pure(reading, profile)))


def _no_other_pure(reading: Reading, profile: Sequence[Mixture]) -> Formula:
    parts: list[Formula] = []
    for cell in _cells(reading.model):
        played = _played(reading, profile, cell)
        if played != All(()):
            against = negation(equilibrium_formula(reading, _pure(cell)))
            words = f"({_named(reading.model, cell)}) is not an equilibrium"
            parts.append(Some((against, played), words))
    return All(tuple(parts))


def _no_pure_equilibrium(match: re.Match[str], reading: Reading) -> Said:
    model = reading.model

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        found = pure_equilibria(game_at(model, values))
        return not found, found

    return Said(_no_other_pure(reading, [{} for _ in model.players]), judge)


def _dominance(match: re.Match[str], reading: Reading) -> Said:
    better, strictly, worse, whose = match.groups()
    model = reading.model
    i = player_named(model, whose)
    player, names = model.players[i], model.actions[i]
    no_action = f"no action of {called(player)} in model {model.name}"
    first, second = one_of(names, better, no_action), one_of(names, worse, no_action)
    payoffs = model.payoffs_at(reading.symbols)[i]
    everywhere: list[Formula] = []
    somewhere: list[Formula] = []
    for cell in _cells(model):
        if cell[i] != first:
            continue
        other = (*cell[:i], second, *cell[i + 1 :])
        own, theirs = (expected(payoffs, _pure(c)) for c in (cell, other))
        against = _named(model, (*cell[:i], first, *cell[i + 1 :]))
        gets, than = ("more", "than") if strictly else ("at least as much", "as")
        words = f"{called(player)} gets {gets} at ({against}) {than} by {names[second]}"
        everywhere.append(reading.compared(own, MORE if strictly else AT_LEAST, theirs, words))
        somewhere.append(reading.compared(own, MORE, theirs))
    parts = everywhere if strictly else [*everywhere, Some(tuple(somewhere), "somewhere more")]

    def judge(values: Mapping[str, Fraction]) -> tuple[bool, Any]:
        game = game_at(model, values)
        return _dominates(game, i, (first, second), bool(strictly)), game

    return Said(All(tuple(parts)), judge)


def _dominates(game: NormalFormGame, i: int, pair: tuple[int, int], strictly: bool) -> bool:
    gains = [
        game.at(i, cell) - game.at(i, (*cell[:i], pair[1], *cell[i + 1 :]))
        for cell in game.cells()
        if cell[i] == pair[0]
    ]
    return min(gains) > 0 if strictly else min(gains) >= 0 and max(gains) > 0


def _payoff(match: re.Match[str], reading: Reading) -> Worth:
    who, inside = match.groups()
    i = player_named(reading.model, who)
    payoffs = reading.model.payoffs_at(reading.symbols)[i]
    worth = expected(payoffs, read_profile(inside, reading)) + reading.zero
    return Worth([(None, worth)], lambda values: reading.at(worth, values))


def _no_other(reading: Reading, profile: Sequence[Mixture]) -> Formula:
    """Return that a game of one or two players has no extreme equilibrium but a profile."""
    model = reading.model
    sizes = [len(names) for names in model.actions]
    if len(sizes) > 2 or max(sizes) > MOST_ACTIONS:
        raise GameError(
            f'"the only equilibrium" can be asked of models with two players and {MOST_ACTIONS} '
            f'actions each; of model {model.name} ask "the only equilibrium in pure strategies".'
        )
    if len(sizes) == 1:
        return _no_other_pure(reading, profile)
    first, second = (_polynomials(reading, i) for i in range(2))
    rows, columns = sizes
    sides = (
        _vertices(second, bases(rows, columns), profile[0], reading),
        _vertices(np.transpose(first), bases(columns, rows), profile[1], reading),
    )
    parts: list[Formula] = []
    for ours, differs in sides[0]:
        for theirs, also in sides[1]:
            turned = {(rows + k if k < columns else k - columns): v for k, v in theirs.items()}
            held = [
                Some(tuple(Condition(side[k], EQUAL) for side in (ours, turned) if k in side))
                for k in range(rows + columns)
                if k in ours and k in turned
            ]
            other: tuple[Formula, ...] = (*_signs(ours, rows, 0), *_signs(theirs, columns, 0))
            meets = All((*other, *held, Some((differs, also))))
            against = pruned(negation(meets))
            if against != All(()):
                parts.append(against)
    return All(tuple(parts), "no other profile is an equilibrium")


def _signs(entries: Mapping[int, Multivariate], own: int, start: int) -> list[Formula]:
    """Return that a basis is feasible: all entries have one sign, some probability is not 0."""
    up = [Condition(p, AT_LEAST) for p in entries.values()]
    down = [Condition(-p, AT_LEAST) for p in entries.values()]
    played = [Condition(p, UNEQUAL) for k, p in entries.items() if k < own]
    return [Some((All(tuple(up)), All(tuple(down)))), Some(tuple(played))]


def _polynomials(reading: Reading, i: int) -> Any:
    """Return a player's payoffs, times one positive number, as an array of polynomials."""
    shape = [len(names) for names in reading.model.actions]
    table = reading.model.payoffs_at(reading.symbols)[i]
    entries = [[table[a][b] + reading.zero for b in range(shape[1])] for a in range(shape[0])]
    bottom = common_bottom([entry for row in entries for entry in row])
    sign = 1
    for factor, power in bottom.items():
        sign *= reading.sign(factor) if power % 2 else abs(reading.sign(factor))
    array = np.empty(shape, dtype=object)
    for a, row in enumerate(entries):
        for b, entry in enumerate(row):
            array[a, b] = entry.over(bottom) * sign
    return array


def _vertices(
    matrix: Any, table: Bases, mixture: Mixture, reading: Reading
) -> list[tuple[dict[int, Multivariate], Formula]]:
    """Return for each basis its minors by label, and that its point is not a player's mixture."""
    one = reading.zero.top + 1
    minors = [m * one for level in bordered_minors(matrix) for m in level]
    found: list[tuple[dict[int, Multivariate], Formula]] = []
    for places, signs in zip(table.minor, table.sign, strict=True):
        entries = {
            k: minors[place] * int(sign)
            for k, (place, sign) in enumerate(zip(places, signs, strict=True))
            if sign
        }
        total = sum((p for k, p in entries.items() if k < table.rows), one * 0)
        apart: list[Formula] = []
        for k in range(table.rows):
            played = entries.get(k, one * 0)
            own = mixture.get(k, reading.zero)
            apart.append(reading.compared(Quotient(played), UNEQUAL, own * Quotient(total)))
        found.append((entries, Some(tuple(apart))))
    return found
