"""The teacher's side of grading: a class folder in, a gradebook and its reports out."""
