"""What a picture cannot show, or shows only up to a size."""

import pytest

from balancegame.errors import GameError
from balancegame.explain import explain
from balancegame.figures import draw
from balancegame.figures.best_response_marks import best_response_marks
from balancegame.games.normal_form import NormalFormGame
from balancegame.models import models
from balancegame.solvers.normal_form.nash import equilibria
from balancegame.solvers.regimes import regimes
from balancegame.solvers.sweep import sweep
from tests.one_sentence import one_sentence
from tests.test_figures import M1, shapes


def test_a_value_out_of_range_is_refused():
    with pytest.raises(GameError, match=r"s = 21 is outside its range"):
        draw(M1, s=21)


def test_every_player_has_a_best_response_to_everything():
    first, second = [[[1, 2], [2, 2]], [[0, 3], [3, 1]]], [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]
    game = NormalFormGame([first, second, [[[1, 0], [0, 1]], [[2, 2], [0, 1]]]])
    marks = best_response_marks(game)
    for player, best in enumerate(marks.best):
        others = {cell[:player] + cell[player + 1 :] for cell in game.cells()}
        assert {cell[:player] + cell[player + 1 :] for cell in best} == others


def test_a_table_is_drawn_up_to_a_thousand_cells():
    wide = [[0] * 40 for _ in range(25)]
    in_legend = 2
    assert len(shapes(draw(NormalFormGame([wide, wide])), "bg-best")) == 2000 + in_legend
    with one_sentence("26 x 40", "too large"):
        draw(NormalFormGame([[*wide, wide[0]]] * 2))


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (lambda: draw(M1.game(), s=1), ["game", "s"]),
        (lambda: draw(equilibria(M1.game()), s=1), ["equilibria", "s"]),
        (lambda: draw(equilibria(M1.game())[0], s=1), ["game", "s"]),
        (lambda: draw(regimes(M1, "s"), E=1), ["regimes", "E"]),
        (lambda: draw(sweep(M1, "s", "E", resolution=5, k=2), k=3), ["k = 2", "3"]),
        (lambda: draw(sweep(M1, "s", "E", resolution=5), k=3), ["k = ", "3"]),
        (lambda: draw(3), ["int"]),
    ],
)
def test_values_that_a_picture_cannot_take_get_one_sentence(task, words):
    with one_sentence(*words):
        task()


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (lambda: draw(regimes(models["pipeline"], "j")), ("pipeline", "explain them")),
        (lambda: draw(sweep(models["pipeline"], "s", "j", resolution=3)), ("explain this one",)),
        (lambda: draw(sweep(models["kurils"], "a", "v_R", resolution=3)), ("kurils; ask for",)),
        (lambda: explain(sweep(models["kurils"], "a", "v_R", resolution=3)), ("kurils; ask for",)),
        (lambda: sweep(models["linkage"], "E_1", "E_2"), ("linkage is played again", "regimes")),
        (lambda: sweep(models["hostility"], "r", "s"), ("hostility is played again", "regimes")),
    ],
)
def test_what_has_no_picture_is_not_offered_one(task, words):
    with one_sentence(*words):
        task()
