"""The payoff table of a game, each player's best responses marked by shape and colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import hypot, prod
from typing import Any

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures import svg
from balancegame.figures.best_response_marks import Cell, Marks, best_response_marks, legend
from balancegame.figures.player_looks import Look, looks
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list, called, capital

SIZE = 15
ROW = 52
HEAD = 26
NAME_ROOM = 150
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
    best = (f"{capital(words)}: {_cells(game, cells)}." for words, cells in meant)
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
    """Return one table: the first two players' actions, the others' held fixed."""
    rows = game.actions[0]
    columns = game.actions[1] if len(game.players) > 1 else ("payoff",)
    slot = _slot(game)
    cell_width = slot * len(game.players) + 20
    column_width = max(cell_width, *(min(svg.text_width(c, 13) + 20, NAME_ROOM) for c in columns))
    longest = max(svg.text_width(name, 13) for name in (*rows, game.players[0]))
    row_room = max(min(longest, NAME_ROOM) + 22, 70.0)
    top = HEAD * (3 if rest else 2)
    width = row_room + column_width * len(columns)
    height = top + ROW * len(rows)
    body, stars = [_heading(game, rest, row_room, width, top)], []
    for j, name in enumerate(columns):
        x = row_room + column_width * (j + 0.5)
        if len(game.players) > 1:
            body.append(svg.centred(x, top - 9, name, room=column_width - 10))
    for i, name in enumerate(rows):
        y = top + ROW * i
        room = row_room - 14
        body.append(svg.label(row_room - 10, y + ROW / 2 + 5, name, text_anchor="end", room=room))
        for j in range(len(columns)):
            cell = (i, j, *rest) if len(game.players) > 1 else (i,)
            x = row_room + column_width * j
            body.append(_cell(game, marks, cell, x, y, column_width, slot))
            if _holds(game, marks, cell):
                stars.append(_star(x + column_width - 3, y + 3, 9))
    return svg.Drawing(width, height, "".join(body + stars), "")


def _heading(game: NormalFormGame, rest: Cell, row_room: float, width: float, top: float) -> str:
    """Return who chooses rows and columns, and what further players are taken to play."""
    others = f"Where {others_play(game, rest)}"
    parts = svg.label(0, 16, others, fill="muted", room=width) if rest else ""
    ours: dict[str, Any] = {"room": row_room - 14, "font_weight": 700}
    first, *others_look = (look.paint for look in looks(game.players))
    ours |= {"text_anchor": "end", "fill": first}
    parts += svg.label(row_room - 10, top - 9, game.players[0], **ours)
    middle = (row_room + width) / 2
    if len(game.players) == 1:
        return parts + svg.centred(middle, top - 9, "payoff")
    theirs = {"room": width - row_room, "font_weight": 700, "fill": others_look[0]}
    return parts + svg.centred(middle, top - HEAD - 8, game.players[1], **theirs)


def others_play(game: NormalFormGame, rest: Cell) -> str:
    """Return what the players beyond the second play, in words."""
    return and_list(
        f"{called(player)} plays {names[a]}"
        for player, names, a in zip(game.players[2:], game.actions[2:], rest, strict=True)
    )


def _cell(
    game: NormalFormGame, marks: Marks, cell: Cell, x: float, y: float, width: float, slot: float
) -> str:
    holds = _holds(game, marks, cell)
    parts = [svg.rect(x, y, width, ROW, fill="paper", stroke="rule", stroke_width=1)]
    if holds:
        parts.append(_double_border(x, y, width, ROW))
    start, base = x + (width - slot * len(game.players)) / 2, y + ROW / 2
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
    lines = list(legend(game))
    body = []
    for i, (words, look) in enumerate(zip(lines, looks(game.players), strict=True)):
        body.append(marked(look, 16, 10 + 22 * i, 22, 14))
        body.append(svg.label(38, 14 + 22 * i, words, size=12, fill="muted", room=280))
    if len(game.players) > 1 and marks.equilibria:
        y = 10 + 22 * len(lines)
        body.append(svg.rect(4, y - 8, 24, 16, fill="paper"))
        body.append(_double_border(4, y - 8, 24, 16))
        body.append(_star(28, y - 7, 6))
        lines.append("equilibrium in pure strategies")
        body.append(svg.label(38, y + 4, lines[-1], size=12, fill="muted"))
    width = 38 + max(min(svg.text_width(words, 12), 280) for words in lines)
    return svg.Drawing(width, 22 * len(lines), "".join(body), "")


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
