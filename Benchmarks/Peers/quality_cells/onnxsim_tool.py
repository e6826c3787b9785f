"""Cells that onnxsim makes: structured pruning by its own reach (it has no scopes), then its re-fit of dense layers."""
import functools, time

import onnx

from . import runtime, search

CHUNK = 64
METHODS = {"L2": (False, False), "L2, re-fit": (False, True), "Wanda, re-fit": (True, True)}
"""By name, whether activations weigh in, and whether dense layers are re-fitted."""
SEEDLESS = {"L2"}


def methods(_):
    return METHODS


def scopes(network):
    return network.scopes[-1:]


@functools.cache
def simplified(path):
    """The network with its normalisations folded, which its pruning expects."""
    import onnxsim

    model, proven = onnxsim.simplify(str(path))
    assert proven, f"onnxsim cannot simplify {path}"
    return model


def prune(cell, folder, result):
    """Writes the network; returns the seconds that it took."""
    import onnxsim

    started = time.monotonic()
    model, (activations, refits) = simplified(cell.network.path), METHODS[cell.method]
    inputs = cell.calibration()
    batches = [{name: value[start : start + CHUNK] for name, value in inputs.items()}
               for start in range(0, cell.samples, CHUNK)]

    def cut(sparsity, batches):
        if activations:
            return onnxsim.apply_structured_wanda_pruning(model, batches, sparsity=sparsity)
        return onnxsim.apply_structured_pruning(model, sparsity=sparsity)

    def attempt(sparsity):
        # How many channels go depends on the fraction alone; one sample is enough to count.
        onnx.save(cut(sparsity, [{name: value[:1] for name, value in inputs.items()}]), result)
        return runtime.macs(result, cell.network.held_out), sparsity

    pruned = cut(search.mildest(attempt, cell.limit()), batches)
    onnx.save(onnxsim.apply_pruning_finetune(model, pruned, batches) if refits else pruned, result)
    return time.monotonic() - started
