"""Writes training-step/: a small conv-BN-relu network, one batch, and what PyTorch makes of them in training mode.

    python3 make_fixtures.py        # needs torch and onnx

network.onnx    the network in inference form, its initial parameters
expected.npz    x, labels; the loss; every gradient's effect: parameters and running statistics after two SGD steps
                (Nesterov momentum 0.9, step size 0.1, weight decay 0.01 on what has more than one axis, label smoothing 0.1)

PyTorch keeps the unbiased variance as running statistic, ONNX the population variance: the running variances are corrected here.
"""

import pathlib

import numpy
import onnx
import onnx.helper
import onnx.numpy_helper
import torch

BATCH, CLASSES, STEPS = 6, 3, 2


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(4)
        self.conv2 = torch.nn.Conv2d(4, 4, 3, stride=2, padding=1, groups=4)
        self.bn2 = torch.nn.BatchNorm2d(4)
        self.fc = torch.nn.Linear(4, CLASSES)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.clamp(self.bn2(self.conv2(x)), 0, 6)
        return self.fc(x.mean((2, 3)))


def model(network):
    def tensor(name):
        return onnx.numpy_helper.from_array(network.state_dict()[name].numpy(), name)

    def normalization(name, source, result):
        inputs = [source] + [f"{name}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
        return onnx.helper.make_node("BatchNormalization", inputs, [result], name=name, epsilon=1e-5, momentum=0.9)

    nodes = [
        onnx.helper.make_node("Conv", ["x", "conv1.weight"], ["c1"], name="conv1", pads=[1, 1, 1, 1]),
        normalization("bn1", "c1", "n1"),
        onnx.helper.make_node("Relu", ["n1"], ["r1"]),
        onnx.helper.make_node(
            "Conv", ["r1", "conv2.weight", "conv2.bias"], ["c2"], name="conv2", pads=[1, 1, 1, 1], strides=[2, 2], group=4
        ),
        normalization("bn2", "c2", "n2"),
        onnx.helper.make_node("Clip", ["n2", "low", "high"], ["r2"]),
        onnx.helper.make_node("GlobalAveragePool", ["r2"], ["pooled"]),
        onnx.helper.make_node("Flatten", ["pooled"], ["flat"]),
        onnx.helper.make_node("Gemm", ["flat", "fc.weight", "fc.bias"], ["y"], name="fc", transB=1),
    ]
    constants = [tensor(name) for name in network.state_dict() if "num_batches" not in name]
    constants += [onnx.numpy_helper.from_array(numpy.float32(v), n) for n, v in (("low", 0), ("high", 6))]
    value = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        nodes, "training-step", [value("x", onnx.TensorProto.FLOAT, ["n", 2, 5, 5])],
        [value("y", onnx.TensorProto.FLOAT, ["n", CLASSES])], constants,
    )
    result = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)])
    result.ir_version = 8
    onnx.checker.check_model(result)
    return result


def main():
    folder = pathlib.Path(__file__).parent / "training-step"
    torch.manual_seed(1)
    network = Network()
    with torch.no_grad():
        for layer in (network.bn1, network.bn2):
            layer.weight.uniform_(0.5, 1.5)
            layer.bias.uniform_(-0.5, 0.5)
            layer.running_mean.uniform_(-0.5, 0.5)
            layer.running_var.uniform_(0.5, 1.5)
    onnx.save(model(network), folder / "network.onnx")

    x = torch.randn(BATCH, 2, 5, 5)
    labels = torch.tensor([0, 1, 2, 0, 1, 2])
    matrices = [p for p in network.parameters() if p.dim() > 1]
    vectors = [p for p in network.parameters() if p.dim() <= 1]
    optimizer = torch.optim.SGD(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0}],
        lr=0.1, momentum=0.9, nesterov=True,
    )
    counts = {"bn1": BATCH * 25, "bn2": BATCH * 9}
    network.train()
    arrays = {"x": x.numpy(), "labels": labels.numpy()}
    for step in range(STEPS):
        before = {name: getattr(network, name).running_var.clone() for name in counts}
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x), labels, label_smoothing=0.1)
        loss.backward()
        optimizer.step()
        arrays[f"loss{step + 1}"] = loss.detach().numpy()
        for name, count in counts.items():
            layer = getattr(network, name)
            unbiased = (layer.running_var - 0.9 * before[name]) / 0.1
            layer.running_var.copy_(0.9 * before[name] + 0.1 * unbiased * (count - 1) / count)
    arrays |= {n: v.detach().numpy() for n, v in network.state_dict().items() if "num_batches" not in n}
    numpy.savez(folder / "expected.npz", **arrays)


if __name__ == "__main__":
    main()
