"""The payoff table of a game, each player's best responses marked by shape and colour."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import hypot, prod

from balancegame.errors import GameError
from balancegame.exact import plain
from balancegame.figures.best_response_marks import Cell, Marks, best_response_marks, legend, shape
from balancegame.figures.svg import Drawing, element, label, shortened, stacked, text_width
from balancegame.games.normal_form import NormalFormGame
from balancegame.wording import and_list, called, capital

SIZE = 15
ROW = 52
HEAD = 26
NAME_ROOM = 150
NUMBER_ROOM = 110
MOST_CELLS = 1000


def payoff_table(game: NormalFormGame) -> Drawing:
    """Return the payoff table, a player's number in each cell by player.

    Player 1 chooses the row and player 2 the column. Further players choose among tables, one
    for each combination of their actions.

    Parameters
    ----------
    game : NormalFormGame

    Returns
    -------
    Drawing
        A best response of player 1 stands in a circle, of player 2 in a square; a cell where all
        coincide, an equilibrium in pure strategies, has a double border and a star.

    Raises
    ------
    GameError
        If the game has more than 1,000 cells.
    """
    if prod(game.shape) > MOST_CELLS:
        size = " x ".join(map(str, game.shape))
        raise GameError(
            f"a payoff table of {size} cells is too large to read; remove dominated actions first."
        )
    marks = best_response_marks(game)
    tables = [_panel(game, marks, rest) for rest in panels(game)]
    tables.append(_legend(game, marks))
    drawing = stacked(*tables, gap=16)
    return Drawing(drawing.width, drawing.height, drawing.body, table_in_words(game))


def panels(game: NormalFormGame) -> Iterator[Cell]:
    """Yield the actions of the players beyond the second, a tuple a table."""
    return product(*(range(size) for size in game.shape[2:]))


def table_in_words(game: NormalFormGame) -> str:
    """Return the payoffs and the best responses in words."""
    marks = best_response_marks(game)
    cells = (f"{_place(game, cell)}: {_numbers(game, cell)}." for cell in game.cells())
    best = (
        f"{capital(words)}: {_cells(game, marks.best[i])}." for i, words in enumerate(legend(game))
    )
    if len(game.players) == 1:
        return f"Payoffs of {called(game.players[0])}. {' '.join(cells)} {' '.join(best)}"
    pure = _cells(game, marks.equilibria) if marks.equilibria else "none"
    return (
        f"Payoff table of {and_list(map(called, game.players))}. {' '.join(cells)} "
        f"{' '.join(best)} Equilibria in pure strategies: {pure}."
    )


def marked(player: int, x: float, y: float, width: float, height: float) -> str:
    """Return a player's mark around a number centred at (x, y)."""
    paint = {"fill": "none", "stroke": f"player-{player % 4 + 1}", "stroke_width": 2.5}
    left, top, kind = x - width / 2, y - height / 2, f"bg-best bg-{shape(player)}"
    match shape(player):
        case "circle":
            return element(
                "rect", kind=kind, x=left, y=top, width=width, height=height, rx=height / 2, **paint
            )
        case "square":
            return element("rect", kind=kind, x=left, y=top, width=width, height=height, **paint)
        case "diamond":
            tips = ((left - 5, y), (x, top - 4), (left + width + 5, y), (x, top + height + 4))
            return _polygon(tips, kind, paint)
    inset = hypot(height, height) / 5
    corners = [
        (
            x + sx * (width / 2 - (inset if flat else 0)),
            y + sy * (height / 2 - (0 if flat else inset)),
        )
        for sx, sy, flat in (
            (-1, -1, True),
            (1, -1, True),
            (1, -1, False),
            (1, 1, False),
            (1, 1, True),
            (-1, 1, True),
            (-1, 1, False),
            (-1, -1, False),
        )
    ]
    return _polygon(tuple(corners), kind, paint)


def _panel(game: NormalFormGame, marks: Marks, rest: Cell) -> Drawing:
    """Return one table: the first two players' actions, the others' held fixed."""
    rows = game.actions[0]
    columns = game.actions[1] if len(game.players) > 1 else ("payoff",)
    slot = _slot(game)
    cell_width = slot * len(game.players) + 20
    column_width = max(cell_width, *(min(text_width(c, 13) + 20, NAME_ROOM) for c in columns))
    row_room = max(
        min(max(text_width(name, 13) for name in (*rows, game.players[0])), NAME_ROOM) + 22, 70.0
    )
    top = HEAD * (3 if rest else 2)
    width = row_room + column_width * len(columns)
    height = top + ROW * len(rows)
    body = [_heading(game, rest, row_room, width, top)]
    stars = []
    for j, name in enumerate(columns):
        x = row_room + column_width * (j + 0.5)
        if len(game.players) > 1:
            body.append(label(x, top - 9, name, text_anchor="middle", room=column_width - 10))
    for i, name in enumerate(rows):
        y = top + ROW * i
        body.append(
            label(row_room - 10, y + ROW / 2 + 5, name, text_anchor="end", room=row_room - 14)
        )
        for j in range(len(columns)):
            cell = (i, j, *rest) if len(game.players) > 1 else (i,)
            x = row_room + column_width * j
            body.append(_cell(game, marks, cell, x, y, column_width, slot))
            if _holds(game, marks, cell):
                stars.append(_star(x + column_width - 3, y + 3, 9))
    return Drawing(width, height, "".join(body + stars), "")


def _heading(game: NormalFormGame, rest: Cell, row_room: float, width: float, top: float) -> str:
    parts = []
    if rest:
        fixed = and_list(
            f"{called(player)} plays {names[a]}"
            for player, names, a in zip(game.players[2:], game.actions[2:], rest, strict=True)
        )
        parts.append(label(0, 16, f"Where {fixed}", fill="muted", room=width))
    parts.append(_player(game, 0, row_room - 10, top - 9, "end", row_room - 14))
    if len(game.players) > 1:
        middle = (row_room + width) / 2
        parts.append(_player(game, 1, middle, top - HEAD - 8, "middle", width - row_room))
    else:
        parts.append(label((row_room + width) / 2, top - 9, "payoff", text_anchor="middle"))
    return "".join(parts)


def _player(game: NormalFormGame, player: int, x: float, y: float, anchor: str, room: float) -> str:
    return label(
        x,
        y,
        game.players[player],
        text_anchor=anchor,
        room=room,
        font_weight=700,
        fill=f"player-{player % 4 + 1}",
    )


def _cell(
    game: NormalFormGame, marks: Marks, cell: Cell, x: float, y: float, width: float, slot: float
) -> str:
    holds = _holds(game, marks, cell)
    place = "/".join(names[a] for names, a in zip(game.actions, cell, strict=True))
    parts = [
        element(
            "rect", x=x, y=y, width=width, height=ROW, fill="paper", stroke="rule", stroke_width=1
        )
    ]
    if holds:
        parts.append(_double_border(x, y, width, ROW))
    start = x + (width - slot * len(game.players)) / 2
    for player in range(len(game.players)):
        middle, base = start + slot * (player + 0.5), y + ROW / 2
        number = plain(game.at(player, cell))
        if cell in marks.best[player]:
            parts.append(marked(player, middle, base, slot - 8, 28))
        parts.append(
            label(
                middle,
                base + 5,
                number,
                size=SIZE,
                text_anchor="middle",
                room=NUMBER_ROOM,
                font_weight=600,
                fill=f"player-{player % 4 + 1}",
            )
        )
    kind = "bg-cell bg-pure" if holds else "bg-cell"
    return element("g", "".join(parts), kind=kind, data_cell=place)


def _legend(game: NormalFormGame, marks: Marks) -> Drawing:
    lines = list(legend(game))
    body = []
    for i, words in enumerate(lines):
        body.append(marked(i, 16, 10 + 22 * i, 22, 14))
        body.append(label(38, 14 + 22 * i, words, size=12, fill="muted", room=280))
    if len(game.players) > 1 and marks.equilibria:
        y = 10 + 22 * len(lines)
        body.append(element("rect", x=4, y=y - 8, width=24, height=16, fill="paper"))
        body.append(_double_border(4, y - 8, 24, 16))
        body.append(_star(28, y - 7, 6))
        lines.append("equilibrium in pure strategies")
        body.append(label(38, y + 4, lines[-1], size=12, fill="muted"))
    width = 38 + max(min(text_width(words, 12), 280) for words in lines)
    return Drawing(width, 22 * len(lines), "".join(body), "")


def _slot(game: NormalFormGame) -> float:
    """Return the room that the longest number and its mark need."""
    numbers = (plain(game.at(i, cell)) for i in range(len(game.players)) for cell in game.cells())
    widest = max(text_width(shortened(number, NUMBER_ROOM, SIZE), SIZE) for number in numbers)
    return max(widest + 26, 50.0) + (8 if len(game.players) > 2 else 0)


def _double_border(x: float, y: float, width: float, height: float) -> str:
    outer = element(
        "rect",
        x=x + 1.5,
        y=y + 1.5,
        width=width - 3,
        height=height - 3,
        fill="none",
        stroke="equilibrium",
        stroke_width=3,
    )
    inner = element(
        "rect",
        x=x + 4.5,
        y=y + 4.5,
        width=width - 9,
        height=height - 9,
        fill="none",
        stroke="ink",
        stroke_width=1,
    )
    return outer + inner


def _holds(game: NormalFormGame, marks: Marks, cell: Cell) -> bool:
    return len(game.players) > 1 and cell in marks.equilibria


def _star(x: float, y: float, radius: float) -> str:
    """Return a star on a round badge."""
    unit = (
        (0, -1),
        (0.24, -0.32),
        (0.95, -0.31),
        (0.38, 0.12),
        (0.59, 0.81),
        (0, 0.4),
        (-0.59, 0.81),
        (-0.38, 0.12),
        (-0.95, -0.31),
        (-0.24, -0.32),
    )
    tips = tuple((x + 0.62 * radius * dx, y + 0.62 * radius * dy) for dx, dy in unit)
    badge = element("circle", cx=x, cy=y, r=radius, fill="equilibrium", stroke="ink")
    return badge + _polygon(tips, "bg-star", {"fill": "badge"})


def _polygon(points: tuple[tuple[float, float], ...], kind: str, paint: dict[str, object]) -> str:
    return element(
        "polygon", kind=kind, points=" ".join(f"{x:.2f},{y:.2f}" for x, y in points), **paint
    )


def _place(game: NormalFormGame, cell: Cell) -> str:
    return ", ".join(names[a] for names, a in zip(game.actions, cell, strict=True))


def _numbers(game: NormalFormGame, cell: Cell) -> str:
    if len(game.players) == 1:
        return plain(game.at(0, cell))
    return and_list(
        f"{called(player)} {plain(game.at(i, cell))}" for i, player in enumerate(game.players)
    )


def _cells(game: NormalFormGame, cells: frozenset[Cell]) -> str:
    return and_list(f"({_place(game, cell)})" for cell in sorted(cells))
