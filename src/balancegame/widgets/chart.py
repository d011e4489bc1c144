"""The phase diagram of an explorer: which map is shown, where its point lies, and bets on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from html import escape
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.explain.numbers import on_a_page
from balancegame.explain.phase_map import Entry, PhaseMap, entry_at, phase_map, phase_map_at
from balancegame.figures.hatching import PATTERNS, SPACING
from balancegame.figures.phase_diagram.areas_and_boundaries import LEFT, SIDE, TOP
from balancegame.figures.phase_diagram.diagram import areas_and_lines, axes_around, plot_size
from balancegame.figures.phase_diagram.legend import (
    COLOURS,
    MOST_LINES,
    headed,
    in_words,
    line_sample,
    single_sample,
    swatch,
)
from balancegame.figures.svg import Drawing, document, element
from balancegame.solvers.parametric.situations import situations
from balancegame.solvers.sweep import sweep
from balancegame.widgets.bet import Bet
from balancegame.wording import capital

MARGIN = 2.0
BOUNDARY = "boundary"


@dataclass(frozen=True, eq=False)
class Chart:
    """A phase diagram over two parameters while all others have fixed values."""

    axes: tuple[str, str]
    naming: str  # what the areas are named by: "equilibria", "outcomes" or "situations"
    held: Mapping[str, Fraction]  # the values of all other parameters
    shown: PhaseMap


def chart(
    model: Any,
    axes: tuple[str, str],
    values: Mapping[str, Fraction],
    naming: str = "equilibria",
    resolution: int = 101,
) -> Chart:
    """Return the phase diagram over two parameters; their own values are not read."""
    held: dict[str, Any] = {name: values[name] for name in values.keys() - set(axes)}
    solve = situations if naming == "situations" else sweep
    return Chart(axes, naming, held, phase_map(solve(model, *axes, resolution, **held)))


def chart_after(before: Chart, values: Mapping[str, Fraction]) -> Chart:
    """Return the diagram at other values: the same one if only its point moved.

    The areas of the first diagram keep their letters, colours and patterns in all that follow.
    """
    held = {name: values[name] for name in before.held}
    if held == before.held:
        return before
    return replace(before, held=held, shown=phase_map_at(before.shown, held))


def still(subject: Chart) -> dict[str, Any]:
    """Return what stays of a diagram: its axes, and where the page finds its frame and patterns."""
    diagram = subject.shown.diagram
    x, y = subject.axes
    size = plot_size(diagram)
    body = element("g", " ", kind="bg-phase") + axes_around(diagram)
    width, height = (side + 2 * MARGIN for side in size)
    left, top = (LEFT + MARGIN) / width, (TOP + MARGIN) / height
    return {
        "axes": [x, y],
        "svg": document(Drawing(*size, body, " "), f"Phase diagram over {x} and {y}", MARGIN),
        "frame": {"left": left, "top": top, "width": SIDE / width, "height": SIDE / height},
        "colours": COLOURS,
        "patterns": [{"directions": ways, "dotted": dotted} for _, ways, dotted in PATTERNS],
        "spacing": SPACING,
    }


@lru_cache(maxsize=16)
def picture(subject: Chart, named: bool) -> dict[str, Any]:
    """Return what changes of a diagram, and its legend, as markup for the page.

    Only where areas are ``named`` have they colours, letters and a legend: after the bet.
    """
    shown = subject.shown
    return {
        "map": areas_and_lines(shown, named, hatched=False),
        "alt": in_words(shown) if named else "A map of areas that have no names yet.",
        "legend": _legend(shown) if named else [],
    }


def here(subject: Chart, values: Mapping[str, Fraction], named: bool) -> dict[str, str]:
    """Return where the point stands and, unless that is still to be bet on, in which regime."""
    x, y = subject.axes
    at = _at(subject, values)
    point = {"x": plain(values[x]), "y": plain(values[y]), "at": at, "key": "", "text": at}
    if not named:
        return point
    shown = subject.shown
    entry = entry_at(shown, values[x], values[y])
    # The legend says what is played in an area; only a name and what it lacks stand here.
    listed = [each.regime for each in (*shown.areas, *shown.lines[:MOST_LINES], *shown.points)]
    lacks = entry.name or subject.naming == "situations" or entry.regime not in listed
    words = f"{at}: {on_a_page(_place(entry))}"
    key = str(entry.regime) if entry.regime in listed else ""
    return point | {"key": key, "text": f"{words}, {on_a_page(str(entry))}" if lacks else words}


def bets(subject: Chart, values: Mapping[str, Fraction]) -> dict[str, Any]:
    """Return the question that opens the diagram, and its choices."""
    shown = subject.shown
    choices = [
        {"value": str(entry.regime), "words": on_a_page(str(entry))} for entry in shown.areas
    ]
    if shown.lines or shown.points:
        choices.append({"value": BOUNDARY, "words": "none of these: it lies on a boundary"})
    named = subject.naming == "situations" or all(entry.name for entry in shown.areas)
    what = "Which situation is it" if named else "What are the equilibria"
    return {"question": f"{what} at the point {_at(subject, values)}?", "choices": choices}


def placed_region(subject: Chart, values: Mapping[str, Fraction], choice: str) -> Bet:
    """Return a bet on the regime at the point, already compared with the answer."""
    words = {entry["value"]: entry["words"] for entry in bets(subject, values)["choices"]}
    if choice not in words:
        raise GameError("choose one of the answers before you place the bet.")
    x, y = subject.axes
    entry = entry_at(subject.shown, values[x], values[y])
    areas = [area.regime for area in subject.shown.areas]
    right = choice == (str(entry.regime) if entry.regime in areas else BOUNDARY)
    outcome, judged = ("right", "Right") if right else ("wrong", "Not this time")
    # The verdict stays while other parameters move, and with them the regime at the point.
    verdict = f"{judged}: {_at(subject, values)} lay {_within(entry)} when you bet."
    answer = on_a_page(f"{capital(_place(entry))}: {entry}")
    return Bet(choice, words[choice], answer, outcome, on_a_page(verdict))


def _at(subject: Chart, values: Mapping[str, Fraction]) -> str:
    return on_a_page(", ".join(f"{name} = {plain(values[name])}" for name in subject.axes))


def _place(entry: Entry) -> str:
    if not entry.mark:
        return "an edge" if entry.along else "a single point"
    return f"area {entry.mark}" if entry.mark.isupper() else f"line {entry.mark}"


def _within(entry: Entry) -> str:
    if not entry.mark:
        return entry.where if entry.along else "where boundaries meet"
    if entry.mark.isupper():
        return f"in area {entry.mark}"
    return f"on line {entry.mark}, {entry.where}" if entry.where else f"on line {entry.mark}"


def _legend(shown: PhaseMap) -> list[dict[str, str]]:
    items = [_item(entry, swatch(entry, hatched=False)) for entry in shown.areas]
    items += [_item(entry, line_sample(entry)) for entry in shown.lines[:MOST_LINES]]
    items += [_item(entry, single_sample(entry)) for entry in shown.points]
    more = len(shown.lines) - MOST_LINES
    if more > 0:
        words = f"{more} more lines have equilibria of their own."
        items.append({"key": "", "mark": "", "sample": "<span></span>", "words": words})
    return items


def _item(entry: Entry, sample: str) -> dict[str, str]:
    clauses = [escape(clause) for clause in headed(entry)]
    if entry.name:
        clauses[0] = f"<strong>{clauses[0]}</strong>"
    words = "<br>".join(clauses)
    return {
        "key": str(entry.regime),
        "mark": entry.mark,
        "sample": '<svg class="balancegame-figure" width="32" height="22" '
        f'aria-hidden="true">{sample}</svg>',
        "words": f'<span class="bg-unseen">{capital(_place(entry))}, </span>{words}',
    }
