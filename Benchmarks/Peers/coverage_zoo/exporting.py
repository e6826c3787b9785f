"""A PyTorch network as an ONNX file, with weights that matter."""
import sys

import numpy as np
import onnx
import torch

SAMPLES = 8


def enliven(network):
    """Moves what initialisation left at zero, at one or next to nothing, so that every part of the network counts.

    A normalisation that scales by one, a bias of zero or a layer scale of 1e-6 hides what is computed in front of it: a comparison
    would then not notice that it is wrong.
    """
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in network.parameters():
            if not parameter.is_floating_point() or parameter.numel() < 2 or float(parameter.std()) > 1e-4:
                continue
            if float(parameter.abs().max()) == 0:
                parameter.add_(0.05 * torch.randn(parameter.shape, generator=generator))
            else:
                parameter.copy_(0.5 + torch.rand(parameter.shape, generator=generator))
    return network


def standardise(network, arguments):
    """Running statistics of the batch that the network is exported with, so that no activation fades or grows."""
    norms = [module for module in network.modules() if isinstance(module, torch.nn.modules.batchnorm._BatchNorm)]
    modes = [(norm, norm.momentum) for norm in norms if norm.track_running_stats]
    for norm, _ in modes:
        norm.momentum, norm.training = None, True
    try:
        with torch.no_grad():
            network(*arguments)
    except ValueError:  # one value for each channel has no variance
        pass
    for norm, momentum in modes:
        norm.momentum, norm.training = momentum, False
        norm.running_var.clamp_(min=0.05)


class Positional(torch.nn.Module):
    """A network that is called with arguments by name, as one that takes them by position and gives tensors alone."""

    def __init__(self, network, names):
        super().__init__()
        self.network, self.names = network, names

    def forward(self, *inputs):
        return tuple(tensors(self.network(**dict(zip(self.names, inputs)))))


class Flat(torch.nn.Module):
    """A network whose results, however nested, are given as a tuple of tensors."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, *inputs):
        return tuple(tensors(self.network(*inputs)))


def tensors(result):
    """The tensors of a result, in order; caches and other objects are left out."""
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, dict):
        return [tensor for value in result.values() for tensor in tensors(value)]
    if isinstance(result, (tuple, list)):
        return [tensor for value in result for tensor in tensors(value)]
    return []


def export(network, arguments, path, dynamo=False, opset=None, batch_is_open=True):
    """Exports with an open batch, or where that fails with the batch of the arguments.

    `arguments` is {name: tensor}. By tracing, as most files were made, or by torch.export (`dynamo`).
    """
    network.eval()
    names, values = list(arguments), tuple(arguments.values())
    outputs = len(tensors(network(*values)))
    options = dict(input_names=names, output_names=[f"output{place}" for place in range(outputs)])
    if dynamo:
        axes = tuple({0: torch.export.Dim.DYNAMIC} for _ in names)
        options |= dict(dynamo=True, external_data=False, verbose=False, opset_version=opset or 18)
        opened = dict(dynamic_shapes={"inputs": axes} if isinstance(network, (Flat, Positional)) else axes)
    else:
        options |= dict(dynamo=False, opset_version=opset or 17)
        opened = dict(dynamic_axes={name: {0: "batch"} for name in names})
    try:
        torch.onnx.export(network, values, path, **options, **(opened if batch_is_open else {}))
    except Exception:
        if not batch_is_open:
            raise
        torch.onnx.export(network, values, path, **options)
    onnx.checker.check_model(path)  # the exporters have faults of their own


def export_anyhow(network, arguments, path, dynamo=False):
    """Exports by tracing, or by torch.export if that is asked for or tracing fails."""
    if not dynamo:
        try:
            return export(network, arguments, path)
        except Exception as error:
            print(f"tracing: {type(error).__name__}, so torch.export", file=sys.stderr)
    export(network, arguments, path, dynamo=True)


def noise(*shape, seed=1):
    """Standard normal numbers."""
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
