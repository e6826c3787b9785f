"""Cells that Torch-Pruning makes, of a twin in PyTorch that agrees with the file, exported again.

Importances by gradients have no labels here: the loss is the cross entropy to the network's own first class.
"""
import copy, functools, sys, time

import numpy as np, torch
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

from . import runtime, search
from .encoder_twin import EncoderTwin
from .twin import Twin

TOLERANCE = 1e-4
BATCH = 32
ANEW = ", running statistics anew"
"""Behind it, batch normalisations get running statistics of the calibration samples, as is usual without training."""
# name: importance, of which statistics, global or uniform
METHODS = {
    "L2 uniform": ("MagnitudeImportance", None, False),
    "L2 global": ("MagnitudeImportance", None, True),
    "LAMP global": ("LAMPImportance", None, True),
    "FPGM uniform": ("FPGMImportance", None, False),
    "Taylor uniform": ("TaylorImportance", "gradients", False),
    "Taylor global": ("TaylorImportance", "gradients", True),
    "Hessian uniform": ("HessianImportance", "squares", False),
    "Hessian global": ("HessianImportance", "squares", True),
}
METHODS |= {name + ANEW: settings for name, settings in METHODS.items()}
SEEDLESS = {name for name, (_, kind, _) in METHODS.items() if kind is None and not name.endswith(ANEW)}


def methods(network):
    """Those by gradients for networks of one input, classifiers all, and running statistics where there are any."""
    made = twin(network)
    normalises = any(isinstance(module, torch.nn.BatchNorm2d) for module in made.modules())
    return [name for name, (_, kind, _) in METHODS.items()
            if (kind is None or len(made.entries) == 1) and (normalises or not name.endswith(ANEW))]


def scopes(network):
    return network.scopes


@functools.cache
def twin(network):
    """The network in PyTorch, compared with ONNX Runtime's answers."""
    torch.set_num_threads(1)
    files = network.path.parent / "model.safetensors"
    made = EncoderTwin(files.parent) if files.exists() else Twin(network.path)
    sample = {name: value[:BATCH] for name, value in network.held_out.items()}
    with torch.no_grad():
        ours, theirs = made(*tensors(made, sample)).numpy(), runtime.output(network.path, sample)
    apart = np.abs(ours - theirs).max() / np.abs(theirs).max()
    if apart > TOLERANCE:
        sys.exit(f"the twin of {network.path} in PyTorch differs from ONNX Runtime by {apart:.0e}")
    return made


def tensors(made, inputs):
    """The inputs in the order in which the twin takes them."""
    return tuple(torch.from_numpy(np.ascontiguousarray(inputs[name])) for name in made.entries)


@functools.cache
def statistics(network, samples, seed, kind):
    """By the name of each parameter the gradient of the mean loss, or the mean of squared gradients; and the seconds
    that took, for many cells share them."""
    started = time.monotonic()
    made = copy.deepcopy(twin(network))
    (inputs,) = tensors(made, network.calibration(samples, seed))
    sums = {name: torch.zeros_like(parameter) for name, parameter in made.named_parameters()}
    step = BATCH if kind == "gradients" else 1
    for start in range(0, samples, step):
        scores = made(inputs[start : start + step])
        made.zero_grad()
        functional.cross_entropy(scores, scores.argmax(1).detach(), reduction="sum").backward()
        for name, parameter in made.named_parameters():
            sums[name] += parameter.grad if kind == "gradients" else parameter.grad**2
    return {name: total / samples for name, total in sums.items()}, time.monotonic() - started


def pruned(cell, example, ratio, gradients):
    """The twin with this fraction of channels less; importances look for gradients in the parameters."""
    import torch_pruning

    name, _, everywhere = METHODS[cell.method]
    made = copy.deepcopy(twin(cell.network))
    for parameter, value in gradients.items():
        made.get_parameter(parameter).grad = value.clone()
    importance = getattr(torch_pruning.importance, name)()
    torch_pruning.pruner.BasePruner(made, example, importance, global_pruning=everywhere, pruning_ratio=ratio,
                                    head_pruning_ratio=ratio, ignored_layers=made.held(cell), **made.options()).step()
    made.settle()
    return made


def prune(cell, folder, result):
    """Writes the network; returns the seconds that it took, those of shared statistics among them."""
    kind = METHODS[cell.method][1]
    gradients, seconds = statistics(cell.network, cell.samples, cell.seed, kind) if kind else ({}, 0)
    started = time.monotonic()
    example = tensors(twin(cell.network), {name: value[:1] for name, value in cell.network.held_out.items()})

    def attempt(ratio):
        made = pruned(cell, example, ratio, gradients)
        return macs(made, example), made

    made = search.mildest(attempt, cell.limit())
    if cell.method.endswith(ANEW):
        renew(made, *tensors(made, cell.calibration()))
    export(made, example, result)
    return seconds + time.monotonic() - started


def macs(made, example):
    """The count of `runtime.macs`, without a file."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        made(*example)
    return counter.get_total_flops() / 2


def renew(made, inputs):
    """Computes the running statistics anew, as means over all batches."""
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None
            module.train()
    with torch.no_grad():
        for batch in inputs.split(BATCH):
            made(batch)
    made.eval()


def export(made, example, path):
    made.zero_grad()
    torch.onnx.export(made, example, str(path), dynamo=False, opset_version=17, input_names=made.entries,
                      dynamic_axes={name: {0: "batch"} for name in made.entries})
