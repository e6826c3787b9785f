"""Networks as people have them, each run beside ONNX Runtime and pruned.

    zoo.py models DIR [NAME ...]    writes them into DIR: NAME.onnx and NAME.npy, the images it is fed with
    zoo.py list
"""
import pathlib, sys

import numpy as np

from zoo_models import exported, light, packaged

WRITERS = {name: module.write for module in (exported, packaged, light) for name in module.NETWORKS}


def models(directory, names):
    """Writes what is not there yet."""
    pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
    for name in names:
        if not pathlib.Path(f"{directory}/{name}.npy").exists():
            print(f"writing {name}", file=sys.stderr)
            np.save(f"{directory}/{name}.npy", WRITERS[name](directory, name))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["list"]:
            print("\n".join(WRITERS))
        case ["models", directory, *names]:
            models(directory, names or WRITERS)
        case _:
            sys.exit(__doc__)
