#!/usr/bin/env bash
# pytest 9.2.0, its own `subtests` fixture.
#
# Seen: when one subtest fails, the report that a `pytest_runtest_makereport` wrapper gets for the
# whole test (when == "call") says "passed". Only `pytest_runtest_logreport` is given "failed". A
# plugin that gives points by the report it wraps, as many graders do, gives full points to a test
# that pytest itself counts as failed. In JUnit XML the same test is one <testcase> with two
# <failure> elements, in a suite that says tests="3" failures="2".
# Expected: the report of the test says "failed" wherever a plugin meets it, and the suite counts
# the one test that it lists.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check "pytest==9.2.0"
cat > conftest.py <<'PYTHON'
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        with open("seen.txt", "a") as file:
            file.write(f"makereport {report.outcome}\n")
    return report

def pytest_runtest_logreport(report):
    if report.when == "call":
        with open("seen.txt", "a") as file:
            file.write(f"logreport {report.outcome}\n")
PYTHON
cat > test_sum.py <<'PYTHON'
def test_two_sums(subtests):
    with subtests.test("right"):
        assert 1 + 1 == 2
    with subtests.test("wrong"):
        assert 1 + 1 == 3
PYTHON
if env/bin/python -m pytest -q -p no:cacheprovider --junitxml=junit.xml > out.txt; then
    echo "CHANGED: pytest now says that the run succeeded"; exit 1
fi
last_made=$(grep makereport seen.txt | tail -1)
last_logged=$(grep logreport seen.txt | tail -1)
echo "last report of the test in makereport: $last_made; in logreport: $last_logged"
cases=$(grep -o '<testcase ' junit.xml | wc -l)
counted=$(grep -oE 'tests="[0-9]+"' junit.xml | head -1)
failures=$(grep -o '<failure ' junit.xml | wc -l)
echo "junit.xml: $cases testcase, $failures failures, $counted"
[ "$last_made" = "makereport passed" ] && [ "$last_logged" = "logreport failed" ] &&
    [ "$cases" = 1 ] && [ "$failures" = 2 ] && [ "$counted" = 'tests="3"' ] ||
    { echo "CHANGED: see above"; exit 1; }
echo "As seen: the wrapped report of a test with a failed subtest says passed."
