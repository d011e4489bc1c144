"""Payoffs of their own for each student of exercise 1: what is drawn, and what must hold of it."""

from fractions import Fraction

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


def replies(game, player, other):
    """Return the best responses to an action of the other player."""
    against = (None, other) if player == game.players[0] else (other, None)
    return frozenset(bg.best_responses(game, player, against))


def answers(games):
    """Return the four answers about the investment."""
    return tuple(replies(games["investment"], *question) for question in QUESTIONS)


def ties(games):
    """Each player has a tie in one of its two answers and none in the other."""
    japan_if_tax, japan_if_seize, russia_if_invest, russia_if_wait = map(len, answers(games))
    return {japan_if_tax, japan_if_seize} == {1, 2} and sorted(
        (russia_if_invest, russia_if_wait)
    ) == [1, 2]


def wrong_numbers_show(games):
    """Whoever compares the other player's payoffs goes wrong three times out of four at least."""
    game = games["investment"]
    swapped = bg.NormalFormGame(game.payoffs[::-1], game.players, game.actions)
    return (
        sum(replies(swapped, *question) != replies(game, *question) for question in QUESTIONS) >= 3
    )


def boundary(games):
    """Return the smallest probability of Enforce at which Japan still complies."""
    return min(
        end.strategies[1][0]
        for end in bg.equilibria(games["empty_threat"])
        if end.strategies[0][0] == 1
    )


def threat_is_empty(games):
    """Comply and Enforce is an equilibrium although the US would not punish."""
    game = games["empty_threat"]
    return replies(game, "US", "Engage") == {"Acquiesce"} and bool(
        bg.verify(game, ("Comply", "Enforce"))
    )


def phrases(games):
    """Return what the notebook says of the threat besides its table."""
    game = games["empty_threat"]
    (comply, _), (punished, loss) = (
        game.payoff(cell) for cell in (("Comply", "Enforce"), ("Engage", "Enforce"))
    )
    unpunished, kept = game.payoff(("Engage", "Acquiesce"))
    E, s, k_minus_r = unpunished - comply, unpunished - punished, kept - loss
    return [f"*E* = {E}, *s* = {s}", f"*k* - *r* = {k_minus_r}"]


REQUIREMENTS = (
    ("each player has a tie in one answer and none in the other", ties),
    ("the other player's payoffs lead astray", wrong_numbers_show),
    ("the threat is empty and still part of an equilibrium", threat_is_empty),
    (
        "there are three ends of equilibria",
        lambda games: len(bg.equilibria(games["empty_threat"])) == 3,
    ),
    (
        "the boundary is no half, so that mixing up the actions shows",
        lambda games: boundary(games) != Fraction(1, 2),
    ),
    (
        "the boundary has no short decimal, so that rounding shows",
        lambda games: 10**6 % boundary(games).denominator != 0,
    ),
)
