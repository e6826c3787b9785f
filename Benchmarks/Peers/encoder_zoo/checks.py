"""An encoder run and pruned here, and by ONNX Runtime, on the same inputs."""
import json, tempfile

import numpy as np

from zoo_models.checks import TOLERANCE, Refused, distance, espalier, session


def ours(path, inputs, count):
    """The outputs of `espalier run`."""
    with tempfile.TemporaryDirectory() as folder:
        feeds = []
        for name, value in inputs.items():
            np.save(f"{folder}/{name}.npy", value)
            feeds += ["--input", f"{name}={folder}/{name}.npy"]
        outputs = [f"{folder}/output{position}.npy" for position in range(count)]
        espalier("run", path, *feeds, *[part for file in outputs for part in ("--output", file)])
        return [np.load(file) for file in outputs]


def difference(path, inputs):
    """The largest difference of any output, over that output's largest number."""
    expected = session(path).run(None, inputs)
    return distance(ours(path, inputs, len(expected)), expected)


def verdict(path, inputs):
    """The difference in words, and whether it is small."""
    try:
        apart = difference(path, inputs)
    except Refused as refusal:
        return str(refusal), False
    return f"{apart:.0e}", apart <= TOLERANCE


def prune(path, scope, inputs, small):
    """What `espalier prune` says of pruning everything in `scope` to half, into the file `small`."""
    with tempfile.TemporaryDirectory() as folder:
        feeds = []
        for name, value in inputs.items():
            np.save(f"{folder}/{name}.npy", value)
            feeds += ["--calibration", f"{name}={folder}/{name}.npy"]
        return json.loads(espalier(
            "prune", path, *feeds, "--keep", 0.5, "--scope", scope, "--method", "ispasp", "--no-refit", "--round-to", 1, "--json", "-", "--output", small))


def pruned(directory, name, scope, inputs):
    """A line of the table, and whether all is as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            said = prune(f"{directory}/{name}.onnx", scope, inputs, f"{folder}/small.onnx")
            words, agrees = verdict(f"{folder}/small.onnx", inputs)
        except Refused as refusal:
            return f"| {name} | {scope} | {refusal} |", False
        macs = said["after"]["macs"] / said["before"]["macs"]
        proof = said["verification"]["maximumDifference"]
        return (f"| {name} | {scope} | {len(said['groups'])} | {macs:.2f} | {proof:.0e} | {words}{'' if agrees else ' DIFFERS'} |",
                agrees)
