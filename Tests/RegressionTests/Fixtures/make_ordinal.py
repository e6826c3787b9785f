"""Ordered classes by statsmodels' OrderedModel: coefficients, thresholds, standard errors, likelihoods and probabilities.

Usage: make_ordinal.py    (needs statsmodels and torch; writes `ordinal/`)

The data of statsmodels: how women rate their marriages (`fair`), as counts of cells, which OrderedModel gets as rows; and parties by voters
(`anes96`). OrderedModel's optimiser ends at a gradient of 1e-4 or so, and its Hessian is a difference
quotient: Newton's method with derivatives by torch, from its solution, sharpens both. The script ends with an error where the solution moves by
more than 1e-3 standard errors, or standard errors differ by more than 1e-3 of themselves.
"""
import json, pathlib, sys

import numpy as np
import pandas as pd
import scipy.stats
import statsmodels.api as sm
import torch
from statsmodels.miscmodels.ordinal_model import OrderedModel

HERE = pathlib.Path(__file__).parent
DISTRIBUTIONS = {"logit": "logit", "probit": "probit", "cloglog": scipy.stats.gumbel_l}
CDF = {
    "logit": torch.sigmoid, "probit": torch.special.ndtr, "cloglog": lambda z: -torch.expm1(-torch.exp(z)),
}


RATINGS = ["very poor", "poor", "fair", "good", "very good"]


def marriages():
    """Marriages by their rating in words, how religious the woman is, and whether there are children, with their number."""
    frame = sm.datasets.fair.load_pandas().data
    frame = pd.DataFrame({
        "rating": [RATINGS[int(rate) - 1] for rate in frame["rate_marriage"]], "religious": frame["religious"].astype(int),
        "children": np.where(frame["children"] > 0, "some", "none")})
    return frame.value_counts(sort=False).rename("count").reset_index()


def design(frame, columns):
    """The columns as numbers, of text an indicator of each level but the first, and their names as espalier gives them."""
    names, parts = [], []
    for column in columns:
        if pd.api.types.is_numeric_dtype(frame[column]):
            names.append(column)
            parts.append(frame[column].to_numpy(float))
        else:
            for level in sorted(frame[column].unique(), key=str.encode)[1:]:
                names.append(f"{column}={level}")
                parts.append((frame[column] == level).to_numpy(float))
    return names, np.column_stack(parts)


def terms(x, y, w, offset, link, parameters):
    """The log likelihood of each row at coefficients followed by thresholds."""
    p = x.shape[1]
    inf = torch.tensor([torch.inf], dtype=torch.float64)
    t = torch.cat([-inf, parameters[p:], inf])
    g = x @ parameters[:p] + offset
    upper, lower = t[y + 1] - g, t[y] - g
    above = torch.where(torch.isinf(upper), torch.ones_like(g), CDF[link](torch.where(torch.isinf(upper), 0 * g, upper)))
    below = torch.where(torch.isinf(lower), torch.zeros_like(g), CDF[link](torch.where(torch.isinf(lower), 0 * g, lower)))
    return w * torch.log(above - below)


def fit(x, y, w, link, offset):
    repeats = w.astype(int)
    rows = np.repeat(np.arange(len(y)), repeats)
    model = OrderedModel(y[rows], x[rows], distr=DISTRIBUTIONS[link], offset=offset[rows])
    result = model.fit(method="bfgs", maxiter=5000, gtol=1e-8, disp=0)
    p = x.shape[1]
    start = np.concatenate([result.params[:p], model.transform_threshold_params(result.params)[1:-1]])
    tensors = [torch.tensor(x), torch.tensor(y.astype(int)), torch.tensor(w), torch.tensor(offset), link]
    total = lambda parameters: terms(*tensors, parameters).sum()
    found = torch.tensor(start)
    for _ in range(20):
        gradient = torch.autograd.functional.jacobian(total, found)
        hessian = torch.autograd.functional.hessian(total, found)
        found = found - torch.linalg.solve(hessian, gradient)
    assert torch.autograd.functional.jacobian(total, found).abs().max() < 1e-8 * len(rows)
    scores = torch.autograd.functional.jacobian(lambda parameters: terms(*tensors, parameters), found)
    inverse = torch.linalg.inv(-hessian)
    errors = inverse.diagonal().sqrt().numpy()
    robust = (inverse @ scores.T @ scores @ inverse).diagonal().sqrt().numpy()
    found = found.numpy()
    if np.abs((found - start) / errors).max() > 1e-3 or np.abs(result.bse[:p] / errors[:p] - 1).max() > 1e-3:
        sys.exit(f"statsmodels ends elsewhere: {start}, {found}; {result.bse}, {errors}")
    zero, shares = torch.tensor(offset), np.array([w[y == k].sum() for k in range(y.max() + 1)]) / w.sum()
    null = result.llnull if not offset.any() else None
    probabilities = np.exp(np.column_stack([
        terms(tensors[0], torch.full((len(y),), k), torch.ones(len(y), dtype=torch.float64), zero, link, torch.tensor(found)).numpy()
        for k in range(len(shares))]))
    return {
        "estimates": found[:p].tolist(), "thresholds": found[p:].tolist(), "errors": errors.tolist(), "robust": robust.tolist(),
        "logLikelihood": float(total(torch.tensor(found))), "nullLogLikelihood": null,
        "probabilities": probabilities[:10].tolist()}


def main():
    out = HERE / "ordinal"
    out.mkdir(exist_ok=True)
    frame = marriages()
    frame.to_csv(out / "marriages.csv", index=False)
    anes = pd.read_csv(HERE / "inference" / "anes96.csv")
    cases = []
    for link in DISTRIBUTIONS:
        columns = ["religious", "children"]
        names, x = design(frame, columns)
        y = frame["rating"].map(RATINGS.index).to_numpy()
        cases.append({
            "data": "ordinal/marriages.csv", "target": "rating", "columns": columns, "link": link, "levels": RATINGS,
            "weights": "count", "offset": None, "names": names,
            **fit(x, y, frame["count"].to_numpy(float), link, np.zeros(len(y)))})
        for offset in (None, "vote"):
            columns = ["logpopul", "selfLR", "age", "educ", "income"]
            names, x = design(anes, columns)
            y = anes["PID"].to_numpy(int)
            cases.append({
                "data": "inference/anes96.csv", "target": "PID", "columns": columns, "link": link, "levels": None, "weights": None,
                "offset": offset, "names": names,
                **fit(x, y, np.ones(len(y)), link, anes[offset].to_numpy(float) if offset else np.zeros(len(y)))})
    (out / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
