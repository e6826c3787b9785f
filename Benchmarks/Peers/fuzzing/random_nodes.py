"""Random nodes: each function adds operators of one kind and gives the names of what they compute, or None."""

import numpy as np


def few(d, most=8):
    return d.random.choice([1, 2, 3, 4, 5, 6, 8][:most])


def convolution(d, x, s):
    if not 3 <= len(s) <= 5:
        return None
    group = d.random.choice([1, 1, 1, s[1], *(g for g in (2, 3, 4) if s[1] % g == 0)])
    out, kernel = group * few(d, 5), [d.random.randint(1, min(3, n)) for n in s[2:]]
    spatial = len(s) - 2
    more = {"dilations": [d.random.choice([1, 1, 2]) for _ in range(spatial)]} if d.random.random() < 0.3 else {}
    if d.random.random() < 0.2:
        more["auto_pad"] = d.random.choice(["SAME_UPPER", "SAME_LOWER", "VALID"])
    else:
        more["pads"] = [d.random.choice([0, 0, 1, 2]) for _ in range(2 * spatial)]
    return d.add(
        "Conv",
        [x, d.normal(out, s[1] // group, *kernel), *([d.normal(out)] if d.random.random() < 0.6 else [])],
        group=group,
        strides=[d.random.choice([1, 1, 2]) for _ in range(spatial)],
        **more,
    )


def transposed_convolution(d, x, s):
    if not 3 <= len(s) <= 5:
        return None
    group = d.random.choice([1, 1, s[1]])
    each, spatial = few(d, 4), len(s) - 2
    strides = [d.random.choice([1, 2]) for _ in range(spatial)]
    more = {"output_padding": [step - 1 for step in strides]} if d.random.random() < 0.4 else {}
    return d.add(
        "ConvTranspose",
        [x, d.normal(s[1], each, *(d.random.randint(1, 3) for _ in range(spatial))), d.normal(each * group)],
        group=group,
        strides=strides,
        **more,
    )


def dense(d, x, s):
    if len(s) != 2:
        return product(d, x, s)
    out, turned = few(d), d.random.random() < 0.5
    bias = d.random.choice([[], [d.normal(out)], [d.normal(1)], [d.normal(1, out)]])
    return d.add(
        "Gemm",
        [x, d.normal(*((out, s[1]) if turned else (s[1], out))), *bias],
        transB=int(turned),
        alpha=d.random.choice([1.0, 0.5]),
        beta=d.random.choice([1.0, 2.0]),
    )


def product(d, x, s):
    if len(s) < 2:
        return None
    if d.random.random() < 0.2:
        return d.add("MatMul", [d.normal(few(d), s[-2]), x])
    return d.add("MatMul", [x, d.normal(s[-1], few(d))])


def einsum(d, x, s):
    letters = "abcde"[: len(s)]
    axis = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    out = letters.replace(letters[axis], "z")
    return d.add("Einsum", [x, d.normal(s[axis], few(d))], equation=f"{letters},{letters[axis]}z->{out}")


def activation(d, x, s):
    op = d.random.choice(
        [
            "Relu",
            "Sigmoid",
            "Tanh",
            "LeakyRelu",
            "Elu",
            "Softplus",
            "HardSwish",
            "HardSigmoid",
            "Abs",
            "Neg",
            "Exp",
            "Erf",
            "Selu",
            "Identity",
            "Softsign",
            "Floor",
            "Sign",
            "Mish",
            "Celu",
            "ThresholdedRelu",
        ]
    )
    return d.add(op, [x])


def clip(d, x, s):
    low, high = d.weight(np.float32(-0.5)), d.weight(np.float32(0.7))
    return d.add("Clip", d.random.choice([[x, low, high], [x, low], [x, "", high]]))


def prelu(d, x, s):
    return d.add(
        "PRelu", [x, d.normal(*d.random.choice([[1], [s[1], *[1] * (len(s) - 2)] if len(s) > 1 else [1], [s[-1]]]))]
    )


def broadcast(d, s):
    """The shape of a constant that is broadcast to `s`."""
    start = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    return [n if d.random.random() < 0.7 else 1 for n in s[start:]]


def with_constant(d, x, s):
    other = d.normal(*broadcast(d, s)) if d.random.random() < 0.85 else d.weight(np.float32(1.5))
    return d.add(
        d.random.choice(["Add", "Mul", "Sub", "Max", "Min", "Add", "Mul"]), d.random.choice([[x, other], [other, x]])
    )


def with_value(d, x, s):
    fitting = [
        name
        for name, shape in d.shapes.items()
        if shape[0] == s[0]
        and len(shape) <= len(s) + 1
        and all(a == b or 1 in (a, b) for a, b in zip(reversed(shape), reversed(s)))
    ]
    other = d.random.choice(fitting)
    return d.add(
        d.random.choice(["Add", "Mul", "Sub", "Max", "Sum", "Mean"]), d.random.choice([[x, other], [other, x]])
    )


def division(d, x, s):
    return d.add("Div", [x, d.weight(2 + np.abs(d.numbers.standard_normal(broadcast(d, s), dtype=np.float32)))])


def power(d, x, s):
    return d.add("Pow", [x, d.weight(np.float32(2))])


def concatenation(d, x, s):
    axis = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    fitting = [
        name
        for name, shape in d.shapes.items()
        if len(shape) == len(s) and all(a == b for place, (a, b) in enumerate(zip(shape, s)) if place != axis)
    ]
    parts = [x, *(d.random.choice(fitting) for _ in range(d.random.choice([1, 1, 2])))]
    d.random.shuffle(parts)
    return d.add("Concat", parts, axis=axis - (len(s) if d.random.random() < 0.3 else 0))


def split(d, x, s):
    axis = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    if s[axis] < 2:
        return None
    if d.random.random() < 0.5:
        first = d.random.randrange(1, s[axis])
        return d.add("Split", [x, d.integers(first, s[axis] - first)], 2, axis=axis)
    return d.add("Split", [x], 2, axis=axis, num_outputs=2)


def part(d, x, s):
    axis = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    start, step = d.random.randrange(-s[axis], s[axis]), d.random.choice([1, 1, 2, -1])
    end = d.random.choice([s[axis], 1 << 40, -1]) if step > 0 else -(1 << 40)
    return d.add("Slice", [x, d.integers(start), d.integers(end), d.integers(axis), d.integers(step)])


def gathered(d, x, s):
    axis = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    shape = d.random.choice([[], [d.random.randint(1, 5)], [2, 2]])
    return d.add("Gather", [x, d.weight(d.numbers.integers(-s[axis], s[axis], shape).astype(np.int64))], axis=axis)


def reshaped(d, x, s):
    rest = int(np.prod(s[1:]))
    kinds = [[0, -1], [s[0], rest], [0, *s[1:][::-1]], [-1, *s[1:], 1], [0, 1, *s[1:]]]
    for divisor in (2, 3, 4):
        if rest % divisor == 0:
            kinds += [[0, divisor, -1], [0, -1, divisor]]
        if len(s) > 1 and s[1] % divisor == 0:
            kinds += [[0, divisor, s[1] // divisor, *s[2:]], [0, s[1] // divisor, divisor, *s[2:]]]
    if len(s) > 3:
        kinds += [[0, s[1], -1], [0, s[1] * s[2], *s[3:]]]
    return d.add("Reshape", [x, d.integers(*d.random.choice(kinds))])


def transposed(d, x, s):
    order = list(range(1, len(s)))
    d.random.shuffle(order)
    order = [0, *order]
    if d.random.random() < 0.1:
        d.random.shuffle(order)
    return d.add("Transpose", [x], perm=order)


def flattened(d, x, s):
    return d.add("Flatten", [x], axis=d.random.choice([1, 1, 1, min(2, len(s)), -1]))


def squeezed(d, x, s):
    ones = [axis for axis, n in enumerate(s) if n == 1]
    if ones and d.random.random() < 0.7:
        return d.add("Squeeze", [x, d.integers(d.random.choice(ones))])
    return d.add("Unsqueeze", [x, d.integers(d.random.randrange(1, len(s) + 1))]) if len(s) < 5 else None


def padded(d, x, s):
    mode = d.random.choice(["constant", "constant", "edge", "reflect"])
    pads = [
        0 if axis % len(s) == 0 else d.random.randint(-1 if mode == "constant" else 0, min(2, s[axis % len(s)] - 1))
        for axis in range(2 * len(s))
    ]
    return d.add(
        "Pad",
        [
            x,
            d.integers(*pads),
            *([d.weight(np.float32(0.5))] if mode == "constant" and d.random.random() < 0.5 else []),
        ],
        mode=mode,
    )


def resized(d, x, s):
    if len(s) not in (3, 4):
        return None
    mode = d.random.choice(["nearest", "linear", "cubic"] if len(s) == 4 else ["nearest", "linear"])
    # Where a size is rounded, ONNX Runtime aligns corners by the size, the standard's reference by the scale.
    scales = np.array(
        [1, 1, *(d.random.choice([q for q in (0.5, 1, 1.5, 2, 3) if n * q % 1 == 0]) for n in s[2:])], np.float32
    )
    more = {"nearest_mode": d.random.choice(["round_prefer_floor", "floor", "ceil"])} if mode == "nearest" else {}
    return d.add(
        "Resize",
        [x, "", d.weight(scales)],
        mode=mode,
        **more,
        coordinate_transformation_mode=d.random.choice(
            ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"]
        ),
    )


def pooled(d, x, s):
    if not 3 <= len(s) <= 5:
        return None
    kernel = [d.random.randint(1, min(3, n)) for n in s[2:]]
    op = d.random.choice(["MaxPool", "AveragePool", "LpPool"])
    more = {} if op == "LpPool" else {"ceil_mode": d.random.choice([0, 0, 1])}
    if op == "AveragePool":
        more["count_include_pad"] = d.random.choice([0, 1])
    return d.add(
        op,
        [x],
        kernel_shape=kernel,
        strides=[d.random.choice([1, 2]) for _ in kernel],
        pads=[d.random.randint(0, k - 1) if op != "LpPool" else 0 for k in kernel * 2],
        **more,
    )


def pooled_whole(d, x, s):
    return d.add(d.random.choice(["GlobalAveragePool", "GlobalMaxPool"]), [x]) if len(s) > 2 else None


def normalised(d, x, s):
    if len(s) < 2:
        return None
    kind = d.random.choice(["batch", "layer", "instance", "lp", "lrn", "group"])
    if kind == "batch":
        variance = d.weight(0.3 + np.abs(d.numbers.standard_normal(s[1], dtype=np.float32)))
        return d.add("BatchNormalization", [x, d.normal(s[1]), d.normal(s[1]), d.normal(s[1]), variance])
    if kind == "layer":
        axis = d.random.randrange(1, len(s))
        return d.add(
            "LayerNormalization",
            [x, d.normal(*s[axis:]), *([d.normal(*s[axis:])] if d.random.random() < 0.6 else [])],
            axis=axis,
        )
    if kind == "instance" and len(s) > 2:
        return d.add("InstanceNormalization", [x, d.normal(s[1]), d.normal(s[1])])
    if kind == "group" and len(s) > 2:
        groups = d.random.choice([g for g in range(1, s[1] + 1) if s[1] % g == 0])
        return d.add("GroupNormalization", [x, d.normal(groups), d.normal(groups)], num_groups=groups)
    if kind == "lrn" and len(s) == 4:
        return d.add("LRN", [x], size=d.random.choice([1, 3, 5]))
    return d.add("LpNormalization", [x], axis=d.random.randrange(1, len(s)), p=d.random.choice([1, 2]))


def reduced(d, x, s):
    op = d.random.choice(
        [
            "ReduceSum",
            "ReduceMean",
            "ReduceMax",
            "ReduceMin",
            "ReduceL2",
            "ReduceL1",
            "ReduceSumSquare",
            "ReduceLogSumExp",
        ]
    )
    axes = d.random.sample(range(1, len(s)), d.random.randint(1, len(s) - 1)) if len(s) > 1 else [0]
    return d.add(op, [x, d.integers(*axes)], keepdims=d.random.choice([0, 1]))


def probabilities(d, x, s):
    return d.add(d.random.choice(["Softmax", "LogSoftmax"]), [x], axis=d.random.choice([-1, *range(1, len(s))]))


def chosen(d, x, s):
    condition = d.weight(d.numbers.random(broadcast(d, s)) < 0.5)
    other = d.normal(*broadcast(d, s))
    return d.add("Where", d.random.choice([[condition, x, other], [condition, other, x]]))


def compared_choice(d, x, s):
    (condition,) = d.add(d.random.choice(["Greater", "Less", "GreaterOrEqual"]), [x, d.weight(np.float32(0.1))])
    return d.add("Where", [condition, x, d.normal(*broadcast(d, s))])


def expanded(d, x, s):
    target = [n if n > 1 else d.random.choice([1, 2, 3]) for n in s]
    return d.add("Expand", [x, d.integers(*[1 if axis == 0 else n for axis, n in enumerate(target)])])


def tiled(d, x, s):
    return d.add("Tile", [x, d.integers(1, *(d.random.choice([1, 1, 2]) for _ in s[1:]))])


def blocks(d, x, s):
    if len(s) != 4:
        return None
    if s[1] % 4 == 0 and d.random.random() < 0.6:
        return d.add("DepthToSpace", [x], blocksize=2, mode=d.random.choice(["DCR", "CRD"]))
    return d.add("SpaceToDepth", [x], blocksize=2) if s[2] % 2 == 0 and s[3] % 2 == 0 else None


def cumulative(d, x, s):
    return d.add(
        "CumSum",
        [x, d.weight(np.int64(d.random.randrange(1, len(s)) if len(s) > 1 else 0))],
        reverse=d.random.choice([0, 1]),
        exclusive=d.random.choice([0, 1]),
    )


def largest(d, x, s):
    axis = d.random.randrange(1, len(s)) if len(s) > 1 else 0
    return d.add("TopK", [x, d.integers(d.random.randint(1, s[axis]))], 2, axis=axis)[:1]


def attention(d, x, s):
    """The product of a value and its own transposition, as scores; or of two projections."""
    if len(s) < 3:
        return None
    (turned,) = d.add("Transpose", [x], perm=[*range(len(s) - 2), len(s) - 1, len(s) - 2])
    return d.add("MatMul", [x, turned])


LAYERS = [convolution, convolution, dense, dense, product, transposed_convolution, einsum]
CHOICES = [
    activation,
    activation,
    activation,
    clip,
    prelu,
    with_constant,
    with_constant,
    with_value,
    with_value,
    division,
    power,
    concatenation,
    concatenation,
    split,
    part,
    gathered,
    reshaped,
    reshaped,
    transposed,
    flattened,
    squeezed,
    padded,
    resized,
    pooled,
    pooled_whole,
    normalised,
    normalised,
    reduced,
    probabilities,
    chosen,
    compared_choice,
    expanded,
    tiled,
    blocks,
    cumulative,
    largest,
    attention,
]
