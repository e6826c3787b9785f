"""Writes the 10,000 test images of CIFAR-10 as a directory of PNG, from the copy that the PyPI package bigbench ships.

Usage: fetch_cifar10.py FOLDER    (then: espalier train resnet34.onnx --data FOLDER,size=32,augment=crop ...)
The package (358 MB) holds each image as a PNG in base64 within one JSON file. Every fifth image of a class goes to
FOLDER/val/CLASS (2,000 in all, 200 a class), the others to FOLDER/train/CLASS (8,000); the classes in the order of their
names are those of CIFAR-10 in its own order. A package that is there already may be named: fetch_cifar10.py FOLDER
PACKAGE. That is needed with recent versions of pip (26.3; not 23.2), which refuse to fetch this one for the
dependencies that it declares.
"""
import base64, json, pathlib, subprocess, sys, tarfile, tempfile

TASK = "cifar10_classification/base64/task.json"

out = pathlib.Path(sys.argv[1])


def package(folder):
    """The source package, fetched unless it was named."""
    if len(sys.argv) > 2:
        return sys.argv[2]
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder,
                    "bigbench==1.0.0"], check=True)
    return next(pathlib.Path(folder).glob("bigbench-*.tar.gz"))


with tempfile.TemporaryDirectory() as folder, tarfile.open(package(folder)) as archive:
    member = next(member for member in archive if member.name.endswith(TASK))
    examples = json.load(archive.extractfile(member))["examples"]

seen = {}
for example in examples:
    name = max(example["target_scores"], key=example["target_scores"].get)
    place = seen[name] = seen.get(name, -1) + 1
    path = out / ("val" if place % 5 == 4 else "train") / name / f"{place:04}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(example["input"]))
counts = {part: sum(1 for _ in (out / part).rglob("*.png")) for part in ("train", "val")}
print(f"{counts['train']:,} images to train on and {counts['val']:,} to measure on are in {out}")
