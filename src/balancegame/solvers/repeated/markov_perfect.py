"""Markov-perfect equilibria: what is done depends on the state of the world alone.

Given what the others do in each state, a player faces a Markov decision problem. A strategy is best
after every history if and only if in each state it takes an action that is best given the value of
what follows, so a problem has a set of best actions for each state (Howard 1960). A profile of
strategies in pure actions is an equilibrium if and only if each is among its player's best
(Maskin and Tirole 2001, "Markov perfect equilibrium I"). All of them are found by solving every
player's problem against everything that the others could do. With two states and two actions each,
equilibria in mixed actions are found too (:mod:`.markov_mixtures`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import prod
from types import MappingProxyType
from typing import Any, overload

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.automata import Automaton
from balancegame.games.frozen import Frozen
from balancegame.games.reciprocity import always
from balancegame.games.stochastic import StochasticGame, require_stochastic
from balancegame.solvers.repeated.markov_mixtures import equilibria_of_two_by_two, is_joined
from balancegame.solvers.repeated.state_reduction import solve
from balancegame.solvers.solutions import Explained
from balancegame.wording import counted, mixture

# Decision problems of one player, and equilibria to list: more take minutes.
MOST_PROBLEMS = 50_000
MOST_EQUILIBRIA = 100_000

Cell = tuple[int, ...]
# What one player does in each state, and its best actions in each.
Plan = tuple[int, ...]
Best = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, repr=False)
class MarkovEquilibrium(Frozen, Explained):
    """What everybody does in each state of the world, and what that is worth from there on."""

    game: StochasticGame = field(compare=False)
    # For each state a distribution and an average payoff for each player.
    strategies: Mapping[str, tuple[tuple[Any, ...], ...]]
    payoffs: Mapping[str, tuple[Any, ...]]
    # Whether nobody has another best action anywhere than those it may take.
    strict: bool

    @property
    def pure(self) -> bool:
        """Whether nobody mixes."""
        return all(set(s) <= {0, 1} for profile in self.strategies.values() for s in profile)

    @property
    def automata(self) -> tuple[Automaton, ...]:
        """The strategies as automata of one state, as :func:`verify` takes them.

        Raises
        ------
        GameError
            If somebody mixes.
        """
        if not self.pure:
            raise GameError(
                "somebody mixes in this equilibrium, and automata do not mix; look at its "
                "strategies."
            )
        actions = [
            {
                state: stage.actions[i][self.strategies[state][i].index(1)]
                for state, stage in zip(self.game.states, self.game.stages, strict=True)
            }
            for i in range(len(self.game.players))
        ]
        return tuple(map(always, actions))

    def __repr__(self) -> str:
        parts = []
        for state, stage in zip(self.game.states, self.game.stages, strict=True):
            sides = zip(self.strategies[state], stage.actions, strict=True)
            does = ", ".join(mixture(strategy, names) for strategy, names in sides)
            worth = ", ".join(map(plain, self.payoffs[state]))
            parts.append(f"{state}: ({does}), worth {worth}")
        return f"<MarkovEquilibrium: {'; '.join(parts)}>"


@dataclass(frozen=True, repr=False)
class MarkovEquilibria(Sequence[MarkovEquilibrium], Explained):
    """Markov-perfect equilibria of a stochastic game, a sequence.

    Attributes
    ----------
    mixed : bool
        Whether equilibria in which somebody mixes were found too, as far as there are any.
    degenerate : bool
        Whether in one of those listed somebody has another best action than those it takes; then
        there may be further equilibria between them.
    segments : tuple of (int, int)
        Pairs of those listed with a continuum of equilibria between them.
    continua : tuple of tuple of int
        Those listed that segments join.
    """

    game: StochasticGame
    listed: tuple[MarkovEquilibrium, ...]
    mixed: bool

    @property
    def degenerate(self) -> bool:
        """Whether somebody is indifferent to an action that it does not take."""
        return not all(equilibrium.strict for equilibrium in self.listed)

    @cached_property
    def segments(self) -> tuple[tuple[int, int], ...]:
        """Numbers of two equilibria with nothing but equilibria between them, as far as is known.

        The two differ in what one player does in one state, and each mixture of both will do. Where
        mixtures were not looked for there are none.
        """
        if not (self.mixed and self.degenerate):
            return ()
        return tuple(
            (i, j)
            for (i, one), (j, other) in combinations(enumerate(self.listed), 2)
            if is_joined(self.game, one.strategies, other.strategies)
        )

    @cached_property
    def continua(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the equilibria that segments join, directly or by way of others."""
        groups: list[set[int]] = []
        for pair in self.segments:
            joined = [group for group in groups if group & {*pair}]
            groups = [group for group in groups if group not in joined]
            groups.append({*pair}.union(*joined))
        return tuple(sorted(tuple(sorted(group)) for group in groups))

    @overload
    def __getitem__(self, index: int) -> MarkovEquilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[MarkovEquilibrium, ...]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self.listed[index]

    def __len__(self) -> int:
        return len(self.listed)

    def __repr__(self) -> str:
        kind = "pure and mixed" if self.mixed else "in pure strategies"
        lines = "".join(f"\n  {equilibrium!r}" for equilibrium in self.listed)
        joined = (
            f", {counted(len(self.continua), 'continuum', 'continua')}" if self.continua else ""
        )
        degenerate = ", degenerate" * self.degenerate
        return f"<MarkovEquilibria ({len(self)}, {kind}{degenerate}{joined}):{lines}>"


def markov_perfect(game: StochasticGame) -> MarkovEquilibria:
    """Return every Markov-perfect equilibrium in pure strategies; in small games, mixed ones too.

    Parameters
    ----------
    game : StochasticGame or RepeatedGame
        In two states of the world, with two players of two actions in each and rational numbers,
        equilibria in mixed strategies are found as well; ``mixed`` of the answer says so.

    Returns
    -------
    MarkovEquilibria
        In the order of the actions taken, mixed ones last. Where somebody is indifferent, those
        listed are the corners, the answer is ``degenerate``, and ``continua`` names those joined.

    Raises
    ------
    GameError
        If there is too much that players could do.

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> hunt = NormalFormGame([[[3, 0], [2, 2]], [[3, 2], [0, 2]]], actions=(("C", "D"),) * 2)
    >>> game = StochasticGame(
    ...     ("good", "bad"),
    ...     (hunt, hunt),
    ...     {"good": {("C", "C"): "good", "otherwise": "bad"}, "bad": "bad"},
    ...     "1/2",
    ... )
    >>> found = markov_perfect(game)
    >>> len(found), sum(equilibrium.pure for equilibrium in found)
    (9, 4)
    >>> found[0]
    <MarkovEquilibrium: good: (C, C), worth 3, 3; bad: (C, C), worth 3, 3>
    """
    game = require_stochastic(game, "markov_perfect")
    if _small(game):
        found = tuple(MarkovEquilibrium(game, *one) for one in equilibria_of_two_by_two(game))
        # Every game has one (Fink 1964), so nothing found would say that mixed ones were missed.
        return MarkovEquilibria(game, found, bool(found))
    return MarkovEquilibria(game, tuple(pure_equilibria(game)), False)


def pure_equilibria(game: StochasticGame) -> Iterator[MarkovEquilibrium]:
    """Yield every Markov-perfect equilibrium in pure strategies."""
    players, worlds = range(len(game.players)), range(len(game.states))
    # All plans of each player: an action for each state.
    plans = [list(product(*(range(stage.shape[i]) for stage in game.stages))) for i in players]
    problems = max(prod(len(plans[j]) for j in players if j != i) for i in players)
    if problems > MOST_PROBLEMS:
        raise GameError(
            f"there are {problems} ways to act in {len(worlds)} states for a player to reply to; "
            f"up to {MOST_PROBLEMS} are looked through, so leave out states or actions."
        )
    replies = [_replies(game, i, plans) for i in players]
    count = 0
    for others, best in replies[0].items():
        for own in product(*best):
            profile = (own, *others)
            best_of_all = [replies[i][profile[:i] + profile[i + 1 :]] for i in players]
            if all(profile[i][w] in best_of_all[i][w] for i in players if i for w in worlds):
                count += 1
                if count > MOST_EQUILIBRIA:
                    raise GameError(
                        f"there are more than {MOST_EQUILIBRIA} Markov-perfect equilibria; players "
                        "are indifferent nearly everywhere, so leave out actions."
                    )
                alone = all(len(actions) == 1 for best in best_of_all for actions in best)
                yield _equilibrium(game, profile, alone)


def _replies(game: StochasticGame, player: int, plans: list[list[Plan]]) -> dict[Any, Best]:
    """Return the best actions of a player in each state against each plan of the others."""
    found: dict[Any, Best] = {}
    own: Plan = plans[player][0]
    for others in product(*(p for j, p in enumerate(plans) if j != player)):
        # The best plan against one is a good start against the next.
        own, best = _best_actions(game, player, own, others)
        found[others] = best
    return found


def _best_actions(
    game: StochasticGame, player: int, own: Plan, others: tuple[Plan, ...]
) -> tuple[Plan, Best]:
    """Return a best plan and all best actions in each state, by policy iteration."""
    d = game.patience
    rows: list[list[tuple[Fraction, dict[int, Fraction]]]] = []
    for world, stage in enumerate(game.stages):
        acts = [plan[world] for plan in others]
        cells = [(*acts[:player], a, *acts[player:]) for a in range(stage.shape[player])]
        rows.append(
            [
                (
                    (1 - d) * stage.at(player, cell),
                    {later: d * p for later, p in game.odds(world, cell).items()},
                )
                for cell in cells
            ]
        )
    while True:
        chosen = [row[a] for row, a in zip(rows, own, strict=True)]
        values = [v for (v,) in solve([[now] for now, _ in chosen], [odds for _, odds in chosen])]
        worth = [
            [now + sum((w * values[t] for t, w in odds.items()), Fraction(0)) for now, odds in row]
            for row in rows
        ]
        most = [max(row) for row in worth]
        if most == values:
            best = [
                tuple(a for a, value in enumerate(row) if value == top)
                for row, top in zip(worth, most, strict=True)
            ]
            return own, tuple(best)
        own = tuple(
            a if row[a] == top else row.index(top)
            for row, top, a in zip(worth, most, own, strict=True)
        )


def _equilibrium(
    game: StochasticGame, profile: tuple[Plan, ...], strict: bool
) -> MarkovEquilibrium:
    d, cells = game.patience, list(zip(*profile, strict=True))
    gains = [
        [(1 - d) * u for u in stage.payoffs_at(cell)]
        for stage, cell in zip(game.stages, cells, strict=True)
    ]
    odds = [
        {later: d * p for later, p in game.odds(world, cell).items()}
        for world, cell in enumerate(cells)
    ]
    values = solve(gains, odds)
    strategies = {
        state: tuple(
            tuple(Fraction(int(a == cell[i])) for a in range(size))
            for i, size in enumerate(stage.shape)
        )
        for state, stage, cell in zip(game.states, game.stages, cells, strict=True)
    }
    payoffs = dict(zip(game.states, values, strict=True))
    return MarkovEquilibrium(game, MappingProxyType(strategies), MappingProxyType(payoffs), strict)


def _small(game: StochasticGame) -> bool:
    """Return whether mixed equilibria can be found as well."""
    numbers = [game.patience]
    for stage in game.stages:
        numbers += [stage.at(i, cell) for i in range(len(stage.players)) for cell in stage.cells()]
    return (
        len(game.states) == 2
        and all(stage.shape == (2, 2) for stage in game.stages)
        and all(isinstance(number, Fraction) for number in numbers)
        and all(
            isinstance(p, Fraction)
            for rows in game.transitions
            for odds in rows.values()
            for p in odds.values()
        )
    )
