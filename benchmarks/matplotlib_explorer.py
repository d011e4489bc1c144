"""The explorer's view drawn with matplotlib: table, square, threshold bar and words."""

from __future__ import annotations

from fractions import Fraction

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Rectangle

import balancegame as bg
from balancegame.figures.best_response_marks import best_response_marks
from balancegame.figures.best_response_square import correspondence
from balancegame.figures.threshold_bar import stand, threshold_bar
from balancegame.solvers.normal_form.nash import Equilibria

MODEL = bg.models["core-dilemma"]
PLAYERS = ("#0b63a5", "#b4490f")
GOLD, RULE = "#f2b705", "#c5d0db"


def show(s: float) -> None:
    """Draw the game at a sanction s and print its equilibria."""
    values = MODEL.values(s=Fraction(s))
    solution = bg.equilibria(MODEL.game(**values))
    # A fixed layout: one that measures every label would take matplotlib twice as long.
    figure = plt.figure(figsize=(9, 5.5))
    grid = figure.add_gridspec(2, 2, height_ratios=(4, 1))
    _table(figure.add_subplot(grid[0, 0]), solution.game)
    _square(figure.add_subplot(grid[0, 1]), solution)
    _bar(figure.add_subplot(grid[1, :]), values)
    plt.show()
    print(bg.explain(solution))


def _table(axes: Axes, game: bg.NormalFormGame) -> None:
    marks = best_response_marks(game)
    axes.set(xlim=(-0.8, 2), ylim=(2.8, -0.6))
    axes.axis("off")
    axes.text(-0.1, -0.15, game.players[0], ha="right", color=PLAYERS[0], weight="bold")
    axes.text(1, -0.4, game.players[1], ha="center", color=PLAYERS[1], weight="bold")
    for i, name in enumerate(game.actions[0]):
        axes.text(-0.1, i + 0.5, name, ha="right", va="center")
    for j, name in enumerate(game.actions[1]):
        axes.text(j + 0.5, -0.15, name, ha="center")
    for cell in game.cells():
        i, j = cell
        axes.add_patch(Rectangle((j, i), 1, 1, fill=False, ec=RULE))
        if cell in marks.equilibria:
            axes.add_patch(Rectangle((j + 0.02, i + 0.02), 0.96, 0.96, fill=False, ec=GOLD, lw=3))
            axes.text(j + 0.97, i + 0.06, "★", ha="center", va="center", color=GOLD)
        for player, colour in enumerate(PLAYERS):
            x, y = j + 0.28 + 0.44 * player, i + 0.5
            axes.text(x, y, str(game.at(player, cell)), ha="center", va="center", color=colour)
            if cell in marks.best[player]:
                axes.add_patch(_mark(player, x, y))
    for player in range(len(PLAYERS)):
        axes.add_patch(_mark(player, -0.5, 2.2 + 0.4 * player, 0.12))
        axes.text(-0.3, 2.2 + 0.4 * player, f"best response of {game.players[player]}", va="center")


def _mark(player: int, x: float, y: float, half: float = 0.18) -> Ellipse | Rectangle:
    look = {"fill": False, "ec": PLAYERS[player], "lw": 2}
    if player == 0:
        return Ellipse((x, y), 2 * half, 2.6 * half, **look)
    return Rectangle((x - half, y - 1.3 * half), 2 * half, 2.6 * half, **look)


def _square(axes: Axes, solution: Equilibria) -> None:
    game = solution.game
    for player, style in enumerate(("-", "--")):
        xs, ys = zip(*correspondence(game, player).points, strict=True)
        label = f"best response of {game.players[player]}"
        axes.plot(
            list(map(float, xs)),
            list(map(float, ys)),
            style,
            color=PLAYERS[player],
            lw=3,
            label=label,
        )
    for component in solution.components:
        for first, second in component:
            xs, ys = [float(v[0]) for v in first], [float(v[0]) for v in second]
            ends = [xs[0], xs[-1]], [ys[0], ys[-1]]
            axes.plot(*ends, color=GOLD, lw=9, marker="o", zorder=0, label="equilibria")
    axes.set(xlabel="Pr(Japan: Comply)", ylabel="Pr(US: Enforce)", aspect="equal")
    axes.grid(visible=True, color=RULE, lw=0.5)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)


def _bar(axes: Axes, values: dict[str, Fraction]) -> None:
    bar = threshold_bar(MODEL, "s", values)
    for region, colour in zip(bar.regions, ("#dfeaf4", "#f6e7da"), strict=True):
        low, high = float(region.low), float(region.high)
        axes.add_patch(Rectangle((low, 0), high - low, 1, fc=colour, ec=RULE))
        axes.text((low + high) / 2, 0.5, "\n".join(region.words), ha="center", va="center")
    axes.axvline(float(bar.thresholds[0].value), color="black")
    axes.plot([float(values["s"])], [1], "v", color=GOLD, mec="black", ms=9, clip_on=False)
    axes.set(xlim=(0, 20), ylim=(0, 1), yticks=[], xlabel=stand(bar, values["s"]))
