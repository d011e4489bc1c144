"""Games in which players move in turn: backward induction, plans, truncation."""
