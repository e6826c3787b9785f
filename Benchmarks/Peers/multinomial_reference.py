"""Writes the data and the expected figures of the multinomial tests: scikit-learn's LogisticRegression on two real data sets.

Usage: multinomial_reference.py    (writes to Tests/CommandLineTests/Fixtures/multinomial)
anes96.csv: 944 answers of the American National Election Study of 1996 as statsmodels ships them (public domain), party identification
from 0 to 6 by five columns. iris.csv: R. A. Fisher's 150 irises, four columns standardised, a column of weights. Both are fitted as
they stand in the files, which are rounded. The losses are weighted averages over the rows, so that the strength s of `espalier fit --l2 s`
is C = 1 / (s times the sum of the weights). Without a penalty the fit is made on standardised columns and converted.
"""
import json, warnings

import numpy as np, pandas as pd, sklearn, statsmodels.api as sm
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

from common import ROOT

FOLDER = ROOT / "Tests/CommandLineTests/Fixtures/multinomial"
COLUMNS = ["logpopul", "selfLR", "age", "educ", "income"]


def write_data():
    table = sm.datasets.anes96.load_pandas().data[["PID"] + COLUMNS]
    table.astype({name: int for name in ["PID"] + COLUMNS[1:]}).to_csv(FOLDER / "anes96.csv", index=False, float_format="%.4f")
    iris = load_iris()
    table = pd.DataFrame((iris.data - iris.data.mean(0)) / iris.data.std(0),
                         columns=[name.replace(" (cm)", "").replace(" ", "_") for name in iris.feature_names])
    table.insert(0, "species", [iris.target_names[k] for k in iris.target])
    table["weight"] = 1 + np.arange(len(table)) % 3
    table.to_csv(FOLDER / "iris.csv", index=False, float_format="%.6f")


def solve(name, target, columns, weights=None, l1=0.0, l2=0.0):
    table = pd.read_csv(FOLDER / f"{name}.csv")
    x, y = table[columns], table[target].astype(str)
    w = table[weights].to_numpy(float) if weights else np.ones(len(y))
    mean, deviation = (x.mean(), x.std(ddof=0)) if l1 + l2 == 0 else (0 * x.mean(), 0 * x.mean() + 1)
    z = ((x - mean) / deviation).to_numpy()
    strength = l1 + l2
    fit = LogisticRegression(C=1 / (w.sum() * strength) if strength else np.inf, l1_ratio=l1 / strength if strength else 0,
                             solver="saga" if l1 else "lbfgs", tol=1e-11, max_iter=1_000_000, random_state=0).fit(z, y, w)
    assert np.max(np.abs(fit.coef_.sum(0))) < 1e-8 or l1
    scores = fit.decision_function(z)
    own = fit.classes_.searchsorted(y)
    loss = np.average(np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(y)), own], weights=w)
    coefficients = fit.coef_ / deviation.to_numpy()
    intercepts = fit.intercept_ - coefficients @ mean.to_numpy()
    return {
        "file": f"{name}.csv", "target": target, "columns": columns, "weights": weights, "l1": l1, "l2": l2,
        "classes": list(fit.classes_), "objective": loss + l1 * np.abs(fit.coef_).sum() + l2 * (fit.coef_ ** 2).sum() / 2,
        "intercept": dict(zip(fit.classes_, map(float, intercepts))),
        "coefficients": {k: dict(zip(columns, map(float, row))) for k, row in zip(fit.classes_, coefficients)},
        "probabilities": fit.predict_proba(z[:5]).tolist(),
    }


def main():
    warnings.simplefilter("error", sklearn.exceptions.ConvergenceWarning)
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_data()
    iris = [name for name in pd.read_csv(FOLDER / "iris.csv", nrows=0) if name not in ("species", "weight")]
    cases = [solve("anes96", "PID", COLUMNS), solve("iris", "species", iris, l2=1e-3),
             solve("iris", "species", iris, weights="weight", l2=0.01), solve("iris", "species", iris, l1=0.02)]
    (FOLDER / "expected.json").write_text(json.dumps({"made by": f"scikit-learn {sklearn.__version__}", "cases": cases}, indent=1) + "\n")
    for case in cases:
        print(case["file"], case["l1"], case["l2"], case["weights"], case["objective"])


if __name__ == "__main__":
    main()
