"""Signalling games: perfect Bayesian equilibria, with the beliefs that support them."""
