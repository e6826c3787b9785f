"""Random valid graphs of up to six operators: `run` against ONNX Runtime, then pruned, without and with a re-fit."""

import itertools, json, shutil

import numpy as np, onnx, onnxruntime
from onnx import TensorProto, helper, numpy_helper

from fuzzing import running
from fuzzing.random_nodes import CHOICES, LAYERS

TOLERANCE = 2e-4
SAMPLES = 32
onnxruntime.set_default_logger_severity(4)


class Drawing:
    """A graph as it grows; all values and their shapes for a batch of `SAMPLES`."""

    def __init__(self, random):
        self.random = random
        self.numbers = np.random.default_rng(random.randrange(1 << 32))
        self.nodes, self.weights, self.counter = [], {}, itertools.count()
        rank = random.choice([2, 2, 3, 4, 4, 4, 5])
        self.input = [SAMPLES, *(random.choice([1, 2, 3, 4, 5, 6, 8]) for _ in range(rank - 1))]
        self.shapes = {"x": self.input}
        self.latest = "x"

    def name(self):
        return f"v{next(self.counter)}"

    def weight(self, array):
        name = f"w{next(self.counter)}"
        self.weights[name] = np.asarray(array)
        return name

    def normal(self, *shape):
        return self.weight(self.numbers.standard_normal(shape, dtype=np.float32))

    def integers(self, *values):
        return self.weight(np.array(values, np.int64))

    def add(self, op, inputs, outputs=1, **attributes):
        names = [self.name() for _ in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, **attributes))
        return names

    def model(self, outputs, batch="N", ranks=None):
        graph = helper.make_graph(
            self.nodes,
            "random",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch, *self.input[1:]])],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, ranks and [None] * ranks[name])
                for name in outputs
            ],
            [numpy_helper.from_array(array, name) for name, array in self.weights.items()],
        )
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
        made.ir_version = 8
        return made

    def grow(self):
        """One more operator, if one can be drawn that ONNX gives a shape of known sizes without an empty axis."""
        before = len(self.nodes), dict(self.weights)
        value = self.latest if self.random.random() < 0.8 else self.random.choice(list(self.shapes))
        kinds = LAYERS if not self.nodes or self.random.random() < 0.4 else CHOICES
        try:
            made = self.random.choice(kinds)(self, value, self.shapes[value])
            inferred = made and onnx.shape_inference.infer_shapes(
                self.model(made, SAMPLES), check_type=True, strict_mode=True, data_prop=True
            )
        except (onnx.shape_inference.InferenceError, ValueError, IndexError):
            made = None
        shapes = {}
        for output in inferred.graph.output if made else []:
            dims = [dim.dim_value for dim in output.type.tensor_type.shape.dim]
            if output.type.tensor_type.HasField("shape") and dims and all(dims) and np.prod(dims) < 1 << 19:
                shapes[output.name] = dims
        if not made or len(shapes) != len(made):
            del self.nodes[before[0] :]
            self.weights = before[1]
            return
        self.shapes |= shapes
        self.latest = self.random.choice(made)


def drawn(random):
    """A random model, its input's shape, and the names of its outputs: all values that nobody reads."""
    drawing = Drawing(random)
    for _ in range(random.randrange(2, 9)):
        if len(drawing.nodes) < 6:
            drawing.grow()
    read = {name for node in drawing.nodes for name in node.input}
    outputs = [name for name in drawing.shapes if name not in read and name != "x"] or [drawing.latest]
    ranks = {name: len(shape) for name, shape in drawing.shapes.items()}
    return (
        (drawing.model(outputs, random.choice(["N", "N", "N", SAMPLES]), ranks), drawing.input, outputs)
        if drawing.nodes
        else None
    )


def difference(ours, theirs):
    """The largest difference over the largest number, or a word where shapes or what is not finite differ."""
    if ours.shape != theirs.shape:
        return f"shape {ours.shape} where {theirs.shape} is right"
    known = np.isfinite(theirs)
    if not np.array_equal(known, np.isfinite(ours)):
        return "other numbers are finite"
    if not known.any():
        return 0.0
    ours, theirs = ours[known].astype(np.float64), theirs[known].astype(np.float64)
    return float(np.abs(ours - theirs).max() / max(1.0, np.abs(theirs).max()))


def runtime(path, x):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]).run(None, {"x": x})


def compared(path, x, outputs, folder, backend):
    """How `espalier run` ends, and what is wrong with it against ONNX Runtime, if anything."""
    arguments = ["run", path, "--input", folder / "x.npy", "--backend", backend]
    for number, name in enumerate(outputs):
        arguments += ["--output", f"{name}={folder}/{number}.npy"]
    ending = running.run(arguments)
    fault = ending.fault(1 << 20)
    if fault or ending.code != 0:
        return ending, fault, []
    ours = [np.load(folder / f"{number}.npy") for number in range(len(outputs))]
    for name, mine, theirs in zip(outputs, ours, runtime(path, x)):
        wrong = difference(mine, theirs)
        if isinstance(wrong, str) or wrong > TOLERANCE:
            return ending, f"output {name} differs on {backend}: {wrong}", ours
    return ending, None, ours


def trial(random, folder):
    """An outcome, and a fault with what was said where there is one."""
    made = drawn(random)
    if made is None:
        return "nothing drawn", None
    model, shape, outputs = made
    path, small = folder / "m.onnx", folder / "small.onnx"
    path.write_bytes(model.SerializeToString())
    x = np.random.default_rng(0).standard_normal(shape, dtype=np.float32)
    np.save(folder / "x.npy", x)
    try:
        runtime(path, x)
    except Exception:
        return "refused by ONNX Runtime", None
    for backend in random.sample(["onednn", "vector", "reference"], 2):
        ending, fault, _ = compared(path, x, outputs, folder, backend)
        if fault:
            return "fault", f"{fault}: {ending.errors}"
        if ending.code != 0:
            return "fault", f"run refused: {ending.errors}"
    scope = random.choice(["inner", "all"])
    outcome = "ran"
    for choice in (
        ["--method", "l2", "--no-refit"],
        ["--method", random.choice(["auto", "ispasp", "omp", "wanda", "taylor", "fpgm", "gfs"])],
    ):
        small.unlink(missing_ok=True)
        arguments = [
            "prune",
            path,
            "--calibration",
            folder / "x.npy",
            "--keep",
            "0.5",
            "--scope",
            scope,
            "--round-to",
            "1",
            "--quiet",
            *choice,
            "--json",
            folder / "result.json",
            "-o",
            small,
        ]
        ending = running.run(arguments)
        fault = ending.fault(1 << 20)
        if fault:
            return "fault", f"prune --scope {scope} {' '.join(choice)}: {fault}: {ending.errors}"
        if ending.code != 0:
            outcome = "prune refused" if ending.code == 65 else "nothing to prune"
            continue
        try:
            onnx.checker.check_model(str(small), full_check=True)
            theirs = runtime(small, x)
        except Exception as error:
            return "fault", f"prune --scope {scope} {' '.join(choice)}: the result is refused by ONNX Runtime: {error}"
        ending, fault, ours = compared(small, x, outputs, folder, "onednn")
        if fault or ending.code != 0:
            return "fault", f"prune --scope {scope} {' '.join(choice)}: {fault}: {ending.errors}"
        for mine, dense in zip(theirs, runtime(path, x)):
            if mine.shape != dense.shape:
                return "fault", f"prune --scope {scope} {' '.join(choice)}: outputs changed shape"
        outcome = "pruned"
    return outcome, None


def trials(random, folder, kinds):
    """Endless pairs of an outcome and, where it is a fault, a line about it."""
    place = folder / "graphs"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for number in itertools.count():
        outcome, fault = trial(random, place)
        if fault:
            kept = folder / "finds" / f"graph-{number}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(place, kept)
            (kept / "command.txt").write_text(fault)
            fault = f"{kept.name}: {fault.strip()[:260]}"
        yield outcome, fault
