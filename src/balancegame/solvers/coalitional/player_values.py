"""A number for each player of a coalitional game: a split of its value, or a measure of power."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Self

from balancegame.exact import plain
from balancegame.games.coalitional import CoalitionalGame
from balancegame.wording import amounts


class PlayerValues(tuple[Fraction, ...]):
    """A number for each player, in the order of the players; also found by a player's name."""

    game: CoalitionalGame

    def __new__(cls, game: CoalitionalGame, values: Iterable[Any]) -> Self:
        """Take the game and the numbers."""
        made = super().__new__(cls, values)
        made.game = game
        return made

    def __getnewargs__(self) -> Any:
        return self.game, tuple(self)

    def __getitem__(self, player: Any) -> Any:
        if isinstance(player, str):
            return super().__getitem__(self.game.player_index(player))
        return super().__getitem__(player)

    def __repr__(self) -> str:
        players = self.game.players
        if len(players) > 12:
            rest = f" and {len(players) - 12} more"
            return f"<{type(self).__name__}: {amounts(players[:12], self[:12])}{rest}>"
        return f"<{type(self).__name__}: {amounts(players, self)}>"

    __str__ = __repr__


def numbered(values: Iterable[Any]) -> str:
    """Return numbers separated by commas."""
    return ", ".join(map(plain, values))
