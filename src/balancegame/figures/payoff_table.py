"""The payoff table of a game, each player's best responses marked by shape and colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import hypot, prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.axes import wrapped
from balancegame.figures.best_response_marks import Cell, Marks, best_response_marks, legend
from balancegame.figures.player_looks import Look, looks
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list, called, capital

SIZE = 15
ROW = 52
HEAD = 26
LINE = 16
NAME_ROOM = 150
LEGEND_ROOM = 260
NUMBER_ROOM = 110
MOST_CELLS = 1000


def payoff_table(game: NormalFormGame) -> svg.Drawing:
    """Return the payoff table, with one number for each player in each cell.

    Player 1 chooses the row and player 2 the column. Further players choose among tables, one
    for each combination of their actions. A best response stands in the shape of its player;
    a cell where all coincide, an equilibrium in pure strategies, has a double border
    and a star. Raises GameError if the game has more than 1,000 cells.
    """
    if prod(game.shape) > MOST_CELLS:
        size = " x ".join(map(str, game.shape))
        raise GameError(
            f"a payoff table of {size} cells is too large to read; remove dominated actions first."
        )
    marks = best_response_marks(game)
    tables = [*(_panel(game, marks, rest) for rest in panels(game)), _legend(game, marks)]
    return replace(svg.stacked(*tables, gap=16), alt=table_in_words(game))


def unmarked_table(game: NormalFormGame) -> svg.Drawing:
    """Return the payoff table without best responses and equilibria, for what is not solved yet."""
    marks = Marks(tuple(frozenset() for _ in game.players), frozenset())
    tables = (_panel(game, marks, rest) for rest in panels(game))
    return replace(svg.stacked(*tables, gap=16), alt=_payoffs_in_words(game))


def panels(game: NormalFormGame) -> Iterator[Cell]:
    """Yield the actions of the players beyond the second, one tuple for each table."""
    return product(*(range(size) for size in game.shape[2:]))


def table_in_words(game: NormalFormGame) -> str:
    """Return the payoffs and the best responses in words."""
    marks = best_response_marks(game)
    meant = zip(legend(game), marks.best, strict=True)
    best = [f"{capital(words)}: {_cells(game, cells)}." for words, cells in meant]
    if len(game.players) == 1:
        return f"{_payoffs_in_words(game)} {' '.join(best)}"
    pure = _cells(game, marks.equilibria) if marks.equilibria else "none"
    return f"{_payoffs_in_words(game)} {' '.join(best)} Equilibria in pure strategies: {pure}."


def _payoffs_in_words(game: NormalFormGame) -> str:
    cells = (f"{_place(game, cell)}: {_numbers(game, cell)}." for cell in game.cells())
    what = "Payoffs" if len(game.players) == 1 else "Payoff table"
    return f"{what} of {and_list(map(called, game.players))}. {' '.join(cells)}"


def marked(look: Look, x: float, y: float, width: float, height: float) -> str:
    """Return a player's mark around a number centred at (x, y)."""
    across, up = width / 2, height / 2
    name = look.shape
    style: dict[str, object] = {"kind": f"bg-best bg-{name}", "fill": "none"}
    style |= {"stroke": look.paint, "stroke_width": 2.5}
    if name == "circle":
        return svg.rect(x - across, y - up, width, height, rx=up, **style)
    if name == "square":
        return svg.rect(x - across, y - up, width, height, **style)
    if name == "diamond":
        tips = ((-across - 5, 0.0), (0.0, -up - 4), (across + 5, 0.0), (0.0, up + 4))
        return svg.polygon(((x + dx, y + dy) for dx, dy in tips), **style)
    cut = hypot(height, height) / 5
    flat, steep = (across - cut, up), (across, up - cut)
    corners = [(-1, -1, flat), (1, -1, flat), (1, -1, steep), (1, 1, steep)]
    corners += [(-dx, -dy, reach) for dx, dy, reach in corners]
    places = ((x + dx * reach[0], y + dy * reach[1]) for dx, dy, reach in corners)
    return svg.polygon(places, **style)


def _panel(game: NormalFormGame, marks: Marks, rest: Cell) -> svg.Drawing:
    """Return one table: the first two players' actions, the others' held fixed.

    A name that is too wide for its place takes several lines, and its row or the head grows.
    """
    alone = len(game.players) == 1
    columns = ("payoff",) if alone else game.actions[1]
    slot = _slot(game)
    cell_width = slot * len(game.players) + 20
    column_width = max(cell_width, *(min(svg.text_width(c, 13) + 20, NAME_ROOM) for c in columns))
    row_room = max(_widest((*game.actions[0], game.players[0])) + 22, 70.0)
    width = row_room + column_width * len(columns)
    names = [wrapped(name, row_room - 14, 13) for name in game.actions[0]]
    heights = [max(float(ROW), LINE * len(lines) + 16) for lines in names]
    head, top = _heading(game, rest, row_room, column_width, columns)
    body, stars = [head], []
    for i, (lines, height) in enumerate(zip(names, heights, strict=True)):
        y = top + sum(heights[:i])
        middle = y + height / 2 + 5 - LINE * (len(lines) - 1) / 2
        body.append(svg.lines(row_room - 10, middle, lines, text_anchor="end"))
        for j in range(len(columns)):
            cell = (i,) if alone else (i, j, *rest)
            x = row_room + column_width * j
            body.append(_cell(game, marks, cell, x, y, column_width, height, slot))
            if _holds(game, marks, cell):
                stars.append(_star(x + column_width - 3, y + 3, 9))
    return svg.Drawing(width, top + sum(heights), "".join(body + stars), "")


def _widest(names: Iterable[str]) -> float:
    """Return the room for the widest of some names, which may take several lines."""
    return min(max(svg.text_width(name, 14) for name in names), NAME_ROOM)


def _heading(
    game: NormalFormGame, rest: Cell, row_room: float, column_width: float, columns: Sequence[str]
) -> tuple[str, float]:
    """Return who chooses rows and columns and how high that is.

    Above it stands what further players are taken to play.
    """
    width = row_room + column_width * len(columns)
    looked = [look.paint for look in looks(game.players)]
    bold: dict[str, Any] = {"font_weight": 700}
    parts, y = [], 16.0
    if rest:
        others = wrapped(f"Where {others_play(game, rest)}", width, 13)
        parts.append(svg.lines(0, y, others, fill="muted"))
        y += HEAD + LINE * (len(others) - 1)
    if len(game.players) > 1:
        theirs = wrapped(game.players[1], width - row_room, 14)
        middle = (row_room + width) / 2
        style = bold | {"fill": looked[1], "text_anchor": "middle"}
        parts.append(svg.lines(middle, y, theirs, **style))
        y += HEAD + LINE * (len(theirs) - 1)
    named = [wrapped(name, column_width - 10, 13) for name in columns]
    ours = wrapped(game.players[0], row_room - 14, 14)
    last = y + LINE * (max(map(len, (*named, ours))) - 1)
    for j, lines in enumerate(named):
        x = row_room + column_width * (j + 0.5)
        parts.append(svg.lines(x, last - LINE * (len(lines) - 1), lines, text_anchor="middle"))
    style = bold | {"fill": looked[0], "text_anchor": "end"}
    parts.append(svg.lines(row_room - 10, last - LINE * (len(ours) - 1), ours, **style))
    return "".join(parts), last + 10


def others_play(game: NormalFormGame, rest: Cell) -> str:
    """Return what the players beyond the second play, in words."""
    return and_list(
        f"{called(player)} plays {names[a]}"
        for player, names, a in zip(game.players[2:], game.actions[2:], rest, strict=True)
    )


def _cell(
    game: NormalFormGame,
    marks: Marks,
    cell: Cell,
    x: float,
    y: float,
    width: float,
    height: float,
    slot: float,
) -> str:
    holds = _holds(game, marks, cell)
    parts = [svg.rect(x, y, width, height, fill="paper", stroke="rule", stroke_width=1)]
    if holds:
        parts.append(_double_border(x, y, width, height))
    start, base = x + (width - slot * len(game.players)) / 2, y + height / 2
    style: dict[str, Any] = {"size": SIZE, "room": NUMBER_ROOM, "font_weight": 600}
    for player, look in enumerate(looks(game.players)):
        middle = start + slot * (player + 0.5)
        if cell in marks.best[player]:
            parts.append(marked(look, middle, base, slot - 8, 28))
        number = plain(game.at(player, cell))
        parts.append(svg.centred(middle, base + 5, number, fill=look.paint, **style))
    kind = "bg-cell bg-pure" if holds else "bg-cell"
    return svg.element("g", "".join(parts), kind=kind, data_cell=_place(game, cell, "/"))


def _legend(game: NormalFormGame, marks: Marks) -> svg.Drawing:
    body, y, width = [], 10.0, 0.0

    def add(sample: str, words: str) -> None:
        nonlocal y, width
        named = wrapped(words, LEGEND_ROOM, 12)
        body.append(sample + svg.lines(38, y + 4, named, size=12, fill="muted"))
        y += 22 + LINE * (len(named) - 1)
        width = max(width, *(38 + svg.text_width(line, 12) for line in named))

    for words, look in zip(legend(game), looks(game.players), strict=True):
        add(marked(look, 16, y, 22, 14), words)
    if len(game.players) > 1 and marks.equilibria:
        sample = svg.rect(4, y - 8, 24, 16, fill="paper") + _double_border(4, y - 8, 24, 16)
        add(sample + _star(28, y - 7, 6), "an equilibrium in a cell")
    return svg.Drawing(width, y - 10, "".join(body), "")


def _slot(game: NormalFormGame) -> float:
    """Return the room that the longest number and its mark need."""
    numbers = (plain(game.at(i, cell)) for i in range(len(game.players)) for cell in game.cells())
    shown = (svg.shortened(number, NUMBER_ROOM, SIZE) for number in numbers)
    widest = max(svg.text_width(number, SIZE) for number in shown)
    return max(widest + 26, 50.0) + (8 if len(game.players) > 2 else 0)


def _double_border(x: float, y: float, width: float, height: float) -> str:
    border = ""
    for by, stroke, thick in ((1.5, "equilibrium", 3), (4.5, "ink", 1)):
        box = x + by, y + by, width - 2 * by, height - 2 * by
        border += svg.rect(*box, fill="none", stroke=stroke, stroke_width=thick)
    return border


def _holds(game: NormalFormGame, marks: Marks, cell: Cell) -> bool:
    return len(game.players) > 1 and cell in marks.equilibria


def _star(x: float, y: float, radius: float) -> str:
    right = ((0.24, -0.32), (0.95, -0.31), (0.38, 0.12), (0.59, 0.81))
    tips = ((0.0, -1.0), *right, (0.0, 0.4), *((-dx, dy) for dx, dy in reversed(right)))
    star = ((x + 0.62 * radius * dx, y + 0.62 * radius * dy) for dx, dy in tips)
    badge = svg.circle(x, y, radius, fill="equilibrium", stroke="ink")
    return badge + svg.polygon(star, kind="bg-star", fill="badge")


def _place(game: NormalFormGame, cell: Cell, between: str = ", ") -> str:
    return between.join(names[a] for names, a in zip(game.actions, cell, strict=True))


def _numbers(game: NormalFormGame, cell: Cell) -> str:
    if len(game.players) == 1:
        return plain(game.at(0, cell))
    return and_list(f"{called(p)} {plain(game.at(i, cell))}" for i, p in enumerate(game.players))


def _cells(game: NormalFormGame, cells: frozenset[Cell]) -> str:
    return and_list(f"({_place(game, cell)})" for cell in sorted(cells))
