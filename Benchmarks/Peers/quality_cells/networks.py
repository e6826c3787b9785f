"""The networks of the table, with the samples they are calibrated and judged on.

Each is found in one folder, as quality.py says. Calibration samples are drawn by a seed, without labels, from data that
training had or, of networks for photographs, from CIFAR-10 enlarged; the samples to judge on are always others.
"""
import dataclasses, functools, pathlib, typing

import numpy as np

import efficientnet
from common import idx

from . import runtime, texts

JUDGED_IMAGES, JUDGED_TEXTS = 512, 512


@dataclasses.dataclass(frozen=True, eq=False)
class Network:
    name: str
    path: pathlib.Path
    draw: typing.Callable
    """Calibration samples by their number and a seed: {input: array}."""
    judge: typing.Callable
    """Samples to judge on: {input: array}."""
    labels: typing.Callable = None
    """The classes of those samples; or, of others, ({input: array}, classes)."""
    answer: typing.Callable = lambda scores, inputs: scores
    """What is compared, of the first output: rows of scores."""
    scopes: tuple = ("inner", "all")
    """Those that differ."""

    @functools.lru_cache(maxsize=3)
    def calibration(self, samples, seed):
        return self.draw(samples, np.random.default_rng(seed))

    @functools.cached_property
    def held_out(self):
        return self.judge()

    @functools.cached_property
    def labelled(self):
        """Samples with their classes, `held_out` itself where those have classes: ({input: array}, classes)."""
        found = self.labels() if self.labels else None
        return found if found is None or isinstance(found, tuple) else (self.held_out, found)

    @functools.cached_property
    def macs(self):
        return runtime.macs(self.path, self.held_out)

    def answers(self, path):
        """Those of a file to the samples that are judged on."""
        return self.answer(runtime.output(path, self.held_out), self.held_out)

    @functools.cached_property
    def dense(self):
        """Answers of the network as it is."""
        return self.answers(self.path)


def fashion(part, shape):
    """Images of Fashion-MNIST as the network takes them, thrice where it takes colours, and their classes."""
    images = idx(f"{part}-images-idx3-ubyte.gz").astype(np.float32) / 255
    images = images.reshape(-1, *(shape if len(shape) == 1 else (1, *shape[1:])))
    return np.broadcast_to(images, (len(images), *shape)), idx(f"{part}-labels-idx1-ubyte.gz").astype(np.int64)


def trained(folder, name, shape, scopes=("inner", "all")):
    """A network that was trained on Fashion-MNIST, judged on all 10,000 test images."""
    def draw(samples, generator):
        images, _ = fashion("train", shape)
        return {"input": np.ascontiguousarray(images[generator.choice(len(images), samples, replace=False)])}

    return Network(name, folder / f"{name}.onnx", draw, lambda: {"input": fashion("t10k", shape)[0]},
                   lambda: fashion("t10k", shape)[1], scopes=scopes)


def photographs(folder, samples, generator, size):
    """Images of CIFAR-10's first 8,000, enlarged."""
    files = sorted((folder / "cifar/train").rglob("*.png"))
    return efficientnet.images([files[place] for place in generator.choice(len(files), samples, replace=False)], size)


def others(folder, size):
    """Images of CIFAR-10 that no calibration has, the classes in turn, enlarged."""
    return efficientnet.images([file for file, _ in efficientnet.in_turn(folder / "cifar/val", JUDGED_IMAGES)], size)


def lite0(folder):
    """EfficientNet-Lite0 with ImageNet's weights; its classes are those of twenty photographs of ImageNet."""
    def classes():
        return {"image": np.load(folder / "photographs-160.npy")}, np.load(folder / "photographs-labels.npy")

    return Network("lite0", folder / "lite0-160.onnx",
                   lambda samples, generator: {"image": photographs(folder, samples, generator, 160)},
                   lambda: {"image": others(folder, 160)}, classes)


def nsfw(folder):
    """Yahoo's open-nsfw, whose answer is the log odds of its two probabilities."""
    def pixels(images):
        levels = images * efficientnet.DEVIATION + efficientnet.MEAN
        return np.ascontiguousarray(levels[:, ::-1].transpose(0, 2, 3, 1) - np.array([104, 117, 123], np.float32))

    def odds(scores, _):
        return np.log(np.maximum(scores, 1e-12)) @ np.array([[1, -1], [-1, 1]], np.float32)

    return Network("nsfw", folder / "nsfw.onnx",
                   lambda samples, generator: {"input:0": pixels(photographs(folder, samples, generator, 224))},
                   lambda: {"input:0": pixels(others(folder, 224))}, answer=odds)


def minilm(folder):
    """MiniLM-L6, whose answer to a sentence is its cosine similarity to the next 50."""
    def draw(samples, generator):
        lines = texts.lines(folder / "text/vitaminc/train.tsv")
        chosen = generator.choice(len(lines), samples, replace=False)
        return texts.tokens(folder / "minilm-l6", [lines[place] for place in chosen])

    def judge():
        return texts.tokens(folder / "minilm-l6", texts.lines(folder / "text/vitaminc/dev.tsv")[:JUDGED_TEXTS])

    return Network("minilm", folder / "minilm-l6/minilm-l6.onnx", draw, judge, answer=texts.similarities,
                   scopes=("inner",))


def found(folder):
    """Those whose file is in the folder, by name."""
    known = [trained(folder, "mlp", (784,), ("inner",)), trained(folder, "lenet", (1, 28, 28), ("inner",)),
             trained(folder, "resnet", (3, 28, 28)), trained(folder, "mobilenetv2", (3, 28, 28)),
             lite0(folder), minilm(folder), nsfw(folder)]
    return {network.name: network for network in known if network.path.exists()}
