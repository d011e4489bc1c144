"""A model: its game, and below it the thresholds along its first parameter."""

from __future__ import annotations

from typing import Any

from balancegame.exact import plain
from balancegame.figures.draw import draw
from balancegame.figures.figure import Figure, figure
from balancegame.figures.game_picture import game_drawing
from balancegame.figures.svg import stacked
from balancegame.figures.threshold_bar import bar_drawing, stand, threshold_bar
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.wording import and_list


@draw.register
def _(subject: NormalFormModel, /, **values: Any) -> Figure:
    setting = subject.values(**values)
    drawing = game_drawing(subject.game(**values))
    if not setting:
        return figure(drawing, f"{subject.title}.")
    at = and_list(f"{name} = {plain(value)}" for name, value in setting.items())
    first, value = next(iter(setting.items()))
    bar = threshold_bar(subject, first, setting)
    drawing = stacked(drawing, bar_drawing(bar, value, max(drawing.width, 480)), gap=20)
    # "s" and "S" can be two parameters, so no symbol may start the sentence and lose its case.
    return figure(drawing, f"{subject.title} at {at}. Here {stand(bar, value)}.")
