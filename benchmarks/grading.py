"""Every exercise of the course, graded as a class by the whole command, and what the fences cost;
ten plain checks, against ``otter run``.

With ``--against DIR`` each is graded side by side with an earlier checkout, in turns.
"""

from __future__ import annotations

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import plain_checks
from benchmarks.peers import ask_peer

JOBS, STUDENTS, ROUNDS = 2, 200, 3


_HERE = Path(__file__).parents[1]


def main() -> None:
    """Measure submissions a second, memory and what the fences cost, and compare."""
    named = os.environ.get("BENCHMARK_AGAINST")
    against = Path(named).resolve() if named else None
    checkouts = [_HERE, *([against] if against else [])]
    with tempfile.TemporaryDirectory() as name:
        classes = [Path(name) / str(number) for number in range(len(checkouts))]
        _print_exercises(measure_exercises(checkouts, classes), classes[0])
    _print_plain_checks(against)


def measure_exercises(
    checkouts: Sequence[Path], classes: Sequence[Path], students: int = STUDENTS
) -> Iterator[tuple[str, list[list[float]]]]:
    """Yield the seconds that each checkout takes to grade each exercise, round by round.

    It is the whole command, from its start to the last report: each student has payoffs and answers
    of their own, and hidden tests are among the tests. The classes are written into folders.
    """
    script = Path(__file__).with_name("write_class.py")
    for checkout, place in zip(checkouts, classes, strict=True):
        _said([str(_python(checkout)), str(script), str(place), str(students)], checkout)
    for exercise in sorted(path.name for path in classes[0].iterdir()):
        sides = [
            (checkout, place / exercise)
            for checkout, place in zip(checkouts, classes, strict=True)
            if (place / exercise).exists()
        ]
        # The first round finds nothing read or compiled beforehand. In turns, so that the machine's
        # load weighs on all alike.
        rounds = [
            [_graded(checkout, place, students) for checkout, place in sides]
            for _ in range(ROUNDS + 1)
        ]
        yield exercise, rounds[1:]


def _graded(checkout: Path, place: Path, students: int) -> float:
    # All are kept until the end: a file system that passes over what was freed a moment ago, as
    # ext4 does, would take the longer for new files, the more were deleted before.
    out = tempfile.mkdtemp(dir=place)
    command = [str(_python(checkout).with_name("balancegame")), "grade"]
    command += [str(place / "submissions"), "--exercises", str(place / "exercises")]
    command += ["--out", out, "--jobs", str(JOBS), "--variants"]
    begin = time.perf_counter()
    _said(command, checkout)
    seconds = time.perf_counter() - begin
    with (Path(out) / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == students
    assert all(row["total"] == row["out of"] for row in rows), "an honest answer lost points"
    return seconds


def _print_exercises(measured: Iterable[tuple[str, list[list[float]]]], classes: Path) -> None:
    print(f"  {STUDENTS} honest notebooks of each exercise, the whole command, {JOBS} jobs")
    for exercise, rounds in measured:
        ours = statistics.median(seconds[0] for seconds in rounds)
        rate = STUDENTS / ours
        verdict = "at least 100" if rate >= 100 else "FEWER THAN 100"
        line = f"  {exercise:<30} {rate:6.1f} a second: {verdict}"
        line += (
            f"; {_cost_of_fences(classes / exercise) * STUDENTS / ours:.0%} of it for the fences"
        )
        if len(rounds[0]) == 2:
            theirs = STUDENTS / statistics.median(seconds[1] for seconds in rounds)
            times = statistics.median(seconds[1] / seconds[0] for seconds in rounds)
            line += f"; that checkout {theirs:.1f}, {times:.1f} times as many"
        print(line, flush=True)


def _cost_of_fences(place: Path) -> float:
    """Return the seconds that the fences cost one submission."""
    command = [sys.executable, str(Path(__file__).with_name("without_fences.py")), str(place)]
    rounds = [
        [float(_said([*command, how], _HERE)) for how in ("fenced", "open")] for _ in range(ROUNDS)
    ]
    return statistics.median(fenced - opened for fenced, opened in rounds)


def _print_plain_checks(against: Path | None) -> None:
    script = Path(__file__).with_name("plain_checks.py")
    checkouts = [_HERE, *([against] if against else [])]
    with tempfile.TemporaryDirectory() as name:
        plain_checks.write(Path(name))
        rounds = [
            [
                json.loads(_said([str(_python(checkout)), str(script), name], checkout))
                for checkout in checkouts
            ]
            for _ in range(ROUNDS)
        ]
    count, checks = plain_checks.SUBMISSIONS, plain_checks.CHECKS
    print(f"  {count} notebooks, {checks} checks each, {JOBS} jobs:")
    rates = []
    for checkout, measured in zip(checkouts, zip(*rounds, strict=True), strict=True):
        rates.append(statistics.median(each["rate"] for each in measured))
        first, early, late = measured[0]["memory"]
        whose = "" if checkout == _HERE else "that checkout "
        print(f"  {whose}tier {measured[0]['tier']}: {rates[-1]:.0f} a second")
        print(f"  memory of all processes: {first} MB, {early} MB after a tenth, {late} MB at last")
    if against:
        times = statistics.median(ours["rate"] / theirs["rate"] for ours, theirs in rounds)
        print(f"  {times:.2f} times as many as that checkout")
    asked = {
        "notebook": plain_checks.notebook(0),
        "tests": [f"list(scaled_{n}([1, 2, 3])) == [{n}, {2 * n}, {3 * n}]" for n in range(checks)],
        "times": 3,
    }
    script = Path(__file__).with_name("otter_peer.py")
    peer = ask_peer("otter-grader", script, asked, beside=("ipykernel", "numpy"))
    if peer is not None:
        times = rates[0] * peer["seconds"]
        print(f"  otter run: {60 / peer['seconds']:.1f} a minute; ours {times:.0f} times as many")


def _said(command: list[str], checkout: Path) -> str:
    done = subprocess.run(
        command, cwd=checkout, check=True, stdout=subprocess.PIPE, text=True, env=_environment()
    )
    return done.stdout


def _python(checkout: Path) -> Path:
    return checkout / ".venv" / "bin" / "python"


def _environment() -> dict[str, str]:
    """Return the environment of what is measured."""
    # Whoever installs the package has it compiled.
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    main()
