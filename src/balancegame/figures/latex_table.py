"""A game as a LaTeX table, best responses underlined."""

from __future__ import annotations

from balancegame.exact import plain
from balancegame.explain.explanation import latex
from balancegame.figures.best_response_marks import Cell, Marks, best_response_marks
from balancegame.figures.payoff_table import others_play, panels
from balancegame.games.normal_form import NormalFormGame, require_game

_SPECIAL = {
    "\\": r"\textbackslash{}",
    **{c: rf"\{c}" for c in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def to_latex(game: NormalFormGame) -> str:
    r"""Return a game as LaTeX: a table of payoffs, each player's best responses underlined.

    Parameters
    ----------
    game : NormalFormGame
        Of three and more players there is a table for each combination of the further players'
        actions. Names in other scripts need an engine such as XeLaTeX.

    Examples
    --------
    >>> print(to_latex(NormalFormGame([[[2, 0], [3, "1/2"]], [[2, 3], [0, 1]]])))
    \begin{tabular}{r|cc}
     & \multicolumn{2}{c}{player 2} \\
    player 1 & action 1 & action 2 \\
    \hline
    action 1 & $2,\; 2$ & $0,\; \underline{3}$ \\
    action 2 & $\underline{3},\; 0$ & $\underline{\frac{1}{2}},\; \underline{1}$ \\
    \end{tabular}
    """
    require_game(game, "to_latex")
    marks = best_response_marks(game)
    alone = len(game.players) == 1
    columns = ("payoff",) if alone else game.actions[1]
    tables = []
    for rest in panels(game):
        lines = [rf"Where {_text(others_play(game, rest))}:\par"] if rest else []
        lines.append(rf"\begin{{tabular}}{{r|{'c' * len(columns)}}}")
        if not alone:
            lines.append(rf" & \multicolumn{{{len(columns)}}}{{c}}{{{_text(game.players[1])}}} \\")
        lines.append(" & ".join(map(_text, (game.players[0], *columns))) + r" \\")
        lines.append(r"\hline")
        for a, action in enumerate(game.actions[0]):
            cells = [(a,)] if alone else [(a, b, *rest) for b in range(len(columns))]
            entries = [_payoffs(game, marks, cell) for cell in cells]
            lines.append(" & ".join([_text(action), *entries]) + r" \\")
        lines.append(r"\end{tabular}")
        tables.append("\n".join(lines))
    return "\n\n".join(tables)


def _payoffs(game: NormalFormGame, marks: Marks, cell: Cell) -> str:
    """Return each player's payoff in a cell, underlined where it is from a best response."""
    payoffs, between = [], r",\; "
    for player, best in enumerate(marks.best):
        text = plain(game.at(player, cell))
        if "/" in text and text.replace("/", "").replace("-", "").isdigit():
            above, below = text.removeprefix("-").split("/")
            text = rf"{'-' if text.startswith('-') else ''}\frac{{{above}}}{{{below}}}"
        else:
            text = latex(text)
        payoffs.append(rf"\underline{{{text}}}" if cell in best else text)
    return f"${between.join(payoffs)}$"


def _text(name: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in name)
