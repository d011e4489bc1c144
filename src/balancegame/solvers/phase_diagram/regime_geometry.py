"""Where the regimes of a phase diagram meet; :mod:`.outlines` makes lines of it.

A regime fills an *area*, holds along a *line* only (s = E in the core dilemma), or at single
*points*. Everything follows from the signs of a few polynomials (:mod:`.curves`): exact integers
give them beside every grid point, and where they differ between neighbours a curve passes
(:mod:`.crossings`). Which regime holds on that curve is read from the signs there, the curve's own
being zero. Floating point says only where on the grid's line, to a pixel, the curve passes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancegame.games.signalling_model import SignallingModel
from balancegame.solvers.normal_form.batch import distinct, runs
from balancegame.solvers.normal_form.label_sets import Supports
from balancegame.solvers.parametric.grid import Axis
from balancegame.solvers.parametric.grid_signs import signs_on_grid
from balancegame.solvers.parametric.regime_names import regime_in_short
from balancegame.solvers.parametric.sign_changes import Signs
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.phase_diagram.between_points import (
    beside_points,
    crossings_by_halving,
    name_at,
)
from balancegame.solvers.phase_diagram.crossings import IMPOSSIBLE, Crossings, Field, crossings
from balancegame.solvers.phase_diagram.curves import Curve, Curves, Reader, curves_of
from balancegame.solvers.signalling.signalling_regimes import signalling_sweep, two_of_each

SIGNS_A_WORD = 62


@dataclass(frozen=True)
class RegimeGeometry:
    """The geometry of a phase diagram."""

    diagram: PhaseDiagram
    # Those of the diagram's legend under their numbers there, and those that its grid misses.
    names: dict[int, str]
    # Of the same regimes; empty where situations are named.
    supports: dict[int, Supports]
    # The regime that fills an area beside each grid point, shape (len(y), len(x)).
    areas: NDArray[np.intp]
    curves: tuple[Curve, ...]
    crossings: Crossings
    # From signs of the curves' polynomials to regimes: supports, or names of situations. None
    # where no curves are known, and boundaries are found by halving.
    read: Reader | None = field(repr=False)


def regime_geometry(diagram: PhaseDiagram) -> RegimeGeometry:
    """Return where the regimes of a phase diagram meet.

    Examples
    --------
    >>> from balancegame.models import models
    >>> from balancegame.solvers.sweep import sweep
    >>> found = regime_geometry(sweep(models["core-dilemma"], "s", "E", resolution=5))
    >>> sorted({found.names[k] for k in found.areas.flat})
    ['(Comply, Enforce to Enforce + Acquiesce)', '(Engage, Enforce)']
    >>> {found.names[crossing.on] for crossing in found.crossings.each()}
    {'(Comply to Engage, Enforce)'}
    """
    if _follows_no_curves(diagram):
        beside = beside_points(diagram)
        met = crossings_by_halving(beside)
        return RegimeGeometry(
            diagram, dict(enumerate(beside.names)), {}, beside.areas, (), met, None
        )
    found = curves_of(diagram)
    _, patterns, number = _signs(diagram, found)
    return _met(diagram, found, patterns, number, *found.read(patterns))


def regime_geometry_at(diagram: PhaseDiagram, fixed: Mapping[str, Any]) -> RegimeGeometry:
    """Return a phase diagram at other values of the parameters off its axes, and its boundaries.

    The signs that say where regimes meet also say which one holds at each grid point, so nothing
    is solved twice. Raises GameError if at these values a payoff is not a polynomial in the axes,
    or its degree is too high.

    Examples
    --------
    >>> from balancegame.models import models
    >>> from balancegame.solvers.parametric.situations import situations
    >>> before = situations(models["joint-sanctions"], "s", "beta", resolution=5)
    >>> before.legend[-1], regime_geometry_at(before, {"B": 10}).diagram.legend[-1]
    ('on a boundary', "prisoners' dilemma")
    """
    if _follows_no_curves(diagram):
        return regime_geometry(
            signalling_sweep(diagram.model, *diagram.axes, len(diagram.x), dict(fixed))
        )
    moved = replace(diagram, fixed=dict(fixed))
    found = curves_of(moved)
    at, patterns, number = _signs(moved, found)
    on_curves = np.flatnonzero((at == 0).any(axis=0))
    regimes, which = found.read(np.concatenate([patterns, at[:, on_curves]], axis=1))
    kept, others = np.split(which, [patterns.shape[1]])
    kinds = kept[number]
    kinds[on_curves] = others
    moved = _labelled(moved, found, regimes, kinds.reshape(diagram.labels.shape))
    return _met(moved, found, patterns, number, regimes, kept)


def _follows_no_curves(diagram: PhaseDiagram) -> bool:
    return isinstance(diagram.model, SignallingModel) and not two_of_each(diagram.model)


def _signs(diagram: PhaseDiagram, found: Curves) -> tuple[Signs, Signs, NDArray[np.intp]]:
    """Return the signs of the curves' polynomials at each grid point, and the patterns beside."""
    across, up = (diagram.model.parameters[name] for name in diagram.axes)
    x, y = Axis(across, len(diagram.x)), Axis(up, len(diagram.y))
    at, beside = signs_on_grid([curve.terms for curve in found.curves], x, y)
    flat = len(at), diagram.labels.size
    return at.reshape(flat), *_patterns(beside.reshape(flat))


def _labelled(
    diagram: PhaseDiagram, found: Curves, regimes: Sequence[Any], kinds: NDArray[np.intp]
) -> PhaseDiagram:
    """Return a diagram whose grid points have these regimes, in the order of its legend."""
    present = np.flatnonzero(np.bincount(kinds.ravel())).tolist()
    ordered = found.in_order({regimes[k] for k in present})
    position = {regime: k for k, regime in enumerate(ordered)}
    rank = np.empty(len(regimes), dtype=np.int32)
    rank[present] = [position[regimes[k]] for k in present]
    if diagram.supports:
        return replace(diagram, labels=rank[kinds], supports=ordered)
    return replace(diagram, labels=rank[kinds], names=ordered)


def _met(
    diagram: PhaseDiagram,
    found: Curves,
    patterns: Signs,
    number: NDArray[np.intp],
    regimes: list[Hashable],
    which: NDArray[np.intp],
) -> RegimeGeometry:
    """Return where the regimes of a diagram meet.

    The pattern beside each grid point has a number; ``which`` of the regimes each pattern says.
    """
    known: dict[Hashable, int] = {}
    _numbers(known, diagram.supports or diagram.legend)

    def read(columns: Signs) -> NDArray[np.intp]:
        regimes, which = found.read(columns)
        return _numbers(known, regimes)[which]

    cells, labels = number.reshape(diagram.labels.shape), _numbers(known, regimes)[which]
    met = crossings(Field(diagram.x, diagram.y, found.curves, patterns, labels, cells, read))
    numbers = [labels, met.before, met.on, met.after]
    shown = {*range(len(diagram.legend)), *np.unique(np.concatenate(numbers)).tolist()}
    named: dict[int, Any] = {k: regime for regime, k in known.items() if k in shown}
    return RegimeGeometry(
        diagram,
        {k: _name(diagram, k, regime) for k, regime in named.items()},
        named if diagram.supports else {},
        labels[cells],
        found.curves,
        met,
        found.read,
    )


def regime_at(found: RegimeGeometry, x: Fraction, y: Fraction) -> tuple[int, Any]:
    """Return the regime at a point: its number, -1 if it has none, and its supports or name.

    Examples
    --------
    >>> from balancegame.models import models
    >>> from balancegame.solvers.sweep import sweep
    >>> found = regime_geometry(sweep(models["core-dilemma"], "s", "E", resolution=5))
    >>> number, _ = regime_at(found, Fraction(22, 7), Fraction(22, 7))
    >>> found.names[number]
    '(Comply to Engage, Enforce)'
    """
    regime: Any
    if found.read is None:
        regime = name_at(found.diagram, x, y)
    else:
        signs = [[curve.sign(x, y)] for curve in found.curves]
        regime = found.read(np.array(signs, dtype=np.int8).reshape(-1, 1))[0][0]
    known: dict[int, Any] = dict(found.supports or found.names)
    return next((k for k, other in known.items() if other == regime), -1), regime


def _numbers(known: dict[Hashable, int], regimes: Iterable[Hashable]) -> NDArray[np.intp]:
    """Return the number of each regime; one not met before gets the next.

    Every game has an equilibrium: signs that leave none are those of no game, and get IMPOSSIBLE.
    """
    return np.array(
        [IMPOSSIBLE if held == () else known.setdefault(held, len(known)) for held in regimes],
        dtype=np.intp,
    )


def _name(diagram: PhaseDiagram, number: int, regime: Any) -> str:
    if number < len(diagram.legend):
        return diagram.legend[number]
    return regime_in_short(diagram.model, regime) if diagram.supports else str(regime)


def _patterns(signs: Signs) -> tuple[Signs, NDArray[np.intp]]:
    """Return the distinct columns of signs, none of which is 0, and which of them each equals."""
    if not len(signs):
        return signs[:, :1], np.zeros(signs.shape[1], dtype=np.intp)
    # Neighbours on the grid mostly have the same signs.
    starts, run = runs(signs)
    signs = signs[:, starts]
    words = np.zeros((-(-len(signs) // SIGNS_A_WORD), len(starts)), dtype=np.int64)
    for k, row in enumerate(signs):
        word = words[k // SIGNS_A_WORD]
        word *= 2
        word += row > 0
    chosen, number = distinct(words)
    return signs[:, chosen], number[run]
