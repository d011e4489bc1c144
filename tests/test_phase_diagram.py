"""Phase diagrams as pictures: areas, boundaries, letters and words, compared with exact answers."""

import math
import random
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import balancegame as bg
from balancegame.explain.phase_map import Entry, entry_at, letter, phase_map
from balancegame.figures.figure import figure as figure_of
from balancegame.figures.hatching import PATTERNS
from balancegame.figures.phase_diagram.areas_and_boundaries import LEFT, SIDE, TOP
from balancegame.figures.phase_diagram.diagram import plot
from balancegame.figures.phase_diagram.legend import area_paint, legend_drawing
from balancegame.figures.phase_diagram.lettering import free_place, letter_places
from balancegame.figures.svg import beside
from balancegame.solvers.phase_diagram.outlines import area, outlines
from balancegame.solvers.phase_diagram.regime_geometry import regime_at, regime_geometry
from tests.drawn import shapes
from tests.one_sentence import one_sentence
from tests.test_sweep import model_of, models, supports

M1 = bg.models["core-dilemma"]
M3 = bg.models["joint-sanctions"]

# M3 as in the literature: both senders alike, with thresholds at round values.
SENDERS = {"B": 4, "c_US": 3, "c_JP": 3, "g_US": 2, "g_JP": 2}
CURVED = model_of(1, 2, [[[0, 0]], [["t*u", "1/2"]]])
CORNERED = model_of(1, 2, [[[0, 0]], [["(t - 1/3)*(u + 2/7)", 0]]])


@pytest.fixture(scope="module")
def core():
    return phase_map(bg.sweep(M1, "s", "E"))


@pytest.fixture(scope="module")
def joint():
    return phase_map(bg.situations(M3, "s", "beta", **SENDERS))


def texts(figure):
    nodes = ElementTree.fromstring(figure.svg).iter()
    return [words for node in nodes if (words := "".join(node.itertext()))]


def corners(path):
    """Return the points of a path of lines, in the units of the axes from 0 to 1."""
    numbers = path.replace("M", " ").replace("L", " ").replace("z", " ").split()
    pixels = np.array(numbers, dtype=float).reshape(-1, 2)
    return [((x - LEFT) / SIDE, 1 - (y - TOP) / SIDE) for x, y in pixels]


@pytest.mark.parametrize(
    ("s", "energy", "mark", "words"),
    [
        ("6", "5", "B", "Japan: Comply; US: Enforce, alone or mixed with Acquiesce"),
        ("4", "5", "A", "Japan: Engage; US: Enforce"),
        ("5", "5", "a", "Japan: any mixture of Comply and Engage; US: Enforce"),
        ("22/7", "22/7", "a", "Japan: any mixture of Comply and Engage; US: Enforce"),
        ("500000001/100000000", "5", "B", "Japan: Comply; US: Enforce, alone or mixed with Acq"),
        ("499999999/100000000", "5", "A", "Japan: Engage; US: Enforce"),
    ],
)
def test_the_regime_at_a_point_is_exact(core, s, energy, mark, words):
    entry = entry_at(core, Fraction(s), Fraction(energy))
    assert entry.mark == mark
    assert entry.words[0].startswith(words)


def test_the_boundary_of_the_core_dilemma_is_the_straight_line_s_equals_e(core):
    (arc,) = core.outlines.arcs
    # E starts at 1/2, where s = 1/2 is a fortieth of its range.
    assert sorted(arc.points) == [pytest.approx((1 / 40, 0)), pytest.approx((1, 1))]
    assert arc.is_regime
    (line,) = core.lines
    assert (line.mark, line.where) == ("a", "s = E")


@pytest.mark.parametrize("resolution", [2, 3, 17, 50, 101, 102])
def test_boundaries_do_not_depend_on_the_grid(resolution):
    shown = phase_map(bg.sweep(M1, "s", "E", resolution=resolution))
    assert [line.where for line in shown.lines] == ["s = E"]
    assert sum(map(area, shown.outlines.areas[shown.areas[0].regime])) == pytest.approx(
        1 - 0.5 * 39 / 40
    )


def test_four_lines_meet_at_one_corner(joint):
    """s = 1 + 4 beta and s = 3 - 4 beta cross at s = 2, beta = 1/4."""
    meeting = {
        point
        for arc in joint.outlines.arcs
        for point in arc.points
        if 0 < point[0] < 1 and 0 < point[1] < 1
    }
    assert len(meeting) == 1
    assert meeting.pop() == pytest.approx((2 / 10, 1 / 4), abs=1e-9)
    assert all(len(arc.points) == 2 for arc in joint.outlines.arcs)


def test_situations_have_their_names(joint):
    assert [str(entry) for entry in joint.areas] == [
        "harmony",
        "assurance",
        "Chicken",
        "prisoners' dilemma",
    ]
    for s, beta, name in (
        (1, "1/4", "prisoners' dilemma"),
        (2, "1/16", "assurance"),
        (2, "3/4", "Chicken"),
        (9, "1/2", "harmony"),
        (2, "1/4", "several boundaries meet"),
        ("7/3", "1/3", "Chicken and harmony meet"),
        ("3/2", "1/8", "assurance and prisoners' dilemma meet"),
    ):
        assert str(entry_at(joint, Fraction(s), Fraction(beta))) == name
    assert [sorted(line.words) for line in joint.lines] == [
        [
            "Chicken and harmony meet on s = 4 beta + 1",
            "Chicken and prisoners' dilemma meet on s = 3 - 4 beta",
            "assurance and harmony meet on s = 3 - 4 beta",
            "assurance and prisoners' dilemma meet on s = 4 beta + 1",
        ]
    ]


def test_a_curved_boundary_follows_its_polynomial():
    shown = phase_map(bg.sweep(CURVED, "t", "u"))
    assert len(shown.outlines.arcs) == 2
    for arc in shown.outlines.arcs:
        assert len(arc.points) > 10
        for u, v in arc.points:
            assert (-2 + 4 * u) * (-2 + 4 * v) == pytest.approx(1 / 2, abs=1e-6)


def test_a_product_has_a_sharp_corner():
    shown = phase_map(bg.sweep(CORNERED, "t", "u", resolution=20))
    assert [curve.degree for curve in shown.geometry.curves] == [1, 1]
    assert len(shown.outlines.arcs) == 4
    corner = pytest.approx(((1 / 3 + 2) / 4, (2 - 2 / 7) / 4), abs=1e-9)
    for arc in shown.outlines.arcs:
        assert len(arc.points) == 2
        assert corner in (arc.points[0], arc.points[1])


def test_areas_fill_the_frame_and_neighbours_share_their_boundary(core, joint):
    for shown in (core, joint):
        closed = [line for lines in shown.outlines.areas.values() for line in lines]
        assert sum(map(area, closed)) == pytest.approx(1)
        for arc in shown.outlines.arcs:
            for regime in (arc.left, arc.right):
                points = {p for line in shown.outlines.areas[regime] for p in line}
                assert {arc.points[0], arc.points[-1]} <= points


@settings(max_examples=40, deadline=None)
@given(models(), st.sampled_from([5, 12, 21, 21]), st.integers(0, 2**32))
def test_every_diagram_is_drawn_and_says_what_its_games_say(model, resolution, seed):
    """Letters, areas, single points of the plane and straight lines, all of one diagram."""
    shown = phase_map(bg.sweep(model, "t", "u", resolution=resolution))
    legend = legend_drawing(shown.areas, shown.lines, shown.points)
    figure = figure_of(beside(plot(shown), legend), "")
    letters = [node.text for node in shapes(figure, "bg-letter")]
    for entry in shown.areas:
        assert letters.count(entry.mark) >= 2  # on the map and in the legend
        assert entry.words[0] in figure.alt
    found, drawn = shown.geometry, shown.outlines
    closed = [line for lines in drawn.areas.values() for line in lines]
    if drawn.areas:
        assert sum(map(area, closed)) == pytest.approx(1, abs=1e-4)

    def solved(x, y):
        return supports(bg.equilibria(model.game(t=x, u=y)))

    source = random.Random(seed)
    for _ in range(5):
        x, y = (Fraction(source.randint(-199, 199), 100) for _ in range(2))
        exact = solved(x, y)
        assert regime_at(found, x, y)[1] == exact
        point = float(x + 2) / 4, float(y + 2) / 4
        # Within a grid square's reach curves may bend between the points of the grid.
        if not _near_a_boundary(point, drawn, 1 / (resolution - 1)):
            inside = [
                k
                for k, lines in drawn.areas.items()
                if sum(_inside(point, line) for line in lines) % 2
            ]
            assert [found.supports[k] for k in inside] == [exact]
    # What holds on a boundary is the same at all its crossings, so one of each is enough.
    crossings = list(found.crossings.each())
    source.shuffle(crossings)
    checked = set()
    for crossing in crossings:
        kind = crossing[-4:]
        if kind not in checked and (at := _rational_place(found, crossing)):
            checked.add(kind)
            assert found.supports[crossing.on] == solved(*at)


def test_marks_on_lines_keep_clear_of_letters():
    named = bg.situations(bg.models["joint-sanctions"], "s", "beta", B=7, c_US=8, c_JP=9)
    shown = phase_map(named)
    letters = [place for _, place in letter_places(shown)]
    long = [arc for arc in shown.outlines.arcs if arc.is_regime and arc.length > 0.2]
    assert long
    for arc in long:
        place = free_place(arc, letters, 0.045)
        assert min(math.dist(place, letter) for letter in letters) >= 0.045


@pytest.mark.parametrize("seed", [0, 7, 9, 16])
def test_narrow_areas_and_corners_on_the_grid_are_drawn_too(seed):
    source = random.Random(seed)

    def payoff():
        a, b, c = (source.randint(-5, 5) for _ in range(3))
        return f"{a} + {b}*t + {c}*u + {source.choice([0, 0, 1])}*t*u"

    payoffs = [[[payoff() for _ in range(3)] for _ in range(3)] for _ in range(2)]
    diagram = bg.sweep(model_of(3, 3, payoffs), "t", "u", resolution=21)
    drawn = outlines(regime_geometry(diagram))
    closed = [line for lines in drawn.areas.values() for line in lines]
    assert sum(map(area, closed)) == pytest.approx(1, abs=1e-4)
    letters = [node.text for node in shapes(bg.draw(diagram), "bg-letter")]
    assert {entry.mark for entry in phase_map(diagram).areas} <= set(letters)


def test_the_picture_names_areas_by_letter_colour_and_pattern():
    figure = bg.draw(bg.sweep(M1, "s", "k"), s=6, k=2)
    areas = shapes(figure, "bg-area")
    assert [node.get("data-regime") for node in areas] == ["A", "B", "C", "D"]
    assert len({node.get("fill") for node in areas}) == 4
    letters = [node.text for node in shapes(figure, "bg-letter")]
    assert sorted(letters) == sorted("AABBCCDD")
    (mark,) = shapes(figure, "bg-marker")
    assert (mark.get("data-x"), mark.get("data-y")) == ("6", "2")
    assert float(mark.get("cx")) == pytest.approx(LEFT + SIDE * 0.3)
    assert float(mark.get("cy")) == pytest.approx(TOP + SIDE * 0.8)
    lines = {node.get("data-where"): corners(node.get("d")) for node in shapes(figure, "bg-line")}
    assert set(lines) == {"k = 4", "s = 5"}
    assert all(y == pytest.approx(0.4) for _, y in lines["k = 4"])
    assert figure.caption == "Security or energy over s and k. Here s = 6, k = 2."


def test_no_two_of_the_first_areas_look_alike():
    looks = {area_paint(Entry(k, "", k, ("",))) for k in range(56)}
    assert len(looks) == 56
    assert len(PATTERNS) == 7
    neighbours = [area_paint(Entry(k, "", k, ("",))) for k in range(8)]
    assert len({fill for fill, _, _ in neighbours}) == 8
    assert all(a[2] != b[2] for a, b in pairwise(neighbours))


def test_the_words_say_all_that_the_picture_shows():
    figure = bg.draw(bg.sweep(M1, "s", "E"))
    for words in (
        "s (sanction that the US puts on Japan for engaging) from 0 to 20",
        "E (energy and trade that Japan gains by engaging Russia) from 1/2 to 20",
        "A, 51 % of the diagram: Japan: Engage; US: Enforce",
        "B, 49 % of the diagram: Japan: Comply; US: Enforce, alone or mixed with Acquiesce",
        "Lines with equilibria of their own: a, s = E: Japan: any mixture of Comply and Engage",
    ):
        assert words in figure.alt
    shown = " ".join(texts(figure))
    for words in ("A", "B", "s: sanction that the US puts on Japan for engaging", "s = E:"):
        assert words in shown


def test_a_legend_is_wrapped_and_never_cut():
    model = model_of(3, 3, [[[f"{i + j}*t - {i}*u" for j in range(3)] for i in range(3)]] * 2)
    figure = bg.draw(bg.sweep(model, "t", "u", resolution=11))
    assert not any("…" in words for words in texts(figure))


def test_single_points_are_marked_and_named():
    shown = phase_map(bg.sweep(M1, "s", "k"))
    (point,) = shown.points
    assert point.where == "s = 5, k = 4"
    assert "Single places with equilibria of their own: s = 5, k = 4" in bg.draw(shown.diagram).alt


def test_a_regime_that_the_grid_misses_has_its_place():
    diagram = bg.sweep(M1, "s", "k", resolution=4)
    assert len(diagram.legend) == 4
    shown = phase_map(diagram)
    assert [line.where for line in shown.lines] == ["k = 4", "s = 5", "s = 5", "k = 4"]


def test_letters_last_when_another_parameter_moves():
    before = phase_map(bg.sweep(M1, "s", "k"))
    after = phase_map(bg.sweep(M1, "s", "k", r=0), before.known)
    assert {entry.mark: str(entry) for entry in after.areas}.items() <= (
        {entry.mark: str(entry) for entry in before.areas}.items()
    )
    assert len(after.areas) == 2


def test_a_diagram_without_boundaries_is_one_area():
    figure = bg.draw(bg.sweep(M1, "V", "d"))
    assert [node.get("data-regime") for node in shapes(figure, "bg-area")] == ["A"]
    assert "One area: A, 100 % of the diagram" in figure.alt


def test_letters_go_on_after_z():
    assert [letter(k) for k in (0, 25, 26, 27, 52, 702)] == ["A", "Z", "AA", "AB", "BA", "AAA"]


def test_a_diagram_is_small():
    assert len(bg.draw(bg.sweep(M1, "s", "k")).svg) < 20_000
    assert len(bg.draw(bg.situations(M3, "s", "beta")).svg) < 20_000


def test_regimes_are_drawn_as_a_strip():
    figure = bg.draw(bg.regimes(M1, "s"))
    assert [node.get("data-regime") for node in shapes(figure, "bg-area")] == ["A", "B"]
    assert [node.get("data-value") for node in shapes(figure, "bg-threshold")] == ["5"]
    first, second = shapes(figure, "bg-area")
    assert float(second.get("x")) == pytest.approx(24 + 592 / 4)
    assert float(first.get("width")) + float(second.get("width")) == pytest.approx(592)
    assert "B, for 5 < s <= 20: Japan plays Comply and the US plays any mixture" in figure.alt
    assert figure.caption == "What holds along s, which changes at s = 5."


def test_only_regimes_are_drawn_of_tuples():
    with one_sentence("regimes"):
        bg.draw((1, 2))
    with one_sentence("regimes"):
        bg.draw(())


def _inside(point, outline):
    x, y = point
    crossed = 0
    for (x0, y0), (x1, y1) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossed += 1
    return crossed % 2


def _near_a_boundary(point, drawn, far):
    x, y = point
    for arc in drawn.arcs:
        for (x0, y0), (x1, y1) in pairwise(arc.points):
            length = (x1 - x0) ** 2 + (y1 - y0) ** 2
            share = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length if length else 0
            share = min(1, max(0, share))
            if (x - x0 - share * (x1 - x0)) ** 2 + (y - y0 - share * (y1 - y0)) ** 2 < far**2:
                return True
    return False


def _rational_place(found, crossing):
    """Return the point where a straight boundary crosses a side along x and no other does."""
    own = found.curves[crossing.curve]
    a, b, c = (own.terms.get(powers, 0) for powers in ((1, 0), (0, 1), (0, 0)))
    if crossing.upward or own.degree > 1 or not a:
        return None
    y = found.diagram.y[crossing.row]
    at = Fraction(-b * y - c) / a
    low, high = found.diagram.x[crossing.column : crossing.column + 2]
    others = [curve for k, curve in enumerate(found.curves) if k != crossing.curve]
    signs = [{curve.sign(x, y) for x in (low, at, high)} for curve in others]
    alone = all(len(each) == 1 and each != {0} for each in signs)
    return (at, y) if low <= at <= high and alone else None
