"""`espalier fit` without a step size finds the maximum-likelihood solution of each real data set: coefficients against glm_reference.json.

Usage: glm_agreement.py FOLDER [STEP]    (with STEP, the default begins with that step size; FOLDER was filled by fetch_glm_data.py)
Coefficients are compared on the natural scale of the features, each difference relative to max(1, |coefficient|).
"""
import json, pathlib, sys, time

from common import espalier
from glm_cases import CASES

TOLERANCE = 1e-4


def main(folder, step=1):
    reference = json.loads(pathlib.Path(__file__).with_name("glm_reference.json").read_text())
    failures = 0
    for name, case in CASES.items():
        start = time.perf_counter()
        ours = json.loads(espalier("fit", f"{folder}/{name}.csv", *case.arguments(), "--initial-step", step, "--json", "-", "--quiet"))
        seconds = time.perf_counter() - start
        theirs = reference[name]
        assert ours["rows"] == theirs["rows"] and set(ours["coefficients"]) == set(theirs["coefficients"]), name
        pairs = [(ours["intercept"], theirs["intercept"])]
        pairs += [(ours["coefficients"][key], value) for key, value in theirs["coefficients"].items()]
        difference = max(abs(a - b) / max(1, abs(b)) for a, b in pairs)
        agrees = ours["status"] == "converged" and difference <= TOLERANCE
        failures += not agrees
        print(f"{name:<10} {ours['rows']:>7} rows {len(pairs):>3} coefficients  {ours['status']:<9} "
              f"largest difference {difference:.1e}  {'agrees' if agrees else 'DIFFERS'}  {seconds:.1f} s in all")
    sys.exit(f"{failures} differ" if failures else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
