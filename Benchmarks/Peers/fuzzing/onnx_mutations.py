"""Damages a network by its fields: what is left is a well-formed protobuf that says something impossible or absurd."""

import onnx
from onnx import AttributeProto, TensorProto, helper

INTEGERS = [
    0,
    1,
    -1,
    2,
    3,
    7,
    -2,
    255,
    1 << 16,
    1 << 24,
    1 << 31,
    -(1 << 31),
    1 << 40,
    1 << 62,
    -(1 << 63),
    (1 << 63) - 1,
]
FLOATS = [0.0, -0.0, 1.0, -1.0, float("nan"), float("inf"), -float("inf"), 1e38, 1e-45, -1e38]
OPERATORS = (
    """Conv ConvTranspose Gemm MatMul Add Mul Sub Div Relu Clip Concat Split Slice Reshape Transpose Flatten Squeeze
Unsqueeze Expand Tile Pad Gather GatherND GatherElements ScatterND ScatterElements Resize MaxPool AveragePool
GlobalAveragePool LpPool BatchNormalization LayerNormalization InstanceNormalization GroupNormalization LRN
Softmax LogSoftmax ReduceSum ReduceMean ReduceMax ReduceProd ReduceL2 ArgMax TopK OneHot NonZero Where Range
ConstantOfShape Shape Size Cast Einsum DepthToSpace SpaceToDepth LSTM GRU RNN Trilu CumSum Pow Sqrt Identity
Dropout EyeLike Mod BitShift QuantizeLinear DequantizeLinear QLinearConv QLinearMatMul ConvInteger
MatMulInteger DynamicQuantizeLinear GridSample AffineGrid STFT DFT HannWindow NonMaxSuppression Unique
Compress ReverseSequence Loop If Scan Det Hardmax CenterCropPad Col2Im RoiAlign MaxUnpool SequenceConstruct
Constant Attention RMSNormalization RotaryEmbedding""".split()
)


def integer(random):
    return random.choice(INTEGERS) if random.random() < 0.8 else random.randrange(-9, 9)


def pick(random, things):
    return things[random.randrange(len(things))] if len(things) else None


def names(graph):
    return [value for node in graph.node for value in [*node.input, *node.output]] + [
        value.name for value in graph.input
    ] or ["x"]


def node_input(random, model):
    node = pick(random, model.graph.node)
    if node is None or not len(node.input):
        return
    place = random.randrange(len(node.input))
    choice = random.randrange(4)
    if choice == 0:
        node.input[place] = ""
    elif choice == 1:
        node.input[place] = pick(random, names(model.graph))
    elif choice == 2:
        del node.input[place:]
    else:
        node.input.append(pick(random, names(model.graph)))


def node_output(random, model):
    node = pick(random, model.graph.node)
    if node is None or not len(node.output):
        return
    place = random.randrange(len(node.output))
    choice = random.randrange(3)
    if choice == 0:
        node.output[place] = pick(random, names(model.graph))
    elif choice == 1:
        del node.output[place]
    else:
        node.output.append(f"more{random.randrange(9)}")


def node_kind(random, model):
    node = pick(random, model.graph.node)
    if node is not None:
        node.op_type = random.choice(OPERATORS)
        if random.random() < 0.1:
            node.domain = random.choice(["com.microsoft", "ai.onnx.ml", "espalier", "local"])


def duplicate_node(random, model):
    node = pick(random, model.graph.node)
    if node is None:
        return
    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    if random.random() < 0.7:
        copy.output[:] = [f"{value}copy" for value in copy.output]
        follower = pick(random, model.graph.node)
        if len(follower.input) and len(copy.output):
            follower.input[0] = copy.output[0]
    model.graph.node.insert(random.randrange(len(model.graph.node) + 1), copy)


def remove_node(random, model):
    if len(model.graph.node):
        del model.graph.node[random.randrange(len(model.graph.node))]


def attribute(random, model):
    node = pick(random, model.graph.node)
    if node is None:
        return
    if not len(node.attribute) or random.random() < 0.2:
        name = random.choice(
            "axis axes kernel_shape strides pads dilations group mode keepdims perm to shape value epsilon alpha "
            "num_outputs output_padding blocksize size body equation hidden_size direction".split()
        )
        value = random.choice(
            [integer(random), [integer(random) for _ in range(random.randrange(6))], random.choice(FLOATS), "text"]
        )
        if name in [old.name for old in node.attribute] or value == []:
            return
        node.attribute.append(helper.make_attribute(name, value))
        return
    old = pick(random, node.attribute)
    choice = random.randrange(8)
    if choice == 0:
        node.attribute.remove(old)
    elif choice == 1:
        old.type = random.choice(list(AttributeProto.AttributeType.values()))
    elif len(old.ints):
        if choice == 2:
            del old.ints[random.randrange(len(old.ints))]
        elif choice == 3:
            old.ints.append(integer(random))
        else:
            old.ints[random.randrange(len(old.ints))] = integer(random)
    elif old.type == AttributeProto.INT:
        old.i = integer(random)
    elif old.type == AttributeProto.FLOAT:
        old.f = random.choice(FLOATS)
    elif old.type == AttributeProto.STRING:
        old.s = random.choice(
            [
                b"",
                b"nonsense",
                b"linear",
                b"cubic",
                b"reflect",
                b"wrap",
                b"SAME_UPPER",
                b"VALID",
                b"->",
                b"ij,jk->ik",
                b"\xff\xfe",
            ]
        )
    elif old.type == AttributeProto.TENSOR:
        tensor(random, old.t)


def tensor(random, stored):
    choice = random.randrange(9)
    if choice == 0 and len(stored.dims):
        stored.dims[random.randrange(len(stored.dims))] = integer(random)
    elif choice == 1:
        stored.dims.append(random.choice([0, 1, 1, integer(random)]))
    elif choice == 2 and len(stored.dims):
        del stored.dims[random.randrange(len(stored.dims))]
    elif choice == 3:
        stored.data_type = random.randrange(0, 26)
    elif choice == 4:
        stored.raw_data = stored.raw_data[: random.randrange(len(stored.raw_data) + 1)]
    elif choice == 5 and stored.raw_data:
        data = bytearray(stored.raw_data)
        start = random.randrange(len(data)) // 8 * 8
        data[start : start + 8] = integer(random).to_bytes(8, "little", signed=True)[: len(data) - start]
        stored.raw_data = bytes(data)
    elif choice == 6:
        for place in range(len(stored.dims)):
            stored.dims[place] = 0
        stored.raw_data = b""
    elif choice == 7:
        stored.ClearField("raw_data")
        stored.data_location = TensorProto.EXTERNAL
        for key, value in [
            ("location", random.choice(["weights.bin", "../../etc/passwd", "/dev/zero", ".", "", "model.onnx"])),
            ("offset", str(integer(random))),
            ("length", str(integer(random))),
        ]:
            if random.random() < 0.8:
                entry = stored.external_data.add()
                entry.key, entry.value = key, value
    elif len(stored.dims) > 1:
        stored.dims[:] = reversed(stored.dims)


def initializer(random, model):
    stored = pick(random, model.graph.initializer)
    if stored is not None:
        tensor(random, stored)


def remove_initializer(random, model):
    if len(model.graph.initializer):
        del model.graph.initializer[random.randrange(len(model.graph.initializer))]


def sparse_initializer(random, model):
    stored = pick(random, model.graph.initializer)
    if stored is None:
        return
    sparse = model.graph.sparse_initializer.add()
    sparse.values.CopyFrom(helper.make_tensor(stored.name, 1, [2], [1.0, 2.0]))
    sparse.indices.CopyFrom(helper.make_tensor("indices", 7, [2], [integer(random), integer(random)]))
    sparse.dims[:] = random.choice([list(stored.dims), [integer(random)], [integer(random), integer(random)], []])
    if random.random() < 0.8:
        model.graph.initializer.remove(stored)


def value_shape(random, model):
    value = pick(random, random.choice([model.graph.input, model.graph.output, model.graph.value_info]))
    if value is None or not value.type.HasField("tensor_type"):
        return
    kind = value.type.tensor_type
    choice = random.randrange(6)
    if choice == 0:
        kind.elem_type = random.randrange(0, 26)
    elif choice == 1:
        kind.ClearField("shape")
    elif choice == 2:
        kind.shape.dim.add().dim_value = integer(random)
    elif len(kind.shape.dim):
        place = random.randrange(len(kind.shape.dim))
        if choice == 3:
            del kind.shape.dim[place]
        elif choice == 4:
            kind.shape.dim[place].dim_param = random.choice(["N", "", "batch", "?"])
        else:
            kind.shape.dim[place].dim_value = integer(random)


def graph_ends(random, model):
    ends = random.choice([model.graph.input, model.graph.output])
    if len(ends) and random.random() < 0.4:
        del ends[random.randrange(len(ends))]
    elif len(ends) and random.random() < 0.5:
        ends[0].name = random.choice(names(model.graph))
    else:
        ends.append(
            helper.make_tensor_value_info(
                random.choice(names(model.graph)),
                random.randrange(1, 17),
                random.choice([None, [], [1, 2], [integer(random)]]),
            )
        )


def rename(random, model):
    """Gives a value of a node another's name, which may close a cycle or write a value twice."""
    node = pick(random, model.graph.node)
    if node is not None and len(node.output) and len(node.input):
        random.choice(
            [lambda: node.output.__setitem__(0, node.input[0]), lambda: node.input.__setitem__(0, node.output[0])]
        )()


def header(random, model):
    choice = random.randrange(4)
    if choice == 0:
        model.ir_version = random.choice([0, 1, 3, 10, 99, (1 << 63) - 1])
    elif choice == 1 and len(model.opset_import):
        model.opset_import[0].version = random.choice([0, 1, 6, 9, 11, 13, 18, 23, 99, -1, (1 << 63) - 1])
    elif choice == 2:
        del model.opset_import[:]
    else:
        model.graph.name = random.choice(["", "\x00", "a" * 5000])


def function(random, model):
    """A function of the file, which may call itself or another that calls it."""
    node = pick(random, model.graph.node)
    if node is None:
        return
    called = random.choice(["Self", "Other", "Relu", node.op_type])
    bodies = {"Self": called, "Other": random.choice(["Self", "Relu", "Other"])}
    for name, inner in bodies.items():
        body = helper.make_node(inner, ["a"], ["b"], domain="local" if inner in bodies else "")
        model.functions.append(
            helper.make_function(
                "local",
                name,
                ["a"],
                ["b"],
                [body, *([body] if random.random() < 0.1 else [])],
                [helper.make_opsetid("", 17), helper.make_opsetid("local", 1)],
            )
        )
    node.op_type, node.domain = "Self", "local"
    model.opset_import.append(helper.make_opsetid("local", 1))


MUTATIONS = [
    node_input,
    node_input,
    node_output,
    node_kind,
    node_kind,
    duplicate_node,
    remove_node,
    attribute,
    attribute,
    attribute,
    attribute,
    initializer,
    initializer,
    initializer,
    remove_initializer,
    sparse_initializer,
    value_shape,
    value_shape,
    graph_ends,
    rename,
    header,
    function,
]


def mutated(random, data):
    """The network of `data` after one to four changes of fields."""
    model = onnx.load_model_from_string(data)
    for _ in range(random.choice([1, 1, 1, 2, 3, 4])):
        try:
            random.choice(MUTATIONS)(random, model)
        except (
            TypeError,
            ValueError,
            OverflowError,
        ):  # A field cannot hold the number; the others are changed all the same.
            continue
    return model.SerializeToString()
