"""Architectures of the library transformers, from configurations with tiny random weights."""
import inspect

import numpy as np
import torch
import transformers

from . import exporting

WIDE = dict(hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=96)
TEXT = dict(vocab_size=120, max_position_embeddings=64, pad_token_id=0)
ENCODER = WIDE | TEXT
DECODER = ENCODER | dict(num_key_value_heads=2, head_dim=16, use_cache=False, bos_token_id=1, eos_token_id=2)
GPT = dict(n_embd=64, n_layer=2, n_head=4, n_inner=96, n_positions=64, vocab_size=120, use_cache=False, bos_token_id=1, eos_token_id=2)
SEQUENCES = dict(d_model=64, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
                 encoder_ffn_dim=96, decoder_ffn_dim=96, use_cache=False, **TEXT)
T5 = dict(d_model=64, d_kv=16, d_ff=96, num_layers=2, num_decoder_layers=2, num_heads=4, vocab_size=120, use_cache=False)
VISION = WIDE | dict(image_size=32, patch_size=8)
AUDIO = WIDE | dict(conv_dim=(32, 32), conv_kernel=(10, 3), conv_stride=(5, 2), num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=4,
                    num_feat_extract_layers=2, vocab_size=32)
STAGES = dict(depths=[1, 1, 1, 1], hidden_sizes=[16, 32, 48, 64], image_size=64)

# name: (class in front of "Config" and "Model", what the class is called where it is not Model, its configuration, what it is fed with)
ARCHITECTURES = {
    "bert": ("Bert", "ForSequenceClassification", ENCODER, "text"),
    "distilbert": ("DistilBert", "ForSequenceClassification",
                   dict(dim=64, n_layers=2, n_heads=4, hidden_dim=96, vocab_size=120, max_position_embeddings=64), "text"),
    "roberta": ("Roberta", "ForSequenceClassification", ENCODER, "text"),
    "albert": ("Albert", "Model", ENCODER | dict(embedding_size=32), "text"),
    "electra": ("Electra", "Model", ENCODER | dict(embedding_size=32), "text"),
    "deberta": ("Deberta", "Model", ENCODER | dict(relative_attention=True, pos_att_type=["c2p", "p2c"]), "text"),
    "deberta-v2": ("DebertaV2", "Model", ENCODER | dict(
        relative_attention=True, pos_att_type=["c2p", "p2c"], position_buckets=16, norm_rel_ebd="layer_norm", share_att_key=True), "text"),
    "mpnet": ("MPNet", "Model", ENCODER, "text"),
    "xlnet": ("XLNet", "Model", dict(d_model=64, n_layer=2, n_head=4, d_inner=96, vocab_size=120), "text"),
    "longformer": ("Longformer", "Model", ENCODER | dict(attention_window=[8, 8]), "text"),
    "funnel": ("Funnel", "Model", dict(vocab_size=120, block_sizes=[1, 1], d_model=64, n_head=4, d_head=16, d_inner=96), "text"),
    "squeezebert": ("SqueezeBert", "Model", ENCODER | dict(embedding_size=64, q_groups=2, k_groups=2, v_groups=2, intermediate_groups=2,
                                                           output_groups=2, post_attention_groups=1), "text"),
    "mobilebert": ("MobileBert", "Model", ENCODER | dict(embedding_size=32, intra_bottleneck_size=32), "text"),
    "nystromformer": ("Nystromformer", "Model", ENCODER | dict(num_landmarks=4, segment_means_seq_len=16), "tokens"),
    "roformer": ("RoFormer", "Model", ENCODER | dict(embedding_size=64), "text"),
    "fnet": ("FNet", "Model", WIDE | TEXT, "tokens"),
    "convbert": ("ConvBert", "Model", ENCODER | dict(embedding_size=64), "text"),
    "modernbert": ("ModernBert", "Model", ENCODER | dict(global_attn_every_n_layers=2, local_attention=8), "text"),
    "rembert": ("RemBert", "Model", ENCODER | dict(input_embedding_size=32, output_embedding_size=32), "text"),
    "xlm-roberta": ("XLMRoberta", "ForTokenClassification", ENCODER, "text"),
    "gpt2": ("GPT2", "LMHeadModel", GPT, "text"),
    "gpt-neo": ("GPTNeo", "ForCausalLM", dict(hidden_size=64, num_layers=2, num_heads=4, attention_types=[[["global", "local"], 1]],
                                              intermediate_size=96, use_cache=False, **TEXT), "text"),
    "gpt-neox": ("GPTNeoX", "ForCausalLM", ENCODER | dict(use_cache=False), "text"),
    "gptj": ("GPTJ", "ForCausalLM", GPT | dict(rotary_dim=8), "text"),
    "opt": ("OPT", "ForCausalLM", dict(hidden_size=64, num_hidden_layers=2, ffn_dim=96, num_attention_heads=4, word_embed_proj_dim=64,
                                       use_cache=False, **TEXT), "text"),
    "bloom": ("Bloom", "ForCausalLM", dict(hidden_size=64, n_layer=2, n_head=4, vocab_size=120, use_cache=False), "text"),
    "llama": ("Llama", "ForCausalLM", DECODER, "text"), "mistral": ("Mistral", "ForCausalLM", DECODER, "text"),
    "qwen2": ("Qwen2", "ForCausalLM", DECODER, "text"), "qwen3": ("Qwen3", "ForCausalLM", DECODER, "text"),
    "gemma": ("Gemma", "ForCausalLM", DECODER, "text"), "gemma2": ("Gemma2", "ForCausalLM", DECODER, "text"),
    "phi": ("Phi", "ForCausalLM", DECODER | dict(num_key_value_heads=4), "text"), "phi3": ("Phi3", "ForCausalLM", DECODER, "text"),
    "stablelm": ("StableLm", "ForCausalLM", DECODER, "text"), "olmo2": ("Olmo2", "ForCausalLM", DECODER, "text"),
    "falcon": ("Falcon", "ForCausalLM", ENCODER | dict(new_decoder_architecture=False, multi_query=True, use_cache=False, bos_token_id=1,
                                                       eos_token_id=2), "text"),
    "mixtral": ("Mixtral", "ForCausalLM", DECODER | dict(num_local_experts=2, num_experts_per_tok=1), "text"),
    "t5": ("T5", "EncoderModel", T5, "text"), "t5-gated": ("T5", "Model", T5 | dict(feed_forward_proj="gated-gelu"), "pairs"),
    "bart": ("Bart", "Model", SEQUENCES, "pairs"), "pegasus": ("Pegasus", "Model", SEQUENCES, "pairs"),
    "marian": ("Marian", "Model", SEQUENCES | dict(decoder_start_token_id=1), "pairs"),
    "vit": ("ViT", "ForImageClassification", VISION, 32), "deit": ("DeiT", "Model", VISION, 32),
    "beit": ("Beit", "Model", VISION | dict(use_relative_position_bias=True), 32), "dinov2": ("Dinov2", "Model", VISION, 32),
    "vit-mae": ("ViTMAE", "Model", VISION | dict(mask_ratio=0.0), 32), "yolos": ("Yolos", "Model", VISION | dict(image_size=[32, 32]), 32),
    "swin": ("Swin", "Model", dict(image_size=32, patch_size=2, embed_dim=32, depths=[2, 2], num_heads=[2, 4], window_size=4), 32),
    "swinv2": ("Swinv2", "Model", dict(image_size=32, patch_size=2, embed_dim=32, depths=[2, 2], num_heads=[2, 4], window_size=4), 32),
    "convnext": ("ConvNext", "Model", STAGES, 64), "resnet": ("ResNet", "Model", STAGES | dict(embedding_size=16), 64),
    "regnet": ("RegNet", "Model", STAGES | dict(embedding_size=16, groups_width=8), 64),
    "segformer": ("Segformer", "ForSemanticSegmentation", dict(
        depths=[1, 1, 1, 1], hidden_sizes=[16, 32, 48, 64], num_attention_heads=[1, 2, 3, 4], decoder_hidden_size=32), 64),
    "mobilevit": ("MobileViT", "Model", dict(hidden_sizes=[32, 48, 64], neck_hidden_sizes=[8, 16, 24, 32, 48, 64, 96],
                                             image_size=64, patch_size=2, num_attention_heads=4), 64),
    "poolformer": ("PoolFormer", "Model", dict(hidden_sizes=[16, 32, 48, 64], depths=[1, 1, 1, 1]), 64),
    "levit": ("Levit", "Model", dict(image_size=64, hidden_sizes=[32, 48, 64], num_attention_heads=[2, 3, 4], depths=[1, 1, 1],
                                     key_dim=[8, 8, 8]), 64),
    "cvt": ("Cvt", "Model", dict(embed_dim=[16, 32, 48], num_heads=[1, 2, 3], depth=[1, 1, 1]), 64),
    "clip-vision": ("CLIPVision", "Model", VISION, 32), "siglip-vision": ("SiglipVision", "Model", VISION, 32),
    "clip-text": ("CLIPText", "Model", ENCODER | dict(eos_token_id=2, bos_token_id=1), "text"),
    "wav2vec2": ("Wav2Vec2", "ForCTC", AUDIO, "sound"), "hubert": ("Hubert", "Model", AUDIO, "sound"),
    "wavlm": ("WavLM", "Model", AUDIO, "sound"),
    "ast": ("AST", "Model", WIDE | dict(patch_size=4, max_length=32, num_mel_bins=16, frequency_stride=4, time_stride=4), "spectrogram"),
    "whisper": ("Whisper", "Model", SEQUENCES | dict(num_mel_bins=16, max_source_positions=32, max_target_positions=32,
                                                     decoder_start_token_id=1), "speech"),
}
DYNAMO = ["bert", "fnet", "gpt2", "llama", "vit", "t5", "qwen3", "swin"]
EXPORTS = {name: (name, False) for name in ARCHITECTURES} | {f"{name}-dynamo": (name, True) for name in DYNAMO}
NETWORKS = EXPORTS


def inputs(kind):
    """Inputs of a kind: sentences of several lengths with their padding, images, sounds."""
    random, count, length = np.random.default_rng(1), exporting.SAMPLES, 16
    lengths = random.integers(6, length + 1, count)
    mask = (np.arange(length) < lengths[:, None]).astype(np.int64)
    ids = np.where(mask == 1, random.integers(3, 119, (count, length)), 0)
    match kind:
        case int():
            return {"pixel_values": exporting.noise(count, 3, kind, kind)}
        case "tokens":
            return {"input_ids": random.integers(3, 119, (count, length))}
        case "text":
            return {"input_ids": ids, "attention_mask": mask}
        case "pairs":
            return {"input_ids": ids, "attention_mask": mask, "decoder_input_ids": random.integers(3, 119, (count, 10))}
        case "sound":
            return {"input_values": exporting.noise(count, 800)}
        case "spectrogram":
            return {"input_values": exporting.noise(count, 32, 16)}
        case "speech":
            return {"input_features": exporting.noise(count, 16, 64), "decoder_input_ids": random.integers(3, 119, (count, 10))}


def write(path, name):
    """Exports one architecture with an open batch."""
    architecture, dynamo = EXPORTS[name]
    prefix, head, options, kind = ARCHITECTURES[architecture]
    torch.manual_seed(1)
    config = getattr(transformers, f"{prefix}Config")(**options)
    network = exporting.enliven(getattr(transformers, prefix + head)(config)).eval()
    fed = inputs(kind)
    taken = inspect.signature(network.forward).parameters
    fed = {name: array for name, array in fed.items() if name in taken}
    example = {name: torch.from_numpy(array[:2]) for name, array in fed.items()}
    exporting.export_anyhow(exporting.Positional(network, list(fed)), example, path, dynamo)
    return fed
