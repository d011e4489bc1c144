"""Two lessons open at once in one JupyterLab: neither takes the other's colours or labels."""

from tests.browser.lab import error_outputs, open_beside, open_notebook, run_all_cells
from tests.browser.lab import write_notebook as write

MAP = """\
import balancegame as bg
bg.explore(bg.models[{model}], {axes})"""

TWICE = """ids => [...document.querySelectorAll('.bg-explorer [id]')].map(node => node.id)
    .filter((id, k, ids) => ids.indexOf(id) !== k)"""

# What each label, heading and description names must stand in the same explorer.
ASTRAY = """() => [...document.querySelectorAll('.bg-explorer')].flatMap(explorer =>
    ['for', 'aria-labelledby', 'aria-describedby'].flatMap(name =>
        [...explorer.querySelectorAll(`[${name}]`)]
            .flatMap(node => node.getAttribute(name).split(' '))
            .filter(id => !explorer.contains(document.getElementById(id)))))"""

PAINTED = """explorer => [...explorer.querySelectorAll('.bg-area')]
    .map(area => area.style.fill.match(/#([^"')]+)/)).filter(Boolean)
    .map(match => explorer.contains(document.getElementById(match[1])))"""


def test_ids_are_unique_in_the_page(page, course_server):
    models = (("joint-sanctions", "s", "beta"), ("balancing", "g", "kappa"))
    for model, *axes in models:
        source = MAP.format(model=repr(model), axes=", ".join(map(repr, axes)))
        write(course_server.folder, f"notebooks/map_{model}.ipynb", source)
    first, second = (f"notebooks/map_{model}.ipynb" for model, *_ in models)
    open_notebook(page, first)
    run_all_cells(page)
    bet(page.locator(".bg-explorer:visible"))
    open_beside(page, second)
    run_all_cells(page)
    explorer = page.locator(".bg-explorer:visible")
    bet(explorer)
    assert page.locator(".bg-explorer").count() == 2
    assert page.evaluate(TWICE) == []
    assert page.evaluate(ASTRAY) == []
    for shown in page.locator(".bg-explorer").all():
        painted = shown.evaluate(PAINTED)
        assert painted
        assert all(painted), "an area is painted with another map's pattern"
    assert error_outputs(page) == []


def bet(explorer):
    """Place the first bet there is."""
    explorer.get_by_role("radio").first.check()
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-answer").wait_for()
