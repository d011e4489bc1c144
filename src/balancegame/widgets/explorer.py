"""The explorer: a game that can be touched, solved and explained while it moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from importlib.resources import files
from typing import Any

import anywidget
import traitlets
from IPython.display import publish_display_data

from balancegame.errors import GameError
from balancegame.games.model import Model
from balancegame.games.normal_form import NormalFormGame
from balancegame.widgets.page import page
from balancegame.widgets.setting import Setting, after, opening
from balancegame.widgets.view import layout, view

__all__ = ["Explorer", "explore"]

# One module reaches the page: a notebook has no bundler, and nothing may come from elsewhere.
_SCRIPTS = (
    "kernel",
    "elements",
    "predict",
    "controls",
    "payoff_table",
    "legend",
    "solution",
    "explorer",
)
_STYLES = ("explorer", "predict", "controls", "payoff_table", "legend", "solution")


def _read(name: str) -> str:
    return files("balancegame.widgets").joinpath(name).read_text(encoding="utf-8")


class Explorer(anywidget.AnyWidget):
    """A view of a setting that answers the page's requests.

    Attributes
    ----------
    plan : dict
        What stays: names, sliders, presets.
    shown : dict
        What moves; replaced as a whole.
    """

    _esm = "\n".join(_read(f"{name}.js") for name in _SCRIPTS)
    _css = "\n".join(_read(f"{name}.css") for name in _STYLES)

    plan = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        super().__init__(plan=layout(setting), shown={**view(setting), "token": ""})
        self.on_msg(self._on_request)

    @property
    def setting(self) -> Setting:
        """What the student has set."""
        return self._setting

    def answer(self, request: Mapping[str, Any]) -> None:
        """Meet a request of the page, or say in the view why it cannot be met.

        Parameters
        ----------
        request : mapping
            As :func:`balancegame.widgets.setting.after` takes it, with a ``token`` that the
            answer carries.
        """
        try:
            changed = after(self._setting, request)
            shown = view(changed)
        except GameError as error:
            changed, shown = self._setting, view(self._setting, _sentence(error))
        except Exception as error:  # the page must hear of it: a traceback here reaches nobody
            problem = f"That did not work ({type(error).__name__}: {error}); nothing was changed."
            changed, shown = self._setting, view(self._setting, problem)
        self._setting = changed
        self.shown = {**shown, "token": str(request.get("token", ""))}

    def _on_request(self, _widget: Any, request: Mapping[str, Any], _buffers: Any) -> None:
        self.answer(request)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, **page(self._setting)}, metadata

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Show the explorer, and after it the same as a page for where no explorer can live.

        They are two outputs because converters choose one form of each, and most would choose
        the explorer that they cannot show. Where it lives it hides the page.
        """
        static = page(self._setting)
        live, metadata = self._repr_mimebundle_(**kwargs)
        publish: Callable[..., None] = publish_display_data
        publish({k: live[k] for k in live if k not in static}, metadata)
        publish(static)


def _sentence(error: Exception) -> str:
    words = str(error)
    return words[:1].upper() + words[1:]


@singledispatch
def explore(subject: Any, *sliders: str, **values: Any) -> Explorer:
    """Return an explorer of a model or a game for a notebook.

    The student first bets on the equilibrium; then sliders, presets and every payoff can be
    moved, and best responses, equilibria and the reasons follow.

    Parameters
    ----------
    subject : Model or NormalFormGame
        What to explore.
    *sliders : str
        Up to three parameters of a model that get a slider; by default its first three. A bar
        shows where the first of them stands against its thresholds.
    **values
        Where a model's parameters start; defaults elsewhere.

    Raises
    ------
    GameError
        If there is nothing to explore, a parameter does not exist, or a value is out of range.

    Examples
    --------
    >>> from balancegame.models import models
    >>> explorer = explore(models["core-dilemma"], "s", "k", s=4)
    >>> explorer.setting.sliders
    ('s', 'k')
    """
    raise GameError(f"{type(subject).__name__} cannot be explored; give a model or a game.")


@explore.register
def _(subject: Model, *sliders: str, **values: Any) -> Explorer:
    return Explorer(opening(subject, sliders, **values))


@explore.register
def _(subject: NormalFormGame) -> Explorer:
    return Explorer(opening(subject))
