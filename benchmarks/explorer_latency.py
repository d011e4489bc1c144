"""From key press to new pixels in JupyterLab: the explorer against matplotlib under interact.

Both show the payoff table with its best responses, the best-response square, the threshold bar and
the equilibria in words, solved by ``bg.equilibria``, and both follow one slider in steps of 1/2.
The time runs from the browser's time stamp of the key press until the frame with the new equilibria
is on screen.

With ``--against DIR`` each key press is compared with the same one in an earlier checkout. An
explorer that the earlier checkout does not know is held against its explorer of lesson 1.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.key_to_pixels import (
    CellError,
    lab,
    labs,
    presses,
    run,
    taken_in_turns,
    unlocked,
)

BUDGET = 50

Opened = Callable[[Any, Path], Iterator[float]]
SHOWN = [
    f"{what}, {payoffs}"
    for payoffs in ("payoffs of one parameter", "payoffs of three")
    for what in ("the point moves", "a slider goes on", "a slider goes to and fro")
]

EXPLORER = """\
import balancegame as bg
bg.explore(bg.models["core-dilemma"])"""

# Models with three actions a player, their diagrams of 101 x 101 points over t and u on screen.
# As in the article's models, a payoff of the first moves with one parameter; in the second each
# payoff moves with all three, which makes some forty areas. What is watched is the diagram: the
# end of a long legend, out of sight, comes a frame later. The explorer works out beforehand the
# step with which a slider goes on, but not the step back.
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

MIXTURE = """\
import balancegame as bg
bg.explore_mixture(bg.models["inspection"].game(), "Japan")"""

ELIMINATION = """\
import balancegame as bg
bg.explore_elimination(bg.models["balancing-at-once"].game())"""

REPEATED = """\
import balancegame as bg
bg.explore(bg.models["alliance"], sliders=["delta", "s", "h"])"""

STOCHASTIC = """\
import balancegame as bg
bg.explore(bg.models["hostility"], sliders=["delta", "f", "r"], delta="1/2")"""

SIGNALS = """\
import balancegame as bg
bg.explore(bg.models["costly-signal"], sliders=["p", "s_L", "s_H"])"""

PLAY = """\
import balancegame as bg
bg.play(bg.models["alliance"], against="tit for tat")"""

# Two players in turn, with three and five actions: a tree of 15 ends and four nodes.
TREE = """\
import balancegame as bg
at_once = bg.Model(
    name="tree-at-once", title="At once", players=("A", "B"),
    actions=(tuple("xyz"), tuple("abcde")),
    payoffs=[
        [[f"{(3 * i + 5 * j) % 7} - t" if i else f"{j}" for j in range(5)] for i in range(3)],
        [[f"{(2 * i + 3 * j) % 5} + t * {j % 2}" for j in range(5)] for i in range(3)],
    ],
    parameters=[bg.Parameter("t", "drawn", 0, -4, 6, "1/5")],
)
tree = bg.SequentialModel(
    name="tree", title="In turn", at_once=at_once, order=("A", "B"),
    when_indifferent={"B": tuple("abcde")},
)
bg.explore(tree)"""

# Seventeen members of different weights, a bar of power and a slider for each.
VOTES = """\
import balancegame as bg
weights = [29, 27, 27, 27, 14, 13, 12, 12, 10, 10, 10, 10, 10, 7, 7, 4, 3]
bg.explore(bg.CoalitionalGame.weighted(weights, 150))"""

SPLIT = """\
import balancegame as bg
bg.explore(bg.models["pipeline"])"""

BARGAIN = """\
import balancegame as bg
bg.explore(bg.models["kurils"])"""

THREE_PLAYERS = """\
import balancegame as bg
bg.explore(bg.models["balancing-at-once"])"""

INTERACT = """\
%matplotlib inline
import ipywidgets
from matplotlib_explorer import show
ipywidgets.interact(show, s=ipywidgets.FloatSlider(6, min=0, max=20, step=0.5))"""


def measure() -> dict[str, Any]:
    """Return the median milliseconds from key press to pixels of both, and their ratio."""
    with lab() as (context, folder):
        ours = _explorer(context.new_page(), folder)
        theirs = _matplotlib(context.new_page(), folder)
        plain = _diagram(context.new_page(), folder, 1)
        dense = _diagram(context.new_page(), folder, 3)
        moved = [
            side(diagram)
            for diagram in (plain, dense)
            for side in (_point, _redrawn, _redrawn_to_and_fro)
        ]
        times = taken_in_turns([ours, theirs, *moved])
    first, second, *diagrams = map(statistics.median, times)
    return {
        "explorer": first,
        "explorer_slowest_twentieth": statistics.quantiles(times[0], n=20)[-1],
        "matplotlib": second,
        "ratio": first / second,
        "diagrams": diagrams,
    }


def measure_others() -> tuple[float, dict[str, float]]:
    """Return the median milliseconds of lesson 1's explorer, and those of every other explorer."""
    with lab() as (context, folder):
        sides = [open_in(context.new_page(), folder) for open_in in (_explorer, *OTHERS.values())]
        first, *others = map(statistics.median, taken_in_turns(sides))
    return first, dict(zip(OTHERS, others, strict=True))


def measure_against(
    checkout: Path, names: Iterable[str] = ()
) -> Iterator[tuple[str, float, float, bool]]:
    """Yield the median milliseconds of explorers here and in another checkout.

    Parameters
    ----------
    checkout : Path
        A checkout of this repository with an environment in ``.venv``.
    names : iterable of str, optional
        Which explorers; by default lesson 1's and every other.

    Yields
    ------
    name : str
    ours, theirs : float
    known : bool
        Whether the other checkout has this explorer; if not, theirs is that of its lesson 1.
    """
    explorers = {LESSON_1: _explorer, **OTHERS, **DIAGRAMS}
    with labs(sys.executable, checkout / ".venv" / "bin" / "python") as both:
        for name in list(names) or list(explorers):
            # In one browser and in turns, so that the machine's load weighs on both alike.
            (page, folder), (other_page, other_folder) = pages = [
                (context.new_page(), folder) for context, folder in both
            ]
            here, known = explorers[name](page, folder), True
            try:
                there = explorers[name](other_page, other_folder)
            except CellError:
                there, known = _explorer(other_page, other_folder), False
            ours, theirs = map(statistics.median, taken_in_turns([here, there]))
            yield name, ours, theirs, known
            for opened, _ in pages:
                opened.close()


def _print_against(checkout: Path) -> None:
    print(f"Side by side with the checkout in {checkout}: this one, that one")
    for what, ours, theirs, known in measure_against(checkout):
        verdict = f"{abs(1 - ours / theirs):.0%} {'less' if ours <= theirs else 'MORE'}"
        if not known:
            verdict += " than its lesson 1: it has no such explorer"
        print(f"  {what:<60} {ours:7.1f} {theirs:7.1f}  {verdict}", flush=True)


def main() -> None:
    """Print the medians and their ratio; against an earlier checkout, those of both."""
    checkout = os.environ.get("BENCHMARK_AGAINST")
    if checkout:
        _print_against(Path(checkout).resolve())
        return
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
        print(f"  {what:<48} {taken:7.1f}  {times:.2f} times as long: {verdict}")
    first, others = measure_others()
    print(f"Every other explorer, against bg.explore ({first:.1f})")
    for what, taken in others.items():
        times = taken / first
        # Medians of one explorer measured twice differ by a tenth.
        verdict = "no longer" if times <= 1.1 else "LONGER"
        print(f"  {what:<48} {taken:7.1f}  {times:.2f} times as long: {verdict}")


def _explorer(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "explorer", EXPLORER)
    return presses(page, explorer.get_by_role("slider").first, ".bg-answer")


def _diagram(page: Any, folder: Path, moving: int) -> Any:
    return unlocked(page, folder, f"diagram_{moving}", DIAGRAM.format(moving=moving))


def _point(explorer: Any) -> Iterator[float]:
    return presses(explorer.page, explorer.get_by_role("application"), ".bg-here")


def _redrawn(explorer: Any) -> Iterator[float]:
    return presses(explorer.page, _off_the_axes(explorer), ".bg-plot-picture")


def _redrawn_to_and_fro(explorer: Any) -> Iterator[float]:
    keys = ("ArrowRight", "ArrowLeft")
    return presses(explorer.page, _off_the_axes(explorer), ".bg-plot-picture", keys)


def _off_the_axes(explorer: Any) -> Any:
    return explorer.get_by_role("slider", name="w =")


def _matplotlib(page: Any, folder: Path) -> Iterator[float]:
    shutil.copy(Path(__file__).with_name("matplotlib_explorer.py"), folder / "notebooks")
    run(page, folder, "matplotlib", INTERACT)
    page.locator(".widget-output img").wait_for()
    return presses(page, page.locator(".widget-slider .noUi-handle"), ".widget-output img")


def _mixture(page: Any, folder: Path) -> Iterator[float]:
    run(page, folder, "mixture", MIXTURE)
    keys = ("ArrowLeft",) * 20 + ("ArrowRight",) * 20
    return presses(page, page.get_by_role("slider", name="Probability"), ".bg-picture", keys)


def _elimination(page: Any, folder: Path) -> Iterator[float]:
    run(page, folder, "elimination", ELIMINATION)
    keys = ("ArrowRight",) * 2 + ("ArrowLeft",) * 2
    return presses(page, page.get_by_role("slider", name="Rounds"), ".bg-picture", keys)


def _repeated(page: Any, folder: Path) -> Iterator[float]:
    # The first slider is that of delta, by whichever name.
    explorer = unlocked(page, folder, "repeated", REPEATED)
    return presses(page, explorer.get_by_role("slider").first, ".bg-payoff-picture")


def _stochastic(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "stochastic", STOCHASTIC)
    return presses(page, explorer.get_by_role("slider").first, ".bg-solution")


def _signals(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "signals", SIGNALS)
    return presses(page, explorer.get_by_role("slider").first, ".bg-payoff-picture")


def _play(page: Any, folder: Path) -> Iterator[float]:
    run(page, folder, "play", PLAY)
    act = page.locator(".bg-play").get_by_role("button").first
    return presses(page, act, ".bg-play-history", ("Enter",))


def _three_players(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "three_players", THREE_PLAYERS)
    return presses(page, explorer.get_by_role("slider").first, ".bg-bar")


def _tree(page: Any, folder: Path) -> Iterator[float]:
    run(page, folder, "tree", TREE)
    explorer = page.locator(".bg-tree-explorer")
    # An earlier checkout shows the table of such a model.
    page.locator(".bg-explorer").wait_for()
    if not explorer.count():
        raise CellError("this checkout draws no tree")
    for group in explorer.get_by_role("radiogroup").all():
        group.get_by_role("radio").first.press("Space")
    explorer.get_by_role("button", name="Place bet").click()
    explorer.locator(".bg-tree-answer p").first.wait_for()
    return presses(page, explorer.get_by_role("slider").first, ".bg-tree")


def _votes(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "votes", VOTES)
    return presses(page, explorer.get_by_role("slider", name="player 9 ="), ".bg-quotas p")


def _split(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "split", SPLIT)
    keys = ("ArrowUp",) * 10 + ("ArrowDown",) * 10
    return presses(page, explorer.get_by_role("application"), ".bg-split-picture", keys)


def _bargain(page: Any, folder: Path) -> Iterator[float]:
    explorer = unlocked(page, folder, "bargain", BARGAIN)
    return presses(page, explorer.get_by_role("slider", name="v_J ="), ".bg-payoff-picture")


LESSON_1 = "bg.explore of lesson 1, s moves"
DIAGRAMS: dict[str, Opened] = {
    f"a diagram on screen, {what}": lambda page, folder, side=side, moving=moving: side(
        _diagram(page, folder, moving)
    )
    for moving, payoffs in ((1, "payoffs of one parameter"), (3, "payoffs of three"))
    for what, side in (
        (f"the point moves, {payoffs}", _point),
        (f"a slider goes on, {payoffs}", _redrawn),
        (f"a slider goes to and fro, {payoffs}", _redrawn_to_and_fro),
    )
}
OTHERS: dict[str, Opened] = {
    "bg.explore_mixture, one's own mixture moves": _mixture,
    "bg.explore_elimination, a round on or back": _elimination,
    "bg.explore of a repeated game, delta moves": _repeated,
    "bg.play, one period more": _play,
    "bg.explore of a game of three players": _three_players,
    "bg.explore of a world that changes, delta moves": _stochastic,
    "bg.explore of a tree of 15 ends": _tree,
    "bg.explore of a signalling game, the prior moves": _signals,
    "bg.explore of votes of 17 members, a weight moves": _votes,
    "bg.explore of a split among three, it moves": _split,
    "bg.explore of a bargain, a parameter moves": _bargain,
}


if __name__ == "__main__":
    main()
