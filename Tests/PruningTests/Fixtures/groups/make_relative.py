"""Writes relative-positions.onnx: attention of 4 heads of 5 whose scores get a term for the distance of two positions, gathered by an index
that is the same for all heads, as in DeBERTa; and repeated-positions.onnx: the same over `[B H, S, D]`, with positions tiled over the batch, as
in its second version. The scale follows from the shape of the keys.

Run: python make_relative.py (needs torch and onnx).
"""
import math, pathlib

import torch

FOLDER = pathlib.Path(__file__).parent
HEADS, SIZE, LENGTH = 4, 5, 6
WIDTH = HEADS * SIZE


class Attention(torch.nn.Module):
    def __init__(self, merged):
        super().__init__()
        self.merged = merged
        for name in ("q", "k", "v", "p", "o"):
            setattr(self, name, torch.nn.Linear(WIDTH, WIDTH))
        self.distances = torch.nn.Parameter(torch.randn(1, 2 * LENGTH, WIDTH))

    def split(self, value):
        value = value.view(value.size(0), value.size(1), HEADS, -1).permute(0, 2, 1, 3)
        return value.reshape(-1, value.size(2), value.size(3)) if self.merged else value

    def forward(self, x):
        q, k, v, p = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x)), self.split(self.p(self.distances))
        if self.merged:
            p = p.repeat(q.size(0) // HEADS, 1, 1)
        places = torch.arange(x.size(1))
        index = (places[:, None] - places[None] + LENGTH).clamp(0, 2 * LENGTH - 1)
        scores = q @ k.transpose(-1, -2) + torch.gather(q @ p.transpose(-1, -2), -1, index.expand(*q.shape[:-2], *index.shape))
        weights = torch.softmax(scores / torch.sqrt(torch.tensor(k.size(-1), dtype=torch.float)), -1) @ v
        weights = weights.reshape(x.size(0), HEADS, x.size(1), -1) if self.merged else weights
        return self.o(weights.permute(0, 2, 1, 3).reshape(x.size(0), x.size(1), WIDTH))


for name, merged in (("relative-positions", False), ("repeated-positions", True)):
    torch.manual_seed(3)
    torch.onnx.export(
        Attention(merged).eval(), (torch.randn(2, LENGTH, WIDTH),), FOLDER / f"{name}.onnx", input_names=["x"], output_names=["y"],
        dynamic_axes={"x": {0: "n"}}, opset_version=17, dynamo=False)
