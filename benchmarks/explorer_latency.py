"""From key press to new pixels in JupyterLab: the explorer against matplotlib under interact.

Both show the payoff table with its best responses, the best-response square, the threshold bar and
the equilibria in words, solved by ``bg.equilibria``, and both follow one slider in steps of 1/2.
The time runs from the browser's time stamp of the key press until the frame with the new equilibria
is on screen.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any

__all__ = ["main", "measure"]

WARM_UP = 6
TURNS, A_TURN = 8, 10
BUDGET = 50
SHOWN = [
    f"{what}, {payoffs}"
    for payoffs in ("payoffs of one parameter", "payoffs of three")
    for what in ("the point moves", "all is redrawn")
]

EXPLORER = """\
import balancegame as bg
bg.explore(bg.models["core-dilemma"])"""

# Models with three actions a player, their diagrams of 101 x 101 points over t and u on screen.
# As in the article's models, a payoff of the first moves with one parameter; in the second each
# payoff moves with all three, which makes some forty areas.
DIAGRAM = """\
import random
import balancegame as bg
source = random.Random(3)
def payoff():
    constant, *slopes = (source.randint(-k, k) for k in (5, 3, 3, 2))
    moving = source.sample(range(3), {moving})
    return f"{{constant}}" + "".join(f" + {{slopes[k]}}*{{'tuw'[k]}}" for k in moving)
model = bg.Model(
    name="random", title="Random", players=("A", "B"),
    actions=(("a0", "a1", "a2"), ("b0", "b1", "b2")),
    payoffs=[[[payoff() for _ in range(3)] for _ in range(3)] for _ in range(2)],
    parameters=[bg.Parameter(name, "drawn", 0, -4, 4, "1/5") for name in "tuw"],
)
bg.explore(model, "t", "u")"""

INTERACT = """\
%matplotlib inline
import ipywidgets
from matplotlib_explorer import show
ipywidgets.interact(show, s=ipywidgets.FloatSlider(6, min=0, max=20, step=0.5))"""

# What counts is the frame that carries the change: a message posted from the last callback before
# a frame arrives when that frame has been handed over.
_WATCH = """selector => {
    const frame = () => new Promise(resolve => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        channel.port2.postMessage(0);
    }));
    const find = () => document.querySelector(selector);
    const look = node => node && (node.tagName === 'IMG' ? node.src : node.innerHTML);
    const before = look(find());
    window.latency = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('nothing moved within 20 seconds')), 20000);
        let pressed = 0;
        document.addEventListener(
            'keydown', event => { pressed = event.timeStamp; }, { capture: true, once: true }
        );
        const observer = new MutationObserver(async () => {
            const node = find();
            if (!pressed || !node || look(node) === before) return;
            observer.disconnect();
            if (node.decode) await node.decode();
            resolve(await frame() - pressed);
        });
        observer.observe(
            document.querySelector('.jp-Notebook'),
            { childList: true, subtree: true, characterData: true, attributes: true }
        );
    });
}"""


def measure() -> dict[str, Any]:
    """Return the median milliseconds from key press to pixels of both, and their ratio.

    Both take turns, so that whatever else the machine does weighs on them alike.
    """
    with _lab() as (context, folder):
        ours = _explorer(context.new_page(), folder)
        theirs = _matplotlib(context.new_page(), folder)
        plain = _diagram(context.new_page(), folder, 1)
        dense = _diagram(context.new_page(), folder, 3)
        sides = (ours, theirs, _point(plain), _redrawn(plain), _point(dense), _redrawn(dense))
        for side in sides:
            list(islice(side, WARM_UP))
        turns = [[list(islice(side, A_TURN)) for side in sides] for _ in range(TURNS)]
    times = [list(chain.from_iterable(side)) for side in zip(*turns, strict=True)]
    first, second, *diagrams = map(statistics.median, times)
    return {
        "explorer": first,
        "explorer_slowest_twentieth": statistics.quantiles(times[0], n=20)[-1],
        "matplotlib": second,
        "ratio": first / second,
        "diagrams": diagrams,
    }


def main() -> None:
    """Print the medians and their ratio."""
    print("From key press to new pixels in JupyterLab, headless Chromium, median milliseconds")
    try:
        result = measure()
    except ImportError as error:
        print(f"  left out: {error.name} is not installed")
        return
    print(
        f"  bg.explore           {result['explorer']:7.1f}  (19 of 20 within "
        f"{result['explorer_slowest_twentieth']:.1f}; budget {BUDGET})"
    )
    print(f"  matplotlib, interact {result['matplotlib']:7.1f}")
    verdict = "at most a fifth" if result["ratio"] <= 1 / 5 else "MORE THAN A FIFTH"
    print(f"  ratio                {result['ratio']:7.3f}  {verdict}")
    print("With a diagram of 101 x 101 points of a 3x3 model on screen, and against bg.explore")
    for what, taken in zip(SHOWN, result["diagrams"], strict=True):
        times = taken / result["explorer"]
        verdict = "at most twice" if times <= 2 else "MORE THAN TWICE"
        print(f"  {what:<46} {taken:7.1f}  {times:.2f} times as long: {verdict}")


def _explorer(page: Any, folder: Path) -> Iterator[float]:
    explorer = _unlocked(page, folder, "explorer", EXPLORER)
    return _presses(page, explorer.get_by_role("slider").first, ".bg-answer")


def _diagram(page: Any, folder: Path, moving: int) -> Any:
    return _unlocked(page, folder, f"diagram_{moving}", DIAGRAM.format(moving=moving))


def _point(explorer: Any) -> Iterator[float]:
    return _presses(explorer.page, explorer.get_by_role("application"), ".bg-here")


def _redrawn(explorer: Any) -> Iterator[float]:
    slider = explorer.get_by_role("slider", name="w =")
    return _presses(explorer.page, slider, ".bg-plot-picture")


def _unlocked(page: Any, folder: Path, name: str, source: str) -> Any:
    _run(page, folder, name, source)
    explorer = page.locator(".bg-explorer")
    explorer.get_by_role("radio").first.check()
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-answer").wait_for()
    return explorer


def _matplotlib(page: Any, folder: Path) -> Iterator[float]:
    shutil.copy(Path(__file__).with_name("matplotlib_explorer.py"), folder / "notebooks")
    _run(page, folder, "matplotlib", INTERACT)
    page.locator(".widget-output img").wait_for()
    return _presses(page, page.locator(".widget-slider .noUi-handle"), ".widget-output img")


def _presses(page: Any, slider: Any, selector: str) -> Iterator[float]:
    """Move right from where a parameter starts and back again; yield the time of every step."""
    for key in cycle([*["ArrowRight"] * 20, *["ArrowLeft"] * 20]):
        page.bring_to_front()
        slider.focus()
        page.evaluate(_WATCH, selector)
        page.keyboard.press(key)
        yield page.evaluate("() => window.latency")
        page.wait_for_timeout(120)


def _run(page: Any, folder: Path, name: str, source: str) -> None:
    import nbformat

    from tests.browser.lab import open_notebook, run_all_cells

    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
    open_notebook(page, f"notebooks/{name}.ipynb")
    run_all_cells(page)


@contextmanager
def _lab() -> Iterator[tuple[Any, Path]]:
    """Serve a fresh course and log a browser in to it."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import launch
    from tests.browser.server import serve_course

    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch) / "course"
        with serve_course(folder, Path(scratch)) as server:
            browser = launch(playwright)
            context = browser.new_context(
                base_url=server.url, viewport={"width": 1280, "height": 1100}
            )
            context.request.get(f"/lab?token={server.token}")
            try:
                yield context, folder
            finally:
                browser.close()


if __name__ == "__main__":
    main()
