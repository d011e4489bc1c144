"""Matches of finite state machines by the Axelrod library; run by its own environment."""

import json
import sys
import time

import axelrod as axl

ACTIONS = (axl.Action.C, axl.Action.D)


def main() -> None:
    """Play pairs of machines for so many turns, and print seconds and discounted averages."""
    request = json.load(sys.stdin)
    players = [_player(**machine) for machine in request["machines"]]
    turns, delta = request["turns"], request["delta"]
    game = axl.Game()
    averages = []
    seconds = []
    for i, j in request["pairs"]:
        begin = time.process_time()
        match = axl.Match((players[i], players[j]), turns=turns, game=game)
        played = match.play()
        total, weight = 0.0, 1 - delta
        for pair in played:
            total += weight * game.score(pair)[0]
            weight *= delta
        seconds.append(time.process_time() - begin)
        averages.append(total)
    print(json.dumps({"seconds": seconds, "averages": averages}))


def _player(actions: list[int], moves: list[list[int]]) -> axl.Player:
    """Return a machine that goes by what the other did, as theirs do."""
    transitions = tuple(
        (state, ACTIONS[seen], to, ACTIONS[actions[to]])
        for state, following in enumerate(moves)
        for seen, to in enumerate(following)
    )
    return axl.FSMPlayer(
        transitions=transitions, initial_state=0, initial_action=ACTIONS[actions[0]]
    )


if __name__ == "__main__":
    main()
