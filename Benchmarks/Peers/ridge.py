"""Is the ridge that cross-validation chooses as good as the best fixed one?

    ridge.py ESPALIER NETWORK.onnx [NETWORK.onnx ..]

Each network, trained on Fashion-MNIST (as `espalier train` does it from fashion-mnist:/usr/share/datasets/fashion-mnist), is pruned to a
quarter of its units on 32, 128, 512 and 2,048 images, with the ridge by folds (the default) and with fixed ones, and evaluated on the
10,000 test images. Prints a table of accuracies, and exits with 1 if the default is more than half a point below the best fixed one.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

DATA = "fashion-mnist:/usr/share/datasets/fashion-mnist"
RIDGES = [None, "1e-5", "1e-4", "1e-3", "1e-2", "1e-1", "1"]
SIZES = [32, 128, 512, 2048]


def accuracy(espalier, network, samples, ridge, folder):
    pruned, report = os.path.join(folder, "pruned.onnx"), os.path.join(folder, "accuracy.json")
    fixed = ["--ridge", ridge] if ridge else []
    subprocess.run([espalier, "prune", network, "--calibration", DATA, "--samples", str(samples), "--keep", "0.25", *fixed,
                    "-o", pruned, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([espalier, "evaluate", pruned, "--data", DATA, "--json", report, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(report) as file:
        return 100 * json.load(file)["top1"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("espalier")
    parser.add_argument("networks", nargs="+")
    options = parser.parse_args()
    worst = 0.0
    print("| network | images | by folds |", " | ".join(RIDGES[1:]), "|", flush=True)
    print("|---|---:|" + "---:|" * len(RIDGES), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for network in options.networks:
            for samples in SIZES:
                found = [accuracy(options.espalier, network, samples, ridge, folder) for ridge in RIDGES]
                worst = max(worst, max(found[1:]) - found[0])
                name = os.path.basename(network).removesuffix(".onnx")
                print(f"| {name} | {samples:,} |", " | ".join(f"{value:.2f}" for value in found), "|", flush=True)
    print(f"\nThe default is at most {worst:.2f} points below the best fixed ridge.")
    sys.exit(1 if worst > 0.5 else 0)


if __name__ == "__main__":
    main()
