"""Payoffs for each student of exercise 6: what is drawn; test_06 says which mistakes must show."""

from bisect import bisect_left
from fractions import Fraction
from functools import cache

import balancegame as bg
from balancegame.grading.exercise.number_meant import passes_for

ACTIONS = (("Support", "Withhold"),) * 2
IN_THE_LESSON, HALF = (3, 0, 5, 1), Fraction(1, 2)
SANCTIONS = tuple(map(Fraction, ("1/4", "1/3", "1/2", "2/3", "3/4")))
DELTAS = sorted({Fraction(k, n) for n in (3, 4, 5) for k in range(1, n)} | {HALF})
LARGEST_DENOMINATOR = 25


def games(alliance, others, sanction, patience, patrol, little):
    """Return three dilemmas, a sanction, and what the future counts in tasks 2 and 4."""
    return {
        "alliance_a": dilemma(alliance, alliance),
        "alliance_b": dilemma(*others),
        "sanction": sanction,
        "forgiving_delta": patience,
        "patrols": dilemma(patrol, patrol),
        "patrol_delta": little,
    }


def dilemma(japan, us):
    """Return a prisoners' dilemma from each player's payoffs R, S, T and P."""
    (R, S, T, P), (r, s, t, p) = japan, us
    return bg.NormalFormGame([[[R, S], [T, P]], [[r, t], [s, p]]], ("Japan", "US"), ACTIONS)


OTHERS = ((5, 0, 8, 2), (4, 1, 7, 2))
PUBLISHED = games((4, 0, 6, 2), OTHERS, HALF, HALF, IN_THE_LESSON, Fraction(2, 5))


def draw(draw):
    """Return games in which too little patience is the point of tasks 2 and 4."""
    alliance, patrol = payoffs(draw), payoffs(draw)
    (R, _, T, P), (r, s, t, p) = alliance, patrol
    # Joint support is worth more than taking turns: what fails in task 4 is the better path.
    draw.assume(2 * r > t + s and alliance != IN_THE_LESSON)
    # Enough for taking turns, and too little for joint support.
    turns = Fraction(p - s, t - p)
    littles = between(turns, least_patience(*patrol))
    # Enough for an endless punishment, and too little for one of a single period.
    patiences = between(least_patience(*alliance), Fraction(1))
    draw.assume(bool(littles) and bool(patiences))
    others = draw.aside(2 * 4)
    sanction = draw.pick(SANCTIONS)
    patience, little = draw.pick(patiences), draw.pick(littles)
    draw.assume(turns < little and patience * (R - P) < T - R)
    # The answer is soon written down, and another one if the sanction is counted once.
    lacking = T - R - sanction
    needed, once = lacking / (T - P), lacking / (T - P - sanction)
    draw.assume(needed.denominator <= LARGEST_DENOMINATOR and not passes_for(once, needed))
    return games(alliance, (payoffs(others), payoffs(others)), sanction, patience, patrol, little)


@cache
def between(low, high):
    """Return the discount factors from one number on that are below another."""
    return DELTAS[bisect_left(DELTAS, low) : bisect_left(DELTAS, high)]


def payoffs(draw):
    """Return reward R, sucker's payoff S, temptation T and punishment P: T > R > P > S."""
    S = draw(-2, 2)
    P = S + draw(1, 3)
    R = P + draw(1, 5)
    return R, S, R + draw(1, 5), P


def least_patience(R, S, T, P):
    """Return the discount factor at which grim trigger leaves a player indifferent."""
    return Fraction(T - R, T - P)


def phrases(games):
    """Return what the notebook says of the numbers besides its tables."""
    delta, ((R, S), (T, P)) = games["patrol_delta"], games["patrols"].payoffs[0]
    s, patience = games["sanction"], games["forgiving_delta"]
    needed = f"*δ* ≥ {least_patience(R, S, T, P)}"
    own = [f"*s* = {s}", f"*δ* = {patience}", needed, f"*δ* = {delta}", f"more than {P}"]
    return [*own, f'bg.RepeatedGame(game, "{delta}")']
