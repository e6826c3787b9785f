"""How much of a network a pruned file keeps."""
import numpy as np

from . import runtime


def judged(network, path):
    """Fractions of multiply-accumulates, of right answers (where there are labels) and of first classes that stay, and
    the norm of the answers' change over theirs."""
    inputs, labels = network.held_out
    dense, pruned = network.answers, network.answer(runtime.output(path, inputs), inputs)
    first, before = pruned.argmax(1), dense.argmax(1)
    return {
        "macs": runtime.macs(path, inputs) / network.macs,
        "accuracy": None if labels is None else float((first == labels).mean()),
        "agreement": float((first == before).mean()),
        "error": float(np.linalg.norm(pruned - dense) / np.linalg.norm(dense)),
    }
