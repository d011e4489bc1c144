"""Tests of exercise 3. You may read them: they hold no stored solution but ask the solver."""

import random
from fractions import Fraction
from functools import lru_cache

import numpy as np
import pytest

import balancegame as bg
from balancegame.grading import exercise as ex
from balancegame.models.routes import routes_game
from balancegame.wording import and_list, called

PLAYERS = ("Japan", "US")
HALF = Fraction(1, 2)
CHANGES = {
    "tougher": ("Japan", ((-1, 0), (0, 0))),
    "cheaper": ("US", ((1, 0), (1, 0))),
    "more_to_gain": ("Japan", ((1, 1), (0, 0))),
    "more_damage": ("US", ((-1, -1), (0, 0))),
}


@pytest.mark.task(1)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Whom must Japan's mixture leave indifferent, and whom must that of the US?",
    "Let p be the probability of Violate; write down what the US gets from each column.",
    "From a column the US gets p times its upper number plus (1 - p) times its lower one.",
)
@ex.asks("japan_violates", "us_sanctions", read=ex.read_probability)
def test_mixture(own, name):
    return ex.mixture(own["watched"], "Japan" if name == "japan_violates" else "US")


@pytest.mark.task(2)
@pytest.mark.hint(
    "Whose payoffs change, and whose mixture follows from them?",
    "Work out the new mixtures as in task 1, or with the lesson's two formulas.",
    "tougher: only Japan's payoffs change, so ask whose mixture keeps Japan indifferent.",
)
@ex.asks(*CHANGES, read=(*PLAYERS, "both", "nobody"))
def test_whose_probability_moves(own, name):
    game, (owner, rises) = own["watched"], CHANGES[name]
    changed = [*game.payoffs]
    changed[PLAYERS.index(owner)] = np.add(changed[PLAYERS.index(owner)], rises)
    before, after = map(ex.mixtures, (game, bg.NormalFormGame(changed)))
    moving = [who for who, x, y in zip(PLAYERS, before, after, strict=True) if x != y]
    if not moving:
        return "nobody", {
            "difference-counts": "both payoffs of the US in that row fall by the same amount. What "
            "it gains by punishing is as before, and only that difference makes it indifferent or "
            "not."
        }
    return and_list(moving), {
        ("own-payoff", owner): f"it is {owner}'s payoff that changes, but a mixture keeps the "
        f"other side indifferent. Who must go on keeping {called(owner)} indifferent?",
        ("nobody-moves", "nobody"): f"at the old mixtures {called(owner)} would no longer be "
        "indifferent, so somebody's mixture must change.",
        ("one-moves", "both"): "one player's payoffs are as before, so the mixture that keeps "
        "that player indifferent is as before too; only one moves.",
    }


def indifferent(us):
    """Ask the solver: let Japan want the opposite, so that only mixing is left."""
    game = bg.NormalFormGame([[[-x for x in row] for row in us], us])
    return bg.zero_sum_value(game).strategies[0][0]


def many_tables(most=5, seed="exercise 3"):
    """Return tables in which each row has its own best column, so that a mixture is needed."""
    draw = random.Random(seed)
    tables = []
    while len(tables) < 40:
        (a, b), (c, d) = us = [[draw.randint(-most, most) for _ in range(2)] for _ in range(2)]
        # Both players must mix, or the solver's answer for Japan would leave the US a preference.
        if ((a > b and d > c) or (a < b and d < c)) and (a - c) * (b - d) < 0:
            tables.append((us,))
    return tables


@pytest.mark.task(3)
@pytest.mark.hint(
    "What does the US get from each column if the first row has probability p?",
    "p a + (1 - p) c = p b + (1 - p) d, with a, b in the first row and c, d in the second.",
    "p = (d - c) / (a - b - c + d).",
)
@ex.asks_function(
    indifferent,
    {"in the example": (1, [([[0, -3], [-2, 0]],)]), "in many other tables": (2, many_tables)},
    {
        ("second-row", lambda us: 1 - indifferent(us)): "returns the probability of the second "
        "row; subtract it from 1",
        ("columns-mixed", lambda us: indifferent([list(c) for c in zip(*us, strict=True)])): (
            "returns the mixture of the columns that would make a player of the rows indifferent; "
            "here the rows are mixed, and the US compares its two columns"
        ),
        ("largest", lambda us: int(max(us[0]) >= max(us[1]))): "always chooses one row for sure; "
        "a player who is that predictable leaves nobody indifferent",
        ("upside-down", lambda us: 1 / indifferent(us)): "turns the fraction upside down; the "
        "difference d - c belongs on top",
    },
)
def test_first_row(p, right, us):
    left, column = (float(p * a + (1 - p) * b) for a, b in zip(*us, strict=True))
    return (
        f"first_row({us}) gives {float(p):g}. Then the US gets {left:g} from its first column and "
        f"{column:g} from its second; it should get the same from both."
    )


def read_losses(given, name):
    if not isinstance(given, (list, tuple)) or len(given) != 3:
        ex.wrong("not-three", "losses is a list of three numbers, such as [1, 2, 3].")
    losses = [ex.read_number(loss, f"the loss on route {i + 1}") for i, loss in enumerate(given)]
    if min(losses) <= 0:
        says = f"A loss of {min(losses)} is no danger; every loss must be more than 0."
        ex.wrong("not-positive", says)
    return tuple(losses)


@lru_cache(maxsize=8)
def guarded(losses):
    """Ask the solver about the routes."""
    return bg.zero_sum_value(routes_game([0] * 3, losses))


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "What do the lesson's formulas say about 1/v and about the share of a route?",
    "With v = 1, a route is used with probability 1 over its loss, and these add up to 1.",
    "The first loss is 2; the other two must have 1/l adding up to 1/2, and be different.",
)
@ex.asks_design("losses", read=read_losses)
def test_the_average_loss_is_one(losses):
    v = -guarded(losses).value
    return {
        ("rounded", 0 < abs(v - 1) < ex.NEAR, "losses = [2.01, 5, 3.3]"): f"Japan loses "
        f"{float(v):.16g} on average: very near 1, but not exactly. Write fractions in quotes, "
        'such as "7/2".',
        ("plain-average", v != 1 and sum(losses) == 3, "losses = [1, '1/2', '3/2']"): "The average "
        "of your three losses is 1, but Japan uses dangerous routes less often and loses only "
        f"{v}. It is the 1/l that must add up to 1.",
        ("losses-add-up", v != 1 and sum(losses) == 1, "losses = ['1/2', '1/3', '1/6']"): "Your "
        "losses add up to 1; it is the 1/l that must add up to 1.",
        ("another-value", v > 1, "losses = [3, 4, 5]  # 60/47"): f"Japan loses {v} on "
        "average, more than 1; make the losses smaller.",
        ("another-value", v < 1, "losses = [1, 2, 4]  # 4/7"): f"Japan loses {v} on "
        "average, less than 1; make the losses larger.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@ex.asks_design("losses", read=read_losses)
def test_the_first_route_is_used_half_of_the_time(losses):
    share = guarded(losses).strategies[0][0]
    turn = "smaller" if share < HALF else "larger"
    half_of_all = share != HALF and losses[0] * 2 == sum(losses)
    return {
        ("not-different", len({*losses}) < 3, "losses = [2, 4, 4]"): "Two of your losses are "
        "equal; the three must be different.",
        ("share-of-losses", half_of_all, "losses = [6, 2, 4]"): "Your first loss is half of all "
        f"losses. But a route where more is lost is used less: the first with probability {share}.",
        (
            "another-share",
            share != HALF,
            "losses = [3, 2, 6]  # 1/3, not 1/2; make its loss smaller",
            "losses = ['3/2', 6, 7]  # larger",
        ): f"Japan uses the first route with probability {share}, not 1/2; make its loss "
        f"{turn} compared with the others.",
    }
