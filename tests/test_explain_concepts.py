"""Explanations of the solution concepts: the dominator, the indifferent player, obedience."""

from functools import partial
from textwrap import dedent

import pytest
from hypothesis import given, settings

import balancegame as bg
from balancegame.models.balancing import BALANCING
from tests.tied_games import games, zero_sum_games

AT_ONCE = bg.models["balancing-at-once"].game()
INSPECTION = bg.models["inspection"].game()
CHICKEN = BALANCING.game(g=2, kappa=2)
DILEMMA = bg.NormalFormGame(
    [[[2, 0], [3, 1]], [[2, 3], [0, 1]]], ("US", "Japan"), (("Sanction", "Trade"),) * 2
)
MIXED = bg.NormalFormGame(
    [[[4, 0], [0, 4], [1, 1]], [[0, 0]] * 3], ("Japan", "US"), (("A", "B", "C"), ("L", "R"))
)


def first_security_level(game):
    return bg.security_levels(game)[0]


# Found when they are told: what is found by a linear programme loads SciPy.
TOLD = [
    (
        partial(bg.dominator, MIXED, "Japan", "C"),
        """
        Japan's C is strictly dominated by A with probability 1/2 and B with 1/2.
          - Where the US plays L, it yields 2 rather than 1.
          - Where the US plays R, it yields 2 rather than 1.
        """,
    ),
    (
        partial(
            bg.dominator,
            bg.NormalFormGame([[[1, 1], [1, 0]], [[0, 0]] * 2]),
            0,
            "action 2",
            dominance="weak",
        ),
        """
        Player 1's action 2 is weakly dominated by action 1.
          - Where player 2 plays action 1, it yields 1 as well.
          - Where player 2 plays action 2, it yields 1 rather than 0.
        """,
    ),
    (
        partial(bg.eliminate_dominated, AT_ONCE),
        """
        Round 1:
          - The US's Balance is strictly dominated by Pass.
          - Japan's Balance is strictly dominated by Pass.
        Round 2:
          - China's Hold back is strictly dominated by Assert.
        What is left: Pass for the US, Pass for Japan and Assert for China.
        Elimination alone solves the game: this is an equilibrium.
        Only strictly dominated actions went, so no equilibrium is lost.
        """,
    ),
    (
        partial(bg.eliminate_dominated, INSPECTION),
        "No action is dominated, so nothing can be eliminated.",
    ),
    (
        partial(bg.welfare, DILEMMA),
        """
        Nobody can gain without another's loss (Pareto-optimal): (Sanction, Sanction), \
(Sanction, Trade) and (Trade, Sanction).
          - (Trade, Trade) is Pareto-dominated by (Sanction, Sanction): the US 1 and Japan 1 more.
        The sum of payoffs is largest, 4, at (Sanction, Sanction).
        Pareto-dominated says that all could do better together; it does not say that any player \
alone has a better action.
        """,
    ),
    (
        partial(bg.risk_dominance, CHICKEN),
        """
        (Balance, Pass) risk-dominates: more is lost by leaving it.
          - Departing alone from (Balance, Pass) costs the US 3 and Japan 2: a product of 6.
          - Departing alone from (Pass, Balance) costs the US 1 and Japan 4: a product of 4.
        """,
    ),
    (
        partial(bg.potential, DILEMMA),
        """
        The game has a potential: a player who changes action alone gains exactly as much \
as the potential rises.
          - (Sanction, Sanction) 0; (Sanction, Trade) 1; (Trade, Sanction) 1; (Trade, Trade) 2.
        It is largest at (Trade, Trade), where therefore nobody can gain.
        """,
    ),
    (
        partial(bg.zero_sum_value, bg.NormalFormGame([[[3, -1], [-1, 1]], [[-3, 1], [1, -1]]])),
        """
        What player 1 gains player 2 loses; the value is 1/3.
          - Player 1 gets at least 1/3 by playing action 1 with probability 1/3 and action 2 with \
2/3, whatever player 2 does.
          - Player 2 gives at most 1/3 by playing action 1 with probability 1/3 and action 2 with \
2/3, whatever player 1 does.
        """,
    ),
    (
        partial(first_security_level, INSPECTION),
        """
        Japan can be sure of 0 by playing Obey.
          - The US can hold Japan to 0 by playing Sanction.
        """,
    ),
    (
        partial(bg.correlated_equilibrium, CHICKEN, minimize="Japan"),
        """
        The correlated equilibrium that is worst for Japan recommends with probability (Pass, \
Balance) 1; the US gets 0 and Japan -2.
          - The US, advised to play Pass, would lose 1 by playing Balance (weighted by the \
probability of this advice).
          - Japan, advised to play Balance, would lose 4 by playing Pass (weighted by the \
probability of this advice).
        So everybody obeys.
        """,
    ),
]


@pytest.mark.parametrize(("found", "words"), TOLD)
def test_in_words(found, words):
    assert str(bg.explain(found())) == dedent(words).strip()


def test_a_mixture_says_whom_it_keeps_indifferent():
    said = str(bg.explain(INSPECTION))
    assert (
        "Japan's mixture keeps the US indifferent between Sanction and Refrain: it follows from "
        "the US's payoffs alone."
    ) in said
    assert "The US's mixture keeps Japan indifferent between Violate and Obey" in said
    # Where one side is free to mix, its mixture follows from nothing.
    assert "keeps" not in str(bg.explain(bg.models["core-dilemma"].game(s=6)))
    assert "keeps" not in str(bg.explain(bg.NormalFormGame([[[0, 0], [0, 0]]] * 2)))


def test_binding_constraints_are_named():
    chicken = bg.NormalFormGame([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
    said = str(bg.explain(bg.correlated_equilibrium(chicken)))
    advised = "Player 1, advised to play action 1, would gain nothing by playing action 2"
    assert f"{advised}: this constraint binds." in said
    assert "Player 1, advised to play action 2, would lose 1/4 by playing action 1" in said


def test_weak_elimination_warns():
    game = bg.NormalFormGame([[[1, 1], [1, 0]], [[1, 0], [0, 0]]])
    assert "equilibria may be lost" in str(bg.explain(bg.eliminate_dominated(game, "weak")))


def test_a_path_is_told_rounded():
    path = bg.fictitious_play(DILEMMA, steps=9)
    assert "The US goes from Sanction 1.00 and Trade 0.00 to Sanction 0.10 and Trade 0.90" in str(
        bg.explain(path)
    )


@settings(max_examples=60, deadline=None)
@given(games())
def test_nothing_dominated_is_called_pareto_dominated_or_the_other_way_round(game):
    """The two words never meet: one is about a player's action, the other about outcomes."""
    for step in bg.eliminate_dominated(game, "weak").steps:
        opening = str(bg.explain(step)).splitlines()[0]
        assert "Pareto" not in opening
        assert step.action in opening
        assert ("strictly" if step.strict else "weakly") in opening
    said = str(bg.explain(bg.welfare(game)))
    assert "strictly dominated" not in said
    assert "weakly dominated" not in said
    assert said.count("is Pareto-dominated by") == min(12, len(bg.welfare(game).dominated))


@settings(max_examples=40, deadline=None)
@given(zero_sum_games())
def test_everything_can_be_told_of_any_game(game):
    for found in (
        bg.security_levels(game),
        bg.zero_sum_value(game),
        bg.correlated_equilibrium(game),
        bg.equilibria(game),
    ):
        explanation = bg.explain(found)
        assert explanation.markdown
        assert explanation.html
        assert str(explanation).endswith(".")
