"""A bar that shows where a parameter stands against the values at which the solution changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.numbers import on_a_page, symbol_on_a_page
from balancegame.figures import svg
from balancegame.games.normal_form import NormalFormGame, Strategy
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.games.parameter import Parameter
from balancegame.solvers.normal_form.nash import equilibria, pure_equilibria
from balancegame.solvers.regimes import regimes
from balancegame.wording import and_list

Settings = Mapping[str, Fraction]
"""A value for each parameter."""

TOP = 26
TRACK = 44
HEIGHT = TOP + TRACK + 24
SIZES = {12: 8, 10: 4}
"""The sizes of letters in a region, the smaller where the larger find no room, and the space that
each needs beside it."""

BOLD = 1.08
"""How much wider bold letters are."""


@dataclass(frozen=True)
class Threshold:
    """A value at which the solution changes."""

    value: Any
    # Another parameter that the threshold equals and moves with, if there is one.
    symbol: str = ""

    def __str__(self) -> str:
        return f"{self.symbol} = {plain(self.value)}" if self.symbol else plain(self.value)


@dataclass(frozen=True)
class Region:
    """An open interval between thresholds, and what is played there: in lines, and in a phrase."""

    low: Any
    high: Any
    words: tuple[str, ...]
    spoken: str


@dataclass(frozen=True)
class ThresholdBar:
    """The thresholds and regions of one parameter where all others are fixed.

    Where they cannot be found, ``unknown`` says why.
    """

    parameter: Parameter
    thresholds: tuple[Threshold, ...]
    regions: tuple[Region, ...]
    unknown: str = ""


def threshold_bar(model: NormalFormModel, name: str, values: Settings) -> ThresholdBar:
    """Return the thresholds along a parameter; its own value is not read."""
    fixed = {key: value for key, value in values.items() if key != name}
    try:
        found = regimes(model, name, **fixed)
    except GameError as error:
        return ThresholdBar(model.parameters[name], (), (), str(error))
    points, regions = [], []
    for regime in found:
        if regime.is_point:
            points.append(Threshold(regime.low, _symbol(model, name, fixed, regime.low)))
            continue
        words: tuple[tuple[str, ...], str] = ((regime.name,), regime.name)
        if not regime.name:
            words = _played(model.opening_game(**{**fixed, name: regime.sample}))
        regions.append(Region(regime.low, regime.high, *words))
    return ThresholdBar(model.parameters[name], tuple(points), tuple(regions))


def stand(bar: ThresholdBar, value: Fraction) -> str:
    """Return where a value stands, as "s = 6, above the threshold E = 5"."""
    here = f"{bar.parameter.symbol} = {plain(value)}"
    if bar.unknown:
        return f"{here}; its thresholds are not known, for {bar.unknown.removesuffix('.')}"
    if not bar.thresholds:
        return f"{here}; no value of {bar.parameter.symbol} in its range changes the equilibria"
    under = [point for point in bar.thresholds if point.value < value]
    over = [point for point in bar.thresholds if point.value > value]
    if len(under) + len(over) < len(bar.thresholds):
        return f"{here}, exactly at the threshold {bar.thresholds[len(under)]}"
    if under and over:
        return f"{here}, between the thresholds {under[-1]} and {over[0]}"
    if over:
        return f"{here}, below the threshold {over[0]}"
    return f"{here}, above the threshold {under[-1]}"


def bar_in_words(bar: ThresholdBar, value: Fraction) -> str:
    """Return the thresholds, what is played between them, and where the value stands."""
    if not bar.thresholds:
        return f"{stand(bar, value)}."
    regions = "; ".join(
        f"between {plain(region.low)} and {plain(region.high)}: {region.spoken}"
        for region in bar.regions
    )
    along, changes = bar.parameter.symbol, and_list(map(str, bar.thresholds))
    return f"{stand(bar, value)}. Equilibria along {along} change at {changes}; {regions}."


def bar_drawing(bar: ThresholdBar, value: Fraction, width: float = 640) -> svg.Drawing:
    """Return the bar, to be shown no narrower than ``width`` pixels.

    It may be stretched, since every place on it is a share of its width.
    """
    boxes = (_box(bar, region, k) for k, region in enumerate(bar.regions))
    ticks = (_tick(bar, point, value) for point in bar.thresholds)
    marker = _marker(bar, value, width)
    words = (_played_in(bar, region, value, width, k) for k, region in enumerate(bar.regions))
    body = "".join([*boxes, *ticks, _tick_labels(bar, width), marker, *words])
    return svg.Drawing(width, HEIGHT, body, bar_in_words(bar, value))


def _played(game: NormalFormGame) -> tuple[tuple[str, ...], str]:
    """Return what each player plays, or how many equilibria there are, in lines and spoken."""
    if len(game.players) > 2:
        found = pure_equilibria(game)
        count = f"{len(found)} pure equilibria" if found else "no pure equilibrium"
        only = ", ".join(found[0]) if len(found) == 1 else count
        return (only,), only
    components = equilibria(game).components
    subsets = [subset for component in components for subset in component]
    if len(subsets) > 1:
        if any(len(side) > 1 for subset in subsets for side in subset):
            return ("infinitely many", "equilibria"), "infinitely many equilibria"
        pure = sum(all(max(side[0]) == 1 for side in subset) for subset in subsets)
        counts = f"{len(subsets)} equilibria", f"{pure} of them pure"
        return counts, ", ".join(counts)
    lines = tuple(map(_side, subsets[0], game.actions))
    if lines == ("a mixture",) * 2:
        lines = ("a mixture of each",)
    return lines, ", ".join(lines)


def _side(side: tuple[Strategy, ...], actions: tuple[str, ...]) -> str:
    """Say what a player plays or may mix: one pure action among it is named."""
    used = [name for a, name in enumerate(actions) if any(vertex[a] for vertex in side)]
    if len(used) == 1:
        return used[0]
    if len(side) == 1:
        return "a mixture"
    pure = [actions[vertex.index(1)] for vertex in side if max(vertex) == 1]
    if len(pure) == 1:
        return f"{pure[0]}, or mixes"
    return "any mixture" if len(pure) == len(used) else "many mixtures"


def _symbol(model: NormalFormModel, name: str, fixed: Settings, value: Any) -> str:
    """Return the parameter that a threshold equals, provided that the two move together."""
    equal = (other for other in fixed if fixed[other] == value)
    return next((other for other in equal if _moves_with(model, name, fixed, other)), "")


def _moves_with(model: NormalFormModel, name: str, fixed: Settings, other: str) -> bool:
    """Whether a threshold follows the parameter that it equals by one step, and no other."""

    def beside(key: str) -> tuple[Any, list[Any]]:
        """Return a parameter's value one step away, if its range has room, and the thresholds."""
        parameter, value = model.parameters[key], fixed[key]
        steps = (value + parameter.step, value - parameter.step)
        moved = next((x for x in steps if parameter.low <= x <= parameter.high), value)
        found = regimes(model, name, **{**fixed, key: moved})
        return moved, [regime.low for regime in found if regime.is_point]

    moved, points = beside(other)
    if moved not in points or fixed[other] in points:
        return False
    return all(fixed[other] in beside(third)[1] for third in fixed if third != other)


def _share(bar: ThresholdBar, value: Any) -> float:
    low, high = bar.parameter.low, bar.parameter.high
    return float((value - low) / (high - low)) if high > low else 0.5


def _percent(share: float) -> str:
    return f"{svg.length(100 * share)}%"


def _fill(position: int) -> str:
    return "region-2" if position % 2 else "region-1"


def _box(bar: ThresholdBar, region: Region, position: int) -> str:
    start, end = _share(bar, region.low), _share(bar, region.high)
    style = {"kind": "bg-region", "fill": _fill(position), "stroke": "rule"}
    return svg.rect(_percent(start), TOP, _percent(end - start), TRACK, **style)


def _played_in(
    bar: ThresholdBar, region: Region, value: Fraction, width: float, position: int
) -> str:
    """Return what is played in a region: in smaller letters, or upright, where room is short."""
    start, end = _share(bar, region.low), _share(bar, region.high)
    here = region.low < value < region.high or (
        value in (region.low, region.high)
        and value in (bar.parameter.low, bar.parameter.high)
        and all(point.value != value for point in bar.thresholds)
    )
    room = width * (end - start)
    size = next((size for size in SIZES if _wide(region, size) + SIZES[size] <= room), None)
    if size is None:
        return _upright(bar, region, value, width, position)
    half = _wide(region, size) / 2 * (BOLD if here else 1)
    middle = _beside_marker(width * start, width * end, half, width * _share(bar, value))
    step = 16 if size == 12 else 13
    first = TOP + TRACK / 2 + 4 - step / 2 * (len(region.words) - 1)
    # Where there is no room beside the marker, its line runs behind the letters.
    style = {
        "font_weight": 600 if here else 400,
        "paint_order": "stroke",
        "stroke": _fill(position),
    }
    return "".join(
        svg.centred(
            _percent(middle / width), first + step * k, words, size=size, stroke_width=4, **style
        )
        for k, words in enumerate(region.words)
    )


def _upright(
    bar: ThresholdBar, region: Region, value: Fraction, width: float, position: int
) -> str:
    """Return a word that stands upright in a narrow region; nothing if it does not fit there."""
    start, end = (width * _share(bar, each) for each in (region.low, region.high))
    words = " ".join(region.words)
    size = next((size for size in SIZES if svg.text_width(words, size) + 2 <= TRACK), None)
    if size is None or end - start < size + 2:
        return ""
    middle = _beside_marker(start, end, size / 2, width * _share(bar, value))
    style = {"paint_order": "stroke", "stroke": _fill(position), "stroke_width": 3}
    return svg.centred(
        _percent(middle / width),
        TOP + TRACK / 2,
        words,
        size=size,
        writing_mode="vertical-rl",
        dominant_baseline="central",
        **style,
    )


def _wide(region: Region, size: float) -> float:
    return max(svg.text_width(words, size) for words in region.words)


def _beside_marker(start: float, end: float, half: float, marker: float) -> float:
    """Return the middle of words in a region: its own, or beside a marker that would cross them."""
    middle = (start + end) / 2
    if abs(marker - middle) >= half + 4:
        return middle
    left, right = marker - 5 - half, marker + 5 + half
    beside = right if end - marker >= marker - start else left
    return beside if start + 3 <= beside - half and beside + half <= end - 3 else middle


def _tick(bar: ThresholdBar, point: Threshold, value: Fraction) -> str:
    x, wide = _percent(_share(bar, point.value)), 3 if point.value == value else 2
    style = {"kind": "bg-threshold", "stroke": "ink", "stroke_width": wide}
    return svg.line(x, TOP - 3, x, TOP + TRACK + 5, data_value=plain(point.value), **style)


def _tick_labels(bar: ThresholdBar, width: float) -> str:
    """Label thresholds first, then the ends of the range where there is room left."""
    ends = (Threshold(bar.parameter.low), Threshold(bar.parameter.high))
    places = []
    for point, fill in (*((p, "ink") for p in bar.thresholds), *((p, "muted") for p in ends)):
        told, share = on_a_page(str(point)), _share(bar, point.value)
        half = svg.text_width(told, 12) / 2 + 4
        words = _words(told, share, half, width, TOP + TRACK + 19, size=12, fill=fill)
        places.append((min(max(share * width, half), width - half), half, words))
    return "".join(svg.without_overlap(places))


def _words(words: str, share: float, half: float, width: float, y: float, **style: Any) -> str:
    """Return words around a share of the width; those that would stick out end with the bar."""
    if share * width < half:
        return svg.label(_percent(0), y, words, text_anchor="start", **style)
    if width - share * width < half:
        return svg.label(_percent(1), y, words, text_anchor="end", **style)
    return svg.centred(_percent(share), y, words, **style)


def _marker(bar: ThresholdBar, value: Fraction, width: float) -> str:
    share = _share(bar, value)
    words = f"{symbol_on_a_page(bar.parameter.symbol)} = {plain(value)}"
    pointer = svg.polygon(((-7, -9), (7, -9), (0, 1)), fill="equilibrium", stroke="ink")
    pointer += svg.line(0, 0, 0, TRACK, stroke="ink", stroke_width=1.5)
    place = {"x": _percent(share), "y": TOP, "overflow": "visible"}
    marker = svg.element("svg", pointer, **place, kind="bg-marker", data_value=plain(value))
    return marker + _words(words, share, svg.text_width(words, 13) / 2, width, 11, font_weight=700)
