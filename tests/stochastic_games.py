"""Stochastic games and automata drawn at random, and play of them that nothing else computes."""

from fractions import Fraction

import balancegame as bg

ACTIONS = (("C", "D"), ("C", "D"))


def random_stage(rng, size=2, low=-3, high=4):
    names = tuple("CDEF"[:size])
    arrays = [[[rng.randint(low, high) for _ in names] for _ in names] for _ in range(2)]
    return bg.NormalFormGame(arrays, actions=(names, names))


def random_chances(rng, states):
    weights = [rng.choice((0, 0, 1, 2)) for _ in states]
    if not any(weights):
        weights[rng.randrange(len(states))] = 1
    return {
        name: Fraction(weight, sum(weights)) for name, weight in zip(states, weights, strict=True)
    }


def random_world(rng, count, size=2, delta="3/4"):
    states = tuple(f"w{k}" for k in range(count))
    stages = [random_stage(rng, size) for _ in states]
    transitions = {
        state: {stage.outcome(cell): random_chances(rng, states) for cell in stage.cells()}
        for state, stage in zip(states, stages, strict=True)
    }
    return bg.StochasticGame(states, stages, transitions, delta)


def random_automaton(rng, game, player, count):
    """Return an automaton that sees the world and in which everything is drawn at random."""
    names = [f"q{k}" for k in range(count)]
    stages = dict(zip(game.states, game.stages, strict=True))
    return bg.Automaton(
        "random",
        {
            name: {world: rng.choice(stage.actions[player]) for world, stage in stages.items()}
            for name in names
        },
        {
            name: {
                world: {stage.outcome(cell): rng.choice(names) for cell in stage.cells()}
                for world, stage in stages.items()
            }
            for name in names
        },
    )


class Played:
    """Play of automata by names alone, in floats: an oracle that shares no code with the solvers.

    A joint state is a state of the world and the state of each automaton.
    """

    def __init__(self, game, automata):
        self.game, self.automata = game, automata
        self.delta = float(game.delta)
        starts = [(world, *(a.states[0] for a in automata)) for world in game.states]
        # For each joint state and cell the payoffs and the chances of what follows.
        self.found = {}
        while starts:
            joint = starts.pop()
            if joint not in self.found:
                self.found[joint] = {
                    cell: (
                        [float(u) for u in self.stage(joint).payoffs_at(cell)],
                        self.onward(joint, cell),
                    )
                    for cell in self.stage(joint).cells()
                }
                starts += [
                    later for _, following in self.found[joint].values() for later in following
                ]

    def stage(self, joint):
        return self.game.stages[self.game.states.index(joint[0])]

    def profile(self, joint):
        world, *states = joint
        said = [a.actions[q] for a, q in zip(self.automata, states, strict=True)]
        return tuple(entry if isinstance(entry, str) else entry[world] for entry in said)

    def cell(self, joint):
        stage = self.stage(joint)
        return tuple(stage.action_index(i, act) for i, act in enumerate(self.profile(joint)))

    def onward(self, joint, cell):
        """Return the chances of what follows a profile."""
        world, *states = joint
        profile = self.stage(joint).outcome(cell)
        following = []
        for automaton, q in zip(self.automata, states, strict=True):
            way = automaton.transitions[q]
            following.append((way.get(world) or way)[profile])
        return {
            (later, *following): float(chance)
            for later, chance in self.game.chances(world, profile).items()
        }

    def truncated(self, world, periods=300):
        """Return average payoffs from a state of the world on by playing on and on."""
        at = {(world, *(a.states[0] for a in self.automata)): 1.0}
        totals = [0.0, 0.0]
        for t in range(periods):
            weight, following = (1 - self.delta) * self.delta**t, {}
            for joint, chance in at.items():
                payoffs, odds = self.found[joint][self.cell(joint)]
                for i in (0, 1):
                    totals[i] += weight * chance * payoffs[i]
                for later, share in odds.items():
                    following[later] = following.get(later, 0.0) + chance * share
            at = following
        return totals

    def value(self, player, best, rounds=150):
        """Return what a player gets from each joint state on, by its automaton or at best."""
        open_to = {joint: self._open(joint, player, best) for joint in self.found}
        worth = dict.fromkeys(self.found, 0.0)
        for _ in range(rounds):
            worth = {
                joint: max(
                    (1 - self.delta) * payoffs[player]
                    + self.delta * sum(p * worth[later] for later, p in odds.items())
                    for payoffs, odds in open_to[joint]
                )
                for joint in worth
            }
        return worth

    def _open(self, joint, player, best):
        cell = self.cell(joint)
        others = self.stage(joint).deviations(player, cell) if best else ()
        return [self.found[joint][c] for c in (cell, *others)]
