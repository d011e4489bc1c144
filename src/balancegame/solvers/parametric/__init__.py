"""Games whose payoffs move with parameters: thresholds along one, regimes over two."""
