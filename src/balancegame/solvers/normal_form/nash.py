"""Every equilibrium of a two-player game, exactly, degenerate or not.

The vertices of both best-response polyhedra are read off the signs of bordered minors
(:mod:`balancegame.solvers.normal_form.minors`), the extreme equilibria off their labels
(:mod:`balancegame.solvers.normal_form.label_sets`). Nothing but integers decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.exact.algebraic import Algebraic
from balancegame.exact.cones import whole_multiple
from balancegame.exact.formula import Formula
from balancegame.games.normal_form import NormalFormGame, Profile, Strategy, require_game
from balancegame.solvers.normal_form.label_sets import (
    complementary_pairs,
    connected,
    maximal_bicliques,
    opposite,
    vertices,
)
from balancegame.solvers.normal_form.minors import (
    INT64_SAFE,
    bases,
    bordered_minors,
    minor_bound,
    too_many_bases,
)
from balancegame.solvers.solutions import Explained

NashSubset = tuple[tuple[Strategy, ...], ...]
"""The vertices of each player's side; every product of their mixtures is an equilibrium."""


@dataclass(frozen=True, repr=False)
class Equilibrium(Explained):
    """One Nash equilibrium: a strategy and a payoff for each player.

    It can be given wherever a profile is asked for.
    """

    strategies: Profile
    payoffs: tuple[Fraction, ...]
    game: NormalFormGame = field(compare=False)

    def __iter__(self) -> Iterator[Strategy]:
        return iter(self.strategies)

    def __len__(self) -> int:
        return len(self.strategies)

    def __str__(self) -> str:
        from balancegame.explain.profile import profile_and_payoffs

        return profile_and_payoffs(self.game, self.strategies).words.removesuffix(".")

    def __repr__(self) -> str:
        named = zip(self.game.players, self.strategies, self.game.actions, strict=True)
        sides = (f"{player} {_mixture(strategy, names)}" for player, strategy, names in named)
        return f"<Equilibrium: {', '.join(sides)}; payoffs {', '.join(map(plain, self.payoffs))}>"


@dataclass(frozen=True, repr=False)
class Equilibria(Sequence[Equilibrium], Explained):
    """All extreme equilibria of a game, a sequence; and how they hang together.

    Attributes
    ----------
    components : tuple
        The connected components of the set of all equilibria, each a tuple of maximal Nash
        subsets: the vertices of each player's side, every pair of mixtures of which is an
        equilibrium.
    degenerate : bool
        Whether some strategy has more pure best replies than actions in its support.

    Notes
    -----
    Terms of the glossary:

    continuum
        infinitely many equilibria without a gap between them
    degenerate
        of a game: with ties, so that its equilibria may form a continuum
    """

    game: NormalFormGame
    extreme: tuple[Equilibrium, ...]
    components: tuple[tuple[NashSubset, ...], ...]
    degenerate: bool

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibrium, ...]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        return self.extreme[index]

    def __len__(self) -> int:
        return len(self.extreme)

    def __repr__(self) -> str:
        lines = "".join(f"\n  {equilibrium!r}" for equilibrium in self.extreme)
        count = f"{len(self)} extreme, {len(self.components)} connected"
        return f"<Equilibria ({count}{', degenerate' if self.degenerate else ''}):{lines}>"


def equilibria(game: NormalFormGame) -> Equilibria:
    """Return every Nash equilibrium of a game of one or two players.

    Parameters
    ----------
    game : NormalFormGame

    Returns
    -------
    Equilibria
        All extreme equilibria, in decreasing lexicographic order of the strategies, and the
        components that they span. The answer is exact and complete for degenerate games too.

    Raises
    ------
    GameError
        If the game has three or more players, or more than about 10 x 10 actions; then
        :func:`lemke_howson` finds some equilibria.

    Notes
    -----
    Vertices by bordered minors, equilibria by labels, components by maximal bicliques: see Avis,
    Rosenberg, Savani and von Stengel (2010). The work grows with the number of bases,
    binomial(m + n, m).

    Terms of the glossary:

    Nash equilibrium (equilibrium, equilibria)
        a choice of each player such that nobody gains by changing alone
    strategy (strategies)
        how a player chooses: one action for sure, or by chance
    pure strategy (pure, pure strategies)
        a strategy that takes one action for sure
    mixed strategy (mixed, mixed strategies, mixes, mixture, mixtures)
        a strategy that leaves the choice to chance, with a probability for each action

    Examples
    --------
    >>> game = NormalFormGame([[[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]])
    >>> for equilibrium in equilibria(game):
    ...     print([[str(p) for p in strategy] for strategy in equilibrium.strategies])
    [['1', '0', '0'], ['1', '0']]
    [['4/5', '1/5', '0'], ['2/3', '1/3']]
    [['0', '1/3', '2/3'], ['1/3', '2/3']]
    """
    require_game(game, "equilibria")
    if len(game.players) > 2:
        raise GameError(
            f"complete solutions are for 1 or 2 players and this game has {len(game.players)}; "
            "use pure_equilibria(game) for its equilibria in pure strategies."
        )
    single = len(game.players) == 1
    if not single and too_many_bases(*game.shape):
        raise GameError(
            f"a game of {game.shape[0]} x {game.shape[1]} actions is too large to solve "
            "completely; lemke_howson(game) finds some of its equilibria, or remove dominated "
            "actions so that each player has about 10 at most."
        )
    # A decision is a game against a second player who has one action and no stake.
    first = [(payoff,) for payoff in game.payoffs[0]] if single else game.payoffs[0]
    second = [(Fraction(0),)] * len(first) if single else game.payoffs[1]
    rows, columns = len(first), len(first[0])
    ours, x_labels = _polyhedron(second)
    theirs, y_labels = _polyhedron(list(zip(*first, strict=True)))
    pairs = complementary_pairs(x_labels, opposite(y_labels, columns, rows), rows + columns)
    xs = {i: ours(i) for i, _ in pairs}
    ys = {j: theirs(j) for _, j in pairs}

    def sides(x: Any, y: Any) -> Any:
        return (x,) if single else (x, y)

    found = []
    for i, j in pairs:
        payoffs = _expectation(first, xs[i], ys[j]), _expectation(second, xs[i], ys[j])
        found.append(Equilibrium(sides(xs[i], ys[j]), sides(*payoffs), game))
    components = []
    for group in connected(pairs):
        subsets = []
        for left, right in maximal_bicliques(group):
            x_side = tuple(sorted((xs[i] for i in left), reverse=True))
            y_side = tuple(sorted((ys[j] for j in right), reverse=True))
            subsets.append(sides(x_side, y_side))
        components.append(tuple(sorted(subsets, reverse=True)))
    return Equilibria(
        game,
        tuple(sorted(found, key=lambda e: e.strategies, reverse=True)),
        tuple(sorted(components, reverse=True)),
        max(map(int.bit_count, x_labels)) > rows or max(map(int.bit_count, y_labels)) > columns,
    )


def pure_equilibria(game: NormalFormGame) -> tuple[tuple[str, ...], ...]:
    """Return every equilibrium in pure strategies, for any number of players.

    Parameters
    ----------
    game : NormalFormGame

    Returns
    -------
    tuple of tuple of str
        For each equilibrium a profile of action names, in the order of the actions.

    Examples
    --------
    >>> pure_equilibria(NormalFormGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]]))
    (('action 1', 'action 1'), ('action 2', 'action 2'))
    """
    require_game(game, "pure_equilibria")
    best: dict[tuple[Any, ...], Fraction] = {}
    for cell in game.cells():
        for i, payoff in enumerate(game.payoffs_at(cell)):
            facing = (i, *cell[:i], None, *cell[i + 1 :])
            best[facing] = max(best.get(facing, payoff), payoff)
    return tuple(
        game.outcome(cell)
        for cell in game.cells()
        if all(
            payoff == best[i, *cell[:i], None, *cell[i + 1 :]]
            for i, payoff in enumerate(game.payoffs_at(cell))
        )
    )


def _polyhedron(matrix: Sequence[Sequence[Fraction]]) -> tuple[Any, list[int]]:
    """Return the vertices of the row chooser's polyhedron: coordinates and labels."""
    rows, columns = len(matrix), len(matrix[0])
    table = bases(rows, columns)
    minors = np.concatenate(bordered_minors(_integers(matrix)))
    found = vertices((minors > 0).astype(np.int8) - (minors < 0).astype(np.int8), table)
    basis = list(found.values())

    def coordinates(vertex: int) -> Strategy:
        b = basis[vertex]
        weights = (table.sign[b, :rows] * minors[table.minor[b, :rows]]).tolist()
        total = sum(weights)
        if isinstance(total, int):
            return tuple(Fraction(weight, total) for weight in weights)
        share = Fraction(1) / total
        return tuple(weight * share for weight in weights)

    return coordinates, list(found)


def _integers(matrix: Sequence[Sequence[Fraction]]) -> NDArray[Any]:
    """Scale a matrix by a positive number to integers, int64 where no minor can overflow.

    Irrational payoffs become whole in their field, and formulas stay as they are: the kernel asks
    only for +, -, x and sign.
    """
    entries = [entry for row in matrix for entry in row]
    if any(isinstance(entry, Formula) for entry in entries):
        return np.array([list(row) for row in matrix], dtype=object)
    scale = lcm(*(entry.denominator for entry in entries))
    if any(isinstance(entry, Algebraic) for entry in entries):
        whole = [[whole_multiple(entry, scale) for entry in row] for row in matrix]
        return np.array(whole, dtype=object)
    scaled = [[entry.numerator * (scale // entry.denominator) for entry in row] for row in matrix]
    largest = max(abs(entry) for row in scaled for entry in row)
    fits = minor_bound(len(matrix), len(matrix[0]), largest) < INT64_SAFE
    return np.array(scaled, dtype=np.int64 if fits else object)


def _expectation(matrix: Any, x: Strategy, y: Strategy) -> Fraction:
    reached = [
        (p, q, entry)
        for p, row in zip(x, matrix, strict=True)
        if p
        for q, entry in zip(y, row, strict=True)
        if q
    ]
    if any(type(number) is not Fraction for each in reached for number in each):
        return sum((p * q * entry for p, q, entry in reached), Fraction(0))
    # A Fraction reduces itself after every operation, which takes longer than the operation.
    top, bottom = 0, 1
    for (a, b), (c, d), (e, f) in ([n.as_integer_ratio() for n in each] for each in reached):
        top, bottom = top * b * d * f + a * c * e * bottom, bottom * b * d * f
    return Fraction(top, bottom)


def _mixture(strategy: Strategy, names: Sequence[str]) -> str:
    return " + ".join(
        name if p == 1 else f"{plain(p)} {name}"
        for p, name in zip(strategy, names, strict=True)
        if p
    )
