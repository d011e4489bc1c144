"""Still pictures in a real JupyterLab: they follow its theme."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser.lab import run_all_cells, show_notebook
from tests.browser.test_explorer import two_frames
from tests.browser.themes import use_theme

SOURCE = """\
import balancegame as bg
bg.draw(bg.models["core-dilemma"])"""


@pytest.mark.parametrize(
    ("theme", "is_dark"), [("JupyterLab Light", False), ("JupyterLab Dark", True)]
)
def test_a_picture_is_as_dark_as_its_page(page, course_server, screenshots, theme, is_dark):
    show_notebook(page, course_server, "notebooks/picture.ipynb", SOURCE)
    use_theme(page, theme)
    try:
        run_all_cells(page)
        picture = page.locator(".balancegame-still img").first
        picture.wait_for()
        two_frames(page)
        taken = picture.screenshot()
        name = f"picture_{'dark' if is_dark else 'light'}.png"
        (screenshots / name).write_bytes(taken)
        paper = Image.open(BytesIO(taken)).convert("L").getpixel((12, 60))
        assert (paper < 60) == is_dark
        assert (paper > 240) != is_dark
    finally:
        use_theme(page, "JupyterLab Light")
