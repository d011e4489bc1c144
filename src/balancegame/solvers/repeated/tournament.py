"""Round-robin tournaments of automata: exact payoffs of every pair, and evolution among them.

Everybody meets everybody, itself included, in both roles; a payoff is the average of the two. Rows
of the table are whose payoff it is, columns whom it met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from tqdm import tqdm

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.automata import Automaton
from balancegame.games.repeated import RepeatedGame, require_repeated
from balancegame.solvers.repeated.compact_automata import CompactAutomaton, compact
from balancegame.solvers.repeated.entrants import Temptation, most_against, worst_temptation
from balancegame.solvers.repeated.matches import Rules, match_payoffs
from balancegame.solvers.repeated.shares import Evolution, evolution_of
from balancegame.solvers.solutions import Explained

MOST_GENERATIONS = 1_000
# Seconds; with mistakes, a class of hundreds takes minutes.
_PATIENCE = 3

# An automaton in the first role, and in the second.
Roles = tuple[CompactAutomaton, CompactAutomaton]


@dataclass(frozen=True, repr=False)
class Tournament(Explained):
    """What the row's automaton gets against the column's, averaged over both roles.

    ``mistakes`` is the probability with which a player does something else than was meant.
    """

    names: tuple[str, ...]
    payoffs: tuple[tuple[Fraction, ...], ...]
    game: RepeatedGame = field(compare=False)
    automata: tuple[Automaton, ...] = field(compare=False)
    mistakes: Fraction = Fraction(0)

    @cached_property
    def scores(self) -> dict[str, Fraction]:
        """The average over all opponents, itself among them, highest first."""
        totals = (sum(row, Fraction(0)) for row in self.payoffs)
        means = {n: total / len(self.names) for n, total in zip(self.names, totals, strict=True)}
        return dict(sorted(means.items(), key=lambda entry: -entry[1]))

    @cached_property
    def wins(self) -> dict[str, int]:
        """How many others each beats: how many get less against it than it gets against them."""
        places = range(len(self.names))
        table = self.payoffs
        return {self.names[i]: sum(table[i][j] > table[j][i] for j in places) for i in places}

    @cached_property
    def states(self) -> dict[str, int]:
        """How many states each needs, the more of its two roles."""
        needed = (max(len(role.actions) for role in roles) for roles in self._entrants)
        return dict(zip(self.names, needed, strict=True))

    @property
    def temptations(self) -> dict[str, Temptation | None]:
        """The best one-shot deviation where each meets itself; None if it is subgame-perfect."""
        return {name: self.temptation(name) for name in self.names}

    @property
    def most(self) -> dict[str, Fraction]:
        """The most that any strategy at all, in the tournament or not, gets against each."""
        return {name: self.most_against(name) for name in self.names}

    def temptation(self, name: str) -> Temptation | None:
        """Return the best one-shot deviation where one of them meets itself, None if none gains."""
        roles = self._entrants[self._place(name)]
        if roles not in self._tempted:
            self._tempted[roles] = worst_temptation(self._rules, *roles)
        return self._tempted[roles]

    def most_against(self, name: str) -> Fraction:
        """Return the most that any strategy at all gets against one of them."""
        roles = self._entrants[self._place(name)]
        if roles not in self._most:
            both = (most_against(self._rules, roles[role], role) for role in range(2))
            self._most[roles] = sum(both, Fraction(0)) / 2
        return self._most[roles]

    def best_replies(self, name: str) -> tuple[str, ...]:
        """Return who of all that take part gets most against one of them."""
        place = self._place(name)
        column = [row[place] for row in self.payoffs]
        best = max(column)
        return tuple(n for n, payoff in zip(self.names, column, strict=True) if payoff == best)

    def best_at_the_end(self, evolution: Evolution) -> tuple[str, ...]:
        """Return who gets most against the population of the last generation.

        Whoever might get most, as far as the shares are certain, is among them.
        """
        shares = evolution.shares[-1]
        gets = [
            sum((u * x for u, x in zip(row, shares, strict=True)), Fraction(0))
            for row in self.payoffs
        ]
        largest = max(abs(payoff) for row in self.payoffs for payoff in row)
        margin = 2 * evolution.error * largest
        best = max(gets)
        return tuple(
            n for n, payoff in zip(self.names, gets, strict=True) if payoff >= best - margin
        )

    def evolution(self, generations: Any = 100, start: Sequence[Any] = ()) -> Evolution:
        """Return how the shares of a population change whose members meet each other at random.

        In each generation, a share grows the faster, the more its strategy gets; who gets the
        greatest payoff of the stage game has twice as many followers as who gets the least
        (:mod:`.solvers.repeated.shares`).

        Parameters
        ----------
        generations : int
        start : sequence of numbers, optional
            In proportion to the shares at the start; equal ones by default.
        """
        count = len(self.names)
        if start and len(start) != count:
            raise GameError(f"there are {len(start)} shares; give {count}, one for each automaton.")
        weights = [exact(share, "a share") for share in start or [1] * count]
        if min(weights) < 0 or not any(weights):
            raise GameError(
                "no share may be negative, and one must be more than 0; give other shares."
            )
        is_number = isinstance(generations, int) and not isinstance(generations, bool)
        if not is_number or not 1 <= generations <= MOST_GENERATIONS:
            raise GameError(
                f"{generations!r} is not a number of generations; give one from 1 to "
                f"{MOST_GENERATIONS}."
            )
        shares = [weight / sum(weights) for weight in weights]
        entries = [u for cell in self.game.stage.cells() for u in self.game.stage.payoffs_at(cell)]
        bounds = min(entries), max(entries)
        return evolution_of(self.names, self.payoffs, bounds, shares, generations)

    def _place(self, name: str) -> int:
        if name not in self._places:
            raise GameError(f"{name!r} does not take part; name somebody who does.")
        return self._places[name]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def _tempted(self) -> dict[Roles, Temptation | None]:
        return {}

    @cached_property
    def _most(self) -> dict[Roles, Fraction]:
        return {}

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self.game, self.mistakes)

    @cached_property
    def _entrants(self) -> tuple[Roles, ...]:
        return tuple(_roles(self.game, automaton) for automaton in self.automata)

    def __repr__(self) -> str:
        width = max(map(len, self.names))
        lines = [f"  {name:<{width}}  {plain(score)}" for name, score in self.scores.items()]
        return "\n".join(["<Tournament, average payoff against all:", *lines]) + ">"


def round_robin(
    game: RepeatedGame,
    automata: Sequence[Automaton] | Mapping[str, Automaton],
    *,
    mistakes: Any = 0,
) -> Tournament:
    """Return what each automaton gets against each, exactly, in both roles.

    Parameters
    ----------
    game : RepeatedGame
        Of two players.
    automata : sequence of Automaton, or mapping from names
    mistakes : number, optional
        The probability with which a player does something else than was meant, each other action
        being equally likely. Both see what was done.

    Raises
    ------
    GameError
        If the game is not one of two players, two automata have one name or there is none, or one
        does not fit the game.

    Notes
    -----
    Without mistakes a match is a path into a cycle, with them a Markov chain; see
    :mod:`.solvers.repeated.matches`. Both are exact.

    Terms of the glossary:

    tournament (tournaments)
        every automaton meets every other and itself, and the highest average wins

    Examples
    --------
    >>> from balancegame.games.normal_form import NormalFormGame
    >>> from balancegame.games.reciprocity import always, grim_trigger
    >>> stage = NormalFormGame(
    ...     [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"), ("C", "D"))
    ... )
    >>> grim = grim_trigger(("C", "C"), ("D", "D"))
    >>> round_robin(RepeatedGame(stage, "1/2"), [grim, always("D")]).payoffs
    ((Fraction(3, 1), Fraction(1, 2)), (Fraction(3, 1), Fraction(1, 1)))
    >>> round_robin(RepeatedGame(stage, "1/2"), [always("D")], mistakes="1/10").payoffs
    ((Fraction(129, 100),),)
    """
    game = require_repeated(game, "round_robin")
    if len(game.players) != 2:
        raise GameError(f"a tournament is for two players; this game has {len(game.players)}.")
    if not isinstance(automata, Mapping):
        listed = list(automata)
        automata = {automaton.name: automaton for automaton in listed}
        if len(automata) < len(listed):
            raise GameError("two automata have the same name; give a mapping from other names.")
    if not automata:
        raise GameError("there is no automaton; give at least one.")
    rules = Rules(game, mistakes)
    entrants = [_roles(game, automaton) for automaton in automata.values()]
    # Who always does the same gets the same: in a class, many do.
    different = list(dict.fromkeys(entrants))
    progress = tqdm(different, unit="strategy", delay=_PATIENCE, disable=None)
    met = {(a, b): match_payoffs(rules, a[0], b[1]) for a in progress for b in different}
    numbers = {roles: number for number, roles in enumerate(different)}
    table = [[(met[a, b][0] + met[b, a][1]) / 2 for b in different] for a in different]
    places = [numbers[roles] for roles in entrants]
    payoffs = tuple(tuple(table[j][k] for k in places) for j in places)
    return Tournament(tuple(automata), payoffs, game, tuple(automata.values()), rules.mistakes)


def _roles(game: RepeatedGame, automaton: Automaton) -> Roles:
    return compact(game.stage, automaton, 0), compact(game.stage, automaton, 1)
