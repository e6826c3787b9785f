"""Small networks of many operators, as seeds."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def model(nodes, weights, inputs, outputs=("y",), opset=17, domains=()):
    """A network of `nodes`, which may be tuples of an operator, inputs, outputs and attributes."""
    made = [helper.make_node(op, ins.split(), outs.split(), **attributes) for op, ins, outs, attributes in nodes]
    graph = helper.make_graph(
        made,
        "seed",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    imports = [helper.make_opsetid("", opset), *(helper.make_opsetid(domain, 1) for domain in domains)]
    made = helper.make_model(graph, opset_imports=imports)
    made.ir_version = 8
    return made


def networks(random):
    """Networks by name."""

    def w(*shape):
        return random.standard_normal(shape, dtype=np.float32)

    def i(*values):
        return np.array(values, np.int64)

    body = helper.make_graph(
        [helper.make_node("Relu", ["r"], ["t"])], "then", [], [helper.make_tensor_value_info("t", 1, None)]
    )
    other = helper.make_graph(
        [helper.make_node("Neg", ["r"], ["e"])], "else", [], [helper.make_tensor_value_info("e", 1, None)]
    )
    return {
        "mlp": model(
            [
                ("Gemm", "x w b", "h", {"transB": 1}),
                ("Relu", "h", "r", {}),
                ("Dropout", "r", "d", {}),
                ("MatMul", "d v", "m", {}),
                ("Add", "m c", "s", {}),
                ("Softmax", "s", "y", {"axis": -1}),
            ],
            {"w": w(8, 6), "b": w(8), "v": w(8, 4), "c": w(4)},
            {"x": ["N", 6]},
        ),
        "conv": model(
            [
                ("Conv", "x w b", "a", {"pads": [1, 1, 1, 1], "strides": [2, 2]}),
                ("BatchNormalization", "a s t m q", "n", {}),
                ("Relu", "n", "r", {}),
                ("MaxPool", "r", "p", {"kernel_shape": [2, 2], "strides": [2, 2]}),
                ("Conv", "p v", "c", {"group": 2, "dilations": [1, 1]}),
                ("Clip", "c lo hi", "k", {}),
                ("GlobalAveragePool", "k", "g", {}),
                ("Flatten", "g", "f", {}),
                ("Gemm", "f z", "y", {}),
            ],
            {
                "w": w(8, 3, 3, 3),
                "b": w(8),
                "s": w(8),
                "t": w(8),
                "m": w(8),
                "q": np.abs(w(8)),
                "v": w(8, 4, 1, 1),
                "lo": np.float32(0.0),
                "hi": np.float32(6.0),
                "z": w(8, 4),
            },
            {"x": ["N", 3, 20, 24]},
        ),
        "shapes": model(
            [
                ("Conv", "x w", "a", {"kernel_shape": [1, 1]}),
                ("Split", "a sp", "l r", {"axis": 1}),
                ("Concat", "r l", "c", {"axis": 1}),
                ("Reshape", "c sh", "q", {}),
                ("Transpose", "q", "t", {"perm": [0, 2, 1, 3, 4]}),
                ("Reshape", "t sh2", "u", {}),
                ("Slice", "u st en ax sp1", "v", {}),
                ("Pad", "v pa", "p", {"mode": "reflect"}),
                ("Resize", "p  sc", "z", {"mode": "linear"}),
                ("ReduceMean", "z", "m", {"axes": [2, 3], "keepdims": 0}),
                ("Gather", "m id", "g", {"axis": 1}),
                ("Gemm", "g k", "y", {}),
            ],
            {
                "w": w(8, 3, 1, 1),
                "sp": i(4, 4),
                "sh": i(0, 2, 4, 6, 6),
                "sh2": i(0, 8, 6, 6),
                "st": i(1, 0),
                "en": i(5, 9),
                "ax": i(2, 3),
                "sp1": i(1, 2),
                "pa": i(0, 0, 1, 1, 0, 0, 1, 1),
                "sc": np.array([1, 1, 2, 1.5], np.float32),
                "id": i(0, 3, 5, -1),
                "k": w(4, 3),
            },
            {"x": ["N", 3, 6, 6]},
        ),
        "attention": model(
            [
                ("LayerNormalization", "x g b", "n", {}),
                ("MatMul", "n wq", "q", {}),
                ("MatMul", "n wk", "k", {}),
                ("MatMul", "n wv", "v", {}),
                ("Reshape", "q sh", "q4", {}),
                ("Reshape", "k sh", "k4", {}),
                ("Reshape", "v sh", "v4", {}),
                ("Transpose", "q4", "qt", {"perm": [0, 2, 1, 3]}),
                ("Transpose", "k4", "kt", {"perm": [0, 2, 3, 1]}),
                ("Transpose", "v4", "vt", {"perm": [0, 2, 1, 3]}),
                ("MatMul", "qt kt", "s", {}),
                ("Mul", "s d", "sd", {}),
                ("Softmax", "sd", "p", {"axis": 3}),
                ("MatMul", "p vt", "o", {}),
                ("Transpose", "o", "ot", {"perm": [0, 2, 1, 3]}),
                ("Reshape", "ot sh3", "m", {}),
                ("MatMul", "m wo", "a", {}),
                ("Add", "a x", "y", {}),
            ],
            {
                "g": w(8),
                "b": w(8),
                "wq": w(8, 8),
                "wk": w(8, 8),
                "wv": w(8, 8),
                "wo": w(8, 8),
                "sh": i(0, 0, 2, 4),
                "sh3": i(0, 0, 8),
                "d": np.float32(0.5),
            },
            {"x": ["N", 5, 8]},
        ),
        "recurrent": model(
            [
                ("LSTM", "x w r b", "a  ", {"hidden_size": 4, "direction": "bidirectional"}),
                ("Transpose", "a", "t", {"perm": [0, 2, 1, 3]}),
                ("Reshape", "t sh", "f", {}),
                ("GRU", "f w2 r2", "c hh", {"hidden_size": 5, "linear_before_reset": 1}),
                ("Squeeze", "hh ax", "h", {}),
                ("Gemm", "h k", "y", {}),
            ],
            {
                "w": w(2, 16, 6),
                "r": w(2, 16, 4),
                "b": w(2, 32),
                "sh": i(0, 0, 8),
                "w2": w(1, 15, 8),
                "r2": w(1, 15, 5),
                "ax": i(0),
                "k": w(5, 3),
            },
            {"x": [7, 2, 6]},
        ),
        "mixed": model(
            [
                ("ConvTranspose", "x w", "a", {"strides": [2, 2], "output_padding": [1, 1]}),
                ("InstanceNormalization", "a s t", "n", {}),
                ("PRelu", "n sl", "r", {}),
                ("DepthToSpace", "r", "d", {"blocksize": 2}),
                ("AveragePool", "d", "p", {"kernel_shape": [3, 3], "ceil_mode": 1}),
                ("LRN", "p", "l", {"size": 3}),
                ("Shape", "l", "sh", {}),
                ("ConstantOfShape", "sh", "z", {}),
                ("Greater", "l z", "gt", {}),
                ("Where", "gt l z", "wh", {}),
                ("ReduceMax", "wh", "mx", {"axes": [2, 3], "keepdims": 0}),
                ("TopK", "mx kk", "tv ti", {}),
                ("Einsum", "tv e", "y", {"equation": "bi,ij->bj"}),
            ],
            {"w": w(3, 8, 3, 3), "s": w(8), "t": w(8), "sl": w(8, 1, 1), "kk": i(2), "e": w(2, 3)},
            {"x": ["N", 3, 5, 5]},
        ),
        "choice": model(
            [
                ("Gemm", "x w", "r", {}),
                ("ReduceSum", "r", "su", {"keepdims": 0}),
                ("Cast", "su", "co", {"to": 9}),
                ("If", "co", "y", {"then_branch": body, "else_branch": other}),
            ],
            {"w": w(6, 4)},
            {"x": ["N", 6]},
        ),
        "quantised": model(
            [
                ("QuantizeLinear", "x s z", "q", {}),
                ("QLinearConv", "q s z w ws wz s z", "c", {}),
                ("DequantizeLinear", "c s z", "d", {}),
                ("DynamicQuantizeLinear", "d", "dq ds dz", {}),
                ("ConvInteger", "dq w2", "ci", {}),
                ("Cast", "ci", "cf", {"to": 1}),
                ("Mul", "cf ds", "y", {}),
            ],
            {
                "s": np.float32(0.1),
                "z": np.uint8(128),
                "w": random.integers(-9, 9, (4, 3, 3, 3)).astype(np.int8),
                "ws": np.float32(0.1),
                "wz": np.int8(0),
                "w2": random.integers(0, 9, (5, 4, 1, 1)).astype(np.uint8),
            },
            {"x": [2, 3, 6, 6]},
        ),
        "unknown": model(
            [
                ("Gemm", "x w", "a", {}),
                ("Act", "a", "b", {"domain": "com.acme"}),
                ("Mix", "b", "c", {"domain": "com.acme"}),
                ("Gemm", "c v", "y", {}),
            ],
            {"w": w(6, 8), "v": w(8, 4)},
            {"x": ["N", 6]},
            domains=["com.acme"],
        ),
    }
