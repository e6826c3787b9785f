"""torchvision's networks, exported by both of PyTorch's exporters.

The weights are random: torchvision's own initialisation, with BatchNorm's running statistics taken from the photographs, so that
no activation fades or grows.
"""
import torch, torchvision

from zoo_models.photographs import photographs

# name: torchvision's name, image size, how it is exported
NETWORKS = {
    "resnet34": ("resnet34", 224, dict(opset_version=17)),
    "resnet34-batchnorm": ("resnet34", 224, dict(opset_version=13, training=torch.onnx.TrainingMode.PRESERVE)),
    "resnet34-training": ("resnet34", 224, dict(opset_version=17, training=torch.onnx.TrainingMode.TRAINING)),
    "resnet34-dynamo": ("resnet34", 224, dict(dynamo=True)),
    "mobilenet_v2": ("mobilenet_v2", 224, dict(opset_version=13)),
    "mobilenet_v2-dynamo": ("mobilenet_v2", 224, dict(dynamo=True)),
    "mobilenet_v3_small": ("mobilenet_v3_small", 224, dict(opset_version=17)),
    "shufflenet_v2": ("shufflenet_v2_x1_0", 224, dict(opset_version=17)),
    "shufflenet_v2-dynamo": ("shufflenet_v2_x1_0", 224, dict(dynamo=True)),
    "efficientnet_b0": ("efficientnet_b0", 224, dict(opset_version=17)),
    "regnet_y_400mf": ("regnet_y_400mf", 224, dict(opset_version=17)),
    "squeezenet1_1": ("squeezenet1_1", 224, dict(opset_version=13)),
    "densenet121": ("densenet121", 224, dict(opset_version=17)),
    "densenet121-dynamo": ("densenet121", 224, dict(dynamo=True)),
    "inception_v3": ("inception_v3", 299, dict(opset_version=17)),
    "vgg19": ("vgg19", 224, dict(opset_version=13)),
}


def write(directory, name):
    """Writes one network as NAME.onnx; returns the photographs at its size."""
    constructor, size, options = NETWORKS[name]
    images = photographs(directory, size, size)
    batch = torch.from_numpy(images)
    network = initialised(constructor, batch)
    example = batch[:2]
    if options.get("dynamo"):
        dynamic = dict(dynamic_shapes=({0: torch.export.Dim("batch", min=1, max=256)},), external_data=False, verbose=False)
    else:
        dynamic = dict(dynamo=False, dynamic_axes={"image": {0: "batch"}, "scores": {0: "batch"}})
    if options.get("training") == torch.onnx.TrainingMode.TRAINING:
        network.train()
    torch.onnx.export(network, (example,), f"{directory}/{name}.onnx", input_names=["image"], output_names=["scores"], **dynamic, **options)
    return images


def initialised(constructor, batch):
    """A network in evaluation mode whose running statistics are those of the batch."""
    torch.manual_seed(1)
    extra = dict(init_weights=True, aux_logits=False) if constructor == "inception_v3" else {}
    network = getattr(torchvision.models, constructor)(weights=None, **extra)
    norms = [module for module in network.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = None
    if norms:
        network.train()
        with torch.no_grad():
            network(batch[:10])
            network(batch[10:])
    for norm in norms:
        norm.momentum = 0.1
        # A trained network's factors and offsets differ from channel to channel.
        torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
        torch.nn.init.uniform_(norm.bias, -0.3, 0.3)
    return network.eval()
