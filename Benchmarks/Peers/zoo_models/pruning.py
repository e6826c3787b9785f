"""A network pruned to half of each group's units: what was asked, what came of it, and whether ONNX Runtime agrees."""
import collections, json, pathlib, tempfile

import numpy as np, onnx

from zoo_models.checks import Refused, espalier, fixed_batch, session, verdict

KEEP = 0.5
SAMPLES = 8
HEADER = (
    "| network | scope | groups pruned | groups frozen | units kept of the pruned | parameters | MACs | latency (batch) | faster | masked | ONNX Runtime |",
    "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
)


def row(directory, name, scope):
    """One line of the table; and why groups are frozen: {reason: how many}."""
    model, images = f"{directory}/{name}.onnx", np.load(f"{directory}/{name}.npy", mmap_mode="r")
    pathlib.Path(f"{directory}/pruned").mkdir(exist_ok=True)
    small = f"{directory}/pruned/{name}-{scope}.onnx"
    with tempfile.TemporaryDirectory() as folder:
        groups = json.loads(espalier("inspect", model, "--json"))["groups"]
        frozen = [group for group in groups if not group["prunable"] and (scope == "all" or group["scope"] == "inner")]
        reasons = collections.Counter(group["reason"] for group in frozen)
        np.save(f"{folder}/calibration.npy", images[:SAMPLES])
        try:
            espalier("prune", model, "--calibration", f"{folder}/calibration.npy", "--batch", 8, "--keep", KEEP,
                     "--scope", scope, "--method", "ispasp", "--no-refit", "-o", small, "--json", f"{folder}/prune.json", "--quiet")
        except Refused as refusal:
            return f"| {name} | {scope} | | {len(frozen)} | {refusal} |", reasons
        result = json.load(open(f"{folder}/prune.json"))
    onnx.checker.check_model(onnx.load(small), full_check=True)
    words, agrees = verdict(small, images)
    before, after, latency = result["before"], result["after"], result["latency"]
    units, kept = (sum(count(group) for group in result["groups"]) for count in (lambda g: g["size"], lambda g: len(g["kept"])))
    return " | ".join([
        f"| {name}", scope, str(len(result["groups"])), str(len(frozen)), f"{kept / units:.3f}",
        f"{before['parameters'] / 1e6:.2f} → {after['parameters'] / 1e6:.2f} M",
        f"{before['macs'] / 1e6:.0f} → {after['macs'] / 1e6:.0f} M",
        f"{latency['before']['median'] * 1e3:.0f} → {latency['after']['median'] * 1e3:.0f} ms ({fixed_batch(session(model)) or latency['batch']})",
        f"{latency['speedup']:.2f} x" if latency["verdict"] == "faster" else "no",
        f"{result['verification']['relativeDifference']:.0e}",
        words if agrees else f"DIFFERS: {words}", ""]).rstrip(), reasons
