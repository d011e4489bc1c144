"""What a student does in each lesson, in the real JupyterLab."""

import re

from balancegame.grading.practice.questions import questions
from tests.browser.answering import answer, by_keyboard, press_often
from tests.browser.axe import serious_in_any_colours
from tests.browser.coalitions_student import lesson_8
from tests.browser.customs_student import lesson_9, lesson_10
from tests.browser.test_explorer import (
    answer_becomes,
    has_focus,
    payoff,
    place_bet,
    slider,
    take_whole,
    verdict_has_focus,
)
from tests.browser.trees_student import lesson_2


def lesson_1(page, screenshots):
    explorer = page.locator(".bg-explorer").first
    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "Engage, Enforce")
    explorer.locator(".bg-verdict", has_text="Right: this is the only equilibrium.").wait_for()
    start = explorer.locator(".bg-stand").inner_text()
    slider(explorer, "s").press("ArrowRight")
    page.wait_for_function(
        "([node, start]) => node.innerText !== start",
        arg=[explorer.locator(".bg-stand").element_handle(), start],
    )
    press_often(slider(explorer, "s"), "ArrowRight", 5)
    answer_becomes(explorer, "at least 5/6 on Enforce")
    press_often(slider(explorer, "s"), "ArrowLeft", 2)
    answer_becomes(explorer, "Japan plays any mixture")

    cell = payoff(explorer)
    cell.focus()
    cell.press("Control+a")
    cell.press_sequentially("99/2")
    cell.press("Enter")
    answer_becomes(explorer, "Japan plays Comply")
    assert has_focus(cell)
    page.screenshot(path=screenshots / "lesson_01_edited.png")


def lesson_3(page, screenshots):
    assert "Most people bet" in answer(page, "03-whose", "a")
    mixing, explorer = page.locator(".bg-explorer").nth(0), page.locator(".bg-explorer").nth(1)
    own = mixing.get_by_role("slider")
    own.focus()
    own.press("Home")
    mixing.locator(".bg-answer", has_text="The best response is Refrain.").wait_for()

    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "in no cell")
    answer_becomes(explorer, "Sanction with probability 1/2")
    press_often(slider(explorer, "σ"), "ArrowRight", 6)
    answer_becomes(explorer, "Sanction with probability 1/3")
    assert "Violate with probability 1/4" in explorer.locator(".bg-answer").inner_text()
    press_often(slider(explorer, "σ"), "ArrowLeft", 12)
    answer_becomes(explorer, "any mixture with at least 1/4 on Violate")
    page.screenshot(path=screenshots / "lesson_03_explorer.png")


def lesson_4(page, screenshots):
    assert "Not yet. 2 cures greed only" in answer(page, "04-threshold", "2")
    assert "that is so until s = 3" in answer(page, "04-region", "prisoners' dilemma").lower()
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
        press_often(point, key, times)
        here.filter(has_text=words).wait_for()
    page.screenshot(path=screenshots / "lesson_04_explorer.png")


def bet_on_the_payoff_set(explorer, words):
    explorer.get_by_role("radio", name=words, exact=True).check()
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-verdict", has_text="Right").wait_for()
    explorer.locator(".bg-vertex").first.wait_for()
    verdict_has_focus(explorer)


def lesson_6(page, screenshots):
    assert "Not yet. That is grim trigger's threshold" in answer(page, "06-path", "1/2")

    explorer = page.locator(".bg-repeated")
    explorer.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "lesson_06_bet.png")
    assert explorer.locator(".bg-vertex").count() == 0
    bet_on_the_payoff_set(explorer, "one pair of payoffs and no other")
    assert explorer.locator(".bg-vertex").count() == 1
    delta = explorer.get_by_label("δ =")
    press_often(delta, "ArrowRight", 2)
    explorer.locator(".bg-value").filter(has_text="47/100").first.wait_for()
    page.wait_for_function("document.querySelectorAll('.bg-repeated .bg-vertex').length === 4")
    press_often(delta, "ArrowRight", 5)
    explorer.locator(".bg-norms", has_text="Mutual support: yes").wait_for()
    point = explorer.get_by_label("Japan")
    point.fill("9")
    point.press("Enter")
    explorer.locator(".bg-point-verdict", has_text="no mixture of outcomes").wait_for()
    point.fill("abc")
    point.press("Tab")
    card = explorer.locator(".bg-point-card")
    card.locator(".bg-message", has_text="'abc' is not a number").wait_for()
    assert point.input_value() == "abc"
    delta.press("ArrowRight")
    explorer.locator(".bg-value").filter(has_text="53/100").first.wait_for()
    assert card.locator(".bg-message").count() == 0
    assert point.input_value() == "9"
    assert serious_in_any_colours(page, ".bg-explorer") == []
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
    match.locator(".bg-play-reveal", has_text=re.compile("Right: you faced|Not yet")).wait_for()
    # Whom one faces is drawn at random.
    show = match.get_by_role("button", name="Show me whom I face")
    if show.is_visible():
        assert match.locator(".bg-state").count() == 0
        show.click()
        match.get_by_text("You faced").wait_for()
    match.locator(".bg-state").first.wait_for()
    faced = match.get_by_label("I am facing").input_value()
    assert f"faced {faced}." in match.locator(".bg-play-reveal").text_content()
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
    match.locator(".bg-play-path").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "lesson_06_play.png")


def every_question_by_keyboard(page, lesson):
    """Answer every question of a lesson rightly without a mouse, to the last cell."""
    for name in (name for name in questions if name[:2] == lesson):
        assert by_keyboard(page, name, questions[name].right).startswith("Right"), name


def lesson_5(page, screenshots):
    hedging, signal = page.locator(".bg-explorer").nth(0), page.locator(".bg-explorer").nth(1)
    hedging.scroll_into_view_if_needed()
    place_bet(hedging, "Engage")
    answer_becomes(hedging, "Engage")
    press_often(slider(hedging, "q"), "ArrowRight", 4)
    answer_becomes(hedging, "Hedge")
    page.screenshot(path=screenshots / "lesson_05_hedging.png")

    signal.scroll_into_view_if_needed()
    place_bet(signal, "yes, but there are equilibria in which it does not")
    signal.get_by_text("One separating and one pooling equilibrium.").wait_for()
    slider(signal, "B").press("Home")
    signal.get_by_text("Two pooling equilibria.").or_(
        signal.get_by_text("One pooling equilibrium.")
    ).first.wait_for()
    take_whole(page, signal, screenshots / "lesson_05_signal.png")
    every_question_by_keyboard(page, "05")


def lesson_7(page, screenshots):
    the_map_names_its_areas_after_the_bet(page, page.locator(".bg-explorer").nth(1), screenshots)
    rounds = page.locator(".bg-stepper")
    rounds.get_by_role("button", name="Next").press("Enter")
    rounds.get_by_role("button", name="Next").press("Enter")
    rounds.locator(".bg-answer", has_text="Elimination alone solves the game").wait_for()

    three = page.locator(".bg-explorer").last
    three.scroll_into_view_if_needed()
    place_bet(three, "Pass, Pass, Assert")
    answer_becomes(three, "China plays Assert")
    press_often(slider(three, "g"), "ArrowLeft", 12)
    answer_becomes(three, "China plays Hold back")
    cell = payoff(
        three,
        "payoff of Japan when the US plays Balance, Japan plays Balance and China plays Assert",
    )
    cell.focus()
    cell.press("Control+a")
    cell.press_sequentially("20")
    cell.press("Enter")
    three.locator(".bg-status", has_text="detached").wait_for()
    page.screenshot(path=screenshots / "lesson_07_three.png")


def the_map_names_its_areas_after_the_bet(page, explorer, screenshots):
    """Bet on Stag Hunt, walk onto the line g = kappa, and make balancing too dear for the US."""
    explorer.scroll_into_view_if_needed()
    assert "Stag Hunt" not in explorer.locator(".bg-diagram").inner_html()
    page.screenshot(path=screenshots / "lesson_07_map_before.png")
    place_bet(explorer, "Stag Hunt")
    explorer.locator(".bg-verdict", has_text="Right: g = 7, κ = 4 lay in area").wait_for()
    legend = explorer.locator("ul.bg-plot-legend")
    named = legend.locator("strong").all_inner_texts()
    assert named == ["Chicken", "Stag Hunt", "giving up", "along g = 0 beside A: no threat"]
    point = explorer.get_by_role("application", name="Point g = 7, κ = 4")
    point.focus()
    for key in ("Shift+ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    explorer.locator(".bg-here", has_text="g = 4, κ = 4: area A, Chicken").wait_for()
    tie = "China gets 0 from Assert and 0 from Hold back: it is indifferent"
    explorer.locator(".bg-reasons", has_text=tie).wait_for()
    take_whole(page, explorer, screenshots / "lesson_07_map.png")
    press_often(slider(explorer, "b_US"), "ArrowRight", 13)
    legend.get_by_text("US: Pass; Japan: Balance; then China: Hold back").wait_for()
    take_whole(page, explorer, screenshots / "lesson_07_map_dear.png")


def lesson_11(page, screenshots):
    assert "Not yet. Linked they need 4/9" in answer(page, "11-burden", "a")
    explorer = page.locator(".bg-repeated")
    explorer.scroll_into_view_if_needed()
    bet_on_the_payoff_set(explorer, "a line of pairs")
    assert explorer.locator(".bg-vertex").count() == 2
    hazard = explorer.get_by_label("h =")
    hazard.press("End")
    explorer.locator(".bg-norms", has_text="Investment: no").wait_for()
    page.wait_for_function("document.querySelectorAll('.bg-repeated .bg-vertex').length === 1")
    hazard.press("Home")
    explorer.locator(".bg-norms", has_text="Investment: yes").wait_for()
    page.screenshot(path=screenshots / "lesson_11_explorer.png")
    weather = page.locator(".bg-stochastic")
    weather.scroll_into_view_if_needed()
    weather.get_by_role("radio", name="Fair-weather support only").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    weather.locator(".bg-verdict:focus", has_text="Not this time").wait_for()
    chance = weather.get_by_label("f =")
    chance.focus()
    # From 1/5 to 1/4, where it still holds, and to 3/10.
    for holds in ("yes", "no"):
        page.keyboard.press("ArrowRight")
        weather.locator(".bg-norms", has_text=f"Support in any weather: {holds}").wait_for()
    assert "Not yet. Look at the second" in answer(page, "11-unstable", "a")
    take_whole(page, weather, screenshots / "lesson_11_weather.png")


STUDENTS = {
    "01": lesson_1,
    "02": lesson_2,
    "03": lesson_3,
    "04": lesson_4,
    "05": lesson_5,
    "06": lesson_6,
    "07": lesson_7,
    "08": lesson_8,
    "09": lesson_9,
    "10": lesson_10,
    "11": lesson_11,
}
