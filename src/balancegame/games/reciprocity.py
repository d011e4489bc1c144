"""The named strategies of repeated games, as automata.

Each is built from an *agreed* profile, what the players want to do together, and a *punishment*
profile, what they fall back on; both name an action for each player. So one automaton serves in any
role, against itself or against any other. In a stochastic game each may be a mapping from states of
the world to such profiles, with the key ``"otherwise"`` for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from balancegame.errors import GameError
from balancegame.games.automata import Automaton
from balancegame.games.profile_patterns import OTHERWISE
from balancegame.wording import and_list

Profile = tuple[str, ...]
# One profile, or one for each state of the world.
Profiles = Profile | Mapping[str, Profile]
Given = Sequence[str] | Mapping[str, Sequence[str]]


def always(action: Any) -> Automaton:
    """Return the automaton that takes one action (or its part of one profile) for ever.

    Examples
    --------
    >>> always("Withhold").states
    ('Withhold',)
    >>> always({"calm": "Support", "hostile": "Withhold"}).name
    'always Support in calm, Withhold in hostile'
    """
    if isinstance(action, Mapping):
        name = ", ".join(f"{_action_name(act)} in {world}" for world, act in action.items())
    else:
        name = _action_name(action)
    return Automaton(f"always {name}", {name: action}, {name: name})


def grim_trigger(agreed: Given, punishment: Given) -> Automaton:
    """Return grim trigger: what was agreed until anybody departs from it, then never again.

    Friedman (1971), "A non-cooperative equilibrium for supergames".

    Terms of the glossary:

    grim trigger
        what was agreed until anybody departs from it, then the punishment for ever

    Examples
    --------
    >>> grim_trigger(("Support", "Support"), ("Withhold", "Withhold")).states
    ('agreed', 'punishment')
    """
    prescribed = _two_states(agreed, punishment)
    kept = _kept(prescribed["agreed"], "agreed", "punishment")
    return Automaton("grim trigger", prescribed, {"agreed": kept, "punishment": "punishment"})


def limited_punishment(agreed: Given, punishment: Given, periods: Any = 1) -> Automaton:
    """Return limited punishment: some periods of it, then back to what was agreed.

    A departure from the punishment starts it again, as in Abreu (1988), "On the theory of
    infinitely repeated games with discounting".

    Terms of the glossary:

    limited punishment
        after a departure, the punishment for some periods, then what was agreed

    Examples
    --------
    >>> limited_punishment(("Support", "Support"), ("Withhold", "Withhold"), periods=2).states
    ('agreed', 'punishment 1', 'punishment 2')
    """
    if not isinstance(periods, int) or isinstance(periods, bool) or not 1 <= periods <= 100:
        raise GameError(f"{periods!r} periods of punishment are not a whole number from 1 to 100.")
    together, apart = _two_states(agreed, punishment).values()
    states = [f"punishment {k + 1}" for k in range(periods)]
    ways = {"agreed": _kept(together, "agreed", states[0])}
    for state, following in zip(states, [*states[1:], "agreed"], strict=True):
        ways[state] = _kept(apart, following, states[0])
    actions = {"agreed": together, **dict.fromkeys(states, apart)}
    return Automaton(f"limited punishment ({periods})", actions, ways)


def tit_for_tat(agreed: Given, punishment: Given) -> Automaton:
    """Return tit for tat: first what was agreed, then whatever the others did last.

    With several others: what was agreed if all of them kept to it. Axelrod (1984), "The Evolution
    of Cooperation".

    Terms of the glossary:

    tit for tat
        first what was agreed, then whatever the other did last

    Examples
    --------
    >>> tit_for_tat(("C", "C"), ("D", "D")).states
    ('agreed', 'punishment')
    """
    prescribed = _two_states(agreed, punishment)
    return Automaton("tit for tat", prescribed, _Echo(prescribed["agreed"]))


def win_stay_lose_shift(agreed: Given, punishment: Given) -> Automaton:
    """Return win-stay, lose-shift: what was agreed if last time all kept to it, or none did.

    Nowak and Sigmund (1993), "A strategy of win-stay, lose-shift that outperforms tit-for-tat".

    Terms of the glossary:

    win-stay, lose-shift
        what was agreed if last time both did the same, the punishment if not

    Examples
    --------
    >>> win_stay_lose_shift(("C", "C"), ("D", "D"))
    <Automaton win-stay, lose-shift: states agreed and punishment>
    """
    prescribed = _two_states(agreed, punishment)
    way = _each(
        lambda *alike: {**dict.fromkeys(alike, "agreed"), OTHERWISE: "punishment"},
        *prescribed.values(),
    )
    return Automaton("win-stay, lose-shift", prescribed, dict.fromkeys(prescribed, way))


def alternation(cycle: Sequence[Given], punishment: Given) -> Automaton:
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
        ways[state] = _kept(profile, following, "punishment")
    actions = dict(zip(states, profiles, strict=True))
    actions["punishment"] = _profile(punishment, "punishment")
    return Automaton("alternation", actions, ways)


def forgiving_reciprocity(agreed: Given, punishment: Given) -> Automaton:
    """Return forgiving reciprocity: whoever departs makes amends for a period, then all is well.

    While a player makes amends it does its part of what was agreed and the others theirs of the
    punishment. Departures of several players at once are overlooked. After contrite tit for tat
    (Sugden 1986, "The Economics of Rights, Co-operation and Welfare").

    Terms of the glossary:

    forgiving reciprocity
        whoever departs makes up for it once, and then all is well again

    Examples
    --------
    >>> forgiving_reciprocity(("Support", "Support"), ("Withhold", "Withhold")).states
    ('agreed', 'amends 1', 'amends 2')
    """
    together, apart = _two_states(agreed, punishment).values()
    prescribed = {"agreed": together}
    for i in range(_size(together)):
        prescribed[_amends(i)] = _each(
            lambda kept, left, i=i: (*left[:i], kept[i], *left[i + 1 :]), together, apart
        )
    return Automaton("forgiving reciprocity", prescribed, _Amends(tuple(prescribed.items())))


@dataclass(frozen=True)
class _Echo:
    """The agreed state if all others kept to what was agreed, the punishment state if not."""

    agreed: Profiles

    def __call__(self, _state: str, observed: Profile, player: int, world: str = "") -> str:
        kept = all(
            seen == wanted
            for j, (seen, wanted) in enumerate(zip(observed, _in(self.agreed, world), strict=True))
            if j != player
        )
        return "agreed" if kept else "punishment"


@dataclass(frozen=True)
class _Amends:
    """The state in which a player that alone departed from what was prescribed makes amends."""

    prescribed: tuple[tuple[str, Profiles], ...]

    def __call__(self, state: str, observed: Profile, _player: int, world: str = "") -> str:
        wanted = _in(dict(self.prescribed)[state], world)
        departed = [i for i, seen in enumerate(observed) if seen != wanted[i]]
        return _amends(departed[0]) if len(departed) == 1 else "agreed"


def _two_states(agreed: Any, punishment: Any) -> dict[str, Profiles]:
    return {"agreed": _profile(agreed, "agreed"), "punishment": _profile(punishment, "punishment")}


def _amends(player: int) -> str:
    return f"amends {player + 1}"


def _each(way: Callable[..., Any], *given: Profiles) -> Any:
    """Return what follows from profiles, for each state of the world if any is given by those."""
    listed = [entry for entry in given if isinstance(entry, Mapping)]
    if not listed:
        return way(*given)
    worlds = dict.fromkeys(world for entry in listed for world in entry)
    if not all(OTHERWISE in entry for entry in listed):
        worlds.pop(OTHERWISE, None)
    return {world: way(*(_in(entry, world) for entry in given)) for world in worlds}


def _kept(profile: Profiles, then: str, departed: str) -> Any:
    """Return transitions that lead on after a profile, and elsewhere after any other."""
    return _each(lambda kept: {kept: then, OTHERWISE: departed}, profile)


def _in(given: Profiles, world: str) -> Profile:
    """Return the profile of one state of the world."""
    if not isinstance(given, Mapping):
        return given
    if world not in given and OTHERWISE not in given:
        raise GameError(
            f"no profile is given for state {world!r} of the world, only for {and_list(given)}; "
            'add it, or "otherwise".'
        )
    return given[world] if world in given else given[OTHERWISE]


def _size(given: Profiles) -> int:
    return len(next(iter(given.values())) if isinstance(given, Mapping) else given)


def _action_name(action: Any) -> str:
    return action if isinstance(action, str) else ", ".join(_one_profile(action, "action"))


def _profile(given: Any, what: str) -> Profiles:
    if isinstance(given, Mapping) and given:
        return {w: _one_profile(entry, f"{what} (in {w})") for w, entry in given.items()}
    return _one_profile(given, what)


def _one_profile(given: Any, what: str) -> Profile:
    listed = () if isinstance(given, str) or not hasattr(given, "__iter__") else tuple(given)
    if not listed or not all(isinstance(action, str) for action in listed):
        raise GameError(f"the {what} profile is {given!r}; name an action for each player.")
    return listed
