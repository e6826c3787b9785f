"""The residual width of an encoder, pruned here, against the same network narrowed by hand in PyTorch: an independent form of what
normalises over fewer channels."""
import json, re, tempfile

import torch

from zoo_models.checks import TOLERANCE, Refused, distance, espalier, session

from . import checks, exported, fused

# Those fused by packed attention keep their width.
NETWORKS = [*exported.NETWORKS, "bert-fused-mha"]
HEAD = 16

# What the axes of a parameter are, by its name: outputs and inputs, or the axis of all vectors and tables that is the stream's.
AXES = [
    (r"(query|key|value|q_lin|k_lin|v_lin|q_proj|k_proj|v_proj)\.weight$", ("heads", "stream")),
    (r"(query|key|value|q_lin|k_lin|v_lin|q_proj|k_proj|v_proj)\.bias$", ("heads",)),
    (r"(attention\.output\.dense|out_lin|o_proj)\.weight$", ("stream", "heads")),
    (r"(intermediate\.dense|lin1|fc1)\.weight$", ("units", "stream")),
    (r"(intermediate\.dense|lin1|fc1)\.bias$", ("units",)),
    (r"(output\.dense|lin2|fc2)\.weight$", ("stream", "units")),
    (r"(pooler\.dense|pre_classifier|classifier\.dense)\.weight$", ("pooled", "stream")),
    (r"(pooler\.dense|pre_classifier|classifier\.dense)\.bias$", ("pooled",)),
    (r"classifier(\.out_proj)?\.weight$", (None, "pooled")),
    (r"classifier(\.out_proj)?\.bias$", (None,)),
    (r"projection\.weight$", ("stream", None, None, None)),
    (r"(_embeddings|_embeddings\.weight)$", "last"),
    (r"cls_token$", "last"),
    (r".*", ("stream",)),
]


def kept(path, said):
    """The units that are left, by what they are: the positions they have in weights."""
    groups = {group["id"]: group for group in json.loads(espalier("inspect", path, "--json"))["groups"]}
    result = {"heads": [], "units": []}
    for group in said["groups"]:
        of = groups[group["id"]]
        if of.get("kind") == "heads":
            result["heads"].append([head * HEAD + place for head in group["kept"] for place in range(HEAD)])
        elif of.get("kind") == "ffn":
            result["units"].append(group["kept"])
        else:
            result["stream" if of["scope"] == "all" else "pooled"] = group["kept"]
    result.setdefault("pooled", result["stream"])
    return result


def narrowed(network, parts):
    """The PyTorch network with nothing but these parts."""
    parameters = dict(network.named_parameters())
    for name, parameter in parameters.items():
        axes = next(axes for pattern, axes in AXES if re.search(pattern, name))
        axes = (None,) * (parameter.dim() - 1) + ("stream",) if axes == "last" else axes
        layer = re.search(r"layers?\.(\d+)\.", name)
        for axis, kind in enumerate(axes):
            if kind is not None:
                places = parts[kind][int(layer.group(1))] if kind in ("heads", "units") else parts[kind]
                parameter.data = parameter.data.index_select(axis, torch.tensor(places))
    for module in network.modules():
        if isinstance(module, torch.nn.LayerNorm):
            module.normalized_shape = tuple(module.weight.shape)
    for attention in (module for name, module in network.named_modules() if re.search(r"attention(\.self)?$", name)):
        count = len(parts["heads"][0]) // HEAD
        for attribute, value in (("num_attention_heads", count), ("n_heads", count), ("all_head_size", count * HEAD), ("dim", count * HEAD)):
            if hasattr(attention, attribute):
                setattr(attention, attribute, value)
    return network


def line(directory, name, inputs):
    """A line of the table, and whether all is as it should be."""
    source = fused.NETWORKS[name][0] if name in fused.NETWORKS else name
    network, names = exported.network(source)
    with tempfile.TemporaryDirectory() as folder:
        try:
            said = checks.prune(f"{directory}/{name}.onnx", "all", inputs, f"{folder}/small.onnx")
        except Refused as refusal:
            return f"| {name} | {refusal} |", False
        network = narrowed(network, kept(f"{directory}/{name}.onnx", said))
        with torch.no_grad():
            expected = exported.Logits(network.eval(), names)(*(torch.from_numpy(inputs[key]) for key in names)).numpy()
        actual = session(f"{folder}/small.onnx").run(None, inputs)[0]
    apart = distance([actual], [expected])
    macs = said["after"]["macs"] / said["before"]["macs"]
    proof = said["verification"]["relativeDifference"]
    return f"| {name} | {len(said['groups'])} | {macs:.2f} | {proof:.0e} | {apart:.0e} |", apart <= TOLERANCE
