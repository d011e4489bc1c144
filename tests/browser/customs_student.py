"""What a student does in lesson 9, in the real JupyterLab."""

from tests.browser.test_explorer import place_bet, serious, slider, take_whole


def lesson_9(page, screenshots):
    explorer = page.locator(".bg-explorer").first
    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "it goes on buying")
    explorer.locator(".bg-verdict", has_text="Right").wait_for()
    slider(explorer, "E").press("Home")
    explorer.locator(".bg-here", has_text="E = -50: area").wait_for()
    take_whole(page, explorer, screenshots / "lesson_09_fuel.png")
    pictures = page.locator("figure.balancegame-still:visible")
    assert pictures.count() == 5
    for k in range(5):
        pictures.nth(k).scroll_into_view_if_needed()
        assert pictures.nth(k).locator("img").get_attribute("alt")
        page.screenshot(path=screenshots / f"lesson_09_picture_{k}.png")
    assert serious(page) == []
