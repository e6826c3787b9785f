"""Jobs of the tool with small, valid input files, which the fuzzer damages one at a time."""

import dataclasses, gzip, json, pathlib, shutil, signal, subprocess, time

import numpy as np
from PIL import Image

from common import ESPALIER, espalier
from fuzzing.networks import networks


@dataclasses.dataclass
class Job:
    name: str
    arguments: list
    """Of the command; `{}` stands for the folder that the damaged files lie in, `{out}` for one for outputs."""
    targets: list
    """Paths below the folder of files that may be damaged."""
    kind: str
    """How: bytes, text or onnx."""


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def arrays(folder, random):
    np.save(folder / "x.npy", random.standard_normal((24, 6), dtype=np.float32))
    np.save(folder / "labels.npy", random.integers(0, 4, 24))
    np.savez(folder / "x.npz", x=random.standard_normal((24, 6), dtype=np.float32))
    np.savez_compressed(
        folder / "small.npz", images=random.standard_normal((24, 6), dtype=np.float32), labels=random.integers(0, 4, 24)
    )
    espalier("new", "mlp", "--layers", "6,8,4", "-o", folder / "mlp.onnx")
    model = "{}/mlp.onnx"
    return [
        Job("npy-run", ["run", model, "--input", "{}/x.npy", "--output", "{out}/y.npy"], ["x.npy"], "bytes"),
        Job("npz-run", ["run", model, "--input", "{}/x.npz", "--output", "{out}/y.npy"], ["x.npz"], "bytes"),
        Job(
            "npy-prune",
            ["prune", model, "--calibration", "{}/x.npy", "--keep", "0.5", "-o", "{out}/s.onnx"],
            ["x.npy"],
            "bytes",
        ),
        Job(
            "npz-train",
            ["train", model, "--data", "{}/small.npz", "--epochs", "1", "-o", "{out}/t.onnx"],
            ["small.npz"],
            "bytes",
        ),
        Job("labels", ["evaluate", model, "--data", "{}/x.npy,{}/labels.npy"], ["x.npy", "labels.npy"], "bytes"),
    ]


def tables(folder, random):
    rows = [
        f"{a:.3f},{'abc'[int(k)]},{int(abs(b) * 3)},{c:.2f},{int(a > 0)},"
        f"{abs(c) + 0.1:.3f},2020-0{1 + int(k)}-1{int(k)}"
        for a, b, c, k in zip(*random.standard_normal((3, 40)), random.integers(0, 3, 40))
    ]
    text = "a,k,count,c,flag,positive,day\n" + "\n".join(rows) + "\n"
    write(folder / "t.csv", text)
    write(folder / "t.tsv", text.replace(",", "\t"))
    write(folder / "t.csv.gz", gzip.compress(text.encode()))
    libsvm = (
        "\n".join(
            f"{int(row[0] > 0)} " + " ".join(f"{i}:{v:.2f}" for i, v in enumerate(row, 1) if abs(v) > 0.4)
            for row in random.standard_normal((40, 5))
        )
        + "\n"
    )
    write(folder / "t.svm", libsvm)
    fit = ["fit", "{}/t.csv", "--quiet", "--model", "{out}/m.json", "--epochs", "30"]
    jobs = [
        Job("csv-gaussian", [*fit, "--target", "a", "--family", "gaussian"], ["t.csv"], "text"),
        Job("csv-poisson", [*fit, "--target", "count", "--family", "poisson", "--missing", "mean"], ["t.csv"], "text"),
        Job("csv-stream", [*fit, "--target", "flag", "--family", "binomial", "--stream"], ["t.csv"], "text"),
        Job("csv-multinomial", [*fit, "--target", "k", "--family", "multinomial", "--l2", "0.1"], ["t.csv"], "text"),
        Job(
            "csv-gamma",
            [*fit, "--target", "positive", "--family", "gamma", "--formula", "positive ~ a*k + spline(c, 4)"],
            ["t.csv"],
            "text",
        ),
        Job(
            "csv-cv",
            [*fit, "--target", "a", "--family", "gaussian", "--cv", "3", "--strengths", "5"],
            ["t.csv"],
            "text",
        ),
        Job(
            "tsv",
            ["fit", "{}/t.tsv", "--family", "gaussian", "--target", "c", "--model", "{out}/m.json"],
            ["t.tsv"],
            "text",
        ),
        Job(
            "gz",
            ["fit", "{}/t.csv.gz", "--family", "gaussian", "--target", "c", "--model", "{out}/m.json"],
            ["t.csv.gz"],
            "bytes",
        ),
        Job("svm", ["fit", "{}/t.svm", "--family", "binomial", "--model", "{out}/m.json"], ["t.svm"], "text"),
        Job(
            "svm-stream",
            ["fit", "{}/t.svm", "--family", "binomial", "--stream", "--model", "{out}/m.json"],
            ["t.svm"],
            "text",
        ),
        Job("probe", ["probe", "{}/t.csv", "--family", "gaussian", "--target", "a"], ["t.csv"], "text"),
    ]
    for name, options in {
        "gaussian": [
            "--target",
            "a",
            "--family",
            "gaussian",
            "--formula",
            "a ~ k*c + poly(positive, 2) + spline(c, 4) + log(positive)",
        ],
        "binomial": ["--target", "flag", "--family", "binomial"],
        "classes": ["--target", "k", "--family", "multinomial", "--l2", "0.1"],
        "path": ["--target", "a", "--family", "gaussian", "--path", "--strengths", "4"],
        "quantile": ["--target", "a", "--family", "quantile"],
    }.items():
        subprocess.run(
            [
                ESPALIER,
                "fit",
                folder / "t.csv",
                "--quiet",
                *options,
                "--model",
                folder / f"{name}.json",
                "--onnx",
                folder / f"{name}.onnx",
            ],
            capture_output=True,
        )
        if not (folder / f"{name}.json").exists():
            continue
        model = f"{{}}/{name}.json"
        jobs += [
            Job(
                f"predict-{name}",
                ["predict", model, "{}/t.csv", "-o", "{out}/p.csv"],
                [f"{name}.json", f"{name}.json", "t.csv"],
                "text",
            ),
            Job(
                f"interval-{name}",
                ["predict", model, "{}/t.csv", "--interval", "0.9", "-o", "{out}/p.csv"],
                [f"{name}.json"],
                "text",
            ),
            Job(f"evaluate-{name}", ["evaluate", model, "--data", "{}/t.csv", "--by", "k"], [f"{name}.json"], "text"),
            Job(
                f"continue-{name}",
                ["fit", "{}/t.csv", "--quiet", *options, "--continue", model, "--model", "{out}/m.json"],
                [f"{name}.json"],
                "text",
            ),
        ]
    return jobs


def images(folder, random):
    for label in ("cat", "dog"):
        for number in range(3):
            pixels = Image.fromarray(random.integers(0, 255, (20, 24, 3), dtype=np.uint8))
            (folder / "images" / label).mkdir(parents=True, exist_ok=True)
            pixels.save(
                folder / "images" / label / f"{number}.{'jpg' if number else 'png'}",
                **({"progressive": True} if number == 2 else {}),
            )
    pixels.convert("P").save(folder / "images" / "cat" / "p.png")
    espalier("new", "lenet", "-o", folder / "lenet.onnx")
    colour = networks(np.random.default_rng(0))["conv"]
    write(folder / "conv.onnx", colour.SerializeToString())
    write(
        folder / "idx" / "images-idx3-ubyte",
        bytes([0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28]) + bytes(random.integers(0, 255, 9 * 784, np.uint8)),
    )
    for part, count in (("train", 40), ("t10k", 20)):
        pixels = bytes([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28]) + bytes(
            random.integers(0, 255, count * 784, np.uint8)
        )
        labels = bytes([0, 0, 8, 1, 0, 0, 0, count]) + bytes(random.integers(0, 10, count, np.uint8))
        write(folder / "mnist" / f"{part}-images-idx3-ubyte.gz", gzip.compress(pixels))
        write(folder / "mnist" / f"{part}-labels-idx1-ubyte", labels)
    pictures = [
        f"images/{label}/{number}.{'jpg' if number else 'png'}" for label in ("cat", "dog") for number in range(3)
    ] + ["images/cat/p.png"]
    return [
        Job(
            "images-run", ["run", "{}/conv.onnx", "--input", "{}/images", "--output", "{out}/y.npy"], pictures, "bytes"
        ),
        Job("images-evaluate", ["evaluate", "{}/conv.onnx", "--data", "{}/images"], pictures, "bytes"),
        Job(
            "idx-run",
            ["run", "{}/lenet.onnx", "--input", "{}/idx/images-idx3-ubyte", "--output", "{out}/y.npy"],
            ["idx/images-idx3-ubyte"],
            "bytes",
        ),
        Job(
            "mnist-evaluate",
            ["evaluate", "{}/lenet.onnx", "--data", "mnist:{}/mnist"],
            [f"mnist/t10k-{name}" for name in ("images-idx3-ubyte.gz", "labels-idx1-ubyte")],
            "bytes",
        ),
    ]


def texts(folder, random):
    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *"abcdefgh",
        *("##" + letter for letter in "abcdefgh"),
        "the",
        "cat",
        "##s",
        "ä",
        "中",
    ]
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": 8,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "max_position_embeddings": 16,
        "type_vocab_size": 2,
        "vocab_size": len(pieces),
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
    }
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": i,
                "content": piece,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for i, piece in enumerate(pieces[:5])
        ],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {piece: i for i, piece in enumerate(pieces)},
        },
    }
    write(folder / "json" / "tokenizer.json", json.dumps(tokenizer, ensure_ascii=False, indent=1))
    write(folder / "json" / "config.json", json.dumps(config))
    write(folder / "json" / "tokenizer_config.json", json.dumps({"do_lower_case": True, "model_max_length": 16}))
    write(folder / "vocab" / "vocab.txt", "\n".join(pieces) + "\n")
    write(folder / "vocab" / "config.json", json.dumps(config, indent=1))
    write(folder / "text.txt", "the cats\nä 中 abc\n\nbad\tcab\n" * 3)
    (folder / "bert").mkdir(exist_ok=True)
    config_file = folder / "json/config.json"
    espalier("new", "bert", "--config", config_file, "--task", "features", "-o", folder / "bert" / "m.onnx")
    write(
        folder / "sentences.tsv",
        "sentence\tlabel\n" + "".join(f"the cat {'abcdefgh'[i % 8]}\t{i % 2}\n" for i in range(12)),
    )
    tensors = {
        "a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]},
        "b": {"dtype": "F16", "shape": [4], "data_offsets": [16, 24]},
    }
    header = json.dumps(tensors).encode()
    write(folder / "weights.safetensors", len(header).to_bytes(8, "little") + header + bytes(24))
    return [
        Job(
            "tokenizer-json",
            ["tokenize", "{}/text.txt", "--tokenizer", "{}/json"],
            ["json/tokenizer.json", "json/tokenizer_config.json", "text.txt"],
            "text",
        ),
        Job("vocab", ["tokenize", "{}/text.txt", "--tokenizer", "{}/vocab"], ["vocab/vocab.txt", "text.txt"], "text"),
        Job("pairs", ["tokenize", "{}/text.txt", "--tokenizer", "{}/vocab/vocab.txt", "--pairs"], ["text.txt"], "text"),
        Job(
            "config",
            ["new", "bert", "--config", "{}/vocab/config.json", "-o", "{out}/b.onnx"],
            ["vocab/config.json"],
            "text",
        ),
        Job(
            "safetensors",
            [
                "new",
                "bert",
                "--config",
                "{}/vocab/config.json",
                "--weights",
                "{}/weights.safetensors",
                "-o",
                "{out}/b.onnx",
            ],
            ["weights.safetensors"],
            "text",
        ),
        Job(
            "sentences",
            ["evaluate", "{}/bert/m.onnx", "--data", "{}/sentences.tsv"],
            ["sentences.tsv", "bert/tokenizer.json"],
            "text",
        ),
    ]


def rules(folder, random):
    model = networks(np.random.default_rng(1))["unknown"]
    write(folder / "unknown.onnx", model.SerializeToString())
    write(
        folder / "rules.json",
        json.dumps(
            {
                "com.acme::Act": "elementwise",
                "com.acme::Mix": {"inputs": [["batch", "channel"]], "outputs": [["batch", "channel"]]},
            },
            indent=1,
        ),
    )
    return [Job("rules", ["inspect", "{}/unknown.onnx", "--rules", "{}/rules.json"], ["rules.json"], "text")]


def interrupted(arguments, seconds):
    child = subprocess.Popen([ESPALIER, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    child.send_signal(signal.SIGINT)
    child.wait()


def checkpoints(folder, random):
    """Of interrupted runs; the folder must not move, since a checkpoint belongs to one command with its paths."""
    jobs = []
    train = [
        "train",
        folder / "mlp.onnx",
        "--data",
        f"{folder}/x.npy,{folder}/labels.npy",
        "--epochs",
        "9000",
        "--quiet",
        "-o",
        folder / "trained.onnx",
        "--checkpoint",
        folder / "checkpoint",
    ]
    interrupted(train, 1)
    for file in (folder / "checkpoint").glob("*"):
        jobs.append(Job(f"checkpoint-{file.name[:8]}", [*map(str, train)], [f"checkpoint/{file.name}"], "bytes"))
    return jobs


def network_jobs(folder, random):
    jobs = []
    for name, model in networks(np.random.default_rng(2)).items():
        write(folder / "net" / f"{name}.onnx", model.SerializeToString())
        path, inputs, calibration = f"{{}}/net/{name}.onnx", [], []
        for value in model.graph.input:
            shape = [max(dim.dim_value, 0) or 8 for dim in value.type.tensor_type.shape.dim]
            np.save(folder / "net" / f"{name}-{value.name}.npy", random.standard_normal(shape, dtype=np.float32))
            inputs += ["--input", f"{value.name}={{}}/net/{name}-{value.name}.npy"]
            calibration += ["--calibration", f"{value.name}={{}}/net/{name}-{value.name}.npy"]
        target = [f"net/{name}.onnx"]
        for kind in ("onnx", "onnx", "onnx", "bytes"):
            jobs += [
                Job(f"{name}-inspect", ["inspect", path], target, kind),
                Job(
                    f"{name}-vector",
                    ["run", path, *inputs, "--output", "{out}/y.npy", "--backend", "vector"],
                    target,
                    kind,
                ),
                Job(f"{name}-onednn", ["run", path, *inputs, "--output", "{out}/y.npy"], target, kind),
                Job(
                    f"{name}-reference",
                    ["run", path, *inputs, "--output", "{out}/y.npy", "--backend", "reference"],
                    target,
                    kind,
                ),
                Job(
                    f"{name}-prune",
                    ["prune", path, *calibration, "--keep", "0.5", "--scope", "all", "-o", "{out}/s.onnx", "--quiet"],
                    target,
                    kind,
                ),
            ]
    return jobs


def standard_jobs(folder, limit=8192):
    """The networks of ONNX's own tests, each of one operator or a few, where they are installed."""
    jobs = []
    for model in sorted(pathlib.Path("/usr/share/libonnx-testdata/data").rglob("*.onnx")):
        if model.stat().st_size > limit:
            continue
        name = model.parent.name
        (folder / "standard").mkdir(exist_ok=True)
        shutil.copy(model, folder / "standard" / f"{name}.onnx")
        path, target = f"{{}}/standard/{name}.onnx", [f"standard/{name}.onnx"]
        jobs += [
            Job(f"{name}-inspect", ["inspect", path, "--json"], target, "onnx"),
            Job(f"{name}-benchmark", ["benchmark", path, "--seconds", "0.01", "--batch", "1"], target, "onnx"),
        ]
    return jobs


def jobs(folder):
    """Writes all files below `folder`; groups of jobs by name."""
    random = np.random.default_rng(0)
    return {
        kind.__name__: kind(folder, random)
        for kind in (arrays, tables, images, texts, rules, checkpoints, network_jobs)
    } | {"standard": standard_jobs(folder)}
