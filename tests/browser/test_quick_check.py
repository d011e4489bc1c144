"""A question's own input in the real JupyterLab: by keyboard alone, read aloud, and kept."""

import pytest

from tests.browser import answering
from tests.browser.axe import serious
from tests.browser.lab import (
    error_outputs,
    open_beside,
    open_notebook,
    prompts,
    run_all_cells,
    run_notebook,
    wait_until_open,
    write_notebook,
)
from tests.browser.test_explorer import has_focus, place_bet

NAMES = ("01-equilibrium", "01-threshold", "01-credible", "01-best-response")
SOURCES = [
    "import balancegame as bg",
    *(f'bg.quick_check("{name}")' for name in NAMES),
    'bg.explore(bg.models["core-dilemma"])',
]
NOTEBOOK = "notebooks/questions.ipynb"
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"


def save_until(page, file, words):
    """Save the notebook until these words have reached it, and return what it holds."""
    for _ in range(100):
        page.evaluate(SAVE)
        saved = file.read_text(encoding="utf-8")
        if words in saved:
            return saved
        page.wait_for_timeout(300)
    return pytest.fail(f"{words!r} was not saved in half a minute")


@pytest.fixture
def questions(page, course_server):
    """A page with four questions and an explorer that nobody has answered."""
    run_notebook(page, course_server, NOTEBOOK, *SOURCES)
    question(page, NAMES[-1]).wait_for()
    yield page
    assert error_outputs(page) == []


def question(page, name):
    """Return a question of the notebook that is in front."""
    return answering.question(page, name).filter(visible=True)


def said(asked, words):
    """Wait until something is said to an answer, in a place that is read aloud."""
    status = asked.get_by_role("status").filter(has_text=words)
    status.wait_for(timeout=10_000)
    assert status.get_attribute("aria-live") == "polite"


def kept(folder, kind):
    return sorted(path.stem for path in (folder / ".balancegame" / "kept" / kind).glob("*.json"))


def test_by_keyboard_alone(questions, course_server, traffic, screenshots):
    page = questions
    for name in NAMES:
        named = page.get_by_role("group", name=f"Question {name}", exact=True)
        assert named.and_(question(page, name)).count() == named.count() == 1
    table = question(page, "01-equilibrium")
    first = table.get_by_role(
        "button", name="Japan plays Comply and the US plays Enforce: Japan 10"
    )
    first.focus()
    page.keyboard.press("Enter")
    said(table, "Not yet. Obeying because a threat is there")
    assert first.get_attribute("aria-pressed") == "true"
    assert has_focus(first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    said(table, "Right. Against Enforce, Engage gives Japan 11")
    assert first.get_attribute("aria-pressed") == "false"

    field = question(page, "01-threshold").get_by_role("textbox", name="Your answer")
    field.focus()
    page.keyboard.type("1;5")
    page.keyboard.press("Enter")
    said(question(page, "01-threshold"), "Almost: The character ; in '1;5'")
    page.keyboard.press("Control+a")
    page.keyboard.type("800%")
    page.keyboard.press("Enter")
    said(question(page, "01-threshold"), "Right. 800% is read as 8.")
    assert has_focus(field)

    # With Shift, Enter judges and goes on, as in a cell.
    page.keyboard.press("Shift+Enter")
    said(question(page, "01-threshold"), "Right. 800% is read as 8.")
    assert not has_focus(field)
    page.locator(".jp-Cell.jp-mod-active", has_text="01-credible").wait_for()

    letters = question(page, "01-credible")
    letters.get_by_role("button", name="a It is an equilibrium, and the US would carry").focus()
    cells = page.locator(".jp-Cell").count()
    page.keyboard.press("b")
    said(letters, "Right. Nash equilibrium asks")
    second = letters.get_by_role("button", name="b It is an equilibrium, but if Japan did engage")
    assert has_focus(second)
    assert second.get_attribute("aria-pressed") == "true"
    assert page.locator(".jp-Cell").count() == cells

    boxes = question(page, "01-best-response")
    boxes.get_by_role("checkbox", name="Enforce").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    said(boxes, "Right. If Japan complies the US gets 10 either way.")

    assert kept(course_server.folder, "answers") == sorted(NAMES)
    assert serious(page) == []
    for name in NAMES:
        question(page, name).screenshot(path=screenshots / f"question_{name}.png")
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []


def test_what_was_answered_stays_when_the_notebook_is_opened_again(
    questions, course_server, traffic, screenshots
):
    page = questions
    question(page, "01-equilibrium").get_by_role("button").nth(3).click()
    said(question(page, "01-equilibrium"), "Not yet. It has the most to share")
    question(page, "01-threshold").get_by_label("Your answer").fill("8")
    question(page, "01-threshold").get_by_role("button", name="Check").click()
    said(question(page, "01-threshold"), "Right.")
    place_bet(page.locator(".bg-explorer"), "Comply, Enforce")
    save_until(page, course_server.folder / NOTEBOOK, "Your bet: Comply, Enforce.")

    # Opened again, before any cell has run: what stands there says what was answered.
    open_notebook(page, NOTEBOOK)
    page.get_by_text("Your answer: 8.").wait_for()
    page.get_by_text("Your answer: (Engage, Acquiesce).").wait_for()
    page.get_by_text("Your bet: Comply, Enforce.").wait_for()
    page.get_by_text("Run this cell, with Shift+Enter, to answer.").first.wait_for()
    assert page.get_by_text("Error displaying widget").filter(visible=True).count() == 0
    page.screenshot(path=screenshots / "questions_opened_again.png")

    run_all_cells(page)
    said(question(page, "01-equilibrium"), "Not yet. It has the most to share")
    pressed = question(page, "01-equilibrium").locator("[aria-pressed=true]")
    assert "Engage and the US plays Acquiesce" in pressed.get_attribute("aria-label")
    assert question(page, "01-threshold").get_by_label("Your answer").input_value() == "8"
    explorer = page.locator(".bg-explorer")
    explorer.locator(".bg-result", has_text="Comply, Enforce").wait_for()
    explorer.locator(".bg-answer").wait_for()
    assert prompts(page) == []
    # JupyterLab misses the models of a kernel that has gone, and says so on the console.
    assert [error for error in traffic.errors if "widget model not found" not in error] == []


def test_a_notebook_opened_again_does_not_give_away_what_is_bet_on(questions):
    page = questions
    page.evaluate(SAVE)
    open_notebook(page, NOTEBOOK)
    page.get_by_text("Run this cell, with Shift+Enter, to place your bet.").wait_for()
    page.wait_for_timeout(4000)
    assert not page.get_by_text("because the US is indifferent").is_visible()


def test_two_notebooks_at_once_lose_nothing(questions, course_server):
    page, other = questions, "notebooks/other_questions.ipynb"
    write_notebook(course_server.folder, other, *SOURCES)
    open_beside(page, other)
    run_all_cells(page)
    open_beside(page, NOTEBOOK)
    question(page, "01-threshold").get_by_label("Your answer").fill("8")
    question(page, "01-threshold").get_by_role("button", name="Check").click()
    open_beside(page, other)
    question(page, "01-credible").get_by_role("button", name="b It is").click()
    said(question(page, "01-credible"), "Right.")
    open_beside(page, NOTEBOOK)
    said(question(page, "01-threshold"), "Right.")
    assert error_outputs(page) == []
    open_beside(page, other)
    run_all_cells(page)
    assert question(page, "01-threshold").get_by_label("Your answer").input_value() == "8"
    assert kept(course_server.folder, "answers") == ["01-credible", "01-threshold"]


def test_what_is_answered_after_the_browser_was_reloaded_is_saved_in_the_notebook(
    questions, course_server
):
    page, file = questions, course_server.folder / NOTEBOOK
    asked = question(page, "01-threshold")
    asked.get_by_role("textbox").fill("5")
    asked.get_by_role("textbox").press("Enter")
    asked.get_by_role("status").filter(has_text="Not yet").wait_for()
    save_until(page, file, "Your answer: 5.")
    page.reload()
    wait_until_open(page, NOTEBOOK)
    asked = question(page, "01-threshold")
    asked.scroll_into_view_if_needed()
    asked.get_by_role("textbox").fill("8")
    asked.get_by_role("textbox").press("Enter")
    said(asked, "Right")
    assert "Your answer: 5." not in save_until(page, file, "Your answer: 8. Right")


def test_check_can_be_read_under_the_mouse(questions):
    # The stylesheet of the explorer on the same page must not colour the button's label.
    check = question(questions, "01-threshold").get_by_role("button", name="Check")
    check.hover()
    questions.wait_for_timeout(300)
    style = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    label, ground = check.evaluate(style)
    assert label == "rgb(255, 255, 255)"
    assert ground != label
