"""Tests of exercise 8. You may read them: they hold no stored solution but ask the solver."""

import random
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

import pytest

import balancegame as bg
from balancegame.exact import plain
from balancegame.grading import exercise as ex
from balancegame.models.kurils import KURILS
from balancegame.models.pipeline import PIPELINE


# The numbers are small, so the same are drawn for many students.
@lru_cache(maxsize=512)
def power(weights, quota):
    """Ask the solver in what part of all orders A is pivotal, and for its Banzhaf index."""
    game = bg.CoalitionalGame.weighted(weights, quota)
    return bg.shapley(game)[0], bg.banzhaf(game).normalised[0]


@lru_cache(maxsize=256)
def field(c, j, s):
    """Return the game of three about a field of gas."""
    return PIPELINE.game(c=c, j=j, s=s)


@lru_cache(maxsize=256)
def least_of_russia(c, j, s):
    """Ask the solver what Russia gets at least in the core."""
    return min(corner["Russia"] for corner in bg.core(field(c, j, s)))


@lru_cache(maxsize=256)
def split_by_orders(c, j, s):
    """Ask the solver what each of the three adds on average."""
    return bg.shapley(field(c, j, s))


@pytest.mark.task(1)
@pytest.mark.hint(
    "In which orders of coming together does A turn a losing coalition into a winning one?",
    "Write down all six orders of A, B and C, and in each the sum of weights before A and with A.",
    "A is pivotal where the sum before A is below the quota and the sum with A is not.",
)
@ex.asks("first", "second", "third", "fourth", read=ex.read_probability)
def test_power(own, name):
    *weights, quota = own[name].values()
    right, banzhaf = power(tuple(weights), quota)
    return right, {
        ("part-of-the-weight", Fraction(weights[0], sum(weights))): "that is A's part of the "
        "weight; ask how often A turns losing into winning.",
        ("banzhaf", *({banzhaf} - {right})): "that is the Banzhaf index, "
        "which counts coalitions; count orders.",
        "orders": "go through the six orders: in how many does A bring the sum of the weights "
        f"to {quota} or more, when it was less before?",
    }


@pytest.mark.task(2)
@pytest.mark.hint(
    "Who could do better without whom, and what does each add in each order?",
    "Russia and Japan have j - s by themselves. List the six orders, as the lesson does.",
    "j - s at least; c/2 - (j - s)/3 for China, (j - s)/6 for Japan; (v_J + v_R + a)/2 is paid.",
)
@ex.asks("russia_at_least")
def test_core(own):
    c, j, s = own["gas"].values()
    return least_of_russia(c, j, s), {
        ("no-sanction", j): "that would be the floor without the sanction; Russia and Japan "
        "have less by themselves now.",
        ("ceiling", c): "that is the most that Russia can get in the core.",
        ("nothing", 0): "then Russia and Japan would object.",
        "floor": "ask which coalition could object to a low price, and what it is worth.",
    }


@pytest.mark.task(2)
@ex.asks("china_shapley", "japan_shapley")
def test_shapley(own, name):
    player = "China" if name == "china_shapley" else "Japan"
    c, j, s = own["gas"].values()
    found, before = split_by_orders(c, j, s), split_by_orders(c, j, 0)
    total = 6 * found[player]
    return found[player], {
        ("no-sanction", before[player]): "that is its value without the sanction.",
        ("sum", total): "that is the sum over all six orders; take the average.",
        ("three-orders", total / 3): "there are six orders, not three.",
        "orders": f"list the six orders, and what {player} adds in each to those before it.",
    }


@pytest.mark.task(2)
@ex.asks("payment")
def test_payment(own):
    v_J, v_R, a = own["islands"].values()
    solution = bg.nash_bargaining(KURILS.game(**own["islands"]))
    return -solution.payments[0], {
        ("gain", solution.gains[0]): "that is what each of them gains.",
        ("no-audience", Fraction(v_J + v_R, 2)): "you left out what it costs Russia's leaders.",
        ("not-halved", v_J + v_R + a): "divide by 2: they meet in the middle.",
        ("all-to-russia", v_J): "at that price Japan gains nothing.",
        ("all-to-japan", v_R + a): "at that price Russia gains nothing.",
        "middle": "the price lies in the middle, between what the islands are worth to Japan "
        "and what giving them up costs Russia in all.",
    }


def listed(given, function, weights, quota):
    says = ex.read_returned(given, function)
    if not isinstance(says, (list, tuple)):
        ex.wrong("not-a-list", f"{function} gives back {says!r}, not a list.")
    if len(says) != len(weights):
        ex.wrong(
            "length",
            f"{function}({weights}, {quota}) gives back {says}; give one number for each member.",
        )
    return list(says)


def swings(weights, quota):
    """Ask the solver."""
    game = bg.CoalitionalGame.weighted(weights, quota)
    return [int(number) for number in bg.banzhaf(game).swings]


def many_votes(sizes=(1, 2, 3, 4, 5), most=6, seed="exercise 8"):
    draw = random.Random(seed)
    votes = []
    for members in sizes:
        for _ in range(8):
            weights = [draw.randint(0, most) for _ in range(members - 1)] + [draw.randint(1, most)]
            votes.append((weights, draw.randint(1, sum(weights))))
    return votes


def counted(counts):
    """Return the function that counts the coalitions with a member that count in some sense."""

    def function(weights, quota):
        everybody = range(len(weights))
        groups = [g for size in range(len(weights) + 1) for g in combinations(everybody, size)]
        return [sum(i in g and counts(weights, quota, g, i) for g in groups) for i in everybody]

    return function


def total(weights, group):
    return sum(weights[i] for i in group)


def strictly(weights, quota, group, i):
    return total(weights, group) > quota >= total(weights, group) - weights[i]


def wins(weights, quota, group, i):
    return total(weights, group) >= quota


def minimal(weights, quota, group, i):
    return total(weights, group) >= quota > total(weights, group) - min(weights[k] for k in group)


@pytest.mark.task(3)
@pytest.mark.hint(
    "Which coalitions are there, and when does a member count in one?",
    "itertools.combinations(range(len(weights)), size) gives all coalitions of a size.",
    "Count those with total >= quota and total - weights[i] < quota, for each i in them.",
)
@ex.asks_function(
    swings,
    {"in the example": (1, [([3, 2, 1], 4)]), "in many other votes": (2, many_votes)},
    {
        ("more-than-quota", counted(strictly)): "lets a coalition win only with more than the "
        "quota; reaching it is enough",
        ("all-winning", counted(wins)): "counts every winning coalition that a member is in; it "
        "must lose without the member",
        ("minimal-only", counted(minimal)): "counts only coalitions in which everybody is needed; "
        "it is enough that this member is",
    },
    listed,
)
def test_swings(says, right, weights, quota):
    return f"swings({weights}, {quota}) returns {says}; it should be {right}."


POWERS = ("us", "china", "russia", "japan")
NAMES = ("US", "China", "Russia", "Japan")


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "What is half of all resources?",
    "The US must have less than the other three together, and more than each of them.",
    "2 against three times 1, for example.",
)
@ex.asks_design(*POWERS, read=ex.read_number)
def test_the_us_is_the_largest_but_has_less_than_half(us, **others):
    most, together = max(others.values()), sum(others.values())
    has = f"The US has {plain(us)}"
    return {
        ("more-than-half", us > together, "us = 4  # 4 and the others 3"): f"{has} and the others "
        f"{plain(together)} together: it is a dictator. Give it less.",
        ("just-half", us == together, "us = 3"): f"{has}, as much as the others together: that is "
        "just half, not less.",
        ("not-the-largest", us <= most, "us = 1  # power 1"): f"{has}, and another power "
        f"{plain(most)}: the US must have more than any other.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "With whom does the US have more than half?",
    "If any single one of the others is enough, the US is pivotal unless it comes first or last.",
    "Four powers have 24 orders. The US comes second or third in half of them.",
)
@ex.asks_design(*POWERS, read=ex.read_number)
def test_the_us_has_half_of_the_power_and_nobody_is_without(**resources):
    named = dict(zip(NAMES, resources.values(), strict=True))
    power = bg.shapley(bg.CoalitionalGame.majority(named))
    without = [name for name in NAMES if not power[name]]
    return {
        ("too-little-power", power["US"] < Fraction(1, 2), "us = 1  # only 1/4"): "The US has only "
        f"{plain(power['US'])} of the power. Let it need only one of the others, whichever that "
        "is.",
        ("powerless", bool(without), "us, japan = 3, 0  # Japan"): f"{' and '.join(without)} can "
        "never turn a losing coalition into a winning one. Give more, or take from another.",
    }
