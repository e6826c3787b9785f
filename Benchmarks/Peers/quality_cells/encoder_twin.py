"""An encoder in the library transformers, and what Torch-Pruning must know of it."""
import torch


class EncoderTwin(torch.nn.Module):
    """BERT, of the files that the ONNX file was made of, called by position; it gives its last hidden state."""

    entries = ["input_ids", "attention_mask", "token_type_ids"]

    def __init__(self, folder):
        super().__init__()
        from transformers import BertModel

        self.network = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager").eval()

    def forward(self, *inputs):
        return self.network(**dict(zip(self.entries, inputs))).last_hidden_state

    def attention(self):
        """The modules that have heads."""
        return [module for module in self.modules() if hasattr(module, "num_attention_heads")]

    def held(self, cell):
        """All that makes the width between blocks, which is that of the output."""
        named = dict(self.named_modules())
        return [named[name] for name in named if name.endswith("output.dense")] + [self.network.embeddings]

    def options(self):
        """Heads go as a whole, in the part that units go in."""
        heads = {layer: module.num_attention_heads
                 for module in self.attention() for layer in (module.query, module.key, module.value)}
        return dict(num_heads=heads, prune_num_heads=True, prune_head_dims=False)

    def settle(self):
        """Makes the numbers of heads those that are left."""
        for module in self.attention():
            module.num_attention_heads = module.query.out_features // module.attention_head_size
            module.all_head_size = module.query.out_features
