"""What a student handed in, and the answers that are read from it."""
