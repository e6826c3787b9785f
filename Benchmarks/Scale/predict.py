#!/usr/bin/env python3
"""Predicts the time of `espalier prune` and of a training epoch on many machines, by the model of docs/scale.md.

    predict.py                                        the table of docs/scale.md
    predict.py --rate 2e12 --link 12.5e9 --disk 2e9   for other machines

Constants are those of one machine: multiply-accumulate operations and bytes a second. Nothing is measured here.
"""

import argparse
import math

JOBS = {
    # samples; multiply-accumulates, and bytes in a file, of each; parameters; what statistics take, in forward passes;
    # the numbers of all groups' second moments, and n^3 summed over their sides n; arrays exchanged in a round of
    # calibration; samples of a batch of calibration, and of a batch of training on one machine.
    "ResNet34, ImageNet": dict(
        samples=1_281_167, macs=3.66e9, bytes=110e3, parameters=21.8e6, statistics=3.6, moments=1.02e8, cubes=3.7e11,
        arrays=16 * 5, batch=64, micro=64),
    "A decoder of 7 billion parameters, a billion tokens": dict(
        samples=2**30 // 2048, macs=7e9 * 2048, bytes=2048 * 4, parameters=7e9, statistics=0.75, moments=32 * 11008**2,
        cubes=32 * 11008**3, arrays=32 * 5, batch=4, micro=1),
}
MACHINES = [1, 8, 64, 1024]


def exchange(numbers, size, arrays, p, a):
    """Seconds to send each process its part of these numbers, in so many arrays: a message to everyone for each."""
    return (p - 1) * (numbers * size / p / a.link + arrays * a.latency)


def prune(job, p, a):
    """Seconds of compute, of reading, of communication, and of what every process does for itself."""
    # Batches are dealt in rounds: a last round that is not full takes as long as a full one.
    rounds = math.ceil(job["samples"] / job["batch"] / p)
    compute = rounds * job["batch"] * job["macs"] * (1 + job["statistics"]) / a.rate
    reading = rounds * job["batch"] * job["bytes"] / a.disk
    sent = rounds * exchange(job["moments"], 4, job["arrays"], p, a) + exchange(job["moments"], 8, job["arrays"], p, a)
    return compute, reading, sent, a.choices * job["cubes"] / a.rate


def train(job, p, a):
    """Seconds of an epoch, in steps of one batch for each machine."""
    steps = math.ceil(job["samples"] / job["micro"] / p)
    compute = steps * job["micro"] * 3 * job["macs"] / a.rate
    reading = steps * job["micro"] * job["bytes"] / a.disk
    # Gradients are sent in buckets of 2^20 numbers, and their sums brought together.
    buckets = math.ceil(job["parameters"] / 2**20)
    sent = steps * 2 * exchange(job["parameters"], 4, buckets, p, a)
    # The optimiser passes over parameters, gradients and momentum, reading and writing: memory bound.
    return compute, reading, sent, steps * 20 * job["parameters"] / a.memory


def duration(seconds):
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=1.4e12, help="multiply-accumulate operations a second")
    parser.add_argument("--link", type=float, default=3.1e9, help="bytes a second, in each direction")
    parser.add_argument("--disk", type=float, default=1e9, help="bytes a second of the shared files, for each machine")
    parser.add_argument("--memory", type=float, default=1e11, help="bytes a second of main memory")
    parser.add_argument("--latency", type=float, default=2e-5, help="seconds of a message")
    parser.add_argument("--choices", type=float, default=7.3, help="a choice and a re-fit, in n^3")
    arguments = parser.parse_args()
    for name, job in JOBS.items():
        for work, model in (("prune", prune), ("an epoch of training", train)):
            print(f"\n{name}: {work}\n")
            print("| machines | compute | reading | communication | each for itself | in all | speed-up |")
            print("|---:|---:|---:|---:|---:|---:|---:|")
            alone = None
            for p in MACHINES:
                compute, reading, communication, rest = model(job, p, arguments)
                # Reading goes on beside computing.
                total = max(compute, reading) + communication + rest
                alone = alone or total
                cells = [duration(t) for t in (compute, reading, communication, rest, total)]
                print(f"| {p} | " + " | ".join(cells) + f" | {alone / total:.3g} |")


if __name__ == "__main__":
    main()
