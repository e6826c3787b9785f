"""The mildest setting of a tool that meets a size."""

STEPS = 9


def mildest(attempt, limit):
    """Bisects a strength in (0, 1), of which `attempt(strength)` gives (cost, result): the result of the largest cost
    that is at most `limit`. Ends with a ValueError if there is none."""
    low, high, tried = 0.0, 1.0, []
    for _ in range(STEPS):
        strength = (low + high) / 2
        cost, result = attempt(strength)
        tried.append((cost, result))
        low, high = (low, strength) if cost <= limit else (strength, high)
    within = [each for each in tried if each[0] <= limit]
    if not within:
        least = min(cost for cost, _ in tried)
        raise ValueError(f"leaves {least / limit:.2f} times the size that is asked for")
    return max(within, key=lambda each: each[0])[1]
