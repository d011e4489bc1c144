"""Explanations of decisions, of three players, and of games whose payoffs are formulas."""

import copy
import pickle

import pytest

import balancegame as bg
from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail, latex
from tests.one_sentence import one_sentence

S = bg.Parameter("s", "drawn", 0, 0, 6)

DECISION = bg.Model("choice", "Choice", ("Japan",), (("a", "b"),), (["s", "1"],), (S,))

MAJORITY = bg.Model(
    "majority",
    "Majority",
    ("A", "B", "C"),
    (("x", "y"),) * 3,
    [[[["s", "0"], ["0", "1"]], [["0", "0"], ["1", "1"]]]] * 3,
    (S,),
)

CROSSING = bg.Model(
    "crossing",
    "Crossing",
    ("Japan", "US"),
    (("A", "B", "C"), ("En", "Ac")),
    ([[1, 0]] * 3, [[3, -9], ["s", -9], ["6 - s", -9]]),
    (S,),
)


def test_a_decision_that_turns():
    assert str(bg.explain(DECISION, {"s": 0}, {"s": 2})).splitlines() == [
        "Now s rises from 0 to 2.",
        (
            "  - The best response of Japan changes from b to a: a yields 2 rather than 0 and "
            "b still yields 1."
        ),
        "Before: Japan plays b.",
        "After: Japan plays a.",
    ]


def test_the_threshold_of_a_decision():
    assert str(bg.explain(bg.regimes(DECISION, "s"))).splitlines() == [
        "There is one threshold of s: 1.",
        "For 0 <= s < 1: Japan plays b.",
        "At s = 1: Japan plays any mixture of a and b.",
        "  - Japan gets s from a and 1 from b, which are equal at s = 1.",
        "For 1 < s <= 6: Japan plays a.",
    ]


def test_three_players_get_their_equilibria_in_pure_strategies():
    lines = str(bg.explain(MAJORITY.game(s=2))).splitlines()
    assert lines[0] == "There are four equilibria in pure strategies."
    assert lines[1] == "A plays x, B plays x and C plays x; A gets 2, B 2 and C 2."
    assert lines[2] == "  - A would lose 2 by playing y instead."
    assert "Now s rises from 0 to 2." in str(bg.explain(MAJORITY, {"s": 0}, {"s": 2}))
    pennies = [[[[1, 1], [-1, -1]], [[-1, -1], [1, 1]]], [[[-1, -1], [1, 1]], [[1, 1], [-1, -1]]]]
    none = bg.NormalFormGame([*pennies, [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]])
    assert str(bg.explain(none)) == "There are no equilibria in pure strategies."


def test_a_regime_of_three_players_is_explained_and_drawn():
    regime = bg.regimes(MAJORITY, "s")[-1]
    lines = str(bg.explain(regime)).splitlines()
    assert lines[:2] == ["For 0 <= s <= 6:", "There are four equilibria in pure strategies."]
    assert lines[2] == "A plays x, B plays x and C plays x; A gets s, B s and C s."
    assert lines[3] == "  - A would lose s by playing y instead."
    payoffs = [[[["s", 0], [0, 1]], [[2, 0], [1, 1]]]] + [[[[1, 1], [0, 0]], [[1, 1], [0, 0]]]] * 2
    turning = bg.Model("turning", "Turning", MAJORITY.players, MAJORITY.actions, payoffs, (S,))
    words = "between 0 and 2: 3 pure equilibria; between 2 and 6: 3 pure equilibria."
    assert bg.draw(turning, s=1).alt.endswith(words)


def test_a_mixture_at_the_end_of_the_range_has_its_reason():
    first = [["1 - 2*s", "-2*s", "-2*s"], [-1, -1, 0], ["s", "1 - 2*s", "-s"]]
    second = [["-2*s", "-2 + s", "1 + 2*s"], [-1, "2*s", "1 + 2*s"], ["2*s", "-s", "-s"]]
    from_minus_3 = bg.Parameter("s", "drawn", 0, -3, 3)
    actions = (("a0", "a1", "a2"), ("b0", "b1", "b2"))
    model = bg.Model("ends", "Ends", ("A", "B"), actions, (first, second), (from_minus_3,))
    text = str(bg.explain(bg.regimes(model, "s"))).split("For -3 < s")[0]
    against = "Against b1 with probability 3/4 and b2 with 1/4"
    tie = "-2 s from a0 and (3 - 7 s)/4 from a2, which are equal at s = -3"
    assert f"  - {against}, A gets {tie}." in text


def test_payoffs_that_change_places_are_not_put_in_order():
    """At s = 1 the US gets between 1 and 5, at s = 3 always 3: no two formulas bound it."""
    [regime] = bg.regimes(CROSSING, "s")
    words = str(bg.explain(regime))
    assert "the US somewhere between" in words
    for formula in ("3", "s", "6 - s"):
        assert formula in words


def test_a_profile_in_a_game_of_formulas_has_no_verdict():
    game = bg.regimes(CROSSING, "s")[0].game
    with pytest.raises(bg.GameError, match=r"is a formula in s; verify takes the game at a value"):
        bg.verify(game, ("A", "En"))
    assert bg.verify(game, bg.equilibria(game)[0]).holds


def test_a_parameter_of_one_value_has_no_threshold():
    fixed = bg.Parameter("s", "fixed", 0, 0, 0)
    model = bg.Model("still", "Still", ("A",), (("a", "b"),), (["s", "1"],), (fixed,))
    assert str(bg.explain(bg.regimes(model, "s"))).splitlines() == [
        "The equilibria keep their form for every value of s.",
        "At s = 0: A plays b.",
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2*s**2", "2 s^{2}"),
        ("c_JP", r"\mathit{c\_JP}"),
        ("1 + sqrt(2)/2", r"1 + \sqrt{2}/2"),
        ("beta", r"\beta"),
        ("eps*E", r"\varepsilon E"),
        ("-1/2", "-1/2"),
    ],
)
def test_latex(text, wanted):
    assert latex(text) == wanted


@pytest.mark.parametrize("name", list(bg.models))
def test_models_travel_between_processes(name):
    model = bg.models[name]
    again = pickle.loads(pickle.dumps(model))
    assert again == model
    assert hash(again) == hash(model)
    assert again.game() == model.game()
    assert copy.deepcopy(model).presets == model.presets


def test_results_travel_between_processes():
    model = bg.models["core-dilemma"]
    regimes = pickle.loads(pickle.dumps(bg.regimes(model, "s")))
    assert [(r.low, r.high) for r in regimes] == [(0, 5), (5, 5), (5, 20)]
    assert [e.strategies for e in regimes[1].solution] == [((1, 0), (1, 0)), ((0, 1), (1, 0))]
    diagram = bg.sweep(model, "s", "E", resolution=5)
    assert pickle.loads(pickle.dumps(diagram)).legend == diagram.legend


def test_answers_have_types_of_their_own_and_so_have_their_parts():
    model = bg.models["core-dilemma"]
    found = bg.regimes(model, "s", E=5)
    assert (found.model, found.parameter, found.fixed) == (model, "s", {"E": 5})
    assert found == tuple(found)
    assert hash(found) == hash(tuple(found))
    assert type(found[1:]) is type(found)
    assert pickle.loads(pickle.dumps(found[::-1])).parameter == "s"
    assert str(bg.explain(found[1:])).startswith("There is one threshold of s: 5.")
    norms = bg.regimes(bg.models["linkage"], "delta")
    assert type(norms) is not type(found)
    assert (norms.model.name, norms.parameter, norms.fixed) == ("linkage", "delta", {})
    levels = bg.security_levels(model.game())
    assert str(bg.explain(levels[1:])) == str(bg.explain(levels[1]))
    assert "can be sure of" in str(bg.explain(levels))


def test_an_empty_answer_is_explained_too():
    norms = bg.regimes(bg.models["linkage"], "delta")
    for found in (bg.regimes(DECISION, "s"), norms, bg.security_levels(MAJORITY.game())):
        assert str(bg.explain(found[:0])) == "There is nothing here to explain."
    none = "There is no subgame-perfect equilibrium in pure strategies."
    assert str(bg.explain(bg.subgame_perfect(bg.models["balancing"].tree())[:0])) == none


def test_a_form_of_its_own_registers_its_reasons():
    class Verdict:
        pass

    @explains
    def _(verdict: Verdict):
        yield Reason("It is so.")
        yield detail("And here is why.")

    assert str(bg.explain(Verdict())) == "It is so.\n  - And here is why."
    with one_sentence("by itself"):
        bg.explain(Verdict(), 1)


def test_a_limit_that_is_reached_from_two_sides_is_stated_once():
    game = bg.NormalFormGame([[[2, 0, 2], [0, 1, 2], [1, 1, 1]], [[0, 0, 0], [2, 1, 0], [0, 2, 2]]])
    told = [reason.words for reason in bg.explain(game).reasons if "The limit is" in reason.words]
    assert len(told) == len(set(told)) == 4


def test_markdown_escapes_what_markdown_would_read():
    marks = "\\`*_$<>[]"
    escaped = "".join(f"\\{mark}" for mark in marks)
    assert bg.Explanation((Reason(f"a{marks}b"),)).markdown == f"a{escaped}b"
