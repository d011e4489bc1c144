"""The explorer of a game in normal form: table, square, threshold bar or phase diagram."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.widgets.explorer import Explorer, Kind, explore, names_of, scripts, styles
from balancegame.widgets.normal_form_setting import after, charted, name_of_bet, opening
from balancegame.widgets.normal_form_view import diagram, layout, on_paper, view
from balancegame.widgets.setting import MOST_SLIDERS
from balancegame.wording import and_list

_PARTS = ("predict", "controls", "payoff_table", "legend", "solution", "phase_diagram")


class NormalFormExplorer(Explorer):
    """A game in normal form that can be moved, once a bet is placed."""

    _esm = scripts(*_PARTS, "normal_form_panel")
    _css = styles(*_PARTS)
    _kind = Kind(layout, after, view, on_paper, name_of_bet, diagram)


@explore.register
def _(
    subject: NormalFormModel, /, *axes: str, sliders: Iterable[str] = (), **values: Any
) -> NormalFormExplorer:
    if not axes:
        return NormalFormExplorer(opening(subject, names_of(sliders), **values))
    if len(axes) != 2:
        raise GameError(
            f"a phase diagram has two axes, not {len(axes)}; name two parameters, or write "
            f"sliders={list(axes)!r} for sliders without a diagram."
        )
    setting = opening(subject, _others(subject, axes, sliders), **values)
    return NormalFormExplorer(charted(setting, (axes[0], axes[1])))


@explore.register
def _(subject: NormalFormGame, /, *axes: str, **values: Any) -> NormalFormExplorer:
    if axes or values:
        raise GameError(
            f"a game has no {and_list([*axes, *values])} to move; explore the model it came from."
        )
    return NormalFormExplorer(opening(subject))


@explore.register
def _(subject: PhaseDiagram, /, *, sliders: Iterable[str] = (), **values: Any) -> Explorer:
    model = subject.model
    start = {**subject.fixed, **values}
    setting = opening(model, _others(model, subject.axes, sliders), **start)
    naming = "equilibria" if subject.supports else "situations"
    return NormalFormExplorer(charted(setting, subject.axes, naming, len(subject.x)))


def _others(
    model: NormalFormModel, axes: tuple[str, ...], sliders: Iterable[str]
) -> tuple[str, ...]:
    """Return the parameters that get sliders besides the axes; the axes if no others do."""
    chosen = names_of(sliders) or tuple(model.parameters)
    others = tuple(name for name in chosen if name not in axes)
    return (others if sliders else others[:MOST_SLIDERS]) or axes
