"""Seconds of inference and of a training step (forward, backward, update) of a BERT classifier, here, in PyTorch and in ONNX Runtime.

Usage: encoder_speed.py FOLDER [LENGTH ...]    (FOLDER: config.json and model.safetensors of a BERT of the library transformers)
Batches of 32 texts of LENGTH tokens (32 and 128), three labels, SGD with momentum. PyTorch's attention is its
fastest (sdpa). All run in turn on the same machine; medians are compared.
"""
import json, statistics, sys, tempfile, time

import numpy as np, onnxruntime, torch, transformers

from common import espalier

ROUNDS, SECONDS, BATCH = 3, 8, 32


def ours(folder, model, length, training):
    result = f"{folder}/latency.json"
    espalier("benchmark", model, "--batch", BATCH, "--length", length, "--seconds", SECONDS, "--json", result,
             *(["--training"] if training else []))
    return json.load(open(result))["median"]


def timed(step):
    step()
    seconds, end = [], time.perf_counter() + SECONDS
    while len(seconds) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def pytorch(source, length, training):
    network = transformers.BertForSequenceClassification.from_pretrained(source, num_labels=3, attn_implementation="sdpa").train(training)
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    inputs = {name: torch.ones(BATCH, length, dtype=torch.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
    labels = torch.zeros(BATCH, dtype=torch.int64)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, nesterov=True)

    def step():
        if not training:
            with torch.inference_mode():
                return network(**inputs)
        optimizer.zero_grad()
        network(**inputs, labels=labels).loss.backward()
        optimizer.step()

    return timed(step)


def onnx_runtime(model, length):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    inputs = {value.name: np.ones((BATCH, length), np.int64) for value in session.get_inputs()}
    return timed(lambda: session.run(None, inputs))


def main(source, lengths):
    print(f"PyTorch {torch.__version__}, ONNX Runtime {onnxruntime.__version__}, {torch.get_num_threads()} threads; medians of {ROUNDS} rounds")
    with tempfile.TemporaryDirectory() as folder:
        model = f"{folder}/bert.onnx"
        espalier("new", "bert", "--config", f"{source}/config.json", "--weights", f"{source}/model.safetensors", "--labels", 3, "-o", model)
        for length in lengths:
            for training in (False, True):
                rows = [(ours(folder, model, length, training), pytorch(source, length, training),
                         None if training else onnx_runtime(model, length)) for _ in range(ROUNDS)]
                own, peer, runtime = (None if None in column else statistics.median(column) for column in zip(*rows))
                print(f"{length} tokens, {'training step' if training else 'inference'}: espalier {own:.3f} s, PyTorch {peer:.3f} s"
                      f" (PyTorch / espalier {peer / own:.2f})"
                      + (f", ONNX Runtime {runtime:.3f} s (ONNX Runtime / espalier {runtime / own:.2f})" if runtime else ""), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], [int(length) for length in sys.argv[2:]] or [32, 128])
