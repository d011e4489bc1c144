"""A match against an automaton that is not named: play, name it, then see the exact best reply."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import mul
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton, Machine
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.reciprocity import (
    always,
    forgiving_reciprocity,
    grim_trigger,
    limited_punishment,
    tit_for_tat,
    win_stay_lose_shift,
)
from balancegame.games.stochastic import StochasticGame
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.wording import and_list

MOST_PERIODS = 200


@dataclass(frozen=True)
class Match:
    """What the student, as the first of two players, has played against a hidden automaton."""

    game: StochasticGame
    faced: str
    automata: Mapping[str, Automaton]  # those that the student can name
    history: tuple[tuple[int, ...], ...] = ()
    # The state of the world in each period, and in the one to come.
    worlds: tuple[int, ...] = (0,)
    guess: str = ""
    shown: bool = False  # the student asked whom they face
    period: int = 0  # the one that is looked at; after the last is the one to come

    @property
    def known(self) -> bool:
        """Whether the student has named whom they face, or asked."""
        return self.shown or self.guess == self.faced

    @property
    def averages(self) -> tuple[Fraction, ...]:
        """What each got on average so far, later periods counting less; 0 before the first.

        With patience d, the payoffs u(0), ..., u(n - 1) of n periods have the average
        (u(0) + d u(1) + ... + d^(n - 1) u(n - 1)) / (1 + d + ... + d^(n - 1)). Whole numbers stand
        for the powers: with d = a/b, a^t b^(n - t) weighs as d^t does.
        """
        (above, below), count = self.game.patience.as_integer_ratio(), len(self.history)
        weights = [above**t * below ** (count - t) for t in range(count)]
        gained = [
            [self.stage(t).at(i, cell) for t, cell in enumerate(self.history)] for i in (0, 1)
        ]
        return tuple(
            sum(map(mul, weights, own), Fraction(0)) / max(sum(weights), 1) for own in gained
        )

    def stage(self, period: int) -> NormalFormGame:
        """Return what is played in a period."""
        return self.game.stages[self.worlds[period]]  # type: ignore[no-any-return]

    def world(self, period: int) -> str:
        """Return the state of the world in a period."""
        return self.game.states[self.worlds[period]]  # type: ignore[no-any-return]


def candidates(game: StochasticGame) -> dict[str, Automaton]:
    """Return the automata that a student may face, by name.

    What is agreed are the first actions, the punishment is an equilibrium of the stage.
    """
    agreed = {
        world: tuple(names[0] for names in stage.actions)
        for world, stage in zip(game.states, game.stages, strict=True)
    }
    apart = {
        world: _apart(stage, agreed[world])
        for world, stage in zip(game.states, game.stages, strict=True)
    }
    one = len(game.states) == 1
    together, alone = (
        (by_world[game.states[0]] if one or len(set(by_world.values())) == 1 else by_world)
        for by_world in (agreed, apart)
    )
    listed = [
        always(_second(together)),
        always(_second(alone)),
        grim_trigger(together, alone),
        tit_for_tat(together, alone),
        win_stay_lose_shift(together, alone),
        limited_punishment(together, alone, 2),
        forgiving_reciprocity(together, alone),
    ]
    # Reciprocity that is suspended in all other states of the world.
    for world in game.states if not one else ():
        fair = grim_trigger({**apart, world: agreed[world]}, alone)
        listed.append(replace(fair, name=f"grim trigger in {world} only"))
    return {automaton.name: automaton for automaton in listed}


def _apart(stage: NormalFormGame, agreed: tuple[str, ...]) -> tuple[str, ...]:
    found = [profile for profile in pure_equilibria(stage) if profile != agreed]
    return found[-1] if found else tuple(names[-1] for names in stage.actions)


def _second(profiles: Any) -> Any:
    """Return the second player's part, in every state of the world."""
    if isinstance(profiles, Mapping):
        return {world: profile[1] for world, profile in profiles.items()}
    return profiles[1]


def opening_match(game: StochasticGame, against: Any = None) -> Match:
    """Return a match before its first period, against somebody at random unless one is named."""
    if len(game.players) != 2:
        raise GameError(f"play is for two players; this game has {len(game.players)}.")
    known = candidates(game)
    if isinstance(against, Automaton):
        known = {**known, against.name: against}
        against = against.name
    if against is None:
        against = random.choice(list(known))
    if against not in known:
        raise GameError(f"there is no automaton {against!r} to play; choose {and_list(known)}.")
    return Match(game, against, known)


def opponent(match: Match, period: int) -> Machine:
    """Return the automaton that is faced, in its role, in the world of a period."""
    return _machines(match.automata[match.faced], match.game)[match.worlds[period]]


def opponent_path(match: Match) -> tuple[int, ...]:
    """Return the state of the automaton that is faced in each period, and in the one to come."""
    return _path(match, match.faced)


def ruled_out_by(match: Match, name: str) -> tuple[int, int] | None:
    """Return the first period in which an automaton would have acted otherwise, and how.

    Later ones say nothing: it would not have come to them in this way.
    """
    machines = _machines(match.automata[name], match.game)
    for period, state in enumerate(_path(match, name)[:-1]):
        act = machines[match.worlds[period]].actions[state]
        if act != match.history[period][1]:
            return period, act
    return None


@lru_cache(maxsize=64)
def _machines(automaton: Automaton, game: StochasticGame) -> tuple[Machine, ...]:
    """Return the second player's automaton in each state of the world."""
    return tuple(
        automaton.on(stage, 1, world) for world, stage in zip(game.states, game.stages, strict=True)
    )


def _path(match: Match, name: str) -> tuple[int, ...]:
    machines, path = _machines(match.automata[name], match.game), [0]
    for cell, world in zip(match.history, match.worlds, strict=False):
        path.append(machines[world].moves[path[-1]][cell])
    return tuple(path)


def _next_world(match: Match, cell: tuple[int, ...]) -> int:
    """Draw the state of the world that comes next, exactly by its chances."""
    odds = match.game.odds(match.worlds[-1], cell)
    # A number below the common denominator, so that no rounding shifts a chance.
    scale = lcm(*(chance.denominator for chance in odds.values()))
    drawn = random.randrange(scale)
    for world, chance in odds.items():
        drawn -= int(chance * scale)
        if drawn < 0:
            return world
    raise AssertionError("chances add up to 1")


def after_move(match: Match, request: Mapping[str, Any]) -> Match:
    """Return the match after a request of the page: act, guess, show, look or again."""
    kind, played = request.get("kind"), len(match.history)
    if kind == "look":
        period = request.get("period")
        if not match.known:
            raise GameError("find out the strategy first; then look at the states it was in.")
        if not isinstance(period, int) or not 0 <= period <= played:
            raise GameError(f"there is no period {period!r}; choose one that was played.")
        return replace(match, period=period)
    if kind == "again":
        others = [name for name in match.automata if name != match.faced]
        return Match(match.game, random.choice(others), match.automata)
    if kind == "act":
        if played >= MOST_PERIODS:
            raise GameError(f"{MOST_PERIODS} periods are enough; name the strategy or start again.")
        own = match.stage(played).action_index(0, request["action"])
        cell = (own, opponent(match, played).actions[opponent_path(match)[-1]])
        return replace(
            match,
            history=(*match.history, cell),
            worlds=(*match.worlds, _next_world(match, cell)),
            period=played + 1,
        )
    if kind == "show":
        if not played:
            raise GameError("play at least one period first; then ask whom you face.")
        return replace(match, shown=True, period=played)
    if kind == "guess":
        if match.known:
            raise GameError("you know whom you face; play somebody else to name another.")
        name = str(request["name"])
        if not name:
            raise GameError("no strategy is chosen; choose one in the menu, then name it.")
        if name not in match.automata:
            raise GameError(f"there is no automaton {name!r}; choose {and_list(match.automata)}.")
        if not played:
            raise GameError("play at least one period first; then name the strategy.")
        return replace(match, guess=name, period=played)
    raise GameError(f"play does not know the request {kind!r}; run the cell again.")
