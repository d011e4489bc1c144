"""Payoffs for each student of exercise 1: what is drawn, and what must hold besides test_01."""

from fractions import Fraction
from functools import lru_cache

import balancegame as bg

INVESTMENT = (("Invest", "Wait"), ("Protect", "Tax", "Seize"))
QUESTIONS = (("Japan", "Tax"), ("Japan", "Seize"), ("Russia", "Invest"), ("Russia", "Wait"))


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
    tied = draw.pick(("Tax", "Seize"))
    column = INVESTMENT[1].index(tied)
    japan[1][column] = japan[0][column]
    row = draw(0, 1)
    first, second, _ = draw.shuffled(range(3))
    russia[row][first] = russia[row][second] = max(russia[row])
    E = draw(3, 10)
    r = draw(1, 4)
    return {
        "investment": bg.NormalFormGame([japan, russia], ("Japan", "Russia"), INVESTMENT),
        "empty_threat": bg.models["core-dilemma"].game(
            s=draw(E + 1, E + 10), E=E, r=r, k=r + draw(1, 4)
        ),
    }


@lru_cache(maxsize=8)
def answers(game):
    """Return the four answers about the investment."""
    return [
        {*bg.best_responses(game, player, (None, other) if player == "Japan" else (other, None))}
        for player, other in QUESTIONS
    ]


def each_has_one_tie(games):
    """Each player has a tie in one of its two answers and none in the other."""
    sizes = [len(answer) for answer in answers(games["investment"])]
    return sorted(sizes[:2]) == sorted(sizes[2:]) == [1, 2]


def wrong_numbers_show(games):
    """Whoever compares the other player's payoffs goes wrong three times out of four at least."""
    game = games["investment"]
    swapped = bg.NormalFormGame(game.payoffs[::-1], game.players, game.actions)
    return sum(x != y for x, y in zip(answers(game), answers(swapped), strict=True)) >= 3


def boundary(games):
    """Return the smallest probability of Enforce at which Japan still complies."""
    ends = (end.strategies for end in bg.equilibria(games["empty_threat"]))
    return min(us[0] for japan, us in ends if japan[0] == 1)


def phrases(games):
    """Return what the notebook says of the threat besides its table."""
    (comply, _), (punished, loss), (unpunished, kept) = (
        games["empty_threat"].payoff(cell)
        for cell in (("Comply", "Enforce"), ("Engage", "Enforce"), ("Engage", "Acquiesce"))
    )
    E, s, k_minus_r = unpunished - comply, unpunished - punished, kept - loss
    return [f"*E* = {E}, *s* = {s}", f"*k* - *r* = {k_minus_r}"]


# The draw takes care of the threat: it is empty (k > r) and deters all the same (s > E).
REQUIREMENTS = (
    ("each player has a tie in one answer and none in the other", each_has_one_tie),
    ("the other player's payoffs lead astray", wrong_numbers_show),
    (
        "the boundary is no half, so that mixing up the actions shows",
        lambda games: boundary(games) != Fraction(1, 2),
    ),
    (
        "the boundary has no short decimal, so that rounding shows",
        lambda games: 10**6 % boundary(games).denominator != 0,
    ),
)
