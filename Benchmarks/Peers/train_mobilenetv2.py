"""Trains MobileNetV2 on all of Fashion-MNIST and writes it for quality.py, normalisations kept.

    train_mobilenetv2.py RESULT.onnx [EPOCHS]

torchvision's network with 0.35 of the width, three channels and a first convolution of stride 1, so that 28 x 28
pixels end as 2 x 2. SGD with Nesterov momentum 0.9, batches of 128, a cosine schedule after a tenth of an epoch of
warm-up, random shifts by up to 2 pixels and reflections. Prints the accuracy on the 10,000 test images.
"""
import math, pathlib, sys

import numpy as np
import torch, torchvision

from common import idx

BATCH, STEP, WARM_UP = 128, 0.1, 0.1


def data(part):
    images = idx(f"{part}-images-idx3-ubyte.gz").astype(np.float32)[:, None] / 255
    return torch.from_numpy(images), torch.from_numpy(idx(f"{part}-labels-idx1-ubyte.gz").astype(np.int64))


def augmented(images):
    padded = torch.nn.functional.pad(images, (2, 2, 2, 2))
    top, left = torch.randint(0, 5, (2,)).tolist()
    shifted = padded[:, :, top:top + 28, left:left + 28]
    reflect = torch.rand(len(images)) < 0.5
    return torch.where(reflect[:, None, None, None], shifted.flip(3), shifted).expand(-1, 3, -1, -1)


def accuracy(network, images, labels):
    network.eval()
    with torch.no_grad():
        right = sum(int((network(images[place:place + 500].expand(-1, 3, -1, -1)).argmax(1)
                         == labels[place:place + 500]).sum()) for place in range(0, len(images), 500))
    return right / len(images)


def main(result, epochs=8):
    torch.manual_seed(1)
    network = torchvision.models.mobilenet_v2(width_mult=0.35, num_classes=10, dropout=0)
    network.features[0][0].stride = (1, 1)
    images, labels = data("train")
    test = data("t10k")
    decayed = [each for each in network.parameters() if each.dim() > 1]
    others = [each for each in network.parameters() if each.dim() <= 1]
    optimizer = torch.optim.SGD([{"params": decayed, "weight_decay": 4e-5}, {"params": others}], STEP, 0.9,
                                nesterov=True)
    batches = len(images) // BATCH
    total, warm = epochs * batches, WARM_UP * batches
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / warm) * (1 + math.cos(math.pi * step / total)) / 2)
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(images))
        for place in range(batches):
            chosen = order[place * BATCH:(place + 1) * BATCH]
            loss = torch.nn.functional.cross_entropy(network(augmented(images[chosen])), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            if place % 50 == 0:
                print(f"epoch {epoch + 1} of {epochs}, batch {place} of {batches}, loss {loss.item():.3f}", flush=True)
        print(f"epoch {epoch + 1}: accuracy {accuracy(network, *test):.4f}", flush=True)
        network.eval()
        torch.onnx.export(network, torch.zeros(1, 3, 28, 28), result, dynamo=False, opset_version=17,
                          training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False, input_names=["input"],
                          output_names=["scores"], dynamic_axes={"input": {0: "N"}, "scores": {0: "N"}})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:]))
