"""What the comparisons share: where the tool is (the environment may name another by ESPALIER), and Fashion-MNIST as NumPy arrays."""
import gzip, os, pathlib, subprocess, sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
ESPALIER = pathlib.Path(os.environ.get("ESPALIER", ROOT / ".build/release/espalier"))
FASHION_MNIST = pathlib.Path("/usr/share/datasets/fashion-mnist")


def espalier(*arguments):
    """Runs the tool; ends this program if it fails."""
    done = subprocess.run([ESPALIER, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"espalier {' '.join(map(str, arguments))}\n{done.stderr}")
    return done.stdout


def idx(name):
    """An IDX file of bytes as an array."""
    data = gzip.open(FASHION_MNIST / name).read()
    rank = data[3]
    shape = np.frombuffer(data, ">u4", rank, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def training_set():
    """60,000 images as rows of 784 numbers from 0 to 1, and their classes."""
    images = idx("train-images-idx3-ubyte.gz").reshape(-1, 784).astype(np.float32) / 255
    return images, idx("train-labels-idx1-ubyte.gz").astype(np.int64)
