"""Pictures: what they show is read back from the SVG and compared with the exact answer."""

import base64
import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from balancegame.errors import GameError
from balancegame.figures import Figure, draw
from balancegame.figures.best_response_square import LEFT, SIDE, TOP, correspondence
from balancegame.figures.svg import shortened, text_width
from balancegame.figures.threshold_bar import bar_in_words, threshold_bar
from balancegame.games.model import Model
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.parameter import Parameter
from balancegame.models import models
from balancegame.solvers.normal_form.nash import equilibria
from balancegame.solvers.sweep import sweep
from tests.drawn import shapes

M1 = models["core-dilemma"]
MARKS = {"Japan": "bg-circle", "US": "bg-square"}


def at(x, y):
    """Return the pixels at which a profile must stand."""
    return LEFT + SIDE * float(Fraction(x)), TOP + SIDE * (1 - float(Fraction(y)))


def points(figure, kind):
    return sorted((node.get("data-x"), node.get("data-y")) for node in shapes(figure, kind))


@pytest.mark.parametrize(
    ("s", "single", "continuum", "ends"),
    [
        (4, [("0", "1")], [], []),
        (5, [], [("0 to 1", "1")], [("0", "1"), ("1", "1")]),
        (6, [], [("1", "5/6 to 1")], [("1", "1"), ("1", "5/6")]),
    ],
)
def test_equilibria_of_the_core_dilemma_stand_where_they_are(s, single, continuum, ends):
    figure = draw(M1, s=s)
    assert points(figure, "bg-point") == single
    assert points(figure, "bg-continuum") == continuum
    assert points(figure, "bg-end") == ends
    for node in [*shapes(figure, "bg-point"), *shapes(figure, "bg-end")]:
        place = float(node.get("cx")), float(node.get("cy"))
        assert place == pytest.approx(at(node.get("data-x"), node.get("data-y")), abs=0.01)


def test_the_segment_is_drawn_from_end_to_end():
    (line,) = shapes(draw(M1, s=6), "bg-continuum")
    assert [float(line.get(key)) for key in ("x1", "y1", "x2", "y2")] == pytest.approx(
        [*at(1, "5/6"), *at(1, 1)], abs=0.01
    )


def test_the_thresholds_of_the_correspondences_are_labelled():
    words = [node.text for node in ElementTree.fromstring(draw(M1, s=6).svg).iter() if node.text]
    assert "5/6" in words


@pytest.mark.parametrize(
    ("payoffs", "player", "expected"),
    [
        ([[3, 3], [1, 1]], 0, ["1 0", "1 1"]),
        ([[1, 1], [3, 3]], 0, ["0 0", "0 1"]),
        ([[3, 0], [0, 1]], 0, ["0 0", "0 1/4", "1 1/4", "1 1"]),
        ([[0, 1], [3, 0]], 0, ["1 0", "1 1/4", "0 1/4", "0 1"]),
        ([[0, 2], [0, 1]], 0, ["1 0", "1 1", "0 1"]),
        ([[0, 1], [0, 2]], 0, ["0 0", "0 1", "1 1"]),
        ([[2, 0], [1, 0]], 0, ["0 0", "1 0", "1 1"]),
        ([[1, 0], [2, 0]], 0, ["1 0", "0 0", "0 1"]),
        ([[7, 7], [7, 7]], 0, []),
        ([[3, 0], [0, 1]], 1, ["0 0", "1/4 0", "1/4 1", "1 1"]),
        ([[0, 0], [0, 0]], 1, []),
        ([["1/10", "1/10"], ["1/5", "1/10"]], 0, ["1 0", "0 0", "0 1"]),
    ],
)
def test_best_responses_follow_the_exact_path(payoffs, player, expected):
    zero = [[0, 0], [0, 0]]
    game = NormalFormGame([payoffs, zero] if player == 0 else [zero, payoffs])
    assert [f"{x} {y}" for x, y in correspondence(game, player).points] == expected


def test_total_indifference_is_the_whole_square():
    game = NormalFormGame([[[0, 0], [0, 0]], [[1, 1], [1, 1]]])
    figure = draw(game)
    (area,) = shapes(figure, "bg-continuum")
    assert (area.get("data-x"), area.get("data-y")) == ("0 to 1", "0 to 1")
    assert (float(area.get("width")), float(area.get("height"))) == (SIDE, SIDE)
    assert "player 1 is indifferent against everything" in figure.alt


def test_a_difference_that_no_float_can_hold_still_decides():
    # 10**17 and 10**17 + 1 are one and the same float.
    game = NormalFormGame([[[10**17 + 1, 0], [10**17, 1]], [[1, 0], [0, 1]]])
    assert correspondence(game, 0).threshold == Fraction(1, 2)
    assert len(points(draw(game), "bg-point")) == 3


@pytest.mark.parametrize(
    ("s", "japan", "us", "pure"),
    [
        (
            4,
            {"Engage/Enforce", "Engage/Acquiesce"},
            {"Comply/Enforce", "Comply/Acquiesce", "Engage/Enforce"},
            {"Engage/Enforce"},
        ),
        (
            5,
            {"Comply/Enforce", "Engage/Enforce", "Engage/Acquiesce"},
            {"Comply/Enforce", "Comply/Acquiesce", "Engage/Enforce"},
            {"Comply/Enforce", "Engage/Enforce"},
        ),
        (
            6,
            {"Comply/Enforce", "Engage/Acquiesce"},
            {"Comply/Enforce", "Comply/Acquiesce", "Engage/Enforce"},
            {"Comply/Enforce"},
        ),
    ],
)
def test_cells_carry_the_marks_of_their_best_responses(s, japan, us, pure):
    cells = {node.get("data-cell"): node for node in shapes(draw(M1, s=s), "bg-cell")}
    assert len(cells) == 4

    def carrying(mark):
        return {
            name
            for name, cell in cells.items()
            if any(mark in node.get("class", "").split() for node in cell.iter())
        }

    assert carrying("bg-circle") == japan
    assert carrying("bg-square") == us
    assert carrying("bg-pure") == pure
    assert len(shapes(draw(M1, s=s), "bg-star")) == len(pure) + 1  # one stands in the legend


def test_marks_differ_in_shape_and_in_colour():
    figure = draw(NormalFormGame([[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]] * 3))
    looks = {
        (kind, node.tag.rpartition("}")[2], node.get("rx"), node.get("stroke"))
        for kind in ("bg-circle", "bg-square", "bg-diamond")
        for node in shapes(figure, kind)[:1]
    }
    assert len({look[1:3] for look in looks}) == len({look[3] for look in looks}) == 3


def test_words_say_what_the_picture_shows():
    alt = draw(M1, s=6).alt
    for fact in (
        "Engage, Acquiesce: Japan 15 and the US 7.",
        "Best response of Japan: (Comply, Enforce) and (Engage, Acquiesce).",
        "Equilibria in pure strategies: (Comply, Enforce).",
        "Japan is indifferent where the US plays Enforce with probability 5/6",
        "Japan plays Comply and the US plays any mixture with at least 5/6 on Enforce",
        "s = 6, above the threshold E = 5",
    ):
        assert fact in alt


@pytest.mark.parametrize(
    ("shape", "size"), [((3, 2), 6), ((2, 5), 10), ((4,), 4), ((2, 3, 2), 12), ((1, 1), 1)]
)
def test_tables_of_every_size_show_every_cell(shape, size):
    def array(sizes):
        return [array(sizes[1:]) for _ in range(sizes[0])] if sizes else 1

    figure = draw(NormalFormGame([array(shape)] * len(shape)))
    assert len(shapes(figure, "bg-cell")) == size
    assert len(points(figure, "bg-point")) == 0


def test_names_of_any_script_stay_text():
    game = NormalFormGame(
        [[[1, 0], [0, 1]], [[1, 0], [0, 1]]],
        players=("日本 <b>", 'R&"D"'),
        actions=(("従う", "a\x00b"), ("<script>", "とても長い名前の行動です" * 4)),
    )
    figure = draw(game)
    root = ElementTree.fromstring(figure.svg)
    words = [node.text for node in root.iter() if node.text]
    assert {"日本 <b>", 'R&"D"', "従う", "<script>", "a\ufffdb"} <= set(words)
    assert "とても長い名前の行動です" * 4 in "".join(words)  # whole, in several lines
    assert "<script>" not in figure._repr_html_()
    assert "日本 &lt;b&gt;" in figure._repr_html_()


@pytest.mark.parametrize("name", ["日本" * 40, "W" * 90, "long name " * 12])
def test_long_names_stay_in_their_column(name):
    game = NormalFormGame(
        [[[1, 0], [0, 1]]] * 2, players=(name, "B"), actions=((name, "b"), (name + "1", "d"))
    )
    for node in ElementTree.fromstring(draw(game).svg).iter():
        if node.tag.endswith("text"):
            assert text_width(node.text, float(node.get("font-size"))) <= 300


def test_a_shortened_name_ends_in_an_ellipsis_and_fits():
    assert shortened("Acquiesce", 200, 13) == "Acquiesce"
    short = shortened("日本国政府", 40, 13)
    assert short == "日本…"
    assert text_width(short, 13) <= 40


def test_a_picture_is_complete_in_itself_and_always_the_same():
    svg = draw(M1).svg
    root = ElementTree.fromstring(svg)
    assert svg == draw(M1).svg
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert root[1].text == draw(M1).alt
    assert re.findall(r"\bid=|href|url\(|@import|<style|<script", svg) == []
    assert [url for url in re.findall(r"https?:[^\"' ]+", svg) if "w3.org" not in url] == []


def test_a_page_that_strips_drawings_keeps_the_picture():
    figure = draw(NormalFormGame([[[1, 0, 2], [0, 1, 2]]] * 2))
    html = ElementTree.fromstring(figure._repr_html_())
    assert html.tag == "figure"
    assert html.find("img").get("alt") == figure.alt
    assert html.find("figcaption").text == figure.caption
    kind, _, data = html.find("img").get("src").partition(";base64,")
    assert kind == "data:image/svg+xml"
    shown = base64.b64decode(data).decode()
    assert re.sub("<style>.*</style>", "", shown) == figure.svg
    assert "@media (prefers-color-scheme:dark){.bg-fill-paper{fill:#1b1f24}" in shown
    assert figure._repr_mimebundle_()["image/svg+xml"] == figure.svg
    assert figure.alt in figure._repr_mimebundle_()["text/plain"]


def test_a_narrow_page_shows_the_parts_of_a_picture_below_each_other():
    figure = draw(M1, s=5)
    table, square, bar = ElementTree.fromstring(figure._repr_html_()).findall("img")
    assert " ".join(part.get("alt") for part in (table, square, bar)) == figure.alt
    for part, start in ((table, "Payoff table"), (square, "Best-resp"), (bar, "s = 5, exactly")):
        assert part.get("alt").startswith(start)
        shown = base64.b64decode(part.get("src").partition(";base64,")[2]).decode()
        width = float(re.search(r'width="([\d.]+)"', shown)[1])
        least = int(re.match(r"min-width: (\d+)px; max-width: 100%", part.get("style"))[1])
        assert 0.6 * width < least < 0.65 * width


@pytest.mark.parametrize(
    ("width", "style"),
    [
        ('width="300pt"', "min-width: 248px; max-width: 100%; height: auto"),
        ('width="300"', "min-width: 186px; max-width: 100%; height: auto"),
        ("", "max-width: 100%; height: auto"),
    ],
)
def test_a_picture_from_elsewhere_is_shrunk_as_far_as_it_can_be_read(width, style):
    shown = Figure(f'<svg xmlns="http://www.w3.org/2000/svg" {width}></svg>', "A.", "")
    assert f'style="{style}"' in shown._repr_html_()


def test_a_map_on_a_narrow_page_keeps_the_size_of_its_words():
    figure = draw(sweep(M1, "s", "E", resolution=5))
    plot, legend = ElementTree.fromstring(figure._repr_html_()).findall("img")
    assert (plot.get("alt"), legend.get("alt")) == (figure.alt, "The legend.")
    assert plot.get("style").startswith("min-width: 262px; max-width: 100%")
    shown = base64.b64decode(plot.get("src").partition(";base64,")[2]).decode()
    assert "max-width: 340px) { .bg-phase text, .bg-phase ~ text { font-size: 19px }" in shown
    assert '>s<tspan class="bg-axis-meaning">: sanction that the US puts on Japan' in shown
    assert "font-size: 19px" not in base64.b64decode(legend.get("src").partition(",")[2]).decode()


def test_a_figure_can_be_saved(tmp_path):
    figure = Figure("<svg xmlns='http://www.w3.org/2000/svg'/>", "Nothing.", "An empty page.")
    assert figure.save(tmp_path / "empty.svg").read_text(encoding="utf-8") == figure.svg


def test_equilibria_are_drawn_as_their_game_is():
    game = M1.game(s=6)
    assert draw(equilibria(game)).svg == draw(game).svg
    assert draw(equilibria(game)[0]).svg == draw(game).svg


@pytest.mark.parametrize("thing", [3, "game", None, [[1, 2]]])
def test_what_cannot_be_drawn_is_named(thing):
    with pytest.raises(GameError, match=r"there is no picture of (int|str|NoneType|list); give"):
        draw(thing)


def test_continua_are_not_counted_as_single_equilibria():
    model = Model(
        name="idle",
        title="Idle",
        players=("A", "B"),
        actions=(("a", "b"), ("c", "d")),
        payoffs=([["s", 0], [0, 0]],) * 2,
        parameters=(Parameter("s", "drawn", 0, -1, 1),),
    )
    bar = threshold_bar(model, "s", model.values())
    assert bar.regions[0].words == ("infinitely many", "equilibria")
    assert "between -1 and 0: infinitely many equilibria; between 0" in bar_in_words(
        bar, Fraction(1)
    )


def test_an_action_is_spoken_as_it_is_called():
    model = Model(
        name="waiting",
        title="Waiting",
        players=("A", "B"),
        actions=(("Wait,", "Go"), ("c", "d")),
        payoffs=([[1, 1], ["s", "s"]], [[1, 0], [1, 0]]),
        parameters=(Parameter("s", "drawn", 0, 0, 2),),
    )
    bar = threshold_bar(model, "s", model.values())
    assert bar.regions[0].words == ("Wait,", "c")
    assert "between 0 and 1: Wait,, c; between 1 and 2: Go, c." in bar_in_words(bar, Fraction(0))
