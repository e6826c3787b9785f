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


def session(path):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def fixed_batch(network):
    """The batch that the network says; `None` where it leaves it open."""
    size = network.get_inputs()[0].shape[0]
    return size if isinstance(size, int) and size > 0 else None


def difference(path, images):
    """The largest difference of any output between ONNX Runtime and `espalier run`, over that output's largest number."""
    network = session(path)
    inputs = images[: fixed_batch(network) or 2]
    names = [output.name for output in network.get_outputs()]
    expected = network.run(names, {network.get_inputs()[0].name: inputs})
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/input.npy", inputs)
        outputs = [f"{folder}/{position}.npy" for position in range(len(names))]
        espalier("run", path, "--input", f"{folder}/input.npy", *[part for file in outputs for part in ("--output", file)])
        actual = [np.load(file) for file in outputs]
    worst = 0.0
    for ours, theirs in zip(actual, expected):
        if ours.shape != theirs.shape:
            raise Refused(f"shape {ours.shape} where ONNX Runtime has {theirs.shape}")
        worst = max(worst, float(np.abs(ours - theirs).max() / np.abs(theirs).max()))
    return worst
