"""The intuitive criterion: what it says of equilibria, and of whole sets of them."""

from __future__ import annotations

import random

import pytest

import balancegame as bg
from tests.test_signalling import BEER, pooled_on_n, random_game, sampled_payoffs, survives_at


def test_why_an_equilibrium_fails_the_intuitive_criterion():
    words = str(bg.explain(bg.SignallingGame(prior=("9/10", "1/10"), **BEER)))
    assert (
        "It fails the intuitive criterion: Weak would lose by Beer whatever followed, so Beer must "
        "come from Strong, who would then get 3 rather than 2." in words
    )
    assert "if it then takes the type to be Strong with probability from 0 to 1/2." in words


def test_payoffs_may_vary_and_the_verdict_of_the_intuitive_criterion_not():
    # By hand: A gets 1 + q from n, B gets 1 - q, q being the chance of x. For q > 0 A is ruled out
    # at m, but B then gets 0 from it, since y is best against B.
    found = pooled_on_n([[[1, 0], [2, 1]], [[2, 0], [0, 1]]], [[[2, 1], [2, 2]], [[1, 2], [1, 1]]])
    (asked,) = found.intuitive.messages
    assert asked.varies
    assert found.intuitive.survives is True
    assert "survives the intuitive criterion at m: whichever" in str(bg.explain(found))


def test_the_verdict_of_the_intuitive_criterion_may_differ_within_a_set():
    # By hand: A gets 1 + q from n, B gets 1. For q > 0 A is ruled out at m, and B would get 2 from
    # the best reply y; for q = 0 nobody is, and x may be best.
    found = pooled_on_n([[[1, 0], [2, 1]], [[0, 2], [1, 1]]], [[[1, 1], [1, 0]], [[1, 2], [1, 2]]])
    assert found.intuitive.survives is None
    assert "Whether m passes the intuitive criterion differs" in str(bg.explain(found))


@pytest.mark.parametrize(("offer", "survives"), [(16, False), (15, None)])
def test_each_equilibrium_may_fail_at_another_message(offer, survives):
    # By hand: both send n; A gets 20 - 10q from it, B 10 + 10q, q being the chance of x. A is ruled
    # out at m1, where B gains for 10 + 10q < 15; B is ruled out at m2, where A gains for
    # 20 - 10q < 16. These values of q overlap. An offer of 15 leaves q = 1/2 between them.
    sender = [[[0, 0], [offer, 0], [10, 20]], [[15, 0], [0, 0], [20, 10]]]
    receiver = [[[0, 1], [1, 0], [0, 0]], [[1, 0], [0, 1], [0, 0]]]
    names = ("A", "B"), ("1/2", "1/2"), ("m1", "m2", "n"), ("x", "y")
    (found,) = (
        equilibrium
        for equilibrium in bg.perfect_bayesian(bg.SignallingGame(*names, (sender, receiver)))
        if equilibrium.silent == (0, 1)
    )
    assert [each.survives for each in found.intuitive.messages] == [None, None]
    assert found.intuitive.survives is survives
    said = "survives the intuitive criterion at m1 and m2 together" in str(bg.explain(found))
    assert said == (survives is False)


def test_whole_verdicts_against_single_equilibria():
    rng = random.Random("three messages")
    for _ in range(40):
        game = random_game(rng, (2, 3, 2), 2)
        for found in bg.perfect_bayesian(game):
            seen = {
                all(survives_at(game, m, got) for m in found.silent)
                for got in sampled_payoffs(found, rng)
            }
            assert found.intuitive.survives is None or seen == {found.intuitive.survives}


def test_verdicts_of_the_intuitive_criterion_against_single_equilibria():
    rng = random.Random("criterion")
    varying = 0
    for _ in range(60):
        game = random_game(rng, (2, 2, 2), 2)
        for found in bg.perfect_bayesian(game):
            for asked in found.intuitive.messages:
                varying += asked.varies
                m = game.messages.index(asked.message)
                seen = {survives_at(game, m, got) for got in sampled_payoffs(found, rng)}
                assert asked.survives is None or seen == {asked.survives}
    assert varying
