"""Writes rows.csv, and expected.json: what statsmodels makes of models with formulas, families and links.

Usage: make_fixtures.py    (needs numpy, pandas, patsy, scipy and statsmodels)
Of each case: the arguments of `espalier fit`, the coefficients by our names where the basis is the same, and 40 fitted means.
"""
import json, pathlib

import numpy as np, pandas as pd, patsy, statsmodels.api as sm
from scipy.optimize import lsq_linear
from statsmodels.genmod import families
from statsmodels.genmod.families import links

FOLDER = pathlib.Path(__file__).parent


def rows():
    random = np.random.default_rng(18)
    count = 240
    x, z, t = random.normal(size=count), random.uniform(0.5, 8, count), random.uniform(-3, 3, count)
    a, region = random.choice(["u", "v", "w"], count), random.choice(["east", "north", "south"], count)
    k, n = random.integers(1, 4, count), random.integers(3, 12, count)
    eta = 0.4 * x + 0.3 * np.log(z) + np.sin(t) * 0.5 + np.where(a == "v", 0.6, 0) + np.where(region == "south", -0.4, 0)
    table = pd.DataFrame({"x": x, "z": z, "t": t, "a": a, "region": region, "k": k, "n": n})
    table["y"] = eta + np.where(a == "w", 0.8 * x, 0) + random.normal(scale=0.5, size=count)
    table["count"] = random.poisson(n * np.exp(0.3 * eta))
    table["amount"] = random.gamma(3, (3 + np.tanh(eta)) / 3)
    table["claims"] = np.array([random.gamma(2, 1, size=m).sum() for m in random.poisson(np.exp(0.5 * eta))])
    table["hit"] = (random.uniform(size=count) < 1 / (1 + np.exp(-eta))).astype(int)
    table["s"] = random.binomial(n, 1 / (1 + np.exp(-eta)))
    table["f"] = n - table["s"]
    return table.round(6)


def polynomials(x, degree):
    """R's poly: columns of the QR decomposition of powers, signs such that leading coefficients are positive."""
    powers = np.vander(x - x.mean(), degree + 1, increasing=True)
    q, r = np.linalg.qr(powers)
    return (q * np.sign(np.diag(r)))[:, 1:]


class Cases:
    def __init__(self, table):
        self.table, self.cases = table, {}

    def add(self, name, arguments, design, target, family, names=None, **options):
        """A case; `design` has named columns, and `names` are ours of these where they differ."""
        fit = sm.GLM(target, design, family=family, **options).fit(maxiter=500, tol=1e-13, tol_criterion="params", rtol=1e-13)
        case = {"arguments": arguments, "fitted": [float(f"{v:.12g}") for v in fit.fittedvalues[:40]]}
        if names is not None:
            case["coefficients"] = {names.get(c, c): float(v) for c, v in zip(design.columns, fit.params)}
        self.cases[name] = case

    def matrix(self, formula):
        return patsy.dmatrix(formula, self.table, return_type="dataframe")


def renamed(design):
    """Our names for patsy's: `a[T.v]:x` is `x:a=v` or `a=v:x`."""
    def one(part):
        if "[" in part:
            column, level = part.split("[")
            return f"{column.removeprefix('C(').split(',')[0].rstrip(')')}={level.rstrip(']').removeprefix('T.')}"
        return part.replace("np.", "")
    return {c: "(intercept)" if c == "Intercept" else ":".join(one(p) for p in c.split(":")) for c in design.columns}


def main():
    table = rows()
    table.to_csv(FOLDER / "rows.csv", index=False)
    cases = Cases(table)
    gaussian = families.Gaussian()

    def plain(name, formula, ours, target="y", family=gaussian, **options):
        design = cases.matrix(formula)
        cases.add(name, ours, design, table[target] if isinstance(target, str) else target, family, renamed(design), **options)

    base = ["--family", "gaussian", "--formula"]
    plain("number x number", "x*z", base + ["y ~ x*z"])
    plain("number x levels", "x*a + np.log(z)", base + ["y ~ x*a + log(z)"])
    plain("levels x levels", "a*region", base + ["y ~ a*region"])
    plain("slopes of levels", "x:a", base + ["y ~ x:a"])
    plain("no intercept", "0 + a + x", base + ["y ~ a + x - 1"])
    plain("reference", "C(region, Treatment('south')) + C(k)", base + ["y ~ C(region, ref=south) + C(k)"])
    plain("two-way", "(x + z + t)**2", base + ["y ~ (x + z + t)^2"])
    design = pd.DataFrame(polynomials(table.x.to_numpy(), 3), columns=[f"poly(x, 3)[{i}]" for i in (1, 2, 3)])
    design.insert(0, "(intercept)", 1.0)
    cases.add("polynomials", base + ["y ~ poly(x, 3)"], design, table.y, gaussian, {})
    design = cases.matrix("bs(t, df=5)")
    cases.add("B-splines", base + ["y ~ bs(t, 5)"], design, table.y, gaussian,
              {c: "(intercept)" if c == "Intercept" else f"bs(t, 5)[{int(c.split('[')[1][:-1]) + 1}]" for c in design.columns})
    inner = ", ".join(repr(v) for v in np.quantile(table.t, [0.2, 0.4, 0.6, 0.8]))
    design = cases.matrix(f"0 + cr(t, knots=[{inner}], lower_bound={table.t.min()!r}, upper_bound={table.t.max()!r})")
    cases.add("natural spline", base + ["y ~ spline(t, 5)"], design, table.y, gaussian)

    poisson = families.Poisson()
    plain("offset", "x + a", ["--family", "poisson", "--formula", "count ~ x + a + offset(log(n))"], "count", poisson,
          offset=np.log(table.n))
    plain("square root link", "x + a", ["--family", "poisson", "--link", "sqrt", "--formula", "count ~ x + a"], "count",
          families.Poisson(links.Sqrt()))
    plain("identity link", "x + n", ["--family", "poisson", "--link", "identity", "--formula", "count ~ x + n"], "count",
          families.Poisson(links.Identity()))
    trials = np.column_stack([table.s, table.f])
    plain("successes and failures", "x + a", ["--family", "binomial", "--formula", "cbind(s, f) ~ x + a"], trials,
          families.Binomial())
    for ours, link in [("probit", links.Probit()), ("cloglog", links.CLogLog()), ("cauchit", links.Cauchy())]:
        plain(ours, "x + a", ["--family", "binomial", "--link", ours, "--formula", "hit ~ x + a"], "hit", families.Binomial(link))
    plain("gamma, inverse link", "x + a", ["--family", "gamma", "--link", "inverse", "--formula", "amount ~ x + a"], "amount",
          families.Gamma(links.InversePower()))
    plain("gamma, identity link", "x + a", ["--family", "gamma", "--link", "identity", "--formula", "amount ~ x + a"], "amount",
          families.Gamma(links.Identity()))
    plain("inverse Gaussian", "x + a", ["--family", "inverse-gaussian", "--formula", "amount ~ x + a"], "amount",
          families.InverseGaussian())
    plain("inverse Gaussian, log link", "x + a",
          ["--family", "inverse-gaussian", "--link", "log", "--formula", "amount ~ x + a"], "amount",
          families.InverseGaussian(links.Log()))
    plain("Tweedie", "x + a", ["--family", "tweedie", "--family-parameter", "1.4", "--formula", "claims ~ x + a"], "claims",
          families.Tweedie(links.Log(), var_power=1.4))
    plain("Gaussian, log link", "x + a", ["--family", "gaussian", "--link", "log", "--formula", "amount ~ x + a"], "amount",
          families.Gaussian(links.Log()))
    plain("quasi-Poisson", "x + a", ["--family", "quasi-poisson", "--formula", "claims ~ x + a"], "claims", poisson)
    design = np.column_stack([np.ones(len(table)), table[["x", "z", "t", "n"]]])
    low, high = [-np.inf, 0, 0.15, -np.inf, 0], [np.inf, np.inf, np.inf, 0.1, np.inf]
    bounded = lsq_linear(design, table.y, (low, high), tol=1e-14, method="bvls")
    cases.cases["bounds"] = {
        "arguments": base + ["y ~ x + z + t + n", "--lower", "x=0,n=0", "--lower", "z=0.15", "--upper", "t=0.1"],
        "fitted": [float(f"{v:.12g}") for v in (design @ bounded.x)[:40]],
        "coefficients": dict(zip(["(intercept)", "x", "z", "t", "n"], map(float, bounded.x)))}
    (FOLDER / "expected.json").write_text(json.dumps(cases.cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
