"""Where the parts of an explorer stand, on wide pages and narrow ones, before the bet and after."""

import re
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.browser.lab import (
    error_outputs,
    is_in_front,
    open_notebook,
    run_all_cells,
    run_cell,
    show_notebook,
)
from tests.browser.test_explorer import place_bet, slider, two_frames

LESSON = "notebooks/01_security_or_energy.ipynb"


VISIBLE = """explorer => {
    const panel = explorer.closest('.jp-WindowedPanel-outer') || explorer.closest('.jp-Notebook');
    const frame = panel.getBoundingClientRect();
    return ['input[type=range]', 'table', '.bg-square-side svg', '.bg-answer'].filter(part => {
        const box = explorer.querySelector(part).getBoundingClientRect();
        return box.width === 0 || box.top < Math.max(0, frame.top) || box.left < frame.left
            || box.bottom > Math.min(innerHeight, frame.bottom) || box.right > frame.right;
    });
}"""


@pytest.fixture
def lesson_1(page, course_server):
    """The explorer of lesson 1 before the bet, in sight, in a window of a given size."""

    def opened(width, height):
        page.set_viewport_size({"width": width, "height": height})
        is_open = is_in_front(page, LESSON)
        if not is_open:
            open_notebook(page, LESSON)
        if width < 500:
            page.evaluate("window.jupyterapp.shell.collapseLeft()")
        if is_open:
            run_cell(page, "bg.explore(")
        else:
            run_all_cells(page)
        explorer = page.locator(".bg-explorer").first
        explorer.scroll_into_view_if_needed()
        return explorer

    yield opened
    page.evaluate("window.jupyterapp.shell.expandLeft()")
    assert error_outputs(page) == []


def box(explorer, part):
    """Return where a part of an explorer stands: left, top, right and bottom in pixels."""
    rectangle = explorer.locator(part).first.bounding_box()
    left, top = rectangle["x"], rectangle["y"]
    return left, top, left + rectangle["width"], top + rectangle["height"]


def test_slider_table_square_and_sentence_are_in_sight_at_once(page, lesson_1, screenshots):
    explorer = lesson_1(1280, 720)
    table, bet = box(explorer, "table"), box(explorer, ".bg-bet")
    assert table[2] < bet[0], "the payoffs stand before the bet"
    assert table[1] < bet[3], "and beside it"
    place_bet(explorer, "Comply, Enforce")
    two_frames(page)
    page.screenshot(path=screenshots / "lesson_01_seat.png")
    assert explorer.evaluate(VISIBLE) == []
    slider, table = box(explorer, "input[type=range]"), box(explorer, "table")
    square, answer = box(explorer, ".bg-square-side svg"), box(explorer, ".bg-answer")
    assert slider[2] < table[0] < table[2] < square[0]
    assert answer[1] > max(table[3], square[3])
    explorer.get_by_role("button", name="Bet again").click()
    explorer.get_by_role("button", name="Place bet").wait_for()
    two_frames(page)
    shown = explorer.locator("table").evaluate("table => table.getBoundingClientRect().top")
    assert 0 < shown < 720


@pytest.mark.parametrize("s", ["4", "6"])
def test_beside_the_open_file_browser_the_table_is_whole_and_the_cell_stays_in_sight(
    page, lesson_1, s
):
    explorer = lesson_1(1280, 720)
    place_bet(explorer, "Comply, Enforce")
    thumb = slider(explorer, "s")
    for _ in range(200):
        # The words may lag behind the keys, so a step too far is taken back.
        now = Fraction(re.match(r"s = ([\d/]+)", thumb.get_attribute("aria-valuetext") or "")[1])
        if now == int(s):
            break
        thumb.press("ArrowRight" if now < int(s) else "ArrowLeft")
        two_frames(page)
    explorer.evaluate("explorer => explorer.closest('.jp-Cell').scrollIntoView()")
    two_frames(page)
    assert explorer.evaluate(VISIBLE) == []
    scroll = explorer.locator(".bg-scroll").first
    assert scroll.evaluate("node => node.scrollWidth - node.clientWidth") == 0
    menu = explorer.locator(".bg-preset-menu select")
    assert menu.evaluate("node => node.clientWidth") > 170
    # Longer numbers take their room from the square.
    for field in explorer.locator("input.bg-payoff").all():
        field.evaluate("node => { node.style.width = '5.5ch'; }")
    assert scroll.evaluate("node => node.scrollWidth - node.clientWidth") == 0
    assert box(explorer, ".bg-square-side svg")[2] <= box(explorer, ".bg-game")[2]


def test_on_a_narrow_page_the_parts_of_a_picture_stand_below_each_other(page, lesson_1):
    lesson_1(390, 844)
    still = page.locator("figure.balancegame-still").filter(visible=True).first
    table, square = still.locator("img").all()
    assert table.bounding_box()["y"] + 40 < square.bounding_box()["y"]
    for part in (table, square):
        shown = part.evaluate("image => image.getBoundingClientRect().width / image.naturalWidth")
        assert 0.6 < shown <= 1
    assert still.evaluate("node => node.scrollWidth - node.clientWidth") <= 24


SMALL_WORDS = """explorer => [...explorer.querySelectorAll('svg text')].filter(text => {
    const grown = Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b);
    const box = text.getBoundingClientRect();
    return box.width && parseFloat(getComputedStyle(text).fontSize) * grown < 8.4;
}).map(text => text.textContent)"""


def test_on_a_narrow_page_the_words_of_a_picture_can_be_read(page, lesson_1):
    explorer = lesson_1(390, 844)
    place_bet(explorer, "Comply, Enforce")
    two_frames(page)
    assert explorer.locator(".bg-square-side svg text").count() > 4
    assert explorer.evaluate(SMALL_WORDS) == []


@pytest.mark.parametrize("typed", ["12", "abc"])
def test_the_square_keeps_its_size_while_a_payoff_is_edited(page, lesson_1, typed):
    explorer = lesson_1(1280, 720)
    place_bet(explorer, "Comply, Enforce")
    two_frames(page)
    left, _, right, _ = box(explorer, ".bg-square-side svg")
    explorer.locator("input.bg-payoff").first.fill(typed)
    explorer.locator(".bg-status:not(:empty), .bg-reason").filter(visible=True).first.wait_for()
    two_frames(page)
    now = box(explorer, ".bg-square-side svg")
    # What is refused has a border of its own, which takes a few pixels.
    assert now[2] - now[0] >= 0.9 * (right - left)


def test_a_wide_page_is_used(page, lesson_1, screenshots):
    explorer = lesson_1(1920, 1080)
    place_bet(explorer, "Comply, Enforce")
    two_frames(page)
    page.screenshot(path=screenshots / "lesson_01_seat_wide.png")
    assert explorer.evaluate(VISIBLE) == []
    left, _, right, _ = box(explorer, ".bg-stage")
    assert right - left > 1350
    assert box(explorer, ".bg-reasons")[0] > box(explorer, ".bg-square-side")[2]


def test_a_narrow_page_has_one_column(page, lesson_1, screenshots):
    explorer = lesson_1(390, 844)
    assert box(explorer, "table")[3] < box(explorer, ".bg-bet")[1]
    place_bet(explorer, "Comply, Enforce")
    two_frames(page)
    page.screenshot(path=screenshots / "lesson_01_seat_narrow.png")
    parts = (".bg-verdict", "input[type=range]", ".bg-answer", "table", ".bg-square-side svg")
    boxes = [box(explorer, part) for part in parts]
    assert all(above[3] <= below[1] for above, below in pairwise(boxes))
    edge = box(explorer, ".bg-stage")[2]
    assert all(part[2] <= edge + 1 for part in boxes)


LAST_LINES = [
    ('bg.models["alliance"], sliders=["delta", "s"], delta="9/20"', ".bg-point-verdict"),
    ('bg.models["investment"], sliders=["h", "s", "theta"]', ".bg-point-verdict"),
    ('bg.models["hostility"], sliders=["f", "r", "k"]', ".bg-norms li:last-child"),
]


@pytest.mark.parametrize("side_bar", ["expandLeft", "collapseLeft"])
def test_what_is_said_of_a_repeated_game_is_seen_at_once(page, course_server, side_bar):
    sources = [f"bg.explore({subject})" for subject, _ in LAST_LINES]
    page.set_viewport_size({"width": 1280, "height": 720})
    show_notebook(
        page, course_server, "notebooks/lines.ipynb", "import balancegame as bg", *sources
    )
    page.evaluate(f"window.jupyterapp.shell.{side_bar}()")
    run_all_cells(page)
    explorers = page.locator(".bg-explorer").all()
    for explorer, (subject, last) in zip(explorers, LAST_LINES, strict=True):
        explorer.get_by_role("radio").first.check()
        explorer.get_by_role("button", name="Place bet").click()
        explorer.locator(last).filter(visible=True).wait_for()
        explorer.evaluate("explorer => explorer.firstElementChild.scrollIntoView()")
        two_frames(page)
        panel = page.locator(".jp-WindowedPanel-outer").filter(visible=True).bounding_box()
        assert box(explorer, last)[3] <= panel["y"] + panel["height"], subject
    page.evaluate("window.jupyterapp.shell.expandLeft()")
