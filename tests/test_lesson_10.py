"""What lesson 10 says, held against the solver."""

import re

import balancegame as bg
from balancegame.grading.practice.questions.lesson_10_your_own_model import PROJECTS
from tests.lesson_text import cells, text

TEXT = text("10")
CODE = cells("10", "code")


def test_the_model_in_the_lesson_is_the_one_that_is_asked_about():
    names = {"bg": bg}
    exec(CODE["model"], names)
    assert names["projects"] == PROJECTS


def test_the_table_is_that_of_the_model():
    rows = re.findall(r"^\| \*\*([\w ]+)\*\* \| (.+) \| (.+) \|$", TEXT, re.M)
    assert [name for name, *_ in rows] == list(PROJECTS.actions[0])
    for i, (_, *row) in enumerate(rows):
        for j, cell in enumerate(row):
            told = cell.replace("*", "").replace("−", "-").split(", ")
            assert told == [str(table[i][j]) for table in PROJECTS.payoffs]


def test_every_letter_is_explained_in_a_line():
    for symbol in PROJECTS.parameters:
        assert re.search(rf"^- .*\*{symbol}\*", TEXT, re.M)


def test_both_would_gain_where_nobody_goes():
    game = PROJECTS.game()
    assert bg.pure_equilibria(game) == (("Stay away", "Own law"),)
    assert game.payoff(("Join", "Special rules")) == (3, 2)
    assert "Japan gets 3 there instead of 0, and Russia 2 instead of 0" in TEXT


def test_what_is_proved_is_proved_and_what_is_refuted_is_refuted():
    proofs = re.findall(r'bg\.prove\("([^"]+)", projects\)', "\n".join(CODE.values()))
    found = [bg.prove(text, PROJECTS) for text in proofs]
    assert [proof.holds for proof in found] == [True, False, False]
    assert found[0].checked()
    game = found[1].counterexample.game
    assert not bg.verify(game, ("Join", "Own law")).holds
    mended = proofs[2].replace("c > 0:", "c > 0, v <= y:")
    assert bg.prove(mended, PROJECTS).holds


def test_a_proposition_with_an_inequality_of_its_own_is_decided_or_said_not_to_be():
    text = "for all y, v > 0: y**3 + v**3 + 1 >= 3*y*v or (Join, Own law) is an equilibrium"
    assert bg.prove(text, PROJECTS, seconds=2).holds is not False
