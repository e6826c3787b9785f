"""A network run here and by ONNX Runtime on the same images."""
import pathlib, subprocess, tempfile

import numpy as np, onnxruntime

from common import ESPALIER

TOLERANCE = 1e-4


class Refused(Exception):
    """The tool ended with another exit code than 0."""


def espalier(*arguments):
    """What the tool writes to standard output."""
    done = subprocess.run([ESPALIER, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Refused(f"exit code {done.returncode}: {(done.stderr.strip().splitlines() or ['silent'])[-1]}")
    return done.stdout


def session(path, optimises=True):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    if not optimises:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def fixed_batch(network):
    """The batch that the network says; `None` where it leaves it open."""
    size = network.get_inputs()[0].shape[0]
    return size if isinstance(size, int) and size > 0 else None


def difference(path, images):
    """How far `espalier run` is from ONNX Runtime: of any output the largest difference, over that output's largest number."""
    network = session(path)
    inputs = images[: fixed_batch(network) or 2]
    names = [output.name for output in network.get_outputs()]
    expected = network.run(names, {network.get_inputs()[0].name: inputs})
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/input.npy", inputs)
        outputs = [f"{folder}/{position}.npy" for position in range(len(names))]
        espalier("run", path, "--input", f"{folder}/input.npy", *[part for file in outputs for part in ("--output", file)])
        return distance([np.load(file) for file in outputs], expected)


def rounding(path, images):
    """The same between ONNX Runtime and itself without its optimisations: what the order of additions makes of the outputs."""
    results = []
    for network in (session(path, optimises=False), session(path)):
        inputs = images[: fixed_batch(network) or 2]
        results.append(network.run(None, {network.get_inputs()[0].name: inputs}))
    return distance(*results)


def verdict(path, images):
    """The difference in words, and whether it is small: within the tolerance, or within what rounding alone makes."""
    apart = difference(path, images)
    if apart <= TOLERANCE:
        return f"{apart:.0e}", True
    own = rounding(path, images)
    return f"{apart:.0e}, and its own rounding {own:.0e}", apart <= own


def distance(actual, expected):
    worst = 0.0
    for ours, theirs in zip(actual, expected):
        if ours.shape != theirs.shape:
            raise Refused(f"shape {ours.shape} where ONNX Runtime has {theirs.shape}")
        worst = max(worst, float(np.abs(ours - theirs).max() / np.abs(theirs).max()))
    return worst
