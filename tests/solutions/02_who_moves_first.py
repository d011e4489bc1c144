"""One solution of exercise 2; each part replaces the cell of the task that its comment names."""

# Task 1
after_build = "Tax"
after_lease = "Protect"
japan_first = "Lease"
russia_first = "Protect"

# Task 2
in_public = 7
least_concession = 5
lifts_if_japan_waits = 0
lifts_if_japan_goes = -6


# Task 3
def first_choice(first, second):
    yields = []
    for own, other in zip(first, second, strict=True):
        yields.append(own[other.index(max(other))])
    return yields.index(max(yields))


# Task 4
japan = [[10, 10], [9, 15]]
us = [[10, 10], [5, 7]]
