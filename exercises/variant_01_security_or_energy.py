"""Payoffs for each student of exercise 1: what is drawn; test_01 says which mistakes must show."""

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
    draw.assume(each_has_one_tie(japan, russia) and wrong_numbers_show(japan, russia))
    # The threat is empty (k > r) and deters all the same (s > E).
    E = draw(3, 10)
    r = draw(1, 4)
    s = draw(E + 1, E + 10)
    # Japan complies from the probability E/s on: rounding shows, and so does mixing up the actions.
    draw.assume(10**6 % Fraction(E, s).denominator)
    return {
        "investment": bg.NormalFormGame([japan, russia], ("Japan", "Russia"), INVESTMENT),
        "empty_threat": bg.models["core-dilemma"].game(s=s, E=E, r=r, k=r + draw(1, 4)),
    }


def answers(japan, russia):
    """Return the four answers about the investment, each as the actions with the largest payoff."""
    rows, columns = INVESTMENT
    compared = [
        dict(zip(rows, (row[columns.index(other)] for row in japan), strict=True))
        if player == "Japan"
        else dict(zip(columns, russia[rows.index(other)], strict=True))
        for player, other in QUESTIONS
    ]
    return [{name for name in own if own[name] == max(own.values())} for own in compared]


def each_has_one_tie(japan, russia):
    """Each player has a tie in one of its two answers and none in the other."""
    sizes = [len(answer) for answer in answers(japan, russia)]
    return sorted(sizes[:2]) == sorted(sizes[2:]) == [1, 2]


def wrong_numbers_show(japan, russia):
    """Whoever compares the other player's payoffs goes wrong three times out of four at least."""
    pairs = zip(answers(japan, russia), answers(russia, japan), strict=True)
    return sum(right != wrong for right, wrong in pairs) >= 3


def phrases(games):
    """Return what the notebook says of the threat besides its table."""
    (comply, _), (punished, loss), (unpunished, kept) = (
        games["empty_threat"].payoff(cell)
        for cell in (("Comply", "Enforce"), ("Engage", "Enforce"), ("Engage", "Acquiesce"))
    )
    E, s, k_minus_r = unpunished - comply, unpunished - punished, kept - loss
    return [f"*E* = {E}, *s* = {s}", f"*k* - *r* = {k_minus_r}"]
