"""Seconds of one training epoch of a 784-1024-10 network (batch 128, SGD with Nesterov momentum), here and in PyTorch.

Both run in turn on the same machine with the same number of threads; medians of all epochs are compared.
"""
import json, statistics, tempfile, time

import torch

from common import FASHION_MNIST, espalier, training_set

ROUNDS, EPOCHS, BATCH = 4, 3, 128


def ours(folder, model):
    result = f"{folder}/epochs.json"
    espalier("train", model, "--data", f"fashion-mnist:{FASHION_MNIST}", "--epochs", EPOCHS, "--batch", BATCH,
             "--schedule", "constant", "-o", f"{folder}/trained.onnx", "--json", result, "--quiet")
    return [epoch["seconds"] for epoch in json.load(open(result))["epochs"]]


def pytorch(images, labels):
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Linear(784, 1024), torch.nn.ReLU(), torch.nn.Linear(1024, 10))
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, nesterov=True)
    loss = torch.nn.CrossEntropyLoss()
    seconds = []
    for _ in range(EPOCHS):
        start = time.perf_counter()
        order = torch.randperm(len(images))
        total = 0.0
        for first in range(0, len(images) - BATCH + 1, BATCH):
            chosen = order[first:first + BATCH]
            optimizer.zero_grad()
            value = loss(network(images[chosen]), labels[chosen])
            value.backward()
            optimizer.step()
            total += value.item()
        seconds.append(time.perf_counter() - start)
    return seconds


images, labels = map(torch.from_numpy, training_set())
own, peer = [], []
with tempfile.TemporaryDirectory() as folder:
    model = f"{folder}/mlp.onnx"
    espalier("new", "mlp", "--layers", "784,1024,10", "-o", model)
    pytorch(images[:BATCH * 20], labels[:BATCH * 20])
    for _ in range(ROUNDS):
        own += ours(folder, model)
        peer += pytorch(images, labels)
first, second = statistics.median(own), statistics.median(peer)
print(f"espalier          {first:.3f} s  (median of {len(own)} epochs, {min(own):.3f} to {max(own):.3f})")
print(f"PyTorch {torch.__version__:<9} {second:.3f} s  ({min(peer):.3f} to {max(peer):.3f}, {torch.get_num_threads()} threads)")
print(f"PyTorch / espalier: {second / first:.2f}")
