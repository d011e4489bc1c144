# Task 3
def first_choice(first, second):
    yields = []
    for own, other in zip(first, second, strict=True):
        yields.append(own[other.index(max(other))])
    return yields.index(max(yields))


# Task 4
japan = [[10, 10], [9, 15]]
us = [[10, 10], [5, 7]]
