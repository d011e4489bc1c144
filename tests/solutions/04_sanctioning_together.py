"""One solution of exercise 4; each part replaces the cell of the task that its comment names."""

# Task 1
table_a = "deadlock"
table_b = "assurance"
table_c = "suasion"
table_d = "Chicken"

# Task 2
first_threshold = "13/4"
second_threshold = "19/4"
third_threshold = "11/3"


# Task 3
def strictly_dominates(table, row, other):
    return all(mine > theirs for mine, theirs in zip(table[row], table[other], strict=True))


# Task 4
B = 8
beta = "1/4"
c = 6
g = 2
s = 3
