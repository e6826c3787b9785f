"""A network of PyTorch made of an ONNX file: its layers with the stored weights, and functions between them.

For convolutional networks and perceptrons, of the operators below; others are refused. Modules are named by the weights
they have, so that groups of `espalier inspect` name them as well.
"""
import functools, json, re

import numpy as np, onnx, torch
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator
from torch.nn import functional

from common import espalier


class Twin(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        model = onnx.load(path)
        self.stored = constants(model)
        self.entries = [value.name for value in model.graph.input if value.name not in self.stored]
        self.exit = model.graph.output[0].name
        self.layers, self.steps = torch.nn.ModuleDict(), []
        for node in model.graph.node:
            if node.output[0] not in self.stored:
                self.steps.append((list(node.input), node.output[0], self.step(node)))
        del self.stored
        self.eval()

    def step(self, node):
        """What computes a node's value of its inputs that are computed themselves."""
        settings = {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
        weights = [self.stored.get(name) for name in node.input]
        if node.op_type in LAYERS and weights[1] is not None:
            key = self.key(node.input[1])
            self.layers[key] = LAYERS[node.op_type](weights, settings)
            return key
        if node.op_type not in FUNCTIONS:
            raise NotImplementedError(f"the twin has no {node.op_type}")
        return FUNCTIONS[node.op_type](weights, settings)

    def key(self, name):
        """A name that a module may have."""
        return re.sub(r"\W", "_", name)

    def held(self, cell):
        """Modules whose outputs are out of bounds: those of groups outside the scope, and of what cannot be pruned."""
        out = [group for group in groups(cell.network.path)
               if not group["prunable"] or (cell.scope == "inner" and group["scope"] != "inner")]
        names = {self.key(member.removesuffix("[0]")) for group in out for member in group["members"] or []
                 if member.endswith("[0]")}
        layers = [self.layers[name] for name in sorted(names & set(self.layers))] + [list(self.layers.values())[-1]]
        return [layer for layer in layers if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear))]

    def options(self):
        """What the tool must know besides: nothing."""
        return {}

    def settle(self):
        """Nothing is left to do when channels have gone."""

    def forward(self, *inputs):
        values = dict(zip(self.entries, inputs))
        for names, result, step in self.steps:
            arguments = [values[name] for name in names if name in values]
            values[result] = (self.layers[step] if isinstance(step, str) else step)(*arguments)
        return values[self.exit]


@functools.cache
def groups(path):
    """Those that can be pruned, and those that cannot, as the command line of this project says."""
    return json.loads(espalier("inspect", path, "--json"))["groups"]


def constants(model):
    """Stored tensors, and all that is computed of nothing else."""
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    for node in model.graph.node:
        if all(name in values for name in node.input):
            names = [onnx.ValueInfoProto(name=name) for name in node.input]
            results = [onnx.ValueInfoProto(name=name) for name in node.output]
            graph = onnx.helper.make_graph([node], "constant", names, results)
            alone = onnx.helper.make_model(graph, opset_imports=model.opset_import)
            computed = ReferenceEvaluator(alone).run(None, {name: values[name] for name in node.input})
            values |= dict(zip(node.output, computed))
    return {name: torch.from_numpy(np.array(value)) for name, value in values.items()}


def convolution(weights, settings):
    kernel, bias = weights[1], weights[2] if len(weights) > 2 else None
    pads, group = list(settings.get("pads", [0, 0, 0, 0])), settings.get("group", 1)
    layer = torch.nn.Conv2d(kernel.shape[1] * group, kernel.shape[0], tuple(kernel.shape[2:]),
                            settings.get("strides", 1), even(pads), settings.get("dilations", 1), group,
                            bias is not None)
    return filled(layer, kernel, bias)


def normalisation(weights, settings):
    layer = torch.nn.BatchNorm2d(len(weights[1]), eps=settings.get("epsilon", 1e-5))
    layer.running_mean.copy_(weights[3])
    layer.running_var.copy_(weights[4])
    return filled(layer, weights[1], weights[2])


def dense(weights, settings):
    matrix = weights[1] if settings.get("transB", 0) else weights[1].T
    bias = weights[2] if len(weights) > 2 else None
    return filled(torch.nn.Linear(matrix.shape[1], matrix.shape[0], bias is not None), matrix.contiguous(), bias)


def filled(layer, weight, bias):
    layer.weight.data.copy_(weight)
    if bias is not None:
        layer.bias.data.copy_(bias)
    return layer


def even(pads):
    """Padding that is the same on both sides."""
    half = len(pads) // 2
    if pads[:half] != pads[half:]:
        raise NotImplementedError(f"the twin has no convolution padded by {pads}")
    return tuple(pads[:half])


def padding(weights, settings):
    """Constant padding in the order of PyTorch: the last axis first, its start before its end."""
    pads = [int(width) for width in weights[1]]
    half = len(pads) // 2
    order = [width for axis in reversed(range(half)) for width in (pads[axis], pads[axis + half])]
    while order[-2:] == [0, 0]:
        order = order[:-2]
    return lambda value: functional.pad(value, order)


def largest(weights, settings):
    """Of asymmetric padding too."""
    kernel, strides, pads = settings["kernel_shape"], settings.get("strides"), settings.get("pads", [0, 0, 0, 0])
    order = [pads[1], pads[3], pads[0], pads[2]]
    padded = functools.partial(functional.pad, pad=order, value=-np.inf) if any(pads) else lambda value: value
    return lambda value: functional.max_pool2d(padded(value), kernel, strides)


def averaged(weights, settings):
    return lambda value: functional.avg_pool2d(value, settings["kernel_shape"], settings.get("strides", 1))


def reshaped(weights, settings):
    """Rows of numbers, however many are left of them."""
    if int(weights[1][0]) not in (-1, 0):
        raise NotImplementedError(f"the twin has no reshape to {weights[1].tolist()}")
    return lambda value: torch.flatten(value, 1)


def added(weights, settings):
    constant = next((weight for weight in weights if weight is not None), None)
    return torch.add if constant is None else lambda value: value + constant


def clipped(weights, settings):
    low, high = (float(bound) for bound in weights[1:3])
    return lambda value: functional.hardtanh(value, low, high)


LAYERS = {"Conv": convolution, "BatchNormalization": normalisation, "Gemm": dense, "MatMul": dense}
FUNCTIONS = {
    "Relu": lambda weights, settings: functional.relu,
    "Clip": clipped,
    "Add": added,
    "Pad": padding,
    "MaxPool": largest,
    "AveragePool": averaged,
    "GlobalAveragePool": lambda weights, settings: lambda value: functional.adaptive_avg_pool2d(value, 1),
    "Flatten": lambda weights, settings: lambda value: torch.flatten(value, 1),
    "Reshape": reshaped,
    "Transpose": lambda weights, settings: lambda value: value.permute(*settings["perm"]),
    "Softmax": lambda weights, settings: lambda value: functional.softmax(value, settings.get("axis", -1)),
}
