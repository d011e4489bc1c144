"""Every payoff of pure subgame-perfect equilibria of a repeated game, by Abreu and Sannikov."""
