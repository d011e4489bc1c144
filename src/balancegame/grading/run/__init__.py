"""Running the tests of an exercise on one submission after another."""
