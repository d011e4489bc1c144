"""A student types answers into a lesson and moves its explorer, in the real JupyterLab."""

from fractions import Fraction
from pathlib import Path

import pytest

from balancegame.grading.practice.questions import questions
from tests.browser.lab import cells, error_outputs, open_notebook, run_all_cells, wait_until_idle
from tests.browser.test_explorer import has_focus, place_bet, serious

LESSONS = sorted(path.name for path in Path("notebooks").glob("*.ipynb"))


def typed(value):
    """Return an answer as somebody types it."""
    if isinstance(value, Fraction):
        return repr(str(value))
    return repr(set(value)) if isinstance(value, frozenset) else repr(value)


def answer(page, name, value):
    """Type an answer into the cell of a quick check, run the cell and return what it shows."""
    (source,) = (
        cell["source"] for cell in cells(page) if f'quick_check("{name}"' in cell["source"]
    )
    cell = page.locator(".jp-CodeCell", has_text=f'quick_check("{name}"')
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source.replace("= ...", f"= {value}"))
    page.keyboard.press("Shift+Enter")
    wait_until_idle(page, quiet=50)
    return cell.locator(".jp-OutputArea-output").inner_text()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_right_answer_is_called_right(page, traffic, lesson):
    open_notebook(page, f"notebooks/{lesson}")
    names = [name for name in questions if name[:2] == lesson[:2]]
    shown = {name: answer(page, name, typed(questions[name].answer())) for name in names}
    assert [name for name in names if not shown[name].startswith("Right.")] == []
    assert error_outputs(page) == []
    assert traffic.errors == []


def test_lesson_4_worked_through_as_a_student_does(page, traffic, screenshots):
    open_notebook(page, "notebooks/04_sanctioning_together.ipynb")
    run_all_cells(page)
    assert "Not yet. 2 cures greed only" in answer(page, "04-threshold", "2")
    assert "name of a situation in quotes" in answer(page, "04-region", '"peace"')
    page.get_by_role("img", name="harmony").first.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "lesson_04_map.png")

    explorer = page.locator(".bg-explorer").first
    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "deadlock")
    here = explorer.locator(".bg-here")
    point = explorer.get_by_role("application")
    for key, times, words in (
        ("ArrowRight", 12, "prisoners' dilemma"),
        ("ArrowUp", 6, "Chicken"),
        ("ArrowLeft", 14, "deadlock"),
    ):
        for _ in range(times):
            point.press(key)
        here.filter(has_text=words).wait_for()
    assert serious(page) == []
    page.screenshot(path=screenshots / "lesson_04_explorer.png")
    assert error_outputs(page) == []
    assert traffic.errors == []


def test_lesson_6_worked_through_as_a_student_does(page, traffic, screenshots):
    open_notebook(page, "notebooks/06_the_shadow_of_the_future.ipynb")
    run_all_cells(page)
    assert "Not yet. That is grim trigger's threshold" in answer(page, "06-path", '"1/2"')

    explorer = page.locator(".bg-repeated")
    explorer.scroll_into_view_if_needed()
    vertices = explorer.locator(".bg-vertex")
    assert vertices.count() == 4
    delta = explorer.get_by_label("delta =")
    for _ in range(3):
        delta.press("ArrowLeft")
    explorer.locator(".bg-value").filter(has_text="9/20").first.wait_for()
    page.wait_for_function("document.querySelectorAll('.bg-repeated .bg-vertex').length === 1")
    for _ in range(10):
        delta.press("ArrowRight")
    explorer.locator(".bg-norms", has_text="Mutual support: yes").wait_for()
    point = explorer.get_by_label("Japan")
    point.fill("9")
    point.press("Enter")
    explorer.locator(".bg-point-verdict", has_text="no mixture of outcomes").wait_for()
    assert serious(page) == []
    page.screenshot(path=screenshots / "lesson_06_explorer.png")

    match = page.locator(".bg-play")
    match.scroll_into_view_if_needed()
    for action in ("Support", "Withhold", "Support", "Support"):
        rows = match.locator("tbody tr").count()
        match.get_by_role("button", name=action).click()
        match.locator("tbody tr").nth(rows).wait_for()
    assert match.get_by_label("I am facing").input_value() == ""
    match.get_by_role("button", name="Name it").click()
    match.get_by_text("No strategy is chosen").wait_for()
    match.get_by_label("I am facing").select_option("grim trigger")
    match.get_by_role("button", name="Name it").click()
    match.get_by_text("you faced").wait_for()
    match.locator(".bg-state").first.wait_for()
    period = match.get_by_role("slider", name="Period")
    assert period.get_attribute("aria-valuetext") == "5, to come"
    period.focus()
    # Three moves before Python answers the first: no answer puts the slider back.
    period.evaluate(
        """slider => {
            window.places = [];
            const note = () => window.places.push(slider.getAttribute('aria-valuetext'));
            new MutationObserver(note).observe(slider, { attributeFilter: ['aria-valuetext'] });
            for (let k = 0; k < 3; k += 1) {
                slider.stepDown();
                slider.dispatchEvent(new Event('input', { bubbles: true }));
            }
        }"""
    )
    match.get_by_text("In period 2").wait_for()
    assert set(page.evaluate("window.places")) == {"2"}
    assert match.locator("tr[aria-current=true] td").first.text_content() == "2"
    assert match.locator('.bg-state[stroke-width="4"]').count() == 1
    assert has_focus(period)
    match.get_by_role("button", name="Back").press("Enter")
    match.get_by_text("In period 1").wait_for()
    match.get_by_role("button", name="Withhold").click()
    match.get_by_text("Before period 6").wait_for()
    period.press("ArrowLeft")
    match.locator(".bg-taken").first.wait_for()
    assert serious(page) == []
    match.locator(".bg-play-path").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "lesson_06_play.png")
    assert error_outputs(page) == []
    assert traffic.errors == []
