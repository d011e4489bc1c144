"""A student of lesson 8 who has no mouse: splits, votes and a bargain by keyboard."""

from tests.browser.test_explorer import slider, take_whole, verdict_has_focus


def bet(explorer, choice):
    """Place a bet by keyboard."""
    explorer.get_by_role("radio", name=choice, exact=True).focus()
    explorer.page.keyboard.press("Space")
    explorer.page.keyboard.press("Enter")
    verdict_has_focus(explorer)
    return explorer.locator(".bg-verdict").inner_text()


def lesson_8(page, screenshots):
    triangle, concert, council, islands = (page.locator(".bg-explorer").nth(k) for k in range(4))
    the_split_moves_until_nobody_objects(page, triangle)
    take_whole(page, triangle, screenshots / "lesson_08_split.png")

    assert "Not this time: the US had 25.7 %" in bet(concert, "a larger share than that")
    slider(concert, "India").press("Home")
    concert.locator(".bg-answer", has_text="China decides alone.").wait_for()
    concert.get_by_label("Values", exact=True).select_option("military spending 2014")
    concert.locator(".bg-answer", has_text="The US decides alone.").wait_for()
    take_whole(page, concert, screenshots / "lesson_08_concert.png")

    power_follows_weights_vetoes_and_the_quota(page, council)
    take_whole(page, council, screenshots / "lesson_08_council.png")

    assert bet(islands, "only if they can pay each other").startswith("Right")
    islands.locator(".bg-answer", has_text="Japan pays 13/2.").wait_for()
    islands.get_by_role("radio", name="draw lots between outcomes").focus()
    page.keyboard.press("Space")
    islands.locator(".bg-answer", has_text="No deal: nothing that they can agree on").wait_for()
    page.keyboard.press("ArrowDown")
    islands.locator(".bg-answer", has_text="Japan pays 13/2.").wait_for()
    slider(islands, "a").press("End")
    islands.locator(".bg-answer", has_text="No deal").wait_for()
    slider(islands, "a").press("Home")
    islands.locator(".bg-answer", has_text="Japan pays 11/2.").wait_for()
    take_whole(page, islands, screenshots / "lesson_08_islands.png")


def the_split_moves_until_nobody_objects(page, triangle):
    assert triangle.locator(".bg-core").count() == 0
    assert "Right: Russia and China would get 2 too little." in bet(triangle, "Russia and China")
    split, verdict = triangle.get_by_role("application"), triangle.locator(".bg-point-verdict")
    split.focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    verdict.get_by_text("Russia and Japan could have 4 by themselves").wait_for()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowUp")
    verdict.get_by_text("so the split is in the core").wait_for()
    assert split.get_attribute("aria-label") == "Split: Russia 4, China 2 and Japan 0"
    page.keyboard.press("ArrowDown")
    verdict.get_by_text("Russia and China could have 6 by themselves").wait_for()
    page.keyboard.press("ArrowLeft")
    verdict.get_by_text("15/4 (3.75): 1/4 too little").wait_for()
    slider(triangle, "s").press("ArrowRight")
    verdict.get_by_text("so the split is in the core").wait_for()


def power_follows_weights_vetoes_and_the_quota(page, council):
    assert council.locator(".bg-power-bar").first.is_hidden()
    said = bet(council, "a larger share than that")
    assert "Right: Japan had 6.25 % of all votes and 16.5 % of the power" in said
    japan = council.get_by_role("group", name="Japan", exact=True)
    bar = japan.get_by_role("img")
    assert bar.get_attribute("aria-label") == (
        "Japan: Shapley-Shubik index 283/1716; Banzhaf index 106/741"
    )
    japan.get_by_role("checkbox", name="Japan has a veto").focus()
    page.keyboard.press("Space")
    japan.locator(".bg-power-told", has_text="3/1144").wait_for()
    assert "before 283/1716" in bar.get_attribute("aria-label")
    slider(council, "US").press("ArrowRight")
    council.get_by_text("needs 10 of 17 votes").wait_for()
    slider(council, "quota").press("End")
    council.locator(".bg-answer", has_text="the US, China, Russia and 13 more 1/16 each").wait_for()
    council.get_by_label("Values", exact=True).select_option("Japan, a clone of the US")
    council.locator(".bg-answer", has_text="421/2145 (about 0.196) each").wait_for()
