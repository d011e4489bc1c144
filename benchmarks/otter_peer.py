"""Grade one notebook of ten checks with otter-grader, a few times, as ``otter run`` does."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Read the cells and tests, print the seconds that a submission takes."""
    request = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        autograder = folder / "autograder"
        (autograder / "tests").mkdir(parents=True)
        (autograder / "requirements.txt").write_text("numpy\n", encoding="utf-8")
        for number, source in enumerate(request["tests"], start=1):
            test = {
                "name": f"q{number}",
                "points": 1,
                "suites": [{"type": "doctest", "cases": [{"code": f">>> {source}\nTrue"}]}],
            }
            path = autograder / "tests" / f"q{number}.py"
            path.write_text(f"OK_FORMAT = True\ntest = {test!r}\n", encoding="utf-8")
        otter = Path(sys.executable).with_name("otter")
        subprocess.run(
            [otter, "generate", "-t", "tests", "--no-environment", "-o", folder / "grader.zip"],
            cwd=autograder,
            check=True,
            capture_output=True,
        )
        seconds = []
        for number in range(request["times"]):
            notebook = folder / f"submission{number}.ipynb"
            notebook.write_text(json.dumps(request["notebook"]), encoding="utf-8")
            out = folder / f"out{number}"
            out.mkdir()
            begin = time.perf_counter()
            subprocess.run(
                [otter, "run", "-a", folder / "grader.zip", "-o", out, "--no-logo", notebook],
                cwd=folder,
                check=True,
                capture_output=True,
            )
            seconds.append(time.perf_counter() - begin)
            results = json.loads((out / "results.json").read_text(encoding="utf-8"))
            score = sum(test["score"] for test in results["tests"] if "score" in test)
            assert score == len(request["tests"]), score
    print(json.dumps({"seconds": min(seconds)}))


if __name__ == "__main__":
    main()
