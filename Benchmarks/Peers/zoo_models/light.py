"""The graphs of well-known networks that the onnx package carries, `light_*.onnx`, with weights of our own.

They come without weights: each is the result of a `ConstantOfShape`. Here such a value becomes a stored tensor, drawn by its use.
"""
import pathlib

import numpy as np, onnx, onnxruntime
from onnx import numpy_helper

from zoo_models.photographs import photographs

GRAPHS = pathlib.Path(onnx.__file__).parent / "backend/test/data/light"
NETWORKS = ["light_shufflenet", "light_squeezenet", "light_densenet121", "light_inception_v1", "light_inception_v2", "light_resnet50",
            "light_bvlc_alexnet", "light_zfnet512", "light_vgg19"]


def write(directory, name):
    """Writes one network as NAME.onnx; returns the photographs, of which it takes one at a time."""
    model = onnx.load(GRAPHS / f"{name}.onnx")
    fill(model)
    images = photographs(directory, 224, 224)
    temper(model, images[:1])
    onnx.save(model, f"{directory}/{name}.onnx")
    return images


def fill(model):
    """Makes stored tensors of what `ConstantOfShape` makes."""
    generator = np.random.default_rng(1)
    graph = model.graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    roles = {name: (node, place) for node in graph.node for place, name in enumerate(node.input)}
    for node in [node for node in graph.node if node.op_type == "ConstantOfShape"]:
        result = node.output[0]
        consumer, place = reader(result, roles)
        values = draw(generator, consumer, place, [int(size) for size in stored[node.input[0]]])
        graph.initializer.append(numpy_helper.from_array(values, result))
        graph.node.remove(node)
        if result not in {value.name for value in graph.input}:
            graph.input.append(onnx.helper.make_tensor_value_info(result, onnx.TensorProto.FLOAT, values.shape))
    used = {name for node in graph.node for name in node.input}
    for entries in (graph.initializer, graph.input):
        for entry in [entry for entry in entries if entry.name not in used]:
            entries.remove(entry)


def reader(name, roles):
    """The node that reads a value, behind those that only change its shape, and the place among its inputs."""
    consumer, place = roles[name]
    return reader(consumer.output[0], roles) if consumer.op_type in ("Unsqueeze", "Reshape") else (consumer, place)


def draw(generator, consumer, place, shape):
    """Weights that keep the size of activations (He), and factors, offsets and statistics as trained networks have them."""
    if consumer.op_type in ("Conv", "Gemm") and place == 1:
        fan_in = int(np.prod(shape[1:]))
        values = generator.normal(0, np.sqrt(2 / fan_in), shape)
    elif consumer.op_type == "Mul" or (consumer.op_type == "BatchNormalization" and place in (1, 4)):
        values = generator.uniform(0.5, 1.5, shape)
    else:
        values = generator.normal(0, 0.1, shape)
    return values.astype(np.float32)


def temper(model, image):
    """Scales the last weights so that a softmax at the end does not fall to one class."""
    last = [node for node in model.graph.node if node.op_type in ("Conv", "Gemm")][-1]
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    probe.graph.output.append(onnx.ValueInfoProto(name=last.output[0]))
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    spread = session.run([last.output[0]], {session.get_inputs()[0].name: image})[0].std()
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    makers = {node.output[0]: node for node in model.graph.node}
    name = last.input[1]
    while name not in stored:
        name = makers[name].input[0]
    weights = stored[name]
    weights.CopyFrom(numpy_helper.from_array((numpy_helper.to_array(weights) / spread).astype(np.float32), weights.name))
