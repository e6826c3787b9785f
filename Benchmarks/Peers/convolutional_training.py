"""Seconds of a training step (forward, backward, update) and of inference of convolutional networks, here and in PyTorch.

ResNet34 and MobileNetV2 at 224 pixels in batches of 32 and at 32 pixels in batches of 128. PyTorch runs on the CPU with channels
last. Both run in turn on the same machine; medians are compared.
"""
import json, statistics, sys, tempfile, time

import torch, torchvision

from common import espalier

ROUNDS, SECONDS = 3, 10
CASES = [(name, image, batch) for image, batch in [(224, 32), (32, 128)] for name in ["resnet34", "mobilenetv2"]]
PEERS = {"resnet34": torchvision.models.resnet34, "mobilenetv2": torchvision.models.mobilenet_v2}


def ours(folder, model, batch, training):
    result = f"{folder}/latency.json"
    espalier("benchmark", model, "--batch", batch, "--seconds", SECONDS, "--json", result, *(["--training"] if training else []))
    return json.load(open(result))["median"]


def small_stem(network, name):
    """The form for small images that `espalier new` writes: the first strides are 1, and nothing is pooled behind the stem."""
    if name == "resnet34":
        network.conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        network.maxpool = torch.nn.Identity()
    else:
        for convolution in [network.features[0][0], network.features[2].conv[1][0], network.features[4].conv[1][0]]:
            convolution.stride = (1, 1)
    return network


def pytorch(name, image, batch, training):
    network = PEERS[name](num_classes=10)
    if image == 32:
        network = small_stem(network, name)
    network = network.to(memory_format=torch.channels_last).train(training)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, nesterov=True)
    loss = torch.nn.CrossEntropyLoss()
    images = torch.zeros(batch, 3, image, image).to(memory_format=torch.channels_last)
    labels = torch.zeros(batch, dtype=torch.int64)

    def step():
        if not training:
            with torch.inference_mode():
                return network(images)
        optimizer.zero_grad()
        loss(network(images), labels).backward()
        optimizer.step()

    step()
    seconds, end = [], time.perf_counter() + SECONDS
    while len(seconds) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


chosen = [case for case in CASES if not sys.argv[1:] or case[0] in sys.argv[1:] or str(case[1]) in sys.argv[1:]]
print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads; medians of {ROUNDS} rounds")
with tempfile.TemporaryDirectory() as folder:
    for name, image, batch in chosen:
        model = f"{folder}/{name}.onnx"
        espalier("new", name, "--image", image, "--classes", 10, "-o", model)
        for training in [False, True]:
            pairs = [(ours(folder, model, batch, training), pytorch(name, image, batch, training)) for _ in range(ROUNDS)]
            own, peer = (statistics.median(column) for column in zip(*pairs))
            print(f"{name} {image} px, batch {batch}, {'training step' if training else 'inference'}: espalier {own:.3f} s, "
                  f"PyTorch {peer:.3f} s, PyTorch / espalier {peer / own:.2f}", flush=True)
