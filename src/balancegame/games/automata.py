"""Automata: strategies of a repeated game with finitely many states.

An automaton is in one state at a time. The state says which action to take; the actions that
everybody was seen to take say which state comes next. In ``actions`` a state may name one action,
or a whole profile of which each player takes its own part, so that one automaton can serve in any
role.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list

OTHERWISE = "otherwise"
"""Stands in a state's transitions for every profile that is not listed before it."""

Cell = tuple[int, ...]
Rule = Callable[[str, tuple[str, ...], int], str]


@dataclass(frozen=True)
class Machine:
    """An automaton in one role of one stage game, everything by position.

    Attributes
    ----------
    names : tuple of str
        The states; the first is where play starts.
    actions : tuple of int
        The action in each state.
    moves : tuple of mapping
        For each state the next one after each profile.
    """

    names: tuple[str, ...]
    actions: tuple[int, ...]
    moves: tuple[Mapping[Cell, int], ...]


@dataclass(frozen=True, repr=False)
class Automaton:
    """A strategy with finitely many states.

    Parameters
    ----------
    name : str
    actions : mapping of str to str or tuple of str
        For each state the action, or a profile of which a player takes its own part. Play starts
        in the first state.
    transitions : mapping of str to (str or mapping), or function
        For each state the next one: a state, or a mapping from observed profiles to states. In a
        profile None stands for any action, and the key ``"otherwise"`` for any other profile; the
        first match decides. A function takes the state, the profile observed and the player's
        position.

    Raises
    ------
    GameError
        If a state does not exist or has no transition.

    Examples
    --------
    >>> patient = Automaton(
    ...     "patient",
    ...     actions={"together": "Support", "apart": "Withhold"},
    ...     transitions={
    ...         "together": {("Support", "Support"): "together", "otherwise": "apart"},
    ...         "apart": "together",
    ...     },
    ... )
    >>> patient.states
    ('together', 'apart')
    """

    name: str
    actions: Any
    transitions: Any = field(hash=False)

    def __post_init__(self) -> None:
        if not isinstance(self.actions, Mapping) or not self.actions:
            raise GameError(
                f"automaton {self.name} has no states; give actions as {{state: action}}."
            )
        object.__setattr__(self, "actions", MappingProxyType(dict(self.actions)))
        if callable(self.transitions):
            return
        if not isinstance(self.transitions, Mapping):
            raise GameError(
                f"the transitions of automaton {self.name} must be {{state: ...}}, not "
                f"{self.transitions!r}."
            )
        ways = {
            state: MappingProxyType(dict(way) if isinstance(way, Mapping) else {OTHERWISE: way})
            for state, way in self.transitions.items()
        }
        object.__setattr__(self, "transitions", MappingProxyType(ways))
        for state in self.actions:
            if state not in ways:
                raise GameError(
                    f"automaton {self.name} has no transition from state {state!r}; say in "
                    "transitions which state comes next."
                )
        for state, way in ways.items():
            self._require_state(state, "transitions start from")
            for target in way.values():
                self._require_state(target, f"the transition from {state!r} leads to")

    @property
    def states(self) -> tuple[str, ...]:
        """The states; the first is where play starts."""
        return tuple(self.actions)

    def __reduce__(self) -> tuple[Any, ...]:
        ways = self.transitions
        plain = ways if callable(ways) else {state: dict(way) for state, way in ways.items()}
        return Automaton, (self.name, dict(self.actions), plain)

    def __hash__(self) -> int:
        return hash((self.name, self.states))

    def __repr__(self) -> str:
        return f"<Automaton {self.name}: states {and_list(self.states)}>"

    def on(self, stage: NormalFormGame, player: int) -> Machine:
        """Return the automaton in one player's role of a stage game.

        Raises
        ------
        GameError
            If an action does not exist or a transition is missing.
        """
        numbers = {state: k for k, state in enumerate(self.states)}
        actions = tuple(self._action(stage, player, state) for state in self.states)
        names = {cell: named(stage, cell) for cell in stage.cells()}
        self._require_profiles(stage)
        moves = tuple(
            {cell: numbers[self._next(state, seen, player)] for cell, seen in names.items()}
            for state in self.states
        )
        return Machine(self.states, actions, moves)

    def _action(self, stage: NormalFormGame, player: int, state: str) -> int:
        action = self.actions[state]
        if isinstance(action, Sequence) and not isinstance(action, str):
            if len(action) != len(stage.players):
                raise GameError(
                    f"state {state!r} of automaton {self.name} names {len(action)} actions; give "
                    f"one, or {len(stage.players)}, one for each of {and_list(stage.players)}."
                )
            action = action[player]
        try:
            return stage.action_index(player, action)
        except GameError as error:
            raise GameError(f"state {state!r} of automaton {self.name}: {error}") from None

    def _next(self, state: str, profile: tuple[str, ...], player: int) -> str:
        if callable(self.transitions):
            target = self.transitions(state, profile, player)
            self._require_state(target, f"the transition from {state!r} leads to")
            return str(target)
        for pattern, target in self.transitions[state].items():
            if pattern == OTHERWISE or all(
                wanted is None or wanted == seen
                for wanted, seen in zip(pattern, profile, strict=True)
            ):
                return str(target)
        raise GameError(
            f"automaton {self.name} does not say where to go from state {state!r} after "
            f'({", ".join(profile)}); add that profile or "otherwise" to its transitions.'
        )

    def _require_profiles(self, stage: NormalFormGame) -> None:
        """Refuse patterns that no profile of the stage game could match."""
        if callable(self.transitions):
            return
        for state, way in self.transitions.items():
            for pattern in way:
                fits = isinstance(pattern, tuple) and len(pattern) == len(stage.players)
                if pattern != OTHERWISE and not (
                    fits
                    and all(
                        wanted is None or wanted in names
                        for wanted, names in zip(pattern, stage.actions, strict=True)
                    )
                ):
                    raise GameError(
                        f"{pattern!r} in the transitions of automaton {self.name} from {state!r} "
                        f"is not a profile; write an action of each of {and_list(stage.players)}, "
                        "or None for any."
                    )

    def _require_state(self, state: Any, what: str) -> None:
        if not isinstance(state, str) or state not in self.actions:
            raise GameError(
                f"in automaton {self.name} {what} {state!r}, which is not a state; its states are "
                f"{and_list(self.states)}."
            )


def named(stage: NormalFormGame, cell: Cell) -> tuple[str, ...]:
    """Return a profile of actions by their names."""
    return tuple(names[a] for names, a in zip(stage.actions, cell, strict=True))
