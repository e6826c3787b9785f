"""Cells that Torch-Pruning makes, of a twin in PyTorch that agrees with the file, exported again.

Importances by gradients have no labels here: the loss is the cross entropy to the network's own first class.
"""
import copy, functools, json, sys

import numpy as np, torch
from torch.nn import functional

from common import espalier

from . import runtime, search
from .twin import Twin

TOLERANCE = 1e-4
BATCH = 32
# name: importance, of which statistics, global or uniform
METHODS = {
    "L2 uniform": ("MagnitudeImportance", None, False),
    "L2 uniform, running statistics anew": ("MagnitudeImportance", None, False),
    "L2 global": ("MagnitudeImportance", None, True),
    "LAMP global": ("LAMPImportance", None, True),
    "FPGM uniform": ("FPGMImportance", None, False),
    "Taylor uniform": ("TaylorImportance", "gradients", False),
    "Taylor global": ("TaylorImportance", "gradients", True),
    "Hessian uniform": ("HessianImportance", "squares", False),
    "Hessian global": ("HessianImportance", "squares", True),
}
RENEWED = {"L2 uniform, running statistics anew"}
"""Those whose batch normalisations get running statistics of the calibration samples, as is usual without training."""
SEEDLESS = {name for name, (_, kind, _) in METHODS.items() if kind is None} - RENEWED


def scopes(network):
    return network.scopes


@functools.cache
def twin(path, network):
    """The network in PyTorch, compared with ONNX Runtime's answers."""
    torch.set_num_threads(1)
    made = Twin(path)
    sample = {name: value[:BATCH] for name, value in network.held_out[0].items()}
    with torch.no_grad():
        ours, theirs = made(tensor(sample)).numpy(), runtime.output(path, sample)
    apart = np.abs(ours - theirs).max() / np.abs(theirs).max()
    if apart > TOLERANCE:
        sys.exit(f"the twin of {path} in PyTorch differs from ONNX Runtime by {apart:.0e}")
    return made


def tensor(inputs):
    (value,) = inputs.values()
    return torch.from_numpy(np.ascontiguousarray(value))


@functools.cache
def groups(path):
    return json.loads(espalier("inspect", path, "--json"))["groups"]


def held(made, cell):
    """Modules whose outputs are out of bounds: those of groups outside the scope, and of what cannot be pruned."""
    out = [group for group in groups(cell.network.path)
           if not group["prunable"] or (cell.scope == "inner" and group["scope"] != "inner")]
    names = {member.removesuffix("[0]") for group in out for member in group["members"] or [] if member.endswith("[0]")}
    layers = [made.layer(name) for name in sorted(names)] + [list(made.layers.values())[-1]]
    return [layer for layer in layers if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))]


@functools.lru_cache(maxsize=2)
def statistics(network, samples, seed, kind):
    """By the name of each parameter the gradient of the mean loss, or the mean of squared gradients."""
    made = copy.deepcopy(twin(network.path, network))
    inputs = tensor(network.calibration(samples, seed))
    sums = {name: torch.zeros_like(parameter) for name, parameter in made.named_parameters()}
    step = BATCH if kind == "gradients" else 1
    for start in range(0, samples, step):
        scores = made(inputs[start : start + step])
        made.zero_grad()
        functional.cross_entropy(scores, scores.argmax(1).detach(), reduction="sum").backward()
        for name, parameter in made.named_parameters():
            sums[name] += parameter.grad if kind == "gradients" else parameter.grad**2
    return {name: total / samples for name, total in sums.items()}


def importance(cell, made):
    """The importance, with what it needs in the parameters' gradients, where it looks for it."""
    import torch_pruning

    name, kind, _ = METHODS[cell.method]
    result = getattr(torch_pruning.importance, name)()
    if kind is not None:
        values = statistics(cell.network, cell.samples, cell.seed, kind)
        for name, parameter in made.named_parameters():
            parameter.grad = values[name].clone()
    return result


def pruned(cell, example, ratio):
    """The twin with this fraction of channels less."""
    import torch_pruning

    made = copy.deepcopy(twin(cell.network.path, cell.network))
    torch_pruning.pruner.BasePruner(made, example, importance(cell, made), global_pruning=METHODS[cell.method][2],
                                    pruning_ratio=ratio, ignored_layers=held(made, cell)).step()
    return made


def prune(cell, folder, result):
    example = tensor({name: value[:1] for name, value in cell.network.held_out[0].items()})

    def attempt(ratio):
        made = pruned(cell, example, ratio)
        export(made, example, result)
        return runtime.macs(result, cell.network.held_out[0]), made

    made = search.mildest(attempt, cell.limit())
    if cell.method in RENEWED:
        renew(made, tensor(cell.calibration()))
    export(made, example, result)


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
    torch.onnx.export(made, (example,), str(path), dynamo=False, opset_version=17, input_names=[made.entry],
                      dynamic_axes={made.entry: {0: "batch"}})
