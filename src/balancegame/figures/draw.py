"""One verb for everything that can be drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures.automaton_graph import automaton_graph
from balancegame.figures.best_response_square import best_response_square
from balancegame.figures.elimination_steps import draw_elimination
from balancegame.figures.figure import Figure
from balancegame.figures.on_the_square import draw_path
from balancegame.figures.payoff_region import payoff_region
from balancegame.figures.payoff_table import payoff_table
from balancegame.figures.phase_diagram.diagram import marker, plot
from balancegame.figures.phase_diagram.legend import legend_drawing
from balancegame.figures.phase_diagram.map import phase_map
from balancegame.figures.regime_strip import regime_strip
from balancegame.figures.svg import Drawing, beside, document, stacked
from balancegame.figures.threshold_bar import bar_drawing, stand, threshold_bar
from balancegame.figures.tree_diagram import tree_diagram
from balancegame.games.automata import Automaton
from balancegame.games.normal_form import NormalFormGame, require_game
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.repeated import RepeatedGame
from balancegame.games.repeated_model import RepeatedModel
from balancegame.games.sequential import GameTree
from balancegame.solvers.normal_form.dominance import Elimination
from balancegame.solvers.normal_form.dynamics import Path
from balancegame.solvers.normal_form.nash import Equilibria, Equilibrium, equilibria
from balancegame.solvers.parametric.equilibrium_regimes import Regime
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.payoff_sets.payoff_set import PayoffSet, pair_of_payoffs, payoff_set
from balancegame.solvers.sequential.subgame_perfect import (
    SubgamePerfectEquilibrium,
    subgame_perfect,
)
from balancegame.wording import and_list, called, capital, number_word


@singledispatch
def draw(subject: Any, /, **values: Any) -> Figure:
    """Draw a game, its equilibria, a model, its regimes or a phase diagram.

    Parameters
    ----------
    subject : NormalFormGame, Equilibria, Equilibrium, Model, regimes or PhaseDiagram
        What to draw. A game of two players with two actions each gets its best-response square
        beside the payoff table, a model also a bar of thresholds along its first parameter.
        A repeated game is drawn by its payoff set; an automaton in a role of a game. A GameTree is
        drawn with its subgame-perfect plan, if there is one only; of several draw one of them.
    **values
        Values of a model's parameters, defaults standing in; on a phase diagram they mark a
        point. On a payoff set ``point`` marks a pair of payoffs. Of an automaton ``stage`` and
        ``player`` say whose role it is drawn in, ``state`` which state is lit, ``then`` which state
        play goes to from there.

    Returns
    -------
    Figure
        Shown by a notebook; ``.svg`` is the picture, ``.alt`` the same in words.

    Raises
    ------
    GameError
        If there is no picture for the subject, or a value does not fit the model.

    Examples
    --------
    >>> game = NormalFormGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> draw(game).caption
    'Payoffs and best responses of player 1 and player 2.'
    """
    raise GameError(
        f"there is no picture of {type(subject).__name__}; give a game, its equilibria or a model."
    )


@draw.register
def _(subject: NormalFormGame, /, **values: Any) -> Figure:
    _refuse(values, "a game")
    return _figure(_game_drawing(subject, None), _game_caption(subject))


@draw.register
def _(subject: Equilibria, /, **values: Any) -> Figure:
    _refuse(values, "equilibria")
    return _figure(_game_drawing(subject.game, subject), _game_caption(subject.game))


@draw.register
def _(subject: Equilibrium, /, **values: Any) -> Figure:
    return draw(subject.game, **values)


@draw.register
def _(subject: NormalFormModel, /, **values: Any) -> Figure:
    setting = subject.values(**values)
    drawing = _game_drawing(subject.game(**values), None)
    at = and_list(f"{name} = {plain(value)}" for name, value in setting.items())
    if not setting:
        return _figure(drawing, f"{subject.title}.")
    first = next(iter(setting))
    bar = threshold_bar(subject, first, setting)
    drawing = stacked(drawing, bar_drawing(bar, setting[first], max(drawing.width, 480)), gap=20)
    caption = f"{subject.title} at {at}."
    return _figure(drawing, f"{caption} {_sentence(stand(bar, setting[first]))}")


@draw.register
def _(subject: PhaseDiagram, /, **values: Any) -> Figure:
    shown = phase_map(subject)
    x, y = subject.axes
    drawing = plot(shown)
    caption = f"{subject.model.title} over {x} and {y}."
    at = ""
    if values:
        setting = subject.model.values(**{**subject.fixed, **values})
        drawn = subject.model.values(**subject.fixed)
        for name in sorted(setting.keys() - {x, y}):
            if setting[name] != drawn[name]:
                raise GameError(
                    f"this diagram is for {name} = {plain(drawn[name])}, not {plain(setting[name])}"
                    "; sweep again for another value."
                )
        at = f"Here {x} = {plain(setting[x])}, {y} = {plain(setting[y])}"
        drawing = replace(drawing, body=drawing.body + marker(shown, setting))
        caption = f"{caption} {at}."
    return _figure(
        beside(drawing, legend_drawing(shown.areas, shown.lines, shown.points, at), gap=20), caption
    )


@draw.register
def _(subject: PayoffSet, *, point: Any = None, **values: Any) -> Figure:
    _refuse(values, "a payoff set")
    game = subject.game
    at = f"delta = {plain(game.delta)}"
    if game.hazard:
        at += f", hazard = {plain(game.hazard)}"
    place = None if point is None else pair_of_payoffs(point)
    return _figure(
        payoff_region(subject, place), f"Equilibrium payoffs in pure strategies at {at}."
    )


@draw.register
def _(subject: RepeatedGame, **values: Any) -> Figure:
    return draw(payoff_set(subject), **values)


@draw.register
def _(subject: RepeatedModel, *, point: Any = None, **values: Any) -> Figure:
    setting = subject.values(**values)
    drawn = draw(payoff_set(subject.game(**values)), point=point)
    at = and_list(f"{name} = {plain(value)}" for name, value in setting.items())
    return replace(
        drawn, caption=f"{subject.title}: equilibrium payoffs in pure strategies at {at}."
    )


@draw.register
def _(
    subject: Automaton,
    *,
    stage: Any = None,
    player: str | int = 0,
    state: str = "",
    then: str = "",
    **values: Any,
) -> Figure:
    _refuse(values, "an automaton")
    if stage is None:
        raise GameError(
            "an automaton is drawn in a role of a game; write draw(automaton, stage=..., "
            "player=...)."
        )
    game = require_game(stage, "draw")
    i = game.player_index(player)
    drawing = automaton_graph(subject, game, i, state, then)
    return _figure(drawing, f"{capital(subject.name)}, as {called(game.players[i])} plays it.")


@draw.register
def _(subject: GameTree, /, **values: Any) -> Figure:
    _refuse(values, "a tree")
    found = subgame_perfect(subject)
    if len(found) == 1:
        return draw(found[0])
    count = f"{capital(number_word(len(found)))} subgame-perfect equilibria in pure strategies"
    return _figure(tree_diagram(subject), f"{_tree_title(subject)} {count}.")


@draw.register
def _(subject: SubgamePerfectEquilibrium, /, **values: Any) -> Figure:
    _refuse(values, "an equilibrium")
    caption = f"{_tree_title(subject.tree)} Strong lines: a subgame-perfect equilibrium."
    return _figure(tree_diagram(subject.tree, subject), caption)


@draw.register
def _(subject: Path) -> Figure:
    return draw_path(subject)


@draw.register
def _(subject: Elimination) -> Figure:
    return draw_elimination(subject)


@draw.register(tuple)
def _(subject: tuple[Any, ...], /, **values: Any) -> Figure:
    _refuse(values, "regimes")
    if not subject or not all(isinstance(entry, Regime) for entry in subject):
        raise GameError("of tuples only the regimes of a model are drawn; give regimes(...).")
    points = [f"{regime.parameter} = {plain(regime.low)}" for regime in subject if regime.is_point]
    name = subject[0].parameter
    change = f"thresholds at {and_list(points)}" if points else "no threshold"
    return _figure(regime_strip(subject), f"Regimes along {name}, with {change}.")


def _refuse(values: dict[str, Any], what: str) -> None:
    if values:
        raise GameError(
            f"{what} cannot be given {and_list(values)}; draw the model to choose its parameters."
        )


def _game_drawing(game: NormalFormGame, solution: Equilibria | None) -> Drawing:
    table = payoff_table(game)
    if game.shape != (2, 2):
        return table
    return beside(table, best_response_square(solution or equilibria(game)), gap=36)


def _game_caption(game: NormalFormGame) -> str:
    return f"Payoffs and best responses of {and_list(map(called, game.players))}."


def _tree_title(tree: GameTree) -> str:
    return f"Game tree of {and_list(map(called, tree.players))}."


def _figure(drawing: Drawing, caption: str) -> Figure:
    return Figure(document(drawing, caption), drawing.alt, caption)


def _sentence(clause: str) -> str:
    # "s" and "S" can be two parameters, so no symbol may start the sentence and lose its case.
    return f"Here {clause}."
