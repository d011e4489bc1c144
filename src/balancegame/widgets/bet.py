"""Predict first: what can be bet on, and how a bet compares with the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.nash import NashSubset, pure_equilibria
from balancegame.widgets.answers import answer_in_words, subsets
from balancegame.wording import and_list, called, number_word

MIXED = "mixed"
CONTINUUM = "continuum"


@dataclass(frozen=True)
class Bet:
    """A bet, what the equilibria of the game were at that time, and how it ended."""

    choice: str  # the positions of a pure profile's actions, "mixed" or "continuum"
    words: str
    answer: str
    outcome: str  # "right", "partly" or "wrong"
    verdict: str
    at: str = ""  # where the sliders stood, such as "s = 3"


def cell_key(cell: Iterable[int]) -> str:
    """Return how the page calls a cell."""
    return ",".join(map(str, cell))


def question(game: NormalFormGame) -> str:
    """Return what the student is asked."""
    if len(game.players) == 1:
        return f"What does {called(game.players[0])} do best?"
    return f"Where do {and_list(map(called, game.players))} end up: what is the equilibrium?"


def options(game: NormalFormGame) -> dict[str, str]:
    """Return every choice and its words.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> options(game)["1,1"], list(options(game))[-2:]
    ('action 2, action 2', ['mixed', 'continuum'])
    """
    pure = {
        cell_key(cell): ", ".join(names[a] for names, a in zip(game.actions, cell, strict=True))
        for cell in game.cells()
    }
    if len(game.players) == 1:
        return {**pure, CONTINUUM: "several are equally good"}
    if len(game.players) > 2:
        return {**pure, MIXED: "in no cell"}
    return {**pure, MIXED: "in no cell", CONTINUUM: "in infinitely many places"}


def placed(game: NormalFormGame, choice: str) -> Bet:
    """Return a bet on a game, already compared with the answer."""
    words = options(game)
    if choice not in words:
        raise GameError("choose one of the answers before you place the bet.")
    outcome, verdict = _compared(game, choice, subsets(game))
    return Bet(choice, words[choice], answer_in_words(game), outcome, verdict)


def _compared(game: NormalFormGame, choice: str, found: tuple[NashSubset, ...]) -> tuple[str, str]:
    continua = any(len(side) > 1 for subset in found for side in subset)
    pure = {
        cell_key(map(game.action_index, range(len(profile)), profile))
        for profile in pure_equilibria(game)
    }
    if len(game.players) == 1:
        return _compared_decision(choice, pure)
    if choice == CONTINUUM:
        if continua:
            return "right", "Right: there are infinitely many equilibria."
        return "wrong", f"Not this time: there {_count(len(found))}."
    if choice == MIXED:
        if pure:
            return "wrong", "Not this time: a cell of the table is an equilibrium."
        if continua:
            return "partly", "Partly right: none is a cell, but there are infinitely many."
        return "right", "Right: no cell is an equilibrium."
    if choice not in pure:
        return "wrong", "Not this time: somebody would gain by playing something else."
    if continua:
        return "partly", "Partly right: this is an equilibrium, but one of infinitely many."
    if len(found) > 1:
        more = _count(len(found) - 1)
        return "partly", f"Partly right: this is an equilibrium, and there {more} more."
    return "right", "Right: this is the only equilibrium."


def _compared_decision(choice: str, best: set[str]) -> tuple[str, str]:
    if choice == CONTINUUM and len(best) > 1:
        return "right", "Right: several actions are equally good, and so is every mixture of them."
    if choice not in best:
        return "wrong", "Not this time: another choice yields more."
    if len(best) > 1:
        return "partly", "Partly right: nothing is better, but something else is just as good."
    return "right", "Right: every other action yields less."


def _count(number: int) -> str:
    return f"{'is' if number == 1 else 'are'} {number_word(number)}"
