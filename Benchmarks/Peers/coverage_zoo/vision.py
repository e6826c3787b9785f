"""torchvision's networks with random weights: those that classify, detect, segment, and watch videos."""
import torch
import torchvision

from . import compiled_operators, exporting

# Larger ones are more of the same: they are named in the table, and left out.
LARGEST = 100e6
DETECTORS = ["fasterrcnn_mobilenet_v3_large_320_fpn", "fasterrcnn_mobilenet_v3_large_fpn", "fasterrcnn_resnet50_fpn",
             "fasterrcnn_resnet50_fpn_v2", "fcos_resnet50_fpn", "keypointrcnn_resnet50_fpn", "maskrcnn_resnet50_fpn",
             "maskrcnn_resnet50_fpn_v2", "retinanet_resnet50_fpn", "retinanet_resnet50_fpn_v2", "ssd300_vgg16", "ssdlite320_mobilenet_v3_large"]
MODULES = {"": torchvision.models, "segmentation": torchvision.models.segmentation, "video": torchvision.models.video}
NETWORKS = {name: module for module, place in MODULES.items() for name in torchvision.models.list_models(module=place)}
NETWORKS |= {name: "detection" for name in DETECTORS}


def write(path, name):
    """Exports one network: with an open batch, detectors for one image."""
    kind = NETWORKS[name]
    torch.manual_seed(1)
    options = dict(weights_backbone=None) if kind in ("detection", "segmentation") else {}
    with torch.device("meta"):
        size = sum(parameter.numel() for parameter in torchvision.models.get_model(name, weights=None, **options).parameters())
    if size > LARGEST:
        raise OverflowError(f"has {size / 1e6:.0f} M parameters: left out as more of the same")
    if kind == "detection":
        compiled_operators.provide()
        options |= dict(min_size=96, max_size=128) if "ssd" not in name else {}
    network = exporting.enliven(torchvision.models.get_model(name, weights=None, **options)).eval()
    return (detector if kind == "detection" else film if kind == "video" else picture)(network, path, name)


def picture(network, path, name):
    pixels = 64
    for pixels in (64, 96, 224):
        images = exporting.noise(exporting.SAMPLES if pixels < 200 else 4, 3, pixels, pixels)
        try:
            exporting.standardise(network, (torch.from_numpy(images),))
            break
        except (RuntimeError, AssertionError):
            continue
    exporting.export(exporting.Flat(network), {"image": torch.from_numpy(images[:2])}, path)
    return {"image": images}


def film(network, path, name):
    frames, pixels = (16, 224) if "mvit" in name else (8, 64)
    films = exporting.noise(4, 3, frames, pixels, pixels)
    if "mvit" not in name:
        exporting.standardise(network, (torch.from_numpy(films),))
    exporting.export(exporting.Flat(network), {"film": torch.from_numpy(films[:1])}, path)
    return {"film": films}


class Detector(torch.nn.Module):
    """A detector of one image."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return tuple(self.network([image[0]])[0].values())


def detector(network, path, name):
    images = exporting.noise(4, 3, 96, 96) * 0.2 + 0.5
    exporting.export(Detector(network), {"image": torch.from_numpy(images[:1])}, path, batch_is_open=False)
    return {"image": images}
