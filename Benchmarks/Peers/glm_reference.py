"""Writes the maximum-likelihood solutions of the real data sets, found by statsmodels (Fisher scoring, to 1e-11), to glm_reference.json.

Usage: glm_reference.py FOLDER [NAME ...]    (FOLDER was filled by fetch_glm_data.py; all data sets if none is named)
"""
import json, pathlib, sys

import numpy as np, statsmodels.api as sm

from glm_cases import CASES

FAMILIES = {"gaussian": sm.families.Gaussian, "poisson": sm.families.Poisson, "binomial": sm.families.Binomial}


def mean_loss(family, eta, y):
    """The mean of the loss as `espalier fit` states it: terms that depend on the target alone are left out."""
    if family == "gaussian":
        return np.mean((y - eta) ** 2) / 2
    return np.mean((np.exp(eta) if family == "poisson" else np.logaddexp(0, eta)) - y * eta)


def solve(case, path):
    x, y = case.read(path)
    # Standardised, so that Newton's equations are as well conditioned as the data allow; solved by QR.
    mean, deviation = x.mean(), x.std(ddof=0)
    z = sm.add_constant((x - mean) / deviation, prepend=True)
    fit = sm.GLM(y, z, family=FAMILIES[case.family]()).fit(maxiter=200, tol=1e-12, rtol=1e-11, tol_criterion="params")
    coefficients = fit.params.iloc[1:] / deviation
    intercept = fit.params.iloc[0] - float((coefficients * mean).sum())
    loss = mean_loss(case.family, z.to_numpy() @ fit.params.to_numpy(), y.to_numpy())
    return {"rows": len(y), "intercept": float(intercept), "coefficients": {k: float(v) for k, v in coefficients.items()},
            "objective": float(loss), "condition": float(np.linalg.cond(z.to_numpy()))}


def main(folder, *names):
    path = pathlib.Path(__file__).with_name("glm_reference.json")
    result = json.loads(path.read_text()) if path.exists() else {}
    for name in names or CASES:
        result[name] = solve(CASES[name], pathlib.Path(folder) / f"{name}.csv")
        print(f"{name:<10} {result[name]['rows']:>7} rows, {len(result[name]['coefficients']):>3} coefficients, "
              f"condition {result[name]['condition']:.3g}, largest {max(map(abs, result[name]['coefficients'].values())):.4g}")
    path.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
