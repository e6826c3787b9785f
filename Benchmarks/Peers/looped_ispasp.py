"""Selection of all of ResNet34's blocks: `espalier prune` against the looped form of i-SpaSP in PyTorch, in one run.

The looped form passes over all images at every iteration: the block's last convolution and its normalisation run on the hidden
representation, the residual is passed back by automatic differentiation, and importances are plain sums of gradients. Blocks are taken
in order, each on the activations of the network pruned so far. To be fair to it, the activations in front of a block are kept
from the block before, everything without a gradient runs without one, weights get none (--as-published lets them, as the public code does),
normalisations are in inference form, and memory is channels-last.
"""
import argparse, json, pathlib, subprocess, tempfile, time

import numpy as np
import onnx
import torch
import torchvision
from PIL import Image

from common import ESPALIER, espalier

MEAN, DEVIATION = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])


def photographs(folder, count, generator):
    """Random crops of 224 x 224 of the photographs in `folder`, as ImageNet networks are fed."""
    files = sorted(pathlib.Path(folder).glob("*.jpg"))
    crops = []
    for index in range(count):
        image = Image.open(files[index % len(files)]).convert("RGB")
        side = int(min(image.size) * generator.uniform(0.5, 1))
        left, top = (int(generator.integers(0, size - side + 1)) for size in image.size)
        crop = image.resize((224, 224), Image.BILINEAR, (left, top, left + side, top + side))
        crops.append(((np.asarray(crop, np.float32) / 255 - MEAN) / DEVIATION).transpose(2, 0, 1))
    return np.stack(crops)


def load(path):
    """torchvision's network with the weights of an ONNX file, name by name."""
    network = torchvision.models.resnet34(num_classes=1000)
    stored = {tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy())
              for tensor in onnx.load(path).graph.initializer}
    wanted = {name for name in network.state_dict() if not name.endswith("num_batches_tracked")}
    if wanted - set(stored):
        raise SystemExit(f"the file does not hold {sorted(wanted - set(stored))}")
    network.load_state_dict({name: stored[name] for name in wanted} | {
        name: value for name, value in network.state_dict().items() if name.endswith("num_batches_tracked")})
    return network.eval().to(memory_format=torch.channels_last)


def run(module, inputs, batch):
    with torch.no_grad():
        return torch.cat([module(part) for part in inputs.split(batch)]).contiguous(memory_format=torch.channels_last)


def largest(values, count, among):
    return set(sorted(among, key=lambda unit: (-values[unit], unit))[:count])


def select(block, hidden, count, iterations, batch):
    """The support after `iterations` passes over `hidden`, and when it last changed."""
    size = hidden.sum((0, 2, 3), dtype=torch.float64).tolist()
    units = range(len(size))
    support, changed = set(), 0
    for iteration in range(iterations):
        kept = sorted(support)
        weight = block.conv2.weight[:, kept].detach()
        importance = torch.zeros(len(size), dtype=torch.float64)
        for part in hidden.split(batch):
            part = part.detach().requires_grad_()
            residual = block.bn2(block.conv2(part))
            if kept:
                with torch.no_grad():
                    reduced = torch.nn.functional.conv2d(part[:, kept], weight, padding=1)
                    reduced = block.bn2(reduced)
                residual = residual - reduced
            (0.5 * residual.square().sum()).backward()
            importance += part.grad.sum((0, 2, 3), dtype=torch.float64)
            block.zero_grad(set_to_none=True)
        merged = largest(importance.tolist(), 2 * count, units) | support
        following = largest(size, count, merged)
        if following != support:
            support, changed = following, iteration + 1
    return sorted(support), changed


def mask(block, kept):
    """Zeroes what the dropped channels contribute."""
    dropped = [unit for unit in range(block.conv2.in_channels) if unit not in set(kept)]
    with torch.no_grad():
        block.conv2.weight[:, dropped] = 0


def looped(network, images, keep, iterations, batch):
    supports = {}
    value = run(torch.nn.Sequential(network.conv1, network.bn1, network.relu, network.maxpool), images, batch)
    for stage in ("layer1", "layer2", "layer3", "layer4"):
        for index, block in enumerate(getattr(network, stage)):
            start = time.perf_counter()
            hidden = run(torch.nn.Sequential(block.conv1, block.bn1, block.relu), value, batch)
            count = max(1, int(block.conv2.in_channels * keep))
            supports[f"{stage}.{index}.conv1"], changed = select(block, hidden, count, iterations, batch)
            mask(block, supports[f"{stage}.{index}.conv1"])
            del hidden
            value = run(block, value, batch)
            print(f"  looped, {stage}.{index}: {time.perf_counter() - start:.1f} s, support final after {changed} iterations",
                  flush=True)
    return supports


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--images", type=int, default=256)
parser.add_argument("--iterations", type=int, default=20)
parser.add_argument("--keep", type=float, default=0.4)
parser.add_argument("--batch", type=int, default=32, help="images in one step of the looped form")
parser.add_argument("--threads", type=int, default=torch.get_num_threads())
parser.add_argument("--photographs", help="a folder of JPEG files to crop from; noise where there is none")
parser.add_argument("--as-published", action="store_true", help="let weights have gradients, as the public code does")
options = parser.parse_args()
torch.set_num_threads(options.threads)

with tempfile.TemporaryDirectory() as folder:
    generator = np.random.default_rng(0)
    images = (photographs(options.photographs, options.images, generator) if options.photographs
              else generator.standard_normal((options.images, 3, 224, 224), dtype=np.float32))
    np.save(f"{folder}/images.npy", images)
    espalier("new", "resnet34", "-o", f"{folder}/dense.onnx")

    start = time.perf_counter()
    subprocess.run(
        [ESPALIER, "prune", f"{folder}/dense.onnx", "--calibration", f"{folder}/images.npy", "--keep", str(options.keep),
         "--method", "ispasp", "--no-refit", "--round-to", "1", "-o", f"{folder}/small.onnx", "--json", f"{folder}/result.json", "--quiet"],
        check=True, stdout=subprocess.DEVNULL)
    command = time.perf_counter() - start
    result = json.load(open(f"{folder}/result.json"))
    selection = result["seconds"]["calibration"] + result["seconds"]["selection"]
    print(f"espalier, {options.images} images: {selection:.1f} s (calibration {result['seconds']['calibration']:.1f} s), "
          f"whole command {command:.1f} s", flush=True)

    network = load(f"{folder}/dense.onnx")
    network.requires_grad_(options.as_published)
    inputs = torch.from_numpy(images).contiguous(memory_format=torch.channels_last)
    start = time.perf_counter()
    supports = looped(network, inputs, options.keep, options.iterations, options.batch)
    seconds = time.perf_counter() - start

    kept = {group["id"]: group["kept"] for group in result["groups"]}
    same = [block for block in supports if supports[block] == kept[block]]
    print(f"looped form, {options.iterations} iterations: {seconds:.1f} s")
    print(f"ratio: {seconds / selection:.1f} (whole command: {seconds / command:.1f})")
    print(f"same channels: {len(same)} of {len(supports)} blocks"
          + "".join(f"; {block} differs in {len(set(supports[block]) ^ set(kept[block])) // 2}" for block in supports if block not in same))
