"""Random problems for `espalier fit`: does `converged` mean optimal, and is it reached?

    fit_certificates.py ESPALIER [--count 300] [--first 0] [--stream] [--work FOLDER]

A problem follows from its number: one of ten families; L1, L2, both or no penalty; up to 5,000 features, dense or sparse; units from
1e-6 to 1e9 for features and target; means far from 0; correlation up to 0.9999. The result is checked by a bound that shares nothing
with the solver: Fenchel's dual at the derivatives of the losses, corrected to be feasible (`lower_bound`), or for losses with linear parts the
optimum of an interior point solver for cones (Clarabel). What counts is the *relative gap*, (f - bound) / (f(null model) - bound).

Exit code 1 if a converged result has a gap above 1e-6, fewer than 97 % converge or are said to have no finite optimum (which is not
checked), or another result comes without a warning and exit code 3.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import numpy as np

FAMILIES = ["gaussian", "poisson", "binomial", "multinomial", "gamma", "negative-binomial", "huber", "quantile", "hinge",
            "squared-hinge"]


@dataclass
class Problem:
    number: int
    family: str
    parameter: float
    x: np.ndarray
    y: np.ndarray
    l1: float
    l2: float
    sparse: bool
    classes: int = 1

    def arguments(self):
        result = ["--family", self.family]
        if self.family in ("negative-binomial", "huber", "quantile"):
            result += ["--family-parameter", repr(float(self.parameter))]
        if self.l1:
            result += ["--l1", repr(self.l1)]
        if self.l2:
            result += ["--l2", repr(self.l2)]
        return result + ([] if self.sparse else ["--target", "y"])

    def write(self, folder):
        if self.sparse:
            path = os.path.join(folder, f"{self.number}.svm")
            with open(path, "w") as file:
                for row, target in zip(self.x, self.y):
                    places = np.flatnonzero(row)
                    file.write(f"{float(target)!r} " + " ".join(f"{j + 1}:{float(row[j])!r}" for j in places) + "\n")
        else:
            path = os.path.join(folder, f"{self.number}.csv")
            with open(path, "w") as file:
                file.write(",".join([f"x{j + 1}" for j in range(self.x.shape[1])] + ["y"]) + "\n")
                for row, target in zip(self.x, self.y):
                    file.write(",".join(map(repr, row.tolist())) + f",{float(target)!r}\n")
        return path

    def describe(self):
        n, p = self.x.shape
        return (f"{self.number:4} {self.family:17} n {n:5} p {p:5} {'sparse' if self.sparse else 'dense '} "
                f"l1 {self.l1:8.2g} l2 {self.l2:8.2g}")


def make(number):
    random = np.random.default_rng(number)
    family = FAMILIES[number % len(FAMILIES)]
    penalty = random.choice(["none", "l1", "l2", "both"], p=[0.35, 0.3, 0.25, 0.1])
    size = random.choice(["small", "middle", "wide"], p=[0.6, 0.25, 0.15])
    p = int({"small": random.integers(1, 30), "middle": random.integers(30, 300), "wide": random.integers(2001, 5001)}[size])
    n = int(random.integers(200, 2000))
    if size == "wide":
        n = int(random.integers(100, 400))
        if penalty == "none":
            penalty = "l2"
    elif penalty == "none":
        n = max(n, 8 * p)
    sparse = bool(size == "wide" or random.random() < 0.3)
    x = features(random, n, p, sparse)
    units = 10.0 ** random.uniform(-6, 9, p) if random.random() < 0.5 else np.full(p, 10.0 ** random.integers(-6, 10))
    deviation = np.maximum(x.std(0), 1e-300)
    active = random.random(p) < min(1, 8 / p)
    truth = np.where(active, random.normal(size=p), 0) / max(1, np.sqrt(active.sum())) / deviation
    g = x @ truth - (x @ truth).mean()
    y, parameter, classes = targets(random, family, g, n)
    x = x * units
    # Strengths in the units of the features, relative to the penalty that leaves none.
    scale = np.median(x.std(0)[x.std(0) > 0])
    slope = unit_slope(family, y, parameter)
    l1 = slope * scale * 10.0 ** random.uniform(-3, 0) * 0.3 if penalty in ("l1", "both") else 0.0
    l2 = unit_curvature(family, y, parameter) * scale ** 2 * 10.0 ** random.uniform(-4, 0) if penalty in ("l2", "both") else 0.0
    return Problem(number, family, parameter, x, y, float(f"{l1:.4g}"), float(f"{l2:.4g}"), sparse, classes)


def features(random, n, p, sparse):
    if sparse:
        x = np.where(random.random((n, p)) < max(0.02, min(0.3, 5 / p)), random.normal(size=(n, p)) + 1, 0)
        x[random.integers(n, size=p), np.arange(p)] = 1
        return x
    x = random.normal(size=(n, p))
    kind = random.choice(["plain", "correlated", "shifted"])
    if kind == "correlated":
        rho = random.choice([0.9, 0.99, 0.9999])
        x = np.sqrt(rho) * random.normal(size=(n, 1)) + np.sqrt(1 - rho) * x
    if kind == "shifted":
        x = x + 10.0 ** random.uniform(0, 5, p)
    return x


def targets(random, family, g, n):
    unit = 10.0 ** random.integers(-6, 10)
    noise = random.standard_t(3, size=n)
    if family == "gaussian":
        return (g + 0.5 * noise + 2) * unit, 0, 1
    if family == "huber":
        return (g + 0.5 * noise + 2) * unit, 10.0 ** random.uniform(-3, 1) * unit, 1
    if family == "quantile":
        return (g + 0.5 * noise + 2) * unit, float(random.choice([0.1, 0.5, 0.9])), 1
    if family == "poisson":
        return random.poisson(np.exp(np.clip(g + random.uniform(-1, 4), -20, 12))).astype(float), 0, 1
    if family == "negative-binomial":
        alpha = 10.0 ** random.uniform(-1, 0.5)
        mean = np.exp(np.clip(g + random.uniform(-1, 4), -20, 12))
        return random.poisson(mean * random.gamma(1 / alpha, alpha, n)).astype(float), alpha, 1
    if family == "gamma":
        return np.maximum(random.gamma(2, np.exp(np.clip(g, -20, 20)) / 2), 1e-12) * unit, 0, 1
    if family == "multinomial":
        classes = int(random.integers(3, 6))
        scores = g[:, None] * random.normal(size=classes) + random.normal(size=classes) * 0.5
        return np.argmax(scores + random.gumbel(size=(n, classes)), 1).astype(float), 0, classes
    return (random.random(n) < 1 / (1 + np.exp(-g))).astype(float), 0, 1


def unit_slope(family, y, parameter):
    if family == "huber":
        return min(np.std(y), parameter)
    return np.std(y) if family in ("gaussian", "poisson") else 0.5


def unit_curvature(family, y, parameter):
    if family in ("gaussian", "squared-hinge"):
        return 1.0
    if family == "huber":
        return min(1.0, parameter / np.std(y))
    if family == "quantile":
        return 0.5 / np.std(y)
    return y.mean() if family == "poisson" else 0.25


# The losses, their derivatives and their conjugates, one predictor each.

def loss(problem, g):
    y, a = problem.y, problem.parameter
    s = 2 * y - 1
    match problem.family:
        case "gaussian": return (y - g) ** 2 / 2
        case "poisson": return np.exp(g) - y * g
        case "binomial": return np.logaddexp(0, g) - y * g
        case "gamma": return y * np.exp(-g) + g
        case "negative-binomial": return (y + 1 / a) * np.logaddexp(0, g + np.log(a)) - y * g
        case "huber":
            u = np.abs(y - g)
            return np.where(u <= a, u * u / 2, a * (u - a / 2))
        case "quantile": return np.maximum(a * (y - g), (a - 1) * (y - g))
        case "hinge": return np.maximum(0, 1 - s * g)
        case "squared-hinge": return np.maximum(0, 1 - s * g) ** 2
        case "multinomial":
            top = g.max(1)
            return top + np.log(np.exp(g - top[:, None]).sum(1)) - g[np.arange(len(y)), y.astype(int)]


def derivatives(problem, g):
    """First and second derivatives by the predictor; of several classes, the first of each and none."""
    y, a = problem.y, problem.parameter
    s = 2 * y - 1
    match problem.family:
        case "gaussian": return g - y, np.ones_like(g)
        case "poisson": return np.exp(g) - y, np.exp(g)
        case "binomial":
            m = 1 / (1 + np.exp(-g))
            return m - y, m * (1 - m)
        case "gamma": return 1 - y * np.exp(-g), y * np.exp(-g)
        case "negative-binomial":
            m = 1 / (1 + np.exp(-g) / a)
            return (y + 1 / a) * m - y, (y + 1 / a) * m * (1 - m)
        case "huber": return np.clip(g - y, -a, a), (np.abs(g - y) <= a).astype(float)
        case "squared-hinge": return -2 * s * np.maximum(0, 1 - s * g), 2.0 * (s * g < 1)
        case "multinomial":
            e = np.exp(g - g.max(1)[:, None])
            m = e / e.sum(1)[:, None]
            t = m.copy()
            t[np.arange(len(y)), y.astype(int)] -= 1
            return t, m


def xlogx(u):
    return np.where(u > 0, u * np.log(np.maximum(u, 1e-300)), 0)


def conjugate(problem, t):
    """l*(t), infinite outside its domain."""
    y, a = problem.y, problem.parameter
    s = 2 * y - 1
    with np.errstate(all="ignore"):
        match problem.family:
            case "gaussian": return t * t / 2 + t * y
            case "poisson": return np.where(t + y >= 0, xlogx(t + y) - (t + y), np.inf)
            case "binomial":
                u = t + y
                return np.where((u >= 0) & (u <= 1), xlogx(u) + xlogx(1 - u), np.inf)
            case "gamma": return np.where(t <= 1, xlogx(1 - t) - (1 - t) * (np.log(y) + 1), np.inf)
            case "negative-binomial":
                c = y + 1 / a
                m = (t + y) / c
                return np.where((m >= 0) & (m <= 1), c * (xlogx(m) + xlogx(1 - m)) - (t + y) * np.log(a), np.inf)
            case "huber": return np.where(np.abs(t) <= a * (1 + 1e-12), t * t / 2 + t * y, np.inf)
            case "squared-hinge": return np.where(-s * t >= 0, s * t + t * t / 4, np.inf)
            case "multinomial":
                m = t.copy()
                m[np.arange(len(y)), y.astype(int)] += 1
                return np.where((m >= 0).all(1), xlogx(m).sum(1), np.inf)


def objective(problem, coefficients, intercept):
    g = problem.x @ coefficients + intercept
    c = np.asarray(coefficients)
    return loss(problem, g).mean() + problem.l1 * np.abs(c).sum() + problem.l2 * (c * c).sum() / 2


def lower_bound(problem, coefficients, intercept):
    """A lower bound of the optimum, by Fenchel's dual: -mean l*(t) - R*(-x^T t / n) for any t with sum 0 (of each class)."""
    n = len(problem.y)
    z = problem.x - problem.x.mean(0)
    scales = z.std(0)
    z = z / np.where(scales > 0, scales, 1)
    g = problem.x @ coefficients + intercept
    t, h = derivatives(problem, g)
    if problem.family == "multinomial":
        return multinomial_bound(problem, z, scales, t, h)
    # With z_j^T t = -n l1 sign(x_j) where x_j is not 0, 0 without a penalty, and nothing to keep to with squares alone.
    active = np.flatnonzero(coefficients) if problem.l1 and not problem.l2 else np.arange(0 if problem.l2 else z.shape[1])
    basis = np.column_stack([np.ones(n), z[:, active]])
    goal = np.concatenate([[0.0], -n * problem.l1 * np.sign(coefficients[active]) / np.where(scales > 0, scales, 1)[active]])
    for _ in range(3):
        # Back to the constraint, along what Newton's step would change.
        step = np.linalg.lstsq(basis.T @ (h[:, None] * basis), goal - basis.T @ t, rcond=None)[0]
        t = t + h * (basis @ step)
    return penalised(problem, z, scales, t[:, None], lambda t: conjugate(problem, t[:, 0]))


def multinomial_bound(problem, z, scales, t, m):
    basis = np.ones((len(z), 1)) if problem.l1 or problem.l2 else np.column_stack([np.ones(len(z)), z])
    k, p = t.shape[1], basis.shape[1]
    hessian = np.zeros((k, p, k, p))
    for a in range(k):
        for b in range(k):
            hessian[a, :, b, :] = basis.T @ (((a == b) * m[:, a] - m[:, a] * m[:, b])[:, None] * basis)
    for _ in range(3):
        gradient = (t.T @ basis).ravel()
        step = np.linalg.lstsq(hessian.reshape(k * p, k * p), -gradient, rcond=None)[0].reshape(k, p)
        move = basis @ step.T
        t = t + m * move - m * (m * move).sum(1)[:, None]
    return penalised(problem, z, scales, t, lambda t: conjugate(problem, t))


def penalised(problem, z, scales, t, conjugates):
    n = len(z)
    c = np.abs(z.T @ t) / n * scales[:, None]
    if problem.l2:
        rest = (np.maximum(c - problem.l1, 0) ** 2).sum() / (2 * problem.l2)
        return -conjugates(t).mean() - rest
    if problem.l1:
        t = t * min(1, problem.l1 / max(c.max(), 1e-300))
    return -conjugates(t).mean()


def cone_optimum(problem):
    """The optimum for a loss with kinks, or Huber's, by Clarabel, in standardised features.

    Variables: u, the intercept, for Huber's loss the part of each residual that is squared, r, and with L1 v >= |u|."""
    import clarabel
    from scipy import sparse
    n, p = problem.x.shape
    s = 2 * problem.y - 1
    means, scales = problem.x.mean(0), problem.x.std(0)
    scales = np.where(scales > 0, scales, 1)
    z = sparse.csc_matrix((problem.x - means) / scales)
    unit = problem.y.std() if problem.family in ("quantile", "huber") else 1.0
    size = unit ** 2 if problem.family == "huber" else unit
    ones, eye = sparse.csc_matrix(np.ones((n, 1))), sparse.identity(n, format="csc")
    a = problem.parameter
    if problem.family == "quantile":
        # r_i >= a (y - g), r_i >= (a - 1) (y - g)
        target = (problem.y - problem.y.mean()) / unit
        rows = [sparse.hstack([-a * z, -a * ones, -eye]), sparse.hstack([(1 - a) * z, (1 - a) * ones, -eye])]
        right = [-a * target, (1 - a) * target]
    elif problem.family == "huber":
        # r_i >= |y - g - w_i|
        target = (problem.y - problem.y.mean()) / unit
        rows = [sparse.hstack([-z, -ones, -eye, -eye]), sparse.hstack([z, ones, eye, -eye])]
        right = [-target, target]
    else:
        signs = sparse.diags(s)
        rows = [sparse.hstack([-signs @ z, -signs @ ones, -eye]), sparse.hstack([sparse.csc_matrix((n, p + 1)), -eye])]
        right = [-np.ones(n), np.zeros(n)]
    squared = n if problem.family == "huber" else 0
    slope = a / unit if problem.family == "huber" else 1.0
    cost = np.concatenate([np.zeros(p + 1 + squared), np.full(n, slope / n)])
    quadratic = np.concatenate([problem.l2 / scales ** 2 * unit ** 2 / size, [0.0], np.full(squared, 1 / n), np.zeros(n)])
    if problem.l1:
        identity = sparse.identity(p, format="csc")
        none = sparse.csc_matrix((p, 1 + squared + n))
        rows = [sparse.hstack([row, sparse.csc_matrix((row.shape[0], p))]) for row in rows]
        rows += [sparse.hstack([sign * identity, none, -identity]) for sign in (1, -1)]
        right += [np.zeros(p), np.zeros(p)]
        cost = np.concatenate([cost, problem.l1 / scales * unit / size])
        quadratic = np.concatenate([quadratic, np.zeros(p)])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-10
    matrix = sparse.csc_matrix(sparse.vstack(rows))
    solution = clarabel.DefaultSolver(sparse.diags(quadratic, format="csc"), cost, matrix, np.concatenate(right),
                                      [clarabel.NonnegativeConeT(matrix.shape[0])], settings).solve()
    return solution.obj_val_dual * size


def null_value(problem):
    """The objective of the best model without features."""
    if problem.family == "multinomial":
        shares = np.bincount(problem.y.astype(int), minlength=problem.classes) / len(problem.y)
        return objective(problem, np.zeros((problem.x.shape[1], problem.classes)), np.log(np.maximum(shares, 1e-300)))
    low, high = -1.0, 1.0
    value = lambda b: loss(problem, np.full(len(problem.y), b)).mean()
    unit = max(1.0, np.abs(problem.y).max()) if problem.family in ("gaussian", "huber", "quantile") else 40
    low, high = -unit, unit
    for _ in range(300):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if value(a) < value(b) else (a, high)
    return value((low + high) / 2)


def coefficients(problem, result):
    if problem.family == "multinomial":
        names = sorted(result["classes"], key=float)
        columns = [vector(problem, result["coefficients"][name]) for name in names]
        return np.column_stack(columns), np.array([result["intercept"][name] for name in names])
    return vector(problem, result["coefficients"]), result["intercept"]


def vector(problem, values):
    names = [str(j + 1) if problem.sparse else f"x{j + 1}" for j in range(problem.x.shape[1])]
    return np.array([values.get(name, 0.0) for name in names])


def check(problem, result):
    """The relative gap of a result."""
    x, intercept = coefficients(problem, result)
    value = objective(problem, x, intercept)
    if problem.family in ("quantile", "hinge", "huber"):
        bound = cone_optimum(problem)
    else:
        bound = lower_bound(problem, x, intercept)
    explained = null_value(problem) - bound
    # A penalty that leaves nothing explains nothing: relative to the loss itself.
    explained = max(explained, 1e-9 * abs(null_value(problem)))
    return (value - bound) / explained


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("espalier")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=300)
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("--only", type=lambda text: [int(part) for part in text.split(",")])
    parser.add_argument("--work", default=tempfile.gettempdir())
    options = parser.parse_args()
    numbers = options.only or range(options.first, options.first + options.count)
    (converged, wrong, silent, total) = (0, 0, 0, 0)
    for number in numbers:
        problem = make(number)
        path = problem.write(options.work)
        start = time.monotonic()
        try:
            run = subprocess.run([options.espalier, "fit", path, *problem.arguments(), "--json", "-", "--quiet",
                                  *(["--stream"] if options.stream else [])], capture_output=True, text=True, timeout=options.timeout)
        except subprocess.TimeoutExpired:
            total += 1
            print(problem.describe(), f"no end in {options.timeout} s", flush=True)
            continue
        finally:
            os.remove(path)
        seconds = time.monotonic() - start
        total += 1
        if run.returncode not in (0, 3):
            print(problem.describe(), "exit", run.returncode, run.stderr.strip()[:200], flush=True)
            continue
        result = json.loads(run.stdout)
        gap = check(problem, result)
        infinite = "no finite optimum" in result["reason"]
        done = result["status"] == "converged"
        converged += done or infinite
        bad = done and not gap <= 1e-6
        quiet = not done and (run.returncode != 3 or not run.stderr)
        wrong += bad
        silent += quiet
        mark = "WRONG" if bad else "SILENT" if quiet else "" if done else "infinite" if infinite else "stopped"
        print(problem.describe(), f"{result['status']:9} gap {gap:8.1e} {seconds:6.1f} s {mark}",
              "" if done else result["reason"][:160], flush=True)
    print(f"{total} problems: {converged} converged or have no finite optimum, {wrong} converged and wrong, {silent} silent")
    sys.exit(1 if wrong or silent or converged < 0.97 * total else 0)


if __name__ == "__main__":
    main()
