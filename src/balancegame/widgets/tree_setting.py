"""What a student has set in an explorer of a tree, and how a request changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from balancegame.errors import GameError
from balancegame.figures.tree_diagram import MOST_ENDS
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.sequential import GameTree
from balancegame.games.sequential_model import SequentialModel
from balancegame.solvers.sequential.backward_steps import BackwardInduction, backward_induction
from balancegame.widgets.bet import Bet
from balancegame.widgets.kept_bet import bet_name
from balancegame.widgets.setting import (
    Request,
    Setting,
    after_request,
    choose_preset,
    slide,
    start_of,
)
from balancegame.widgets.tree_bet import placed
from balancegame.wording import and_list, called

# A bet names the choice at every node; in a larger tree only those along the path of play.
MOST_BET_ON = 9


@dataclass(frozen=True)
class Timing:
    """An order of moves; without a model all move at once."""

    words: str
    model: SequentialModel | None


@dataclass(frozen=True)
class TreeSetting(Setting):
    """What a student has set in an explorer of a tree."""

    tree: GameTree | None = None  # of a tree that has no model
    timings: tuple[Timing, ...] = ()
    timing: int = 0
    settled: int | None = None  # how many nodes the stepper has settled; None if all
    bet: Bet | None = None
    bet_at: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def solved(self) -> BackwardInduction | None:
        """The tree of the chosen order of moves, solved; None if all move at once."""
        return self.solved_in(self.timing)

    def solved_in(self, timing: int) -> BackwardInduction | None:
        """Return the tree of an order of moves, solved; None if all move at once."""
        if self.tree is not None:
            return solved_tree(self.tree)
        model = self.timings[timing].model
        return None if model is None else solved_model(model, tuple(self.values.items()))

    @property
    def at_once(self) -> NormalFormGame:
        """The game in which all move at once."""
        return game_at_once(self.model, tuple(self.values.items()))

    @property
    def own_timing(self) -> bool:
        """Whether the players move in the order that the model says."""
        return self.tree is not None or self.timings[self.timing].model is self.model

    @property
    def bet_on_every_node(self) -> bool:
        """Whether a bet says what is chosen everywhere, and not only along the path of play."""
        found = self.solved
        return found is not None and len(found.steps) <= MOST_BET_ON

    def moved(self, values: Mapping[str, Fraction]) -> TreeSetting:
        """Return the setting at other values, everything settled."""
        return replace(self, values=values, settled=None)


# A key press asks for the tree several times: to show it, to explain it and to compare.
@lru_cache(maxsize=64)
def solved_model(model: SequentialModel, values: tuple[tuple[str, Any], ...]) -> BackwardInduction:
    """Return the tree of a model, solved as the model settles ties."""
    return backward_induction(model.tree(**dict(values)), model.when_indifferent)


@lru_cache(maxsize=16)
def solved_tree(tree: GameTree) -> BackwardInduction:
    """Return a tree solved."""
    return backward_induction(tree)


@lru_cache(maxsize=64)
def game_at_once(model: SequentialModel, values: tuple[tuple[str, Any], ...]) -> NormalFormGame:
    """Return the game of a model in which all move at once."""
    return model.at_once.game(**dict(values))


@lru_cache(maxsize=32)
def timings_of(model: SequentialModel) -> tuple[Timing, ...]:
    """Return the orders of moves to compare: at once, and with two players each of them first."""
    names = [stage[0] for stage in model.order]
    at_once = Timing("at once", None)
    if len(names) > 2:
        return at_once, Timing(", then ".join(map(called, names)), model)
    first, second = names
    other = SequentialModel(
        name=f"{model.name}, {second} first",
        title=model.title,
        at_once=model.at_once,
        order=(second, first),
        when_indifferent={
            first: dict(zip(model.at_once.players, model.at_once.actions, strict=True))[first]
        },
    )
    return (
        at_once,
        Timing(f"{called(first)} first", model),
        Timing(f"{called(second)} first", other),
    )


def opening(
    subject: SequentialModel | GameTree, sliders: tuple[str, ...] = (), **values: Any
) -> TreeSetting:
    """Return the setting in which an explorer opens; a tree that cannot be shown is refused."""
    if isinstance(subject, GameTree):
        setting = TreeSetting(None, (), {}, {}, tree=subject)
    else:
        start = start_of(subject, sliders, values)
        timings = timings_of(subject)
        own = next(k for k, timing in enumerate(timings) if timing.model is subject)
        setting = TreeSetting(*start, timings=timings, timing=own)
    found = setting.solved
    if found is None or not found.steps:
        raise GameError("nobody chooses in this tree, so there is nothing to explore.")
    ends = len(found.tree.layout.ends)
    if ends > MOST_ENDS:
        raise GameError(
            f"this tree ends in {ends} ways; trees with up to {MOST_ENDS} can be explored, so ask "
            "explain for the others."
        )
    return setting


def after(setting: TreeSetting, request: Request) -> TreeSetting:
    """Return the setting after a request of the page."""
    return after_request(setting, request, _bet, _MOVES)


def name_of_bet(setting: TreeSetting) -> str:
    """Return the name under which a bet on the setting is kept: what is asked decides."""
    found = setting.solved
    if found is None:
        return ""
    if setting.tree is not None:
        tree = setting.tree
        return bet_name("-".join(tree.players), tree.players, list(tree.nodes()))
    asked = (f"{name} = {value}" for name, value in setting.values.items())
    return bet_name(setting.model.name, "tree", *setting.sliders, *asked)


def _bet(setting: TreeSetting, request: Request) -> TreeSetting:
    found = setting.solved
    if found is None:
        return setting
    bet = placed(found, str(request.get("choice", "")), setting.bet_on_every_node)
    return replace(setting, bet=bet, bet_at=setting.values)


def _own(setting: TreeSetting) -> TreeSetting:
    """Return the setting with the order of moves in which it opens."""
    models = [timing.model for timing in setting.timings]
    return replace(setting, timing=models.index(setting.model)) if models else setting


def _again(setting: TreeSetting, request: Request) -> TreeSetting:
    return replace(_own(setting), bet=None, settled=None, before={})


def _reset(setting: TreeSetting, request: Request) -> TreeSetting:
    return replace(_own(setting).moved(setting.start), preset="", before={})


def _reorder(setting: TreeSetting, request: Request) -> TreeSetting:
    wanted = request.get("timing")
    if not isinstance(wanted, int) or wanted not in range(len(setting.timings)):
        said = and_list(timing.words for timing in setting.timings) or "no other"
        raise GameError(f"there is no such order of moves; there is {said}.")
    return replace(setting, timing=wanted, settled=None)


def _settle(setting: TreeSetting, request: Request) -> TreeSetting:
    """Settle so many nodes; beyond either end it is the end."""
    found, wanted = setting.solved, request.get("settled")
    if found is None or not isinstance(wanted, int):
        raise GameError("there is no node to settle here; run the cell again.")
    return replace(setting, settled=None if wanted >= len(found.steps) else max(wanted, 0))


_MOVES: Mapping[Any, Callable[[TreeSetting, Request], TreeSetting]] = {
    "slide": slide,
    "preset": choose_preset,
    "order": _reorder,
    "settle": _settle,
    "reset": _reset,
    "again": _again,
}
