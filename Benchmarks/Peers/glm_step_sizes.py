"""Epochs until the loss is within 1 % of the way from the start to the optimum, against step size: nobody's default, everybody's constant steps.

Usage: glm_step_sizes.py FOLDER [EPOCHS [DATA SET ...]]
Features are standardised for all, and the order is shuffled. espalier's steps take batches of 10, scikit-learn's one example; its
default begins with the step size given and ends as it always does.
`reached` means (loss - optimum) <= 0.01 (loss at the start - optimum). x is diverged (loss not finite, or above that at the start by a
factor of 1000), - is not reached. scikit-learn's SGD has no Poisson loss. Vowpal Wabbit makes its default steps (adaptive, normalised,
importance-aware, decreasing), of which only the learning rate is set.
"""
import json, pathlib, subprocess, sys, tempfile

import numpy as np
import vowpalwabbit
from sklearn.linear_model import SGDClassifier, SGDRegressor

from common import ESPALIER
from glm_cases import CASES

STEPS = [10.0 ** k for k in range(-3, 4)]
METHODS = {
    "SGD": ["--method", "sgd"], "SGDM": ["--method", "sgdm", "--momentum", "0.9"],
    "SPPA": ["--method", "sppa"], "SPPAM": ["--method", "sppam", "--momentum", "0.9"],
    "default": None,
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
        steps = [*METHODS[method], "--epochs", epochs, "--batch", 10, "--order", "shuffled", "--standardize"] if METHODS[method] else []
        command = [ESPALIER, "fit", path, *case.arguments(), *steps, "--step" if steps else "--initial-step", step, "--quiet", "--json", f"{folder}/result.json",
                   "--trace", f"{folder}/trace.json"]
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


def vowpal_file(x, y, family, path, generator):
    """The examples as Vowpal Wabbit reads them, in one random order."""
    with open(path, "w") as file:
        for row in generator.permutation(len(y)):
            target = 2 * y[row] - 1 if family == "binomial" else y[row]
            file.write(f"{target:g} | one:1 " + " ".join(f"{column}:{value:.9g}" for column, value in enumerate(x[row])) + "\n")


def vowpal(x, y, family, path, step, epochs):
    """Vowpal Wabbit's default update, whatever its step is called there."""
    names = {"gaussian": "squared", "binomial": "logistic", "poisson": "poisson"}
    trace = [loss(family, np.zeros(len(y)), y)]
    with tempfile.TemporaryDirectory() as folder:
        vowpalwabbit.Workspace(
            f"--quiet -d {path} --cache_file {folder}/cache --passes {epochs} --holdout_off --noconstant --loss_function {names[family]} "
            f"--learning_rate {step} --save_per_pass -f {folder}/model"
            + (" --min_prediction -50 --max_prediction 50" if family != "gaussian" else "")).finish()
        for epoch in range(epochs):
            reader = vowpalwabbit.Workspace(f"--quiet -t -i {folder}/model.{epoch + 1}")
            weights = np.array([reader.get_weight_from_name(str(column)) for column in range(x.shape[1])])
            intercept = reader.get_weight_from_name("one")
            reader.finish()
            trace.append(float(loss(family, x @ weights + intercept, y)))
            if not np.isfinite(trace[-1]):
                return trace[:-1] + [None]
    return trace


def main(folder, epochs=20, names=()):
    reference = json.loads(pathlib.Path(__file__).with_name("glm_reference.json").read_text())
    print(f"{'':<10} {'':<20}" + "".join(f"{step:>8g}" for step in STEPS))
    for name, case in CASES.items():
        if names and name not in names:
            continue
        path = f"{folder}/{name}.csv"
        optimum = reference[name]["objective"]
        for method in METHODS:
            cells = [verdict(ours(path, case, method, step, epochs), optimum) for step in STEPS]
            print(f"{name:<10} {method:<20}" + "".join(f"{cell:>8}" for cell in cells), flush=True)
        x, y = case.read(path)
        x, y = ((x - x.mean()) / x.std(ddof=0)).to_numpy(), y.to_numpy()
        if case.family != "poisson":
            cells = [verdict(scikit(x, y, case.family, step, epochs), optimum) for step in STEPS]
            print(f"{name:<10} {'scikit-learn SGD':<20}" + "".join(f"{cell:>8}" for cell in cells), flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            vowpal_file(x, y, case.family, f"{scratch}/data.vw", np.random.default_rng(0))
            cells = [verdict(vowpal(x, y, case.family, f"{scratch}/data.vw", step, epochs), optimum) for step in STEPS]
        print(f"{name:<10} {'Vowpal Wabbit':<20}" + "".join(f"{cell:>8}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]), names=sys.argv[3:])
