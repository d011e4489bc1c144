"""What the explorer sends to a page, and what stands there where nothing can move."""

import re
import subprocess
import sys
from fractions import Fraction

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from IPython.utils.capture import capture_output

from balancegame.errors import GameError
from balancegame.games.model import Model
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.parameter import Parameter
from balancegame.models import models
from balancegame.widgets.explorer import explore
from balancegame.widgets.normal_form_panel import NormalFormExplorer
from balancegame.widgets.normal_form_setting import opening
from balancegame.widgets.play import play
from balancegame.widgets.setting import positions
from balancegame.widgets.stepper import explore_mixture
from tests.test_widgets import DECISION, M1, THREE


def test_names_reach_the_page_as_text():
    names = (("<b>", "従う"), ("&", "x"))
    game = NormalFormGame([[[1, 0], [0, 1]]] * 2, ("日本", "<script>"), names)
    explorer = explore(game)
    explorer.answer({"kind": "bet", "choice": "0,0"})
    shown = explorer.shown
    for markup in (shown["answer"], shown["explanation"], shown["square"]):
        assert "<b>" not in markup
        assert "<script>" not in markup
    assert "日本" in shown["answer"]


def test_a_slider_stops_at_every_named_value_and_nowhere_too_often():
    model = Model(
        name="fine",
        title="Fine",
        players=("A",),
        actions=(("a", "b"),),
        payoffs=(["t", 1],),
        parameters=(Parameter("t", "a share", "1/3", 0, 1, "1/100000"),),
    )
    stops = positions(opening(model, t="2/7"), "t")
    assert {0, 1, Fraction(1, 3), Fraction(2, 7)} <= set(stops)
    assert len(stops) < 500
    assert positions(opening(M1), "s") == tuple(Fraction(k, 2) for k in range(41))


def test_the_page_gets_one_module_and_nothing_from_elsewhere():
    script, style = str(NormalFormExplorer._esm), str(NormalFormExplorer._css)
    assert script.count("export default") == 1
    for word in ("import ", "import(", "http:", "https:", "fetch("):
        assert word not in script
    for word in ("@import", "url("):
        assert word not in style


def test_a_page_that_cannot_move_still_reads_well():
    data, _ = explore(M1, s=5)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    assert "<figcaption>Security or energy at s = 5" in html
    assert 'alt="Payoff table of Japan and the US.' in html
    assert "Japan plays any mixture of Comply and Engage and the US plays Enforce" in html
    assert "exactly at the threshold E = 5" in data["text/plain"]


EXPLORERS = {
    "a model": lambda: explore(M1),
    "a repeated game": lambda: explore(models["alliance"]),
    "a mixture": lambda: explore_mixture(models["inspection"].game()),
    "a match": lambda: play(models["alliance"], against="grim trigger"),
}


@pytest.mark.parametrize("make", EXPLORERS.values(), ids=EXPLORERS)
def test_a_page_gives_a_live_explorer_seconds_to_hide_it(make):
    """In a notebook it waits for the explorer; where none comes to life it must be read soon."""
    html = make()._page()["text/html"]
    (delay,) = re.findall(r"animation: balancegame-page 0s ([0-9.]+)s both", html)
    assert 1 <= float(delay) <= 5
    assert html.count("The picture in words") == html.count("<figure")


@pytest.mark.parametrize("game", [THREE, DECISION])
def test_every_game_has_a_page(game):
    data, _ = explore(game)._repr_mimebundle_()
    assert "<figcaption>" in data["text/html"]


@pytest.fixture
def outputs():
    """What a notebook keeps of an explorer that its last line shows."""
    InteractiveShell.instance()
    with capture_output() as captured:
        display(explore(M1))
    InteractiveShell.clear_instance()
    return [
        nbformat.v4.new_output("display_data", data=output.data, metadata=output.metadata)
        for output in captured.outputs
    ]


def test_a_converted_notebook_shows_picture_caption_and_reasons(outputs):
    nbconvert = pytest.importorskip("nbconvert")
    live, page = outputs
    assert "application/vnd.jupyter.widget-view+json" in live["data"]
    assert set(page["data"]) == {"text/html", "text/plain"}
    cell = nbformat.v4.new_code_cell("explore(M1)", outputs=outputs)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    for exporter in (nbconvert.HTMLExporter, nbconvert.MarkdownExporter):
        body, _ = exporter().from_notebook_node(notebook)
        assert "Security or energy at s = 6" in body
        assert "because the US is indifferent against Comply" in body
        assert "data:image/svg+xml;base64," in body or "Payoff table of Japan" in body


def test_no_drawing_library_is_loaded_on_the_way_of_a_slider():
    code = (
        "import sys, balancegame.widgets.explorer as e;"
        "from balancegame.models import models;"
        "x = e.explore(models['core-dilemma']);"
        "x.answer({'kind': 'bet', 'choice': '0,0'});"
        "x.answer({'kind': 'slide', 'name': 's', 'value': '5'});"
        "print({'sympy', 'scipy', 'nashpy', 'matplotlib', 'pandas'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip() == "set()", result.stderr


def test_a_game_too_large_to_solve_is_refused_before_it_is_shown():
    payoffs = [[a * b for b in range(12)] for a in range(12)]
    with pytest.raises(GameError, match="12 x 12"):
        explore(NormalFormGame([payoffs, payoffs]))
