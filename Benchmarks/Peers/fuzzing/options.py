"""Trials that give a valid job random options."""

import itertools, re, shutil, subprocess

from common import ESPALIER
from fuzzing import running, seeds

VALUES = [
    "",
    "0",
    "1",
    "-1",
    "0.5",
    "2",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "-1e308",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "1000000000",
    "4611686018427387904",
    "a=b",
    "=",
    "a=",
    "=0.5",
    "x=1x2x3",
    ",",
    "1,2,3",
    "1000000,1000000",
    "macs=0",
    "macs=nan",
    "bytes=9e99GB",
    "latency=-1",
    "10m",
    "9e99h",
    "1e300GB",
    "/",
    ".",
    "/dev/null",
    "\x01",
    "ä",
    "y ~ a",
    "y ~ " + "(" * 300,
    "a*" * 200 + "a",
    "poly(a, 99999999999)",
    "spline(a, 1e9)",
    "I(a^1e9)",
    "*=1",
    "*=nan",
    "balanced",
    "a" * 5000,
]
LEFT_OUT = {"--version", "--help", "--threads"}


def of(command):
    """The options of a command, whether each takes a value, and the values that its help lists."""
    text = subprocess.run([ESPALIER, *command, "--help"], capture_output=True, text=True).stdout
    found = {}
    for line in re.split(r"\n(?=  -)", text.partition("OPTIONS")[2]):
        for name in re.findall(
            r"(--[a-z0-9-]+)", line.split("\n")[0][:26] if "<" not in line.split("\n")[0] else line.split("\n")[0]
        ):
            values = re.search(r"\(values:\s+([^;)]*)", line)
            found[name] = (f"{name} <" in line, re.split(r",\s+", values.group(1)) if values else [])
    return {name: what for name, what in found.items() if name not in LEFT_OUT}


def trials(random, folder, kinds):
    """Endless pairs of an outcome and, where it is a fault, a line about it."""
    seed_folder, outputs = folder / "seeds", folder / "outputs"
    shutil.rmtree(seed_folder, ignore_errors=True)
    seed_folder.mkdir(parents=True)
    groups = seeds.jobs(seed_folder)
    jobs = [job for kind, members in groups.items() if kind not in ("checkpoints", "standard") for job in members]
    model, data = "{}/mlp.onnx", "{}/x.npy,{}/labels.npy"
    jobs += [
        seeds.Job(name, [*arguments], [], "options")
        for name, arguments in {
            "train": ["train", model, "--data", data, "-o", "{out}/t.onnx", "--epochs", "2"],
            "finetune": ["finetune", model, "--data", data, "-o", "{out}/t.onnx", "--epochs", "2"],
            "teacher": [
                "finetune",
                model,
                "--teacher",
                model,
                "--data",
                "{}/x.npy",
                "-o",
                "{out}/t.onnx",
                "--epochs",
                "2",
            ],
            "compare": ["compare", model, "--calibration", "{}/x.npy"],
            "sensitivity": ["sensitivity", model, "--calibration", "{}/x.npy"],
            "recalibrate": ["recalibrate", model, "--calibration", "{}/x.npy", "-o", "{out}/r.onnx"],
            "new": ["new", "mlp", "-o", "{out}/n.onnx", "--layers", "4,3"],
            "resnet": ["new", "resnet18", "-o", "{out}/n.onnx"],
            "benchmark": ["benchmark", model, "--seconds", "0.01"],
        }.items()
    ] * 5
    known = {}
    for number in itertools.count():
        job = random.choice(jobs)
        command = tuple(job.arguments[: 2 if job.arguments[0] == "new" else 1])
        known.setdefault(command, of(command))
        shutil.rmtree(outputs, ignore_errors=True)
        outputs.mkdir()
        arguments = [str(part).replace("{out}", str(outputs)).replace("{}", str(seed_folder)) for part in job.arguments]
        for name in random.sample(sorted(known[command]), min(len(known[command]), random.choice([1, 1, 2, 3]))):
            takes_value, values = known[command][name]
            if name in ("--checkpoint", "--model", "--report", "--json", "--trace", "--onnx", "--output"):
                values = [f"{outputs}/{name[2:]}", "", "/", f"{outputs}"]
                arguments += [name, random.choice(values)]
            elif name == "--minutes" or name == "--distil":
                arguments += [name, random.choice(["0.001", "nan", "-1", "1e-300", "inf", ""])]
            elif takes_value:
                value = random.choice(values if values and random.random() < 0.6 else VALUES)
                arguments += random.choice([[name, value], [f"{name}={value}"]])
            else:
                arguments.append(name)
        if "\0" in "".join(arguments):
            continue
        ending = running.run(arguments)
        fault = ending.fault(running.size([seed_folder / "net"]))
        line = None
        if fault:
            place = folder / "finds" / f"options-{job.name}-{number}"
            place.mkdir(parents=True, exist_ok=True)
            (place / "command.txt").write_text(f"{arguments}\n{fault}\n{ending.errors[-3000:]}\n")
            line = f"{place.name}: {fault}: {' '.join(arguments)[:300]}: {ending.errors.strip()[-160:]!r}"
        yield ("fault" if fault else f"exit {ending.code}"), line
