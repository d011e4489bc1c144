"""Why an action is dominated, a level secure, an outcome inefficient, a recommendation obeyed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from balancegame.exact import plain
from balancegame.explain.explanation import Explanation, Reason
from balancegame.explain.profile import possessive
from balancegame.games.normal_form import NormalFormGame
from balancegame.solvers.normal_form.correlated import CorrelatedEquilibrium
from balancegame.solvers.normal_form.dominance import Domination, Elimination
from balancegame.solvers.normal_form.dynamics import Path
from balancegame.solvers.normal_form.potential import Potential
from balancegame.solvers.normal_form.security import (
    SecurityLevel,
    ZeroSumValue,
    others_cells,
    with_own,
)
from balancegame.solvers.normal_form.welfare import RiskDominance, Welfare
from balancegame.wording import and_list, called, capital, mixture, number_word

MOST_SHOWN = 12


def explain_domination(found: Domination) -> Explanation:
    """Name the dominator and say by how much it is better, whatever the others do."""
    return Explanation((Reason(f"{_domination(found)}."), *_margins(found)))


def explain_elimination(found: Elimination) -> Explanation:
    """Tell what goes in each round and what is left."""
    if not found.rounds:
        return Explanation((Reason("No action is dominated, so nothing can be eliminated."),))
    reasons = []
    for k, steps in enumerate(found.rounds, 1):
        reasons.append(Reason(f"Round {k}:"))
        reasons.extend(Reason(f"{_domination(step)}.", detail=True) for step in steps)
    left = and_list(
        f"{and_list(names)} for {called(player)}"
        for player, names in zip(found.game.players, found.actions, strict=True)
    )
    reasons.append(Reason(f"What is left: {left}."))
    if all(len(names) == 1 for names in found.actions):
        reasons.append(Reason("Elimination alone solves the game: this is an equilibrium."))
    if all(step.strict for step in found.steps):
        reasons.append(Reason("Only strictly dominated actions went, so no equilibrium is lost."))
    else:
        reasons.append(
            Reason(
                "Weakly dominated actions went too, so equilibria may be lost, and another order "
                "may leave something else."
            )
        )
    return Explanation(tuple(reasons))


def explain_security(levels: Sequence[SecurityLevel]) -> Explanation:
    """Say what each player can be sure of, by what, and how the others hold the player to it."""
    reasons = []
    for level in levels:
        game = level.game
        i = game.player_index(level.player)
        name = capital(called(level.player))
        reasons.append(
            Reason(
                f"{name} can be sure of {plain(level.maxmin)} by playing "
                f"{mixture(level.strategy, game.actions[i])}."
            )
        )
        if level.against != (((), Fraction(1)),):
            held = and_list(
                f"{' with '.join(names)}{'' if p == 1 else f' with probability {plain(p)}'}"
                for names, p in level.against
            )
            others = and_list(called(p) for k, p in enumerate(game.players) if k != i)
            reasons.append(
                Reason(
                    f"{capital(others)} can hold {called(level.player)} to {plain(level.minmax)} "
                    f"by playing {held}.",
                    detail=True,
                )
            )
        if level.pure_maxmin < level.maxmin:
            reasons.append(
                Reason(
                    f"Without mixing, the best to be sure of is {plain(level.pure_maxmin)}, by "
                    f"{level.pure_strategy}.",
                    detail=True,
                )
            )
    return Explanation(tuple(reasons))


def explain_value(found: ZeroSumValue) -> Explanation:
    """Say what the value is and what each strategy does to the other player."""
    game = found.game
    first, second = map(called, game.players)
    ours, theirs = (
        mixture(strategy, names)
        for strategy, names in zip(found.strategies, game.actions, strict=True)
    )
    return Explanation(
        (
            Reason(f"What {first} gains {second} loses; the value is {plain(found.value)}."),
            Reason(
                f"{capital(first)} gets at least {plain(found.value)} by playing {ours}, whatever "
                f"{second} does.",
                detail=True,
            ),
            Reason(
                f"{capital(second)} gives at most {plain(found.value)} by playing {theirs}, "
                f"whatever {first} does.",
                detail=True,
            ),
        )
    )


def explain_welfare(found: Welfare) -> Explanation:
    """Say which outcomes all could improve on together; that is not dominance of actions."""
    best = and_list(_outcome(names) for names in found.pareto_optimal)
    reasons = [Reason(f"Pareto-optimal: {best}.")]
    for entry in found.dominated[:MOST_SHOWN]:
        gains = and_list(
            f"{called(player)} {plain(gain)}"
            for player, gain in zip(found.game.players, entry.gains, strict=True)
            if gain
        )
        same = [p for p, gain in zip(found.game.players, entry.gains, strict=True) if not gain]
        nobody = f", and {and_list(map(called, same))} would lose nothing" if same else ""
        reasons.append(
            Reason(
                f"{_outcome(entry.outcome)} is Pareto-dominated by {_outcome(entry.by)}: "
                f"{gains} more{nobody}.",
                detail=True,
            )
        )
    if len(found.dominated) > MOST_SHOWN:
        more = len(found.dominated) - MOST_SHOWN
        reasons.append(Reason(f"{capital(number_word(more))} more are Pareto-dominated."))
    most = and_list(_outcome(names) for names in found.utilitarian)
    reasons.append(Reason(f"The sum of payoffs is largest, {plain(found.best_sum)}, at {most}."))
    if found.dominated:
        reasons.append(
            Reason(
                "Pareto-dominated says that all could do better together; it does not say that "
                "any player alone has a better action."
            )
        )
    return Explanation(tuple(reasons))


def explain_risk(found: RiskDominance) -> Explanation:
    """Compare what is lost by deviating alone from each of two equilibria."""
    reasons = []
    for profile, losses, product in zip(
        found.equilibria, found.losses, found.products, strict=True
    ):
        each = and_list(
            f"{called(player)} {plain(loss)}"
            for player, loss in zip(found.game.players, losses, strict=True)
        )
        reasons.append(
            Reason(
                f"Deviating alone from {_outcome(profile)} costs {each}: a product of "
                f"{plain(product)}.",
                detail=True,
            )
        )
    if found.dominant is None:
        opening = "Neither equilibrium risk-dominates the other: the products are equal."
    else:
        opening = f"{_outcome(found.dominant)} risk-dominates: more is lost by leaving it."
    return Explanation((Reason(opening), *reasons))


def explain_potential(found: Potential) -> Explanation:
    """Say what a potential is and where it is largest."""
    values = Reason(
        f"{'; '.join(f'{_outcome(c)} {plain(v)}' for c, v in found.values.items())}.", detail=True
    )
    highest = and_list(_outcome(names) for names in found.highest)
    return Explanation(
        (
            Reason(
                "The game has a potential: whoever changes action alone gains what it rises by."
            ),
            *([values] if len(found.values) <= MOST_SHOWN else []),
            Reason(f"It is largest at {highest}, where therefore nobody can gain."),
        )
    )


def explain_correlated(found: CorrelatedEquilibrium) -> Explanation:
    """Tell what is recommended how often, and why each recommendation is obeyed."""
    payoffs = and_list(
        f"{called(player)} {plain(payoff)}"
        for player, payoff in zip(found.game.players, found.payoffs, strict=True)
    )
    shown = and_list(f"{_outcome(names)} {plain(p)}" for names, p in found.distribution.items())
    reasons = [
        Reason(
            f"The correlated equilibrium that is {_aim(found)} recommends with probability "
            f"{shown}; the payoffs are {payoffs}."
        )
    ]
    for constraint in found.constraints:
        name = capital(called(constraint.player))
        told = f"{name}, told {constraint.told},"
        if constraint.binds:
            words = f"{told} would gain nothing by {constraint.instead}: this constraint binds."
        else:
            words = (
                f"{told} would lose by {constraint.instead}, weighted by how often that is told, "
                f"{plain(constraint.loss)}."
            )
        reasons.append(Reason(words, detail=True))
    return Explanation((*reasons, Reason("So everybody obeys.")))


def explain_path(path: Path) -> Explanation:
    """Say where a path begins and ends; rounded, since it is a simulation."""
    reasons = [Reason(f"In {path.process}, until time {path.times[-1]:g} (a simulation, rounded):")]
    for i, player in enumerate(path.game.players):
        ends = [
            and_list(
                f"{action} {p:.2f}"
                for action, p in zip(path.game.actions[i], point[i], strict=True)
            )
            for point in (path.strategies[0], path.end)
        ]
        reasons.append(
            Reason(f"{capital(called(player))} goes from {ends[0]} to {ends[1]}.", detail=True)
        )
    return Explanation(tuple(reasons))


def _aim(found: CorrelatedEquilibrium) -> str:
    verb, whom = found.aim.split(" for ", 1)
    return f"{verb} for {called(whom)}"


def _domination(found: Domination) -> str:
    game = found.game
    i = game.player_index(found.player)
    how = "strictly" if found.strict else "weakly"
    owner = possessive(capital(called(found.player)))
    return f"{owner} {found.action} is {how} dominated by {mixture(found.by, game.actions[i])}"


def _margins(found: Domination) -> list[Reason]:
    """Compare the dominator with the dominated action against everything the others can do."""
    game = found.game
    i = game.player_index(found.player)
    dominated = game.action_index(i, found.action)
    cells = others_cells(game, i)
    reasons = []
    for others in cells[:MOST_SHOWN]:
        yields = [game.at(i, with_own(i, a, others)) for a in range(game.shape[i])]
        better = sum((p * y for p, y in zip(found.by, yields, strict=True)), Fraction(0))
        own = yields[dominated]
        compared = f"rather than {plain(own)}" if better != own else "as well"
        words = f"it yields {plain(better)} {compared}"
        reasons.append(Reason(f"{_against(game, i, others)}{words}.", detail=True))
    if len(cells) > MOST_SHOWN:
        reasons.append(Reason(f"So it goes on for {len(cells) - MOST_SHOWN} more.", detail=True))
    return reasons


def _against(game: NormalFormGame, player: int, others: tuple[int, ...]) -> str:
    rivals = [k for k in range(len(game.players)) if k != player]
    if not rivals:
        return "Whatever happens, "
    named = and_list(
        f"{called(game.players[k])} plays {game.actions[k][a]}"
        for k, a in zip(rivals, others, strict=True)
    )
    return f"Where {named}, "


def _outcome(names: Sequence[str]) -> str:
    return f"({', '.join(names)})"
