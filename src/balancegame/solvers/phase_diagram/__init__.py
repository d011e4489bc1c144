"""The exact curves that bound the regimes of a phase diagram, and where they meet."""
