r"""Stochastic games: a stage game for each state of the world, and chances that the world changes.

In each period the players see which state the world is in and choose actions of its stage game.
What they choose, and chance, decide which state comes next (Shapley 1953, "Stochastic games"). A
payoff one period later counts :math:`\delta` times as much, and payoffs are averages,

.. math:: (1 - \delta) \sum_{t \ge 0} \delta^t u_i(w_t, a_t).

A repeated game is the case of one state. A chance that everything ends is one more state, which is
never left and in which all payoffs are 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.frozen import Frozen
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.games.transitions import Cell, Odds, read_transitions
from balancegame.wording import and_list


@dataclass(frozen=True, eq=False, repr=False)
class StochasticGame(Frozen):
    """A game played for ever in a world that changes.

    Parameters
    ----------
    states : sequence of str
        The states of the world; play starts in the first unless something else is said.
    stages : mapping of str to NormalFormGame, or sequence of NormalFormGame
        The stage game of each state, of the same two or more players.
    transitions : mapping
        For each state what comes next: a state, chances ``{state: probability}``, or a mapping
        from profiles to these. In a profile None stands for any action, and the key
        ``"otherwise"`` for any other profile; the first match decides.
    delta : number
        Discount factor, at least 0 and less than 1.
    own_actions : sequence of str, optional
        States in which the players have other actions than in the first.

    Raises
    ------
    GameError
        If a state has no stage game or no transitions, probabilities do not add up to 1, or the
        actions of two states differ although neither has actions of its own.

    Notes
    -----
    Terms of the glossary:

    states of the world (state of the world)
        what the weather is like, such as calm or hostility; each has a table of payoffs
    stochastic games (stochastic game)
        games played again and again in a world that changes by chance, or by what is done

    Examples
    --------
    >>> stage = NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(("C", "D"),) * 2)
    >>> poor = NormalFormGame([[[1, 0], [2, 1]], [[1, 2], [0, 1]]], actions=(("C", "D"),) * 2)
    >>> game = StochasticGame(
    ...     states=("rich", "poor"),
    ...     stages=(stage, poor),
    ...     transitions={
    ...         "rich": {("C", "C"): "rich", "otherwise": {"rich": "1/2", "poor": "1/2"}},
    ...         "poor": {"rich": "1/10", "poor": "9/10"},
    ...     },
    ...     delta="9/10",
    ... )
    >>> game
    <StochasticGame of player 1 and player 2 in states rich and poor, delta 9/10>
    >>> game.chances("rich", ("C", "D"))
    {'rich': Fraction(1, 2), 'poor': Fraction(1, 2)}
    """

    states: Any
    stages: Any
    transitions: Any
    delta: Any
    own_actions: Any = ()

    def __post_init__(self) -> None:
        states = _names(self.states)
        stages = _stages(states, self.stages)
        delta = exact(self.delta, "delta")
        if not 0 <= delta < 1:
            raise GameError(
                f"delta = {plain(delta)} is not a discount factor; choose one from 0 to less "
                "than 1."
            )
        own = (self.own_actions,) if isinstance(self.own_actions, str) else tuple(self.own_actions)
        for state in own:
            _require_state(state, states, "own_actions names")
        _require_same_actions(states, stages, own)
        transitions = read_transitions(states, stages, self.transitions)
        self._set(states=states, stages=stages, delta=delta, own_actions=own)
        self._set(transitions=transitions)

    @property
    def players(self) -> tuple[str, ...]:
        """Names of the players."""
        return self.stages[0].players  # type: ignore[no-any-return]

    @property
    def patience(self) -> Fraction:
        """What a payoff one period ahead counts."""
        return self.delta  # type: ignore[no-any-return]

    @property
    def unreached(self) -> tuple[str, ...]:
        """States to which no other leads: the world is in them only if play starts there."""
        reached = {
            target
            for state, rows in enumerate(self.transitions)
            for odds in rows.values()
            for target in odds
            if target != state
        }
        return tuple(
            name for k, name in enumerate(self.states) if k not in reached and len(self.states) > 1
        )

    def state_index(self, state: str | int) -> int:
        """Return the position of a state, given its name or position.

        Examples
        --------
        >>> from balancegame.models import models
        >>> game = next(m for m in models.values() if type(m).__name__ == "StochasticModel").game()
        >>> game.state_index(game.states[1])
        1
        """
        if isinstance(state, int) and not isinstance(state, bool) and 0 <= state < len(self.states):
            return state
        _require_state(state, self.states, "the game was asked about")
        return self.states.index(state)  # type: ignore[no-any-return]

    def at_delta(self, delta: Any) -> StochasticGame:
        """Return the same game with another discount factor."""
        return StochasticGame(self.states, self.stages, self._written(), delta, self.own_actions)

    def _written(self) -> dict[str, Any]:
        """Return the transitions as they could have been given."""
        return {
            name: {
                stage.outcome(cell): {self.states[later]: p for later, p in odds.items()}
                for cell, odds in rows.items()
            }
            for name, stage, rows in zip(self.states, self.stages, self.transitions, strict=True)
        }

    def odds(self, state: int, cell: Cell) -> Odds:
        """Return the chances of the states that may come next, by position; none is 0."""
        return self.transitions[state][cell]  # type: ignore[no-any-return]

    def chances(self, state: str | int, profile: Sequence[str | int]) -> dict[str, Fraction]:
        """Return the chances of the states that may come next after a profile, by name."""
        k = self.state_index(state)
        stage = self.stages[k]
        cell = tuple(stage.action_index(i, action) for i, action in enumerate(profile))
        return {self.states[target]: chance for target, chance in self.odds(k, cell).items()}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.states, self.stages, self.patience))

    def __repr__(self) -> str:
        players, states = and_list(self.players), and_list(self.states)
        apart = f"; no other leads to {and_list(self.unreached)}" if self.unreached else ""
        return f"<StochasticGame of {players} in states {states}, delta {plain(self.delta)}{apart}>"


def require_stochastic(game: object, verb: str) -> StochasticGame:
    """Return the game, or say what a verb takes instead of what it was given."""
    if isinstance(game, StochasticGame):
        return game
    raise GameError(
        f"{verb} takes a RepeatedGame or a StochasticGame, not {type(game).__name__}; write "
        "RepeatedGame(stage, delta)."
    )


def _names(states: Any) -> tuple[str, ...]:
    listed = () if isinstance(states, str) or not hasattr(states, "__iter__") else tuple(states)
    if not listed or not all(isinstance(name, str) and name.strip() for name in listed):
        raise GameError(
            f"the states of the world are {states!r}; name them, as in ('calm', 'hostile')."
        )
    twice = [name for k, name in enumerate(listed) if name in listed[:k]]
    if twice:
        raise GameError(f"the world has two states {twice[0]!r}; give each a name of its own.")
    return listed


def _stages(states: tuple[str, ...], given: Any) -> tuple[NormalFormGame, ...]:
    if isinstance(given, Mapping):
        for name in given:
            _require_state(name, states, "stages describes")
        missing = [name for name in states if name not in given]
        listed = [given[name] for name in states if name in given]
    else:
        listed = list(given) if hasattr(given, "__iter__") else [given]
        missing = list(states[len(listed) :])
        if len(listed) > len(states):
            raise GameError(
                f"there are {len(listed)} stage games and {len(states)} states of the world; give "
                "each state one."
            )
    if missing:
        raise GameError(
            f"nobody describes what is played in {and_list(missing)}; add a stage game to stages."
        )
    games = tuple(require_game(stage, "StochasticGame") for stage in listed)
    first = games[0]
    if len(first.players) < 2:
        raise GameError("a game over time needs two or more players; its stage game has one.")
    for name, game in zip(states, games, strict=True):
        if game.players != first.players:
            raise GameError(
                f"the players in {name} are {and_list(game.players)}, those in {states[0]} are "
                f"{and_list(first.players)}; let the same ones play in every state."
            )
    return games


def _require_same_actions(
    states: tuple[str, ...], stages: tuple[NormalFormGame, ...], own: tuple[str, ...]
) -> None:
    shared = [k for k, name in enumerate(states) if name not in own] or [0]
    first = shared[0]
    for k in shared[1:]:
        pairs = zip(stages[k].actions, stages[first].actions, strict=True)
        for player, (here, there) in zip(stages[k].players, pairs, strict=True):
            if here != there:
                raise GameError(
                    f"the actions of {player} in {states[k]} are {and_list(here)}, but in "
                    f"{states[first]} they are {and_list(there)}; make them the same or, if this "
                    f"is meant, write own_actions=({states[k]!r},)."
                )


def _require_state(name: Any, states: tuple[str, ...], what: str) -> None:
    if not isinstance(name, str) or name not in states:
        raise GameError(
            f"{what} {name!r}, which is no state of the world; the states are {and_list(states)}."
        )
