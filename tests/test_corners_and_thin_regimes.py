"""Where little is to be seen on a phase diagram: thin regimes, corners, marks that need room."""

from fractions import Fraction

import pytest

import balancegame as bg
from balancegame.explain.phase_map import entry_at, phase_map
from balancegame.figures.phase_diagram.lettering import free_place, letter_places
from balancegame.solvers.phase_diagram.outlines import Arc
from tests.test_sweep import model_of


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [
        ([["t + 2", 0], [0, 1]], [[1, 0], [0, 1]], "along t = -2"),
        ([["(t - u)**2", 0], [0, 1]], [[1, 0], [0, 1]], "at 21 points of a curve"),
        ([["t**2 + u**2", 0], [0, 1]], [[1, 0], [0, 1]], "t = 0, u = 0"),
    ],
)
def test_thin_regimes_have_their_place(first, second, where):
    shown = phase_map(bg.sweep(model_of(2, 2, (first, second)), "t", "u", resolution=21))
    assert [entry.where for entry in shown.points] == [where]


@pytest.mark.parametrize(("level", "lettered"), [("3", 2), ("39/10", 1)])
def test_each_piece_of_an_area_has_its_letter_unless_it_is_a_scrap(level, lettered):
    """Where t u is large in two corners of [-2, 2]^2: 0.9 % and 0.008 % of the diagram each."""
    model = model_of(1, 2, [[[0, 0]], [["t*u", level]]])
    shown = phase_map(bg.sweep(model, "t", "u"))
    corners = [(u > 0.5) == (v > 0.5) and abs(u - 0.5) > 0.3 for _, (u, v) in letter_places(shown)]
    assert (sum(corners), len(corners)) == (lettered, lettered + 1)


def test_a_mark_stands_at_the_first_free_place_of_a_line_or_else_at_the_clearest():
    arc = Arc(((0.0, 0.0), (1.0, 0.0)), 0, 1, 2, 0)
    assert free_place(arc, [], 0.1) == (0.5, 0.0)
    assert free_place(arc, [(0.5, 0.0)], 0.1) == (0.375, 0.0)
    assert free_place(arc, [(0.0, 0.0), (0.5, 0.0)], 0.9) == (0.875, 0.0)


@pytest.mark.parametrize("resolution", [11, 101])
def test_a_corner_on_the_frame_is_a_point_and_the_line_runs_on_to_it(resolution):
    model = bg.Model(
        name="corner",
        title="A corner on the frame",
        players=("Japan", "Russia"),
        actions=(("Buy", "Hedge", "Leave"), ("Supply", "Squeeze", "Divert")),
        payoffs=[
            [["a - c", "-c", "-a"], ["a/2", "b", "0"], ["0", "0", "b - 1"]],
            [["a", "a + b", "1"], ["1", "b - a", "c"], ["c", "0", "2*b - a"]],
        ],
        parameters=[
            bg.Parameter("a", "x", 4, 0, 10),
            bg.Parameter("b", "y", 4, 0, 10),
            bg.Parameter("c", "off the axes", 2, 0, 5),
        ],
    )
    shown = phase_map(bg.sweep(model, "a", "b", resolution=resolution))
    corner = entry_at(shown, Fraction(0), Fraction(1))
    assert (corner.mark, corner.where) == ("", "a = 0, b = 1")
    line = entry_at(shown, Fraction(1, 1000), Fraction(1))
    assert (line in shown.lines, line.where) == (True, "b = 1")
    ends = [arc.points for arc in shown.outlines.arcs if arc.on == line.regime]
    assert sorted(point for points in ends for point in points) == [(0, 0.1), (0.4, 0.1)]
