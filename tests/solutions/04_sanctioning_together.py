# Task 3
def strictly_dominates(table, row, other):
    return all(mine > theirs for mine, theirs in zip(table[row], table[other], strict=True))


# Task 4
B = 8
beta = "1/4"
c = 6
g = 2
s = 3
