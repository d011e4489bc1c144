"""An explorer as a page that does not move: for GitHub, converted notebooks and print."""

from __future__ import annotations

from html import escape

from balancegame.figures import Figure, draw
from balancegame.widgets.bet import answer_in_words, subsets
from balancegame.widgets.reasons import reasons
from balancegame.widgets.setting import Setting

# In a live notebook the page waits for the explorer that hides it, lest it give the answer away.
_PATIENCE = (
    "<style>@keyframes balancegame-page { from { visibility: hidden } } "
    ".jp-NotebookPanel .balancegame-page { animation: balancegame-page 0s 3s both }</style>"
)


def page(setting: Setting) -> dict[str, str]:
    """Return a setting as ``text/html`` and ``text/plain``: figure, caption and explanation."""
    figures = _figures(setting)
    pictures = "".join(
        f"{figure._repr_html_()}<details><summary>The picture in words</summary>"
        f"<p>{escape(figure.alt)}</p></details>"
        for figure in figures
    )
    html = f'{_PATIENCE}<div class="balancegame-page">{pictures}{_explanation(setting)}</div>'
    text = "\n".join(map(str, [*figures, _explanation_text(setting)]))
    return {"text/html": html, "text/plain": text}


def _figures(setting: Setting) -> list[Figure]:
    if setting.model is None or setting.edited:
        return [draw(setting.game)]
    if setting.chart is None:
        return [draw(setting.model, **setting.values)]
    return [draw(setting.chart.shown.diagram, **setting.values), draw(setting.game)]


def _explanation(setting: Setting) -> str:
    if len(setting.game.players) > 2:
        return f"<p>{escape(_explanation_text(setting))}</p>"
    return reasons(setting).html


def _explanation_text(setting: Setting) -> str:
    if len(setting.game.players) > 2:
        return answer_in_words(setting.game, subsets(setting.game))
    return str(reasons(setting))
