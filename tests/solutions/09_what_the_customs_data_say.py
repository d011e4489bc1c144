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
