"""How a player looks: one colour, one dash and one shape in every picture, table and explorer.

They follow from the player's name, so that a country can be told at a glance wherever it plays,
whether it chooses the rows or the columns. None of the three is needed to tell a player by the
others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from zlib import crc32

from balancegame.figures.palette import PLAYER_COLOURS

SHAPES = ("circle", "square", "diamond", "octagon")
"""The shapes that surround best responses; beyond four players they start again."""

DASHES = ("", "9 6", "3 5", "16 5", "14 4 3 4", "6 3", "20 4 4 4", "11 3 3 3 3 3")

_OWN = {"Japan": 0, "US": 1, "Russia": 2, "China": 3}
_NUMBERED = re.compile(r"player (\d+)")


@dataclass(frozen=True)
class Look:
    """The number of a player's colour, from 1, the dash of its lines, and the shape of its mark."""

    colour: int
    dash: str
    shape: str

    @property
    def paint(self) -> str:
        """The role of the colour in the palette."""
        return f"player-{self.colour}"


@lru_cache(maxsize=256)
def looks(players: tuple[str, ...]) -> tuple[Look, ...]:
    """Return how each of the players looks.

    The four countries of the article have looks of their own. Any other name has one of the other
    looks, which is the same in every game unless two such names meet that would share it: no two
    players of one game look the same.

    Examples
    --------
    >>> [look.colour for look in looks(("US", "Japan"))]
    [2, 1]
    >>> [(look.colour, look.shape) for look in looks(("Japan", "Norway", "US"))]
    [(1, 'circle'), (8, 'diamond'), (2, 'square')]
    """
    numbers: dict[str, int] = {name: _OWN[name] for name in players if name in _OWN}
    for name in players:
        if name not in numbers:
            numbers[name] = next(n for n in _wishes(name) if n not in numbers.values())
    shapes = {name: SHAPES[numbers[name]] for name in players if name in _OWN}
    for name in players:
        if name not in shapes:
            free = [shape for shape in SHAPES if shape not in shapes.values()]
            shapes[name] = free[0] if free else SHAPES[len(shapes) % len(SHAPES)]
    return tuple(_look(numbers[name], shapes[name]) for name in players)


def _wishes(name: str) -> Iterator[int]:
    """Yield the numbers of looks in the order in which a name without one of its own asks."""
    others = range(len(_OWN), PLAYER_COLOURS)
    if numbered := _NUMBERED.fullmatch(name):
        yield (int(numbered[1]) - 1) % (PLAYER_COLOURS * len(DASHES))
    start = crc32(name.encode())
    yield from (others[(start + k) % len(others)] for k in range(len(others)))
    yield from range(len(_OWN))
    yield from count(PLAYER_COLOURS)


def _look(number: int, shape: str) -> Look:
    # As many players as there are pairs of a colour and a dash can be told apart.
    turns, colour = divmod(number, PLAYER_COLOURS)
    return Look(colour + 1, DASHES[(colour + turns) % len(DASHES)], shape)
