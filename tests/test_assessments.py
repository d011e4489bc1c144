"""bg.verify of signalling games: whole assessments, against the equilibria that are found."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

import balancegame as bg
from balancegame.solvers.signalling.supports import flow_places, reply_places
from tests.one_sentence import one_sentence
from tests.test_signalling import BEER, random_game

GAME = bg.SignallingGame(prior=("9/10", "1/10"), **BEER)
POOLED = {"Strong": "Beer", "Weak": "Beer"}
SENSIBLE = {"Beer": "Retreat", "Quiche": "Duel"}


def test_beer_and_quiche():
    assert bg.verify(GAME, (POOLED, SENSIBLE))
    verdict = bg.verify(GAME, (POOLED, SENSIBLE, {"Quiche": "Strong"}))
    assert not verdict
    beer, quiche = verdict.messages
    assert (beer.holds, beer.belief) == (True, (Fraction(9, 10), Fraction(1, 10)))
    assert (quiche.gain, quiche.better, quiche.sent) == (1, "Retreat", False)
    assert repr(verdict) == (
        "<AssessmentVerdict: fails; regrets Strong 0, Weak 0; replies fail after Quiche>"
    )


def test_what_a_type_would_gain():
    verdict = bg.verify(GAME, (POOLED, {"Beer": "Retreat", "Quiche": "Retreat"}))
    assert [(each.gain, each.better) for each in verdict.types] == [(0, "Beer"), (1, "Quiche")]
    words = str(bg.explain(GAME, (POOLED, {"Beer": "Retreat", "Quiche": "Retreat"})))
    assert "Of type Weak, Sender sends Beer: Quiche would yield 1 more." in words
    assert words.splitlines()[-1] == "So this is not a perfect Bayesian equilibrium."


def test_beliefs_after_a_message_that_is_sent_follow_bayes():
    verdict = bg.verify(GAME, (POOLED, SENSIBLE, {"Beer": ("1/2", "1/2")}))
    assert not verdict
    assert not verdict.messages[0].by_bayes
    assert "by Bayes's rule, not what was given" in str(bg.explain(verdict))
    assert bg.verify(GAME, (POOLED, SENSIBLE, {"Beer": ("9/10", "1/10")}))


def test_a_reply_that_no_belief_makes_best():
    payoffs = [BEER["payoffs"][0], [[[0, 1], [0, 1]], [[0, 1], [0, 1]]]]
    game = bg.SignallingGame(prior=("9/10", "1/10"), **{**BEER, "payoffs": payoffs})
    verdict = bg.verify(game, (POOLED, SENSIBLE))
    assert verdict.messages[1].belief is None
    assert "no belief would make it best to reply Duel" in str(bg.explain(verdict))
    assert not verdict


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 2, 2), (2, 3, 2)])
def test_what_is_found_holds(sizes):
    """A point inside each pattern: the sum of its rays."""
    rng = random.Random(f"holds {sizes}")
    for _ in range(12):
        game = random_game(rng, sizes, 3)
        types, messages, replies = sizes
        for one in bg.perfect_bayesian(game):
            for pattern in one.patterns:
                flow = dict(
                    zip(
                        flow_places(pattern),
                        map(sum, zip(*pattern.flows, strict=True)),
                        strict=True,
                    )
                )
                after = dict(
                    zip(
                        reply_places(pattern),
                        map(sum, zip(*pattern.replies, strict=True)),
                        strict=True,
                    )
                )
                sender = [[flow.get((t, m), 0) for m in range(messages)] for t in range(types)]
                receiver = [[after.get((m, r), 0) for r in range(replies)] for m in range(messages)]
                sender, receiver = (
                    [[Fraction(w) / sum(row) for w in row] for row in table]
                    for table in (sender, receiver)
                )
                assert bg.verify(game, (sender, receiver))
                beliefs = {}
                for m, rays in pattern.beliefs.items():
                    total = list(map(sum, zip(*rays, strict=True)))
                    beliefs[game.messages[m]] = [Fraction(w) / sum(total) for w in total]
                assert bg.verify(game, (sender, receiver, beliefs))


def test_in_pure_strategies_just_what_is_found_holds():
    rng = random.Random("pure")
    for _ in range(25):
        game = random_game(rng, (2, 2, 2), 2)
        found = {(p.sent, p.replied) for one in bg.perfect_bayesian(game) for p in one.patterns}
        for sent in product(range(2), repeat=2):
            for replied in product(range(2), repeat=2):
                pattern = tuple((m,) for m in sent), tuple((r,) for r in replied)
                holds = bg.verify(game, (sent, replied)).holds
                # After a message that nobody sends a reply may be best along with the other.
                if holds:
                    assert any(
                        p_sent == pattern[0]
                        and all(r[0] in s for r, s in zip(pattern[1], p_replied, strict=True))
                        for p_sent, p_replied in found
                    )
                if pattern in found:
                    assert holds


@pytest.mark.parametrize(
    ("assessment", "words"),
    [
        ((POOLED,), ["has 1 parts", "what each type sends"]),
        (({"Strong": "Beer"}, SENSIBLE), ["what types send must name each", "Weak"]),
        ((POOLED, {"Beer": "Duel", "Wine": "Duel"}), ["the replies must name each", "Wine"]),
        ((("Beer",), SENSIBLE), ["must have 2 entries", "not 1"]),
        ((POOLED, {"Beer": "Fight", "Quiche": "Duel"}), ["no action 'Fight'"]),
        (({"Strong": ("1/2", "1/3"), "Weak": "Beer"}, SENSIBLE), ["sum to 5/6"]),
        ((POOLED, SENSIBLE, {"Quiche": {"Sick": 1}}), ["no action 'Sick'"]),
    ],
)
def test_bad_assessments_get_one_sentence(assessment, words):
    with one_sentence(*words):
        bg.verify(GAME, assessment)
