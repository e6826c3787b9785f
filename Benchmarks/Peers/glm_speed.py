"""Examples per second of an epoch: SPPAM on one example a step against scikit-learn's SGD, in turn in one run.

Usage: glm_speed.py FOLDER    (FOLDER was filled by fetch_glm_data.py)
Dense: flights, 22 standardised columns. Sparse: InstEval, students, lecturers and departments one-hot, by least squares; VitaminC, a bag of
words, by logistic regression. Each tool's time is that of some epochs more than one, less that of one, reading and set-up thus left out;
espalier's epochs include the objective after each, scikit-learn's do not.
"""
import json, pathlib, statistics, sys, tempfile, time

import numpy as np, pandas as pd, scipy.sparse
from sklearn.datasets import dump_svmlight_file, load_svmlight_file
from sklearn.linear_model import SGDClassifier, SGDRegressor

from common import espalier
from glm_cases import CASES

ROUNDS, EXAMPLES = 7, 4_000_000  # an epoch of few rows is too short to time
BINOMIAL_STEP = 0.01  # the same for all: how long a proximal step takes to solve depends on it


def ours(path, arguments, step, method, more):
    def seconds(epochs):
        result = json.loads(espalier("fit", path, *arguments, "--method", method, "--step", step, "--momentum", 0.9, "--batch", 1,
                                     "--epochs", epochs, "--order", "shuffled", "--json", "-", "--quiet"))
        assert result["epochs"] == epochs, result["reason"]
        return result["seconds"]["fitting"]
    return (seconds(1 + more) - seconds(1)) / more


def scikit(x, y, family, more):
    settings = {"penalty": None, "learning_rate": "constant", "random_state": 0}
    if family == "binomial":
        model, known = SGDClassifier(loss="log_loss", eta0=BINOMIAL_STEP, **settings), {"classes": np.unique(y)}
    else:
        model, known = SGDRegressor(eta0=1e-3, **settings), {}
    model.partial_fit(x, y, **known)
    start = time.perf_counter()
    for _ in range(more):
        model.partial_fit(x, y)
    return (time.perf_counter() - start) / more


def compare(name, x, y, path, *arguments, family="gaussian", step=1e-5):
    arguments = ["--family", family, *arguments]
    more = max(5, EXAMPLES // len(y))
    own = {"sppam": [], "sppa": [], "sgd": []}
    peer = []
    for _ in range(ROUNDS):
        for method in own:
            own[method].append(ours(path, arguments, step, method, more))
        peer.append(scikit(x, y, family, more))
    base = statistics.median(peer)
    print(f"{name}: {len(y)} rows; scikit-learn SGD {len(y) / base / 1e6:.2f} M examples/s "
          f"({len(y) / max(peer) / 1e6:.2f} to {len(y) / min(peer) / 1e6:.2f})")
    for method, seconds in own.items():
        median = statistics.median(seconds)
        print(f"  espalier {method:<6} {len(y) / median / 1e6:.2f} M examples/s ({len(y) / max(seconds) / 1e6:.2f} to "
              f"{len(y) / min(seconds) / 1e6:.2f}), {base / median:.2f} times scikit-learn's")


def main(folder):
    folder = pathlib.Path(folder)
    with tempfile.TemporaryDirectory() as scratch:
        x, y = CASES["flights"].read(folder / "flights.csv")
        x = (x - x.mean()) / x.std(ddof=0)
        y = (y - y.mean()) / y.std()
        path = f"{scratch}/flights.csv"
        x.assign(target=y).to_csv(path, index=False)
        compare("flights, dense", np.ascontiguousarray(x), y.to_numpy(), path, "--target", "target")

        table = pd.read_csv(folder / "insteval.csv")
        codes = [table[name].astype("category").cat.codes.to_numpy() for name in ("s", "d", "dept", "studage", "lectage")]
        parts = [scipy.sparse.csr_matrix((np.ones(len(c)), (np.arange(len(c)), c))) for c in codes]
        x = scipy.sparse.hstack(parts, format="csr")
        y = (table["y"] - table["y"].mean()).to_numpy()
        path = f"{scratch}/insteval.svm"
        dump_svmlight_file(x, y, path, zero_based=False)
        compare("InstEval, sparse", x, y, path)

    x, y = load_svmlight_file(str(folder / "vitaminc.svm"), zero_based=False)
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)  # all that scikit-learn's SGD takes
    print(f"VitaminC: {x.shape[1]} words, {x.nnz / len(y):.1f} of them in a row")
    compare("VitaminC, bag of words", x, y, folder / "vitaminc.svm", family="binomial", step=BINOMIAL_STEP)


if __name__ == "__main__":
    main(sys.argv[1])
