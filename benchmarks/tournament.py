"""A tournament of 300 automata of up to six states, against matches of the Axelrod library.

Ours are exact, and every pair meets in both roles. Theirs go on for as many turns as make what is
left out smaller than what a float can hold.
"""

from __future__ import annotations

import math
import random
import resource
import statistics
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import balancegame as bg
from benchmarks.peers import ask_peer

ENTRANTS, STATES, DELTA = 300, 6, Fraction(9, 10)
PEER_PAIRS, WITH_MISTAKES, ROUNDS = 300, 30, 3
NAMES = ("C", "D")
PEER = Path(__file__).with_name("axelrod_peer.py")


def main() -> None:
    """Print seconds, memory, and how much faster a pair is than with the peer."""
    machines = [_machine(random.Random(f"tournament {k}")) for k in range(ENTRANTS)]
    stage = bg.NormalFormGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], actions=(NAMES, NAMES))
    game = bg.RepeatedGame(stage, DELTA)
    automata = {f"entrant {k}": _automaton(**machine) for k, machine in enumerate(machines)}
    pairs = ENTRANTS * (ENTRANTS - 1) // 2
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        table = bg.round_robin(game, automata)
        seconds.append(time.process_time() - begin)
    ours = statistics.median(seconds)
    print(f"  {ENTRANTS} automata, {pairs} pairs in both roles, exact: {ours:.2f} s of CPU")
    begin = time.process_time()
    credible = sum(tempted is None for tempted in table.temptations.values())
    assert table.most.keys() == table.wins.keys() == table.scores.keys()
    evolution = table.evolution(100)
    rest = time.process_time() - begin
    print(
        f"  and {credible} subgame-perfect against themselves, the most against each, and 100 "
        f"generations of shares to within {float(evolution.error):.0e}: {rest:.2f} s more"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  memory of the process: {memory} MB")
    some = dict(list(automata.items())[:WITH_MISTAKES])
    begin = time.process_time()
    bg.round_robin(game, some, mistakes="1/100")
    print(f"  {WITH_MISTAKES} of them with mistakes, exact: {time.process_time() - begin:.2f} s")
    _against_the_peer(machines, table, ours / pairs)


def _against_the_peer(machines: list[Any], table: Any, ours: float) -> None:
    turns = math.ceil(math.log(2**-53) / math.log(DELTA))
    rng = random.Random("pairs")
    pairs = [rng.sample(range(ENTRANTS), 2) for _ in range(PEER_PAIRS)]
    asked = {"machines": machines, "pairs": pairs, "turns": turns, "delta": float(DELTA)}
    reply = ask_peer("axelrod", PEER, asked, 900)
    if reply is None:
        return
    theirs = statistics.median(reply["seconds"])
    apart = max(
        abs(float(table.payoffs[i][j]) - average)
        for (i, j), average in zip(pairs, reply["averages"], strict=True)
    )
    print(
        f"  Axelrod: {1e6 * theirs:.0f} microseconds a match of {turns} turns, ours "
        f"{1e6 * ours:.0f} a pair: {theirs / ours:.0f} times; they differ by at most {apart:.0e}"
    )


def _machine(rng: random.Random) -> dict[str, Any]:
    """Return a machine that goes by what the other did, so that both libraries can play it.

    All have the most states, so that few are smaller or the same as another.
    """
    return {
        "actions": [rng.randrange(2) for _ in range(STATES)],
        "moves": [[rng.randrange(STATES) for _ in range(2)] for _ in range(STATES)],
    }


def _automaton(actions: list[int], moves: list[list[int]]) -> bg.Automaton:
    ways = [[str(to) for to in following] for following in moves]

    def following(state: str, profile: tuple[str, ...], player: int) -> str:
        return ways[int(state)][NAMES.index(profile[1 - player])]

    states = {str(k): NAMES[action] for k, action in enumerate(actions)}
    return bg.Automaton("machine", states, following)


if __name__ == "__main__":
    main()
