"""A legend longer than its diagram in a real JupyterLab: its end follows, though out of sight."""

import random
import re
from html import unescape

import pytest

import balancegame as bg
from tests.browser.lab import error_outputs, open_notebook, run_all_cells, write_notebook

SOURCE = """\
import random
import balancegame as bg
draw = random.Random(3).randint
def payoff():
    return f"{draw(-5, 5)} + {draw(-3, 3)}*t + {draw(-3, 3)}*u + {draw(-2, 2)}*w"
model = bg.Model(
    name="random", title="Random", players=("A", "B"),
    actions=(("a0", "a1", "a2"), ("b0", "b1", "b2")),
    payoffs=[[[payoff() for _ in range(3)] for _ in range(3)] for _ in range(2)],
    parameters=[bg.Parameter(name, "drawn", 0, -4, 4, "1/5") for name in "tuw"],
)
explorer = bg.explore(model, "t", "u")
explorer"""


@pytest.fixture
def explorer(page, course_server):
    """An explorer of a model with many regimes."""
    name = "notebooks/long_legend.ipynb"
    write_notebook(course_server.folder, name, SOURCE)
    open_notebook(page, name)
    run_all_cells(page)
    explorer = page.locator(".bg-explorer")
    explorer.get_by_role("radio").first.check()
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-answer").wait_for()
    yield explorer
    assert error_outputs(page) == []


def entries(diagram):
    """Return the legend of a diagram as its page should show it: letters and words."""
    return [
        [entry["mark"], unescape(re.sub("<[^>]*>", "", entry["words"]))]
        for entry in diagram["legend"]
    ]


def test_the_whole_of_a_long_legend_follows_the_slider(page, explorer):
    here = {"random": random, "bg": bg}
    exec(SOURCE, here)
    ours = here["explorer"]
    first = ours.shown["bets"]["choices"][0]["value"]
    ours.answer({"kind": "bet", "choice": first})
    legend = explorer.get_by_role("list", name="What holds where")
    slider = explorer.get_by_role("slider", name="w =")
    seen = []
    for w in ("1/5", "2/5", "3/5"):
        slider.press("ArrowRight")
        ours.answer({"kind": "slide", "name": "w", "value": w, "fresh": True})
        expected = entries(ours.diagram)
        page.wait_for_function(
            """([legend, expected]) => JSON.stringify([...legend.children].map(
                item => [item.dataset.mark, item.lastElementChild.textContent]
            )) === JSON.stringify(expected)""",
            arg=[legend.element_handle(), expected],
            timeout=10_000,
        )
        assert legend.evaluate("list => list.scrollHeight > 2 * list.clientHeight")
        assert ours.shown["point"]["key"]
        legend.locator(f"[aria-current][data-key='{ours.shown['point']['key']}']").wait_for()
        seen.append(expected)
    ends = [tuple(map(tuple, expected[-8:])) for expected in seen]
    assert len(set(ends)) == len(ends), "the end of the legend never changed"
