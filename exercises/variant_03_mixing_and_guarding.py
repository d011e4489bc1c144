"""Payoffs for each student of exercise 3: what is drawn; test_03 says which mistakes must show."""

import balancegame as bg

MODEL = bg.models["inspection"]
PUBLISHED = {"watched": MODEL.game(G=2, sigma=8, b=5, c=2, D=3)}


def draw(draw):
    """Return a game of violating and punishing in which both mix, a little change allowed for."""
    G, c = draw(1, 6), draw(2, 6)
    return {"watched": MODEL.game(G=G, sigma=G + draw(2, 8), c=c, b=c + draw(1, 4), D=draw(1, 6))}
