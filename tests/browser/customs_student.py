"""What a student does in lessons 9 and 10, in the real JupyterLab."""

from tests.browser.test_explorer import place_bet, slider, take_whole


def lesson_9(page, screenshots):
    explorer = page.locator(".bg-explorer").first
    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "Japan goes on buying")
    explorer.locator(".bg-verdict", has_text="Right").wait_for()
    slider(explorer, "E").press("Home")
    explorer.locator(".bg-here", has_text="E = -50: area").wait_for()
    take_whole(page, explorer, screenshots / "lesson_09_fuel.png")
    pictures = page.locator("figure.balancegame-still:visible")
    assert pictures.count() == 5
    for k in range(5):
        pictures.nth(k).scroll_into_view_if_needed()
        for image in pictures.nth(k).locator("img").all():
            assert image.get_attribute("alt") not in ("", "Image")
        page.screenshot(path=screenshots / f"lesson_09_picture_{k}.png")


def lesson_10(page, screenshots):
    explorer = page.locator(".bg-explorer").first
    explorer.scroll_into_view_if_needed()
    place_bet(explorer, "Stay away, Own law")
    explorer.locator(".bg-verdict", has_text="Right: this is the only equilibrium.").wait_for()
    slider(explorer, "v").press("Home")
    explorer.locator(".bg-answer", has_text="Japan plays Join").wait_for()
    take_whole(page, explorer, screenshots / "lesson_10_projects.png")
    for words in ("This is proved, for all these values", "This is refuted by a single game"):
        said = page.get_by_text(words).first
        said.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "lesson_10_proofs.png")
