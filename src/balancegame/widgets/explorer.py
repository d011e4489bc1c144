"""The explorer: a game that can be touched, solved and explained while it moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from time import perf_counter
from typing import Any

import anywidget
import traitlets
from IPython.display import publish_display_data

from balancegame.errors import GameError
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.repeated_model import RepeatedModel
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.widgets.assets import joined
from balancegame.widgets.look_ahead import onward
from balancegame.widgets.page import page
from balancegame.widgets.repeated import RepeatedExplorer, opening_repeated
from balancegame.widgets.setting import MOST_SLIDERS, Setting, after, charted, opening
from balancegame.widgets.view import diagram, layout, view
from balancegame.wording import and_list, capital

# One module reaches the page: a notebook has no bundler, and nothing may come from elsewhere.
_SCRIPTS = (
    "kernel",
    "elements",
    "predict",
    "controls",
    "payoff_table",
    "legend",
    "phase_diagram",
    "solution",
    "explorer",
)
_STYLES = (
    "explorer",
    "predict",
    "controls",
    "payoff_table",
    "legend",
    "solution",
    "phase_diagram",
)


# Seconds after an answer before the next one is worked out: by then the page has drawn it. After an
# answer that took longer than the second figure none is, since an interrupt would not stop it.
PAUSE, LONGEST = 0.05, 0.1


@dataclass(frozen=True)
class _Answer:
    """What a request leads to from a setting: another one, its view, its diagram; in seconds."""

    before: Setting
    request: Mapping[str, Any]
    setting: Setting
    shown: dict[str, Any]
    diagram: dict[str, Any]
    seconds: float


class Explorer(anywidget.AnyWidget):
    """A view of a setting that answers the page's requests.

    Attributes
    ----------
    plan : dict
        What stays: names, sliders, presets.
    shown : dict
        What moves; replaced as a whole.
    diagram : dict
        The phase diagram, sent only when it changes: its point is in ``shown``.
    """

    _esm = joined(*(f"{name}.js" for name in _SCRIPTS))
    _css = joined(*(f"{name}.css" for name in _STYLES))

    plan = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    diagram = traitlets.Dict().tag(sync=True)

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._expected: _Answer | None = None
        self._waiting: asyncio.TimerHandle | None = None
        super().__init__(
            plan=layout(setting), shown={**view(setting), "token": ""}, diagram=diagram(setting)
        )
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
        asked = {key: value for key, value in request.items() if key != "token"}
        if self._waiting:
            self._waiting.cancel()
        answer, before = self._expected, self._setting
        # A cell and the page can ask at the same time: from which setting is what counts.
        if answer is None or answer.before is not before or answer.request != asked:
            answer = self._worked_out(before, asked)
        values, self._setting = self.shown["values"], answer.setting
        # Both in one message: the page never shows a point on a diagram that it is not on.
        with self.hold_sync():
            self.diagram = answer.diagram
            self.shown = {**answer.shown, "token": str(request.get("token", ""))}
        if answer.setting is not before and answer.setting.chart and answer.seconds <= LONGEST:
            following = onward(asked, self.plan["sliders"], values)
            if following:
                self._look_ahead(following)

    def _worked_out(self, setting: Setting, request: Mapping[str, Any]) -> _Answer:
        """Return what a request leads to, or the view that says why it cannot be met."""
        start = perf_counter()
        try:
            changed = after(setting, request)
            shown, drawn = view(changed), self._drawn(setting, changed)
        except GameError as error:
            changed, shown = setting, view(setting, capital(str(error)))
            drawn = self.diagram
        except Exception as error:  # the page must hear of it: a traceback here reaches nobody
            problem = f"That did not work ({type(error).__name__}: {error}); nothing was changed."
            changed, shown = setting, view(setting, problem)
            drawn = self.diagram
        return _Answer(setting, request, changed, shown, drawn, perf_counter() - start)

    def _look_ahead(self, request: dict[str, Any]) -> None:
        """Work out what a request would lead to, unless another one comes first."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # outside of a kernel nothing is done later
            return

        def work_out() -> None:
            self._expected = self._worked_out(self._setting, request)

        self._waiting = loop.call_later(PAUSE, work_out)

    def _drawn(self, before: Setting, changed: Setting) -> dict[str, Any]:
        """Return the diagram of a changed setting, the very same if nothing on it moved."""
        if changed.chart is before.chart and (changed.bet is None) == (before.bet is None):
            return dict(self.diagram)
        return diagram(changed)

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


@singledispatch
def explore(subject: Any, /, *axes: str, sliders: Iterable[str] = (), **values: Any) -> Any:
    """Return an explorer of a model, a game or a phase diagram for a notebook.

    The student first bets on the equilibrium; then sliders, presets and every payoff can be
    moved, and best responses, equilibria and the reasons follow.

    Parameters
    ----------
    subject : NormalFormModel, NormalFormGame or PhaseDiagram
        What to explore. A phase diagram is explored as it is named, by its equilibria or by its
        situations, and found anew when a parameter off its axes moves. Of a RepeatedModel the
        payoff set moves, and a pair of payoffs is in or out.
    *axes : str
        Two parameters of a model over which its phase diagram is shown: its point can be dragged
        or moved by arrow keys. The student bets on the regime at the point.
    sliders : iterable of str, optional
        Up to three parameters that get a slider, in addition to the axes; by default the model's
        first three. Without axes a bar shows where the first stands against its thresholds.
    **values
        Where a model's parameters start; defaults elsewhere.

    Raises
    ------
    GameError
        If there is nothing to explore, a parameter does not exist, or a value is out of range.

    Examples
    --------
    >>> from balancegame.models import models
    >>> explorer = explore(models["core-dilemma"], sliders=["s", "k"], s=4)
    >>> explorer.setting.sliders
    ('s', 'k')
    >>> explore(models["core-dilemma"], "s", "E").setting.sliders
    ('s', 'E', 'k', 'r', 'S')
    """
    raise GameError(
        f"{type(subject).__name__} cannot be explored; give a model, a game or a phase diagram."
    )


@explore.register
def _(
    subject: NormalFormModel, /, *axes: str, sliders: Iterable[str] = (), **values: Any
) -> Explorer:
    if not axes:
        return Explorer(opening(subject, _names(sliders), **values))
    if len(axes) != 2:
        raise GameError(
            f"a phase diagram has two axes, not {len(axes)}; name two parameters, or write "
            f"sliders={list(axes)!r} for sliders without a diagram."
        )
    setting = opening(subject, _others(subject, axes, sliders), **values)
    return Explorer(charted(setting, (axes[0], axes[1])))


@explore.register
def _(subject: NormalFormGame, /, *axes: str, **values: Any) -> Explorer:
    if axes or values:
        raise GameError(
            f"a game has no {and_list([*axes, *values])} to move; explore the model it came from."
        )
    return Explorer(opening(subject))


@explore.register
def _(subject: PhaseDiagram, /, *, sliders: Iterable[str] = (), **values: Any) -> Explorer:
    model = subject.model
    start = {**subject.fixed, **values}
    setting = opening(model, _others(model, subject.axes, sliders), **start)
    naming = "equilibria" if subject.supports else "situations"
    return Explorer(charted(setting, subject.axes, naming, len(subject.x)))


@explore.register
def _(subject: RepeatedModel, /, *, sliders: Iterable[str] = (), **values: Any) -> RepeatedExplorer:
    return RepeatedExplorer(opening_repeated(subject, _names(sliders), **values))


def _names(sliders: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(sliders, Iterable):
        raise GameError(f"sliders must be names of parameters, not {sliders!r}.")
    return (sliders,) if isinstance(sliders, str) else tuple(dict.fromkeys(sliders))


def _others(
    model: NormalFormModel, axes: tuple[str, ...], sliders: Iterable[str]
) -> tuple[str, ...]:
    """Return the parameters that get sliders besides the axes."""
    chosen = _names(sliders) or tuple(model.parameters)
    others = tuple(name for name in chosen if name not in axes)
    return others if sliders else others[:MOST_SLIDERS]
