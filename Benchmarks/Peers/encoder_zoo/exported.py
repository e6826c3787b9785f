"""Encoders of the library transformers with random weights, exported by PyTorch: by tracing and by torch.export, attention written out
(eager) and as one function (sdpa)."""
import numpy as np
import torch
import transformers

SMALL = dict(hidden_size=96, num_hidden_layers=2, num_attention_heads=6, intermediate_size=160)
TEXT = dict(vocab_size=500, max_position_embeddings=64)


def bert(attention):
    config = transformers.BertConfig(**SMALL, **TEXT, num_labels=3, attn_implementation=attention)
    return transformers.BertForSequenceClassification(config), ["input_ids", "attention_mask", "token_type_ids"]


def distilbert(attention):
    config = transformers.DistilBertConfig(
        dim=96, n_layers=2, n_heads=6, hidden_dim=160, **TEXT, num_labels=3, attn_implementation=attention)
    return transformers.DistilBertForSequenceClassification(config), ["input_ids", "attention_mask"]


def roberta(attention):
    config = transformers.RobertaConfig(**SMALL, **TEXT, num_labels=3, attn_implementation=attention)
    return transformers.RobertaForSequenceClassification(config), ["input_ids", "attention_mask"]


def vit(attention):
    config = transformers.ViTConfig(**SMALL, image_size=32, patch_size=8, num_labels=5, attn_implementation=attention)
    return transformers.ViTForImageClassification(config), ["pixel_values"]


FAMILIES = {"bert": bert, "distilbert": distilbert, "roberta": roberta, "vit": vit}
# How each is exported: attention, operator set, by torch.export or by tracing.
EXPORTS = {
    "eager-13": ("eager", 13, False), "sdpa-14": ("sdpa", 14, False), "sdpa-17": ("sdpa", 17, False),
    "eager-18": ("eager", 18, True), "sdpa-20": ("sdpa", 20, True), "sdpa-23": ("sdpa", 23, True),
}
NETWORKS = {f"{family}-{export}": (family, export) for family in FAMILIES for export in EXPORTS}


def samples(names, generator, count=8, length=24):
    """Inputs as a tokenizer makes them: padded, each of its own length."""
    lengths = generator.integers(6, length + 1, count)
    lengths[0] = length
    mask = (np.arange(length) < lengths[:, None]).astype(np.int64)
    ids = np.where(mask == 1, generator.integers(3, 500, (count, length)), 1)
    inputs = {
        "input_ids": ids, "attention_mask": mask, "token_type_ids": np.where(np.arange(length) >= 5, mask, 0),
        "pixel_values": generator.standard_normal((count, 3, 32, 32)).astype(np.float32),
    }
    return {name: inputs[name] for name in names}


class Logits(torch.nn.Module):
    """A network that is called by position and gives one tensor."""

    def __init__(self, network, names):
        super().__init__()
        self.network, self.names = network, names

    def forward(self, *inputs):
        return self.network(**dict(zip(self.names, inputs))).logits


def network(name):
    """The network that is exported as `name`, and what its inputs are called."""
    family, export = NETWORKS[name]
    torch.manual_seed(len(name))
    made, names = FAMILIES[family](EXPORTS[export][0])
    with torch.no_grad():
        for parameter in made.parameters():
            # Away from the initial zeros and ones, so that biases and normalisations matter.
            parameter.add_(0.1 * torch.randn_like(parameter))
    return made, names


def write(directory, name):
    """Exports one network and returns inputs for it."""
    _, opset, dynamo = EXPORTS[NETWORKS[name][1]]
    made, names = network(name)
    inputs = samples(names, np.random.default_rng(1))
    arguments = tuple(torch.from_numpy(inputs[name]) for name in names)
    axes = {name: {0: "batch"} | ({1: "sequence"} if name != "pixel_values" else {}) for name in names}
    torch.onnx.export(
        Logits(made.eval(), names).eval(), arguments, f"{directory}/{name}.onnx", input_names=names, output_names=["logits"],
        opset_version=opset, dynamo=dynamo, external_data=False,
        **(dict(dynamic_shapes={"inputs": tuple({i: torch.export.Dim.DYNAMIC for i in axes[name]} for name in names)})
           if dynamo else dict(dynamic_axes=axes)))
    return inputs
