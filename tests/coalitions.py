"""Random coalitional games, and what every game's coalitions are, for several tests."""

from fractions import Fraction

from hypothesis import strategies as st

import balancegame as bg


def tabled(values, names="ABCDEFGH"):
    """The game in which coalition number k, by its bits, is worth ``values[k]``."""
    size = len(values).bit_length() - 1
    return bg.CoalitionalGame(
        {
            tuple(name for i, name in enumerate(names[:size]) if mask >> i & 1): value
            for mask, value in enumerate(values)
            if mask
        },
        tuple(names[:size]),
    )


def as_table(game):
    """The same game by the values of its coalitions alone."""
    return tabled(game.table, game.players)


ANY = st.integers(-20, 20)


@st.composite
def games(draw, size=None, most=4, values=ANY):
    size = size or draw(st.integers(1, most))
    table = draw(st.lists(values, min_size=2**size - 1, max_size=2**size - 1))
    return tabled([0, *table])


@st.composite
def votes(draw, most=7, rules=3):
    size = draw(st.integers(1, most))
    columns = draw(
        st.lists(
            st.one_of(
                st.just([1] * size),
                st.lists(st.integers(0, 6), min_size=size, max_size=size).filter(any),
            ),
            min_size=1,
            max_size=rules,
        )
    )
    quotas = [draw(st.integers(1, sum(column))) for column in columns]
    names = [f"player {k + 1}" for k in range(size)]
    vetoes = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return bg.CoalitionalGame.weighted(columns, quotas, names, vetoes)


def estate(size, claims=(100, 200, 300)):
    """The Talmud's bankruptcy: a coalition gets what the claims of the others leave."""
    return bg.CoalitionalGame(
        lambda S: max(Fraction(0), size - sum(c for c in claims if f"claim {c}" not in S)),
        players=tuple(f"claim {c}" for c in claims),
    )


GLOVE = bg.CoalitionalGame(
    lambda S: min("right" in S, len(S - {"right"})), players=("left 1", "left 2", "right")
)
AIRPORT = bg.CoalitionalGame(
    lambda S: max((int(name) for name in S), default=0), players=("1", "2", "3")
)
MAJORITY = bg.CoalitionalGame.majority((1, 1, 1), ("A", "B", "C"))
