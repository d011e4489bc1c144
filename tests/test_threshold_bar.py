"""The bar of a slider: its thresholds, its regions in words, and where its marker stands."""

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from balancegame.figures import draw
from balancegame.figures.svg import text_width
from balancegame.figures.threshold_bar import bar_drawing, stand, threshold_bar
from balancegame.games.model import Model
from balancegame.games.parameter import Parameter
from balancegame.models import models
from tests.drawn import shapes

M1 = models["core-dilemma"]


@pytest.mark.parametrize(
    ("s", "words"),
    [
        (4, "s = 4, below the threshold E = 5"),
        (5, "s = 5, exactly at the threshold E = 5"),
        ("11/2", "s = 11/2, above the threshold E = 5"),
    ],
)
def test_the_bar_says_where_the_parameter_stands(s, words):
    figure = draw(M1, s=s)
    assert words in figure.alt
    assert words in figure.caption
    (marker,) = shapes(figure, "bg-marker")
    (threshold,) = shapes(figure, "bg-threshold")
    assert threshold.get("data-value") == "5"
    assert threshold.get("x1") == "25%"
    assert float(marker.get("x").rstrip("%")) == pytest.approx(float(Fraction(s)) * 5)


def test_a_threshold_bears_the_name_of_what_it_moves_with():
    # At these values d equals E, but only E moves the threshold.
    values = M1.values(E=3)
    assert values["d"] == values["E"]
    assert [str(point) for point in threshold_bar(M1, "s", values).thresholds] == ["E = 3"]


def test_the_regions_are_named_in_words():
    bar = threshold_bar(M1, "s", M1.values())
    assert [(region.low, region.high, region.words) for region in bar.regions] == [
        (0, 5, ("Engage", "Enforce")),
        (5, 20, ("Comply", "Enforce, or mixes")),
    ]


def words_on_a_bar(width, value):
    """Return the left and right end of each line of words in the bar along s, and its size."""
    body = bar_drawing(threshold_bar(M1, "s", M1.values()), Fraction(value), width).body
    found = {}
    for node in ElementTree.fromstring(f"<svg>{body}</svg>").iter("text"):
        if node.get("paint-order"):
            middle = float(node.get("x").rstrip("%")) * width / 100
            size = float(node.get("font-size"))
            half = text_width(node.text, size) / 2
            found[node.text] = (middle - half, middle + half, size)
    return found


@pytest.mark.parametrize("value", [0, 4, 5, 6, 9, 20])
def test_every_region_is_labelled_on_the_narrow_bar_of_an_explorer(value):
    words = words_on_a_bar(180, value)
    assert list(words) == ["Engage", "Enforce", "Comply", "Enforce, or mixes"]
    assert words["Engage"][2] == 10
    assert words["Comply"][2] == 12
    assert all(0 < words[name][0] < words[name][1] < 45 for name in ("Engage", "Enforce"))
    assert all(45 < words[name][0] < words[name][1] < 180 for name in ("Comply",))


@pytest.mark.parametrize("value", ["1/2", 2, "5/2", 4, 6, 7, 12, "25/2", 19])
def test_the_marker_runs_beside_the_words(value):
    marker = float(Fraction(value)) / 20 * 640
    for left, right, _ in words_on_a_bar(640, value).values():
        assert not left < marker < right


def test_where_there_is_no_room_beside_the_marker_its_line_runs_behind_the_words():
    bar = threshold_bar(M1, "s", M1.values())
    body = bar_drawing(bar, Fraction(4), 180).body
    assert body.index("bg-marker") < body.index(">Engage<")
    assert 'paint-order="stroke" stroke="#dfeaf4"' in body


def test_a_parameter_without_thresholds_says_so():
    bar = threshold_bar(M1, "S", M1.values())
    assert bar.thresholds == ()
    assert stand(bar, Fraction(10)) == "S = 10; no value of S in its range changes the equilibria"


def test_thresholds_that_cannot_be_found_are_not_invented():
    model = Model(
        name="fifth-power",
        title="Fifth power",
        players=("A", "B"),
        actions=(("a", "b"), ("c", "d")),
        payoffs=([["t**5", 0], [0, 1]], [[1, 0], [0, 1]]),
        parameters=(Parameter("t", "raised too far", 2, 1, 3),),
    )
    figure = draw(model)
    assert "thresholds are not known" in figure.alt
    assert shapes(figure, "bg-threshold") == []


def test_a_threshold_that_others_move_bears_no_name():
    # At these values the threshold 2 of s equals g, but c and B move it just as much.
    model = models["joint-sanctions"]
    values = model.values(beta="1/4", B=4, c_JP=3, c_US=3, g_JP=2, g_US=2)
    assert [str(point) for point in threshold_bar(model, "s", values).thresholds] == ["2"]
