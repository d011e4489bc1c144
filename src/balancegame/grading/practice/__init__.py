"""A student's own practice: checks of an exercise and quick checks within a lesson."""
