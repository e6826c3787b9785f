"""The exported encoders with the fused operators that ONNX Runtime's optimiser puts in (domain com.microsoft)."""
import pathlib

import onnx
from onnxruntime.transformers import optimizer

from . import exported

# Which export each is made of, and what is fused beyond the usual.
NETWORKS = {
    "bert-fused": ("bert-eager-13", {}),
    "bert-fused-mha": ("bert-eager-13", {"use_multi_head_attention": True}),
    "distilbert-fused": ("distilbert-eager-13", {}),
    "roberta-fused": ("roberta-eager-13", {}),
    "vit-fused": ("vit-eager-13", {}),
}


def write(directory, name):
    """Fuses one network and returns inputs for it."""
    source, settings = NETWORKS[name]
    inputs = exported.write(directory, source)
    options = optimizer.FusionOptions("vit" if "vit" in name else "bert")
    options.enable_skip_layer_norm = True
    for setting, value in settings.items():
        setattr(options, setting, value)
    model = optimizer.optimize_model(
        f"{directory}/{source}.onnx", model_type="vit" if "vit" in name else "bert", num_heads=6, hidden_size=96,
        optimization_options=options, opt_level=0)
    model.save_model_to_file(f"{directory}/{name}.onnx")
    onnx.load(f"{directory}/{name}.onnx")
    return inputs
