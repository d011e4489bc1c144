"""What a phase diagram shows, in words: its areas, and what holds only on lines between them."""

from __future__ import annotations

from collections.abc import Iterator

from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail
from balancegame.explain.phase_map import THIN, Entry, percent_of, phase_map, share_of
from balancegame.games.coalitional_model import CoalitionalModel
from balancegame.solvers.parametric.sweep import PhaseDiagram
from balancegame.wording import called, capital, counted, number_word, possessive

MOST_LINES = 6


@explains
def _(diagram: PhaseDiagram) -> Iterator[Reason]:
    """Name the areas of a phase diagram, the largest first, then the lines; fold what is thin."""
    if isinstance(diagram.model, CoalitionalModel):
        yield from _on_the_grid(diagram)
        return
    shown = phase_map(diagram)
    across, up = diagram.axes
    size = {entry: share_of(shown, entry) for entry in shown.areas}
    areas = sorted(shown.areas, key=lambda entry: -size[entry])
    wide = [entry for entry in areas if size[entry] >= THIN] or areas[:1]
    count = len(areas)
    noun = "is one area" if count == 1 else f"are {number_word(count)} areas"
    players = diagram.model.players
    order = f", with {possessive(called(players[0]))} action first" if players[1:] else ""
    yield Reason(f"Over {across} and {up} there {noun}{order if diagram.supports else ''}.")
    for entry in wide:
        yield detail(f"{entry.mark}, {percent_of(shown, entry)} of the diagram: {_told(entry)}.")
    if thin := count - len(wide):
        verb = "is" if thin == 1 else "are"
        each = "smaller" if thin == 1 else "each smaller"
        yield detail(f"{capital(number_word(thin))} more {verb} {each} than 1 % of the diagram.")
    lines = shown.lines[:MOST_LINES]
    if lines and lines[0].meets:
        yield Reason("On lines between them no situation has a name:")
        yield from (detail(f"{capital(met)}.") for entry in lines for met in entry.words)
    elif lines:
        yield Reason("Something else holds on lines between them:")
        yield from (detail(f"{_placed(entry)}: {_told(entry)}.") for entry in lines)
    if rest := len(shown.lines) - len(lines) + len(shown.points):
        where = "lines, edges or at points" if lines or len(shown.points) > 1 else "an edge"
        if not lines and len(shown.points) == 1:
            where = shown.points[0].where or where
            yield Reason(f"Something else holds {where}: {_told(shown.points[0])}.")
            return
        verb = "holds" if rest == 1 else "hold"
        more = counted(rest, "more regime", "more regimes")
        yield Reason(f"{capital(more)} {verb} only on {where}; draw the diagram to see them.")


def _on_the_grid(diagram: PhaseDiagram) -> Iterator[Reason]:
    """Name the regimes of a diagram that is known on its grid only, the largest first."""
    across, up = diagram.axes
    count, cells = len(diagram.legend), diagram.labels.size
    noun = "is one regime" if count == 1 else f"are {number_word(count)} regimes"
    yield Reason(f"Over {across} and {up} there {noun}.")
    shares = [float((diagram.labels == k).sum()) / cells for k in range(count)]
    ordered = sorted(zip(shares, diagram.legend, strict=True), key=lambda entry: -entry[0])
    wide = [entry for entry in ordered if entry[0] >= THIN] or ordered[:1]
    for share, name in wide:
        yield detail(f"{name}: {100 * share:.0f} % of the grid.")
    if rest := count - len(wide):
        verb = "fills" if rest == 1 else "each fill"
        yield detail(f"{capital(number_word(rest))} more {verb} less than 1 % of it.")


def _told(entry: Entry) -> str:
    return f"{entry.name}, that is, {entry.brief}" if entry.name else str(entry)


def _placed(entry: Entry) -> str:
    between = f"between {entry.between}" if entry.between else ""
    return ", ".join(filter(None, (f"line {entry.mark}", entry.where, between)))
