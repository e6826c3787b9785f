"""Networks of every family that people export, each read, run and pruned: the table of docs/coverage.md.

    coverage.py list [SOURCE]                    the names: SOURCE/NAME
    coverage.py run FOLDER RESULTS [NAME ...]    tries each that RESULTS has no line of; one line of JSON for each, as it comes
    coverage.py table RESULTS                    prints the table

FOLDER keeps downloads and the network that is being tried. The environment names the tool by ESPALIER.
"""
import hashlib, json, multiprocessing, os, pathlib, sys, time

import numpy as np

from common import ESPALIER, espalier
from coverage_zoo import measuring, table

SOURCES = {"timm": "timm_families", "transformers": "hugging_face", "torchvision": "vision", "packages": "packaged"}
SECONDS = 300


def source(name):
    return __import__(f"coverage_zoo.{SOURCES[name]}", fromlist=[name])


def names(only=None):
    return [f"{kind}/{name}" for kind in SOURCES if only in (None, kind) for name in source(kind).NETWORKS]


def attempt(folder, name):
    """The line of one network."""
    began, path, inputs = time.monotonic(), f"{folder}/network.onnx", f"{folder}/inputs.npz"
    record = {"network": name, "tool": tool()}
    if (failure := made(folder, name)) is not None:
        return record | {"made": failure}
    record |= {"made": True, "bytes": os.path.getsize(path)} | measuring.measure(path, dict(np.load(inputs)))
    return record | {"seconds": round(time.monotonic() - began, 1)}


def tool():
    """The version and the checksum of the tool, since builds of one version differ."""
    return f"espalier {espalier('--version').strip()}, SHA-256 {hashlib.sha256(ESPALIER.read_bytes()).hexdigest()[:12]}"


def made(folder, name):
    """Writes one network and its inputs in a process of its own, since exporters keep memory and may hang; why not, or `None`."""
    source(name.split("/", 1)[0])  # imported here once, not in each process
    fork = multiprocessing.get_context("fork")
    failure = fork.SimpleQueue()
    process = fork.Process(target=make, args=(folder, name, failure))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return f"not exported in {SECONDS} s"
    return failure.get() if not failure.empty() else f"the exporter ended with {process.exitcode}"


def make(folder, name, failure):
    kind, network = name.split("/", 1)
    try:
        np.savez(f"{folder}/inputs.npz", **source(kind).write(f"{folder}/network.onnx", network))
        failure.put(None)
    except Exception as error:
        lines = str(error).strip().splitlines() or [""]
        failure.put(f"{type(error).__name__}: {lines[0]}"[:300])


def run(folder, results, wanted):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    known = {json.loads(line)["network"] for line in open(results)} if pathlib.Path(results).exists() else set()
    for name in wanted:
        if name not in known:
            line = json.dumps(attempt(folder, name))
            with open(results, "a") as file:
                file.write(line + "\n")
            print(line, flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["list", *only]:
            print("\n".join(names(*only)))
        case ["run", folder, results, *wanted]:
            run(folder, results, wanted or names())
        case ["table", results]:
            print(table.written(results, {kind: len(source(kind).NETWORKS) for kind in SOURCES}))
        case _:
            sys.exit(__doc__)
