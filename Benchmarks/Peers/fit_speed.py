"""Seconds of a fit: `espalier fit` against statsmodels, scikit-learn, celer and skglm, in turn in one run, on one core; a Markdown table.

Usage: fit_speed.py FOLDER [--rounds 5] [--only NAME,..]    (FOLDER was filled by fetch_glm_data.py; the environment may name the tool by ESPALIER)

What is timed is the fit alone: of espalier `seconds.fitting` of its JSON, of the others the call with matrices in memory. Accuracy is
made equal: the *gap* of a solution is its objective less the least that any of the tools found, relative to the decrease from the model without
features (for a path the largest over its strengths). Each peer is run with ever smaller tolerances until its gap is at most that of espalier or
1e-8, whichever is larger, and then timed with the first that is enough; where none is, the gap it ends with stands in the table.

* The eight real data sets of glm_cases.py, without a penalty: statsmodels' GLM, scikit-learn's solvers of second order.
* Paths of 100 strengths of L1 on standardised columns of `flights` and `diamonds` (lasso): celer, skglm, scikit-learn.
* Sparse text, BBC News (2,225 articles, tf-idf): sport against the rest with L1 at a tenth of the largest strength, and a path of 100
  strengths of it (celer, skglm, scikit-learn's liblinear); five subjects with L2 (scikit-learn).
"""
import argparse, functools, json, os, pathlib, statistics, sys, tempfile, time, warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

HERE = sys.path.pop(0)  # numba, which skglm needs, takes coverage.py beside this file for the package of that name
import numpy as np, pandas as pd, scipy.sparse
import statsmodels.api as sm
from celer import celer_path
from sklearn.datasets import dump_svmlight_file, load_svmlight_file
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor, lasso_path
from skglm import Lasso, SparseLogisticRegression

sys.path.insert(0, HERE)
from common import espalier
from glm_cases import CASES

warnings.filterwarnings("ignore")
TOLERANCES = [10.0 ** -power for power in range(1, 15)]
ENOUGH = 1e-8


def losses(family, g, y):
    if family == "gaussian":
        return (g - y) ** 2 / 2
    if family == "poisson":
        return np.exp(g) - y * g
    return np.logaddexp(0, g) - y * g


def best_constant(family, y):
    mean = y.mean()
    return {"gaussian": mean, "poisson": np.log(mean), "binomial": np.log(mean / (1 - mean))}[family]


class Problem:
    """Strengths (0: no penalty) of L1 over rows, with their objectives and gaps; solutions are arrays of coefficients, then the intercept."""

    def __init__(self, name, family, x, y, strengths=(0,), intercept=True):
        self.name, self.family, self.x, self.y = name, family, x, y
        self.strengths, self.intercept = np.asarray(strengths, float), intercept
        self.least = None
        constant = best_constant(family, y) if intercept else 0.0
        self.null = losses(family, np.full(len(y), constant), y).mean()

    def values(self, solutions):
        return np.array([
            losses(self.family, self.x @ solution[:-1] + solution[-1], self.y).mean() + strength * np.abs(solution[:-1]).sum()
            for solution, strength in zip(solutions, self.strengths)])

    def learn(self, solutions):
        values = self.values(solutions)
        self.least = values if self.least is None else np.minimum(self.least, values)

    def gap(self, solutions):
        values = self.values(solutions)
        explained = np.maximum(self.null - self.least, 1e-6 * abs(self.null))
        return float(np.max((values - self.least) / explained))


class MultinomialProblem(Problem):
    """L2 over rows of several classes; a solution is a matrix, one class a row, its intercept last."""

    def __init__(self, name, x, y, l2):
        self.name, self.x, self.y, self.l2, self.least = name, x, y.astype(int), l2, None
        shares = np.bincount(self.y) / len(y)
        self.null = -(shares * np.log(shares)).sum()

    def values(self, solutions):
        result = []
        for w in solutions:
            g = self.x @ w[:, :-1].T + w[:, -1]
            top = g.max(1)
            loss = top + np.log(np.exp(g - top[:, None]).sum(1)) - g[np.arange(len(self.y)), self.y]
            result.append(loss.mean() + self.l2 * (w[:, :-1] ** 2).sum() / 2)
        return np.array(result)


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def ours(path, arguments, names):
    """Solutions and seconds of the tool."""
    result = json.loads(espalier("fit", path, *arguments, "--threads", 1, "--no-inference", "--json", "-", "--quiet"))
    points = result["path"]["points"] if result["path"] else [result]

    def vector(coefficients, intercept):
        return np.array([coefficients.get(name, 0.0) for name in names] + [intercept])

    if isinstance(result["intercept"], dict):
        keys = sorted(result["intercept"], key=float)
        solutions = [np.stack([vector(result["coefficients"][key], result["intercept"][key]) for key in keys])]
    else:
        solutions = [vector(point["coefficients"], point["intercept"]) for point in points]
    return solutions, result["seconds"]["fitting"]


def statsmodels_fit(problem, tolerance):
    families = {"gaussian": sm.families.Gaussian, "poisson": sm.families.Poisson, "binomial": sm.families.Binomial}
    model = sm.GLM(problem.y, np.column_stack([problem.x, np.ones(len(problem.y))]), family=families[problem.family]())
    return [np.asarray(model.fit(tol=tolerance, maxiter=200).params)]


def scikit_fit(problem, tolerance):
    if problem.family == "gaussian":
        model = LinearRegression()
    elif problem.family == "poisson":
        model = PoissonRegressor(alpha=0, solver="newton-cholesky", tol=tolerance, max_iter=1000)
    else:
        model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=tolerance, max_iter=1000)
    model.fit(problem.x, problem.y)
    return [np.append(np.ravel(model.coef_), np.ravel(model.intercept_)[0])]


def scikit_multinomial(problem, tolerance):
    model = LogisticRegression(C=1 / (len(problem.y) * problem.l2), tol=tolerance, max_iter=100_000)
    model.fit(problem.x, problem.y)
    return [np.column_stack([model.coef_, model.intercept_])]


def with_zero(coefficients):
    return [np.append(column, 0.0) for column in coefficients.T]


def celer_paths(problem, tolerance):
    if problem.family == "gaussian":
        return with_zero(celer_path(problem.x, problem.y, "lasso", alphas=problem.strengths, tol=tolerance, max_iter=100)[1])
    signs = 2 * problem.y - 1
    alphas = len(signs) * problem.strengths
    return with_zero(celer_path(problem.x, signs, "logreg", alphas=alphas, tol=tolerance, max_iter=100)[1])


def skglm_paths(problem, tolerance):
    kind = Lasso if problem.family == "gaussian" else SparseLogisticRegression
    model = kind(tol=tolerance, fit_intercept=False, warm_start=True, max_iter=100)
    y = problem.y if problem.family == "gaussian" else 2 * problem.y - 1
    solutions = []
    for strength in problem.strengths:
        model.alpha = strength
        solutions.append(np.append(np.ravel(model.fit(problem.x, y).coef_), 0.0))
    return solutions


def scikit_lasso(problem, tolerance):
    return with_zero(lasso_path(problem.x, problem.y, alphas=problem.strengths, tol=tolerance, max_iter=100_000)[1])


def scikit_logistic(problem, tolerance):
    model = LogisticRegression(l1_ratio=1, solver="liblinear", fit_intercept=False, tol=tolerance, max_iter=100_000)
    solutions = []
    for strength in problem.strengths:
        model.C = 1 / (len(problem.y) * strength)
        solutions.append(np.append(model.fit(problem.x, problem.y).coef_[0], 0.0))
    return solutions


def solved(problem, peer, tolerance):
    """The solutions of a peer; `None` where it fails."""
    try:
        solutions = peer(problem, tolerance)
    except (ValueError, FloatingPointError, np.linalg.LinAlgError):
        return None
    return solutions if np.isfinite(problem.values(solutions)).all() else None


def tuned(problem, peer, goal):
    """The solver with the largest tolerance whose gap is at most `goal`, and that gap; otherwise its smallest gap."""
    best = None
    for tolerance in TOLERANCES:
        if (solutions := solved(problem, peer, tolerance)) is None:
            continue
        gap = problem.gap(solutions)
        if best is None or gap < best[1]:
            best = (functools.partial(peer, problem, tolerance), gap)
        if gap <= goal:
            break
    return best


def compare(problem, path, arguments, names, peers, rounds):
    own, _ = ours(path, arguments, names)
    problem.learn(own)
    for peer in peers.values():  # the least objective of all is known before any is measured against it
        if (solutions := solved(problem, peer, 1e-10)) is not None:
            problem.learn(solutions)
    solvers = {name: tuned(problem, peer, max(problem.gap(own), ENOUGH)) for name, peer in peers.items()}
    solvers = {name: solver for name, solver in solvers.items() if solver}
    seconds = {name: [] for name in ["espalier", *solvers]}
    for _ in range(rounds):
        seconds["espalier"].append(ours(path, arguments, names)[1])
        for name, (solve, _) in solvers.items():
            seconds[name].append(timed(solve)[1])
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    mine = medians.pop("espalier")
    others = "; ".join(f"{name} {median:.3g} s, **{median / mine:.2f}** times ours, gap {solvers[name][1]:.0e}"
                       for name, median in medians.items())
    rows, columns = problem.x.shape
    print(f"| {problem.name} | {rows:,} | {columns:,} | {mine:.3g} s, gap {problem.gap(own):.0e} | {others} |", flush=True)


def real_sets(folder, scratch, only, rounds):
    peers = {"statsmodels": statsmodels_fit, "scikit-learn": scikit_fit}
    for name, case in CASES.items():
        if only and name not in only:
            continue
        x, y = case.read(folder / f"{name}.csv")
        # What tools without standardisation find hard is not timed: units are made alike for all.
        x = (x - x.mean()) / x.std(ddof=0)
        path = scratch / f"{name}.csv"
        x.assign(target=y).to_csv(path, index=False)
        problem = Problem(f"{name}, {case.family}", case.family, np.ascontiguousarray(x), y.to_numpy())
        compare(problem, path, ["--target", "target", "--family", case.family], list(x.columns), peers, rounds)


def lasso_paths(folder, scratch, only, rounds):
    for name in ("flights", "diamonds"):
        if only and f"{name}-path" not in only:
            continue
        x, y = CASES[name].read(folder / f"{name}.csv")
        x, y = (x - x.mean()) / x.std(ddof=0), (y - y.mean()) / y.std()
        path = scratch / f"{name}-path.csv"
        x.assign(target=y).to_csv(path, index=False)
        x, names = np.asfortranarray(x), list(x.columns)
        strengths = grid(np.abs(x.T @ y.to_numpy()).max() / len(y))
        problem = Problem(f"{name}, lasso, 100 strengths", "gaussian", x, y.to_numpy(), strengths, intercept=False)
        arguments = ["--target", "target", "--family", "gaussian", "--no-intercept", "--path", "--strengths", listed(strengths)]
        compare(problem, path, arguments, names, {"celer": celer_paths, "skglm": skglm_paths, "scikit-learn": scikit_lasso}, rounds)


def text(folder, scratch, only, rounds):
    x, subjects = load_svmlight_file(str(folder / "bbc.svm"), zero_based=False)
    names = [str(place + 1) for place in range(x.shape[1])]
    y = (subjects == 3).astype(float)  # sport
    path = scratch / "sport.svm"
    dump_svmlight_file(x, y, str(path), zero_based=False)
    x, largest = scipy.sparse.csc_matrix(x), np.abs(x.T @ (0.5 - y)).max() / len(y)
    peers = {"celer": celer_paths, "skglm": skglm_paths, "scikit-learn": scikit_logistic}
    arguments = ["--family", "binomial", "--no-intercept"]
    if not only or "bbc" in only:
        strength = float(f"{largest / 10:.6g}")
        problem = Problem("BBC News, sport, L1", "binomial", x, y, [strength], intercept=False)
        compare(problem, path, [*arguments, "--l1", strength], names, peers, rounds)
    if not only or "bbc-path" in only:
        strengths = grid(largest, 1e-2)
        problem = Problem("BBC News, sport, L1, 100 strengths", "binomial", x, y, strengths, intercept=False)
        compare(problem, path, [*arguments, "--path", "--strengths", listed(strengths)], names, peers, rounds)
    if not only or "bbc-five" in only:
        problem = MultinomialProblem("BBC News, five subjects, L2", scipy.sparse.csr_matrix(x), subjects, 1e-4)
        compare(problem, folder / "bbc.svm", ["--family", "multinomial", "--l2", 1e-4], names,
                {"scikit-learn": scikit_multinomial}, rounds)


def grid(largest, share=1e-3):
    """100 strengths, written as the tool reads them."""
    return np.array([float(f"{value:.8g}") for value in np.geomspace(largest, share * largest, 100)])


def listed(strengths):
    return ",".join(map(repr, strengths.tolist()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", type=lambda names: set(names.split(",")))
    options = parser.parse_args()
    print("| problem | rows | columns | espalier | others |\n|---|---:|---:|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for part in (real_sets, lasso_paths, text):
            part(options.folder, pathlib.Path(scratch), options.only, options.rounds)


if __name__ == "__main__":
    main()
