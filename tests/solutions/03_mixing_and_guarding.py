"""One solution of exercise 3; each part replaces the cell of the task that its comment names."""

# Task 1
japan_violates = "2/5"
us_sanctions = "1/4"

# Task 2
tougher = "US"
cheaper = "Japan"
more_to_gain = "US"
more_damage = "nobody"


# Task 3
def first_row(us):
    (a, b), (c, d) = us
    return (d - c) / (a - b - c + d)


# Task 4
losses = [2, 3, 6]
