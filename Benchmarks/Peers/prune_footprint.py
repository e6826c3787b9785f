"""Time and peak memory of `espalier prune` with 6,000 and with 60,000 calibration images: memory must not grow with them."""
import json, statistics, subprocess, tempfile, time

import numpy as np

from common import ESPALIER, FASHION_MNIST, espalier, training_set

ROUNDS = 5


def measure(folder, model, calibration):
    seconds, peaks, selection = [], [], []
    for _ in range(ROUNDS):
        command = [ESPALIER, "prune", model, "--calibration", calibration, "--keep", "0.25", "--method", "ispasp", "--no-refit",
                   "-o", f"{folder}/small.onnx", "--json", f"{folder}/result.json", "--quiet"]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
        result = json.load(open(f"{folder}/result.json"))
        peaks.append(result["peakMemory"])
        selection.append(result["seconds"]["selection"])
    return statistics.median(seconds), statistics.median(peaks), statistics.median(selection)


with tempfile.TemporaryDirectory() as folder:
    images, _ = training_set()
    espalier("new", "mlp", "--layers", "784,1024,10", "-o", f"{folder}/new.onnx")
    espalier("train", f"{folder}/new.onnx", "--data", f"fashion-mnist:{FASHION_MNIST}", "--epochs", 1,
             "-o", f"{folder}/dense.onnx", "--quiet")
    results = {}
    for count in (6000, 60000):
        np.save(f"{folder}/{count}.npy", images[:count])
        results[count] = measure(folder, f"{folder}/dense.onnx", f"{folder}/{count}.npy")
        seconds, peak, selection = results[count]
        print(f"{count:>6} images: {seconds:.2f} s in all, selection {selection * 1e3:.1f} ms, peak memory {peak / 2**20:.1f} MiB")
    print(f"peak memory, 60,000 over 6,000 images: {results[60000][1] / results[6000][1]:.3f}")
