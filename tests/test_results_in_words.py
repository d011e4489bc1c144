"""Results as a notebook shows them: sentences, and decimals beside fractions."""

import balancegame as bg


def test_a_notebook_shows_results_in_words():
    game = bg.models["core-dilemma"].game(s="29/2")
    for result in (
        bg.equilibria(game),
        bg.equilibria(game)[0],
        bg.verify(game, ("Comply", "Enforce")),
        bg.regimes(bg.models["core-dilemma"], "s"),
        bg.sweep(bg.models["core-dilemma"], "s", "E", resolution=5),
        bg.security_levels(game),
        bg.subgame_perfect(bg.GameTree.in_turn(game, ("Japan", "US"))),
        bg.payoff_set(bg.models["alliance"].game()),
    ):
        shown = result._repr_markdown_()
        assert shown == bg.explain(result).markdown
        assert not shown.startswith("<")


def test_an_equilibrium_is_printed_in_words():
    (equilibrium,) = bg.equilibria(bg.models["core-dilemma"].game(s=4))
    assert str(equilibrium) == (
        "Japan plays Engage and the US plays Enforce; Japan gets 11 and the US 9"
    )
    assert repr(equilibrium).startswith("<Equilibrium: Japan Engage")


def test_payoffs_of_players_without_names_do_not_run_into_their_numbers():
    game = bg.NormalFormGame([[[1, 1]], [[0, 0]]])
    words = str(bg.explain(game))
    assert "player 1 gets 1 and player 2 gets 0" in words
    assert "player 1 1" not in words


def test_fractions_stand_beside_decimals_on_a_page():
    game = bg.NormalFormGame([[["29/2", 0], ["1/2", 0]]] * 2, ("Japan", "US"))
    found = bg.explain(game, ("action 1", {"action 1": "0.8333", "action 2": "0.1667"}))
    assert "0.8333" in found.html
    assert "8333/10000" not in found.html
    assert "8333/10000" not in found.markdown
    assert "29/2 (14.5)" in bg.explain(game, ("action 1", "action 1")).html


def test_the_discount_factors_of_a_norm_are_told_in_words():
    stage = bg.models["alliance"].game().stage
    grim = bg.grim_trigger(("Support", "Support"), ("Withhold", "Withhold"))
    found = bg.sustaining_deltas(stage, grim)
    assert str(bg.explain(found)) == "For 1/2 <= delta < 1."
    assert bg.explain(found)._repr_markdown_() == "For 1/2 ≤ δ < 1.".replace("<", r"\<")
    never = bg.sustaining_deltas(stage, bg.always("Support"))
    assert str(bg.explain(never)) == "For no delta."
