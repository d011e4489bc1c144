"""Small games full of ties, of any number of players: what the property tests run on."""

from fractions import Fraction
from math import prod

from hypothesis import strategies as st

import balancegame as bg


def nested(flat, shape):
    if not shape:
        return next(flat)
    return [nested(flat, shape[1:]) for _ in range(shape[0])]


def payoffs(draw, shape):
    """Draw a table: whole numbers from -2 to 2, or fractions from -9 to 9 with denominators to 5.

    All entries are read from one draw of bytes, much faster than a draw for each; 0 comes from
    zeros, so that what fails is still shrunk to few and small payoffs.
    """
    drawn = draw(st.binary(min_size=2 * prod(shape), max_size=2 * prod(shape)))
    if draw(st.booleans()):
        entries = [_folded(a % 5) for a in drawn[::2]]
    else:
        entries = [
            Fraction(_folded(a % (18 * d + 1)), d)
            for a, d in zip(drawn[::2], (1 + b % 5 for b in drawn[1::2]), strict=True)
        ]
    return nested(iter(entries), shape)


def _folded(k):
    """0, -1, 1, -2, 2 and so on."""
    return k // 2 if k % 2 == 0 else -(k + 1) // 2


@st.composite
def games(draw, players=(1, 2, 3), most=3):
    count = draw(st.sampled_from(players))
    shape = [draw(st.integers(1, most if count < 3 else min(most, 3))) for _ in range(count)]
    return bg.NormalFormGame([payoffs(draw, shape) for _ in range(count)])


@st.composite
def zero_sum_games(draw, most=4):
    table = payoffs(draw, [draw(st.integers(1, most)), draw(st.integers(1, most))])
    return bg.NormalFormGame([table, [[-x for x in row] for row in table]])


def payoff_at(game, player, cell):
    """A payoff by plain indexing, so that no method of the game is trusted."""
    entry = game.payoffs[player]
    for a in cell:
        entry = entry[a]
    return Fraction(entry)
