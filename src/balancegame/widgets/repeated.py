"""The explorer of a repeated game: patience, sanctions and break-offs as sliders, payoffs in view.

A setting is a value: a request yields a new one or an error, so nothing is ever half changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from typing import Any

import anywidget
import traitlets
from IPython.display import publish_display_data

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures import draw
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.payoff_sets.payoff_set import pair_of_payoffs, payoff_set
from balancegame.solvers.verify import verify
from balancegame.widgets.assets import joined
from balancegame.widgets.setting import MOST_SLIDERS
from balancegame.widgets.view import positions
from balancegame.wording import and_list, called, capital


@dataclass(frozen=True)
class RepeatedSetting:
    """What a student has set: parameters, and the payoffs asked about.

    Attributes
    ----------
    model : RepeatedModel
    sliders : tuple of str
    start, values : mapping
        The parameters at the beginning and now.
    point : pair of Fraction
        The average payoffs that the student asks about.
    preset : str
        The title of the preset that the values come from, or "".
    """

    model: RepeatedModel
    sliders: tuple[str, ...]
    start: Mapping[str, Fraction]
    values: Mapping[str, Fraction]
    point: tuple[Any, Any]
    preset: str = ""


def opening_repeated(
    model: RepeatedModel, sliders: tuple[str, ...] = (), **values: object
) -> RepeatedSetting:
    """Return the setting in which the explorer of a repeated game opens."""
    start = model.values(**values)
    chosen = tuple(dict.fromkeys(sliders)) or tuple(start)[:MOST_SLIDERS]
    if len(chosen) > MOST_SLIDERS:
        raise GameError(f"an explorer has at most {MOST_SLIDERS} sliders, not {len(chosen)}.")
    unknown = [name for name in chosen if name not in start]
    if unknown:
        model.values(**dict.fromkeys(unknown, 0))
    stage = model.game(**start).stage
    first = tuple(names[0] for names in stage.actions)
    payoffs = stage.payoff(first)
    return RepeatedSetting(model, chosen, start, start, (payoffs[0], payoffs[1]))


def after_repeated(setting: RepeatedSetting, request: Mapping[str, Any]) -> RepeatedSetting:
    """Return the setting after a request of the page: slide, preset, point or reset."""
    kind = request.get("kind")
    if kind not in _CHANGES:
        raise GameError(f"the explorer does not know the request {kind!r}; run the cell again.")
    return _CHANGES[kind](setting, request)


def _slide(setting: RepeatedSetting, request: Mapping[str, Any]) -> RepeatedSetting:
    values = {**setting.values, str(request["name"]): request["value"]}
    return replace(setting, values=setting.model.values(**values), preset="")


def _preset(setting: RepeatedSetting, request: Mapping[str, Any]) -> RepeatedSetting:
    title = str(request["title"])
    if not title:
        return replace(setting, preset="")
    if title not in setting.model.presets:
        raise GameError(f"there is no preset {title}; choose {and_list(setting.model.presets)}.")
    values = setting.model.values(**{**setting.start, **setting.model.presets[title]})
    return replace(setting, values=values, preset=title)


def _point(setting: RepeatedSetting, request: Mapping[str, Any]) -> RepeatedSetting:
    return replace(setting, point=pair_of_payoffs(request["point"]))


def _reset(setting: RepeatedSetting, request: Mapping[str, Any]) -> RepeatedSetting:
    return opening_repeated(setting.model, setting.sliders, **setting.start)


_CHANGES: Mapping[Any, Callable[[RepeatedSetting, Mapping[str, Any]], RepeatedSetting]] = {
    "slide": _slide,
    "preset": _preset,
    "point": _point,
    "reset": _reset,
}


def plan_of(setting: RepeatedSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used."""
    model = setting.model
    return {
        "title": model.title,
        "omits": model.omits,
        "players": [capital(called(player)) for player in model.players],
        "presets": list(model.presets),
        "sliders": [
            {
                "name": name,
                "meaning": model.parameters[name].meaning,
                "source": model.parameters[name].source,
                "low": plain(model.parameters[name].low),
                "high": plain(model.parameters[name].high),
                "values": [plain(value) for value in positions(setting, name)],
            }
            for name in setting.sliders
        ],
    }


def shown_of(setting: RepeatedSetting, message: str = "") -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    model, game = setting.model, setting.model.game(**setting.values)
    found = payoff_set(game)
    parameters = model.parameters
    return {
        "message": message,
        "locked": False,
        "edited": False,
        "reset": "Reset",
        "values": {name: plain(value) for name, value in setting.values.items()},
        "held": [
            {"name": name, "value": plain(value), "meaning": parameters[name].meaning}
            for name, value in setting.values.items()
            if name not in setting.sliders
        ],
        "preset": _preset_words(setting),
        "bar": "",
        "stand": f"delta (1 - h) = {plain(game.patience)}" if game.hazard else "",
        "picture": draw(found, point=setting.point).svg,
        "point": [plain(value) for value in setting.point],
        "verdict": explain(found, setting.point).html,
        "norms": "".join(
            f"<li>{escape(capital(title))}: {_held(game, norm)}.</li>"
            for title, norm in model.norms.items()
        ),
        "reasons": explain(found).html,
    }


def _held(game: Any, norm: Any) -> str:
    verdict = verify(game, norm.automata)
    gains = [d for d in verdict.profitable if not norm.players or d.player in norm.players]
    if not gains:
        return "<strong>yes</strong>, nobody gains by departing in any state"
    worst = max(gains, key=lambda deviation: deviation.gain)
    who, state = escape(called(worst.player)), escape(worst.state[0])
    return (
        f"<strong>no</strong>, in state {state} {who} gains {plain(worst.gain)} by "
        f"{escape(worst.action)}"
    )


def _preset_words(setting: RepeatedSetting) -> dict[str, Any]:
    if not setting.preset:
        return {"title": "", "story": "", "sources": []}
    preset = setting.model.presets[setting.preset]
    sources = [
        {"name": name, "value": plain(value), "source": preset.sources[name]}
        for name, value in preset.items()
    ]
    return {"title": setting.preset, "story": preset.story, "sources": sources}


class RepeatedExplorer(anywidget.AnyWidget):
    """A view of a repeated game's setting that answers the page's requests."""

    _esm = joined("kernel.js", "elements.js", "controls.js", "repeated_explorer.js")
    _css = joined("explorer.css", "controls.css", "repeated_explorer.css")

    plan = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, setting: RepeatedSetting) -> None:
        self._setting = setting
        super().__init__(plan=plan_of(setting), shown={**shown_of(setting), "token": ""})
        self.on_msg(lambda _widget, request, _buffers: self.answer(request))

    @property
    def setting(self) -> RepeatedSetting:
        """What the student has set."""
        return self._setting

    def answer(self, request: Mapping[str, Any]) -> None:
        """Meet a request of the page, or say in the view why it cannot be met."""
        try:
            changed = after_repeated(self._setting, request)
            shown = shown_of(changed)
        except GameError as error:
            changed, shown = self._setting, shown_of(self._setting, capital(str(error)))
        self._setting = changed
        self.shown = {**shown, "token": str(request.get("token", ""))}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, **self._page()}, metadata

    def _page(self) -> dict[str, str]:
        """Return the same for readers without a kernel: picture, caption and reasons."""
        setting = self._setting
        figure = draw(setting.model, point=setting.point, **setting.values)
        norms = f"<ul>{self.shown['norms']}</ul>"
        html = f'<div class="balancegame-page">{figure._repr_html_()}{norms}</div>'
        return {"text/html": html, "text/plain": str(figure)}

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Show the explorer, and after it the page that it hides where it lives."""
        static = self._page()
        live, metadata = self._repr_mimebundle_(**kwargs)
        publish: Callable[..., None] = publish_display_data
        publish({key: live[key] for key in live if key not in static}, metadata)
        publish(static)
