"""The explorer in a real JupyterLab: by keyboard, in both themes, and with an axe at hand."""

import os
from fractions import Fraction

import pytest

from balancegame.models import models
from tests.browser.axe import CONTRAST, serious
from tests.browser.lab import error_outputs, run_notebook
from tests.browser.themes import COLOURS_SHOWN, in_the_dark, use_theme

SOURCE = """\
import balancegame as bg
bg.explore(bg.models["core-dilemma"])"""

JAPAN_GIVES_IN = "payoff of Japan when Japan plays Comply and the US plays Enforce"


@pytest.fixture
def explorer(page, course_server):
    """The explorer of a notebook of one cell, before the bet."""
    run_notebook(page, course_server, "notebooks/explorer.ipynb", SOURCE)
    explorer = page.locator(".bg-explorer")
    explorer.wait_for()
    yield explorer
    assert error_outputs(page) == []


@pytest.fixture
def unlocked(explorer):
    """The explorer after a bet on (Comply, Enforce)."""
    place_bet(explorer, "Comply, Enforce")
    return explorer


def place_bet(explorer, words):
    explorer.get_by_role("radio", name=words, exact=True).check()
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-answer").wait_for()
    verdict_has_focus(explorer)


def verdict_has_focus(explorer):
    """Wait until a bet's verdict has taken the focus: a key pressed before would go astray."""
    explorer.locator(".bg-verdict:focus").wait_for()


def answer_becomes(explorer, words):
    explorer.locator(".bg-answer", has_text=words).wait_for(timeout=10_000)


def payoff(explorer, name=JAPAN_GIVES_IN):
    return explorer.get_by_role("textbox", name=name, exact=True)


def slider(explorer, symbol):
    return explorer.get_by_role("slider", name=f"{symbol} =")


def has_focus(locator):
    return locator.evaluate("node => node === document.activeElement")


def take_whole(page, explorer, path):
    """Take a picture of all of it: the notebook scrolls inside a page that does not."""
    if not os.environ.get("BALANCEGAME_SCREENSHOTS"):
        explorer.scroll_into_view_if_needed()
        return
    size = page.viewport_size
    page.set_viewport_size({**size, "height": 2400})
    two_frames(page)
    explorer.screenshot(path=path)
    page.set_viewport_size(size)


def two_frames(page):
    """Wait until the page has laid out and painted what has changed."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def test_bet_then_slide_then_edit(page, explorer, traffic, screenshots):
    assert slider(explorer, "s").is_disabled()
    assert explorer.locator(".bg-answer").is_hidden()
    place_bet(explorer, "Engage, Acquiesce")
    verdict = explorer.locator(".bg-verdict")
    assert "Not this time" in verdict.inner_text()
    assert "Engage, Acquiesce" in explorer.locator(".bg-sides").inner_text()
    answer_becomes(explorer, "any mixture with at least 5/6 on Enforce")

    for words in (
        "at least 10/11 on Enforce",
        "Japan plays any mixture of Comply and Engage",
        "Japan plays Engage and the US plays Enforce.",
    ):
        slider(explorer, "s").press("ArrowLeft")
        answer_becomes(explorer, words)
    assert has_focus(slider(explorer, "s"))
    assert "s = 9/2 (4.5), below the threshold E = 5" in explorer.locator(".bg-stand").inner_text()

    cell = payoff(explorer)
    cell.focus()
    cell.press("Control+a")
    cell.press_sequentially("61/3")
    cell.press("Enter")
    answer_becomes(explorer, "Japan plays Comply")
    assert has_focus(cell)
    assert cell.input_value() == "61/3"
    assert slider(explorer, "s").is_disabled()
    assert "sliders are detached" in explorer.locator(".bg-status").inner_text()
    explorer.get_by_role("button", name="Reset").press("Enter")
    answer_becomes(explorer, "Japan plays Engage and the US plays Enforce.")
    assert slider(explorer, "s").is_enabled()

    take_whole(page, explorer, screenshots / "explorer.png")
    assert traffic.errors == []


def test_the_caret_stays_while_values_change(unlocked):
    cell = payoff(unlocked)
    cell.focus()
    cell.press("Home")
    cell.press("2")
    unlocked.locator(".bg-status", has_text="detached").wait_for()
    assert cell.input_value() == "210"
    assert cell.evaluate("node => node.selectionStart") == 1
    cell.press("ArrowUp")
    unlocked.page.wait_for_function(
        "node => node.value === '211'", arg=cell.element_handle(), timeout=10_000
    )
    assert has_focus(cell)
    assert cell.evaluate("node => node.selectionStart") == 1


def test_a_bad_payoff_is_marked_and_refused(page, unlocked, screenshots):
    before = unlocked.locator(".bg-answer").inner_text()
    cell = payoff(unlocked)
    cell.fill("abc")
    cell.press("Tab")
    page.wait_for_function(
        "node => node.getAttribute('aria-invalid') === 'true'", arg=cell.element_handle()
    )
    reasons = cell.evaluate(
        "node => node.getAttribute('aria-describedby').split(' ')"
        ".map(id => document.getElementById(id).innerText).join(' ')"
    )
    assert "'abc' for the payoff of Japan" in reasons
    assert "is not a number" in reasons
    assert cell.input_value() == "abc"
    assert unlocked.locator(".bg-answer").inner_text() == before
    assert slider(unlocked, "s").is_enabled()
    assert serious(page) == []
    take_whole(page, unlocked, screenshots / "explorer_refused.png")
    cell.press("Escape")
    page.wait_for_function("node => node.value === '10'", arg=cell.element_handle())
    assert cell.get_attribute("aria-invalid") is None


def test_everything_is_reached_by_keyboard(page, explorer):
    explorer.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    explorer.locator(".bg-answer").wait_for()
    page.wait_for_function("document.activeElement.classList.contains('bg-verdict')")
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "[document.activeElement.closest('.bg-explorer') && document.activeElement]"
                ".filter(Boolean).map(node => node.getAttribute('aria-label')"
                " || (node.labels && node.labels[0]?.innerText) || node.innerText)[0]"
            )
        )
    names = [name.strip() for name in reached if name]
    assert names[0] == "Bet again"
    assert [name for name in names if name.startswith("payoff of")] == [
        f"payoff of {player} when Japan plays {first} and the US plays {second}"
        for first in ("Comply", "Engage")
        for second in ("Enforce", "Acquiesce")
        for player in ("Japan", "the US")
    ]
    for wanted in ("Values", "s =", "E =", "k =", "Reset"):
        assert wanted in names


def test_keys_in_the_explorer_are_no_commands_of_the_notebook(page, unlocked):
    slider(unlocked, "s").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "d", "d", "b"):
        page.keyboard.press(key)
    assert page.locator(".jp-CodeCell").count() == 1
    assert has_focus(slider(unlocked, "s"))
    unlocked.locator(".bg-stand", has_text="s = 6, above").wait_for()


def test_a_preset_tells_its_story(unlocked):
    unlocked.get_by_role("combobox", name="Values").select_option("2016")
    unlocked.get_by_text("About these values").click()
    unlocked.locator(".bg-story", has_text="Sochi").wait_for()
    answer_becomes(unlocked, "Japan plays Engage and the US plays Acquiesce")
    assert "Trade Statistics of Japan, 2016" in unlocked.locator(".bg-sources").inner_text()


def test_the_still_page_hides_where_the_explorer_lives(page, explorer):
    still = page.locator(".balancegame-page")
    assert still.count() == 1
    assert still.is_hidden()


def nothing_serious_before_and_after_the_bet(page, explorer, path, **about):
    assert serious(page, **about) == []
    place_bet(explorer, "Comply, Enforce")
    slider(explorer, "s").press("ArrowLeft")
    answer_becomes(explorer, "at least 10/11 on Enforce")
    take_whole(page, explorer, path)
    assert serious(page, **about) == []


def test_axe_finds_nothing_serious(page, explorer, screenshots):
    nothing_serious_before_and_after_the_bet(page, explorer, screenshots / "explorer_light.png")


def test_axe_finds_what_is_too_pale(page, explorer):
    """axe-core 4.12 looks at no colour where a page's body has no height, as in JupyterLab 4.6."""
    explorer.evaluate("each => { each.style.color = '#eee' }")
    assert [rule for rule, _ in serious(page)] == ["color-contrast"]


def test_axe_finds_nothing_serious_in_the_dark_whose_colours_can_be_shown_alone(
    page, explorer, screenshots
):
    use_theme(page, "JupyterLab Dark")
    try:
        path = screenshots / "explorer_dark.png"
        nothing_serious_before_and_after_the_bet(page, explorer, path, runOnly=CONTRAST)
        dark = page.evaluate(COLOURS_SHOWN)
    finally:
        use_theme(page, "JupyterLab Light")
    light = page.evaluate(COLOURS_SHOWN)
    with in_the_dark(page):
        assert page.evaluate(COLOURS_SHOWN) == dark
    assert page.evaluate(COLOURS_SHOWN) == light != dark


def test_a_narrow_page_shows_everything_without_scrolling_sideways(page, unlocked, screenshots):
    page.set_viewport_size({"width": 480, "height": 900})
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    two_frames(page)
    beyond = unlocked.evaluate(
        "root => [...root.querySelectorAll('.bg-card, table, .bg-answer')]"
        ".filter(node => node.getBoundingClientRect().right"
        " > root.getBoundingClientRect().right + 1).map(node => node.className)"
    )
    assert beyond == []
    take_whole(page, unlocked, screenshots / "explorer_narrow.png")
    page.evaluate("window.jupyterapp.shell.expandLeft()")


def test_the_next_step_is_shown_before_python_answers(unlocked):
    """What a step leads to stands there when the event of the slider returns."""
    step = """([slider, stand]) => {
        slider.stepUp();
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        slider.dispatchEvent(new Event('change', { bubbles: true }));
        return stand.innerText;
    }"""
    nodes = [
        slider(unlocked, "s").element_handle(),
        unlocked.locator(".bg-stand").element_handle(),
    ]
    at_once = []
    for s in ("13/2 (6.5)", "7", "15/2 (7.5)", "8", "17/2 (8.5)", "9"):
        at_once.append(
            unlocked.page.evaluate(step, nodes) == f"s = {s}, above the threshold E = 5."
        )
        unlocked.locator(".bg-stand", has_text=f"s = {s}, above").wait_for()
        # Python works the next step out some time after its answer.
        unlocked.page.wait_for_timeout(150)
    assert not at_once[0]
    assert any(at_once[1:])
    answer_becomes(unlocked, "at least 5/9 on Enforce")


def test_a_drag_and_a_held_key_end_where_the_hand_does(page, unlocked):
    box = slider(unlocked, "s").bounding_box()
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 3, height)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + box["width"] * (1 / 3 + step / 80), height)
    page.mouse.up()
    unlocked.locator(".bg-stand", has_text="s = 20, above the threshold").wait_for()
    answer_becomes(unlocked, "at least 1/4 on Enforce")
    assert slider(unlocked, "s").input_value() == "40"

    cell = payoff(unlocked)
    cell.focus()
    for _ in range(25):
        page.keyboard.press("ArrowUp")
    page.wait_for_function("node => node.value === '35'", arg=cell.element_handle(), timeout=10_000)


def test_a_held_key_is_explained_from_where_it_began(page, unlocked):
    slider(unlocked, "s").focus()
    for _ in range(5):
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    unlocked.locator(".bg-reasons", has_text="Now s rises from 6 to 17/2 (8.5).").wait_for()
    slider(unlocked, "s").press("ArrowLeft")
    unlocked.locator(".bg-reasons", has_text="Now s falls from 17/2 (8.5) to 8.").wait_for()


def test_a_step_right_after_a_preset_starts_from_the_preset(unlocked):
    unlocked.evaluate(
        """explorer => {
            const menu = explorer.querySelector('select');
            menu.value = '2016';
            menu.dispatchEvent(new Event('change', { bubbles: true }));
            const slider = explorer.querySelector('input[type=range]');
            slider.stepUp();
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            slider.dispatchEvent(new Event('change', { bubbles: true }));
        }"""
    )
    preset = {name: str(value) for name, value in models["core-dilemma"].presets["2016"].items()}
    unlocked.locator(".bg-held", has_text="What is held fixed").wait_for()
    energy = slider(unlocked, "E")
    unlocked.page.wait_for_function(
        "([node, text]) => node.getAttribute('aria-valuetext') === text",
        arg=[energy.element_handle(), f"E = {preset['E']}"],
        timeout=10_000,
    )
    start = models["core-dilemma"].values(**preset)["s"]
    unlocked.page.wait_for_function(
        "([node, text]) => node.getAttribute('aria-valuetext').startsWith(text)",
        arg=[slider(unlocked, "s").element_handle(), f"s = {start + Fraction(1, 2)}"],
        timeout=10_000,
    )
