#!/usr/bin/env bash
# axelrod 4.13.1 (the newest, 4.14.0, does the same and brings several gigabytes of torch with it),
# `FSMPlayer` in `MoranProcess` and with a shared `DeterministicCache`.
#
# Two automata of one state each, which begin with C: one always goes on with C, the other gives back
# what it was given, as tit for tat. With "always defect" they play ten turns against each other.
# Seen: a Moran process scores them 3, 3 and 10 a turn, or 2.8, 3.9 and 3.9 if they are listed the
# other way round; right are 3, 3.9 and 6.4, in any order, as for the library's own Cooperator, Tit
# For Tat and Defector. Matches are kept by the players' `name`, and every FSMPlayer is called "FSM
# Player", whatever its transitions; so is every MemoryOnePlayer with pure probabilities. A process
# plays all its matches from one such store, and what the first automaton did is taken for what the
# second did. `str(player)` holds the transitions, but is not what the store goes by.
# Expected: each automaton plays its own transitions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
    "axelrod==4.13.1" "numpy==2.4.6" "scipy==1.17.1" "pandas==3.1.1" "dask==2026.8.0"
cat > scores.py <<'PYTHON'
import axelrod

C, D = axelrod.Action.C, axelrod.Action.D


def automaton(after_d):
    return axelrod.FSMPlayer(
        transitions=((1, C, 1, C), (1, D, 1, after_d)), initial_state=1, initial_action=C
    )


def scores(players):
    process = axelrod.MoranProcess(players, turns=10, seed=1)
    return [round(float(score), 2) for score in process.score_all()]


def moves(player, kept):
    match = axelrod.Match((player, axelrod.Defector()), turns=4, deterministic_cache=kept)
    return "".join(str(mine) for mine, _ in match.play())


automata = [automaton(C), automaton(D), axelrod.Defector()]
own = [axelrod.Cooperator(), axelrod.TitForTat(), axelrod.Defector()]
kept = axelrod.DeterministicCache()
print(
    scores(automata),
    scores(automata[::-1])[::-1],
    scores(own),
    scores(own[::-1])[::-1],
    moves(automaton(D), kept),
    moves(automaton(C), kept),
    moves(automaton(C), None),
    sep="|",
)
PYTHON
seen=$(timeout 240 env/bin/python scores.py 2>/dev/null)
echo "automata | other order | own classes | other order | tit for tat | patient | alone: $seen"
right="[3.0, 3.9, 6.4]"
[ "$seen" = "[3.0, 3.0, 10.0]|[3.9, 3.9, 2.8]|$right|$right|CDDD|CDDD|CCCC" ] ||
    { echo "CHANGED"; exit 1; }
echo "As seen: the second automaton plays what the first one played."
