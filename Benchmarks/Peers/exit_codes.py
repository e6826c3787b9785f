"""Runs `espalier inspect` and `espalier run` on every model of ONNX's own tests: an exit code of 1, or a signal, is our fault."""
import collections, pathlib, subprocess, sys, tempfile

import numpy as np, onnx

from common import ESPALIER

FOLDER = pathlib.Path("/usr/share/libonnx-testdata/data")
EXPECTED = {0, 2, 64, 65}


def code(*arguments):
    return subprocess.run([ESPALIER, *map(str, arguments)], capture_output=True).returncode


def inputs(model, folder):
    """`--input` for each tensor of the model's first set of test data."""
    arguments = []
    for file in sorted((model.parent / "test_data_set_0").glob("input_*.pb"), key=lambda file: int(file.stem.split("_")[1])):
        try:
            array = onnx.numpy_helper.to_array(onnx.load_tensor(file))
        except Exception:  # Sequences and optional values are no tensors.
            continue
        np.save(f"{folder}/{file.stem}.npy", array, allow_pickle=array.dtype == object)
        arguments += ["--input", f"{folder}/{file.stem}.npy"]
    return arguments


counts = {"inspect": collections.Counter(), "run": collections.Counter()}
faults = []
for model in sorted(FOLDER.rglob("*.onnx")):
    with tempfile.TemporaryDirectory() as folder:
        for command, arguments in (("inspect", ["--json"]), ("run", [*inputs(model, folder), "--output", f"{folder}/output.npy"])):
            result = code(command, model, *arguments)
            counts[command][result] += 1
            if result not in EXPECTED:
                faults.append(f"{command} {model}: {result}")
for command, codes in counts.items():
    print(command, ", ".join(f"exit code {number}: {count}" for number, count in sorted(codes.items())))
sys.exit("\n".join(faults) or 0)
