"""Tests of exercise 4. You may read them: they hold no stored solution but ask the solver."""

from __future__ import annotations

import random
from functools import cache

import pytest

import balancegame as bg
from balancegame.exact import exact, plain
from balancegame.grading.exercise import mistaken_dominance
from balancegame.grading.exercise.feedback import wrong
from balancegame.grading.exercise.reading import read_truth, refuse_rounded, refuse_wrong_turns
from balancegame.grading.practice.questions.sanctioning_together import situation_name

MODEL = bg.models["joint-sanctions"]
ACTIONS = ("Sanction", "Trade")
SENDERS = ("US", "Japan")
TOGETHER, APART = ((action, action) for action in ACTIONS)


def both(us, japan):
    return bg.NormalFormGame([us, japan], SENDERS, (ACTIONS, ACTIONS))


def sanction_rather_than_trade(game):
    """What each sender gains by Sanction rather than Trade, against each action of the other."""
    (a, b), (c, d) = game.payoffs[0]
    (e, f), (g, h) = game.payoffs[1]
    return {
        ("US", "Sanction"): a - c,
        ("US", "Trade"): b - d,
        ("Japan", "Sanction"): e - f,
        ("Japan", "Trade"): g - h,
    }


# Task 1: the name of a situation


@pytest.mark.task(1)
@pytest.mark.parametrize("name", ["table_a", "table_b", "table_c", "table_d"])
@pytest.mark.hint(
    "What does each sender do if the other sanctions, and what if the other trades?",
    "Write yes or no to the lesson's three questions for both senders, then look into its table.",
    "First question, the US: compare the first column of its payoffs, Sanction with Trade; for "
    "Japan compare the first row of its own.",
)
def test_situation(student, name):
    game = student.variant[name]
    given, right = read_situation(student.answer(name), name), bg.situation(game)
    if given == right:
        return
    if {given, right} == {"prisoners' dilemma", "deadlock"}:
        wrong(
            "equilibrium-alone",
            f"{name}: both trade, as you saw. But a {given} needs more than that: compare joint "
            f"sanctions, {pair(game.payoff(TOGETHER))}, with joint trade, "
            f"{pair(game.payoff(APART))}, for each sender.",
        )
    if {given, right} == {"assurance", "Chicken"}:
        wrong(
            "assurance-or-chicken",
            f"{name}: assurance and Chicken are mirror images. In assurance a sender does what the "
            "other does, in Chicken the opposite; which is it here?",
        )
    if right == "suasion" and given in {bg.situation(alike(game, i)) for i in range(2)}:
        wrong(
            "one-sender-only",
            f"{name}: that would be right if both were like one of them. Ask the three questions "
            "to each sender in turn; here the answers differ.",
        )
    if given == bg.situation(read_across(game)):
        wrong(
            "wrong-direction",
            f"{name}: the US chooses the row, so compare its payoffs within a column; Japan "
            "chooses the column, so compare its payoffs within a row.",
        )
    (sender, other), gain = next(iter(sanction_rather_than_trade(game).items()))
    wrong(
        "not-this-one",
        f"{name}: it is no {given}. Begin so: if the other plays {other}, {called(sender)} "
        f"{'gains' if gain > 0 else 'loses'} {plain(abs(gain))} by playing Sanction rather than "
        "Trade. Go on with the other questions, for both senders.",
    )


def read_situation(answer, name):
    try:
        return situation_name(answer)
    except bg.GameError as error:
        wrong("unknown-situation", f"{name}: {error}")


def alike(game, player):
    """Return the game in which both senders are like one of them."""
    own = game.payoffs[0] if player == 0 else tuple(zip(*game.payoffs[1], strict=True))
    return both(own, tuple(zip(*own, strict=True)))


def read_across(game):
    """Return the game as somebody sees it who compares along the wrong side of the table."""
    return both(*(tuple(zip(*table, strict=True)) for table in game.payoffs))


def called(sender):
    return {"US": "the US"}.get(sender, sender)


def pair(payoffs):
    return f"({', '.join(map(plain, payoffs))})"


# Task 2: the dominance threshold


THRESHOLD_HINT = pytest.mark.hint(
    "Which penalty makes Sanction as good as Trade if the other sanctions, and which if it trades?",
    "Put the numbers of one sender into c + g - (1 - beta) B and c - beta B, then the other's.",
    "The largest of these numbers is the threshold: Sanction must win each comparison, for both.",
)


@pytest.mark.task(2)
@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["first_threshold", "second_threshold"])
@THRESHOLD_HINT
def test_threshold_of_equal_senders(student, name):
    check_threshold(student, name)


@pytest.mark.task(2)
@pytest.mark.points(2)
@THRESHOLD_HINT
def test_threshold_of_unequal_senders(student):
    check_threshold(student, "third_threshold")


def check_threshold(student, name):
    given = exact(student.answer(name), name)
    # A penalty of one more adds one to each gain, so these are the penalties at which each ties.
    without = sanction_rather_than_trade(MODEL.game(**student.variant[name], s=0))
    ties = {key: -gain for key, gain in without.items()}
    gains = {key: given - tie for key, tie in ties.items()}
    threshold = max(ties.values())
    if given == threshold:
        return
    refuse_rounded(given, threshold, name)
    greed, fear = (max(ties[i, other] for i in SENDERS) for other in ACTIONS)
    if given == greed:
        wrong(
            "greed-only",
            f"{name}: at s = {plain(given)} greed is cured, but fear is not: if the other trades, "
            "Trade is still better. Sanction must win against both actions.",
        )
    if given == fear:
        wrong(
            "fear-only",
            f"{name}: at s = {plain(given)} fear is cured, but greed is not: if the other "
            "sanctions, Trade is still better. Sanction must win against both actions.",
        )
    for one, another in (SENDERS, SENDERS[::-1]):
        if given == max(ties[one, other] for other in ACTIONS):
            wrong(
                "one-sender-only",
                f"{name}: {plain(given)} is enough for {called(one)}, but not for "
                f"{called(another)}; Sanction must dominate for both.",
            )
    if given < threshold:
        (sender, other), gain = min(gains.items(), key=lambda item: item[1])
        wrong(
            "too-small",
            f"{name}: at s = {plain(given)} Sanction does not dominate: if the other plays "
            f"{other}, {called(sender)} still gains {plain(-gain)} by trading.",
        )
    wrong(
        "too-large",
        f"{name}: at s = {plain(given)} Sanction dominates with at least "
        f"{plain(min(gains.values()))} to spare, so a smaller penalty does it too; the threshold "
        "is where the last comparison ties.",
    )


# Task 3: a function that recognises dominance


FUNCTION_HINT = pytest.mark.hint(
    "In which columns must row be better than other, and by how much?",
    "Go through the two rows side by side with zip and compare each pair.",
    "for mine, theirs in zip(table[row], table[other]): a pair with mine <= theirs means False.",
)


@pytest.mark.task(3)
@pytest.mark.points(1)
@FUNCTION_HINT
@pytest.mark.criterion("the function in the lesson's table")
def test_function_knows_the_lessons_table(student):
    table = [[int(payoff) for payoff in row] for row in MODEL.game().payoffs[0]]
    for row, other in ((1, 0), (0, 1)):
        says = read_truth(student, "strictly_dominates", table, row, other)
        if says != dominates(table, row, other):
            wrong(
                "first-table",
                f"In the lesson's first table, {table} for the US, Trade (row 1) strictly "
                f"dominates Sanction (row 0). For row {row} and other {other} you say {says}.",
            )


@pytest.mark.task(3)
@pytest.mark.points(2)
@FUNCTION_HINT
@pytest.mark.criterion("the function in many other tables")
def test_function_agrees_with_the_solver_on_many_games(student):
    asked, wanted = many_questions()
    given = [read_truth(student, "strictly_dominates", *question) for question in asked]
    if given == wanted:
        return
    if len(set(given)) == 1:
        wrong(
            "always-the-same",
            f"Your function says {given[0]} to everything; compare the two rows column by column.",
        )
    refuse_wrong_turns("Your function", asked, given, vars(mistaken_dominance), ADVICE)
    question, says = next((q, g) for q, g, w in zip(asked, given, wanted, strict=True) if g != w)
    wrong(
        "counterexample",
        f"strictly_dominates({', '.join(map(str, question))}) says {says}, but row {question[1]} "
        f"{'does not dominate' if says else 'dominates'} row {question[2]}. Compare the two rows "
        "by hand, column by column.",
    )


@cache
def many_questions():
    """Return pairs of rows of many tables, and what the solver says of each."""
    asked = [
        (table, row, other)
        for size in ((2, 2), (3, 2), (2, 3), (4, 3))
        for table in many_tables(*size, 12)
        for row in range(size[0])
        for other in range(size[0])
        if row != other
    ]
    return asked, [dominates(*question) for question in asked]


# What to tell the author of a function that takes one wrong turn.
ADVICE = {
    "weak": "lets ties pass; strictly means more in every column, and equal is not more",
    "weak_with_a_gain": "recognises weak dominance, never worse and sometimes better; strictly "
    "means better in every column",
    "somewhere": "is content with one column in which row is better; it must be better in all of "
    "them",
    "backwards": "asks whether other dominates row; the question is the other way round",
    "larger_sum": "compares sums or averages; a row with the larger sum can still be worse in one "
    "column, and dominance asks every column",
    "worst_case": "compares the worst payoff of each row; dominance compares column by column",
    "every_pair": "compares payoffs across different columns; the other player's action is the "
    "same for both rows, so compare within each column only",
    "every_row": "asks that row dominate all other rows; the question is about one other row only",
    "two_columns": "looks at two columns only; a table may have more",
}


def dominates(table, row, other):
    """Ask the solver: with these two rows only, is the first the one best response throughout?"""
    pair_of_rows = [table[row], table[other]]
    game = bg.NormalFormGame([pair_of_rows, pair_of_rows])
    return all(
        list(bg.best_responses(game, 0, (None, column))) == [game.actions[0][0]]
        for column in game.actions[1]
    )


def many_tables(rows, columns, count):
    draw = random.Random(f"{rows} x {columns}")
    tables = []
    for _ in range(count):
        first = [draw.randint(0, 4) for _ in range(columns)]
        # Rows near each other, so that dominance, weak dominance and neither all occur often.
        shifts = [draw.choice(((1, 2), (0, 1), (0, 1, 2), (-1, 0, 1))) for _ in range(rows - 1)]
        others = [[x + draw.choice(shift) for x in first] for shift in shifts]
        table = [first, *others]
        draw.shuffle(table)
        tables.append(table)
    return tables


# Task 4: a penalty that needs trust


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Which of the three questions must be answered how, in a prisoners' dilemma with s = 0?",
    "Three inequalities: c + g > (1 - beta) B, c > beta B and B > c.",
    "Choose B and beta first; then c between beta B and B; then g so large that greed is there.",
)
@pytest.mark.criterion("a prisoners' dilemma without the penalty")
def test_without_the_penalty_it_is_a_prisoners_dilemma(student):
    name = bg.situation(designed(student, s=0))
    if name != "prisoners' dilemma":
        key = name.lower().replace(" ", "-")
        wrong(f"{key}-without-penalty", f"Without the penalty {WITHOUT[name]}")


WITHOUT = {
    "deadlock": "this is deadlock: B - c is negative, so nobody wants joint sanctions and nobody "
    "is trapped. Make B larger than c.",
    "assurance": "this is assurance already: a sender keeps sanctioning if the other does. For a "
    "dilemma greed must be there first: c + g larger than (1 - beta) B.",
    "Chicken": "this is Chicken: if the other trades, sanctioning alone already pays. For a "
    "dilemma fear must be there: c larger than beta B.",
    "harmony": "Sanction dominates already: there is no dilemma. Make sanctions dearer, or less "
    "effective alone.",
    "on a boundary": "a comparison is a tie, so this is no dilemma yet; move one of your numbers a "
    "little.",
}


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Which penalty cures greed, and which cures fear?",
    "s must lie strictly between c + g - (1 - beta) B and c - beta B.",
    "Put your own numbers into both. If greed asks for more than fear, make g or beta smaller.",
)
@pytest.mark.criterion("assurance with the penalty")
def test_with_the_penalty_it_is_assurance(student):
    game = designed(student)
    if exact(student.answer("s"), "s") == 0:
        wrong("no-penalty", "s is 0, so there is no penalty; give a number above 0.")
    name = bg.situation(game)
    if name == "assurance":
        assert set(bg.pure_equilibria(game)) == {TOGETHER, APART}
        assert all(a > b for a, b in zip(*map(game.payoff, (TOGETHER, APART)), strict=True))
        return
    gains = sanction_rather_than_trade(game)
    greed, fear = (-gains["US", other] for other in ACTIONS)
    if name == "harmony":
        wrong(
            "no-trust-needed",
            "Your penalty makes Sanction dominant: nobody needs trust. It cures fear too; make s "
            "smaller, or let fear ask for more.",
        )
    if name == "Chicken":
        wrong(
            "chicken-with-penalty",
            "With your penalty this is Chicken: it cured fear first and left greed. For assurance "
            "greed must ask for less than fear: make beta or g smaller.",
        )
    if name == "on a boundary":
        wrong(
            "tie-with-penalty",
            "With your penalty a comparison is a tie: you are exactly on a threshold. Move s a "
            "little.",
        )
    if greed >= fear:
        wrong(
            "no-room-for-assurance",
            f"With your penalty each sender still gains {plain(greed)} by trading while the other "
            f"sanctions, and {plain(fear)} by trading too. Greed must ask for less than fear, or "
            "no penalty leads to assurance: make beta or g smaller.",
        )
    wrong(
        "penalty-too-small",
        f"Your penalty is too small: if the other sanctions, a sender still gains {plain(greed)} "
        "by trading. Raise s beyond that, but not so far that fear goes too.",
    )


def designed(student, **penalty):
    names = ("B", "beta", "c", "g", "s")
    values = dict(zip(names, map(exact, student.answers(*names), names), strict=True))
    values |= penalty
    c, g = values.pop("c"), values.pop("g")
    return MODEL.game(**values, c_US=c, c_JP=c, g_US=g, g_JP=g)
