"""Repeated games: automata, one-shot deviations, the patience that they need, tournaments."""
