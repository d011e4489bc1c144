"""The named strategies of repeated games, as automata.

Each is built from an *agreed* profile, what the players want to do together, and a *punishment*
profile, what they fall back on; both name an action for each player. So one automaton serves in any
role, against itself or against any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import OTHERWISE, Automaton

Profile = tuple[str, ...]


def always(action: Any) -> Automaton:
    """Return the automaton that takes one action (or its part of one profile) for ever.

    Examples
    --------
    >>> always("Withhold").states
    ('Withhold',)
    """
    name = action if isinstance(action, str) else ", ".join(_profile(action, "action"))
    return Automaton(f"always {name}", {name: action}, {name: name})


def grim_trigger(agreed: Sequence[str], punishment: Sequence[str]) -> Automaton:
    """Return grim trigger: what was agreed until anybody departs from it, then never again.

    Friedman (1971), "A non-cooperative equilibrium for supergames".

    Examples
    --------
    >>> grim_trigger(("Support", "Support"), ("Withhold", "Withhold")).states
    ('agreed', 'punishment')
    """
    prescribed = _two_states(agreed, punishment)
    kept = {prescribed["agreed"]: "agreed", OTHERWISE: "punishment"}
    return Automaton("grim trigger", prescribed, {"agreed": kept, "punishment": "punishment"})


def limited_punishment(
    agreed: Sequence[str], punishment: Sequence[str], periods: Any = 1
) -> Automaton:
    """Return limited punishment: some periods of it, then back to what was agreed.

    A departure from the punishment starts it again, as in Abreu (1988), "On the theory of
    infinitely repeated games with discounting".

    Examples
    --------
    >>> limited_punishment(("Support", "Support"), ("Withhold", "Withhold"), periods=2).states
    ('agreed', 'punishment 1', 'punishment 2')
    """
    if not isinstance(periods, int) or isinstance(periods, bool) or not 1 <= periods <= 100:
        raise GameError(f"{periods!r} periods of punishment are not a whole number from 1 to 100.")
    together, apart = _two_states(agreed, punishment).values()
    states = [f"punishment {k + 1}" for k in range(periods)]
    ways: dict[str, Any] = {"agreed": {together: "agreed", OTHERWISE: states[0]}}
    for state, following in zip(states, [*states[1:], "agreed"], strict=True):
        ways[state] = {apart: following, OTHERWISE: states[0]}
    return Automaton(
        f"limited punishment ({periods})",
        {"agreed": together, **dict.fromkeys(states, apart)},
        ways,
    )


def tit_for_tat(agreed: Sequence[str], punishment: Sequence[str]) -> Automaton:
    """Return tit for tat: first what was agreed, then whatever the others did last.

    With several others: what was agreed if all of them kept to it. Axelrod (1984), "The Evolution
    of Cooperation".
    """
    prescribed = _two_states(agreed, punishment)
    return Automaton("tit for tat", prescribed, _Echo(prescribed["agreed"]))


def win_stay_lose_shift(agreed: Sequence[str], punishment: Sequence[str]) -> Automaton:
    """Return win-stay, lose-shift: what was agreed if last time all kept to it, or none did.

    Nowak and Sigmund (1993), "A strategy of win-stay, lose-shift that outperforms tit-for-tat".
    """
    prescribed = _two_states(agreed, punishment)
    way: dict[Any, str] = {**dict.fromkeys(prescribed.values(), "agreed"), OTHERWISE: "punishment"}
    return Automaton("win-stay, lose-shift", prescribed, dict.fromkeys(prescribed, way))


def alternation(cycle: Sequence[Sequence[str]], punishment: Sequence[str]) -> Automaton:
    """Return taking turns: a cycle of profiles, and punishment for ever after a departure.

    Examples
    --------
    >>> turns = alternation([("C", "D"), ("D", "C")], punishment=("D", "D"))
    >>> turns.states
    ('turn 1', 'turn 2', 'punishment')
    """
    profiles = [_profile(entry, "turn") for entry in cycle]
    if not profiles:
        raise GameError("the cycle of profiles is empty; give at least one.")
    states = [f"turn {k + 1}" for k in range(len(profiles))]
    ways: dict[str, Any] = {"punishment": "punishment"}
    for state, profile, following in zip(states, profiles, [*states[1:], states[0]], strict=True):
        ways[state] = {profile: following, OTHERWISE: "punishment"}
    actions = dict(zip(states, profiles, strict=True))
    return Automaton(
        "alternation", {**actions, "punishment": _profile(punishment, "punishment")}, ways
    )


def forgiving_reciprocity(agreed: Sequence[str], punishment: Sequence[str]) -> Automaton:
    """Return forgiving reciprocity: whoever departs makes amends for a period, then all is well.

    While a player makes amends it does its part of what was agreed and the others theirs of the
    punishment. Departures of several players at once are overlooked. After contrite tit for tat
    (Sugden 1986, "The Economics of Rights, Co-operation and Welfare").

    Examples
    --------
    >>> forgiving_reciprocity(("Support", "Support"), ("Withhold", "Withhold")).states
    ('agreed', 'amends 1', 'amends 2')
    """
    together, apart = _two_states(agreed, punishment).values()
    prescribed = {"agreed": together}
    for i in range(len(together)):
        prescribed[_amends(i)] = (*apart[:i], together[i], *apart[i + 1 :])
    return Automaton("forgiving reciprocity", prescribed, _Amends(tuple(prescribed.items())))


@dataclass(frozen=True)
class _Echo:
    """The agreed state if all others kept to what was agreed, the punishment state if not."""

    agreed: Profile

    def __call__(self, _state: str, observed: Profile, player: int) -> str:
        kept = all(
            seen == wanted
            for j, (seen, wanted) in enumerate(zip(observed, self.agreed, strict=True))
            if j != player
        )
        return "agreed" if kept else "punishment"


@dataclass(frozen=True)
class _Amends:
    """The state in which a player that alone departed from what was prescribed makes amends."""

    prescribed: tuple[tuple[str, Profile], ...]

    def __call__(self, state: str, observed: Profile, _player: int) -> str:
        wanted = dict(self.prescribed)[state]
        departed = [i for i, seen in enumerate(observed) if seen != wanted[i]]
        return _amends(departed[0]) if len(departed) == 1 else "agreed"


def _two_states(agreed: Any, punishment: Any) -> dict[str, Profile]:
    return {
        "agreed": _profile(agreed, "agreed"),
        "punishment": _profile(punishment, "punishment"),
    }


def _amends(player: int) -> str:
    return f"amends {player + 1}"


def _profile(given: Any, what: str) -> Profile:
    listed = () if isinstance(given, str) or not hasattr(given, "__iter__") else tuple(given)
    if not listed or not all(isinstance(action, str) for action in listed):
        raise GameError(f"the {what} profile is {given!r}; name an action for each player.")
    return listed
