"""Coalitional games: power indices, the core, the nucleolus; and bargaining."""
