"""The bar below the first slider: where it stands against the thresholds of its parameter."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from html import escape

from balancegame.explain.numbers import on_a_page, symbol_on_a_page
from balancegame.figures.svg import Drawing
from balancegame.figures.threshold_bar import ThresholdBar, bar_drawing, stand, threshold_bar
from balancegame.games.normal_form_model import NormalFormModel

BAR_WIDTH = 180
MOST_BARS = 256


def slider_bar(model: NormalFormModel, name: str, values: Mapping[str, Fraction]) -> dict[str, str]:
    """Return the bar of a parameter as markup, and in a sentence where it stands."""
    value = values[name]
    bar = _threshold_bar(model, name, frozenset(values.items() - {(name, value)}))
    drawing = bar_drawing(bar, value, BAR_WIDTH)
    return {
        "bar": _stretched(drawing, f"Thresholds of {symbol_on_a_page(name)}"),
        "stand": f"{on_a_page(stand(bar, value))}.",
    }


# To move along a bar must not cost finding it again, nor to move back to where one was.
@lru_cache(maxsize=MOST_BARS)
def _threshold_bar(
    model: NormalFormModel, name: str, others: frozenset[tuple[str, Fraction]]
) -> ThresholdBar:
    return threshold_bar(model, name, dict(others))


def _stretched(drawing: Drawing, title: str) -> str:
    """Return a drawing whose places are shares of its width, as wide as the page lets it be."""
    return (
        f'<svg class="balancegame-figure" xmlns="http://www.w3.org/2000/svg" width="100%" '
        f'height="{drawing.height:g}" overflow="visible" role="img"><title>{escape(title)}</title>'
        f"<desc>{escape(drawing.alt)}</desc>{drawing.body}</svg>"
    )
