"""One small member of each family of timm, with random weights; large ones with fewer layers."""
import timm
import torch

from . import exporting

SHORT = dict(depth=2, embed_dim=96, num_heads=4)
# family: (its member, what makes it smaller). Images have 64 pixels where the member takes them, else as many as it wants.
FAMILIES = {
    "beit": ("beit_base_patch16_224", SHORT), "byoanet": ("botnet26t_256", {}), "byoanet-halo": ("halonet26t", {}),
    "byobnet": ("test_byobnet", {}), "byobnet-mobileone": ("mobileone_s0", {}), "byobnet-repvgg": ("repvgg_a0", {}),
    "cait": ("cait_xxs24_224", dict(depth=3)), "coat": ("coat_lite_tiny", {}), "coat-parallel": ("coat_tiny", {}),
    "convit": ("convit_tiny", dict(depth=4, local_up_to_layer=2)), "convmixer": ("convmixer_768_32", dict(depth=3)),
    "convnext": ("convnext_atto", {}), "convnext-v2": ("convnextv2_atto", {}), "cpubone": ("cpubone_nano", {}),
    "crossvit": ("crossvit_tiny_240", {}), "csatv2": ("csatv2", {}), "cspnet": ("cs3darknet_focus_s", {}),
    "cspnext": ("cspnext_tiny", {}), "davit": ("davit_tiny", dict(depths=(1, 1, 1, 1))),
    "deepseek_vit": ("deepseek_vit_412m", SHORT), "deit": ("deit_tiny_distilled_patch16_224", dict(depth=3)),
    "densenet": ("densenet121", {}), "dla": ("dla46x_c", {}), "dpn": ("dpn48b", {}), "edgenext": ("edgenext_xx_small", {}),
    "efficientformer": ("efficientformer_l1", {}), "efficientformer_v2": ("efficientformerv2_s0", {}),
    "efficientnet": ("efficientnet_b0", {}), "efficientnet-gn": ("efficientnet_b0_gn", {}),
    "efficientnet-conditional": ("efficientnet_cc_b0_4e", {}), "efficientvim": ("efficientvim_m1", {}),
    "efficientvit_mit": ("efficientvit_b0", {}), "efficientvit_msra": ("efficientvit_m0", {}),
    "eva": ("eva02_tiny_patch14_224", dict(depth=3)), "fasternet": ("fasternet_t0", {}), "fastvit": ("fastvit_t8", {}),
    "focalnet": ("focalnet_tiny_srf", {}), "gcvit": ("gcvit_xxtiny", {}),
    "gemma4_vit": ("gemma4_vit_167m", SHORT), "ghostnet": ("ghostnet_050", {}), "ghostnet-v3": ("ghostnetv3_050", {}),
    "hardcorenas": ("hardcorenas_a", {}), "hgnet": ("hgnetv2_b0", {}), "hiera": ("hiera_tiny_224", dict(stages=(1, 1, 2, 1))),
    "hieradet_sam2": ("sam2_hiera_tiny", {}), "hrnet": ("hrnet_w18_small", {}), "iformer": ("iformer_s", {}),
    "inception_next": ("inception_next_atto", {}), "inception_resnet_v2": ("inception_resnet_v2", {}),
    "inception_v3": ("inception_v3", {}), "inception_v4": ("inception_v4", {}), "lcnetv2": ("lcnetv2_small", {}),
    "levit": ("levit_128s", {}), "levit-conv": ("levit_conv_128s", {}), "lowformer": ("lowformer_b0", {}),
    "mambaout": ("test_mambaout", {}), "maxxvit": ("maxxvit_rmlp_nano_rw_256", {}), "maxxvit-coatnet": ("coatnet_nano_rw_224", {}),
    "maxxvit-maxvit": ("maxvit_rmlp_pico_rw_256", {}), "metaformer": ("poolformer_s12", {}),
    "metaformer-caformer": ("caformer_s18", dict(depths=(1, 1, 1, 1))), "mlp_mixer": ("mixer_s32_224", dict(num_blocks=3)),
    "mlp_mixer-gmlp": ("gmlp_s16_224", dict(num_blocks=3)), "mlp_mixer-resmlp": ("resmlp_12_224", dict(num_blocks=3)),
    "mobilenetv3": ("mobilenetv3_small_050", {}), "mobilenetv3-v4": ("mobilenetv4_conv_small_035", {}),
    "mobilenetv3-v4-hybrid": ("mobilenetv4_hybrid_medium", {}), "mobilenetv5": ("mobilenetv5_base", {}),
    "mobilevit": ("mobilevit_xxs", {}), "mobilevit-v2": ("mobilevitv2_050", {}), "mvitv2": ("mvitv2_tiny", {}),
    "naflexvit": ("naflexvit_base_patch16_siglip", SHORT), "nasnet": ("nasnetalarge", {}), "nest": ("nest_tiny", {}),
    "nextvit": ("nextvit_small", {}), "nfnet": ("test_nfnet", {}), "nfnet-regnet": ("nf_regnet_b0", {}),
    "pit": ("pit_ti_224", {}), "pnasnet": ("pnasnet5large", {}), "pvt_v2": ("pvt_v2_b0", {}),
    "qwen3_vit": ("qwen3_vit_88m", SHORT), "rdnet": ("rdnet_tiny", {}), "regnet": ("regnety_002", {}),
    "repghost": ("repghostnet_050", {}), "repvit": ("repvit_m0_9", {}), "res2net": ("res2net50_14w_8s", {}),
    "resnest": ("resnest14d", {}), "resnet": ("test_resnet", {}), "resnet-seresnext": ("seresnext26d_32x4d", {}),
    "resnet-blur": ("resnetblur18", {}), "resnetv2": ("resnetv2_18", {}), "rexnet": ("rexnet_100", {}),
    "selecsls": ("selecsls42", {}), "senet": ("legacy_seresnet18", {}), "sequencer": ("sequencer2d_s", dict(layers=(1, 1, 1, 1))),
    "shvit": ("shvit_s1", {}), "sknet": ("skresnet18", {}), "starnet": ("starnet_s050", {}), "swiftformer": ("swiftformer_xs", {}),
    "swin_transformer": ("swin_tiny_patch4_window7_224", dict(depths=(2, 2))),
    "swin_transformer_v2": ("swinv2_tiny_window8_256", dict(depths=(2, 2))),
    "swin_transformer_v2_cr": ("swinv2_cr_tiny_224", dict(depths=(2, 2))), "tiny_vit": ("tiny_vit_5m_224", {}),
    "tnt": ("tnt_s_patch16_224", dict(depth=2)), "tresnet": ("tresnet_m", {}), "twins": ("twins_svt_small", {}),
    "twins-pcpvt": ("twins_pcpvt_small", {}), "vgg": ("vgg11_bn", {}), "visformer": ("visformer_tiny", {}),
    "vision_transformer": ("test_vit", {}), "vision_transformer-registers": ("test_vit2", {}),
    "vision_transformer-map": ("test_vit3", {}), "vision_transformer_hybrid": ("vit_tiny_r_s16_p8_224", dict(depth=3)),
    "vision_transformer_relpos": ("test_vit_relpos", {}), "vision_transformer_sam": ("samvit_base_patch16_224", SHORT),
    "vitamin": ("vitamin_small_224", {}), "volo": ("volo_d1_224", {}),
    "vovnet": ("ese_vovnet19b_slim_dw", {}), "xception": ("legacy_xception", {}), "xception_aligned": ("xception41", {}),
    "xcit": ("xcit_nano_12_p16_224", dict(depth=3)),
}
DYNAMO = ["convnext", "vision_transformer", "resnet", "mobilenetv3", "swin_transformer", "regnet", "eva", "levit", "mobilevit", "beit"]
NETWORKS = {name: (name, False) for name in FAMILIES} | {f"{name}-dynamo": (name, True) for name in DYNAMO}


def write(path, name):
    """Exports one member with an open batch, by torch.export where tracing does not know an operator."""
    family, dynamo = NETWORKS[name]
    network, size = member(*FAMILIES[family])
    images = exporting.noise(exporting.SAMPLES if size < 160 else 4, 3, size, size)
    exporting.standardise(exporting.enliven(network), (torch.from_numpy(images),))
    exporting.export_anyhow(exporting.Flat(network), {"image": torch.from_numpy(images[:2])}, path, dynamo)
    return {"image": images}


def member(model, smaller):
    """The network, and the size of its images: the first of the sizes below that it takes. Some cannot be made smaller."""
    for size in (64, 128, None):
        sizes = ({"img_size": size}, {}) if size else ({},)
        for options in [*(smaller | own for own in sizes), *sizes]:
            torch.manual_seed(1)
            try:
                network = timm.create_model(model, num_classes=10, **options).eval()
                pixels = size or network.pretrained_cfg["input_size"][-1]
                with torch.no_grad():
                    network(torch.zeros(2, 3, pixels, pixels))
                return network, pixels
            except (TypeError, RuntimeError, AssertionError, ValueError, IndexError) as error:
                failure = error
    raise failure
