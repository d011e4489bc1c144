"""The explorer of a tree: what is best at each node, where play goes, which threats are empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.sequential import GameTree
from balancegame.games.sequential_model import SequentialModel
from balancegame.widgets.explorer import Explorer, Kind, explore, names_of, scripts, styles
from balancegame.widgets.tree_setting import after, name_of_bet, opening
from balancegame.widgets.tree_view import diagram, layout, on_paper, view

_PARTS = ("predict", "controls", "steps", "tree_shapes", "tree_picture")


class TreeExplorer(Explorer):
    """A tree that can be touched, once a bet is placed on its branches."""

    _esm = scripts(*_PARTS, "tree_panel")
    _css = styles("predict", "controls", "steps", "repeated_panel", "tree_shapes", "tree_panel")
    _kind = Kind(layout, after, view, on_paper, name_of_bet, diagram)


@explore.register
def _(
    subject: SequentialModel, /, *axes: str, sliders: Iterable[str] = (), **values: Any
) -> Explorer:
    # A diagram over two parameters is of the first movers' game, as is all that several open.
    if axes or len(subject.players) > 1:
        found: Explorer = explore.dispatch(NormalFormModel)(
            subject, *axes, sliders=sliders, **values
        )
        return found
    return TreeExplorer(opening(subject, names_of(sliders), **values))


@explore.register
def _(subject: GameTree, /) -> TreeExplorer:
    return TreeExplorer(opening(subject))
