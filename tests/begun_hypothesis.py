"""Hypothesis, before processes are copied that will draw: what takes long at first is done."""

from hypothesis import given, settings, strategies


def begin():
    """Have Hypothesis read the constants of all modules that are ours, as before its first number.

    One number in twenty is such a constant, and only the first of these needs to know them.
    """

    # Nobody's chance is used up: copies of this process would all draw the same.
    @settings(max_examples=2, database=None, deadline=None, derandomize=True)
    @given(strategies.lists(strategies.integers(), min_size=200, max_size=200))
    def nothing(numbers):
        pass

    nothing()
