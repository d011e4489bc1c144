"""What every explorer has: it answers its page, looks ahead, and stands still on paper.

An explorer of one kind of game is a module that extends :class:`Explorer`, says what a setting of
its kind is and how it is shown, and registers with :func:`explore`; and a script that draws it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from html import escape
from importlib.resources import files
from time import process_time
from typing import Any
from uuid import uuid4

import anywidget
import traitlets
from IPython.display import publish_display_data

from balancegame.errors import GameError
from balancegame.figures import Figure
from balancegame.figures.palette import page_style
from balancegame.widgets.kept_bet import keep_bet, page_with_bet, recalled
from balancegame.wording import capital

# Seconds after an answer before the next one is worked out: by then the page has drawn it. After an
# answer that took more time of the processor than the second figure none is, since an interrupt
# would not stop it.
PAUSE, LONGEST = 0.05, 0.1

# In a live notebook the page waits for the explorer that hides it and must not give answers away.
# In one that was opened again it stands in place of Jupyter's complaint that there is no explorer,
# and covers what is to be found out by running the cell.
_PATIENCE = (
    "<style>@keyframes balancegame-page { from { visibility: hidden } } "
    ".jp-NotebookPanel .balancegame-page { animation: balancegame-page 0s 3s both } "
    ".jp-OutputArea-child:has(> .jupyter-widgets):not(:has(> .jupyter-widgets > *))"
    ":has(+ .jp-OutputArea-child .balancegame-page) { display: none } "
    ".balancegame-cover { display: none } "
    ".jp-NotebookPanel .balancegame-cover { display: block } "
    ".jp-NotebookPanel .balancegame-covered { display: none }</style>"
)


def scripts(*names: str) -> str:
    """Return scripts as one module, the panel that draws an explorer last.

    One module reaches the page: a notebook has no bundler, and nothing may come from elsewhere.
    """
    return _joined("js", "kernel", "elements", "shell", *names)


def styles(*names: str) -> str:
    """Return styles as one text, after those of every explorer."""
    return f"{page_style()}\n{_joined('css', 'explorer', *names)}"


def _joined(kind: str, *names: str) -> str:
    paths = (files("balancegame.widgets").joinpath(f"{name}.{kind}") for name in names)
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@dataclass(frozen=True)
class Still:
    """What of a setting stands where nothing can move: pictures, and words as HTML and as text."""

    figures: Sequence[Figure]
    html: str
    text: str


def _no_diagram(setting: Any) -> dict[str, Any]:
    return {}


def _no_bet(setting: Any) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """What the explorer of a kind of game has of its own: functions of a setting.

    Attributes
    ----------
    plan : callable
        What stays while an explorer is used.
    after : callable
        The setting after a request of the page.
    view : callable
        What is shown, and can change with every request.
    still : callable
        What stands where nothing can move.
    bet_name : callable
        The name under which the bet on a setting is kept; "" if nothing is bet on.
    diagram : callable
        What moves more rarely than the rest.
    """

    plan: Callable[[Any], dict[str, Any]]
    after: Callable[[Any, Mapping[str, Any]], Any]
    view: Callable[[Any], dict[str, Any]]
    still: Callable[[Any], Still]
    bet_name: Callable[[Any], str] = _no_bet
    diagram: Callable[[Any], dict[str, Any]] = _no_diagram


@dataclass(frozen=True)
class _Answer:
    """What a request leads to from a setting: another one, its view, its diagram; in seconds."""

    before: Any
    request: Mapping[str, Any]
    setting: Any
    shown: dict[str, Any]
    diagram: dict[str, Any]
    seconds: float


class Explorer(anywidget.AnyWidget):
    """A view of a setting that answers the page's requests."""

    # What stays, such as names, sliders and presets; and what moves, replaced as a whole.
    plan = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    # What moves more rarely than the rest and is sent only when it does.
    diagram = traitlets.Dict().tag(sync=True)
    # The request that is likely to come next, the token of the one after which it is, and what will
    # then be shown: the page shows it at once if nothing else is asked for in between.
    ahead = traitlets.Dict().tag(sync=True)
    # What stands in for the explorer, once it has changed: the page puts it into the notebook.
    renewed = traitlets.Dict().tag(sync=True)

    _kind: Kind

    def __init__(self, setting: Any) -> None:
        message, self._opening_bet = "", self._kind.bet_name(setting)
        if self._opening_bet:
            setting, message = recalled(setting, self._kind.after, self._opening_bet)
        self.setting = setting
        self._expected: _Answer | None = None
        self._waiting: asyncio.TimerHandle | None = None
        # What moved last, and the values that it left.
        self._left: dict[str, Any] = {}
        self._page_id = ""
        shown = {**self._kind.view(setting), "message": message, "token": ""}
        plan, diagram = self._kind.plan(setting), self._kind.diagram(setting)
        super().__init__(plan=plan, shown=shown, diagram=diagram)
        self.on_msg(lambda _widget, request, _buffers: self.answer(request))

    def answer(self, request: Mapping[str, Any]) -> None:
        """Meet a request of the page, or say in the view why it cannot be met.

        Its ``kind`` says what is wanted; it has a ``token`` that the answer carries.
        """
        asked = {key: value for key, value in request.items() if key != "token"}
        if self._waiting:
            self._waiting.cancel()
        answer, before = self._expected, self.setting
        # A cell and the page can ask at the same time: from which setting is what counts.
        if answer is None or answer.before is not before or answer.request != asked:
            answer = self._worked_out(before, asked)
        seen, self.setting = self.shown, answer.setting
        # All in one message: the page never shows a point on a diagram that it is not on.
        with self.hold_sync():
            self.ahead, self.diagram = {}, answer.diagram
            self.shown = {**answer.shown, "token": str(request.get("token", ""))}
            if asked.get("kind") == "bet" and answer.setting is not before:
                self._bet_was_placed(before)
        if answer.setting is before:
            return
        values, moved = seen.get("values", {}), moved_by(asked)
        turned_back = bool(moved) and self._left == moved
        self._left = {name: values.get(name) for name in moved}
        if answer.seconds <= LONGEST:
            following = self._following(asked, values, turned_back)
            if following:
                self._look_ahead(following)

    def _following(
        self, asked: Mapping[str, Any], before: Mapping[str, Any], turned_back: bool
    ) -> dict[str, Any] | None:
        """Return the request that is likely to follow one that was met, if there is one."""
        sliders = self.plan.get("sliders", ())
        return following_step(asked, sliders, before, turned_back=turned_back)

    def _bet_was_placed(self, before: Any) -> None:
        """Keep the bet if it is the one that the explorer opens with, and tell of it on paper."""
        if not self._opening_bet or self._kind.bet_name(before) != self._opening_bet:
            return
        if complaint := keep_bet(self._opening_bet, self.setting.bet):
            self.shown = {**self.shown, "message": complaint}
        self.renew_page()

    def _worked_out(self, setting: Any, request: Mapping[str, Any]) -> _Answer:
        """Return what a request leads to, or the view that says why it cannot be met."""
        start = process_time()
        try:
            changed, message = self._kind.after(setting, request), ""
            shown, diagram = self._kind.view(changed), self._kind.diagram(changed)
        except Exception as error:  # the page must hear of it: a traceback here reaches nobody
            message = f"That did not work ({type(error).__name__}: {error}); nothing was changed."
            if isinstance(error, GameError):
                message = capital(str(error))
            changed, shown, diagram = setting, self._kind.view(setting), self.diagram
        shown["message"] = message
        return _Answer(setting, request, changed, shown, diagram, process_time() - start)

    def _look_ahead(self, request: dict[str, Any]) -> None:
        """Work out what a request would lead to, unless another one comes first."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # outside of a kernel nothing is done later
            return

        def work_out() -> None:
            answer = self._expected = self._worked_out(self.setting, request)
            same = answer.diagram is self.diagram or answer.diagram == self.diagram
            self.ahead = {
                "request": request,
                "after": self.shown["token"],
                "shown": answer.shown,
                "diagram": None if same else answer.diagram,
            }

        self._waiting = loop.call_later(PAUSE, work_out)

    def _page(self) -> dict[str, str]:
        """Return the setting for readers without a kernel: pictures, captions and words."""
        still = self._kind.still(self.setting)
        pictures = "".join(
            f"{figure._repr_html_()}<details><summary>The picture in words</summary>"
            f"<p>{escape(figure.alt)}</p></details>"
            for figure in still.figures
        )
        html, text = f"{pictures}{still.html}", "\n".join(map(str, (*still.figures, still.text)))
        if self._opening_bet:
            html, text = page_with_bet(html, text, self.setting.bet)
        return {
            "text/html": f'{_PATIENCE}<div class="balancegame-page">{html}</div>',
            "text/plain": text,
        }

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, **self._page()}, metadata

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Show the explorer, and after it the same as a page for where no explorer can live.

        They are two outputs because converters choose one form of each, and most would choose
        the explorer that they cannot show. Where it lives it hides the page.
        """
        static = self._page()
        live, metadata = self._repr_mimebundle_(**kwargs)
        publish: Callable[..., None] = publish_display_data
        publish({k: live[k] for k in live if k not in static}, metadata)
        self._page_id = uuid4().hex
        publish(static, transient={"display_id": self._page_id})

    def renew_page(self) -> None:
        """Let the page that stands in for the explorer say what has been answered since.

        It is what a notebook shows when it is opened again, until its cells run. A browser that
        was reloaded no longer knows the display by its name, so the explorer's own script writes
        the page into JupyterLab's notebook too.
        """
        if self._page_id:
            static = self._page()
            self.renewed = {"data": static, "model": self.model_id}
            publish: Callable[..., None] = publish_display_data
            publish(static, transient={"display_id": self._page_id}, update=True)


def moved_by(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a request asks for by their names: of a slider, or of a point."""
    if request.get("kind") == "slide":
        return {request["name"]: request["value"]}
    return dict(request.get("values", {})) if request.get("kind") == "point" else {}


def following_step(
    request: Mapping[str, Any],
    sliders: Iterable[Mapping[str, Any]],
    before: Mapping[str, Any],
    *,
    turned_back: bool = False,
) -> dict[str, Any] | None:
    """Return the request that is likely to follow one that moves a slider or a point, if any is.

    Whoever moves by steps mostly goes on like that, and looks at one step while the next is worked
    out. From an end there is only the way back, and whoever has turned back already is comparing
    two values. Sliders have names and the values at which they can stop.
    """
    moved, known = moved_by(request), {slider["name"]: slider["values"] for slider in sliders}
    left = {name: before.get(name) for name in moved}
    stops = {name: known.get(name, []) for name in moved}
    if moved == left or any(
        stop not in stops[n] for ends in (left, moved) for n, stop in ends.items()
    ):
        return None
    onward = {}
    for name, at in stops.items():
        start, end = at.index(left[name]), at.index(moved[name])
        step = end + (end > start) - (end < start)
        onward[name] = at[step] if 0 <= step < len(at) else None
    following = left if turned_back or None in onward.values() else onward
    if request["kind"] == "point":
        return {**request, "values": following}
    return {**request, "value": following[request["name"]]}


@singledispatch
def explore(subject: Any, /, *axes: str, sliders: Iterable[str] = (), **values: Any) -> Any:
    """Return an explorer of a model, a game or a phase diagram for a notebook.

    The student first bets on the equilibrium; then sliders, presets and every payoff can be
    moved, and best responses, equilibria and the reasons follow.

    Parameters
    ----------
    subject : NormalFormModel, NormalFormGame, GameTree, PhaseDiagram or another model
        What to explore. A tree, or a SequentialModel that one player opens, is bet on branch by
        branch. A phase diagram is explored as it is named, by its equilibria or by its situations,
        and drawn again when a parameter off its axes moves. The explorer of a RepeatedModel shows
        its payoff set, and whether a pair of payoffs lies in it, that of a StochasticModel its
        world, and where along a parameter each norm holds. Votes, under one quota or several, show
        the power of each member, another CoalitionalGame of three players a split and who objects
        to it, and a BargainingProblem of two players its frontier.
    *axes : str
        Two parameters of a model over which its phase diagram is shown: its point can be dragged
        or moved by arrow keys. The student bets on the regime at the point. Of votes the name of a
        member instead, on whose power the student bets; by default the first.
    sliders : iterable of str, optional
        Up to three parameters that get a slider, in addition to the axes; by default the model's
        first three. Without axes a bar shows where the first stands against its thresholds.
    **values
        Where a model's parameters start; defaults elsewhere.

    Raises
    ------
    GameError
        If there is nothing to explore, a parameter does not exist, or a value is out of range.

    Notes
    -----
    Terms of the glossary:

    explorer (explorers)
        a game in a lesson that can be changed, and its equilibria follow

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
        f"{type(subject).__name__} cannot be explored; give a model, a game in normal form, a "
        "tree, a vote, a split among three, a bargain or a phase diagram."
    )


def names_of(sliders: Iterable[str]) -> tuple[str, ...]:
    """Return names of parameters, each once; a single one may stand without a list."""
    if not isinstance(sliders, Iterable):
        raise GameError(f"sliders must be names of parameters, not {sliders!r}.")
    return (sliders,) if isinstance(sliders, str) else tuple(dict.fromkeys(sliders))
