"""Writes quantized/: small networks that ONNX Runtime's quantisers write with operators of whole numbers, each with
inputs and the outputs that ONNX Runtime computes (NAME.npz).

Run: python make_quantized.py (needs onnx and onnxruntime). KIND is tensor or channel (static, scales of tensors or of
channels) or dynamic.
"""
import logging, pathlib, tempfile

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static

FOLDER = pathlib.Path(__file__).parent / "quantized"
logging.disable(logging.WARNING)


class Network:
    """A network under construction over random weights."""

    def __init__(self, seed, shape):
        self.generator, self.shape, self.nodes, self.weights = np.random.default_rng(seed), shape, [], []

    def weight(self, name, *shape):
        value = (self.generator.standard_normal(shape) / np.sqrt(np.prod(shape[1:]) or 1)).astype(np.float32)
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def constant(self, name, value):
        self.weights.append(numpy_helper.from_array(value, name))
        return name

    def add(self, op, inputs, output, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def convolution(self, name, source, channels, size, **attributes):
        weights = [self.weight(f"{name}.weight", *channels, size, size), self.weight(f"{name}.bias", channels[0])]
        return self.add("Conv", [source] + weights, name, pads=[size // 2] * 4, **attributes)

    def dense(self, name, source, inputs, outputs):
        product = self.add("MatMul", [source, self.weight(f"{name}.weight", inputs, outputs)], f"{name}.product")
        return self.add("Add", [product, self.weight(f"{name}.bias", outputs)], name)

    def model(self, output):
        self.nodes[-1].output[0] = "output"
        graph = helper.make_graph(
            self.nodes, "network", [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", *self.shape])],
            [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", *output])], self.weights)
        return onnx.shape_inference.infer_shapes(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)],
                                                                   ir_version=8))


def convolutional():
    """Two convolutions in a row, a residual one, a grouped and a depthwise one, and two dense layers."""
    n = Network(1, (3, 8, 8))
    first = n.add("Relu", [n.convolution("conv1", "input", (8, 3), 3)], "relu1")
    pooled = n.add("MaxPool", [first], "pool", kernel_shape=[2, 2], strides=[2, 2])
    second = n.add("Relu", [n.convolution("conv2", pooled, (8, 8), 3)], "relu2")
    third = n.convolution("conv3", second, (8, 8), 3)
    joined = n.add("Relu", [n.add("Add", [third, pooled], "sum")], "relu3")
    wide = n.add("LeakyRelu", [n.convolution("conv4", joined, (12, 8), 1)], "relu4", alpha=0.2)
    deep = n.add("Sigmoid", [n.convolution("conv5", wide, (12, 1), 3, group=12)], "gate")
    both = n.add("Concat", [deep, joined], "both", axis=1)
    means = n.add("Flatten", [n.add("GlobalAveragePool", [both], "means")], "flat")
    hidden = n.add("Gemm", [means, n.weight("fc1.weight", 16, 20), n.weight("fc1.bias", 16)], "fc1", transB=1)
    n.add("Gemm", [n.add("Relu", [hidden], "relu5"), n.weight("fc2.weight", 5, 16), n.weight("fc2.bias", 5)], "fc2",
          transB=1)
    return n.model([5])


def encoder():
    """One block of attention with two heads of 8, and one of feed-forward units."""
    n = Network(2, (6, 16))
    shape = n.constant("heads", np.array([0, 6, 2, 8]))

    def heads(name, order):
        parted = n.add("Reshape", [n.dense(name, "input", 16, 16), shape], f"{name}.parted")
        return n.add("Transpose", [parted], f"{name}.heads", perm=order)
    query, keys, values = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
    scores = n.add("Mul", [n.add("MatMul", [query, keys], "products"), n.constant("scale", np.float32([0.35]))], "scores")
    mixed = n.add("MatMul", [n.add("Softmax", [scores], "shares", axis=-1), values], "mixed")
    flat = n.add("Reshape", [n.add("Transpose", [mixed], "turned", perm=[0, 2, 1, 3]),
                             n.constant("flat", np.array([0, 6, -1]))], "context")
    attended = n.add("Add", ["input", n.dense("out", flat, 16, 16)], "attended")
    hidden = n.add("Relu", [n.dense("up", attended, 16, 24)], "hidden")
    n.add("Add", [attended, n.dense("down", hidden, 24, 16)], "result")
    return n.model([6, 16])


class Reader(CalibrationDataReader):
    def __init__(self, data): self.batches = iter([{"input": data}])
    def get_next(self): return next(self.batches, None)


def write(name, model):
    data = np.random.default_rng(9).standard_normal(
        [16] + [axis.dim_value for axis in model.graph.input[0].type.tensor_type.shape.dim[1:]]).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        dense = f"{folder}/dense.onnx"
        onnx.save(model, dense)
        for kind in ["tensor", "channel", "dynamic"]:
            path = str(FOLDER / f"{name}-{kind}.onnx")
            if kind == "dynamic":
                quantize_dynamic(dense, path, per_channel=True, weight_type=QuantType.QUInt8)
            else:
                types = QuantType.QUInt8 if kind == "tensor" else QuantType.QInt8
                quantize_static(dense, path, Reader(data), quant_format=QuantFormat.QOperator, activation_type=types,
                                weight_type=QuantType.QInt8, per_channel=kind == "channel")
            options = onnxruntime.SessionOptions()
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
            session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            np.savez_compressed(path.replace(".onnx", ".npz"), input=data[:4], output=session.run(None, {"input": data[:4]})[0])


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir(): old.unlink()
    write("convolutional", convolutional())
    write("encoder", encoder())
