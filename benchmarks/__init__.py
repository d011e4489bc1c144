"""Speed and correctness side by side with the alternatives: ``make bench``."""
