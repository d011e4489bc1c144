"""The process that runs a student's code. It holds nothing worth stealing and decides nothing.

Whatever is imported here is visible to students: no tests, no answers, no solvers.
"""
