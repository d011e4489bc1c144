"""Where a student's code may run: the tiers, what they hold, and the line to a worker."""
