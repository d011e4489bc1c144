"""Which values of parameters explain what was seen, in words, and what bounds them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail
from balancegame.explain.phase_map import letter, percent_of, phase_map
from balancegame.explain.thresholds import binding, where
from balancegame.games.normal_form_model import NormalFormModel
from balancegame.solvers.parametric.equilibrium_regimes import equilibrium_regimes
from balancegame.solvers.parametric.observed import NONE, ONLY, Observation
from balancegame.solvers.parametric.rationalizing import Rationalizing, RationalizingDiagram
from balancegame.solvers.repeated.rationalizing_norms import NormDiagram
from balancegame.wording import and_list, capital, counted, told


@explains
def _(found: Rationalizing) -> Iterator[Reason]:
    """Say at which values the outcome is an equilibrium, where the only one, and what binds."""
    if found.parts:
        yield from _of_several(found)
        return
    (observed,) = found.observations
    seen, symbol = seen_in_words(observed), found.parameter
    if not found:
        yield Reason(
            f"No {symbol} from {told(found.low)} to {told(found.high)} explains that {seen}: "
            "it is an equilibrium at none of them."
        )
        return
    yield Reason(
        f"What {symbol} explains that {seen}? It is an equilibrium {spans_in_words(found)}."
    )
    for piece in found:
        yield detail(f"{capital(where(piece))} it is {fit_in_words(observed, piece.fit)}.")
    yield from _bounds(found, observed)


@explains
def _(found: RationalizingDiagram) -> Iterator[Reason]:
    """Say how much of the diagram explains the outcome, and what holds on lines in it."""
    shown, observed = phase_map(found), found.observed
    across, up = found.axes
    yield Reason(f"Over {across} and {up}: is it an equilibrium that {seen_in_words(observed)}?")
    for entry in shown.areas:
        words = _answer(observed, found.legend[entry.regime])
        yield detail(f"{entry.mark}, {percent_of(shown, entry)} of the diagram: {words}.")
    for entry in (*shown.lines, *shown.points):
        words = _answer(observed, shown.geometry.names[entry.regime])
        place = f" ({entry.where})" if entry.where else ""
        yield detail(f"On a line or at points only{place}: {words}.")


@explains
def _(found: NormDiagram) -> Iterator[Reason]:
    """Say how much of the grid explains that a norm is followed."""
    across, up = found.axes
    yield Reason(f"Over {across} and {up}: is it an equilibrium that {found.observed.outcome}?")
    for k, fit in enumerate(found.legend):
        share = 100 * (found.labels == k).mean()
        words = _answer(found.observed, fit)
        yield detail(f"{letter(k)}, {share:.0f} % of the grid: {words}.")


def seen_in_words(observed: Observation) -> str:
    """Return what was seen and at which values: "Japan plays Comply (E = 8)"."""
    fixed = ", ".join(f"{name} = {told(value)}" for name, value in observed.fixed)
    return f"{observed.outcome} ({fixed})" if fixed else observed.outcome


def spans_in_words(found: Rationalizing) -> str:
    """Return the set in words: "for 8 <= s <= 20", "for no s"."""
    return and_list(map(where, found.spans)) or f"for no {found.parameter}"


def fit_in_words(observed: Observation, fit: str) -> str:
    """Return how an outcome stands to the equilibria, and to which of them it is compared."""
    model = observed.model
    if not isinstance(model, NormalFormModel):
        several = "one of several norms of the model that are equilibria"
        only = "the only norm of the model that is one"
        return {NONE: "no equilibrium", ONLY: only}.get(fit, several)
    if fit == ONLY and any(action is None for action in observed.seen):
        fit = "so in every equilibrium"
    return f"{fit} in pure strategies" if len(model.players) > 2 else fit


def _answer(observed: Observation, fit: str) -> str:
    """Answer whether it is an equilibrium."""
    if fit == NONE:
        return "no"
    return f"yes, {fit_in_words(observed, fit).removeprefix('so ')}"


def _of_several(found: Rationalizing) -> Iterator[Reason]:
    symbol, count = found.parameter, counted(len(found.parts), "observation", "observations")
    yield Reason(
        f"{capital(count)} together are explained {spans_in_words(found)}."
        if found
        else f"No {symbol} explains the {count} together."
    )
    for part in found.parts:
        yield detail(f"{capital(seen_in_words(part.observations[0]))}: {spans_in_words(part)}.")
    alone = [part for part in found.parts if not part]
    if found or alone:
        if alone:
            yield Reason(f"{capital(seen_in_words(alone[0].observations[0]))}: no {symbol} does.")
        return
    for first, second in combinations(found.parts, 2):
        if first and second and not first & second:
            a, b = (seen_in_words(part.observations[0]) for part in (first, second))
            yield Reason(f"Already these two exclude each other: {a}, and {b}.")
            return


def _bounds(found: Rationalizing, observed: Observation) -> Iterator[Reason]:
    """Say what becomes a tie where the set ends inside the range."""
    if not isinstance(observed.model, NormalFormModel):
        return
    ends = [end for span in found.spans for end in (span.low, span.high)]
    inner = [end for end in dict.fromkeys(ends) if found.low < end < found.high]
    if not inner:
        return
    along = equilibrium_regimes(observed.model, found.parameter, **dict(observed.fixed))
    for k, regime in enumerate(along):
        if regime.is_point and regime.low in inner:
            yield from binding(regime, [*along[max(k - 1, 0) : k], *along[k + 1 : k + 2]])
