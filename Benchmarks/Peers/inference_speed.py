"""How long a forward pass takes here and in ONNX Runtime: networks of the coverage list on one core, in turn.

    inference_speed.py FOLDER [NETWORK ..]     prints a table; NETWORK is a name of `coverage.py list`

FOLDER keeps downloads and the network that is being timed. Batches of 8, of the sizes that the network was exported for. Each side runs for
two seconds, three times in turn, and the medians are compared. ONNX Runtime has all its optimisations.
"""
import json, os, statistics, sys, time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np, onnxruntime

import coverage
from common import espalier

ROUNDS, SECONDS, BATCH = 3, 2, 8
NETWORKS = """
    packages/nudenet packages/open-nsfw timm/convnext timm/densenet timm/efficientnet timm/edgenext timm/fastvit timm/ghostnet timm/hrnet
    timm/mlp_mixer timm/mobilenetv3 timm/mobilevit timm/nfnet timm/regnet timm/resnest timm/swin_transformer timm/vision_transformer timm/xcit
    transformers/bert transformers/llama transformers/segformer transformers/wav2vec2 torchvision/resnet18 torchvision/shufflenet_v2_x1_0
    torchvision/squeezenet1_1""".split()


def onnx_runtime(path, inputs):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def median():
        session.run(None, inputs)
        seconds, end = [], time.perf_counter() + SECONDS
        while len(seconds) < 3 or time.perf_counter() < end:
            start = time.perf_counter()
            session.run(None, inputs)
            seconds.append(time.perf_counter() - start)
        return statistics.median(seconds)

    return median


def own(path, inputs, result):
    shapes = [option for name, value in inputs.items() if value.ndim
              for option in ("--shape", f"{name}={'x'.join(map(str, value.shape))}")]
    espalier("benchmark", path, *shapes, "--seconds", SECONDS, "--threads", 1, "--json", result, "--quiet")
    return json.load(open(result))["median"]


def batch(inputs):
    """The inputs, repeated or cut to one batch where they have samples."""
    return {name: np.resize(value, (BATCH, *value.shape[1:])) if value.ndim > 1 else value for name, value in inputs.items()}


def line(folder, name):
    path, result = f"{folder}/network.onnx", f"{folder}/latency.json"
    if (failure := coverage.made(folder, name)) is not None:
        return f"| {name} | not made: {failure[:80]} | | |"
    inputs = dict(np.load(f"{folder}/inputs.npz"))
    try:
        peer = onnx_runtime(path, batch(inputs))
        peer()
        inputs = batch(inputs)
    except Exception:  # its batch is fixed
        peer = onnx_runtime(path, inputs)
    rounds = [(own(path, inputs, result), peer()) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*rounds))
    return f"| {name} | {1000 * mine:.1f} | {1000 * theirs:.1f} | {mine / theirs:.2f} |"


if __name__ == "__main__":
    folder, *wanted = sys.argv[1:] or sys.exit(__doc__)
    os.makedirs(folder, exist_ok=True)
    print(f"{coverage.tool()}; ONNX Runtime {onnxruntime.__version__}; one core, batches of {BATCH} where the file leaves the batch open\n")
    print("| network | espalier, ms | ONNX Runtime, ms | espalier / ONNX Runtime |\n|---|---:|---:|---:|")
    for name in wanted or NETWORKS:
        try:
            print(line(folder, name), flush=True)
        except SystemExit as error:
            print(f"| {name} | {str(error).splitlines()[-1][:100]} | | |", flush=True)
