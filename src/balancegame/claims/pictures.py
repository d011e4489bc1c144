"""The picture of each claim: where in its model the proposition's condition holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from balancegame.claims.claim import Claim
from balancegame.errors import GameError
from balancegame.figures import Figure, draw
from balancegame.solvers.regimes import regimes
from balancegame.solvers.sweep import sweep

# Boundaries are exact at any resolution; a page needs no more squares than this.
_RESOLUTION = 41


@dataclass(frozen=True)
class _View:
    """Over which parameters a model is drawn, or at which values."""

    axes: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


_VIEWS = {
    1: _View(("s", "x")),
    3: _View(("s", "c_JP")),
    5: _View(values={"s": 1}),
    7: _View(("Delta", "E")),
    11: _View(values={"J": 1, "c": 1, "q": 10}),
    12: _View(values={"J": 1, "V": 1, "q": 10}),
    14: _View(("b",)),
    15: _View(("b", "w_R")),
    16: _View(("s", "a")),
    17: _View(("q", "eps")),
    19: _View(("g", "kappa")),
    20: _View(("c_S",)),
    22: _View(("s", "g")),
    23: _View(("g",)),
}


@draw.register
def _(claim: Claim, /, **values: Any) -> Figure:
    if values:
        raise GameError("a claim has one picture; to choose values draw its model, claim.model.")
    view = _VIEWS.get(claim.number, _View())
    if len(view.axes) == 2:
        return draw(sweep(claim.model, *view.axes, resolution=_RESOLUTION, **view.values))
    if view.axes:
        return draw(regimes(claim.model, *view.axes, **view.values))
    return draw(claim.model, **view.values)
