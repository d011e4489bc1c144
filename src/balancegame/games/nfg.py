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

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from os import PathLike
from pathlib import Path

import numpy as np

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.normal_form import NormalFormGame, require_game

_TOKEN = re.compile(
    r"(?P<space>[\s,]+|//[^\n]*|/\*.*?\*/)"
    r'|"(?P<name>(?:[^"\\]|\\.)*)"'
    r"|(?P<brace>[{}])"
    r'|(?P<word>[^\s,{}"]+)',
    re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\])')


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


class _Reader:
    """The tokens of a file in turn, and errors that say where."""

    def __init__(self, text: str, source: str) -> None:
        self.source = source
        self.last_line = 1
        self._tokens = list(self._split(text))
        self._next = 0

    def _split(self, text: str) -> Iterator[_Token]:
        at = 0
        while at < len(text):
            line = self.last_line
            match = _TOKEN.match(text, at)
            if match is None:
                raise self.error(
                    "the quotation mark is not closed; end the name with another", line
                )
            self.last_line += match.group().count("\n")
            at = match.end()
            kind = str(match.lastgroup)
            if kind != "space":
                shown = match[kind]
                yield _Token(kind, _ESCAPED.sub(r"\1", shown) if kind == "name" else shown, line)

    def error(self, reason: str, line: int | None = None) -> GameError:
        at = self.line if line is None else line
        return GameError(f"line {at} of {self.source}: {reason}.")

    @property
    def line(self) -> int:
        """The line of the next token, at the end of the file the last one."""
        return self._tokens[self._next].line if self.more() else self.last_line

    def more(self) -> bool:
        return self._next < len(self._tokens)

    def peek(self) -> tuple[str, str]:
        """Return kind and text of the next token; at the end of the file nothing twice."""
        if not self.more():
            return "", ""
        token = self._tokens[self._next]
        return token.kind, token.text

    def take(self, kind: str, what: str, text: str | None = None) -> str:
        found, shown = self.peek()
        if found != kind or (text is not None and shown != text):
            raise self.error(f"there is {_named(found, shown)} where {what} should be")
        self._next += 1
        return shown if shown.strip() else ""

    def number(self, what: str) -> Fraction:
        at, text = self.line, self.take("word", what)
        try:
            return exact(text)
        except GameError as error:
            raise self.error(f"as {what}, {str(error).rstrip('.')}", at) from None

    def listed(self, what: str) -> Iterator[None]:
        """Go through an opening brace, yield before each entry, and through the closing one."""
        self.take("brace", f"the {{ that opens {what}", "{")
        while self.peek() != ("brace", "}"):
            if not self.more():
                raise self.error(f"the file ends inside {what}; close it with }}")
            yield
        self._next += 1


def read_nfg(path: str | PathLike[str]) -> NormalFormGame:
    """Return the game in a Gambit ``.nfg`` file.

    Parameters
    ----------
    path : str or path
        A text file in UTF-8, in the payoff or the outcome form. Where it leaves a player or an
        action without a name, "player 1", "action 1" and so on stand in.

    Raises
    ------
    GameError
        If the file cannot be read, with the line and the reason.
    """
    source = Path(path)
    try:
        text = source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GameError(
            f"line {line} of {source.name}: it is not text in UTF-8; save it so."
        ) from None
    except OSError as error:
        raise GameError(
            f"{source} cannot be read ({error.strerror or error}); check its name and place."
        ) from None
    return parse_nfg(text, source.name)


def write_nfg(game: NormalFormGame, path: str | PathLike[str], title: str = "") -> None:
    """Write a game as a Gambit ``.nfg`` file, exactly.

    Parameters
    ----------
    game : NormalFormGame
        With rational payoffs.
    path : str or path
        Overwritten if it exists.
    title : str, optional
    """
    Path(path).write_text(nfg_text(game, title), encoding="utf-8", newline="\n")


def nfg_text(game: NormalFormGame, title: str = "") -> str:
    """Return a game in the payoff form of ``.nfg``.

    Raises
    ------
    GameError
        If a payoff is irrational.

    Examples
    --------
    >>> print(nfg_text(NormalFormGame([[1, "1/3"]], ["Japan"], [["Comply", "Engage"]]), "A choice"))
    NFG 1 R "A choice" { "Japan" } { { "Comply" "Engage" } }
    <BLANKLINE>
    1
    1/3
    <BLANKLINE>
    """
    players = " ".join(map(_quoted, require_game(game, "write_nfg").players))
    actions = " ".join(f"{{ {' '.join(map(_quoted, names))} }}" for names in game.actions)
    lines = [f"NFG 1 R {_quoted(title)} {{ {players} }} {{ {actions} }}", ""]
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
    """Return the game that a text in ``.nfg`` format describes.

    Parameters
    ----------
    text : str
    source : str, optional
        How errors call it.

    Examples
    --------
    >>> game = parse_nfg('NFG 1 R "" { "Japan" "US" } { 1 2 } 1 2 -1/2 .5')
    >>> game.actions, game.payoffs[0]
    ((('action 1',), ('action 1', 'action 2')), ((Fraction(1, 1), Fraction(-1, 2)),))
    """
    reader = _Reader(text, source)
    _header(reader)
    line = reader.line
    players = [
        reader.take("name", "a player's name in quotes") or f"player {i + 1}"
        for i, _ in enumerate(reader.listed("the players"))
    ]
    if not players:
        raise reader.error("there are no players; name at least one")
    actions = _actions(reader, len(players))
    if reader.peek()[0] == "name":
        reader.take("name", "a comment")
    shape = [len(names) for names in actions]
    if reader.peek() == ("brace", "{"):
        payoffs = _by_outcome(reader, len(players), prod(shape))
    else:
        payoffs = _by_player(reader, len(players), prod(shape))
    tables = [
        np.array(column, dtype=object).reshape(shape, order="F")
        for column in zip(*payoffs, strict=True)
    ]
    try:
        return NormalFormGame(tables, players, actions)
    except GameError as error:
        raise reader.error(str(error).rstrip("."), line) from None


def _header(reader: _Reader) -> None:
    kind, text = reader.peek()
    if (kind, text.upper()) == ("word", "EFG"):
        raise reader.error(
            "this is a game in extensive form (EFG); save it from Gambit in strategic form (.nfg)"
        )
    if (kind, text.upper()) != ("word", "NFG"):
        raise reader.error(f"a game file begins with NFG 1 R, not with {_named(kind, text)}")
    reader.take("word", "NFG")
    if reader.peek() != ("word", "1"):
        raise reader.error(f"only version 1 of the format is known, not {_named(*reader.peek())}")
    reader.take("word", "the version")
    if reader.peek()[1].upper() not in ("R", "D"):
        raise reader.error(f"there is {_named(*reader.peek())} where R or D should be")
    reader.take("word", "R or D")
    reader.take("name", "the title in quotes")


def _actions(reader: _Reader, count: int) -> list[list[str]]:
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
        actions.append([name or f"action {a + 1}" for a, name in enumerate(names)])
    if len(actions) != count:
        raise reader.error(f"there are {count} players but actions for {len(actions)}")
    return actions


def _by_player(reader: _Reader, players: int, cells: int) -> list[tuple[Fraction, ...]]:
    advice = f"{players} for each of {cells} combinations of actions"
    found = _all_of(reader, players * cells, "payoff", advice)
    return [tuple(found[k : k + players]) for k in range(0, len(found), players)]


def _by_outcome(reader: _Reader, players: int, cells: int) -> list[tuple[Fraction, ...]]:
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

    def check(number: Fraction) -> None:
        if number.denominator != 1 or not 0 <= number < len(outcomes):
            raise reader.error(
                f"{plain(number)} is not the number of an outcome; there are {len(outcomes) - 1}"
            )

    numbers = _all_of(reader, cells, "outcome number", "one for each combination of actions", check)
    return [outcomes[int(number)] for number in numbers]


def _all_of(
    reader: _Reader,
    wanted: int,
    what: str,
    advice: str,
    check: Callable[[Fraction], None] = lambda number: None,
) -> list[Fraction]:
    """Read the rest of the file, which must hold as many numbers as are wanted."""
    found: list[Fraction] = []
    while reader.more() and len(found) < wanted:
        found.append(reader.number(f"{what} {len(found) + 1} of {wanted}"))
        check(found[-1])
    if len(found) < wanted:
        raise reader.error(f"the file ends after {len(found)} of {wanted} {what}s; give {advice}")
    if reader.more():
        raise reader.error(
            f"there is {_named(*reader.peek())} after all {wanted} {what}s; take it away"
        )
    return found


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _named(kind: str, text: str) -> str:
    if not kind:
        return "nothing"
    shown = text if len(text) <= 30 else f"{text[:27]}..."
    return f"the name {shown!r}" if kind == "name" else shown
