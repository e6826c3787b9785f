"""The mildest setting of a tool that meets a size."""

STEPS = 9


def mildest(attempt, limit):
    """Bisects a strength in (0, 1), of which `attempt(strength)` gives (cost, result): the result of the largest cost
    that is at most `limit`, or of the smallest cost there was if none is."""
    low, high, tried = 0.0, 1.0, []
    for _ in range(STEPS):
        strength = (low + high) / 2
        cost, result = attempt(strength)
        tried.append((cost, result))
        low, high = (low, strength) if cost <= limit else (strength, high)
    within = [each for each in tried if each[0] <= limit]
    return max(within, key=first)[1] if within else min(tried, key=first)[1]


def first(pair):
    return pair[0]
