"""Lesson 1 in a browser's tab against lesson 1 in JupyterLab, both in headless Chromium.

Both are opened cold, in a browser that knows neither, and once more in the same browser with
what it kept; the kernel is a new one each time. A slider is moved 200 times. Then the first
trial of a course in a tab is put together again as it was: the package of its day, with all that
it can need loaded at once; and the first results of both are compared. ``BALANCEGAME_PYODIDE``
names a folder of Pyodide's files, as for ``make site``.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.lab import error_outputs, run_all_cells, wait_until_open
from tests.browser.server import serve_course
from tests.browser.static_site import REPOSITORY, Served, make_site, serve_folder
from tests.browser.test_explorer import place_bet, slider
from website.browser_lock import browser_lock
from website.course import FOLDER
from website.distribution import KEPT, distribution
from website.wheels import index_wheels, own_wheel

LESSON = "notebooks/01_security_or_energy.ipynb"
# The last commit before the course was made ready for a browser.
TRIAL = "15ecd72"
_EXTENSIONS = REPOSITORY / ".venv-site" / "share" / "jupyter" / "labextensions"
SHIMS = _EXTENSIONS / "@jupyterlite" / "pyodide-kernel-extension" / "static" / "pypi"
ROUNDS = 3
MOVES = 200
COLD, WARM, SOONER, MEGABYTES, BUILD_SECONDS = 5.0, 2.5, 1.5, 30.0, 120.0

_FIRST = "() => document.querySelectorAll('.jp-OutputArea-output').length > 0"
_START = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
_NOTEBOOK = "[...window.jupyterapp.shell.widgets('main')].find(each => each.content?.model?.cells)"
_LEAVE_OUT = f"""word => {{
    const model = {_NOTEBOOK}.content.model.sharedModel;
    const named = cell => cell.cell_type === 'code' && cell.source.includes(word);
    model.deleteCell(model.cells.findIndex(named));
}}"""
_SHUT_DOWN = f"async () => {{ await {_NOTEBOOK}.context.sessionContext.shutdown(); }}"
_PYTHONS_MEMORY = f"""async () => {{
    const code = "import pyodide_js; print(pyodide_js._module.HEAPU8.length / 1e6)";
    const asked = {_NOTEBOOK}.context.sessionContext.session.kernel.requestExecute({{ code }});
    let said = '';
    asked.onIOPub = message => {{ said += message.content.text ?? ''; }};
    await asked.done;
    return Number(said);
}}"""


def main() -> None:
    """Print seconds and ratios, megabytes, and what became of a long series of moves."""
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        place = Path(scratch)
        site = place / "site"
        # What is installed only once is not counted.
        subprocess.run(["make", ".venv-site/.site"], cwd=REPOSITORY, check=True)
        begin, worked = time.perf_counter(), seconds_of_children()
        done = make_site(site)
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)
        seconds, worked = time.perf_counter() - begin, seconds_of_children() - worked
        print(
            f"  the site was built in {seconds:.0f} s (at most {BUILD_SECONDS:.0f}), with "
            f"{worked:.0f} s of work of processors",
            flush=True,
        )
        playwright = stack.enter_context(sync_playwright())
        served = stack.enter_context(serve_folder(site))
        compare_with_lab(playwright, served, place)
        without_nashpy(playwright, served, place)
        move_a_slider(playwright, served, place)
        trial = stack.enter_context(serve_folder(trial_site(site, place)))
        compare_with_trial(playwright, served, trial, place)


def seconds_of_children() -> float:
    """Return how long processors have worked for processes that this one started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def fresh_browser(playwright: Any, scratch: Path) -> Iterator[Any]:
    """Start a browser that has never been used, and that keeps files as a student's does."""
    with TemporaryDirectory(dir=scratch) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(), args=list(ARGUMENTS)
        )
        try:
            yield context
        finally:
            context.close()


def in_tab(served: Served) -> Callable[[Any], None]:
    """Return what opens the lesson in JupyterLite."""
    return lambda page: page.goto(f"{served.url}/{FOLDER}/notebooks/index.html?path={LESSON}")


@contextmanager
def opened(context: Any, go: Callable[[Any], None], leave_out: str = "") -> Iterator[Any]:
    """Open the lesson, run all of it, and give the page with the seconds to each step."""
    page = context.new_page()
    page.set_default_timeout(300_000)
    begin = time.perf_counter()
    go(page)
    wait_until_open(page, LESSON)
    if leave_out:
        page.evaluate(_LEAVE_OUT, leave_out)
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
        # JupyterLab would find the same kernel again, with all that it has imported.
        page.evaluate(_SHUT_DOWN)
        page.close()


def compare_with_lab(playwright: Any, served: Served, scratch: Path) -> None:
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
                with fresh_browser(playwright, scratch) as context:
                    for state in ("cold", "warm"):
                        with opened(context, go) as (_, _first, whole):
                            times.setdefault(f"{name} {state}", []).append(whole)
    middle = {name: statistics.median(found) for name, found in times.items()}
    for state, most in (("cold", COLD), ("warm", WARM)):
        tab, lab_seconds = middle[f"tab {state}"], middle[f"lab {state}"]
        print(
            f"  all of lesson 1, {state}: in a tab {tab:.1f} s, in JupyterLab {lab_seconds:.1f} s, "
            f"ratio {tab / lab_seconds:.2f} (at most {most})",
            flush=True,
        )


def without_nashpy(playwright: Any, served: Served, scratch: Path) -> None:
    """Print what the lesson transfers, the cell left out for which scipy and nashpy are loaded."""
    served.sent.clear()
    with (
        fresh_browser(playwright, scratch) as context,
        opened(context, in_tab(served), leave_out="nashpy"),
    ):
        print(
            f"  lesson 1 without nashpy's cell transfers {served.megabytes:.1f} MB "
            f"(at most {MEGABYTES:.0f})",
            flush=True,
        )


def move_a_slider(playwright: Any, served: Served, scratch: Path) -> None:
    """Print what became of many moves in a row, and how the memory of page and Python grew."""
    with (
        fresh_browser(playwright, scratch) as context,
        opened(context, in_tab(served)) as (page, _, _),
    ):
        explorer = page.locator(".bg-explorer").first
        explorer.scroll_into_view_if_needed()
        place_bet(explorer, "Engage, Enforce")
        moved = slider(explorer, "s")
        session = context.new_cdp_session(page)
        heap, python, waits = [], [], []
        for number in range(MOVES):
            if number % (MOVES // 4) == 0:
                heap.append(heap_of(session))
                python.append(page.evaluate(_PYTHONS_MEMORY))
            before = explorer.locator(".bg-stand").inner_text()
            begin = time.perf_counter()
            moved.press("ArrowRight" if number // 10 % 2 == 0 else "ArrowLeft")
            # A move that is lost ends the benchmark here.
            page.wait_for_function(
                "([node, before]) => node.innerText !== before",
                arg=[explorer.locator(".bg-stand").element_handle(), before],
                timeout=10_000,
            )
            waits.append(time.perf_counter() - begin)
        heap.append(heap_of(session))
        python.append(page.evaluate(_PYTHONS_MEMORY))
    page_grew, python_grew = (
        " -> ".join(f"{each:.0f}" for each in grew) for grew in (heap, python)
    )
    print(
        f"  {MOVES} moves of a slider, none lost: median {statistics.median(waits) * 1e3:.0f} ms, "
        f"longest {max(waits) * 1e3:.0f} ms; memory of the page {page_grew} MB, of its Python "
        f"{python_grew} MB",
        flush=True,
    )


def heap_of(session: Any) -> float:
    """Return how many megabytes a page holds on to."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def trial_site(site: Path, scratch: Path) -> Path:
    """Return a copy of the site with the trial's package, put together as the trial was."""
    trial, wheels, checkout = (scratch / f"trial{part}" for part in ("", "-wheels", "-checkout"))
    shutil.copytree(site / FOLDER, trial / FOLDER)
    wheels.mkdir()
    checkout.mkdir()
    archive = ["git", "archive", "--output", str(scratch / "trial.tar"), TRIAL]
    subprocess.run(archive, cwd=REPOSITORY, check=True)
    shutil.unpack_archive(scratch / "trial.tar", checkout, filter="data")
    given = os.environ.get("BALANCEGAME_PYODIDE")
    found = distribution(Path(given) if given else None, REPOSITORY)
    folder = trial / FOLDER / "static" / "pyodide"
    (this,) = folder.glob("balancegame-*.whl")
    this.unlink()
    ours = own_wheel(checkout, wheels)
    pure = index_wheels(REPOSITORY, wheels, REPOSITORY / KEPT / "wheels", {*found.packages})
    shims = [path for kernel in _KERNELS for path in SHIMS.glob(f"{kernel}-*.whl")]
    for path in (ours, *pure, *shims, *found.packages.values()):
        shutil.copyfile(path, folder / path.name)
    for name, content in found.core.items():
        (folder / name).write_bytes(content)
    empty = {"ssl": "nothing-0-py3-none-any.whl"}
    names = [path.name for path in (ours, *pure, *shims)]
    lock = browser_lock(found, folder, names, set(), empty)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    shutil.copyfile(checkout / LESSON, trial / FOLDER / "files" / LESSON)
    for settings in (trial / FOLDER).rglob("jupyter-lite.json"):
        said = json.loads(settings.read_text(encoding="utf-8"))
        plugins = said.get("jupyter-config-data", {}).get("litePluginSettings", {})
        for plugin in plugins.values():
            plugin.pop("loadPyodideOptions", None)
        settings.write_text(json.dumps(said), encoding="utf-8")
    return trial


_KERNELS = ("ipykernel", "piplite", "pyodide_kernel")


def compare_with_trial(playwright: Any, served: Served, trial: Served, scratch: Path) -> None:
    """Print the seconds to the first result of both, in turns, and what each transferred."""
    firsts: dict[str, list[float]] = {"this": [], "trial": []}
    sent: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, each in (("this", served), ("trial", trial)):
            each.sent.clear()
            with (
                fresh_browser(playwright, scratch) as context,
                opened(context, in_tab(each)) as (_page, first, _whole),
            ):
                firsts[name].append(first)
            sent[name] = each.megabytes
    this, before = (statistics.median(firsts[name]) for name in ("this", "trial"))
    print(
        f"  first result after {this:.1f} s, in the trial's build after {before:.1f} s, "
        f"{before / this:.2f} times as soon (at least {SOONER}); transferred with nashpy's cell "
        f"{sent['this']:.1f} and {sent['trial']:.1f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
