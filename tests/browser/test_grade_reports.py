"""Feedback and class report in the browser: nothing runs, nothing is asked for, all can be read."""

from __future__ import annotations

from functools import cache

import pytest

from balancegame.grading.gradebook.database import record_fault
from balancegame.grading.gradebook.overrides import set_override
from balancegame.grading.gradebook.reports import write_reports
from balancegame.grading.gradebook.student_record import Exercise
from tests.browser.axe import COLOURS, violations
from tests.grading.gradebooks import gradebook, outcome
from tests.grading.test_reports import FIRST, ROSTER, SECOND


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The reports of a class with every kind of verdict and hostile texts."""
    folder = tmp_path_factory.mktemp("reports")
    with gradebook(folder, ROSTER, strays=["eve handed in <i>x</i>"]) as book:
        set_override(book, "ann", SECOND, 1, 1.5, "Right idea, slip in the last line.")
        record_fault(book, "bob", SECOND, "A grading process ended.")
        write_reports(book, folder)
    return folder


@cache
def _page(browser, **options):
    """Return the page of all tests with the same options: to make one takes longer than most."""
    page = browser.new_context(**options).new_page()
    page.on("console", lambda message: page.noted.append(message.text))
    page.on("dialog", lambda dialog: page.noted.append(dialog.message))
    page.on("request", lambda request: page.noted.append(request.url))
    return page


def opened(browser, path, color_scheme="light", **options):
    """Open a report and note whatever it asks for or complains of."""
    page = _page(browser, **options)
    page.set_viewport_size({"width": 900, "height": 900})
    page.emulate_media(color_scheme=color_scheme)
    page.noted = []
    page.goto(path.as_uri())
    page.noted.remove(page.url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["class-report", "feedback/ann", "feedback/bob"])
def test_a_report_is_accessible(browser, reports, name, scheme, screenshots):
    path = reports / f"{name}.html"
    page = opened(browser, path, color_scheme=scheme, bypass_csp=True)
    # Hints must be readable too, so all are opened.
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.screenshot(path=screenshots / f"{path.stem}-{scheme}.png", full_page=True)
    found = violations(page, **(COLOURS if scheme == "dark" else {}))
    assert [(violation["id"], violation["help"]) for violation in found] == []


@pytest.mark.parametrize("name", ["class-report", "feedback/ann"])
def test_a_report_runs_nothing_and_asks_for_nothing(browser, reports, name):
    page = opened(browser, reports / f"{name}.html")
    assert page.noted == []
    # The style sheet is let in by its hash; a script that slipped in would not be.
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "864px"
    page.evaluate(
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
        "document.body.append(script)"
    )
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("width", [320, 900])
def test_a_report_fits_a_narrow_screen(browser, reports, width):
    for path in (reports / "class-report.html", reports / "feedback" / "bob.html"):
        page = opened(browser, path)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_class_report_leads_to_each_feedback(browser, reports):
    page = opened(browser, reports / "class-report.html")
    for place in range(page.locator("tbody th a").count()):
        page.locator("tbody th a").nth(place).click()
        assert page.locator("h1").inner_text().startswith("Feedback for")
        page.go_back()


def test_hints_open_one_after_the_other(browser, reports):
    page = opened(browser, reports / "feedback" / "bob.html")
    task = page.locator(f"#\\3{FIRST[0]} {FIRST[1:]}-task-2")
    assert not task.get_by_text("Hold the other still.").is_visible()
    task.get_by_text("A question to ask yourself").click()
    assert task.get_by_text("Whom do you ask?").is_visible()
    assert not task.get_by_text("Hold the other still.").is_visible()
    task.get_by_text("A pointer").click()
    assert task.get_by_text("Hold the other still.").is_visible()


def test_a_long_name_leaves_the_points_in_sight(browser, tmp_path):
    roster = {(name, FIRST): ROSTER["ann", FIRST] for name in ("long name " * 12, "n" * 90, "ann")}
    with gradebook(tmp_path, roster) as book:
        write_reports(book, tmp_path)
    page = opened(browser, tmp_path / "class-report.html")
    region = page.get_by_role("region", name="Students")
    assert region.evaluate("each => each.scrollWidth <= each.clientWidth")
    heights = page.locator("tbody th a").evaluate_all("all => all.map(a => a.offsetHeight)")
    # A short name keeps to one line.
    assert sorted(heights)[0] < 30


def test_long_answers_and_many_exercises_leave_no_table_to_scroll(browser, tmp_path):
    titles = (
        "Security or energy",
        "Balancing China",
        "Mixing and guarding",
        "Sanctioning together",
    )
    exercises = tuple(
        Exercise(f"0{n}_exercise", f"Exercise {n}. {title}", {1: 12})
        for n, title in enumerate((*titles, "The shadow of the future"), 1)
    )
    said = f"second_delta: you gave {'1' * 900}, and the answer is another one."
    mistake = {"message": said, "key": "other-player-s-discount-factor"}
    roster = {
        ("ann", name): (outcome(name, 1, "knows", 12, "wrong", **mistake),)
        for name in (exercise.name for exercise in exercises)
    }
    with gradebook(tmp_path, roster, exercises=exercises) as book:
        write_reports(book, tmp_path)
    page = opened(browser, tmp_path / "class-report.html")
    regions = page.locator(".scroll")
    fits = "all => all.map(each => each.scrollWidth <= each.clientWidth)"
    assert regions.evaluate_all(fits) == [True, True, True]
    heads = page.get_by_role("region", name="Students").locator("thead th").all_inner_texts()
    assert heads == ["Student", *(f"Exercise {n} (12)" for n in range(1, 6)), "Total (60)"]
    # The name of a misconception is not squeezed to a letter a line by the long message.
    names = page.get_by_role("region", name="Commonest misconceptions").locator("tbody th")
    assert min(names.evaluate_all("all => all.map(each => each.offsetWidth)")) > 80
