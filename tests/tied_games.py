"""Small games full of ties, of any number of players: what the property tests run on."""

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

import balancegame as bg

few = st.integers(-2, 2)
many = st.fractions(-9, 9, max_denominator=5)


def nested(flat, shape):
    if not shape:
        return next(flat)
    return [nested(flat, shape[1:]) for _ in range(shape[0])]


@st.composite
def games(draw, players=(1, 2, 3), most=3):
    count = draw(st.sampled_from(players))
    shape = [draw(st.integers(1, most if count < 3 else min(most, 3))) for _ in range(count)]
    entries = few if draw(st.booleans()) else many
    cells = len(list(product(*map(range, shape))))
    return bg.NormalFormGame(
        [
            nested(iter(draw(st.lists(entries, min_size=cells, max_size=cells))), shape)
            for _ in range(count)
        ]
    )


@st.composite
def zero_sum_games(draw, most=4):
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    entries = few if draw(st.booleans()) else many
    row = st.lists(entries, min_size=columns, max_size=columns)
    table = draw(st.lists(row, min_size=rows, max_size=rows))
    return bg.NormalFormGame([table, [[-x for x in row] for row in table]])


def payoff_at(game, player, cell):
    """A payoff by plain indexing, so that no method of the game is trusted."""
    entry = game.payoffs[player]
    for a in cell:
        entry = entry[a]
    return Fraction(entry)
