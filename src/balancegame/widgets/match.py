"""A match against an automaton that is not named: play, name it, then see the exact best reply."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import mul
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton, Machine
from balancegame.games.reciprocity import (
    always,
    forgiving_reciprocity,
    grim_trigger,
    limited_punishment,
    tit_for_tat,
    win_stay_lose_shift,
)
from balancegame.games.repeated import RepeatedGame
from balancegame.solvers.normal_form.nash import pure_equilibria
from balancegame.wording import and_list

MOST_PERIODS = 200


@dataclass(frozen=True)
class Match:
    """What the student, as the first of two players, has played against a hidden automaton."""

    game: RepeatedGame
    faced: str
    automata: Mapping[str, Automaton]  # those that the student can name
    history: tuple[tuple[int, ...], ...] = ()
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
        (u(0) + d u(1) + ... + d^(n - 1) u(n - 1)) / (1 + d + ... + d^(n - 1)).
        """
        weights = [self.game.patience**t for t in range(len(self.history))]
        gained = [[self.game.stage.at(i, cell) for cell in self.history] for i in (0, 1)]
        return tuple(
            sum(map(mul, weights, own), Fraction(0)) / max(sum(weights), 1) for own in gained
        )


def candidates(game: RepeatedGame) -> dict[str, Automaton]:
    """Return the automata that a student may face, by name.

    What is agreed are the first actions, the punishment is an equilibrium of the stage.
    """
    stage = game.stage
    agreed = tuple(names[0] for names in stage.actions)
    found = [profile for profile in pure_equilibria(stage) if profile != agreed]
    apart = found[-1] if found else tuple(names[-1] for names in stage.actions)
    listed = [
        always(agreed[1]),
        always(apart[1]),
        grim_trigger(agreed, apart),
        tit_for_tat(agreed, apart),
        win_stay_lose_shift(agreed, apart),
        limited_punishment(agreed, apart, 2),
        forgiving_reciprocity(agreed, apart),
    ]
    return {automaton.name: automaton for automaton in listed}


def opening_match(game: RepeatedGame, against: Any = None) -> Match:
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


def opponent(match: Match) -> Machine:
    """Return the automaton that is faced, in its role."""
    return match.automata[match.faced].on(match.game.stage, 1)


def opponent_path(match: Match) -> tuple[int, ...]:
    """Return the state of the automaton that is faced in each period, and in the one to come."""
    return _path(opponent(match), match.history)


def ruled_out_by(match: Match, name: str) -> tuple[int, int] | None:
    """Return the first period in which an automaton would have acted otherwise, and how.

    Later ones say nothing: it would not have come to them in this way.
    """
    machine = match.automata[name].on(match.game.stage, 1)
    for period, state in enumerate(_path(machine, match.history)[:-1]):
        if machine.actions[state] != match.history[period][1]:
            return period, machine.actions[state]
    return None


def _path(machine: Machine, history: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    path = [0]
    for cell in history:
        path.append(machine.moves[path[-1]][cell])
    return tuple(path)


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
        own = match.game.stage.action_index(0, request["action"])
        other = opponent(match).actions[opponent_path(match)[-1]]
        return replace(match, history=(*match.history, (own, other)), period=played + 1)
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
