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
from tests.browser.lab import OFTEN

# How a script finds a question, what is said to its answer, and what is pressed to answer it.
_QUESTION = """name => document.querySelector(`.bg-quick-check[aria-label="Question ${name}"]`)"""
_ARE_THERE = f"names => names.every({_QUESTION})"
_SAID = f"""names => names.map({_QUESTION})
    .map(asked => asked.querySelector('[role=status]').innerText.trim())"""
_ARE_RIGHT = f"names => ({_SAID})(names).every(words => words.startsWith('Right'))"
_GIVE = f"""given => {{
    for (const {{ name, kind, value }} of given) {{
        const all = selector => [...({_QUESTION})(name).querySelectorAll(selector)];
        const only = found => {{
            if (found.length !== 1) throw new Error(`${{name}}: not one ${{value}} to press`);
            return found;
        }};
        const called = (selector, end) => only(all(selector).filter(
            button => `${{button.ariaLabel ?? button.textContent}} `.startsWith(value + end)));
        const pressed = {{
            number: () => only(all('[type=submit]')),
            one: () => called('button', ' '),
            some: () => [
                ...all('[type=checkbox]').filter(box => box.checked !== value.includes(box.value)),
                ...only(all('[type=submit]')),
            ],
            cells: () => [all('button')[value]],
            branches: () => called('[role=button]', ':'),
        }}[kind]();
        if (kind === 'number') only(all('[type=text]'))[0].value = value;
        for (const control of pressed) {{
            control.dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}));
        }}
    }}
}}"""


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

    No mouse moves and nothing gets the focus, whereupon JupyterLab would scroll and show the tools
    of another cell: where each button is and whether it can be pressed is for other tests.
    """
    page.wait_for_function(_ARE_THERE, arg=names, polling=OFTEN)
    page.evaluate(_GIVE, [_for_the_page(name) for name in names])
    with suppress(NotInTime):
        page.wait_for_function(_ARE_RIGHT, arg=names, polling=OFTEN)
    return dict(zip(names, page.evaluate(_SAID, names), strict=True))


def _for_the_page(name):
    """Return what a script needs to give the right answer to a question by its input."""
    given, value = questions[name].input, questions[name].right
    match given:
        case NumberField():
            value = str(value)
        case SomeOf():
            value = list(value)
        case Cells():
            value = [*product(*given.game.actions)].index(value)
    return {"name": name, "kind": given.plan()["kind"], "value": value}


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
