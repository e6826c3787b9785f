"""Writes onnxruntime/: models of one fused operator of ONNX Runtime each (CASE.onnx), with random inputs and the
outputs that ONNX Runtime computes (CASE.npz, by name of input or output), and cases.txt, the list of them.

Run: python make_onnxruntime.py (needs onnx and onnxruntime). Weights are stored in the model, as exporters and
optimisers write them; everything else is fed.
"""
import pathlib, zlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FOLDER = pathlib.Path(__file__).parent / "onnxruntime"


class Case:
    """One node: what it is called, its inputs in order (None: left out) and its outputs ("": left out)."""

    def __init__(self, name, op, inputs, outputs=("y",), stored=(), **attributes):
        self.name, self.op, self.inputs, self.outputs, self.attributes = name, op, inputs, outputs, attributes
        self.stored = set(stored)

    def result(self, name):
        """The type of an output."""
        if name == "count": return TensorProto.INT32
        if not self.op.startswith("Q") or self.name.startswith("quantized-gemm-real"): return TensorProto.FLOAT
        zero = self.inputs[1 if self.op == "QLinearConcat" else -1]
        return helper.np_dtype_to_tensor_dtype(zero.dtype)

    def write(self):
        names = ["" if value is None else f"x{place}" for place, value in enumerate(self.inputs)]
        node = helper.make_node(
            self.op, names, list(self.outputs), name="fused", domain="com.microsoft", **self.attributes)
        present = [(place, name, value) for place, (name, value) in enumerate(zip(names, self.inputs)) if name]
        element = lambda value: helper.np_dtype_to_tensor_dtype(value.dtype)
        fed = {name: value for place, name, value in present if place not in self.stored}
        model = helper.make_model(
            helper.make_graph(
                [node], self.name,
                [helper.make_tensor_value_info(name, element(value), value.shape) for name, value in fed.items()],
                [helper.make_tensor_value_info(name, self.result(name), None) for name in self.outputs if name],
                [numpy_helper.from_array(value, name) for place, name, value in present if place in self.stored]),
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)], ir_version=8)
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        results = dict(zip([output.name for output in session.get_outputs()], session.run(None, fed)))
        assert all(np.isfinite(value).all() for value in results.values()), self.name
        onnx.save(model, FOLDER / f"{self.name}.onnx")
        np.savez_compressed(FOLDER / f"{self.name}.npz", **fed, **results)


def numbers(name):
    """Normal random numbers that follow from the name, as a function of the shape."""
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    return lambda *shape: generator.standard_normal(shape).astype(np.float32)


def ints(*rows):
    return np.array(rows[0] if len(rows) == 1 else rows, np.int32)


def skip_layer_normalizations():
    def case(name, beta=True, bias=False, shape=(2, 3, 8), skip=None, outputs=("y",), size=1, **attributes):
        n = numbers(name)
        width = shape[-1]
        inputs = [size * n(*shape), size * n(*(skip or shape)), n(width), n(width) if beta else None,
                  n(width) if bias else None]
        while inputs[-1] is None: inputs.pop()
        return Case(f"skip-{name}", "SkipLayerNormalization", inputs, outputs, (2, 3, 4), **attributes)
    yield case("plain", beta=False)
    yield case("beta")
    yield case("bias-alone", beta=False, bias=True)
    yield case("bias", bias=True)
    yield case("epsilon", bias=True, epsilon=0.25)
    yield case("small-numbers", size=np.float32(1e-3))
    yield case("sum", outputs=("y", "", "", "sum"))
    yield case("sum-with-bias", bias=True, outputs=("y", "", "", "sum"), epsilon=1e-5)
    yield case("rows", shape=(5, 8), bias=True, outputs=("y", "", "", "sum"))
    yield case("one-sample-for-all", skip=(1, 3, 8), bias=True)
    yield case("one-matrix-for-all", skip=(3, 8), outputs=("y", "", "", "sum"))
    yield case("odd-width", shape=(1, 4, 37), bias=True)


def embeddings():
    ids, segments = ints([4, 0, 3], [1, 1, 2]), ints([0, 0, 1], [1, 0, 1])
    full, holes = ints([1, 1, 0], [1, 1, 1]), ints([0, 1, 0], [1, 0, 1])

    def case(name, segments=None, mask=None, places=None, outputs=("y", "count"), size=1, **attributes):
        n = numbers(name)
        inputs = [ids, segments, size * n(5, 8), size * n(6, 8), None if segments is None else n(2, 8), n(8), n(8),
                  mask, places]
        while inputs[-1] is None: inputs.pop()
        return Case(f"embed-{name}", "EmbedLayerNormalization", inputs, outputs, range(2, 7), **attributes)
    yield case("words")
    yield case("small-numbers", size=np.float32(1e-3))
    yield case("segments", segments)
    yield case("mask", segments, full)
    yield case("mask-with-holes", None, holes)
    yield case("places", segments, None, ints([2, 1, 0], [5, 5, 3]))
    yield case("places-for-all", segments, full, ints([[3, 0, 5]]))
    yield case("sum", segments, full, outputs=("y", "count", "sum"), epsilon=1e-5)
    yield case("sum-of-words", epsilon=0.5, outputs=("y", "count", "sum"))


def rectifiers():
    wide = np.concatenate([np.linspace(-12, 12, 49), [-1e-3, 1e-3, -60, 60]]).astype(np.float32)
    for op, name in [("Gelu", "gelu"), ("FastGelu", "fast-gelu"), ("QuickGelu", "quick-gelu")]:
        yield Case(f"{name}-line", op, [wide])
        yield Case(f"{name}-cube", op, [2 * numbers(name)(2, 3, 7)])
    yield Case("quick-gelu-alpha", "QuickGelu", [2 * numbers("alpha")(3, 11)], alpha=1.0)
    yield Case("quick-gelu-steep", "QuickGelu", [wide], alpha=-0.6)
    for op, name in [("FastGelu", "fast-gelu"), ("BiasGelu", "bias-gelu")]:
        n = numbers(name + "-bias")
        yield Case(f"{name}-bias", op, [2 * n(2, 3, 7), n(7)], stored=[1])
        yield Case(f"{name}-bias-of-rows", op, [2 * n(5, 16), n(16)], stored=[1])
        yield Case(f"{name}-bias-of-a-line", op, [wide, n(wide.size)], stored=[1])


def packed_attentions():
    def case(name, heads=2, bias=True, mask=None, added=None, sizes=None, shape=(2, 4, 8), **attributes):
        n = numbers(name)
        width = shape[2]
        columns = sum(sizes) if sizes else 3 * width
        inputs = [n(*shape), n(width, columns), n(columns) if bias else None, mask, None, added and n(*added)]
        while inputs[-1] is None: inputs.pop()
        if sizes: attributes["qkv_hidden_sizes"] = sizes
        return Case(f"packed-{name}", "Attention", inputs, stored=(1, 2), num_heads=heads, **attributes)
    ones = ints([1, 1, 1, 0], [1, 0, 1, 1])
    yield case("plain")
    yield case("no-bias", bias=False)
    yield case("one-head", heads=1)
    yield case("eight-heads", heads=8, shape=(1, 5, 8))
    yield case("scale", scale=0.3)
    yield case("causal", unidirectional=1)
    yield case("value-width", sizes=[8, 8, 6])
    yield case("narrow", sizes=[4, 4, 4], heads=4)
    yield case("lengths", mask=ints([3, 1]))
    yield case("ends-and-beginnings", mask=ints([4, 3, 1, 0]))
    yield case("keys", mask=ones)
    yield case("keys-and-causal", mask=ones, unidirectional=1)
    yield case("filter-value", mask=ones, mask_filter_value=-2.0)
    yield case("nothing-attended", mask=ints([0, 0, 0, 0], [1, 1, 0, 1]))
    yield case("pairs", mask=np.stack([np.tril(np.ones((4, 4), np.int32)), np.eye(4, dtype=np.int32)]))
    yield case("added", added=(2, 2, 4, 4))
    yield case("added-for-all-samples", added=(1, 2, 4, 4))
    yield case("added-for-all", added=(1, 1, 4, 4), scale=0.7)
    yield case("added-and-keys", added=(2, 2, 4, 4), mask=ones, heads=2)
    yield case("added-and-causal", added=(2, 2, 4, 4), unidirectional=1, bias=False)


def separate_attentions():
    def case(name, heads=2, bias=False, mask=None, added=None, keys=5, width=8, values=8, batch=2, queries=3,
             **attributes):
        n = numbers(name)
        inputs = [n(batch, queries, width), n(batch, keys, width), n(batch, keys, values),
                  n(2 * width + values) if bias else None, mask, added and n(*added)]
        while inputs[-1] is None: inputs.pop()
        return Case(f"heads-{name}", "MultiHeadAttention", inputs, stored=[3], num_heads=heads, **attributes)
    ones = ints([1, 1, 1, 0, 0], [1, 0, 1, 1, 1])
    yield case("plain")
    yield case("self", keys=3, bias=True)
    yield case("one-head", heads=1)
    yield case("four-heads", heads=4, bias=True, batch=1)
    yield case("bias", bias=True)
    yield case("value-width", bias=True, values=6)
    yield case("scale", scale=0.9, bias=True)
    yield case("causal", keys=3, unidirectional=1)
    yield case("lengths", mask=ints([4, 2]))
    yield case("keys", mask=ones, bias=True)
    yield case("filter-value", mask=ones, mask_filter_value=-3.0)
    yield case("nothing-attended", mask=ints([0] * 5, [1, 1, 0, 1, 1]))
    yield case("pairs", mask=(numbers("mask")(2, 3, 5) > -0.5).astype(np.int32))
    yield case("added", added=(2, 2, 3, 5))
    yield case("added-for-all-samples", added=(1, 2, 3, 5), bias=True)
    yield case("added-for-all-heads", added=(2, 1, 3, 5))
    yield case("added-and-keys", added=(2, 2, 3, 5), mask=ones, bias=True)


def root_mean_squares():
    def case(name, bias=False, shape=(2, 3, 8), skip=None, outputs=("y",), **attributes):
        n = numbers(name)
        width = shape[-1]
        inputs = [n(*shape), n(*(skip or shape)), n(width)] + ([n(width)] if bias else [])
        return Case(f"skip-rms-{name}", "SkipSimplifiedLayerNormalization", inputs, outputs, (2, 3), **attributes)
    yield case("plain")
    yield case("bias", bias=True)
    yield case("epsilon", bias=True, epsilon=0.25)
    yield case("sum", outputs=("y", "", "", "sum"))
    yield case("sum-with-bias", bias=True, outputs=("y", "", "", "sum"), epsilon=1e-5)
    yield case("rows", shape=(5, 8), bias=True)


def rotations():
    def case(name, shape, positions, size, turned=None, **attributes):
        angles = numbers(name)(6, (turned or size) // 2)
        inputs = [numbers(name + "-x")(*shape), np.array(positions, np.int64), np.cos(angles), np.sin(angles)]
        if turned: attributes["rotary_embedding_dim"] = turned
        return Case(f"rotary-{name}", "RotaryEmbedding", inputs, stored=(2, 3), **attributes)
    yield case("plain", (2, 3, 8), [[0, 1, 2], [5, 4, 3]], 4)
    yield case("offset", (2, 3, 8), [2], 4)
    yield case("interleaved", (2, 3, 8), [[0, 1, 2], [5, 4, 3]], 4, interleaved=1)
    yield case("heads-first", (2, 3, 4, 8), [[0, 1, 2, 3], [1, 0, 5, 2]], 8)
    yield case("part", (1, 3, 16), [[0, 2, 4]], 8, turned=4, num_heads=2)


def grouped_attentions():
    def case(name, heads=4, shared=2, size=16, steps=3, past=0, packed=False, rotary=False, added=None, **attributes):
        n, batch = numbers(name), 2
        rows = [n(batch, steps, (heads + 2 * shared) * size), None, None] if packed else [
            n(batch, steps, heads * size), n(batch, steps, shared * size), n(batch, steps, shared * size)]
        earlier = [n(batch, shared, past, size) for _ in range(2)]
        total = past + steps
        angles = numbers(name + "-angles")(16, size // 2)
        inputs = rows + earlier + [np.full(batch, total - 1, np.int32), np.array(total, np.int32),
                                   np.cos(angles) if rotary else None, np.sin(angles) if rotary else None, None,
                                   added and n(*added)]
        while inputs[-1] is None: inputs.pop()
        return Case(f"grouped-{name}", "GroupQueryAttention", inputs, ("y", "keys", "values"), (5, 6, 7, 8),
                    num_heads=heads, kv_num_heads=shared, do_rotary=int(rotary), **attributes)
    yield case("prompt")
    yield case("step", steps=1, past=5)
    yield case("packed", packed=True)
    yield case("rotary", rotary=True)
    yield case("rotary-step", rotary=True, steps=1, past=4)
    yield case("interleaved", rotary=True, rotary_interleaved=1, packed=True)
    yield case("one-head", shared=1)
    yield case("window", steps=6, local_window_size=2)
    yield case("scale", scale=0.4, softcap=2.0)


def products():
    def case(name, first, second, **attributes):
        n = numbers(name)
        return Case(f"product-{name}", "FusedMatMul", [n(*first), n(*second)], stored=[1], **attributes)
    yield case("scaled", (2, 3), (3, 4), alpha=0.5)
    yield case("first-transposed", (3, 2), (3, 4), transA=1)
    yield case("second-transposed", (2, 5, 3), (4, 3), transB=1, alpha=-2.0)
    yield case("both-transposed", (2, 3, 5), (2, 4, 3), transA=1, transB=1)


def convolutions():
    def case(name, bias=True, addend=False, **attributes):
        n = numbers(name)
        inputs = [n(2, 4, 5, 5), n(6, 4, 3, 3), n(6) if bias else None, n(2, 6, 5, 5) if addend else None]
        while inputs[-1] is None: inputs.pop()
        return Case(f"conv-{name}", "FusedConv", inputs, stored=(1, 2), pads=[1, 1, 1, 1], **attributes)
    yield case("plain", bias=False)
    yield case("relu", activation="Relu")
    yield case("sum", addend=True, activation="Relu")
    yield case("sum-without-bias", bias=False, addend=True)
    yield case("tanh", activation="Tanh")
    yield case("sigmoid", bias=False, activation="Sigmoid")
    yield case("leaky", activation="LeakyRelu", activation_params=[0.2])
    yield case("hard", activation="HardSigmoid", activation_params=[0.3, 0.4])
    yield case("clip", activation="Clip", activation_params=[-0.5, 1.5])


def quantized():
    def bytes_of(name, signed, *shape):
        generator = np.random.default_rng(zlib.crc32(name.encode()))
        return generator.integers(-128 if signed else 0, 128 if signed else 256, shape).astype(
            np.int8 if signed else np.uint8)

    def scaled(name, signed, shape, scale=0.03, zero=5):
        values = bytes_of(name, signed, *shape)
        return [values, np.array(scale, np.float32), np.array(zero, values.dtype)]

    def case(name, op, inputs, result, signed=False, zero=7, **attributes):
        end = [] if result is None else [np.array(result, np.float32), np.array(zero, np.int8 if signed else np.uint8)]
        inputs = end + inputs if op == "QLinearConcat" else inputs + end
        stored = [place for place, value in enumerate(inputs) if value is not None and value.ndim == 0]
        return Case(f"quantized-{name}", op, inputs, stored=stored, **attributes)

    for signed, sign in [(False, "unsigned"), (True, "signed")]:
        for op in ["Add", "Mul"]:
            name = f"{op.lower()}-{sign}"
            yield case(name, "QLinear" + op, scaled(name, signed, (2, 3, 4)) + scaled(name + "b", signed, (4,), 0.05, 3),
                       0.06, signed)
        one = lambda name, shape=(2, 3, 4, 4): scaled(f"{name}-{sign}", signed, shape)
        yield case(f"mean-{sign}", "QLinearGlobalAveragePool", one("mean"), 0.02, signed)
        yield case(f"windows-{sign}", "QLinearAveragePool", one("windows"), 0.03, signed, kernel_shape=[2, 2],
                   strides=[2, 2])
        yield case(f"sigmoid-{sign}", "QLinearSigmoid", one("sigmoid"), 0.004, signed, zero=-9 if signed else 3)
        yield case(f"leaky-{sign}", "QLinearLeakyRelu", one("leaky"), 0.03, signed, alpha=0.2)
        yield case(f"softmax-{sign}", "QLinearSoftmax", one("softmax", (3, 5)), 1 / 256, signed,
                   zero=-128 if signed else 0, axis=-1, opset=13)
        yield case(f"concat-{sign}", "QLinearConcat", one("first", (2, 3)) + scaled(f"second-{sign}", signed, (2, 2), 0.05),
                   0.04, signed, axis=1)
        yield case(f"where-{sign}", "QLinearWhere", [np.array([True, False, True])] + one("x", (2, 3))
                   + scaled(f"y-{sign}", signed, (2, 3), 0.02, 1), 0.03, signed)
        for kind in ["plain", "bias", "columns", "real"]:
            name = f"gemm-{kind}-{sign}"
            weights = scaled(name + "w", True, (4, 6), 0.02, 0)
            if kind == "columns":
                weights[1:] = [np.linspace(0.01, 0.03, 4, dtype=np.float32), np.zeros(4, np.int8)]
            bias = None if kind == "plain" else np.array([300, -500, 20, 7], np.int32)
            inputs = scaled(name, signed, (3, 6)) + weights + [bias]
            yield case(name, "QGemm", inputs, None if kind == "real" else 0.05, signed, transB=1,
                       alpha=1.0)
    yield case("mean-channels-last", "QLinearGlobalAveragePool", scaled("last", False, (2, 4, 4, 3)), 0.02,
               channels_last=1)
    yield case("softmax-of-rows", "QLinearSoftmax", scaled("rows", False, (2, 3, 4)), 1 / 256, zero=0, axis=1, opset=11)


def packed_products():
    def case(name, bits=4, zeros=None, order=False, bias=False, inner=40, columns=3, size=16):
        n, generator = numbers(name), np.random.default_rng(zlib.crc32(name.encode()))
        blocks = -(-inner // size)
        whole = lambda *shape: generator.integers(0, 256, shape).astype(np.uint8)
        zero = {None: None, "packed": whole(columns, -(-blocks * bits // 8)), "real": 8 + n(columns, blocks)}[zeros]
        inputs = [n(2, 3, inner), whole(columns, blocks, size * bits // 8), np.abs(n(columns, blocks)), zero,
                  generator.integers(0, blocks, inner).astype(np.int32) if order else None, n(columns) if bias else None]
        while inputs[-1] is None: inputs.pop()
        return Case(f"bits-{name}", "MatMulNBits", inputs, stored=(1, 2, 3, 4, 5), K=inner, N=columns, bits=bits,
                    block_size=size)
    yield case("plain")
    yield case("zeros", zeros="packed")
    yield case("bytes", bits=8, zeros="packed")
    yield case("real-zeros", zeros="real")
    yield case("bias", bias=True, inner=32)
    yield case("order", order=True, size=32, inner=64)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir(): old.unlink()
    cases = []
    for family in [skip_layer_normalizations, embeddings, rectifiers, packed_attentions, separate_attentions,
                   grouped_attentions, root_mean_squares, rotations, products, convolutions, quantized,
                   packed_products]:
        cases += family()
    for case in cases: case.write()
    (FOLDER / "cases.txt").write_text("".join(f"{case.name}\n" for case in cases))
