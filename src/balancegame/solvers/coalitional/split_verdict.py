"""Whether a split is in the core: which coalitions object to it, and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from balancegame.errors import GameError
from balancegame.exact import exact, plain
from balancegame.games.coalitional import CoalitionalGame
from balancegame.games.names import listed
from balancegame.solvers.coalitional.least_excess import sums
from balancegame.solvers.coalitional.player_values import PlayerValues
from balancegame.solvers.solutions import Explained
from balancegame.wording import and_list


@dataclass(frozen=True)
class Objection:
    """A coalition that is worth more than its members get, and by how much."""

    coalition: tuple[str, ...]
    worth: Fraction
    gets: Fraction

    @property
    def excess(self) -> Fraction:
        """What the coalition misses."""
        return self.worth - self.gets


@dataclass(frozen=True, repr=False)
class SplitVerdict(Explained):
    """Whether a split is in the core, and why.

    Attributes
    ----------
    game : CoalitionalGame
    split : PlayerValues
    excess : Fraction
        What the coalition that misses most misses, of all but nobody and everybody; negative where
        each gets more than it is worth.
    objections : tuple of Objection
        The coalitions that object, those that miss most first.
    left_over : Fraction
        What everybody is worth less what is split: positive if something is left over, negative if
        more is split than there is.
    """

    game: CoalitionalGame
    split: PlayerValues
    excess: Fraction
    objections: tuple[Objection, ...]
    left_over: Fraction

    @property
    def holds(self) -> bool:
        """Whether the split is in the core."""
        return not self.objections and not self.left_over

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        if self.holds:
            return "<SplitVerdict: in the core; no coalition objects>"
        words = [f"{and_list(o.coalition)} by {plain(o.excess)}" for o in self.objections[:3]]
        more = len(self.objections) - len(words)
        words += [f"{more} more"] if more else []
        objecting = f"objections: {'; '.join(words)}" if words else ""
        left = f"left over: {plain(self.left_over)}" if self.left_over else ""
        return f"<SplitVerdict: not in the core; {'; '.join(filter(None, (left, objecting)))}>"


def read_split(game: CoalitionalGame, split: Any) -> PlayerValues:
    """Return a split as a number for each player, from a sequence or a mapping of names."""
    if isinstance(split, Mapping):
        given = {game.player_index(player): part for player, part in split.items()}
        missing = [name for i, name in enumerate(game.players) if i not in given]
        if missing:
            raise GameError(
                f"the split gives nothing to {and_list(missing)}; give each player a number, 0 "
                "included."
            )
        parts = [given[i] for i in range(len(game.players))]
    else:
        parts = listed(split, "the split")
    if len(parts) != len(game.players):
        raise GameError(
            f"the split has {len(parts)} parts; give {len(game.players)}, one for each of "
            f"{and_list(game.players)}."
        )
    named = zip(game.players, parts, strict=True)
    return PlayerValues(game, (exact(part, f"the part of {name}") for name, part in named))


def split_verdict(game: CoalitionalGame, split: Any) -> SplitVerdict:
    """Return which coalitions object to a split, and by how much."""
    parts = read_split(game, split)
    gets = sums(parts, np.object_)
    table = game.table
    excesses = [(table[mask] - gets[mask], mask) for mask in range(1, len(table) - 1)]
    objecting = sorted(
        ((excess, mask) for excess, mask in excesses if excess > 0),
        key=lambda entry: (-entry[0], entry[1].bit_count(), entry[1]),
    )
    objections = tuple(
        Objection(game.members(mask), table[mask] + Fraction(0), gets[mask] + Fraction(0))
        for _, mask in objecting
    )
    most = max((excess for excess, _ in excesses), default=Fraction(0))
    return SplitVerdict(game, parts, most, objections, table[-1] - sum(parts, Fraction(0)))
