"""Every lesson in the real JupyterLab, opened once: what each asks of a student, and a student."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as NotInTime

from balancegame.grading.practice.questions import questions
from tests.browser.answering import answer_rightly
from tests.browser.axe import CONTRAST, explorers_in_full_sight, serious, serious_in_any_colours
from tests.browser.lab import cells, error_outputs, open_notebook, prompts, run_all_cells
from tests.browser.lesson_students import STUDENTS
from tests.browser.test_explorer import two_frames
from tests.browser.themes import in_the_dark
from tests.cells_that_ran import check_cells_that_ran

LESSONS = sorted(path.name for path in Path("notebooks").glob("*.ipynb"))[1:]


@pytest.fixture(scope="module", params=LESSONS)
def lesson(lab_page, request):
    """The name of a lesson that is open and has run."""
    open_notebook(lab_page, f"notebooks/{request.param}")
    run_all_cells(lab_page)
    return request.param


def test_a_lesson_runs_from_top_to_bottom(page, traffic, screenshots, lesson):
    assert error_outputs(page) == []
    check_cells_that_ran(cells(page))
    assert prompts(page) == []
    assert page.locator(".bg-explorer").count() >= 1
    page.locator(".bg-explorer").first.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / f"lesson_{lesson[:2]}.png")
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []


def test_a_lesson_is_worked_through_as_a_student_does(page, traffic, screenshots, lesson):
    STUDENTS[lesson[:2]](page, screenshots)
    assert error_outputs(page) == []
    assert traffic.beyond_this_machine == []
    assert traffic.errors == []


# JupyterLab's own cells have editors and buttons without a name; what a lesson shows is ours.
SHOWN = {"include": [[".jp-Notebook .jp-MarkdownOutput"], [".jp-Notebook .jp-OutputArea-output"]]}


def test_axe_finds_nothing_serious_in_all_that_a_lesson_shows(page, lesson):
    """The student before has opened all that a lesson has to show."""
    assert serious_in_any_colours(page, SHOWN) == []
    # The text between explorers has JupyterLab's own colours.
    with explorers_in_full_sight(page):
        two_frames(page)
        assert serious(page, runOnly=CONTRAST) == []
        with in_the_dark(page):
            assert serious(page, runOnly=CONTRAST) == []


# The first slider, the picture or table, and the sentence; each as the first of its kind in sight.
OUT_OF_SIGHT = """explorer => {
    explorer.scrollIntoView();
    const panel = explorer.closest('.jp-WindowedPanel-outer') || explorer.closest('.jp-Notebook');
    const bottom = Math.min(innerHeight, panel.getBoundingClientRect().bottom) + 1;
    const kinds = [
        'input[type=range]',
        '.bg-plot svg, .bg-tree svg, .bg-split svg, .bg-payoff-picture svg, .bg-members, table',
        '.bg-here:not(:empty), .bg-answer:not(:empty), .bg-repeated .bg-norms,'
            + '.bg-stochastic .bg-solution',
    ];
    const seen = kind => [...explorer.querySelectorAll(kind)]
        .map(part => part.getBoundingClientRect()).find(box => box.width > 0 && box.height > 0);
    return kinds.filter(kind => (seen(kind)?.bottom ?? 0) > bottom);
}"""


def test_after_the_bet_slider_picture_and_sentence_are_in_a_small_window_at_once(
    page, screenshots, lesson
):
    page.set_viewport_size({"width": 1280, "height": 720})
    for k, explorer in enumerate(page.locator(".bg-explorer:has(.bg-result)").all()):
        explorer.scroll_into_view_if_needed()
        place_any_bet(explorer)
        # As it opens: the student before has moved all at once, which takes two tables.
        for order in explorer.get_by_role("radio", name=", then ").all()[:1]:
            order.check()
        two_frames(page)
        with suppress(NotInTime):
            page.wait_for_function(
                f"explorer => ({OUT_OF_SIGHT})(explorer).length === 0",
                arg=explorer.element_handle(),
                timeout=5000,
            )
        hidden = explorer.evaluate(OUT_OF_SIGHT)
        page.screenshot(path=screenshots / f"lesson_{lesson[:2]}_in_sight_{k}.png")
        assert hidden == [], explorer.get_attribute("aria-label")


def place_any_bet(explorer):
    """Place the first bet that comes, unless one was placed."""
    place = explorer.get_by_role("button", name="Place bet")
    if not place.is_visible():
        return
    explorer.locator(".bg-tree [role=radio], .bg-predict [type=radio]").first.wait_for()
    for group in explorer.locator(".bg-tree [role=radiogroup]").all():
        # Without the focus, which the bet before may take back.
        group.get_by_role("radio").first.dispatch_event("click")
    for radio in explorer.locator(".bg-predict [type=radio]").all()[:1]:
        radio.check()
    place.click()
    explorer.locator(".bg-result").wait_for()


def test_every_right_answer_is_called_right(page, traffic, lesson):
    names = [name for name in questions if name[:2] == lesson[:2]]
    assert names
    said = answer_rightly(page, names)
    assert {name: words for name, words in said.items() if not words.startswith("Right.")} == {}
    assert error_outputs(page) == []
    assert traffic.errors == []
