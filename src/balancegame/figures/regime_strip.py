"""The regimes along one parameter as a strip: intervals with letters, and the points between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.phase_map import Entry, letter
from balancegame.explain.profile import profile_in_words
from balancegame.explain.solution import subset_in_words
from balancegame.explain.thresholds import where
from balancegame.figures import svg
from balancegame.figures.axes import ticks
from balancegame.figures.draw import draw, refuse
from balancegame.figures.figure import Figure, figure
from balancegame.figures.hatching import hatching
from balancegame.figures.phase_diagram import legend
from balancegame.solvers.normal_form.nash import Equilibria
from balancegame.solvers.parametric.equilibrium_regimes import Regime
from balancegame.solvers.parametric.parameter_range import Regimes
from balancegame.solvers.signalling.signalling_regimes import SignallingRegime
from balancegame.wording import and_list

WIDTH = 640.0
MARGIN = 24.0
TOP = 26.0
HEIGHT = 46.0


Along = Regime | SignallingRegime


def regime_strip(regimes: Sequence[Along]) -> svg.Drawing:
    """Return a strip of regimes with a legend beneath."""
    entries = _entries(regimes)
    low, high = regimes[0].low, regimes[-1].high

    def place(value: Any) -> float:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return MARGIN + (WIDTH - 2 * MARGIN) * share

    intervals, points, beside = [], [], 0.0
    for entry, regime in zip(entries, regimes, strict=True):
        if regime.is_point:
            beside = max(place(regime.low), beside + 2 * legend.CHIP + 1)
            points.append(_point(entry, place(regime.low), beside, regime))
        else:
            intervals.append(_interval(entry, place(regime.low), place(regime.high)))
    known = [regime.low for regime in regimes if regime.is_point]
    title = svg.centred(WIDTH / 2, TOP + HEIGHT + 40, regimes[0].parameter, font_weight=600)
    body = "".join([*intervals, *points, _scale(known, (low, high), place), title])
    strip = svg.Drawing(WIDTH, TOP + HEIGHT + 48, body, strip_in_words(regimes))
    areas = [entry for entry in entries if entry.mark.isupper()]
    lines = [entry for entry in entries if entry.mark.islower()]
    return svg.stacked(strip, legend.legend_drawing(areas, lines, width=WIDTH), gap=12)


@draw.register(tuple)
def _(subject: tuple[Any, ...], /, **values: Any) -> Figure:
    refuse(values, "regimes")
    if not subject or not all(isinstance(entry, Along) for entry in subject):
        if isinstance(subject, Regimes):
            raise GameError(
                f"there is no picture of the regimes of model {subject.model.name}; explain them "
                "instead."
            )
        raise GameError("of tuples only the regimes of a model are drawn; give regimes(...).")
    points = [f"{regime.parameter} = {plain(regime.low)}" for regime in subject if regime.is_point]
    along = subject[0].parameter
    change = f", which changes at {and_list(points)}" if points else ", which never changes"
    return figure(regime_strip(subject), f"What holds along {along}{change}.")


def strip_in_words(regimes: Sequence[Along]) -> str:
    """Return every regime of a strip in words."""
    listed = " ".join(f"{e.mark}, {e.where}: {legend.in_full(e)}." for e in _entries(regimes))
    return f"What holds along {regimes[0].parameter}. {listed}"


def _entries(regimes: Sequence[Along]) -> list[Entry]:
    """Return what the legend says of each regime; intervals are areas, points lines."""
    entries, counts = [], [0, 0]
    for k, regime in enumerate(regimes):
        n = counts[regime.is_point]
        counts[regime.is_point] += 1
        mark = letter(n).lower() if regime.is_point else letter(n)
        name = regime.name if isinstance(regime, Regime) else ""
        entries.append(Entry(k, mark, n, _words(regime), where(regime), name=name))
    return entries


def _words(regime: Along) -> tuple[str, ...]:
    if isinstance(regime, SignallingRegime):
        return regime.words
    game, solution = regime.game, regime.solution
    if isinstance(solution, Equilibria):
        subsets = (subset for component in solution.components for subset in component)
        return tuple(subset_in_words(game, subset) for subset in subsets)
    listed = tuple(profile_in_words(game, game.profile(profile)) for profile in solution)
    return listed or ("no equilibrium in pure strategies",)


def _interval(entry: Entry, start: float, end: float) -> str:
    outline = [(start, TOP), (end, TOP), (end, TOP + HEIGHT), (start, TOP + HEIGHT)]
    box = start, TOP, end - start, HEIGHT
    fill, hatch, pattern = legend.area_paint(entry)
    return (
        svg.rect(*box, kind="bg-area", fill=fill, data_regime=entry.mark)
        + hatching([outline], pattern, hatch)
        + svg.rect(*box, fill="none", stroke="rule")
        + legend.letters([(entry.mark, (start + end) / 2, TOP + HEIGHT / 2)], size=15)
    )


def _point(entry: Entry, x: float, beside: float, regime: Along) -> str:
    """Return a threshold; its letter stands beside it where another's is in the way."""
    top, bottom = svg.length(TOP), svg.length(TOP + HEIGHT + 5)
    path = f"M{svg.length(beside)} {svg.length(TOP - 6)}L{svg.length(x)} {top}V{bottom}"
    value = plain(regime.low)
    style = {"fill": "none", "stroke": "ink", "stroke_width": 2.6, "stroke_linejoin": "round"}
    line = svg.element("path", kind="bg-threshold", d=path, data_value=value, **style)
    return line + legend.chips([(entry.mark, beside, TOP - 14)])


def _scale(known: Sequence[Any], ends: tuple[Any, Any], place: Any) -> str:
    """Return the thresholds' values, then round values where there is room left."""
    listed = [*((value, "ink") for value in known), *((value, "muted") for value in ticks(*ends))]
    placed = ((place(v), svg.text_width(_short(v), 12) / 2 + 5, (v, fill)) for v, fill in listed)
    return "".join(
        svg.centred(place(value), TOP + HEIGHT + 20, _short(value), size=12, fill=fill)
        for value, fill in svg.without_overlap(placed)
    )


def _short(value: Any) -> str:
    words = plain(value)
    return words if svg.text_width(words, 12) <= 70 else f"≈ {float(value):.3f}"
