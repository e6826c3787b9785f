"""Golden iterates of SGD, SGDM, SPPA and SPPAM: scalar equations by bisection, joint ones by Newton, in float64.

usage: make_golden.py DIRECTORY
"""
import json, sys, pathlib, numpy as np

d = pathlib.Path(sys.argv[1]); d.mkdir(exist_ok=True); rng = np.random.default_rng(3)
def hmean(f, g): return {"gaussian": lambda g: g, "poisson": np.exp, "binomial": lambda g: 1/(1+np.exp(-g))}[f](g)
def dmean(f, g): return {"gaussian": np.ones_like, "poisson": np.exp, "binomial": lambda g: np.exp(-g)/(1+np.exp(-g))**2}[f](g)
def scalar(f, c, nrm, b, eta):
    F = lambda xi: xi - eta*(b - hmean(f, c + xi*nrm)); r = eta*(b - hmean(f, c)); lo, hi = min(0, r), max(0, r)
    for _ in range(300):
        m = .5*(lo+hi)
        if F(m) > 0: hi = m
        else: lo = m
    return .5*(lo+hi)
def joint(f, z, A, b, eta):
    m = len(b); K = A@A.T*(eta/m); c = A@z; g = c.copy()
    for _ in range(500):
        Fv = g - c - K@(b - hmean(f, g)); J = np.eye(m) + K*dmean(f, g)[None, :]; dlt = np.linalg.solve(J, -Fv); t = 1.
        while np.linalg.norm((g+t*dlt) - c - K@(b - hmean(f, g+t*dlt))) > (1-1e-4*t)*np.linalg.norm(Fv) and t > 1e-12: t *= .5
        g = g + t*dlt
        if np.linalg.norm(Fv) < 1e-13*(1+np.linalg.norm(g)): break
    return z + A.T@(b - hmean(f, g))*(eta/m)
n, p = 40, 6; cases = []
for fam in ("gaussian", "poisson", "binomial"):
    A = np.round(rng.standard_normal((n, p))*.6, 6); xs = rng.standard_normal(p)*.7; g = A@xs
    b = np.round(g + .05*rng.standard_normal(n), 6) if fam == "gaussian" else rng.poisson(np.exp(g)).astype(float) if fam == "poisson" else (rng.random(n) < hmean(fam, g)).astype(float)
    np.savetxt(d/f"{fam}.csv", np.c_[b, A], delimiter=",", fmt="%.6f", header="y,"+",".join(f"x{i}" for i in range(p)), comments="")
    for method, beta in (("sgd", 0.), ("sgdm", .9), ("sppa", 0.), ("sppam", .9)):
        for batch, mode in ((1, "example"), (5, "averaged"), (5, "joint")):
            if method.startswith("sg") and mode == "joint": continue
            for eta in (.05, 2.):
                if method.startswith("sg") and eta > 1: continue
                x = np.zeros(p); xp = x.copy(); its = {}
                for t in range(1, 81):
                    j = [((t-1)*batch + k) % n for k in range(batch)]; z = x + beta*(x-xp); Aj, bj = A[j], b[j]
                    if method.startswith("sg"): xn = z + eta/batch*Aj.T@(bj - hmean(fam, Aj@x))
                    elif mode == "joint": xn = joint(fam, z, Aj, bj, eta)
                    else: xn = z + Aj.T@np.array([scalar(fam, a@z, a@a, y, eta) for a, y in zip(Aj, bj)])/batch
                    xp, x = x, xn
                    if t in (1, 2, 8, 80): its[t] = x.tolist()
                ok = {k: v for k, v in its.items() if np.isfinite(v).all()}; cases.append(dict(family=fam, method=method, momentum=beta, batch=batch, mode=mode, step=eta, diverges=len(ok) < len(its), iterates=ok))
(d/"expected.json").write_text(json.dumps(dict(order="rows in file order, cyclic, no shuffling; no intercept; x0 = x_-1 = 0; loss averaged over the batch", cases=cases), indent=1))
print(len(cases), "sppam cases")
