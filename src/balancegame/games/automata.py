"""Automata: strategies of a repeated or stochastic game with finitely many states.

An automaton is in one state at a time. The state says which action to take; the actions that
everybody was seen to take say which state comes next. A state may name one action, or a profile of
which each player takes its own part, so that one automaton can serve in any role. Where the world
changes, both may depend on the state of the world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.profile_patterns import OTHERWISE, fits, require_patterns
from balancegame.games.transitions import ALWAYS, Cell
from balancegame.wording import and_list


@dataclass(frozen=True)
class Machine:
    """An automaton in one role of one stage game, in one world, everything by position."""

    # The states, the first of which is where play starts, and the action in each.
    names: tuple[str, ...]
    actions: tuple[int, ...]
    # For each state the next one after each profile.
    moves: tuple[Mapping[Cell, int], ...]


@dataclass(frozen=True)
class _Labels:
    """What an automaton knows of a stage game: any with these players and actions is the same."""

    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    stage: NormalFormGame = field(compare=False, repr=False)


@dataclass(frozen=True, repr=False)
class Automaton:
    """A strategy with finitely many states.

    Parameters
    ----------
    name : str
    actions : mapping of str to str or tuple of str
        For each state the action, or a profile of which a player takes its own part. Play starts
        in the first state. In a stochastic game it may be a mapping from states of the world to
        such actions, with the key ``"otherwise"`` for all others.
    transitions : mapping of str to (str or mapping), or function
        For each state the next one: a state, or a mapping from observed profiles to states. In a
        profile None stands for any action, and the key ``"otherwise"`` for any other profile; the
        first match decides. In a stochastic game it may be a mapping from states of the world,
        those in which the profile was played, to all this. A function takes the state, the profile
        observed and the player's position and, in a stochastic game, the state of the world.

    Raises
    ------
    GameError
        If a state does not exist or has no transition.

    Notes
    -----
    Terms of the glossary:

    automaton (automata)
        a rule of conduct: its states, an action in each, and what leads from one to another
    history (histories)
        all that has been done so far
    path (paths)
        what all do, period after period, as long as nobody departs
    states of an automaton (state of an automaton)
        where things stand, such as agreed or punishment; each has an action
    transitions (transition)
        what leads an automaton from one state to the next

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
    transitions: Any

    def __post_init__(self) -> None:
        if not isinstance(self.actions, Mapping) or not self.actions:
            raise GameError(
                f"automaton {self.name} has no states; give actions as {{state: action}}."
            )
        actions = {
            state: MappingProxyType(dict(said)) if isinstance(said, Mapping) else said
            for state, said in self.actions.items()
        }
        object.__setattr__(self, "actions", MappingProxyType(actions))
        if callable(self.transitions):
            return
        if not isinstance(self.transitions, Mapping):
            raise GameError(
                f"the transitions of automaton {self.name} must be {{state: ...}}, not "
                f"{self.transitions!r}."
            )
        ways = {state: _frozen(way) for state, way in self.transitions.items()}
        object.__setattr__(self, "transitions", MappingProxyType(ways))
        for state in self.actions:
            if state not in ways:
                raise GameError(
                    f"automaton {self.name} has no transition from state {state!r}; say in "
                    "transitions which state comes next."
                )
        for state, way in ways.items():
            self._require_state(state, "transitions start from")
            for part in way.values() if _by_world(way) else (way,):
                for target in part.values():
                    self._require_state(target, f"the transition from {state!r} leads to")

    @property
    def states(self) -> tuple[str, ...]:
        """The states; the first is where play starts."""
        return tuple(self.actions)

    def __reduce__(self) -> tuple[Any, ...]:
        ways = self.transitions
        plain = ways if callable(ways) else {state: _thawed(way) for state, way in ways.items()}
        actions = {state: _thawed(action) for state, action in self.actions.items()}
        return Automaton, (self.name, actions, plain)

    def __hash__(self) -> int:
        return hash((self.name, self.states))

    def __repr__(self) -> str:
        return f"<Automaton {self.name}: states {and_list(self.states)}>"

    def on(self, stage: NormalFormGame, player: int, world: str = ALWAYS) -> Machine:
        """Return the automaton in one player's role of a stage game, in one state of the world.

        Raises
        ------
        GameError
            If an action does not exist or a transition is missing.

        Examples
        --------
        >>> from balancegame.models import models
        >>> stage = models["alliance"].game().stage
        >>> ways = {"first": "later", "later": "later"}
        >>> once = Automaton("once", {"first": "Support", "later": "Withhold"}, ways)
        >>> once.on(stage, 0).actions
        (0, 1)
        """
        # What a function answers may change, what a table says does not.
        if callable(self.transitions):
            return self._on(stage, player, world)
        return _machine(self, _Labels(stage.players, stage.actions, stage), player, world)

    def _on(self, stage: NormalFormGame, player: int, world: str) -> Machine:
        numbers = {state: k for k, state in enumerate(self.states)}
        actions = tuple(self._action(stage, player, state, world) for state in self.states)
        names = {cell: stage.outcome(cell) for cell in stage.cells()}
        moves = tuple(
            {
                cell: numbers[target]
                for cell, target in self._nexts(state, names, player, world, stage)
            }
            for state in self.states
        )
        return Machine(self.states, actions, moves)

    def _action(self, stage: NormalFormGame, player: int, state: str, world: str) -> int:
        action = self.actions[state]
        if isinstance(action, Mapping):
            action = self._in_world(action, world, f"what to do in state {state!r}")
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
            place = "" if world == ALWAYS else f" in {world}"
            raise GameError(f"state {state!r} of automaton {self.name}{place}: {error}") from None

    def _nexts(
        self, state: str, names: Mapping[Cell, Any], player: int, world: str, stage: NormalFormGame
    ) -> Iterator[tuple[Cell, str]]:
        """Yield the state that follows after each profile."""
        if callable(self.transitions):
            more = () if world == ALWAYS else (world,)
            for cell, seen in names.items():
                target = self.transitions(state, seen, player, *more)
                self._require_state(target, f"the transition from {state!r} leads to")
                yield cell, str(target)
            return
        ways = self.transitions[state]
        if _by_world(ways):
            ways = self._in_world(ways, world, f"where to go from state {state!r}")
        require_patterns(ways, stage, f"the transitions of automaton {self.name} from {state!r}")
        for cell, seen in names.items():
            target = next((then for pattern, then in ways.items() if fits(pattern, seen)), None)
            if target is None:
                raise GameError(
                    f"automaton {self.name} does not say where to go from state {state!r} after "
                    f'({", ".join(seen)}); add that profile or "otherwise" to its transitions.'
                )
            yield cell, target

    def _in_world(self, said: Mapping[str, Any], world: str, what: str) -> Any:
        """Return what is said of one state of the world."""
        if world == ALWAYS and world not in said:
            raise GameError(
                f"automaton {self.name} says by the state of the world {what}, and here there is "
                "only one; use it in a StochasticGame."
            )
        if world not in said and OTHERWISE not in said:
            raise GameError(
                f"automaton {self.name} does not say {what} when the world is in {world!r}; add "
                f'that or "otherwise" to {and_list(map(repr, said))}.'
            )
        return said.get(world, said.get(OTHERWISE))

    def _require_state(self, state: Any, what: str) -> None:
        if not isinstance(state, str) or state not in self.actions:
            raise GameError(
                f"in the automaton {self.name}, {what} {state!r}, which is not a state; its states "
                f"are {and_list(self.states)}."
            )


# One norm is tried at many payoffs and many discount factors.
@lru_cache(maxsize=64)
def _machine(automaton: Automaton, labels: _Labels, player: int, world: str) -> Machine:
    return automaton._on(labels.stage, player, world)


def _by_world(way: Mapping[Any, Any]) -> bool:
    """Return whether transitions are listed by states of the world, and not by profiles."""
    return any(isinstance(target, Mapping) for target in way.values())


def _frozen(way: Any) -> Mapping[Any, Any]:
    """Return transitions read-only: by profiles, or by states of the world and then profiles."""
    if not isinstance(way, Mapping):
        return MappingProxyType({OTHERWISE: way})
    if _by_world(way) or any(isinstance(key, str) and key != OTHERWISE for key in way):
        return MappingProxyType({world: _frozen(part) for world, part in way.items()})
    return MappingProxyType(dict(way))


def _thawed(entry: Any) -> Any:
    """Return what travels between processes, since read-only mappings cannot."""
    return {k: _thawed(v) for k, v in entry.items()} if isinstance(entry, Mapping) else entry
