"""Paths of penalties and their cross-validation, here and in scikit-learn: coefficients, errors of rows held out, the choice, and seconds.

Usage: path_agreement.py    (the environment may name the tool by ESPALIER)
Errors are compared leaving out one row at a time, for which the folds are the same on both sides.
"""
import json, pathlib, sys, tempfile, time

import numpy as np, pandas as pd
from celer import celer_path
from sklearn.linear_model import LassoCV, LogisticRegression, enet_path

from common import espalier


def correlated(random, rows, columns, classes=False):
    """A table of correlated features, ten of which matter, and its target."""
    x = random.normal(size=(rows, columns)) + 0.5 * random.normal(size=(rows, 1))
    effects = np.zeros(columns)
    effects[:10] = random.normal(size=min(10, columns))
    y = x @ effects + random.normal(size=rows)
    return x, (random.uniform(size=rows) < 1 / (1 + np.exp(-y))).astype(float) if classes else y


def ours(folder, x, y, family, *options):
    """The JSON of `fit`, and the seconds it took, reading apart."""
    path = folder / "table.csv"
    pd.DataFrame(x, columns=[f"x{j}" for j in range(x.shape[1])]).assign(y=y).to_csv(path, index=False)
    result = json.loads(espalier("fit", path, "--target", "y", "--family", family, "--threads", 1, "--json", "-", *options))
    return result["path"], result["seconds"]


def coefficients(point, columns):
    return np.array([point["coefficients"].get(f"x{j}", 0) for j in range(columns)])


def celer_folds(x, y, strengths):
    """The paths of ten folds and of all rows by celer, whose own LassoCV does not run with scikit-learn 1.9."""
    for train in [np.arange(len(y)) % 10 != fold for fold in range(11)]:
        celer_path(np.asfortranarray(x[train] - x[train].mean(0)), y[train] - y[train].mean(), "lasso", alphas=np.array(strengths), tol=1e-8)


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def check(name, difference, tolerance):
    agrees = difference <= tolerance
    print(f"{name:<62} largest difference {difference:.1e}  {'agrees' if agrees else 'DIFFERS'}")
    return not agrees


def main():
    random, failures = np.random.default_rng(7), 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for ratio in (1, 0.5):
            x, y = correlated(random, 80, 200)
            path, _ = ours(folder, x, y, "gaussian", "--path", "--l1-ratio", ratio)
            strengths = [point["strength"] for point in path["points"]]
            centred = x - x.mean(0), y - y.mean()
            _, theirs, _ = enet_path(*centred, l1_ratio=ratio, alphas=strengths, tol=1e-12, max_iter=1_000_000)
            largest = np.abs(centred[0].T @ centred[1]).max() / len(y) / ratio
            failures += check(f"80 rows, 200 features, L1 share {ratio}: the largest strength", abs(strengths[0] / largest - 1), 1e-6)
            mine = np.stack([coefficients(point, 200) for point in path["points"]], 1)
            failures += check(f"the coefficients of {len(strengths)} strengths", np.abs(mine - theirs).max(), 1e-5)
        x, y = correlated(random, 60, 8)
        path, _ = ours(folder, x, y, "gaussian", "--cv", 60, "--strengths", 30)
        strengths = [point["strength"] for point in path["points"]]
        model = LassoCV(alphas=strengths, cv=60, tol=1e-10, max_iter=100_000).fit(x, y)
        errors = np.array([point["deviance"] for point in path["points"]])
        failures += check("60 rows, 8 features: mean squared errors, one row left out", np.abs(errors - model.mse_path_.mean(1)).max(), 1e-6)
        failures += check("the choice", abs(strengths[path["chosen"]] - model.alpha_), 1e-12)
        x, y = correlated(random, 150, 12, classes=True)
        path, _ = ours(folder, x, y, "binomial", "--path", "--strengths", 12)
        worst = 0
        for point in path["points"][2::3]:
            fit = LogisticRegression(C=1 / (len(y) * point["strength"]), l1_ratio=1, solver="saga", tol=1e-9, max_iter=200_000)
            worst = max(worst, np.abs(coefficients(point, 12) - fit.fit(x, y).coef_[0]).max())
        failures += check("150 rows, 12 features, classes: coefficients", worst, 1e-4)
        print()
        for rows, columns in ((1000, 100), (1000, 500), (200, 2000)):
            x, y = correlated(random, rows, columns)
            path, seconds = ours(folder, x, y, "gaussian", "--cv", 10)
            strengths = [point["strength"] for point in path["points"]]
            _, other = timed(lambda: LassoCV(alphas=strengths, cv=10, tol=1e-6, max_iter=100_000).fit(x, y))
            _, third = timed(lambda: celer_folds(x, y, strengths))
            certified = sum(point["certified"] for point in path["points"])
            print(f"{rows} rows, {columns} features, {len(strengths)} strengths ({certified} certified), 10 folds: "
                  f"{seconds['fitting']:.2f} s, scikit-learn's LassoCV {other:.2f} s, celer's paths {third:.2f} s")
    sys.exit(f"{failures} differ" if failures else 0)


if __name__ == "__main__":
    main()
