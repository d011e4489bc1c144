"""Tests of exercise 2. You may read them: they hold no stored solution but ask the solver."""

import random
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import product
from math import ceil, floor

import pytest

import balancegame as bg
from balancegame.exact import plain
from balancegame.grading import exercise as ex
from balancegame.models.concession import CONCESSION
from balancegame.models.face import FACE
from balancegame.models.leader_follower import AFTER_NIXON
from balancegame.solvers.normal_form.verdict import profile_verdict

BUILD, LEASE, WAIT = SCALE = ("Build", "Lease", "Wait")
TREATMENT = ("Protect", "Tax")


@lru_cache(maxsize=8)
def in_turn(game, *order):
    """Return the only way in which a game without ties is played in turn, as a plan."""
    (only,) = bg.subgame_perfect(bg.GameTree.in_turn(game, order))
    return only.plan


@pytest.mark.task(1)
@pytest.mark.hint(
    "Who moves last, and which of the two numbers does that player compare?",
    "For each of Japan's actions, find what Russia does; then compare what Japan gets in these "
    "three cells.",
    "If Russia goes first, it is Japan that replies: find its best row in each column.",
)
@ex.asks("after_build", "after_lease", read=TREATMENT)
def test_tree(own, name):
    game = own["investment"]
    row = name.removeprefix("after_").capitalize()
    right = in_turn(game, "Japan", "Russia")[row,]
    (other,) = {*TREATMENT} - {right}
    got, missed = (plain(payoff(game, 1, row, column)) for column in (right, other))
    return right, {
        ("not-russias-best", other): f"after {row} Russia gets {got} from {right} and {missed} "
        f"from {other}. What Japan would like does not count any more."
    }


def payoff(game, player, row, column):
    return game.payoffs[player][SCALE.index(row)][TREATMENT.index(column)]


@pytest.mark.task(1)
@ex.asks("japan_first", read=SCALE)
def test_japan_first(own):
    game = own["investment"]
    plan = in_turn(game, "Japan", "Russia")
    foreseen = {row: payoff(game, 0, row, plan[row,]) for row in SCALE}
    rows = dict(zip(SCALE, game.payoffs[0], strict=True))
    hoped = max(SCALE, key=lambda row: max(rows[row]))
    feared = max(SCALE, key=lambda row: min(rows[row]))
    led_to = ", ".join(f"{plain(payoff)} from {row}" for row, payoff in foreseen.items())
    return plan[()], {
        ("hoped-for", hoped): f"{hoped} has Japan's largest payoff, but after it Russia does "
        f"not do what Japan hopes for: it chooses {plan[hoped,]}. So Japan gets {led_to}.",
        ("feared-worst", feared): f"{feared} is best against the worst that Russia could do. "
        f"But Russia does what is best for itself, and then Japan gets {led_to}.",
    }


@pytest.mark.task(1)
@ex.asks("russia_first", read=TREATMENT)
def test_russia_first(own):
    game = own["investment"]
    plan = in_turn(game, "Russia", "Japan")
    right = plan[()]
    (other,) = {*TREATMENT} - {right}
    replies = " and ".join(
        f"to {column} Japan replies {plan[column,]}, which gives Russia "
        f"{plain(payoff(game, 1, plan[column,], column))}"
        for column in (right, other)
    )
    return right, {("not-led", other): f"now Japan replies to what Russia has done: {replies}."}


def may_do(tree, history):
    """Return what is done at a node in some subgame-perfect equilibrium."""
    return {found.plan[history] for found in bg.subgame_perfect(tree)}


def turns(model, parameter, player, seen, one, other, **values):
    """Return for which value of a parameter a later mover gets the same from two actions.

    What it gets changes along a line, which its decisions at both ends of the range fix.
    """
    low, high = (getattr(model.parameters[parameter], end) for end in ("low", "high"))
    gaps = []
    for end in (low, high):
        replies = model.replies_at(model.values(**values, **{parameter: end}))
        (reply,) = (each for each in replies if (each.player, each.seen) == (player, seen))
        brings = dict(zip(reply.actions, reply.values, strict=True))
        gaps.append(brings[one] - brings[other])
    return low + (high - low) * gaps[0] / (gaps[0] - gaps[1])


@cache
def last_to_engage(E, a):
    """Return the largest sanction at which Japan may still engage after a public invitation."""
    invited = (("Russia", "Public"),)
    return floor(turns(FACE, "s", "Japan", invited, "Engage", "Comply", E=E, a=a))


@cache
def least_worth(E, s):
    """Return the smallest worth of a concession after which Japan may engage."""
    conceded = (("Russia", "Concede"),)
    return ceil(turns(CONCESSION, "z", "Japan", conceded, "Engage", "Align", E=E, s=s))


@cache
def least_gain(d, energy):
    """Return the smallest gain at which the US, which moves first, may lift its sanctions."""
    may = lambda g: "Lift" in may_do(AFTER_NIXON.tree(g=g, d=d, s=10, E=energy), ())  # noqa: E731
    gains = range(-10, 11)
    return gains[bisect_left(gains, True, key=may)]


@pytest.mark.task(2)
@pytest.mark.hint(
    "Who decides last in each case, and what does that player compare?",
    "in_public: compare -a with E - s. least_concession: compare 0 with E + z - s.",
    "lifts_if_japan_goes: the US gets g if it lifts and -d if it does not.",
)
@ex.asks("in_public", "least_concession", "lifts_if_japan_waits", "lifts_if_japan_goes")
def test_threshold(own, name):
    values = own["values"]
    E, a, s, d = (values[symbol] for symbol in ("E", "a", "s", "d"))
    if name == "in_public":
        return last_to_engage(E, a), {
            ("in-private", E): "{given} is the threshold after a private invitation; in "
            "public, complying costs face.",
            ("face-alone", a): "{given} is what complying costs; engaging brings something too.",
            ("subtracted", E - a): "face makes complying dearer, so Japan gives in later and "
            "not earlier.",
        }
    if name == "least_concession":
        return least_worth(E, s), {
            ("whole-sanction", s): "{given} is the whole sanction, but Japan gains E by "
            "engaging in any case.",
            ("energy-alone", E): "{given} is what Japan gains without a concession; what is "
            "missing?",
            ("added", s + E): "E helps the concession to outweigh the sanction; subtract it.",
        }
    waits = name == "lifts_if_japan_waits"
    sign = ("sign", d)
    return least_gain(d, 5 if waits else 15), {
        sign: (
            "here Japan waits, so nobody goes alone, and d plays no part."
            if waits
            else "an ally that goes alone costs the US d, so look at the sign."
        ),
        ("other-case", -d if waits else 0): (
            "that holds if Japan engages anyway; here it stays out, so keeping the sanctions "
            "costs the US nothing."
            if waits
            else "that holds if Japan stays out; here it engages although the US keeps its "
            "sanctions, and that costs the US d."
        ),
    }


def row_chosen(given, function, first, second):
    try:
        row = ex.read_returned_number(given, function)
    except bg.GameError as error:
        ex.wrong("not-a-row", f"{function}({first}, {second}): {error}")
    if row.denominator != 1:
        ex.wrong(
            "not-a-row", f"{function} gives back {plain(row)}, which is not the number of a row."
        )
    return int(row)


def moves_first(first, second):
    """Ask the solver which row the first mover takes."""
    game = bg.NormalFormGame([first, second])
    return game.actions[0].index(in_turn(game, *game.players)[()])


SIZES = (*product((2, 3, 4), (2, 3)),) * 8


def many_tables(sizes=SIZES, among=range(-9, 10), seed="exercise 2"):
    """Return tables without ties, in which hopes and fears often lead astray."""
    draw = random.Random(seed)

    def table(rows, columns):
        numbers = iter(draw.sample(among, rows * columns))
        return [[next(numbers) for _ in range(columns)] for _ in range(rows)]

    return [(table(*size), table(*size)) for size in sizes]


def best(values):
    """Return the position of the largest value."""
    values = list(values)
    return values.index(max(values))


def foreseen(first, second):
    """Return what each row yields the first mover."""
    return [own[best(other)] for own, other in zip(first, second, strict=True)]


@pytest.mark.task(3)
@pytest.mark.hint(
    "Which column does the second player choose in each row?",
    "In the row r it is second[r].index(max(second[r])).",
    "Collect what first yields there in a list, and return the position of its largest number.",
)
@ex.asks_function(
    moves_first,
    {
        "in the example": (1, [([[5, 1], [4, 2]], [[0, 3], [2, 1]])]),
        "in many other tables": (2, many_tables),
    },
    {
        ("hoped-for", lambda first, second: best(map(max, first))): "takes the row with the "
        "largest number in first; but it is the second player who chooses the column",
        ("feared-worst", lambda first, second: best(map(min, first))): "guards against the worst "
        "column; the second player does not choose what is worst for you, but what is best in "
        "second",
        ("seconds-best-row", lambda first, second: best(map(max, second))): "takes the row that "
        "the second player would like; the first one chooses it by first",
        ("payoff", lambda first, second: max(foreseen(first, second))): "returns a payoff; return "
        "the number of the row, counted from 0",
        ("from-one", lambda first, second: best(foreseen(first, second)) + 1): "counts rows from "
        "1; the first row is row 0",
        ("fixed", lambda first, second: 0): "takes the first row whatever the tables are",
    },
    row_chosen,
)
def test_first_choice(row, right, first, second):
    return (
        f"first_choice({first}, {second}) gives {row}. Given what the second player replies, the "
        f"rows yield {foreseen(first, second)}, so it is row {right}."
    )


ROWS, COLUMNS = ("Comply", "Engage"), ("Enforce", "Acquiesce")


def designed(japan, us):
    """Return the game, and for each player and cell what it pays, as text."""
    game = bg.NormalFormGame([japan, us], ("Japan", "US"), (ROWS, COLUMNS))
    return game, lambda player, row, column: plain(
        game.at(player, (ROWS.index(row), COLUMNS.index(column)))
    )


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("an equilibrium if both choose at once")
@pytest.mark.hint(
    "At (Comply, Enforce), what would each player get by changing alone?",
    "Japan must not gain by Engage against Enforce, nor the US by Acquiesce against Comply.",
)
@ex.asks_design("japan", "us", read=ex.read_two_by_two)
def test_the_threat_is_an_equilibrium_at_once(japan, us):
    game, pays = designed(japan, us)
    by_japan, by_us = profile_verdict(game, ("Comply", "Enforce")).regrets
    return {
        ("japan-leaves", by_japan > 0, "japan = [[10, 10], [11, 15]]  # 11 is more than 10"): "At "
        f"(Comply, Enforce) Japan would rather engage: {pays(0, 'Engage', 'Enforce')} is more than "
        f"{pays(0, 'Comply', 'Enforce')}. Let Enforce hurt more.",
        ("us-leaves", by_us > 0, "us = [[10, 12], [5, 7]]  # 12 is more than 10"): "At (Comply, "
        f"Enforce) the US would rather acquiesce: {pays(1, 'Comply', 'Acquiesce')} is more than "
        f"{pays(1, 'Comply', 'Enforce')}. To threaten must cost nothing while Japan complies.",
    }


@pytest.mark.task(4)
@pytest.mark.points(2)
@pytest.mark.criterion("an empty threat if Japan moves first")
@pytest.mark.hint(
    "What must the US prefer once Japan has engaged?",
    "After Engage Acquiesce must pay the US more, and give Japan more than complying does.",
)
@ex.asks_design("japan", "us", read=ex.read_two_by_two)
def test_the_threat_is_empty_if_japan_moves_first(japan, us):
    game, pays = designed(japan, us)
    plans = [one.plan for one in bg.subgame_perfect(bg.GameTree.in_turn(game, ("Japan", "US")))]
    carried_out, looked_away = (pays(1, "Engage", column) for column in COLUMNS)
    real = any(plan["Engage",] == "Enforce" for plan in plans)
    complies = any(plan[()] == "Comply" for plan in plans)
    return {
        ("indifferent-us", carried_out == looked_away, "us = [[10, 10], [7, 7]]  # 7 either"): (
            f"After Engage the US gets {carried_out} either way, so it may well enforce; make "
            "Acquiesce pay more there."
        ),
        ("real-threat", real, "us = [[10, 10], [8, 7]]  # 8 from Enforce and 7"): "After Engage "
        f"the US gets {carried_out} from Enforce and {looked_away} from Acquiesce, so it would "
        "carry out its threat.",
        ("japan-complies", complies, "japan = [[10, 10], [9, 10]]  # only 10"): "The threat is "
        "empty, but Japan may comply all the same: engaging brings it only "
        f"{pays(0, 'Engage', 'Acquiesce')}.",
    }
