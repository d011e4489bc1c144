"""Payoffs of their own for each student of exercise 3: what is drawn, and what must hold of it."""

from fractions import Fraction
from itertools import pairwise

import balancegame as bg

MODEL = bg.models["inspection"]
PUBLISHED = {"watched": MODEL.game(G=2, sigma=8, b=5, c=2, D=3)}


def draw(draw):
    """Return a game of violating and punishing in which both mix, a little change allowed for."""
    G, c = draw(1, 6), draw(2, 6)
    return {"watched": MODEL.game(G=G, sigma=G + draw(2, 8), c=c, b=c + draw(1, 4), D=draw(1, 6))}


def mixtures(games):
    """Return how often Japan violates and the US sanctions."""
    (only,) = bg.equilibria(games["watched"])
    return tuple(strategy[0] for strategy in only.strategies)


def told_apart(games):
    """The four probabilities of the two mixtures differ, so that each mistake shows."""
    violate, sanction = mixtures(games)
    return len({violate, 1 - violate, sanction, 1 - sanction}) == 4


def far_apart(games):
    """No mistake is so near the right answer that it would pass for rounding."""
    violate, sanction = mixtures(games)
    chances = sorted([violate, 1 - violate, sanction, 1 - sanction])
    return all(b - a > Fraction(1, 50) for a, b in pairwise(chances))


REQUIREMENTS = (
    ("each action has a probability of its own", told_apart),
    ("no mistake looks like rounding", far_apart),
    ("both mix", lambda games: all(0 < chance < 1 for chance in mixtures(games))),
)
