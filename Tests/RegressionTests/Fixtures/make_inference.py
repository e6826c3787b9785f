"""Writes small real data sets of statsmodels and its standard errors for them: the fixtures of InferenceTests.

    make_inference.py          (statsmodels 0.15; writes the folder inference beside this file)
"""
import json, pathlib

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

FOLDER = pathlib.Path(__file__).parent / "inference"


def sets():
    spector = sm.datasets.spector.load_pandas().data
    grunfeld = sm.datasets.grunfeld.load_pandas().data
    return {
        "longley": sm.datasets.longley.load_pandas().data,
        "stackloss": sm.datasets.stackloss.load_pandas().data,
        "engel": sm.datasets.engel.load_pandas().data,
        "spector": spector,
        "cpunish": sm.datasets.cpunish.load_pandas().data,
        "scotland": sm.datasets.scotland.load_pandas().data,
        "grunfeld": grunfeld,
        "randhie": sm.datasets.randhie.load_pandas().data.iloc[::25],
        "anes96": sm.datasets.anes96.load_pandas().data.iloc[::3],
    }


SCOTLAND = ["COUTAX", "UNEMPF", "MOR", "ACT", "GDP", "AGE"]
CPUNISH = ["INCOME", "PERPOVERTY", "PERBLACK", "VC100k96", "SOUTH", "DEGREE"]
RAND = ["lncoins", "idp", "lpi", "physlm", "disea", "hlthp"]
ANES = ["logpopul", "selfLR", "age", "educ", "income"]
CASES = [
    dict(data="longley", target="TOTEMP", columns=["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"], family="gaussian"),
    *[dict(data="engel", target="foodexp", columns=["income"], family="gaussian", covariance=kind)
      for kind in ("hc0", "hc1", "hc2", "hc3")],
    dict(data="grunfeld", target="invest", columns=["value", "capital"], family="gaussian", cluster="firm"),
    dict(data="stackloss", target="STACKLOSS", columns=["AIRFLOW", "WATERTEMP", "ACIDCONC"], family="huber", auto=True),
    dict(data="spector", target="GRADE", columns=["GPA", "TUCE", "PSI"], family="binomial"),
    dict(data="spector", target="GRADE", columns=["GPA", "TUCE", "PSI"], family="binomial", covariance="hc0"),
    dict(data="cpunish", target="EXECUTIONS", columns=CPUNISH, family="poisson"),
    dict(data="cpunish", target="EXECUTIONS", columns=CPUNISH, family="poisson", covariance="hc0"),
    dict(data="cpunish", target="EXECUTIONS", columns=CPUNISH, family="poisson", auto=True),
    dict(data="scotland", target="YES", columns=SCOTLAND, family="gamma"),
    dict(data="scotland", target="YES", columns=SCOTLAND, family="gamma", covariance="hc0"),
    dict(data="randhie", target="mdvis", columns=RAND, family="negative-binomial", parameter=0.7),
    dict(data="randhie", target="mdvis", columns=RAND, family="negative-binomial", auto=True),
    dict(data="randhie", target="mdvis", columns=RAND, family="negative-binomial", auto=True, information="observed"),
    dict(data="scotland", target="YES", columns=SCOTLAND, family="gamma", information="observed"),
    dict(data="randhie", target="mdvis", columns=RAND, family="poisson", cluster="idp"),
    dict(data="anes96", target="vote", columns=ANES, family="binomial"),
    dict(data="anes96", target="PID", columns=ANES, family="multinomial"),
    dict(data="engel", target="foodexp", columns=["income"], family="quantile", parameter=0.25),
]


class Part:
    """A result of some coefficients."""

    def __init__(self, params, bse, pvalues, interval):
        self.params, self.bse, self.pvalues, self.interval = params, bse, pvalues, interval

    def conf_int(self, level):
        return self.interval


def result(case, y, x, groups):
    kind = {"cov_type": case["covariance"].upper()} if "covariance" in case else {}
    if groups is not None:
        kind = {"cov_type": "cluster", "cov_kwds": {"groups": groups}}
    family = case["family"]
    if family == "gaussian":
        # Student's t, also for robust errors.
        fit = sm.OLS(y, x).fit(use_t=True, **kind)
        return fit, dict(deviance=fit.ssr, nullDeviance=fit.centered_tss, dispersion=fit.scale, logLikelihood=fit.llf,
                         aic=fit.aic, bic=fit.bic, r2=fit.rsquared, adjusted=fit.rsquared_adj)
    if family == "multinomial":
        fit = sm.MNLogit(y, x).fit(method="newton", tol=1e-14, maxiter=100, disp=0)
        return fit, dict(logLikelihood=fit.llf, aic=fit.aic, bic=fit.bic, deviance=-2 * fit.llf, nullDeviance=-2 * fit.llnull)
    if family == "huber":
        fit = sm.RLM(y, x, M=sm.robust.norms.HuberT()).fit(maxiter=2000, tol=1e-14)
        return fit, dict(dispersion=fit.scale)
    if family == "quantile":
        return sm.QuantReg(y, x).fit(q=case["parameter"], max_iter=10000, p_tol=1e-10), {}
    alpha = case.get("parameter")
    extra = {}
    if family == "negative-binomial" and alpha is None:
        start = sm.NegativeBinomial(y, x).fit(method="bfgs", maxiter=2000, disp=0)
        shape = sm.NegativeBinomial(y, x).fit(start_params=start.params, method="newton", maxiter=100, tol=1e-14, disp=0)
        alpha = shape.params.iloc[-1] if hasattr(shape.params, "iloc") else shape.params[-1]
        extra = dict(dispersion=alpha, aic=shape.aic, bic=shape.bic)
    if "information" in case and alpha is not None and extra:
        # Beside alpha, whose own error is left out.
        size = x.shape[1]
        wrapped = Part(shape.params[:size], shape.bse[:size], shape.pvalues[:size], shape.conf_int(0.1)[:size])
        return wrapped, dict(logLikelihood=shape.llf, **extra)
    families = {"poisson": sm.families.Poisson(), "binomial": sm.families.Binomial(),
                "gamma": sm.families.Gamma(sm.families.links.Log()),
                "negative-binomial": sm.families.NegativeBinomial(alpha=alpha or 1)}
    quasi = family == "poisson" and case.get("auto")
    if quasi or family == "gamma":
        kind["use_t"] = True
    fit = sm.GLM(y, x, family=families[family]).fit(tol=1e-14, maxiter=300, scale="X2" if quasi else None, **kind)
    values = dict(deviance=fit.deviance, nullDeviance=fit.null_deviance, pearson=fit.pearson_chi2)
    if quasi:
        values["dispersion"] = fit.scale
    else:
        values["logLikelihood"] = fit.llf
        values.update(extra or dict(aic=fit.aic, bic=fit.bic_llf))
    if family == "gamma":
        values["dispersion"] = fit.scale
    if "information" in case:
        errors = np.sqrt(np.diag(np.linalg.inv(-fit.model.hessian(fit.params, observed=True))))
        t = stats.t(fit.df_resid)
        p = 2 * t.sf(np.abs(fit.params / errors))
        width = t.ppf(0.95) * errors
        return Part(fit.params, errors, p, np.column_stack([fit.params - width, fit.params + width])), values
    return fit, values


def main():
    FOLDER.mkdir(exist_ok=True)
    frames, cases = sets(), []
    for name, frame in frames.items():
        used = {c for case in CASES if case["data"] == name for c in [case["target"], case.get("cluster"), *case["columns"]] if c}
        frames[name] = frame[[column for column in frame.columns if column in used]].dropna()
        frames[name].to_csv(FOLDER / f"{name}.csv", index=False)
    for case in CASES:
        frame = frames[case["data"]]
        x = np.column_stack([np.ones(len(frame)), frame[case["columns"]].to_numpy(float)])
        groups = pd.factorize(frame[case["cluster"]])[0] if "cluster" in case else None
        fit, values = result(case, frame[case["target"]].to_numpy(float), x, groups)
        flat = lambda numbers: np.asarray(numbers).T.reshape(-1).tolist()
        interval = np.asarray(fit.conf_int(0.1)).reshape(-1, 2)
        cases.append(dict(case, estimates=flat(fit.params), errors=flat(fit.bse), pValues=flat(fit.pvalues),
                          lower=interval[:, 0].tolist(), upper=interval[:, 1].tolist(), measures=values))
    (FOLDER / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
