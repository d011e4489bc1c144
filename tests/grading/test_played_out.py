"""Functions that are no automata decide so many periods, and then repeat what they did last."""

from __future__ import annotations

from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.errors import GameError
from balancegame.grading.isolation.channel import InfrastructureFault
from balancegame.grading.isolation.tiers import available_tiers
from balancegame.grading.tournament import learning
from balancegame.grading.tournament.both_roles import in_both_roles
from balancegame.grading.tournament.learning import Answers
from balancegame.grading.tournament.tournament_run import hold_tournament
from balancegame.grading.tournament.unfolding import played_out
from balancegame.solvers.repeated.compact_automata import compact
from tests.grading.test_tournament_of_a_class import NEVER, rows, write
from tests.repeated_games import APART, TOGETHER, dilemma

GAME = bg.RepeatedGame(dilemma(), "9/10")
LETTERS = "abcd"  # (C, C), (C, D), (D, C), (D, D)


def majority(role, word):
    """Defect if the other has defected in more than half of the periods."""
    theirs = [LETTERS.index(letter) // 2 if role else LETTERS.index(letter) % 2 for letter in word]
    return int(2 * sum(theirs) > len(theirs))


def balance(role, word):
    """Defect if the other has defected more often than oneself."""
    mine = [LETTERS.index(letter) % 2 if role else LETTERS.index(letter) // 2 for letter in word]
    theirs = [LETTERS.index(letter) // 2 if role else LETTERS.index(letter) % 2 for letter in word]
    return int(sum(theirs) > sum(mine))


def asked(function):
    return [
        Answers(lambda words, role=role: [function(role, word) for word in words])
        for role in range(2)
    ]


def in_roles(automaton):
    return compact(GAME.stage, automaton, 0), compact(GAME.stage, automaton, 1)


def by_hand(first, second, periods):
    """Return what the first gets on average; after so many periods both repeat what they did."""
    word, total = "", Fraction(0)
    for t in range(periods):
        actions = first(0, word), second(1, word)
        payoff = GAME.stage.payoffs_at(actions)[0]
        total += (1 - GAME.patience) * GAME.patience**t * payoff
        word += LETTERS[2 * actions[0] + actions[1]]
    return total + GAME.patience**periods * payoff


@pytest.mark.parametrize("periods", [1, 2, 17])
def test_payoffs_are_those_of_the_functions_and_then_of_what_they_did_last(periods):
    functions = {"majority": majority, "balance": balance}
    found = played_out(
        GAME.stage, LETTERS, {name: asked(f) for name, f in functions.items()}, {}, periods
    )
    automata = {name: in_both_roles(name, GAME.stage, roles) for name, roles in found.items()}
    table = bg.round_robin(GAME, automata)
    for i, first in enumerate(functions.values()):
        for j, second in enumerate(functions.values()):
            assert bg.discounted_payoffs(GAME, [[*automata.values()][k] for k in (i, j)])[
                0
            ] == by_hand(first, second, periods)
    assert table.names == ("majority", "balance")


def test_against_an_automaton_a_function_does_what_it_says():
    turns = bg.alternation([("C", "D"), ("D", "C")], punishment=APART)
    grim = bg.grim_trigger(TOGETHER, APART)
    others = {"turns": in_roles(turns), "grim": in_roles(grim)}
    found = played_out(GAME.stage, LETTERS, {"majority": asked(majority)}, others, 30)
    automaton = in_both_roles("majority", GAME.stage, found["majority"])

    def plays(other):
        def at(role, word):
            state = 0
            for letter in word:
                state = others[other][role].moves[state][LETTERS.index(letter)]
            return others[other][role].actions[state]

        return at

    for name, other in {"turns": turns, "grim": grim}.items():
        first = bg.discounted_payoffs(GAME, (automaton, other))[0]
        # An automaton goes on, where a function repeats itself: the difference is what is later.
        by_then = by_hand(majority, plays(name), 30)
        assert abs(first - by_then) <= 5 * GAME.patience**30


@pytest.mark.parametrize("error", [GameError, InfrastructureFault])
def test_a_function_that_fails_takes_nobody_along(error):
    def failing(words):
        if any(len(word) > 3 for word in words):
            raise error("strategy stopped.")
        return [0] * len(words)

    functions = {"majority": asked(majority), "failing": [Answers(failing), Answers(failing)]}
    others = {"never": in_roles(bg.always("D"))}
    found = played_out(GAME.stage, LETTERS, functions, others, 10)
    assert str(found["failing"]) == "strategy stopped."
    alone = played_out(GAME.stage, LETTERS, {"majority": asked(majority)}, others, 10)
    game = bg.RepeatedGame(GAME.stage, "9/10")
    gets = [
        bg.discounted_payoffs(
            game, (in_both_roles("m", GAME.stage, each["majority"]), bg.always("D"))
        )
        for each in (found, alone)
    ]
    assert gets[0] == gets[1]


def test_a_class_with_such_a_function(tmp_path, monkeypatch):
    # What counts without end is no automaton of ten states: nobody need look for one of sixty.
    monkeypatch.setattr(learning, "MOST_STATES", 10)
    counts = (
        "def strategy(role, mine, theirs):\n"
        '    bad = theirs.count("Withhold")\n'
        '    return "Withhold" if 2 * bad > len(theirs) else "Support"'
    )
    write(tmp_path / "submissions", ann=NEVER, bob=counts)
    game = bg.models["alliance"].game(delta="1/2")
    run = hold_tournament(
        tmp_path / "submissions", game, tmp_path / "out", tier=available_tiers()[-1]
    )
    assert [(entry.student, entry.periods) for entry in run.entries] == [("ann", 0), ("bob", 10)]
    # Against never, bob supports once and then withholds; against himself he always supports.
    table = rows(tmp_path / "out" / "payoffs.csv")
    assert table[1:] == [["ann", "0", "11/4"], ["bob", "-5/4", "3"]]
    page = (tmp_path / "out" / "tournament.html").read_text(encoding="utf-8")
    assert "bob</bdi> is a function that no automaton of a moderate size can stand for." in page
    assert "for 10 periods" in page
    noisy = hold_tournament(
        tmp_path / "submissions",
        game,
        tmp_path / "noisy",
        mistakes="1/10",
        tier=available_tiers()[-1],
    )
    assert [entry.student for entry in noisy.absent] == ["bob"]
