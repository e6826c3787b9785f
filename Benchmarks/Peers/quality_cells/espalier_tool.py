"""Cells that the tool of this project makes, by its command line."""
import functools, time

import numpy as np

from common import espalier

from . import runtime, search

METHODS = {
    "default": [],
    "i-SpaSP as published": ["--method", "ispasp", "--no-refit"],
    "OMP": ["--method", "omp"],
    "backward": ["--method", "backward"],
    "L2": ["--method", "l2", "--no-refit"],
}
SEEDLESS = {"L2"}
PROBE = 8


def methods(_):
    return METHODS


def scopes(network):
    return network.scopes


@functools.cache
def knows_budgets():
    return "--budget" in espalier("prune", "--help")


def feeds(folder, inputs, count=None):
    """Writes the samples and returns the options that name them."""
    options = []
    for place, (name, values) in enumerate(inputs.items()):
        file = folder / f"input{place}.npy"
        np.save(file, values[:count])
        options += ["--calibration", f"{name}={file}"]
    return options


def prune(cell, folder, result):
    """Writes the network; returns the seconds that the tool took."""
    size = ["--budget", f"macs={cell.size}"] if knows_budgets() else ["--keep", keep(cell, folder, result)]
    inputs = feeds(folder, cell.calibration())
    started = time.monotonic()
    espalier("prune", cell.network.path, *inputs, "--scope", cell.scope, *size, *METHODS[cell.method],
             "--threads", 1, "--quiet", "-o", result)
    return time.monotonic() - started


def keep(cell, folder, result):
    """The largest fraction of units that meets the size, found with a cheap method: widths depend on it alone."""
    inputs = feeds(folder, cell.network.held_out, PROBE)

    def attempt(strength):
        espalier("prune", cell.network.path, *inputs, "--scope", cell.scope, "--keep", 1 - strength,
                 "--method", "l2", "--no-refit", "--threads", 1, "--quiet", "-o", result)
        return runtime.macs(result, cell.network.held_out), 1 - strength

    return search.mildest(attempt, cell.limit())
