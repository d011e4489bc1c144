"""What an explorer shows, as data for the page: pure functions of a setting.

The page gets all of it at once, so that table, marks, pictures and words never disagree. It gets
nothing that would give the answer away before the bet is placed.
"""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from functools import lru_cache
from html import escape
from typing import Any

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.explain.change import explain_change
from balancegame.explain.explanation import Explanation
from balancegame.explain.sequential import reply_reasons
from balancegame.figures import draw
from balancegame.figures.best_response_marks import Marks, best_response_marks, legend, shape
from balancegame.figures.best_response_square import square_plot
from balancegame.figures.payoff_table import panels
from balancegame.figures.svg import Drawing, document
from balancegame.figures.threshold_bar import ThresholdBar, bar_drawing, stand, threshold_bar
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.widgets.answers import answer_in_words, answers, clause, solution, subsets
from balancegame.widgets.bet import options, question
from balancegame.widgets.chart import bets, here, picture, still
from balancegame.widgets.explorer import Still
from balancegame.widgets.normal_form_setting import Cell, NormalFormSetting, Place, payoff_name
from balancegame.widgets.setting import controls, still_controls
from balancegame.wording import and_list, called, capital

BAR_WIDTH = 255
MOST_BARS = 256


def layout(setting: NormalFormSetting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used: names, sliders, presets, choices."""
    game = setting.game
    return {
        **still_controls(setting),
        "players": list(game.players),
        "shapes": [shape(i) for i in range(len(game.players))],
        "legend": list(legend(game)),
        "square": _has_square(game),
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
        "square": "",
        "heading": "Equilibrium",
        "answer": "",
        "explanation": "",
        "change": "",
        "point": _point(setting),
        "bets": _bets(setting),
    }
    if setting.bet is None:
        return shown
    game, marks = setting.game, best_response_marks(setting.game)
    pure = sorted(marks.equilibria) if len(game.players) > 1 else []
    return shown | {
        **_answer(game),
        **_pictured(setting),
        **_bar(setting),
        "payoffs": _payoffs(setting, marks),
        "pure": [_key(cell) for cell in pure],
        "bet": asdict(setting.bet),
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
        return {"key": _key(cell), "cell": list(cell), "names": names}

    return {
        "fixed": f"Where {fixed}" if fixed else "",
        "cells": [[entry((i, *column, *rest)) for column in columns] for i in range(game.shape[0])],
    }


def _payoffs(setting: NormalFormSetting, marks: Marks | None) -> dict[str, Any]:
    """Return each payoff's text, whether it is a best response, and why a text was refused."""
    game = setting.game
    shown = {}
    for cell in game.cells():
        for player in range(len(game.players)):
            place: Place = (player, cell)
            refusal = setting.refused.get(place)
            shown[f"{player}:{_key(cell)}"] = {
                "text": refusal.text if refusal else plain(game.at(player, cell)),
                "value": plain(game.at(player, cell)),
                "refused": refusal.reason if refusal else "",
                "best": marks is not None and cell in marks.best[player],
            }
    return shown


def _pictured(setting: NormalFormSetting) -> dict[str, str]:
    game = setting.game
    if len(game.players) > 2:
        return {}
    square = ""
    if _has_square(game):
        plot = square_plot(solution(game))
        square = document(plot, "Best responses and equilibria", margin=2)
    return {"explanation": reasons(setting).html, "square": square}


def _answer(game: NormalFormGame) -> dict[str, str]:
    clauses = [f"{escape(capital(clause))}." for clause in answers(game)]
    listed = "".join(f"<li>{clause}</li>" for clause in clauses)
    return {
        "heading": _heading(game, len(subsets(game))),
        "answer": clauses[0] if len(clauses) == 1 else f"<ul>{listed}</ul>",
    }


def _heading(game: NormalFormGame, count: int) -> str:
    if len(game.players) == 1:
        return "Best choice"
    noun = "Equilibrium" if count == 1 else "Equilibria"
    return noun if len(game.players) == 2 else f"{noun} in pure strategies"


def _bar(setting: NormalFormSetting) -> dict[str, str]:
    """Return where the first slider stands, if the sliders say what the game is.

    A phase diagram says more than a bar, so beside one there is none.
    """
    if not setting.sliders or setting.edited or setting.chart:
        return {}
    name = setting.sliders[0]
    value = setting.values[name]
    bar = _threshold_bar(setting.model, name, frozenset(setting.values.items() - {(name, value)}))
    drawing = bar_drawing(bar, value, BAR_WIDTH)
    return {"bar": _stretched(drawing, f"Thresholds of {name}"), "stand": f"{stand(bar, value)}."}


# To move along a bar must not cost finding it again, nor to move back to where one was.
@lru_cache(maxsize=MOST_BARS)
def _threshold_bar(
    model: NormalFormModel, name: str, others: frozenset[tuple[str, Fraction]]
) -> ThresholdBar:
    return threshold_bar(model, name, dict(others))


def _point(setting: NormalFormSetting) -> dict[str, str] | None:
    if setting.chart is None:
        return None
    point = here(setting.chart, setting.values, setting.bet is not None and not setting.edited)
    return point | {"text": ""} if setting.edited else point


def _bets(setting: NormalFormSetting) -> dict[str, Any] | None:
    if setting.chart is None or setting.bet is not None or setting.edited:
        return None
    return bets(setting.chart, setting.values)


def _stretched(drawing: Drawing, title: str) -> str:
    """Return a drawing whose places are shares of its width, as wide as the page lets it be."""
    return (
        f'<svg class="balancegame-figure" xmlns="http://www.w3.org/2000/svg" width="100%" '
        f'height="{drawing.height:g}" overflow="visible" role="img"><title>{escape(title)}</title>'
        f"<desc>{escape(drawing.alt)}</desc>{drawing.body}</svg>"
    )


def _change(setting: NormalFormSetting) -> str:
    if setting.model is None or setting.edited or setting.before in ({}, setting.values):
        return ""
    return explain_change(setting.model, setting.before, setting.values, clause).html


def _status(setting: NormalFormSetting) -> str:
    sentences = []
    if setting.refused:
        sentences.append("A payoff was refused; the game is as it was before.")
    if setting.edited and setting.model is not None:
        detached = "the sliders and the diagram" if setting.chart else "the sliders"
        sentences.append(
            f"You edited the payoffs by hand: {detached} are detached until you press Reset."
        )
    elif setting.edited:
        sentences.append("You edited the payoffs by hand; Reset brings the first ones back.")
    return " ".join(sentences)


def _has_square(game: NormalFormGame) -> bool:
    return game.shape == (2, 2)


def _key(cell: Cell) -> str:
    return ",".join(map(str, cell))
