"""Damages bytes without knowing what they mean, and numbers inside text."""

import re

INTERESTING = [0, 1, 0x7F, 0x80, 0xFF, ord("-"), ord("0"), ord("9"), ord('"'), ord("\n"), ord(",")]
NUMBERS = [
    "0",
    "-1",
    "1e999",
    "-1e999",
    "nan",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1e15",
    "2147483648",
    "4611686018427387904",
    "",
    "null",
    "true",
    "[]",
    "{}",
    '""',
    "0.5",
    "1" * 400,
]


def flip(random, data, other):
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 4, 16])):
        if data:
            data[random.randrange(len(data))] = random.choice([random.randrange(256), random.choice(INTERESTING)])
    return bytes(data)


def truncate(random, data, other):
    return data[: random.randrange(len(data) + 1)]


def splice(random, data, other):
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def remove(random, data, other):
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.randrange(1, 64) :]


def repeat(random, data, other):
    start = random.randrange(len(data) + 1)
    end = min(len(data), start + random.randrange(1, 256))
    return data[:end] + data[start:end] * random.choice([1, 2, 50]) + data[end:]


def number(random, data, other):
    """Replaces a number that is written in decimal by one at an end of what numbers hold."""
    places = list(re.finditer(rb"-?\d+(\.\d+)?([eE][-+]?\d+)?", data))
    if not places:
        return flip(random, data, other)
    place = random.choice(places)
    return data[: place.start()] + random.choice(NUMBERS).encode() + data[place.end() :]


def word(random, data, other):
    """Replaces a quoted word by another of the same text."""
    places = list(re.finditer(rb'"[^"]*"', data))
    if not places:
        return splice(random, data, other)
    place, source = random.choice(places), random.choice(places)
    return data[: place.start()] + source.group() + data[place.end() :]


BINARY = [flip, flip, truncate, splice, remove, repeat]
TEXT = [flip, truncate, splice, remove, repeat, number, number, number, word]


def mutated(random, data, other, is_text):
    """`data` after one to three damages; some take bytes of `other`."""
    for _ in range(random.choice([1, 1, 2, 3])):
        data = random.choice(TEXT if is_text else BINARY)(random, data, other)
    return data
