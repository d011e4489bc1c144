"""What bg.prove decides of trees, repeated games, groups, bargains and signals."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg

PROVED = [
    (
        "core-dilemma-in-sequence",
        "for all E > 0, s > E, r > k: (Comply, Enforce) is the only subgame-perfect outcome",
    ),
    (
        "core-dilemma-in-sequence",
        "for all E > 0: (Comply, Enforce) is a subgame-perfect outcome iff r >= k and s >= E",
    ),
    (
        "core-dilemma-in-sequence",
        "for all E, d > 0, k > r: payoff(US, (Engage, Acquiesce)) < payoff(US, (Comply, Enforce))",
    ),
    (
        "after-nixon",
        "for all E, h, d > 0, s > E: (Lift, Engage) is a subgame-perfect outcome iff g >= 0",
    ),
    (
        "after-nixon",
        "for all E, h, d > 0, 0 < s < E: (Lift, Engage) is a subgame-perfect outcome iff g >= -d",
    ),
    (
        "balancing",
        (
            "for all 0 < b_US < L_US, 0 < b_JP < L_JP, g > 2*kappa, kappa > 0: "
            "(Pass, Pass, Assert) is the only subgame-perfect outcome"
        ),
    ),
    (
        "alliance",
        (
            "for all E, Y, D, y > 0, 0 <= s < E: mutual support is subgame-perfect "
            "iff delta*(1 - h) >= (E - s)/Y and delta*(1 - h) >= y/D"
        ),
    ),
    ("reputation", "for all k, d > 0: punishing a test is subgame-perfect iff delta >= k/(d + k)"),
    (
        "favour",
        "for all B, c > 0: a favour for a favour is subgame-perfect iff c <= (delta*(1-h))**3*B",
    ),
    (
        "pipeline",
        (
            "for all c >= j - s, j >= s >= 0: "
            "shapley(China) = c/2 - (j - s)/3 and shapley(Russia) = c/2 + (j - s)/6"
        ),
    ),
    ("pipeline", "for all c >= j - s, j >= s: (j - s, c - j + s, 0) is in the core"),
    ("pipeline", "for all c > j - s, j > s: (0, c, 0) is not in the core"),
    ("council", "for all q = 10, J = 1, V = 1, c = 0: shapley(Japan) = 283/1716"),
    ("council", "for all q = 9, J = 0: shapley(China) = 421/2145 and shapley(elected 1) = 4/2145"),
    ("concert", "for all US, CN, RU, JP, IN > 0: US is a dictator iff US > CN + RU + JP + IN"),
    (
        "concert",
        (
            "for all US, CN, RU > 0, JP = 0, IN = 0, US < CN + RU, CN < US + RU, RU < US + CN: "
            "shapley(US) = 1/3 and US + China wins"
        ),
    ),
    ("kurils", "for all v_J, v_R, a > 0: there is a deal iff v_J >= v_R + a"),
    (
        "kurils",
        "for all v_J, v_R, a > 0, v_J >= v_R + a: nash(Japan) = (v_J - v_R - a)/2",
    ),
    (
        "costly-signal",
        (
            "for all 0 < p < 1, s_H > s_L > 0, B > 0: "
            "there is a separating equilibrium iff s_L <= B <= s_H"
        ),
    ),
    ("costly-signal", "for all s_L = 0, s_H = 0, B > 0: there is no separating equilibrium"),
]


@pytest.mark.parametrize(("name", "text"), PROVED, ids=[text for _, text in PROVED])
def test_proved(name, text):
    proof = bg.prove(text, bg.models[name], seconds=60)
    assert proof.holds is True, repr(proof)
    assert proof.checked()
    assert "proved" in str(bg.explain(proof))


REFUTED = [
    ("core-dilemma-in-sequence", "for all s > E: (Comply, Enforce) is a subgame-perfect outcome"),
    (
        "core-dilemma-in-sequence",
        ("for all s > E > 0, r >= k: (Comply, Enforce) is the only subgame-perfect outcome"),
    ),
    ("balancing", "for all g > 2*kappa: (Pass, Pass, Assert) is the only subgame-perfect outcome"),
    (
        "alliance",
        (
            "for all E, Y, D, y > 0, s = 0: mutual support is subgame-perfect "
            "iff delta >= E/Y and delta >= y/D"
        ),
    ),
    ("investment", "for all I, y > 0: investment is subgame-perfect"),
    ("pipeline", "for all c, j, s >= 0: (j - s, c - j + s, 0) is in the core"),
    ("pipeline", "for all c, j, s >= 0: shapley(China) = c/2 - (j - s)/3"),
    ("concert", "for all US, CN, RU, JP, IN > 0: US is not a dictator"),
    (
        "concert",
        (
            "for all US, CN, RU > 0, JP = 0, IN = 0, US <= CN + RU, CN < US + RU, "
            "RU < US + CN: shapley(US) = 1/3"
        ),
    ),
    ("kurils", "for all v_J, v_R, a > 0: there is a deal iff v_J >= v_R"),
    ("costly-signal", "for all 0 < p < 1, s_H > s_L, B > 0: there is a separating equilibrium"),
]


@pytest.mark.parametrize(("name", "text"), REFUTED, ids=[text for _, text in REFUTED])
def test_refuted(name, text):
    proof = bg.prove(text, bg.models[name], seconds=60)
    assert proof.holds is False, repr(proof)
    assert proof.counterexample.verdicts
    assert "refuted" in str(bg.explain(proof))


@pytest.mark.parametrize("name", bg.models)
def test_every_model_can_be_refuted_by_a_game_that_is_shown(name):
    model = bg.models[name]
    symbol, parameter = next(iter(model.parameters.items()))
    proof = bg.prove(f"{symbol} > {parameter.high}", model)
    assert proof.holds is False
    assert proof.counterexample.values[symbol] <= parameter.high
    assert bg.draw(proof).alt
    assert "refuted" in str(bg.explain(proof))


def test_the_counterexample_of_a_tree_and_of_a_split_are_judged_by_the_solver():
    name, text = REFUTED[0]
    game = bg.prove(text, bg.models[name]).counterexample.game
    ends = {outcome[0].history for outcome in bg.subgame_perfect(game).outcomes}
    assert ("Comply",) not in ends
    found = bg.prove(REFUTED[5][1], bg.models["pipeline"]).counterexample
    c, j, s = (found.values[name] for name in "cjs")
    assert not bg.verify(found.game, (j - s, c - j + s, 0)).holds


BAD = [
    ("core-dilemma-in-sequence", "(Comply) is a subgame-perfect outcome", "move in this order"),
    ("core-dilemma-in-sequence", "(Comply, Lift) is a subgame-perfect outcome", "no action of"),
    ("alliance", "for all s > 0: mutual trust is subgame-perfect", "outside the language"),
    ("pipeline", "(1, 2) is in the core", "give each a number"),
    ("concert", "Brazil wins", "outside the language"),
    ("concert", "for all US, CN, RU, JP, IN > 0: shapley(US) > 0", "too many ways"),
    ("alliance", "for all delta > 1: s > 0", "no values meet"),
]


@pytest.mark.parametrize(("name", "text", "message"), BAD, ids=[text for _, text, _ in BAD])
def test_bad_propositions_get_one_sentence(name, text, message):
    with pytest.raises(bg.GameError) as caught:
        bg.prove(text, bg.models[name], seconds=60)
    assert message in str(caught.value)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), both=st.booleans())
def test_outcomes_of_random_trees_agree_with_backward_induction(seed, both):
    source = random.Random(seed)
    sizes = (2, 2, 2)

    def array(depth=0):
        if depth == len(sizes):
            return f"{source.randint(-2, 2)}*x + {source.randint(-2, 2)}"
        return [array(depth + 1) for _ in range(sizes[depth])]

    actions = (("a", "b"), ("c", "d"), ("e", "f"))
    at_once = bg.Model(
        name="random",
        title="Random",
        players=("A", "B", "C"),
        actions=actions,
        payoffs=[array() for _ in "ABC"],
        parameters=(bg.Parameter("x", "x", 0, -9, 9),),
    )
    model = bg.SequentialModel(
        name="random-in-turn",
        title="Random",
        at_once=at_once,
        order=(("A", "B"), "C") if both else ("A", "B", "C"),
        when_indifferent={"B": "c", "C": "e"} if not both else {"C": "e"},
    )
    way = tuple(map(source.choice, actions))
    proof = bg.prove(
        f"for all -3 <= x <= 3: ({', '.join(way)}) is a subgame-perfect outcome", model
    )

    def is_outcome(x):
        found = bg.subgame_perfect(model.tree(x=x)).pure
        for outcome in found.outcomes:
            flat = []
            for label in outcome[0].history:
                flat += [label] if isinstance(label, str) else list(label)
            if tuple(flat) == way[: len(flat)]:
                return True
        return False

    if proof.holds:
        assert proof.checked()
        assert all(is_outcome(Fraction(n, 4)) for n in range(-12, 13))
    else:
        assert proof.holds is False
        assert not is_outcome(proof.counterexample.values["x"])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_norms_of_random_repeated_games_agree_with_one_shot_deviations(seed):
    source = random.Random(seed)
    pairs = [(a, b) for a in "ab" for b in "cd"]
    first, second, third = source.choices(pairs, k=3)
    automata = source.choice(
        (bg.grim_trigger(first, second), bg.alternation([first, second], third))
    )
    stage = bg.Model(
        name="random",
        title="Random",
        players=("A", "B"),
        actions=(("a", "b"), ("c", "d")),
        payoffs=[[[source.randint(-4, 4) for _ in "cd"] for _ in "ab"] for _ in "AB"],
        parameters=(bg.Parameter("delta", "patience", "1/2", 0, "9/10", "1/10"),),
    )
    model = bg.RepeatedModel(stage, {"the norm": bg.Norm(automata)})
    low, high = sorted(Fraction(source.randint(0, 9), 10) for _ in range(2))
    proof = bg.prove(f"for all {low} <= delta <= {high}: the norm is subgame-perfect", model)

    def holds(delta):
        return bg.verify(model.game(delta=delta), automata).holds

    if proof.holds:
        assert proof.checked()
        assert all(holds(low + (high - low) * Fraction(n, 12)) for n in range(13))
    else:
        assert proof.holds is False
        delta = proof.counterexample.values["delta"]
        assert low <= delta <= high
        assert not holds(delta)


def test_ties_may_be_broken_either_way():
    model = bg.models["core-dilemma-in-sequence"]
    assert model.when_indifferent == {"US": ("Enforce",)}
    domain = "for all s > E > 0, r = k"
    outcomes = "(Comply, Enforce)", "(Engage, Acquiesce)"
    for outcome in outcomes:
        said = f"{outcome} is a subgame-perfect outcome"
        assert bg.prove(f"{domain}: {said}", model).holds is True
    only = bg.prove(f"{domain}: (Comply, Enforce) is the only subgame-perfect outcome", model)
    assert only.holds is False


def test_later_moves_that_change_nothing_are_told_as_one_outcome():
    model = bg.models["core-dilemma-in-sequence"]
    text = "for all s > E > 0, r > k: (Comply, {}) is the only subgame-perfect outcome"
    for action in ("Enforce", "Acquiesce"):
        proof = bg.prove(text.format(action), model)
        assert proof.holds is True
        assert (
            "(Comply) is a subgame-perfect outcome (whatever the US would do then pays the same "
            "and counts as one outcome)"
        ) in str(bg.explain(proof))
