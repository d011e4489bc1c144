"""A tournament of the strategies that a class hands in: read, learnt, played and shown."""
