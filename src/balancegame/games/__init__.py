"""Nouns: what a game is, one module a form."""
