"""Payoffs for each student of exercise 11: what is drawn, and what must hold besides test_11."""

from bisect import bisect_right
from fractions import Fraction
from functools import cache

import balancegame as bg
from balancegame.grading.exercise.number_meant import EXAMPLE, passes_for

PLAYERS = ("Japan", "US")
ACTIONS = (("Support", "Withhold"),) * 2
CHANCES = tuple(Fraction(1, n) for n in (3, 4, 5, 6, 8, 10))
DELTAS = sorted({Fraction(k, n) for n in (3, 4, 5, 6, 10) for k in range(1, n)})


def dilemma(R, S, T, P):
    """Return a prisoners' dilemma of two players who are alike."""
    return bg.NormalFormGame([[[R, S], [T, P]], [[R, T], [S, P]]], PLAYERS, ACTIONS)


def project(I, y, delta, h):  # noqa: E741 - the lesson's letter for what is invested
    """Return what a project is made of."""
    return {"I": I, "y": y, "delta": Fraction(delta), "h": Fraction(h)}


def issues(*values):
    """Return the costs and the worth of support on two issues, the hard one first."""
    return dict(zip(("E_1", "Y_1", "E_2", "Y_2"), values, strict=True))


def weather(E, k, Y, delta, r):
    """Return what support costs and is worth in a world that changes, and how fast it does."""
    return {"E": E, "k": k, "Y": Y, "delta": Fraction(delta), "r": Fraction(r)}


def costs(calm, hostility):
    """Return what support costs in calm and in hostility."""
    return {"calm": calm, "hostility": hostility}


IN_THE_LESSON = issues(3, 4, 1, 5)
PUBLISHED = {
    "alliance": dilemma(4, 0, 6, 1),
    "delta": Fraction(9, 10),
    "project": project(3, 8, "9/10", "1/6"),
    "issues": issues(4, 7, 1, 3),
    "design_delta": Fraction(2, 3),
    "design_hazard": Fraction(1, 5),
    "weather": weather(2, 3, 5, "4/5", "2/5"),
    "costs": costs(5, 3),
}


def draw(draw):
    """Return an alliance, a project, issues, what the future counts, and a world that changes."""
    for_alliance, for_costs, for_delta = draw.aside(4), draw.aside(2), draw.aside(1)
    paid, y, counts, h = draw(2, 6), draw(7, 16), draw.pick(DELTAS), draw.pick(CHANCES)
    # The project survives some sanction that the model knows. Most draws end here, and whole
    # numbers tell it soonest.
    whole = counts.denominator * h.denominator
    spare = counts.numerator * (h.denominator - h.numerator) * y - paid * whole
    draw.assume(0 < spare <= 10 * whole)
    for_worths = draw.aside(2)
    design_delta, hazard = draw.pick(DELTAS), draw.pick(CHANCES)
    # There is room to design two issues.
    draw.assume(is_roomy(design_delta, hazard))
    P, R, S, T = payoffs(for_alliance)
    above = patient_enough(T - R, T - P)
    # The alliance holds with some patience, and the notebook says each discount factor once.
    draw.assume(bool(above))
    delta = for_delta.pick(above)
    draw.assume(delta != design_delta)
    hard, easy = for_costs(3, 7), for_costs(1, 4)
    two = issues(hard, hard + for_worths(1, 3), easy, easy + for_worths(2, 6))
    # The first issue is the hard one, and whoever takes the average must not come near.
    E, Y, e, y_easy = two.values()
    draw.assume(2 * e < y_easy and Y < 2 * E)
    hard_one, easy_one, linked = ratios(two)
    draw.assume(not passes_for((hard_one + easy_one) / 2, linked))
    # Neither the lesson nor task 2 solves task 4.
    for each in (IN_THE_LESSON, two):
        draw.assume(not solves(each, design_delta, hazard))
    # What task 1 and task 2 ask for can be told from mistakes; most that cannot ends here.
    needed = Fraction(T - R, T - P)
    hazard_survived = 1 - needed / delta
    draw.assume(apart(hazard_survived, needed / delta, delta - needed, 1 - needed))
    for one, other in ((hard_one, easy_one), (easy_one, hard_one)):
        draw.assume(apart(one, other, 1 / one, one / (1 - one), 1 - one))
    calm, shift = draw(4, 8), draw(1, 3)
    return {
        "alliance": dilemma(R, S, T, P),
        "delta": delta,
        "project": project(paid, y, counts, h),
        "issues": two,
        "design_delta": design_delta,
        "design_hazard": hazard,
        "weather": drawn_weather(draw),
        "costs": costs(calm, draw.pick((calm - shift, calm + shift))),
    }


def payoffs(draw):
    """Return punishment P, reward R, sucker's payoff S and temptation T: T > R > P > S."""
    P = draw(-1, 2)
    R = P + draw(2, 5)
    return P, R, P - draw(1, 3), R + draw(1, 4)


@cache
def is_roomy(delta, hazard):
    """Return whether issues can be designed that linking helps without a hazard and harms with."""
    return delta >= Fraction(1, 3) and delta * (1 + hazard) < 1


def apart(right, *mistaken):
    """Return whether an answer can be told from mistaken ones, and these from each other."""
    return (
        right != EXAMPLE
        and right.denominator <= LARGEST_DENOMINATOR
        and not any(passes_for(each, right) for each in mistaken)
        and len({*mistaken}) == len(mistaken)
    )


@cache
def patient_enough(gain, loss):
    """Return the discount factors above that at which an alliance just holds."""
    return DELTAS[bisect_right(DELTAS, Fraction(gain, loss)) :]


def drawn_weather(draw):
    """Return a world that changes, drawn until the answer and its mistakes are apart.

    Whatever else a student meets would change with a draw that is refused as a whole.
    """
    for _ in range(1000):
        E, k, Y, delta, r = draw(1, 4), draw(2, 7), draw(3, 9), draw.pick(DELTAS), draw.pick(DELTAS)
        # Most draws have no such chance at all, which whole numbers tell.
        spare = delta.numerator * Y - delta.denominator * E
        if not 0 < spare < delta.denominator * k:
            continue
        found = chances({"E": E, "k": k, "Y": Y, "delta": delta, "r": r})
        if not all(0 < f.numerator < f.denominator for f in found) or found[0].denominator > 60:
            continue
        largest, *others = found
        wrong = {1 - largest, *others}
        if len(wrong) == 3 and all(abs(f - largest) > Fraction(1, 40) for f in wrong):
            break
    return weather(E, k, Y, delta, r)


def chances(own):
    """Return the largest chance of hostility, and what two mistakes in task 5 come to."""
    E, k, Y, delta, r = own.values()
    (a, b), (p, q) = delta.as_integer_ratio(), r.as_integer_ratio()
    # What is to spare, delta Y - E, and what it lacks of k, in parts of b. Whole numbers take a
    # tenth of the time of fractions, and a draw asks this for many worlds.
    spare, lacks = a * Y - b * E, b * k - a * Y + b * E
    if not 0 < spare < b * k:
        return [Fraction(0)] * 3
    return [
        Fraction(spare * a * p - (b - a) * lacks * q, a * lacks * q),
        Fraction(spare, a * Y),
        Fraction(spare * p, lacks * q),
    ]


def ratios(values):
    """Return cost over worth of the hard issue, of the easy one, and of both linked."""
    E, Y, e, y = values.values()
    return [Fraction(E, Y), Fraction(e, y), Fraction(E + e, Y + y)]


def solves(values, delta, hazard):
    """Return whether linking helps if nothing is in doubt, and harms where there is a hazard."""
    hard, easy, linked = ratios(values)
    return easy <= delta * (1 - hazard) < linked <= delta < hard


def phrases(games):
    """Return what the notebook says of the numbers besides its tables."""
    return [
        f"*δ* = {games['delta']}",
        f"*δ* = {games['design_delta']}",
        f"*h* = {games['design_hazard']}",
    ]


LARGEST_DENOMINATOR = 60
REQUIREMENTS = (
    (
        "support in any weather depends on how often hostility breaks out",
        lambda games: all(0 < number < 1 for number in chances(games["weather"])),
    ),
)
