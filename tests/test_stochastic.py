"""Stochastic games: what is read, payoffs, verdicts, best replies and sustaining deltas."""

import pickle
from fractions import Fraction
from random import Random

import pytest
import sympy

import balancegame as bg
from tests.one_sentence import one_sentence
from tests.repeated_games import APART, TOGETHER, dilemma, random_game
from tests.repeated_games import random_automaton as blind_automaton
from tests.stochastic_games import (
    Played,
    random_automaton,
    random_chances,
    random_stage,
    random_world,
)

STAY = {"calm": "calm", "hostile": "hostile"}


def weather(transitions, delta="3/4", calm=None, hostile=None):
    stages = (calm or dilemma(), hostile or dilemma(3, 0, 6, 1))
    return bg.StochasticGame(("calm", "hostile"), stages, transitions, delta)


# What is read.


def test_chances_may_depend_on_what_is_played():
    game = weather(
        {
            "calm": {("C", "C"): "calm", ("D", None): {"hostile": 1}, "otherwise": {"calm": "1/3",
                                                                                 "hostile": "2/3"}},
            "hostile": {"calm": 0.25, "hostile": "3/4"},
        }
    )  # fmt: skip
    assert game.chances("calm", ("C", "C")) == {"calm": 1}
    assert game.chances("calm", ("D", "C")) == {"hostile": 1}
    assert game.chances("calm", (0, 1)) == {"calm": Fraction(1, 3), "hostile": Fraction(2, 3)}
    assert game.chances("hostile", ("D", "D")) == {
        "calm": Fraction(1, 4),
        "hostile": Fraction(3, 4),
    }
    assert pickle.loads(pickle.dumps(game)) == game
    assert game.at_delta("1/2").delta == Fraction(1, 2)
    assert game.at_delta("3/4") == game != game.at_delta("1/2")


def test_an_unreachable_world_is_allowed_and_said():
    game = weather({"calm": "calm", "hostile": {"calm": "1/2", "hostile": "1/2"}})
    assert game.unreached == ("hostile",)
    assert "no other leads to hostile" in repr(game)
    assert "hostile" in str(bg.explain(game))
    # Play may start there, so what is done there counts.
    verdict = bg.verify(game, bg.grim_trigger(TOGETHER, APART))
    assert {d.world for d in verdict.profitable} <= {"calm", "hostile"}
    assert set(verdict.starts) == {"calm", "hostile"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"transitions": {"calm": {"calm": "1/2", "hostile": "2/5"}, "hostile": "calm"}},
         ["from calm", "add up to 9/10", "not to 1"]),
        ({"transitions": {"calm": {("C", "C"): {"calm": "3/2", "hostile": "-1/2"},
                                   "otherwise": "calm"}, "hostile": "calm"}},
         ["chance of hostile", "(C, C)", "-1/2"]),
        ({"transitions": {"calm": {"calm": "1/2", "war": "1/2"}, "hostile": "calm"}},
         ["'war'", "nobody describes"]),
        ({"transitions": {**STAY, "war": "calm"}}, ["'war'", "nobody describes"]),
        ({"transitions": {"calm": "hostile"}}, ["what comes after hostile"]),
        ({"transitions": "calm"}, ["transitions", "'calm'"]),
        ({"transitions": {**STAY, "calm": {("C", "C"): "calm"}}}, ["(C, D)", "otherwise"]),
        ({"transitions": {**STAY, "calm": {("C", "X"): "calm", "otherwise": "calm"}}},
         ["'X'", "is not an action of player 2; write 'C' or 'D'"]),
        ({"transitions": {**STAY, "calm": 1}}, ["from calm", "is 1"]),
        ({"stages": [dilemma()]}, ["nobody describes", "hostile"]),
        ({"stages": {"calm": dilemma(), "war": dilemma()}}, ["'war'", "no state"]),
        ({"stages": [dilemma()] * 3}, ["3 stage games", "2 states"]),
        ({"stages": (dilemma(), random_stage(Random(1), 3))},
         ["actions of player 1 in hostile", "C, D and E", "own_actions=('hostile',)"]),
        ({"states": ("calm", "calm")}, ["two states 'calm'"]),
        ({"states": "calm"}, ["'calm'", "name them"]),
        ({"delta": 1}, ["delta = 1", "discount factor"]),
        ({"own_actions": "war"}, ["own_actions", "'war'"]),
    ],
)  # fmt: skip
def test_bad_input(arguments, words):
    given = {
        "states": ("calm", "hostile"),
        "stages": (dilemma(), dilemma()),
        "transitions": STAY,
        "delta": "1/2",
    }
    with one_sentence(*words):
        bg.StochasticGame(**{**given, **arguments})


def test_players_are_the_same_everywhere():
    other = bg.NormalFormGame(dilemma().payoffs, players=("Japan", "US"), actions=(("C", "D"),) * 2)
    with one_sentence("players in hostile", "Japan and US"):
        bg.StochasticGame(("calm", "hostile"), (dilemma(), other), STAY, "1/2")


def test_actions_may_differ_if_it_is_said():
    wide = random_stage(Random(1), 3)
    game = bg.StochasticGame(
        ("calm", "hostile"), (dilemma(), wide), STAY, "1/2", own_actions=("hostile",)
    )
    markov = bg.always({"calm": "D", "hostile": "E"})
    assert bg.discounted_payoffs(game, markov, "hostile") == wide.payoff(("E", "E"))
    with one_sentence("in calm", "'E'"):
        bg.verify(game, bg.always("E"))


# Automata that see the world.


def test_an_automaton_may_do_otherwise_in_each_world():
    game = weather({"calm": {"calm": "1/2", "hostile": "1/2"}, "hostile": "calm"}, "1/2")
    fair = bg.always({"calm": "C", "hostile": "D"})
    # V(calm) = 3/2 + (V(calm) + V(hostile))/4 and V(hostile) = 1/2 + V(calm)/2.
    assert bg.discounted_payoffs(game, fair) == (Fraction(13, 5), Fraction(13, 5))
    assert bg.discounted_payoffs(game, fair, "hostile") == (Fraction(9, 5), Fraction(9, 5))


@pytest.mark.parametrize(
    "maker",
    [
        bg.grim_trigger,
        bg.tit_for_tat,
        bg.win_stay_lose_shift,
        bg.forgiving_reciprocity,
        bg.limited_punishment,
        lambda agreed, apart: bg.alternation([agreed, apart], apart),
    ],
)
def test_named_strategies_take_a_profile_for_each_world(maker):
    game = weather({"calm": {"calm": "1/2", "hostile": "1/2"}, "hostile": "calm"}, "4/5")
    alike = maker({"calm": TOGETHER, "otherwise": TOGETHER}, {"calm": APART, "hostile": APART})
    assert bg.verify(game, alike).regrets == bg.verify(game, maker(TOGETHER, APART)).regrets
    fair = maker({"calm": TOGETHER, "hostile": APART}, APART)
    copied = pickle.loads(pickle.dumps(fair))
    assert bg.verify(game, copied).starts == bg.verify(game, fair).starts


def test_automata_that_leave_a_world_out():
    game = weather(STAY)
    with one_sentence("does not say what to do in state", "'hostile'"):
        bg.verify(game, bg.always({"calm": "C"}))
    silent = bg.Automaton("silent", {"q": "C"}, {"q": {"calm": {"otherwise": "q"}}})
    with one_sentence("where to go from state 'q'", "'hostile'"):
        bg.verify(game, silent)
    with one_sentence("only one", "StochasticGame"):
        bg.verify(bg.RepeatedGame(dilemma(), "1/2"), bg.always({"calm": "C", "hostile": "D"}))
    with one_sentence("what to do in state 'agreed'", "'hostile'"):
        bg.verify(game, bg.tit_for_tat({"calm": TOGETHER}, APART))
    with one_sentence("state 'calm' of the world", "only for hostile"):
        bg.win_stay_lose_shift({"calm": TOGETHER}, {"hostile": APART})


# One world is a repeated game, and a hazard is a world of zeros.


def test_one_world_equals_the_repeated_game():
    rng = Random(210)
    for _ in range(40):
        stage = random_game(rng, (2, 2))
        automata = [blind_automaton(rng, stage, i, rng.randint(1, 3)) for i in range(2)]
        delta = Fraction(rng.randint(0, 9), 10)
        repeated = bg.RepeatedGame(stage, delta)
        one = bg.StochasticGame(("calm",), (stage,), {"calm": "calm"}, delta)
        expected, found = bg.verify(repeated, automata), bg.verify(one, automata)
        assert found.payoffs == expected.payoffs
        assert found.regrets == expected.regrets
        assert found.holds == expected.holds
        assert [d.gain for d in found.profitable] == [d.gain for d in expected.profitable]
        assert bg.sustaining_deltas(one, automata) == bg.sustaining_deltas(stage, automata)


def test_an_absorbing_world_of_zeros_equals_the_hazard():
    rng = Random(211)
    over = bg.NormalFormGame([[[0, 0], [0, 0]]] * 2)
    for _ in range(40):
        stage = random_game(rng, (2, 2))
        automata = [blind_automaton(rng, stage, i, rng.randint(1, 3)) for i in range(2)]
        delta, hazard = Fraction(rng.randint(0, 9), 10), Fraction(rng.randint(0, 5), 6)
        repeated = bg.RepeatedGame(stage, delta, hazard)
        worlds = bg.StochasticGame(
            ("on", "over"),
            (stage, over),
            {"on": {"on": 1 - hazard, "over": hazard}, "over": "over"},
            delta,
        )
        expected, found = bg.verify(repeated, automata), bg.verify(worlds, automata)
        # Averages over the same sums, at delta and at delta (1 - h).
        share = (1 - delta) / (1 - repeated.patience)
        assert found.payoffs == tuple(share * u for u in expected.payoffs)
        assert found.holds == expected.holds
        gains = [(d.player, d.state, d.action, share * d.gain) for d in expected.profitable]
        assert [(d.player, d.state, d.action, d.gain) for d in found.profitable] == gains


# Random worlds against play by names, in floats.


def test_payoffs_agree_with_truncated_sums():
    rng = Random(212)
    for _ in range(30):
        game = random_world(rng, rng.randint(1, 3), rng.choice((2, 3)))
        automata = [random_automaton(rng, game, i, rng.randint(1, 3)) for i in range(2)]
        played = Played(game, automata)
        for world in game.states:
            exact = bg.discounted_payoffs(game, automata, world)
            assert played.truncated(world) == pytest.approx([float(v) for v in exact], abs=1e-9)


def test_verdicts_agree_with_best_replies_by_dynamic_programming():
    rng = Random(213)
    held = 0
    for k in range(120):
        game = random_world(rng, rng.randint(1, 3), delta=Fraction(rng.randint(0, 8), 10))
        automata = [random_automaton(rng, game, i, rng.randint(1, 2)) for i in range(2)]
        if k % 2:
            # A best reply is often a best reply to itself.
            for i in (0, 1, 0, 1, 0):
                automata[i] = bg.best_reply(game, i, automata).automaton
        verdict = bg.verify(game, automata)
        if k % 2:
            automata = [spelled_out(game, automaton, i) for i, automaton in enumerate(automata)]
        played = Played(game, automata)
        gaps = [
            max(
                best - kept
                for best, kept in zip(
                    played.value(i, True).values(), played.value(i, False).values(), strict=True
                )
            )
            for i in range(2)
        ]
        assert verdict.holds == (max(gaps) < 1e-7), (k, gaps)
        held += verdict.holds
    assert 20 < held < 110


def spelled_out(game, automaton, player):
    """Return an automaton with every action and transition by name."""
    actions = {name: {} for name in automaton.states}
    ways = {name: {} for name in automaton.states}
    for world, stage in zip(game.states, game.stages, strict=True):
        machine = automaton.on(stage, player, world)
        for q, name in enumerate(automaton.states):
            actions[name][world] = stage.actions[player][machine.actions[q]]
            ways[name][world] = {
                stage.outcome(cell): automaton.states[target]
                for cell, target in machine.moves[q].items()
            }
    return bg.Automaton(automaton.name, actions, ways)


def test_best_replies_are_worth_what_dynamic_programming_finds():
    rng = Random(214)
    for _ in range(20):
        game = random_world(rng, 2, 3)
        automata = [random_automaton(rng, game, i, 2) for i in range(2)]
        reply = bg.best_reply(game, 0, automata)
        best = Played(game, [spelled_out(game, reply.automaton, 0), automata[1]]).value(0, True)
        assert float(reply.payoff) == pytest.approx(
            best["w0", reply.automaton.states[0], "q0"], abs=1e-9
        )
        pair = (reply.automaton, automata[1])
        assert bg.discounted_payoffs(game, pair)[0] == reply.payoff
        assert not [d for d in bg.verify(game, pair).profitable if d.player == "player 1"]


def test_sustaining_deltas_agree_with_verdicts_beside_and_at_their_ends():
    rng = Random(215)
    seen = 0
    for k in range(60):
        game = random_world(rng, 2)
        if k % 2:
            automata = [random_automaton(rng, game, i, 1) for i in range(2)]
        else:
            dilemmas = [dilemma(rng.randint(2, 4), 0, rng.randint(4, 7), 1) for _ in game.states]
            chances = {w: {"otherwise": random_chances(rng, game.states)} for w in game.states}
            game = bg.StochasticGame(game.states, dilemmas, chances, "1/2")
            automata = bg.grim_trigger({"w0": TOGETHER, "w1": rng.choice((TOGETHER, APART))}, APART)
        deltas = bg.sustaining_deltas(game, automata)
        points = [Fraction(rng.randrange(0, 60), 60) for _ in range(5)]
        ends = [end for end in deltas.boundary if 0 <= end < 1]
        near = Fraction(1, 10**6)
        for end in ends:
            if end.is_Rational:
                at = Fraction(int(end.p), int(end.q))
                points += [x for x in (at - near, at, at + near) if 0 <= x < 1]
            else:
                assert bg.verify(game.at_delta(end), automata).holds == (end in deltas)
        for point in points:
            value = sympy.Rational(point.numerator, point.denominator)
            assert bg.verify(game.at_delta(point), automata).holds == (value in deltas)
        seen += deltas not in (sympy.S.EmptySet, sympy.Interval.Ropen(0, 1))
    assert seen > 5


def test_a_verdict_names_the_world():
    verdict = bg.verify(weather(STAY, "1/2"), bg.grim_trigger(TOGETHER, APART))
    assert verdict.starts["calm"] == (3, 3)
    worst = verdict.profitable[0]
    assert (worst.world, worst.state, worst.action) == ("hostile", ("agreed", "agreed"), "D")
    assert worst.gain == Fraction(1, 2)
    assert "in hostile and in state (agreed, agreed)" in repr(verdict)
    words = str(bg.explain(verdict))
    assert "In hostile, state agreed, player 1 gains 1/2 by playing D once" in words
    assert "From hostile on it yields" in words
