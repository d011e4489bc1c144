"""From the roster to the registrar: who is in a class, what they handed in, and their grades."""
