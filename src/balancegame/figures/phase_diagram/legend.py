"""The legend of a phase diagram: each regime in words beside its letter, colour and pattern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from balancegame.exact import plain
from balancegame.explain.numbers import on_a_page
from balancegame.explain.phase_map import Entry, PhaseMap, percent_of
from balancegame.figures.axes import wrapped
from balancegame.figures.hatching import PATTERNS, hatching
from balancegame.figures.svg import Drawing, circle, element, label, line, rect, text_width
from balancegame.wording import capital, number_word

COLOURS = 8
CHIP = 9.0
WIDTH, HEIGHT = 32.0, 22.0
INDENT = 44.0
GAP = 10.0
# Widths of words are estimates, and nothing may cross the edge.
SURE = 0.93
LINE = 17.0
MOST_LINES = 12
MIDDLE = WIDTH / 2, HEIGHT / 2
HERE: dict[str, object] = {"fill": "equilibrium", "stroke": "ink", "stroke_width": 2.2}


def area_paint(entry: Entry) -> tuple[str, str, int]:
    """Return an area's colour, the colour of its pattern, and its pattern.

    Seven patterns and eight colours do not repeat together before the fifty-seventh area.
    """
    colour = entry.style % COLOURS + 1
    return f"area-{colour}", f"hatch-{colour}", entry.style % len(PATTERNS)


def legend_drawing(
    areas: Sequence[Entry],
    lines: Sequence[Entry] = (),
    points: Sequence[Entry] = (),
    here: str = "",
    width: float = 340,
) -> Drawing:
    """Return every regime in words, and what to say of the current point."""
    parts, y = [], 4.0

    def add(sample: str, clauses: Sequence[str], name: str = "") -> None:
        nonlocal y
        first = y + 15
        parts.append(f'<g transform="translate(0 {y:g})">{sample}</g>' if sample else "")
        for k, clause in enumerate(clauses):
            weight = {"font_weight": 700} if name and not k else {}
            for words in wrapped(clause, (width - INDENT) * SURE, 13):
                parts.append(label(INDENT, first, words, **weight))
                first += LINE
        y = max(y + HEIGHT, first - LINE + 6) + GAP

    if here:
        add(circle(*MIDDLE, 7, **HERE), [here])
    for entry in areas:
        add(swatch(entry), headed(entry), entry.name)
    for entry in lines[:MOST_LINES]:
        add(line_sample(entry), headed(entry), entry.name)
    if len(lines) > MOST_LINES:
        more = len(lines) - MOST_LINES
        add("", [f"{capital(number_word(more))} more lines have equilibria of their own."])
    for entry in points:
        add(single_sample(entry), headed(entry), entry.name)
    return Drawing(width, y, "".join(parts), "")


def headed(entry: Entry) -> tuple[str, ...]:
    """Return what there is to say of an entry, line by line.

    First where it is, if anything says so, and its name, if it has one; then what is played, one
    equilibrium or another.
    """
    where = _where(entry)
    # Equilibria are alternatives; the meetings of situations all stand side by side.
    link = "" if entry.meets else "or "
    clauses = [entry.words[0], *(f"{link}{clause}" for clause in entry.words[1:])]
    if entry.name:
        clauses.insert(0, entry.name)
    if where:
        clauses[0] = f"{where}: {clauses[0]}"
    return tuple(map(on_a_page, clauses))


def swatch(entry: Entry, hatched: bool = True) -> str:
    """Return a sample of an area's colour and pattern with its letter.

    A page can fill the sample with a pattern of its own instead.
    """
    left, top, right, bottom = 0.5, 0.5, WIDTH - 0.5, HEIGHT - 0.5
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    fill, hatch, pattern = area_paint(entry)
    style = {"fill": fill, "stroke": "ink", "data_style": entry.style}
    box = rect(left, top, right - left, bottom - top, **style)
    lines = hatching([corners], pattern, hatch) if hatched else ""
    return box + lines + letters([(entry.mark, *MIDDLE)])


def line_sample(entry: Entry) -> str:
    """Return a sample of a line with its letter."""
    across = line(0, HEIGHT / 2, WIDTH, HEIGHT / 2, stroke="ink", stroke_width=2.6)
    return across + chips([(entry.mark, *MIDDLE)])


def single_sample(entry: Entry) -> str:
    """Return a sample of a single point, or of a line of them."""
    if entry.along:
        return single_line(0, HEIGHT / 2, WIDTH, HEIGHT / 2)
    return circle(*MIDDLE, 3.6, fill="ink")


def single_line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """Return a line of single points."""
    return line(x1, y1, x2, y2, stroke="ink", stroke_width=4, **attributes)


def letters(marks: Iterable[tuple[str, float, float]], size: float = 13) -> str:
    """Return letters that can be read on any pattern, each at its place."""
    words = "".join(
        element("text", escape(mark), kind="bg-letter", x=x, y=y + size * 0.36)
        for mark, x, y in marks
    )
    style = {"fill": "ink", "font_size": size, "font_weight": 700, "text_anchor": "middle"}
    halo = {"stroke": "paper", "stroke_width": 4, "stroke_linejoin": "round"}
    return element("g", words, **style, **halo, paint_order="stroke")


def chips(marks: Iterable[tuple[str, float, float]]) -> str:
    """Return the letters of lines on small signs, each at its place."""
    parts = []
    for words, x, y in marks:
        half = max(CHIP, text_width(words, 12) / 2 + 4)
        box = x - half, y - CHIP, 2 * half, 2 * CHIP
        parts.append(rect(*box, rx=CHIP, fill="paper", stroke="ink"))
        parts.append(element("text", escape(words), x=x, y=y + 4, fill="ink"))
    style = {"font_size": 12, "font_weight": 700, "font_style": "italic"}
    return element("g", "".join(parts), text_anchor="middle", **style)


def in_words(shown: PhaseMap) -> str:
    """Return the areas, lines and points of a diagram in words."""
    x, y = (shown.diagram.model.parameters[name] for name in shown.diagram.axes)
    over = " and ".join(
        f"{axis.symbol} ({axis.meaning}) from {plain(axis.low)} to {plain(axis.high)}"
        for axis in (x, y)
    )
    areas = "; ".join(
        f"{entry.mark}, {percent_of(shown, entry)} of the diagram: {in_full(entry)}"
        for entry in shown.areas
    )
    count = capital(number_word(len(shown.areas)))
    noun = "area" if len(shown.areas) == 1 else "areas"
    parts = [f"Phase diagram over {over}. {count} {noun}: {areas}."]
    for entries, what in ((shown.lines, "Lines"), (shown.points, "Single places")):
        if entries:
            listed = "; ".join(map(_located, entries))
            parts.append(f"{what} with equilibria of their own: {listed}.")
    return " ".join(parts)


def _located(entry: Entry) -> str:
    place = ", ".join(filter(None, (entry.mark, _where(entry))))
    return f"{place}{': ' if _where(entry) else ', '}{in_full(entry)}"


def _where(entry: Entry) -> str:
    return entry.where or (f"where {entry.between} meet" if entry.between else "")


def in_full(entry: Entry) -> str:
    """Return the name of an entry, if it has one, and what is played."""
    played = (" — " if entry.meets else " — or ").join(entry.words)
    return f"{entry.name} ({played})" if entry.name else played
