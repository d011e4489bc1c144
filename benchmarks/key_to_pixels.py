"""Explorers in JupyterLab, moved by keys: from the key press to the frame that shows the answer."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any

WARM_UP = 6
TURNS, A_TURN = 8, 10

FRAME = 1000 / 60
GOLDEN = (5**0.5 - 1) / 2

THERE_AND_BACK = ("ArrowRight",) * 20 + ("ArrowLeft",) * 20

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
        // What did not touch the node is not compared, lest the watch itself take time.
        const touches = (node, {target}) => node.contains(target) || target.contains(node);
        const observer = new MutationObserver(async records => {
            const node = find();
            if (!pressed || !node || !records.some(record => touches(node, record))) return;
            if (look(node) === before) return;
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


def taken_in_turns(sides: Sequence[Iterator[float]]) -> list[list[float]]:
    """Return what each side yields, after a warm-up.

    All take turns, so that whatever else the machine does weighs on them alike.
    """
    for side in sides:
        list(islice(side, WARM_UP))
    turns = [[list(islice(side, A_TURN)) for side in sides] for _ in range(TURNS)]
    return [list(chain.from_iterable(side)) for side in zip(*turns, strict=True)]


def presses(
    page: Any, target: Any, selector: str, keys: Sequence[str] = THERE_AND_BACK
) -> Iterator[float]:
    """Press keys, over and over; yield the milliseconds until what is selected has changed.

    Parameters
    ----------
    page : playwright.sync_api.Page
    target : Locator
        What has the focus.
    selector : str
        What the answer changes each time.
    keys : sequence of str, optional
        By default a slider is moved right from where it starts, and back again.
    """
    for count, key in enumerate(cycle(keys)):
        page.bring_to_front()
        target.focus()
        page.evaluate(_WATCH, selector)
        page.keyboard.press(key)
        yield page.evaluate("() => window.latency")
        # A frame comes every 1/60 s: presses meet all its phases alike, by the golden ratio.
        page.wait_for_timeout(120 + FRAME * (GOLDEN * count % 1))


class CellError(Exception):
    """A cell ended in an error: what it asks for may be unknown to the checkout that runs it."""


def run(page: Any, folder: Path, name: str, source: str) -> None:
    """Run a cell in a notebook of its own."""
    from tests.browser.lab import error_outputs, open_notebook, run_all_cells, write_notebook

    path = f"notebooks/{name}.ipynb"
    write_notebook(folder, path, source)
    open_notebook(page, path)
    run_all_cells(page)
    if errors := error_outputs(page):
        raise CellError("\n".join(errors))


def unlocked(page: Any, folder: Path, name: str, source: str) -> Any:
    """Return an explorer whose bet is placed, if it asks for one."""
    run(page, folder, name, source)
    explorer = page.locator(".bg-explorer")
    explorer.wait_for()
    if explorer.get_by_role("radio").count():
        explorer.get_by_role("radio").first.check()
        explorer.get_by_role("button", name="Place bet").click()
        explorer.locator(".bg-result").wait_for()
    return explorer


@contextmanager
def labs(*pythons: str | Path) -> Iterator[list[tuple[Any, Path]]]:
    """Serve a fresh course by the balancegame of each Python, and log one browser in to all."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import launch
    from tests.browser.lab import PATIENCE
    from tests.browser.server import serve_course

    with ExitStack() as stack:
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        opened = []
        for python in pythons:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            folder = scratch / "course"
            server = stack.enter_context(serve_course(folder, scratch, python=str(python)))
            context = browser.new_context(
                base_url=server.url, viewport={"width": 1280, "height": 1100}
            )
            context.set_default_timeout(PATIENCE)
            context.request.get(f"/lab?token={server.token}")
            opened.append((context, folder))
        yield opened


@contextmanager
def lab() -> Iterator[tuple[Any, Path]]:
    """Serve a fresh course and log a browser in to it."""
    with labs(sys.executable) as (opened,):
        yield opened
