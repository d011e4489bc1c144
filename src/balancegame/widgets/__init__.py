"""Explorers: games that can be touched in a notebook."""
