"""Tests of exercise 3. You may read them: they hold no stored solution but ask the solver."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.reading import (
    NEAR,
    read_choice,
    read_probability,
    read_returned,
    refuse_rounded,
    refuse_wrong_turns,
)
from balancegame.models.routes import routes_game

PLAYERS = ("Japan", "US")


def watched(student):
    """Return the game of task 1, with the payoffs that hold for the student."""
    return student.variant["watched"]


def changed(game, owner, rises):
    """Return a game in which some payoffs of one player rise or fall, by rows and columns."""
    payoffs = [
        [
            [x + (rises[a][b] if player == owner else 0) for b, x in enumerate(row)]
            for a, row in enumerate(table)
        ]
        for player, table in zip(game.players, game.payoffs, strict=True)
    ]
    return bg.NormalFormGame(payoffs, game.players, game.actions)


def mixtures(game):
    """Return the probability of each player's first action in the only equilibrium."""
    (only,) = bg.equilibria(game)
    return tuple(strategy[0] for strategy in only.strategies)


# Task 1: the mixtures


ASKED = {"japan_violates": 0, "us_sanctions": 1}


@pytest.mark.task(1)
@pytest.mark.points(2)
@pytest.mark.parametrize("name", ASKED)
@pytest.mark.hint(
    "Whom must Japan's mixture leave indifferent, and whom that of the US?",
    "Let p be the probability of Violate; write down what the US gets from each column.",
    "From a column the US gets p times its upper number plus (1 - p) times its lower one.",
)
def test_mixture(student, name):
    game, player = watched(student), ASKED[name]
    given, right = read_probability(student.answer(name), name), mixtures(game)[player]
    if given == right:
        return
    mine, other = PLAYERS[player], PLAYERS[1 - player]
    refuse_rounded(given, right, name)
    if given == 1 - right:
        wrong(
            "other-action",
            f"{name}: that is the probability of {game.actions[player][1]}; the question is about "
            f"{game.actions[player][0]}.",
        )
    if given in {mixtures(game)[1 - player], 1 - mixtures(game)[1 - player]}:
        wrong(
            "own-payoffs",
            f"{name}: you made {mine} indifferent, by its own payoffs. The mixture of {mine} must "
            f"make {other} indifferent, so only the payoffs of {other} count.",
        )
    if given in {0, 1}:
        wrong(
            "pure",
            f"{name}: if {mine} can be read like that, {other} takes advantage, and {mine} would "
            "rather do something else. No cell of the table is an equilibrium.",
        )
    values = [bg.verify(game, profile_of(player, given, column)).payoffs for column in (0, 1)]
    first, second = (plain(value[1 - player]) for value in values)
    wrong(
        "not-indifferent",
        f"{name}: then {other} gets {first} from {game.actions[1 - player][0]} and {second} from "
        f"{game.actions[1 - player][1]}, and would not mix.",
    )


def profile_of(player, chance, other):
    mixture = (chance, 1 - chance)
    return (mixture, other) if player == 0 else (other, mixture)


# Task 2: whose probability moves


CHANGES = {
    "tougher": ("Japan", ((-1, 0), (0, 0))),
    "cheaper": ("US", ((1, 0), (1, 0))),
    "more_to_gain": ("Japan", ((1, 1), (0, 0))),
    "more_damage": ("US", ((-1, -1), (0, 0))),
}
WORDS = {
    (True, False): "Japan",
    (False, True): "US",
    (True, True): "both",
    (False, False): "nobody",
}


@pytest.mark.task(2)
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.hint(
    "Whose payoffs change, and whose mixture is made of them?",
    "Work out the new mixtures as in task 1, or with the lesson's two formulas.",
    "tougher: only Japan's payoffs change, so ask which mixture keeps Japan indifferent.",
)
def test_whose_probability_moves(student, name):
    given = read_choice(student.answer(name), name, WORDS.values())
    game, (owner, rises) = watched(student), CHANGES[name]
    before, after = mixtures(game), mixtures(changed(game, owner, rises))
    right = WORDS[tuple(x != y for x, y in zip(before, after, strict=True))]
    if given == right:
        return
    if right == "nobody":
        wrong(
            "difference-counts",
            f"{name}: both payoffs of the US in that row fall by the same. What it gains by "
            "punishing is as before, and only that difference makes it indifferent or not.",
        )
    if given == owner:
        wrong(
            "own-payoff",
            f"{name}: it is {owner}'s payoff that changes, but a mixture keeps the *other* side "
            f"indifferent. Who must go on keeping {owner} indifferent?",
        )
    if given == "nobody":
        wrong(
            "nobody-moves",
            f"{name}: at the old mixtures {owner} would not be indifferent any more, so somebody's "
            "mixture must change.",
        )
    wrong(
        "one-moves",
        f"{name}: one player's payoffs are as before, so the mixture that keeps that player "
        "indifferent is as before too; only one moves.",
    )


# Task 3: a function that makes the US indifferent


FUNCTION_HINT = pytest.mark.hint(
    "What does the US get from each column if the first row has probability p?",
    "p a + (1 - p) c = p b + (1 - p) d, with a, b in the first row and c, d in the second.",
    "p = (d - c) / (a - b - c + d).",
)
CLOSE = Fraction(1, 10**9)


@pytest.mark.task(3)
@pytest.mark.points(1)
@FUNCTION_HINT
def test_function_knows_the_example(student):
    us = [[0, -3], [-2, 0]]
    given = chance(student, us)
    if given != indifferent(us):
        wrong(
            "first-table",
            f"first_row({us}) gives {float(given):g}. Then the US gets "
            f"{float(column(us, given, 0)):g} from Sanction and {float(column(us, given, 1)):g} "
            "from Refrain; it should get the same.",
        )


@pytest.mark.task(3)
@pytest.mark.points(2)
@FUNCTION_HINT
def test_function_agrees_with_the_solver_on_many_tables(student):
    asked = [(us,) for us in many_tables(40)]
    given = [chance(student, us) for (us,) in asked]
    wanted = [indifferent(us) for (us,) in asked]
    if given == wanted:
        return
    refuse_wrong_turns("Your function", asked, given, TURNS, ADVICE)
    (us,), says = next((q, g) for q, g, w in zip(asked, given, wanted, strict=True) if g != w)
    wrong(
        "counterexample",
        f"first_row({us}) gives {float(says):g}, and then the US gets "
        f"{float(column(us, says, 0)):g} from its first column and {float(column(us, says, 1)):g} "
        "from its second; it should get the same from both.",
    )


# What to tell the author of a function that takes one wrong turn, and what that function returns.
ADVICE = {
    "second-row": "returns the probability of the second row; subtract it from 1",
    "columns-mixed": "returns the mixture of the columns that would make a player of the rows "
    "indifferent; here the rows are mixed, and the US compares its two columns",
    "fixed": "returns the same for every table; use the numbers in us",
    "largest": "chooses a row for sure; a player who can be read leaves nobody indifferent",
    "upside-down": "turns the fraction over; the difference d - c stands above",
}
TURNS = {
    "second-row": lambda us: 1 - indifferent(us),
    "columns-mixed": lambda us: indifferent([list(c) for c in zip(*us, strict=True)]),
    "fixed": lambda us: indifferent([[0, -3], [-2, 0]]),
    "largest": lambda us: Fraction(int(max(us[0]) >= max(us[1]))),
    "upside-down": lambda us: 1 / indifferent(us),
}


def chance(student, us):
    given = read_returned(student, "first_row", us)
    try:
        p = exact(given, "what first_row gives back")
    except bg.GameError as error:
        wrong("not-a-number", f"first_row({us}): {error}")
    # A quotient of whole numbers, divided by a computer, stands for that quotient.
    quotient = p.limit_denominator(1000)
    return quotient if abs(p - quotient) <= CLOSE else p


def column(us, p, j):
    return p * us[0][j] + (1 - p) * us[1][j]


def indifferent(us):
    """Ask the solver: let Japan want the opposite, so that only mixing is left."""
    game = bg.NormalFormGame([[[-x for x in row] for row in us], us])
    return bg.zero_sum_value(game).strategies[0][0]


def many_tables(count):
    """Return tables in which each row has its own best column, so that a mixture is needed."""
    draw = random.Random("exercise 3")
    tables = []
    while len(tables) < count:
        (a, b), (c, d) = us = [[draw.randint(-5, 5) for _ in range(2)] for _ in range(2)]
        # Both players must mix, or the solver's answer for Japan would leave the US a preference.
        if ((a > b and d > c) or (a < b and d < c)) and (a - c) * (b - d) < 0:
            tables.append(us)
    return tables


# Task 4: three routes


ROUTES_HINT = pytest.mark.hint(
    "What do the lesson's formulas say about 1/v and about the share of a route?",
    "With v = 1, a route is used with probability 1 over its loss, and these add up to 1.",
    "The first loss is 2; the other two must have 1/l adding up to 1/2, and be different.",
)


@pytest.mark.task(4)
@pytest.mark.points(2)
@ROUTES_HINT
def test_the_average_loss_is_one(student):
    losses = read_losses(student)
    v = -bg.zero_sum_value(routes_game([0] * 3, losses)).value
    if v == 1:
        return
    if abs(v - 1) < NEAR:
        wrong(
            "rounded",
            f"Japan loses {float(v):.16g} on average: very near 1, but not exactly. Write "
            'fractions in quotes, such as "7/2".',
        )
    if sum(losses) == 3:
        wrong(
            "plain-average",
            f"The average of your three losses is 1, but Japan uses dangerous routes less often "
            f"and loses only {plain(v)}. It is the 1/l that must add up to 1.",
        )
    if sum(losses) == 1:
        wrong(
            "losses-add-up",
            "Your losses add up to 1; it is the 1/l that must add up to 1.",
        )
    more = "more" if v > 1 else "less"
    wrong(
        "another-value",
        f"Japan loses {plain(v)} on average, {more} than 1; make the losses "
        f"{'smaller' if v > 1 else 'larger'}.",
    )


@pytest.mark.task(4)
@pytest.mark.points(2)
@ROUTES_HINT
def test_the_first_route_is_used_half_of_the_time(student):
    losses = read_losses(student)
    if len({*losses}) < 3:
        wrong("not-different", "Two of your losses are equal; the three must be different.")
    share = bg.zero_sum_value(routes_game([0] * 3, losses)).strategies[0][0]
    if share == Fraction(1, 2):
        return
    if losses[0] * 2 == sum(losses):
        wrong(
            "share-of-losses",
            "Your first loss is half of all losses. But a route where more is lost is used "
            f"*less*: the first is used with probability {plain(share)}.",
        )
    less = "smaller" if share < Fraction(1, 2) else "larger"
    wrong(
        "another-share",
        f"Japan uses the first route with probability {plain(share)}, not 1/2; make its loss "
        f"{less} compared with the others.",
    )


def read_losses(student):
    given = student.answer("losses")
    if not isinstance(given, (list, tuple)) or len(given) != 3:
        wrong("not-three", "losses is a list of three numbers, such as [1, 2, 3].")
    losses = [exact(loss, f"the loss on route {i + 1}") for i, loss in enumerate(given)]
    if min(losses) <= 0:
        wrong(
            "not-positive",
            f"A loss of {plain(min(losses))} is no danger; every loss must be more than 0.",
        )
    return losses
