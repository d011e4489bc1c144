"""One solution of exercise 9; each part replaces the cell of the task that its comment names."""

# Task 1
crude_alone = 12
at_least = 15
below = 40
second_year = "no"

# Task 2
advantage = 90
least_contract = 11
largest_sanction = 23
price_times = "3/8"


# Task 3
def bounds(seen):
    low = max([0] + [saving for saving, kept in seen if not kept])
    kept = [saving for saving, kept in seen if kept]
    if not kept:
        return low, None
    return (low, min(kept)) if low < min(kept) else "none"


# Task 4
year_1 = [2, 5, 9]
year_2 = [12, 15, 40]
