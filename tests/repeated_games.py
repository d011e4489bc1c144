"""Stage games and automata that tests of repeated games share."""

import balancegame as bg

ACTIONS = (("C", "D"), ("C", "D"))


def dilemma(reward=3, sucker=0, temptation=5, punishment=1):
    return bg.NormalFormGame(
        [
            [[reward, sucker], [temptation, punishment]],
            [[reward, temptation], [sucker, punishment]],
        ],
        actions=ACTIONS,
    )


def alliance(E=2, Y=5, D=6, y=3):
    return bg.NormalFormGame(
        [[[Y - E, -E], [Y, 0]], [[D - y, D], [-y, 0]]],
        players=("Japan", "US"),
        actions=(("Support", "Withhold"), ("Support", "Withhold")),
    )


TOGETHER, APART = ("C", "C"), ("D", "D")
SUPPORT, WITHHOLD = ("Support", "Support"), ("Withhold", "Withhold")


def random_game(rng, shape, low=-3, high=4):
    def array(dimensions):
        if not dimensions:
            return rng.randint(low, high)
        return [array(dimensions[1:]) for _ in range(dimensions[0])]

    return bg.NormalFormGame([array(shape) for _ in shape])


def random_automaton(rng, stage, player, states):
    """Return an automaton in which everything is drawn at random."""
    names = [f"q{k}" for k in range(states)]
    profiles = [
        tuple(labels[a] for labels, a in zip(stage.actions, cell, strict=True))
        for cell in stage.cells()
    ]
    return bg.Automaton(
        "random",
        {name: rng.choice(stage.actions[player]) for name in names},
        {name: {profile: rng.choice(names) for profile in profiles} for name in names},
    )
