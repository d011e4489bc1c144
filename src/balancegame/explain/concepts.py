"""Why an action is dominated, a level secure, an outcome inefficient, a recommendation obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balancegame.explain.dispatch import explains
from balancegame.explain.explanation import Reason, detail
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.best_response import against_others, others_cells
from balancegame.solvers.normal_form.correlated import CorrelatedEquilibrium
from balancegame.solvers.normal_form.dominance import Domination, Elimination, expected
from balancegame.solvers.normal_form.dynamics import Path
from balancegame.solvers.normal_form.potential import Potential
from balancegame.solvers.normal_form.security import SecurityLevel, SecurityLevels, ZeroSumValue
from balancegame.solvers.normal_form.welfare import RiskDominance, Welfare
from balancegame.wording import (
    amounts,
    and_list,
    called,
    capital,
    gets,
    mixture,
    number_word,
    possessive,
    told,
)

MOST_SHOWN = 12


@explains
def _(found: Domination) -> Iterator[Reason]:
    """Name the dominator and say by how much it is better, whatever the others do."""
    game = found.game
    i = game.player_index(found.player)
    yield Reason(f"{_domination(found)}.")
    payoffs = against_others(game, i)
    dominated = payoffs[game.action_index(i, found.action)]
    rows = list(zip(others_cells(game, i), expected(found.by, payoffs), dominated, strict=True))
    for others, better, own in rows[:MOST_SHOWN]:
        compared = f"rather than {told(own)}" if better != own else "as well"
        yield detail(f"{_where(game, i, others)}it yields {told(better)} {compared}.")
    if len(rows) > MOST_SHOWN:
        yield detail(f"The same holds in {len(rows) - MOST_SHOWN} more cases.")


@explains
def _(found: Elimination) -> Iterator[Reason]:
    """Say what goes in each round and what is left."""
    if not found.rounds:
        yield Reason("No action is dominated, so nothing can be eliminated.")
        return
    for k, steps in enumerate(found.rounds, 1):
        yield Reason(f"Round {k}:")
        yield from (detail(f"{_domination(step)}.") for step in steps)
    left = and_list(
        f"{and_list(names)} for {called(player)}"
        for player, names in zip(found.game.players, found.actions, strict=True)
    )
    yield Reason(f"What is left: {left}.")
    if all(len(names) == 1 for names in found.actions):
        yield Reason("Elimination alone solves the game: this is an equilibrium.")
    if all(step.strict for step in found.steps):
        yield Reason("Only strictly dominated actions went, so no equilibrium is lost.")
        return
    yield Reason(
        "Weakly dominated actions went too, so equilibria may be lost, and another order may "
        "leave something else."
    )


@explains
def _(levels: SecurityLevels) -> Iterator[Reason]:
    """Say of each player what can be secured."""
    for level in levels:
        yield from security_reasons(level)


@explains
def security_reasons(level: SecurityLevel) -> Iterator[Reason]:
    """Say what a player can be sure of, by what, and how the others hold the player to it."""
    game, player = level.game, called(level.player)
    i = game.player_index(level.player)
    yield Reason(
        f"{capital(player)} can be sure of {told(level.maxmin)} by playing "
        f"{mixture(level.strategy, game.actions[i])}."
    )
    others = [called(name) for k, name in enumerate(game.players) if k != i]
    if others:
        held = and_list(
            f"{' with '.join(names)}{'' if p == 1 else f' with probability {told(p)}'}"
            for names, p in level.against
        )
        yield detail(
            f"{capital(and_list(others))} can hold {player} to {told(level.minmax)} "
            f"by playing {held}."
        )
    if level.pure_maxmin < level.maxmin:
        yield detail(
            f"Without mixing, {player} can be sure of no more than {told(level.pure_maxmin)}, by "
            f"playing {level.pure_strategy}."
        )


@explains
def _(found: ZeroSumValue) -> Iterator[Reason]:
    """Say what the value is and what each strategy does to the other player."""
    first, second = map(called, found.game.players)
    ours, theirs = map(mixture, found.strategies, found.game.actions)
    value = told(found.value)
    yield Reason(f"What {first} gains {second} loses; the value is {value}.")
    if found.total:
        rest = told(found.total - found.value)
        yield detail(f"Both together always get {told(found.total)}, so {second} gets {rest}.")
    yield detail(
        f"{capital(first)} gets at least {value} by playing {ours}, whatever {second} does."
    )
    yield detail(
        f"{capital(second)} gives at most {value} by playing {theirs}, whatever {first} does."
    )


@explains
def _(found: Welfare) -> Iterator[Reason]:
    """Say which outcomes all could improve on together; that is not dominance of actions."""
    optimal = and_list(map(_outcome, found.pareto_optimal))
    yield Reason(f"Nobody can gain without another's loss (Pareto-optimal): {optimal}.")
    for entry in found.dominated[:MOST_SHOWN]:
        players = dict(zip(found.game.players, entry.gains, strict=True))
        gains = {player: gain for player, gain in players.items() if gain}
        same = and_list(called(player) for player in players if player not in gains)
        nobody = f", and {same} would lose nothing" if same else ""
        yield detail(
            f"{_outcome(entry.outcome)} is Pareto-dominated by {_outcome(entry.by)}: "
            f"{amounts(gains, gains.values())} more{nobody}."
        )
    if len(found.dominated) > MOST_SHOWN:
        more = number_word(len(found.dominated) - MOST_SHOWN)
        yield Reason(f"{capital(more)} more are Pareto-dominated.")
    most = and_list(map(_outcome, found.utilitarian))
    yield Reason(f"The sum of payoffs is largest, {told(found.best_sum)}, at {most}.")
    if found.dominated:
        yield Reason(
            "Pareto-dominated says that all could do better together; it does not say that "
            "any player alone has a better action."
        )


@explains
def _(found: RiskDominance) -> Iterator[Reason]:
    """Compare what is lost by deviating alone from each of two equilibria."""
    verdict = "Neither equilibrium risk-dominates the other: the products are equal."
    if found.dominant is not None:
        verdict = f"{_outcome(found.dominant)} risk-dominates: more is lost by leaving it."
    yield Reason(verdict)
    for profile, losses, product in zip(
        found.equilibria, found.losses, found.products, strict=True
    ):
        yield detail(
            f"Departing alone from {_outcome(profile)} costs "
            f"{amounts(found.game.players, losses)}: a product of {told(product)}."
        )


@explains
def _(found: Potential) -> Iterator[Reason]:
    """Say what a potential is and where it is largest."""
    yield Reason(
        "The game has a potential: a player who changes action alone gains exactly as much as "
        "the potential rises."
    )
    if len(found.values) <= MOST_SHOWN:
        yield detail(f"{'; '.join(f'{_outcome(c)} {told(v)}' for c, v in found.values.items())}.")
    highest = and_list(map(_outcome, found.highest))
    yield Reason(f"It is largest at {highest}, where therefore nobody can gain.")


@explains
def _(found: CorrelatedEquilibrium) -> Iterator[Reason]:
    """Say what is recommended how often, and why each recommendation is obeyed."""
    verb, whom = found.aim.split(" for ", 1)
    shown = and_list(f"{_outcome(names)} {told(p)}" for names, p in found.distribution.items())
    yield Reason(
        f"The correlated equilibrium that is {verb} for {called(whom)} recommends with "
        f"probability {shown}; {gets(found.game.players, found.payoffs)}."
    )
    for constraint in found.constraints:
        change, note = "gain nothing", ": this constraint binds"
        if not constraint.binds:
            change = f"lose {told(constraint.loss)}"
            note = " (weighted by the probability of this advice)"
        yield detail(
            f"{capital(called(constraint.player))}, advised to play {constraint.told}, would "
            f"{change} by playing {constraint.instead}{note}."
        )
    yield Reason("So everybody obeys.")


@explains
def _(path: Path) -> Iterator[Reason]:
    """Say where a path begins and ends; rounded, since it is a simulation."""
    yield Reason(f"In {path.process}, until time {path.times[-1]:g} (a simulation, rounded):")
    for player, actions, *ends in zip(
        path.game.players, path.game.actions, path.strategies[0], path.end, strict=True
    ):
        start, end = (
            and_list(f"{action} {p:.2f}" for action, p in zip(actions, point, strict=True))
            for point in ends
        )
        yield detail(f"{capital(called(player))} goes from {start} to {end}.")


def _domination(found: Domination) -> str:
    actions = found.game.actions[found.game.player_index(found.player)]
    owner = possessive(capital(called(found.player)))
    how = "strictly" if found.strict else "weakly"
    return f"{owner} {found.action} is {how} dominated by {mixture(found.by, actions)}"


def _where(game: NormalFormGame, player: int, others: tuple[int, ...]) -> str:
    rivals = (k for k in range(len(game.players)) if k != player)
    named = and_list(
        f"{called(game.players[k])} plays {game.actions[k][a]}"
        for k, a in zip(rivals, others, strict=True)
    )
    return f"Where {named}, " if named else "Whatever happens, "


def _outcome(names: Sequence[str]) -> str:
    return f"({', '.join(names)})"
