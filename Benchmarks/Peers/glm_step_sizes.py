"""Epochs until the loss is within 1 % of the way from the start to the optimum, against step size: nobody's default, everybody's constant steps.

Usage: glm_step_sizes.py FOLDER [EPOCHS]
Features are standardised for all, and the order is shuffled. espalier's steps take batches of 10, scikit-learn's one example.
`reached` means (loss - optimum) <= 0.01 (loss at the start - optimum). x is diverged (loss not finite, or above that at the start by a
factor of 1000), - is not reached. scikit-learn's SGD has no Poisson loss.
"""
import json, pathlib, subprocess, sys, tempfile

import numpy as np
from sklearn.linear_model import SGDClassifier, SGDRegressor

from common import ESPALIER
from glm_cases import CASES

STEPS = [10.0 ** k for k in range(-3, 4)]
METHODS = {
    "SGD": ["--method", "sgd"], "SGDM": ["--method", "sgdm", "--momentum", "0.9"],
    "SPPA": ["--method", "sppa"], "SPPAM": ["--method", "sppam", "--momentum", "0.9"],
    "SPPAM joint damped": ["--method", "sppam", "--momentum", "0.9", "--batch-mode", "joint", "--damping", "contraction"],
}


def loss(family, eta, y):
    with np.errstate(over="ignore", invalid="ignore"):
        if family == "gaussian":
            return np.mean((y - eta) ** 2) / 2
        return np.mean((np.exp(eta) if family == "poisson" else np.logaddexp(0, eta)) - y * eta)


def verdict(trace, optimum):
    """trace: the loss at the start and after each epoch; `None` where it is not finite."""
    target = optimum + 0.01 * (trace[0] - optimum)
    for epoch, value in enumerate(trace):
        if value is None or not np.isfinite(value):
            return "x"
        if value <= target:
            return str(epoch)
    return "x" if trace[-1] > 1000 * max(abs(trace[0]), 1) else "-"


def ours(path, case, method, step, epochs):
    with tempfile.TemporaryDirectory() as folder:
        command = [ESPALIER, "fit", path, *case.arguments(), *METHODS[method], "--step", step, "--epochs", epochs, "--batch", 10,
                   "--order", "shuffled", "--standardize", "--quiet", "--json", f"{folder}/result.json", "--trace", f"{folder}/trace.json"]
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
        trace = json.load(open(f"{folder}/trace.json"))["objective"]
        return trace + ([None] if json.load(open(f"{folder}/result.json"))["status"] == "diverged" else [])


def scikit(x, y, family, step, epochs):
    """scikit-learn's SGD with a constant step, for families it has."""
    kind = SGDRegressor if family == "gaussian" else SGDClassifier
    model = kind(loss="squared_error" if family == "gaussian" else "log_loss", penalty=None, learning_rate="constant",
                 eta0=step, random_state=0)
    trace = [loss(family, np.zeros(len(y)), y)]
    for _ in range(epochs):
        try:
            model.partial_fit(x, y, **({} if family == "gaussian" else {"classes": [0, 1]}))
        except ValueError:  # it refuses to go on from numbers that are not finite
            return trace + [None]
        value = loss(family, (x @ model.coef_.ravel() + model.intercept_[0]), y)
        trace.append(float(value))
    return trace


def main(folder, epochs=20):
    reference = json.loads(pathlib.Path(__file__).with_name("glm_reference.json").read_text())
    print(f"{'':<10} {'':<20}" + "".join(f"{step:>8g}" for step in STEPS))
    for name, case in CASES.items():
        path = f"{folder}/{name}.csv"
        optimum = reference[name]["objective"]
        for method in METHODS:
            cells = [verdict(ours(path, case, method, step, epochs), optimum) for step in STEPS]
            print(f"{name:<10} {method:<20}" + "".join(f"{cell:>8}" for cell in cells), flush=True)
        if case.family != "poisson":
            x, y = case.read(path)
            x = ((x - x.mean()) / x.std(ddof=0)).to_numpy()
            cells = [verdict(scikit(x, y.to_numpy(), case.family, step, epochs), optimum) for step in STEPS]
            print(f"{name:<10} {'scikit-learn SGD':<20}" + "".join(f"{cell:>8}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
