"""A game or a model: its payoff table and square, or its tree, and thresholds.

A 2 x 2 game has its best-response square beside the table. A model has the thresholds along its
first parameter below the picture of its game, which is a tree if one player moves first.
"""

from __future__ import annotations

from typing import Any

from balancegame.exact import plain
from balancegame.figures.best_response_square import best_response_square
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.payoff_table import payoff_table
from balancegame.figures.svg import Drawing, beside, in_parts, stacked
from balancegame.figures.threshold_bar import bar_drawing, stand, threshold_bar
from balancegame.figures.tree_diagram import tree_diagram
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.sequential_model import SequentialModel
from balancegame.solvers.normal_form.nash import Equilibria, Equilibrium, equilibria
from balancegame.solvers.sequential.backward_steps import backward_induction
from balancegame.wording import and_list, called, or_list


def game_drawing(game: NormalFormGame, solution: Equilibria | None = None) -> Drawing:
    """Return the picture of a game; a solution that is known already is not found again."""
    table = payoff_table(game)
    if game.shape != (2, 2):
        return table
    square = best_response_square(solution or equilibria(game))
    return in_parts(beside(table, square, gap=36), table, square)


@draw.register
def _(subject: NormalFormGame, /, **values: Any) -> Figure:
    refuse(values, "a game")
    return figure(game_drawing(subject), _caption(subject))


@draw.register
def _(subject: Equilibria, /, **values: Any) -> Figure:
    refuse(values, "equilibria")
    return figure(game_drawing(subject.game, subject), _caption(subject.game))


@draw.register
def _(subject: Equilibrium, /, **values: Any) -> Figure:
    return draw(subject.game, **values)


@draw.register
def _(subject: NormalFormModel, /, **values: Any) -> Figure:
    return _with_thresholds(subject, game_drawing(subject.opening_game(**values)), values)


@draw.register
def _(subject: SequentialModel, /, **values: Any) -> Figure:
    game = subject.game(**values)
    if isinstance(game, NormalFormGame):
        return _with_thresholds(subject, game_drawing(game), values)
    # One who moves first and does not care is left to choose: only what follows is settled.
    steps = backward_induction(game, subject.when_indifferent).steps
    settled = [step for step in steps if step.history or len(step.best) == 1]
    plan = {step.history: step.actions[step.chosen] for step in settled}
    drawing = tree_diagram(game, plan, "what is best")
    said = "Strong lines: what is best for whoever chooses."
    if len(settled) < len(steps):
        best = or_list(steps[-1].actions[k] for k in steps[-1].best)
        said += f" To {called(steps[-1].player)}, {best} is equally good."
    return _with_thresholds(subject, drawing, values, said)


def _with_thresholds(
    subject: NormalFormModel, drawing: Drawing, values: dict[str, Any], said: str = ""
) -> Figure:
    setting, said = subject.values(**values), said and f" {said}"
    if not setting:
        return figure(drawing, f"{subject.title}.{said}")
    at = and_list(f"{name} = {plain(value)}" for name, value in setting.items())
    first, value = next(iter(setting.items()))
    bar = threshold_bar(subject, first, setting)
    below = bar_drawing(bar, value, max(drawing.width, 480))
    drawing = in_parts(stacked(drawing, below, gap=20), drawing, below)
    # "s" and "S" can be two parameters, so no symbol may start the sentence and lose its case.
    return figure(drawing, f"{subject.title} at {at}. Here {stand(bar, value)}.{said}")


def _caption(game: NormalFormGame) -> str:
    return f"Payoffs and best responses of {and_list(map(called, game.players))}."
