"""The explorer of a signalling game, and the picture of beliefs."""

from __future__ import annotations

import re

import pytest

import balancegame as bg
from tests.one_sentence import one_sentence

SIGNAL = bg.models["costly-signal"]


def test_nothing_is_given_away_before_the_bet():
    found = bg.explore(SIGNAL)
    assert found.plan["question"] == "Does what Japan does tell Russia which type it is?"
    assert [slider["name"] for slider in found.plan["sliders"]] == ["B", "s_L", "p"]
    assert found.shown["beliefs"] == found.shown["answer"] == found.shown["reasons"] == ""
    assert found.shown["prior"] == "Before any message: Independent 1/3, Dependent 2/3."
    found.answer({"kind": "slide", "name": "B", "value": "8"})
    assert found.shown["message"] == "Place your bet first; then everything can be moved."


@pytest.mark.parametrize(
    ("values", "choice", "outcome", "answer"),
    [
        ({}, "sometimes", "right", "Yes, but there are equilibria in which it does not"),
        ({}, "always", "partly", "Yes, but there are equilibria in which it does not"),
        ({}, "never", "wrong", "Yes, but there are equilibria in which it does not"),
        ({"B": 8}, "never", "right", "No, in none"),
        ({"B": 8}, "always", "wrong", "No, in none"),
    ],
)
def test_a_bet_is_judged(values, choice, outcome, answer):
    found = bg.explore(SIGNAL, **values)
    found.answer({"kind": "bet", "choice": choice})
    assert (found.shown["bet"]["outcome"], found.shown["bet"]["answer"]) == (outcome, answer)
    assert found.shown["beliefs"].count("<svg") >= 1


def test_beliefs_follow_the_sliders():
    found = bg.explore(SIGNAL)
    found.answer({"kind": "bet", "choice": "always"})
    assert found.shown["answer"] == "One separating and one pooling equilibrium."
    found.answer({"kind": "slide", "name": "p", "value": "2/3"})
    assert "one semi-separating" in found.shown["answer"]
    assert "after Stay away Russia believes Independent 1/2" in found.shown["beliefs"]
    found.answer({"kind": "preset", "title": "a reward too small"})
    assert found.shown["answer"] == "One pooling equilibrium."
    found.answer({"kind": "reset"})
    assert found.setting.values == found.setting.start
    found.answer({"kind": "again"})
    assert found.shown["locked"]


def test_a_map_of_two_parameters():
    found = bg.explore(SIGNAL, "p", "B")
    choices = found.shown["bets"]["choices"]
    assert len(choices) == 7
    right = next(
        c["value"] for c in choices if c["words"].startswith("separating") and "Ign" in c["words"]
    )
    found.answer({"kind": "bet", "choice": right})
    assert found.shown["bet"]["outcome"] == "right"
    found.answer({"kind": "point", "values": {"p": "1/2", "B": "6"}})
    assert found.shown["point"]["text"].startswith("p = 1/2, B = 6: a single point")
    found.answer({"kind": "slide", "name": "s_H", "value": "3"})
    assert found.setting.chart.held["s_H"] == 3
    with one_sentence("two axes, not 1"):
        bg.explore(SIGNAL, "p")


def test_the_picture_in_words_and_on_paper():
    figure = bg.draw(SIGNAL.game())
    assert figure.alt.startswith(
        "Separating: Independent sends Engage; Dependent sends Stay away. After Engage Russia "
        "believes Independent 1 and Dependent 0 and replies Reward"
    )
    still = bg.explore(SIGNAL, "p", "B")._page()
    assert "Phase diagram over p" in still["text/html"]


def test_beliefs_stand_in_words_and_no_words_are_cut_off():
    drawn = bg.draw(bg.perfect_bayesian(bg.models["costly-signal"].game())).svg
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert "from 0 to 1/2" in words
    assert not any("[" in each or "…" in each for each in words)
    assert "After Engage (nobody sends it): Reward with" in words
