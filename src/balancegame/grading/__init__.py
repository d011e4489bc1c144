"""Practice and grading: quick checks, exercise tests, and the student's answers they read."""
