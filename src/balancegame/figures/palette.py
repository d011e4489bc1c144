"""The colours of every picture by role, on light pages and on dark ones."""

from __future__ import annotations

from functools import cache

_PLAYERS = {
    "#0b63a5": "#79b8ff",
    "#b4490f": "#f7a35c",
    "#6b3fa0": "#c9a6f7",
    "#2f6f4f": "#85d3a5",
    "#9c2a6b": "#f48fc0",
    "#0b7285": "#66d9e8",
    "#7a5c00": "#d9c260",
    "#5b6472": "#b8c2cc",
}
_AREAS = {
    "#d3e6f5": "#1d3a54",
    "#fbe0c3": "#4d3314",
    "#d5ecd9": "#1e4029",
    "#f3d6e4": "#4a2338",
    "#fbf2b8": "#453d0c",
    "#ddd8f0": "#352c57",
    "#e4e4e0": "#3b3c3a",
    "#cdeeee": "#123f42",
}
_HATCHES = {
    "#5b9bcb": "#5d97c4",
    "#d98a3d": "#c98a45",
    "#5aa56c": "#5fa873",
    "#c26a95": "#c2719a",
    "#b59b1e": "#ab962f",
    "#8676bd": "#8b7cc4",
    "#8b8b85": "#8f908b",
    "#3fa0a0": "#4da3a5",
}

_COLOURS = {
    "paper": ("#ffffff", "#1b1f24"),
    "panel": ("#eef2f6", "#2b3036"),
    "rule": ("#c5d0db", "#4b545e"),
    "ink": ("#1f2933", "#e6ebf0"),
    "muted": ("#52606d", "#b3bec9"),
    "equilibrium": ("#f2b705", "#e3b341"),
    "badge": ("#1f2933", "#1f2933"),
    "region-1": ("#dfeaf4", "#223447"),
    "region-2": ("#f6e7da", "#43321f"),
    **{f"area-{k}": pair for k, pair in enumerate(_AREAS.items(), 1)},
    **{f"hatch-{k}": pair for k, pair in enumerate(_HATCHES.items(), 1)},
    **{f"player-{k}": pair for k, pair in enumerate(_PLAYERS.items(), 1)},
}

LIGHT = {role: light for role, (light, _) in _COLOURS.items()}
"""Colours by role; the players' differ in lightness and hue for every kind of colour vision."""

DARK = {role: dark for role, (_, dark) in _COLOURS.items()}
"""The same on a dark page."""

PLAYER_COLOURS = len(_PLAYERS)

DARK_PAGE = '[data-jp-theme-light="false"], .vscode-dark, html[theme="dark"]'
"""Where a page is dark, as a CSS selector: JupyterLab, VS Code, Colab."""


@cache
def page_style() -> str:
    """Return the style sheet that gives pictures within an explorer the colours of its page.

    Paper and ink are not among them: a notebook says what these are.
    """
    own = sorted(LIGHT.keys() - {"paper", "ink"})
    light, dark = (
        "".join(f"--bg-{role}:{colours[role]};" for role in sorted(own))
        for colours in (LIGHT, DARK)
    )
    rules = [f".bg-explorer{{{light}}}", f":is({DARK_PAGE}) .bg-explorer{{{dark}}}"]
    rules += [
        f".bg-explorer .bg-{paint}-{role}{{{paint}:var(--bg-{role})}}"
        for role in LIGHT
        for paint in ("fill", "stroke")
    ]
    rules += [
        f'.bg-explorer [data-colour="{k}"]{{color:var(--bg-player-{k})!important}}'
        for k in range(1, PLAYER_COLOURS + 1)
    ]
    return "\n".join(rules)


@cache
def dark_style() -> str:
    """Return the style by which a picture turns dark where the page around it says so."""
    rules = "".join(
        f".bg-{paint}-{role}{{{paint}:{colour}}}"
        for role, colour in DARK.items()
        for paint in ("fill", "stroke")
    )
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
