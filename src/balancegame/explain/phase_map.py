"""What there is to see on a phase diagram: areas with letters, lines and points, each in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from operator import itemgetter
from typing import Any

import numpy as np

from balancegame.exact import plain
from balancegame.explain.regime_words import regime_in_brief, regime_in_words
from balancegame.solvers.normal_form.label_sets import Supports
from balancegame.solvers.parametric.regime_names import regime_name
from balancegame.solvers.parametric.situations import SITUATIONS
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.solvers.phase_diagram.curves import Curve
from balancegame.solvers.phase_diagram.outlines import Arc, Outlines, area, outlines
from balancegame.solvers.phase_diagram.regime_geometry import (
    RegimeGeometry,
    regime_at,
    regime_geometry,
    regime_geometry_at,
)
from balancegame.wording import and_list, or_list

BOUNDARY = SITUATIONS[-1]

THIN = 0.01
"""A smaller share of a diagram is not given in figures."""


@dataclass(frozen=True)
class Entry:
    """A regime of a phase diagram, under its number in the diagram's legend or beyond it.

    Its mark is a capital letter for an area, a small one for a line, "" for points. Its style says
    which colour and pattern it has among the areas. ``words`` has a clause for each maximal Nash
    subset.
    """

    regime: int
    mark: str
    style: int
    words: tuple[str, ...]
    # The equation of a line or the values at points; "" for an area or a curve.
    where: str = ""
    # The areas between which a line runs.
    between: str = ""
    # What the model calls the regime, "" if it has no name for it.
    name: str = ""
    # Whether it holds all along a row or a column of the grid and beside no area.
    along: bool = False
    # Whether the words are no alternatives but say, one by one, which areas meet.
    meets: bool = False
    # The words in short, on one line: made when somebody reads them.
    shorten: Callable[[], str] = field(default=str, compare=False, repr=False)

    @property
    def brief(self) -> str:
        """What is played, on one short line."""
        return self.shorten() or " — ".join(self.words)

    def __str__(self) -> str:
        return self.name or self.brief


@dataclass(frozen=True)
class PhaseMap:
    """The areas, lines and points of a phase diagram.

    ``known`` names the areas that have the first letters wherever they are met: those of the map
    from which others are derived. All other areas follow in the order of the diagram's legend, so
    that no letter depends on what was seen in between.
    """

    diagram: PhaseDiagram
    geometry: RegimeGeometry
    outlines: Outlines
    areas: tuple[Entry, ...]
    lines: tuple[Entry, ...]
    points: tuple[Entry, ...]
    known: tuple[str, ...]


def phase_map(diagram: PhaseDiagram, known: Sequence[str] = ()) -> PhaseMap:
    """Return what there is to see on a phase diagram; ``known`` areas keep the first letters."""
    return _mapped(regime_geometry(diagram), known)


def phase_map_at(before: PhaseMap, fixed: Mapping[str, Any]) -> PhaseMap:
    """Return what there is to see at other values of the parameters off the axes.

    An area of the first map keeps its letter, colour and pattern in all that are derived from it.
    """
    return _mapped(regime_geometry_at(before.diagram, fixed), before.known)


def _mapped(found: RegimeGeometry, known: Sequence[str]) -> PhaseMap:
    diagram, drawn = found.diagram, outlines(found)
    listed = list(dict.fromkeys([*known, *(found.names[k] for k in drawn.areas)]))
    styles = {k: listed.index(found.names[k]) for k in drawn.areas}

    def entry(regime: int, mark: str, style: int, **place: Any) -> Entry:
        held = found.supports.get(regime, found.names[regime])
        return _entry(diagram, held, regime, mark, style, **place)

    areas = [entry(k, letter(n), n) for k, n in sorted(styles.items(), key=itemgetter(1))]
    arcs: dict[int, list[Arc]] = {}
    for arc in drawn.arcs:
        if arc.is_regime:
            arcs.setdefault(arc.on, []).append(arc)
    longest = sorted(arcs, key=lambda k: (-round(sum(arc.length for arc in arcs[k]), 6), k))
    lines = []
    for n, k in enumerate(longest):
        sides = {side for arc in arcs[k] for side in (arc.left, arc.right)} & styles.keys()
        between = and_list(map(letter, sorted(styles[side] for side in sides)))
        where = _equations(found, arcs[k])
        line = entry(k, letter(n).lower(), n, where=where, between=between)
        if found.names[k] == BOUNDARY:
            # What it has to say is which two situations meet there.
            called = {area.regime: str(area) for area in areas}
            meetings = tuple(_meetings(found, arcs[k], called))
            line = replace(line, words=meetings, where="", between="", meets=True)
        lines.append(line)
    points = [
        entry(k, "", 0, where=_places(found, k, styles), along=_in_a_row(diagram, k))
        for k in range(len(diagram.legend))
        if k not in drawn.areas and k not in arcs
    ]
    first = tuple(known or listed)
    return PhaseMap(diagram, found, drawn, tuple(areas), tuple(lines), tuple(points), first)


def entry_at(shown: PhaseMap, x: Fraction, y: Fraction) -> Entry:
    """Return the regime at a point, exactly; it may hold at this point only."""
    regime, held = regime_at(shown.geometry, x, y)
    for entry in (*shown.areas, *shown.lines, *shown.points):
        if entry.regime == regime:
            if shown.geometry.names[regime] != BOUNDARY:
                return entry
            met = " and ".join(_met_at(shown.geometry, x, y))
            words = f"{met} meet" if met else "several boundaries meet"
            return replace(entry, words=(words,))
    across, up = shown.diagram.axes
    where = f"{across} = {plain(x)}, {up} = {plain(y)}"
    return _entry(shown.diagram, held, -1, "", 0, where=where)


def share_of(shown: PhaseMap, entry: Entry) -> float:
    """Return the share of the diagram that an area fills; exact but for rounding if it has corners.

    Straight lines are drawn from one exact crossing to another; bends of others to a pixel.
    """
    return sum(map(area, shown.outlines.areas[entry.regime]))


def percent_of(shown: PhaseMap, entry: Entry) -> str:
    """Return an area's share of the diagram in words.

    Examples
    --------
    >>> from balancegame.models import models
    >>> from balancegame.solvers.sweep import sweep
    >>> shown = phase_map(sweep(models["core-dilemma"], "s", "E", resolution=5))
    >>> [(entry.mark, percent_of(shown, entry)) for entry in shown.areas]
    [('A', '51 %'), ('B', '49 %')]
    """
    share = share_of(shown, entry)
    return f"{100 * share:.0f} %" if share >= THIN else "less than 1 %"


def _met_at(found: RegimeGeometry, x: Fraction, y: Fraction) -> list[str]:
    """Return the two situations that meet at a point of a single curve; none at other points."""
    signs = [curve.sign(x, y) for curve in found.curves]
    if found.read is None or signs.count(0) != 1:
        return []
    sides = np.array([[sign or side for side in (-1, 1)] for sign in signs], dtype=np.int8)
    regimes, which = found.read(sides)
    return sorted({str(regimes[k]) for k in which.tolist()})


def letter(number: int) -> str:
    """Return A, B, ..., Z, AA, AB, ... for 0, 1, 2, ...

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(number, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def _entry(
    diagram: PhaseDiagram, held: Supports | str, regime: int, mark: str, style: int, **place: Any
) -> Entry:
    """Return the entry of a regime from its supports, or of a situation from its name."""
    if isinstance(held, str):
        return Entry(regime, mark, style, (diagram.told(held),), **place)
    model = diagram.model
    words = regime_in_words(held, model.players, model.actions, model.later)
    brief = partial(regime_in_brief, held, model.actions, model.later)
    name = regime_name(model, held)
    return Entry(regime, mark, style, words, shorten=brief, name=name, **place)


def _meetings(
    found: RegimeGeometry, arcs: Sequence[Arc], called: Mapping[int, str]
) -> Iterator[str]:
    """Say which areas meet along arcs, and on what line, if it is straight."""
    pairs: dict[tuple[str, ...], list[Arc]] = {}
    for arc in arcs:
        sides = sorted({called[side] for side in (arc.left, arc.right) if side in called})
        pairs.setdefault(tuple(sides), []).append(arc)
    for names, met in pairs.items():
        equations = _equations(found, met)
        place = f" on {equations}" if equations else ""
        yield f"{and_list(names)} meet{place}" if names[1:] else f"inside {names[0]}{place}"


def _equations(found: RegimeGeometry, arcs: Sequence[Arc]) -> str:
    """Return the equations of the curves that arcs follow, "" where one is not short."""
    curves = dict.fromkeys(arc.curve for arc in arcs)
    words = [_equation(found.curves[k], found.diagram.axes) for k in curves]
    return or_list(words) if all(words) else ""


def _equation(curve: Curve, axes: tuple[str, str]) -> str:
    """Return a straight line as an equation that names each parameter once."""
    if curve.degree > 1:
        return ""
    across, up, constant = (curve.terms.get(powers, 0) for powers in ((1, 0), (0, 1), (0, 0)))
    x, y = axes
    if not across:
        return f"{y} = {plain(Fraction(-constant, up))}"
    slope, start = Fraction(-up, across), Fraction(-constant, across)
    if not up:
        return f"{x} = {plain(start)}"
    rise = {"1": y, "-1": f"-{y}"}.get(plain(slope), f"{plain(slope)} {y}")
    if not start:
        return f"{x} = {rise}"
    if slope < 0:
        return f"{x} = {plain(start)} - {rise.removeprefix('-')}"
    sign = "+" if start > 0 else "-"
    return f"{x} = {rise} {sign} {plain(abs(start))}"


def _in_a_row(diagram: PhaseDiagram, regime: int) -> bool:
    """Whether a regime's grid points are three or more neighbours on one row or column."""
    rows, columns = (diagram.labels == regime).nonzero()
    spans = [int(axis.max() - axis.min()) + 1 for axis in (rows, columns)]
    return len(rows) > 2 and sorted(spans) == [1, len(rows)]


def _places(found: RegimeGeometry, regime: int, styles: Mapping[int, int]) -> str:
    """Return where the points of the grid stand at which a regime holds that no area touches.

    Many in a row are a line on which a player ties without turning, or the edge of the range: they
    are told from others on the same line by the areas beside them.
    """
    diagram, (x, y) = found.diagram, found.diagram.axes
    rows, columns = (diagram.labels == regime).nonzero()
    places = [(diagram.x[i], diagram.y[j]) for i, j in zip(columns, rows, strict=True)]
    if len(places) <= 2:
        return " and ".join(f"{x} = {plain(a)}, {y} = {plain(b)}" for a, b in places)
    for name, values in ((x, {a for a, _ in places}), (y, {b for _, b in places})):
        if len(values) == 1:
            return f"along {name} = {plain(values.pop())}{_beside(found, rows, columns, styles)}"
    for curve in found.curves:
        if not any(curve.sign(a, b) for a, b in places):
            equation = _equation(curve, diagram.axes)
            beside = _beside(found, rows, columns, styles)
            return (
                f"along {equation}{beside}" if equation else f"at {len(places)} points of a curve"
            )
    return f"at {len(places)} single points"


def _beside(found: RegimeGeometry, rows: Any, columns: Any, styles: Mapping[int, int]) -> str:
    """Return the areas beside points of the grid, "" if there is only one area in the diagram."""
    if len(styles) < 2:
        return ""
    # Where a line ends, the area beyond its end stands beside a single point.
    beside, counts = np.unique(found.areas[rows, columns], return_counts=True)
    most = [
        k for k, n in zip(beside.tolist(), counts.tolist(), strict=True) if n > 1 and k in styles
    ]
    return f" beside {and_list(letter(styles[k]) for k in most)}" if most else ""
