"""What an instructor hands out: exercises without answers, personal notebooks, and a check."""
