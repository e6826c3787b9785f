"""Writes linear-models: a table, models that `espalier fit` makes of it, as JSON and as ONNX, and what ONNX Runtime
computes from the networks for new rows.

    python3 make_linear_models.py ESPALIER

needs numpy, onnx and onnxruntime. The networks must pass ONNX's checker.
"""

import csv
import json
import pathlib
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime

FOLDER = pathlib.Path(__file__).parent / "linear-models"
FITS = {
    "poisson": ["--target", "count", "--family", "poisson", "--columns", "a,region", "--exposure", "time"],
    "binomial": ["--target", "answer", "--family", "binomial", "--columns", "a,b,region"],
    "multinomial": ["--target", "kind", "--family", "multinomial", "--columns", "a,region", "--l2", "0.01"],
    "probit": ["--target", "answer", "--family", "binomial", "--link", "probit", "--columns", "a,b,region"],
    "cauchit": ["--target", "answer", "--family", "binomial", "--link", "cauchit", "--columns", "a,b,region"],
    "ordinal": ["--target", "kind", "--family", "ordinal", "--levels", "w,v,u", "--columns", "a,region"],
    "formula": ["--family", "gaussian", "--formula",
                "count ~ a*region + poly(b, 2) + spline(a, 3) + bs(b, 3, degree=2):region + log(time):b + I(cos(a) + tanh(b)^2) + offset(a)",
                "--l2", "0.01"],
    "hinge": ["--target", "answer", "--family", "hinge", "--columns", "a,b", "--l2", "0.1"],
}


def table(path, count, seed):
    random = np.random.default_rng(seed)
    with open(path, "w") as file:
        file.write("a,b,region,time,count,answer,kind\n")
        for _ in range(count):
            a, b = random.normal(size=2)
            region = random.integers(3)
            time = random.uniform(0.5, 2)
            answer = "yes" if a - b + region + random.logistic() > 1 else "no"
            kind = "uvw"[np.argmax([a, region / 2, 0] + random.gumbel(size=3))]
            names = ["north", "south", "east, or so"]
            file.write(f'{a:.4f},{b:.4f},"{names[region]}",{time:.3f},{random.poisson(time * np.exp(0.3 * a + 0.2 * region))},')
            file.write(f"{answer},{kind}\n")


def main(espalier):
    FOLDER.mkdir(exist_ok=True)
    table(FOLDER / "rows.csv", 120, 1)
    table(FOLDER / "new.csv", 12, 2)
    rows = list(csv.DictReader(open(FOLDER / "new.csv")))
    expected = {}
    for name, arguments in FITS.items():
        network = str(FOLDER / f"{name}.onnx")
        model = str(FOLDER / f"{name}.json")
        subprocess.run(
            [espalier, "fit", str(FOLDER / "rows.csv"), "--model", model, "--onnx", network, "--quiet", *arguments],
            check=True, stdout=subprocess.DEVNULL)
        onnx.checker.check_model(onnx.load(network), full_check=True)
        session = onnxruntime.InferenceSession(network)
        inputs = {
            i.name: np.array([[row[i.name]] for row in rows], object if "string" in i.type else np.float64)
            for i in session.get_inputs()
        }
        outputs = [output.name for output in session.get_outputs()]
        values = session.run(None, inputs)
        expected[name] = {output: value.tolist() for output, value in zip(outputs, values)}
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main(sys.argv[1])
