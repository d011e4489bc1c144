"""Lesson 1 in a browser's tab against lesson 1 in JupyterLab, both in headless Chromium.

Both are opened cold, with nothing kept from before, and then once more in the same browser; the
kernel is a new one each time. A slider is moved 200 times in a row. With ``--against DIR`` the
package of an earlier checkout is put into the site as the first trial did, with all that it can
need loaded at once, and the first results are compared. ``BALANCEGAME_PYODIDE`` names a folder of
Pyodide's files, as for ``make site``.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch
from tests.browser.lab import error_outputs, run_all_cells, wait_until_open
from tests.browser.server import serve_course
from tests.browser.static_site import Served, serve_folder
from tests.browser.test_explorer import place_bet, slider
from website.__main__ import REPOSITORY, build
from website.browser_lock import browser_lock
from website.course import FOLDER
from website.distribution import KEPT, distribution
from website.wheels import index_wheels, own_wheel

LESSON = "notebooks/01_security_or_energy.ipynb"
ROUNDS = 3
MOVES = 200
COLD, WARM, SOONER, MEGABYTES, BUILD_SECONDS = 5.0, 2.5, 1.5, 30.0, 120.0

_FIRST = "() => document.querySelectorAll('.jp-OutputArea-output').length > 0"
_START = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"


def main() -> None:
    """Print seconds and ratios, megabytes, and what became of a long series of moves."""
    given = os.environ.get("BALANCEGAME_PYODIDE")
    pyodide = Path(given) if given else None
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        place = Path(scratch)
        site = place / "site"
        site.mkdir()
        begin = time.perf_counter()
        build(pyodide, site)
        seconds = time.perf_counter() - begin
        print(f"  the site was built in {seconds:.0f} s (at most {BUILD_SECONDS:.0f})")
        playwright = stack.enter_context(sync_playwright())
        browser = launch(playwright)
        stack.callback(browser.close)
        served = stack.enter_context(serve_folder(site))
        compare_with_lab(browser, served, place)
        move_a_slider(browser, served)
        if against := os.environ.get("BENCHMARK_AGAINST"):
            trial = trial_site(site, Path(against), pyodide, place)
            compare_with_trial(browser, served, stack.enter_context(serve_folder(trial)))


def in_tab(served: Served) -> Callable[[Any], None]:
    """Return what opens the lesson in JupyterLite."""
    return lambda page: page.goto(f"{served.url}/{FOLDER}/lab/index.html?path={LESSON}")


@contextmanager
def opened(context: Any, go: Callable[[Any], None]) -> Any:
    """Open the lesson, run all of it, and give the page with the seconds to each step."""
    page = context.new_page()
    page.set_default_timeout(300_000)
    begin = time.perf_counter()
    go(page)
    wait_until_open(page, LESSON)
    page.evaluate(_START)
    page.wait_for_function(_FIRST)
    first = time.perf_counter() - begin
    run_all_cells(page)
    whole = time.perf_counter() - begin
    if errors := error_outputs(page):
        raise RuntimeError(errors[0][-500:])
    try:
        yield page, first, whole
    finally:
        page.close()


def compare_with_lab(browser: Any, served: Served, scratch: Path) -> None:
    """Print how long the lesson takes in a tab and in JupyterLab, cold and warm, in turns."""
    times: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        folder = scratch / f"lab-{number}"
        folder.mkdir()
        with serve_course(folder / "balancegame-course", folder) as server:
            lab = f"{server.url}/lab/tree/{LESSON}?reset&token={server.token}"
            for name, go in (
                ("tab", in_tab(served)),
                ("lab", lambda page, lab=lab: page.goto(lab)),
            ):
                context = browser.new_context()
                for state in ("cold", "warm"):
                    with opened(context, go) as (_, _first, whole):
                        times.setdefault(f"{name} {state}", []).append(whole)
                context.close()
    middle = {name: statistics.median(found) for name, found in times.items()}
    for state, most in (("cold", COLD), ("warm", WARM)):
        tab, lab_seconds = middle[f"tab {state}"], middle[f"lab {state}"]
        print(
            f"  all of lesson 1, {state}: in a tab {tab:.1f} s, in JupyterLab {lab_seconds:.1f} s, "
            f"ratio {tab / lab_seconds:.2f} (at most {most})"
        )


def move_a_slider(browser: Any, served: Served) -> None:
    """Print what became of many moves in a row, and how the page's memory grew."""
    context = browser.new_context()
    with opened(context, in_tab(served)) as (page, _, _):
        explorer = page.locator(".bg-explorer").first
        explorer.scroll_into_view_if_needed()
        place_bet(explorer, "Engage, Enforce")
        moved = slider(explorer, "s")
        session = context.new_cdp_session(page)
        heap, waits = [], []
        for number in range(MOVES):
            if number % (MOVES // 4) == 0:
                heap.append(heap_of(session))
            before = explorer.locator(".bg-stand").inner_text()
            begin = time.perf_counter()
            moved.press("ArrowRight" if number // 10 % 2 == 0 else "ArrowLeft")
            page.wait_for_function(
                "([node, before]) => node.innerText !== before",
                arg=[explorer.locator(".bg-stand").element_handle(), before],
                timeout=10_000,
            )
            waits.append(time.perf_counter() - begin)
        heap.append(heap_of(session))
    context.close()
    print(
        f"  {MOVES} moves of a slider, none lost: median {statistics.median(waits) * 1e3:.0f} ms, "
        f"longest {max(waits) * 1e3:.0f} ms; the page's memory "
        f"{' -> '.join(f'{each:.0f}' for each in heap)} MB"
    )


def heap_of(session: Any) -> float:
    """Return how many megabytes a page holds on to."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def trial_site(site: Path, checkout: Path, pyodide: Path | None, scratch: Path) -> Path:
    """Return a copy of the site with an earlier package, put together as the first trial was."""
    trial, wheels = scratch / "trial", scratch / "trial-wheels"
    shutil.copytree(site / FOLDER, trial / FOLDER)
    wheels.mkdir()
    found = distribution(pyodide, REPOSITORY)
    folder = trial / FOLDER / "static" / "pyodide"
    (ours,) = folder.glob("balancegame-*.whl")
    ours.unlink()
    made = own_wheel(checkout, wheels)
    pure = index_wheels(REPOSITORY, wheels, REPOSITORY / KEPT / "wheels", {*found.packages})
    for path in (made, *pure, *found.packages.values()):
        shutil.copyfile(path, folder / path.name)
    shims = [path.name for path in folder.glob("*.whl") if path.name.startswith(_KERNELS)]
    empty = dict.fromkeys(("ssl", "jedi"), "nothing-0-py3-none-any.whl")
    lock = browser_lock(found, folder, [made.name, *(p.name for p in pure), *shims], set(), empty)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    shutil.copyfile(checkout / LESSON, trial / FOLDER / "files" / LESSON)
    for settings in (trial / FOLDER).rglob("jupyter-lite.json"):
        said = json.loads(settings.read_text(encoding="utf-8"))
        plugins = said.get("jupyter-config-data", {}).get("litePluginSettings", {})
        for plugin in plugins.values():
            plugin.pop("loadPyodideOptions", None)
        settings.write_text(json.dumps(said), encoding="utf-8")
    return trial


_KERNELS = ("ipykernel-", "piplite-", "pyodide_kernel-")


def compare_with_trial(browser: Any, served: Served, trial: Served) -> None:
    """Print the seconds to the first result of both, in turns, and what each transferred."""
    firsts: dict[str, list[float]] = {"this": [], "trial": []}
    sent: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, each in (("this", served), ("trial", trial)):
            each.sent.clear()
            context = browser.new_context()
            with opened(context, in_tab(each)) as (_page, first, _whole):
                firsts[name].append(first)
            context.close()
            sent[name] = each.megabytes
    this, before = (statistics.median(firsts[name]) for name in ("this", "trial"))
    print(
        f"  first result after {this:.1f} s, in the trial's build after {before:.1f} s, "
        f"{before / this:.2f} times as soon (at least {SOONER}); transferred with nashpy's cell "
        f"{sent['this']:.1f} and {sent['trial']:.1f} MB"
    )


if __name__ == "__main__":
    main()
