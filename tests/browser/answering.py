"""How a student answers a question of a lesson: by mouse, or with keys alone."""

import re
from contextlib import suppress
from itertools import product

from playwright.sync_api import TimeoutError as NotInTime

from balancegame.grading.practice.questions import questions
from balancegame.grading.practice.questions.inputs import (
    Branches,
    Cells,
    NumberField,
    OneOf,
    SomeOf,
)

_WRITE = "(field, value) => { field.value = value; }"


def question(page, name):
    """Return a question's own input.

    Playwright computes the role and the name of all that is on the page wherever it looks for them:
    questions are looked for by their class, and tests/browser/test_quick_check.py by their role.
    """
    return page.locator(f'.bg-quick-check[aria-label="Question {name}"]')


def answer(page, name, value):
    """Answer a question by its own input and return what is said to it."""
    asked, given = question(page, name), questions[name].input
    asked.scroll_into_view_if_needed()
    match given:
        case NumberField():
            asked.get_by_label("Your answer").fill(str(value))
            asked.get_by_role("button", name="Check").click()
        case OneOf():
            option(asked, value).click()
        case Branches():
            branch(asked, value).click()
        case SomeOf():
            for box in asked.get_by_role("checkbox").all():
                box.set_checked(box.input_value() in value)
            asked.get_by_role("button", name="Check").click()
        case Cells():
            position = [*product(*given.game.actions)].index(value)
            asked.get_by_role("button").nth(position).click()
    said = asked.get_by_role("status")
    said.filter(has_text=re.compile(r"^(Right|Not yet|Almost)")).wait_for()
    return said.inner_text()


def answer_rightly(page, names):
    """Give the right answer to each question, all before the first is judged; return what is said.

    No mouse moves and nothing gets the focus, whereupon JupyterLab would scroll and bring the tools
    of another cell: where each button is and whether it can be pressed is for other tests.
    """
    for name in names:
        asked, given, value = question(page, name), questions[name].input, questions[name].right
        match given:
            case NumberField():
                asked.get_by_label("Your answer").evaluate(_WRITE, str(value))
                press(asked.get_by_role("button", name="Check"))
            case OneOf():
                press(option(asked, value))
            case Branches():
                press(branch(asked, value))
            case SomeOf():
                for box in asked.get_by_role("checkbox").all():
                    if box.is_checked() != (box.input_value() in value):
                        press(box)
                press(asked.get_by_role("button", name="Check"))
            case Cells():
                position = [*product(*given.game.actions)].index(value)
                press(asked.get_by_role("button").nth(position))
    said = {name: question(page, name).get_by_role("status") for name in names}
    for status in said.values():
        with suppress(NotInTime):
            status.filter(has_text=re.compile("^Right")).wait_for()
    return {name: status.inner_text() for name, status in said.items()}


def press(control):
    """Press a button or a box without a mouse."""
    control.dispatch_event("click")


def option(asked, value):
    """Return the button of an answer; a letter's has its text behind."""
    return asked.get_by_role("button", name=re.compile(f"^{re.escape(value)}( |$)"))


def branch(asked, action):
    """Return the branch of a tree that an action takes."""
    return asked.get_by_role("button", name=re.compile(f"^{re.escape(action)}:"))


def key_to(locator, key):
    """Press a key on what has the focus, as whoever has no mouse does."""
    locator.focus()
    locator.page.keyboard.press(key)


def press_often(locator, key, times):
    """Press a key so many times on what has the focus from the first time to the last."""
    locator.focus()
    for _ in range(times):
        locator.page.keyboard.press(key)


def by_keyboard(page, name, value):
    """Answer a question with keys alone."""
    asked = question(page, name)
    if isinstance(questions[name].input, NumberField):
        asked.get_by_label("Your answer").focus()
        page.keyboard.type(str(value))
        page.keyboard.press("Enter")
    else:
        taken = branch if isinstance(questions[name].input, Branches) else option
        key_to(taken(asked, value), "Enter")
    said = asked.get_by_role("status")
    said.filter(has_text=re.compile(r"^(Right|Not yet|Almost)")).wait_for()
    return said.inner_text()
