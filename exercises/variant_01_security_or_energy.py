"""Payoffs for each student of exercise 1: what is drawn; test_01 says which mistakes must show."""

from fractions import Fraction
from operator import ne

import balancegame as bg

INVESTMENT = (("Invest", "Wait"), ("Protect", "Tax", "Seize"))
TAX, SEIZE = 1, 2
PUBLISHED = {
    "investment": bg.NormalFormGame(
        [[[6, 2, -3], [2, 2, 2]], [[5, 7, 7], [1, 0, 0]]], ("Japan", "Russia"), INVESTMENT
    ),
    "empty_threat": bg.models["core-dilemma"].game(s=9, E=6, k=4, r=2),
}


def draw(draw):
    """Return an investment with ties, and a US that would rather not punish."""
    japan, russia = ([[draw(-3, 7) for _ in range(3)] for _ in range(2)] for _ in range(2))
    # A tie for each player is the point of the question, and hardly ever comes of itself.
    column = draw.pick((TAX, SEIZE))
    japan[1][column] = japan[0][column]
    row = draw(0, 1)
    first, second, _ = draw.shuffled(range(3))
    russia[row][first] = russia[row][second] = max(russia[row])
    right, wrong = best(japan, russia), best(russia, japan)
    # Each player has a tie in one of its two answers and none in the other.
    ties = [len(answer) for answer in right]
    draw.assume(sorted(ties[:2]) == sorted(ties[2:]) == [1, 2])
    # Whoever compares the other player's payoffs goes wrong three times out of four at least.
    draw.assume(sum(map(ne, right, wrong)) >= 3)
    # The threat is empty (k > r) and deters all the same (s > E).
    E, r = draw(3, 10), draw(1, 4)
    s = draw(E + 1, E + 10)
    # Japan complies from the probability E/s on: rounding shows, and so does mixing up the actions.
    draw.assume(10**6 % Fraction(E, s).denominator)
    return {
        "investment": bg.NormalFormGame([japan, russia], ("Japan", "Russia"), INVESTMENT),
        "empty_threat": bg.models["core-dilemma"].game(s=s, E=E, r=r, k=r + draw(1, 4)),
    }


def best(japan, russia):
    """Return where payoffs are largest: in Japan's columns Tax and Seize, and in Russia's rows."""
    columns = [*zip(*japan, strict=True)]
    return [
        {place for place, payoff in enumerate(compared) if payoff == max(compared)}
        for compared in (columns[TAX], columns[SEIZE], *russia)
    ]


def phrases(games):
    """Return what the notebook says of the threat besides its table."""
    ((comply, _), (punished, unpunished)), (_, (loss, kept)) = games["empty_threat"].payoffs
    E, s = unpunished - comply, unpunished - punished
    return [f"*E* = {E}, *s* = {s}", f"*k* - *r* = {kept - loss}"]
