"""What an explorer shows, as data for the page: pure functions of a setting.

The page gets all of it at once, so that table, marks, pictures and words never disagree. It gets
nothing that would give the answer away before the bet is placed.
"""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from itertools import product, zip_longest
from typing import Any

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.change import explain_change
from balancegame.explain.explanation import Explanation
from balancegame.explain.numbers import on_a_page, shortened
from balancegame.explain.sequential import reply_reasons
from balancegame.figures import draw
from balancegame.figures.best_response_marks import Marks, best_response_marks, legend
from balancegame.figures.best_response_square import square_plot
from balancegame.figures.payoff_table import panels
from balancegame.figures.player_looks import looks
from balancegame.figures.svg import document
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.label_sets import played_cells
from balancegame.solvers.normal_form.nash import NashSubset
from balancegame.solvers.parametric.regime_names import supports_of_subset
from balancegame.widgets.answers import answer_in_words, answers, clause, solution, subsets
from balancegame.widgets.bet import cell_key, options, question
from balancegame.widgets.chart import bets, here, picture, still
from balancegame.widgets.explorer import Still
from balancegame.widgets.normal_form_setting import Cell, NormalFormSetting, Refusal, payoff_name
from balancegame.widgets.setting import controls, still_controls
from balancegame.widgets.slider_bar import slider_bar
from balancegame.wording import and_list, called, capital

LONGEST_PAYOFF = 14


def layout(setting: NormalFormSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used: names, sliders, presets, choices."""
    game = setting.game
    return {
        **still_controls(setting),
        "players": list(game.players),
        "looks": [asdict(look) for look in looks(game.players)],
        "legend": list(legend(game)),
        "square": game.shape == (2, 2),
        "panels": [_panel(game, rest) for rest in panels(game)],
        "rows": list(game.actions[0]),
        "columns": list(game.actions[1]) if len(game.players) > 1 else ["payoff"],
        "question": question(game),
        "choices": [{"value": value, "words": words} for value, words in options(game).items()],
        "diagram": still(setting.chart) if setting.chart else None,
    }


def diagram(setting: NormalFormSetting) -> dict[str, Any]:
    """Return the phase diagram that an explorer shows, if it has one; its point is in the view."""
    return picture(setting.chart, named=setting.bet is not None) if setting.chart else {}


def view(setting: NormalFormSetting) -> dict[str, Any]:
    """Return everything that an explorer shows of a setting."""
    shown = {
        **controls(setting),
        "locked": setting.bet is None,
        "edited": setting.edited,
        "status": _status(setting),
        "reset": "Reset payoffs" if setting.edited or setting.refused else "Reset",
        "payoffs": _payoffs(setting, None),
        "pure": [],
        "bet": None,
        "heading": "Equilibrium",
        **dict.fromkeys(("answer", "explanation", "change", "square"), ""),
        "point": _point(setting),
        "bets": None,
    }
    if setting.bet is None:
        if setting.chart and not setting.edited:
            shown["bets"] = bets(setting.chart, setting.values)
        return shown
    marks = best_response_marks(setting.game)
    pure = sorted(marks.equilibria) if len(setting.game.players) > 1 else []
    return shown | {
        **_answer(setting),
        **_pictured(setting),
        **_bar(setting),
        "payoffs": _payoffs(setting, marks),
        "pure": [cell_key(cell) for cell in pure],
        "bet": {**asdict(setting.bet), "answer": on_a_page(setting.bet.answer)},
        "change": _change(setting),
    }


def reasons(setting: NormalFormSetting) -> Explanation:
    """Return the reasons for the equilibria of a game of one or two players."""
    found = explain(solution(setting.game))
    if setting.model is None or setting.edited:
        return found
    replies = reply_reasons(setting.model, setting.values)
    return Explanation((*replies, *found.reasons))


def on_paper(setting: NormalFormSetting) -> Still:
    """Return what of a setting stands where nothing can move."""
    game, model = setting.game, setting.model
    if model is None or setting.edited:
        figures = [draw(game)]
    elif setting.chart is None:
        figures = [draw(model, **setting.values)]
    else:
        figures = [draw(setting.chart.shown.diagram, **setting.values), draw(game)]
    if len(game.players) > 2:
        words = answer_in_words(game)
        return Still(figures, f"<p>{escape(words)}</p>", words)
    why = reasons(setting)
    return Still(figures, why.html, str(why))


def _panel(game: NormalFormGame, rest: Cell) -> dict[str, Any]:
    fixed = and_list(
        f"{called(player)} plays {names[a]}"
        for player, names, a in zip(game.players[2:], game.actions[2:], rest, strict=True)
    )
    columns = [(j,) for j in range(game.shape[1])] if len(game.players) > 1 else [()]

    def entry(cell: Cell) -> dict[str, Any]:
        names = [payoff_name(game, i, cell) for i in range(len(game.players))]
        return {"key": cell_key(cell), "cell": list(cell), "names": names}

    return {
        "fixed": f"Where {fixed}" if fixed else "",
        "cells": [[entry((i, *column, *rest)) for column in columns] for i in range(game.shape[0])],
    }


def _payoffs(setting: NormalFormSetting, marks: Marks | None) -> dict[str, Any]:
    """Return each payoff's text, whether it is a best response, and why a text was refused."""
    shown = {}
    for player, cell in product(range(len(setting.game.players)), setting.game.cells()):
        value = plain(setting.game.at(player, cell))
        # A payoff such as 1e400 has more figures than a cell has room for.
        shown_as = shortened(value) if len(value) > LONGEST_PAYOFF else value
        refusal = setting.refused.get((player, cell), Refusal(shown_as, ""))
        shown[f"{player}:{cell_key(cell)}"] = {
            "text": refusal.text,
            "value": shown_as,
            "refused": refusal.reason,
            "best": marks is not None and cell in marks.best[player],
        }
    return shown


def _pictured(setting: NormalFormSetting) -> dict[str, str]:
    game = setting.game
    if len(game.players) > 2:
        return {}
    shown = {"explanation": reasons(setting).html}
    if game.shape == (2, 2):
        plot = square_plot(solution(game))
        shown["square"] = document(plot, "Best responses and equilibria", margin=2)
    return shown


def _answer(setting: NormalFormSetting) -> dict[str, str]:
    game = setting.game
    later = setting.model.later if setting.model and not setting.edited else ()
    heading = "Equilibrium" if len(subsets(game)) == 1 else "Equilibria"
    if len(game.players) == 1 and not later:
        heading = "Best choice"
    elif len(game.players) > 2:
        heading = f"{heading} in pure strategies"
    found = answers(game)
    if later:
        ends = [_afterwards(setting, subset) for subset in subsets(game)[: len(found)]]
        found = tuple(map("".join, zip_longest(found, ends, fillvalue="")))
    clauses = [f"{escape(on_a_page(capital(clause)))}." for clause in found]
    listed = "".join(f"<li>{clause}</li>" for clause in clauses)
    return {"heading": heading, "answer": f"<ul>{listed}</ul>" if clauses[1:] else clauses[0]}


def _afterwards(setting: NormalFormSetting, subset: NashSubset) -> str:
    """Say what those who move later do, if they do the same after all that may be played."""
    replies = setting.model.played_at(setting.values).replies
    supports = supports_of_subset(subset)[: len(setting.game.players)]
    played = [replies[cell] for cell in played_cells(supports)]
    same = [
        f"{called(player)} plays {actions[chosen[0]]}"
        for (player, actions), chosen in zip(
            setting.model.later, zip(*played, strict=True), strict=True
        )
        if len({*chosen}) == 1
    ]
    return f"; then {and_list(same)}" if same else ""


def _bar(setting: NormalFormSetting) -> dict[str, str]:
    """Return where the first slider stands, if the sliders say what the game is.

    A phase diagram says more than a bar, so beside one there is none.
    """
    if not setting.sliders or setting.edited or setting.chart:
        return {}
    return slider_bar(setting.model, setting.sliders[0], setting.values)


def _point(setting: NormalFormSetting) -> dict[str, str] | None:
    if setting.chart is None:
        return None
    point = here(setting.chart, setting.values, setting.bet is not None and not setting.edited)
    return {**point, "text": ""} if setting.edited else point


def _change(setting: NormalFormSetting) -> str:
    if setting.model is None or setting.edited or setting.before in ({}, setting.values):
        return ""
    return explain_change(setting.model, setting.before, setting.values, clause).html


def _status(setting: NormalFormSetting) -> str:
    refused = "A payoff was refused; the game is as it was before." if setting.refused else ""
    if not setting.edited:
        return refused
    then = "; Reset payoffs brings the first ones back."
    if setting.model is not None:
        detached = "the sliders and the diagram" if setting.chart else "the sliders"
        then = f": {detached} are detached until you press Reset payoffs."
    return f"{refused} You edited the payoffs by hand{then}".strip()
