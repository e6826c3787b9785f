"""How much of a network a pruned file keeps."""
import numpy as np

from . import runtime


def judged(network, path):
    """Fractions of multiply-accumulates, of right answers (also of the dense network; where there are classes) and of
    first classes that stay, and the norm of the answers' change over theirs."""
    dense, pruned = network.dense, network.answers(path)
    return {
        "macs": runtime.macs(path, network.held_out) / network.macs,
        "accuracy": accuracy(network, path, pruned),
        "dense accuracy": accuracy(network, network.path, dense),
        "agreement": float((pruned.argmax(1) == dense.argmax(1)).mean()),
        "error": float(np.linalg.norm(pruned - dense) / np.linalg.norm(dense)),
    }


def accuracy(network, path, answers):
    """Of the file, whose answers to the samples that are judged on are known; none without classes."""
    if network.labelled is None:
        return None
    inputs, classes = network.labelled
    scores = answers if inputs is network.held_out else runtime.output(path, inputs)
    return float((scores.argmax(1) == classes).mean())
