"""Results as a table of Markdown: means over seeds with their standard errors."""
import collections, json, statistics

SHOWN = ("macs", "accuracy", "points", "agreement", "error", "seconds")
HEADER = ["network", "MACs", "scope", "tool", "method", "samples", "MACs kept, %", "accuracy, %", "points lost",
          "agreement, %", "relative error", "seconds", "seeds"]


def read(paths):
    """Cells by what they are; of a cell that is in several files, or twice in one, the last."""
    cells = {}
    for path in paths:
        for line in open(path, encoding="utf-8"):
            cell = json.loads(line)
            if cell.get("accuracy") is not None:
                cell["points"] = cell["dense accuracy"] - cell["accuracy"]
            cells[tuple(cell["key"])] = cell
    return cells


def lines(results):
    """The table, in the order in which networks, sizes and scopes came."""
    rows = collections.defaultdict(list)
    for (network, size, scope, tool, method, _, samples), cell in results.items():
        rows[network, -size, scope, tool, method, samples].append(cell)
    order = {network: place for place, network in enumerate(dict.fromkeys(key[0] for key in results))}
    yield "| " + " | ".join(HEADER) + " |"
    yield "|---|---:|---|---|---|" + "---:|" * (len(HEADER) - 5)
    for key in sorted(rows, key=lambda key: (order[key[0]], key[1:])):
        network, size, scope, tool, method, samples = key
        done = [cell for cell in rows[key] if "refused" not in cell]
        if done:
            words = [shown(name, [cell.get(name) for cell in done]) for name in SHOWN]
        else:
            words = [rows[key][0]["refused"]] + [""] * (len(SHOWN) - 1)
        cells = [network, f"{-size:g}", scope, tool, method, f"{samples:,}", *words, str(len(done))]
        yield "| " + " | ".join(cells) + " |"


def shown(name, values):
    """The mean, and its standard error where there are several seeds."""
    if not values or values[0] is None:
        return ""
    scale, digits = {"error": (1, 3), "seconds": (1, 0)}.get(name, (100, 1))
    words = f"{scale * statistics.mean(values):.{digits}f}"
    if len(values) > 1 and name not in ("macs", "seconds"):
        words += f" ± {scale * statistics.stdev(values) / len(values) ** 0.5:.{digits}f}"
    return words
