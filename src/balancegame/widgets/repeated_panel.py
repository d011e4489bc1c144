"""The explorer of a repeated game: what can be sustained as its parameters move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures import draw
from balancegame.figures.player_looks import looks
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.payoff_sets.payoff_set import pair_of_payoffs, payoff_set
from balancegame.solvers.verify import verify
from balancegame.widgets.explorer import Explorer, Still, explore, names_of, scripts, styles
from balancegame.widgets.setting import (
    Request,
    Setting,
    after_request,
    choose_preset,
    controls,
    slide,
    start_of,
    still_controls,
)
from balancegame.wording import called, capital


@dataclass(frozen=True)
class RepeatedSetting(Setting):
    """What a student has set: parameters, and the average payoffs asked about."""

    point: tuple[Any, Any]


def opening(model: RepeatedModel, sliders: tuple[str, ...] = (), **values: Any) -> RepeatedSetting:
    """Return the setting in which an explorer opens; it asks about the first actions' payoffs."""
    stage = model.game(**values).stage
    first, second = stage.payoff(tuple(names[0] for names in stage.actions))[:2]
    return RepeatedSetting(*start_of(model, sliders, values), (first, second))


_CHANGES: Mapping[Any, Callable[[RepeatedSetting, Request], RepeatedSetting]] = {
    "slide": slide,
    "preset": choose_preset,
    "point": lambda setting, asked: replace(setting, point=pair_of_payoffs(asked["point"])),
    "reset": lambda setting, _: opening(setting.model, setting.sliders, **setting.start),
}


def layout(setting: RepeatedSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    players = [capital(called(player)) for player in setting.model.players]
    colours = [look.colour for look in looks(setting.model.players)]
    return {**still_controls(setting), "players": players, "colours": colours}


def view(setting: RepeatedSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    game = setting.model.game(**setting.values)
    found = payoff_set(game)
    return {
        **controls(setting),
        "stand": f"delta (1 - h) = {plain(game.patience)}" if game.hazard else "",
        "picture": draw(found, point=setting.point).svg,
        "point": [plain(value) for value in setting.point],
        "verdict": explain(found, setting.point).html,
        "norms": _norms(setting),
        "reasons": explain(found).html,
    }


def on_paper(setting: RepeatedSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    figure = draw(setting.model, point=setting.point, **setting.values)
    return Still([figure], f"<ul>{_norms(setting)}</ul>", "")


def _norms(setting: RepeatedSetting) -> str:
    game = setting.model.game(**setting.values)
    return "".join(
        f"<li>{escape(capital(title))}: {_held(game, norm)}.</li>"
        for title, norm in setting.model.norms.items()
    )


def _held(game: Any, norm: Any) -> str:
    gains = [
        deviation
        for deviation in verify(game, norm.automata).profitable
        if not norm.players or deviation.player in norm.players
    ]
    if not gains:
        return "<strong>yes</strong>, nobody gains by departing in any state"
    worst = max(gains, key=lambda deviation: deviation.gain)
    where = f"in state {worst.state[0]} {called(worst.player)}"
    return f"<strong>no</strong>, {escape(f'{where} gains {plain(worst.gain)} by {worst.action}')}"


class RepeatedExplorer(Explorer):
    """A repeated game that can be moved, and the payoffs of its equilibria."""

    _esm = scripts("controls", "repeated_panel")
    _css = styles("controls", "repeated_panel")

    _plan = staticmethod(layout)
    _after = staticmethod(partial(after_request, changes=_CHANGES))
    _view = staticmethod(view)
    _still = staticmethod(on_paper)


@explore.register
def _(subject: RepeatedModel, /, *, sliders: Iterable[str] = (), **values: Any) -> RepeatedExplorer:
    return RepeatedExplorer(opening(subject, names_of(sliders), **values))
