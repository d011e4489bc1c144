"""Games in normal form: Nash equilibria and their kernel, dominance, welfare, learning."""
