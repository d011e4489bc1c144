"""What an exercise is made of: tests, criteria, reading of answers, payoffs of one's own."""
