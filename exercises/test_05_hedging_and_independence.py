"""Tests of exercise 5. You may read them: they hold no stored solution but ask the solver."""

import random
from fractions import Fraction
from functools import lru_cache

import pytest

import balancegame as bg
from balancegame.exact import plain
from balancegame.grading import exercise as ex
from balancegame.solvers.signalling.perfect_bayesian import perfect_bayesian

HEDGING, SUITORS, ABANDONMENT, SIGNAL = (
    bg.models[name] for name in ("hedging", "suitors", "abandonment", "costly-signal")
)
POLICIES = ("Align", "Hedge", "Engage")
LOSS = 20
QUARTER = Fraction(1, 4)


def decision(E, a, eps, cost, s):
    """Return the decision of a Japan that faces an expected cost of a crisis."""
    return HEDGING.game(E=E, a=a, eps=eps, q=Fraction(cost, LOSS), s=s, sigma=QUARTER, L=LOSS)


def best_by(E, a, eps, cost, s, sigma=QUARTER):
    """Return the policy that brings most to whoever takes some number for another."""
    brings = 0, eps * E - cost * (1 - a) - sigma * s, E - cost - s
    return POLICIES[brings.index(max(brings))]


@pytest.mark.task(1)
@pytest.mark.hint(
    "What does each of the three policies bring?",
    "Align brings 0, Hedge eps E - qL (1 - a) less a quarter of s, Engage E - qL - s.",
    "Work out all three numbers, and take the largest.",
)
@ex.asks("first", "second", "third", "fourth", read=POLICIES)
def test_policy(own, name):
    values, game = own[name], decision(**own[name])
    right = bg.pure_equilibria(game)[0][0]
    # Without a sanction nobody can forget it, or take too much of it off: then both are right.
    forgotten, alike = best_by(**{**values, "s": 0}), best_by(**values, sigma=1)
    brings = lambda policy: plain(game.payoff((policy,))[0])  # noqa: E731 - few ask
    return right, {
        ("sanction-forgotten", ex.perhaps(forgotten)): "that would be best "
        "without the sanction; take s off what engaging brings, and a quarter of it off "
        "hedging.",
        ("sanctioned-alike", ex.perhaps(alike)): "you took the whole "
        "sanction off hedging; it is only a quarter.",
        (
            "share-kept",
            ex.perhaps(best_by(**{**values, "a": 1 - values["a"]})),
        ): "a crisis costs qL times the share of the protection that is lacking, 1 - a.",
        "not-best": lambda given: (
            f"{given} brings {brings(given)}, and another policy {brings(right)}."
        ),
    }


def ties(model, parameter, *pairs, **values):
    """Return for which value of a parameter the actions of each pair bring the same.

    What an action brings changes along a line, which the decisions at both ends of its range fix.
    """
    low, high = (getattr(model.parameters[parameter], end) for end in ("low", "high"))
    games = [model.game(**values, **{parameter: end}) for end in (low, high)]
    brings = [dict(zip(game.actions[0], game.payoffs[0], strict=True)) for game in games]
    gaps = [[end[one] - end[other] for end in brings] for one, other in pairs]
    return [low + (high - low) * first / (first - last) for first, last in gaps]


# The numbers of task 2 are small, so the same are drawn for many students.
@lru_cache(maxsize=256)
def band(E, a, eps):
    """Return the ends of the band in which hedging is best."""
    pairs = ("Hedge", "Engage"), ("Align", "Hedge")
    return [LOSS * q for q in ties(HEDGING, "q", *pairs, E=E, a=a, eps=eps, L=LOSS, s=0)]


@lru_cache(maxsize=16)
def price(w, b):
    """Ask the solver what the US offers a state that Russia would pay w, and that has a tie b."""
    ((offer,),) = bg.pure_equilibria(SUITORS.opening_game(w_R=w, b=b, w_U=10))
    return Fraction(offer)


@lru_cache(maxsize=256)
def least_fall(E, S):
    """Return by which part help must fall for a state that gains E by not joining in."""
    (fall,) = ties(ABANDONMENT, "Delta", ("Support", "Withhold"), E=E, S=S)
    return fall


@pytest.mark.task(2)
@pytest.mark.hint(
    "Which two things are equally good at each threshold?",
    "Hedge and Engage tie at (1 - eps) E/a, Align and Hedge at eps E/(1 - a).",
    "Loyalty costs max(0, w - b), and help must fall by E/S.",
)
@ex.asks("hedge_from", "align_from")
def test_band(own, name):
    E, a, eps = map(Fraction, own["band"].values())
    low, high = band(E, a, eps)
    right, other = (low, high) if name == "hedge_from" else (high, low)
    mistaken = eps * E / a if name == "hedge_from" else (1 - eps) * E / (1 - a)
    return right, {
        ("other-end", other): "that is the other end of the band.",
        ("extremes-only", ex.perhaps(E)): "there Align and Engage tie; but in "
        "between there is a third policy.",
        ("share-of-energy", ex.perhaps(mistaken)): "look again at which share of the energy "
        "counts: what hedging gives up against engaging, and what it gets against aligning.",
        "not-where-they-tie": lambda cost: (
            f"at qL = {plain(cost)} the two policies are not equally good: hedging brings "
            f"{plain(eps * E - cost * (1 - a))}, engaging {plain(E - cost)}, aligning 0."
        ),
    }


@pytest.mark.task(2)
@ex.asks("price_of_loyalty")
def test_price(own):
    w, b = own["suitor"]["w_R"], own["suitor"]["b"]
    return price(w, b), {
        ("without-a-tie", w): "that would be the price of a state that can leave for nothing.",
        ("tie-added", w + b): "the tie works for the US: subtract it.",
        ("tie-alone", ex.perhaps(b)): "that is what the tie saves the US.",
        ("captive", 0): f"this state is not captive: leaving costs it {b}, and Russia would "
        f"pay up to {w}.",
        "another-price": f"Russia would pay up to {w}, of which leaving costs {b}.",
    }


@pytest.mark.task(2)
@ex.asks("fall_of_help", read=ex.read_probability)
def test_fall(own):
    E, S = own["ally"]["E"], own["ally"]["S"]
    right = least_fall(E, S)
    return right, {
        ("what-is-left", 1 - right): "that is 1 - E/S: what may be left, not what is lost.",
        "not-indifferent": lambda fall: (
            f"a fall by {plain(fall)} costs Japan {plain(fall * S)} of help, and not joining "
            f"in gains it {E}."
        ),
    }


def bayes(prior, independent, dependent):
    """Return the share of Independent among all cases in which Japan engages."""
    told = prior * independent + (1 - prior) * dependent
    return prior * independent / told if told else None


def many_beliefs(parts=6, seed="exercise 5"):
    """Return a prior and two chances, in such parts; once nobody engages."""
    draw = random.Random(seed).choice
    never, *between, always = (Fraction(k, parts) for k in range(parts + 1))
    chances = [never, *between, always]
    asked = [(draw(between), draw(chances), draw(chances)) for _ in range(40)]
    return [*asked, (between[0], never, never)]


def read_belief(given, function, *question):
    """Return a probability that the student's function gave back, or None where it has to."""
    nothing = not any(question[1:])
    if given is None and nothing:
        return None
    if nothing:
        ex.wrong("unfounded", f"If nobody engages, {function} should return None, not {given!r}.")
    says = ex.read_returned_number(given, function)
    if not 0 <= says <= 1:
        ex.wrong("no-probability", f"{function} gives back {plain(says)}, which is no probability.")
    return says


def ratio(above, below):
    """Return a quotient, None where there is nothing to divide by."""
    return above / below if below else None


@pytest.mark.task(3)
@pytest.mark.hint(
    "How often is Japan Independent and engages, and how often Dependent and engages?",
    "The first is prior * independent, the second (1 - prior) * dependent.",
    "Divide the first by the sum of both, unless that is 0.",
)
@ex.asks_function(
    bayes,
    {
        "in the lesson's game": (1, [(Fraction(1, 3), Fraction(1), Fraction(k)) for k in range(2)]),
        "in many other cases": (2, many_beliefs),
    },
    {
        ("prior", lambda p, x, y: p if x or y else None): "returns the prior; what Japan did must "
        "change it, unless both kinds do it equally often",
        ("likelihood", lambda p, x, y: x if x or y else None): "returns how often an Independent "
        "Japan engages; asked is how often one that engages is Independent",
        ("prior-forgotten", lambda p, x, y: ratio(x, x + y)): "compares the two kinds as if both "
        "were equally likely from the start",
        ("joint", lambda p, x, y: p * x if x or y else None): "returns how often Japan is "
        "Independent and engages; divide by how often it engages at all",
        ("the-other-kind", lambda p, x, y: ratio((1 - p) * y, p * x + (1 - p) * y)): "returns how "
        "likely Japan is Dependent",
    },
    read_belief,
)
def test_belief(says, right, prior, independent, dependent):
    return (
        f"belief({prior}, {independent}, {dependent}) says {says}, but it is {right}. Work it out "
        "by hand."
    )


NAMES = {"reward": "B", "low_sanction": "s_L", "high_sanction": "s_H", "chance": "p"}


@lru_cache(maxsize=8)
def assessments(*values):
    """Ask the solver what both may do, and Russia believe, with these values."""
    return perfect_bayesian(SIGNAL.game(**dict(zip(NAMES.values(), values, strict=True))))


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("a visit can tell the two apart")
@pytest.mark.hint(
    "When does Independent find the visit worth its cost, and Dependent not?",
    "The reward must lie between the two sanctions.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_a_visit_can_tell_them_apart(reward, low_sanction, high_sanction, chance):
    alike = not any(
        one.kind == "separating" and "Engage" in one.sender["Independent"]
        for one in assessments(reward, low_sanction, high_sanction, chance)
    )
    return {
        ("too-dear", alike and low_sanction > reward, "low_sanction = 5  # 5, more"): "A visit "
        f"costs Independent {plain(low_sanction)}, more than the reward of {plain(reward)}: it "
        "stays away too.",
        ("too-cheap", alike, "high_sanction = 3  # 3, less"): "A visit costs Dependent "
        f"{plain(high_sanction)}, less than the reward of {plain(reward)}: it goes too.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("and it need not")
@pytest.mark.hint(
    "What does Russia believe of a Japan that stays away, if both kinds do?",
    "Its prior. When is that enough for a reward?",
    "p must be at least 1/2; then staying away is rewarded, and a visit only costs.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_both_may_stay_away_and_be_rewarded(chance, **values):
    rewards = [
        one.receiver["Stay away"].get("Reward")
        for one in assessments(*values.values(), chance)
        if one.kind == "pooling" and "Stay away" in one.sender["Dependent"]
    ]
    ignored = not any(reward and reward.high == 1 for reward in rewards)
    return {
        ("unlikely", ignored, "chance = '1/3'  # 1/3, which"): "Where both stay away Russia thinks "
        f"Japan independent with probability {plain(chance)}, which is less than one half, so it "
        "ignores them.",
    }
