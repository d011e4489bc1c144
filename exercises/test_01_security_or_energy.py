"""Tests of exercise 1. You may read them: they hold no stored solution but ask the solver."""

from __future__ import annotations

import random
from functools import cache
from itertools import product

import pytest

import balancegame as bg
from balancegame.exact import plain
from balancegame.grading.exercise import mistaken_equilibrium
from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.reading import (
    NEAR,
    read_actions,
    read_profiles,
    read_truth,
    refuse_wrong_turns,
)

ROWS, COLUMNS = ("Comply", "Engage"), ("Enforce", "Acquiesce")


# Task 1: best responses


ASKED = {
    "japan_if_tax": ("Japan", "Tax"),
    "japan_if_seize": ("Japan", "Seize"),
    "russia_if_invest": ("Russia", "Invest"),
    "russia_if_wait": ("Russia", "Wait"),
}


@pytest.mark.task(1)
@pytest.mark.parametrize("name", ASKED)
@pytest.mark.hint(
    "Whose payoffs count here, and which action of the other player is given?",
    "For Japan go down the column that is given, for Russia along the row; compare its own numbers "
    "only.",
    "The largest of these numbers marks a best response; if it stands there twice, name both.",
)
def test_best_responses(student, name):
    game = student.variant["investment"]
    given = set(read_actions(game, student.answer(name), name))
    player, other = ASKED[name]
    best = set(bg.best_responses(game, player, against(player, other)))
    own = set(game.actions[game.player_index(player)])
    if given == best:
        return
    if given - own:
        wrong(
            "other-players-actions",
            f"{name}: {player} chooses among {', '.join(sorted(own))}; the action of the other "
            f"player, {other}, is given.",
        )
    if given < best:
        wrong(
            "one-of-a-tie",
            f"{name}: {' and '.join(given)} is a best response to {other}, but not the only one; "
            "where payoffs tie, name every action that ties.",
        )
    if given == best_by_the_others_numbers(game, player, other):
        wrong(
            "other-players-payoffs",
            f"{name}: you compared the other player's payoffs. In each cell Japan's number comes "
            f"first and Russia's second; {player} looks at its own.",
        )
    extra = sorted(given - best)[0]
    value, top = (payoff_of(game, player, action, other) for action in (extra, min(best)))
    wrong(
        "not-best",
        f"{name}: against {other}, {extra} gives {player} {plain(value)}, but another action gives "
        f"{plain(top)}. Hold {other} fixed and compare {player}'s payoffs only there.",
    )


def payoff_of(game, player, action, other):
    cell = (action, other) if player == "Japan" else (other, action)
    return game.payoff(cell)[game.player_index(player)]


def best_by_the_others_numbers(game, player, other):
    swapped = bg.NormalFormGame(game.payoffs[::-1], game.players, game.actions)
    return set(bg.best_responses(swapped, player, against(player, other)))


def against(player, other):
    return (None, other) if player == "Japan" else (other, None)


# Task 2: every equilibrium of a game with an empty threat


@pytest.mark.task(2)
@pytest.mark.points(2)
@pytest.mark.hint(
    "In which cells does nobody gain by a change of its own action alone?",
    "Mark Japan's best responses in each column and those of the US in each row.",
    "A cell with two marks is an equilibrium, even if the threat in it would not be carried out.",
)
@pytest.mark.criterion("only equilibria, and every pure one")
def test_only_equilibria_are_listed_and_every_pure_one(student):
    game = student.variant["empty_threat"]
    profiles = read_profiles(game, student.answer("all_equilibria"), "all_equilibria")
    for profile in profiles:
        verdict = bg.verify(game, profile)
        if not verdict:
            explain_failure(game, verdict)
    if not {*map(game.profile, bg.pure_equilibria(game))} <= {*profiles}:
        wrong(
            "pure-missing",
            "An equilibrium in pure strategies is missing: test each of the four cells, one "
            "player at a time. One of them rests on a threat that would not be carried out; it "
            "counts.",
        )


@pytest.mark.task(2)
@pytest.mark.points(2)
@pytest.mark.hint(
    "If Japan complies, does the US care what it would do? So what may it mix?",
    "Let p be the probability of Enforce, and write down what Japan gets by engaging.",
    "At the end Japan is indifferent: p times its payoff in Engage and Enforce, plus 1 - p times "
    "that in Engage and Acquiesce, is what it gets by complying.",
)
@pytest.mark.criterion("both ends of the continuum")
def test_the_continuum_is_given_by_both_ends(student):
    game = student.variant["empty_threat"]
    profiles = read_profiles(game, student.answer("all_equilibria"), "all_equilibria")
    ends = [end.strategies for end in bg.equilibria(game) if end.strategies[0][0] == 1]
    boundary = min(us[0] for _, us in ends)
    if ends[-1] not in profiles:
        explain_wrong_end(boundary, [p for p in profiles if bg.verify(game, p)])
    if ends[0] not in profiles:
        wrong(
            "end-missing",
            "You found the end where Japan is indifferent; a continuum has two, and the other one "
            "is a cell of the table.",
        )


def explain_failure(game, verdict):
    (japan, _), us = verdict.profile
    lines = str(bg.explain(verdict)).splitlines()
    gain = next(line.strip(" -") for line in lines if "would gain" in line)
    if 0 < japan < 1:
        wrong(
            "japan-mixes",
            f"You let Japan mix, but it mixes only where both its actions pay the same. {gain}",
        )
    mixed = japan == 1 and 0 < us[0] < 1
    if mixed and bg.verify(game, ("Comply", us[::-1])):
        wrong(
            "probability-of-the-wrong-action",
            f"Comply with probability {plain(us[0])} on Enforce is no equilibrium. {gain} Did you "
            "give Acquiesce the probability that Enforce should have?",
        )
    if mixed:
        wrong(
            "threat-too-unlikely",
            f"Comply with probability {plain(us[0])} on Enforce is no equilibrium. {gain} The "
            "punishment must be likelier, or you rounded the boundary down.",
        )
    wrong("not-an-equilibrium", f"One of your pairs is no equilibrium. {lines[0]} {gain}")


def explain_wrong_end(boundary, profiles):
    chances = [us[0] for japan, us in profiles if japan[0] == 1 and us[0] < 1]
    if not chances:
        wrong(
            "pure-only",
            "You name single cells only. Against Comply the US is indifferent, so it may mix: "
            "there is a whole continuum. Give its other end too, the smallest probability of "
            "Enforce that still keeps Japan complying.",
        )
    if min(chances) - boundary < NEAR:
        wrong(
            "rounded",
            f"{float(min(chances)):.16g} is rounded: the boundary is one exact number, at which "
            'Japan is indifferent. Write it as a fraction in quotes, such as "1/2".',
        )
    wrong(
        "inside-the-continuum",
        f"Probability {plain(min(chances))} on Enforce lies inside the continuum; go on to its "
        "end, where Japan is just indifferent between Comply and Engage.",
    )


# Task 3: a function that recognises an equilibrium


FUNCTION_HINT = pytest.mark.hint(
    "Which cells can Japan move to from a cell, and which can the US?",
    "Compare japan[row][column] with its column, and us[row][column] with its row.",
    "Both comparisons must hold, and a tie with the largest number is good enough: use ==, and.",
)


@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in the lesson's table")
@FUNCTION_HINT
def test_function_knows_the_lessons_table(student):
    japan, us = tables(bg.models["core-dilemma"].game(s=4))
    for row, column in product(range(2), range(2)):
        says = read_truth(student, "is_equilibrium", japan, us, row, column)
        if says != ((row, column) == (1, 0)):
            wrong(
                "first-table",
                "In the lesson's first table (s = 4) only (Engage, Enforce) is an equilibrium, "
                f"row 1 and column 0; your function says {says} for row {row}, column {column}.",
            )


@pytest.mark.task(3)
@pytest.mark.points(2)
@pytest.mark.criterion("the function in many other tables")
@FUNCTION_HINT
def test_function_agrees_with_the_solver_on_many_games(student):
    asked, wanted = many_questions()
    given = [read_truth(student, "is_equilibrium", *question) for question in asked]
    if given == wanted:
        return
    refuse_wrong_turns("Your function", asked, given, vars(mistaken_equilibrium), ADVICE)
    cell, right = next((q, w) for q, g, w in zip(asked, given, wanted, strict=True) if g != w)
    wrong(
        "counterexample",
        f"is_equilibrium({', '.join(map(str, cell))}) says {not right}, but row {cell[2]}, column "
        f"{cell[3]} {'is one' if right else 'is none'}. Work it out by hand, one player at a time.",
    )


@cache
def many_questions():
    """Return cells of many tables, and what the solver says of each."""
    games = [*many_games(2, 2, 25), *many_games(3, 2, 10), *many_games(2, 4, 10)]
    asked = [(*tables(game), *cell) for game in games for cell in game.cells()]
    wanted = [
        (game.actions[0][row], game.actions[1][column]) in cells
        for game, cells in zip(games, map(bg.pure_equilibria, games), strict=True)
        for row, column in game.cells()
    ]
    return asked, wanted


def tables(game):
    return tuple([[int(payoff) for payoff in row] for row in array] for array in game.payoffs)


def many_games(rows, columns, count):
    draw = random.Random(f"{rows} x {columns}")
    return [
        bg.NormalFormGame(
            [[[draw.randint(0, 3) for _ in range(columns)] for _ in range(rows)] for _ in "JU"]
        )
        for _ in range(count)
    ]


# What to tell the author of a function that takes one wrong turn.
ADVICE = {
    "strict": "turns a cell down as soon as another action pays the same; a tie is no gain, and "
    "in an equilibrium nobody gains",
    "row_player_only": "asks Japan only; the US must not gain either, by changing the column",
    "column_player_only": "asks the US only; Japan must not gain either, by changing the row",
    "wrong_direction": "moves the wrong way: Japan changes the row and keeps the column, the US "
    "changes the column and keeps the row",
    "largest_sum": "looks for the largest sum; an equilibrium asks each player alone",
    "best_cell": "compares a cell with the whole table; a player moves only within one row or one "
    "column",
    "two_by_two": "is right for two rows and two columns only; len(japan) is the number of rows "
    "and len(japan[0]) that of columns",
    "always": "says True to everything",
    "never": "says False to everything; some cells pass",
}


# Task 4: a dilemma of your own


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("Engage strictly dominates for Japan")
def test_engage_strictly_dominates_for_japan(student):
    game = designed(student)
    gains = gains_from_engaging(game.payoffs[0])
    if min(gains) > 0:
        return
    if min(gains) == 0 and max(gains) > 0:
        wrong(
            "weak-dominance",
            f"Against {COLUMNS[gains.index(0)]} Japan gets the same from both actions, so Engage "
            "dominates only weakly; strictly means more in every column.",
        )
    if max(gains) < 0:
        wrong(
            "dominance-reversed",
            "In your table Comply dominates Engage; the first row is Comply, the second Engage.",
        )
    if min(gains_from_engaging(tuple(zip(*game.payoffs[0], strict=True)))) > 0:
        wrong(
            "rows-and-columns",
            "You made one column better than the other, but Japan chooses the row; compare the "
            "second row with the first, column by column.",
        )
    if min(gains_from_engaging(game.payoffs[1])) > 0:
        wrong(
            "swapped-tables",
            "Engage dominates in the table us; japan holds Japan's payoffs. Did you swap the two?",
        )
    column = gains.index(min(gains))
    comply, engage = (plain(row[column]) for row in game.payoffs[0])
    wrong(
        "not-dominant",
        f"Against {COLUMNS[column]} Comply gives Japan {comply} and Engage {engage}; Engage must "
        "pay more in both columns.",
    )


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("both prefer an outcome in which Japan complies")
@pytest.mark.hint(
    "In which cell of the row Engage does play end, once Japan engages whatever happens?",
    "Some cell of the row Comply must give both players more than that cell.",
)
def test_both_strictly_prefer_an_outcome_in_which_japan_complies(student):
    game = designed(student)
    if min(gains_from_engaging(game.payoffs[0])) <= 0:
        wrong(
            "not-dominant-yet",
            "First make Engage strictly dominant; then compare with what happens in equilibrium.",
        )
    ends = [equilibrium.payoffs for equilibrium in bg.equilibria(game)]
    outcomes = [game.payoff(("Comply", column)) for column in COLUMNS]
    if any(all(gains(outcome, end) == {0, 1} for end in ends) for outcome in outcomes):
        return
    where = f"Play ends at Engage with payoffs {' or '.join(map(pair, ends))}"
    if any(gains(outcome, end) == {0, 1} for outcome in outcomes for end in ends):
        wrong(
            "only-one-equilibrium",
            f"{where}, since the US is indifferent there; your outcome with Comply is better for "
            "both than one of these only. Break the tie of the US in the row Engage.",
        )
    for one, (key, words) in enumerate(ONE_SIDED.items()):
        if any(all(one in gains(outcome, end) for end in ends) for outcome in outcomes):
            wrong(key, f"{where}. {words}")
    wrong(
        "nobody-prefers",
        f"{where}, and neither outcome in the row Comply gives anybody more; raise what both get "
        "from one cell of that row, but keep Engage dominant.",
    )


ONE_SIDED = {
    "only-japan": "Japan prefers an outcome in which it complies, but in the same cell the US "
    "does not gain; both must get strictly more.",
    "only-us": "The US prefers an outcome in which Japan complies, but in the same cell Japan does "
    "not gain; both must get strictly more.",
}


def gains(outcome, end):
    return {i for i in range(2) if outcome[i] > end[i]}


def pair(payoffs):
    return f"({', '.join(map(plain, payoffs))})"


def designed(student):
    payoffs = student.answers("japan", "us")
    for name, table in zip(("japan", "us"), payoffs, strict=True):
        rows = table if isinstance(table, (list, tuple)) else ()
        if [len(row) for row in rows if isinstance(row, (list, tuple))] != [2, 2]:
            wrong(
                "not-a-table",
                f"{name} is a table of two rows of two numbers each, such as [[1, 2], [3, 4]].",
            )
    return bg.NormalFormGame(payoffs, ("Japan", "US"), (ROWS, COLUMNS))


def gains_from_engaging(japan):
    return [engage - comply for comply, engage in zip(*japan, strict=True)]
