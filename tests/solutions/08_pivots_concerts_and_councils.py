# Task 3
def swings(weights, quota):
    counts = [0] * len(weights)
    for chosen in range(2 ** len(weights)):
        members = [i for i in range(len(weights)) if chosen >> i & 1]
        total = sum(weights[i] for i in members)
        for i in members:
            if total >= quota > total - weights[i]:
                counts[i] += 1
    return counts


# Task 4
us = 2
china = 1
russia = 1
japan = 1
