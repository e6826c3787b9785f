"""Dense and pruned files pass the ONNX checker, load in ONNX Runtime, and give what `espalier run` gives, to 1e-5 relative."""
import sys, tempfile

import numpy as np, onnx, onnxruntime

from common import FASHION_MNIST, espalier, idx

TOLERANCE = 1e-5
images = idx("t10k-images-idx3-ubyte.gz").reshape(-1, 784).astype(np.float32)[:1000] / 255
failures = 0


def check(folder, name, path):
    global failures
    onnx.checker.check_model(onnx.load(path), full_check=True)
    espalier("run", path, "--input", f"{folder}/images.npy", "--output", f"{folder}/ours.npy")
    ours = np.load(f"{folder}/ours.npy")
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    theirs = session.run(None, {session.get_inputs()[0].name: images})[0]
    difference = np.abs(ours - theirs).max() / np.abs(theirs).max()
    failures += difference > TOLERANCE
    print(f"{name:<34} largest relative difference {difference:.1e}  {'agrees' if difference <= TOLERANCE else 'DIFFERS'}")


with tempfile.TemporaryDirectory() as folder:
    np.save(f"{folder}/images.npy", images)
    data = f"fashion-mnist:{FASHION_MNIST}"
    espalier("new", "mlp", "--layers", "784,1024,10", "-o", f"{folder}/new.onnx")
    espalier("train", f"{folder}/new.onnx", "--data", data, "--epochs", 1, "-o", f"{folder}/dense.onnx", "--quiet")
    check(folder, "dense", f"{folder}/dense.onnx")
    for method in ("ispasp", "gfs", "omp", "backward", "l1", "l2", "random"):
        for refit in ("--refit", "--no-refit"):
            pruned = f"{folder}/pruned.onnx"
            espalier("prune", f"{folder}/dense.onnx", "--calibration", data, "--samples", 2048, "--keep", 0.25,
                     "--method", method, refit, "-o", pruned, "--quiet")
            check(folder, f"{method} {refit}", pruned)
sys.exit(f"{failures} differ" if failures else 0)
