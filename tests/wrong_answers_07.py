"""Wrong answers to exercise 7, as in tests/wrong_answers.py, and other right ones."""

from __future__ import annotations


def given(right: dict[str, str], answers: dict[str, str]) -> str:
    """Return answers, right where not given."""
    return "\n".join(f"{name} = {value}" for name, value in {**right, **answers}.items())


def read(**answers: str) -> str:
    """Return answers to task 1."""
    right = {
        "first": '"Chicken"',
        "second": '"Stag Hunt"',
        "third": '"giving up"',
        "fourth": '"Stag Hunt"',
    }
    return given(right, answers)


def mixed(**answers: str) -> str:
    """Return answers to task 2."""
    right = {
        "us_in_chicken": '"3/4"',
        "japan_in_chicken": '"2/3"',
        "us_in_stag_hunt": '"1/4"',
        "japan_in_stag_hunt": '"1/3"',
    }
    return given(right, answers)


def keeps(condition: str) -> str:
    """Return an answer to task 3 that drops u where the condition holds for some other v."""
    return (
        "def pareto_optimal(outcomes):\n"
        "    return [u for u in outcomes\n"
        f"            if not any(v != u and {condition} for v in outcomes)]"
    )


def design(**answers: object) -> str:
    """Return answers to task 4."""
    right = {"g": 3, "kappa": 2, "us_cost": 3, "japan_cost": 4, "us_loss": 4, "japan_loss": 6}
    return "\n".join(f"{name} = {value!r}" for name, value in {**right, **answers}.items())


WRONG_ANSWERS = {
    1: [
        (read(first='"Stag Hunt"'), "another-region", "left with -1, against two with -5"),
        (read(second='"Chicken"'), "another-region", "left with 1, against two with -3"),
        (read(third='"stag hunt"'), "another-region", "left with 3, against two with 1"),
        (read(fourth='"giving up"'), "on-the-line", "2 kappa is exactly g"),
        (read(first='"hawk"'), "unknown-answer", "'hawk' is no answer here"),
        (read(first="1"), "unknown-answer", "1 is no answer here"),
    ],
    2: [
        (mixed(us_in_chicken='"2/3"'), "own-payoffs", "this ally's own cost"),
        (mixed(us_in_chicken='"1/4"'), "other-action", "everything in Chicken"),
        (mixed(japan_in_stag_hunt='"2/3"'), "other-action", "nothing in a Stag Hunt"),
        (mixed(japan_in_chicken="0.67"), "rounded", "0.67 is very near"),
        (mixed(us_in_chicken="3"), "not-a-probability", "3 is not between 0 and 1"),
        (mixed(us_in_chicken='"1/2"'), "not-indifferent", "would not mix"),
        (mixed(us_in_chicken='"some"'), "not-a-game", "'some'"),
    ],
    3: [
        (keeps("all(y > x for x, y in zip(u, v))"), "strictly-better", "worse for nobody"),
        (
            (
                "def pareto_optimal(outcomes):\n"
                "    return [u for u in outcomes if sum(u) == max(map(sum, outcomes))]"
            ),
            "largest-sum",
            "keeps the largest sum",
        ),
        (keeps("any(y > x for x, y in zip(u, v))"), "better-for-one", "as soon as another"),
        (
            keeps("v[:2] != u[:2] and v[0] >= u[0] and v[1] >= u[1]"),
            "two-players",
            "the first two players only",
        ),
        (
            keeps("all(y >= x for x, y in zip(u, v))") + "\nall_optimal = pareto_optimal\n"
            "def pareto_optimal(outcomes):\n"
            "    return [u for u in all_optimal(outcomes) if outcomes.count(u) == 1]",
            "without-doubles",
            "drops equal outcomes",
        ),
        (
            "def pareto_optimal(outcomes):\n    return outcomes[1:2]",
            "counterexample",
            "it should be",
        ),
        ("def pareto_optimal(outcomes):\n    return outcomes", "example", "only (0, -2)"),
        ("def pareto_optimal(outcomes):\n    print(outcomes)", "no-return", "gives nothing back"),
        ("def pareto_optimal(outcomes):\n    return 3", "not-a-list", "gives back 3"),
        ("def pareto_optimal(outcomes):\n    return outcomes[9]", "function-stopped", "IndexError"),
        ("pareto_optimal = 1", "not-a-function", "def pareto_optimal"),
    ],
    4: [
        (design(g=0), "no-threat", "does not want to assert itself"),
        (design(g=2), "chicken", "one ally is enough"),
        (design(g=5), "giving-up", "not even both"),
        (design(japan_cost=6), "cost-not-below-loss", "costs Japan 6"),
        (design(g=2), "not-two", "Make it a Stag Hunt first"),
        (design(g=5), "not-two", "Make it a Stag Hunt first"),
        (design(us_cost=2, japan_cost=3), "equal-risk", "Both products are 6"),
        (design(us_cost=1, japan_cost=1), "balancing-is-safer", "costs 15 multiplied"),
        (design(g=11), "not-a-game", "outside its range"),
        (design(kappa="two"), "not-a-game", "'two'"),
    ],
}

ALSO_RIGHT = {
    1: [read(first='" chicken"', third='"Giving up"')],
    2: [mixed(us_in_chicken="0.75", us_in_stag_hunt="0.25")],
    3: [
        (
            "import numpy\n"
            "def pareto_optimal(outcomes):\n"
            "    a = numpy.array(outcomes)\n"
            "    return [u for u in outcomes\n"
            "            if not any((v >= u).all() and (v > u).any() for v in a)]"
        ),
    ],
    4: [
        design(g=4, us_cost="7/2", us_loss=4),
        design(g=2.5, us_cost=9, us_loss=10, japan_cost=1, japan_loss=4),
    ],
}
