"""What the tool makes of one network: whether it reads, runs and prunes it, and agrees with ONNX Runtime before and after."""
import collections, json, os, subprocess, tempfile, time

import numpy as np
import scipy.optimize

from common import ESPALIER

TOLERANCE = 1e-4
SECONDS = 150
# Bytes up to which a network is pruned with the tool's own choice of method and a re-fit; larger ones by sums alone, without.
SMALL = 4_000_000
# Frozen for reasons that hold whatever the tool knows.
RIGHTLY = ("is what the network is for", "is fed from outside")


class Refused(Exception):
    """The tool ended with another exit code than 0, or not in time."""


def espalier(*arguments):
    """What the tool writes to standard output."""
    try:
        done = subprocess.run([ESPALIER, *map(str, arguments)], capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused(f"not done in {SECONDS} s")
    if done.returncode != 0:
        lines = [line for line in done.stderr.strip().splitlines() if "warning:" not in line]
        raise Refused(f"exit code {done.returncode}: {(lines or ['silent'])[-1][:400]}")
    return done.stdout


def measure(path, inputs):
    """One network's results: `read`, `run`, `groups`, `inner` and `all`; what failed is the sentence that says why."""
    record = {}
    try:
        record["groups"] = groups(json.loads(espalier("inspect", path, "--json")))
        record["read"] = True
    except Refused as refusal:
        return {"read": str(refusal)}
    record["run"] = agreement(path, inputs)
    for scope in ("inner", "all"):
        record[scope] = pruned(path, inputs, scope)
    return record


def groups(inspection):
    """How many groups of each kind are free and frozen, and why."""
    count = collections.Counter()
    reasons = collections.Counter()
    for group in inspection["groups"]:
        kind = group.get("kind") or group["scope"]
        if group["prunable"]:
            count[f"{kind} free"] += 1
        elif not any(words in group["reason"] for words in RIGHTLY):
            count[f"{kind} frozen"] += 1
            reasons[group["reason"]] += 1
    return {"count": dict(count), "reasons": dict(reasons.most_common(8)), "setAside": inspection.get("opaque")}


def agreement(path, inputs):
    """The largest difference from ONNX Runtime over the largest number of that output; where it is not small, beside what another order of
    sums makes of the network: that of ONNX Runtime without optimisation from itself, and that of the tool's plain kernels from its own."""
    import onnxruntime

    def run(optimises):
        options = onnxruntime.SessionOptions()
        options.log_severity_level, options.intra_op_num_threads = 4, 1
        if not optimises:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        network = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        fed = once(network, inputs)
        return [output.name for output in network.get_outputs()], network.run(None, fed), fed

    try:
        names, expected, fed = run(True)
    except Exception as error:
        return f"ONNX Runtime: {' '.join(str(error).split())[:200]}"
    with tempfile.TemporaryDirectory() as folder:
        np.savez(f"{folder}/inputs.npz", **fed)
        try:
            actual = computed(path, folder, names)
        except Refused:
            actual = {}
            for name in names:  # those that can be computed, of a network of which a part is set aside
                try:
                    actual |= computed(path, folder, [name])
                except Refused as refusal:
                    message = f"none of the outputs can be computed: {refusal}"
    compared = [(actual[name], theirs) for name, theirs in zip(names, expected) if name in actual]
    if not compared:
        return message
    apart = difference(*zip(*compared))
    result = {"difference": apart, "outputs": [len(compared), len(names)]}
    if not apart <= TOLERANCE:
        result["rounding"] = max(difference(run(False)[1], expected), own_rounding(path, fed, actual))
        result["anyOrder"] = difference(*in_order_of(*zip(*compared)))
    result["agrees"] = bool(min(apart, result.get("anyOrder", apart)) <= max(TOLERANCE, 2 * result.get("rounding", 0)))
    return result


def own_rounding(path, fed, actual):
    """The difference between the tool's two backends."""
    with tempfile.TemporaryDirectory() as folder:
        np.savez(f"{folder}/inputs.npz", **fed)
        try:
            plain = computed(path, folder, list(actual), "--backend", "reference")
        except Refused:
            return 0.0
    return difference(plain.values(), actual.values())


def computed(path, folder, names, *options):
    """Outputs of the network for the inputs in the folder: {name: array}."""
    files = {name: f"{folder}/{place}.npy" for place, name in enumerate(names)}
    espalier("run", path, "--input", f"{folder}/inputs.npz", *options,
             *[part for name, file in files.items() for part in ("--output", f"{name}={file}")])
    return {name: np.load(file) for name, file in files.items()}


def once(network, inputs):
    """The inputs of one run: of open batches the first two samples, of fixed ones as many as they are."""
    declared = {value.name: value.shape for value in network.get_inputs()}
    whole = any(len(shape) == 0 or isinstance(shape[0], int) and shape[0] > 1 for shape in declared.values())
    sizes = {name: len(inputs[name]) if whole else shape[0] if isinstance(shape[0], int) and shape[0] > 0 else 2
             for name, shape in declared.items() if len(shape) > 0}
    return {name: inputs[name][: sizes[name]] if name in sizes else inputs[name] for name in declared}


def in_order_of(actual, expected):
    """The outputs with the rows of all of ours in the order of those of ONNX Runtime that they are nearest to: which of two boxes with
    equal scores comes first hangs on rounding."""
    lengths = {len(array) if array.ndim else 0 for array in (*actual, *expected)}
    if len(lengths) != 1 or not 1 < max(lengths) <= 1000:
        return actual, expected
    ours, theirs = (np.concatenate([part.reshape(len(part), -1) / (np.abs(other).max(initial=0) or 1) for part, other in zip(parts, expected)],
                                   axis=1, dtype=np.float64) for parts in (actual, expected))
    distances = np.array([np.abs(ours - row).sum(1) for row in theirs])
    _, order = scipy.optimize.linear_sum_assignment(np.nan_to_num(distances, nan=1e9))
    return [part[order] for part in actual], expected


def difference(actual, expected):
    worst = 0.0
    for ours, theirs in zip(actual, expected):
        if ours.shape != theirs.shape:
            return float("inf")
        if theirs.size == 0:
            continue
        ours, theirs = (array.astype(np.float64) for array in (ours, theirs))
        if not np.array_equal(np.isfinite(ours), np.isfinite(theirs)):
            return float("inf")
        finite = np.isfinite(theirs)
        scale = np.abs(theirs[finite]).max(initial=0)
        worst = max(worst, float(np.abs(ours[finite] - theirs[finite]).max(initial=0) / (scale or 1)))
    return worst


def pruned(path, inputs, scope):
    """What `prune` makes of the network in one scope, and whether the result runs in ONNX Runtime with the same answer."""
    with tempfile.TemporaryDirectory() as folder:
        np.savez(f"{folder}/inputs.npz", **inputs)
        small, report = f"{folder}/small.onnx", f"{folder}/report.json"
        began = time.monotonic()
        method = [] if os.path.getsize(path) < SMALL else ["--method", "ispasp", "--no-refit"]
        try:
            espalier("prune", path, "--calibration", f"{folder}/inputs.npz", "--batch", 8, "--keep", 0.5, "--scope", scope,
                     "--round-to", 1, "--one-shot", *method, "-o", small, "--json", report, "--quiet")
        except Refused as refusal:
            return str(refusal)
        result = json.load(open(report))
        return {
            "groups": len(result["groups"]), "seconds": round(time.monotonic() - began, 1),
            "parameters": [result[place]["parameters"] for place in ("before", "after")],
            "masked": result["verification"].get("relativeDifference"), "run": agreement(small, inputs),
        }
