"""Transformer encoders as people have them, each run beside ONNX Runtime and pruned.

    encoders.py list                     their names
    encoders.py models DIR [NAME ...]    writes them into DIR: NAME.onnx, and NAME.npz, the inputs they are fed with
    encoders.py agree DIR [NAME ...]     runs each here and in ONNX Runtime
    encoders.py prune DIR [NAME ...]     prunes each by half: feed-forward units, heads, both; checks each in ONNX Runtime
    encoders.py narrow DIR [NAME ...]    prunes everything by half, the residual width too (--scope all), and compares with PyTorch's network,
                                         narrowed by hand
"""
import pathlib, sys

import numpy as np

from encoder_zoo import checks, exported, fused, narrow, packaged

WRITERS = {name: module.write for module in (exported, fused, packaged) for name in module.NETWORKS}


def models(directory, names):
    """Writes what is not there yet."""
    pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
    for name in names:
        if not pathlib.Path(f"{directory}/{name}.npz").exists():
            print(f"writing {name}", file=sys.stderr)
            np.savez(f"{directory}/{name}.npz", **WRITERS[name](directory, name))


def agree(directory, names):
    """Prints the relative difference of each; returns how many are too large."""
    failures = 0
    for name in names:
        words, agrees = checks.verdict(f"{directory}/{name}.onnx", dict(np.load(f"{directory}/{name}.npz")))
        print(f"{name:<26} {words}  {'agrees' if agrees else 'DIFFERS'}", flush=True)
        failures += not agrees
    return failures


def prune(directory, names):
    """Prints one line for each network and scope; returns how many failed."""
    print("| network | scope | groups | MACs kept | verified to | ONNX Runtime |\n|---|---|---:|---:|---:|---|")
    failures = 0
    for name in names:
        inputs = dict(np.load(f"{directory}/{name}.npz"))
        for scope in ("ffn", "heads", "inner"):
            line, agrees = checks.pruned(directory, name, scope, inputs)
            print(line, flush=True)
            failures += not agrees
    return failures


def residual(directory, names):
    """Prints one line for each network; returns how many failed."""
    print("| network | groups | MACs kept | verified to | PyTorch |\n|---|---:|---:|---:|---:|")
    failures = 0
    for name in names:
        line, agrees = narrow.line(directory, name, dict(np.load(f"{directory}/{name}.npz")))
        print(line, flush=True)
        failures += not agrees
    return failures


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["list"]:
            print("\n".join(WRITERS))
        case ["models", directory, *names]:
            models(directory, names or WRITERS)
        case ["agree", directory, *names]:
            sys.exit(1 if agree(directory, names or WRITERS) else 0)
        case ["prune", directory, *names]:
            sys.exit(1 if prune(directory, names or WRITERS) else 0)
        case ["narrow", directory, *names]:
            sys.exit(1 if residual(directory, names or narrow.NETWORKS) else 0)
        case _:
            sys.exit(__doc__)
