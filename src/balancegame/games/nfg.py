r"""Gambit's ``.nfg`` files: games in normal form as text, read and written exactly.

A file is a sequence of words, numbers, quoted names and braces::

    NFG 1 R "title" { "Japan" "US" } { { "Comply" "Engage" } { "Enforce" "Acquiesce" } }
    "an optional comment"
    10 10  9 9  10 10  15 7

Actions may be counted instead of named: ``{ 2 2 }``. The first player's actions vary fastest, and
each combination of actions gives either a payoff for every player, as here, or, after a list of
outcomes ``{ { "peace" 3, 2 } { "war" 0, 0 } }``, the number of its outcome, 0 for none. See the
manual of Gambit, "Game representation formats" (Savani and Turocy).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import prod
from os import PathLike
from typing import TypeVar

import numpy as np

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.games.gambit_text import Scanner, named, quoted, text_of, told_apart, write_text
from balancegame.games.normal_form import NormalFormGame, require_game

T = TypeVar("T")


def read_nfg(path: str | PathLike[str]) -> NormalFormGame:
    """Return the game in a Gambit ``.nfg`` file.

    Parameters
    ----------
    path : str or path
        A text file in UTF-8, in the payoff or the outcome form. Where it leaves a player or an
        action without a name, "player 1", "action 1" and so on stand in; a name that returns is
        numbered as Gambit does it: "x" and "x" are "x_1" and "x_2".

    Raises
    ------
    GameError
        If the file cannot be read, with the line and the reason.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "choice.nfg"
    ...     _ = path.write_text('NFG 1 R "A choice" { "Japan" } { 2 } 10 15')
    ...     read_nfg(path).payoffs
    ((Fraction(10, 1), Fraction(15, 1)),)
    """
    return parse_nfg(*text_of(path))


def write_nfg(game: NormalFormGame, path: str | PathLike[str], title: str = "") -> None:
    """Write a game as a Gambit ``.nfg`` file, exactly.

    Parameters
    ----------
    game : NormalFormGame
        With rational payoffs.
    path : str or path
        Overwritten if it exists.
    title : str, optional

    Raises
    ------
    GameError
        If it is no game, a payoff is irrational, or the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> game = NormalFormGame([[1, "1/3"]], ["Japan"], [["Comply", "Engage"]])
    >>> with TemporaryDirectory() as folder:
    ...     write_nfg(game, f"{folder}/choice.nfg")
    ...     read_nfg(f"{folder}/choice.nfg") == game
    True
    """
    write_text(path, nfg_text(game, title))


def nfg_text(game: NormalFormGame, title: str = "") -> str:
    """Return a game of rational payoffs in the payoff form of ``.nfg``.

    Examples
    --------
    >>> print(nfg_text(NormalFormGame([[1, "1/3"]], ["Japan"], [["Comply", "Engage"]]), "A choice"))
    NFG 1 R "A choice" { "Japan" } { { "Comply" "Engage" } }
    <BLANKLINE>
    1
    1/3
    <BLANKLINE>
    """
    players = " ".join(map(quoted, require_game(game, "write_nfg").players))
    actions = " ".join(f"{{ {' '.join(map(quoted, names))} }}" for names in game.actions)
    lines = [f"NFG 1 R {quoted(title)} {{ {players} }} {{ {actions} }}", ""]
    for cell in product(*map(range, reversed(game.shape))):
        payoffs = game.payoffs_at(cell[::-1])
        for payoff in payoffs:
            if not isinstance(payoff, Fraction):
                raise GameError(
                    f"the payoff {plain(payoff)} is irrational and the format holds fractions; "
                    "round it to a fraction."
                )
        lines.append(" ".join(map(plain, payoffs)))
    return "\n".join([*lines, ""])


def parse_nfg(text: str, source: str = "the text") -> NormalFormGame:
    """Return the game that a text in ``.nfg`` format describes; errors call it by its source.

    Examples
    --------
    >>> game = parse_nfg('NFG 1 R "" { "Japan" "US" } { 1 2 } 1 2 -1/2 .5')
    >>> game.actions, game.payoffs[0]
    ((('action 1',), ('action 1', 'action 2')), ((Fraction(1, 1), Fraction(-1, 2)),))
    """
    reader = Scanner(text, source)
    reader.header("NFG", "1")
    line = reader.line
    given = [reader.take("name", "a player's name in quotes") for _ in reader.listed("the players")]
    players = told_apart(given, "player")
    if not players:
        raise reader.error("there are no players; name at least one")
    actions = _actions(reader, len(players))
    if reader.peek()[0] == "name":
        reader.take("name", "a comment")
    shape = [len(names) for names in actions]
    read = _by_outcome if reader.peek() == ("brace", "{") else _by_player
    payoffs = read(reader, len(players), prod(shape))
    tables = [
        np.array(column, dtype=object).reshape(shape, order="F")
        for column in zip(*payoffs, strict=True)
    ]
    try:
        return NormalFormGame(tables, players, actions)
    except GameError as error:
        raise reader.error(str(error).rstrip("."), line) from None


def _actions(reader: Scanner, count: int) -> list[list[str]]:
    """Read the actions, by name or by number."""
    actions: list[list[str]] = []
    for _ in reader.listed("the actions"):
        player = f"player {len(actions) + 1}"
        if reader.peek()[0] == "brace":
            names = [
                reader.take("name", "an action's name in quotes")
                for _ in reader.listed(f"the actions of {player}")
            ]
            if not names:
                raise reader.error(f"{player} has no action; give at least one")
        else:
            what = f"the number of actions of {player}"
            number = reader.number(what)
            if number.denominator != 1 or not 1 <= number <= 10_000:
                raise reader.error(f"{what} is {plain(number)}; it must be a whole number from 1")
            names = [""] * int(number)
        actions.append(told_apart(names, "action"))
    if len(actions) != count:
        raise reader.error(f"there are {count} players but actions for {len(actions)}")
    return actions


def _by_player(reader: Scanner, players: int, cells: int) -> list[tuple[Fraction, ...]]:
    advice = f"{players} for each of {cells} combinations of actions"
    found = iter(_all_of(reader, reader.number, players * cells, "payoff", advice))
    return list(zip(*[found] * players, strict=True))


def _by_outcome(reader: Scanner, players: int, cells: int) -> list[tuple[Fraction, ...]]:
    outcomes: list[tuple[Fraction, ...]] = [(Fraction(0),) * players]
    for _ in reader.listed("the outcomes"):
        what, line = f"outcome {len(outcomes)}", reader.line
        payoffs: list[Fraction] = []
        for position, _ in enumerate(reader.listed(what)):
            if position == 0 and reader.peek()[0] == "name":
                reader.take("name", "a name")
            else:
                payoffs.append(reader.number(f"a payoff of {what}"))
        if len(payoffs) != players:
            given = f"{what} gives {len(payoffs)} payoffs"
            raise reader.error(f"{given}; give {players}, one for each player", line)
        outcomes.append(tuple(payoffs))

    def outcome(what: str) -> tuple[Fraction, ...]:
        line, number = reader.line, reader.number(what)
        if number.denominator != 1 or not 0 <= number < len(outcomes):
            known = f"there are {len(outcomes) - 1}"
            raise reader.error(f"{plain(number)} is not the number of an outcome; {known}", line)
        return outcomes[int(number)]

    return _all_of(reader, outcome, cells, "outcome number", "one for each combination of actions")


def _all_of(
    reader: Scanner, read: Callable[[str], T], wanted: int, what: str, advice: str
) -> list[T]:
    """Read the rest of the file, which must hold as many numbers as are wanted."""
    found: list[T] = []
    while reader.more() and len(found) < wanted:
        found.append(read(f"{what} {len(found) + 1} of {wanted}"))
    if len(found) < wanted:
        raise reader.error(f"the file ends after {len(found)} of {wanted} {what}s; give {advice}")
    if reader.more():
        raise reader.error(
            f"there is {named(*reader.peek())} after all {wanted} {what}s; take it away"
        )
    return found
