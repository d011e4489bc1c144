"""Repeated games and automata: payoffs, verdicts, best replies and finite horizons."""

import pickle
from fractions import Fraction
from itertools import product
from random import Random

import pytest

import balancegame as bg
from balancegame.solvers.repeated.joint_play import joint_play
from tests.one_sentence import one_sentence
from tests.repeated_games import (
    APART,
    SUPPORT,
    TOGETHER,
    WITHHOLD,
    alliance,
    dilemma,
    random_automaton,
    random_game,
)

GRIM = bg.grim_trigger(TOGETHER, APART)
ECHO = bg.tit_for_tat(TOGETHER, APART)
PAVLOV = bg.win_stay_lose_shift(TOGETHER, APART)


def played(stage, automata, periods):
    """Return the positions of the actions that automata play together in the first periods."""
    joint = joint_play(bg.RepeatedGame(stage, "1/2"), automata)
    state, cells = 0, []
    for _ in range(periods):
        cells.append(joint.actions[state])
        (state,) = joint.moves[state][cells[-1]].values()
    return cells


def test_automata_that_take_turns_take_turns():
    turns = bg.alternation([("C", "D"), ("D", "C")], APART)
    assert played(dilemma(), turns, 3) == [(0, 1), (1, 0), (0, 1)]


def truncated(stage, automata, patience, periods=400):
    """Return average payoffs by playing on and on: the oracle of the linear equations."""
    totals = [0.0] * len(stage.players)
    for t, cell in enumerate(played(stage, automata, periods)):
        weight = float(1 - patience) * float(patience) ** t
        for i in range(len(totals)):
            totals[i] += weight * float(stage.at(i, cell))
    return totals


@pytest.mark.parametrize(
    ("automata", "delta", "payoffs"),
    [
        ((GRIM, GRIM), "1/3", (3, 3)),
        ((bg.always("D"), GRIM), "1/2", (3, "1/2")),
        ((ECHO, bg.always("D")), "1/2", ("1/2", 3)),
        ((bg.alternation([("C", "D"), ("D", "C")], APART),) * 2, "1/4", (1, 4)),
        ((bg.always("C"), PAVLOV), "9/10", (3, 3)),
        # Win-stay, lose-shift against a defector: D with probability one half, C, D, C, D ...
        ((bg.always("D"), PAVLOV), "1/2", ("11/3", "1/3")),
    ],
)
def test_known_payoffs(automata, delta, payoffs):
    game = bg.RepeatedGame(dilemma(), delta)
    assert bg.discounted_payoffs(game, automata) == tuple(map(Fraction, payoffs))


def test_payoffs_solve_the_linear_equations_of_three_players():
    rng = Random(6)
    for _ in range(25):
        stage = random_game(rng, (2, 3, 2))
        automata = [random_automaton(rng, stage, i, 3) for i in range(3)]
        patience = Fraction(rng.randint(0, 9), 10)
        exact = bg.discounted_payoffs(bg.RepeatedGame(stage, patience), automata)
        assert truncated(stage, automata, patience) == pytest.approx([float(v) for v in exact])


def test_a_hazard_discounts_like_impatience():
    game = bg.RepeatedGame(dilemma(), "9/10", hazard="1/3")
    assert game.patience == Fraction(3, 5)
    other = bg.RepeatedGame(dilemma(), "3/5")
    pair = (bg.always("D"), GRIM)
    assert bg.discounted_payoffs(game, pair) == bg.discounted_payoffs(other, pair)


@pytest.mark.parametrize(
    ("automata", "delta", "holds"),
    [
        (GRIM, "1/2", True),
        (GRIM, "49/100", False),
        (bg.alternation([("C", "D"), ("D", "C")], APART), "1/4", True),
        (bg.alternation([("C", "D"), ("D", "C")], APART), "6/25", False),
        (ECHO, "9/10", False),
        (PAVLOV, "99/100", False),
        (bg.forgiving_reciprocity(TOGETHER, APART), "2/3", True),
        (bg.forgiving_reciprocity(TOGETHER, APART), "13/20", False),
        (bg.limited_punishment(TOGETHER, APART, 1), "99/100", False),
        (bg.limited_punishment(TOGETHER, APART, 2), "3/4", True),
        (bg.always("D"), 0, True),
    ],
)
def test_known_verdicts_of_the_prisoners_dilemma(automata, delta, holds):
    verdict = bg.verify(bg.RepeatedGame(dilemma(), delta), automata)
    assert verdict.holds is holds
    assert bool(verdict) is holds
    assert any(verdict.regrets) is not holds


def test_a_verdict_names_the_state_the_deviation_and_the_gain():
    verdict = bg.verify(bg.RepeatedGame(alliance(), "9/20"), bg.grim_trigger(SUPPORT, WITHHOLD))
    assert verdict.payoffs == (3, 3)
    assert verdict.regrets == (0, Fraction(3, 10))
    [worst] = verdict.profitable
    assert (worst.player, worst.state, worst.action) == ("US", ("agreed", "agreed"), "Withhold")
    assert worst.gain == Fraction(3, 10)
    assert "US gains 3/10 by Withhold" in repr(verdict)
    assert verdict.deviations[1] == worst


def test_every_state_counts_not_only_those_on_the_path():
    # Tit for tat cooperates with itself, and no departure from cooperation pays at 3/4; but
    # after a departure neither wants to go on echoing.
    verdict = bg.verify(bg.RepeatedGame(dilemma(), "3/4"), ECHO)
    assert not verdict
    assert {deviation.state for deviation in verdict.profitable} == {
        ("agreed", "punishment"),
        ("punishment", "agreed"),
        ("punishment", "punishment"),
    }


def gain_by_brute_force(stage, automata, patience, periods):
    """Return whether somebody gains in some state by any plan for some periods, then obeying."""
    reached = {tuple(a.states[0] for a in automata)}
    queue = list(reached)
    machines = [a.on(stage, i) for i, a in enumerate(automata)]

    def following(joint, cell):
        return tuple(
            m.names[m.moves[m.names.index(q)][cell]] for m, q in zip(machines, joint, strict=True)
        )

    def prescribed(joint):
        return tuple(m.actions[m.names.index(q)] for m, q in zip(machines, joint, strict=True))

    for joint in queue:
        for cell in stage.cells():
            if (target := following(joint, cell)) not in reached:
                reached.add(target)
                queue.append(target)

    def obeyed(joint):
        started = [
            bg.Automaton(a.name, {q: a.actions[q], **a.actions}, a.transitions)
            for a, q in zip(automata, joint, strict=True)
        ]
        return bg.discounted_payoffs(bg.RepeatedGame(stage, patience), started)

    for joint in queue:
        value = obeyed(joint)
        for i in range(len(automata)):
            for plan in product(range(stage.shape[i]), repeat=periods):
                state, total, weight = joint, Fraction(0), 1 - patience
                for action in plan:
                    cell = prescribed(state)
                    cell = (*cell[:i], action, *cell[i + 1 :])
                    total += weight * stage.at(i, cell)
                    weight *= patience
                    state = following(state, cell)
                total += patience**periods * obeyed(state)[i]
                if total > value[i]:
                    return True
    return False


def test_one_shot_verdicts_agree_with_brute_force_on_random_automata():
    rng = Random(60)
    verdicts = []
    for _ in range(60):
        stage = random_game(rng, (2, 2), 0, 2)
        automata = [random_automaton(rng, stage, i, rng.randint(1, 2)) for i in range(2)]
        patience = Fraction(rng.randint(0, 9), 10)
        verdict = bg.verify(bg.RepeatedGame(stage, patience), automata)
        assert verdict.holds is not gain_by_brute_force(stage, automata, patience, 3)
        verdicts.append(verdict.holds)
    assert 5 < sum(verdicts) < 55


def test_best_replies_beat_every_plan_and_are_verified():
    rng = Random(61)
    for _ in range(40):
        stage = random_game(rng, (3, 2))
        other = random_automaton(rng, stage, 1, 3)
        game = bg.RepeatedGame(stage, Fraction(rng.randint(0, 9), 10))
        reply = bg.best_reply(game, 0, (None, other))
        assert bg.discounted_payoffs(game, (reply.automaton, other))[0] == reply.payoff
        for _ in range(5):
            rival = random_automaton(rng, stage, 0, 2)
            assert bg.discounted_payoffs(game, (rival, other))[0] <= reply.payoff
        verdict = bg.verify(game, (reply.automaton, other))
        assert verdict.regrets[0] == 0


def test_best_reply_to_grim_trigger_turns_at_one_half():
    at = [bg.best_reply(bg.RepeatedGame(dilemma(), d), 0, GRIM) for d in ("49/100", "51/100")]
    assert at[0].payoff == Fraction(51, 100) * 5 + Fraction(49, 100)
    assert at[1].payoff == 3
    assert at[1].choices == ((("agreed",), "C"), (("punishment",), "D"))


def test_three_players_reciprocate():
    actions = (("Give", "Keep"),) * 3
    cells = list(product(range(2), repeat=3))

    def array(i):
        pay = {c: 2 * c.count(0) - 3 * (c[i] == 0) for c in cells}
        return [[[pay[a, b, c] for c in range(2)] for b in range(2)] for a in range(2)]

    stage = bg.NormalFormGame([array(i) for i in range(3)], actions=actions)
    grim = bg.grim_trigger(("Give",) * 3, ("Keep",) * 3)
    # Keeping gains 1 at once and loses 3 from then on: delta >= 1/4.
    assert bg.verify(bg.RepeatedGame(stage, "1/4"), grim)
    assert not bg.verify(bg.RepeatedGame(stage, "6/25"), grim)


def test_with_one_stage_equilibrium_the_end_casts_its_shadow_back():
    game = bg.RepeatedGame(dilemma(), "9/10")
    [outcome] = bg.finitely_repeated(game, 5)
    assert outcome.path == (APART,) * 5
    assert outcome.payoffs == (sum(Fraction(9, 10) ** t for t in range(5)),) * 2


def test_with_two_stage_equilibria_the_last_period_can_punish():
    # Benoit and Krishna: (A, A) is no equilibrium of the stage, yet it is played before the end.
    stage = bg.NormalFormGame(
        [[[4, 0, 0], [5, 3, 0], [0, 0, 1]], [[4, 5, 0], [0, 3, 0], [0, 0, 1]]],
        actions=(("A", "B", "C"),) * 2,
    )
    paths = {o.path for o in bg.finitely_repeated(bg.RepeatedGame(stage, "1/2"), 2)}
    assert (("A", "A"), ("B", "B")) in paths
    paths = {o.path for o in bg.finitely_repeated(bg.RepeatedGame(stage, "49/100"), 2)}
    assert (("A", "A"), ("B", "B")) not in paths
    assert (("B", "B"), ("C", "C")) in paths


def test_automata_travel_between_processes():
    for automaton in (GRIM, ECHO, PAVLOV, bg.forgiving_reciprocity(TOGETHER, APART)):
        again = pickle.loads(pickle.dumps(automaton))
        assert played(dilemma(), (again, bg.always("D")), 4) == played(
            dilemma(), (automaton, bg.always("D")), 4
        )


@pytest.mark.parametrize("delta", [1, "-1/10", 2])
def test_delta_outside_its_range(delta):
    with one_sentence("delta", "0 to less than 1"):
        bg.RepeatedGame(dilemma(), delta)


def test_errors_of_repeated_games():
    with one_sentence("hazard"):
        bg.RepeatedGame(dilemma(), "1/2", hazard=2)
    with one_sentence("two or more players"):
        bg.RepeatedGame(bg.NormalFormGame([[1, 2]]), "1/2")
    with one_sentence("RepeatedGame(stage, delta)"):
        bg.best_reply(dilemma(), 0, GRIM)
    with one_sentence("not an Automaton"):
        bg.verify(bg.RepeatedGame(dilemma(), "1/2"), ("C", "C"))
    with one_sentence("'grim' is not an Automaton"):
        bg.verify(bg.RepeatedGame(dilemma(), "1/2"), "grim")
    with one_sentence("3 automata", "give 2"):
        bg.verify(bg.RepeatedGame(dilemma(), "1/2"), (GRIM,) * 3)


def test_none_in_a_transition_stands_for_any_action():
    way = {(None, "D"): "b", "otherwise": "a"}
    watchful = bg.Automaton("watchful", {"a": "C", "b": "D"}, {"a": way, "b": "b"})
    other = bg.alternation([("C", "C"), ("C", "D"), ("C", "C")], APART)
    assert played(dilemma(), (watchful, other), 4) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_player_with_one_action_in_a_finite_horizon():
    stage = bg.NormalFormGame([[[1], [2]], [[0], [3]]])
    [outcome] = bg.finitely_repeated(bg.RepeatedGame(stage, "1/2"), 2)
    assert outcome.payoffs == (3, Fraction(9, 2))


def test_a_missing_transition_is_named():
    with one_sentence("no transition from state 'b'"):
        bg.Automaton("mine", {"a": "C", "b": "D"}, {"a": "b"})
    forgetful = bg.Automaton("mine", {"a": "C"}, {"a": {("C", "C"): "a"}})
    with one_sentence("from state 'a' after (C, D)", "otherwise"):
        bg.verify(bg.RepeatedGame(dilemma(), "1/2"), forgetful)
    with one_sentence("in the automaton mine, ", "'c', which is not a state"):
        bg.Automaton("mine", {"a": "C"}, {"a": "c"})
    with one_sentence("state 'a' of automaton mine", "'X'"):
        bg.verify(bg.RepeatedGame(dilemma(), 0), bg.Automaton("mine", {"a": "X"}, {"a": "a"}))
    for pattern, words in (
        (("C", "X"), "'X' in the transitions of automaton mine from 'a' is not an action of "),
        (("C", "D", "D"), "does not say what each player did"),
    ):
        with one_sentence(words):
            way = {pattern: "a", "otherwise": "a"}
            bg.verify(bg.RepeatedGame(dilemma(), 0), bg.Automaton("mine", {"a": "C"}, {"a": way}))
