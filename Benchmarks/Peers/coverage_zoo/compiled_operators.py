"""Stand-ins for torchvision's compiled operators that its detectors call, for a PyTorch that the package at hand was not compiled for.

An exporter follows a network on an example and writes down its calls. What comes out of these two enters the file nowhere, so they give
values of the right shape and no more.
"""
import sys

import torch
import torchvision

LIBRARY = []


def some_boxes(dets, scores, iou_threshold):
    """Indices of boxes, from the highest score down."""
    return torch.argsort(scores, descending=True)[:20]


def empty_regions(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned):
    return input.new_zeros(rois.shape[0], input.shape[1], pooled_height, pooled_width)


def present() -> bool:
    return True


OPERATORS = [
    ("nms", "(Tensor dets, Tensor scores, float iou_threshold)", some_boxes),
    ("roi_align", "(Tensor input, Tensor rois, float spatial_scale, int pooled_height, int pooled_width, int sampling_ratio, bool aligned)",
     empty_regions)]


def provide():
    """Registers them, unless the package brings the operators."""
    if torchvision.extension._has_ops() or LIBRARY:
        return
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name, schema, work in OPERATORS:
        if not hasattr(torch.ops.torchvision, name):
            library.define(f"{name}{schema} -> Tensor")
        library.impl(name, work, "CompositeExplicitAutograd")
    LIBRARY.append(library)
    # The package has a function of the name of its last module.
    for module in (torchvision.extension, torchvision.ops.boxes, sys.modules["torchvision.ops.roi_align"]):
        for check in ("_has_ops", "_assert_has_ops"):
            if hasattr(module, check):
                setattr(module, check, present)
