"""Networks as people have them, each run beside ONNX Runtime and pruned.

    zoo.py list                     their names
    zoo.py models DIR [NAME ...]    writes them into DIR: NAME.onnx, and NAME.npy, the images it is fed with
    zoo.py agree DIR [NAME ...]     runs each here and in ONNX Runtime
    zoo.py prune DIR [NAME ...]     prunes each by half, with both scopes, and prints the table of docs/zoo.md
"""
import collections, pathlib, sys

import numpy as np

from zoo_models import checks, exported, light, packaged, pruning

WRITERS = {name: module.write for module in (exported, packaged, light) for name in module.NETWORKS}


def models(directory, names):
    """Writes what is not there yet."""
    pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
    for name in names:
        if not pathlib.Path(f"{directory}/{name}.npy").exists():
            print(f"writing {name}", file=sys.stderr)
            np.save(f"{directory}/{name}.npy", WRITERS[name](directory, name))


def agree(directory, names):
    """Prints the relative difference of each; returns how many are too large."""
    failures = 0
    for name in names:
        try:
            words, agrees = checks.verdict(f"{directory}/{name}.onnx", np.load(f"{directory}/{name}.npy", mmap_mode="r"))
        except checks.Refused as refusal:
            words, agrees = str(refusal), False
        print(f"{name:<26} {words}  {'agrees' if agrees else 'DIFFERS'}", flush=True)
        failures += not agrees
    return failures


def prune(directory, names):
    """Prints one line for each network and scope, and what holds the groups that are not pruned."""
    print("\n".join(pruning.HEADER))
    reasons = collections.Counter()
    for name in names:
        for scope in ("inner", "all"):
            line, frozen = pruning.row(directory, name, scope)
            print(line, flush=True)
        reasons += collections.Counter({(name, reason): count for reason, count in frozen.items()})
    print("\n| network | frozen groups | because |\n|---|---:|---|")
    for (name, reason), count in reasons.items():
        print(f"| {name} | {count} | {reason} |")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["list"]:
            print("\n".join(WRITERS))
        case ["models", directory, *names]:
            models(directory, names or WRITERS)
        case ["agree", directory, *names]:
            sys.exit(1 if agree(directory, names or WRITERS) else 0)
        case ["prune", directory, *names]:
            prune(directory, names or WRITERS)
        case _:
            sys.exit(__doc__)
