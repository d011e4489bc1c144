"""What an explorer shows, as data for the page: pure functions of a setting.

The page gets all of it at once, so that table, marks, pictures and words never disagree. It gets
nothing that would give the answer away before the bet is placed.
"""

from __future__ import annotations

from fractions import Fraction
from html import escape
from typing import Any

from balancegame.exact import plain
from balancegame.explain import explain
from balancegame.figures.best_response_marks import Marks, best_response_marks, legend, shape
from balancegame.figures.best_response_square import square_plot
from balancegame.figures.payoff_table import panels
from balancegame.figures.svg import Drawing, document
from balancegame.figures.threshold_bar import bar_drawing, stand
from balancegame.games.normal_form import NormalFormGame
from balancegame.games.parameter import Parameter
from balancegame.solvers.normal_form.nash import NashSubset, equilibria
from balancegame.widgets.bet import answers, options, question, subsets
from balancegame.widgets.chart import bets, here, picture, still
from balancegame.widgets.reasons import reasons
from balancegame.widgets.setting import Cell, Place, Setting, bar_of, payoff_name
from balancegame.wording import and_list, called, capital

MOST_POSITIONS = 401
BAR_WIDTH = 255


def layout(setting: Setting) -> dict[str, Any]:
    """Return what stays as it is while an explorer is used: names, sliders, presets, choices."""
    game, model = setting.game, setting.model
    return {
        "title": model.title if model else "",
        "omits": model.omits if model else "",
        "players": list(game.players),
        "shapes": [shape(i) for i in range(len(game.players))],
        "legend": list(legend(game)),
        "square": _has_square(game),
        "sliders": [_slider(setting, name) for name in setting.sliders],
        "presets": list(model.presets) if model else [],
        "panels": [_panel(game, rest) for rest in panels(game)],
        "rows": list(game.actions[0]),
        "columns": list(game.actions[1]) if len(game.players) > 1 else ["payoff"],
        "question": question(game),
        "choices": [{"value": value, "words": words} for value, words in options(game).items()],
        "diagram": still(setting.chart) if setting.chart else None,
    }


def diagram(setting: Setting) -> dict[str, Any]:
    """Return the phase diagram that an explorer shows, if it has one; its point is in the view."""
    return picture(setting.chart, named=setting.bet is not None) if setting.chart else {}


def view(setting: Setting, message: str = "") -> dict[str, Any]:
    """Return everything that an explorer shows of a setting.

    Parameters
    ----------
    setting : Setting
    message : str, optional
        Why the last request could not be met.
    """
    shown = {
        "message": message,
        "locked": setting.bet is None,
        "edited": setting.edited,
        "values": {name: plain(value) for name, value in setting.values.items()},
        "held": _held(setting),
        "preset": _preset(setting),
        "status": _status(setting),
        "reset": _reset_words(setting),
        "payoffs": _payoffs(setting, None),
        "pure": [],
        "bet": None,
        "square": "",
        "bar": "",
        "stand": "",
        "heading": "Equilibrium",
        "answer": "",
        "explanation": "",
        "change": "",
        "point": _point(setting),
        "bets": _bets(setting),
    }
    if setting.bet is None:
        return shown
    marks = best_response_marks(setting.game)
    return (
        shown
        | _solution(setting)
        | {
            "payoffs": _payoffs(setting, marks),
            "pure": [_key(cell) for cell in sorted(marks.equilibria)] if _is_game(setting) else [],
            "bet": {
                "words": setting.bet.words,
                "answer": setting.bet.answer,
                "outcome": setting.bet.outcome,
                "verdict": setting.bet.verdict,
            },
            "change": _change(setting),
            **_bar(setting),
        }
    )


def positions(setting: Any, name: str) -> tuple[Fraction, ...]:
    """Return where a slider can stop: its steps, its ends, and every value of a preset."""
    parameter = setting.model.parameters[name]
    steps = (parameter.high - parameter.low) / parameter.step
    stride = max(1, -(-steps.numerator // (steps.denominator * (MOST_POSITIONS - 1))))
    grid = {parameter.low + parameter.step * stride * k for k in range(int(steps / stride) + 1)}
    named = {preset[name] for preset in setting.model.presets.values() if name in preset}
    extra = {parameter.default, parameter.high, setting.start[name]}
    return tuple(sorted(grid | named | extra))


def _slider(setting: Setting, name: str) -> dict[str, Any]:
    assert setting.model is not None
    parameter: Parameter = setting.model.parameters[name]
    return {
        "name": name,
        "meaning": parameter.meaning,
        "source": parameter.source,
        "low": plain(parameter.low),
        "high": plain(parameter.high),
        "values": [plain(value) for value in positions(setting, name)],
    }


def _panel(game: NormalFormGame, rest: Cell) -> dict[str, Any]:
    fixed = (
        and_list(
            f"{called(player)} plays {names[a]}"
            for player, names, a in zip(game.players[2:], game.actions[2:], rest, strict=True)
        )
        if rest
        else ""
    )
    columns = game.shape[1] if len(game.players) > 1 else 1
    cells = [
        [(i, j, *rest) if len(game.players) > 1 else (i,) for j in range(columns)]
        for i in range(game.shape[0])
    ]
    return {
        "fixed": f"Where {fixed}" if fixed else "",
        "cells": [
            [
                {
                    "key": _key(cell),
                    "cell": list(cell),
                    "names": [payoff_name(game, i, cell) for i in range(len(game.players))],
                }
                for cell in row
            ]
            for row in cells
        ],
    }


def _payoffs(setting: Setting, marks: Marks | None) -> dict[str, Any]:
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


def _solution(setting: Setting) -> dict[str, str]:
    game = setting.game
    if len(game.players) > 2:
        return _answer(game, subsets(game))
    solution = equilibria(game)
    found = tuple(subset for component in solution.components for subset in component)
    square = square_plot(solution) if _has_square(game) else None
    return {
        **_answer(game, found),
        "explanation": reasons(setting, solution).html,
        "square": document(square, "Best responses and equilibria", margin=2) if square else "",
    }


def _answer(game: NormalFormGame, found: tuple[NashSubset, ...]) -> dict[str, str]:
    clauses = [escape(capital(clause)) for clause in answers(game, found)]
    return {
        "heading": _heading(game, len(found)),
        "answer": f"{clauses[0]}."
        if len(clauses) == 1
        else f"<ul>{''.join(f'<li>{clause}.</li>' for clause in clauses)}</ul>",
    }


def _heading(game: NormalFormGame, count: int) -> str:
    if len(game.players) == 1:
        return "Best choice"
    noun = "Equilibrium" if count == 1 else "Equilibria"
    return noun if len(game.players) == 2 else f"{noun} in pure strategies"


def _bar(setting: Setting) -> dict[str, str]:
    bar = bar_of(setting)
    if bar is None:
        return {"bar": "", "stand": ""}
    value = setting.values[bar.parameter.symbol]
    drawing = bar_drawing(bar, value, BAR_WIDTH)
    return {
        "bar": _stretched(drawing, f"Thresholds of {bar.parameter.symbol}"),
        "stand": f"{stand(bar, value)}.",
    }


def _point(setting: Setting) -> dict[str, str] | None:
    if setting.chart is None:
        return None
    point = here(setting.chart, setting.values, setting.bet is not None and not setting.edited)
    return point | {"text": ""} if setting.edited else point


def _bets(setting: Setting) -> dict[str, Any] | None:
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


def _change(setting: Setting) -> str:
    if setting.model is None or setting.edited or setting.before in ({}, setting.values):
        return ""
    return explain(setting.model, setting.before, setting.values).html


def _preset(setting: Setting) -> dict[str, Any]:
    if setting.model is None or not setting.preset:
        return {"title": "", "story": "", "sources": []}
    preset = setting.model.presets[setting.preset]
    sources = [
        {"name": name, "value": plain(value), "source": preset.sources[name]}
        for name, value in preset.items()
    ]
    return {"title": setting.preset, "story": preset.story, "sources": sources}


def _held(setting: Setting) -> list[dict[str, str]]:
    if setting.model is None:
        return []
    return [
        {"name": name, "value": plain(value), "meaning": setting.model.parameters[name].meaning}
        for name, value in setting.values.items()
        if name not in setting.sliders
    ]


def _status(setting: Setting) -> str:
    sentences = []
    if setting.refused:
        sentences.append("A payoff was refused; the game is as it was before.")
    if setting.edited and setting.model is not None:
        sentences.append(
            f"You edited the payoffs by hand: {_movable(setting)} are detached until you press "
            "Reset."
        )
    elif setting.edited:
        sentences.append("You edited the payoffs by hand; Reset brings the first ones back.")
    return " ".join(sentences)


def _movable(setting: Setting) -> str:
    return "the sliders and the diagram" if setting.chart else "the sliders"


def _reset_words(setting: Setting) -> str:
    return "Reset payoffs" if setting.edited or setting.refused else "Reset"


def _has_square(game: NormalFormGame) -> bool:
    return game.shape == (2, 2)


def _is_game(setting: Setting) -> bool:
    return len(setting.game.players) > 1


def _key(cell: Cell) -> str:
    return ",".join(map(str, cell))
