"""Hidden tests of exercise 7; students do not get this file."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from balancegame.grading.exercise.feedback import wrong


def games(players):
    """Return lists of outcomes; few different payoffs, so that ties and doubles are frequent."""
    return st.lists(st.tuples(*[st.integers(-7, -4)] * players), min_size=1, max_size=9)


@pytest.mark.hidden
@pytest.mark.task(3)
@pytest.mark.points(1)
@pytest.mark.criterion("the function in unseen games")
@settings(max_examples=15, phases=[Phase.generate])
@given(outcomes=st.integers(1, 5).flatmap(games))
def test_function_finds_what_is_pareto_optimal_in_unseen_games(student, outcomes):
    says = student.call("pareto_optimal", outcomes)
    kept = [list(outcome) for outcome in outcomes if not improved(outcome, outcomes)]
    if not isinstance(says, (list, tuple)) or [*map(as_list, says)] != kept:
        wrong("unseen-games", "Your function errs in a game that you have not seen.")


def as_list(outcome):
    return list(outcome) if isinstance(outcome, (list, tuple)) else outcome


def improved(outcome, outcomes):
    """Return whether some other outcome gives somebody more and nobody less."""
    return any(
        other != outcome and all(x <= y for x, y in zip(outcome, other, strict=True))
        for other in outcomes
    )
