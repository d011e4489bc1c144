"""Tests of exercise 6. You may read them: they hold no stored solution but ask the solver."""

import random
from fractions import Fraction
from functools import cache, lru_cache

import pytest

import balancegame as bg
from balancegame.grading import exercise as ex
from balancegame.solvers.repeated.joint_play import joint_play
from balancegame.solvers.repeated.one_shot_deviations import one_shot_verdict
from balancegame.wording import called, capital

NAMES = ("Japan", "US")
TOGETHER, APART = (("Support", "Support"), ("Withhold", "Withhold"))
GRIM = bg.grim_trigger(TOGETHER, APART)
MODEL = bg.models["alliance"]
FORGIVING = bg.Automaton(
    "one period of punishment",
    {"peace": TOGETHER, "punishment": APART},
    {"peace": {TOGETHER: "peace", "otherwise": "punishment"}, "punishment": "peace"},
)
IDLE = "actions, transitions = {'a': ('Withhold', 'Withhold')}, {'a': 'a'}"


@pytest.mark.task(1)
@pytest.mark.hint(
    "What does withholding gain once, and what does it lose in every later period?",
    "Set the payoff of support equal to (1 - delta) times temptation + delta times punishment.",
    "Solve for delta, for each player: both must keep supporting. A sanction comes off the "
    "temptation and off the punishment.",
)
@ex.asks("first_delta", "second_delta")
def test_least_patience(own, name):
    # The players of the first alliance are alike.
    alike = name == "first_delta"
    stage = own["alliance_a" if alike else "alliance_b"]
    one = () if alike else (min(needed for _, needed in ex.temptations(stage, GRIM)),)
    right, mistakes = ex.patience(stage, GRIM, "withholding")
    return right, {
        ("one-player-only", *one): lambda delta: (
            f"{delta} is enough for one of the two, but "
            f"{ex.most_tempted(stage, GRIM, 'withholding', delta)}."
        ),
        **mistakes,
    }


@pytest.mark.task(1)
@pytest.mark.points(2)
@ex.asks("sanctioned_delta")
def test_least_patience_with_a_sanction(own):
    free, s = own["alliance_a"], own["sanction"]
    (joint, alone), (tempting, apart) = free.payoffs[0]
    japan = [[joint, alone], [tempting - s, apart - s]]
    stage = bg.NormalFormGame([japan, [*zip(*japan, strict=True)]], NAMES, free.actions)
    without = ex.least_patience(free, GRIM)
    right, mistakes = ex.patience(stage, GRIM, "withholding")
    return right, {
        ("no-sanction", without): "that would be right without the sanction; with it withholding "
        "gains less, so less patience is needed.",
        ("sanction-once", (tempting - s - joint) / (tempting - s - apart)): "{given} counts the "
        "sanction once; whoever withholds for ever pays it in every period.",
        ("sanction-subtracted", without - s): "the sanction is a payoff and not a discount factor; "
        "take it off the payoffs and solve again.",
        **mistakes,
    }


@lru_cache(maxsize=8)
def forgiving(stage, delta):
    return one_shot_verdict(bg.RepeatedGame(stage, delta), FORGIVING)


@pytest.mark.task(2)
@pytest.mark.hint(
    "Compare going along with departing once, first in one state, then in the other.",
    "In peace: joint support for ever, against temptation today, a period of punishment, and joint "
    "support again from then on.",
    "With temptation T, punishment P and joint support R, withholding once averages "
    "(1 - delta) T + delta (1 - delta) P + delta^2 R.",
)
@ex.asks("weak_state", read=("peace", "punishment"))
def test_weak_state(own):
    verdict = forgiving(own["alliance_a"], own["forgiving_delta"])
    (weak,) = {deviation.state[0] for deviation in verdict.profitable}
    (_, alone), (_, apart) = own["alliance_a"].payoffs[0]
    return weak, {
        ("safe-state", "punishment"): "in punishment both withhold, and whoever supports alone "
        f"gets {alone} instead of {apart} and changes nothing later. Nobody gains there."
    }


@pytest.mark.task(2)
@pytest.mark.points(3)
@ex.asks("gain")
def test_gain(own):
    alliance, delta = own["alliance_a"], own["forgiving_delta"]
    right = max(forgiving(alliance, delta).regrets)
    (R, _), (T, P) = alliance.payoffs[0]
    by_grim_trigger, _ = ex.gains_from_departing(alliance, GRIM, delta)
    return right, {
        ("today-only", T - R): "{given} is today's gain alone and not an average; weigh today "
        "with 1 - delta and subtract what the punishment costs.",
        ("no-punishment", (1 - delta) * (T - R)): "{given} is today's gain, rightly weighed, but "
        f"a period of punishment follows; it costs {R - P}, weighed with delta (1 - delta).",
        ("grim-instead", by_grim_trigger): "that would be so if the punishment never ended; here "
        "it ends after one period.",
        ("sign", -right, lambda gain: gain < 0): "it is negative, so departing would lose; "
        "what is asked is the gain.",
        "not-the-gain": f"{{given}} is not the gain. Average {T}, {P}, {R}, {R} and so "
        f"on, and subtract {R}.",
    }


@cache
def least(E, Y, delta):
    """Return the least sanction at which Japan gains nothing by withholding.

    What it gains falls along a line as the sanction grows, which two sanctions fix.
    """
    sanction = Fraction(E) / 2
    first, last = (
        ex.gains_from_departing(MODEL.stage.game(E=E, Y=Y, s=s), GRIM, delta)[0]
        for s in (0, sanction)
    )
    return max(sanction * first / (first - last), Fraction(0))


def many_alliances(worths=(17, 32), parts=20, seed=6):
    """Return alliances with E, Y, which is worth so many quarters, and delta."""
    draw = random.Random(seed).randint
    return [
        (Fraction(draw(1, 16), 4), Fraction(draw(*worths), 4), Fraction(draw(1, parts - 1), parts))
        for _ in range(40)
    ]


@pytest.mark.task(3)
@pytest.mark.hint(
    "What must the sanction do that the future does not do already?",
    "Withholding saves E now and costs Y later, and s in every period: s = E - delta Y.",
    "If E - delta Y is negative the future alone is enough: max(E - delta * Y, 0).",
)
@ex.asks_function(
    least,
    {
        "in the lesson's game": (1, [(2, 5, Fraction(1, 4))]),
        "in many other alliances": (2, many_alliances),
    },
    {
        ("negative", lambda E, Y, delta: E - delta * Y): "gives negative numbers where the future "
        "alone is enough; a sanction is 0 or more",
        ("no-future", lambda E, Y, delta: E): "forgets the future: it does a part of the work of E",
        ("no-discount", lambda E, Y, delta: max(E - Y, 0), lambda E, Y, delta: E - Y): "counts the "
        "future in full; tomorrow counts only delta times as much",
        (
            "net-benefit",
            lambda E, Y, delta: max(E - delta * (Y - E), 0),
            lambda E, Y, delta: E - delta * (Y - E),
        ): "counts only Y - E as lost, though what E saves later is counted already",
    },
)
def test_least_sanction(says, right, *alliance):
    shown = ", ".join(map(str, alliance))
    return (
        f"least_sanction({shown}) says {says}, which is "
        f"{'more than is needed' if says > right else 'not enough'}. Compare supporting, Y - E for "
        "ever, with withholding, Y - s today and -s from then on."
    )


@lru_cache(maxsize=2)
def verified(patrol, automaton, written):
    """Return the solver's verdict. True equals 1, so what was written is told apart besides."""
    return one_shot_verdict(patrol, automaton)


def judged(own, *design):
    """Return the solver's verdict, and what each gets on average without any support."""
    patrol = bg.RepeatedGame(own["patrols"], own["patrol_delta"])

    def read(*given):
        return verified(patrol, bg.Automaton("yours", *given), repr(given))

    try:
        verdict = ex.read_or_refuse(read, design, ({"over": APART}, {"over": "over"}), "actions")
    except bg.GameError as error:
        ex.wrong("no-automaton", f"That is not an automaton for both yet: {error}")
    return verdict, own["patrols"].payoff(APART)[0]


@pytest.mark.task(4)
@pytest.mark.hint(
    "The temptation belongs to the path. Which path tempts less than (Support, Support)?",
    "Let them take turns: today Japan supports, tomorrow the US.",
    "Three states: Japan's turn, the turn of the US, and over for whoever departs.",
)
@ex.asks_design("actions", "transitions")
def test_both_get_more_than_without_support(own, actions, transitions):
    verdict, apart = judged(own, actions, transitions)
    payoff, name = min(zip(verdict.payoffs, NAMES, strict=True))
    return {
        ("no-better", payoff <= apart, IDLE): f"{capital(called(name))} gets {payoff} on average; "
        f"without any support it would get {apart}, and it must get more.",
    }


@pytest.mark.task(4)
@pytest.mark.points(3)
@ex.asks_design("actions", "transitions")
def test_it_is_subgame_perfect(own, actions, transitions):
    verdict, apart = judged(own, actions, transitions)
    worst = max(verdict.profitable, key=lambda deviation: deviation.gain, default=None)
    where = worst and (
        f"in state {worst.state[0]!r} {called(worst.player)} gains {worst.gain} by playing "
        f"{worst.action} once"
    )
    on_path = bool(worst) and worst.state[0] in states_on_path(verdict)
    idle = verdict.holds and max(verdict.payoffs) <= apart
    return {
        ("nothing-sustained", idle, IDLE): "It is subgame-perfect, but only because nobody "
        "supports; sustain some support.",
        ("temptation", on_path): f"Somebody is tempted on the path of play: {where}. Choose a path "
        "that tempts less, or a harder punishment.",
        ("empty-threat", worst is not None): f"A threat is empty: {where}. Play never gets there "
        "if all obey, and still it must hold.",
    }


def states_on_path(verdict):
    """Return the states that play passes through if everybody obeys."""
    joint, state, seen = joint_play(verdict.game, verdict.automata), 0, set()
    while state not in seen:
        seen.add(state)
        state = joint.moves[state][joint.actions[state]][0]
    return {joint.states[passed][0] for passed in seen}
