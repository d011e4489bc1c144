"""Answers to exercise tests, read with feedback: as students write them, and why not otherwise.

A reader takes what a student gave and what the answer is called, and returns a value that can be
compared. If it cannot, it raises :class:`.Wrong` with a sentence for the student, or a GameError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.normal_form import NormalFormGame, Profile
from balancegame.grading.exercise.number_meant import EXAMPLE as EXAMPLE
from balancegame.grading.exercise.number_meant import NEAR as NEAR
from balancegame.grading.exercise.number_meant import (
    is_rounded,
    number_meant,
    rounded_in_words,
)
from balancegame.grading.exercise.verdicts import Unattempted, Wrong, wrong
from balancegame.grading.exercise.words_meant import alone, named, spelled
from balancegame.wording import called, or_list

_ALSO_CALLED = {"stag hunt": "assurance", "prisoner's dilemma": "prisoners' dilemma"}


def read_or_refuse(
    read: Callable[..., Any], arguments: tuple[Any, ...], right: tuple[Any, ...], name: str
) -> Any:
    """Return what a reader makes of a student's answer, which is wrong if the reader breaks at it.

    Parameters
    ----------
    read : callable
    arguments : tuple
        What it reads; the student's answer comes first.
    right : tuple
        Arguments that it can read. A reader that breaks at these too is broken itself: its error is
        raised, and nobody's answer is wrong.
    name : str

    Examples
    --------
    >>> read_or_refuse(sorted, (["b", "a"],), (["a"],), "order")
    ['a', 'b']
    >>> read_or_refuse(sorted, (["b", 1],), (["a"],), "order")
    Traceback (most recent call last):
        ...
    balancegame.grading.exercise.verdicts.Wrong: order: ['b', 1] cannot be read as an answer \
(TypeError).
    """
    try:
        return read(*arguments)
    except (Wrong, Unattempted, GameError):
        raise
    except Exception as error:
        read(*right)
        kind = type(error).__name__
        wrong("unreadable", f"{name}: {arguments[0]!r} cannot be read as an answer ({kind}).")


def read_actions(given: Any, name: str, actions: Iterable[str]) -> frozenset[str]:
    """Return those of some actions that a student names, one or several; spelled as they are.

    Examples
    --------
    >>> read_actions({"up "}, "reply", ("Up", "Down"))
    frozenset({'Up'})
    """
    known = {spelled(action): action for action in actions}
    example = next(iter(known.values()))
    listed = named(given, known) if isinstance(given, str) else given
    if isinstance(listed, (int, float, Fraction)):
        wrong(
            "payoff-not-action",
            f"{name}: {given} is a number; a best response is an action, such as "
            f'{{"{example}"}}, not what it pays.',
        )
    if not isinstance(listed, (set, frozenset, list, tuple)) or not listed:
        wrong("not-actions", f'{name}: write actions in curly brackets, such as {{"{example}"}}.')
    for action in listed:
        if not isinstance(action, str) or spelled(action) not in known:
            wrong(
                "unknown-action",
                f"{name}: {action!r} is not an action here; the actions are "
                f"{or_list(known.values())}.",
            )
    return frozenset(known[spelled(action)] for action in listed)


def read_profiles(game: NormalFormGame, given: Any, name: str) -> list[Profile]:
    """Return the profiles of a two-player game that a student lists; one pair alone will do."""
    if isinstance(given, str):
        given = [given]
    if isinstance(given, (list, tuple, set)):
        given = [_pair(game, each) for each in given]
    if isinstance(given, (tuple, list)) and given and _is_one_pair(game, given):
        given = [given]
    listed = given if isinstance(given, (list, tuple, set)) else ()
    if not listed or not all(isinstance(pair, (tuple, list, str)) for pair in listed):
        example = ", ".join(f'"{names[0]}"' for names in game.actions)
        wrong(
            "not-a-list",
            f"{name} is a list of pairs, {game.players[0]}'s strategy first, such as "
            f"[({example})].",
        )
    for k, pair in enumerate(given, 1):
        sides = pair if isinstance(pair, (tuple, list)) else ()
        strategies = filter(_is_strategy, sides)
        names = [{side} if isinstance(side, str) else {*side} for side in strategies]
        if len(names) == 2 and names[0] <= {*game.actions[1]} and names[1] <= {*game.actions[0]}:
            wrong(
                "swapped-players",
                f"In each pair the strategy of {called(game.players[0])} comes first, then that of "
                f"{called(game.players[1])}; in pair {k} they are the other way round.",
            )
        for side in sides:
            # A position is as good as a name to a game, but whoever writes payoffs means neither.
            if type(side) is int:
                example = ", ".join(f'"{names[0]}"' for names in game.actions)
                wrong(
                    "payoff-not-action",
                    f"{name}: {side} is a number; a pair holds actions, such as ({example}), not "
                    "what they pay.",
                )
            _refuse_rounded(side)
    return [game.profile([_meant(side) for side in pair]) for pair in given]


def read_choice(given: Any, name: str, choices: Iterable[str]) -> str:
    """Return which of several words a student chose; spelled as they are.

    Examples
    --------
    >>> read_choice(" the us", "who", ("Japan", "US"))
    'US'
    """
    known = {spelled(choice): choice for choice in choices}
    given = alone(given)
    text = spelled(given).removeprefix("the ") if isinstance(given, str) else ""
    if text not in known:
        quoted = or_list(f'"{choice}"' for choice in known.values())
        wrong("unknown-answer", f"{name}: {given!r} is not one of the answers; choose {quoted}.")
    return known[text]


def read_number(given: Any, name: str) -> Fraction:
    """Return the number that a student means; see :func:`.number_meant`."""
    return number_meant(given, name)


def read_probability(given: Any, name: str) -> Fraction:
    """Return a number from 0 to 1 that a student means.

    Examples
    --------
    >>> read_probability("2/7", "japan_violates")
    Fraction(2, 7)
    """
    chance = number_meant(given, name)
    if not 0 <= chance <= 1:
        wrong(
            "not-a-probability",
            f"{name}: {plain(chance)} is not between 0 and 1, so it is not a probability.",
        )
    return chance


def read_two_by_two(given: Any, name: str) -> list[list[Fraction]]:
    """Return a table of one player's payoffs in a game with two actions each.

    Examples
    --------
    >>> read_two_by_two([["1,5", 0], [2, 1]], "japan")[0]
    [Fraction(3, 2), Fraction(0, 1)]
    """
    rows = given if isinstance(given, (list, tuple)) else ()
    sizes = [len(row) for row in rows if isinstance(row, (list, tuple))]
    if sizes != [2, 2]:
        wrong(
            "not-a-table",
            f"{name} is a table of two rows of two numbers each, such as [[1, 2], [3, 4]].",
        )
    return [[number_meant(payoff, name) for payoff in row] for row in rows]


def refuse_rounded(given: Fraction, right: Fraction, name: str) -> None:
    """Find a number wrong that is very near the right one, but not the same."""
    if is_rounded(given, right):
        wrong("rounded", f"{name}: {rounded_in_words(given, right)}")


def read_situation(given: Any, name: str) -> str:
    """Return the name of a situation, spelled in any of the usual ways.

    Examples
    --------
    >>> read_situation("Stag Hunt", "table_a")
    'assurance'
    """
    given = alone(given)
    text = spelled(str(given))
    text = text.replace("prisoners dilemma", "prisoners' dilemma")
    text = _ALSO_CALLED.get(text, text)
    if not isinstance(given, str) or text not in _situations():
        quoted = or_list(f'"{known}"' for known in _situations().values())
        wrong(
            "unknown-situation",
            f"{name}: the answer is the name of a situation in quotes: {quoted}.",
        )
    return _situations()[text]


@lru_cache(maxsize=1)
def _situations() -> dict[str, str]:
    """Return the names of all situations, by how they are written in small letters."""
    # Solvers load NumPy, which takes long, and few exercises ask for a situation.
    from balancegame.solvers.parametric.situations import SITUATIONS

    return {name.lower(): name for name in SITUATIONS if name != "on a boundary"}


def _pair(game: NormalFormGame, given: Any) -> Any:
    """Return a pair that is written as one text as its two names; anything else as it is."""
    known = {spelled(action): action for names in game.actions for action in names}
    if isinstance(given, str):
        parts = named(given, known)
        return tuple(known.get(part, part) for part in parts) if len(parts) == 2 else given
    if not isinstance(given, (tuple, list)):
        return given
    return tuple(
        known.get(spelled(side), side) if isinstance(side, str) else side for side in given
    )


def _meant(strategy: Any) -> Any:
    """Return a strategy with the probabilities that a student means."""
    if isinstance(strategy, dict):
        return {action: number_meant(chance) for action, chance in strategy.items()}
    if isinstance(strategy, (list, tuple)):
        return [number_meant(chance) for chance in strategy]
    return strategy


def _is_one_pair(game: NormalFormGame, given: Sequence[Any]) -> bool:
    """Return whether what should list pairs is a pair of strategies itself."""
    if all(map(_is_strategy, given)):
        return True
    sizes = [len(each) if isinstance(each, (tuple, list)) else 0 for each in given]
    if sizes != [len(names) for names in game.actions]:
        return False
    chances = [*given[0], *given[1]]
    # Two pairs of whole numbers may be payoffs.
    return {*map(type, chances)} <= {int, float, Fraction} and {*map(type, chances)} != {int}


def _is_strategy(strategy: Any) -> bool:
    return isinstance(strategy, (str, dict))


def _refuse_rounded(strategy: Any) -> None:
    if not isinstance(strategy, (dict, list, tuple)):
        return
    chances = strategy.values() if isinstance(strategy, dict) else strategy
    total = sum(map(number_meant, chances), Fraction(0))
    if is_rounded(total, Fraction(1)):
        wrong(
            "rounded",
            f"The probabilities of one strategy add up to {float(total):.16g}, not 1: they are "
            "rounded. Write exact fractions, such as 1/3.",
        )
