"""Tests of exercise 1. You may read them: they hold no stored solution but ask the solver."""

import random
from functools import lru_cache, partial
from itertools import product

import numpy as np
import pytest

import balancegame as bg
from balancegame.grading import exercise as ex
from balancegame.solvers.normal_form.verdict import profile_verdict

INVESTMENT = ("Invest", "Wait", "Protect", "Tax", "Seize")
ROWS, COLUMNS = ("Comply", "Engage"), ("Enforce", "Acquiesce")
# The actions are the same whatever a student's own payoffs are.
read_pairs = partial(ex.read_profiles, bg.models["core-dilemma"].game())
UNLIKELY = 'all_equilibria = [("Comply", {"Enforce": "1/1000", "Acquiesce": "999/1000"})]'
equilibria = lru_cache(maxsize=8)(bg.equilibria)
verified = lru_cache(maxsize=32)(profile_verdict)


@pytest.mark.task(1)
@pytest.mark.hint(
    "Whose payoffs count here, and which action of the other player is given?",
    "For Japan go down the given column, for Russia along the row; compare its own numbers only.",
    "The largest of these numbers marks a best response; if it appears twice, name both.",
)
@ex.asks(
    *("japan_if_tax", "japan_if_seize", "russia_if_invest", "russia_if_wait"),
    read=partial(ex.read_actions, actions=INVESTMENT),
)
def test_best_responses(own, name):
    player, given = (word.capitalize() for word in name.split("_if_"))
    return ex.best_replies(own["investment"], player, given)


@pytest.mark.task(2)
@pytest.mark.points(2)
@pytest.mark.hint(
    "In which cells does nobody gain by changing its own action alone?",
    "Mark Japan's best responses in each column and those of the US in each row.",
    "A cell with two marks is an equilibrium, even if the threat in it would not be carried out.",
)
@ex.asks_design("all_equilibria", read=read_pairs)
def test_only_equilibria_are_listed_and_every_pure_one(own, all_equilibria):
    game, profiles = own["empty_threat"], all_equilibria
    # What fails comes first.
    verdict, *_ = sorted((verified(game, profile) for profile in profiles), key=bool)
    (japan, _), us = verdict.profile
    mixed = not verdict and japan == 1 and 0 < us[0] < 1
    turned_round = mixed and profile_verdict(game, ("Comply", us[::-1])).holds
    first, *lines = [""] if verdict else str(bg.explain(verdict)).splitlines()
    gain = next((line.strip(" -") for line in lines if "would gain" in line), "")
    unlikely = f"Comply with probability {us[0]} on Enforce is not an equilibrium. {gain}"
    complete = {*map(game.profile, bg.pure_equilibria(game))} <= {*profiles}
    return {
        ("japan-mixes", not verdict and 0 < japan < 1): "You let Japan mix, but it mixes only "
        f"where both its actions pay the same. {gain}",
        ("probability-of-the-wrong-action", turned_round): f"{unlikely} Did you give Acquiesce "
        "the probability that Enforce should have?",
        ("threat-too-unlikely", mixed): f"{unlikely} The punishment must be likelier, or you "
        "rounded the boundary down.",
        (
            "not-an-equilibrium",
            not verdict,
        ): f"One of your pairs is not an equilibrium. {first} {gain}",
        ("pure-missing", not complete): "An equilibrium in pure strategies is missing: test each "
        "of the four cells, one player at a time. Who gets the same by changing does not gain.",
    }


@pytest.mark.task(2)
@pytest.mark.points(2)
@pytest.mark.hint(
    "If Japan complies, does the US care what it would do? So which mixtures may it play?",
    "Let p be the probability of Enforce, and write down what Japan gets by engaging.",
    "At the end Japan is indifferent: p times its payoff in Engage and Enforce, plus 1 - p times "
    "that in Engage and Acquiesce, is what it gets by complying.",
)
@ex.asks_design("all_equilibria", read=read_pairs)
def test_the_continuum_is_given_by_both_ends(own, all_equilibria):
    game, profiles = own["empty_threat"], all_equilibria
    ends = [end.strategies for end in equilibria(game) if end.strategies[0][0] == 1]
    boundary = min(us[0] for _, us in ends)
    holding = [us[0] for japan, us in profiles if japan[0] == 1 and verified(game, (japan, us))]
    least = min(holding, default=1)
    rounded = 0 < least - boundary < ex.NEAR
    mixes = any(0 < us[0] < 1 for _, us in profiles)
    more = [us[0] for (japan, _), us in profiles if 0 < japan < 1]
    more += [us[0] for (japan, _), us in profiles if japan == 1 and us[0] not in (1, boundary)]
    return {
        ("pure-only", least == 1 and not mixes): "You name single cells only, and there is more: "
        "a player that is indifferent may mix. Find who is, and how far it can mix until the other "
        "would change.",
        ("no-mixture-holds", least == 1, UNLIKELY): "No mixture that you list is an equilibrium; "
        "at the other end of the continuum Japan is just indifferent between Comply and Engage.",
        ("rounded", rounded): f"{float(least):.16g} is rounded: the boundary is one exact number, "
        'at which Japan is indifferent. Write it as a fraction in quotes, such as "1/2".',
        ("inside-the-continuum", least > boundary): f"Probability {least} on Enforce lies "
        "inside the continuum; go on to its end, where Japan is just indifferent between Comply "
        "and Engage.",
        ("end-missing", ends[0] not in profiles): "You found the end where Japan is indifferent; "
        "a continuum has two, and the other one is a cell of the table.",
        ("more-than-the-ends", bool(more)): "You found both ends, but list more: a pair with "
        f"probability {min(more, default=0)} on Enforce is neither. A continuum is given "
        "by its two ends alone.",
    }


def stays(japan, us, row, column):
    """Ask the solver whether a cell is an equilibrium."""
    game, stable = stable_cells(*(tuple(map(tuple, table)) for table in (japan, us)))
    return (game.actions[0][row], game.actions[1][column]) in stable


# All cells of a table are asked about one after the other.
@lru_cache(maxsize=4)
def stable_cells(*tables):
    game = bg.NormalFormGame([*tables])
    return game, bg.pure_equilibria(game)


def cells(japan, us):
    return [(japan, us, *cell) for cell in product(range(len(us)), range(len(us[0])))]


def many_cells(sizes=((2, 2, 25), (3, 2, 10), (2, 4, 10)), among=(0, 3), seed="exercise 1"):
    """Return cells of many tables; few different payoffs, so that ties are frequent."""
    draw, found = random.Random(seed).randint, []
    for rows, columns, count in sizes:
        for _ in range(count):
            tables = [[[draw(*among) for _ in range(columns)] for _ in range(rows)] for _ in "JU"]
            found += cells(*tables)
    return found


def by_gains(decide):
    """Return the function that decides by what each would gain in each of its rows or columns."""
    return lambda japan, us, row, column: decide(
        [line[column] - japan[row][column] for line in japan],
        [payoff - us[row][column] for payoff in us[row]],
    )


def tops(table, row, column):
    return table[row][column] == max(map(max, table))


@pytest.mark.task(3)
@pytest.mark.hint(
    "Which cells can Japan move to from a cell, and which can the US?",
    "Compare japan[row][column] with its column, and us[row][column] with its row.",
    "Japan does not gain if japan[row][column] == max([line[column] for line in japan]). Compare "
    "us[row][column] with us[row] in the same way, and join the two with the word and.",
)
@ex.asks_function(
    stays,
    {
        "in the lesson's first table": (1, cells([[10, 10], [11, 15]], [[10, 10], [9, 7]])),
        "in many other tables": (2, many_cells),
    },
    {
        ("strict", by_gains(lambda j, u: max(j + u) == 0 and (j + u).count(0) == 2)): "turns a "
        "cell down as soon as another action pays the same; a tie is no gain, and in an "
        "equilibrium nobody gains",
        ("row_player_only", by_gains(lambda j, u: max(j) == 0)): "asks about Japan only; the US "
        "must not gain either, by changing the column",
        ("column_player_only", by_gains(lambda j, u: max(u) == 0)): "asks about the US only; Japan "
        "must not gain either, by changing the row",
        ("two_by_two", by_gains(lambda j, u: max(j[:2] + u[:2]) <= 0)): "is right for two rows and "
        "two columns only; len(japan) is the number of rows and len(japan[0]) that of columns",
        ("wrong_direction", lambda japan, us, *cell: stays(us, japan, *cell)): "moves the wrong "
        "way: Japan changes the row, not the column; the US changes the column, not the row",
        ("largest_sum", lambda j, u, *cell: tops(np.add(j, u).tolist(), *cell)): "looks for the "
        "largest sum; an equilibrium asks about each player alone",
        ("best_cell", lambda j, u, *cell: tops(j, *cell) and tops(u, *cell)): "compares a cell "
        "with the whole table; a player moves only within one row or one column",
    },
)
def test_is_equilibrium(says, right, japan, us, row, column):
    return (
        f"is_equilibrium({japan}, {us}, {row}, {column}) says {says}, but row {row}, column "
        f"{column} {'is one' if right else 'is not one'}. Test one player at a time by hand."
    )


def gains_from_engaging(japan):
    return [engage - comply for comply, engage in zip(*japan, strict=True)]


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("Engage strictly dominates for Japan")
@pytest.mark.hint(
    "In which row, and in which column, does each number of your table japan stand?",
    "The second row must hold more than the first, in the first column and in the second.",
    "For example, 1 in both columns of the row Comply and 2 in both of the row Engage would do for "
    "this part.",
)
@ex.asks_design("japan", "us", read=ex.read_two_by_two)
def test_engage_strictly_dominates_for_japan(japan, us):
    (comply, engage), us = designed(japan, us).payoffs
    gains = gains_from_engaging((comply, engage))
    least = gains.index(min(gains))
    by_columns = gains_from_engaging(zip(comply, engage, strict=True))
    swapped = min(gains) <= 0 < min(gains_from_engaging(us))
    return {
        (
            "weak-dominance",
            min(gains) == 0 < max(gains),
            "japan = [[0, 3], [1, 3]]  # Acquiesce",
            "japan = [[0, 1], [0, 4]]  # Enforce",
        ): f"Against {COLUMNS[least]} Japan gets the same from both actions, so Engage dominates "
        "only weakly; strictly means more in every column.",
        ("dominance-reversed", max(gains) < 0, "japan = [[1, 4], [0, 3]]"): "In your table Comply "
        "dominates Engage; the first row is Comply, the second Engage.",
        ("rows-and-columns", min(gains) <= 0 < min(by_columns), "japan = [[2, 3], [1, 4]]"): "You "
        "made one column better than the other, but Japan chooses the row; compare the second row "
        "with the first, column by column.",
        ("swapped-tables", swapped, "japan, us = [[3, 0], [1, 4]], [[0, 3], [1, 4]]"): "Engage "
        "dominates in the table us; japan holds Japan's payoffs. Did you swap the two?",
        ("not-dominant", min(gains) <= 0, "japan = [[3, 0], [1, 4]]  # 3 and"): "Against "
        f"{COLUMNS[least]} Comply gives Japan {comply[least]} and Engage "
        f"{engage[least]}; Engage must pay more in both columns.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("both prefer an outcome in which Japan complies")
@pytest.mark.hint(
    "In which cell of the row Engage does play end, once Japan engages whatever happens?",
    "Some cell of the row Comply must give both players more than that cell.",
    "For example, if play ends at (Engage, Enforce) with 1 for each, let (Comply, Acquiesce) give "
    "each 2. Japan still engages against Acquiesce if that gives it 3.",
)
@ex.asks_design("japan", "us", read=ex.read_two_by_two)
def test_both_strictly_prefer_an_outcome_in_which_japan_complies(japan, us):
    game = designed(japan, us)
    ends = [equilibrium.payoffs for equilibrium in equilibria(game)]
    outcomes = [game.payoff(("Comply", column)) for column in COLUMNS]
    # Who gains by each outcome, however play may end.
    gainers = [{i for i in (0, 1) if all(x[i] > end[i] for end in ends)} for x in outcomes]
    both = {0, 1} in gainers
    only_japan, only_us = (not both and any(i in each for each in gainers) for i in (0, 1))
    only_one = not both and any(x[0] > y[0] and x[1] > y[1] for x in outcomes for y in ends)
    not_yet = min(gains_from_engaging(game.payoffs[0])) <= 0
    where = f"Play ends at Engage with payoffs {' or '.join(f'({x}, {y})' for x, y in ends)}"
    return {
        ("not-dominant-yet", not_yet, "japan = [[2, 3], [1, 4]]"): "First make Engage strictly "
        "dominant; then compare with what happens in equilibrium.",
        ("only-one-equilibrium", only_one, "us = [[0, 3], [1, 1]]"): f"{where}, since the US is "
        "indifferent there; your outcome with Comply is better for both than only one of these. "
        "Break the tie of the US in the row Engage.",
        ("only-japan", only_japan, "us = [[0, 1], [1, 0]]"): f"{where}. Japan prefers an "
        "outcome in which it complies, but in the same cell the US does not gain; both must gain.",
        ("only-us", only_us, "japan = [[0, 0], [1, 4]]"): f"{where}. The US prefers an outcome "
        "in which Japan complies, but in the same cell Japan does not gain; both must gain.",
        ("nobody-prefers", not both, "japan, us = [[0, 1], [3, 4]], [[0, 1], [1, 0]]"): f"{where}, "
        "and neither outcome in the row Comply gives anybody more; raise what both get from one "
        "cell of that row, but keep Engage dominant.",
    }


def designed(japan, us):
    return bg.NormalFormGame([japan, us], ("Japan", "US"), (ROWS, COLUMNS))
