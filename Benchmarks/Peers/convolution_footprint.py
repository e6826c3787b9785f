"""Peak memory of `espalier prune` on ResNet34 at 224 with 64 and with 512 images: it must not grow with them."""
import json, tempfile

import numpy as np

from common import espalier

COUNTS = (64, 512)

with tempfile.TemporaryDirectory() as folder:
    espalier("new", "resnet34", "-o", f"{folder}/dense.onnx")
    peaks = {}
    for count in COUNTS:
        images = np.lib.format.open_memmap(f"{folder}/images.npy", "w+", np.float32, (count, 3, 224, 224))
        generator = np.random.default_rng(0)
        for index in range(count):
            images[index] = generator.standard_normal((3, 224, 224), dtype=np.float32)
        images.flush()
        for options in (["--no-refit"], ["--refit"]):
            espalier("prune", f"{folder}/dense.onnx", "--calibration", f"{folder}/images.npy", "--keep", 0.4,
                     "--method", "ispasp", "-o", f"{folder}/small.onnx", "--json", f"{folder}/result.json", "--quiet", *options)
            result = json.load(open(f"{folder}/result.json"))
            name = "with re-fit" if "--refit" in options else "selection alone"
            peaks[count, name] = result["peakMemory"]
            print(f"{count:>4} images, {name}: {result['seconds']['total']:.1f} s, "
                  f"peak memory {result['peakMemory'] / 2**20:.0f} MiB", flush=True)
    for name in ("selection alone", "with re-fit"):
        print(f"{name}, {COUNTS[1]} over {COUNTS[0]} images: {peaks[COUNTS[1], name] / peaks[COUNTS[0], name]:.3f}")
