"""ONNX Runtime on one thread, which judges all tools alike, and the count of multiply-accumulates for all sizes."""
import numpy as np, onnx, onnxruntime

CHUNK = 64


def session(model):
    """A session of a file, or of a model in memory."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    source = model.SerializeToString() if isinstance(model, onnx.ModelProto) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def output(model, inputs):
    """The first output for all samples, in chunks."""
    network = session(model)
    count = len(next(iter(inputs.values())))
    names = {value.name for value in network.get_inputs()}
    parts = [network.run(None, {name: np.ascontiguousarray(value[start : start + CHUNK])
                                for name, value in inputs.items() if name in names})[0]
             for start in range(0, count, CHUNK)]
    return np.concatenate(parts)


def macs(path, inputs):
    """Multiply-accumulates of convolutions and matrix products for one sample; all else counts nothing.

    Sizes are those of the tensors that ONNX Runtime computes, so that no shape is inferred.
    """
    model = onnx.load(path)
    counted = [node for node in model.graph.node if node.op_type in ("Conv", "Gemm", "MatMul")]
    stored = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    wanted = {name for node in counted for name in (*node.input[:2], node.output[0])} - set(stored)
    wanted -= {value.name for value in (*model.graph.input, *model.graph.output)}
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in sorted(wanted))
    network = session(model)
    feed = {value.name: inputs[value.name][:1] for value in network.get_inputs()}
    names = [value.name for value in network.get_outputs()]
    shapes = stored | {name: value.shape for name, value in feed.items()}
    shapes |= {name: value.shape for name, value in zip(names, network.run(names, feed))}
    return sum(products(node, shapes) for node in counted)


def products(node, shapes):
    """How many numbers the node makes times how many products each is the sum of."""
    made = int(np.prod(shapes[node.output[0]]))
    if node.op_type == "Conv":
        return made * int(np.prod(shapes[node.input[1]][1:]))
    transposed = any(attribute.name == "transA" and attribute.i for attribute in node.attribute)
    return made * shapes[node.input[0]][-2 if transposed else -1]
