r"""Games in normal form.

A finite game in normal form has

- players :math:`1, \dots, n`,
- for each player i a finite set of actions :math:`A_i`,
- for each player i a payoff function :math:`u_i : A_1 \times \dots \times A_n \to \mathbb{Q}`.

A *strategy* of player i is a probability distribution on :math:`A_i`; a *profile* is a strategy
for each player. Payoffs extend to profiles by expectation. A game of one player is a decision.

Payoffs are exact: Fractions, never floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod
from numbers import Integral
from typing import TYPE_CHECKING, Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.exact.formula import Formula
from balancegame.games.names import action_names, left_out, listed, names_of
from balancegame.games.payoff_arrays import (
    by_position,
    exact_array,
    flat_entries,
    read_already,
    require_arrays,
    require_one_field,
    shape_of,
    shared_labels,
)
from balancegame.games.payoff_tables import read_table
from balancegame.wording import and_list, counted

if TYPE_CHECKING:
    import nashpy

Strategy = tuple[Fraction, ...]
Profile = tuple[Strategy, ...]


@dataclass(frozen=True, repr=False)
class NormalFormGame:
    """A finite game in normal form, with exact payoffs and names for everything.

    Parameters
    ----------
    payoffs : sequence of array-like
        One array for each player, of shape (actions of player 1, ..., actions of player n). An
        entry is anything that :func:`balancegame.exact.exact` understands.
    players : sequence of str, optional
        Names of the players; "player 1", "player 2" and so on stand in.
    actions : sequence of sequence of str, optional
        Names of each player's actions; "action 1" and so on stand in.

    Raises
    ------
    GameError
        If an entry is not a finite number, the arrays are ragged or of different shapes, or
        names are missing or repeated.

    Notes
    -----
    Terms of the glossary:

    cell of a table (cell of the table, cells of the table)
        where a row and a column meet, with what each player gets there

    Examples
    --------
    >>> game = NormalFormGame(
    ...     [[[10, 10], [9, 15]], [[10, 10], [9, 7]]],
    ...     players=("Japan", "US"),
    ...     actions=(("Comply", "Engage"), ("Enforce", "Acquiesce")),
    ... )
    >>> game.shape
    (2, 2)
    >>> game.payoff(("Engage", {"Enforce": "1/3", "Acquiesce": "2/3"}))
    (Fraction(13, 1), Fraction(23, 3))
    >>> game.outcome((1, 0)), game.at(1, (1, 0)), game.player_index("US")
    (('Engage', 'Enforce'), Fraction(9, 1), 1)
    >>> game.restricted([("Engage",), ("Enforce", "Acquiesce")]).actions
    (('Engage',), ('Enforce', 'Acquiesce'))
    """

    payoffs: Any
    players: Any = ()
    actions: Any = ()

    def __post_init__(self) -> None:
        # Nearly every game is made of such arrays, and games are made by thousands.
        already = read_already(self.payoffs)
        shape, arrays, labels = (*already, []) if already else ((), *self._by_position())
        players = tuple(f"player {i + 1}" for i in range(len(arrays)))
        if not left_out(self.players):
            players = names_of(self.players, len(arrays), "players", "the payoffs are for")
        shape = shape or shape_of(arrays[0], len(arrays), players[0])
        brought = shared_labels(labels, players) if labels else ()
        named = brought if left_out(self.actions) else self.actions
        actions = action_names(named, shape, players)
        payoffs = arrays
        if not already:
            payoffs = tuple(
                exact_array(array, shape, player, players, actions)
                for array, player in zip(arrays, players, strict=True)
            )
            require_one_field(payoffs)
        object.__setattr__(self, "payoffs", payoffs)
        object.__setattr__(self, "players", players)
        object.__setattr__(self, "actions", actions)

    def _by_position(self) -> tuple[list[Any], list[Any]]:
        """Return one array for each player, and the labels that each brings."""
        require_arrays(self.payoffs)
        read = [by_position(array) for array in listed(self.payoffs, "the payoffs")]
        if not read:
            raise GameError("the payoffs are empty; give one array of payoffs for each player.")
        return [array for array, _ in read], [labels for _, labels in read]

    @staticmethod
    def from_table(table: Any, players: Any = (), actions: Any = ()) -> NormalFormGame:
        """Return the game of two players that a table of pairs of payoffs describes.

        Parameters
        ----------
        table : nested sequence, DataFrame, str or path
            Rows of cells, each with a pair of payoffs, the row player's first, as textbooks and
            QuantEcon write them; names may stand in the first row and the first column, and those
            of both players, "Japan / US", in the corner. As text: a table with tabs, semicolons or
            commas between its cells, as spreadsheets copy and save them, or one of
            :func:`balancegame.to_latex`. A path names a file of such text.
        players : sequence of str, optional
        actions : sequence of sequence of str, optional
            Names; those that stand in the table count where none are given.

        Raises
        ------
        GameError
            If a row is shorter than others, or a cell is no pair of numbers.

        Examples
        --------
        >>> game = NormalFormGame.from_table([[(9, 9), (1, 10)], [(10, 1), (3, 3)]])
        >>> game.payoffs_at((1, 0))
        (Fraction(10, 1), Fraction(1, 1))
        """
        read = read_table(table)
        arrays = [[[pair[i] for pair in row] for row in read.cells] for i in range(2)]
        named: Any = ()
        if read.rows or read.columns:
            counts = len(read.cells), len(read.cells[0])
            named = [
                names or [f"action {k + 1}" for k in range(count)]
                for names, count in zip((read.rows, read.columns), counts, strict=True)
            ]
        return NormalFormGame(
            arrays,
            read.players if left_out(players) else players,
            named if left_out(actions) else actions,
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        return tuple(len(names) for names in self.actions)

    def player_index(self, player: str | int) -> int:
        """Return the position of a player given by name or position."""
        if isinstance(player, str):
            if player in self.players:
                return int(self.players.index(player))
        elif _is_index(player) and 0 <= int(player) < len(self.players):
            return int(player)
        raise GameError(f"there is no player {player!r}; the players are {and_list(self.players)}.")

    def action_index(self, player: str | int, action: str | int) -> int:
        """Return the position of an action given by name or position."""
        i = self.player_index(player)
        names = self.actions[i]
        if isinstance(action, str):
            if action in names:
                return int(names.index(action))
        elif _is_index(action) and 0 <= int(action) < len(names):
            return int(action)
        raise GameError(
            f"{self.players[i]} has no action {action!r}; the actions are {and_list(names)}."
        )

    def strategy(self, player: str | int, strategy: Any) -> Strategy:
        """Return one player's strategy as a tuple of probabilities, one for each action.

        Parameters
        ----------
        player : str or int
            The player's name or position.
        strategy : str, int, mapping or sequence
            An action's name or position, or a distribution: a probability for each action, or
            a mapping from actions to probabilities (actions left out get none).

        Raises
        ------
        GameError
            If the action does not exist or the probabilities are negative or do not sum to 1.
        """
        i = self.player_index(player)
        size, name = len(self.actions[i]), self.players[i]
        if isinstance(strategy, str) or _is_index(strategy):
            return _pure(size, self.action_index(i, strategy))
        if isinstance(strategy, Mapping):
            given = {self.action_index(i, action): p for action, p in strategy.items()}
            if len(given) < len(strategy):
                raise GameError(f"the strategy of {name} names an action twice; name each once.")
            weights: list[object] = [given.get(a, 0) for a in range(size)]
        else:
            weights = listed(strategy, f"the strategy of {name}")
        if len(weights) != size:
            raise GameError(
                f"the strategy of {name} has {len(weights)} probabilities; give {size}, one for "
                f"each of {and_list(self.actions[i])}."
            )
        mixture = tuple(
            exact(weight, f"the probability of {action} in the strategy of {name}")
            for weight, action in zip(weights, self.actions[i], strict=True)
        )
        if min(mixture) < 0:
            raise GameError(
                f"the strategy of {name} has the negative probability {plain(min(mixture))}; "
                "probabilities must be 0 or more."
            )
        total = sum(mixture, Fraction(0))
        if total != 1:
            raise GameError(
                f"the probabilities in the strategy of {name} sum to {plain(total)}; "
                'they must sum to exactly 1 (write thirds as "1/3").'
            )
        return mixture

    def profile(self, profile: Any) -> Profile:
        """Return a profile as a tuple of probabilities for each player.

        Each entry is read by :meth:`strategy`.
        """
        entries = listed(profile, "the profile")
        if len(entries) != len(self.players):
            raise GameError(
                f"the profile has {counted(len(entries), 'entry', 'entries')}; give "
                f"{len(self.players)}, one for each of {and_list(self.players)}."
            )
        return tuple(self.strategy(i, entry) for i, entry in enumerate(entries))

    def payoff(self, profile: Any) -> tuple[Fraction, ...]:
        """Return the expected payoff of each player under a profile."""
        mixtures = self.profile(profile)
        supports = [[a for a, p in enumerate(mixture) if p] for mixture in mixtures]
        totals = [Fraction(0)] * len(self.players)
        for cell in product(*supports):
            weight = prod(mixture[a] for mixture, a in zip(mixtures, cell, strict=True))
            for i in range(len(totals)):
                totals[i] += weight * self.at(i, cell)
        return tuple(totals)

    def at(self, player: int, cell: Iterable[int]) -> Fraction:
        """Return a player's payoff where each player takes the action at a position."""
        entry = self.payoffs[player]
        for a in cell:
            entry = entry[a]
        return entry  # type: ignore[no-any-return]

    def cells(self) -> Iterator[tuple[int, ...]]:
        """Yield every combination of actions, as positions."""
        return product(*(range(size) for size in self.shape))

    def outcome(self, cell: Iterable[int]) -> tuple[str, ...]:
        """Return the names of a combination of actions, given by their positions."""
        return tuple(names[a] for names, a in zip(self.actions, cell, strict=True))

    def payoffs_at(self, cell: tuple[int, ...]) -> tuple[Fraction, ...]:
        """Return every player's payoff where each player takes the action at a position."""
        return tuple(self.at(i, cell) for i in range(len(self.players)))

    def deviations(self, player: int, cell: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Yield every combination of actions in which one player does something else."""
        for a in range(self.shape[player]):
            if a != cell[player]:
                yield (*cell[:player], a, *cell[player + 1 :])

    def restricted(self, kept: Sequence[Sequence[str]]) -> NormalFormGame:
        """Return the game in which each player has only some actions, given by their names."""
        positions = [
            [self.action_index(i, action) for action in actions] for i, actions in enumerate(kept)
        ]

        def part(array: Any, depth: int) -> Any:
            if depth == len(positions):
                return array
            return tuple(part(array[a], depth + 1) for a in positions[depth])

        return NormalFormGame([part(array, 0) for array in self.payoffs], self.players, kept)

    def to_nashpy(self) -> nashpy.Game:
        """Return a two-player game as a nashpy game, its payoffs rounded to floats.

        Where all payoffs are near a million and differ little, nashpy 0.0.43 finds equilibria by
        vertex enumeration that are none; by support enumeration it does not. Its regret
        minimization and imitation dynamics take the column player's payoffs transposed.

        Raises
        ------
        GameError
            If the game does not have two players.
        """
        if len(self.players) != 2:
            raise GameError(f"nashpy takes games of 2 players; this one has {len(self.players)}.")
        import nashpy
        import numpy as np

        return nashpy.Game(*(np.array(array, dtype=float) for array in self.payoffs))

    def __repr__(self) -> str:
        size = " x ".join(map(str, self.shape))
        return f"<NormalFormGame of {and_list(self.players)}, {size}>"


def require_game(game: object, verb: str) -> NormalFormGame:
    """Return the game, or say what a verb takes instead of what it was given."""
    if isinstance(game, NormalFormGame):
        return game
    remedy = " of a model write model.game(...)" if hasattr(game, "parameters") else " give one"
    raise GameError(f"{verb} takes a NormalFormGame, not {type(game).__name__};{remedy}.")


def require_numbers(game: object, verb: str) -> NormalFormGame:
    """Return a game of numbers; of formulas no verdict would hold throughout their interval."""
    required = require_game(game, verb)
    for entry in flat_entries(required.payoffs):
        if isinstance(entry, Formula):
            raise GameError(
                f"the payoff {entry} is a formula in {entry.symbol}; {verb} takes the "
                f"game at a value, such as model.game({entry.symbol}=...)."
            )
    return required


@lru_cache(maxsize=256)
def _pure(size: int, position: int) -> Strategy:
    return tuple(exact(int(a == position)) for a in range(size))


def _is_index(value: object) -> bool:
    # To ask whether something is of a kind of numbers takes longer than all else here.
    return type(value) is int or (isinstance(value, Integral) and not isinstance(value, bool))
