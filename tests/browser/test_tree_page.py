"""A tree that can be touched in a real JupyterLab: by keyboard alone, and by mouse."""

import re

import pytest

from tests.browser.answering import branch, question
from tests.browser.axe import serious
from tests.browser.lab import (
    error_outputs,
    open_notebook,
    run_all_cells,
    run_notebook,
    write_notebook,
)
from tests.browser.test_explorer import verdict_has_focus

SOURCES = (
    """import balancegame as bg
bg.explore(bg.models["core-dilemma-in-sequence"], sliders=["s", "k", "r"], s=6, k=4, r=2)""",
    'bg.explore(bg.models["after-nixon"], sliders=["s", "g"])',
    'bg.explore(bg.models["concession"], sliders=["s", "z", "x"])',
)


@pytest.fixture
def trees(page, course_server):
    """Explorers of three trees in a notebook."""
    run_notebook(page, course_server, "notebooks/trees.ipynb", *SOURCES)
    found = page.locator(".bg-tree-explorer")
    found.nth(2).wait_for()
    yield found
    assert error_outputs(page) == []


def test_a_bet_on_the_branches_by_keyboard(page, trees, traffic, screenshots):
    tree = trees.nth(0)
    tree.scroll_into_view_if_needed()
    reply = tree.get_by_role("radiogroup", name="the US, after Engage")
    opening = tree.get_by_role("radiogroup", name="Japan, at the start")
    enforce = reply.get_by_role("radio", name="Enforce: Japan 9, US 5")
    tree.screenshot(path=screenshots / "tree-locked.png")
    # Nobody chooses before those who move after them.
    opening.get_by_role("radio").nth(0).focus()
    page.keyboard.press("Space")
    tree.get_by_text("First choose for the US, after Engage.").wait_for()
    enforce.focus()
    page.keyboard.press("Space")
    assert enforce.get_attribute("aria-checked") == "true"
    tree.get_by_text("Now choose for Japan, at the start.").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert opening.get_by_role("radio", name="Comply").get_attribute("aria-checked") == "true"
    tree.screenshot(path=screenshots / "tree-chosen.png")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    verdict = tree.locator(".bg-verdict", has_text="Not this time. After Engage the US gets 5")
    verdict.wait_for()
    verdict_has_focus(tree)
    assert "bg-tree-wrong" in tree.locator(".bg-tree .bg-tree-empty").get_attribute("class")
    tree.get_by_text("An empty threat: Enforce after Engage.").wait_for()
    tree.screenshot(path=screenshots / "tree-wrong.png")
    assert serious(page) == []
    assert traffic.errors == []


def test_sliders_order_and_steps(page, trees, screenshots):
    tree = trees.nth(1)
    for group, name in (
        ("Japan, after Lift", "Engage"),
        ("Japan, after Sanction", "Stay out"),
        ("the US, at the start", "Sanction"),
    ):
        radio = tree.get_by_role("radiogroup", name=group).get_by_role("radio", name=name)
        radio.focus()
        page.keyboard.press("Space")
    tree.get_by_role("button", name="Place bet").press("Enter")
    tree.get_by_text("Right: nobody would do better at any node.").wait_for()
    verdict_has_focus(tree)
    tree.screenshot(path=screenshots / "tree-nixon.png")
    picture = tree.locator(".bg-tree svg")
    before = picture.element_handle()
    slider = tree.get_by_role("slider", name="s =")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    tree.get_by_text("Path of play: Lift, then Engage.").wait_for()
    assert picture.element_handle().evaluate("(node, old) => node === old", before)
    tree.get_by_role("radio", name="at once").focus()
    page.keyboard.press("Space")
    tree.get_by_text("All move at once.").wait_for()
    tree.screenshot(path=screenshots / "tree-at-once.png")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tree.locator(".bg-tree svg[aria-label*='At the start Japan chooses']").wait_for()
    back = tree.get_by_role("button", name="Back")
    back.press("Enter")
    tree.get_by_text("2 of 3 nodes settled").wait_for()
    assert tree.locator(".bg-tree .bg-tree-path").count() == 0
    tree.screenshot(path=screenshots / "tree-step.png")
    assert serious(page) == []


def test_three_movers_by_mouse(page, trees, screenshots):
    tree = trees.nth(2)
    for group, name in (
        ("the US, after Concede, then Engage", "Punish"),
        ("the US, after Hold, then Engage", "Punish"),
        ("Japan, after Concede", "Engage"),
        ("Japan, after Hold", "Align"),
        ("Russia, at the start", "Hold"),
    ):
        tree.get_by_role("radiogroup", name=group).get_by_role("radio", name=name).locator(
            ".bg-tree-words"
        ).click()
    tree.get_by_role("button", name="Place bet").click()
    verdict = "At the start Russia gets 2 from Concede and 0 from Hold"
    tree.locator(".bg-verdict", has_text=verdict).wait_for()
    tree.screenshot(path=screenshots / "tree-concession.png")


def test_on_a_narrow_page_moves_stand_below_each_other_and_nothing_scrolls(
    page, trees, screenshots
):
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    page.set_viewport_size({"width": 390, "height": 900})
    try:
        tree = trees.nth(2)
        tree.locator(".bg-tree svg").wait_for()
        page.wait_for_function(
            "node => node.querySelector('.bg-tree svg').viewBox.baseVal.width < 300",
            arg=tree.element_handle(),
        )
        too_wide = (
            "node => [...node.querySelectorAll('.bg-tree, .bg-tree-compared, .bg-row')]"
            ".filter(part => part.scrollWidth > part.clientWidth + 1).length"
        )
        assert tree.evaluate(too_wide) == 0
        radios = tree.get_by_role("radio", name=re.compile("^(Punish|Tolerate):"))
        places = [radio.bounding_box() for radio in radios.all()]
        assert len(places) == 4
        assert all(place["height"] >= 24 for place in places)
        assert serious(page) == []
        tree.screenshot(path=screenshots / "tree-narrow.png")
    finally:
        page.evaluate("() => window.jupyterapp.shell.expandLeft()")


def test_a_question_about_a_tree_is_answered_on_a_narrow_page(page, course_server, screenshots):
    name = "notebooks/tree-question.ipynb"
    asks = 'import balancegame as bg\nbg.quick_check("02-follow")'
    write_notebook(course_server.folder, name, asks)
    page.evaluate("() => window.jupyterapp?.shell.collapseLeft()")
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        open_notebook(page, name)
        run_all_cells(page)
        asked = question(page, "02-follow")
        picture = asked.locator(".bg-tree")
        asked.locator(".bg-tree svg").wait_for()
        page.wait_for_function(
            "node => node.querySelector('svg').viewBox.baseVal.width < 300",
            arg=picture.element_handle(),
        )
        assert picture.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
        branch(asked, "Engage").click()
        asked.get_by_role("status").filter(has_text="Not yet").wait_for()
        branch(asked, "Engage").press("ArrowDown")
        page.keyboard.press("Enter")
        asked.get_by_role("status").filter(has_text="Right").wait_for()
        assert serious(page, ".bg-quick-check") == []
        asked.screenshot(path=screenshots / "tree-question-narrow.png")
    finally:
        page.evaluate("() => window.jupyterapp.shell.expandLeft()")
