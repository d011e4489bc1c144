"""Verbs: one module a solution concept."""
