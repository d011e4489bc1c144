"""Tests of exercise 4. You may read them: they hold no stored solution but ask the solver."""

import random
from itertools import permutations, product
from operator import ge, gt, lt

import pytest

import balancegame as bg
from balancegame.grading import exercise as ex
from balancegame.wording import called

MODEL = bg.models["joint-sanctions"]
ACTIONS = ("Sanction", "Trade")
SENDERS = ("US", "Japan")
NAMES = ("B", "beta", "c", "g", "s")
# Pairs of situations that are easily taken for each other.
SIMILAR = (("prisoners' dilemma", "deadlock"), ("assurance", "Chicken"))
# Where both sanction, and where both trade.
TOGETHER, APART = (0, 0), (1, 1)


def both(us, japan):
    return bg.NormalFormGame([us, japan], SENDERS, (ACTIONS, ACTIONS))


def sanction_rather_than_trade(game):
    """What each sender gains by Sanction rather than Trade, against each action of the other."""
    ((a, b), (c, d)), ((e, f), (g, h)) = game.payoffs
    gains = (a - c, b - d, e - f, g - h)
    return dict(zip(product(SENDERS, ACTIONS), gains, strict=True))


def turned(table):
    return tuple(zip(*table, strict=True))


@pytest.mark.task(1)
@pytest.mark.hint(
    "What does each sender do if the other sanctions, and what if the other trades?",
    "Write yes or no to the lesson's three questions for both senders, then look into its table.",
    "First question, the US: compare the first column of its payoffs, Sanction with Trade; for "
    "Japan compare the first row of its own.",
)
@ex.asks("table_a", "table_b", "table_c", "table_d", read=ex.read_situation)
def test_situation(own, name):
    game = own[name]
    right = bg.situation(game)
    us, japan = game.payoffs
    (a, b), (c, d) = map(game.payoffs_at, (TOGETHER, APART))
    trading, mirrored = (pair if right in pair else () for pair in SIMILAR)
    alike = [bg.situation(both(one, turned(one))) for one in (us, turned(japan))]
    (sender, other), gain = next(iter(sanction_rather_than_trade(game).items()))
    return right, {
        ("equilibrium-alone", ex.perhaps(*trading)): "both "
        "trade, as you saw. But a {given} asks for more than that: compare joint sanctions, "
        f"({a}, {b}), with joint trade, ({c}, {d}), for each sender.",
        ("assurance-or-chicken", ex.perhaps(*mirrored)): "assurance and "
        "Chicken are mirror images. In assurance a sender does what the other does, in Chicken "
        "the opposite; which is it here?",
        ("one-sender-only", ex.perhaps(*alike)): "that would be right if "
        "both were like one of them. Ask each sender the three questions; here the answers differ.",
        ("wrong-direction", ex.perhaps(bg.situation(both(turned(us), turned(japan))))): "the US "
        "chooses the row, so compare its payoffs within a column; Japan chooses the column, so "
        "compare its payoffs within a row.",
        "not-this-one": "this is not a case of {given}. Begin like this: if the other plays "
        f"{other}, {called(sender)} {'gains' if gain > 0 else 'loses'} {abs(gain)} by "
        "playing Sanction rather than Trade. Go on with the other questions, for both senders.",
    }


@pytest.mark.task(2)
@pytest.mark.hint(
    "Which penalty makes Sanction as good as Trade if the other sanctions, and which if it trades?",
    "Put the numbers of one sender into c + g - (1 - beta) B and c - beta B, then the other's.",
    "The largest of these numbers is the threshold: Sanction must win each comparison, for both.",
)
@ex.asks("first_threshold", "second_threshold")
def test_threshold_of_equal_senders(own, name):
    return threshold(own[name])


@pytest.mark.task(2)
@pytest.mark.points(2)
@ex.asks("third_threshold")
def test_threshold_of_unequal_senders(own):
    return threshold(own["third_threshold"], 1)


def threshold(values, unequal=0):
    # A penalty of one more adds one to each gain, so these are the penalties at which each ties.
    gains = sanction_rather_than_trade(MODEL.game(**values, s=0))
    ties = {key: -gain for key, gain in gains.items()}
    right = max(ties.values())
    greed, fear = (max(ties[i, other] for i in SENDERS) for other in ACTIONS)
    us, japan = (max(ties[i, other] for other in ACTIONS) for i in SENDERS)
    cured, left = ("greed", "fear") if greed < fear else ("fear", "greed")
    action = "trades" if greed < fear else "sanctions"
    sender, other = max(ties, key=ties.get)
    enough, lacking = map(called, SENDERS if us < japan else SENDERS[::-1])
    return right, {
        (f"{cured}-only", min(greed, fear)): f"at s = {{given}} {cured} is cured, but {left} "
        f"is not: if the other {action}, Trade is still better. Sanction must win against both.",
        ("one-sender-only", *[min(us, japan)] * unequal): f"{{given}} is enough for {enough}, "
        f"but not for {lacking}; Sanction must dominate for both.",
        ("too-small", lambda s: s < right): lambda s: (
            f"at s = {s} Sanction does not dominate: if the other plays {other}, "
            f"{called(sender)} still gains {right - s} by trading."
        ),
        "too-large": lambda s: (
            f"at s = {s} Sanction dominates with at least {s - right} to spare, "
            "so a smaller penalty is enough too; at the threshold the last comparison ties."
        ),
    }


def dominates(table, row, other):
    """Ask the solver: with these two rows only, is the first the one best response throughout?"""
    game = bg.NormalFormGame([[table[row], table[other]]] * 2)
    first = game.actions[0][:1]
    return all(bg.best_responses(game, 0, (None, column)) == first for column in game.actions[1])


def many_questions(
    sizes=((2, 2), (3, 2), (2, 3), (4, 3)), among=(0, 4), seed="exercise 4", each=12
):
    """Return pairs of rows of many tables, some of each size."""
    draw, asked = random.Random(seed), []
    for rows, columns in sizes:
        for _ in range(each):
            first = [draw.randint(*among) for _ in range(columns)]
            # Rows near each other, so that dominance, weak dominance and neither occur often.
            shifts = [draw.choice(((1, 2), (0, 1), (0, 1, 2), (-1, 0, 1))) for _ in range(rows - 1)]
            table = [first, *([x + draw.choice(shift) for x in first] for shift in shifts)]
            draw.shuffle(table)
            asked += [(table, *pair_of_rows) for pair_of_rows in permutations(range(rows), 2)]
    return asked


def rows(decide):
    """Return the function that decides by the two rows."""
    return lambda table, row, other: decide(table[row], table[other])


@pytest.mark.task(3)
@pytest.mark.hint(
    "In which columns must row be better than other, and by how much?",
    "Go through the two rows side by side with zip and compare each pair.",
    "for mine, theirs in zip(table[row], table[other]): a pair with mine <= theirs means False.",
)
@ex.asks_function(
    dominates,
    {
        "in the lesson's first table": (
            1,
            [([[1, -5], [4, 0]], *pair) for pair in ((1, 0), (0, 1))],
        ),
        "in many other tables": (2, many_questions),
    },
    {
        ("weak", rows(lambda a, b: all(map(ge, a, b)))): "lets ties pass; strictly means more in "
        "every column, and equal is not more",
        ("weak_with_a_gain", rows(lambda a, b: all(map(ge, a, b)) and any(map(gt, a, b)))): (
            "recognises weak dominance, never worse and sometimes better; strictly means better in "
            "every column"
        ),
        ("somewhere", rows(lambda a, b: any(map(gt, a, b)))): "is content with one column in which "
        "row is better; it must be better in all of them",
        ("backwards", rows(lambda a, b: all(map(lt, a, b)))): "asks whether other dominates row; "
        "the question is the other way round",
        ("larger_sum", rows(lambda a, b: sum(a) > sum(b))): "compares sums or averages; a row with "
        "the larger sum can still be worse in one column, and dominance asks about every column",
        ("worst_case", rows(lambda a, b: min(a) > min(b))): "compares the worst payoff of each "
        "row; dominance compares column by column",
        ("every_pair", rows(lambda a, b: min(a) > max(b))): "compares payoffs across different "
        "columns; the other player's action is the same for both rows, so compare within columns",
        ("every_row", lambda t, i, _: all(dominates(t, i, k) for k in {*range(len(t))} - {i})): (
            "requires row to dominate all other rows; the question is about one other row only"
        ),
        ("two_columns", rows(lambda a, b: all(map(gt, a[:2], b[:2])))): "looks at two columns "
        "only; a table may have more",
    },
)
def test_strictly_dominates(says, right, table, row, other):
    return (
        f"strictly_dominates({table}, {row}, {other}) says {says}, but row {row} "
        f"{'dominates' if right else 'does not dominate'} row {other}. Compare the two rows by "
        "hand, column by column."
    )


def designed(B, beta, c, g, s):
    return MODEL.game(B=B, beta=beta, c_US=c, c_JP=c, g_US=g, g_JP=g, s=s)


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Which of the three questions must be answered how, in a prisoners' dilemma with s = 0?",
    "Three inequalities: c + g > (1 - beta) B, c > beta B and B > c.",
    "Choose B and beta first; then c between beta B and B; then g so large that greed is there.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_without_the_penalty_it_is_a_dilemma(**values):
    name = bg.situation(designed(**{**values, "s": 0}))
    return {
        ("deadlock-without-penalty", name == "deadlock", "B = 5"): "Without the penalty this is "
        "deadlock: B - c is negative, so nobody wants joint sanctions and nobody is trapped. Make "
        "B larger than c.",
        ("assurance-without-penalty", name == "assurance", "c, g = 5, 0"): "Without the penalty "
        "this is assurance already: a sender keeps sanctioning if the other does. For a dilemma "
        "greed must be there first: c + g larger than (1 - beta) B.",
        ("chicken-without-penalty", name == "Chicken", "c, beta = 3, '1/2'"): "Without the penalty "
        "this is Chicken: if the other trades, sanctioning alone already pays. For a dilemma fear "
        "must be there: c larger than beta B.",
        ("harmony-without-penalty", name == "harmony", "c, g = 1, 0"): "Without the penalty "
        "Sanction dominates already: there is no dilemma. Make sanctions dearer, or less effective "
        "alone.",
        ("on-a-boundary-without-penalty", name == "on a boundary", "g = 0"): "Without the penalty "
        "a comparison is a tie, so this is no dilemma yet; move one of your numbers a little.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.hint(
    "Which penalty cures greed, and which cures fear?",
    "s must lie strictly between c + g - (1 - beta) B and c - beta B.",
    "Put your own numbers into both. If greed asks for more than fear, make g or beta smaller.",
)
@ex.asks_design(*NAMES, read=ex.read_number)
def test_with_the_penalty_it_is_assurance(s, **values):
    game = designed(s=s, **values)
    name, gains = bg.situation(game), sanction_rather_than_trade(game)
    greed, fear = (-gains["US", other] for other in ACTIONS)
    no_room = name != "assurance" and greed >= fear
    return {
        ("no-penalty", s == 0, "s = 0"): "s is 0, so there is no penalty; give a number above 0.",
        ("no-trust-needed", name == "harmony", "s = 5"): "Your penalty makes Sanction dominant: "
        "nobody needs trust. It cures fear too; make s smaller, or let fear ask for more.",
        ("chicken-with-penalty", name == "Chicken", "beta = '1/2'"): "With your penalty this is "
        "Chicken: it cured fear first and left greed. For assurance greed must ask for less than "
        "fear: make beta or g smaller.",
        ("tie-with-penalty", name == "on a boundary", "s = 2"): "With your penalty a comparison is "
        "a tie: you are exactly on a threshold. Move s a little.",
        ("no-room-for-assurance", no_room, "beta, s = '1/2', 1"): "With your penalty each sender "
        f"still gains {greed} by trading while the other sanctions, and {fear} by "
        "trading too. Greed must ask for less than fear, or no penalty leads to assurance: make "
        "beta or g smaller.",
        ("penalty-too-small", name != "assurance", "s = 1  # gains 1 by"): "Your penalty is too "
        f"small: if the other sanctions, a sender still gains {greed} by trading. Raise s "
        "beyond that, but not so far that fear goes too.",
    }
